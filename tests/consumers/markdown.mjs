// GitHub-flavoured Markdown: micromark and cmark-gfm must both read the same, and markdownlint must be content.
//   in : jobs { path, source }
//   out: per job and program a Picture with headings, paragraphs, items, cells, codes; embedded Mermaid is handed back as sources
import { fileURLToPath } from 'node:url';
import { JSDOM } from 'jsdom';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { collectSuspects, findDanger } from './danger.mjs';
import { broken, picture, unread } from './picture.mjs';
import { findProgram, inParallel, packageFile, run } from './process.mjs';

const BLOCKS = { headings: 'h1,h2,h3,h4,h5,h6', paragraphs: 'p', items: 'li', cells: 'th,td', codes: 'code', summaries: 'summary', links: 'a', strong: 'strong,em', quotes: 'blockquote' };

/** The sources of the ```mermaid blocks, in order. */
export const embeddedMermaid = source => [...parse(toHtml(source)).querySelectorAll('code.language-mermaid')].map(code => code.textContent);

/** Calls `done(job, consumer, picture)` three times per job. */
export async function readMarkdown(jobs, done) {
  if (!jobs.length) return;
  const cmark = findProgram('cmark-gfm');
  await lint(jobs, done);
  await inParallel(jobs, async job => {
    const first = readHtml(toHtml(job.source));
    done(job, 'micromark', first);
    const { status, stdout, stderr } = await run(cmark, ['--unsafe', '-e', 'table', '-e', 'strikethrough', '-e', 'autolink', '-e', 'tasklist', '-e', 'footnotes'], { input: job.source });
    const second = status === 0 ? readHtml(stdout) : broken(`exit ${status}: ${stderr.slice(0, 300)}`);
    const apart = first.outline.findIndex((block, index) => block !== second.outline?.[index]);
    if (status === 0 && (apart >= 0 || first.outline.length !== second.outline.length)) {
      second.problems.push(`reads ${quote(second.outline[apart])} where micromark reads ${quote(first.outline[apart])}`);
    }
    done(job, 'cmark-gfm', second);
  });
}

const toHtml = source => micromark(source, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true, allowDangerousProtocol: true });
const parse = html => new JSDOM(`<body>${html}`).window.document.body;
const quote = text => JSON.stringify(text?.slice(0, 200) ?? 'nothing');

function readHtml(html) {
  const body = parse(html);
  const problems = findDanger(collectSuspects(body));
  for (const code of body.querySelectorAll('pre > code.language-mermaid')) code.parentElement.remove();
  body.querySelectorAll('br').forEach(lineBreak => lineBreak.replaceWith('\n'));
  const texts = Object.fromEntries(Object.entries(BLOCKS).map(([kind, tags]) => [kind, [...body.querySelectorAll(tags)].map(ownText)]));
  return picture({ ...texts, others: [...Object.values(texts).flat(), ...paragraphLines(body)], problems, outline: outline(body) });
}

/** An item is its own text, without the lists inside it. */
function ownText(element) {
  const copy = element.cloneNode(true);
  copy.querySelectorAll('ul,ol').forEach(list => list.remove());
  return copy.textContent.replace(/\n$/, '');
}

const paragraphLines = body => [...body.querySelectorAll('p,li,td')].flatMap(element => ownText(element).split('\n'));

/** Every element with its text, for the comparison of both programs. */
function outline(body) {
  return [...body.querySelectorAll('*')].map(element => `<${element.localName}${element.href ? ` ${element.href}` : ''}> ${element.textContent.replace(/\s+/g, ' ').trim()}`);
}

async function lint(jobs, done) {
  const main = packageFile('markdownlint-cli2/markdownlint-cli2-bin.mjs');
  const config = fileURLToPath(new URL('./.markdownlint-cli2.jsonc', import.meta.url));
  const { stderr, status } = await run(process.execPath, [main, '--no-globs', '--config', config, ...jobs.map(job => `:${job.path}`)], { cwd: jobs[0].root });
  const complaints = stderr.split('\n').filter(line => /:\d+(:\d+)? .*MD\d{3}/.test(line));
  for (const job of jobs) {
    const own = complaints.filter(line => line.startsWith(`${job.path}:`)).map(line => line.slice(job.path.length + 1));
    const unexplained = status !== 0 && !complaints.length ? [`exit ${status}: ${stderr.slice(0, 300)}`] : [];
    done(job, 'markdownlint', unread([...own, ...unexplained]));
  }
}
