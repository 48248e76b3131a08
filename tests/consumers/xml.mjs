// A small tree of an SVG file.
//   in : the text of an XML document
//   out: elements { name, attributes, children, parent } without namespace prefixes in `name`; throws when it is not well-formed
import { SaxesParser } from 'saxes';

export function parseXml(text) {
  const document = { name: '', attributes: {}, children: [], parent: null };
  let open = document;
  const parser = new SaxesParser();
  parser.on('error', error => { throw new Error(`not well-formed XML: ${error.message.slice(0, 200)}`); });
  parser.on('opentag', tag => {
    const element = { name: tag.name.replace(/^.*:/, ''), attributes: tag.attributes, children: [], parent: open };
    open.children.push(element);
    open = element;
  });
  parser.on('closetag', () => { open = open.parent; });
  const addText = data => open.children.push(data);
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.write(text).close();
  return document.children.find(child => child.name);
}

/** Every element below (and with) this one, in document order. */
export function* elements(element) {
  yield element;
  for (const child of element.children) if (child.name) yield* elements(child);
}

export const all = (element, wanted) => [...elements(element)].filter(wanted);
export const named = name => element => element.name === name;
export const classes = element => (element.attributes.class ?? '').split(/\s+/);
export const withClass = (name, className) => element => element.name === name && classes(element).includes(className);
export const textOf = element => element.children.map(child => child.name ? textOf(child) : child).join('');
export const childText = (element, name) => { const child = element.children.find(named(name)); return child ? textOf(child) : ''; };

/** All elements in the shape that `findDanger` takes. */
export const suspects = root => [...elements(root)].map(element => element.name === 'style' ? { ...element, text: textOf(element) } : element);

/** The lines that these <text> elements show: neighbours at the same height are one line. */
export function lines(texts) {
  const shown = [];
  let lastY;
  for (const text of texts) {
    const y = Number(text.attributes.y ?? 0);
    if (lastY !== undefined && Math.abs(y - lastY) < 3) shown[shown.length - 1] += textOf(text);
    else shown.push(textOf(text));
    lastY = y;
  }
  return shown;
}

export const shownText = element => lines(all(element, named('text'))).join('\n');
