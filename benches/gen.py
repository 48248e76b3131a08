#!/usr/bin/env python3
"""Writes specifications of N components for the benchmarks: same seed, same bytes.

  gen.py --out DIR [--sizes 32,1000,10000,100000] [--changed]

`gN.yaml` has N components. With --changed, `gN.new.yaml` is a later version of it, in which about
3 % differ.

Shape (seed = 20251123 + N): layers L = 10 up to N = 1000, then 10*sqrt(N/1000), sized like a
diamond; 1.3 N labelled flows, targets Zipf(0.9) in the next layer, one hub with about 2*sqrt(N)
asynchronous flows, 20 % of the rest skip layers, 5 % stay in theirs, 5 % go back; max(6, N/20)
topics with 1-2 producers and 1-4 consumers. The hub's flows are the producers and consumers of
topics, as the language asks; everything else is declared.
"""
import argparse, bisect, math, os, random

SIZES = [32, 100, 316, 1000, 3162, 10000, 100000]
ADJ = "Card Loan Wealth Risk Fraud Payment Ledger Customer Consent Audit Pricing Market Policy Session Token Agent Model Prompt Vector Search".split()
NOUN = "Service Gateway Engine Store Cache Broker Connector Worker Orchestrator Adapter Registry Index Pipeline Scheduler Exporter Proxy".split()
TYPES = ["service", "agent", "database", "cache", "gateway", "broker", "ui", "external", "job", "library"]
TECH = ["Spring Boot 3", "FastAPI", "PostgreSQL 15", "MongoDB 7", "Redis 7", "Envoy", "React 18", ".NET 8", "Go 1.22", "Rust"]
PLAT = ["kubernetes", "container", "serverless", "vm", "managed"]
VERB = "calls,reads from,writes to,publishes,subscribes to,authenticates with,queries,streams to,replicates to,notifies,validates with,enriches via".split(",")
OBJ = "orders,events,sessions,profiles,balances,limits,alerts,documents,embeddings,metrics,traces,decisions".split(",")
PROTO = ["HTTPS", "gRPC", "Kafka", "SQL", "AMQP", "WebSocket"]
LAYERNAME = ["Client", "Edge", "API", "Orchestration", "Agents", "Domain Services", "Messaging & Streaming", "Data Access", "Data Stores", "Infrastructure"]


def nlayers(n):
    return 10 if n <= 1000 else int(round(10 * math.sqrt(n / 1000.0)))


def make(n):
    r = random.Random(20251123 + n)
    L = nlayers(n)
    # diamond-shaped layer sizes
    w = [0.4 + math.sin(math.pi * (i + 0.5) / L) for i in range(L)]
    s = sum(w)
    size = [max(1, int(n * x / s)) for x in w]
    i = 0
    while sum(size) < n:
        size[(L // 2 + i) % L] += 1
        i += 1
    while sum(size) > n:
        j = max(range(L), key=lambda k: size[k])
        size[j] -= 1
    width = len(str(n))
    layers, comps, members = [], [], []
    for li in range(L):
        nm = LAYERNAME[li] if L == 10 else "%s %d" % (LAYERNAME[li * 10 // L], li)
        layers.append({"id": "l%d" % li, "name": nm + " Layer"})
        members.append([])
    layer_of = [li for li in range(L) for _ in range(size[li])]
    hub = None
    for k in range(n):
        li = layer_of[k]
        cid = "c%0*d" % (width, k)
        t = TYPES[r.randrange(len(TYPES))]
        c = {"id": cid, "name": "%s %s %0*d" % (r.choice(ADJ), r.choice(NOUN), width, k), "layer": "l%d" % li,
             "type": t, "technology": r.choice(TECH), "platform": r.choice(PLAT), "ports": [r.choice([8080, 8443, 9092, 5432, 6379, 27017])],
             "description": "%s %s %s for the %s domain" % (r.choice(VERB).capitalize(), r.choice(OBJ), "and " + r.choice(OBJ), r.choice(ADJ).lower()),
             "tags": sorted(r.sample(["pci", "core", "pii", "tier1", "tier2", "beta"], r.randrange(3)))}
        comps.append(c)
        members[li].append(k)
        if hub is None and li == L // 2:
            hub = k
            c.update(name="Kafka Broker", type="broker", technology="Confluent Platform 7.5", platform="container", ports=[9092, 9093],
                     description="Event streaming backbone")
    # Zipf tables per layer (shuffled so that rank is not index order)
    perm, cum = [], []
    for li in range(L):
        p = members[li][:]
        r.shuffle(p)
        acc, tot = [], 0.0
        for rank in range(len(p)):
            tot += 1.0 / (rank + 1) ** 0.9
            acc.append(tot)
        perm.append(p)
        cum.append(acc)

    def zipf(li):
        a = cum[li]
        return perm[li][bisect.bisect_left(a, r.random() * a[-1])]

    ntop = max(6, n // 20)
    topics = []
    for t in range(ntop):
        topics.append({"id": "t%d" % t, "name": "%s.%s.%s.%d" % (r.choice(ADJ).lower(), r.choice(NOUN).lower(), r.choice(OBJ), t),
                       "key": r.choice(["user_id", "execution_id", "conversation_id", "account_id"]), "producers": set(), "consumers": set()})
    E = int(round(1.3 * n))
    seen, flows = set(), []

    def add(a, b, **kw):
        if a == b or (a, b) in seen or len(flows) >= E:
            return False
        seen.add((a, b))
        f = {"from": comps[a]["id"], "to": comps[b]["id"], "label": "%s %s" % (r.choice(VERB), r.choice(OBJ)), "protocol": r.choice(PROTO), "mode": "sync"}
        f.update(kw)
        flows.append(f)
        return True

    H = L // 2
    hubdeg = max(8, int(2 * math.sqrt(n)))
    made = 0
    guard = 0
    while made < hubdeg and guard < 20 * hubdeg:
        guard += 1
        t = r.randrange(ntop)
        if made % 3 < 2:
            a = r.choice(members[r.randrange(0, H)])
            if add(a, hub, protocol="Kafka", mode="async", topic="t%d" % t):
                topics[t]["producers"].add(comps[a]["id"]); made += 1
        else:
            b = r.choice(members[r.randrange(H + 1, L)])
            if add(hub, b, protocol="Kafka", mode="async", topic="t%d" % t):
                topics[t]["consumers"].add(comps[b]["id"]); made += 1
    for k in range(n):          # one flow to the next layer for each
        li = layer_of[k]
        if li + 1 < L:
            add(k, zipf(li + 1))
        else:
            for _ in range(5):
                if add(r.choice(members[L - 2]), k):
                    break
    guard = 0
    while len(flows) < E and guard < 50 * E:
        guard += 1
        a = r.randrange(n); li = layer_of[a]; x = r.random()
        if x < 0.70 and li + 1 < L: b = zipf(li + 1)
        elif x < 0.90 and li + 2 < L: b = zipf(min(L - 1, li + r.randrange(2, 5)))
        elif x < 0.95: b = zipf(li)
        elif li > 0: b = zipf(r.randrange(max(0, li - 3), li))
        else: continue
        add(a, b)
    for t in topics:
        for key, lo, hi in (("producers", 1, 2), ("consumers", 1, 4)):
            want = r.randint(lo, hi)
            while len(t[key]) < want:
                t[key].add(comps[r.randrange(n)]["id"])
            t[key] = sorted(t[key])
    return {"archviz": 1, "title": "Synthetic architecture N=%d" % n, "layers": layers, "components": comps, "flows": flows, "topics": topics}



def emit(g, w):
    hub = next(c["id"] for c in g["components"] if c["type"] == "broker" and c["name"] == "Kafka Broker")
    w.write("archviz: 1\nname: %s\nlayers:\n" % g["title"])
    for l in g["layers"]:
        w.write("  %s:\n    name: %s\n" % (l["id"], l["name"]))
    w.write("components:\n")
    for c in g["components"]:
        w.write("  %s:\n    name: %s\n    kind: %s\n    layer: %s\n    type: %s\n    technology: %s\n    deployment: %s\n    ports: [%s]\n    description: %s\n    tags: [%s]\n" % (
            c["id"], c["name"], KIND.get(c["type"], c["type"]) if c["id"] != hub else "broker", c["layer"], c["type"], c["technology"],
            c["platform"], ", ".join(map(str, c["ports"])), c["description"], ", ".join(c["tags"])))
    w.write("flows:\n")
    for f in g["flows"]:
        if "topic" in f:
            continue
        w.write("  - from: %s\n    to: %s\n    label: %s\n    protocol: %s\n    async: %s\n" % (
            f["from"], f["to"], f["label"], f["protocol"], "true" if f["mode"] == "async" else "false"))
    w.write("topics:\n")
    for t in g["topics"]:
        name = t["name"].replace(" ", ".")
        w.write("  %s:\n    broker: %s\n    key: %s\n    producers: [%s]\n    consumers: [%s]\n" % (
            name, hub, t["key"], ", ".join(t["producers"]), ", ".join(t["consumers"])))


def change(g):
    """1 % of the components renamed, 1 % removed with their flows, 1 % added, 1 % of the labels new."""
    r = random.Random(77 + len(g["components"]))
    free = [c for c in g["components"] if c["name"] != "Kafka Broker"]
    count = max(1, len(free) // 100)
    for c in r.sample(free, count):
        c["name"] += " v2"
    gone = {c["id"] for c in r.sample(free, count)}
    g["components"] = [c for c in g["components"] if c["id"] not in gone]
    g["flows"] = [f for f in g["flows"] if f["from"] not in gone and f["to"] not in gone]
    for t in g["topics"]:
        for key in ("producers", "consumers"):
            t[key] = [one for one in t[key] if one not in gone]
    kept = [c for c in free if c["id"] not in gone]
    for number in range(count):
        like = r.choice(kept)
        fresh = dict(like, id="new%d" % number, name="New Service %d" % number)
        g["components"].insert(r.randrange(len(g["components"])), fresh)
        g["flows"].append({"from": fresh["id"], "to": like["id"], "label": "calls new", "protocol": "HTTPS", "mode": "sync"})
    for f in r.sample(g["flows"], max(1, len(g["flows"]) // 100)):
        f["label"] += " again"
    return g


# The graph's element types in the language's words.
KIND = {"broker": "service", "ui": "client"}


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--out", required=True)
    ap.add_argument("--sizes", default=",".join(map(str, SIZES)))
    ap.add_argument("--changed", action="store_true")
    a = ap.parse_args()
    os.makedirs(a.out, exist_ok=True)
    for n in map(int, a.sizes.split(",")):
        write(make(n), os.path.join(a.out, "g%d.yaml" % n))
        if a.changed:
            write(change(make(n)), os.path.join(a.out, "g%d.new.yaml" % n))


def write(g, path):
    with open(path, "w") as w:
        emit(g, w)
    print(path, os.path.getsize(path))


if __name__ == "__main__":
    main()
