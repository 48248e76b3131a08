//! Baselines: findings that were there before anybody looked, and that may wait.
//!
//! In: a baseline file, and findings. Out: the findings that are not in it, and a finding for
//! each entry that no longer fires, so that it can't rot. Refuses to know: files and levels.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::fingerprint::fingerprints;
use super::registry::is_hard;
use super::{BASELINE_ENTRY_UNUSED, Diagnostic};
use crate::source::{SourceId, Sources, Span};

/// The version of the file.
const VERSION: u64 = 1;

/// What a baseline file lists.
#[derive(Debug)]
pub struct Baseline {
    /// Codes and messages by fingerprint.
    entries: BTreeMap<String, (String, String)>,
}

impl Baseline {
    /// Reads a baseline file.
    pub fn parse(text: &str) -> Result<Self> {
        let file: Value = serde_json::from_str(text).context("the baseline is no JSON")?;
        ensure!(
            file["version"] == VERSION,
            "the baseline has version {}; this program reads {VERSION}",
            file["version"]
        );
        let findings = file["findings"]
            .as_array()
            .context("the baseline has no `findings`")?;
        let mut entries = BTreeMap::new();
        for finding in findings {
            let text = |key: &str| finding[key].as_str().map(ToOwned::to_owned);
            let fingerprint =
                text("fingerprint").context("an entry of the baseline has no `fingerprint`")?;
            let (code, message) = (text("code"), text("message"));
            entries.insert(
                fingerprint,
                (code.unwrap_or_default(), message.unwrap_or_default()),
            );
        }
        Ok(Self { entries })
    }

    /// Takes out what the baseline lists, and reports what it lists in vain; `file` is where
    /// its text is kept.
    pub fn apply(
        &self,
        list: Vec<Diagnostic>,
        sources: &Sources,
        file: SourceId,
    ) -> Vec<Diagnostic> {
        let prints = fingerprints(&list, sources);
        let mut unused: BTreeMap<&str, _> = self
            .entries
            .iter()
            .map(|(print, entry)| (print.as_str(), entry))
            .collect();
        let is_whole = !list.iter().any(|finding| is_hard(finding.code));
        let mut kept = Vec::new();
        for (finding, print) in list.into_iter().zip(&prints) {
            let is_listed = unused.remove(print.as_str()).is_some();
            if !is_listed || is_hard(finding.code) {
                kept.push(finding);
            }
        }
        // After hard errors rules stay quiet about what they can't know.
        if is_whole {
            let text = &sources.file(file).text;
            let stale = unused.into_iter();
            kept.extend(stale.map(|(print, (code, message))| {
                unused_entry(code, message, place(text, print, file))
            }));
        }
        kept
    }
}

/// The text of a baseline that lists these findings; errors that nothing can excuse are left out.
pub fn write_baseline(list: &[Diagnostic], sources: &Sources) -> String {
    let prints = fingerprints(list, sources);
    let listed = list
        .iter()
        .zip(prints)
        .filter(|(finding, _)| !is_hard(finding.code));
    let mut lines: Vec<(String, String)> = listed
        .map(|(finding, print)| {
            let name = &sources.file(finding.primary().file).name;
            let code = finding.code.id;
            let entry = json!({
                "code": code, "file": name, "message": finding.message, "fingerprint": print,
            });
            (format!("{name}\0{code}\0{print}"), format!("    {entry}"))
        })
        .collect();
    lines.sort();
    let lines: Vec<String> = lines.into_iter().map(|(_, line)| line).collect();
    let body = if lines.is_empty() {
        "[]".to_owned()
    } else {
        format!("[\n{}\n  ]", lines.join(",\n"))
    };
    format!("{{\n  \"version\": {VERSION},\n  \"findings\": {body}\n}}\n")
}

fn place(text: &str, print: &str, file: SourceId) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let start = text.find(print).unwrap_or(0);
    Span {
        file,
        start: offset(start),
        end: offset(start + print.len()),
    }
}

fn unused_entry(code: &str, message: &str, span: Span) -> Diagnostic {
    let text = format!("the baseline lists a `{code}` that no longer fires: {message}");
    Diagnostic::new(BASELINE_ENTRY_UNUSED, text, span, "excuses nothing")
        .help("remove the entry, or write the baseline anew with --write-baseline")
}
