// Collects what every consumer said about every file and prints it.
//   in : results (file, consumer, problems)
//   out: JSON or lines for people, the last one `N passed, N failed`; a file passes when all its consumers are content

export class Report {
  #files = new Map();
  #note;

  /** A file that `expected` consumers will speak about; one that stays silent is a failure. */
  expect(path, kind, expected) {
    this.#files.set(path, { path, kind, expected, consumers: [], problems: [] });
  }

  add(path, consumer, { problems, level }) {
    const file = this.#files.get(path);
    file.consumers.push({ consumer, level });
    file.problems.push(...problems.map(problem => ({ consumer, problem })));
  }

  problem(path, problem) {
    this.#files.get(path).problems.push({ consumer: 'checker', problem });
  }

  /** Something about the whole run. */
  note(text) {
    this.#note = text;
  }

  get files() {
    return [...this.#files.values()].map(({ expected, ...file }) => {
      const silent = expected - file.consumers.length;
      const problems = silent > 0 ? [...file.problems, { consumer: 'checker', problem: `${silent} of ${expected} consumers did not answer` }] : file.problems;
      return { ...file, problems, ok: problems.length === 0 };
    });
  }

  get passed() { return this.files.filter(file => file.ok).length; }
  get failed() { return this.files.length - this.passed; }
  get summary() { return `${this.passed} passed, ${this.failed} failed`; }

  json() {
    return JSON.stringify({ passed: this.passed, failed: this.failed, note: this.#note, files: this.files }, null, 1);
  }

  lines() {
    const bad = this.files.filter(file => !file.ok);
    return [...bad.flatMap(file => [`FAIL ${file.path}`, ...grouped(file).map(line => `     ${line}`)]), ...(this.#note ? [this.#note] : []), this.summary];
  }
}

/** Consumers that say the same share a line. */
function grouped(file) {
  const lines = new Map();
  for (const { consumer, problem } of file.problems) lines.set(problem, [...(lines.get(problem) ?? []), consumer]);
  return [...lines].map(([problem, consumers]) => `${[...new Set(consumers)].join(', ')}: ${problem}`);
}
