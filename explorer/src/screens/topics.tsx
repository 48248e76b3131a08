// The topics: a table, and for the chosen one a picture from producers to consumers.
//   in : the route's settings
//   out: changes of the settings
import type { JSX } from 'preact';
import { ChangeChip, markOf, Name, useShared } from '../bits';
import type { Party, Topic } from '../model';
import type { Route } from '../route';
import { useWidth } from '../width';
import { VirtualList } from '../virtual';

interface Properties { route: Route; change: (settings: Record<string, string>) => void }

export function Topics({ route, change }: Properties): JSX.Element {
  const { all } = useShared();
  const query = (route.settings.q ?? '').trim().toLowerCase();
  const matches = (topic: Topic) => [topic.id, topic.name, topic.group, topic.source, ...parties(topic).flatMap(party => [party.component, all.component.get(party.component)?.name])].some(text => text?.toLowerCase().includes(query));
  const shown = query ? all.listed.topics.filter(matches) : all.listed.topics;
  const width = useWidth();
  if (all.listed.topics.length === 0) return <p class="nothing">The specification has no topics.</p>;
  const chosen = shown.find(topic => topic.id === route.settings.sel) ?? shown[0];
  return (
    <div class="topics">
      <form class="tools" role="search" onSubmit={event => event.preventDefault()}>
        <label class="search"><span class="hidden">Search topics</span><input type="search" value={route.settings.q ?? ''} placeholder="Search topics, producers, consumers…" onInput={event => change({ q: event.currentTarget.value })} /></label>
        <p class="count" role="status">{shown.length} of {all.listed.topics.length} topics</p>
      </form>
      {chosen && <Fan topic={chosen} />}
      {shown.length > 200
        ? <VirtualList count={shown.length} height={64} columns={1} label="Topics" row={at => <li key={shown[at]!.id}><Row topic={shown[at]!} /></li>} />
        : width < 700 ? <ul class="grid" aria-label="Topics">{shown.map(topic => <li key={topic.id}><Row topic={topic} /></li>)}</ul> : <Table topics={shown} />}
    </div>
  );
}

function Table({ topics }: { topics: Topic[] }): JSX.Element {
  const { all } = useShared();
  return (
    <div class="table" tabIndex={0} role="region" aria-label="Topics">
      <table>
        <thead><tr><th scope="col">Topic</th><th scope="col">Producers</th><th scope="col">Consumers</th><th scope="col">Key</th><th scope="col">Partitions</th><th scope="col">Retention</th><th scope="col">Events</th></tr></thead>
        <tbody>{topics.map(topic => (
          <tr key={topic.id}>
            <th scope="row"><Name id={topic.id}>{topic.id}</Name> <ChangeChip mark={markOf(all, `topic:${topic.id}`)} />{topic.group && <small>{topic.group}</small>}</th>
            <td><List of={topic.producers} /></td><td><List of={topic.consumers} /></td>
            <td>{topic.key}</td><td>{topic.partitions}</td><td>{topic.retention}</td><td>{topic.events?.join(', ')}</td>
          </tr>
        ))}</tbody>
      </table>
    </div>
  );
}

function Row({ topic }: { topic: Topic }): JSX.Element {
  const { all } = useShared();
  return <div class="topic-row"><Name id={topic.id}>{topic.id}</Name> <ChangeChip mark={markOf(all, `topic:${topic.id}`)} /><small><List of={topic.producers} /> → <List of={topic.consumers} /></small></div>;
}

function List({ of }: { of?: Party[] }): JSX.Element {
  if (!of?.length) return <span class="none">nobody</span>;
  return <>{of.map((party, at) => <span key={party.component}>{at > 0 && ', '}<Name id={party.component} />{party.pattern && <small class="pattern"> {party.pattern}</small>}</span>)}</>;
}

const parties = (topic: Topic): Party[] => [...(topic.producers ?? []), ...(topic.consumers ?? [])];

const ROW = 56, CARD_HEIGHT = 34;
/** Places in the picture, and how many characters its cards hold; a phone gets a narrower one, so that its texts can be read. */
const WIDE = { width: 900, card: 210, topic: 280, name: 28, id: 36 };
const NARROW = { width: 520, card: 150, topic: 170, name: 16, id: 18 };

/** Producers on the left, the topic in the middle, consumers on the right. */
function Fan({ topic }: { topic: Topic }): JSX.Element {
  const { all, select } = useShared();
  const producers = topic.producers ?? [], consumers = topic.consumers ?? [];
  const form = useWidth() < 700 ? NARROW : WIDE;
  const rows = Math.max(producers.length, consumers.length, 1);
  const height = rows * ROW + 16, middle = height / 2;
  const y = (at: number, count: number) => middle + (at - (count - 1) / 2) * ROW;
  const topicBox = { x: (form.width - form.topic) / 2, width: form.topic };
  const card = (party: Party, x: number, center: number) => (
    <g key={`${x} ${party.component}`} class="fan-card" onClick={() => select(party.component)}>
      <rect x={x} y={center - CARD_HEIGHT / 2} width={form.card} height={CARD_HEIGHT} rx={7} />
      <text x={x + form.card / 2} y={center + 4}>{clip(all.component.get(party.component)?.name ?? party.component, form.name)}</text>
      {party.pattern && <text class="fan-pattern" x={x + form.card / 2} y={center + CARD_HEIGHT / 2 + 9}>through {clip(party.pattern, form.name)}</text>}
    </g>
  );
  const wire = (fromX: number, fromY: number, toX: number, toY: number, key: string) => <g key={key} class="fan-wire"><path d={`M${fromX} ${fromY} C${(fromX + toX) / 2} ${fromY} ${(fromX + toX) / 2} ${toY} ${toX - 7} ${toY}`} /><path class="fan-head" d={`M${toX - 8} ${toY - 4} L${toX} ${toY} L${toX - 8} ${toY + 4} Z`} /></g>;
  return (
    <figure class={form === NARROW ? 'fan narrow' : 'fan'}>
      <svg viewBox={`0 0 ${form.width} ${height}`} role="img" aria-label={`${topic.id}: from ${producers.map(party => party.component).join(', ') || 'nobody'} to ${consumers.map(party => party.component).join(', ') || 'nobody'}`}>
        {producers.map((_, at) => wire(10 + form.card, y(at, producers.length), topicBox.x, middle, `p${at}`))}
        {consumers.map((_, at) => wire(topicBox.x + topicBox.width, middle, form.width - 10 - form.card, y(at, consumers.length), `c${at}`))}
        {producers.map((party, at) => card(party, 10, y(at, producers.length)))}
        {consumers.map((party, at) => card(party, form.width - 10 - form.card, y(at, consumers.length)))}
        <g class="fan-topic" onClick={() => select(topic.id)}><rect x={topicBox.x} y={middle - 20} width={topicBox.width} height={40} rx={20} /><text x={form.width / 2} y={middle + 5}>{clip(topic.id, form.id)}</text></g>
      </svg>
      <figcaption>{producers.length} {producers.length === 1 ? 'producer' : 'producers'} → <Name id={topic.id}>{topic.id}</Name> → {consumers.length} {consumers.length === 1 ? 'consumer' : 'consumers'}</figcaption>
    </figure>
  );
}

const clip = (text: string, length: number): string => ([...text].length > length ? `${[...text].slice(0, length - 1).join('')}…` : text);
