//! The words that `deployment:` takes without further declaration.
//!
//! In: a word. Out: its name and badge. Refuses to know: how badges are drawn.

use super::{Component, Model};

/// Id, name, badge.
pub(crate) const DEPLOYMENTS: &[(&str, &str, &str)] = &[
    ("container", "Container", "🐳"),
    ("kubernetes", "Kubernetes", "⎈"),
    ("managed", "Managed service", "☁️"),
    ("external", "External", "🌐"),
    ("serverless", "Serverless", "λ"),
    ("vm", "Virtual machine", "🖥️"),
    ("device", "Device", "📱"),
    ("library", "Library", "📦"),
];

impl Model<'_> {
    /// The sign of how a component runs; empty if it has none.
    pub(crate) fn deployment_badge(&self, component: &Component<'_>) -> &str {
        let Some(word) = component.written.deployment else {
            return "";
        };
        let mut own = self.deployments.iter();
        let stated = own
            .find(|(id, _)| id.value == word.value)
            .and_then(|(_, deployment)| deployment.badge);
        let built_in = || {
            let row = DEPLOYMENTS.iter().find(|(id, ..)| *id == word.value);
            row.map_or("", |(_, _, badge)| badge)
        };
        stated.map_or_else(built_in, |badge| badge.value)
    }
}
