// Where an element stands on the pictures.
//   in : an Index and the id of a component or topic
//   out: the settings of the architecture screen that show it
// It reads what the program drew: what is folded away in a picture is not on it.
import { viewsOf, type Index, type Projection, type View } from './model';

/** Pictures that are searched, at most. */
const MAX_VIEWS = 50;
const PROJECTIONS: Projection[] = ['hub', 'nodes', 'direct'];

/** The first view that shows it, best as the view is stated; nothing if none does. */
export function placeOf(all: Index, id: string): Record<string, string> | undefined {
  const node = `data-node="${all.component.has(id) ? '' : 'topic:'}${id}"`;
  for (const view of viewsOf(all).slice(0, MAX_VIEWS)) {
    const found = projections(view).find(name => view.pictures[name]?.includes(node));
    if (found) return { view: view.id, sel: id, ...(found === view.projection ? {} : { topics: found }) };
  }
  return undefined;
}

const projections = ({ projection }: View): Projection[] => (projection ? [projection, ...PROJECTIONS.filter(name => name !== projection)] : PROJECTIONS);
