#!/usr/bin/env node
// A picture of a rendered file, for looking at it.
//   in : shot.mjs FILE OUT.png [--theme dark|default|none] [--mermaid 10|11|12] [--scale N] [--width PIXELS]
//        FILE is .mmd .dot .puml .d2 .svg .html, or .md (its Mermaid blocks)
//   out: OUT.png (OUT-2.png, ... for further Mermaid blocks)
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { close, newPage } from './browser.mjs';
import { d2Program } from './d2.mjs';
import { temporaryFolder } from './folder.mjs';
import { embeddedMermaid } from './markdown.mjs';
import { VERSIONS, mermaidPage } from './mermaid.mjs';
import { plantumlArguments } from './plantuml.mjs';
import { findProgram, run } from './process.mjs';

const USAGE = 'usage: shot.mjs FILE OUT.png [--theme dark|default|none] [--mermaid 10|11|12] [--scale N] [--width PIXELS]';

function fail(message, status = 1) {
  console.error(`shot.mjs: ${message}`);
  process.exit(status);
}

let call;
try {
  call = parseArgs({ allowPositionals: true, options: { theme: { type: 'string', default: 'default' }, mermaid: { type: 'string', default: '12' }, scale: { type: 'string', default: '1' }, width: { type: 'string', default: '1800' } } });
} catch (error) { fail(`${error.message}\n${USAGE}`, 2); }
const { values: options, positionals: [file, output] } = call;
if (!file || !output || !VERSIONS.includes(options.mermaid)) fail(USAGE, 2);

const dark = options.theme === 'dark';
const source = readFileSync(file, 'utf8');
const svgOf = {
  '.svg': () => source,
  '.dot': async () => checked(await run(findProgram('dot'), ['-Tsvg'], { input: source })),
  '.d2': async () => checked(await run(d2Program(), [...(dark ? ['--theme', '200'] : []), '-', '-'], { input: source })),
  '.puml': plantuml,
};

function checked({ status, stdout, stderr }) {
  if (stderr.trim() && status !== 0) fail(stderr.trim());
  return stdout;
}

async function plantuml() {
  const folder = temporaryFolder('shot');
  writeFileSync(join(folder, 'x.puml'), source);
  const { stderr } = await run(findProgram('java'), [...plantumlArguments(), join(folder, 'x.puml')]);
  if (stderr.trim()) console.error(stderr.trim());
  return readFileSync(join(folder, readdirSync(folder).find(name => name.endsWith('.svg'))), 'utf8');
}

async function shootSvg(svg, path, page) {
  await page.setViewport({ width: Number(options.width), height: 1200, deviceScaleFactor: Number(options.scale) });
  await page.evaluate((text, background) => {
    document.body.style.cssText = `margin:0;background:${background}`;
    const host = document.getElementById('host');
    host.style.cssText = 'display:inline-block;padding:16px';
    host.innerHTML = text.replace(/<\?xml[^>]*\?>|<!DOCTYPE[^>]*>/g, '');
    const svg = host.querySelector('svg'), box = svg.viewBox.baseVal;
    svg.style.maxWidth = 'none';
    svg.style.display = 'block';
    if (box?.width && (!svg.getAttribute('width') || svg.getAttribute('width').endsWith('%'))) { svg.setAttribute('width', box.width); svg.setAttribute('height', box.height); }
  }, svg, dark ? '#0d1117' : '#fff');
  await (await page.$('#host')).screenshot({ path });
  console.log(path);
}

async function shootMermaid(sources) {
  const page = await mermaidPage(options.mermaid, options.theme === 'none' ? {} : { theme: options.theme });
  for (const [index, text] of sources.entries()) {
    const svg = await page.evaluate(async (code, id) => { try { return (await mermaid.render(id, code)).svg; } catch (error) { return { error: error.message }; } }, text, `shot${index}`);
    if (svg.error) { await close(); fail(svg.error); }
    await shootSvg(svg, index ? output.replace(/(\.\w+)?$/, `-${index + 1}$1`) : output, page);
  }
}

async function shootHtml() {
  const page = await newPage({ allow: /^(data|about|blob|file):/ });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }]);
  await page.setViewport({ width: Number(options.width), height: 1200, deviceScaleFactor: Number(options.scale) });
  await page.goto(`file://${resolve(file)}`);
  await page.screenshot({ path: output, fullPage: true });
  for (const note of page.notes) console.error(note);
  console.log(output);
}

const extension = extname(file);
if (extension === '.mmd') await shootMermaid([source]);
else if (extension === '.md') await shootMermaid(embeddedMermaid(source));
else if (extension === '.html') await shootHtml();
else if (svgOf[extension]) {
  const svg = await svgOf[extension](), page = await newPage();
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }]);
  await shootSvg(svg, output, page);
} else fail(`no picture of ${extension || file}`, 2);
await close();
