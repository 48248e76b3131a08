// What is on the screen, kept in the address: every state can be shared as a link.
//   in : the part of the address after #
//   out: a Route and a way to change it
// It knows nothing about the model.
import { useEffect, useState } from 'preact/hooks';

export type Screen = 'components' | 'architecture' | 'simulator' | 'topics' | 'changes' | 'findings';
export const SCREENS: Screen[] = ['components', 'architecture', 'simulator', 'topics', 'changes', 'findings'];

/** A screen and its settings; a setting with several values joins them with commas. */
export interface Route { screen: Screen; settings: Record<string, string> }

/** Reads an address; anything unknown gives the first screen. */
export function parse(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const screen = SCREENS.find(known => known === path) ?? 'components';
  return { screen, settings: Object.fromEntries(new URLSearchParams(query)) };
}

/** Writes an address; empty settings are left out. */
export function format({ screen, settings }: Route): string {
  const entries = Object.entries(settings).filter(([, value]) => value !== '');
  const query = new URLSearchParams(entries).toString();
  return `#${screen}${query ? `?${query}` : ''}`;
}

/** Settings of the whole page: every link keeps them. */
const KEPT = ['changes'];
/** What each screen showed when it was left. */
const left = new Map<Screen, Record<string, string>>();

/** The address of a screen with some settings. */
export function link(screen: Screen, settings: Record<string, string> = {}): string {
  const now = parse(location.hash).settings;
  const kept = Object.fromEntries(KEPT.filter(key => now[key]).map(key => [key, now[key]!]));
  return format({ screen, settings: { ...kept, ...settings } });
}

/** The address of a screen as it was left; the details are closed. */
export function back(screen: Screen): string {
  const now = parse(location.hash);
  const settings = { ...(now.screen === screen ? now.settings : left.get(screen)), sel: '' };
  return link(screen, Object.fromEntries(Object.entries(settings).filter(([key]) => !KEPT.includes(key))));
}

/** Settings that are steps of a walk through the page: the way back leads through them. What is typed or played is none. */
const STEPS = ['sel', 'view', 'scenario'];

/** The current route, and a function that changes settings of it in place. */
export function useRoute(): [Route, (settings: Record<string, string>) => void] {
  const [route, setRoute] = useState(() => noted(parse(location.hash)));
  useEffect(() => {
    const follow = () => setRoute(noted(parse(location.hash)));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  const change = (settings: Record<string, string>) => {
    const current = parse(location.hash);
    const next = { screen: current.screen, settings: { ...current.settings, ...settings } };
    if (format(next) === format(current)) return;
    const isStep = STEPS.some(key => (settings[key] ?? current.settings[key] ?? '') !== (current.settings[key] ?? ''));
    history[isStep ? 'pushState' : 'replaceState'](null, '', format(next));
    setRoute(noted(next));
  };
  return [route, change];
}

function noted(route: Route): Route {
  left.set(route.screen, route.settings);
  return route;
}

/** The values of a setting that holds several. */
export function values(route: Route, key: string): string[] {
  return (route.settings[key] ?? '').split(',').filter(Boolean).map(decodeURIComponent);
}

/** Several values as one setting. */
export function joined(list: string[]): string {
  return list.map(encodeURIComponent).join(',');
}
