//! Components: that they exist, their versions, what they are made with, and their ports.
//!
//! In: the pairs. Out: facts. Refuses to know: flows and topics.

use super::pair::Pairs;
use super::places::{Scope, places};
use super::{Fact, Kind, Verdict};
use crate::import::{Component, Confidence, Fact as Real, Imported, Port};
use crate::model::{ComponentId, Model};
use crate::spec::Text;

/// Sources that describe a whole architecture, so that what they lack is not there.
pub(super) const WHOLE: &[&str] = &["structurizr", "calm", "likec4"];
/// How a component runs, and the kind of source that shows it.
const SHOWN: &[(&str, &str)] = &[("container", "compose"), ("kubernetes", "kubernetes")];

/// Adds the facts about components.
pub(super) fn compare(
    model: &Model<'_>,
    imported: &Imported,
    pairs: &Pairs<'_>,
    scope: &Scope<'_>,
    facts: &mut Vec<Fact>,
) {
    for (id, _) in model.components() {
        match pairs.reality_of(id) {
            [] => facts.push(unmatched(model, id, pairs, scope)),
            found => {
                let found: Vec<&Component> =
                    found.iter().map(|at| &imported.components[*at]).collect();
                facts.push(confirmed(model, id, found[0]));
                for component in &found {
                    details(model, id, component, pairs, facts);
                }
                ports(model, id, &found, facts);
            }
        }
    }
    for (at, component) in imported.components.iter().enumerate() {
        if pairs.model_of(at).is_none() {
            facts.push(unlisted(component));
        }
    }
    for (id, _) in model.components() {
        if !pairs.reality_of(id).is_empty() {
            facts.extend(pairs.lost(id).iter().map(|row| lost(model, id, *row)));
        }
    }
}

fn subject(model: &Model<'_>, id: ComponentId) -> String {
    format!("component:{}", model[id].id.value)
}

fn confirmed(model: &Model<'_>, id: ComponentId, component: &Component) -> Fact {
    Fact::new(Kind::Component, subject(model, id), Verdict::Confirmed)
        .model(model[id].id.value, model[id].id.span)
        .reality(shown_name(component), &component.evidence)
}

/// The name in its source, with the kind of source.
fn shown_name(component: &Component) -> String {
    match component.origins.first() {
        Some(origin) => format!("{} `{}`", origin.importer, origin.name),
        None => format!("`{}`", component.name),
    }
}

/// A component that no source has: gone, or out of sight.
fn unmatched(model: &Model<'_>, id: ComponentId, pairs: &Pairs<'_>, scope: &Scope<'_>) -> Fact {
    if let Some(row) = pairs.lost(id).first() {
        return lost(model, id, *row);
    }
    let component = &model[id];
    let fact = |verdict| {
        Fact::new(Kind::Component, subject(model, id), verdict)
            .model(component.id.value, component.id.span)
    };
    let runs = component.written.deployment.map(|runs| runs.value);
    let has_source = component.written.source.is_some();
    let shown = SHOWN
        .iter()
        .find(|(word, kind)| runs == Some(*word) && scope.kinds.contains(kind));
    if let Some((word, kind)) = shown.filter(|_| !has_source && component.children.is_empty()) {
        return fact(Verdict::MissingInReality).why(format!(
            "it says `deployment: {word}`, and no {kind} file has it"
        ));
    }
    if let Some(kind) = WHOLE.iter().find(|kind| scope.kinds.contains(*kind)) {
        return fact(Verdict::MissingInReality)
            .why(format!("the {kind} model describes the whole architecture"));
    }
    fact(Verdict::Unknown).why("no source that was read would show it")
}

/// A place that `source:` names and no source has.
fn lost(model: &Model<'_>, id: ComponentId, row: usize) -> Fact {
    let component = &model[id];
    let stated = component
        .written
        .source
        .iter()
        .flat_map(|stated| places(stated));
    let place = stated.into_iter().nth(row);
    let span = place.map_or(component.id.span, |place| {
        place.part.map_or(place.path.span, |part| part.span)
    });
    let says = place.map_or_else(String::new, |place| {
        let part = place.part.map_or("", |part: Text<'_>| part.value);
        let separator = if part.is_empty() { "" } else { " " };
        format!("{} {}{separator}{part}", place.kind, place.path.value)
    });
    Fact::new(
        Kind::Component,
        subject(model, id),
        Verdict::MissingInReality,
    )
    .model(says, span)
    .why("`source:` names a place that is not there")
}

/// A component that the specification does not have.
fn unlisted(component: &Component) -> Fact {
    let name = component
        .origins
        .first()
        .map_or(&component.name, |origin| &origin.name);
    let subject = format!("component:{name}");
    if component.origins.is_empty() {
        return Fact::new(Kind::Component, subject, Verdict::Unknown)
            .reality(shown_name(component), &component.evidence)
            .why("a source refers to it, and no component of the specification has its name");
    }
    Fact::new(Kind::Component, subject, Verdict::MissingInModel)
        .reality(shown_name(component), &component.evidence)
}

/// Version and technology, where the specification states them.
fn details(
    model: &Model<'_>,
    id: ComponentId,
    component: &Component,
    pairs: &Pairs<'_>,
    facts: &mut Vec<Fact>,
) {
    if let Some(stated) = model[id].written.version {
        facts.push(version(model, id, stated, component, pairs));
    }
    if let (Some(stated), Some(real)) = (model[id].written.technology, &component.technology) {
        let verdict = technology(stated.value, &real.value, component);
        let fact = Fact::new(Kind::Technology, subject(model, id), verdict)
            .model(stated.value, stated.span)
            .reality(real.value.clone(), &real.evidence);
        facts.push(fact);
    }
}

fn version(
    model: &Model<'_>,
    id: ComponentId,
    stated: Text<'_>,
    component: &Component,
    pairs: &Pairs<'_>,
) -> Fact {
    let fact = |verdict| {
        Fact::new(Kind::Version, subject(model, id), verdict).model(stated.value, stated.span)
    };
    let surely = |real: &&Real<String>| real.evidence.confidence > Confidence::NameGuess;
    if let Some(real) = component.version.as_ref().filter(surely) {
        let (verdict, why) = same_version(stated.value, &real.value);
        let mut fact = fact(verdict).reality(real.value.clone(), &real.evidence);
        fact.why = why.map(ToOwned::to_owned);
        return fact;
    }
    let unknowns = pairs.unknowns(&component.key).iter();
    let unknown = unknowns.copied().find(|unknown| unknown.what == "version");
    let why = unknown.map_or("no source tells", |unknown| &unknown.why);
    let evidence = unknown.map_or(&component.evidence, |unknown| &unknown.evidence);
    fact(Verdict::Unknown).why(why).shown_by(Some(evidence))
}

/// A version is the same if one states the first parts of the other.
fn same_version(stated: &str, real: &str) -> (Verdict, Option<&'static str>) {
    let (stated, real) = (plain_version(stated), plain_version(real));
    let starts = |long: &str, short: &str| {
        long.strip_prefix(short)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-', '+', '_']))
    };
    if real == "latest" || real.is_empty() {
        return (
            Verdict::Unknown,
            Some("the source takes whatever is the latest"),
        );
    }
    if starts(real, stated) {
        (Verdict::Confirmed, None)
    } else if starts(stated, real) {
        (Verdict::Unknown, Some("the source is less precise"))
    } else {
        (Verdict::Contradicted, None)
    }
}

fn plain_version(text: &str) -> &str {
    let text = text.trim();
    text.strip_prefix('v')
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        .unwrap_or(text)
}

/// Technologies are free text: only two products of one kind contradict each other.
fn technology(stated: &str, real: &str, component: &Component) -> Verdict {
    let (stated, real) = (stated.to_lowercase(), real.to_lowercase());
    if has_words(&stated, &real) || has_words(&real, &stated) {
        return Verdict::Confirmed;
    }
    let kind = component.kind.as_ref().map(|kind| kind.value);
    let others = crate::import::products(kind);
    let is_other = others.iter().any(|name| {
        let name = name.to_lowercase();
        name != real && has_words(&stated, &name)
    });
    if is_other {
        Verdict::Contradicted
    } else {
        Verdict::Unknown
    }
}

/// Whether `text` has `words` in it, as whole words.
fn has_words(text: &str, words: &str) -> bool {
    let is_border = |char: Option<char>| char.is_none_or(|char| !char.is_alphanumeric());
    text.match_indices(words).any(|(at, _)| {
        is_border(text[..at].chars().next_back())
            && is_border(text[at + words.len()..].chars().next())
    })
}

/// Ports, if the specification states any.
fn ports(model: &Model<'_>, id: ComponentId, found: &[&Component], facts: &mut Vec<Fact>) {
    let stated = &model[id].written.ports;
    if stated.is_empty() {
        return;
    }
    let real: Vec<_> = found
        .iter()
        .flat_map(|component| &component.ports)
        .collect();
    for port in stated {
        let Some(number) = port.port else {
            continue;
        };
        let says = match port.host {
            Some(host) => format!("{} on host port {}", number.value, host.value),
            None => number.value.to_string(),
        };
        let fact = |verdict| {
            Fact::new(Kind::Port, subject(model, id), verdict).model(says.clone(), number.span)
        };
        let same: Vec<_> = real
            .iter()
            .filter(|real| u64::from(real.value.port) == number.value)
            .collect();
        let is_published = |wanted: u64| {
            move |real: &&&&Real<Port>| real.value.host.map(u64::from) == Some(wanted)
        };
        facts.push(match (same.first(), port.host) {
            (Some(first), None) => {
                fact(Verdict::Confirmed).reality(shown_port(&first.value), &first.evidence)
            }
            (Some(first), Some(host)) => match same.iter().find(is_published(host.value)) {
                Some(real) => {
                    fact(Verdict::Confirmed).reality(shown_port(&real.value), &real.evidence)
                }
                None => {
                    fact(Verdict::Contradicted).reality(shown_port(&first.value), &first.evidence)
                }
            },
            (None, _) if real.is_empty() => fact(Verdict::Unknown)
                .why("no source states a port of it")
                .shown_by(Some(&found[0].evidence)),
            (None, _) => fact(Verdict::MissingInReality).shown_by(Some(&real[0].evidence)),
        });
    }
    let mut further = Vec::new();
    for real in real {
        let is_stated = |port: &crate::spec::Port<'_>| {
            port.port
                .is_some_and(|port| port.value == u64::from(real.value.port))
        };
        if !stated.iter().any(is_stated) {
            let fact = Fact::new(Kind::Port, subject(model, id), Verdict::MissingInModel)
                .reality(shown_port(&real.value), &real.evidence)
                .at(model[id].id.span);
            if !further.contains(&fact) {
                further.push(fact);
            }
        }
    }
    facts.extend(further);
}

fn shown_port(port: &Port) -> String {
    match port.host {
        Some(host) => format!("{} on host port {host}", port.port),
        None => port.port.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Verdict, has_words, same_version};

    #[test]
    fn a_version_that_is_less_precise_is_no_contradiction() {
        let verdict = |stated, real| same_version(stated, real).0;
        assert_eq!(verdict("7.5.0", "7.5.0"), Verdict::Confirmed);
        assert_eq!(verdict("2.4", "2.4.2.Final"), Verdict::Confirmed);
        assert_eq!(verdict("v2.4", "2.4-alpine"), Verdict::Confirmed);
        assert_eq!(verdict("15.3", "15"), Verdict::Unknown);
        assert_eq!(verdict("15", "latest"), Verdict::Unknown);
        assert_eq!(verdict("7.5.0", "7.6.13"), Verdict::Contradicted);
        assert_eq!(verdict("1", "15"), Verdict::Contradicted);
    }

    #[test]
    fn words_are_whole() {
        assert!(has_words("postgresql 15, pgvector", "postgresql"));
        assert!(!has_words("mysqlish", "mysql"));
    }
}
