//! The `lints:` block of a specification: levels of rules, and their exceptions.
//!
//! In: the settings as written. Out: the level of each finding, findings about settings
//! that can't be meant, and exceptions that nothing needed. Refuses to know: the command
//! line and comments.
//!
//! Of what is stated for one rule the most specific counts: `level`, then `paths`, then
//! `elements`; of several globs that match, the last one written.

use std::collections::BTreeMap;

use super::apply::Run;
use super::globs::Globs;
use super::registry::{find_code, is_hard, similar_code};
use super::{
    Code, Diagnostic, Diagnostics, LINT_NOT_ADJUSTABLE, Level, UNKNOWN_RULE, UNUSED_SUPPRESSION,
    WRONG_TYPE,
};
use crate::source::Span;
use crate::spec::{Entries, LintSetting, Text};

/// What a specification says about one rule.
struct RuleSetting<'s> {
    level: Option<Level>,
    except: Globs<'s, ()>,
    elements: Globs<'s, Level>,
    paths: Globs<'s, Level>,
}

/// What a specification says about its rules.
pub(super) struct Settings<'s> {
    rules: BTreeMap<&'static str, RuleSetting<'s>>,
}

impl<'s> Settings<'s> {
    /// Reads the block.
    pub(super) fn read(lints: &Entries<'s, LintSetting<'s>>, out: &mut Diagnostics) -> Self {
        let mut rules = BTreeMap::new();
        for (id, written) in lints {
            match find_code(id.value) {
                None => out.push(unknown_rule(id.value, id.span)),
                Some(code) => {
                    let setting = RuleSetting::read(written, out);
                    if !is_hard(code) {
                        rules.insert(code.id, setting);
                    } else if setting.lowers() {
                        out.push(not_adjustable(code, id.span));
                    }
                }
            }
        }
        Self { rules }
    }

    /// Whether an exception covers the finding.
    pub(super) fn except(&mut self, finding: &Diagnostic) -> bool {
        let rule = self.rules.get_mut(finding.code.id);
        rule.is_some_and(|rule| rule.except.find(names(finding)).is_some())
    }

    /// The level of a finding in the file at `path`, relative to the specification's folder.
    pub(super) fn level(&mut self, finding: &Diagnostic, path: &str) -> Level {
        let own = Level::from(finding.severity);
        let Some(rule) = self.rules.get_mut(finding.code.id) else {
            return own;
        };
        let by_path = rule.paths.find(std::iter::once(path));
        let by_element = rule.elements.find(names(finding));
        by_element.or(by_path).or(rule.level).unwrap_or(own)
    }

    /// Reports the exceptions that covered nothing.
    pub(super) fn report_unused(&self, run: Run, out: &mut Diagnostics) {
        for (id, rule) in self.rules.iter().filter(|(id, _)| run.has(id)) {
            for glob in rule.except.unused() {
                out.push(unused_exception(id, glob));
            }
        }
    }
}

impl<'s> RuleSetting<'s> {
    fn read(written: &LintSetting<'s>, out: &mut Diagnostics) -> Self {
        let mut except = Globs::new();
        for glob in &written.except {
            add(&mut except, *glob, (), out);
        }
        Self {
            level: written.level.and_then(|word| level(word, out)),
            except,
            elements: levels(&written.elements, out),
            paths: levels(&written.paths, out),
        }
    }

    /// Whether anything in it asks for less than an error.
    fn lowers(&self) -> bool {
        let is_lower = |level: Option<Level>| level.is_some_and(|level| level < Level::Error);
        is_lower(self.level)
            || self.except.unused().next().is_some()
            || self.elements.unused().next().is_some()
            || self.paths.unused().next().is_some()
    }
}

/// What globs of elements are matched with: `kind:id`, and the id alone.
fn names(finding: &Diagnostic) -> impl Iterator<Item = &str> {
    finding.subjects.iter().flat_map(|subject| {
        let id = subject.split_once(':').map(|(_, id)| id);
        std::iter::once(subject.as_str()).chain(id)
    })
}

fn levels<'s>(written: &Entries<'s, Text<'s>>, out: &mut Diagnostics) -> Globs<'s, Level> {
    let mut globs = Globs::new();
    for (glob, word) in written {
        if let Some(level) = level(*word, out) {
            add(&mut globs, *glob, level, out);
        }
    }
    globs
}

fn add<'s, T: Copy>(globs: &mut Globs<'s, T>, glob: Text<'s>, value: T, out: &mut Diagnostics) {
    if let Err(reason) = globs.add(glob, value) {
        out.push(bad_glob(glob, reason));
    }
}

fn level(word: Text<'_>, out: &mut Diagnostics) -> Option<Level> {
    let level = Level::from_word(word.value);
    if level.is_none() {
        out.push(unknown_level(word));
    }
    level
}

fn unknown_level(word: Text<'_>) -> Diagnostic {
    let message = format!("`{}` is no level", word.value);
    let finding = Diagnostic::new(WRONG_TYPE, message, word.span, "");
    match Level::similar(word.value) {
        Some(meant) => finding
            .help(format!("did you mean `{}`?", meant.name()))
            .fix(word.span, meant.name()),
        None => finding.help("levels are `allow`, `note`, `warning` and `error`"),
    }
}

fn bad_glob(glob: Text<'_>, reason: &str) -> Diagnostic {
    let message = format!("`{}` is no glob", glob.value);
    Diagnostic::new(WRONG_TYPE, message, glob.span, reason)
        .help("`*` stands for any text, `?` for one character, `[ab]` for one of several")
}

/// A rule id that no code has, at its place.
pub(super) fn unknown_rule(id: &str, span: Span) -> Diagnostic {
    let finding = Diagnostic::new(UNKNOWN_RULE, format!("no rule is named `{id}`"), span, "");
    match similar_code(id) {
        Some(meant) => finding
            .help(format!("did you mean `{meant}`?"))
            .fix(span, meant),
        None => finding.help("`archviz list rules` lists the rules"),
    }
}

/// A hard error that someone asks to lower.
pub(super) fn not_adjustable(code: &Code, span: Span) -> Diagnostic {
    let message = format!("`{}` is always an error", code.id);
    Diagnostic::new(LINT_NOT_ADJUSTABLE, message, span, "has no effect")
        .help("mend what it reports, and remove this")
}

fn unused_exception(rule: &str, glob: Text<'_>) -> Diagnostic {
    let message = format!(
        "exception `{}` from `{rule}` matches no finding",
        glob.value
    );
    Diagnostic::new(UNUSED_SUPPRESSION, message, glob.span, "excuses nothing")
        .help("remove it; what it excused is gone, or it is misspelled")
}
