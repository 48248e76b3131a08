#!/usr/bin/env python3
"""Draws graphs, measures the finished SVG, and holds it to the targets; prints Markdown.

  python3 benches/pictures.py [--binary FILE] [--out docs/layout.md] [GRAPH.json ...]

Each graph (layers, nodes, labelled edges) becomes a specification, which the program renders as
any other; `picture_metrics.py` reads the SVG and knows nothing of how it was made. The stability
of --previous is measured by leaving out each component once. Exit code 1 if a hard figure is
not zero.
"""
import argparse, glob, json, os, resource, shutil, statistics, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
sys.path.insert(0, HERE)
import graphviz
import picture_metrics as metrics

GRAPHS = ["seed", "boutique", "outbox", "gen200"]
HARD = ["node_overlap", "edge_thru_node", "edge_thru_own", "edge_overlap_px", "label_label", "label_node",
        "label_edge", "label_far", "missing_labels", "node_out_of_band", "node_in_foreign_band", "band_overlap"]
# Per graph: the most that is allowed, and the best of 16 runs of ELK's partitions (gen200: of 4).
TARGETS = {
    "crossings": ("crossings, pairs of flows", {"seed": (14, 14), "boutique": (2, 2), "outbox": (2, 2), "gen200": (830, 858)}),
    "crossings_visual": ("crossings, visible", {"seed": (12, 14), "boutique": (2, 2), "outbox": (2, 2), "gen200": (750, 858)}),
    "bends_per_edge": ("bends per flow", {"seed": (1.8, 1.83), "boutique": (1.7, 1.76), "outbox": (1.5, 1.55), "gen200": (2.1, 2.15)}),
    "len_mean": ("mean length, px", {"seed": (470, 574), "boutique": (360, 380), "outbox": (300, 379), "gen200": (780, 2054)}),
    "area_mpx": ("area, Mpx", {"seed": (2.5, 3.31), "boutique": (0.85, 0.85), "outbox": (1.1, 1.37), "gen200": (17.5, 68)}),
    "aspect": ("aspect", {"seed": (1.7, None), "boutique": (2, None), "outbox": (1.7, None), "gen200": (1.8, None)}),
}
# One run of Graphviz (newrank, ranks by layer) with the same sizes: crossings, area, labels on foreign flows.
DOT = {"seed": (52, 3.44, 5), "boutique": (11, 0.73, 1), "outbox": (10, 1.24, 0), "gen200": (2110, 10.7, 156)}
MOVED = 1.2
# What is compared on graphs that nothing was tuned on.
COMPARED = {
    "crossings": "crossings", "bends_per_edge": "bends", "len_mean": "length", "area_mpx": "Mpx", "aspect": "aspect",
    "label_edge": "labels hit by flows", "edge_thru_node": "flows through boxes",
}
# Rounds of CPU time, each with both sides.
ROUNDS = 9

HEAD = """# Layout

How good the native pictures are, in figures. This page is written by

```sh
cargo build --release
python3 benches/pictures.py --out docs/layout.md
```

Graphs are drawn as any specification; `benches/picture_metrics.py` reads the finished SVG. Area and aspect are those of the
drawing without title and legend. The targets were set against the best of 16 runs of ELK with partitions (of 4 for `gen200`),
not against one run; ours is one run with the default options. Boxes have the sizes of our cards, those of the peers were
those of a prototype, so areas compare only roughly. Where a shared line forks, one branch going straight on, nothing is crossed;
forks are counted on their own.

"""

HELD_OUT = f"""
## Other graphs

Well known systems whose graphs stand in `benches/graphs/`: who calls whom, in our own words. Nothing was tuned on them.
Each cell: ours / Graphviz. Both draw the same boxes, labels and layers: Graphviz gets each layer as a cluster of one rank, in
order (`newrank`), and draws curves, whose turning counts as one bend for each 90 degrees. CPU is the median of {ROUNDS} rounds
in which both run in turn, the whole command each: ours reads YAML, `dot` reads DOT, both write SVG.

"""


def main():
    options = arguments()
    files = options.graphs or [os.path.join(ROOT, "tests/data/layout", name + ".json") for name in GRAPHS]
    with tempfile.TemporaryDirectory() as folder:
        rows = [(name(file), *draw(options.binary, json.load(open(file)), folder)) for file in files]
        text = HEAD + soft(rows) + hard(rows) + stability(options.binary, files, folder)
        others, faults = ("", 0) if options.graphs else held_out(options.binary, folder)
        text += others
    print(text)
    if options.out:
        with open(options.out, "w") as out:
            out.write(text)
    sys.exit(bool(faults) or any(row[1][key] for row in rows for key in HARD))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=os.path.join(ROOT, "target/release/archviz"))
    parser.add_argument("--out")
    parser.add_argument("graphs", nargs="*")
    return parser.parse_args()


def name(file):
    return os.path.basename(file).rsplit(".", 1)[0]


def specification(graph):
    kinds = {"database", "broker", "cache", "gateway"}
    quote = lambda text: json.dumps(text or "", ensure_ascii=False)
    lines = ["archviz: 1", "name: " + quote(graph["name"]), "layers:"]
    lines += [f'  {layer["id"]}: {{ name: {quote(layer["name"])}, order: {layer["order"]} }}' for layer in graph["layers"]]
    lines.append("components:")
    for node in graph["nodes"]:
        kind = node["kind"] if node["kind"] in kinds else "service"
        lines.append(f'  {node["id"]}: {{ name: {quote(node["label"])}, layer: {node["layer"]}, kind: {kind}, technology: {quote(node.get("tech"))} }}')
    lines.append("flows:")
    for edge in graph["edges"]:
        mode = "true" if edge["kind"] == "async" else "false"
        lines.append(f'  - {{ from: {edge["source"]}, to: {edge["target"]}, label: {quote(edge["label"])}, async: {mode} }}')
    return "\n".join(lines + ["views:", "  full: { title: Everything }", ""])


def draw(binary, graph, folder, previous=None):
    spec, out = os.path.join(folder, "architecture.yaml"), os.path.join(folder, "out")
    with open(spec, "w") as file:
        file.write(specification(graph))
    command = [binary, "render", "-q", "-s", spec, "-f", "svg", "--full", "--view", "full", "-o", out]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command + (["--previous", previous] if previous else []), check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    drawn = metrics.load(os.path.join(out, "full.svg"))
    return metrics.measure(drawn), used * 1000, drawn


def soft(rows):
    text = "| figure | " + " | ".join(row[0] for row in rows) + " |\n|---|" + "---|" * len(rows) + "\n"
    for key, (title, targets) in TARGETS.items():
        text += f"| {title} | " + " | ".join(cell(row[1][key], targets.get(row[0])) for row in rows) + " |\n"
    for at, title in enumerate(["Graphviz: crossings", "Graphviz: area, Mpx", "Graphviz: labels hit by flows"]):
        text += f"| {title} | " + " | ".join(str(DOT[row[0]][at]) if row[0] in DOT else "" for row in rows) + " |\n"
    text += "| forks of shared lines | " + " | ".join(str(row[1]["forks"]) for row in rows) + " |\n"
    text += "| CPU of the whole command, ms | " + " | ".join(f"{row[2]:.0f}" for row in rows) + " |\n"
    return text + "\nEach cell: ours (the target; ELK's best).\n\n"


def cell(found, limits):
    if not limits:
        return str(found)
    target, peer = limits
    verdict = "" if found <= target else " **missed**"
    return f"{found}{verdict} (≤ {target}" + (f"; {peer})" if peer is not None else ")")


def hard(rows):
    text = "Faults, which must be zero: "
    return text + ", ".join(f"{key.replace('_', ' ')} {sum(row[1][key] for row in rows)}" for key in HARD) + ".\n\n"


def stability(binary, files, folder):
    text = "## Stability\n\nEach component is left out once; the picture with it is drawn near to the one without it. "
    text += f"The target is a median of {MOVED} % of the diagonal, and no pair of a layer in another order.\n\n"
    text += "| graph | moved, median % | moved, most % | changed order, median | most | crossings, median |\n|---|---|---|---|---|---|\n"
    for file in files:
        graph = json.load(open(file))
        if len(graph["nodes"]) > 60:
            continue
        moved, flips, crossings = [], [], []
        for node in graph["nodes"]:
            gone = node["id"]
            less = dict(graph, nodes=[n for n in graph["nodes"] if n["id"] != gone],
                        edges=[e for e in graph["edges"] if gone not in (e["source"], e["target"])])
            first = draw(binary, less, folder)[2]
            earlier = os.path.join(folder, "earlier.svg")
            os.replace(os.path.join(folder, "out", "full.svg"), earlier)
            figures, _, second = draw(binary, graph, folder, earlier)
            found = metrics.stability(first, second)
            moved.append(found["mean_disp_pct_diag"])
            flips.append(found["inlayer_order_flips"])
            crossings.append(figures["crossings"])
        verdict = "" if statistics.median(moved) <= MOVED else " **missed**"
        text += f"| {name(file)} | {statistics.median(moved):.2f}{verdict} | {max(moved):.2f} | {statistics.median(flips):g} | {max(flips)} | {statistics.median(crossings):g} |\n"
    return text


def held_out(binary, folder):
    """Graphs that nothing was tuned on, beside Graphviz; and how many hard faults ours have."""
    if not shutil.which("dot"):
        return "", 0
    keys = list(COMPARED)
    text = HELD_OUT + "| graph | nodes, flows | " + " | ".join(COMPARED.values()) + " | CPU, ms | Graphviz / ours |\n"
    text += "|---|---|" + "---|" * (len(keys) + 2) + "\n"
    faults = 0
    for file in sorted(glob.glob(os.path.join(HERE, "graphs", "*.json"))):
        graph = json.load(open(file))
        ours, _, drawn = draw(binary, graph, folder)
        source = graphviz.source(graph, drawn)
        theirs = metrics.measure(graphviz.geometry(graph, drawn, source))
        faults += sum(ours[key] for key in HARD)
        times = paired(binary, folder, source)
        cells = " | ".join(f"{ours[key]} / {theirs[key]}" for key in keys)
        own, other = (statistics.median(time[at] for time in times) for at in (0, 1))
        ratio = statistics.median(time[1] / max(time[0], 0.1) for time in times)
        text += f"| {name(file)} | {ours['nodes']}, {ours['edges']} | {cells} | {own:.0f} / {other:.0f} | {ratio:.1f} |\n"
    return text + f"\nFaults of ours on these graphs, which must be zero: {faults}.\n", faults


def paired(binary, folder, source):
    """CPU in ms of the program and of Graphviz, round by round."""
    spec = os.path.join(folder, "architecture.yaml")
    own = [binary, "render", "-q", "-s", spec, "-f", "svg", "--full", "--view", "full", "-o", "-"]
    return [(graphviz.cpu(own), graphviz.cpu(["dot", "-Tsvg"], source)) for _ in range(ROUNDS)]


if __name__ == "__main__":
    main()
