// What changed since the base: verdict, statistics that close, every change, the summary.
//   in : the changes of the page's data
//   out: tables; names are links
import type { JSX } from 'preact';
import { ChangeChip, Chip, Name, Said, useShared } from '../bits';
import { ProgramDocument } from '../document';
import { downloadText } from '../export';
import { markOfChange, type Affected, type Balance, type Change, type Mark, type Report } from '../model';
import { Picture } from '../picture';
import { joined, link, values, type Route } from '../route';

interface Properties { route: Route; change: (settings: Record<string, string>) => void }

const CLASSES = ['breaking', 'risky', 'safe', 'docs'] as const;

export function ChangesScreen({ route, change }: Properties): JSX.Element {
  const { all, select } = useShared();
  const changes = all.payload.changes;
  if (!changes) return <p class="nothing">This page compares with nothing. Make it with <code>--since BASE</code>.</p>;
  const wanted = values(route, 'class');
  const list = changes.report.changes;
  // What hurts stands first; within a class the order of the report stays.
  const shown = CLASSES.flatMap(name => (wanted.length && !wanted.includes(name) ? [] : list.filter(item => item.class === name)));
  const toggle = (name: string) => change({ class: joined(wanted.includes(name) ? wanted.filter(other => other !== name) : [...wanted, name]) });
  return (
    <div class="changes">
      <h2>Since {changes.base}</h2>
      <div class="switch" role="group" aria-label="Classes of changes">{CLASSES.map(name => <button key={name} aria-pressed={wanted.includes(name)} onClick={() => toggle(name)}>{list.filter(item => item.class === name).length} {name}</button>)}</div>
      {list.length > 0 && <section class="change-picture" aria-label="Both versions in one picture"><Picture svg={changes.view.pictures.hub ?? ''} title={changes.view.title} camera="changes" onSelect={id => id && select(id)} /><p><a href={link('architecture', { view: changes.view.id })}>Open it under Architecture</a></p></section>}
      <Statistics statistics={changes.report.statistics} />
      {list.length === 0 ? <p class="nothing">Nothing changed.</p> : <ul class="change-list">{shown.map((item, at) => <Entry key={at} item={item} />)}</ul>}
      <details class="summary">
        <summary>Integration summary</summary>
        <div class="switch"><button onClick={() => downloadText('integration-summary.md', changes.summary, 'text/markdown')}>Save as Markdown</button></div>
        <ProgramDocument html={changes.document} />
      </details>
    </div>
  );
}

function Entry({ item }: { item: Change }): JSX.Element {
  const { all } = useShared();
  const [, kind = '', id = ''] = /^([\w-]+):(.*)$/.exec(item.subject) ?? [];
  const isNamed = !item.text.includes(`\`${id}\``) && (all.component.has(id) || all.topic.has(id));
  return (
    <li class={`change change-${item.class}`}>
      <Chip tone={item.class}>{item.class}</Chip> <ChangeChip mark={markOfEntry(item, kind)} /> {isNamed && <><Name id={id}>{id}</Name>{': '}</>}<Said text={item.text} />
      {item.because && <small><Said text={item.because} /></small>}
      {item.affected.length > 0 && <small>affects {item.affected.map((party, at) => <span key={at}>{at > 0 && ', '}<Party party={party} /></span>)}{item.affected_more > 0 && ` and ${item.affected_more} more`}</small>}
    </li>
  );
}

/** What only comes and goes is told as one kind of change: its two sides say which. */
function markOfEntry(item: Change, kind: string): Mark | undefined {
  const mark = markOfChange(item);
  if (mark !== 'changed' || ELEMENTS.includes(kind)) return mark;
  return item.before === null ? 'added' : item.after === null ? 'removed' : mark;
}
const ELEMENTS = ['component', 'topic', 'flow', 'scenario', 'layer', 'category', 'platform'];

function Party({ party }: { party: Affected }): JSX.Element {
  return <span title={party.how}><Name id={party.subject.replace(/^[\w-]+:/, '')}>{party.name}</Name></span>;
}

interface Row { name: string; group?: string; balance: Balance }

/** The rows of the statistics: totals, then groups. */
function rowsOf(statistics: Report['statistics']): Row[] {
  const { components, layers, topics, flows, scenarios, by_category, by_layer, by_kind, by_origin } = statistics;
  const totals = Object.entries({ Components: components, Layers: layers, Topics: topics, Flows: flows, Scenarios: scenarios });
  const groups = Object.entries({ Category: by_category, Layer: by_layer, Kind: by_kind, Flows: by_origin });
  return [...totals.map(([name, balance]) => ({ name, balance })), ...groups.flatMap(([group, list]) => list.map(balance => ({ name: balance.name, group, balance })))];
}

/** The totals and whatever moved; the rest on demand. */
function Statistics({ statistics }: { statistics: Report['statistics'] }): JSX.Element {
  const rows = rowsOf(statistics);
  const moves = ({ group, balance }: Row) => !group || balance.added + balance.removed + balance.moved_in + balance.moved_out > 0;
  const rest = rows.filter(row => !moves(row));
  return (
    <div class="balances">
      <BalanceTable rows={rows.filter(moves)} title="Statistics" />
      {rest.length > 0 && <details><summary>{rest.length} groups in which nothing moved</summary><BalanceTable rows={rest} title="Groups in which nothing moved" /></details>}
    </div>
  );
}

function BalanceTable({ rows, title }: { rows: Row[]; title: string }): JSX.Element {
  return (
    <div class="table" tabIndex={0} role="region" aria-label={title}>
      <table class="numbers">
        <thead><tr><th scope="col">What</th><th scope="col">Before</th><th scope="col" title="Added">+</th><th scope="col" title="Removed">−</th><th scope="col" title="Moved in">In</th><th scope="col" title="Moved out">Out</th><th scope="col">After</th></tr></thead>
        <tbody>{rows.map(({ name, group, balance }, at) => <tr key={at}><th scope="row">{group && <small>{group} </small>}{name}</th><td>{balance.before}</td><td>{balance.added || ''}</td><td>{balance.removed || ''}</td><td>{balance.moved_in || ''}</td><td>{balance.moved_out || ''}</td><td>{balance.after}</td></tr>)}</tbody>
      </table>
    </div>
  );
}
