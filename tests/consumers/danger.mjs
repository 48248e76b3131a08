// What must never be in a picture or a page.
//   in : elements { name, attributes, text? } (an XML tree, or collected in a browser by `collectSuspects`)
//   out: one sentence per kind of finding, empty when all is well

const FORBIDDEN = new Set(['script', 'iframe', 'frame', 'object', 'embed', 'applet', 'form', 'base', 'meta', 'link', 'audio', 'video', 'set', 'animate']);
const ADDRESS = /^(.*:)?(href|src|srcset|action|formaction|poster|data|background)$/i;
const SAFE_SCHEME = /^(https?|mailto)$/i;
const SAFE_PICTURE = /^data:image\/(png|jpeg|gif|webp)[;,]/i;
const FOREIGN_STYLE = /@import|expression\s*\(|url\(\s*["']?(?!["']?(#|data:(application\/(x-)?font|font\/)))/i;

export function findDanger(suspects) {
  const found = new Set();
  for (const { name, attributes, text } of suspects) {
    const tag = name.toLowerCase();
    if (FORBIDDEN.has(tag)) found.add(`dangerous <${tag}>`);
    if (tag === 'style' && FOREIGN_STYLE.test(text ?? '')) found.add('style sheet loads something foreign');
    for (const [attribute, value] of Object.entries(attributes)) {
      if (/^on/i.test(attribute)) found.add(`dangerous attribute ${attribute} on <${tag}>`);
      if (attribute.toLowerCase() === 'style' && FOREIGN_STYLE.test(value)) found.add(`style of <${tag}> loads something foreign`);
      if (ADDRESS.test(attribute)) addressDanger(tag, value, found);
    }
  }
  return [...found];
}

function addressDanger(tag, value, found) {
  const address = value.replace(/[\u0000-\u0020\u007F-\u00A0\u200B\u2060]/g, '');
  if (tag === 'image' || tag === 'img') {
    if (!SAFE_PICTURE.test(address)) found.add(`foreign picture ${value.slice(0, 80)}`);
    return;
  }
  const scheme = /^([^/?#:]*):/.exec(address)?.[1];
  if (scheme !== undefined && !SAFE_SCHEME.test(scheme)) found.add(`dangerous link ${value.slice(0, 80)}`);
}

/** Runs inside a page: the elements below `root` that `findDanger` could object to. Self-contained on purpose. */
export function collectSuspects(root) {
  const worthALook = /^on|href|src|action|poster|data|background|style/i;
  return [...root.querySelectorAll('*')].flatMap(element => {
    const attributes = Object.fromEntries([...element.attributes].filter(a => worthALook.test(a.name)).map(a => [a.name, a.value]));
    const name = element.localName;
    return [{ name, attributes, ...(name === 'style' && { text: element.textContent }) }];
  });
}
