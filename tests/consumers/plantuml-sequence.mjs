// Reads a PlantUML sequence diagram back. Its SVG has no classes, but a fixed drawing order:
// boxes, life lines (groups with a <title>), heads of the participants, then messages and notes from top to bottom.
//   in : the root element of the SVG
//   out: { nodes, edges, groups, notes, others }; numbers drawn by `autonumber` are left out
import { lines, named, textOf } from './xml.mjs';
import { frameTexts, isFrame } from './plantuml-frame.mjs';

export function readSequence(root) {
  const drawing = drawingOrder(root);
  const lifelines = drawing.filter(isLifeline);
  if (!lifelines.length) return { others: [...frameTexts(root), ...drawing.filter(named('text')).map(textOf)] };
  const strokes = lifelines.map(lifeline => extent(lifeline.children.find(named('line'))));
  const top = Math.min(...strokes.map(stroke => stroke.top)), bottom = Math.max(...strokes.map(stroke => stroke.bottom));
  const before = drawing.slice(0, drawing.indexOf(lifelines[0]));
  const after = drawing.slice(drawing.indexOf(lifelines.at(-1)) + 1);
  const heads = after.filter(element => element.name === 'text' && extent(element).bottom <= top);
  const body = after.filter(element => extent(element).bottom > top && extent(element).top < bottom);
  const parts = { edges: [], notes: [], others: frameTexts(root) };
  for (const run of runs(body)) addRun(run, parts);
  return { nodes: headTexts(heads, strokes.map(stroke => stroke.middle)), groups: runs(before).filter(run => run.texts.length).map(run => lines(run.texts).join('\n')), ...parts };
}

/** The elements in drawing order: title and legend left out, links and plain groups opened. */
function drawingOrder(element) {
  return element.children.filter(child => child.name && child.name !== 'defs' && !isFrame(child)).flatMap(child => {
    const transparent = child.name === 'a' || (child.name === 'g' && !isLifeline(child));
    return transparent ? drawingOrder(child) : [child];
  });
}

const isLifeline = element => element.name === 'g' && element.children.some(named('title')) && element.children.some(named('line'));

/** The heads stand centred on their life lines, so a line of text belongs to the nearest one. */
function headTexts(texts, centres) {
  const heads = centres.map(() => []);
  for (const row of rows(texts)) {
    const middle = (row.left + row.right) / 2;
    const distances = centres.map(centre => Math.abs(centre - middle));
    heads[distances.indexOf(Math.min(...distances))].push(row.text);
  }
  return heads.map(head => head.join('\n'));
}

/** PlantUML cuts a wrapped line into words; neighbouring pieces are one row again. */
function rows(texts) {
  const found = [];
  for (const text of texts) {
    const left = number(text, 'x'), right = left + (number(text, 'textLength') || number(text, 'font-size') / 2), y = number(text, 'y');
    const last = found.at(-1);
    if (last && Math.abs(last.y - y) < 3 && Math.abs(last.right - left) < 5) Object.assign(last, { text: last.text + textOf(text), right });
    else found.push({ text: textOf(text), left, right, y });
  }
  return found;
}

/** Texts that follow each other, with the shapes that were drawn before them; the last run may have no texts. */
function runs(drawing) {
  const found = [];
  let run = { shapes: [], texts: [] };
  for (const element of drawing) {
    if (element.name === 'text') { run.texts.push(element); continue; }
    if (run.texts.length) { found.push(run); run = { shapes: [], texts: [] }; }
    run.shapes.push(element);
  }
  return [...found, run];
}

/** Sorts one run into the parts by the shapes before its texts: arrows, note paper, the tab of a loop, the bars of a divider. */
function addRun({ shapes, texts }, parts) {
  const arrows = countArrows(shapes);
  const paper = shapes.some(named('path')), frame = shapes.some(shape => shape.name === 'rect' && number(shape, 'width') > 10);
  const whole = lines(texts).join('\n');
  const labelled = texts.length > 0 && !paper && !frame && !isElse(shapes, texts);
  const unlabelled = labelled ? arrows - 1 : arrows - (frame && !paper ? 2 : 0) - (isElse(shapes, texts) ? 1 : 0);
  for (let i = 0; i < unlabelled; i++) parts.edges.push('');
  if (!texts.length) return;
  if (labelled) parts.edges.push(lines(withoutNumber(texts)).join('\n').trim());
  else if (paper && !frame) parts.notes.push(whole);
  else parts.others.push(whole, ...lines(texts), ...texts.flatMap(text => [textOf(text), textOf(text).replace(/^\[|\]$/g, '')]));
}

/** A straight message has one level line; a message to itself has two and an upright one. */
function countArrows(shapes) {
  const strokes = shapes.filter(named('line')).map(extent);
  return Math.max(0, strokes.filter(stroke => stroke.top === stroke.bottom).length - strokes.filter(stroke => stroke.left === stroke.right).length);
}

const isBold = text => text.attributes['font-weight'] === '700';
const isElse = (shapes, texts) => texts.length > 0 && shapes.every(named('line')) && texts.every(isBold) && /^\[.*\]$/s.test(lines(texts).join(''));
const withoutNumber = texts => texts.length > 1 && isBold(texts[0]) && /^\d+$/.test(textOf(texts[0])) ? texts.slice(1) : texts;
const number = (element, name) => Number(element.attributes[name] ?? 0);

/** The space that a shape takes; a text counts as its base line. */
function extent(element) {
  const { points = '', d = '' } = element.attributes;
  const pairs = [...`${points} ${d}`.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(match => [Number(match[1]), Number(match[2])]);
  for (const [x, y] of [['x', 'y'], ['x1', 'y1'], ['x2', 'y2'], ['cx', 'cy']]) if (element.attributes[y] !== undefined) pairs.push([number(element, x), number(element, y)]);
  if (element.name === 'rect') pairs.push([number(element, 'x') + number(element, 'width'), number(element, 'y') + number(element, 'height')]);
  const xs = pairs.map(pair => pair[0]), ys = pairs.map(pair => pair[1]);
  const left = Math.min(...xs), right = Math.max(...xs);
  return { left, right, middle: (left + right) / 2, top: Math.min(...ys), bottom: Math.max(...ys) };
}
