#!/usr/bin/env node
// Looks at the live preview in Chromium while its specification is saved.
//   in : live.mjs PROGRAM FOLDER, where FOLDER holds the seed's platform
//   out: one line per check, and how long a save takes to be shown; exit 1 if any check failed
import { spawn } from 'node:child_process';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { close, newPage } from './browser.mjs';

const [program, folder] = process.argv.slice(2).map(path => resolve(path));
const main = join(folder, 'architecture.yaml');
const original = readFileSync(main, 'utf8');
const server = spawn(program, ['serve', '--port', '0'], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
let told = 0;
const address = await new Promise((found, lost) => {
  createInterface({ input: server.stderr }).on('line', line => { told = Date.now(); const match = /http:\/\/127\.0\.0\.1:\d+\//.exec(line); if (match) found(match[0]); });
  server.on('exit', code => lost(new Error(`the server ended with ${code}`)));
});

let failures = 0;
function check(name, holds, why = '') {
  if (!holds) failures += 1;
  console.log(holds ? `ok ${name}` : `FAILED ${name}: ${why}`);
}

/** As editors save: a new file takes the name of the old one. */
function save(text) {
  writeFileSync(`${main}.new`, text);
  renameSync(`${main}.new`, main);
}

const page = await newPage({ allow: new RegExp(`^(data:|blob:|about:|${address.replace(/[.]/g, '\\.')})`) });
try {
  await page.setViewport({ width: 1440, height: 900 });
  await page.goto(`${address}#architecture?sel=kafka`);
  await page.waitForSelector('.stage > svg');
  await page.evaluate(() => { for (let i = 0; i < 3; i++) document.querySelector('.zoom button').click(); });
  const state = () => page.evaluate(() => [location.hash, document.querySelector('.stage').style.transform, document.querySelector('.details h2').textContent]);
  const before = await state();
  const card = '  audit_service:\n    name: ';
  if (!original.includes(card)) throw new Error('there is no audit_service to rename');
  const saves = {
    'a new title': round => [original.replace(/^name: .*/m, `name: Saved ${round}`), round => document.querySelector('.head h1').textContent.startsWith(`Saved ${round}`)],
    'a wider card': round => [original.replace(card, `${card}Saved${'0'.repeat(round)} by the `), round => document.querySelector('.stage').textContent.includes(`Saved${'0'.repeat(round)}`)],
  };
  for (const [name, save_] of Object.entries(saves)) {
    const times = [];
    for (let round = 1; round <= 5; round++) {
      const [text, isShown] = save_(round);
      const begin = Date.now();
      save(text);
      await page.waitForFunction(isShown, { polling: 5, timeout: 30_000 }, round);
      times.push(`${Date.now() - begin} (${told - begin} to make)`);
    }
    console.log(`   from save to screen, ${name}: ${times.join(', ')} ms`);
    save(original);
    await page.waitForFunction(title => document.querySelector('.head h1').textContent.startsWith(title), { timeout: 30_000 }, /^name: (.*)/m.exec(original)[1]);
  }
  check('screen, selection and zoom stay', JSON.stringify(await state()) === JSON.stringify(before), `${await state()} after ${before}`);
  save(original.replace(/^layers:/m, 'layerz:'));
  await page.waitForSelector('.problem', { timeout: 30_000 });
  check('a broken specification keeps the last picture', await page.$('.stage > svg') !== null);
  await page.evaluate(() => { location.hash = '#findings'; });
  await page.waitForSelector('.finding-error');
  const finding = await page.$eval('.finding-error', element => element.textContent);
  check('and shows the findings with their places', /architecture\.yaml:\d+:\d+/.test(finding), finding);
  save(original);
  await page.waitForFunction(() => !document.querySelector('.problem'), { timeout: 30_000 });
  check('a mended one is shown again', true);
  check('nothing went wrong on the page', page.notes.length === 0, page.notes.join('; '));
} catch (error) {
  check('the live preview follows', false, error.message);
} finally {
  await close();
  server.removeAllListeners('exit');
  const ended = new Promise(done => server.on('exit', done));
  server.kill('SIGINT');
  check('the server ends cleanly', await ended === 0);
  writeFileSync(main, original);
}
process.exit(failures ? 1 : 0);
