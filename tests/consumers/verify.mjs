#!/usr/bin/env node
// Gives rendered files to their real consumers and compares the texts a person would see with the texts that were given.
//   in : verify.mjs MANIFEST.json [--mermaid 10,11,12] [--json] [--time-limit SECONDS]
//        { "root": "dir", "files": [{ "path": "x.mmd", "kind": "mermaid", "nodes": [..], "edges": [.. or null], "groups": [..], "notes": [..],
//          "texts": [..], "count": { "nodes": 1 }, "policy": "exact|spaces|loose", "diagrams": [{..}] }] }
//        `root` is relative to the manifest. README.md tells what each kind compares.
//   out: lines for people (or JSON with --json) on stdout, progress on stderr;
//        exit 0 when all files pass, 1 when one fails, 2 when it was called wrongly or a program is missing
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const USAGE = 'usage: verify.mjs MANIFEST.json [--mermaid 10,11,12] [--json] [--time-limit SECONDS]';
const CONTEXTS = ['nodes', 'edges', 'groups', 'notes', 'texts', 'headings', 'paragraphs', 'items', 'cells', 'codes', 'links', 'summaries'];
const FIELDS = new Set(['path', 'kind', 'count', 'policy', 'diagrams', ...CONTEXTS]);

const usageError = message => { console.error(`verify.mjs: ${message}\n${USAGE}`); process.exit(2); };

function readArguments(args) {
  const options = { timeLimit: 900 };
  while (args.length) {
    const argument = args.shift();
    if (argument === '--json') options.json = true;
    else if (argument === '--mermaid') options.versions = (args.shift() ?? '').split(',');
    else if (argument === '--time-limit') options.timeLimit = Number(args.shift());
    else if (argument.startsWith('-') || options.manifest) usageError(`unexpected ${argument}`);
    else options.manifest = argument;
  }
  if (!options.manifest) usageError('no manifest');
  if (!(options.timeLimit > 0)) usageError('the time limit is a number of seconds');
  return options;
}

function readManifest(path, kinds) {
  let manifest;
  try { manifest = JSON.parse(readFileSync(path, 'utf8')); } catch (error) { usageError(`${path}: ${error.message}`); }
  if (!Array.isArray(manifest?.files) || manifest.files.length === 0) usageError(`${path}: "files" is missing or empty`);
  const paths = new Set();
  for (const file of manifest.files) {
    if (!kinds.includes(file.kind)) usageError(`${path}: unknown kind ${JSON.stringify(file.kind)} of ${file.path}; known: ${kinds.join(' ')}`);
    if (paths.has(file.path)) usageError(`${path}: ${file.path} is listed twice`);
    paths.add(file.path);
    for (const entry of [file, ...(file.diagrams ?? [])]) checkEntry(entry, file.path);
  }
  return { ...manifest, root: resolve(dirname(path), manifest.root ?? '.') };
}

/** A misspelt field would silently compare nothing. */
function checkEntry(entry, path) {
  for (const field of Object.keys(entry)) if (!FIELDS.has(field)) usageError(`${path}: unknown field ${JSON.stringify(field)}`);
  for (const context of CONTEXTS) {
    const texts = entry[context];
    if (texts !== undefined && !(Array.isArray(texts) && texts.every(text => text === null || typeof text === 'string'))) usageError(`${path}: ${context} is not a list of texts`);
  }
  if (![undefined, 'exact', 'spaces', 'loose'].includes(entry.policy)) usageError(`${path}: unknown policy ${entry.policy}`);
}

/** One line on stderr every few seconds. */
function progressPrinter(total) {
  const counts = {};
  let last = Date.now();
  return consumer => {
    counts[consumer] = (counts[consumer] ?? 0) + 1;
    if (Date.now() - last < 5000) return;
    last = Date.now();
    console.error(`${total} files; ${Object.entries(counts).map(([name, count]) => `${name} ${count}`).join(', ')}`);
  };
}

const options = readArguments(process.argv.slice(2));
let modules;
try {
  modules = await Promise.all(['check', 'report', 'browser', 'process', 'mermaid'].map(name => import(`./${name}.mjs`)));
} catch (error) {
  console.error(`verify.mjs: ${error.message.split('\n')[0]}\nrun tests/consumers/install.sh first`);
  process.exit(2);
}
const [{ KINDS, check }, { Report }, { close }, { MissingProgram, killAll }, { VERSIONS }] = modules;
if (options.versions?.some(version => !VERSIONS.includes(version))) usageError(`known Mermaid versions: ${VERSIONS.join(',')}`);
const manifest = readManifest(options.manifest, KINDS);

const report = new Report();
const checked = check(manifest, report, { versions: options.versions, progress: progressPrinter(manifest.files.length) });
checked.catch(() => { /* the race below reports it, unless the time was over already */ });
let timer;
const late = new Promise(resolve => { timer = setTimeout(() => resolve('late'), options.timeLimit * 1000); });
let status;
try {
  if (await Promise.race([checked, late]) === 'late') report.note(`stopped after ${options.timeLimit} s`);
  status = report.failed ? 1 : 0;
} catch (error) {
  console.error(`verify.mjs: ${error instanceof MissingProgram ? `${error.message}\nrun tests/consumers/install.sh first` : error.stack}`);
  status = 2;
}
clearTimeout(timer);
const text = status === 2 ? '' : `${options.json ? report.json() : report.lines().join('\n')}\n`;
killAll();
await close();
process.stdout.write(text, () => process.exit(status));
