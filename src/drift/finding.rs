//! Differences as findings, in the forms of all other findings.
//!
//! In: facts. Out: findings at the place in the specification with the place in the source
//! beside it, or the other way round where the specification has none. Refuses to know:
//! levels, and acceptances beyond what facts say.

use super::{Fact, Kind, Verdict};
use crate::diagnostic::{
    Code, DRIFT_COMPONENT_MISSING_IN_MODEL, DRIFT_COMPONENT_MISSING_IN_REALITY,
    DRIFT_FLOW_MISSING_IN_MODEL, DRIFT_FLOW_MISSING_IN_REALITY, DRIFT_FLOW_REVERSED,
    DRIFT_PARTY_MISSING_IN_MODEL, DRIFT_PARTY_MISSING_IN_REALITY, DRIFT_PORT, DRIFT_SOURCE_MISSING,
    DRIFT_TECHNOLOGY, DRIFT_TOPIC_MISSING_IN_MODEL, DRIFT_TOPIC_MISSING_IN_REALITY,
    DRIFT_TOPIC_SETTING, DRIFT_VERSION, Diagnostic,
};
use crate::source::Span;

/// The findings of differences that are not accepted.
pub fn findings(facts: &[Fact]) -> Vec<Diagnostic> {
    let open = facts.iter().filter(|fact| fact.accepted.is_none());
    open.filter_map(|fact| Some(finding(fact, code_of(fact)?)))
        .collect()
}

/// A pattern of `sources:` that no file matches.
pub(crate) fn no_source(pattern: &str, span: Span) -> Diagnostic {
    let message = format!("`{pattern}` matches no file below the specification's folder");
    Diagnostic::new(DRIFT_SOURCE_MISSING, message, span, "is not compared")
        .help("write a path or glob relative to the specification")
}

/// The code of a difference.
pub(super) fn code_of(fact: &Fact) -> Option<&'static Code> {
    use Verdict::{MissingInModel, MissingInReality};
    if !fact.verdict.is_drift() {
        return None;
    }
    Some(match (fact.kind, fact.verdict) {
        (Kind::Component, MissingInModel) => DRIFT_COMPONENT_MISSING_IN_MODEL,
        (Kind::Component, _) => DRIFT_COMPONENT_MISSING_IN_REALITY,
        (Kind::Version, _) => DRIFT_VERSION,
        (Kind::Technology, _) => DRIFT_TECHNOLOGY,
        (Kind::Port, _) => DRIFT_PORT,
        (Kind::Flow, MissingInModel) => DRIFT_FLOW_MISSING_IN_MODEL,
        (Kind::Flow, MissingInReality) => DRIFT_FLOW_MISSING_IN_REALITY,
        (Kind::Flow, _) => DRIFT_FLOW_REVERSED,
        (Kind::Topic, MissingInModel) => DRIFT_TOPIC_MISSING_IN_MODEL,
        (Kind::Topic, _) => DRIFT_TOPIC_MISSING_IN_REALITY,
        (Kind::Partitions | Kind::Replication | Kind::Retention | Kind::Cleanup, _) => {
            DRIFT_TOPIC_SETTING
        }
        (Kind::Producer | Kind::Consumer, MissingInModel) => DRIFT_PARTY_MISSING_IN_MODEL,
        (Kind::Producer | Kind::Consumer, _) => DRIFT_PARTY_MISSING_IN_REALITY,
    })
}

fn finding(fact: &Fact, code: &'static Code) -> Diagnostic {
    let real = fact.evidence.as_ref().map(|evidence| evidence.span);
    let message = message(fact);
    // The side that says something wrong comes first; the other one is the related place.
    let (primary, related, label) = match (fact.verdict, fact.place, real) {
        (Verdict::MissingInModel, Some(place), Some(real)) => {
            (real, Some(place), "not stated here")
        }
        (Verdict::MissingInModel, None, Some(real)) => (real, None, ""),
        (_, Some(place), real) => (place, real, related_label(fact)),
        (_, None, real) => (real.unwrap_or_default(), None, ""),
    };
    let mut finding = Diagnostic::new(code, message, primary, own_label(fact));
    if let Some(related) = related {
        finding = finding.also(related, label);
    }
    let (kind, id) = fact.subject.split_once(':').unwrap_or(("", &fact.subject));
    finding.subject(kind, id).help(help(fact))
}

fn own_label(fact: &Fact) -> String {
    match fact.verdict {
        Verdict::MissingInReality => fact.why.clone().unwrap_or_default(),
        _ => String::new(),
    }
}

fn related_label(fact: &Fact) -> &'static str {
    match fact.verdict {
        Verdict::MissingInReality => "not here",
        _ => "really",
    }
}

/// The element's id in the subject.
fn id(fact: &Fact) -> &str {
    fact.subject
        .split_once(':')
        .map_or(&fact.subject, |(_, id)| id)
}

fn message(fact: &Fact) -> String {
    let id = id(fact);
    let model = fact.model.as_deref().unwrap_or_default();
    let real = fact.reality.as_deref().unwrap_or_default();
    match (fact.kind, fact.verdict) {
        (Kind::Component, Verdict::MissingInModel) => {
            format!("{real} is not in the specification")
        }
        (Kind::Component, _) => format!("`{id}` is not in the real system"),
        (Kind::Version, _) => {
            format!("`{id}` has version {real}, and the specification says {model}")
        }
        (Kind::Technology, _) => format!("`{id}` is {real}, and the specification says {model}"),
        (Kind::Port, Verdict::MissingInModel) => {
            format!("`{id}` listens on {real}, which the specification does not state")
        }
        (Kind::Port, Verdict::MissingInReality) => {
            format!("`{id}` does not listen on {model}")
        }
        (Kind::Port, _) => {
            format!("`{id}` listens on {real}, and the specification says {model}")
        }
        (Kind::Flow, Verdict::MissingInModel) => {
            format!("the flow `{id}` is not in the specification")
        }
        (Kind::Flow, Verdict::MissingInReality) => {
            format!("the flow `{id}` is not in the real system")
        }
        (Kind::Flow, _) => {
            format!("the real system opens `{real}`, and the specification says `{model}`")
        }
        (Kind::Topic, Verdict::MissingInModel) => {
            format!("topic `{id}` is not in the specification")
        }
        (Kind::Topic, _) => format!("topic `{id}` is not in the real system"),
        (Kind::Producer, Verdict::MissingInModel) => {
            format!("`{real}` writes topic `{id}`, which the specification does not state")
        }
        (Kind::Producer, _) => format!("`{model}` does not write topic `{id}`"),
        (Kind::Consumer, Verdict::MissingInModel) => {
            format!("`{real}` reads topic `{id}`, which the specification does not state")
        }
        (Kind::Consumer, _) => format!("`{model}` does not read topic `{id}`"),
        (kind, _) => format!(
            "{} of topic `{id}`: {real} in the real system, {model} in the specification",
            kind.name()
        ),
    }
}

fn help(fact: &Fact) -> String {
    let accept = "accept it for a time under `drift: { accept: … }`";
    match (fact.kind, fact.verdict) {
        (Kind::Component, Verdict::MissingInModel) => {
            format!("add it, or map its name (`source:`, `ids:`), or {accept}")
        }
        (Kind::Component, _) => "remove it, or correct its `source:`".to_owned(),
        (Kind::Flow, Verdict::Contradicted) => {
            "turn the flow, or name who opens the connection as `initiator`".to_owned()
        }
        (_, Verdict::MissingInModel) => format!("add it, or {accept}"),
        (_, Verdict::MissingInReality) => format!("remove it, or {accept}"),
        _ => format!("correct the specification or the real system, or {accept}"),
    }
}
