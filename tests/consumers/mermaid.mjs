// Mermaid: one page per version, all in one Chromium.
//   in : jobs { source, kind }
//   out: per job and version a Picture read from the DOM, the text as a person sees it
import { browser, newPage } from './browser.mjs';
import { collectSuspects, findDanger } from './danger.mjs';
import { broken, edgeTexts, picture } from './picture.mjs';
import { packageFile } from './process.mjs';

const PACKAGES = { 10: 'mermaid10', 11: 'mermaid11', 12: 'mermaid' };
export const VERSIONS = Object.keys(PACKAGES);
/** A page may die of something that happened before. */
const ATTEMPTS = 3;
const RENDER_LIMIT_MS = 60_000;
/** A page is replaced after this many pictures, so that memory stays bounded. */
const PICTURES_PER_PAGE = 150;
const MAX_TEXT = 'Maximum text size in diagram exceeded';

/** Calls `done(job, consumer, picture)` once per job and version. */
export async function readMermaid(jobs, versions, done) {
  if (!jobs.length) return;
  await browser();
  await Promise.all(versions.map(version => readWithVersion(jobs, version, done)));
}

async function readWithVersion(jobs, version, done) {
  let page, pictures = 0;
  for (const job of jobs) {
    let seen;
    for (let attempt = 0; attempt < ATTEMPTS && !seen; attempt++) {
      try {
        if (!page || page.crashed || page.isClosed() || pictures >= PICTURES_PER_PAGE) {
          await page?.close().catch(() => {});
          page = await mermaidPage(version);
          pictures = 0;
        }
        pictures++;
        seen = await readOne(page, job.source);
      } catch (error) {
        await page?.close().catch(() => {});
        page = undefined;
        if (attempt === ATTEMPTS - 1) seen = broken(`the page died: ${error.message}`);
      }
    }
    done(job, `mermaid ${version}`, seen);
  }
  await page?.close().catch(() => {});
}

export async function mermaidPage(version, config = {}) {
  const page = await newPage();
  await page.addScriptTag({ path: packageFile(`${PACKAGES[version]}/dist/mermaid.min.js`) });
  await page.addScriptTag({ content: `${collectSuspects}\n${drawAndRead}` });
  await page.evaluate(options => mermaid.initialize({ startOnLoad: false, securityLevel: 'strict', ...options }), config);
  return page;
}

async function readOne(page, source) {
  page.notes.length = 0;
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`no picture after ${RENDER_LIMIT_MS / 1000} s`)), RENDER_LIMIT_MS); });
  const shown = await Promise.race([page.evaluate(text => drawAndRead(text), source), page.death, late]).finally(() => clearTimeout(timer));
  if (shown.error) return broken(shown.error);
  const problems = [...page.notes, ...findDanger(shown.suspects), ...dangerousClicks(source)];
  if (shown.nodes.includes(MAX_TEXT)) return broken(`mermaid shows "${MAX_TEXT}"`);
  if (shown.errorIcon) problems.push('mermaid shows its error picture');
  const labels = shown.edgeLabels.filter(label => label.trim() !== '').length;
  if (shown.drawnEdges !== undefined && labels > shown.drawnEdges) problems.push(`${labels} edge labels on ${shown.drawnEdges} edges`);
  const edges = shown.drawnEdges === undefined ? shown.edgeLabels : edgeTexts(shown.edgeLabels, shown.drawnEdges);
  return picture({ nodes: shown.nodes, edges, groups: shown.groups, notes: shown.notes, others: shown.others, problems });
}

/** Mermaid removes such links itself; another host might not. */
function dangerousClicks(source) {
  return [...source.matchAll(/^\s*click\s+\S+\s+(href\s+)?"\s*(javascript|data|vbscript|file):.*$/gim)].map(match => `dangerous link in ${match[0].trim().slice(0, 100)}`);
}

/** Runs inside the page: renders and reads back. Self-contained on purpose; uses `collectSuspects`, which is there too. */
async function drawAndRead(source) {
  const host = document.getElementById('host');
  host.innerHTML = '';
  document.querySelectorAll('body > :not(#host):not(script)').forEach(rest => rest.remove());
  window.drawn = (window.drawn ?? 0) + 1;
  let svg;
  try { ({ svg } = await mermaid.render(`picture${window.drawn}`, source)); } catch (error) { return { error: String(error?.message ?? error).slice(0, 400) }; }
  host.innerHTML = svg;
  const root = host.querySelector('svg');
  const every = selector => [...root.querySelectorAll(selector)];
  const join = texts => texts.map(text => text.textContent).join('\n');
  const sameParent = (element, selector) => join([...element.parentElement.children].filter(other => other.matches(selector)));
  const shown = element => {
    const html = element.querySelector('foreignObject');
    if (html) return html.firstElementChild?.innerText ?? '';
    const rows = [...element.querySelectorAll('tspan.text-outer-tspan, tspan.row')];
    return join(rows.length ? rows : [...element.querySelectorAll('text')]);
  };
  const facts = [root.querySelector(':scope > title'), root.querySelector(':scope > desc')].filter(Boolean).map(element => element.textContent);
  const common = { errorIcon: every('.error-icon').length > 0 || root.getAttribute('aria-roledescription') === 'error', suspects: collectSuspects(host) };
  if (!root.getAttribute('aria-roledescription')?.startsWith('sequence')) {
    return {
      ...common,
      nodes: every('.node').map(shown),
      edgeLabels: every('.edgeLabels > .edgeLabel').map(shown),
      drawnEdges: every('.flowchart-link').filter(path => parseFloat(getComputedStyle(path).strokeWidth) > 0).length,
      groups: every('.cluster').map(cluster => shown(cluster.querySelector('.cluster-label') ?? cluster)),
      notes: [],
      others: facts,
    };
  }
  const heads = new Set(every('.actor-top').map(element => element.localName === 'g' ? element : element.parentElement));
  const messages = [];
  let rows = [];
  for (const element of every('.messageText, .messageLine0, .messageLine1')) {
    if (element.matches('.messageText')) { rows.push(element); continue; }
    messages.push(join(rows));
    rows = [];
  }
  const loops = every('.loopText, .labelText, .sectionTitle').flatMap(element => [element.textContent, element.textContent.replace(/^\[|\]$/g, ''), sameParent(element, '.loopText').replace(/^\[|\]$/g, '')]);
  return {
    ...common,
    nodes: [...heads].map(head => join([...head.querySelectorAll('text.actor')])),
    edgeLabels: messages,
    groups: every('rect.rect').map(rect => sameParent(rect, 'text.text')).filter(text => text !== ''),
    notes: every('rect.note').map(rect => sameParent(rect, '.noteText')),
    others: [...facts, ...loops, ...every(':scope > text:not([class])').map(text => text.textContent)],
  };
}
