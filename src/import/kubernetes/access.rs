//! Who may use a topic: ACLs of users, and what KEDA scales by.
//!
//! In: `KafkaUser` and `ScaledObject` objects. Out: producers and consumers. Refuses to know:
//! whether anybody makes use of the right; an ACL is no proof of traffic.

use super::object::Object;
use super::strimzi::broker_at;
use super::{Cluster, workload};
use crate::import::model::{End, Fact, Party, Topic};
use crate::import::value::Value;

/// Producers and consumers that an object states.
pub(super) fn relations(object: &Object, cluster: &mut Cluster<'_>) {
    match object.kind.as_str() {
        "KafkaUser" => user(object, cluster),
        "ScaledObject" | "ScaledJob" => scaled(object, cluster),
        _ => {}
    }
}

fn user(object: &Object, cluster: &mut Cluster<'_>) {
    let acls = object.items(&["spec", "authorization", "acls"]);
    if acls.is_empty() {
        return;
    }
    let who = user_end(object, cluster);
    let group = acls.iter().find_map(|acl| {
        let resource = acl.get("resource")?;
        let is_group = resource.text_of("type") == Some("group");
        let name = resource
            .text_of("name")
            .filter(|name| is_group && *name != "*")?;
        Some(name.to_owned())
    });
    for acl in acls {
        let Some(resource) = acl.get("resource") else {
            continue;
        };
        if resource.text_of("type") != Some("topic") || acl.text_of("type") == Some("deny") {
            continue;
        }
        let (reads, writes) = rights(acl);
        let name = resource.get("name");
        let (name, span) = name
            .and_then(|name| Some((name.text()?, name.span)))
            .unwrap_or(("*", resource.span));
        let is_prefix = resource.text_of("patternType") == Some("prefix");
        let is_pattern = is_prefix || name == "*";
        let name = if is_prefix {
            format!("{name}*")
        } else {
            name.to_owned()
        };
        let evidence = object.evidence(span, "spec.authorization.acls");
        let mut topic = Topic::new(name, evidence.clone());
        topic.is_pattern = is_pattern;
        let party = |group: Option<String>| {
            let party = Party {
                group,
                ..Party::new(who.clone())
            };
            Fact::new(party, evidence.clone())
        };
        if writes {
            topic.producers.push(party(None));
        }
        if reads {
            topic.consumers.push(party(group.clone()));
        }
        if reads || writes {
            cluster.imported.topics.push(topic);
        }
    }
}

/// Whether an ACL lets one read, and write.
fn rights(acl: &Value) -> (bool, bool) {
    let listed = acl.get("operations").map_or(&[][..], Value::items).iter();
    let operations: Vec<&str> = listed
        .chain(acl.get("operation"))
        .filter_map(Value::text)
        .collect();
    let has = |wanted: &str| {
        operations
            .iter()
            .any(|operation| *operation == wanted || *operation == "All")
    };
    (has("Read"), has("Write"))
}

/// The workload that uses the user's secret or name; else the user itself.
fn user_end(object: &Object, cluster: &mut Cluster<'_>) -> End {
    let found = cluster
        .objects
        .iter()
        .filter(|other| workload::is_workload(other) && other.namespace == object.namespace)
        .find(|other| other.name == object.name || workload::uses_secret(other, &object.name));
    match found {
        Some(workload) => End::Component(workload.key()),
        None => cluster.end(&object.key(), &object.name, None, &object.here()),
    }
}

/// A trigger on a topic says who consumes it, and in which group.
fn scaled(object: &Object, cluster: &mut Cluster<'_>) {
    let Some(name) = object.text(&["spec", "scaleTargetRef", "name"]) else {
        return;
    };
    let kind = object
        .text(&["spec", "scaleTargetRef", "kind"])
        .unwrap_or("Deployment");
    let key = if object.namespace == "default" {
        format!("{kind}/{name}")
    } else {
        format!("{kind}/{name}@{}", object.namespace)
    };
    for trigger in object.items(&["spec", "triggers"]) {
        let is_kafka = matches!(trigger.text_of("type"), Some("kafka" | "apache-kafka"));
        let topic = trigger.at(&["metadata", "topic"]);
        let Some((text, span)) = topic
            .filter(|_| is_kafka)
            .and_then(|topic| Some((topic.text()?, topic.span)))
        else {
            continue;
        };
        let evidence = object.evidence(span, "spec.triggers");
        let who = cluster.end(&key, name, None, &evidence);
        let mut topic = Topic::new(text, evidence.clone());
        let servers = trigger.at(&["metadata", "bootstrapServers"]);
        topic.broker = servers
            .and_then(|servers| broker_at(servers, object, cluster))
            .map(|(end, _)| Fact::new(end, evidence.clone()));
        topic.consumers.push(Fact::new(
            Party {
                group: trigger
                    .at(&["metadata", "consumerGroup"])
                    .and_then(Value::text)
                    .map(ToOwned::to_owned),
                ..Party::new(who)
            },
            evidence,
        ));
        cluster.imported.topics.push(topic);
    }
}
