#!/usr/bin/env node
// Uses explorer pages as people do, in Chromium without a network, and reads back what they show.
//   in : explorer.mjs PAGE.html... [--full] [--findings] [--tall] [--folded] [--complete] [--hostile] [--screens FOLDER]
//        PAGE is a page that `archviz render -f html` wrote; --full expects the platform with what changed, --findings expects
//        findings, --tall a picture that is higher than wide, --folded one card for each layer, --complete every key of
//        the language, --hostile texts that are syntax in every place
//   out: one line per check, `ok PAGE: NAME` or `FAILED PAGE: NAME: why`; exit 1 if any failed
// The checks are in explorer/, one file for each part of the page.
import { mkdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { close } from './browser.mjs';
import architecture from './explorer/architecture.mjs';
import changes from './explorer/changes.mjs';
import components from './explorer/components.mjs';
import simulator from './explorer/simulator.mjs';
import topics from './explorer/topics.mjs';
import { use } from './explorer/use.mjs';
import whole from './explorer/whole.mjs';

const flag = { type: 'boolean' };
const { values: options, positionals: files } = parseArgs({ allowPositionals: true, options: { full: flag, findings: flag, tall: flag, folded: flag, complete: flag, hostile: flag, screens: { type: 'string' } } });
/** Pages in use at the same time: most of the time goes by waiting for the next frame. */
const SIDE_BY_SIDE = 3;

let failures = 0;
const waiting = files.map(file => resolve(file));
await Promise.all(Array.from({ length: Math.min(SIDE_BY_SIDE, waiting.length) }, async () => {
  while (waiting.length) await useAll(waiting.shift());
}));
await close();
process.exit(failures ? 1 : 0);

async function useAll(file) {
  const name = basename(dirname(file));
  const report = (holds, line) => {
    if (!holds) failures += 1;
    console.log(`${holds ? 'ok' : 'FAILED'} ${name}: ${line}`);
  };
  try {
    const used = await use(`file://${file}`, options, report);
    for (const part of [components, architecture, simulator, topics, changes, whole]) await part(used);
    if (options.screens) await shoot(used, options.screens);
    await used.page.close();
  } catch (error) {
    report(false, `the page can't be used: ${error.stack}`);
  }
}

/** Pictures of every screen, for people to look at. */
async function shoot({ page, open, settle, model, changes }, folder) {
  mkdirSync(folder, { recursive: true });
  const { id } = model.components[Math.min(20, model.components.length - 1)];
  const scenario = model.scenarios[0]?.id ?? '';
  const shots = { components: 'components', details: `components?sel=${id}`, architecture: 'architecture', selected: `architecture?sel=${id}`, simulator: `simulator?scenario=${scenario}&step=3`, topics: 'topics', findings: 'findings', ...(changes ? { changes: 'changes' } : {}) };
  for (const theme of ['light', 'dark']) for (const [size, width, height] of [['wide', 1440, 900], ['phone', 390, 844]]) for (const [name, where] of Object.entries(shots)) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
    await page.setViewport({ width, height });
    await open(where);
    await settle();
    await page.screenshot({ path: join(folder, `${name}-${size}-${theme}.png`) });
  }
}
