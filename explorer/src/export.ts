// What is shown as a file: SVG, PNG, Mermaid.
//   in : the original text of a picture
//   out: a download
// Nothing leaves the browser.
import { join, split } from './svg';

/** Offers a text or image under a file name. */
export function download(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export const downloadText = (name: string, text: string, type: string): void => download(name, new Blob([text], { type }));

/** Draws the picture at twice its size on a canvas, in the theme of the page. */
export async function downloadPng(name: string, svg: string): Promise<void> {
  const image = new Image();
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth * 2;
    canvas.height = image.naturalHeight * 2;
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/png'));
    if (blob) download(name, blob);
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** What the page marks, one kind of element after the other: both copies of a picture have the same in the same order. */
const MARKED = ['data-node', 'data-topic', 'data-edge', 'data-trunk', 'data-label-for', 'data-band'];

/** The picture as it stands on the page: without what is hidden, and with what is dimmed as faint as there. */
export function shownSvg(original: string): string {
  const shown = document.querySelector('.picture .stage > svg');
  if (!shown) return original;
  const { markup, styles } = split(original);
  const parsed = new DOMParser().parseFromString(markup, 'image/svg+xml');
  for (const name of MARKED) {
    const copies = [...parsed.querySelectorAll(`[${name}]`)];
    shown.querySelectorAll(`[${name}]`).forEach((element, at) => {
      const { display, opacity } = getComputedStyle(element);
      if (display === 'none' || element.classList.contains('is-faint')) copies[at]?.remove();
      else if (Number(opacity) < 1) copies[at]?.setAttribute('opacity', opacity);
    });
  }
  return join({ markup: new XMLSerializer().serializeToString(parsed), styles });
}

/** A Mermaid flowchart without some layers, what is in them, and the flows that end there. */
export function shownMermaid(text: string, hidden: Set<string>): string {
  if (hidden.size === 0) return text;
  const classes = new Set([...hidden].map(id => `in_${id.replace(/[^A-Za-z0-9]/g, '_')}`));
  const gone = new Set([...classes].map(name => name.replace(/^in_/, 'layer_')));
  const places = new Map<number, number>();
  let flows = 0, isInside = false;
  const lines = text.split('\n').flatMap(line => {
    const [, group] = /^ {2}subgraph (\w+)\[/.exec(line) ?? [];
    if (group && gone.has(group)) isInside = true;
    const [, id, style] = /^ +(\w+)\W.*:::(\w+)$/.exec(line) ?? [];
    if (id && style && classes.has(style)) { gone.add(id); return []; }
    if (isInside) { isInside = line !== '  end'; return []; }
    const [, from, to] = /^ {2}(\w+) <?-.*[->|] (\w+)$/.exec(line) ?? [];
    if (from && to) {
      const at = flows++;
      if (gone.has(from) || gone.has(to)) return [];
      places.set(at, places.size);
      return [line];
    }
    const [, word, about] = /^ {2}(classDef|style|click) (\w+)/.exec(line) ?? [];
    if (word && about && (gone.has(about) || classes.has(about))) return [];
    const [, start, list, end] = /^( {2}linkStyle )([\d,]+)( .*)$/.exec(line) ?? [];
    if (!list) return [line];
    const kept = list.split(',').map(at => places.get(Number(at))).filter(at => at !== undefined);
    return kept.length ? [`${start}${kept.join(',')}${end}`] : [];
  });
  return lines.join('\n');
}
