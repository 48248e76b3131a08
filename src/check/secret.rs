//! Secrets in texts: passwords in addresses and settings, keys of known shapes.
//!
//! In: a text and the key that it stands under. Out: what secret it holds, in words.
//! Refuses to know: the elements of the model. A false alarm costs trust, so only what
//! is plainly a secret counts; placeholders such as `${PASSWORD}` do not.

use super::signs::Signs;

/// Prefixes of tokens, how many further characters make one, and what it is.
const TOKENS: &[(&str, usize, &str)] = &[
    ("AKIA", 16, "an access key of AWS"),
    ("ASIA", 16, "an access key of AWS"),
    ("ghp_", 20, "a token of GitHub"),
    ("gho_", 20, "a token of GitHub"),
    ("ghs_", 20, "a token of GitHub"),
    ("github_pat_", 20, "a token of GitHub"),
    ("glpat-", 16, "a token of GitLab"),
    ("xoxb-", 16, "a token of Slack"),
    ("xoxp-", 16, "a token of Slack"),
    ("sk_live_", 16, "a key of Stripe"),
    ("AIza", 30, "a key of Google"),
];

/// No token is shorter, its prefix included.
const SHORTEST_TOKEN: usize = 20;

const PASSWORD_WORDS: &[&str] = &["password", "passwd", "pwd", "passphrase"];

const KEY_WORDS: &[&str] = &[
    "secret",
    "api_key",
    "apikey",
    "api-key",
    "access_key",
    "accountkey",
    "sharedaccesskey",
    "private_key",
    "token",
];

/// Values that say what would stand there.
const PLACEHOLDERS: &[&str] = &[
    "true", "false", "none", "null", "yes", "no", "required", "optional", "string", "text",
    "value", "hidden", "redacted", "secret", "password", "vault", "prompt",
];

/// The secret that a text holds, if it plainly holds one.
pub(crate) fn in_text(key: &str, text: &str) -> Option<&'static str> {
    find(key, text, Signs::of(text))
}

/// The secret that a text with these signs holds, if it plainly holds one.
pub(crate) fn find(key: &str, text: &str, signs: Signs) -> Option<&'static str> {
    if signs.has(Signs::DASH) && text.contains("-----BEGIN ") && text.contains("PRIVATE KEY-----") {
        return Some("a private key");
    }
    let mut found = known_token(text);
    if signs.has(Signs::AT) {
        found = found.or_else(|| password_in_address(text));
    }
    if signs.has(Signs::EQUALS) {
        found = found.or_else(|| assignment(text));
    }
    if !signs.has(Signs::BLANK) {
        found = found.or_else(|| under_key(key, text));
    }
    found
}

fn known_token(text: &str) -> Option<&'static str> {
    if !has_long_word(text.as_bytes()) {
        return None;
    }
    let known = TOKENS.iter().find(|(prefix, length, _)| {
        text.match_indices(prefix).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let rest = &text[at + prefix.len()..];
            let run = rest.chars().take_while(|c| is_token(*c)).count();
            run >= *length && before.is_none_or(|c| !c.is_ascii_alphanumeric())
        })
    });
    known.map(|(_, _, what)| *what)
}

/// Whether a word is long enough for a token. Where the last letter of such a word would be,
/// most texts have it end already, so a few looks pass over them.
fn has_long_word(text: &[u8]) -> bool {
    let mut start = 0;
    while let Some(word) = text.get(start..start + SHORTEST_TOKEN) {
        match word.iter().rposition(|byte| !is_token(char::from(*byte))) {
            Some(end) => start += end + 1,
            None => return true,
        }
    }
    false
}

/// `scheme://user:password@host`.
fn password_in_address(text: &str) -> Option<&'static str> {
    let mut rest = text;
    while let Some((_, after)) = rest.split_once("://") {
        let end = after.find(|c: char| c == '/' || c.is_whitespace());
        let authority = &after[..end.unwrap_or(after.len())];
        let user = authority.rsplit_once('@').map(|(user, _)| user);
        let password = user.and_then(|user| user.split_once(':'));
        if password.is_some_and(|(_, password)| is_real(password)) {
            return Some("a password in an address");
        }
        rest = after;
    }
    None
}

/// `password=hunter2`, `AccountKey=…`.
fn assignment(text: &str) -> Option<&'static str> {
    let lower = text.to_ascii_lowercase();
    let any = |words: &[&str], is_meant: fn(&str) -> bool| {
        let mut values = words.iter().flat_map(|word| values_of(text, &lower, word));
        values.any(is_meant)
    };
    if any(PASSWORD_WORDS, is_password) {
        return Some("a password");
    }
    any(KEY_WORDS, is_key).then_some("a key or token")
}

/// What is assigned to a word; `lower` is the text in lower case.
fn values_of<'t>(text: &'t str, lower: &str, word: &str) -> Vec<&'t str> {
    lower
        .match_indices(word)
        .filter(|(at, _)| starts_word(lower, *at))
        .filter_map(|(at, _)| value_after(&text[at + word.len()..]))
        .collect()
}

fn is_password(value: &str) -> bool {
    value.len() >= 4 && is_real(value)
}

/// A value of its own under `metadata: { password: … }`.
fn under_key(key: &str, text: &str) -> Option<&'static str> {
    let ends = |words: &[&str]| words.iter().any(|word| ends_with(key, word));
    let is_plain = !text.contains(char::is_whitespace);
    if ends(PASSWORD_WORDS) && is_plain && is_password(text) {
        return Some("a password");
    }
    (ends(KEY_WORDS) && is_key(text)).then_some("a key or token")
}

/// Whether a key ends with a word, in any case.
fn ends_with(key: &str, word: &str) -> bool {
    let start = key.len().checked_sub(word.len());
    start.is_some_and(|start| key.as_bytes()[start..].eq_ignore_ascii_case(word.as_bytes()))
}

fn starts_word(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    before.is_none_or(|c| !c.is_ascii_alphanumeric())
}

/// What follows `=`, up to a separator.
fn value_after(rest: &str) -> Option<&str> {
    let value = rest.trim_start().strip_prefix('=')?.trim_start();
    let value = value.trim_start_matches(['"', '\'']);
    let is_end =
        |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '&' | ';' | ',' | ')' | ']');
    value.split(is_end).next()
}

/// Long, with letters and digits, and no placeholder.
fn is_key(value: &str) -> bool {
    let has = |test: fn(&char) -> bool| value.chars().any(|c| test(&c));
    value.len() >= 12
        && value.chars().all(is_token)
        && has(char::is_ascii_digit)
        && has(char::is_ascii_alphabetic)
        && is_real(value)
}

fn is_token(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+' | '/' | '=')
}

/// Whether a value stands for itself.
fn is_real(value: &str) -> bool {
    let is_template =
        value.is_empty() || value.contains(['$', '{', '<', '%', '…', '*']) || value.contains("...");
    let is_masked = value
        .chars()
        .all(|c| matches!(c, 'x' | 'X' | '.' | '-' | '_' | '?'));
    !is_template && !is_masked && !PLACEHOLDERS.contains(&value.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::Signs;

    fn find(key: &str, text: &str) -> Option<&'static str> {
        super::find(key, text, Signs::of(text))
    }

    #[test]
    fn finds_secrets() {
        for text in [
            "postgres://app:hunter2@db:5432/app",
            "password=hunter2",
            "db_password = 'hunter2'",
            "AKIAIOSFODNN7EXAMPLE",
            "AccountKey=Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MA==",
            "-----BEGIN RSA PRIVATE KEY-----\nMIIE",
            "token ghp_abcdefghijklmnopqrst12345",
        ] {
            assert!(find("label", text).is_some(), "{text}");
        }
        assert!(find("db_password", "hunter2").is_some());
    }

    #[test]
    fn leaves_plain_texts_alone() {
        for text in [
            "https://app@host/path",
            "postgres://app:${PASSWORD}@db",
            "postgres://app:***@db",
            "Verifies tokens and passwords",
            "grant_type=password",
            "POST /login?password={password}",
            "password=required",
            "token=jwt",
            "MAKIAIOSFODNN7EXAMPLE",
            "http://host:8080/a@b",
            "Secret Store",
            "",
        ] {
            assert_eq!(find("label", text), None, "{text}");
        }
        assert_eq!(find("password", "kept in the vault"), None);
        assert_eq!(find("token", "jwt"), None);
    }
}
