// Light, dark, or as the system says; kept in the browser where it allows that.
export type Theme = 'system' | 'light' | 'dark';
const KEY = 'archviz-theme';
const ORDER: Theme[] = ['system', 'light', 'dark'];

/** The next theme of the button. */
export const nextTheme = (theme: Theme): Theme => ORDER[(ORDER.indexOf(theme) + 1) % ORDER.length]!;

/** The theme kept; a page opened from a file may have no storage. */
export function readTheme(): Theme {
  try {
    return ORDER.find(theme => theme === localStorage.getItem(KEY)) ?? 'system';
  } catch {
    return 'system';
  }
}

/** Applies and keeps a theme. */
export function writeTheme(theme: Theme): void {
  const isDark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
  try {
    localStorage.setItem(KEY, theme);
  } catch { /* then it lasts until the page is closed */ }
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => writeTheme(readTheme()));
