// One page in use: how it is opened, clicked and read.
//   in : the address of a page file, and what is expected of it
//   out: the page, its data, and checks that go into its report
// It knows nothing about the screens.
import { newPage } from '../browser.mjs';

export function expect(holds, message) { if (!holds) throw new Error(message); }
export const same = (actual, wanted, what) => expect(JSON.stringify(actual) === JSON.stringify(wanted), `${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(wanted)}`);

/** Opens a page file without a network. `report` gets one line for each check. */
export async function use(address, options, report) {
  const page = await newPage({ allow: /^(data|about|blob|file):/ });
  // Several pages are used at the same time; each behaves as the one in front.
  await page.emulateFocusedPage(true);
  await page.setViewport({ width: 1440, height: 900 });

  async function check(name, run) {
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
  /** Opens one screen after the other as links would, and reads each with a function of the page: one message for all of them. */
  const walk = (hashes, read, ...given) => page.evaluate(`(async () => {
    const read = ${read}, given = ${JSON.stringify(given)}, found = [];
    for (const hash of ${JSON.stringify(hashes)}) {
      location.hash = hash;
      await new Promise(done => requestAnimationFrame(() => setTimeout(() => setTimeout(done))));
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
  async function click(selector) { await page.waitForSelector(selector); await page.$eval(selector, element => element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))); await settle(); }
  async function choose(label, value) { await page.evaluate((label, value) => { const select = [...document.querySelectorAll('label')].find(element => element.textContent.startsWith(label)).querySelector('select'); select.value = value; select.dispatchEvent(new Event('change', { bubbles: true })); }, label, value); await settle(); }
  async function search(query) { await page.$eval('input[type=search]', (input, query) => { input.value = query; input.dispatchEvent(new Event('input', { bubbles: true })); }, query); await settle(); }
  await open('components');
  const { model, views, findings, changes, deployments } = await page.evaluate(() => JSON.parse(document.getElementById('data').textContent));
  return {
    page, options, check, open, walk, load, settle, count, texts, text, hash, click, choose, search, model, views, findings, changes, deployments,
    first: model.components[0],
    /** What is gone is listed too, as long as changes are marked. */
    gone: changes?.removed.components ?? [],
    partiesOf: topic => [...(topic.producers ?? []), ...(topic.consumers ?? [])].map(party => party.component),
    weight: id => model.flows.filter(flow => flow.from === id || flow.to === id).length,
  };
}
