//! Kubernetes manifests: workloads, services, routes and the objects of Strimzi.
//!
//! In: manifests that belong together. Out: what they say. Refuses to know: other kinds of
//! sources, and the values of Secrets.

mod access;
mod network;
mod object;
mod route;
mod strimzi;
mod workload;

use std::collections::{BTreeMap, BTreeSet};

use network::Network;
use object::Object;

use super::model::{Component, End, Evidence, Fact, Imported, Origin};
use super::{Input, Reader};
use crate::diagnostic::{Diagnostic, IMPORT_SKIPPED};
use crate::model::Kind;

/// Kinds that say nothing about components and flows, or that others refer to.
const SILENT: &[&str] = &[
    "ServiceAccount",
    "Role",
    "RoleBinding",
    "ClusterRole",
    "ClusterRoleBinding",
    "ConfigMap",
    "Secret",
    "PersistentVolumeClaim",
    "PersistentVolume",
    "StorageClass",
    "Namespace",
    "HorizontalPodAutoscaler",
    "VerticalPodAutoscaler",
    "PodDisruptionBudget",
    "NetworkPolicy",
    "LimitRange",
    "ResourceQuota",
    "PriorityClass",
    "PodSecurityPolicy",
    "CustomResourceDefinition",
    "IngressClass",
    "ReferenceGrant",
    "DestinationRule",
    "Sidecar",
    "AuthorizationPolicy",
    "PeerAuthentication",
    "RequestAuthentication",
    "ServiceMonitor",
    "PodMonitor",
    "PrometheusRule",
    "Certificate",
    "Issuer",
    "ClusterIssuer",
    "ExternalSecret",
    "SealedSecret",
    "MutatingWebhookConfiguration",
    "ValidatingWebhookConfiguration",
    "APIService",
    "Endpoints",
    "EndpointSlice",
    "KafkaRebalance",
    "KafkaAccess",
    "TriggerAuthentication",
    "Lease",
    "Service",
    "KafkaUser",
    "KafkaTopic",
    "ScaledObject",
    "ScaledJob",
];

/// Reads manifests of one cluster.
pub(super) fn read(reader: &mut Reader<'_>, inputs: &[Input]) -> Imported {
    let objects = object::read(reader, inputs);
    let mut cluster = Cluster {
        network: Network::of(&objects),
        maps: workload::config_maps(&objects),
        objects: &objects,
        imported: Imported::default(),
        named: BTreeMap::new(),
    };
    for object in &objects {
        let component = workload::component(object, reader.sources)
            .or_else(|| route::component(object, &cluster.network, reader.sources))
            .or_else(|| strimzi::component(object, reader.sources))
            .or_else(|| network::component(object, &cluster.network, reader.sources));
        if let Some(component) = component {
            cluster.add(component);
        }
    }
    for object in &objects {
        workload::talk(object, &mut cluster);
        route::flows(object, &mut cluster);
        network::flows(object, &mut cluster);
        strimzi::relations(object, &mut cluster);
        access::relations(object, &mut cluster);
    }
    skipped(&objects, reader);
    cluster.imported
}

/// Everything that one import knows of a cluster.
struct Cluster<'c> {
    objects: &'c [Object],
    maps: workload::ConfigMaps<'c>,
    network: Network,
    imported: Imported,
    /// Places of components by key.
    named: BTreeMap<String, usize>,
}

impl Cluster<'_> {
    /// The component of a key; what no file defines is made, and known by its name alone.
    fn end(&mut self, key: &str, name: &str, kind: Option<Kind>, evidence: &Evidence) -> End {
        if !self.named.contains_key(key) {
            let mut component = Component::new(key, name, evidence.clone());
            component.is_named_only = true;
            component.addresses = vec![name.to_ascii_lowercase()];
            component.kind = kind.map(|kind| Fact::new(kind, evidence.clone()));
            self.add(component);
        }
        End::Component(key.to_owned())
    }

    /// Adds a component, unless its key is taken.
    fn add(&mut self, component: Component) {
        if self.named.contains_key(&component.key) {
            return;
        }
        let at = self.imported.components.len();
        self.named.insert(component.key.clone(), at);
        self.imported.components.push(component);
    }

    /// The component that is reached by one of these names.
    fn answering(&self, addresses: &[String]) -> Option<String> {
        let answers = |component: &&Component| {
            component
                .addresses
                .iter()
                .any(|known| addresses.contains(known))
        };
        let found = self.imported.components.iter().find(answers);
        found.map(|component| component.key.clone())
    }

    /// The component that an object is.
    fn component(&mut self, object: &Object) -> Option<&mut Component> {
        let at = self.named.get(&object.key())?;
        self.imported.components.get_mut(*at)
    }
}

/// Where a component stands.
fn origin(object: &Object, sources: &crate::source::Sources) -> Origin {
    Origin {
        importer: "kubernetes",
        file: sources.file(object.span.file).name.clone(),
        name: object.name.clone(),
    }
}

/// One note for each kind that is not read.
fn skipped(objects: &[Object], reader: &mut Reader<'_>) {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for object in objects {
        let is_read = workload::is_workload(object)
            || route::is_route(object)
            || strimzi::is_component(object)
            || SILENT.contains(&object.kind.as_str());
        if !is_read && seen.insert(&object.kind) {
            reader.out.push(not_read(object));
        }
    }
}

fn not_read(object: &Object) -> Diagnostic {
    Diagnostic::new(
        IMPORT_SKIPPED,
        format!("objects of kind `{}` are not read", object.kind),
        object.span,
        "",
    )
    .help("add by hand what they say about the architecture")
}
