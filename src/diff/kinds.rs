//! The table of changes: one row a kind, for classification, `explain` and the docs.
//!
//! In: nothing. Out: [`CHANGE_KINDS`]. Refuses to know: how changes are found.

use super::class::{Audience, Class};
use crate::diagnostic::paragraphs;

/// A kind of change, with what `explain` says about it.
#[derive(Debug, PartialEq, Eq)]
pub struct ChangeKind {
    /// Kebab-case; says what happened.
    pub id: &'static str,
    /// The class when nothing in the two models says otherwise.
    pub class: Class,
    /// Whom it concerns.
    pub audience: &'static [Audience],
    /// One sentence without a full stop.
    pub summary: &'static str,
    /// What it means, when it has another class, and what decides: Markdown paragraphs.
    pub explanation: &'static str,
}

/// The kind of an id.
pub fn find_change_kind(id: &str) -> Option<&'static ChangeKind> {
    CHANGE_KINDS.iter().copied().find(|kind| kind.id == id)
}

/// What a kind of change means, whom it concerns, and when it has another class.
pub fn explain_change(kind: &ChangeKind) -> String {
    let audience: Vec<&str> = kind.audience.iter().map(|one| one.name()).collect();
    let mut out = format!(
        "{}: {}\n\nA change for {}; {} by default.\n",
        kind.id,
        kind.summary,
        audience.join(", "),
        kind.class.name()
    );
    paragraphs(kind.explanation, &mut out);
    out
}

/// Declares kinds and the table of all of them.
macro_rules! kinds {
    ($($name:ident: $id:literal $class:ident [$($audience:ident),*], $summary:literal, $explanation:literal;)+) => {
        $(pub(crate) const $name: &ChangeKind = &ChangeKind {
            id: $id,
            class: Class::$class,
            audience: &[$(Audience::$audience),*],
            summary: $summary,
            explanation: $explanation,
        };)+
        /// Every kind of change.
        pub const CHANGE_KINDS: &[&ChangeKind] = &[$($name),+];
    };
}

kinds! {
    COMPONENT_ADDED: "component-added" Safe [Readers], "a component is new",
        "Nobody depended on it before, so nobody stops working.";
    COMPONENT_REMOVED: "component-removed" Safe [Callers, Operators], "a component is gone",
        "Breaking if something that is still there sent flows to it, had its topics on it, or was inside it: those parties now talk to nobody. Safe if nothing referred to it any more. Topics that it wrote or read are reported by themselves.";
    COMPONENT_RENAMED: "component-renamed" Safe [Callers, Readers], "a component has another id",
        "Callers reach it by host and port, which are compared by themselves, so the id alone stops nobody. References to it were rewritten before comparing, so they do not count as changes. The rename is sure: the new version states `formerly`, or everything but the id is the same.";
    COMPONENT_LAYER_CHANGED: "component-layer-changed" Docs [Readers], "a component stands in another layer",
        "It moved; it is not new. The counts by layer show it as moved out and in.";
    COMPONENT_CATEGORY_CHANGED: "component-category-changed" Docs [Readers], "a component counts under another category",
        "It moved; it is not new. The counts by category show it as moved out and in.";
    COMPONENT_PARENT_CHANGED: "component-parent-changed" Docs [Readers], "a component is inside of another one",
        "What contains it orders the picture; no running system knows it.";
    COMPONENT_KIND_CHANGED: "component-kind-changed" Risky [Callers, Operators], "a component is of another kind",
        "A service that becomes a database, or a cache that becomes a store of record, is used in another way. Whether its callers notice is not in the model.";
    TECHNOLOGY_CHANGED: "technology-changed" Risky [Callers, Operators], "a component is made with another technology",
        "Whether the new one speaks the same as the old one is not in the model: compare what both speak, and the data that has to be migrated.";
    COMPONENT_VERSION_CHANGED: "component-version-changed" Safe [Callers, Operators], "a component has another version",
        "Risky if the first number changed: major versions may drop what callers use. Read its release notes.";
    DEPLOYMENT_CHANGED: "deployment-changed" Safe [Operators], "a component runs in another way",
        "Callers reach it as before unless its ports or protocols change, which is reported by itself.";
    PORT_ADDED: "port-added" Safe [Callers, Operators], "a component listens on a further port",
        "Nobody used it before.";
    PORT_REMOVED: "port-removed" Risky [Callers, Operators], "a component no longer listens on a port",
        "Breaking if a flow to the component states this port, or if it is the last port and somebody sends flows to the component. Otherwise the model does not say who used it.";
    PORT_CHANGED: "port-changed" Safe [Callers, Operators], "a port has another name, protocol or host port",
        "Breaking if another protocol is spoken there. Risky if it is published under another port of the host: those who come from outside use that number.";
    PROTOCOL_ADDED: "protocol-added" Safe [Callers], "a component understands a further protocol",
        "Nobody needed it before.";
    PROTOCOL_REMOVED: "protocol-removed" Breaking [Callers], "a component no longer understands a protocol",
        "Whoever speaks it is no longer understood.";
    OUTBOUND_PROTOCOL_CHANGED: "outbound-protocol-changed" Docs [Operators], "a component speaks other protocols to others",
        "What it speaks must be understood by those it calls; their inbound protocols are compared by themselves.";
    OPERATIONS_CHANGED: "operations-changed" Safe [Operators], "a component does other things on its stores",
        "It may need other rights on the store.";
    API_CALLS_CHANGED: "api-calls-changed" Safe [Callers, Operators], "a component makes other calls",
        "The callee decides whether it accepts them; what it offers is compared by itself.";
    FUNCTIONS_CHANGED: "functions-changed" Docs [Readers], "a component lists other functions",
        "They are names for readers; nothing refers to them.";
    ALIASES_CHANGED: "aliases-changed" Docs [Readers], "a component has other aliases",
        "References by alias mean the same component as before, or are errors of the new version.";
    SUBSCRIPTION_CHANGED: "subscription-changed" Docs [Consumers, Producers], "a component states its topics in another way",
        "What it receives or sends because of it is reported at the topics; this is the statement itself.";
    OWNER_CHANGED: "owner-changed" Safe [Operators], "somebody else answers for an element",
        "Alerts and questions go to another team from now on.";
    TOPIC_ADDED: "topic-added" Safe [Consumers, Producers, Operators], "a topic is new",
        "Nobody read it before. If a wildcard of an existing consumer matches it, that consumer receives it too; see `wildcard-coverage-changed`.";
    TOPIC_REMOVED: "topic-removed" Breaking [Consumers, Producers], "a topic is gone",
        "Its consumers receive nothing any more. Safe if it had no consumer, or if it was deprecated and the date or version stated under `remove_by` is reached: the date is compared with the new version's `version`, never with a clock.";
    TOPIC_RENAMED: "topic-renamed" Breaking [Consumers, Producers], "a topic has another name",
        "Consumers subscribe by name, so they receive nothing until they change it. Risky if the old topic is still there: producers can write both until every consumer has moved. A rename that is only likely is reported as a removed and an added topic.";
    REMOVED_WITHOUT_DEPRECATION: "removed-without-deprecation" Risky [Consumers, Callers], "something in use is gone that was not deprecated before",
        "State `deprecated:` in one version and remove it in a later one, so that those who use it have time.";
    LAST_PRODUCER_REMOVED: "last-producer-removed" Breaking [Consumers], "nobody writes to a topic any more",
        "Its consumers receive nothing new: the topic starves. Breaking only if somebody consumes it; safe otherwise.";
    PRODUCER_REMOVED: "producer-removed" Risky [Consumers], "a component no longer writes to a topic",
        "Others still do. Whether consumers miss what this one sent is not in the model. Safe if nobody consumes the topic.";
    PRODUCER_ADDED: "producer-added" Safe [Consumers], "a component writes to a topic as well",
        "Risky if others wrote to it before: order between producers is not kept, and consumers may trust the one they know.";
    CONSUMER_ADDED: "consumer-added" Safe [Operators], "a component reads a topic as well",
        "It needs rights on the topic and a consumer group. What is older than the retention it will not see.";
    CONSUMER_REMOVED: "consumer-removed" Safe [Producers], "a component no longer reads a topic",
        "Risky if it was the last one: its producers write for nobody.";
    WILDCARD_COVERAGE_CHANGED: "wildcard-coverage-changed" Risky [Consumers], "a wildcard matches other topics than before",
        "The consumer changed nothing, and yet it receives another topic, or one less. Whether it can read the events is not in the model: compare key and fields with those of the topics that it knows.";
    PARTICIPANT_CHANGED: "participant-changed" Docs [Consumers, Producers], "what is said about a producer or consumer is different",
        "When it publishes, why it consumes, or the label of the derived flow.";
    CONSUMER_GROUP_CHANGED: "consumer-group-changed" Risky [Consumers, Operators], "a consumer reads in another group",
        "A new group starts with offsets of its own: it may read events again or miss some, by its reset policy.";
    KEY_ADDED: "key-added" Risky [Consumers], "events have a key that had none",
        "They go to other partitions than before, so order changes once. Consumers that ignore the key read on.";
    KEY_CHANGED: "key-changed" Breaking [Consumers], "events are keyed by something else",
        "Order is kept by key, and compaction and joins work by key.";
    KEY_REMOVED: "key-removed" Breaking [Consumers], "events have no key any more",
        "Order is kept by key, and compaction and joins work by key.";
    PARTITIONS_INCREASED: "partitions-increased" Risky [Consumers], "a topic has more partitions",
        "Keys go to other partitions than before, so events of one key may be read out of order once. Safe if events have no key.";
    PARTITIONS_DECREASED: "partitions-decreased" Breaking [Operators], "a topic has fewer partitions",
        "Kafka can't do this in place: the topic has to be made anew, and consumers start again.";
    RETENTION_DECREASED: "retention-decreased" Risky [Consumers], "events are kept for a shorter time",
        "A consumer that is slower than the new retention loses events. Compare it with the longest time that a consumer may stand still.";
    RETENTION_INCREASED: "retention-increased" Safe [Operators], "events are kept for a longer time",
        "The topic needs more room. Risky if it was compacted to forget: keeping data longer may break a promise.";
    RETENTION_CHANGED: "retention-changed" Risky [Consumers], "events are kept for another time",
        "One of the two is no duration that can be compared.";
    REPLICATION_DECREASED: "replication-decreased" Risky [Operators], "a topic has fewer replicas",
        "It survives the loss of fewer brokers.";
    REPLICATION_INCREASED: "replication-increased" Safe [Operators], "a topic has more replicas",
        "It needs more room and survives the loss of more brokers.";
    CLEANUP_POLICY_CHANGED: "cleanup-policy-changed" Breaking [Consumers], "old events are cleaned up in another way",
        "Consumers that rebuild their state from a compacted topic lose it when the topic forgets by time; with compaction, only the last event of a key stays. Risky if the new policy does both.";
    EVENT_KINDS_ADDED: "event-kinds-added" Risky [Consumers], "a topic carries kinds of events that it did not carry",
        "Consumers must ignore or know them. Whether they do is not in the model.";
    EVENT_KINDS_REMOVED: "event-kinds-removed" Breaking [Consumers], "a topic no longer carries kinds of events",
        "Consumers that wait for them, such as for a DELETE, never see them again.";
    FIELD_REMOVED: "field-removed" Breaking [Consumers], "events no longer have a field",
        "Consumers that read it find nothing. Remove it after the last consumer has stopped reading it.";
    FIELD_TYPE_CHANGED: "field-type-changed" Breaking [Consumers], "a field of events has another type",
        "Consumers read it as what it was.";
    REQUIRED_FIELD_ADDED: "required-field-added" Breaking [Consumers], "events have a new field that every event must have",
        "Events that are already in the topic do not have it, so consumers that demand it fail on old data. Upgrade the producers first and make the field required afterwards. Safe if it is the consumers that stay old: they ignore it.";
    OPTIONAL_FIELD_ADDED: "optional-field-added" Safe [Consumers], "events have a new field",
        "Old consumers ignore it, and new ones can do without it.";
    FIELD_BECAME_REQUIRED: "field-became-required" Risky [Producers, Consumers], "every event must have a field that was optional",
        "Events that are already in the topic may not have it; producers that leave it out are refused.";
    FIELD_BECAME_OPTIONAL: "field-became-optional" Breaking [Consumers], "events may come without a field that all had",
        "Consumers that read it without looking fail on the first event that lacks it.";
    SCHEMA_CHANGED: "schema-changed" Risky [Consumers, Producers], "the schema of events is kept elsewhere",
        "Compare the two schemas: the model knows the place, not the contents.";
    TOPIC_SOURCE_CHANGED: "topic-source-changed" Risky [Consumers], "the events of a topic come from elsewhere",
        "Another table or feed may have other rows, and other rules for when an event is sent.";
    BROKER_CHANGED: "broker-changed" Breaking [Consumers, Producers], "a topic lives on another broker",
        "Producers and consumers are connected to the old one.";
    INTERNAL_CHANGED: "internal-changed" Safe [Consumers], "a topic became internal, or is no longer",
        "The wildcard `*` does not match internal topics; who receives less or more because of it is reported as `wildcard-coverage-changed`.";
    TOPIC_GROUP_CHANGED: "topic-group-changed" Docs [Readers], "a topic is listed under another heading",
        "Headings order documents; no running system knows them.";
    SETTING_STATED: "setting-stated" Docs [Operators, Readers], "a setting of a topic is written down that was not",
        "The topic had a value before, which the model did not state; compare it with the real one.";
    SETTING_UNSTATED: "setting-unstated" Docs [Operators, Readers], "a setting of a topic is no longer written down",
        "What the topic has is no longer in the model, so later versions can't be compared.";
    DEPRECATION_ADDED: "deprecation-added" Safe [Consumers, Callers], "an element is going away",
        "It still works. Those who use it should move to what is stated under `use`.";
    DEPRECATION_REMOVED: "deprecation-removed" Safe [Consumers, Callers], "an element is not going away any more",
        "Those who prepared to leave it can stay.";
    DEPRECATION_CHANGED: "deprecation-changed" Docs [Consumers, Callers], "what is said about a deprecation is different",
        "The date is compared by itself.";
    SUNSET_SHORTENED: "sunset-shortened" Breaking [Consumers, Callers], "an element goes away earlier than announced",
        "Those who use it planned with the date they knew.";
    SUNSET_EXTENDED: "sunset-extended" Safe [Consumers, Callers], "an element goes away later than announced",
        "Those who use it have more time.";
    FLOW_ADDED: "flow-added" Safe [Operators], "a declared flow is new",
        "It needs a network path. Flows that topics imply are reported with their topic.";
    FLOW_REMOVED: "flow-removed" Risky [Callers], "a declared flow is gone",
        "Whether anybody still needed it is not in the model; the scenarios that used it are named. Safe if one of its ends is gone too: that is reported by itself.";
    FLOW_DIRECTION_FLIPPED: "flow-direction-flipped" Breaking [Callers], "a flow goes the other way",
        "The end that sent now has to receive, and the other way around.";
    FLOW_BECAME_ASYNC: "flow-became-async" Risky [Callers], "the sender of a flow goes on without an answer",
        "Callers that needed the answer have to get it in another way.";
    FLOW_BECAME_SYNC: "flow-became-sync" Risky [Callers], "the sender of a flow waits for an answer",
        "It is now as slow, and as often down, as what it calls.";
    FLOW_DIRECTION_CHANGED: "flow-direction-changed" Risky [Callers], "data of a flow goes both ways, or no longer",
        "Safe if it goes both ways now: nobody loses what they had.";
    FLOW_PROTOCOL_CHANGED: "flow-protocol-changed" Risky [Callers, Operators], "a flow speaks another protocol",
        "Both ends have to speak it; what they speak is compared by itself. Docs if it was not stated before.";
    FLOW_PORT_CHANGED: "flow-port-changed" Risky [Callers, Operators], "a flow goes to another port",
        "Firewalls and configurations name the old one. Docs if it was not stated before.";
    FLOW_INITIATOR_CHANGED: "flow-initiator-changed" Risky [Operators], "the other end opens the connection of a flow",
        "Firewalls let connections through in one direction.";
    FLOW_TOPICS_CHANGED: "flow-topics-changed" Safe [Consumers], "a flow feeds other topics",
        "What the topics carry is compared by itself.";
    FLOW_LATENCY_CHANGED: "flow-latency-changed" Safe [Callers], "a flow takes another time",
        "Scenario budgets are checked by `archviz check`.";
    FLOW_GROUP_CHANGED: "flow-group-changed" Docs [Readers], "a flow stands under another heading",
        "Headings order documents; no running system knows them.";
    FLOW_HEADINGS_CHANGED: "flow-headings-changed" Docs [Readers], "the headings of flows are others",
        "Headings order documents; no running system knows them.";
    SCENARIO_ADDED: "scenario-added" Docs [Readers], "a scenario is new",
        "It tells how things work together; the flows that it uses are compared by themselves.";
    SCENARIO_REMOVED: "scenario-removed" Docs [Readers], "a scenario is gone",
        "The flows that it used are compared by themselves.";
    SCENARIO_CHANGED: "scenario-changed" Docs [Readers], "what is said about a scenario is different",
        "Its trigger or its tags.";
    SCENARIO_STEP_ADDED: "scenario-step-added" Docs [Readers], "a scenario has a further step",
        "Steps are matched by who does what with whom, in order, so that a step that is put in does not change those behind it.";
    SCENARIO_STEP_REMOVED: "scenario-step-removed" Docs [Readers], "a scenario has a step less",
        "Risky if the flow of the step is gone as well: the story may not work any more.";
    SCENARIO_STEP_MOVED: "scenario-step-moved" Docs [Readers], "a step of a scenario comes earlier or later",
        "What came before it may now come after it.";
    SCENARIO_STEP_CHANGED: "scenario-step-changed" Docs [Readers], "what is said about a step is different",
        "Its label, its latency, or whether it belongs to the step before.";
    BUDGET_CHANGED: "budget-changed" Docs [Operators], "a scenario may take another time",
        "Risky if it is shorter: what kept the old budget may not keep the new one.";
    LAYER_ADDED: "layer-added" Docs [Readers], "a layer is new",
        "Layers order the picture; no running system knows them.";
    LAYER_REMOVED: "layer-removed" Docs [Readers], "a layer is gone",
        "Layers order the picture; no running system knows them. What was in it stands elsewhere now.";
    LAYER_RENAMED: "layer-renamed" Docs [Readers], "a layer has another id",
        "Its components are where they were.";
    LAYER_MOVED: "layer-moved" Docs [Readers], "a layer changed places with another",
        "It is outside of the longest run of layers that kept their order.";
    LAYER_RENUMBERED: "layer-renumbered" Docs [Readers], "a layer has another number because others came or went",
        "It kept its place among the layers that are in both versions, so it did not move.";
    LAYER_RECOLORED: "layer-recolored" Docs [Readers], "a layer has another color",
        "Only the picture changes.";
    CATEGORY_ADDED: "category-added" Docs [Readers], "a category is new",
        "Categories are what components are counted by.";
    CATEGORY_REMOVED: "category-removed" Docs [Readers], "a category is gone",
        "Its components count elsewhere now, which is reported by itself.";
    BADGE_CHANGED: "badge-changed" Docs [Readers], "a category has another badge",
        "Only the picture changes.";
    NAME_CHANGED: "name-changed" Docs [Readers], "an element has another name",
        "References use ids, so nothing else changes.";
    DESCRIPTION_CHANGED: "description-changed" Docs [Readers], "the words about an element are different",
        "Purpose, description, type, and the like.";
    LABEL_CHANGED: "label-changed" Docs [Readers], "what is written on a flow is different",
        "The flow itself is the same.";
    ICON_CHANGED: "icon-changed" Docs [Readers], "an element has another icon",
        "Only the picture changes.";
    TAGS_CHANGED: "tags-changed" Docs [Readers], "an element has other tags",
        "Views and policies that select by tag may select other elements.";
    LINKS_CHANGED: "links-changed" Docs [Readers], "an element has other links",
        "They are for readers.";
    METADATA_CHANGED: "metadata-changed" Docs [Readers], "the data of your own is different",
        "The language does not interpret it; whoever reads it has to say what it means.";
    SINCE_CHANGED: "since-changed" Docs [Readers], "another version is stated as the first one",
        "It is for readers.";
    RENAME_DECLARED: "rename-declared" Docs [Readers], "an element states other former ids",
        "Former ids make a rename certain; they change nothing else.";
    SOURCE_REFERENCE_CHANGED: "source-reference-changed" Docs [Operators], "an element is found elsewhere in the real system",
        "`archviz drift` compares with another place.";
    RESTATED: "restated" Docs [Readers], "the same is stated in another way or place",
        "The two versions mean the same here: what one leaves to a default or to the other side, the other writes down.";
    ORDER_CHANGED: "order-changed" Docs [Readers], "an entry stands elsewhere in its list",
        "The order in the file is the order in pictures and documents.";
    PLATFORM_CHANGED: "platform-changed" Docs [Readers], "the platform's name, version or description is different",
        "No running system knows it.";
    OWNERS_CHANGED: "owners-changed" Docs [Operators, Readers], "an owner is new, gone or described in another way",
        "Who answers for an element is compared by itself.";
    DEPLOYMENTS_CHANGED: "deployments-changed" Docs [Readers], "a word for `deployment` is new, gone or shown in another way",
        "How components run is compared by itself.";
    FACTS_CHANGED: "facts-changed" Docs [Readers], "a figure that documents quote is different",
        "Whether the real system keeps it is not in the model.";
    CONFIGURATION_CHANGED: "configuration-changed" Docs [Readers], "documents quote other settings",
        "The settings themselves stand in the real files.";
    VIEWS_CHANGED: "views-changed" Docs [Readers], "a view is new, gone or shows something else",
        "Views choose what is drawn.";
    LINTS_CHANGED: "lints-changed" Docs [Readers], "a rule has another level or other exceptions, or a change another class",
        "`archviz check` or `archviz diff` may take something more or less seriously than before.";
    POLICIES_CHANGED: "policies-changed" Docs [Operators, Readers], "a rule of the team's own is new, gone or different",
        "`archviz check` may find more or less than before.";
    OUTPUTS_CHANGED: "outputs-changed" Docs [Readers], "a bare `archviz render` writes something else",
        "Files that were written before may be left behind.";
    DOCUMENTS_CHANGED: "documents-changed" Docs [Readers], "other documents are kept up to date, or other phrases of them",
        "`archviz docs` may find more or less than before.";
    SOURCES_CHANGED: "sources-changed" Docs [Operators], "`archviz drift` compares with other files, or accepts other differences",
        "What was confirmed before may not be looked at any more.";
    SUMMARY_CHANGED: "summary-changed" Docs [Readers], "the words of the integration summary are different",
        "They are for readers.";
}
