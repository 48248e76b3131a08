//! Services of a cluster: which workload answers to which name, and on which port.
//!
//! In: objects. Out: [`Network`]. Refuses to know: who asks.

use std::collections::BTreeMap;

use super::object::{Object, texts};
use super::{Cluster, origin, workload};
use crate::import::model::{Address, Component, End, Fact, Flow};
use crate::import::value::Value;
use crate::model::Kind;
use crate::source::Sources;

/// What a Service leads to.
pub(super) struct Target {
    /// Keys of the workloads that it selects.
    pub(super) workloads: Vec<String>,
    /// Ports of the Service, with those of the workload.
    ports: BTreeMap<u16, u16>,
    key: String,
}

impl Target {
    /// The component that a Service stands for: its one workload, or itself.
    pub(super) fn key(&self) -> &str {
        match self.workloads.as_slice() {
            [only] => only,
            _ => &self.key,
        }
    }

    /// The port inside, for one of the Service.
    pub(super) fn port(&self, port: Option<u16>) -> Option<u16> {
        if self.workloads.len() != 1 {
            return port;
        }
        port.and_then(|port| self.ports.get(&port).copied().or(Some(port)))
    }
}

/// Services by namespace and name.
#[derive(Default)]
pub(super) struct Network {
    services: BTreeMap<(String, String), Target>,
}

impl Network {
    pub(super) fn of(objects: &[Object]) -> Self {
        let pods: Vec<(&Object, BTreeMap<String, String>)> = objects
            .iter()
            .filter(|object| workload::is_workload(object))
            .map(|object| (object, workload::pod_labels(object)))
            .collect();
        // Each workload is listed under each of its labels, so that selectors find few of them.
        let mut labelled: BTreeMap<(&str, &str, &str), Vec<usize>> = BTreeMap::new();
        for (at, (object, labels)) in pods.iter().enumerate() {
            for (key, value) in labels {
                labelled
                    .entry((object.namespace.as_str(), key.as_str(), value.as_str()))
                    .or_default()
                    .push(at);
            }
        }
        let mut services = BTreeMap::new();
        for object in objects.iter().filter(|object| is_service(object)) {
            let selector = texts(object.at(&["spec", "selector"]));
            let mut places = selector.iter().map(|(key, value)| {
                labelled
                    .get(&(object.namespace.as_str(), key.as_str(), value.as_str()))
                    .map_or(&[][..], Vec::as_slice)
            });
            let first = places.next().unwrap_or(&[]);
            let rest: Vec<&[usize]> = places.collect();
            let selected: Vec<&(&Object, BTreeMap<String, String>)> = first
                .iter()
                .filter(|at| rest.iter().all(|places| places.binary_search(at).is_ok()))
                .map(|at| &pods[*at])
                .collect();
            let target = target(object, &selected);
            services.insert((object.namespace.clone(), object.name.clone()), target);
        }
        Self { services }
    }

    /// The Service of a name that is used in a namespace: `svc`, `svc.ns`, `svc.ns.svc…`, `pod.svc`.
    pub(super) fn find(&self, host: &str, namespace: &str) -> Option<&Target> {
        let host = host.strip_suffix(".cluster.local").unwrap_or(host);
        let host = host.strip_suffix(".svc").unwrap_or(host);
        let parts: Vec<&str> = host.split('.').collect();
        let get = |namespace: &str, name: &str| {
            self.services.get(&(namespace.to_owned(), name.to_owned()))
        };
        match parts.as_slice() {
            [name] => get(namespace, name),
            [name, other] => get(other, name).or_else(|| get(namespace, other)),
            [_, name, other] => get(other, name),
            _ => None,
        }
    }

    /// Who answers at an address, and on which port.
    pub(super) fn resolve(&self, address: &Address, namespace: &str) -> Option<(End, Option<u16>)> {
        let target = self.find(&address.host, namespace)?;
        Some((
            End::Component(target.key().to_owned()),
            target.port(address.port),
        ))
    }

    fn get(&self, object: &Object) -> Option<&Target> {
        self.services
            .get(&(object.namespace.clone(), object.name.clone()))
    }
}

/// Services of Knative are workloads.
fn is_service(object: &Object) -> bool {
    object.kind == "Service" && object.group.is_empty()
}

fn target(object: &Object, selected: &[&(&Object, BTreeMap<String, String>)]) -> Target {
    let mut ports = BTreeMap::new();
    let inner = selected.first().map(|(workload, _)| *workload);
    for port in object.items(&["spec", "ports"]) {
        let Some(number) = port.get("port").and_then(number) else {
            continue;
        };
        let to = port.get("targetPort");
        let inside = match to.and_then(Value::text) {
            None => Some(number),
            Some(text) => text
                .parse()
                .ok()
                .or_else(|| inner.and_then(|workload| workload::port_named(workload, text))),
        };
        ports.extend(inside.map(|inside| (number, inside)));
    }
    Target {
        workloads: selected
            .iter()
            .map(|(workload, _)| workload.key())
            .collect(),
        ports,
        key: object.key(),
    }
}

fn number(value: &Value) -> Option<u16> {
    value.number().and_then(|number| u16::try_from(number).ok())
}

/// A Service is a component only if no single workload is behind it.
pub(super) fn component(
    object: &Object,
    network: &Network,
    sources: &Sources,
) -> Option<Component> {
    if !is_service(object) || network.get(object)?.workloads.len() == 1 {
        return None;
    }
    let here = object.here();
    let mut component = Component::new(object.key(), object.name.clone(), here.clone());
    component.origins.push(origin(object, sources));
    component.category = Some(Fact::new(object.kind.clone(), here.clone()));
    component.addresses = names(&object.name, &object.namespace);
    let external = object.at(&["spec", "externalName"]);
    if let Some((host, span)) = external.and_then(|host| Some((host.text()?, host.span))) {
        let evidence = object.evidence(span, "spec.externalName");
        component.kind = Some(Fact::new(Kind::External, evidence.clone()));
        component.deployment = Some(Fact::new("external".to_owned(), evidence));
        component.addresses.push(host.to_ascii_lowercase());
    } else {
        component.deployment = Some(Fact::new("kubernetes".to_owned(), here));
    }
    Some(component)
}

/// The names that a Service is reached by.
pub(super) fn names(name: &str, namespace: &str) -> Vec<String> {
    vec![
        name.to_owned(),
        format!("{name}.{namespace}"),
        format!("{name}.{namespace}.svc"),
        format!("{name}.{namespace}.svc.cluster.local"),
    ]
}

/// A Service in front of several workloads leads to each of them.
pub(super) fn flows(object: &Object, cluster: &mut Cluster<'_>) {
    if !is_service(object) {
        return;
    }
    let Some(target) = cluster.network.get(object) else {
        return;
    };
    if target.workloads.len() < 2 {
        return;
    }
    let span = object
        .at(&["spec", "selector"])
        .map_or(object.span, |selector| selector.span);
    for workload in &target.workloads {
        let mut flow = Flow::new(
            End::Component(object.key()),
            End::Component(workload.clone()),
            object.evidence(span, "spec.selector"),
        );
        flow.label = Some("balances".to_owned());
        cluster.imported.flows.push(flow);
    }
}
