//! Questions: ways, scenarios in time, impact, what the whole hangs on.

use archviz::graph::{Bound, Place, RouteGraph};
use archviz::model::Model;
use archviz::pipeline;
use archviz::query::{find_component_or_topic, impact, structure};
use archviz::source::Workspace;
use libtest_mimic::{Failed, Trial};
use serde_json::Value;

use crate::case::{ensure, root};
use crate::scratch::{Scratch, expect, holds, run};

type Test = fn() -> Result<(), Failed>;

pub(crate) fn trials() -> Vec<Trial> {
    let tests: Vec<(&str, Test)> = vec![
        (
            "a_way_goes_through_topics_and_not_through_brokers",
            through_topics,
        ),
        (
            "every_simple_path_within_the_bound_is_found_once",
            every_path,
        ),
        ("a_scenario_is_timed_against_its_budget", budget),
        ("impact_tells_who_breaks_and_who_starves", who_is_hurt),
        ("impact_names_owners_scenarios_and_documents", whom_to_ask),
        ("weak_points_are_told", weak_points),
        ("circles_of_calls_are_told", circles),
        ("answers_come_in_every_format", formats),
        ("what_is_not_there_is_a_usage_error", usage),
    ];
    tests
        .into_iter()
        .map(|(name, run)| Trial::test(format!("queries::{name}"), run))
        .collect()
}

const SPEC: &str = r"archviz: 1
name: Shop
owners: { shop: Shop, data: Data }
components:
  web: { owner: shop }
  orders: { owner: shop }
  billing: { owner: shop }
  reports: { owner: data }
  mail: { owner: data }
  db: { kind: database, owner: data }
  cdc: { kind: connector, owner: data }
  kafka: { kind: broker, owner: data }
topics:
  placed: { key: id, producers: [orders], consumers: [billing, mail] }
  paid: { key: id, producers: [billing, web], consumers: [reports] }
  rows: { key: id, producers: [cdc], consumers: [reports], source: { component: db } }
flows:
  - web -> orders: { label: Orders, latency: 20ms }
  - orders -> db: { label: Rows, latency: 5ms }
  - { from: db, to: cdc, label: Changes, async: true, initiator: cdc, topics: [rows] }
scenarios:
  buy:
    steps:
      - web -> orders: Buys
      - orders -> db: Writes
      - publish: { from: orders, topic: placed, latency: 10ms }
      - consume: { by: mail, topic: placed }
    budget: { latency: 30ms }
";

fn with_model(test: impl FnOnce(&Model<'_>) -> Result<(), Failed>) -> Result<(), Failed> {
    let workspace = Workspace::of_text("architecture.yaml", SPEC);
    let (sources, mut out) = pipeline::load(&workspace)?;
    let model = pipeline::analyze(&sources, &mut out);
    let errors: Vec<&str> = out.list().iter().map(|one| one.message.as_str()).collect();
    ensure(!out.has_errors(), || format!("{errors:?}"))?;
    test(&model)
}

fn place(model: &Model<'_>, name: &str) -> Result<Place, Failed> {
    Ok(find_component_or_topic(model, name)?)
}

/// The paths between two places, as ids.
fn ways(model: &Model<'_>, from: &str, to: &str, bound: Bound) -> Result<Vec<String>, Failed> {
    let routes = RouteGraph::build(model);
    let found = routes.paths(place(model, from)?, place(model, to)?, bound);
    let id = |place: Place| match place {
        Place::Component(id) => model[id].id.value.to_owned(),
        Place::Topic(id) => format!("[{}]", model[id].id.value),
    };
    let path = |hops: &Vec<archviz::graph::Hop>| {
        let first = hops.first().map(|hop| id(hop.from));
        let rest = hops.iter().map(|hop| id(hop.to));
        first.into_iter().chain(rest).collect::<Vec<_>>().join(" ")
    };
    Ok(found.paths.iter().map(path).collect())
}

const WIDE: Bound = Bound {
    hops: 12,
    paths: 100,
};

fn through_topics() -> Result<(), Failed> {
    with_model(|model| {
        let check = |from, to, expected: &[&str]| {
            let found = ways(model, from, to, WIDE)?;
            ensure(found == expected, || format!("{from} to {to}: {found:?}"))
        };
        check("orders", "mail", &["orders [placed] mail"])?;
        // Both are on the broker, and no topic joins them.
        check("cdc", "mail", &[])?;
        check("mail", "orders", &[])?;
        // The database feeds one topic of the connector.
        check("db", "reports", &["db cdc [rows] reports"])?;
        check(
            "orders",
            "reports",
            &[
                "orders db cdc [rows] reports",
                "orders [placed] billing [paid] reports",
            ],
        )?;
        // A broker is an end, and its topics are a start.
        check("cdc", "kafka", &["cdc kafka"])?;
        check("kafka", "mail", &["kafka [placed] mail"])?;
        check("placed", "reports", &["[placed] billing [paid] reports"])?;
        check("web", "rows", &["web orders db cdc [rows]"])
    })
}

/// Against a search that tries everything, on random specifications.
fn every_path() -> Result<(), Failed> {
    let mut state = 11_u64;
    let mut random = move |below: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) % below
    };
    for _ in 0..60 {
        let mut text = String::from("archviz: 1\nname: R\ncomponents:\n");
        for node in 0..6 {
            text.push_str(&format!("  c{node}: {{}}\n"));
        }
        text.push_str("flows:\n");
        let mut edges = std::collections::BTreeSet::new();
        for _ in 0..=random(14) {
            let (from, to) = (random(6), random(6));
            if from != to {
                edges.insert((from, to));
            }
        }
        for (from, to) in &edges {
            text.push_str(&format!("  - c{from} -> c{to}: x\n"));
        }
        if edges.is_empty() {
            continue;
        }
        let workspace = Workspace::of_text("architecture.yaml", &text);
        let (sources, mut out) = pipeline::load(&workspace)?;
        let model = pipeline::analyze(&sources, &mut out);
        let bound = Bound {
            hops: 4,
            paths: 1_000,
        };
        let mut found = ways(&model, "c0", "c1", bound)?;
        let mut expected = Vec::new();
        walk(&edges, &mut vec![0], &mut expected);
        // The shortest path is shown whatever the bound.
        let shortest = expected.iter().map(Vec::len).min().unwrap_or(0);
        expected.retain(|path| path.len() <= shortest.max(5));
        let mut expected: Vec<String> = expected
            .iter()
            .map(|path| {
                path.iter()
                    .map(|node| format!("c{node}"))
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect();
        found.sort();
        expected.sort();
        ensure(found == expected, || {
            format!("{text}\n{found:?}\n{expected:?}")
        })?;
    }
    Ok(())
}

fn walk(
    edges: &std::collections::BTreeSet<(u64, u64)>,
    way: &mut Vec<u64>,
    found: &mut Vec<Vec<u64>>,
) {
    let here = way.last().copied().unwrap_or(0);
    if here == 1 {
        found.push(way.clone());
        return;
    }
    for (_, to) in edges.iter().filter(|(from, _)| *from == here) {
        if !way.contains(to) {
            way.push(*to);
            walk(edges, way, found);
            way.pop();
        }
    }
}

fn budget() -> Result<(), Failed> {
    let scratch = Scratch::new("budget")?;
    scratch.write("architecture.yaml", SPEC)?;
    let text = expect(&scratch.run(&["trace", "buy"])?, 0)?;
    holds(
        &text,
        &[
            "30ms of a budget of 30ms: 0µs are left",
            "3 of 4 messages state a latency",
        ],
    )?;
    scratch.write(
        "architecture.yaml",
        &SPEC.replace("latency: 30ms", "latency: 29ms"),
    )?;
    let text = expect(&scratch.run(&["trace", "buy"])?, 1)?;
    holds(&text, &["30ms: 1ms over the budget of 29ms"])?;
    let json: Value =
        serde_json::from_slice(&scratch.run(&["trace", "buy", "-f", "json"])?.stdout)?;
    ensure(json["version"] == 1 && json["total_us"] == 30_000, || {
        json.to_string()
    })?;
    scratch.write(
        "architecture.yaml",
        &SPEC.replace("- orders -> db: Writes", "- orders -> reports: Writes"),
    )?;
    holds(
        &expect(&scratch.run(&["trace", "buy"])?, 1)?,
        &["1 step nothing backs"],
    )
}

fn hurt(model: &Model<'_>, name: &str) -> Result<Vec<String>, Failed> {
    let answer = impact(model, place(model, name)?, &[]);
    let parties = answer.json["components"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let text = |one: &Value| {
        let word = |key: &str| one[key].as_str().unwrap_or("").to_owned();
        format!("{} {}", word("id"), word("hurt"))
    };
    Ok(parties.iter().map(text).collect())
}

fn who_is_hurt() -> Result<(), Failed> {
    with_model(|model| {
        let check = |name, expected: &[&str]| {
            let found = hurt(model, name)?;
            ensure(found == expected, || format!("{name}: {found:?}"))
        };
        check("mail", &[])?;
        // Callers break; the connector and the readers of its topic get nothing more.
        check(
            "db",
            &[
                "orders breaks",
                "web breaks",
                "cdc starves",
                "billing starves",
                "reports starves",
                "mail starves",
            ],
        )?;
        // Orders go on being paid on the web.
        check("billing", &["reports gets less"])?;
        check(
            "placed",
            &[
                "billing starves",
                "mail starves",
                "reports gets less",
                "orders cannot send",
            ],
        )?;
        check("cdc", &["reports starves", "db cannot send"])
    })
}

fn whom_to_ask() -> Result<(), Failed> {
    let scratch = Scratch::new("ask")?;
    scratch.write(
        "architecture.yaml",
        &format!("{SPEC}documents: {{ files: [guide.md] }}\n"),
    )?;
    scratch.write(
        "guide.md",
        "# Guide\n\nThe `db` keeps rows.\nNothing here.\n",
    )?;
    let json = scratch.run(&["impact", "db", "-f", "json"])?;
    let json: Value = serde_json::from_slice(&json.stdout)?;
    ensure(json["scenarios"][0]["id"] == "buy", || json.to_string())?;
    // The scenario's first step calls what breaks.
    ensure(json["scenarios"][0]["step"] == 1, || json.to_string())?;
    ensure(json["owners"][1]["id"] == "shop", || json.to_string())?;
    ensure(json["documents"] == serde_json::json!([]), || {
        json.to_string()
    })?;
    let json = scratch.run(&["impact", "reports", "-f", "json"])?;
    let json: Value = serde_json::from_slice(&json.stdout)?;
    ensure(json["scenarios"] == serde_json::json!([]), || {
        json.to_string()
    })?;
    scratch.write(
        "guide.md",
        "# Guide\n\nThe reports are here.\nNothing here.\n",
    )?;
    let json = scratch.run(&["impact", "reports", "-f", "json"])?;
    let json: Value = serde_json::from_slice(&json.stdout)?;
    ensure(
        json["documents"][0]["lines"] == serde_json::json!([3]),
        || json.to_string(),
    )
}

fn weak_points() -> Result<(), Failed> {
    with_model(|model| {
        let answer = structure(model);
        let points = &answer.json["single_points_of_failure"];
        let ids: Vec<&str> = points
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|one| one["id"].as_str())
            .collect();
        ensure(ids == ["kafka"], || answer.json.to_string())?;
        ensure(points[0]["cut_off"] == 3, || answer.json.to_string())?;
        let fans = &answer.json["fans"][0];
        ensure(
            fans["id"] == "kafka" && fans["in"] == 4 && fans["out"] == 3,
            || fans.to_string(),
        )
    })
}

fn circles() -> Result<(), Failed> {
    let scratch = Scratch::new("circles")?;
    let text = "archviz: 1\nname: R\ncomponents: { a: {}, b: {}, c: {}, d: {} }\nflows:\n  - a -> b: x\n  - b -> c: x\n  - c -> a: x\n  - c -> d: x\n";
    scratch.write("architecture.yaml", text)?;
    let json = expect(&scratch.run(&["impact", "-f", "json"])?, 0)?;
    let json: Value = serde_json::from_str(&json)?;
    ensure(
        json["circles"] == serde_json::json!([["a", "b", "c"]]),
        || json.to_string(),
    )?;
    holds(
        &expect(&scratch.run(&["impact"])?, 0)?,
        &["1 circle of calls"],
    )
}

fn formats() -> Result<(), Failed> {
    for question in [
        &["trace", "user", "audit_service"][..],
        &["trace", "user_updates_profile"],
        &["impact", "kafka"],
        &["impact"],
    ] {
        let ask = |format: &str| {
            let mut arguments = question.to_vec();
            arguments.extend(["-f", format]);
            expect(&run(&root(""), &arguments)?, 0)
        };
        ask("text")?;
        let markdown = ask("markdown")?;
        ensure(
            markdown.starts_with("# ") && markdown.contains("| :-- |"),
            || markdown,
        )?;
        let json: Value = serde_json::from_str(&ask("json")?)?;
        ensure(json["version"] == 1, || "no version".to_owned())?;
        ensure(ask("plantuml")?.starts_with("@startuml"), || {
            "no picture".to_owned()
        })?;
        ensure(ask("svg")?.contains("</svg>"), || "no SVG".to_owned())?;
        let mermaid = ask("mermaid")?;
        ensure(mermaid.contains("accTitle"), || mermaid.clone())?;
    }
    // A way is drawn with nothing beside it.
    let way = expect(
        &run(
            &root(""),
            &["trace", "postgresql", "audit_service", "-f", "mermaid"],
        )?,
        0,
    )?;
    holds(
        &way,
        &[
            "postgresql -.->",
            "kafka_connect -.->",
            "db_changes_users",
            "audit_service",
        ],
    )?;
    ensure(
        !way.contains("analytics_service") && !way.contains("db_changes_conversations"),
        || way.clone(),
    )
}

fn usage() -> Result<(), Failed> {
    for (arguments, says) in [
        (&["trace", "usr", "kafka"][..], "did you mean `user`?"),
        (&["trace", "user", "user"], "both are `user`"),
        (
            &["trace", "user_update_profile"],
            "did you mean `user_updates_profile`?",
        ),
        (&["impact", "kafkaa"], "did you mean `kafka`?"),
        (
            &["impact", "kafka", "-f", "mermiad"],
            "did you mean `mermaid`?",
        ),
    ] {
        holds(&expect(&run(&root(""), arguments)?, 2)?, &[says])?;
    }
    holds(
        &expect(&run(&root(""), &["trace", "observability", "user"])?, 1)?,
        &["No way leads there"],
    )
}
