// Who is upstream and downstream of an element.
//   in : an Index, an id, a direction and a depth
//   out: the ids reached with their distance
// It knows nothing about pictures.
import type { Index } from './model';

export type Direction = 'upstream' | 'downstream' | 'both';
/** Along what is there now, or also along what is gone. */
export type Ways = 'now' | 'ever';

/** Breadth-first; the element itself has distance 0. `both` is upstream and downstream, not zigzag. */
export function trace(all: Index, start: string, direction: Direction, depth: number, ways: Ways = 'now'): Map<string, number> {
  if (direction !== 'both') return walk(all, start, direction, depth, ways);
  const reached = walk(all, start, 'upstream', depth, ways);
  for (const [id, distance] of walk(all, start, 'downstream', depth, ways)) reached.set(id, Math.min(distance, reached.get(id) ?? distance));
  return reached;
}

function walk(all: Index, start: string, direction: 'upstream' | 'downstream', depth: number, ways: Ways): Map<string, number> {
  const reached = new Map([[start, 0]]);
  let ring = [start];
  for (let distance = 1; distance <= depth && ring.length; distance++) {
    const next: string[] = [];
    for (const id of ring) {
      for (const neighbor of neighbors(all, id, direction, ways)) {
        if (reached.has(neighbor)) continue;
        reached.set(neighbor, distance);
        next.push(neighbor);
      }
    }
    ring = next;
  }
  return reached;
}

/** Topics are stations too, so that a trace through a broker stays on its topics. */
function neighbors(all: Index, id: string, direction: 'upstream' | 'downstream', ways: Ways): string[] {
  const topic = all.topic.get(id);
  if (topic) return ((direction === 'upstream' ? topic.producers : topic.consumers) ?? []).map(party => party.component);
  const counts = ({ gone }: { gone?: true }) => ways === 'ever' || !gone;
  const flows = (direction === 'upstream' ? all.callers : all.callees).get(id)?.filter(({ flow }) => counts(flow)) ?? [];
  const topics = (direction === 'upstream' ? all.consumes : all.publishes).get(id)?.filter(counts) ?? [];
  const direct = flows.filter(({ flow }) => !flow.derived || all.component.get(id)?.kind === 'broker').map(neighbor => neighbor.id);
  return [...direct, ...topics.map(({ topic }) => topic.id)];
}
