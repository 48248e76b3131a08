// The full architecture: views, selection, traces, layers, zoom, downloads.
//   in : a page in use (see use.mjs)
//   out: nothing; each check says whether it holds
import { expect, same } from './use.mjs';

export default async function ({ check, open, walk, load, click, choose, settle, count, text, hash, page, model, views, options, weight }) {
  await check('every view is drawn', async () => {
    const tried = views.slice(0, 40);
    const found = await walk(tried.map(({ id }) => `architecture?view=${encodeURIComponent(id)}`), () => [document.querySelectorAll('.stage > svg').length, document.querySelectorAll('.stage :is(style, script, foreignObject)').length]);
    tried.forEach(({ id }, at) => same(found[at], [1, 0], `pictures of ${id}, and markup that came along`));
  });
  const graph = views.find(view => !view.scenario && view.pictures);
  if (!graph) return;

  const address = settings => `architecture?${new URLSearchParams({ view: graph.id, ...settings })}`;
  const opened = (settings = {}) => open(address(settings));
  const read = () => ({
    cards: [...document.querySelectorAll('.stage :is([data-node], [data-topic])')].map(card => [card.getAttribute('data-node') ?? card.getAttribute('data-topic'), card.classList.contains('is-near')]),
    edges: [...document.querySelectorAll('.stage [data-edge]')].map(edge => [edge.getAttribute('data-source'), edge.getAttribute('data-target'), edge.classList.contains('is-near')]),
  });
  const drawn = () => page.evaluate(read);

  await check('selecting dims the rest, and Escape clears it', async () => {
    await opened();
    const id = await page.$eval('.stage [data-node]', node => node.getAttribute('data-node'));
    await click(`.stage [data-node="${id}"]`);
    same(await count('.stage svg.is-dimmed [data-node].is-selected'), 1, 'selected cards');
    const opacity = selector => page.$$eval(selector, found => found.map(element => { for (const animation of element.getAnimations()) animation.finish(); return Number(getComputedStyle(element).opacity); }));
    expect((await opacity('.stage :is([data-node], [data-edge], [data-trunk], [data-label-for], [data-topic]):not(.is-near)')).every(value => value < 0.5), 'something else is not dimmed');
    expect((await opacity('.stage :is([data-node], [data-edge]).is-near')).every(value => value === 1), 'what belongs to it is dimmed');
    await page.keyboard.press('Escape');
    await settle();
    same([await count('.stage svg.is-dimmed'), await count('.details')], [0, 0], 'dimmed pictures and details');
  });

  await check('a card is selected with the keyboard alone', async () => {
    await opened();
    await page.focus('.viewport');
    await page.keyboard.press('Tab');
    const id = await page.evaluate(() => { const card = document.activeElement; return card.getAttribute('role') === 'button' && (card.getAttribute('data-node') ?? card.getAttribute('data-topic')); });
    expect(id, 'Tab does not lead to a card');
    await page.keyboard.press('Enter');
    await settle();
    expect((await hash()).includes(`sel=${encodeURIComponent(id)}`), 'Enter does not select it');
  });

  await check('a trace goes up or down, as deep as told, along the lines that are drawn', async () => {
    const isFolded = view => !view.every(([id]) => model.components.some(one => one.id === id) || model.topics.some(one => one.id === id));
    await opened();
    const ids = (await drawn()).cards.map(([id]) => id);
    if (isFolded((await drawn()).cards) || model.components.some(one => one.parent)) return;
    const parties = (topic, way) => ((way === 'upstream' ? topic.producers : topic.consumers) ?? []).map(party => party.component);
    /** Who is one step away, and every pair of elements that a picture may join for that step. */
    const steps = (id, way) => {
      const isBroker = model.components.find(one => one.id === id)?.kind === 'broker';
      const [near, far, other] = way === 'upstream' ? ['to', 'from', 'downstream'] : ['from', 'to', 'upstream'];
      const direct = model.flows.filter(flow => flow[near] === id && !flow.derived).map(flow => ({ to: flow[far], via: [] }));
      const topics = model.topics.filter(topic => topic.id === id || parties(topic, other).includes(id) || (isBroker && topic.broker === id));
      return [...direct, ...topics.flatMap(topic => [...parties(topic, way).map(to => ({ to, via: [topic.id, topic.broker] })), { via: [topic.id, topic.broker] }])];
    };
    const reach = (start, way, depth) => {
      const seen = new Set([start]), lit = new Set([start]), pairs = new Set();
      const pair = (near, far) => { if (near && far && near !== far) pairs.add(way === 'upstream' ? `${far} ${near}` : `${near} ${far}`); };
      for (let ring = [start], at = 0; at < depth && ring.length; at++) ring = ring.flatMap(id => steps(id, way).flatMap(({ to, via }) => {
        for (const station of via) { lit.add(station); pair(id, station); pair(station, to); }
        pair(id, to);
        if (!to || seen.has(to)) return [];
        seen.add(to); lit.add(to);
        return [to];
      }));
      return { lit, pairs };
    };
    const known = ids.filter(id => model.components.some(one => one.id === id)).sort((a, b) => weight(b) - weight(a));
    const topic = model.topics.find(one => ids.includes(one.id))?.id;
    const tried = [known[0], known[1], known.at(-1), topic].filter(Boolean)
      .flatMap(sel => Object.keys(graph.pictures).flatMap(topics => ['upstream', 'downstream'].flatMap(trace => [1, 2, 99].map(depth => ({ sel, topics, trace, depth })))))
      .filter(({ depth, topics }) => depth !== 2 || topics === graph.projection);
    const found = await walk(tried.map(address), read);
    for (const [at, { sel, topics, trace, depth }] of tried.entries()) {
      const { lit, pairs } = reach(sel, trace, depth), where = `${trace} of ${sel} at ${depth} in ${topics}`;
      for (const [card, isNear] of found[at].cards) same(isNear, lit.has(card), `${card} ${where}`);
      for (const [from, to, isNear] of found[at].edges) same(isNear, pairs.has(`${from} ${to}`), `${from} -> ${to} ${where}`);
    }
  });

  if (options.folded) await check('a picture with a card for each layer leads to what is inside', async () => {
    await opened();
    const card = await page.$eval('.stage [data-node^="layer:"]', node => node.getAttribute('data-node'));
    await click(`.stage [data-node="${card}"]`);
    const { cards, edges } = await drawn();
    const wanted = new Set([card, ...edges.flatMap(([from, to]) => (from === card ? [to] : to === card ? [from] : []))]);
    same(cards.filter(([, isNear]) => isNear).map(([id]) => id).sort(), [...wanted].sort(), 'what is near');
    const layer = model.layers.find(({ id }) => `layer:${id}` === card);
    same(await text('.details h2'), layer.name, 'the details');
    await click('.details a[href*="layer="]');
    same(parseInt(await text('.count'), 10), model.components.filter(one => one.layer === layer.id).length, 'its components');
  });

  await check('views and projections are switched in place', async () => {
    await open('architecture');
    for (const view of views.slice(0, 5)) {
      await choose('View', view.id);
      expect((await hash()).includes(`view=${encodeURIComponent(view.id).replace(/%20/g, '+')}`), `${view.id} is not in the address`);
      same(await count('.stage > svg'), 1, view.id);
    }
    const rich = views.find(view => Object.keys(view.pictures).length > 1);
    if (!rich) return;
    await open(`architecture?view=${encodeURIComponent(rich.id)}`);
    const pictures = new Set();
    for (const projection of Object.keys(rich.pictures)) { await choose('Topics', projection); pictures.add(await page.$eval('.stage > svg', svg => svg.outerHTML.replace(/data-picture="\d+"/, ''))); }
    same(pictures.size, Object.keys(rich.pictures).length, 'pictures');
    if (rich.pictures.nodes) { await choose('Topics', 'nodes'); const shown = await page.$$eval('.stage [data-node]', nodes => nodes.map(node => node.getAttribute('data-node'))); const topic = shown.find(id => model.topics.some(one => one.id === id)); expect(topic, 'no topic is a node'); await click(`.stage [data-node="${topic}"]`); same(await text('.details h2'), model.topics.find(one => one.id === topic).name, 'the details of a topic that is clicked'); }
    if (!rich.pictures.hub) return;
    await choose('Topics', 'hub');
    const chip = await page.evaluate(() => document.querySelector('.stage [data-topic]')?.getAttribute('data-topic'));
    if (!chip) return;
    await click(`.stage [data-topic="${chip}"]`);
    same(await text('.details h2'), model.topics.find(one => one.id === chip).name, 'the details of a topic that is clicked on its broker');
  });

  await check('the menu hides layers, and the download is without them', async () => {
    await open(`architecture?view=${encodeURIComponent(graph.id)}`);
    const layer = await page.evaluate(() => document.querySelector('.stage [data-node][data-layer]')?.getAttribute('data-layer'));
    if (!layer || model.layers.length < 2) return;
    const before = await count('.stage [data-node]:not(.is-hidden)');
    const place = model.layers.findIndex(one => one.id === layer);
    await page.evaluate(at => document.querySelectorAll('.menu-body input')[at].click(), place);
    await settle();
    expect((await hash()).includes('hide='), 'not in the address');
    const hidden = await page.$$eval('.stage [data-node].is-hidden', nodes => nodes.map(node => node.getAttribute('data-node')));
    expect(hidden.length > 0 && await count('.stage [data-node]:not(.is-hidden)') === before - hidden.length, 'nothing is hidden');
    await page.evaluate(() => { globalThis.saved = {}; URL.createObjectURL = blob => { globalThis.last = blob; return 'blob:nothing'; }; HTMLAnchorElement.prototype.click = function () { globalThis.saved[this.download.split('.').pop()] = globalThis.last; }; });
    await page.evaluate(() => [...document.querySelectorAll('[aria-label^="Download"] button')].filter(button => button.textContent !== 'PNG').forEach(button => button.click()));
    const svg = await page.evaluate(() => globalThis.saved.svg.text());
    const left = await page.evaluate(text => { const parsed = new DOMParser().parseFromString(text.replace(/<style>[^<]*<\/style>/g, ''), 'image/svg+xml'); return parsed.querySelector('parsererror') ? undefined : [...parsed.querySelectorAll('[data-node]')].map(node => node.getAttribute('data-node')); }, svg);
    expect(left && left.length === before - hidden.length && !left.some(id => hidden.includes(id)), `the download has ${left}`);
    const mermaid = await page.evaluate(() => globalThis.saved.mmd.text());
    const whole = graph.mermaid[graph.projection], isNode = line => / :::|:::in_/.test(line), isFlow = line => /^ {2}\w+ <?-.*[->|] \w+$/.test(line);
    const lines = text => text.split('\n'), kept = lines(mermaid);
    same(lines(whole).filter(isNode).length, graph.pictures[graph.projection].match(/ data-node="(?!topic:)/g).length, 'cards in the whole Mermaid text');
    same(kept.filter(isNode).length, lines(whole).filter(isNode).length - hidden.filter(id => !id.startsWith('topic:')).length, 'cards in the Mermaid text');
    expect(kept.every(line => lines(whole).includes(line) || line.startsWith('  linkStyle')), 'the Mermaid text has lines of its own');
    const declared = new Set(kept.map(line => /^ +(?:subgraph )?(\w+)\W/.exec(line)?.[1]));
    const flows = kept.filter(isFlow).map(line => [/^ {2}(\w+)/.exec(line)[1], /(\w+)$/.exec(line)[1]]);
    for (const end of flows.flat()) expect(declared.has(end), `a flow of the Mermaid text ends at ${end}, which is gone`);
    const styled = kept.filter(line => line.startsWith('  linkStyle')).flatMap(line => line.split(' ')[3].split(',').map(Number)).sort((a, b) => a - b);
    same(styled, flows.map((_, at) => at), 'styled flows of the Mermaid text');
    same(kept.filter(line => /^ {2}subgraph /.test(line)).length, kept.filter(line => line === '  end').length, 'groups that end');
    await load('components');
  });

  await check('the legend explains what is drawn, and nothing else', async () => {
    const kinds = { synchronous: '[data-manner="call"]', asynchronous: '[data-edge]:not([data-manner="call"])', 'both ways': '[data-bidirectional]', 'flows that share a line and a label': '.trunk', 'topic on its broker': '.chip', topic: '[data-node^="topic:"]', deprecated: '[data-deprecated]', 'contains the others': '.frame' };
    for (const view of views.filter(view => !view.scenario)) for (const [projection, svg] of Object.entries(view.pictures)) {
      const [told, drawn] = await page.evaluate((svg, kinds) => {
        const picture = new DOMParser().parseFromString(svg.replace(/<style>[^<]*<\/style>/g, ''), 'image/svg+xml');
        return [[...picture.querySelectorAll('[data-legend] text')].map(text => text.textContent), Object.keys(kinds).filter(words => picture.querySelector(kinds[words]))];
      }, svg, kinds);
      same(told.filter(words => words in kinds).sort(), drawn.sort(), `the legend of ${view.id} as ${projection}`);
    }
    await open(`architecture?view=${encodeURIComponent(graph.id)}`);
    const shown = await page.evaluate(() => { const legend = document.querySelector('.stage [data-legend]'), lines = [...(legend?.querySelectorAll('path[stroke-dasharray]') ?? [])].map(path => getComputedStyle(path).strokeDasharray); return { legend: Boolean(legend), lines, drawn: [...document.querySelectorAll('.stage :is([data-edge]:not([data-manner="call"]), .trunk) path')].map(path => getComputedStyle(path).strokeDasharray) }; });
    if (options.full) expect(shown.legend, 'there is none');
    for (const dashes of shown.lines) expect(shown.drawn.includes(dashes) || !shown.drawn.length, `no flow is dashed like its sample (${dashes})`);
  });

  await check('zoom, fit and keys move the picture', async () => {
    await open(`architecture?view=${encodeURIComponent(graph.id)}`);
    const place = () => page.$eval('.stage', stage => stage.style.transform);
    // The picture is where an earlier trial left it.
    await page.focus('.viewport');
    await page.keyboard.press('0');
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

  await check('the minimap is there when something is outside of the window, and shows what is inside', async () => {
    await opened();
    await page.focus('.viewport');
    await page.keyboard.press('0');
    await settle();
    same(await count('.minimap'), 0, 'minimaps of a whole picture');
    for (let i = 0; i < 8 && !await count('.minimap'); i++) await click('.zoom button:nth-child(1)');
    if (!await count('.minimap')) return expect(model.components.length < 12, 'a large picture has no minimap');
    same(await count('.minimap-card'), await count('.stage [data-node][data-bbox]'), 'cards on the minimap');
    const frame = () => page.$eval('.minimap-window', rect => ['x', 'y', 'width', 'height'].map(name => Number(rect.getAttribute(name))));
    const inside = () => page.evaluate(() => {
      const view = document.querySelector('.viewport').getBoundingClientRect(), svg = document.querySelector('.stage > svg');
      const corner = (x, y) => { const point = new DOMPoint(x, y).matrixTransform(svg.getScreenCTM().inverse()); return [point.x, point.y]; };
      const [[x, y], [right, bottom]] = [corner(view.left, view.top), corner(view.right, view.bottom)];
      return [x, y, right - x, bottom - y];
    });
    for (const key of ['', 'ArrowRight', 'ArrowDown', '+']) {
      await page.focus('.viewport');
      if (key) await page.keyboard.press(key);
      await settle();
      const [shown, wanted] = [await frame(), await inside()];
      expect(shown.every((value, at) => Math.abs(value - wanted[at]) < 2), `after ${key || 'zooming'} the minimap shows ${shown} instead of ${wanted}`);
    }
    await page.keyboard.press('0');
  });

  await check('a click on the minimap brings what is there into view', async () => {
    const shapes = views.filter(view => !view.scenario).flatMap(view => Object.entries(view.pictures).map(([topics, svg]) => { const [, , width, height] = /viewBox="([^"]*)"/.exec(svg)[1].split(' ').map(Number); return { hash: `architecture?${new URLSearchParams({ view: view.id, topics })}`, ratio: width / height }; })).sort((a, b) => a.ratio - b.ratio);
    if (options.tall) expect(shapes[0].ratio < 0.8, `no picture is tall, the tallest is ${shapes[0].ratio}`);
    if (options.full) expect(shapes.at(-1).ratio > 1.5, `no picture is wide, the widest is ${shapes.at(-1).ratio}`);
    for (const { hash } of [shapes[0], shapes.at(-1)]) {
      await open(hash);
      for (let i = 0; i < 8; i++) await click('.zoom button:nth-child(1)');
      // Even at four times its size a small picture may be there whole.
      if (!await count('.minimap')) { expect(model.components.length < 12, `${hash} has no minimap`); continue; }
      const cards = await page.$$eval('.stage [data-node][data-bbox]', nodes => nodes.map(node => node.getAttribute('data-bbox').split(' ').map(Number)));
      const corners = [(x, y) => x + y, (x, y) => -x - y, (x, y) => x - y, (x, y) => y - x].map(far => cards.map(([x, y], at) => [far(x, y), at]).sort((a, b) => a[0] - b[0])[0][1]);
      for (const at of new Set(corners)) {
        const point = await page.evaluate(at => { const { left, top, width, height } = document.querySelectorAll('.minimap-card')[at].getBoundingClientRect(); return [left + width / 2, top + height / 2]; }, at);
        await page.mouse.click(...point);
        await settle();
        const isThere = await page.evaluate(at => {
          const view = document.querySelector('.viewport').getBoundingClientRect(), card = document.querySelectorAll('.stage [data-node][data-bbox]')[at].getBoundingClientRect();
          const [x, y] = [view.left + view.width / 2, view.top + view.height / 2];
          return card.left <= x && x <= card.right && card.top <= y && y <= card.bottom;
        }, at);
        expect(isThere, `card ${at} of ${hash} is not in the middle`);
      }
    }
  });

  await check('the place of the picture survives a reload', async () => {
    await load(`architecture?view=${encodeURIComponent(graph.id)}`);
    const place = () => page.$eval('.stage', stage => stage.style.transform);
    const fitted = await place();
    for (let i = 0; i < 3; i++) await click('.zoom button:nth-child(1)');
    await page.focus('.viewport');
    await page.keyboard.press('ArrowLeft');
    const left = await place();
    // The page keeps a place once it has rested there for a tenth of a second.
    await new Promise(done => setTimeout(done, 200));
    await page.reload();
    await page.waitForSelector('.stage > svg');
    same([left !== fitted, await place()], [true, left], 'the place');
    await page.focus('.viewport');
    await page.keyboard.press('0');
  });

  await check('the details lead to the picture, where the component is in view', async () => {
    await open(`architecture?view=${encodeURIComponent(graph.id)}`);
    const ids = (await page.$$eval('.stage [data-node]', nodes => nodes.map(node => node.getAttribute('data-node')))).filter(id => model.components.some(one => one.id === id));
    for (const width of [1440, 390]) for (const id of [ids[0], ids.at(-1)]) {
      if (!id) continue;
      await page.setViewport({ width, height: 844 });
      // Far away from it at first.
      await open(`architecture?view=${encodeURIComponent(graph.id)}`);
      for (let i = 0; i < 6; i++) await click('.zoom button:nth-child(1)');
      await page.focus('.viewport');
      for (let i = 0; i < 9; i++) for (const key of ['ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
      await open(`components?sel=${encodeURIComponent(id)}`);
      await click('.details .on-picture');
      expect((await hash()).startsWith('#architecture'), 'the picture is not open');
      const [isSelected, isSeen] = await page.$eval(`.stage [data-node="${id}"]`, node => {
        const card = node.getBoundingClientRect(), view = document.querySelector('.viewport').getBoundingClientRect(), cover = document.querySelector('.details').getBoundingClientRect();
        const [x, y] = [card.left + card.width / 2, card.top + card.height / 2];
        const inside = box => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
        return [node.classList.contains('is-selected'), inside(view) && !inside(cover)];
      });
      same([isSelected, isSeen], [true, true], `whether ${id} is selected and seen at ${width} pixels`);
    }
    await page.setViewport({ width: 1440, height: 900 });
    await page.focus('.viewport');
    await page.keyboard.press('0');
  });

  await check('layers can be hidden', async () => {
    const layer = await page.evaluate(() => document.querySelector('.stage [data-layer]')?.getAttribute('data-layer'));
    if (!layer) return;
    await open(`architecture?view=${encodeURIComponent(graph.id)}&hide=${encodeURIComponent(layer)}`);
    expect(await count(`.stage [data-node][data-layer="${layer}"]:not(.is-hidden)`) === 0, 'the layer is still there');
  });

  await check('what is shown can be downloaded', async () => {
    const { id } = model.components.find(one => graph.pictures[graph.projection].includes(`data-node="${one.id}"`)) ?? {};
    for (const topics of Object.keys(graph.pictures).slice(0, options.hostile ? 1 : 3)) {
      await load(`architecture?${new URLSearchParams({ view: graph.id, topics, ...(id ? { sel: id } : {}) })}`);
      await page.evaluate(() => { globalThis.made = {}; const make = URL.createObjectURL.bind(URL); URL.createObjectURL = blob => { globalThis.last = blob; return make(blob); }; HTMLAnchorElement.prototype.click = function () { globalThis.made[this.download] = globalThis.last; }; });
      await page.evaluate(() => { for (const element of document.querySelectorAll('.stage *')) for (const animation of element.getAnimations()) animation.finish(); });
      for (const kind of ['SVG', 'PNG', 'Mermaid']) await page.evaluate(kind => [...document.querySelectorAll('.tools .switch button')].find(button => button.textContent === kind).click(), kind);
      await page.waitForFunction(() => Object.keys(globalThis.made).some(name => name.endsWith('.png')), { timeout: 20_000 });
      const stem = topics === graph.projection ? graph.id : `${graph.id}-${topics}`;
      const { names, size, wanted, faint, dimmed, text } = await page.evaluate(async stem => {
        const { made } = globalThis, svg = await made[`${stem}.svg`].text();
        const parsed = new DOMParser().parseFromString(svg.replace(/<style>[^<]*<\/style>/g, ''), 'image/svg+xml').documentElement;
        const { width, height } = await createImageBitmap(made[`${stem}.png`]);
        return { names: Object.keys(made).sort(), size: [width, height], wanted: ['width', 'height'].map(name => Math.round(2 * parseFloat(parsed.getAttribute(name)))), faint: parsed.querySelectorAll('[data-node][opacity]').length, dimmed: document.querySelectorAll('.stage svg.is-dimmed [data-node]:not(.is-near)').length, text: await made[`${stem}.mmd`].text() };
      }, stem);
      same(names, ['mmd', 'png', 'svg'].map(end => `${stem}.${end}`), 'files');
      expect(size.every((pixels, at) => Math.abs(pixels - wanted[at]) <= 2), `a picture of ${size} pixels in place of ${wanted}`);
      same(faint, dimmed, 'dimmed cards in the download');
      same(text, graph.mermaid[topics], `the Mermaid text of ${topics}`);
    }
    await load('components');
  });
}
