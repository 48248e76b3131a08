//! The layers of an imported specification.
//!
//! In: the places of its components. Out: the layers that are used. Refuses to know:
//! layers of an existing specification.

use super::scalar::scalar;
use super::{Entry, Existing};
use crate::import::model::Component;
use crate::import::technology::{Place, TECHNOLOGIES, place_of};
use crate::model::Kind;

/// Layers from top to bottom: id, name, color.
const LAYERS: &[(Place, &str, &str, &str)] = &[
    (Place::Edge, "edge", "Clients & Gateways", "#D9EEFC"),
    (Place::Services, "services", "Services", "#FFF5C9"),
    (
        Place::Messaging,
        "messaging",
        "Messaging & Streaming",
        "#FCE4EC",
    ),
    (Place::Data, "data", "Data", "#DDF2D3"),
    (
        Place::Operations,
        "operations",
        "Operations & Monitoring",
        "#F7D6F5",
    ),
    (Place::External, "external", "External Systems", "#E8ECEF"),
];

/// Where a component is drawn.
pub(crate) fn place(component: &Component) -> Place {
    let technology = component
        .technology
        .as_ref()
        .map(|fact| fact.value.as_str());
    let row = TECHNOLOGIES.iter().find(|row| Some(row.name) == technology);
    let kind = component
        .kind
        .as_ref()
        .map_or(Kind::Service, |kind| kind.value);
    let is_job = kind == Kind::Job;
    row.filter(|_| !is_job)
        .map_or_else(|| place_of(kind), |row| row.place)
}

/// The id of a place's layer: one that is there, or one of our own.
pub(crate) fn id(existing: &Existing, place: Place) -> &str {
    let Some(layers) = &existing.layers else {
        return "";
    };
    let row = LAYERS.iter().find(|(known, ..)| *known == place);
    let own = row.map_or("", |(_, id, ..)| *id);
    layers.get(&place).map_or(own, String::as_str)
}

/// The layers that are used.
pub(super) fn entries(places: &[Place]) -> Vec<Entry> {
    let used = LAYERS.iter().filter(|(place, ..)| places.contains(place));
    used.map(|(_, id, name, color)| Entry {
        id: (*id).to_owned(),
        lines: vec![format!(
            "{id}: {{ name: {}, color: \"{color}\" }}",
            scalar(name)
        )],
    })
    .collect()
}
