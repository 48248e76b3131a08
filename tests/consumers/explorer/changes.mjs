// What changed: the list, the marks on every screen, what is gone.
//   in : a page in use (see use.mjs)
//   out: nothing; each check says whether it holds
import { expect, same } from './use.mjs';

export default async function ({ check, open, click, settle, count, text, hash, page, changes, gone }) {
  if (!changes) return;

  await check('changes are listed with statistics that close', async () => {
    await open('changes');
    same(await count('.change'), changes.report.changes.length, 'changes');
    for (const row of await page.$$eval('.numbers tbody tr', rows => rows.map(row => [...row.querySelectorAll('td')].map(cell => Number(cell.textContent || 0))))) {
      const [before, added, removed, movedIn, movedOut, after] = row;
      same(before + added - removed + movedIn - movedOut, after, 'a row of the statistics');
    }
    expect(await count('.change-picture [data-change]') > 0, 'the picture marks nothing');
  });

  await check('the integration summary is a document, and can be saved as it was written', async () => {
    await open('changes');
    const told = (await text('.document')).replace(/\s+/g, ' ');
    const lines = changes.summary.replace(/```[\s\S]*?```/g, '').split('\n');
    const headings = lines.filter(line => /^#+ /.test(line)).length;
    same(await count('.document :is(h3, h4, h5, h6)'), headings, 'headings');
    same(await count('.document tr'), lines.filter(line => line.startsWith('|')).length - await count('.document table'), 'rows of tables');
    expect(!/^\s*\||\*\*|\]\(/.test(told), 'there is Markdown in what is shown');
    for (const change of changes.report.statistics.by_category) expect(told.includes(change.name), `${change.name} is missing`);
    const [title] = await page.$$eval('.document li .textual', buttons => { buttons[0].closest('details').open = true; buttons.at(-1).click(); return [buttons.at(-1).textContent]; });
    const place = await page.$$eval('.document h4', (headings, title) => headings.find(heading => heading.textContent === title).getBoundingClientRect().top, title);
    expect(place >= 0 && place < 900, `the table of contents does not lead to ${title}: ${place}`);
    const saved = await page.evaluate(async () => {
      const { createObjectURL } = URL, { click } = HTMLAnchorElement.prototype;
      let file;
      URL.createObjectURL = blob => { file = blob; return 'blob:nothing'; };
      HTMLAnchorElement.prototype.click = function () {};
      document.querySelector('.summary > .switch button').click();
      Object.assign(URL, { createObjectURL });
      Object.assign(HTMLAnchorElement.prototype, { click });
      return file.text();
    });
    same(saved, changes.summary, 'the file');
  });

  await check('what changed is marked on every screen, and not when that is not wanted', async () => {
    const of = (kind, fate) => changes.report.changes.filter(change => change.id === `${kind}-${fate}`).map(change => change.subject.slice(kind.length + 1));
    const [fate, names] = of('component', 'added').length ? ['added', of('component', 'added')] : ['removed', of('component', 'removed')];
    await open('components');
    same((await page.$$eval(`.item .mark-${fate}`, marks => marks.map(mark => mark.closest('.item').dataset.component))).sort(), names.sort(), `components ${fate}`);
    const topics = of('topic', fate), scenarios = of('scenario', fate);
    await open('topics');
    same(await count(`main .mark-${fate}`), topics.length, `topics ${fate}`);
    if (fate === 'added') {
      await open('architecture');
      expect(await count('.stage .change-added .change-sign') > 0, 'the architecture marks nothing');
      if (scenarios[0]) { await open(`simulator?scenario=${encodeURIComponent(scenarios[0])}`); same(await count('.tools .mark-added'), 1, 'the scenario'); expect(await count('.stages .change-added') > 0, 'the simulator marks nothing'); }
    } else {
      await open(`components?sel=${encodeURIComponent(names[0])}`);
      expect((await text('.details .notice')).startsWith('Removed since'), 'the details of what is gone');
    }
    await open(`architecture?view=${encodeURIComponent(changes.view.id)}`);
    expect(await count(`.stage [data-change="${fate}"]`) > 0, `the picture of changes has nothing ${fate}`);
    await click('.marking');
    for (const screen of ['components', 'topics', 'architecture', 'simulator', 'findings']) {
      // Links of the page keep what its address says about marking.
      await page.evaluate(screen => document.querySelector(`.head nav a[href^="#${screen}"]`).click(), screen);
      await settle();
      expect((await hash()).startsWith(`#${screen}`), `${screen} is not open`);
      same(await count('main :is(.mark, .change-sign)'), 0, `marks on ${screen}`);
    }
  });

  await check('a removed scenario is listed, and opens its sequence', async () => {
    for (const { id, steps } of changes.removed.scenarios) {
      await open(`simulator?scenario=${encodeURIComponent(id)}`);
      same(await page.$eval('.tools select', select => select.value), id, 'the scenario');
      expect((await text('.simulator > .notice')).startsWith('Removed since'), 'it is not said to be gone');
      same([await count('.steps li'), await count('.stages .picture')], [steps.length, 2], 'steps and pictures');
      await click('[aria-label="One step on"]');
      same(await count('.stages .picture:nth-child(2) :is([data-edge], [data-note]).is-active'), 1, 'the first step on the sequence diagram');
    }
  });

  await check('what is gone shows the neighbors it had', async () => {
    for (const { id } of gone) {
      await open(`components?sel=${encodeURIComponent(id)}`);
      const linked = new Set(await page.$$eval('.details a', anchors => anchors.map(anchor => new URLSearchParams(anchor.getAttribute('href').split('?')[1] ?? '').get('sel'))));
      for (const flow of changes.removed.flows) if (flow.from === id || flow.to === id) expect(linked.has(flow.from === id ? flow.to : flow.from), `${id} has lost ${flow.from} -> ${flow.to}`);
    }
  });

  await check('whether changes are marked survives a reload', async () => {
    await open('components');
    same(await page.$eval('.marking', button => button.getAttribute('aria-pressed')), 'true', 'at first');
    await click('.marking');
    expect((await hash()).includes('changes=off'), 'not in the address');
    await page.reload();
    await page.waitForSelector('.marking');
    same(await page.$eval('.marking', button => button.getAttribute('aria-pressed')), 'false', 'after a reload');
  });
}
