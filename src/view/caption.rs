//! The texts of a node: what stands below its name, and what those who hover read.
//!
//! In: a component or topic. Out: texts on one line. Refuses to know: formats and fonts.

use crate::model::{Component, Model, Topic};
use crate::text::clean::clean;

/// The second line of a component: technology and ports.
pub(crate) fn component_detail(component: &Component<'_>) -> String {
    let ports = component.written.ports.iter();
    let numbers = ports.filter_map(|port| port.port.map(|number| number.value.to_string()));
    let ports = numbers.collect::<Vec<_>>().join(" / ");
    on_one_line(&join(" · ", [technology(component).as_str(), &ports]))
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
    clean(text).replace('\n', " ")
}

/// Technology with version, or the type.
fn technology(component: &Component<'_>) -> String {
    let written = &component.written;
    let Some(technology) = written.technology else {
        return written.type_name.map_or("", |text| text.value).to_owned();
    };
    match written.version {
        Some(version) if !technology.value.contains(version.value) => {
            format!("{} {}", technology.value, version.value)
        }
        _ => technology.value.to_owned(),
    }
}
