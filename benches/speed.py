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
# Jobs that take long run less often than their size says.
LONG = {"svg": {1000: 7, 10000: 2, 100000: 1}, "graphviz": {1000: 3}}
PAGES_UP_TO = 1000
GRAPHVIZ_UP_TO = 1000

# Gate and target, both in the unit of the row; what is checked at which size.
CHECK_MS = {1000: (20, 10), 10000: (None, 75), 100000: (830, 700)}
TEXT_RATIO = {10000: (1.5, 1.5), 100000: (1.5, 1.5)}
DIFF_RATIO = {10000: (2.5, None), 100000: (2.5, None)}
DIFF_MS = {10000: (None, 150), 100000: (None, 1400)}
SVG_MS = {32: (10, 4.5), 1000: (150, 60), 10000: (5000, 1500), 100000: (120000, 20000)}
SVG_MB = {10000: (None, 120), 100000: (1500, 600)}
SVG_GROWTH = (1.3, 1.3)
PAGE_MS = {32: (None, 6)}
BINARY_MB = (None, 8)
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
at most 1.5 times what `check` takes, at 10,000 and 100,000, and `diff` at most 2.5 times; starting
takes at most 3 ms; growth is at most 1.15; memory at most 12 times the specification. `svg` of 32
takes at most 10 ms, of 1,000 at most 0.15 s, of 10,000 at most 5 s; its growth is at most 1.3.
Targets are stricter and stand beside them. Absolute times only count on a quiet machine.

## What is run

`render` draws the one view of everything and writes it to stdout, as `check` and `diff` do, and
stdout is thrown away. `into a folder` is `dot` into a new folder, which adds the price of the file
system. `svg` draws every component (`--full`); `html` is the explorer. `diff` compares with a
version in which about 3 % differ. `graphviz` is `dot -Tsvg` on what `dot` writes, where it is
installed; `tuned` has `-Gnslimit=1 -Gnslimit1=1 -Gmclimit=0.1 -Gsplines=line`.

"""


def main():
    options = arguments()
    binaries = build()
    specs = generate(options.sizes)
    jobs = make_jobs(binaries, specs)
    results = measure(jobs, options)
    correct_small_peaks(jobs, results)
    counts = count_instructions(jobs)
    size = os.path.getsize(binaries["archviz"])
    limits = verdicts(results, specs, size)
    text = load() + table(results, specs, counts) + "\n" + growth(results) + "\n" + limits
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
    sizes = list(sizes)
    command = [sys.executable, generator, "--out", bench_folder(), "--sizes", ",".join(map(str, sizes)), "--changed"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return {n: os.path.join(bench_folder(), "g%d.yaml" % n) for n in sizes}


def make_jobs(binaries, specs):
    """Commands by size and name; size 0 is what needs no specification."""
    archviz = binaries["archviz"]
    jobs = {(0, "empty"): [binaries["empty"]], (0, "--version"): [archviz, "--version"]}
    for n, spec in specs.items():
        draw = [archviz, "render", "--view", "full", "--spec", spec]
        jobs[n, "parse_only"] = [binaries["parse_only"], spec]
        jobs[n, "check"] = [archviz, "check", "--fail-on", "never", "--spec", spec]
        jobs[n, "diff"] = [archviz, "diff", "--fail-on", "never", spec, changed(spec)]
        for name in FORMATS:
            jobs[n, name] = draw + ["-f", name, "-o", "-"]
        jobs[n, "into a folder"] = draw + ["-f", "dot", "-o", folder()]
        jobs[n, "svg"] = draw + ["-f", "svg", "--full", "-o", "-"]
        if n <= PAGES_UP_TO:
            jobs[n, "html"] = [archviz, "render", "--spec", spec, "-f", "html", "-o", "-"]
        if n <= GRAPHVIZ_UP_TO and shutil.which("dot"):
            jobs.update(graphviz_jobs(n, jobs[n, "dot"]))
    return jobs


def changed(spec):
    return spec.replace(".yaml", ".new.yaml")


def folder():
    return os.path.join(bench_folder(), "out")


def graphviz_jobs(n, command):
    """Graphviz on the picture that the program writes, as it comes and with less effort."""
    picture = os.path.join(bench_folder(), "g%d.dot" % n)
    with open(picture, "wb") as out:
        subprocess.run(command, check=True, stdout=out, stderr=subprocess.DEVNULL)
    job = [shutil.which("dot"), "-Tsvg", picture]
    tuning = ["-Gnslimit=1", "-Gnslimit1=1", "-Gmclimit=0.1", "-Gsplines=line"]
    jobs = {(n, "graphviz"): job, (n, "graphviz, tuned"): job + tuning}
    return {key: command for key, command in jobs.items() if succeeds(key, command)}


def succeeds(job, command):
    """Graphviz gives up on some pictures; then the row is missing, and said to be."""
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        print("%d components, %s: failed, %s" % (*job, done.stderr.splitlines()[:1]), file=sys.stderr)
    return done.returncode == 0


# -- Measuring ----------------------------------------------------------------------------


def measure(jobs, options):
    """Lists of (CPU in ms, peak RSS in bytes) by job, one for each round."""
    rounds = {job: rounds_of(job, options) for job in jobs}
    for job, command in jobs.items():
        if rounds[job] > 1:
            run(command)
    results = {job: [] for job in jobs}
    for number in range(max(rounds.values())):
        due = [job for job in jobs if number < rounds[job]]
        random.shuffle(due)
        for job in due:
            shutil.rmtree(folder(), ignore_errors=True)
            results[job].append(run(jobs[job]))
    return results


def rounds_of(job, options):
    n, name = job
    return LONG.get(name.split(",")[0], {}).get(n, options.rounds[n])


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
    own = {job: command for job, command in jobs.items() if not job[1].startswith("graphviz")}
    return {job: instructions(command) for job, command in own.items() if job[0] <= COUNTED_UP_TO}


def instructions(command):
    with tempfile.TemporaryDirectory() as folder:
        tool = ["valgrind", "--tool=callgrind", "--callgrind-out-file=%s/out" % folder]
        done = subprocess.run(tool + command, capture_output=True, text=True, errors="replace")
    found = re.search(r"Collected\s*:\s*(\d+)", done.stderr)
    return int(found.group(1)) if found else None


# -- Reporting ----------------------------------------------------------------------------


def load():
    """How busy the machine was, which decides what absolute times are worth."""
    one, five, _ = os.getloadavg()
    busy = "was busy: ratios count, times do not" if five > 1.3 else "was quiet"
    return "The machine %s (load %.1f, %d processors).\n\n" % (busy, five, os.cpu_count())


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
    if job not in counts:
        return "–"
    return "%.1f M" % (counts[job] / 1e6) if counts[job] else "failed"


def exponents(results, name):
    """Growth between neighboring sizes from 1,000 on."""
    sizes = sorted({n for n, _ in results if n >= 1000})
    costs = [cpu(results, (n, name)) for n in sizes]
    pairs = zip(zip(sizes, costs), zip(sizes[1:], costs[1:]))
    return [math.log(b / a) / math.log(m / n) for (n, a), (m, b) in pairs]


def growth(results):
    lines = ["| growth | 1k → 10k | 10k → 100k |", "|---|---:|---:|"]
    for name in ["parse_only", "check", "diff"] + FORMATS + ["svg"]:
        cells = ["%.2f" % exponent for exponent in exponents(results, name)]
        lines.append("| `%s` | %s |" % (name, " | ".join((cells + ["–"])[:2])))
    return "\n".join(lines) + "\n"


def verdicts(results, specs, size):
    rows = [("start-up, ms", cpu(results, (0, "--version")), START_MS)]
    rows.append(("size of the program, MB", size / 1e6, BINARY_MB))
    for n in specs:
        rows += core_limits(n, results, specs) + picture_limits(n, results)
    for name in ["check", "diff"] + FORMATS:
        rows.append(("growth of `%s`, exponent" % name, max(exponents(results, name)), GROWTH))
    rows.append(("growth of `svg`, exponent", max(exponents(results, "svg")), SVG_GROWTH))
    lines = ["| limit | measured | gate | target |", "|---|---:|---:|---:|"]
    for label, value, (gate, target) in rows:
        lines.append("| %s | %.2f | %s | %s |" % (label, value, held(value, gate), held(value, target)))
    return "\n".join(lines) + "\n"


def core_limits(n, results, specs):
    """Limits of checking, comparing and writing text."""
    rows = []
    if n in CHECK_MS:
        rows.append(("`check` of {:,}, ms".format(n), cpu(results, (n, "check")), CHECK_MS[n]))
    for name in FORMATS if n in TEXT_RATIO else ():
        label = "`{}` / `check` of {:,}".format(name, n)
        rows.append((label, ratio(results, (n, name), (n, "check")), TEXT_RATIO[n]))
    if n in DIFF_RATIO:
        share = ratio(results, (n, "diff"), (n, "check"))
        rows.append(("`diff` / `check` of {:,}".format(n), share, DIFF_RATIO[n]))
        rows.append(("`diff` of {:,}, ms".format(n), cpu(results, (n, "diff")), DIFF_MS[n]))
    for name in ["check"] + FORMATS if n >= 10000 else ():
        share = memory(results, (n, name)) / os.path.getsize(specs[n])
        rows.append(("memory of `{}` of {:,}, x YAML".format(name, n), share, MEMORY))
    return rows


def picture_limits(n, results):
    """Limits of what the program draws itself."""
    rows = []
    if n in SVG_MS:
        rows.append(("`svg` of {:,}, ms".format(n), cpu(results, (n, "svg")), SVG_MS[n]))
    if n in SVG_MB:
        rows.append(("memory of `svg` of {:,}, MB".format(n), memory(results, (n, "svg")) / 1e6, SVG_MB[n]))
    for name, limit in (("graphviz", (0.5, 0.1)), ("graphviz, tuned", (0.5, None))):
        if n == GRAPHVIZ_UP_TO and (n, name) in results:
            share = ratio(results, (n, "svg"), (n, name))
            rows.append(("`svg` / `{}` of {:,}".format(name, n), share, limit))
    if n in PAGE_MS:
        rows.append(("`html` of {:,}, ms".format(n), cpu(results, (n, "html")), PAGE_MS[n]))
    return rows


def held(value, limit):
    if limit is None:
        return "–"
    return "≤ %g %s" % (limit, "held" if value <= limit else "**missed**")


if __name__ == "__main__":
    main()
