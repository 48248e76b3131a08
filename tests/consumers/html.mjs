// The tree of an HTML document, in the shape of xml.mjs, read as a browser reads it.
//   in : HTML
//   out: the <body>; comments are left out
import { parse } from 'parse5';

export function parseHtml(html) {
  const page = parse(html).childNodes.find(node => node.tagName === 'html');
  return convert(page.childNodes.find(node => node.tagName === 'body'), null);
}

function convert(node, parent) {
  const attributes = Object.fromEntries(node.attrs.map(({ prefix, name, value }) => [prefix ? `${prefix}:${name}` : name, value]));
  const element = { name: node.tagName, attributes, children: [], parent };
  for (const child of (node.content ?? node).childNodes) {
    if (child.tagName) element.children.push(convert(child, element));
    else if (child.nodeName === '#text') element.children.push(child.value);
  }
  return element;
}
