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

/** The picture as it stands on the page: hidden and dimmed elements included in their state. */
export function shownSvg(original: string): string {
  const shown = document.querySelector('.picture .stage > svg');
  if (!shown) return original;
  const { markup, styles } = split(original);
  const parsed = new DOMParser().parseFromString(markup, 'image/svg+xml');
  for (const element of shown.querySelectorAll('.is-hidden')) {
    for (const name of ['data-node', 'data-edge', 'data-label-for']) {
      const id = element.getAttribute(name);
      if (id) for (const same of parsed.querySelectorAll(`[${name}="${CSS.escape(id)}"]`)) same.remove();
    }
  }
  return join({ markup: new XMLSerializer().serializeToString(parsed), styles });
}
