// Topics and findings: tables, the picture of a topic, findings at their elements.
//   in : a page in use (see use.mjs)
//   out: nothing; each check says whether it holds
import { expect, same } from './use.mjs';

export default async function ({ check, open, unfold, count, text, texts, model, findings, options, partiesOf }) {
  await check('every topic has its parties', async () => {
    await open('topics');
    const shown = (await text('main')).replace(/\s+/g, ' ');
    // Of a long list only what is in sight is in the page.
    for (const topic of model.topics.slice(0, model.topics.length > 200 ? 10 : 100)) expect(shown.includes(topic.id), `${topic.id} is missing`);
  });

  await check('a topic has a picture of its producers and consumers, patterns expanded', async () => {
    for (const topic of model.topics.slice(0, 8)) {
      await open(`topics?sel=${encodeURIComponent(topic.id)}`);
      const drawn = await text('.fan');
      const clip = name => [...name].slice(0, 20).join('');
      for (const party of [...(topic.producers ?? []), ...(topic.consumers ?? [])]) {
        expect(drawn.includes(clip(model.components.find(one => one.id === party.component).name)), `${party.component} is not in the picture of ${topic.id}`);
        if (party.pattern) expect(drawn.includes(clip(party.pattern)), `the pattern ${party.pattern} is not told`);
      }
      same(await count('.fan-card'), partiesOf(topic).length, `cards of ${topic.id}`);
    }
    if (options.full) expect(model.topics.some(topic => topic.consumers?.some(party => party.pattern)), 'no pattern is tried');
  });

  await check('the search of topics narrows, and the chosen topic is marked', async () => {
    const { topics } = model;
    if (topics.length < 2) return;
    const { id } = topics.at(-1);
    await open(`topics?q=${encodeURIComponent(id)}`);
    same(await text('.fan-topic title'), id, 'the picture');
    await open(`topics?q=${encodeURIComponent('no such topic')}`);
    expect((await text('.nothing')).includes('Nothing matches'), 'nothing is said about an empty list');
    await open(`topics?sel=${encodeURIComponent(id)}`);
    if (topics.length <= 200) same((await texts('tr[aria-current] th a'))[0], id, 'the marked row');
    else expect(await count('.topic-row') < 60, `the list is not virtual: ${await count('.topic-row')} rows`);
  });

  await check('findings stand at the elements concerned', async () => {
    const concerned = findings.flatMap(finding => (finding.subjects ?? []).map(subject => [finding, subject])).filter(([, subject]) => /^(component|topic):/.test(subject)).slice(0, 6);
    for (const [finding, subject] of concerned) {
      const id = subject.slice(subject.indexOf(':') + 1);
      if (!model.components.concat(model.topics).some(one => one.id === id)) continue;
      await open(`${subject.startsWith('topic') ? 'topics' : 'components'}?sel=${encodeURIComponent(id)}`);
      const told = (await texts('.details .finding')).join('\n');
      expect(told.includes(finding.code) && told.includes(`${finding.file}:${finding.line}:${finding.column}`), `${finding.code} is not at ${id}`);
    }
    if (options.findings) expect(concerned.length > 0, 'there is nothing to try');
  });

  await check('every finding is told', async () => {
    await open('findings');
    const shown = await count('main .finding');
    const more = (await texts('main .textual')).join();
    if (shown < findings.length) same(more, `Show all ${findings.length}`, 'the way to the rest');
    else same(more, '', 'a way to more than there is');
    await unfold('main');
    same(await count('main .finding'), findings.length, 'findings');
  });
}
