#!/usr/bin/env python3
"""Measures what a run costs, and holds it to the gates; prints one Markdown table.

  python3 benches/speed.py [--out docs/speed.md] [--quick]

Builds the program and two probes, generates specifications of 32 to 100,000 components, and
runs every job in random order within rounds. CPU is user and system time of the process; on
a busy machine trust the ratios, which are taken within a round, and the instruction counts.
"""
import argparse, math, os, random, re, shutil, statistics, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
SIZES = [32, 1000, 10000, 100000]
ROUNDS = {0: 30, 32: 30, 1000: 15, 10000: 5, 100000: 3}
FORMATS = ["dot", "mermaid", "plantuml", "markdown"]
COUNTED_UP_TO = 1000
PICTURES = ("dot", "mermaid", "plantuml")

# Gate and target, both in the unit of the row; what is checked at which size.
CHECK_MS = {1000: (20, 10), 10000: (None, 75), 100000: (830, 700)}
TEXT_RATIO = {10000: (1.5, 1.5), 100000: (1.5, 1.5)}
START_MS = (3.0, 1.6)
GROWTH = (1.15, 1.15)
MEMORY = (12, 6)

HEAD = """# Speed

What a run costs, for specifications of 32 to 100,000 components with 1.3 flows each, made by
`benches/gen.py`. This page is written by

```sh
python3 benches/speed.py --out docs/speed.md
```

## How to read it

- **CPU** is user and system time of the whole process, the median over rounds in which all
  jobs run in random order. It depends on the machine: compare the columns beside it.
- **x reading** is CPU over that of `benches/parse_only.rs`, which reads the file into its
  syntax tree and stops. **x empty** is CPU over that of an empty program. Both are medians of
  ratios within a round, so that a busy machine slows both sides.
- **RSS / YAML** is the peak of resident memory over the size of the specification; small files
  show the program itself. Where GNU time is not installed, no peak is below that of Python.
- **Instructions** are counted by callgrind and hardly vary between runs.
- **Growth** is the exponent between two sizes: 1.0 is linear.

The gates: `check` takes at most 20 ms for 1,000 components and 0.83 s for 100,000; a text format
at most 1.5 times what `check` takes, at 10,000 and 100,000; starting takes at most 3 ms; growth
is at most 1.15; memory at most 12 times the specification. Targets are stricter and stand beside
them. Absolute times only count on a quiet machine.

"""


def main():
    options = arguments()
    binaries = build()
    specs = generate(options.sizes)
    jobs = make_jobs(binaries, specs)
    results = measure(jobs, options.rounds)
    correct_small_peaks(jobs, results)
    counts = count_instructions(jobs)
    text = table(results, specs, counts) + "\n" + growth(results) + "\n" + verdicts(results, specs)
    print(text)
    if options.out:
        with open(options.out, "w") as out:
            out.write(HEAD + text)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", help="also write the page there")
    parser.add_argument("--quick", action="store_true", help="up to 10,000 components, few rounds")
    parser.add_argument("--seed", type=int, default=1, help="seed of the order of runs")
    options = parser.parse_args()
    random.seed(options.seed)
    options.sizes = SIZES[:3] if options.quick else SIZES
    options.rounds = {n: min(rounds, 5) for n, rounds in ROUNDS.items()} if options.quick else ROUNDS
    return options


# -- What is run --------------------------------------------------------------------------


def build():
    base = ["cargo", "build", "--release", "--locked", "--quiet"]
    for what in (["--bin", "archviz"], ["--example", "parse_only", "--example", "empty"]):
        subprocess.run(base + what, cwd=ROOT, check=True)
    folder = os.path.join(os.environ.get("CARGO_TARGET_DIR", os.path.join(ROOT, "target")), "release")
    return {
        "archviz": os.path.join(folder, "archviz"),
        "parse_only": os.path.join(folder, "examples", "parse_only"),
        "empty": os.path.join(folder, "examples", "empty"),
    }


def bench_folder():
    return os.path.join(ROOT, "target", "bench")


def generate(sizes):
    generator = os.path.join(HERE, "gen.py")
    command = [sys.executable, generator, "--out", bench_folder(), "--sizes", ",".join(map(str, sizes))]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return {n: os.path.join(bench_folder(), "g%d.yaml" % n) for n in sizes}


def make_jobs(binaries, specs):
    """Commands by size and name; size 0 is what needs no specification."""
    archviz, out = binaries["archviz"], os.path.join(bench_folder(), "out")
    jobs = {(0, "empty"): [binaries["empty"]], (0, "--version"): [archviz, "--version"]}
    for n, spec in specs.items():
        jobs[n, "parse_only"] = [binaries["parse_only"], spec]
        jobs[n, "check"] = [archviz, "check", "--fail-on", "never", "--spec", spec]
        for name in FORMATS:
            job = [archviz, "render", "-f", name, "--view", "full", "-o", out, "--spec", spec]
            jobs[n, name] = job
    return jobs


# -- Measuring ----------------------------------------------------------------------------


def measure(jobs, rounds):
    """Lists of (CPU in ms, peak RSS in bytes) by job, one for each round."""
    for command in jobs.values():
        run(command)
    results = {job: [] for job in jobs}
    for number in range(max(rounds.values())):
        due = [job for job in jobs if number < rounds[job[0]]]
        random.shuffle(due)
        for job in due:
            results[job].append(run(jobs[job]))
    return results


def run(command):
    with open(os.devnull, "r+b") as null:
        actions = [(os.POSIX_SPAWN_DUP2, null.fileno(), fd) for fd in (0, 1, 2)]
        pid = os.posix_spawn(command[0], command, dict(os.environ), file_actions=actions)
    _, status, usage = os.wait4(pid, 0)
    if status != 0:
        sys.exit("failed with status %d: %s" % (status, " ".join(command)))
    return (usage.ru_utime + usage.ru_stime) * 1000, usage.ru_maxrss * 1024


def correct_small_peaks(jobs, results):
    """A child's peak starts at this interpreter's own size; GNU time is small enough to tell."""
    tool = shutil.which("time")
    for job, command in jobs.items() if tool else ():
        if job[0] <= COUNTED_UP_TO:
            done = subprocess.run([tool, "-f", "%M"] + command, capture_output=True, text=True, errors="replace")
            peak = int(done.stderr.split()[-1]) * 1024
            results[job] = [(cost, peak) for cost, _ in results[job]]


def count_instructions(jobs):
    if shutil.which("valgrind") is None:
        return {}
    return {job: instructions(command) for job, command in jobs.items() if job[0] <= COUNTED_UP_TO}


def instructions(command):
    with tempfile.TemporaryDirectory() as folder:
        tool = ["valgrind", "--tool=callgrind", "--callgrind-out-file=%s/out" % folder]
        done = subprocess.run(tool + command, capture_output=True, text=True, errors="replace")
    found = re.search(r"Collected\s*:\s*(\d+)", done.stderr)
    return int(found.group(1)) if found else None


# -- Reporting ----------------------------------------------------------------------------


def cpu(results, job):
    return statistics.median(cost for cost, _ in results[job])


def memory(results, job):
    return max(peak for _, peak in results[job])


def ratio(results, job, base):
    """The median of the ratios of rounds; CPU times of nothing count as a tenth of a tick."""
    pairs = zip(results[job], results[base])
    return statistics.median(mine / max(other, 0.1) for (mine, _), (other, _) in pairs)


def table(results, specs, counts):
    lines = [
        "| N | job | CPU ms | x reading | x empty | peak RSS MB | RSS / YAML | instructions |",
        "|---:|---|---:|---:|---:|---:|---:|---:|",
    ]
    for job in results:
        n, name = job
        reading = "%.2f" % ratio(results, job, (n, "parse_only")) if n else "–"
        peak = memory(results, job)
        share = "%.1f" % (peak / os.path.getsize(specs[n])) if n else "–"
        cells = [
            "{:,}".format(n) if n else "–", "`%s`" % name, "%.1f" % cpu(results, job), reading,
            "%.1f" % ratio(results, job, (0, "empty")), "%.1f" % (peak / 1e6), share,
            counted(job, counts),
        ]
        lines.append("| %s |" % " | ".join(cells))
    return "\n".join(lines) + "\n"


def counted(job, counts):
    if job[0] > COUNTED_UP_TO:
        return "–"
    if not counts:
        return "not installed"
    return "%.1f M" % (counts[job] / 1e6) if counts[job] else "failed"


def exponents(results, name):
    """Growth between neighboring sizes from 1,000 on."""
    sizes = sorted({n for n, _ in results if n >= 1000})
    costs = [cpu(results, (n, name)) for n in sizes]
    pairs = zip(zip(sizes, costs), zip(sizes[1:], costs[1:]))
    return [math.log(b / a) / math.log(m / n) for (n, a), (m, b) in pairs]


def growth(results):
    lines = ["| growth | 1k → 10k | 10k → 100k |", "|---|---:|---:|"]
    for name in ["parse_only", "check"] + FORMATS:
        cells = ["%.2f" % exponent for exponent in exponents(results, name)]
        lines.append("| `%s` | %s |" % (name, " | ".join((cells + ["–"])[:2])))
    return "\n".join(lines) + "\n"


def verdicts(results, specs):
    rows = [("start-up, ms", cpu(results, (0, "--version")), START_MS)]
    for n in specs:
        if n in CHECK_MS:
            rows.append(("`check` of {:,}, ms".format(n), cpu(results, (n, "check")), CHECK_MS[n]))
        for name in FORMATS if n in TEXT_RATIO else ():
            label = "`{}` / `check` of {:,}".format(name, n)
            rows.append((label, ratio(results, (n, name), (n, "check")), TEXT_RATIO[n]))
        for name in ["check"] + FORMATS if n >= 10000 else ():
            share = memory(results, (n, name)) / os.path.getsize(specs[n])
            rows.append(("memory of `{}` of {:,}, x YAML".format(name, n), share, MEMORY))
    for name in ["check"] + FORMATS:
        rows.append(("growth of `%s`, exponent" % name, max(exponents(results, name)), GROWTH))
    lines = ["| limit | measured | gate | target |", "|---|---:|---:|---:|"]
    for label, value, (gate, target) in rows:
        lines.append("| %s | %.2f | %s | %s |" % (label, value, held(value, gate), held(value, target)))
    return "\n".join(lines) + "\n"


def held(value, limit):
    if limit is None:
        return "–"
    return "≤ %g %s" % (limit, "held" if value <= limit else "**missed**")


if __name__ == "__main__":
    main()
