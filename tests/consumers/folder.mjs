// Temporary folders that are gone when the process is, however it ends.
//   in : a word for the name
//   out: the path of a new folder
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders = new Set();

export function temporaryFolder(word) {
  const folder = mkdtempSync(join(tmpdir(), `archviz-${word}-`));
  folders.add(folder);
  return folder;
}

export function removeFolder(folder) {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  folders.delete(folder);
}

process.on('exit', () => { for (const folder of folders) try { removeFolder(folder); } catch { /* a program still writes there */ } });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));
