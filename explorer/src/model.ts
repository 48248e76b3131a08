// The data of the page as the program writes it, and look-ups over it.
//   in : the JSON of the page
//   out: an Index: elements by id, neighbors, parties, scenarios
// It knows nothing about the screen.

export interface Named { id: string; name: string }
export interface Layer extends Named { order: number; color?: string; icon?: string; description?: string; formerly?: string[]; metadata?: unknown }
export interface Category extends Named { badge?: string; description?: string }
export interface Owner extends Named { contact?: string; link?: string }
export interface Port { port: number; name?: string; protocol?: string; host?: number }
export interface Deprecation { since?: string; remove_by?: string; use?: string; reason?: string }

export interface Component extends Named {
  kind: string;
  layer?: string;
  category?: string;
  owner?: string;
  parent?: string;
  icon?: string;
  type?: string;
  technology?: string;
  version?: string;
  deployment?: string;
  purpose?: string;
  description?: string;
  aliases?: string[];
  ports?: Port[];
  protocols?: { inbound?: string[]; outbound?: string[] };
  operations?: Record<string, string[]>;
  functions?: string[];
  api_calls?: Record<string, string[]>;
  tags?: string[];
  links?: Record<string, string>;
  formerly?: string[];
  since?: string;
  deprecated?: Deprecation;
  source?: Record<string, string>;
  metadata?: unknown;
}

export interface Party { component: string; trigger?: string; purpose?: string; label?: string; pattern?: string; group?: string }
export interface Field { name: string; type?: string; required?: boolean; description?: string }
export interface Topic extends Named {
  broker?: string;
  group?: string;
  description?: string;
  producers?: Party[];
  consumers?: Party[];
  source?: string;
  source_object?: string;
  events?: string[];
  key?: string;
  /** Label of the flows that follow from it. */
  label?: string;
  schema?: string;
  data?: Field[];
  partitions?: number;
  replication?: number;
  retention?: string;
  cleanup?: string;
  owner?: string;
  internal?: boolean;
  tags?: string[];
  links?: Record<string, string>;
  formerly?: string[];
  since?: string;
  deprecated?: Deprecation;
  metadata?: unknown;
}

export interface Flow { from: string; to: string; label?: string; derived: boolean; async: boolean; topics: string[]; group?: string; protocol?: string; port?: number; bidirectional?: boolean; initiator?: string; latency?: string; description?: string; tags?: string[]; metadata?: unknown; /** Of the old version alone. */ gone?: true }
export interface Step { number: number; action: 'call' | 'return' | 'publish' | 'consume' | 'note'; from?: string; to?: string; by?: string; on?: string; topic?: string; label?: string; latency?: string }
export interface Scenario extends Named { trigger?: string; description?: string; budget?: string; tags?: string[]; steps: Step[]; metadata?: unknown }
export interface Count { id: string; name: string; count: number }
export interface Fact { group: string; name: string; value: string; note?: string }

export interface Model {
  name: string;
  platform_version?: string;
  description?: string;
  layers: Layer[];
  categories: Category[];
  owners: Owner[];
  components: Component[];
  topics: Topic[];
  flows: Flow[];
  scenarios: Scenario[];
  facts: Fact[];
  metadata?: unknown;
  statistics: { components: number; layers: number; topics: number; flows: number; declared_flows: number; derived_flows: number; scenarios: number; by_layer: Count[]; by_category: Count[]; by_kind: Count[] };
}

/** How a view draws topics. */
export type Projection = 'hub' | 'nodes' | 'direct';
export interface View {
  id: string;
  title: string;
  description?: string;
  scenario?: string;
  projection?: Projection;
  pictures: Partial<Record<Projection | 'sequence', string>>;
  mermaid: Partial<Record<Projection | 'sequence', string>>;
}

export interface Finding { code: string; severity: 'error' | 'warning' | 'note'; message: string; help?: string; file?: string; line?: number; column?: number; subjects?: string[]; related?: { file?: string; line?: number; message?: string }[] }

export type Mark = 'added' | 'removed' | 'changed' | 'moved';
export interface Affected { subject: string; name: string; how: string }
export interface Change { id: string; class: 'breaking' | 'risky' | 'safe' | 'docs'; subject: string; text: string; because: string | null; before: unknown; after: unknown; affected: Affected[]; affected_more: number }
export interface Balance { id: string; name: string; before: number; added: number; removed: number; moved_in: number; moved_out: number; after: number }
type Total = 'components' | 'layers' | 'topics' | 'flows' | 'scenarios';
type Group = 'by_category' | 'by_layer' | 'by_kind' | 'by_origin';
/** The report of `archviz diff --format json`; `archviz schema diff` describes it. */
export interface Report { changes: Change[]; statistics: Record<Total, Balance> & Record<Group, Balance[]> }
/** What changed since `base`. `view` has both versions in one picture; `removed` is what the new version does not have, `scenes` the pictures of removed scenarios. */
export interface Changes { base: string; report: Report; /** As Markdown. */ summary: string; /** The same as the inside of an HTML page. */ document: string; view: View; removed: { components: Component[]; topics: Topic[]; scenarios: Scenario[]; flows: Flow[] }; scenes: View[] }

export interface Payload { version: number; archviz: string; model: Model; /** What the words for `deployment` mean to people. */ deployments: Record<string, string>; views: View[]; findings: Finding[]; problem?: string; changes?: Changes }

/** One flow seen from one of its ends. */
export interface Neighbor { id: string; flow: Flow }
/** A topic that a component writes or reads. */
export interface Subscription { topic: Topic; party: Party; /** Of the old version alone. */ gone?: true }

/** Look-ups over one payload. */
export interface Index {
  payload: Payload;
  model: Model;
  /** What lists show: while changes are marked, with what was removed. */
  listed: { components: Component[]; topics: Topic[]; scenarios: Scenario[] };
  component: Map<string, Component>;
  topic: Map<string, Topic>;
  layer: Map<string, Layer>;
  category: Map<string, Category>;
  owner: Map<string, Owner>;
  callers: Map<string, Neighbor[]>;
  callees: Map<string, Neighbor[]>;
  publishes: Map<string, Subscription[]>;
  consumes: Map<string, Subscription[]>;
  scenarios: Map<string, Scenario[]>;
  /** Who is inside of a component. */
  children: Map<string, Component[]>;
  /** Who is in a layer. */
  members: Map<string, Component[]>;
  findings: Map<string, Finding[]>;
  changes: Map<string, Change[]>;
  /** The picture of what changed. */
  changed?: View;
}

/** Builds every look-up in one walk over the model; `changes` is nothing while changes are not marked. */
export function index(payload: Payload, changes: Changes | undefined): Index {
  const { model } = payload;
  const removed = changes?.removed;
  const listed = { components: model.components.concat(removed?.components ?? []), topics: model.topics.concat(removed?.topics ?? []), scenarios: model.scenarios.concat(removed?.scenarios ?? []) };
  const gone = new Set<unknown>(removed?.topics);
  const built: Index = {
    payload,
    model,
    listed,
    component: byId(listed.components),
    topic: byId(listed.topics),
    layer: byId(model.layers),
    category: byId(model.categories),
    owner: byId(model.owners),
    callers: new Map(),
    callees: new Map(),
    publishes: new Map(),
    consumes: new Map(),
    scenarios: new Map(),
    children: new Map(),
    members: new Map(),
    findings: new Map(),
    changes: new Map(),
    changed: changes?.view,
  };
  for (const component of listed.components) {
    if (component.parent) push(built.children, component.parent, component);
    if (component.layer) push(built.members, component.layer, component);
  }
  for (const flow of model.flows.concat((removed?.flows ?? []).map(flow => ({ ...flow, gone: true })))) {
    push(built.callees, flow.from, { id: flow.to, flow });
    push(built.callers, flow.to, { id: flow.from, flow });
  }
  for (const topic of listed.topics) {
    const fate = gone.has(topic) ? { gone: true as const } : {};
    for (const party of topic.producers ?? []) push(built.publishes, party.component, { topic, party, ...fate });
    for (const party of topic.consumers ?? []) push(built.consumes, party.component, { topic, party, ...fate });
  }
  for (const scenario of listed.scenarios) {
    for (const id of participants(scenario)) push(built.scenarios, id, scenario);
  }
  for (const finding of payload.findings) {
    for (const subject of finding.subjects ?? []) push(built.findings, subject, finding);
  }
  for (const change of changes?.report.changes ?? []) push(built.changes, change.subject, change);
  return built;
}

/** The views of the model, and the picture of what changed. */
export const viewsOf = (all: Index): View[] => (all.changed ? [...all.payload.views, all.changed] : all.payload.views);

/** The components and topics of a scenario, each once. */
export function participants(scenario: Scenario): Set<string> {
  const ids = new Set<string>();
  for (const step of scenario.steps) {
    for (const id of [step.from, step.to, step.by, step.on, step.topic]) if (id) ids.add(id);
  }
  return ids;
}

/** The name of a component or topic, or the text itself where it is neither; a name that shows nothing is no name. */
export function nameOf(all: Index, id: string): string {
  const name = all.component.get(id)?.name ?? all.topic.get(id)?.name ?? '';
  return isSeen(name) ? name : id;
}

const isSeen = (text: string): boolean => /[^\s\p{C}\p{Z}\u2800\u3164]/u.test(text);

function byId<T extends Named>(elements: T[]): Map<string, T> {
  return new Map(elements.map(element => [element.id, element]));
}

function push<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/** An entry elsewhere in a list, and what follows from others, is nothing to mark. */
const QUIET = ['order-changed', 'restated', 'layer-renumbered'];

/** How the subject of a change fared itself: a consumer that was added changes its topic. */
export function markOfChange({ id, subject }: Change): Mark | undefined {
  if (QUIET.includes(id)) return undefined;
  const kind = subject.slice(0, subject.indexOf(':'));
  const fate = id.startsWith(kind) ? id.slice(kind.length) : '';
  if (fate === '-added') return 'added';
  if (fate === '-removed') return 'removed';
  return ['-layer-changed', '-parent-changed', '-moved'].includes(fate) ? 'moved' : 'changed';
}
