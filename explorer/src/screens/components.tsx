// The component explorer: search, filters, list or cards.
//   in : the route's settings
//   out: the components that pass, and changes of the settings
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { ChangeChip, Icon, markOf, useShared } from '../bits';
import { choices, FACETS, passing, type Facet } from '../facets';
import type { Component } from '../model';
import { joined, values, type Route } from '../route';
import { searcher } from '../search';
import { useWidth } from '../width';
import { VirtualList } from '../virtual';

interface Properties { route: Route; change: (settings: Record<string, string>) => void }

export function Components({ route, change }: Properties): JSX.Element {
  const { all, select } = useShared();
  const search = useMemo(() => searcher(all), [all]);
  const query = route.settings.q ?? '';
  const found = useMemo(() => {
    if (!query.trim()) return all.listed.components;
    return search(query).map(id => all.component.get(id)).filter((component): component is Component => component !== undefined);
  }, [all, query]);
  const shown = passing(found, route);
  const isCards = route.settings.as !== 'list';
  const selected = route.settings.sel;
  const width = useWidth();
  const columns = isCards ? Math.max(1, Math.floor((width - (width > 900 ? 260 : 24) - (selected && width > 900 ? 430 : 0)) / 290)) : 1;
  return (
    <div class="browse">
      <form class="tools" role="search" onSubmit={event => event.preventDefault()}>
        <label class="search"><span class="hidden">Search components</span>
          <input type="search" value={query} placeholder="Search names, topics, technologies, details…" onInput={event => change({ q: event.currentTarget.value })} />
        </label>
        <div class="switch" role="group" aria-label="Show as">
          <button type="button" aria-pressed={isCards} onClick={() => change({ as: '' })}>Cards</button>
          <button type="button" aria-pressed={!isCards} onClick={() => change({ as: 'list' })}>List</button>
        </div>
        <p class="count" role="status">{shown.length === all.listed.components.length ? `${shown.length} ${shown.length === 1 ? 'component' : 'components'}` : `${shown.length} of ${all.listed.components.length} components`}</p>
      </form>
      <Filters found={found} route={route} change={change} />
      {shown.length === 0
        ? <p class="nothing">Nothing matches. <button class="textual" onClick={() => change(Object.fromEntries([['q', ''], ...FACETS.map(facet => [facet.key, ''])]))}>Clear search and filters</button></p>
        : <VirtualList count={shown.length} height={isCards ? 132 : 45} columns={columns} label="Components" focus={selected ? shown.findIndex(component => component.id === selected) : undefined}
            row={at => <Item key={shown[at]!.id} component={shown[at]!} isCard={isCards} isSelected={shown[at]!.id === selected} onSelect={select} />} />}
    </div>
  );
}

interface ItemProperties { component: Component; isCard: boolean; isSelected: boolean; onSelect: (id: string) => void }

function Item({ component, isCard, isSelected, onSelect }: ItemProperties): JSX.Element {
  const { all } = useShared();
  const layer = component.layer ? all.layer.get(component.layer) : undefined;
  const findings = all.findings.get(`component:${component.id}`)?.length ?? 0;
  const ports = (component.ports ?? []).map(port => `:${port.port}`).join(' ');
  return (
    <li>
      <button class={isCard ? 'item card' : 'item row'} aria-current={isSelected ? 'true' : undefined} onClick={() => onSelect(component.id)} data-component={component.id}>
        <span class="swatch" style={{ background: layer?.color ?? 'var(--line)' }} />
        <Icon icon={component.icon} kind={component.kind} />
        <span class="item-name">{component.name}</span>
        <ChangeChip mark={markOf(all, `component:${component.id}`)} />
        {findings > 0 && <span class="chip chip-warning" title="findings">{findings} !</span>}
        <span class="item-type">{[component.type ?? component.kind, [component.technology, component.version].filter(Boolean).join(' ')].filter(Boolean).join(' · ')}</span>
        {isCard && <span class="item-purpose">{component.purpose}</span>}
        <span class="item-layer">{layer?.name}{ports && <code> {ports}</code>}</span>
      </button>
    </li>
  );
}

function Filters({ found, route, change }: Properties & { found: Component[] }): JSX.Element {
  const { all } = useShared();
  const active = FACETS.reduce((sum, facet) => sum + values(route, facet.key).length, 0);
  const width = useWidth();
  return (
    <details class="filters" open={width > 900 || undefined}>
      <summary>Filters{active ? ` (${active})` : ''}</summary>
      {FACETS.map(facet => <FacetBox key={facet.key} facet={facet} found={found} route={route} change={change} all={all} />)}
      {active > 0 && <button class="textual" onClick={() => change(Object.fromEntries(FACETS.map(facet => [facet.key, ''])))}>Clear filters</button>}
    </details>
  );
}

function FacetBox({ facet, found, route, change, all }: Properties & { facet: Facet; found: Component[]; all: ReturnType<typeof useShared>['all'] }): JSX.Element | null {
  const list = choices(found, all, facet, route);
  if (list.length < 2 && !list.some(choice => choice.chosen)) return null;
  const toggle = (value: string) => {
    const chosen = values(route, facet.key);
    change({ [facet.key]: joined(chosen.includes(value) ? chosen.filter(other => other !== value) : [...chosen, value]) });
  };
  return (
    <fieldset>
      <legend>{facet.title}</legend>
      <div class="options">{list.slice(0, 60).map(({ value, count, chosen }) => (
        <label key={value} class={count === 0 && !chosen ? 'option empty' : 'option'}>
          <input type="checkbox" checked={chosen} onChange={() => toggle(value)} />
          <span>{facet.name(all, value)}</span><span class="number">{count}</span>
        </label>
      ))}</div>
    </fieldset>
  );
}
