// GitHub-flavoured Markdown: micromark and cmark-gfm must both read the same, and markdownlint must be content.
//   in : jobs { path, root, source }
//   out: per job and program a Picture with headings, paragraphs, items, cells, codes, links, summaries; all of them are `others` too
import { fileURLToPath } from 'node:url';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { findDanger } from './danger.mjs';
import { parseHtml } from './html.mjs';
import { broken, picture, unread } from './picture.mjs';
import { findProgram, inParallel, packageFile, run } from './process.mjs';
import { all, classes, elements, suspects, textOf } from './xml.mjs';

const BLOCKS = {
  headings: ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'], paragraphs: ['p'], items: ['li'], cells: ['th', 'td'], codes: ['code'], links: ['a'], summaries: ['summary'],
  emphases: ['strong', 'em'], quotes: ['blockquote'],
};
const EXTENSIONS = ['table', 'strikethrough', 'autolink', 'tasklist', 'footnotes'].flatMap(name => ['-e', name]);

/** The sources of the ```mermaid blocks, in order. */
export const embeddedMermaid = source => all(parseHtml(toHtml(source)), isMermaid).map(textOf);

/** Calls `done(job, consumer, picture)` three times per job. */
export async function readMarkdown(jobs, done) {
  if (!jobs.length) return;
  const cmark = findProgram('cmark-gfm');
  await lint(jobs, done);
  await inParallel(jobs, async job => {
    const body = parseHtml(toHtml(job.source));
    done(job, 'micromark', readBody(body));
    const { status, stdout, stderr } = await run(cmark, ['--unsafe', ...EXTENSIONS], { input: job.source });
    if (status !== 0) return done(job, 'cmark-gfm', broken(`exit ${status}: ${stderr.slice(0, 300)}`));
    const second = parseHtml(stdout), seen = readBody(second);
    return done(job, 'cmark-gfm', { ...seen, problems: [...seen.problems, ...disagreement(outline(body), outline(second))] });
  });
}

const toHtml = source => micromark(source, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true, allowDangerousProtocol: true });
const isMermaid = element => element.name === 'code' && classes(element).includes('language-mermaid');
const oneOf = names => element => names.includes(element.name);

function readBody(body) {
  const contexts = Object.fromEntries(Object.entries(BLOCKS).map(([context, names]) => [context, all(body, oneOf(names)).filter(element => !isMermaid(element)).map(ownText)]));
  const texts = Object.values(contexts).flat();
  return picture({ ...contexts, others: [...texts, ...texts.flatMap(text => text.split('\n'))], problems: findDanger(suspects(body)) });
}

/** An element's text with line breaks; an item is without the lists inside it. */
function ownText(element) {
  const text = inner => inner.children.map(child => {
    if (!child.name) return child;
    if (child.name === 'br') return '\n';
    return ['ul', 'ol'].includes(child.name) ? '' : text(child);
  }).join('');
  return text(element).replace(/\n$/, '');
}

/** Every element with its own text and address, for the comparison of both programs. */
const outline = body => [...elements(body)].map(element => {
  const text = element.children.filter(child => !child.name).join(' ').replace(/\s+/g, ' ').trim();
  return `<${element.name}${element.attributes.href === undefined ? '' : ` ${address(element.attributes.href)}`}> ${text}`;
});

/** Both programs may escape an address differently. */
const address = href => { try { return decodeURI(href); } catch { return href; } };

function disagreement(first, second) {
  const length = Math.max(first.length, second.length);
  const apart = Array.from({ length }, (_, index) => index).find(index => first[index] !== second[index]);
  if (apart === undefined) return [];
  const quote = text => JSON.stringify(text?.slice(0, 200) ?? 'nothing');
  return [`reads ${quote(second[apart])} where micromark reads ${quote(first[apart])}`];
}

async function lint(jobs, done) {
  const config = fileURLToPath(new URL('./.markdownlint-cli2.jsonc', import.meta.url));
  const { stderr, status } = await run(process.execPath, [packageFile('markdownlint-cli2/markdownlint-cli2-bin.mjs'), '--no-globs', '--config', config, ...jobs.map(job => `:${job.path}`)], { cwd: jobs[0].root });
  const complaints = stderr.split('\n').filter(line => /:\d+(:\d+)? .*MD\d{3}/.test(line));
  for (const job of jobs) {
    const own = complaints.filter(line => line.startsWith(`${job.path}:`)).map(line => line.slice(job.path.length + 1));
    const unexplained = status !== 0 && !complaints.length ? [`exit ${status}: ${stderr.slice(0, 300)}`] : [];
    done(job, 'markdownlint', unread([...own, ...unexplained]));
  }
}
