// Pictures that archviz draws itself.
//   in : jobs { source }
//   out: per job a Picture. Read by xmllint, librsvg, by Chromium as an <img>, by Chromium for texts that leave their boxes, and by attributes:
//        nodes have data-node or class "node"; flows data-edge or class "edge", their labels may be apart with data-label-for;
//        groups data-band, data-group or class "group" or "cluster"; texts with data-aside are the program's own: counts, numbers, signs.
import { newPage } from './browser.mjs';
import { findDanger } from './danger.mjs';
import { broken, picture, unread } from './picture.mjs';
import { findProgram, inParallel, run } from './process.mjs';
import { all, classes, named, parseXml, suspects, textOf } from './xml.mjs';

/** Calls `done(job, consumer, picture)` once per job and consumer. */
export async function readSvg(jobs, done) {
  if (!jobs.length) return;
  const xmllint = findProgram('xmllint');
  await inParallel(jobs, async job => {
    const { status, stderr } = await run(xmllint, ['--noout', '--nonet', '-'], { input: job.source });
    done(job, 'xmllint', status === 0 ? readTree(job.source) : broken(stderr.trim().slice(0, 300)));
  });
  const rsvg = findProgram('rsvg-convert');
  await inParallel(jobs, async job => {
    const { status, stderr } = await run(rsvg, ['--format', 'png', '--zoom', '0.2'], { input: job.source });
    done(job, 'librsvg', status === 0 && !stderr.trim() ? unread([]) : broken(`exit ${status}: ${stderr.trim().slice(0, 300)}`));
  });
  const page = await newPage();
  for (const job of jobs) {
    page.notes.length = 0;
    const size = await page.evaluate(async text => {
      const image = new Image();
      image.src = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
      try { await image.decode(); } catch (error) { return String(error); }
      return image.naturalWidth * image.naturalHeight;
    }, job.source);
    const left = (await page.evaluate(textsOutsideOfTheirBox, job.source, FONTS)).map(text => `text outside of its box: ${text}`);
    const problems = [...page.notes, ...(size > 0 ? [] : [`does not show the picture (${size})`]), ...left];
    done(job, 'chromium', problems.length ? broken(problems.join('; ')) : unread([]));
  }
  await page.close();
}

/** Stand in for the font that pictures name, from narrow to wide. Those that are missing are replaced by the browser's own. */
const FONTS = ['Arial', 'Noto Sans', 'DejaVu Sans'];

/** Runs inside the page: what is wider than the card, label, pill or band it belongs to, in any of the fonts. */
function textsOutsideOfTheirBox(source, fonts) {
  const host = document.getElementById('host'), found = [];
  host.replaceChildren(document.importNode(new DOMParser().parseFromString(source, 'image/svg+xml').documentElement, true));
  const root = host.firstElementChild;
  for (const font of fonts) {
    root.setAttribute('font-family', `'${font}', sans-serif`);
    for (const text of root.querySelectorAll('[data-bbox] text')) {
      const box = text.getBBox(), [x, y, width, height] = text.closest('[data-bbox]').getAttribute('data-bbox').split(' ').map(Number);
      const isInside = box.width === 0 || (box.x > x - 1 && box.y > y - 3 && box.x + box.width < x + width + 1 && box.y + box.height < y + height + 3);
      if (!isInside) found.push(`${JSON.stringify(text.textContent.slice(0, 60))} in ${font}`);
    }
  }
  host.replaceChildren();
  return found.slice(0, 5);
}

function readTree(svg) {
  let root;
  try { root = parseXml(svg); } catch (error) { return broken(error.message); }
  const marked = (attributes, names) => all(root, element => attributes.some(name => element.attributes[name] !== undefined) || classes(element).some(name => names.includes(name)));
  const links = new Map();
  for (const link of marked(['data-edge'], ['edge'])) {
    const id = link.attributes['data-edge'] ?? link;
    links.set(id, [...(links.get(id) ?? []), shown(link)].filter(Boolean));
  }
  // One label may stand for several flows that share a line.
  for (const label of marked(['data-label-for'], [])) for (const id of label.attributes['data-label-for'].split(' ')) links.get(id)?.push(shown(label));
  return picture({
    nodes: marked(['data-node'], ['node']).map(shown),
    edges: [...links.values()].map(texts => texts.join('\n')),
    groups: marked(['data-band', 'data-group'], ['group', 'cluster']).map(shown),
    others: all(root, element => ['text', 'title', 'desc'].includes(element.name)).map(element => element.name === 'text' ? rows(element) : textOf(element)),
    notes: marked(['data-note'], []).map(shown),
    problems: findDanger(suspects(root)),
  });
}

/** Groups may be nested, and nodes inside a group are not part of its title. */
const isPart = element => element.attributes['data-aside'] !== undefined || element.attributes['data-node'] !== undefined || element.attributes['data-edge'] !== undefined || classes(element).some(name => ['node', 'edge', 'group', 'cluster'].includes(name));

function shown(element) {
  const own = child => child.children.filter(inner => inner.name && !isPart(inner)).flatMap(inner => inner.name === 'text' ? [rows(inner)] : own(inner));
  return (element.name === 'text' ? [rows(element)] : own(element)).join('\n');
}

function rows(text) {
  const spans = text.children.filter(named('tspan'));
  return spans.some(span => span.attributes.dy !== undefined || span.attributes.y !== undefined) ? spans.map(textOf).join('\n') : textOf(text);
}
