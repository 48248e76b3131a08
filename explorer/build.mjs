#!/usr/bin/env node
// Builds the explorer's page: script and style bundled, minified and put into one HTML file
// whose content security policy allows just them, by hash.
//   in : src/main.tsx, src/style.css, src/page.html, and the licenses of what is bundled
//   out: ../templates/explorer.html; with --check nothing is written, and a difference is an error
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, '../templates/explorer.html');
const { outputFiles } = await build({
  absWorkingDir: here,
  entryPoints: { script: 'src/main.tsx', look: 'src/style.css' },
  outdir: here,
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  charset: 'ascii',
  legalComments: 'none',
  write: false,
});
const bundle = extension => outputFiles.find(file => file.path.endsWith(extension)).text.trim();
const [script, style] = [bundle('.js'), bundle('.css')];
// The page embeds both: nothing in them may end the element that holds them.
if (/<\/script|<!--/i.test(script) || /<\/style/i.test(style)) throw new Error('the bundle holds its own end tag or a comment');

const hash = text => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const page = readFileSync(join(here, 'src/page.html'), 'utf8')
  .replace('@script-hash@', () => hash(script))
  .replace('@style-hash@', () => hash(style))
  .replace('@script@', () => script)
  .replace('@style@', () => style);

if (process.argv.includes('--check')) {
  if (existsSync(target) && readFileSync(target, 'utf8') === page) process.exit(0);
  console.error('templates/explorer.html is stale; run: node explorer/build.mjs');
  process.exit(1);
}
writeFileSync(target, page);
console.log(`templates/explorer.html: ${page.length} bytes (script ${script.length}, style ${style.length})`);
