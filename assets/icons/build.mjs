#!/usr/bin/env node
// Makes src/draw/icon/table.rs: the outlines of the icons in list.txt.
//   in : list.txt; npm and the network for the two packages below
//   out: the table, and the licenses and the disclaimer of both sets beside this file
// The same versions give the same bytes. Run it only after a change of the list.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SETS = {
  lucide: { package: 'lucide-static@1.62.0', rust: 'Stroked', license: ['LICENSE', 'lucide-LICENSE.txt'] },
  simple: { package: 'simple-icons@16.37.0', rust: 'Filled', license: ['LICENSE.md', 'simple-icons-LICENSE.md'] },
};
const here = dirname(fileURLToPath(import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'icons-'));
for (const set of Object.values(SETS)) {
  const archive = execFileSync('npm', ['pack', '--silent', set.package], { cwd: work, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  set.folder = join(work, archive.replace(/\.tgz$/, ''));
  execFileSync('mkdir', ['-p', set.folder]);
  execFileSync('tar', ['xzf', join(work, archive), '-C', set.folder, '--strip-components=1']);
  copyFileSync(join(set.folder, set.license[0]), join(here, set.license[1]));
}
copyFileSync(join(SETS.simple.folder, 'DISCLAIMER.md'), join(here, 'simple-icons-DISCLAIMER.md'));

const number = text => Number(text ?? 0);
const r = value => String(Math.round(value * 1000) / 1000);
/** Every shape of the sets as path data. */
const PATHS = {
  path: a => a.d,
  line: a => `M${a.x1} ${a.y1}L${a.x2} ${a.y2}`,
  polyline: a => `M${a.points.trim().split(/[\s,]+/).join(' ').replace(/^(\S+ \S+) /, '$1L')}`,
  polygon: a => `${PATHS.polyline(a)}Z`,
  circle: a => PATHS.ellipse({ ...a, rx: a.r, ry: a.r }),
  ellipse: a => { const [x, y, rx, ry] = [a.cx, a.cy, a.rx, a.ry].map(number); return `M${r(x - rx)} ${r(y)}a${rx} ${ry} 0 1 0 ${r(2 * rx)} 0a${rx} ${ry} 0 1 0 ${r(-2 * rx)} 0Z`; },
  rect: a => {
    const [x, y, w, h] = [a.x, a.y, a.width, a.height].map(number), c = number(a.rx ?? a.ry);
    if (!c) return `M${r(x)} ${r(y)}h${r(w)}v${r(h)}h${r(-w)}Z`;
    return `M${r(x + c)} ${r(y)}h${r(w - 2 * c)}a${c} ${c} 0 0 1 ${c} ${c}v${r(h - 2 * c)}a${c} ${c} 0 0 1 ${-c} ${c}h${r(2 * c - w)}a${c} ${c} 0 0 1 ${-c} ${-c}v${r(2 * c - h)}a${c} ${c} 0 0 1 ${c} ${-c}Z`;
  },
};

function outline(set, name) {
  const svg = readFileSync(join(set.folder, 'icons', `${name}.svg`), 'utf8');
  if (!/viewBox="0 0 24 24"/.test(svg)) throw new Error(`${name} is not 24 by 24`);
  const shapes = [...svg.matchAll(/<(path|line|polyline|polygon|circle|ellipse|rect)\b([^>]*?)\/?>/g)];
  const paths = shapes.map(([, shape, text]) => PATHS[shape](Object.fromEntries([...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(m => [m[1], m[2]]))));
  if (!paths.length || !paths.every(path => /^M/i.test(path))) throw new Error(`${name} has no outline`);
  return paths.map(absolute).join('');
}

/** A relative start after another outline would start there; what follows it stays relative. */
function absolute(path) {
  const start = /^m\s*([+-]?(?:\d*\.\d+|\d+))[\s,]*([+-]?(?:\d*\.\d+|\d+))[\s,]*/.exec(path);
  if (!start) return path;
  const rest = path.slice(start[0].length);
  return `M${start[1]} ${start[2]}${/^[\d.+-]/.test(rest) ? 'l' : ''}${rest}`;
}

const list = text => text === '-' ? '&[]' : `&[${text.split(' ').map(word => JSON.stringify(word.replace(/\uFE0F/g, ''))).join(', ')}]`;
const rows = readFileSync(join(here, 'list.txt'), 'utf8').split('\n').filter(line => line && !line.startsWith('#')).map(line => line.split('\t'));
rows.sort((a, b) => a[0] < b[0] ? -1 : 1);
const icons = rows.map(([name, source, emoji, words]) => {
  const [set, file] = source.split('/');
  return `    Icon { name: ${JSON.stringify(name)}, style: Style::${SETS[set].rust}, emoji: ${list(emoji)}, words: ${list(words)}, outline: ${JSON.stringify(outline(SETS[set], file))} },`;
});
writeFileSync(join(here, '../../src/draw/icon/table.rs'), `//! The outlines of the icons, in a square of 24 by 24, sorted by name.
//!
//! Made by \`assets/icons/build.mjs\` from Lucide (ISC) and Simple Icons (CC0). In: nothing.
//! Out: [\`ICONS\`]. Refuses to know: what they stand for.

use super::{Icon, Style};

/// Every icon.
#[rustfmt::skip]
pub(super) static ICONS: &[Icon] = &[
${icons.join('\n')}
];
`);
rmSync(work, { recursive: true });
console.log(`${icons.length} icons`);
