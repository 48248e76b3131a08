//! The table of every key of the language: how a difference under it is reported, and what
//! the text there refers to.
//!
//! In: nothing. Out: [`LEAVES`]; a test compares it with the keys that the decoder knows, so
//! that a new key has to say here what its change means. Refuses to know: any model.

use super::kinds::{self, ChangeKind};

/// A record of the language and one of its keys.
pub(super) type Leaf = (&'static str, &'static str);

/// What a key's change is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Report {
    /// A change of this kind.
    As(&'static ChangeKind),
    /// Code decides; it looks at both models.
    Decided,
    /// It is reported with the key that holds the record it is in.
    Within,
    /// It is not compared, for this reason.
    NotCompared(&'static str),
}

/// What a text under a key names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refers {
    /// Nothing: it is read by people.
    Nothing,
    /// A component, by id or alias.
    Component,
    /// Components, as the keys of a mapping.
    ComponentKeys,
    /// A topic, or a pattern of topics.
    Topic,
    /// A component or a topic.
    Element,
    /// A layer.
    Layer,
    /// A category.
    Category,
    /// What a selector names.
    Selector,
}

/// A row of the table.
pub(crate) type Row = (&'static str, &'static str, Refers, Report);

/// What the text under a key names.
pub(super) fn refers((record, key): Leaf) -> Refers {
    row((record, key)).map_or(Refers::Nothing, |(_, _, refers, _)| *refers)
}

/// How a difference under a key is reported.
pub(super) fn report(leaf: Leaf) -> Report {
    row(leaf).map_or(Report::Decided, |(_, _, _, report)| *report)
}

/// A key of a record with the names that live as long as the program.
pub(super) fn find(record: &str, key: &str) -> Option<Leaf> {
    row((record, key)).map(|(record, key, ..)| (*record, *key))
}

fn row((record, key): (&str, &str)) -> Option<&'static Row> {
    LEAVES
        .iter()
        .find(|(known, of, ..)| *known == record && *of == key)
}

/// Declares the rows of a record: `key: report` or `key (refers): report`.
macro_rules! leaves {
    ($($record:literal { $($key:literal $(($refers:ident))? : $report:expr),+ $(,)? })+) => {
        &[$($( ($record, $key, leaves!(@refers $($refers)?), $report) ),+),+]
    };
    (@refers $refers:ident) => { Refers::$refers };
    (@refers) => { Refers::Nothing };
}

use Report::{As, Decided, NotCompared, Within};

/// Every key of the language, by record.
pub(crate) const LEAVES: &[Row] = leaves! {
    "Spec" {
        "archviz": NotCompared("one version of the language is read, so two can't differ"),
        "name": As(kinds::PLATFORM_CHANGED),
        "version": As(kinds::PLATFORM_CHANGED),
        "description": As(kinds::PLATFORM_CHANGED),
        "include": NotCompared("it says which files hold the elements, and the elements are compared"),
        "layers": Decided,
        "categories": Decided,
        "owners": As(kinds::OWNERS_CHANGED),
        "deployments": As(kinds::DEPLOYMENTS_CHANGED),
        "components": Decided,
        "topics": Decided,
        "flows": Decided,
        "scenarios": Decided,
        "facts": As(kinds::FACTS_CHANGED),
        "configuration": As(kinds::CONFIGURATION_CHANGED),
        "views": As(kinds::VIEWS_CHANGED),
        "lints": As(kinds::LINTS_CHANGED),
        "changes": As(kinds::LINTS_CHANGED),
        "policies": As(kinds::POLICIES_CHANGED),
        "outputs": As(kinds::OUTPUTS_CHANGED),
        "documents": As(kinds::DOCUMENTS_CHANGED),
        "sources": As(kinds::SOURCES_CHANGED),
        "drift": As(kinds::SOURCES_CHANGED),
        "summary": As(kinds::SUMMARY_CHANGED),
        "metadata": As(kinds::METADATA_CHANGED),
    }
    "Component" {
        "name": As(kinds::NAME_CHANGED),
        "aliases": As(kinds::ALIASES_CHANGED),
        "kind": Decided,
        "layer" (Layer): Decided,
        "category" (Category): Decided,
        "icon": As(kinds::ICON_CHANGED),
        "type": As(kinds::DESCRIPTION_CHANGED),
        "technology": As(kinds::TECHNOLOGY_CHANGED),
        "version": Decided,
        "deployment": As(kinds::DEPLOYMENT_CHANGED),
        "purpose": As(kinds::DESCRIPTION_CHANGED),
        "description": As(kinds::DESCRIPTION_CHANGED),
        "ports": Decided,
        "protocols": Decided,
        "operations" (ComponentKeys): As(kinds::OPERATIONS_CHANGED),
        "functions": As(kinds::FUNCTIONS_CHANGED),
        "api_calls" (ComponentKeys): As(kinds::API_CALLS_CHANGED),
        "consumes": As(kinds::SUBSCRIPTION_CHANGED),
        "publishes": As(kinds::SUBSCRIPTION_CHANGED),
        "owner": As(kinds::OWNER_CHANGED),
        "tags": As(kinds::TAGS_CHANGED),
        "links": As(kinds::LINKS_CHANGED),
        "parent" (Component): As(kinds::COMPONENT_PARENT_CHANGED),
        "formerly": As(kinds::RENAME_DECLARED),
        "since": As(kinds::SINCE_CHANGED),
        "deprecated": Decided,
        "source": As(kinds::SOURCE_REFERENCE_CHANGED),
        "metadata": As(kinds::METADATA_CHANGED),
    }
    "Port" { "port": Within, "name": Within, "protocol": Within, "host": Within }
    "Protocols" { "inbound": Within, "outbound": Within }
    "Subscription" { "topic" (Topic): Within, "purpose": Within, "trigger": Within, "label": Within }
    "Deprecation" { "since": Within, "remove_by": Within, "use" (Element): Within, "reason": Within }
    "SourceRef" {
        "compose": Within, "service": Within, "kubernetes": Within, "workload": Within,
        "asyncapi": Within, "connect": Within, "connector": Within, "openapi": Within, "backstage": Within,
        "structurizr": Within, "calm": Within, "likec4": Within, "element": Within,
    }
    "Topic" {
        "name": As(kinds::NAME_CHANGED),
        "broker" (Component): Decided,
        "group": As(kinds::TOPIC_GROUP_CHANGED),
        "producers": Decided,
        "consumers": Decided,
        "source": As(kinds::TOPIC_SOURCE_CHANGED),
        "events": Decided,
        "data": Decided,
        "key": Decided,
        "partitions": Decided,
        "retention": Decided,
        "replication": Decided,
        "cleanup": Decided,
        "schema": Decided,
        "description": As(kinds::DESCRIPTION_CHANGED),
        "label": As(kinds::LABEL_CHANGED),
        "internal": As(kinds::INTERNAL_CHANGED),
        "owner": As(kinds::OWNER_CHANGED),
        "tags": As(kinds::TAGS_CHANGED),
        "links": As(kinds::LINKS_CHANGED),
        "formerly": As(kinds::RENAME_DECLARED),
        "since": As(kinds::SINCE_CHANGED),
        "deprecated": Decided,
        "metadata": As(kinds::METADATA_CHANGED),
    }
    "Participant" { "component" (Component): Within, "trigger": Within, "purpose": Within, "label": Within, "group": Within }
    "TopicSource" { "component" (Component): Within, "object": Within }
    "Field" { "name": Within, "type": Within, "required": Within, "description": Within }
    "Flow" {
        "from" (Component): Decided,
        "to" (Component): Decided,
        "label": As(kinds::LABEL_CHANGED),
        "protocol": Decided,
        "port": Decided,
        "async": Decided,
        "bidirectional": Decided,
        "initiator" (Component): Decided,
        "topics" (Topic): As(kinds::FLOW_TOPICS_CHANGED),
        "latency": As(kinds::FLOW_LATENCY_CHANGED),
        "description": As(kinds::DESCRIPTION_CHANGED),
        "tags": As(kinds::TAGS_CHANGED),
        "metadata": As(kinds::METADATA_CHANGED),
    }
    "Scenario" {
        "name": As(kinds::NAME_CHANGED),
        "description": As(kinds::DESCRIPTION_CHANGED),
        "trigger": As(kinds::SCENARIO_CHANGED),
        "steps": Decided,
        "budget": Decided,
        "tags": As(kinds::TAGS_CHANGED),
        "metadata": As(kinds::METADATA_CHANGED),
    }
    "Budget" { "latency": Within }
    "Call" { "from": Within, "to": Within, "label": Within, "latency": Within, "reply": Within }
    "Publish" { "from": Within, "topic": Within, "label": Within, "latency": Within }
    "Consume" { "by": Within, "topic": Within, "label": Within, "latency": Within }
    "Note" { "on": Within, "text": Within }
    "Step" { "from" (Component): Within, "to" (Component): Within, "topic" (Topic): Within }
    "Layer" {
        "name": As(kinds::NAME_CHANGED),
        "color": As(kinds::LAYER_RECOLORED),
        "order": Decided,
        "icon": As(kinds::ICON_CHANGED),
        "description": As(kinds::DESCRIPTION_CHANGED),
        "formerly": As(kinds::RENAME_DECLARED),
        "metadata": As(kinds::METADATA_CHANGED),
    }
    "Category" {
        "name": As(kinds::NAME_CHANGED),
        "badge": As(kinds::BADGE_CHANGED),
        "description": As(kinds::DESCRIPTION_CHANGED),
    }
    "Owner" { "name": Within, "contact": Within, "link": Within }
    "Deployment" { "name": Within, "badge": Within }
    "Fact" { "name": Within, "value": Within, "note": Within }
    "Configuration" { "title": Within, "from": Within, "service": Within, "keys": Within }
    "View" {
        "title": Within, "description": Within, "include" (Selector): Within, "exclude" (Selector): Within,
        "topics": Within, "collapse": Within, "direction": Within,
    }
    "LintSetting" { "level": Within, "except" (Selector): Within, "elements" (Selector): Within, "paths": Within, "reason": Within }
    "ChangeSetting" { "class": Within, "reason": Within }
    "Policy" {
        "id": Within, "forbid": Within, "allow_only": Within, "layers": Within, "independent" (Selector): Within,
        "acyclic" (Selector): Within, "require": Within, "threshold": Within, "exceptions": Within,
        "because": Within, "level": Within,
    }
    "PolicyFlows" { "from" (Selector): Within, "to" (Selector): Within, "indirect": Within }
    "PolicyLayers" { "order": Within, "exhaustive": Within, "skip": Within }
    "PolicyRequire" {
        "components" (Selector): Within, "topics" (Topic): Within, "keys": Within, "publishes" (Topic): Within,
        "consumes" (Topic): Within, "producers" (Selector): Within, "consumers" (Selector): Within,
        "reachable_from" (Selector): Within,
    }
    "PolicyThreshold" {
        "components" (Selector): Within, "topics" (Topic): Within, "measure": Within, "max": Within, "min": Within,
    }
    "PolicyException" {
        "from" (Selector): Within, "to" (Selector): Within, "components" (Selector): Within, "topics" (Topic): Within,
        "reason": Within, "owner": Within, "until": Within, "covers": Within,
    }
    "Documents" { "files": Within, "claims": Within }
    "Claim" { "says": Within, "counts": Within, "value": Within, "under": Within, "files": Within }
    "Outputs" { "folder": Within, "views": Within, "formats": Within }
    "SourceList" {
        "compose": Within, "kubernetes": Within, "asyncapi": Within,
        "connect": Within, "openapi": Within, "backstage": Within,
        "structurizr": Within, "calm": Within, "likec4": Within,
        "ids" (Component): Within, "environments": Within,
    }
    "Drift" { "accept": Within }
    "Acceptance" { "subject": Within, "rule": Within, "reason": Within, "until": Within, "environments": Within }
    "Summary" { "title": Within, "subtitle": Within, "benefits": Within, "files": Within, "notes": Within, "closing": Within }
    "SummaryFile" { "path": Within, "notes": Within }
};

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::LEAVES;

    /// The keys of the language, by the declarations that the decoder is made of.
    fn declared() -> BTreeSet<(String, String)> {
        let schema = crate::spec::json_schema();
        let mut keys = BTreeSet::new();
        for (record, definition) in schema["$defs"].as_object().into_iter().flatten() {
            let forms = definition["anyOf"].as_array().cloned();
            for form in forms.unwrap_or_else(|| vec![definition.clone()]) {
                for (key, _) in form["properties"].as_object().into_iter().flatten() {
                    keys.insert((record.clone(), key.clone()));
                }
            }
        }
        keys
    }

    #[test]
    fn every_key_of_the_language_says_what_its_change_means() {
        // Steps are compared as the model resolves them.
        let rows = LEAVES.iter().filter(|(record, ..)| *record != "Step");
        let rows: BTreeSet<_> = rows
            .map(|(record, key, ..)| ((*record).to_owned(), (*key).to_owned()))
            .collect();
        let declared = declared();
        let missing: Vec<_> = declared.difference(&rows).collect();
        let unknown: Vec<_> = rows.difference(&declared).collect();
        assert!(
            missing.is_empty() && unknown.is_empty(),
            "missing {missing:?}, unknown {unknown:?}"
        );
        assert!(declared.len() > 150);
    }
}
