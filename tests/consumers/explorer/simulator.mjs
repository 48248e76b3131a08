// The request flow simulator: steps, latencies, fan-out, outages.
//   in : a page in use (see use.mjs)
//   out: nothing; each check says whether it holds
import { expect, same } from './use.mjs';

const UNITS = { us: 0.001, ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 };
/** Milliseconds of `90ms` or `90 ms`; 0 of nothing. */
const inMilliseconds = text => { const [, number = 0, unit = 'ms'] = /^([\d.]+) ?(us|ms|s|min|m|h|d)$/.exec(text ?? '') ?? []; return Number(number) * UNITS[unit]; };

export default async function ({ check, open, load, click, count, text, page, model, options }) {
  if (!model.scenarios.length) return;

  await check('scenarios play, step and add up', async () => {
    for (const scenario of model.scenarios.slice(0, 3)) {
      await open(`simulator?scenario=${encodeURIComponent(scenario.id)}`);
      same(await count('.steps li'), scenario.steps.length, 'steps');
      for (let at = 1; at <= scenario.steps.length; at++) {
        await click('[aria-label="One step on"]');
        const { place, told, messages, meters, lit, lines } = await page.evaluate(() => {
          const text = selector => document.querySelector(selector)?.textContent ?? '';
          const all = (selector, read) => [...document.querySelectorAll(selector)].map(read);
          return {
            place: text('.story-step'), told: text('.story'),
            messages: all('.stages .picture:nth-child(2) :is([data-edge], [data-note]).is-active', () => 1).length,
            meters: all('.story meter', () => 1).length,
            lit: all('.stages .picture:first-child [data-node]', node => [node.getAttribute('data-node'), node.classList.contains('is-active')]),
            lines: all('.stages .picture:first-child [data-edge]', edge => [edge.getAttribute('data-source'), edge.getAttribute('data-target'), edge.classList.contains('is-active')]),
          };
        });
        expect(place.startsWith(`Step ${at} of ${scenario.steps.length}`), `step ${at} is not told`);
        same(messages, 1, `step ${at} on the sequence diagram`);
        const step = scenario.steps[at - 1];
        const parties = [step.from, step.to, step.by, step.on].filter(Boolean);
        for (const [id, isActive] of lit) if (parties.includes(id)) expect(isActive, `${id} is not lit at step ${at} of ${scenario.id}`);
        // The picture is the one that shows most of them.
        expect(!options.full || lit.some(([, isActive]) => isActive), `step ${at} of ${scenario.id} is not on the architecture`);
        // The lines on the architecture, whether it draws the topic, the broker, or neither.
        const topic = model.topics.find(one => one.id === step.topic), stations = topic ? [topic.id, topic.broker] : [];
        const ends = step.action === 'publish' ? (topic?.consumers ?? []).map(party => party.component) : [step.by];
        const pairs = new Set([...stations.flatMap(station => ends.map(end => `${station} ${end}`)), ...[step.to, ...stations, ...(step.action === 'publish' ? ends : [])].map(end => `${step.from} ${end}`), ...(step.action === 'return' ? [`${step.to} ${step.from}`] : [])]);
        for (const [from, to, isActive] of lines) same(isActive, pairs.has(`${from} ${to}`), `${from} -> ${to} at step ${at} of ${scenario.id}`);
        if (step.action === 'publish') for (const consumer of model.topics.find(topic => topic.id === step.topic)?.consumers ?? []) {
          expect(told.includes(model.components.find(component => component.id === consumer.component).name), `${consumer.component} is not among those reached`);
          expect(lit.find(([id]) => id === consumer.component)?.[1] ?? true, `${consumer.component} is not lit`);
        }
        if (step.label) expect(told.includes(step.label), `the label of step ${at} is missing`);
        if (step.topic && model.topics.some(topic => topic.id === step.topic)) expect(told.includes(model.topics.find(topic => topic.id === step.topic).name), `the topic of step ${at} is missing`);
        const total = scenario.steps.slice(0, at).reduce((sum, one) => sum + inMilliseconds(one.latency), 0);
        const shownTotal = inMilliseconds(/Total ([\d.]+ \w+)/.exec(told)[1]), budget = /of ([\d.]+ (?:ms|min|s))/.exec(told.slice(told.indexOf('Total')))?.[1];
        expect(Math.abs(shownTotal - total) <= total / 100 + 0.01, `the total is ${shownTotal} instead of ${total} at step ${at}`);
        if (scenario.budget) expect(Math.abs(inMilliseconds(budget) - inMilliseconds(scenario.budget)) < 0.01 && meters === 1, `no budget of ${scenario.budget} in ${told}`)
      }
      await click('[aria-label="One step back"]');
      expect((await text('.story-step')).startsWith(`Step ${scenario.steps.length - 1} of`) || scenario.steps.length === 1, 'no way back');
    }
  });

  await check('playing goes on by itself, and stops when told', async () => {
    const { id, steps } = model.scenarios[0], last = Math.min(2, steps.length);
    await load(`simulator?scenario=${encodeURIComponent(id)}&speed=4`);
    expect((await text('.story-step')).startsWith('Start'), 'it does not begin at the start');
    await click('[aria-label="Play"]');
    const begin = Date.now();
    await page.waitForFunction(at => document.querySelector('.story-step')?.textContent.startsWith(`Step ${at}`), { timeout: 10_000 }, last);
    // A step takes 1.6 seconds, a quarter of that at this speed.
    const taken = Date.now() - begin;
    if (last === 2) expect(taken > 300 && taken < 2400, `two steps at four times the speed take ${taken} ms`);
    // At the slowest speed a step takes seconds, so that even short scenarios still play when they are stopped.
    await load(`simulator?scenario=${encodeURIComponent(id)}&speed=0.5`);
    await click('[aria-label="Play"]');
    await click('[aria-label="Pause"]');
    await page.waitForSelector('[aria-label="Play"]', { timeout: 5_000 });
    await load('components');
  });

  await check('a missing component breaks the scenarios it is in', async () => {
    const step = model.scenarios[0].steps.at(-1), down = step.by ?? step.to ?? step.from ?? step.on;
    await open(`simulator?scenario=${encodeURIComponent(model.scenarios[0].id)}&down=${encodeURIComponent(down)}`);
    expect((await text('.outage')).includes(model.scenarios[0].name), 'the scenario is not named');
    expect(await count('.steps .broken') === 1, 'no step is marked');
    // Who comes later and was not there before is not reached.
    for (const scenario of model.scenarios.slice(0, 3)) {
      const start = scenario.steps[0], missing = start.to ?? start.from ?? start.by ?? start.on;
      await open(`simulator?scenario=${encodeURIComponent(scenario.id)}&down=${encodeURIComponent(missing)}`);
      const told = await page.$$eval('.outage li', (rows, name) => rows.map(row => row.textContent).find(row => row.startsWith(name)) ?? '', scenario.name);
      expect(told.includes('breaks at step 1'), `${scenario.id} does not break at its first step: ${told}`);
      for (const step of scenario.steps.slice(1)) { const id = step.by ?? step.to; if (id && id !== missing && id !== start.from) expect(told.includes((model.components.find(one => one.id === id) ?? { name: id }).name), `${id} is not among the affected of ${scenario.id}`); }
      await click('[aria-label="One step on"]');
      const story = await text('.story');
      expect(story.includes('stops here') && !story.includes(' reaches '), 'the story goes on');
    }
  });

  await check('architecture and sequence stand side by side, and their cards lead to details', async () => {
    await open(`simulator?scenario=${encodeURIComponent(model.scenarios[0].id)}`);
    const [left, right] = await page.$$eval('.stages .picture', pictures => pictures.map(picture => { const { left, right, width, height } = picture.getBoundingClientRect(); return { left, right, width, height }; }));
    expect(left.right <= right.left + 1 && left.width > 400 && right.width > 400 && left.height > 200 && right.height > 200, `they stand at ${JSON.stringify([left, right])}`);
    const card = await page.$eval('.stages .picture:first-child [data-node]', node => node.getAttribute('data-node'));
    await click(`.stages .picture:first-child [data-node="${card}"]`);
    same(await count('.details'), 1, 'details');
    await page.keyboard.press('Escape');
  });

  await check('what is down is marked on both pictures', async () => {
    const scenario = model.scenarios[0], [{ from, by, on }] = scenario.steps, down = from ?? by ?? on;
    await open(`simulator?scenario=${encodeURIComponent(scenario.id)}&down=${encodeURIComponent(down)}&step=1`);
    for (const at of [1, 2]) {
      const marks = await page.$$eval(`.stages .picture:nth-child(${at}) [data-node].is-down`, cards => cards.map(card => [card.getAttribute('data-node'), card.querySelector('.change-sign')?.textContent, getComputedStyle(card).opacity]));
      for (const mark of marks) same(mark, [down, '✕', '1'], `a mark on picture ${at}`);
      if (at === 2) expect(marks.length > 0, 'the sequence marks nothing');
    }
  });
}
