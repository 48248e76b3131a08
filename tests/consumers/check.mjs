// Gives every file of a manifest to its consumers and compares what they show with what was given.
//   in : a manifest (see verify.mjs) and { versions, progress }
//   out: a filled Report; consumers that are not needed are not started
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readD2 } from './d2.mjs';
import { readDot } from './dot.mjs';
import { readDrawio } from './drawio.mjs';
import { embeddedMermaid, readMarkdown } from './markdown.mjs';
import { VERSIONS, readMermaid } from './mermaid.mjs';
import { differences } from './picture.mjs';
import { readPlantuml } from './plantuml.mjs';
import { readSvg } from './svg.mjs';

export const KINDS = ['mermaid', 'mermaid-sequence', 'dot', 'plantuml', 'plantuml-sequence', 'd2', 'd2-sequence', 'markdown', 'svg', 'svg-sequence', 'drawio', 'drawio-sequence'];

export async function check(manifest, report, { versions = VERSIONS, progress = () => {} } = {}) {
  const jobs = manifest.files.flatMap(file => readJobs(manifest.root, file, versions, report));
  const of = (...kinds) => jobs.filter(job => kinds.includes(job.kind));
  const done = (job, consumer, seen) => {
    report.add(job.path, job.block ? `${consumer} diagram ${job.block}` : consumer, differences(job.expected, seen));
    progress(consumer);
  };
  await Promise.all([
    readMermaid(of('mermaid', 'mermaid-sequence'), versions, done),
    (async () => {
      await readPlantuml(of('plantuml', 'plantuml-sequence'), done);
      await readDot(of('dot'), done);
      await readD2(of('d2', 'd2-sequence'), done);
      await readMarkdown(of('markdown'), done);
      await readSvg(of('svg', 'svg-sequence'), done);
      await readDrawio(of('drawio', 'drawio-sequence'), done);
    })(),
  ]);
}

/** One job per file; a Markdown file has one more for each Mermaid block in it, with the expectations of its `diagrams`. */
function readJobs(root, file, versions, report) {
  const { path, kind, diagrams } = file;
  const consumers = { mermaid: versions.length, dot: 2, plantuml: 1, d2: 1, markdown: 3, svg: 3, drawio: 1 }[kind.replace('-sequence', '')];
  let source;
  try { source = readFileSync(join(root, path), 'utf8'); } catch (error) {
    report.expect(path, kind, 0);
    report.problem(path, error.message);
    return [];
  }
  const job = { path, kind, root, source, expected: file };
  const blocks = kind === 'markdown' ? embeddedMermaid(source).map((block, index) => ({ ...job, kind: 'mermaid', source: block, block: index + 1, expected: diagrams?.[index] ?? {} })) : [];
  report.expect(path, kind, consumers + blocks.length * versions.length);
  if (diagrams && diagrams.length !== blocks.length) report.problem(path, `diagrams: expected ${diagrams.length}, shown ${blocks.length}`);
  return [job, ...blocks];
}
