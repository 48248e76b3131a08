// Small pieces that every screen uses: names as links, chips, sections.
//   in : an Index and ids
//   out: elements
// Text of the model only ever becomes text nodes and attributes; link addresses are checked.
import type { ComponentChildren, JSX } from 'preact';
import { createContext } from 'preact';
import { useContext, useState } from 'preact/hooks';
import { markOfChange, nameOf, type Index, type Layer, type Mark } from './model';
import { link } from './route';

/** The data and what the screens share, for every element below the page. */
export interface Shared { all: Index; /** Opens the details of a component or topic without leaving the screen. */ select: (id: string) => void }
export const SharedContext = createContext<Shared | undefined>(undefined);

export function useShared(): Shared {
  const shared = useContext(SharedContext);
  if (!shared) throw new Error('outside of the page');
  return shared;
}

const SCHEMES = /^(https?:|mailto:|#|\.{0,2}\/|[^:]*$)/i;

/** Whether an address may be a link: web, mail, or a place beside the page. */
export const isSafe = (address: string): boolean => SCHEMES.test(address.trim()) && !/[\u0000-\u001f]/.test(address);

/** How pictures and links name a whole layer; components and topics go by their ids alone. */
export const LAYER = 'layer:';
export const layerOf = (all: Index, id: string): Layer | undefined => (id.startsWith(LAYER) ? all.layer.get(id.slice(LAYER.length)) : undefined);

/** The name of an element as a link to its details; texts that name no element stay texts. */
export function Name({ id, children }: { id: string; children?: ComponentChildren }): JSX.Element {
  const { all, select } = useShared();
  const isTopic = all.topic.has(id), layer = layerOf(all, id);
  if (!isTopic && !layer && !all.component.has(id)) return <span>{children ?? id}</span>;
  const href = link(isTopic ? 'topics' : 'components', { sel: id });
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    select(id);
  };
  return <a class={isTopic ? 'name topic-name' : 'name'} href={href} onClick={open}>{children ?? ((layer?.name ?? '').trim() || (layer ? layer.id : nameOf(all, id)))}</a>;
}

/** A message of the program: what it quotes is code, or a link where it names an element. */
export function Said({ text }: { text: string }): JSX.Element {
  const { all } = useShared();
  const isKnown = (id: string) => all.component.has(id) || all.topic.has(id);
  return <>{text.split(/`([^`]+)`/).map((part, at) => (at % 2 === 0 ? part : isKnown(part) ? <Name key={at} id={part}>{part}</Name> : <code key={at}>{part}</code>))}</>;
}

/** An address of the model as a link if its scheme is harmless, else as text. */
export function Address({ title, address }: { title: string; address: string }): JSX.Element {
  if (!isSafe(address)) return <span>{title}: {address}</span>;
  return <a href={address} rel="noreferrer noopener" target="_blank">{title}</a>;
}

/** The first characters of an icon, if it is a sign and not the name of a bundled picture. */
export function Icon({ icon, kind }: { icon?: string; kind?: string }): JSX.Element {
  const sign = icon && !/^[\w-]+$/.test(icon) ? icon : (kind ?? '?').slice(0, 1).toUpperCase();
  return <span class="icon" aria-hidden="true">{sign}</span>;
}

export function Chip({ children, tone }: { children: ComponentChildren; tone?: string }): JSX.Element {
  return <span class={tone ? `chip chip-${tone}` : 'chip'}>{children}</span>;
}

/** The sign of each change, which says the same as its color. */
export const SIGNS: Record<Mark, string> = { added: '+', removed: '−', changed: '~', moved: '↔' };

/** The change of an element between the two versions, in sign and word. */
export function ChangeChip({ mark }: { mark?: Mark }): JSX.Element | null {
  return mark ? <span class={`chip mark mark-${mark}`}><span aria-hidden="true">{SIGNS[mark]}</span> {mark}</span> : null;
}

/** A titled part of a panel; nothing if it has nothing to show. */
export function Section({ title, children, show }: { title: string; children: ComponentChildren; show: unknown }): JSX.Element | null {
  const isEmpty = !show || (Array.isArray(show) && show.length === 0);
  return isEmpty ? null : <section class="part"><h3>{title}</h3>{children}</section>;
}

/** Lists of texts under keys; a key that is a component is a link. */
export function NamedLists({ lists }: { lists: Record<string, string[]> }): JSX.Element {
  return <dl class="lists">{Object.entries(lists).map(([key, items]) => <div key={key}><dt><Name id={key} /></dt>{items.map((item, at) => <dd key={at}>{item}</dd>)}</div>)}</dl>;
}

/** The most telling mark of an element's changes. */
export function markOf(all: Index, subject: string): Mark | undefined {
  const marks = new Set((all.changes.get(subject) ?? []).map(markOfChange));
  return (['added', 'removed', 'moved', 'changed'] as const).find(mark => marks.has(mark));
}

/** The change of every component and topic. */
export function marksOf(all: Index): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  for (const [kind, elements] of [['component', all.listed.components], ['topic', all.listed.topics]] as const) {
    for (const { id } of elements) {
      const mark = markOf(all, `${kind}:${id}`);
      if (mark) marks.set(id, mark);
    }
  }
  return marks;
}

/** Rows that are shown without being asked for: a hub has hundreds of neighbors. */
const MAX_ROWS = 60;

/** A list of which the rest is shown on request. */
export function Rows<T>({ of, most = MAX_ROWS, look = 'rows', row }: { of: T[]; most?: number; look?: string; row: (one: T, at: number) => JSX.Element }): JSX.Element {
  const [isWhole, setWhole] = useState(of.length <= most + 10);
  return (
    <>
      <ul class={look}>{(isWhole ? of : of.slice(0, most)).map(row)}</ul>
      {!isWhole && <button class="textual" onClick={() => setWhole(true)}>Show all {of.length}</button>}
    </>
  );
}
