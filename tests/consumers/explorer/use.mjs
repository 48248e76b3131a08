// One page in use: how it is opened, clicked and read.
//   in : the address of a page file, and what is expected of it
//   out: the page, its data, and checks that go into its report
// It knows nothing about the screens.
import { newPage } from '../browser.mjs';

export function expect(holds, message) { if (!holds) throw new Error(message); }
export const same = (actual, wanted, what) => expect(JSON.stringify(actual) === JSON.stringify(wanted), `${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(wanted)}`);

/** Checks of ways and places, which no text changes: pages of hostile texts leave them to the others. */
const WITHOUT_TEXTS = new Set([
  'every filter narrows, and all of them together', 'filters combine, and live in the address',
  'selecting dims the rest, and Escape clears it', 'a card is selected with the keyboard alone', 'a trace goes up or down, as deep as told, along the lines that are drawn',
  'zoom, fit and keys move the picture', 'the minimap is there when something is outside of the window, and shows what is inside', 'a click on the minimap brings what is there into view',
  'the place of the picture survives a reload', 'the details lead to the picture, where the component is in view', 'layers can be hidden',
  'playing goes on by itself, and stops when told', 'architecture and sequence stand side by side, and their cards lead to details', 'the keyboard reaches everything', 'what is printed is whole, and on white',
]);

/** Opens a page file without a network. `report` gets one line for each check. */
export async function use(address, options, report) {
  const page = await newPage({ allow: /^(data|about|blob|file):/ });
  // Several pages are used at the same time; each behaves as the one in front.
  await page.emulateFocusedPage(true);
  await page.setViewport({ width: 1440, height: 900 });

  async function check(name, run) {
    if (options.hostile && WITHOUT_TEXTS.has(name)) return;
    const begin = Date.now();
    try {
      await run();
      const notes = page.notes.splice(0);
      if (notes.length) throw new Error(notes.slice(0, 3).join('; '));
      report(true, `${name} (${((Date.now() - begin) / 1000).toFixed(1)} s)`);
    } catch (error) {
      page.notes.length = 0;
      report(false, `${name}: ${error.message}`);
    }
  }

  /** Opens a screen as a link would: the page stays if it is open. */
  async function open(hash) {
    if (page.url().split('#')[0] !== address) return load(hash);
    await page.evaluate(hash => new Promise(done => {
      if (location.hash === `#${hash}`) return done();
      addEventListener('hashchange', done, { once: true });
      location.hash = hash;
    }), hash);
    await settle();
    await page.waitForSelector('main > *');
  }
  /** Shows the rest of long lists in a part of the page. */
  async function unfold(part = '.details') { await page.$$eval(`${part} .textual`, buttons => buttons.forEach(button => button.click())); await settle(); }
  /** Opens one screen after the other as links would, and reads each with a function of the page: one message for all of them. */
  const walk = (hashes, read, ...given) => page.evaluate(`(async () => {
    const read = ${read}, given = ${JSON.stringify(given)}, found = [];
    for (const hash of ${JSON.stringify(hashes)}) {
      location.hash = hash;
      const drawn = () => new Promise(done => requestAnimationFrame(() => setTimeout(() => setTimeout(done))));
      await drawn();
      // Long lists show the rest on request.
      const more = document.querySelectorAll('.details .textual');
      more.forEach(button => button.click());
      if (more.length > 0) await drawn();
      found.push(read(...given));
    }
    return found;
  })()`);
  /** Opens a screen in a page that knows nothing of what was done before. */
  async function load(hash) {
    await page.goto('about:blank');
    await page.goto(`${address}#${hash}`);
    await page.waitForSelector('main > *');
  }
  /** Waits until what was done is drawn. */
  const settle = () => page.evaluate(() => new Promise(done => requestAnimationFrame(() => setTimeout(() => setTimeout(done)))));
  const count = selector => page.$$eval(selector, found => found.length);
  const texts = selector => page.$$eval(selector, found => found.map(element => element.textContent));
  const text = selector => page.$eval(selector, element => element.textContent);
  const hash = () => page.evaluate(() => location.hash);
  /** Clicks as soon as there is something to click, and waits until that is drawn: one message for all of it. */
  const click = selector => page.evaluate((selector, patience) => new Promise((done, lost) => {
    const begin = performance.now();
    const look = () => {
      const element = document.querySelector(selector);
      if (element) {
        element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
        requestAnimationFrame(() => setTimeout(() => setTimeout(done)));
      } else if (performance.now() - begin > patience) lost(new Error(`there is no ${selector}`));
      else requestAnimationFrame(look);
    };
    look();
  }), selector, 30_000);
  async function choose(label, value) { await page.evaluate((label, value) => { const select = [...document.querySelectorAll('label')].find(element => element.textContent.startsWith(label)).querySelector('select'); select.value = value; select.dispatchEvent(new Event('change', { bubbles: true })); }, label, value); await settle(); }
  async function search(query) { await page.$eval('input[type=search]', (input, query) => { input.value = query; input.dispatchEvent(new Event('input', { bubbles: true })); }, query); await settle(); }
  // A page of thousands of components takes its time on a busy machine.
  page.setDefaultNavigationTimeout(120_000);
  await open('components');
  const { model, views, findings, changes, deployments } = await page.evaluate(() => JSON.parse(document.getElementById('data').textContent));
  return {
    page, options, check, open, unfold, walk, load, settle, count, texts, text, hash, click, choose, search, model, views, findings, changes, deployments,
    first: model.components[0],
    /** What is gone is listed too, as long as changes are marked. */
    gone: changes?.removed.components ?? [],
    partiesOf: topic => [...(topic.producers ?? []), ...(topic.consumers ?? [])].map(party => party.component),
    weight: id => model.flows.filter(flow => flow.from === id || flow.to === id).length,
  };
}
