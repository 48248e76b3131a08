// How a shown text is compared with the given one.
//   in : two texts, or two lists of texts (null counts as the empty text)
//   out: 'exact' | 'spaces' | 'loose' | 'DIFF', or the differences between the lists
// Invisible joiners (U+2060, U+200B) never count: the escapers insert them. Controls that no consumer can show never count either.

/** The order is from strict to lax; each level accepts everything the levels before it accept. */
export const LEVELS = ['exact', 'spaces', 'loose', 'DIFF'];

const LINE_BREAKS = /\r\n?|[\u0085\u2028\u2029]/g;
const NEVER_SHOWN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFFE\uFFFF\uFEFF\u2060\u200B]/g;

const visible = text => (text ?? '').normalize('NFC').replace(LINE_BREAKS, '\n').replace(NEVER_SHOWN, '');
const exact = text => visible(text).split('\n').map(line => line.replace(/[ \t\u00A0]+/g, ' ').trim()).join('\n').replace(/^\n+|\n+$/g, '');
const spaces = text => exact(text).replace(/\n+/g, ' ');
const loose = text => visible(text).replace(/\s+/g, '');
const KEYS = { exact, spaces, loose };

/** The strictest level at which both texts are the same. */
export function compare(given, shown) {
  for (const [level, key] of Object.entries(KEYS)) if (key(given) === key(shown)) return level;
  return 'DIFF';
}

/**
 * Compares two multisets of texts. `missing` were given and are not shown, `extra` are shown and were not given,
 * `level` is the laxest comparison that a pair needed.
 */
export function compareLists(given, shown, policy = 'loose') {
  let missing = [...given], extra = [...shown], level = 'exact';
  for (const [name, key] of Object.entries(KEYS)) {
    const before = missing.length;
    ({ missing, extra } = removePairs(missing, extra, key));
    if (missing.length < before) level = name;
    if (name === policy) break;
  }
  return { missing, extra, level };
}

/** The given texts that are nowhere in the shown ones. */
export function notShown(given, shown, policy = 'loose') {
  const key = KEYS[policy], keys = new Set(shown.map(key));
  return given.filter(text => !keys.has(key(text)));
}

function removePairs(given, shown, key) {
  const left = new Map();
  for (const text of shown) left.set(key(text), [...(left.get(key(text)) ?? []), text]);
  const missing = given.filter(text => left.get(key(text))?.pop() === undefined);
  return { missing, extra: [...left.values()].flat() };
}
