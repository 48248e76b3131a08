// What changed since the base: verdict, statistics that close, every change, the summary.
//   in : the changes of the page's data
//   out: tables; names are links
import type { JSX } from 'preact';
import { ChangeChip, Chip, Name, useShared } from '../bits';
import type { Balance, Change } from '../model';
import { values, joined, type Route } from '../route';

interface Properties { route: Route; change: (settings: Record<string, string>) => void }

const CLASSES = ['breaking', 'risky', 'safe', 'docs'] as const;

export function ChangesScreen({ route, change }: Properties): JSX.Element {
  const { all } = useShared();
  const changes = all.payload.changes;
  if (!changes) return <p class="nothing">This page compares with nothing. Make it with <code>--since BASE</code>.</p>;
  const wanted = values(route, 'class');
  const shown = wanted.length ? changes.changes.filter(item => wanted.includes(item.class)) : changes.changes;
  const toggle = (name: string) => change({ class: joined(wanted.includes(name) ? wanted.filter(other => other !== name) : [...wanted, name]) });
  return (
    <div class="changes">
      <h2>Since {changes.base}</h2>
      <div class="switch" role="group" aria-label="Classes of changes">{CLASSES.map(name => <button key={name} aria-pressed={wanted.includes(name)} onClick={() => toggle(name)}>{changes.changes.filter(item => item.class === name).length} {name}</button>)}</div>
      <Statistics rows={changes.statistics} />
      {changes.changes.length === 0 ? <p class="nothing">Nothing changed.</p> : <ul class="change-list">{shown.map((item, at) => <Row key={at} item={item} />)}</ul>}
      {changes.summary && <details class="summary"><summary>Integration summary</summary><pre>{changes.summary}</pre></details>}
    </div>
  );
}

function Row({ item }: { item: Change }): JSX.Element {
  const [, id = ''] = /^\w+:(.*)$/.exec(item.subject) ?? [];
  return (
    <li class={`change change-${item.class}`}>
      <Chip tone={item.class}>{item.class}</Chip> <ChangeChip mark={item.mark} /> <Name id={id}>{id || item.subject}</Name> <span>{item.text}</span>
      {item.because && <small>{item.because}</small>}
      {item.affected && item.affected.length > 0 && <small>affects {item.affected.map((party, at) => <span key={at}>{at > 0 && ', '}<Name id={party.replace(/^\w+:/, '')} /></span>)}</small>}
    </li>
  );
}

/** The totals and whatever moved; the rest on demand. */
function Statistics({ rows }: { rows: Balance[] }): JSX.Element {
  const moves = (row: Balance) => !row.group || row.added + row.removed + (row.moved_in ?? 0) + (row.moved_out ?? 0) > 0;
  const rest = rows.filter(row => !moves(row));
  return (
    <>
      <BalanceTable rows={rows.filter(moves)} title="Statistics" />
      {rest.length > 0 && <details><summary>{rest.length} groups in which nothing moved</summary><BalanceTable rows={rest} title="Groups in which nothing moved" /></details>}
    </>
  );
}

function BalanceTable({ rows, title }: { rows: Balance[]; title: string }): JSX.Element {
  return (
    <div class="table" tabIndex={0} role="region" aria-label={title}>
      <table class="numbers">
        <thead><tr><th scope="col">What</th><th scope="col">Before</th><th scope="col">+</th><th scope="col">−</th><th scope="col">In</th><th scope="col">Out</th><th scope="col">After</th></tr></thead>
        <tbody>{rows.map((row, at) => <tr key={at}><th scope="row">{row.group && <small>{row.group} </small>}{row.name}</th><td>{row.before}</td><td>{row.added || ''}</td><td>{row.removed || ''}</td><td>{row.moved_in || ''}</td><td>{row.moved_out || ''}</td><td>{row.after}</td></tr>)}</tbody>
      </table>
    </div>
  );
}
