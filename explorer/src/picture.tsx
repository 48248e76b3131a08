// A native picture on the page: zoom, pan, fit, minimap, marks, and export.
//   in : the SVG text that the program drew, and which elements are near, selected, active or hidden
//   out: the picture, clicks on its elements
// It knows nothing about the model: elements are known by the data-* attributes of the picture.
import { select as d3select } from 'd3-selection';
import { zoom as d3zoom, zoomIdentity, zoomTransform, type ZoomBehavior } from 'd3-zoom';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { SIGNS } from './bits';
import { isKept, keep, kept, type Camera, type Size } from './camera';
import type { Mark } from './model';
import { split } from './svg';
import { hopOf, type Drawn, type Reach } from './trace';

/** What is said about elements of the picture. Without `reach` everything has its full strength. */
export interface Marks { selected?: string; /** What belongs to the selection. */ reach?: (drawn: Drawn) => Reach; active?: Set<string>; down?: string; hiddenLayers?: Set<string>; /** What changed, by node. */ changes?: Map<string, Mark>; /** Whether an edge takes part; by its two ends if not given. */ activeEdge?: (from: string, to: string) => boolean }

interface Properties { svg: string; title: string; marks?: Marks; onSelect?: (id: string | undefined) => void; /** A key; the camera stays while it stays. */ camera: string; followed?: string; /** The message of a sequence diagram that is told now. */ message?: Message; isSequence?: boolean; /** What lies on the upper corner. */ children?: ComponentChildren }

/** Dark colors of the pictures on the page; each picture has classes of its own. */
const sheet = new CSSStyleSheet();
document.adoptedStyleSheets.push(sheet);
let parsed = 0;

/** How pictures name topics; the page knows them by their ids alone. */
const TOPIC = 'topic:';

/** A picture ready for the page. Its dark colors follow the theme of the page; scripts and handlers never reach it. */
function parse(text: string): SVGSVGElement | undefined {
  const { markup, styles } = split(text);
  const document_ = new DOMParser().parseFromString(markup, 'image/svg+xml');
  const root = document_.documentElement;
  if (root.nodeName !== 'svg' || document_.querySelector('parsererror')) return undefined;
  const svg = document.importNode(root, true) as unknown as SVGSVGElement;
  for (const element of svg.querySelectorAll('script, style, foreignObject')) element.remove();
  for (const element of svg.querySelectorAll('a')) element.replaceWith(...element.childNodes);
  for (const element of svg.querySelectorAll('*')) for (const { name } of [...element.attributes]) if (/^on/i.test(name)) element.removeAttribute(name);
  for (const name of ['data-node', 'data-source', 'data-target']) for (const element of svg.querySelectorAll(`[${name}^="${TOPIC}"]`)) element.setAttribute(name, element.getAttribute(name)!.slice(TOPIC.length));
  // A card that was a link has lost its place in the order of Tab.
  for (const card of svg.querySelectorAll(CARDS)) { card.setAttribute('tabindex', '0'); card.setAttribute('role', 'button'); }
  svg.dataset.picture = String(++parsed);
  for (const style of styles) {
    const dark = /^\s*@media \(prefers-color-scheme:\s*dark\)\s*\{(.*)\}\s*$/s.exec(style)?.[1];
    if (dark) sheet.insertRule(`@media screen { :root[data-theme="dark"] [data-picture="${parsed}"] {${dark}} }`, sheet.cssRules.length);
  }
  return svg;
}

export function Picture({ svg: text, title, marks, onSelect, camera, followed, message, isSequence = false, children }: Properties): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  const behavior = useRef<ZoomBehavior<HTMLDivElement, unknown>>(undefined);
  const [view, setView] = useState<Camera>({ x: 0, y: 0, k: 1 });
  const svg = useMemo(() => parse(text), [text]);
  const size = useMemo(() => viewBox(svg), [svg]);

  const fit = () => {
    const box = host.current;
    if (!box || !behavior.current) return;
    const k = Math.min(box.clientWidth / size.width, box.clientHeight / size.height, 1.5) * 0.98;
    const [x, y] = [(box.clientWidth - size.width * k) / 2, Math.max(0, (box.clientHeight - size.height * k) / 2)];
    d3select(box).call(behavior.current.transform, zoomIdentity.translate(x, y).scale(k));
    keep(camera, undefined);
  };

  // Before the screen is painted: painting a large picture takes longer than all else, so it happens once.
  useLayoutEffect(() => {
    const box = host.current;
    if (!box || !svg) return;
    const stage = box.querySelector<HTMLElement>('.stage')!;
    svg.setAttribute('width', String(size.width));
    svg.setAttribute('height', String(size.height));
    stage.replaceChildren(svg);
    const zooming = d3zoom<HTMLDivElement, unknown>().scaleExtent([0.05, 4]).on('zoom', ({ transform }) => {
      stage.style.transform = `translate(${transform.x}px, ${transform.y}px) scale(${transform.k})`;
      const next = { x: transform.x, y: transform.y, k: transform.k };
      keep(camera, { ...next, ...sizeOf(box) });
      setView(next);
    });
    behavior.current = zooming;
    d3select(box).call(zooming).on('dblclick.zoom', null);
    // Who has not moved the picture wants all of it, also in a window of another size and beside the details.
    const place = () => {
      const left = kept(camera, sizeOf(box));
      if (left) d3select(box).call(zooming.transform, zoomIdentity.translate(left.x, left.y).scale(left.k));
      else fit();
    };
    place();
    let { width, height } = sizeOf(box);
    const refit = () => {
      const now = sizeOf(box);
      if (now.width !== width || now.height !== height) place();
      ({ width, height } = now);
    };
    const resized = new ResizeObserver(refit);
    resized.observe(box);
    return () => { d3select(box).on('.zoom', null); resized.disconnect(); };
  }, [svg, camera]);

  useLayoutEffect(() => { if (svg) mark(svg, marks ?? {}); }, [svg, marks]);
  useLayoutEffect(() => { if (svg && isSequence) markMessage(svg, message); }, [svg, message?.kind, message?.at]);
  useEffect(() => {
    if (!followed || !svg || !host.current || !behavior.current) return;
    const box = host.current, node = nodeOf(svg, followed);
    if (!node) return;
    const inner = node.getBoundingClientRect(), outer = seen(box);
    const isSeen = inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom;
    // The state of this function may be older than the picture.
    const { k } = zoomTransform(box);
    const isMoved = isKept(camera);
    if (!isSeen) d3select(box).call(behavior.current.translateBy, (outer.left + outer.width / 2 - inner.left - inner.width / 2) / k, (outer.top + outer.height / 2 - inner.top - inner.height / 2) / k);
    // Following is no wish of the reader to look there later.
    if (!isMoved) keep(camera, undefined);
  }, [followed, svg]);

  if (!svg) return <p class="nothing">This picture can't be shown.</p>;
  const scale = (factor: number) => host.current && behavior.current && d3select(host.current).call(behavior.current.scaleBy, factor);
  const pick = (event: Event) => {
    const card = (event.target as Element).closest(CARDS);
    onSelect?.(card ? idOf(card) : undefined);
  };
  const keys = (event: KeyboardEvent) => {
    const target = event.target as Element;
    if ((event.key === 'Enter' || event.key === ' ') && target.matches(CARDS)) { event.preventDefault(); pick(event); }
    else if (event.key === 'Escape') onSelect?.(undefined);
    else if (event.key === '+' || event.key === '=') scale(1.25);
    else if (event.key === '-') scale(0.8);
    else if (event.key === '0') fit();
    else if (event.key.startsWith('Arrow') && host.current && behavior.current) {
      event.preventDefault();
      const [dx, dy] = ({ ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] } as Record<string, [number, number]>)[event.key] ?? [0, 0];
      d3select(host.current).call(behavior.current.translateBy, dx / zoomTransform(host.current).k, dy / zoomTransform(host.current).k);
    }
  };
  return (
    <div class="picture">
      <div class="viewport" ref={host} role="application" aria-label={`${title}. Plus and minus zoom, arrows move, 0 fits, Tab goes from component to component.`} tabIndex={0} onClick={pick} onKeyDown={keys}><div class="stage" /></div>
      {children}
      <div class="zoom" role="group" aria-label="Zoom">
        <button onClick={() => scale(1.25)} aria-label="Zoom in">+</button>
        <button onClick={() => scale(0.8)} aria-label="Zoom out">−</button>
        <button onClick={fit} aria-label="Fit the picture">⤢</button>
      </div>
      <Minimap svg={svg} size={size} view={view} host={host.current} onMove={(x, y) => host.current && behavior.current && d3select(host.current).call(behavior.current.translateTo, x, y)} />
    </div>
  );
}

interface MinimapProperties { svg: SVGSVGElement; size: DOMRect; view: Camera; host: HTMLElement | null; onMove: (x: number, y: number) => void }

/** Where the window is on a picture that does not fit into it. */
function Minimap({ svg, size, view, host, onMove }: MinimapProperties): JSX.Element | null {
  const cards = useMemo(() => [...svg.querySelectorAll('[data-node][data-bbox]')].map(node => node.getAttribute('data-bbox')!.split(/\s+/).map(Number)), [svg]);
  if (!host || cards.length === 0) return null;
  const window = { x: -view.x / view.k, y: -view.y / view.k, width: host.clientWidth / view.k, height: host.clientHeight / view.k };
  const isWhole = window.width >= size.width * 0.98 && window.height >= size.height * 0.98;
  if (isWhole) return null;
  const move = (event: MouseEvent) => {
    const place = (event.currentTarget as SVGSVGElement).getScreenCTM();
    if (!place) return;
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(place.inverse());
    onMove(x, y);
  };
  return (
    <svg class="minimap" viewBox={`0 0 ${size.width} ${size.height}`} style={{ '--ratio': size.width / size.height }} aria-hidden="true" onClick={move} onPointerMove={event => { if (event.buttons === 1) move(event); }}>
      {cards.map(([x, y, width, height], at) => <rect key={at} x={x} y={y} width={width} height={height} class="minimap-card" />)}
      <rect {...window} class="minimap-window" />
    </svg>
  );
}

const sizeOf = (box: HTMLElement): Size => ({ width: box.clientWidth, height: box.clientHeight });

/** The part of a viewport that nothing lies on: on a phone the details cover the lower end. */
function seen(box: HTMLElement): DOMRect {
  const { x, y, width, height } = box.getBoundingClientRect();
  const cover = document.querySelector('.details')?.getBoundingClientRect();
  const isCovered = cover && cover.left < x + width && cover.top > y;
  return new DOMRect(x, y, width, isCovered ? Math.min(height, cover.top - y) : height);
}

function viewBox(svg?: SVGSVGElement): DOMRect {
  const [x = 0, y = 0, width = 800, height = 600] = (svg?.getAttribute('viewBox') ?? '').split(/[\s,]+/).map(Number);
  return new DOMRect(x, y, width, height);
}

function nodeOf(svg: SVGSVGElement, id: string): SVGGraphicsElement | null {
  return svg.querySelector<SVGGraphicsElement>(`[data-node="${CSS.escape(id)}"], [data-topic="${CSS.escape(id)}"]`);
}

/** Sets the classes of every element; the style sheet decides what they look like. */
function mark(svg: SVGSVGElement, { selected, reach, active, activeEdge, down, hiddenLayers, changes }: Marks): void {
  const lines = [...svg.querySelectorAll('[data-edge]')];
  const endsOf = (edge: Element): [string, string] => [edge.getAttribute('data-source') ?? '', edge.getAttribute('data-target') ?? ''];
  const cards = [...svg.querySelectorAll(CARDS)];
  const near = reach?.({ nodes: new Set(cards.map(idOf)), edges: lines.map(endsOf) });
  svg.classList.toggle('is-dimmed', near !== undefined);
  svg.classList.toggle('is-playing', active !== undefined);
  const hidden = new Set<string>();
  for (const card of cards) {
    const id = idOf(card);
    const isHidden = hiddenLayers?.has(card.getAttribute('data-layer') ?? '') ?? false;
    if (isHidden) hidden.add(id);
    markChange(card, changes?.get(id), id === down);
    classes(card, { 'is-selected': id === selected, 'is-near': near?.ids.has(id) ?? false, 'is-active': active?.has(id) ?? false, 'is-down': id === down, 'is-hidden': isHidden });
  }
  for (const band of svg.querySelectorAll('[data-band]')) classes(band, { 'is-faint': hiddenLayers?.has(band.getAttribute('data-band') ?? '') ?? false });
  const edges = new Map<string, Record<string, boolean>>();
  for (const edge of lines) {
    const [from, to] = endsOf(edge);
    const state = { 'is-near': near?.hops.has(hopOf(from, to)) ?? false, 'is-active': activeEdge?.(from, to) ?? false, 'is-hidden': hidden.has(from) || hidden.has(to) };
    edges.set(edge.getAttribute('data-edge')!, state);
    classes(edge, state);
  }
  for (const name of ['data-label-for', 'data-trunk']) for (const shared of svg.querySelectorAll(`[${name}]`)) {
    const states = shared.getAttribute(name)!.split(' ').map(id => edges.get(id) ?? {});
    const any = (key: string) => states.some(state => state[key]);
    classes(shared, { 'is-near': any('is-near'), 'is-active': any('is-active'), 'is-hidden': states.every(state => state['is-hidden']) });
  }
}

/** Cards of components, layers and topics, and the topics that stand on their broker. */
const CARDS = '[data-node], [data-topic]';
const idOf = (card: Element): string => card.getAttribute('data-node') ?? card.getAttribute('data-topic')!;

/** A sign in the corner of a card, and a class for its border. */
function markChange(node: Element, change: Mark | undefined, isDown: boolean): void {
  node.querySelector('.change-sign')?.remove();
  for (const mark of Object.keys(SIGNS)) node.classList.toggle(`change-${mark}`, mark === change);
  const [x = 0, y = 0, width = 0] = (node.getAttribute('data-bbox') ?? '').split(/\s+/).map(Number);
  const text = isDown ? '✕' : change && SIGNS[change];
  if (!text) return;
  const sign = document.createElementNS('http://www.w3.org/2000/svg', 'text');
  sign.setAttribute('class', 'change-sign');
  sign.setAttribute('x', String(x + width - 4));
  sign.setAttribute('y', String(y + 5));
  sign.textContent = text;
  node.append(sign);
}

/** A message or note of a sequence diagram, counted from 1 among its kind. */
export interface Message { kind: 'edge' | 'note'; at: number }

/** Marks one message of a sequence diagram with its label. */
function markMessage(svg: SVGSVGElement, message?: Message): void {
  const name = message?.kind === 'edge' ? `e${message.at}` : undefined;
  for (const element of svg.querySelectorAll('[data-edge]')) classes(element, { 'is-active': element.getAttribute('data-edge') === name });
  for (const element of svg.querySelectorAll('[data-label-for]')) classes(element, { 'is-active': element.getAttribute('data-label-for') === name });
  svg.querySelectorAll('[data-note]').forEach((element, at) => classes(element, { 'is-active': message?.kind === 'note' && at + 1 === message.at }));
  svg.classList.toggle('is-telling', message !== undefined);
}

function classes(element: Element, states: Record<string, boolean>): void {
  for (const [name, on] of Object.entries(states)) element.classList.toggle(name, on);
}
