// One headless Chromium for all pages.
//   in : nothing but the environment (CHROMIUM names another program)
//   out: pages without network access that remember errors, attempted requests and dialogs
// It knows nothing about diagrams.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';
import { findProgram } from './process.mjs';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--disable-dev-shm-usage', '--disable-renderer-backgrounding', '--disable-background-timer-throttling', '--disable-backgrounding-occluded-windows'];
const OFFLINE = /^(data|about|blob):/;

let running;

/** The shared browser; started on first use and again after it died. */
export async function browser() {
  if (running?.connected) return running;
  await close();
  const profile = mkdtempSync(join(tmpdir(), 'archviz-chromium-'));
  const program = process.env.CHROMIUM ?? findProgram('chromium', 'chromium-browser', 'google-chrome');
  running = await puppeteer.launch({ executablePath: program, headless: true, userDataDir: profile, args: FLAGS, protocolTimeout: 120_000 });
  running.profile = profile;
  return running;
}

export async function close() {
  const old = running;
  running = undefined;
  if (!old) return;
  await old.close().catch(() => old.process()?.kill('SIGKILL'));
  rmSync(old.profile, { recursive: true, force: true, maxRetries: 5 });
}

/** An empty page. `page.notes` collects what went wrong on it since it was last emptied. */
export async function newPage({ allow = OFFLINE } = {}) {
  const page = await (await browser()).newPage();
  page.notes = [];
  page.on('error', error => { page.crashed = true; page.notes.push(`page crashed: ${error.message}`); });
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
