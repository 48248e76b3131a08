// The request flow simulator: a scenario played on the architecture and on its sequence diagram.
//   in : the route's settings
//   out: changes of the settings
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { ChangeChip, Chip, markOf, marksOf as changesOf, Name, SIGNS, useShared } from '../bits';
import { participants, type Index, type Scenario, type View } from '../model';
import { Picture, type Marks, type Message } from '../picture';
import { link, type Route } from '../route';
import { breaks, duration, hops, milliseconds, type Hop } from '../simulate';
import { hopOf } from '../trace';

interface Properties { route: Route; change: (settings: Record<string, string>) => void; select: (id: string | undefined) => void }

const SPEEDS: [string, string][] = [['0.5', '½×'], ['1', '1×'], ['2', '2×'], ['4', '4×']];
const HOP_MILLISECONDS = 1600;

export function Simulator({ route, change, select: pick }: Properties): JSX.Element {
  const { all } = useShared();
  const scenario = all.listed.scenarios.find(candidate => candidate.id === route.settings.scenario) ?? all.listed.scenarios[0];
  const line = useMemo(() => (scenario ? hops(all, scenario) : []), [all, scenario]);
  const at = Math.min(Math.max(0, Number(route.settings.step) || 0), line.length);
  const speed = Number(route.settings.speed) || 1;
  const down = route.settings.down || undefined;
  const [isPlaying, setPlaying] = useState(false);
  const broken = useMemo(() => (down ? breaks(all, down) : []), [all, down]);
  const wall = broken.find(item => item.scenario === scenario)?.at ?? line.length;
  const go = (to: number) => change({ step: String(Math.min(Math.max(0, to), line.length)) });
  useEffect(() => {
    if (!isPlaying) return;
    if (at >= line.length || at > wall) { setPlaying(false); return; }
    const timer = setTimeout(() => go(at + 1), HOP_MILLISECONDS / speed);
    return () => clearTimeout(timer);
  }, [isPlaying, at, speed, wall, line.length]);
  const hop = line[at - 1];
  const isGone = scenario !== undefined && !all.model.scenarios.includes(scenario);
  const marks = useMemo(() => ({ ...marksOf(hop, down), changes: isGone ? undefined : changesOf(all) }), [all, hop, down, isGone]);
  const stage = useMemo(() => (scenario ? stages(all, scenario) : {}), [all, scenario]);
  const outage = useMemo(() => ({ down }), [down]);
  if (!scenario) return <p class="nothing">The specification has no scenarios. Write one under <code>scenarios:</code>, and it can be played here.</p>;
  const { architecture, sequence } = stage;
  const play = () => { if (!isPlaying && at >= line.length) go(0); setPlaying(!isPlaying); };
  return (
    <div class="simulator">
      <div class="tools">
        <label>Scenario <select value={scenario.id} onChange={event => { setPlaying(false); change({ scenario: event.currentTarget.value, step: '' }); }}>{all.listed.scenarios.map(({ id, name }) => <option key={id} value={id}>{signOf(all, id)}{name}</option>)}</select> <ChangeChip mark={markOf(all, `scenario:${scenario.id}`)} /></label>
        <div class="switch" role="group" aria-label="Playback">
          <button onClick={() => go(0)} disabled={at === 0} aria-label="To the start" title="To the start"><Sign of="start" /></button>
          <button onClick={() => go(at - 1)} disabled={at === 0} aria-label="One step back" title="One step back"><Sign of="back" /></button>
          <button class="primary" onClick={play} aria-label={isPlaying ? 'Pause' : 'Play'} title={isPlaying ? 'Pause' : 'Play'}><Sign of={isPlaying ? 'pause' : 'play'} /></button>
          <button onClick={() => go(at + 1)} disabled={at >= line.length} aria-label="One step on" title="One step on"><Sign of="on" /></button>
        </div>
        <label>Speed <select value={String(speed)} onChange={event => change({ speed: event.currentTarget.value })}>{SPEEDS.map(([value, title]) => <option key={value} value={value}>{title}</option>)}</select></label>
        <label>What if <select value={down ?? ''} onChange={event => change({ down: event.currentTarget.value })}><option value="">everything runs</option>{all.model.components.map(({ id, name }) => <option key={id} value={id}>{name} is down</option>)}</select></label>
      </div>
      {isGone && <p class="notice">Removed since {all.payload.changes?.base}; played as it was there, in the picture of both versions</p>}
      <Story hop={hop} at={at} line={line} wall={wall} budget={scenario.budget} trigger={scenario.trigger} description={scenario.description} tags={scenario.tags} down={down} all={all} />
      <div class="stages">
        {architecture && <Picture svg={pictureOf(architecture) ?? ''} title={architecture.title} marks={marks} onSelect={pick} camera={`simulator ${architecture.id}`} followed={hop?.path[0]} />}
        {sequence?.pictures.sequence && <Picture svg={sequence.pictures.sequence} title={`${scenario.name}, sequence`} camera={`simulator scenario ${scenario.id}`} onSelect={pick} isSequence message={messageAt(line, at)} marks={outage} />}
        <Steps line={line} at={at} wall={wall} onPick={go} />
      </div>
      {down && <Outage down={down} broken={broken} all={all} />}
    </div>
  );
}

/** The pictures of a scenario. What a removed one needs may be gone too, so it plays on the picture of both versions. */
function stages(all: Index, scenario: Scenario): { architecture?: View; sequence?: View } {
  const isGone = !all.model.scenarios.includes(scenario);
  const sequence = (isGone ? all.payload.changes?.scenes : all.payload.views)?.find(view => view.scenario === scenario.id);
  return { architecture: isGone ? all.changed : stageOf(all, scenario), sequence };
}

/** The first view that shows most of those who take part. */
function stageOf(all: Index, scenario: Scenario): View | undefined {
  const cards = [...participants(scenario)].filter(id => all.component.has(id)).map(id => `data-node="${id}"`);
  let best: View | undefined, most = -1;
  for (const view of all.payload.views) {
    const svg = pictureOf(view);
    if (!svg) continue;
    const shown = cards.filter(card => svg.includes(card)).length;
    if (shown > most) [best, most] = [view, shown];
    if (shown === cards.length) break;
  }
  return best;
}

const pictureOf = ({ pictures }: View): string | undefined => pictures.hub ?? pictures.nodes ?? pictures.direct;

/** The sign of a scenario's change, for lists that hold text alone. */
function signOf(all: Index, id: string): string {
  const mark = markOf(all, `scenario:${id}`);
  return mark ? `${SIGNS[mark]} ` : '';
}

/** Where the hop stands in the sequence diagram: notes and messages are counted apart there. */
function messageAt(line: Hop[], at: number): Message | undefined {
  const hop = line[at - 1];
  if (!hop) return undefined;
  const isNote = hop.step.action === 'note';
  return { kind: isNote ? 'note' : 'edge', at: line.slice(0, at).filter(other => (other.step.action === 'note') === isNote).length };
}

/** The active hop: its elements, and only the edges that it takes, whether the picture draws the topic, the broker, or neither. */
function marksOf(hop: Hop | undefined, down?: string): Marks {
  if (!hop) return { down };
  const { from, to, by, topic } = hop.step;
  const pairs = new Set<string>();
  const stations = [topic, hop.broker].filter((id): id is string => id !== undefined);
  for (const station of stations) for (const end of [by, ...hop.fanout]) if (end) pairs.add(hopOf(station, end));
  if (from) for (const end of [to, ...stations, ...hop.fanout]) if (end) pairs.add(hopOf(from, end));
  // An answer takes the way of its call.
  if (hop.step.action === 'return' && from && to) pairs.add(hopOf(to, from));
  return { active: new Set([...hop.path, ...hop.fanout]), activeEdge: (source, target) => pairs.has(hopOf(source, target)), down };
}

/** Signs of the playback buttons, drawn alike on every system. */
const SIGN_PATHS = { start: 'M3 2h2v12H3zM14 2v12L6 8z', back: 'M13 2v12H11V2zM9 2v12L2 8z', play: 'M4 2l10 6-10 6z', pause: 'M3 2h4v12H3zM9 2h4v12H9z', on: 'M3 2v12h2V2zM7 2v12l7-6z' };

function Sign({ of }: { of: keyof typeof SIGN_PATHS }): JSX.Element {
  return <svg class="sign" viewBox="0 0 16 16" aria-hidden="true"><path d={SIGN_PATHS[of]} /></svg>;
}

interface StoryProperties { hop?: Hop; at: number; line: Hop[]; wall: number; budget?: string; trigger?: string; description?: string; tags?: string[]; down?: string; all: Index }

function Story({ hop, at, line, wall, budget, trigger, description, tags, down, all }: StoryProperties): JSX.Element {
  const limit = milliseconds(budget);
  const whole = line[line.length - 1]?.total ?? 0;
  const stated = line.filter(item => item.latency !== undefined).length;
  const isBroken = down !== undefined && at > wall;
  return (
    <div class={isBroken ? 'story is-broken' : 'story'} role="status">
      <p class="story-step"><strong>{at === 0 ? 'Start' : `Step ${at} of ${line.length}`}</strong> {hop ? hop.title : trigger}{isBroken && ' '}{isBroken && <Chip tone="error">stops here: {all.component.get(down)?.name} is down</Chip>}</p>
      <p class="story-text">{hop ? hop.step.label : description}{!hop && tags?.map(tag => <> <Chip key={tag}>{tag}</Chip></>)}{hop?.step.topic && <> <Name id={hop.step.topic} /></>}{hop && hop.fanout.length > 0 && <> {isBroken ? 'does not reach' : 'reaches'} {hop.fanout.map((id, index) => <>{index > 0 && ', '}<Name key={id} id={id} /></>)}</>}</p>
      <p class="story-time">
        {hop?.latency !== undefined && <Chip>+{duration(hop.latency)}</Chip>}
        <span>Total {duration(hop?.total ?? 0)}{limit !== undefined && ` of ${duration(limit)}`}</span>
        {limit !== undefined && <meter min={0} max={Math.max(limit, whole)} high={limit} value={hop?.total ?? 0} aria-label="Share of the budget used">{Math.round((100 * (hop?.total ?? 0)) / limit)} %</meter>}
        <small>{stated} of {line.length} steps state a latency{limit !== undefined && whole > limit ? `; the whole is over the budget by ${duration(whole - limit)}` : ''}</small>
      </p>
    </div>
  );
}

function Steps({ line, at, wall, onPick }: { line: Hop[]; at: number; wall: number; onPick: (at: number) => void }): JSX.Element {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    // Not `scrollIntoView`: it would also move what is around the list.
    const box = list.current, row = box?.querySelector<HTMLElement>('[aria-current]');
    if (!box || !row) return;
    const [inner, outer] = [row.getBoundingClientRect(), box.getBoundingClientRect()];
    if (inner.top < outer.top || inner.bottom > outer.bottom) box.scrollTop += inner.top - outer.top - outer.height / 3;
  }, [at]);
  return (
    <ol class="steps" aria-label="Steps" ref={list}>
      {line.map((hop, index) => (
        <li key={index}><button class={index > wall ? 'lost' : index === wall ? 'broken' : ''} aria-current={index + 1 === at ? 'step' : undefined} onClick={() => onPick(index + 1)}>
          <span>{hop.title}</span>{hop.step.label && <small>{hop.step.label}</small>}{hop.latency !== undefined && <small>{duration(hop.latency)}</small>}
        </button></li>
      ))}
    </ol>
  );
}

function Outage({ down, broken, all }: { down: string; broken: ReturnType<typeof breaks>; all: Index }): JSX.Element {
  return (
    <section class="outage" aria-label="What breaks">
      <h2>If {all.component.get(down)?.name} is down</h2>
      {broken.length === 0 ? <p>No scenario touches it.</p> : (
        <ul class="rows">{broken.map(({ scenario, at, lost }) => (
          <li key={scenario.id}><a href={link('simulator', { scenario: scenario.id, down, step: String(at + 1) })}>{scenario.name}</a> <ChangeChip mark={markOf(all, `scenario:${scenario.id}`)} /> breaks at step {at + 1}
            <small>{lost.length === 0 ? 'nobody else is affected' : <>not reached: {lost.map((id, index) => <>{index > 0 && ', '}<Name key={id} id={id} /></>)}</>}</small></li>
        ))}</ul>
      )}
    </section>
  );
}
