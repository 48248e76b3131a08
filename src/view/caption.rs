//! The texts of a node: what stands below its name, and what those who hover read.
//!
//! In: a component or topic. Out: texts on one line. Refuses to know: formats and fonts.

use std::borrow::Cow;

use crate::model::{Component, Model, Topic};
use crate::text::clean::clean;

/// The second line of a component: technology and ports.
pub(crate) fn component_detail(component: &Component<'_>) -> String {
    let technology = technology(component);
    let mut detail = on_one_line(&technology);
    let ports = component.written.ports.iter();
    for (index, number) in ports.filter_map(|port| port.port).enumerate() {
        let separator = match index {
            0 if technology.is_empty() => "",
            0 => " · ",
            _ => " / ",
        };
        detail.push_str(separator);
        detail.push_str(&number.value.to_string());
    }
    detail
}

/// The second line of a topic: its key.
pub(crate) fn topic_detail(topic: &Topic<'_>) -> String {
    topic
        .written
        .key
        .map_or_else(String::new, |key| format!("key {}", key.value))
}

/// "1 component", "12 components".
pub(crate) fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// The sign of a component's category.
pub(crate) fn category_badge(model: &Model<'_>, component: &Component<'_>) -> String {
    let badge = component
        .category
        .and_then(|category| model[category].written.badge);
    on_one_line(badge.map_or("", |badge| badge.value))
}

/// What a component is for.
pub(crate) fn component_tooltip(component: &Component<'_>) -> String {
    let written = &component.written;
    let text = written
        .purpose
        .or(written.description)
        .or(written.type_name);
    text.map_or("", |text| text.value).to_owned()
}

/// Texts that are not empty, joined.
pub(crate) fn join<'t>(separator: &str, parts: impl IntoIterator<Item = &'t str>) -> String {
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(separator)
}

/// Titles are one line, and formats style the second line of a node as one run.
pub(crate) fn on_one_line(text: &str) -> String {
    let clean = clean(text);
    if clean.contains('\n') {
        clean.replace('\n', " ")
    } else {
        clean.into_owned()
    }
}

/// Technology with version, or the type.
fn technology<'s>(component: &Component<'s>) -> Cow<'s, str> {
    let written = &component.written;
    let Some(technology) = written.technology else {
        return written.type_name.map_or("", |text| text.value).into();
    };
    match written.version {
        Some(version) if !technology.value.contains(version.value) => {
            format!("{} {}", technology.value, version.value).into()
        }
        _ => technology.value.into(),
    }
}
