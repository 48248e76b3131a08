//! Single message transforms that give records another topic.
//!
//! In: a connector's settings. Out: the topics that its records end in. Refuses to know:
//! where the topics come from, and transforms that leave the topic alone.
//!
//! A name with `*` in it stands for several topics. A regular expression is tried on it as if
//! the `*` were a letter of the name; the result is then a guess.

use regex::{Regex, RegexBuilder};

use super::settings::Settings;

/// A compiled regular expression takes at most this many bytes.
const MAX_COMPILED_BYTES: usize = 1 << 20;
/// What the outbox router replaces unless told otherwise.
const OUTBOX_DEFAULT: &str = "outbox.event.${routedByValue}";

/// One transform that changes topics.
#[derive(Debug)]
pub(super) enum Route {
    /// A name that matches wholly is replaced.
    Replace {
        /// What names are held against.
        regex: Regex,
        /// What they become, with `${1}` for groups.
        replacement: String,
    },
    /// Every record goes where a column of it says.
    ByValue {
        /// The topics it can end in, with `*`.
        pattern: String,
    },
}

/// The transforms of a connector in order; those that could not be understood are named.
#[derive(Debug, Default)]
pub(super) struct Routes<'v> {
    routes: Vec<Route>,
    /// Names of transforms whose effect on topics is unknown.
    pub(super) unknown: Vec<&'v str>,
}

impl<'v> Routes<'v> {
    /// Reads `transforms` and what belongs to it.
    pub(super) fn read(settings: &Settings<'v>) -> Self {
        let mut read = Self::default();
        for name in settings.list("transforms") {
            let own = |key: &str| settings.value(&format!("transforms.{name}.{key}"));
            let class = own("type").unwrap_or_default();
            let class = class.rsplit('.').next().unwrap_or_default();
            let route = match class {
                "RegexRouter" => replace(own("regex"), own("replacement")),
                "ByLogicalTableRouter" | "ToLogicalTopicRouter" => {
                    replace(own("topic.regex"), own("topic.replacement"))
                }
                "EventRouter" | "MongoEventRouter" => Some(by_value(
                    own("route.topic.replacement").unwrap_or(OUTBOX_DEFAULT),
                )),
                "TimestampRouter" => Some(Route::ByValue {
                    pattern: timestamped(own("topic.format")),
                }),
                _ => continue,
            };
            match route {
                Some(route) => read.routes.push(route),
                None => read.unknown.push(name),
            }
        }
        read
    }

    /// Whether rows decide where they go, so that the topic of their table is never written.
    pub(super) fn is_by_value(&self) -> bool {
        let by_value = |route: &Route| matches!(route, Route::ByValue { .. });
        self.routes.iter().any(by_value)
    }

    /// The topic that records of `topic` end in.
    pub(super) fn apply(&self, topic: &str) -> String {
        let step = |topic: String, route: &Route| route.apply(&topic);
        self.routes.iter().fold(topic.to_owned(), step)
    }
}

impl Route {
    fn apply(&self, topic: &str) -> String {
        match self {
            Self::Replace { regex, replacement } => {
                let is_whole = regex
                    .find(topic)
                    .is_some_and(|found| found.range() == (0..topic.len()));
                if is_whole {
                    regex.replace(topic, replacement.as_str()).into_owned()
                } else {
                    topic.to_owned()
                }
            }
            Self::ByValue { pattern } => pattern.replace("${topic}", topic),
        }
    }
}

fn replace(regex: Option<&str>, replacement: Option<&str>) -> Option<Route> {
    // A transform replaces names that match wholly, and only those.
    let whole = format!("^(?:{})$", regex?);
    let regex = RegexBuilder::new(&whole)
        .size_limit(MAX_COMPILED_BYTES)
        .build()
        .ok()?;
    Some(Route::Replace {
        regex,
        replacement: with_braces(replacement?),
    })
}

fn by_value(replacement: &str) -> Route {
    Route::ByValue {
        pattern: replacement.replace("${routedByValue}", "*"),
    }
}

fn timestamped(format: Option<&str>) -> String {
    format
        .unwrap_or("${topic}-${timestamp}")
        .replace("${timestamp}", "*")
}

/// `$1` of Java as `${1}`: this program's engine would take `$1x` for a group named `1x`.
fn with_braces(replacement: &str) -> String {
    let mut braced = String::with_capacity(replacement.len() + 8);
    let mut rest = replacement;
    while let Some(at) = rest.find('$') {
        let (head, tail) = rest.split_at(at);
        braced.push_str(head);
        let after = &tail[1..];
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            braced.push_str(&format!("${{{}}}", &after[..digits]));
            rest = &after[digits..];
        } else if let Some(name) = after
            .strip_prefix('{')
            .and_then(|name| name.split_once('}'))
        {
            braced.push_str(&format!("${{{}}}", name.0));
            rest = name.1;
        } else {
            braced.push_str("$$");
            rest = after;
        }
    }
    braced.push_str(rest);
    braced
}

#[cfg(test)]
mod tests {
    use super::{Route, replace, with_braces};

    #[track_caller]
    fn check(regex: &str, replacement: &str, topic: &str, expected: &str) {
        let route = replace(Some(regex), Some(replacement)).expect("a regular expression");
        assert_eq!(route.apply(topic), expected);
    }

    #[test]
    fn a_whole_match_is_replaced_and_a_part_is_not() {
        check(r"([^.]+)\.([^.]+)\.([^.]+)", "$3", "a.b.c", "c");
        check(r"([^.]+)\.([^.]+)", "$2", "a.b.c", "a.b.c");
        check(r"polls.public.(.*)", "$1", "polls.public.*", "*");
        check("a|ab", "x", "ab", "x");
    }

    #[test]
    fn groups_end_where_their_digits_end() {
        assert_eq!(with_braces("$1_x ${name} $ $"), "${1}_x ${name} $$ $$");
        check("(.*)", "$1_x", "a", "a_x");
    }

    #[test]
    fn what_is_no_regular_expression_is_no_route() {
        assert!(replace(Some("("), Some("")).is_none());
        assert!(replace(Some("(a{1000}){1000}"), Some("")).is_none());
        assert!(!matches!(
            replace(Some("a"), Some("b")),
            Some(Route::ByValue { .. })
        ));
    }
}
