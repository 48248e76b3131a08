// What a consumer shows, the same shape for all of them.
//   in : a manifest entry (what must be shown) and a Picture (what a consumer showed)
//   out: the differences as sentences, and the laxest comparison level that was needed
import { LEVELS, compare, compareLists, notShown } from './norm.mjs';

/** The contexts that are compared as exact multisets when the expectation names them. */
export const EXACT = ['nodes', 'edges', 'groups', 'notes', 'headings', 'paragraphs', 'items', 'cells', 'codes', 'links', 'summaries'];

/** `others` are shown texts of any further role; `problems` are complaints of the consumer itself. */
export const picture = (parts = {}) => ({ nodes: [], edges: [], groups: [], notes: [], others: [], problems: [], ...parts });

/** A Picture of which nothing can be compared, only complained about. */
export const unread = problems => picture({ problems, unread: true });
export const broken = problem => unread([problem]);

/** A box or note without a text is there or not, depending on the consumer; only `count` sees it. */
const isShown = text => compare(text, '') === 'DIFF';

/** Labels of `drawn` edges of which only some have a text. */
export function edgeTexts(labels, drawn) {
  const shown = labels.filter(label => label.trim() !== '');
  return [...shown, ...new Array(Math.max(0, drawn - shown.length)).fill('')];
}

export function differences(expected, seen) {
  const problems = [...seen.problems];
  if (seen.unread) return { problems, level: problems.length ? 'DIFF' : 'exact' };
  let level = 'exact';
  for (const context of EXACT) {
    if (!expected[context]) continue;
    const counts = context === 'groups' || context === 'notes' ? isShown : () => true;
    const result = compareLists(expected[context].map(text => text ?? '').filter(counts), (seen[context] ?? []).filter(counts), expected.policy);
    if (LEVELS.indexOf(result.level) > LEVELS.indexOf(level)) level = result.level;
    problems.push(...result.missing.map(text => `${context}: not shown ${quote(text)}`), ...result.extra.map(text => `${context}: shown but not given ${quote(text)}`));
  }
  for (const [context, count] of Object.entries(expected.count ?? {})) {
    const shown = (seen[context] ?? []).length;
    if (shown !== count) problems.push(`${context}: expected ${count}, shown ${shown}`);
  }
  const anywhere = [...seen.others, ...seen.notes, ...seen.groups, ...seen.nodes, ...seen.edges];
  problems.push(...notShown(expected.texts ?? [], anywhere, expected.policy).map(text => `text: not shown ${quote(text)}`));
  return { problems, level: problems.length ? 'DIFF' : level };
}

const quote = text => JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text);
