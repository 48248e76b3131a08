// The component explorer: list, search, filters, details.
//   in : a page in use (see use.mjs)
//   out: nothing; each check says whether it holds
import { expect, same } from './use.mjs';

export default async function ({ check, open, unfold, walk, load, click, search, settle, count, text, texts, hash, page, model, options, first, gone, partiesOf, weight, deployments }) {
  const removed = (settings, of) => gone.filter(one => Object.entries(settings).every(([key, list]) => of[key](one).some(value => list.includes(value)))).length;

  await check('every component is listed', async () => {
    await open('components');
    expect((await text('.count')).startsWith(String(model.components.length + gone.length)), 'the count differs');
    if (model.components.length <= 200) same((await texts('.item-name')).sort(), [...model.components, ...gone].map(component => component.name).sort(), 'names');
    else expect(await count('.item') < 120, 'the list is not virtual');
  });

  /** Every text and number below a value. Keys of free mappings are said too; an element is said by its name. */
  const leaves = (value, key) => {
    if (value === null || value === undefined || value === false) return [];
    if (typeof value !== 'object') return [said(String(value), key)].filter(Boolean);
    if (Array.isArray(value)) return value.flatMap(item => leaves(item, key));
    return Object.entries(value).flatMap(([inner, item]) => [...(FREE.includes(key) ? [said(inner, '')] : []), ...leaves(item, FREE.includes(key) ? '' : inner)]);
  };
  const FREE = ['operations', 'api_calls', 'links', 'metadata'];
  const named = list => new Map(list.map(one => [one.id, one.name]));
  const names = { layer: named(model.layers), category: named(model.categories), owner: named(model.owners), deployment: new Map(Object.entries(deployments)), '': named([...model.components, ...gone, ...model.topics]) };
  const said = (text, key) => {
    // An icon is a picture, an address is below its link, and whether is said in a word of its own.
    if (['icon', 'async', 'derived', 'required', 'internal', 'bidirectional', 'address'].includes(key) || /^\w+:\/\//.test(text)) return '';
    return (names[key] ?? names['']).get(text) ?? names[''].get(text) ?? text;
  };
  const missing = (shown, element, flows) => {
    // A document is shown as JSON, where a quote is escaped.
    const has = leaf => [leaf, JSON.stringify(leaf).slice(1, -1)].some(form => shown.includes(form.replace(/\s+/g, ' ').trim()));
    return [...leaves(element), ...flows.flatMap(flow => leaves(flow))].filter(leaf => !has(leaf));
  };
  const details = hashes => walk(hashes, () => document.querySelector('.details').textContent.replace(/\s+/g, ' '));

  await check('the details show everything the specification says', async () => {
    const rich = list => [...list].sort((a, b) => JSON.stringify(b).length - JSON.stringify(a).length).slice(0, 6);
    const [components, topics] = [[...new Set([first, ...rich(model.components)])], rich(model.topics)];
    const ofComponents = await details(components.map(({ id }) => `components?sel=${encodeURIComponent(id)}`));
    components.forEach((component, at) => same(missing(ofComponents[at], component, model.flows.filter(flow => flow.from === component.id || flow.to === component.id)), [], `what ${component.id} lacks`));
    const ofTopics = await details(topics.map(({ id }) => `topics?sel=${encodeURIComponent(id)}`));
    topics.forEach((topic, at) => same(missing(ofTopics[at], topic, []), [], `what ${topic.id} lacks`));
    if (!options.complete) return;
    await open('components');
    const about = await text('.about');
    for (const said of [model.description, ...model.facts.flatMap(fact => [fact.group, fact.name, fact.value, fact.note])]) if (said) expect(about.includes(said), `\`${said}\` is not said about the whole`);
  });

  await check('layer, category, kind, owner, deployment and tags lead to their like', async () => {
    const component = [...model.components].sort((a, b) => Object.keys(b).length - Object.keys(a).length)[0];
    for (const key of ['category', 'kind', 'owner', 'deployment']) {
      if (!component[key]) continue;
      await open(`components?sel=${encodeURIComponent(component.id)}`);
      await click(`.details a.alike[href*="${key}="]`);
      const wanted = [...model.components, ...gone].filter(one => one[key] === component[key]).length;
      same(parseInt(await text('.count'), 10), wanted, `components of the same ${key}`);
    }
    if (!component.layer) return;
    await open(`components?sel=${encodeURIComponent(component.id)}`);
    await click(`.details a.name[href*="layer%3A"]`);
    same(await text('.details h2'), model.layers.find(layer => layer.id === component.layer).name, 'the details of the layer');
    await click('.details a[href*="layer="]');
    same(parseInt(await text('.count'), 10), [...model.components, ...gone].filter(one => one.layer === component.layer).length, 'components of the layer');
  });

  await check('names in the details are links that lead on', async () => {
    const flow = model.flows[0];
    if (!flow) return;
    await open(`components?sel=${encodeURIComponent(flow.from)}`);
    await click(`.details a.name[href*="sel=${encodeURIComponent(flow.to)}"]`);
    expect((await hash()).includes(`sel=${encodeURIComponent(flow.to)}`), 'the address does not follow');
  });

  await check('the details have every neighbor, topic and scenario as a link', async () => {
    const busy = [...model.components].sort((a, b) => weight(b.id) - weight(a.id)).slice(0, 4);
    for (const { id } of busy) {
      await open(`components?sel=${encodeURIComponent(id)}`);
      await unfold();
      const linked = new Set(await page.$$eval('.details a', anchors => anchors.map(anchor => new URLSearchParams(anchor.getAttribute('href').split('?')[1] ?? '')).flatMap(query => [query.get('sel'), query.get('scenario')])));
      const wanted = [
        ...model.flows.filter(flow => flow.from === id).map(flow => flow.to), ...model.flows.filter(flow => flow.to === id).map(flow => flow.from),
        ...model.topics.filter(topic => partiesOf(topic).includes(id)).map(topic => topic.id),
        ...model.scenarios.filter(scenario => scenario.steps.some(step => [step.from, step.to, step.by, step.on].includes(id))).map(scenario => scenario.id),
      ];
      for (const other of wanted) expect(linked.has(other), `no link from ${id} to ${other}`);
    }
  });

  await check('what is typed finds names, topics and details', async () => {
    const found = async query => { await open('components'); await search(query); same(new URLSearchParams((await hash()).split('?')[1]).get('q'), query, 'the address'); return page.$$eval('.item', items => items.map(item => item.dataset.component)); };
    const plain = model.components.filter(({ name }) => /^[A-Za-z][\w ]{3,}$/.test(name)).slice(0, 5);
    for (const { id, name } of plain) expect((await found(name)).includes(id), `\`${name}\` does not find ${id}`);
    // What only the details say.
    for (const component of model.components.filter(one => one.functions?.some(name => /^[a-z_]{6,}$/.test(name))).slice(0, 3)) {
      const word = component.functions.find(name => /^[a-z_]{6,}$/.test(name));
      expect((await found(word)).includes(component.id), `the function \`${word}\` does not find ${component.id}`);
    }
    for (const component of model.components.filter(one => /^[A-Za-z]{4,}$/.test(one.technology ?? '')).slice(0, 2)) expect((await found(component.technology)).includes(component.id), `\`${component.technology}\` does not find ${component.id}`);
    if (!options.full) return;
    expect((await found('governance')).includes('audit_service'), 'a layer does not find who is in it');
    const kafka = await found('kafka'), audit = await found('audit');
    same(kafka[0], 'kafka', 'the first hit of `kafka`');
    expect(kafka.includes('kafka_connect'), `no kafka_connect in ${kafka}`);
    same(audit[0], 'audit_service', 'the first hit of `audit`');
    expect((await found('compliance.alerts')).includes('audit_service'), 'a topic does not find its consumer');
    same((await found('kafk'))[0], 'kafka', 'the first hit while it is typed');
    expect((await found('kafke')).includes('kafka'), 'a slip finds nothing');
    same(await found('xyzzy'), [], 'what is not there');
    await click('.nothing .textual');
    expect(await count('.item') > 0, 'clearing the search shows nothing');
  });

  await check('cards and list show the same', async () => {
    await open('components');
    const cards = await texts('.item-name');
    await page.evaluate(() => [...document.querySelectorAll('.switch button')].find(button => button.textContent === 'List').click());
    await settle();
    expect((await hash()).includes('as=list') && await count('.item.row') > 0 && await count('.item.card') === 0, 'no list');
    const rows = await texts('.item-name');
    same(rows.slice(0, cards.length), cards.slice(0, rows.length), 'names');
  });

  await check('every filter narrows, and all of them together', async () => {
    const of = { layer: one => [one.layer], category: one => [one.category], kind: one => [one.kind], deployment: one => [one.deployment], owner: one => [one.owner], tag: one => one.tags ?? [] };
    const richest = model.components.map(one => Object.fromEntries(Object.entries(of).map(([key, values]) => [key, values(one).find(Boolean)]).filter(([, value]) => value))).sort((a, b) => Object.keys(b).length - Object.keys(a).length)[0];
    const shown = async settings => { await open(`components?${new URLSearchParams(Object.fromEntries(Object.entries(settings).map(([key, list]) => [key, list.map(encodeURIComponent).join(',')])))}`); return parseInt(await text('.count'), 10); };
    const passing = settings => model.components.filter(one => Object.entries(settings).every(([key, list]) => of[key](one).some(value => list.includes(value)))).length;
    const tried = [...Object.entries(richest).map(([key, value]) => ({ [key]: [value] })), Object.fromEntries(Object.entries(richest).map(([key, value]) => [key, [value]])), { kind: [...new Set(model.components.map(one => one.kind))].slice(0, 2) }];
    for (const settings of tried) same(await shown(settings), passing(settings) + removed(settings, of), JSON.stringify(settings));
  });

  await check('filters combine, and live in the address', async () => {
    const { kind, layer } = model.components.find(component => component.layer) ?? first;
    await load(`components?kind=${encodeURIComponent(kind)}&layer=${encodeURIComponent(layer ?? '')}`);
    const wanted = [...model.components, ...gone].filter(component => component.kind === kind && (!layer || component.layer === layer));
    expect((await text('.count')).startsWith(`${wanted.length} `), `not ${wanted.length} components`);
    await open('components');
    if (await count('.filters fieldset')) { await click('.filters fieldset input'); expect(/[?&](layer|category|kind|deployment|owner|tag)=/.test(await hash()), 'the filter is not in the address'); }
  });
}
