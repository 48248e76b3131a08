// Filters of the component list.
//   in : an Index and a Route
//   out: the facets with their values and counts, and the components that pass
// It knows nothing about the screen.
import type { Component, Index } from './model';
import { values, type Route } from './route';

export interface Facet { key: string; title: string; of: (component: Component) => string[]; name: (all: Index, value: string) => string; /** The values in the order of the specification, if it states one. */ order?: (all: Index) => { id: string }[] }

const one = (value?: string): string[] => (value ? [value] : []);
const words = (text: string): string => text.replace(/[_-]+/g, ' ');

export const FACETS: Facet[] = [
  { key: 'layer', title: 'Layer', of: component => one(component.layer), name: (all, id) => all.layer.get(id)?.name ?? id, order: all => [...all.layer.values()] },
  { key: 'category', title: 'Category', of: component => one(component.category), name: (all, id) => all.category.get(id)?.name ?? id, order: all => [...all.category.values()] },
  { key: 'kind', title: 'Kind', of: component => [component.kind], name: (_, id) => words(id) },
  { key: 'deployment', title: 'Deployment', of: component => one(component.deployment), name: (all, id) => all.payload.deployments[id] ?? words(id) },
  { key: 'owner', title: 'Owner', of: component => one(component.owner), name: (all, id) => all.owner.get(id)?.name ?? id, order: all => [...all.owner.values()] },
  { key: 'tag', title: 'Tag', of: component => component.tags ?? [], name: (_, id) => id },
];

/** A value of a facet, and how many components it would show with the other filters as they are. */
export interface Choice { value: string; count: number; chosen: boolean }

/** The components that pass every facet but `except`: within a facet any value will do, between facets all must hold. */
export function passing(components: Component[], route: Route, except?: string): Component[] {
  const active = FACETS.filter(facet => facet.key !== except).map(facet => ({ facet, wanted: new Set(values(route, facet.key)) })).filter(({ wanted }) => wanted.size > 0);
  return components.filter(component => active.every(({ facet, wanted }) => facet.of(component).some(value => wanted.has(value))));
}

/** The values of a facet in the model's order, with counts. */
export function choices(components: Component[], all: Index, facet: Facet, route: Route): Choice[] {
  const counts = new Map<string, number>();
  const found = new Set(all.listed.components.flatMap(facet.of));
  for (const { id } of facet.order?.(all) ?? []) if (found.has(id)) counts.set(id, 0);
  for (const value of found) counts.set(value, 0);
  for (const component of passing(components, route, facet.key)) for (const value of facet.of(component)) counts.set(value, (counts.get(value) ?? 0) + 1);
  const chosen = new Set(values(route, facet.key));
  return [...counts].map(([value, count]) => ({ value, count, chosen: chosen.has(value) }));
}
