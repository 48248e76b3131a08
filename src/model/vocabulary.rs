//! The words that `deployment:` takes without further declaration.

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
