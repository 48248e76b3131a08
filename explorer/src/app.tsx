// The page: its head, the screens, the details beside them.
//   in : the data of the page
//   out: everything on the screen
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { Section, SharedContext } from './bits';
import { Details, hasDetails } from './details';
import { index, type Payload } from './model';
import { back, SCREENS, useRoute, type Route, type Screen } from './route';
import { Architecture } from './screens/architecture';
import { ChangesScreen } from './screens/changes';
import { Components } from './screens/components';
import { Findings } from './screens/findings';
import { Simulator } from './screens/simulator';
import { Topics } from './screens/topics';
import { nextTheme, readTheme, writeTheme, type Theme } from './theme';

const TITLES: Record<Screen, string> = { components: 'Components', architecture: 'Architecture', simulator: 'Simulator', topics: 'Topics', changes: 'Changes', findings: 'Findings' };

export function App({ payload }: { payload: Payload }): JSX.Element {
  const [route, change] = useRoute();
  const isMarking = route.settings.changes !== 'off';
  const all = useMemo(() => index(payload, isMarking ? payload.changes : undefined), [payload, isMarking]);
  const select = (id: string | undefined) => change({ sel: id ?? '' });
  const shared = useMemo(() => ({ all, select }), [all, route.screen]);
  const selected = route.settings.sel;
  useEffect(() => { document.title = `${TITLES[route.screen]} · ${all.model.name}`; }, [route.screen, all]);
  useEffect(() => {
    const close = (event: KeyboardEvent) => { if (event.key === 'Escape' && !closeMenu()) select(undefined); };
    addEventListener('keydown', close);
    return () => removeEventListener('keydown', close);
  }, []);
  useEffect(() => {
    // An open menu lies above the page; who goes on elsewhere is done with it.
    const close = ({ target }: Event) => { for (const menu of document.querySelectorAll<HTMLDetailsElement>('details.menu[open]')) if (!menu.contains(target as Node)) menu.open = false; };
    for (const kind of ['pointerdown', 'focusin'] as const) addEventListener(kind, close);
    return () => { for (const kind of ['pointerdown', 'focusin'] as const) removeEventListener(kind, close); };
  }, []);
  const isOpen = selected !== undefined && hasDetails(all, selected);
  return (
    <SharedContext.Provider value={shared}>
      <Head payload={payload} route={route} marking={isMarking} onMarking={on => change({ changes: on ? '' : 'off' })} />
      {payload.problem && <p class="problem" role="alert">{payload.problem}</p>}
      <div class={isOpen ? 'body with-details' : 'body'}>
        <main id="main" tabIndex={-1}><ScreenOf route={route} change={change} select={select} /></main>
        {isOpen && <Details id={selected!} onClose={() => select(undefined)} />}
      </div>
    </SharedContext.Provider>
  );
}

function ScreenOf({ route, change, select }: { route: Route; change: (settings: Record<string, string>) => void; select: (id: string | undefined) => void }): JSX.Element {
  switch (route.screen) {
    case 'architecture': return <Architecture route={route} change={change} select={select} />;
    case 'simulator': return <Simulator route={route} change={change} select={select} />;
    case 'topics': return <Topics route={route} change={change} />;
    case 'changes': return <ChangesScreen route={route} change={change} />;
    case 'findings': return <Findings />;
    default: return <Components route={route} change={change} />;
  }
}

/** Closes the open menu; the focus goes back to what opened it. */
function closeMenu(): boolean {
  const menu = document.querySelector<HTMLDetailsElement>('details.menu[open]');
  if (!menu) return false;
  menu.open = false;
  menu.querySelector('summary')?.focus();
  return true;
}

interface HeadProperties { payload: Payload; route: Route; marking: boolean; onMarking: (on: boolean) => void }

function Head({ payload, route, marking, onMarking }: HeadProperties): JSX.Element {
  const { model, findings, changes } = payload;
  useEffect(() => document.querySelector('.head nav [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' }), [route.screen]);
  const counts: Partial<Record<Screen, number>> = { components: model.components.length, simulator: model.scenarios.length, topics: model.topics.length, findings: findings.length, changes: changes?.report.changes.length };
  const screens = SCREENS.filter(screen => screen !== 'changes' || changes);
  return (
    <header class="head">
      <a class="skip" href="#main" onClick={event => { event.preventDefault(); document.getElementById('main')?.focus(); }}>Skip to content</a>
      <h1>{model.name} {model.platform_version && <small>{model.platform_version}</small>}</h1>
      <About payload={payload} />
      <nav aria-label="Screens">{screens.map(screen => <a key={screen} href={back(screen)} aria-current={screen === route.screen ? 'page' : undefined}>{TITLES[screen]}{counts[screen] !== undefined && <span class="number">{counts[screen]}</span>}</a>)}</nav>
      {changes && <button class="marking" aria-pressed={marking} title={`Marks what changed since ${changes.base}`} onClick={() => onMarking(!marking)}>± Changes</button>}
      <ThemeButton />
    </header>
  );
}

/** What the specification says about the whole: its description, its figures and its owners. */
function About({ payload }: { payload: Payload }): JSX.Element | null {
  const { description, facts, metadata } = payload.model;
  const groups = [...new Set(facts.map(fact => fact.group))];
  if (!description && facts.length === 0 && metadata === undefined) return null;
  return (
    <details class="menu about">
      <summary>About</summary>
      <div class="menu-body">
        {description && <p class="prose">{description}</p>}
        {groups.map(group => (
          <Section key={group} title={group} show>
            <dl class="facts">{facts.filter(fact => fact.group === group).map(({ name, value, note }, at) => <div key={at}><dt>{name}</dt><dd>{value}{note && <small> {note}</small>}</dd></div>)}</dl>
          </Section>
        ))}
        <Section title="Metadata" show={metadata}><pre>{JSON.stringify(metadata, null, 2)}</pre></Section>
        <p><small>Made by archviz {payload.archviz}</small></p>
      </div>
    </details>
  );
}

function ThemeButton(): JSX.Element {
  const [theme, setTheme] = useState<Theme>(readTheme);
  useEffect(() => writeTheme(theme), [theme]);
  return <button class="plain theme" onClick={() => setTheme(nextTheme(theme))} aria-label={`Theme: ${theme}. Change it`}>{theme === 'dark' ? '☾' : theme === 'light' ? '☀' : '◐'}</button>;
}
