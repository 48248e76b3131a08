//! The explorer page of `render`, with what changed since another version if one is named.
//!
//! In: the specification of a run, and `--since`. Out: the page. Refuses to know: where it
//! is written.

use anyhow::{Result, bail};

use super::base;
use super::summary::{base_name, findings};
use crate::files::Version;
use crate::pipeline::{self, Comparison};

/// The page of `head`.
pub(super) fn page(head: Version<'_>, since: Option<&str>) -> Result<String> {
    let Some(since) = since else {
        return pipeline::page(head.workspace, head.sources, head.model, None);
    };
    let base = base::resolve(since, head.workspace)?;
    let (sources, mut out) = pipeline::load(&base.workspace)?;
    let model = pipeline::analyze(&sources, &mut out);
    if out.has_errors() {
        bail!(
            "the specification at `{since}` has errors, so nothing can be compared with it; `archviz check --spec {since}` shows them"
        );
    }
    let comparison = Comparison {
        base: Version {
            workspace: &base.workspace,
            sources: &sources,
            model: &model,
        },
        head,
        base_name: &base_name(since, &base),
        renamed_from: base.renamed_from.as_deref(),
        findings: findings(head.sources, head.model),
    };
    pipeline::page(head.workspace, head.sources, head.model, Some(&comparison))
}
