// Everything the specification says about one component or topic.
//   in : an id
//   out: a panel in which every name is a link
// It knows nothing about the list and the picture beside it.
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { Address, ChangeChip, Chip, Icon, LAYER, layerOf, markOf, Name, NamedLists, Rows, Said, Section, useShared } from './bits';
import type { Component, Deprecation, Field, Finding, Flow, Index, Layer, Neighbor, Owner, Party, Subscription, Topic } from './model';
import { placeOf } from './place';
import { joined, link, parse } from './route';

/** Whether there is anything to say about what is selected. */
export function hasDetails(all: Index, id: string): boolean {
  return all.component.has(id) || all.topic.has(id) || layerOf(all, id) !== undefined;
}

/** The panel of a component, topic or layer; it takes the focus when its subject changes. */
export function Details({ id, onClose }: { id: string; onClose: () => void }): JSX.Element | null {
  const { all } = useShared();
  const heading = useRef<HTMLHeadingElement>(null);
  const component = all.component.get(id), topic = component ? undefined : all.topic.get(id);
  const layer = layerOf(all, id);
  const subject = component ?? topic ?? layer;
  useEffect(() => heading.current?.focus({ preventScroll: true }), [id]);
  if (!subject) return null;
  const key = component ? `component:${id}` : topic ? `topic:${id}` : id;
  const mark = markOf(all, key);
  return (
    <aside class="details" aria-label={`Details of ${subject.name}`}>
      <header>
        <Icon icon={component?.icon ?? layer?.icon ?? (topic ? '≋' : undefined)} kind={component?.kind} />
        <h2 ref={heading} tabIndex={-1}>{subject.name}</h2>
        <button class="plain" onClick={onClose} aria-label="Close details">✕</button>
      </header>
      <div class="scroll" key={id} tabIndex={0} role="region" aria-label="All details">
        <p class="id">{subject.id !== subject.name && <code>{subject.id}</code>} <ChangeChip mark={mark} /> <OnPicture id={id} /></p>
        {all.payload.changes && mark === 'removed' && <p class="notice">Removed since {all.payload.changes.base}, which says this about it</p>}
        {component && <ComponentDetails component={component} />}
        {topic && <TopicDetails topic={topic} />}
        {layer && <LayerDetails layer={layer} />}
        <FindingList findings={all.findings.get(key) ?? []} />
      </div>
    </aside>
  );
}

/** The way to the picture that shows it, unless that is open. */
function OnPicture({ id }: { id: string }): JSX.Element | null {
  const { all } = useShared();
  const place = useMemo(() => placeOf(all, id), [all, id]);
  const { screen, settings } = parse(location.hash);
  const isOpen = screen === 'architecture' && (settings.view ?? all.payload.views[0]?.id) === place?.view;
  return place && !isOpen ? <a class="on-picture" href={link('architecture', place)}>Show on the architecture</a> : null;
}

function ComponentDetails({ component }: { component: Component }): JSX.Element {
  const { all } = useShared();
  const { id } = component;
  const category = component.category ? all.category.get(component.category) : undefined;
  const owner = component.owner ? all.owner.get(component.owner) : undefined;
  const children = all.children.get(id) ?? [];
  const deployment = component.deployment && (all.payload.deployments[component.deployment] ?? component.deployment);
  return (
    <>
      {component.purpose && <p class="lead">{component.purpose}</p>}
      {component.description && <p class="prose">{component.description}</p>}
      <Deprecated deprecated={component.deprecated} />
      <Table rows={[
        ['Type', component.type], ['Kind', <Alike facet="kind" value={component.kind}>{component.kind}</Alike>],
        ['Layer', component.layer && <Name id={`${LAYER}${component.layer}`} />],
        ['Category', category && <Alike facet="category" value={category.id}>{[category.badge, category.name].filter(Boolean).join(' ')}</Alike>],
        ['Technology', [component.technology, component.version].filter(Boolean).join(' ')], ['Deployment', component.deployment && <Alike facet="deployment" value={component.deployment}>{deployment}</Alike>],
        ['Owner', owner && <Owned owner={owner} />], ['Part of', component.parent && <Name id={component.parent} />],
        ['Since', component.since], ['Also called', component.aliases?.join(', ')], ['Formerly', component.formerly?.join(', ')],
      ]} />
      <Section title="Ports" show={component.ports}>
        <ul class="plain-list">{component.ports?.map((port, at) => <li key={at}><code>{port.port}</code> {[port.name, port.protocol].filter(Boolean).join(', ')}{port.host ? ` (on the host: ${port.host})` : ''}</li>)}</ul>
      </Section>
      <Section title="Publishes" show={all.publishes.get(id)}><Subscriptions of={all.publishes.get(id) ?? []} /></Section>
      <Section title="Consumes" show={all.consumes.get(id)}><Subscriptions of={all.consumes.get(id) ?? []} /></Section>
      <Section title="Reached by" show={all.callers.get(id)}><Neighbors of={all.callers.get(id) ?? []} /></Section>
      <Section title="Reaches" show={all.callees.get(id)}><Neighbors of={all.callees.get(id) ?? []} /></Section>
      <Members title="Contains" of={children} />
      <Scenarios id={id} />
      <Section title="Protocols" show={component.protocols}><NamedLists lists={protocols(component)} /></Section>
      <Section title="Operations" show={component.operations}><NamedLists lists={component.operations ?? {}} /></Section>
      <Section title="Functions" show={component.functions}><ul class="plain-list">{component.functions?.map((name, at) => <li key={at}><code>{name}</code></li>)}</ul></Section>
      <Section title="API calls" show={component.api_calls}><NamedLists lists={component.api_calls ?? {}} /></Section>
      <Links links={component.links} />
      <Tags tags={component.tags} />
      <Section title="Source" show={component.source}><NamedLists lists={Object.fromEntries(Object.entries(component.source ?? {}).map(([key, value]) => [key, [value]]))} /></Section>
      <Free metadata={component.metadata} />
    </>
  );
}

function TopicDetails({ topic }: { topic: Topic }): JSX.Element {
  const { all } = useShared();
  const owner = topic.owner ? all.owner.get(topic.owner) : undefined;
  return (
    <>
      {topic.description && <p class="lead prose">{topic.description}</p>}
      <Deprecated deprecated={topic.deprecated} />
      <Table rows={[
        ['Group', topic.group], ['Broker', topic.broker && <Name id={topic.broker} />],
        ['Source', topic.source && <><Name id={topic.source} />{topic.source_object ? `, ${topic.source_object}` : ''}</>],
        ['Events', topic.events?.join(', ')], ['Key', topic.key], ['Schema', topic.schema], ['Partitions', topic.partitions], ['Replication', topic.replication],
        ['Retention', topic.retention], ['Cleanup', topic.cleanup], ['Owner', owner && <Owned owner={owner} />], ['Internal', topic.internal ? 'yes' : undefined],
        ['Labels flows', topic.label], ['Since', topic.since], ['Formerly', topic.formerly?.join(', ')],
      ]} />
      <Section title="Producers" show={topic.producers}><Parties of={topic.producers ?? []} /></Section>
      <Section title="Consumers" show={topic.consumers}><Parties of={topic.consumers ?? []} /></Section>
      <Scenarios id={topic.id} />
      <Section title="Data of an event" show={topic.data}><Fields of={topic.data ?? []} /></Section>
      <Links links={topic.links} />
      <Tags tags={topic.tags} />
      <Free metadata={topic.metadata} />
    </>
  );
}

function LayerDetails({ layer }: { layer: Layer }): JSX.Element {
  const { all } = useShared();
  const members = all.members.get(layer.id) ?? [];
  return (
    <>
      {layer.description && <p class="lead prose">{layer.description}</p>}
      <Table rows={[['Order', layer.order], ['Formerly', layer.formerly?.join(', ')]]} />
      <p><a href={link('components', { layer: joined([layer.id]) })}>{members.length === 1 ? 'Its component' : `Its ${members.length} components`} in the list</a></p>
      <Members title="Contains" of={members} />
      <Free metadata={layer.metadata} />
    </>
  );
}

function Members({ title, of }: { title: string; of: Component[] }): JSX.Element {
  return <Section title={title} show={of}><Rows of={of} look="plain-list" row={({ id }) => <li key={id}><Name id={id} /></li>} /></Section>;
}

function Fields({ of }: { of: Field[] }): JSX.Element {
  return <ul class="rows">{of.map((field, at) => <li key={at}><code>{field.name}</code>{field.type && <span class="none">{field.type}</span>}{field.required && <Chip>required</Chip>}{field.description && <small>{field.description}</small>}</li>)}</ul>;
}

function Tags({ tags }: { tags?: string[] }): JSX.Element {
  return <Section title="Tags" show={tags}><p class="chips">{tags?.map(tag => <Chip key={tag}><Alike facet="tag" value={tag}>{tag}</Alike></Chip>)}</p></Section>;
}

/** Data of the team's own, as it is. */
function Free({ metadata }: { metadata: unknown }): JSX.Element {
  return <Section title="Metadata" show={metadata}><pre>{JSON.stringify(metadata, null, 2)}</pre></Section>;
}

function Table({ rows }: { rows: [string, unknown][] }): JSX.Element {
  const shown = rows.filter(([, value]) => value !== undefined && value !== null && value !== '' && value !== false);
  return <dl class="facts">{shown.map(([title, value]) => <div key={title}><dt>{title}</dt><dd>{value as JSX.Element}</dd></div>)}</dl>;
}

/** The way to all components that share a value. */
function Alike({ facet, value, children }: { facet: string; value: string; children: ComponentChildren }): JSX.Element {
  return <a class="alike" href={link('components', { [facet]: joined([value]) })} title="All components with the same">{children}</a>;
}

function Owned({ owner }: { owner: Owner }): JSX.Element {
  const contact = owner.contact && /^[^\s@:]+@[^\s@:]+$/.test(owner.contact) ? <Address title={owner.contact} address={`mailto:${owner.contact}`} /> : owner.contact;
  return <><Alike facet="owner" value={owner.id}>{owner.name}</Alike>{owner.link && <> · <Address title="page" address={owner.link} /></>}{contact && <> · {contact}</>}</>;
}

function Deprecated({ deprecated }: { deprecated?: Deprecation }): JSX.Element | null {
  if (!deprecated) return null;
  const { since, remove_by: end, reason, use } = deprecated;
  return <p class="notice">Deprecated{since ? ` since ${since}` : ''}{end ? `, goes ${end}` : ''}{reason ? `: ${reason}` : ''}{use && <>. Use <Name id={use} /> instead</>}</p>;
}

function Subscriptions({ of }: { of: Subscription[] }): JSX.Element {
  return <Rows of={of} row={({ topic, party, gone }) => <li key={topic.id}><Name id={topic.id} />{gone && <ChangeChip mark="removed" />}<Why party={party} /></li>} />;
}

function Parties({ of }: { of: Party[] }): JSX.Element {
  return <Rows of={of} row={party => <li key={party.component}><Name id={party.component} /><Why party={party} /></li>} />;
}

function Why({ party }: { party: Party }): JSX.Element {
  const why = [party.label, party.trigger, party.purpose, party.group && `group ${party.group}`].filter(Boolean).join(' · ');
  return <>{party.pattern && <Chip>through {party.pattern}</Chip>}{why && <small>{why}</small>}</>;
}

function Neighbors({ of }: { of: Neighbor[] }): JSX.Element {
  return <Rows of={of} row={({ id, flow }, at) => <li key={at}><Name id={id} />{flow.gone && <ChangeChip mark="removed" />}{flow.derived && <Chip>from topics</Chip>}{flow.async && <Chip>async</Chip>}{flow.bidirectional && <Chip>both ways</Chip>}<FlowText flow={flow} /></li>} />;
}

/** What the specification says about a flow, in small print below the name. */
function FlowText({ flow }: { flow: Flow }): JSX.Element {
  const wire = [flow.protocol, flow.port && `:${flow.port}`].filter(Boolean).join(' ');
  const words = [flow.label, wire, flow.latency, flow.group, ...(flow.tags ?? [])].filter(Boolean).join(' · ');
  return (
    <>
      {words && <small>{words}</small>}
      {flow.initiator && <small>opened by <Name id={flow.initiator} /></small>}
      {flow.topics.length > 0 && <small>{flow.topics.map((topic, at) => <>{at > 0 && ', '}<Name key={topic} id={topic} /></>)}</small>}
      {flow.description && <small>{flow.description}</small>}
      {flow.metadata !== undefined && <small><code>{JSON.stringify(flow.metadata)}</code></small>}
    </>
  );
}

function Scenarios({ id }: { id: string }): JSX.Element {
  const { all } = useShared();
  const found = all.scenarios.get(id) ?? [];
  return <Section title="Scenarios" show={found}><ul class="plain-list">{found.map(scenario => <li key={scenario.id}><a href={link('simulator', { scenario: scenario.id })}>{scenario.name}</a> <ChangeChip mark={markOf(all, `scenario:${scenario.id}`)} /></li>)}</ul></Section>;
}

function Links({ links }: { links?: Record<string, string> }): JSX.Element {
  return <Section title="Links" show={links}><ul class="plain-list">{Object.entries(links ?? {}).map(([title, address]) => <li key={title}><Address title={title} address={address} /></li>)}</ul></Section>;
}

/** Findings with their places. */
export function FindingList({ findings }: { findings: Finding[] }): JSX.Element {
  return (
    <Section title="Findings" show={findings}>
      <Rows of={findings} look="findings" row={(finding, at) => (
        <li key={at} class={`finding finding-${finding.severity}`}>
          <Chip tone={finding.severity}>{finding.severity}</Chip> <code class="chip">{finding.code}</code> <Said text={finding.message} />
          {finding.file && <small>{finding.file}:{finding.line}:{finding.column}</small>}
          {finding.help && <small>help: <Said text={finding.help} /></small>}
        </li>
      )} />
    </Section>
  );
}

function protocols(component: Component): Record<string, string[]> {
  const { inbound, outbound } = component.protocols ?? {};
  return { ...(inbound ? { inbound } : {}), ...(outbound ? { outbound } : {}) };
}
