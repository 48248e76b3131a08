//! The user's say: levels and suppressions are applied to what the phases found.
//!
//! In: findings at their own levels, the `lints:` block, overrides, and the comments in
//! the sources. Out: the final findings, sorted. Refuses to know: how they are printed.
//!
//! Later wins: the code's own level, the `lints:` block, the command line. Exceptions and
//! suppression comments stand apart from levels: what they excuse is not reported at all.

use super::registry::{find_code, is_hard};
use super::settings::Settings;
use super::suppression::Suppressions;
use super::{Diagnostic, Diagnostics, Group, Override};
use crate::source::Sources;
use crate::spec::{Entries, LintSetting};

/// Applies levels and suppressions; the result is sorted by file, place and code, the main
/// file first. Errors of syntax and reference stay what they are.
pub fn apply(
    list: Vec<Diagnostic>,
    sources: &Sources,
    lints: &Entries<'_, LintSetting<'_>>,
    overrides: &[Override],
) -> Vec<Diagnostic> {
    apply_to(Run::Check, list, sources, lints, overrides)
}

/// What found the findings: only its own rules can tell that an exception is unused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Run {
    /// The rules on a specification alone.
    Check,
    /// The comparison with the real system.
    Drift,
}

impl Run {
    /// Whether rules of a group ran.
    pub(super) fn has(self, id: &str) -> bool {
        let of_reality =
            find_code(id).is_some_and(|code| matches!(code.group, Group::Drift | Group::Import));
        of_reality == (self == Self::Drift)
    }
}

/// Applies levels and suppressions to the findings of one run.
pub(crate) fn apply_to(
    run: Run,
    list: Vec<Diagnostic>,
    sources: &Sources,
    lints: &Entries<'_, LintSetting<'_>>,
    overrides: &[Override],
) -> Vec<Diagnostic> {
    let mut about = Diagnostics::default();
    let mut settings = Settings::read(lints, &mut about);
    let mut suppressions = Suppressions::read(sources, &mut about);
    let is_whole = !list.iter().any(|finding| is_hard(finding.code));
    let excused = |finding: &Diagnostic| suppressions.cover(finding) | settings.except(finding);
    let mut kept = without(list, excused);
    if run == Run::Drift {
        // Settings and comments that can't be read are findings of the check.
        about = Diagnostics::default();
    }
    if is_whole {
        // After hard errors rules stay quiet about what they can't know, so silence proves nothing.
        settings.report_unused(run, &mut about);
        suppressions.report_unused(run, &mut about);
    }
    kept.extend(about.into_sorted());
    let folder = folder(sources);
    let level = |finding| leveled(finding, &mut settings, overrides, sources, folder);
    sorted(kept.into_iter().filter_map(level).collect(), sources)
}

fn without(list: Vec<Diagnostic>, mut excused: impl FnMut(&Diagnostic) -> bool) -> Vec<Diagnostic> {
    list.into_iter()
        .filter(|finding| !excused(finding))
        .collect()
}

/// The finding at its final level, unless that is "allow".
fn leveled(
    mut finding: Diagnostic,
    settings: &mut Settings<'_>,
    overrides: &[Override],
    sources: &Sources,
    folder: &str,
) -> Option<Diagnostic> {
    if !is_hard(finding.code) {
        let name = &sources.file(finding.primary().file).name;
        let stated = settings.level(&finding, name.strip_prefix(folder).unwrap_or(name));
        let adjust = |level, one: &Override| one.adjust(finding.code, level);
        finding.severity = overrides.iter().fold(stated, adjust).severity()?;
    }
    Some(finding)
}

/// The specification's folder as a prefix of file names.
fn folder(sources: &Sources) -> &str {
    let main = sources.files().next().map_or("", |(_, file)| &file.name);
    main.rfind('/').map_or("", |slash| &main[..=slash])
}

/// By file (the main one, then by name), place, code and message.
fn sorted(mut list: Vec<Diagnostic>, sources: &Sources) -> Vec<Diagnostic> {
    let name = |finding: &Diagnostic| {
        let file = finding.primary().file;
        (file.0 > 0).then(|| sources.file(file).name.as_str())
    };
    list.sort_by(|a, b| {
        name(a)
            .cmp(&name(b))
            .then_with(|| a.primary().cmp(&b.primary()))
            .then_with(|| (a.code.id, &a.message).cmp(&(b.code.id, &b.message)))
    });
    list.dedup();
    list
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::apply;
    use crate::diagnostic::{Diagnostic, Diagnostics, EMPTY_VALUE};
    use crate::source::{SourceId, Sources, Span};
    use crate::spec;

    /// A specification of many topics; every third is excused by a comment, every third by name.
    fn large(topics: usize) -> String {
        let topic = |at: usize| {
            let is_allowed = at.is_multiple_of(3);
            let comment = if is_allowed {
                " # archviz: allow(empty-value) why"
            } else {
                ""
            };
            format!("  topic.number.{at:06}: {{ key: id }}{comment}")
        };
        let except = |at: usize| format!("      - topic.number.{at:06}");
        let topics_written: Vec<String> = (0..topics).map(topic).collect();
        let exceptions: Vec<String> = (1..topics).step_by(3).map(except).collect();
        format!(
            "archviz: 1\nname: Large\ntopics:\n{}\nlints:\n  empty-value:\n    except:\n{}\n",
            topics_written.join("\n"),
            exceptions.join("\n")
        )
    }

    #[test]
    fn time_grows_with_the_size_alone() {
        let topics = 100_000;
        let mut sources = Sources::default();
        sources.add("a.yaml", large(topics));
        let spec = spec::decode(&sources, &mut Diagnostics::default());
        let finding = |at: usize, place: Span| {
            let id = format!("topic.number.{at:06}");
            Diagnostic::new(EMPTY_VALUE, "nothing", place, "").subject("topic", &id)
        };
        let found = spec.topics.iter().enumerate();
        let list: Vec<_> = found.map(|(at, (key, _))| finding(at, key.span)).collect();
        let start = Instant::now();
        let kept = apply(list, &sources, &spec.lints, &[]);
        let elapsed = start.elapsed();
        println!("{topics} findings in {elapsed:?}");
        assert!(elapsed.as_secs() < 20, "{elapsed:?}");
        assert_eq!(kept.len(), topics / 3);
    }

    #[test]
    fn a_file_without_comments_is_only_searched() {
        let mut sources = Sources::default();
        sources.add("a.yaml", "archviz: 1\nname: Small\n");
        let place = Span {
            file: SourceId(0),
            start: 0,
            end: 7,
        };
        let list = vec![Diagnostic::new(EMPTY_VALUE, "nothing", place, "")];
        let kept = apply(list.clone(), &sources, &Vec::new(), &[]);
        assert_eq!(kept, list);
    }
}
