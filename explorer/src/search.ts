// Search as one types: names, aliases, topics, technologies, details.
//   in : an Index
//   out: a function from text to the ids of components, best first
// It knows nothing about filters and the screen.
import MiniSearch from 'minisearch';
import type { Component, Index } from './model';

const FIELDS = ['id', 'name', 'aliases', 'technology', 'type', 'topics', 'purpose', 'details'];
const BOOST = { id: 3, name: 4, aliases: 4, technology: 2, type: 2, topics: 1.5 };

/** Components that are indexed without a pause. */
const PORTION = 150;
/** One for each version of the data, however often the list is opened. */
const searchers = new WeakMap<Index, (query: string) => string[]>();

/** The search over a model. Its index is built little by little, or at once when the first query comes sooner. */
export function searcher(all: Index): (query: string) => string[] {
  const known = searchers.get(all) ?? build(all);
  searchers.set(all, known);
  return known;
}

function build(all: Index): (query: string) => string[] {
  const engine = new MiniSearch({ fields: FIELDS, tokenize: words, searchOptions: { boost: BOOST, prefix: true, fuzzy: term => (term.length > 4 ? 0.2 : false), combineWith: 'AND' } });
  const { components } = all.listed;
  let at = 0;
  const add = (count: number) => {
    engine.addAll(components.slice(at, at + count).map(component => document(all, component)));
    at += count;
  };
  const goOn = () => { if (at < components.length) { add(PORTION); setTimeout(goOn); } };
  setTimeout(goOn);
  return query => {
    if (at < components.length) add(components.length - at);
    const hits = engine.search(query).map(hit => String(hit.id));
    return first(all, query, hits).concat(hits.filter(id => !begins(all, id, query)));
  };
}

/** Hits whose id or name begins as typed come first, the shortest before its kin. */
function first(all: Index, query: string, hits: string[]): string[] {
  return hits.filter(id => begins(all, id, query)).sort((a, b) => a.length - b.length);
}

function begins(all: Index, id: string, query: string): boolean {
  const typed = query.trim().toLowerCase();
  return [id, all.component.get(id)?.name ?? ''].some(text => text.toLowerCase().startsWith(typed));
}

/** Ids, camelCase and dotted names are found by their parts and as a whole. */
function words(text: string): string[] {
  const whole = text.toLowerCase().split(/[\s,;:()/]+/);
  const parts = text.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return [...new Set([...whole, ...parts])].filter(Boolean);
}

function document(all: Index, component: Component): Record<string, string> {
  const topics = [...(all.publishes.get(component.id) ?? []), ...(all.consumes.get(component.id) ?? [])];
  return {
    id: component.id,
    name: component.name,
    aliases: (component.aliases ?? []).concat(component.formerly ?? []).join(' '),
    technology: [component.technology, component.version].filter(Boolean).join(' '),
    type: [component.type, component.kind, component.deployment, component.deployment && all.payload.deployments[component.deployment]].filter(Boolean).join(' '),
    topics: topics.map(({ topic }) => `${topic.id} ${topic.name}`).join(' '),
    purpose: [component.purpose, component.description].filter(Boolean).join(' '),
    details: details(all, component),
  };
}

/** Every other text that the specification has about a component. */
function details(all: Index, component: Component): string {
  const layer = component.layer ? all.layer.get(component.layer)?.name : undefined;
  const category = component.category ? all.category.get(component.category)?.name : undefined;
  const owner = component.owner ? all.owner.get(component.owner)?.name : undefined;
  const lists = (named?: Record<string, string[]>) => Object.entries(named ?? {}).flatMap(([key, items]) => [key, ...items]);
  const ports = (component.ports ?? []).flatMap(port => [String(port.port), port.name, port.protocol]);
  const links = Object.entries(component.links ?? {}).flat();
  const { metadata, deprecated, since, source } = component;
  const rest = [metadata, deprecated, source].map(value => (value === undefined ? undefined : JSON.stringify(value)));
  return [layer, category, owner, component.owner, since, ...links, ...rest, ...(component.tags ?? []), ...(component.functions ?? []), ...lists(component.operations), ...lists(component.api_calls),
    ...(component.protocols?.inbound ?? []), ...(component.protocols?.outbound ?? []), ...ports].filter(Boolean).join(' ');
}
