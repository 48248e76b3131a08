//! Facts for programs and for people.
//!
//! In: facts. Out: the versioned JSON document, and a table of counts. Refuses to know:
//! findings, which have forms of their own.

use serde_json::{Value, json};

use super::{Fact, Kind, Verdict};
use crate::source::{Sources, Span};

/// Version of the JSON document.
const VERSION: u32 = 1;

/// Every fact, version 1.
pub fn json(facts: &[Fact], environment: Option<&str>, sources: &Sources) -> Value {
    let rows: Vec<Value> = facts.iter().map(|fact| row(fact, sources)).collect();
    let mut counts = serde_json::Map::new();
    for verdict in Verdict::ALL {
        counts.insert(
            verdict.name().to_owned(),
            json!(count(facts, None, *verdict)),
        );
    }
    let accepted = facts.iter().filter(|fact| fact.accepted.is_some()).count();
    counts.insert("accepted".to_owned(), json!(accepted));
    json!({
        "version": VERSION,
        "environment": environment,
        "facts": rows,
        "statistics": counts,
    })
}

fn row(fact: &Fact, sources: &Sources) -> Value {
    let evidence = fact.evidence.as_ref().map(|evidence| {
        let mut place = place(evidence.span, sources);
        place["pointer"] = json!(evidence.pointer);
        place["confidence"] = json!(evidence.confidence.name());
        place
    });
    json!({
        "kind": fact.kind.name(),
        "subject": fact.subject,
        "verdict": fact.verdict.name(),
        "model": fact.model,
        "reality": fact.reality,
        "specification": fact.place.map(|span| place(span, sources)),
        "evidence": evidence,
        "why": fact.why,
        "accepted": fact.accepted,
    })
}

fn place(span: Span, sources: &Sources) -> Value {
    let start = sources.start(span);
    json!({
        "file": sources.file(span.file).name,
        "line": start.line,
        "column": start.column,
    })
}

fn count(facts: &[Fact], kind: Option<Kind>, verdict: Verdict) -> usize {
    let is_it = |fact: &&Fact| fact.verdict == verdict && kind.is_none_or(|kind| fact.kind == kind);
    facts.iter().filter(is_it).count()
}

/// The heads of the columns, by verdict.
const HEADS: &[(&str, Verdict)] = &[
    ("confirmed", Verdict::Confirmed),
    ("contradicted", Verdict::Contradicted),
    ("not in spec", Verdict::MissingInModel),
    ("not in reality", Verdict::MissingInReality),
    ("unknown", Verdict::Unknown),
];

/// Counts by kind and verdict, for people.
pub fn table(facts: &[Fact]) -> String {
    let mut text = format!("{:<12}", "");
    for (head, _) in HEADS {
        text.push_str(&format!("  {head:>14}"));
    }
    text.push('\n');
    for kind in Kind::ALL {
        let has = facts.iter().any(|fact| fact.kind == *kind);
        if has {
            text.push_str(&line(kind.name(), facts, Some(*kind)));
        }
    }
    text.push_str(&line("total", facts, None));
    text
}

fn line(name: &str, facts: &[Fact], kind: Option<Kind>) -> String {
    let mut text = format!("{name:<12}");
    for (_, verdict) in HEADS {
        text.push_str(&format!("  {:>14}", count(facts, kind, *verdict)));
    }
    text.push('\n');
    text
}
