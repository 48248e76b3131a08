// The full architecture: a native picture with selection, traces, views, projections and layers.
//   in : the route's settings
//   out: changes of the settings
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { ChangeChip, marksOf, useShared } from '../bits';
import { downloadPng, downloadText, shownMermaid, shownSvg } from '../export';
import { viewsOf, type Projection, type View } from '../model';
import { Picture, type Marks } from '../picture';
import { joined, values, type Route } from '../route';
import { traceDrawn, type Direction, type Drawn } from '../trace';

interface Properties { route: Route; change: (settings: Record<string, string>) => void; select: (id: string | undefined) => void }

const PROJECTIONS: [Projection, string][] = [['hub', 'Through the broker'], ['nodes', 'Topics as nodes'], ['direct', 'Straight to consumers']];

export function Architecture({ route, change, select }: Properties): JSX.Element {
  const { all } = useShared();
  const views = viewsOf(all);
  const view = views.find(candidate => candidate.id === route.settings.view) ?? views[0];
  const hidden = useMemo(() => new Set(values(route, 'hide')), [route.settings.hide]);
  const { sel: selected, trace: direction, depth } = route.settings;
  const marks = useMemo<Marks>(() => {
    const isChanged = view === all.changed;
    const reach = selected ? (drawn: Drawn) => traceDrawn(all, drawn, selected, (direction as Direction) || 'both', Number(depth) || 1, isChanged ? 'ever' : 'now') : undefined;
    return { selected, reach, hiddenLayers: hidden, changes: isChanged ? undefined : marksOf(all) };
  }, [all, view, selected, direction, depth, hidden]);
  if (!view) return <p class="nothing">There is no view to show.</p>;
  const projection = PROJECTIONS.map(([name]) => name).find(name => name === route.settings.topics && view.pictures[name]) ?? view.projection ?? 'hub';
  const svg = view.pictures[projection] ?? view.pictures.sequence ?? '';
  return (
    <div class="architecture">
      <Tools view={view} projection={projection} svg={svg} route={route} change={change} />
      <Picture svg={svg} title={view.title} marks={marks} onSelect={select} camera={`${view.id} ${projection}`} followed={selected}>
        {all.changed && view !== all.changed && <p class="marks" aria-label="What changed">{(['added', 'changed', 'moved'] as const).map(mark => <ChangeChip key={mark} mark={mark} />)}</p>}
      </Picture>
    </div>
  );
}

function Tools({ view, projection, svg, route, change }: { view: View; projection: Projection; svg: string; route: Route; change: Properties['change'] }): JSX.Element {
  const { all } = useShared();
  const offered = PROJECTIONS.filter(([name]) => view.pictures[name]);
  const isTracing = Boolean(route.settings.sel);
  const mermaid = view.mermaid[view.scenario ? 'sequence' : projection];
  const name = projection === view.projection || view.scenario ? view.id : `${view.id}-${projection}`;
  return (
    <div class="tools">
      <label>View <select value={view.id} onChange={event => change({ view: event.currentTarget.value })}>{viewsOf(all).map(({ id, title }) => <option key={id} value={id}>{title}</option>)}</select></label>
      {offered.length > 1 && <label>Topics <select value={projection} onChange={event => change({ topics: event.currentTarget.value })}>{offered.map(([name, title]) => <option key={name} value={name}>{title}</option>)}</select></label>}
      {!view.scenario && <LayerMenu route={route} change={change} />}
      <fieldset class="inline" disabled={!isTracing} title={isTracing ? undefined : 'Select a component first'}>
        <legend class="hidden">Trace</legend>
        <label>Trace <select value={route.settings.trace || 'both'} onChange={event => change({ trace: event.currentTarget.value })}><option value="both">both ways</option><option value="upstream">upstream</option><option value="downstream">downstream</option></select></label>
        <label>Depth <select value={route.settings.depth || '1'} onChange={event => change({ depth: event.currentTarget.value })}>{['1', '2', '3', '4', '99'].map(depth => <option key={depth} value={depth}>{depth === '99' ? 'all' : depth}</option>)}</select></label>
      </fieldset>
      <div class="switch aside" role="group" aria-label="Download what is shown">
        <span class="switch-title" aria-hidden="true">Save as</span>
        <button onClick={() => downloadText(`${name}.svg`, shownSvg(svg), 'image/svg+xml')}>SVG</button>
        <button onClick={() => void downloadPng(`${name}.png`, shownSvg(svg))}>PNG</button>
        {mermaid && <button onClick={() => downloadText(`${name}.mmd`, shownMermaid(mermaid, new Set(values(route, 'hide'))), 'text/plain')}>Mermaid</button>}
      </div>
    </div>
  );
}

function LayerMenu({ route, change }: { route: Route; change: Properties['change'] }): JSX.Element {
  const { all } = useShared();
  const hidden = values(route, 'hide');
  const toggle = (id: string) => change({ hide: joined(hidden.includes(id) ? hidden.filter(other => other !== id) : [...hidden, id]) });
  return (
    <details class="menu">
      <summary>Layers{hidden.length > 0 ? ` (${all.model.layers.length - hidden.length} of ${all.model.layers.length})` : ''}</summary>
      <div class="menu-body">
        {all.model.layers.map(layer => <label key={layer.id} class="option"><input type="checkbox" checked={!hidden.includes(layer.id)} onChange={() => toggle(layer.id)} /><span class="swatch" style={{ background: layer.color ?? 'transparent' }} />{layer.name}</label>)}
        {hidden.length > 0 && <button class="textual" onClick={() => change({ hide: '' })}>Show all</button>}
      </div>
    </details>
  );
}
