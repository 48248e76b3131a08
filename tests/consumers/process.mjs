// Child processes with a time limit, two at a time.
//   in : a program, its arguments and standard input
//   out: { status, stdout, stderr }; status is a text when the program could not be run to its end
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A program this machine lacks: the caller tells the user to run install.sh. */
export class MissingProgram extends Error {}

/** The full path of the first of these programs that is on the PATH. */
export function findProgram(...names) {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      try { accessSync(join(folder, name), constants.X_OK); return join(folder, name); } catch { /* not in this folder */ }
    }
  }
  throw new MissingProgram(`${names[0]} is not installed`);
}

/** A file of an npm package that install.sh installed. */
export function packageFile(path) {
  const file = fileURLToPath(new URL(`./node_modules/${path}`, import.meta.url));
  try { accessSync(file); } catch { throw new MissingProgram(`${path} is not installed`); }
  return file;
}

const children = new Set();

export function run(program, args, { input = '', cwd, timeout = 60_000 } = {}) {
  return new Promise(resolve => {
    const child = spawn(program, args, { cwd, stdio: ['pipe', 'pipe', 'pipe'] });
    const out = [], err = [];
    let late = false;
    const timer = setTimeout(() => { late = true; child.kill('SIGKILL'); }, timeout);
    const done = status => {
      clearTimeout(timer);
      children.delete(child);
      resolve({ status, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() });
    };
    children.add(child);
    child.stdout.on('data', data => out.push(data));
    child.stderr.on('data', data => err.push(data));
    child.stdin.on('error', () => { /* it did not read everything; its status tells why */ });
    child.on('error', error => done(error.message));
    child.on('close', (code, signal) => done(late ? `no answer in ${timeout / 1000} s` : code ?? signal));
    child.stdin.end(input);
  });
}

export function killAll() {
  for (const child of children) child.kill('SIGKILL');
}

/** Runs `task` over `items`, `lanes` at a time, and keeps the order of the answers. */
export async function inParallel(items, task, lanes = 2) {
  const answers = new Array(items.length);
  let next = 0;
  const lane = async () => { while (next < items.length) { const index = next++; answers[index] = await task(items[index], index); } };
  await Promise.all(Array.from({ length: lanes }, lane));
  return answers;
}
