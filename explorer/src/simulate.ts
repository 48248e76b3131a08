// A scenario as hops with running totals, and what happens to it when a component is down.
//   in : an Index and a Scenario
//   out: hops; the first that breaks
// It knows nothing about time on the clock and the screen.
import { nameOf, type Index, type Scenario, type Step } from './model';

/** One message of a scenario, ready to be shown. */
export interface Hop {
  step: Step;
  /** The elements that it touches, in order: sender, topic or broker, receiver. */
  path: string[];
  /** The broker that its topic is on. */
  broker?: string;
  /** Everybody that the event reaches when it is published. */
  fanout: string[];
  title: string;
  /** Milliseconds of this hop, if stated. */
  latency?: number;
  /** Milliseconds from the start. */
  total: number;
}

const UNITS: Record<string, number> = { us: 0.001, ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A duration such as `90ms` in milliseconds. */
export function milliseconds(text?: string): number | undefined {
  const match = /^([\d.]+)\s*(us|ms|s|m|h|d)$/.exec(text ?? '');
  return match ? Number(match[1]) * (UNITS[match[2]!] ?? NaN) : undefined;
}

/** Milliseconds as people read them. */
export function duration(value: number): string {
  if (value < 1000) return `${round(value)} ms`;
  return value < 60_000 ? `${round(value / 1000)} s` : `${round(value / 60_000)} min`;
}

const round = (value: number): string => String(Math.round(value * 100) / 100);

/** The hops of a scenario in order. */
export function hops(all: Index, scenario: Scenario): Hop[] {
  let total = 0;
  return scenario.steps.map(step => {
    const latency = milliseconds(step.latency);
    total += latency ?? 0;
    return { step, path: path(all, step), broker: step.topic ? all.topic.get(step.topic)?.broker : undefined, fanout: fanout(all, step), title: title(all, step), latency, total };
  });
}

function path(all: Index, step: Step): string[] {
  const topic = step.topic ? all.topic.get(step.topic) : undefined;
  const middle = topic ? [topic.broker, topic.id] : [];
  const ids = step.action === 'consume' ? [...middle, step.by] : step.action === 'note' ? [step.on] : [step.from, ...middle, step.to];
  return ids.filter((id): id is string => id !== undefined);
}

function fanout(all: Index, step: Step): string[] {
  if (step.action !== 'publish' || !step.topic) return [];
  return (all.topic.get(step.topic)?.consumers ?? []).map(party => party.component);
}

function title(all: Index, step: Step): string {
  const name = (id?: string) => (id ? nameOf(all, id) : '?');
  switch (step.action) {
    case 'publish': return `${name(step.from)} publishes to ${name(step.topic)}`;
    case 'consume': return `${name(step.by)} consumes ${name(step.topic)}`;
    case 'return': return `${name(step.from)} answers ${name(step.to)}`;
    case 'note': return name(step.on);
    default: return `${name(step.from)} calls ${name(step.to)}`;
  }
}

/** Where a scenario breaks when `down` is not there, and who in it is then not reached. */
export interface Break { scenario: Scenario; at: number; lost: string[] }

/**
 * A hop that touches the missing component fails. After a failed call nothing later happens;
 * after a failed consumption the others still receive the event.
 */
export function breaks(all: Index, down: string): Break[] {
  const found: Break[] = [];
  for (const scenario of all.model.scenarios) {
    const line = hops(all, scenario);
    const at = line.findIndex(hop => hop.path.includes(down));
    if (at < 0) continue;
    found.push({ scenario, at, lost: lost(line, at, down) });
  }
  return found;
}

function lost(line: Hop[], at: number, down: string): string[] {
  const first = line[at]!;
  const alone = first.step.action === 'consume' && first.step.by === down;
  const rest = alone ? line.slice(at).filter(hop => hop.path.includes(down)) : line.slice(at);
  const before = new Set(line.slice(0, at).flatMap(hop => hop.path));
  const ids = rest.flatMap(hop => hop.path).filter(id => id !== down && !before.has(id));
  return [...new Set(ids)];
}
