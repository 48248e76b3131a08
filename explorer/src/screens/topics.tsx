// The topics: a table, and for the chosen one a picture from producers to consumers.
//   in : the route's settings
//   out: changes of the settings
import type { JSX } from 'preact';
import { ChangeChip, markOf, Name, useShared } from '../bits';
import { nameOf, type Party, type Topic } from '../model';
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
        <p class="count" role="status">{shown.length === all.listed.topics.length ? '' : `${shown.length} of `}{all.listed.topics.length} {all.listed.topics.length === 1 ? 'topic' : 'topics'}</p>
      </form>
      {chosen ? <Fan topic={chosen} /> : <p class="nothing">Nothing matches. <button class="textual" onClick={() => change({ q: '' })}>Clear the search</button></p>}
      {shown.length === 0 ? null : shown.length > 200
        ? <VirtualList count={shown.length} height={64} columns={1} label="Topics" row={at => <li key={shown[at]!.id}><Row topic={shown[at]!} /></li>} />
        : width < 700 ? <ul class="grid" aria-label="Topics">{shown.map(topic => <li key={topic.id}><Row topic={topic} /></li>)}</ul> : <Table topics={shown} chosen={chosen} />}
    </div>
  );
}

function Table({ topics, chosen }: { topics: Topic[]; chosen?: Topic }): JSX.Element {
  const { all } = useShared();
  return (
    <div class="table" tabIndex={0} role="region" aria-label="Topics">
      <table>
        <thead><tr><th scope="col">Topic</th><th scope="col">Producers</th><th scope="col">Consumers</th><th scope="col">Key</th><th scope="col">Partitions</th><th scope="col">Retention</th><th scope="col">Events</th></tr></thead>
        <tbody>{topics.map(topic => (
          <tr key={topic.id} aria-current={topic === chosen ? 'true' : undefined}>
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

/** A party in the picture: where its card is, and on which side of the topic. */
interface Spot { party: Party; x: number; y: number; side: 'before' | 'after' }
interface Plan { width: number; height: number; card: number; topic: { x: number; y: number; width: number }; spots: Spot[]; /** Characters that a card and the topic hold. */ name: number; id: number }

const CARD_HEIGHT = 34, TOPIC_HEIGHT = 40, ROW = 58;

/** Producers on the left, the topic in the middle, consumers on the right. */
function across(producers: Party[], consumers: Party[]): Plan {
  const width = 900, card = 210, topic = 280;
  const height = Math.max(producers.length, consumers.length, 1) * ROW + 16, middle = height / 2;
  const spots = (list: Party[], x: number, side: Spot['side']) => list.map((party, at) => ({ party, side, x, y: middle + (at - (list.length - 1) / 2) * ROW }));
  return { width, height, card, topic: { x: (width - topic) / 2, y: middle, width: topic }, spots: [...spots(producers, 10, 'before'), ...spots(consumers, width - 10 - card, 'after')], name: 28, id: 34 };
}

/** On a phone: producers above the topic, consumers below, two in a row. */
function down(producers: Party[], consumers: Party[]): Plan {
  const width = 360, card = 174, topic = 300, gap = 44;
  const rows = (list: Party[]) => Math.ceil(list.length / 2);
  const spots = (list: Party[], top: number, side: Spot['side']) => list.map((party, at) => {
    const isAlone = at === list.length - 1 && at % 2 === 0;
    return { party, side, x: isAlone ? (width - card) / 2 : at % 2 ? width - card - 4 : 4, y: top + (Math.floor(at / 2) + 0.5) * ROW };
  });
  const middle = rows(producers) * ROW + gap + TOPIC_HEIGHT / 2;
  const below = middle + TOPIC_HEIGHT / 2 + gap - 12;
  return { width, height: below + rows(consumers) * ROW + 12, card, topic: { x: (width - topic) / 2, y: middle, width: topic }, spots: [...spots(producers, 0, 'before'), ...spots(consumers, below, 'after')], name: 24, id: 34 };
}

/** A curve that leaves and arrives along one axis, and its head. */
function wire([x, y]: [number, number], [toX, toY]: [number, number], isAcross: boolean): [string, string] {
  const [middleX, middleY] = [(x + toX) / 2, (y + toY) / 2];
  return isAcross
    ? [`M${x} ${y} C${middleX} ${y} ${middleX} ${toY} ${toX - 7} ${toY}`, `M${toX - 8} ${toY - 4} L${toX} ${toY} L${toX - 8} ${toY + 4} Z`]
    : [`M${x} ${y} C${x} ${middleY} ${toX} ${middleY} ${toX} ${toY - 7}`, `M${toX - 4} ${toY - 8} L${toX} ${toY} L${toX + 4} ${toY - 8} Z`];
}

/** The way of a topic's events in one picture. */
function Fan({ topic }: { topic: Topic }): JSX.Element {
  const { all, select } = useShared();
  const producers = topic.producers ?? [], consumers = topic.consumers ?? [];
  const isAcross = useWidth() >= 700;
  const { width, height, card, topic: box, spots, name, id } = (isAcross ? across : down)(producers, consumers);
  const line = ({ x, y, side }: Spot) => {
    const cardEnd: [number, number] = isAcross ? [side === 'before' ? x + card : x, y] : [x + card / 2, y + (side === 'before' ? CARD_HEIGHT : -CARD_HEIGHT) / 2];
    const topicEnd: [number, number] = isAcross ? [side === 'before' ? box.x : box.x + box.width, box.y] : [width / 2, box.y + (side === 'before' ? -TOPIC_HEIGHT : TOPIC_HEIGHT) / 2];
    return side === 'before' ? wire(cardEnd, topicEnd, isAcross) : wire(topicEnd, cardEnd, isAcross);
  };
  return (
    <figure class="fan">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${topic.id}: from ${producers.map(party => party.component).join(', ') || 'nobody'} to ${consumers.map(party => party.component).join(', ') || 'nobody'}`}>
        {spots.map((spot, at) => { const [path, head] = line(spot); return <g key={`w${at}`} class="fan-wire"><path d={path} /><path class="fan-head" d={head} /></g>; })}
        {spots.map(({ party, x, y, side }) => (
          <g key={`${side} ${party.component}`} class="fan-card" onClick={() => select(party.component)}>
            <title>{nameOf(all, party.component)}</title>
            <rect x={x} y={y - CARD_HEIGHT / 2} width={card} height={CARD_HEIGHT} rx={7} />
            <text x={x + card / 2} y={y + 4}>{clip(nameOf(all, party.component), name)}</text>
            {party.pattern && <text class="fan-pattern" x={x + card / 2} y={y + CARD_HEIGHT / 2 + 11}>through {clip(party.pattern, name)}</text>}
          </g>
        ))}
        <g class="fan-topic" onClick={() => select(topic.id)}><title>{topic.id}</title><rect x={box.x} y={box.y - TOPIC_HEIGHT / 2} width={box.width} height={TOPIC_HEIGHT} rx={TOPIC_HEIGHT / 2} /><text x={width / 2} y={box.y + 5}>{clip(topic.id, id)}</text></g>
      </svg>
      <figcaption>{producers.length} {producers.length === 1 ? 'producer' : 'producers'} → <Name id={topic.id}>{topic.id}</Name> → {consumers.length} {consumers.length === 1 ? 'consumer' : 'consumers'}</figcaption>
    </figure>
  );
}

const clip = (text: string, length: number): string => ([...text].length > length ? `${[...text].slice(0, length - 1).join('')}…` : text);
