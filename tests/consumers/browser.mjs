// One headless Chromium for all pages.
//   in : nothing but the environment (CHROMIUM names another program)
//   out: pages without network access that remember errors, attempted requests and dialogs
// It knows nothing about diagrams.
import puppeteer from 'puppeteer-core';
import { removeFolder, temporaryFolder } from './folder.mjs';
import { findProgram } from './process.mjs';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--disable-dev-shm-usage', '--disable-renderer-backgrounding', '--disable-background-timer-throttling', '--disable-backgrounding-occluded-windows'];
const OFFLINE = /^(data|about|blob):/;

/** The shared browser as a promise, so that callers at the same time start only one. */
let running;

/** The shared browser; started on first use and again after it died. */
export async function browser() {
  const current = await running?.catch(() => {});
  if (current?.connected) return current;
  // Another caller may have started a new one while this one waited.
  if (running && (await running.catch(() => {})) !== current) return browser();
  running = launch();
  if (current) await stop(current);
  return running;
}

async function launch() {
  const profile = temporaryFolder('chromium');
  const program = process.env.CHROMIUM ?? findProgram('chromium', 'chromium-browser', 'google-chrome');
  const started = await puppeteer.launch({ executablePath: program, headless: true, userDataDir: profile, args: FLAGS, timeout: 180_000, protocolTimeout: 180_000 });
  return Object.assign(started, { profile });
}

export async function close() {
  const current = await running?.catch(() => {});
  running = undefined;
  if (current) await stop(current);
}

async function stop(old) {
  await old.close().catch(() => old.process()?.kill('SIGKILL'));
  removeFolder(old.profile);
}

/** An empty page. `page.notes` collects what went wrong on it since it was last emptied; `page.death` rejects when it crashes. */
export async function newPage({ allow = OFFLINE } = {}) {
  // Pages of one context share a process, and wait for each other.
  const context = await (await browser()).createBrowserContext();
  const page = await context.newPage();
  page.once('close', () => context.close().catch(() => { /* the browser has ended */ }));
  page.notes = [];
  page.death = new Promise((_, reject) => page.on('error', error => { page.crashed = true; reject(error); }));
  page.death.catch(() => { /* whoever works with the page waits for it */ });
  page.on('pageerror', error => page.notes.push(`uncaught: ${error.message ?? error}`));
  page.on('console', message => { if (message.type() === 'error') page.notes.push(`console: ${message.text()}`); });
  page.on('dialog', dialog => { page.notes.push(`dialog: ${dialog.message()}`); dialog.dismiss().catch(() => {}); });
  await page.setRequestInterception(true);
  page.on('request', request => {
    if (allow.test(request.url())) return request.continue();
    page.notes.push(`tried to load ${request.url().slice(0, 200)}`);
    return request.abort();
  });
  await page.setContent('<!doctype html><meta charset="utf-8"><body><div id="host"></div></body>');
  return page;
}
