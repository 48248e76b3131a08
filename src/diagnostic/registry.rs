//! Every code there is: those of the phases and those of the rules.
//!
//! In: the two tables. Out: one sorted list, and look-ups by id. Refuses to know: what
//! the codes are used for.

use std::sync::OnceLock;

use super::{CODES, Code, Group, Severity, did_you_mean};
use crate::check::RULES;

/// Every code, sorted by id.
pub fn all_codes() -> &'static [&'static Code] {
    static ALL: OnceLock<Vec<&'static Code>> = OnceLock::new();
    ALL.get_or_init(|| {
        let rules = RULES.iter().map(|rule| &rule.code);
        let mut all: Vec<_> = CODES.iter().copied().chain(rules).collect();
        all.sort_by_key(|code| code.id);
        all
    })
}

/// The code with this id.
pub fn find_code(id: &str) -> Option<&'static Code> {
    position(id).map(|index| all_codes()[index])
}

/// Where the code with this id stands among all codes.
pub(crate) fn position(id: &str) -> Option<usize> {
    all_codes().binary_search_by_key(&id, |code| code.id).ok()
}

/// The id that was probably meant by one that no code has.
pub fn similar_code(id: &str) -> Option<&'static str> {
    did_you_mean(id, all_codes().iter().map(|code| code.id))
}

/// Whether a code is an error whatever the user says: what it reports is not understood,
/// so every other result would rest on a guess.
pub fn is_hard(code: &Code) -> bool {
    code.severity == Severity::Error
        && matches!(code.group, Group::Syntax | Group::Reference)
        && CODES.iter().any(|own| own.id == code.id)
}

#[cfg(test)]
mod tests {
    use super::{all_codes, find_code, is_hard, similar_code};
    use crate::diagnostic::{Group, Level, Override, UNKNOWN_COMPONENT};

    #[test]
    fn ids_are_unique_and_no_group_words() {
        let ids: Vec<_> = all_codes().iter().map(|code| code.id).collect();
        assert!(ids.is_sorted_by(|a, b| a < b), "{ids:?}");
        for group in Group::ALL {
            assert!(!ids.contains(&group.name()), "{}", group.name());
            assert!(Override::new(Level::Warning, group.name()).is_ok());
        }
    }

    #[test]
    fn codes_are_found_by_id() {
        assert_eq!(find_code("unknown-component"), Some(UNKNOWN_COMPONENT));
        assert_eq!(find_code("no-such-code"), None);
        assert_eq!(similar_code("unknown-componet"), Some("unknown-component"));
    }

    #[test]
    fn errors_in_references_are_hard_and_warnings_are_not() {
        assert!(is_hard(UNKNOWN_COMPONENT));
        assert!(find_code("empty-value").is_some_and(|code| !is_hard(code)));
        assert!(find_code("bad-selector").is_some_and(|code| !is_hard(code)));
    }
}
