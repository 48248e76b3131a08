//! The document that the project started from, written down word for word, and its contradictions.
//!
//! In: `tests/data/seed-literal`, where a comment `seed-N` stands beside each spot. Every
//! contradiction that the specification alone decides is found at its spot; the table says
//! by which rule, and the second table says why the others can't be decided.

use std::collections::BTreeSet;

use archviz::diagnostic::{Diagnostic, Severity};
use archviz::pipeline;
use archviz::source::{Sources, Workspace};
use libtest_mimic::{Failed, Trial};

use crate::case::{ensure, root};

const SPEC: &str = "tests/data/seed-literal/architecture.yaml";
/// Contradictions are numbered from 1 to this.
const LAST: u32 = 42;

/// Contradictions, the rule that reports them, and a text on the line that the finding points at.
const FOUND: &[(&[u32], &str, &str)] = &[
    // Fourteen flows are counted and twelve are typed: none needs to be typed.
    (&[1], "flow-duplicates-topic", "- kafka_connect -> kafka"),
    (&[1], "flow-duplicates-topic", "- card_agent -> kafka"),
    (&[1], "flow-duplicates-topic", "- loan_agent -> kafka"),
    (&[1], "flow-duplicates-topic", "- wealth_agent -> kafka"),
    (&[1], "flow-duplicates-topic", "- mcp_tools -> kafka"),
    (&[1], "flow-duplicates-topic", "- kafka -> audit_service"),
    // The two flows that nobody typed are those of consumers that nobody declared.
    (
        &[2, 7],
        "consumer-mismatch",
        "[audit_service, notification_service]",
    ),
    (
        &[2],
        "unknown-component",
        "[audit_service, data_warehouse_sync]",
    ),
    (
        &[3],
        "consumer-mismatch",
        "[audit_service, analytics_service] # seed-3",
    ),
    (
        &[4],
        "consumer-mismatch",
        "[analytics_service, data_warehouse_sync] # seed-4",
    ),
    (&[5], "consumer-mismatch", "{ topic: external.*"),
    (
        &[6],
        "consumer-mismatch",
        "{ topic: compliance.alerts, purpose: Monitoring",
    ),
    (
        &[8],
        "unknown-component",
        "[audit_service, data_warehouse_sync] # seed-8",
    ),
    (
        &[9],
        "consume-without-subscription",
        "by: observability, topic: db.changes.users",
    ),
    (
        &[10],
        "consumer-mismatch",
        "by: observability, topic: compliance.alerts",
    ),
    (
        &[11],
        "flow-duplicates-topic",
        "- kafka -> observability: Metrics",
    ),
    (&[12], "source-not-connected", "object: Users table"),
    (
        &[12, 13],
        "operation-without-flow",
        "PostgreSQL: [pg_logical_slot_get_changes()",
    ),
    (
        &[13],
        "source-without-topic",
        "- vector_db -> kafka_connect",
    ),
    (&[14], "store-language-mismatch", "UPDATE users SET email"),
    (&[16], "kind-mismatch", "- governance -> kafka"),
    (&[17], "direction-contradiction", "- zookeeper -> kafka"),
    (
        &[18],
        "flow-duplicates-topic",
        "- kafka -> analytics_service",
    ),
    (&[20], "missing-color", "governance: { name: Governance"),
    (
        &[22],
        "category-like-layer",
        "supporting: { name: Supporting Components",
    ),
    (
        &[27],
        "budget-without-latency",
        "budget: { latency: 200ms }",
    ),
    (&[31], "http-call-to-broker", "POST /topics/{topic}"),
    (
        &[31],
        "http-call-to-broker",
        "GET /topics/agent.executions/messages",
    ),
    (&[31], "http-call-to-broker", "GET /topics/+/messages"),
    (&[32], "bad-api-path", "GET /topics/+/messages"),
    (&[34], "operation-without-flow", "redis: [\"HINCRBY"),
    (
        &[34],
        "operation-without-flow",
        "MongoDB: [analytics.insertOne()]",
    ),
    (
        &[34],
        "operation-without-flow",
        "cosmos_db: [audit_trail.insertOne()]",
    ),
    (
        &[34],
        "operation-without-flow",
        "PostgreSQL: [INSERT INTO audit_events]",
    ),
    (&[34], "prose-only-name", "Prometheus: [POST"),
    (&[34, 39], "prose-only-name", "SIEM: [POST"),
    (&[35], "deployment-variant", "container_docker_k8s: { name"),
    (&[35], "deployment-variant", "container_kubernetes: { name"),
    (&[37], "key-naming", "key: conversation_id"),
    (&[37], "missing-key", "agent.executions: # seed-37"),
    (&[37], "missing-key", "compliance.alerts: # seed-37"),
    (&[38], "long-chain", "# seed-38: four hops"),
    (
        &[38],
        "unknown-component",
        "- governance_engine -> detects_pii_exposure",
    ),
    (&[39], "unknown-component", "-> cards_api: fetches balance"),
];

/// What no reading of this one specification decides, and why.
const UNDECIDABLE: &[(u32, &str)] = &[
    (
        15,
        "protocols are free texts, and a driver may well speak to two stores under one name",
    ),
    (
        19,
        "needs the version before: the layer that the component moved from",
    ),
    (
        21,
        "needs the version before: the orders that were renumbered",
    ),
    (
        23,
        "the sums are right; what is missing is that something computes them",
    ),
    (
        24,
        "whether systems behind a component count as external ones is for the author to say",
    ),
    (
        25,
        "internal topics follow from the values of a deployment file",
    ),
    (
        26,
        "where offsets live follows from a deployment file and knowledge of Kafka",
    ),
    (28, "compares a figure with a promise in prose"),
    (29, "compares a figure with a promise in prose"),
    (30, "the value stands in a deployment file"),
    (33, "the advertised listener stands in a deployment file"),
    (
        36,
        "two peers of the broker are too few to say what every peer states",
    ),
    (40, "needs knowledge of the life cycle of a product"),
    (
        41,
        "the encoding of a document that is not part of the specification",
    ),
    (
        42,
        "headings of a document that is not part of the specification",
    ),
];

/// One trial for each row, and one for what the tables leave out.
pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = vec![
        Trial::test("seed::every_contradiction_is_listed", is_complete),
        Trial::test("seed::every_error_is_a_contradiction", is_exact),
    ];
    for (numbers, code, text) in FOUND {
        let names: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        let title = format!("seed::seed_{}::{code}::{text}", names.join("_"));
        trials.push(Trial::test(title, move || is_found(numbers, code, text)));
    }
    trials
}

fn findings() -> Result<(Sources, Vec<Diagnostic>), Failed> {
    Ok(pipeline::findings(&Workspace::on_disk(&root(SPEC)))?)
}

/// Whether a place of the finding is on a line that holds the text.
fn points_at(sources: &Sources, finding: &Diagnostic, lines: &[&str], text: &str) -> bool {
    let mut places = finding.labels.iter();
    places.any(|label| {
        let line = sources.start(label.span).line;
        lines.get(line - 1).is_some_and(|line| line.contains(text))
    })
}

fn is_found(numbers: &[u32], code: &str, text: &str) -> Result<(), Failed> {
    let spec = std::fs::read_to_string(root(SPEC))?;
    let lines: Vec<&str> = spec.lines().collect();
    for number in numbers {
        ensure(spec.contains(&format!("seed-{number}")), || {
            format!("no comment marks seed-{number}")
        })?;
    }
    let (sources, findings) = findings()?;
    let mut findings = findings.iter().filter(|finding| finding.code.id == code);
    ensure(
        findings.any(|finding| points_at(&sources, finding, &lines, text)),
        || format!("{code} does not point at `{text}`"),
    )
}

fn is_complete() -> Result<(), Failed> {
    let found: BTreeSet<u32> = FOUND
        .iter()
        .flat_map(|(numbers, ..)| *numbers)
        .copied()
        .collect();
    let undecidable: BTreeSet<u32> = UNDECIDABLE.iter().map(|(number, _)| *number).collect();
    let both: Vec<_> = found.intersection(&undecidable).collect();
    let none: Vec<u32> = (1..=LAST)
        .filter(|number| !found.contains(number) && !undecidable.contains(number))
        .collect();
    ensure(both.is_empty() && none.is_empty(), || {
        format!("in both tables: {both:?}; in none: {none:?}")
    })
}

/// Nothing is called wrong that is not.
fn is_exact() -> Result<(), Failed> {
    let spec = std::fs::read_to_string(root(SPEC))?;
    let lines: Vec<&str> = spec.lines().collect();
    let (sources, findings) = findings()?;
    let is_listed = |finding: &&Diagnostic| {
        let mut rows = FOUND.iter().filter(|(_, code, _)| finding.code.id == *code);
        rows.any(|(.., text)| points_at(&sources, finding, &lines, text))
    };
    let errors = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error);
    let unlisted: Vec<&str> = errors
        .filter(|finding| !is_listed(finding))
        .map(|finding| finding.message.as_str())
        .collect();
    ensure(unlisted.is_empty(), || {
        format!("errors that no contradiction explains: {unlisted:#?}")
    })
}
