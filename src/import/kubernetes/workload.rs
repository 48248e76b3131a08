//! Workloads: their images, ports, settings and commands.
//!
//! In: objects that run pods. Out: components, and whom they talk to. Refuses to know: the
//! values of Secrets; what comes from there is unknown.

use std::collections::BTreeMap;

use super::object::{Object, texts};
use super::{Cluster, network, origin};
use crate::import::describe;
use crate::import::model::{Component, Fact, Port, Unknown};
use crate::import::settings::{self, Setting};
use crate::import::talk::{self, Talker};
use crate::import::value::Value;
use crate::model::Kind;
use crate::source::Sources;

/// Kinds that run pods, and the way to the pod.
const WORKLOADS: &[(&str, &[&str])] = &[
    ("Deployment", &["spec", "template"]),
    ("StatefulSet", &["spec", "template"]),
    ("DaemonSet", &["spec", "template"]),
    ("ReplicaSet", &["spec", "template"]),
    ("ReplicationController", &["spec", "template"]),
    ("DeploymentConfig", &["spec", "template"]),
    ("Rollout", &["spec", "template"]),
    ("Job", &["spec", "template"]),
    ("CronJob", &["spec", "jobTemplate", "spec", "template"]),
    ("Pod", &[]),
];
/// Labels that say what a workload belongs to.
const GROUP_LABELS: &[&str] = &["app.kubernetes.io/part-of", "app.kubernetes.io/instance"];
/// Files of mounted `ConfigMap`s longer than this are texts of their own kind.
const MAX_FILE: usize = 1 << 18;

/// `ConfigMap`s by namespace and name.
pub(super) type ConfigMaps<'c> = BTreeMap<(&'c str, &'c str), &'c Object>;

/// Every `ConfigMap`.
pub(super) fn config_maps(objects: &[Object]) -> ConfigMaps<'_> {
    let maps = objects.iter().filter(|object| object.kind == "ConfigMap");
    maps.map(|object| ((object.namespace.as_str(), object.name.as_str()), object))
        .collect()
}

/// Whether an object runs pods by itself.
pub(super) fn is_workload(object: &Object) -> bool {
    let is_known = WORKLOADS.iter().any(|(kind, _)| *kind == object.kind);
    let is_owned = !object.items(&["metadata", "ownerReferences"]).is_empty();
    (is_known || is_knative(object)) && !is_owned
}

fn is_knative(object: &Object) -> bool {
    object.kind == "Service" && object.group == "serving.knative.dev"
}

/// The template of the pods.
fn template(object: &Object) -> Option<&Value> {
    let path = WORKLOADS
        .iter()
        .find(|(kind, _)| *kind == object.kind)
        .map_or(&["spec", "template"][..], |(_, path)| path);
    object.at(path)
}

fn pod(object: &Object) -> Option<&Value> {
    template(object).and_then(|template| template.get("spec"))
}

/// The labels of the pods.
pub(super) fn pod_labels(object: &Object) -> BTreeMap<String, String> {
    texts(template(object).and_then(|template| template.at(&["metadata", "labels"])))
}

fn containers(object: &Object) -> impl Iterator<Item = &Value> {
    let pod = pod(object);
    ["containers", "initContainers"]
        .iter()
        .filter_map(move |key| pod?.get(key))
        .flat_map(Value::items)
}

/// Whether a workload mounts a Secret, or takes a setting from it.
pub(super) fn uses_secret(object: &Object, name: &str) -> bool {
    let volumes = pod(object).and_then(|pod| pod.get("volumes"));
    let is_mounted = volumes
        .map_or(&[][..], Value::items)
        .iter()
        .any(|volume| volume.at(&["secret", "secretName"]).and_then(Value::text) == Some(name));
    let mut env = containers(object)
        .filter_map(|container| container.get("env"))
        .flat_map(Value::items);
    is_mounted
        || env.any(|env| {
            env.at(&["valueFrom", "secretKeyRef", "name"])
                .and_then(Value::text)
                == Some(name)
        })
}

/// The port that a container names.
pub(super) fn port_named(object: &Object, name: &str) -> Option<u16> {
    containers(object)
        .filter_map(|container| container.get("ports"))
        .flat_map(Value::items)
        .find(|port| port.text_of("name") == Some(name))
        .and_then(|port| port.get("containerPort"))
        .and_then(Value::number)
        .and_then(|port| u16::try_from(port).ok())
}

/// The component that a workload is.
pub(super) fn component(object: &Object, sources: &Sources) -> Option<Component> {
    if !is_workload(object) {
        return None;
    }
    let here = object.here();
    let mut component = Component::new(object.key(), object.name.clone(), here.clone());
    component.origins.push(origin(object, sources));
    component.category = Some(Fact::new(object.kind.clone(), here.clone()));
    component.deployment = Some(Fact::new("kubernetes".to_owned(), here.clone()));
    component.ports = ports(object);
    if let Some(label) = GROUP_LABELS
        .iter()
        .find_map(|label| object.labels.get(*label))
    {
        component.group = Some(Fact::new(label.clone(), here.clone()));
    }
    let main = main_container(object);
    if let Some((image, text)) = main
        .and_then(|main| main.get("image"))
        .and_then(|image| Some((image, image.text()?)))
    {
        let evidence = object.evidence(image.span, "image");
        describe::image(&mut component, text, &evidence);
    }
    let keys: Vec<&str> = main
        .and_then(|main| main.get("env"))
        .map_or(&[][..], Value::items)
        .iter()
        .filter_map(|env| env.text_of("name"))
        .collect();
    describe::keys(&mut component, &keys, object.span);
    if component.kind.is_none() && matches!(object.kind.as_str(), "Job" | "CronJob") {
        component.kind = Some(Fact::new(Kind::Job, here));
    }
    describe::name(&mut component, object.span);
    component.addresses = network::names(&object.name, &object.namespace);
    Some(component)
}

/// The container that is called like the workload, or the first one.
fn main_container(object: &Object) -> Option<&Value> {
    let all = pod(object)?.get("containers")?.items();
    all.iter()
        .find(|container| container.text_of("name") == Some(object.name.as_str()))
        .or_else(|| all.first())
}

fn ports(object: &Object) -> Vec<Fact<Port>> {
    let mut found: Vec<Fact<Port>> = Vec::new();
    let stated = containers(object)
        .filter_map(|container| container.get("ports"))
        .flat_map(Value::items);
    for item in stated {
        let port = item.get("containerPort").and_then(Value::number);
        let Some(port) = port
            .and_then(|port| u16::try_from(port).ok())
            .filter(|port| *port > 0)
        else {
            continue;
        };
        if found.iter().any(|known| known.value.port == port) {
            continue;
        }
        let host = item.get("hostPort").and_then(Value::number);
        let port = Port {
            port,
            host: host.and_then(|host| u16::try_from(host).ok()),
            name: item.text_of("name").map(ToOwned::to_owned),
            protocol: (item.text_of("protocol") == Some("UDP")).then(|| "UDP".to_owned()),
        };
        found.push(Fact::new(port, object.evidence(item.span, "ports")));
    }
    found
}

/// Flows and topics of a workload.
pub(super) fn talk(object: &Object, cluster: &mut Cluster<'_>) {
    if !is_workload(object) {
        return;
    }
    let mut collected = Collected {
        object,
        maps: &cluster.maps,
        settings: Vec::new(),
        commands: Vec::new(),
        unknowns: Vec::new(),
    };
    collected.read();
    let Collected {
        settings,
        commands,
        unknowns,
        ..
    } = collected;
    cluster.imported.unknowns.extend(unknowns);
    let network = &cluster.network;
    let resolve =
        |address: &crate::import::model::Address| network.resolve(address, &object.namespace);
    let talker = Talker {
        key: &object.key(),
        settings: &settings,
        commands: &commands,
    };
    talk::read(&talker, &resolve, &mut cluster.imported);
}

/// The settings of a workload, as they are found.
struct Collected<'c> {
    object: &'c Object,
    maps: &'c ConfigMaps<'c>,
    settings: Vec<Setting>,
    commands: Vec<Setting>,
    unknowns: Vec<Unknown>,
}

impl<'c> Collected<'c> {
    fn read(&mut self) {
        for container in containers(self.object) {
            for source in container.get("envFrom").map_or(&[][..], Value::items) {
                self.env_from(source);
            }
            for env in container.get("env").map_or(&[][..], Value::items) {
                self.env(env);
            }
            self.command(container);
        }
        let volumes = pod(self.object).and_then(|pod| pod.get("volumes"));
        for volume in volumes.map_or(&[][..], Value::items) {
            self.volume(volume);
        }
        let inner: Vec<Setting> = self.settings.iter().flat_map(settings::lines).collect();
        self.settings.extend(inner);
    }

    fn setting(&mut self, key: &str, text: &str, value: &Value, path: &str) {
        let text = self.filled(text);
        self.settings.push(Setting {
            key: key.to_owned(),
            text,
            span: value.span,
            pointer: format!("{}/{}.{path}", self.object.kind, self.object.name),
        });
    }

    /// `$(KEY)` stands for a setting above.
    fn filled(&self, text: &str) -> String {
        if !text.contains("$(") || text.len() > MAX_FILE {
            return text.to_owned();
        }
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("$(") {
            filled.push_str(before);
            let Some((key, behind)) = after.split_once(')') else {
                filled.push_str("$(");
                rest = after;
                continue;
            };
            let known = self
                .settings
                .iter()
                .rev()
                .find(|setting| setting.key == key);
            match known {
                Some(known) if filled.len() + known.text.len() < MAX_FILE => {
                    filled.push_str(&known.text);
                }
                _ => filled.push(crate::import::UNKNOWN),
            }
            rest = behind;
        }
        filled.push_str(rest);
        filled
    }

    fn env(&mut self, env: &Value) {
        let Some(key) = env.text_of("name") else {
            return;
        };
        let path = format!("env.{key}");
        if let Some((value, text)) = env
            .get("value")
            .and_then(|value| Some((value, value.text()?)))
        {
            self.setting(key, text, value, &path);
        } else if let Some(reference) = env.at(&["valueFrom", "configMapKeyRef"]) {
            self.take_from_map(key, reference);
        } else if let Some(reference) = env.at(&["valueFrom", "secretKeyRef"]) {
            self.take_from_secret(key, reference);
        }
    }

    fn take_from_map(&mut self, key: &str, reference: &Value) {
        let (name, field) = (reference.text_of("name"), reference.text_of("key"));
        let (Some(name), Some(field)) = (name, field) else {
            return;
        };
        let value = self.map(name).and_then(|map| map.at(&["data", field]));
        match value.and_then(|value| Some((value, value.text()?))) {
            Some((value, text)) => self.setting(key, text, value, &format!("env.{key}")),
            None => self.unknown(
                key,
                &format!("it comes from ConfigMap `{name}`, which no file has"),
                reference,
            ),
        }
    }

    fn take_from_secret(&mut self, key: &str, reference: &Value) {
        let name = reference.text_of("name").unwrap_or("?");
        if is_about_hosts(key) {
            self.unknown(key, &format!("it comes from Secret `{name}`"), reference);
        }
    }

    fn unknown(&mut self, what: &str, why: &str, at: &Value) {
        self.unknowns.push(Unknown {
            subject: self.object.key(),
            what: what.to_owned(),
            why: why.to_owned(),
            evidence: self.object.evidence(at.span, &format!("env.{what}")),
        });
    }

    fn env_from(&mut self, source: &Value) {
        let prefix = source.text_of("prefix").unwrap_or("").to_owned();
        let Some(reference) = source.get("configMapRef") else {
            return;
        };
        let Some(name) = reference.text_of("name") else {
            return;
        };
        let Some(map) = self.map(name) else {
            self.unknown(
                "envFrom",
                &format!("ConfigMap `{name}` is in no file"),
                reference,
            );
            return;
        };
        for entry in map.at(&["data"]).map_or(&[][..], Value::entries) {
            if let Some(text) = entry.value.text() {
                let key = format!("{prefix}{}", entry.key);
                self.setting(
                    &key,
                    text,
                    &entry.value,
                    &format!("envFrom.{name}.{}", entry.key),
                );
            }
        }
    }

    fn map(&self, name: &str) -> Option<&'c Object> {
        self.maps
            .get(&(self.object.namespace.as_str(), name))
            .copied()
    }

    /// The lines of a mounted `ConfigMap`: `key=value`, or `key: value`.
    fn volume(&mut self, volume: &Value) {
        let Some(name) = volume.at(&["configMap", "name"]).and_then(Value::text) else {
            return;
        };
        let Some(map) = self.map(name) else { return };
        for entry in map.at(&["data"]).map_or(&[][..], Value::entries) {
            let Some(text) = entry.value.text().filter(|text| text.len() < MAX_FILE) else {
                continue;
            };
            let is_script = text.starts_with("#!");
            for line in text.lines().filter(|_| !is_script) {
                let pair = line.split_once('=').or_else(|| line.split_once(": "));
                if let Some((key, value)) = pair {
                    let path = format!("volumes.{name}.{}", entry.key);
                    self.setting(key.trim(), value.trim(), &entry.value, &path);
                }
            }
        }
    }

    fn command(&mut self, container: &Value) {
        for key in ["command", "args"] {
            let Some(value) = container.get(key) else {
                continue;
            };
            let parts: Vec<&str> = value.one_or_many().iter().filter_map(Value::text).collect();
            let text = self.filled(&parts.join(" "));
            self.commands.push(Setting {
                key: key.to_owned(),
                text,
                span: value.span,
                pointer: format!("{}/{}.{key}", self.object.kind, self.object.name),
            });
        }
    }
}

/// Whether a key says where something is, rather than who one is.
fn is_about_hosts(key: &str) -> bool {
    let words = settings::words(key);
    let is = |word: &String| {
        matches!(
            word.as_str(),
            "HOST"
                | "HOSTNAME"
                | "URL"
                | "URI"
                | "ADDR"
                | "ADDRESS"
                | "ENDPOINT"
                | "SERVERS"
                | "BROKERS"
                | "DSN"
        )
    };
    words.iter().any(is)
}
