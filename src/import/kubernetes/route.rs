//! Ways into a cluster: Ingress, the Gateway API, and the routes of Istio.
//!
//! In: objects that route. Out: components and where they lead. Refuses to know: workloads.

use super::network::Network;
use super::object::Object;
use super::{Cluster, origin};
use crate::import::model::{Component, End, Evidence, Fact, Flow};
use crate::import::value::Value;
use crate::model::Kind;
use crate::source::{Sources, Span};

const ROUTES: &[&str] = &["HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute", "UDPRoute"];

/// Whether an object routes.
pub(super) fn is_route(object: &Object) -> bool {
    ROUTES.contains(&object.kind.as_str())
        || matches!(
            object.kind.as_str(),
            "Ingress" | "Gateway" | "GatewayClass" | "VirtualService" | "ServiceEntry" | "Route"
        )
}

/// Where an object leads: the name of a Service, its port, and where that stands.
struct Backend {
    host: String,
    port: Option<u16>,
    span: Span,
}

/// The component that an object is.
pub(super) fn component(
    object: &Object,
    network: &Network,
    sources: &Sources,
) -> Option<Component> {
    if !is_route(object) || stands_for(object, network).is_some() {
        return None;
    }
    let here = object.here();
    let mut component = Component::new(object.key(), object.name.clone(), here.clone());
    component.origins.push(origin(object, sources));
    component.category = Some(Fact::new(object.kind.clone(), here.clone()));
    if object.kind == "ServiceEntry" {
        component.kind = Some(Fact::new(Kind::External, here.clone()));
        component.deployment = Some(Fact::new("external".to_owned(), here));
        let hosts = object
            .items(&["spec", "hosts"])
            .iter()
            .filter_map(Value::text);
        component.addresses = hosts.map(str::to_ascii_lowercase).collect();
    } else if object.kind == "GatewayClass" {
        // The controller that runs the gateways of this class.
        component.kind = Some(Fact::new(Kind::Platform, here));
        let controller = object.at(&["spec", "controllerName"]);
        component.technology = controller.and_then(|name| {
            let evidence = object.evidence(name.span, "spec.controllerName");
            Some(Fact::new(name.text()?.to_owned(), evidence))
        });
    } else {
        component.kind = Some(Fact::new(Kind::Gateway, here.clone()));
        component.deployment = Some(Fact::new("kubernetes".to_owned(), here));
    }
    Some(component)
}

/// A `VirtualService` of a Service's name changes how the Service is reached; it is no part.
fn stands_for(object: &Object, network: &Network) -> Option<String> {
    if object.kind != "VirtualService" {
        return None;
    }
    let backends = backends(object);
    let short = |host: &str| host.split('.').next().unwrap_or(host).to_owned();
    let first = backends.first()?;
    let is_same = backends
        .iter()
        .all(|backend| short(&backend.host) == object.name);
    is_same.then(|| {
        let found = network.find(&first.host, &object.namespace);
        found.map_or_else(
            || service_key(&first.host, object),
            |target| target.key().to_owned(),
        )
    })
}

/// The key of a Service that no file defines.
fn service_key(host: &str, object: &Object) -> String {
    let mut parts = host.split('.');
    let name = parts.next().unwrap_or(host);
    let namespace = parts.next().unwrap_or(&object.namespace);
    if namespace == "default" {
        format!("Service/{name}")
    } else {
        format!("Service/{name}@{namespace}")
    }
}

/// Flows from an object to what it routes to, and from its gateways to it.
pub(super) fn flows(object: &Object, cluster: &mut Cluster<'_>) {
    if !is_route(object) || object.kind == "ServiceEntry" {
        return;
    }
    let own = stands_for(object, &cluster.network);
    let from = match &own {
        Some(key) => cluster.end(key, &object.name, None, &object.here()),
        None => End::Component(object.key()),
    };
    for backend in backends(object) {
        let evidence = object.evidence(backend.span, "backend");
        let found = cluster.network.find(&backend.host, &object.namespace);
        let found = found.map(|target| (target.key().to_owned(), target.port(backend.port)));
        let (to, port) = if let Some((key, port)) = found {
            (End::Component(key), port)
        } else {
            let name = backend.host.split('.').next().unwrap_or("").to_owned();
            let key = service_key(&backend.host, object);
            (cluster.end(&key, &name, None, &evidence), backend.port)
        };
        push(cluster, from.clone(), to, port, evidence);
    }
    for (name, span) in gateways(object) {
        let key = gateway_key(&name, object);
        let evidence = object.evidence(span, "gateways");
        let name = key
            .split('/')
            .next_back()
            .unwrap_or("")
            .split('@')
            .next()
            .unwrap_or("")
            .to_owned();
        let gateway = cluster.end(&key, &name, Some(Kind::Gateway), &evidence);
        push(cluster, gateway, from.clone(), None, evidence);
    }
}

fn push(cluster: &mut Cluster<'_>, from: End, to: End, port: Option<u16>, evidence: Evidence) {
    if from == to {
        return;
    }
    let mut flow = Flow::new(from, to, evidence);
    flow.port = port;
    cluster.imported.flows.push(flow);
}

fn gateway_key(name: &str, object: &Object) -> String {
    let (namespace, name) = name
        .split_once('/')
        .unwrap_or((object.namespace.as_str(), name));
    if namespace == "default" {
        format!("Gateway/{name}")
    } else {
        format!("Gateway/{name}@{namespace}")
    }
}

fn gateways(object: &Object) -> Vec<(String, Span)> {
    if object.kind == "VirtualService" {
        let stated = object.items(&["spec", "gateways"]).iter();
        return stated
            .filter_map(|gateway| Some((gateway.text()?.to_owned(), gateway.span)))
            .filter(|(name, _)| name != "mesh")
            .collect();
    }
    if !ROUTES.contains(&object.kind.as_str()) {
        return Vec::new();
    }
    let parents = object.items(&["spec", "parentRefs"]).iter();
    parents
        .filter(|parent| parent.text_of("kind").is_none_or(|kind| kind == "Gateway"))
        .filter_map(|parent| {
            let name = parent.text_of("name")?;
            let name = match parent.text_of("namespace") {
                Some(namespace) => format!("{namespace}/{name}"),
                None => name.to_owned(),
            };
            Some((name, parent.span))
        })
        .collect()
}

fn backends(object: &Object) -> Vec<Backend> {
    let mut found = Vec::new();
    match object.kind.as_str() {
        "Ingress" => ingress(object, &mut found),
        "VirtualService" => virtual_service(object, &mut found),
        "Route" => {
            let host = object.at(&["spec", "to", "name"]);
            found.extend(host.and_then(|host| backend(host, None)));
        }
        kind if ROUTES.contains(&kind) => {
            let rules = object.items(&["spec", "rules"]).iter();
            let references = rules
                .filter_map(|rule| rule.get("backendRefs"))
                .flat_map(Value::items);
            let services = references.filter(|reference| {
                reference
                    .text_of("kind")
                    .is_none_or(|kind| kind == "Service")
            });
            found.extend(services.filter_map(|reference| {
                let mut backend = backend(reference.get("name")?, reference.get("port"))?;
                if let Some(namespace) = reference.text_of("namespace") {
                    backend.host = format!("{}.{namespace}", backend.host);
                }
                Some(backend)
            }));
        }
        _ => {}
    }
    found
}

fn backend(host: &Value, port: Option<&Value>) -> Option<Backend> {
    let port = port.and_then(Value::number);
    Some(Backend {
        host: host.text()?.to_ascii_lowercase(),
        port: port.and_then(|port| u16::try_from(port).ok()),
        span: host.span,
    })
}

fn ingress(object: &Object, found: &mut Vec<Backend>) {
    let rules = object.items(&["spec", "rules"]).iter();
    let paths = rules
        .filter_map(|rule| rule.at(&["http", "paths"]))
        .flat_map(Value::items);
    let stated = [
        object.at(&["spec", "defaultBackend"]),
        object.at(&["spec", "backend"]),
    ];
    let all = stated
        .into_iter()
        .flatten()
        .chain(paths.filter_map(|path| path.get("backend")));
    found.extend(all.filter_map(|value| {
        let name = value
            .at(&["service", "name"])
            .or_else(|| value.get("serviceName"))?;
        let port = value
            .at(&["service", "port", "number"])
            .or_else(|| value.get("servicePort"));
        backend(name, port)
    }));
}

fn virtual_service(object: &Object, found: &mut Vec<Backend>) {
    for protocol in ["http", "tcp", "tls"] {
        for rule in object.items(&["spec", protocol]) {
            for route in rule.get("route").map_or(&[][..], Value::items) {
                let Some(host) = route.at(&["destination", "host"]) else {
                    continue;
                };
                found.extend(backend(host, route.at(&["destination", "port", "number"])));
            }
        }
    }
}
