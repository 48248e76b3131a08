// Everything the specification says about one component or topic.
//   in : an id
//   out: a panel in which every name is a link
// It knows nothing about the list and the picture beside it.
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { Address, ChangeChip, Chip, Icon, markOf, Name, NamedLists, Section, useShared } from './bits';
import type { Component, Deprecation, Finding, Neighbor, Party, Subscription, Topic } from './model';
import { placeOf } from './place';
import { link, parse } from './route';

/** The panel of a component or topic; it takes the focus when its subject changes. */
export function Details({ id, onClose }: { id: string; onClose: () => void }): JSX.Element | null {
  const { all } = useShared();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), [id]);
  const component = all.component.get(id), topic = all.topic.get(id);
  const subject = component ?? topic;
  if (!subject) return null;
  return (
    <aside class="details" aria-label={`Details of ${subject.name}`}>
      <header>
        <Icon icon={component?.icon ?? (topic ? '≋' : undefined)} kind={component?.kind} />
        <h2 ref={heading} tabIndex={-1}>{subject.name}</h2>
        <button class="plain" onClick={onClose} aria-label="Close details">✕</button>
      </header>
      <div class="scroll" tabIndex={0} role="region" aria-label="All details">
        <p class="id"><code>{id}</code> <ChangeChip mark={markOf(all, `${component ? 'component' : 'topic'}:${id}`)} /> <OnPicture id={id} /></p>
        {all.payload.changes && markOf(all, `${component ? 'component' : 'topic'}:${id}`) === 'removed' && <p class="notice">Removed since {all.payload.changes.base}, which says this about it</p>}
        {component ? <ComponentDetails component={component} /> : topic ? <TopicDetails topic={topic} /> : null}
        <FindingList findings={all.findings.get(`${component ? 'component' : 'topic'}:${id}`) ?? []} />
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
  const layer = component.layer ? all.layer.get(component.layer)?.name : undefined;
  const category = component.category ? all.category.get(component.category) : undefined;
  const owner = component.owner ? all.owner.get(component.owner) : undefined;
  const children = all.listed.components.filter(other => other.parent === id);
  return (
    <>
      {component.purpose && <p class="lead">{component.purpose}</p>}
      {component.description && <p>{component.description}</p>}
      <Deprecated deprecated={component.deprecated} />
      <Table rows={[
        ['Type', component.type], ['Kind', component.kind], ['Layer', layer], ['Category', category && [category.badge, category.name].filter(Boolean).join(' ')],
        ['Technology', [component.technology, component.version].filter(Boolean).join(' ')], ['Deployment', component.deployment],
        ['Owner', owner && <Owned owner={owner} />], ['Inside of', component.parent && <Name id={component.parent} />],
        ['Since', component.since], ['Also called', component.aliases?.join(', ')], ['Formerly', component.formerly?.join(', ')],
      ]} />
      <Section title="Ports" show={component.ports}>
        <ul class="plain-list">{component.ports?.map((port, at) => <li key={at}><code>{port.port}</code> {[port.name, port.protocol].filter(Boolean).join(', ')}{port.host ? ` (on the host: ${port.host})` : ''}</li>)}</ul>
      </Section>
      <Section title="Publishes" show={all.publishes.get(id)}><Subscriptions of={all.publishes.get(id) ?? []} /></Section>
      <Section title="Consumes" show={all.consumes.get(id)}><Subscriptions of={all.consumes.get(id) ?? []} /></Section>
      <Section title="Reached by" show={all.callers.get(id)}><Neighbors of={all.callers.get(id) ?? []} /></Section>
      <Section title="Reaches" show={all.callees.get(id)}><Neighbors of={all.callees.get(id) ?? []} /></Section>
      <Section title="Contains" show={children}><ul class="plain-list">{children.map(child => <li key={child.id}><Name id={child.id} /></li>)}</ul></Section>
      <Scenarios id={id} />
      <Section title="Protocols" show={component.protocols}><NamedLists lists={protocols(component)} /></Section>
      <Section title="Operations" show={component.operations}><NamedLists lists={component.operations ?? {}} /></Section>
      <Section title="Functions" show={component.functions}><ul class="plain-list">{component.functions?.map((name, at) => <li key={at}><code>{name}</code></li>)}</ul></Section>
      <Section title="API calls" show={component.api_calls}><NamedLists lists={component.api_calls ?? {}} /></Section>
      <Links links={component.links} />
      <Section title="Tags" show={component.tags}><p class="chips">{component.tags?.map(tag => <Chip key={tag}>{tag}</Chip>)}</p></Section>
      <Section title="Source" show={component.source}><NamedLists lists={Object.fromEntries(Object.entries(component.source ?? {}).map(([key, value]) => [key, [value]]))} /></Section>
      <Section title="Metadata" show={component.metadata}><pre>{JSON.stringify(component.metadata, null, 2)}</pre></Section>
    </>
  );
}

function TopicDetails({ topic }: { topic: Topic }): JSX.Element {
  const { all } = useShared();
  const owner = topic.owner ? all.owner.get(topic.owner) : undefined;
  return (
    <>
      {topic.description && <p class="lead">{topic.description}</p>}
      <Deprecated deprecated={topic.deprecated} />
      <Table rows={[
        ['Group', topic.group], ['Broker', topic.broker && <Name id={topic.broker} />],
        ['Source', topic.source && <><Name id={topic.source} />{topic.source_object ? `, ${topic.source_object}` : ''}</>],
        ['Events', topic.events?.join(', ')], ['Key', topic.key], ['Format', topic.format], ['Partitions', topic.partitions], ['Replication', topic.replication],
        ['Retention', topic.retention], ['Cleanup', topic.cleanup], ['Owner', owner && <Owned owner={owner} />], ['Internal', topic.internal ? 'yes' : undefined],
      ]} />
      <Section title="Producers" show={topic.producers}><Parties of={topic.producers ?? []} /></Section>
      <Section title="Consumers" show={topic.consumers}><Parties of={topic.consumers ?? []} /></Section>
      <Scenarios id={topic.id} />
      <Section title="Fields" show={topic.fields}><pre>{JSON.stringify(topic.fields, null, 2)}</pre></Section>
      <Links links={topic.links} />
    </>
  );
}

function Table({ rows }: { rows: [string, unknown][] }): JSX.Element {
  const shown = rows.filter(([, value]) => value !== undefined && value !== null && value !== '' && value !== false);
  return <dl class="facts">{shown.map(([title, value]) => <div key={title}><dt>{title}</dt><dd>{value as JSX.Element}</dd></div>)}</dl>;
}

function Owned({ owner }: { owner: { name: string; contact?: string; link?: string } }): JSX.Element {
  const contact = owner.contact && /^[^\s@:]+@[^\s@:]+$/.test(owner.contact) ? <Address title={owner.contact} address={`mailto:${owner.contact}`} /> : owner.contact;
  return <>{owner.link ? <Address title={owner.name} address={owner.link} /> : owner.name}{contact && <> · {contact}</>}</>;
}

function Deprecated({ deprecated }: { deprecated?: Deprecation }): JSX.Element | null {
  if (!deprecated) return null;
  const { since, remove_by: end, reason, use } = deprecated;
  return <p class="notice">Deprecated{since ? ` since ${since}` : ''}{end ? `, goes ${end}` : ''}{reason ? `: ${reason}` : ''}{use && <>. Use <Name id={use} /> instead</>}</p>;
}

function Subscriptions({ of }: { of: Subscription[] }): JSX.Element {
  return <ul class="rows">{of.map(({ topic, party, gone }) => <li key={topic.id}><Name id={topic.id} />{gone && <ChangeChip mark="removed" />}<Why party={party} /></li>)}</ul>;
}

function Parties({ of }: { of: Party[] }): JSX.Element {
  return <ul class="rows">{of.map(party => <li key={party.component}><Name id={party.component} /><Why party={party} /></li>)}</ul>;
}

function Why({ party }: { party: Party }): JSX.Element {
  const why = [party.trigger, party.purpose, party.group && `group ${party.group}`].filter(Boolean).join(' · ');
  return <>{party.pattern && <Chip>through {party.pattern}</Chip>}{why && <small>{why}</small>}</>;
}

function Neighbors({ of }: { of: Neighbor[] }): JSX.Element {
  return <ul class="rows">{of.map(({ id, flow }, at) => <li key={at}><Name id={id} />{flow.gone && <ChangeChip mark="removed" />}{flow.derived && <Chip>derived</Chip>}{flow.async && <Chip>async</Chip>}<small>{[flow.label, flow.protocol && `${flow.protocol}${flow.port ? ` :${flow.port}` : ''}`].filter(Boolean).join(' · ')}</small></li>)}</ul>;
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
      <ul class="findings">{findings.map((finding, at) => (
        <li key={at} class={`finding finding-${finding.severity}`}>
          <strong>{finding.severity}</strong> <code>{finding.code}</code> {finding.message}
          {finding.file && <small>{finding.file}:{finding.line}:{finding.column}</small>}
          {finding.help && <small>help: {finding.help}</small>}
        </li>
      ))}</ul>
    </Section>
  );
}

function protocols(component: Component): Record<string, string[]> {
  const { inbound, outbound } = component.protocols ?? {};
  return { ...(inbound ? { inbound } : {}), ...(outbound ? { outbound } : {}) };
}
