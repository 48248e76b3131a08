#!/usr/bin/env node
// Uses the explorer page as people do, in Chromium without a network, and reads back what it shows.
//   in : explorer.mjs PAGE.html [--full] [--screens FOLDER]
//        PAGE is a page that `archviz render -f html` wrote; --full expects the seed's platform with changes
//   out: one line per check, `ok NAME` or `FAILED NAME: why`; exit 1 if any failed
import { readFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { close, newPage } from './browser.mjs';

const { values: options, positionals: [file] } = parseArgs({ allowPositionals: true, options: { full: { type: 'boolean' }, screens: { type: 'string' } } });
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const address = `file://${resolve(file)}`;
const MAX_SCRIPT_MILLISECONDS = 100;

let failures = 0;
const page = await newPage({ allow: /^(data|about|blob|file):/ });
await page.setViewport({ width: 1440, height: 900 });
// The page's policy is part of what is tested; only the checker's own script needs a way around it.
await page.evaluateOnNewDocument(axe => { globalThis.startAxe = () => new Function(axe)(); }, AXE);

async function check(name, run) {
  try {
    await run();
    const notes = page.notes.splice(0);
    if (notes.length) throw new Error(notes.slice(0, 3).join('; '));
    console.log(`ok ${name}`);
  } catch (error) {
    failures += 1;
    page.notes.length = 0;
    console.log(`FAILED ${name}: ${error.message}`);
  }
}

function expect(holds, message) { if (!holds) throw new Error(message); }
const same = (actual, wanted, what) => expect(JSON.stringify(actual) === JSON.stringify(wanted), `${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(wanted)}`);

/** Opens a screen as a link would. */
async function open(hash) {
  await page.goto('about:blank');
  await page.goto(`${address}#${hash}`);
  await page.waitForSelector('main > *');
}
const settle = () => page.evaluate(() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 30))));
const count = selector => page.$$eval(selector, found => found.length);
const texts = selector => page.$$eval(selector, found => found.map(element => element.textContent));
const text = selector => page.$eval(selector, element => element.textContent);
const hash = () => page.evaluate(() => location.hash);
async function click(selector) { await page.waitForSelector(selector); await page.$eval(selector, element => element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))); await settle(); }
async function choose(label, value) { await page.evaluate((label, value) => { const select = [...document.querySelectorAll('label')].find(element => element.textContent.startsWith(label)).querySelector('select'); select.value = value; select.dispatchEvent(new Event('change', { bubbles: true })); }, label, value); await settle(); }
async function search(query) { await page.$eval('input[type=search]', (input, query) => { input.value = query; input.dispatchEvent(new Event('input', { bubbles: true })); }, query); await settle(); }
/** Milliseconds of script until the page has drawn the effect of an action. */
const cost = action => page.evaluate(async source => { const begin = performance.now(); await new Function(source)(); await Promise.resolve(); const script = performance.now() - begin; await new Promise(done => requestAnimationFrame(done)); return script; }, action);

const data = await (async () => { await open('components'); return page.evaluate(() => JSON.parse(document.getElementById('data').textContent)); })();
const { model, views, findings, changes } = data;
const first = model.components[0];

await check('every component is listed', async () => {
  await open('components');
  expect((await text('.count')).startsWith(String(model.components.length)), 'the count differs');
  if (model.components.length <= 200) same((await texts('.item-name')).sort(), model.components.map(component => component.name).sort(), 'names');
  else expect(await count('.item') < 120, 'the list is not virtual');
});

await check('a component shows everything the specification says', async () => {
  for (const component of [first, ...model.components.filter(candidate => candidate.operations || candidate.api_calls).slice(0, 5)]) {
    await open(`components?sel=${encodeURIComponent(component.id)}`);
    const shown = (await text('.details')).replace(/\s+/g, ' ');
    const leaves = [component.name, component.id, component.purpose, component.technology, component.version, component.type, component.deployment, ...(component.functions ?? []), ...Object.values(component.operations ?? {}).flat(), ...Object.values(component.api_calls ?? {}).flat(), ...(component.protocols?.inbound ?? []), ...(component.protocols?.outbound ?? []), ...(component.ports ?? []).map(port => String(port.port)), ...Object.keys(component.links ?? {})];
    for (const leaf of leaves) if (leaf) expect(shown.includes(String(leaf).replace(/\s+/g, ' ').trim()), `\`${leaf}\` of ${component.id} is missing`);
  }
});

await check('names in the details are links that lead on', async () => {
  const flow = model.flows[0];
  if (!flow) return;
  await open(`components?sel=${encodeURIComponent(flow.from)}`);
  await click(`.details a.name[href*="sel=${encodeURIComponent(flow.to)}"]`);
  expect((await hash()).includes(`sel=${encodeURIComponent(flow.to)}`), 'the address does not follow');
});

await check('filters combine, and live in the address', async () => {
  const { kind, layer } = model.components.find(component => component.layer) ?? first;
  await open(`components?kind=${encodeURIComponent(kind)}&layer=${encodeURIComponent(layer ?? '')}`);
  const wanted = model.components.filter(component => component.kind === kind && (!layer || component.layer === layer));
  expect((await text('.count')).startsWith(`${wanted.length} `), `not ${wanted.length} components`);
  await open('components');
  if (await count('.filters fieldset')) { await click('.filters fieldset input'); expect(/[?&](layer|category|kind|deployment|owner|tag)=/.test(await hash()), 'the filter is not in the address'); }
});

await check('every view is drawn', async () => {
  for (const view of views.slice(0, 40)) {
    await open(`architecture?view=${encodeURIComponent(view.id)}`);
    expect(await count('.stage > svg') === 1, `${view.id} has no picture`);
    expect(await count('.stage style, .stage script, .stage foreignObject') === 0, 'the picture brought markup along');
  }
});

const graph = views.find(view => !view.scenario && view.pictures);
if (graph) {
  await check('selecting dims the rest, and traces reach further', async () => {
    await open(`architecture?view=${encodeURIComponent(graph.id)}`);
    const id = await page.$eval('.stage [data-node]', node => node.getAttribute('data-node'));
    await click(`.stage [data-node="${id}"]`);
    expect(await count('.stage svg.is-dimmed [data-node].is-selected') === 1, 'nothing is selected');
    const near = await count('.stage .is-near[data-node]');
    await choose('Depth', '99');
    expect(await count('.stage .is-near[data-node]') >= near, 'a deeper trace reaches fewer');
    await page.keyboard.press('Escape');
    await settle();
    expect(await count('.stage svg.is-dimmed') === 0, 'Escape does not clear the selection');
  });
  await check('zoom, fit and keys move the picture', async () => {
    await open(`architecture?view=${encodeURIComponent(graph.id)}`);
    const place = () => page.$eval('.stage', stage => stage.style.transform);
    const start = await place();
    await click('.zoom button:nth-child(1)');
    const zoomed = await place();
    expect(zoomed !== start, 'no zoom');
    await page.focus('.viewport');
    await page.keyboard.press('ArrowLeft');
    expect(await place() !== zoomed, 'no pan');
    await page.keyboard.press('0');
    same(await place(), start, 'fit');
  });
  if (model.components.length > 12) await check('a large picture has a minimap', async () => {
    await open(`architecture?view=${encodeURIComponent(graph.id)}`);
    for (let i = 0; i < 8; i++) await click('.zoom button:nth-child(1)');
    expect(await count('.minimap .minimap-window') === 1, 'there is none');
  });
  await check('layers can be hidden', async () => {
    const layer = await page.evaluate(() => document.querySelector('.stage [data-layer]')?.getAttribute('data-layer'));
    if (!layer) return;
    await open(`architecture?view=${encodeURIComponent(graph.id)}&hide=${encodeURIComponent(layer)}`);
    expect(await count(`.stage [data-node][data-layer="${layer}"]:not(.is-hidden)`) === 0, 'the layer is still there');
  });
  await check('what is shown can be downloaded', async () => {
    await open(`architecture?view=${encodeURIComponent(graph.id)}`);
    await page.evaluate(() => { globalThis.made = []; const make = URL.createObjectURL.bind(URL); URL.createObjectURL = blob => { globalThis.made.push(blob.type); return make(blob); }; HTMLAnchorElement.prototype.click = function () { globalThis.made.push(this.download); }; });
    await page.evaluate(() => [...document.querySelectorAll('.tools .switch button')].forEach(button => button.click()));
    await page.waitForFunction(() => globalThis.made.some(name => name.endsWith('.png')), { timeout: 10_000 });
    const made = await page.evaluate(() => globalThis.made);
    for (const end of ['.svg', '.png', '.mmd']) expect(made.some(name => name.endsWith(end)), `no ${end} in ${made}`);
  });
}

if (model.scenarios.length) {
  await check('scenarios play, step and add up', async () => {
    for (const scenario of model.scenarios.slice(0, 3)) {
      await open(`simulator?scenario=${encodeURIComponent(scenario.id)}`);
      same(await count('.steps li'), scenario.steps.length, 'steps');
      for (let at = 1; at <= scenario.steps.length; at++) {
        await click('[aria-label="One step on"]');
        expect((await text('.story-step')).startsWith(`Step ${at} of ${scenario.steps.length}`), `step ${at} is not told`);
        expect(await count('.stages .picture:first-child [data-node].is-active') > 0, `step ${at} of ${scenario.id} is not on the architecture`);
        same(await count('.stages .picture:nth-child(2) :is([data-edge], [data-note]).is-active') === 1, true, `step ${at} on the sequence diagram`);
        const step = scenario.steps[at - 1];
        if (step.action === 'publish') for (const consumer of model.topics.find(topic => topic.id === step.topic)?.consumers ?? []) expect((await text('.story')).includes(model.components.find(component => component.id === consumer.component).name), `${consumer.component} is not among those reached`);
      }
      await click('[aria-label="One step back"]');
      expect((await text('.story-step')).startsWith(`Step ${scenario.steps.length - 1} of`) || scenario.steps.length === 1, 'no way back');
    }
  });
  await check('playing goes on by itself', async () => {
    await open(`simulator?scenario=${encodeURIComponent(model.scenarios[0].id)}&speed=4`);
    await click('[aria-label="Play"]');
    await page.waitForFunction(() => document.querySelector('.story-step')?.textContent.startsWith('Step 2'), { timeout: 10_000 });
    await click('[aria-label="Pause"]');
  });
  await check('a missing component breaks the scenarios it is in', async () => {
    const step = model.scenarios[0].steps.at(-1), down = step.by ?? step.to ?? step.from ?? step.on;
    await open(`simulator?scenario=${encodeURIComponent(model.scenarios[0].id)}&down=${encodeURIComponent(down)}`);
    expect((await text('.outage')).includes(model.scenarios[0].name), 'the scenario is not named');
    expect(await count('.steps .broken') === 1, 'no step is marked');
  });
}

await check('every topic has its parties', async () => {
  await open('topics');
  const shown = (await text('main')).replace(/\s+/g, ' ');
  for (const topic of model.topics.slice(0, 100)) expect(shown.includes(topic.id), `${topic.id} is missing`);
});

await check('every finding is told', async () => {
  await open('findings');
  same(await count('.finding'), findings.length, 'findings');
});

if (changes) {
  await check('changes are listed with statistics that close', async () => {
    await open('changes');
    same(await count('.change'), changes.changes.length, 'changes');
    for (const row of await page.$$eval('.numbers tbody tr', rows => rows.map(row => [...row.querySelectorAll('td')].map(cell => Number(cell.textContent || 0))))) {
      const [before, added, removed, movedIn, movedOut, after] = row;
      same(before + added - removed + movedIn - movedOut, after, 'a row of the statistics');
    }
    await open('components');
    expect(await count('.item .mark-added') > 0, 'no component is marked as added');
  });
}

await check('the keyboard reaches everything', async () => {
  await open('components');
  const seen = new Set();
  for (let i = 0; i < 14; i++) { await page.keyboard.press('Tab'); seen.add(await page.evaluate(() => document.activeElement?.closest('a, button, input, select, summary, [tabindex]')?.tagName)); }
  expect(seen.has('A') && seen.has('BUTTON') && seen.has('INPUT'), `only ${[...seen]}`);
  await page.focus('.item');
  await page.keyboard.press('Enter');
  await settle();
  expect(await count('.details') === 1, 'Enter opens no details');
  expect(await page.evaluate(() => document.activeElement?.closest('.details') !== null), 'the focus stays behind');
});

for (const theme of ['light', 'dark']) {
  for (const screen of ['components', `components?sel=${encodeURIComponent(first.id)}`, 'architecture', 'simulator', 'topics', 'findings', ...(changes ? ['changes'] : [])]) {
    await check(`axe finds nothing serious on ${screen} in ${theme}`, async () => {
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
      await page.setBypassCSP(true);
      await open(screen);
      // Texts inside of pictures are the picture's matter, which has checks of its own.
      const violations = await page.evaluate(async () => { globalThis.startAxe(); const { violations } = await globalThis.axe.run({ exclude: ['.stage'] }, { resultTypes: ['violations'] }); return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(node => node.html.slice(0, 120)).join(' | ')}`); });
      await page.setBypassCSP(false);
      expect(violations.length === 0, violations.join('; '));
    });
  }
}

await check('a phone shows every screen without scrolling sideways', async () => {
  await page.setViewport({ width: 390, height: 844 });
  for (const screen of ['components', `components?sel=${encodeURIComponent(first.id)}`, 'architecture', 'simulator', 'topics', 'findings']) {
    await open(screen);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide <= 0, `${screen} is ${wide} pixels too wide`);
  }
  await page.setViewport({ width: 1440, height: 900 });
});

await check('interactions tell what they cost', async () => {
  await open('components');
  const type = query => `const input = document.querySelector('input[type=search]'); input.value = ${JSON.stringify(query)}; input.dispatchEvent(new Event('input', { bubbles: true }));`;
  const actions = { 'first search': type('k'), search: type('kafka'), clear: type(''), select: `document.querySelector('.item').click()`, filter: `document.querySelector('.filters input')?.click()`, 'open architecture': `location.hash = '#architecture'`, 'open topics': `location.hash = '#topics'`, 'open components': `location.hash = '#components'` };
  for (const [name, action] of Object.entries(actions)) {
    const spent = await cost(action);
    // Told, not judged: a busy machine is no fault of the page.
    console.log(`   ${name}: ${spent.toFixed(1)} ms of script${spent < MAX_SCRIPT_MILLISECONDS ? '' : ', past the aim'}`);
    await settle();
  }
});

await check('nothing of the model became markup', async () => {
  for (const screen of ['components', 'architecture', 'simulator', 'topics', 'findings']) {
    await open(screen);
    const strange = await page.evaluate(() => [...document.querySelectorAll('#app script, #app iframe, #app object, #app embed, #app img, #app a[href^="javascript" i], #app [onerror], #app [onclick]')].map(element => element.outerHTML.slice(0, 100)));
    same(strange, [], screen);
  }
});

if (options.screens) {
  mkdirSync(options.screens, { recursive: true });
  const scenario = model.scenarios[0]?.id ?? '';
  const shots = { components: 'components', details: `components?sel=${model.components[Math.min(20, model.components.length - 1)].id}`, architecture: 'architecture', selected: `architecture?sel=${model.components[Math.min(20, model.components.length - 1)].id}`, simulator: `simulator?scenario=${scenario}&step=3`, topics: 'topics', findings: 'findings', ...(changes ? { changes: 'changes' } : {}) };
  for (const theme of ['light', 'dark']) for (const [size, width, height] of [['wide', 1440, 900], ['phone', 390, 844]]) for (const [name, where] of Object.entries(shots)) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
    await page.setViewport({ width, height });
    await open(where);
    await settle();
    await page.screenshot({ path: join(options.screens, `${name}-${size}-${theme}.png`) });
  }
}

await close();
process.exit(failures ? 1 : 0);
