//! The levels a user can give to findings, in the specification and on the command line.
//!
//! In: words. Out: [`Level`] and [`Override`]. Refuses to know: which findings there are.

use super::registry::{find_code, is_hard, similar_code};
use super::{Code, Group, Severity, did_you_mean};

/// What becomes of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// It is not reported.
    Allow,
    /// It is worth knowing.
    Note,
    /// It is probably wrong.
    Warning,
    /// It is wrong.
    Error,
}

impl Level {
    /// Every level, lowest first.
    pub const ALL: &[Self] = &[Self::Allow, Self::Note, Self::Warning, Self::Error];

    /// The word for it in `lints:`.
    pub fn name(self) -> &'static str {
        self.severity().map_or("allow", Severity::name)
    }

    /// The level that a word names.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|level| level.name() == word)
    }

    /// The severity of findings at this level; `None` if they are not reported.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Allow => None,
            Self::Note => Some(Severity::Note),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }

    /// The level that other programs' word for it means here.
    pub(crate) fn similar(word: &str) -> Option<Self> {
        match word.to_ascii_lowercase().as_str() {
            "off" | "ignore" | "none" => Some(Self::Allow),
            "info" | "hint" => Some(Self::Note),
            "warn" => Some(Self::Warning),
            "deny" | "forbid" | "fail" => Some(Self::Error),
            other => did_you_mean(other, Self::ALL.iter().map(|level| level.name()))
                .and_then(Self::from_word),
        }
    }
}

impl From<Severity> for Level {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Note => Self::Note,
            Severity::Warning => Self::Warning,
            Severity::Error => Self::Error,
        }
    }
}

/// What an override is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    All,
    At(Severity),
    Group(Group),
    Code(&'static Code),
}

/// A level from the command line. Of several that fit a finding the last one wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Override {
    level: Level,
    target: Target,
}

impl Override {
    /// An override for a rule id, a group such as `topic`, `all`, `errors`, `warnings` or
    /// `notes`. The text of a failure is for the user.
    pub fn new(level: Level, word: &str) -> Result<Self, String> {
        let target = match word {
            "all" => Target::All,
            "errors" => Target::At(Severity::Error),
            "warnings" => Target::At(Severity::Warning),
            "notes" => Target::At(Severity::Note),
            _ => group(word).map_or_else(|| code(level, word), Ok)?,
        };
        Ok(Self { level, target })
    }

    /// The level of a finding of `code` that had the level `before`.
    pub(crate) fn adjust(self, code: &Code, before: Level) -> Level {
        let is_meant = match self.target {
            Target::All => true,
            Target::At(severity) => before.severity() == Some(severity),
            Target::Group(group) => code.group == group,
            Target::Code(meant) => code.id == meant.id,
        };
        if is_meant { self.level } else { before }
    }
}

fn group(word: &str) -> Option<Target> {
    let found = Group::ALL.iter().find(|group| group.name() == word);
    found.map(|group| Target::Group(*group))
}

fn code(level: Level, word: &str) -> Result<Target, String> {
    let Some(code) = find_code(word) else {
        return Err(no_such_rule(word));
    };
    if is_hard(code) && level < Level::Error {
        return Err(format!("`{word}` is always an error; it can't be lowered"));
    }
    Ok(Target::Code(code))
}

fn no_such_rule(word: &str) -> String {
    let advice = similar_code(word).map_or_else(
        || "`archviz list rules` lists them".to_owned(),
        |meant| format!("did you mean `{meant}`?"),
    );
    format!("no rule or group is named `{word}`; {advice}")
}

#[cfg(test)]
mod tests {
    use super::{Level, Override};

    #[test]
    fn words_of_other_programs_are_understood_for_advice_only() {
        assert_eq!(Level::from_word("warn"), None);
        assert_eq!(Level::similar("warn"), Some(Level::Warning));
        assert_eq!(Level::similar("eror"), Some(Level::Error));
        assert_eq!(Level::similar("banana"), None);
    }

    #[test]
    fn an_override_of_nothing_says_what_was_meant() {
        let failure = Override::new(Level::Allow, "topic-without-consumr");
        let text = failure.expect_err("no such rule");
        assert!(
            text.ends_with("did you mean `topic-without-consumer`?"),
            "{text}"
        );
    }

    #[test]
    fn an_override_can_not_lower_a_hard_error() {
        assert!(Override::new(Level::Warning, "unknown-component").is_err());
        assert!(Override::new(Level::Error, "unknown-component").is_ok());
    }
}
