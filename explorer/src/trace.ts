// Who is upstream and downstream of an element.
//   in : an Index, an id, a direction and a depth
//   out: the elements reached, and the hops that lead to them
// It knows nothing about pictures: a hop stands for every way that a picture may draw it.
import type { Index, Topic } from './model';

export type Direction = 'upstream' | 'downstream' | 'both';
/** Along what is there now, or also along what is gone. */
export type Ways = 'now' | 'ever';

/** What a trace passes: ids, and pairs of ids in the direction of the data. */
export interface Reach { ids: Set<string>; hops: Set<string> }

export const hopOf = (from: string, to: string): string => `${from}\n${to}`;

/**
 * Breadth-first from component to component; `both` is upstream and downstream, not zigzag. A topic
 * and its broker are on the way and count as no station: one step from a producer are its consumers,
 * whether a picture draws the topic, the broker, or neither.
 */
export function trace(all: Index, start: string, direction: Direction, depth: number, ways: Ways = 'now'): Reach {
  const reach: Reach = { ids: new Set([start]), hops: new Set() };
  for (const one of direction === 'both' ? (['upstream', 'downstream'] as const) : [direction]) walk(all, start, one, depth, ways, reach);
  return reach;
}

/** A picture as a graph: what it draws may stand for many elements of the model. */
export interface Drawn { nodes: Set<string>; edges: [string, string][] }

/** A trace for one picture: along the model where it draws the model's elements, else along its own edges. */
export function traceDrawn(all: Index, drawn: Drawn, start: string, direction: Direction, depth: number, ways: Ways): Reach {
  if (all.topic.has(start) || (all.component.has(start) && !isFolded(all, drawn, start))) return trace(all, start, direction, depth, ways);
  const reach: Reach = { ids: new Set([start]), hops: new Set() };
  for (const [near, far] of direction === 'both' ? [[0, 1], [1, 0]] as const : direction === 'downstream' ? [[0, 1]] as const : [[1, 0]] as const) {
    let ring = new Set([start]);
    const seen = new Set(ring);
    for (let distance = 1; distance <= depth && ring.size; distance++) {
      const next = new Set<string>();
      for (const edge of drawn.edges) {
        if (!ring.has(edge[near])) continue;
        reach.hops.add(hopOf(...edge));
        reach.ids.add(edge[far]);
        if (!seen.has(edge[far])) { seen.add(edge[far]); next.add(edge[far]); }
      }
      ring = next;
    }
  }
  return reach;
}

/** Whether the picture draws a component in place of those inside of it. */
function isFolded(all: Index, { nodes }: Drawn, id: string): boolean {
  const inside = all.children.get(id) ?? [];
  return inside.length > 0 && !inside.some(child => nodes.has(child.id));
}

function walk(all: Index, start: string, direction: 'upstream' | 'downstream', depth: number, ways: Ways, reach: Reach): void {
  const isUp = direction === 'upstream';
  const seen = new Set([start]);
  let ring = [start];
  for (let distance = 1; distance <= depth && ring.length; distance++) {
    const next: string[] = [];
    const visit = (id: string) => { if (!seen.has(id)) { seen.add(id); reach.ids.add(id); next.push(id); } };
    const hop = (near: string, far: string) => reach.hops.add(isUp ? hopOf(far, near) : hopOf(near, far));
    for (const id of ring) {
      for (const other of called(all, id, isUp, ways)) { hop(id, other); visit(other); }
      for (const topic of carried(all, id, isUp, ways)) {
        for (const station of [topic.id, topic.broker]) if (station && station !== id) { reach.ids.add(station); hop(id, station); }
        for (const { component } of (isUp ? topic.producers : topic.consumers) ?? []) {
          for (const station of [id, topic.id, topic.broker]) if (station && station !== component) hop(station, component);
          visit(component);
        }
      }
    }
    ring = next;
  }
}

/** The other ends of stated flows; derived ones are followed along their topics. */
function called(all: Index, id: string, isUp: boolean, ways: Ways): string[] {
  const flows = (isUp ? all.callers : all.callees).get(id) ?? [];
  return flows.filter(({ flow }) => (ways === 'ever' || !flow.gone) && !flow.derived).map(neighbor => neighbor.id);
}

/** The topics that lead on from an element: a topic itself, the topics of a broker, or those that a component is a party of. */
function carried(all: Index, id: string, isUp: boolean, ways: Ways): Topic[] {
  const topic = all.topic.get(id);
  if (topic) return [topic];
  const subscriptions = (isUp ? all.consumes : all.publishes).get(id) ?? [];
  const topics = subscriptions.filter(({ gone }) => ways === 'ever' || !gone).map(subscription => subscription.topic);
  if (all.component.get(id)?.kind !== 'broker') return topics;
  return topics.concat((ways === 'ever' ? all.listed : all.model).topics.filter(({ broker }) => broker === id));
}
