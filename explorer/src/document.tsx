// A document of the program, shown as a part of the page.
//   in : the inside of an HTML page, as the program writes it
//   out: elements; tags that documents do not use are left out, their texts stay
// The text is read into a document that loads and runs nothing, and only elements named here come out of it.
import { Fragment, h, type ComponentChildren, type JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { isSafe } from './bits';

/** How each tag is shown. The page has two levels of headings above those of a document. */
const SHOWN: Record<string, string> = {
  H1: 'h3', H2: 'h4', H3: 'h5', H4: 'h6', P: 'p', UL: 'ul', OL: 'ol', LI: 'li', BLOCKQUOTE: 'blockquote', HR: 'hr', BR: 'br', PRE: 'pre', CODE: 'code',
  STRONG: 'strong', EM: 'em', TABLE: 'table', THEAD: 'thead', TBODY: 'tbody', TR: 'tr', TH: 'th', TD: 'td', DETAILS: 'details', SUMMARY: 'summary', SPAN: 'span', DIV: 'div',
};
const CLASSES = ['table', 'task', 'task open', 'box', 'swatch'];

export function ProgramDocument({ html }: { html: string }): JSX.Element {
  const shown = useMemo(() => [...read(html).childNodes].map(element), [html]);
  return <div class="document">{shown}</div>;
}

/** The page's policy refuses styles in markup. Quotes of texts are escaped, so no text looks like an attribute. */
const read = (html: string): HTMLElement => new DOMParser().parseFromString(html.replaceAll(' style="', ' data-look="'), 'text/html').body;

function element(node: Node, at: number): ComponentChildren {
  if (node instanceof Text) return node.data;
  if (!(node instanceof Element)) return null;
  const children = [...node.childNodes].map(element);
  const address = node.tagName === 'A' ? node.getAttribute('href') ?? '' : '';
  // Places inside of the document are no addresses of the page.
  if (address.startsWith('#')) return <button key={at} class="textual" onClick={event => goTo(event.currentTarget, address.slice(1))}>{children}</button>;
  if (/^(https?|mailto):/i.test(address) && isSafe(address)) return <a key={at} href={address} rel="noreferrer noopener" target="_blank">{children}</a>;
  const tag = SHOWN[node.tagName];
  if (!tag) return <Fragment key={at}>{children}</Fragment>;
  return h(tag, { key: at, ...settings(node) }, children.length > 0 ? children : undefined);
}

/** Shows a heading of the same document. */
function goTo(from: Element, place: string): void {
  const headings = [...(from.closest('.document')?.querySelectorAll<HTMLElement>('[data-place]') ?? [])];
  headings.find(({ dataset }) => dataset.place === place || encodeURI(dataset.place ?? '') === place)?.scrollIntoView();
}

/** Of attributes, only those that say what something looks like or is called. */
function settings(node: Element): Record<string, unknown> {
  const look = node.getAttribute('class') ?? '', label = node.getAttribute('aria-label');
  const [, property, value] = /^(background|text-align): ?([#\w]+)$/.exec(node.getAttribute('data-look') ?? '') ?? [];
  return {
    ...(CLASSES.includes(look) && { class: look }),
    ...(property && { style: { [property]: value } }),
    ...(node.id && { 'data-place': node.id }),
    ...(label && { role: 'img', 'aria-label': label }),
    // A wide table is moved with keys, too.
    ...(look === 'table' && { tabIndex: 0, role: 'region', 'aria-label': node.querySelector('th')?.textContent || 'Table' }),
  };
}
