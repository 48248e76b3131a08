"""Lays a graph out with Graphviz, and measures what that costs.

In: a graph with layers, and its drawing by the program, for the sizes of boxes and labels.
Out: geometry that `picture_metrics.py` measures. Layers are clusters of one rank each, in their
order; so both sides draw the same boxes, the same labels and the same bands.
"""
import json, resource, subprocess

# Points on each curve of an edge.
STEPS = 12


def source(graph, drawn):
    """The graph in DOT; lengths in pixels, of which 72 are an inch."""
    boxes = {node["id"]: node for node in drawn["nodes"]}
    sizes = label_sizes(graph, drawn)
    lines = ["digraph {", "  newrank=true; nodesep=0.39; ranksep=0.5; node [shape=box, fixedsize=true, label=\"\"];"]
    for layer in sorted(graph["layers"], key=lambda layer: layer["order"]):
        members = [node["id"] for node in graph["nodes"] if node["layer"] == layer["id"]]
        lines.append(f'  subgraph "cluster_{layer["id"]}" {{ rank=same; margin=12;')
        lines += [f'    "{one}" [width={boxes[one]["w"] / 72:.3f}, height={boxes[one]["h"] / 72:.3f}];' for one in members]
        lines.append("  }")
    lines += chain(graph)
    for number, edge in enumerate(graph["edges"]):
        width, height = sizes[number]
        label = f'<<TABLE BORDER="0" FIXEDSIZE="TRUE" WIDTH="{width:.0f}" HEIGHT="{height:.0f}"><TR><TD></TD></TR></TABLE>>'
        lines.append(f'  "{edge["source"]}" -> "{edge["target"]}" [id="{number}", label={label}];')
    return "\n".join(lines + ["}", ""])


def chain(graph):
    """Invisible edges that keep the layers in their order."""
    layers = [layer["id"] for layer in sorted(graph["layers"], key=lambda layer: layer["order"])]
    first = {}
    for node in graph["nodes"]:
        first.setdefault(node["layer"], node["id"])
    return [f'  "{first[a]}" -> "{first[b]}" [style=invis];' for a, b in zip(layers, layers[1:])]


def label_sizes(graph, drawn):
    """Width and height of each edge's label, as the program has drawn it."""
    of_edge = {one: label for label in drawn["labels"] for one in label["edges"]}
    ends = {}
    for edge in drawn["edges"]:
        ends.setdefault((edge["source"], edge["target"]), of_edge.get(edge["id"]))
    found = [ends.get((edge["source"], edge["target"])) for edge in graph["edges"]]
    return [(label["w"], label["h"]) if label else (1, 1) for label in found]


def geometry(graph, drawn, text):
    """What `dot` makes of the text."""
    done = subprocess.run(["dot", "-Tjson"], input=text, capture_output=True, text=True, check=True)
    answer = json.loads(done.stdout)
    top = float(answer["bb"].split(",")[3])
    sizes, objects = label_sizes(graph, drawn), answer["objects"]
    layers = {node["id"]: node["layer"] for node in graph["nodes"]}
    result = {"nodes": [], "edges": [], "labels": [], "groups": [], "curved": True}
    for one in objects:
        if "pos" in one:
            center, w, h = point(one["pos"], top), float(one["width"]) * 72, float(one["height"]) * 72
            result["nodes"].append(dict(id=one["name"], layer=layers[one["name"]], **box(center, w, h)))
        elif one["name"].startswith("cluster_"):
            left, low, right, high = map(float, one["bb"].split(","))
            result["groups"].append(dict(id=one["name"][8:], x=left, y=top - high, w=right - left, h=high - low))
    for one in answer["edges"]:
        if one.get("id", "").isdigit():
            number = int(one["id"])
            edge = graph["edges"][number]
            result["edges"].append(dict(id=one["id"], source=edge["source"], target=edge["target"], points=curve(one["pos"], top)))
            result["labels"].append(dict(edge=one["id"], edges=[one["id"]], **box(point(one["lp"], top), *sizes[number])))
    return result


def point(text, top):
    x, y = map(float, text.split(",")[-2:])
    return x, top - y


def box(center, w, h):
    return dict(x=center[0] - w / 2, y=center[1] - h / 2, w=w, h=h)


def curve(text, top):
    """The points of an edge from its start to its arrow head: cubic Bezier curves."""
    parts = text.split()
    tip = [point(part, top) for part in parts if part.startswith("e,")]
    knots = [point(part, top) for part in parts if part[0] not in "es"]
    points = [knots[0]]
    for at in range(0, len(knots) - 3, 3):
        for step in range(1, STEPS + 1):
            points.append(bezier(knots[at:at + 4], step / STEPS))
    return points + tip


def bezier(knots, t):
    weights = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3]
    return tuple(sum(weight * knot[axis] for weight, knot in zip(weights, knots)) for axis in (0, 1))


def cpu(command, text=None):
    """User and system time of a command, in ms."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000
