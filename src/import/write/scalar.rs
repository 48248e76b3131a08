//! Texts as YAML, and as comments.
//!
//! In: any text. Out: a scalar that means exactly this text, or a comment on one line.
//! Refuses to know: where it stands; every scalar may stand in a flow mapping.

/// A text as a YAML scalar: plain where that is safe, else quoted.
pub(crate) fn scalar(text: &str) -> String {
    if is_plain(text) {
        text.to_owned()
    } else {
        // A JSON string is a YAML string.
        serde_json::to_string(text).unwrap_or_default()
    }
}

/// Words that YAML readers take for something else.
const WORDS: &[&str] = &["true", "false", "null", "yes", "no", "on", "off", "y", "n"];

fn is_plain(text: &str) -> bool {
    let is_letter = |c: char| {
        c.is_ascii_alphanumeric()
            || matches!(c, ' ' | '_' | '-' | '.' | '/' | '(' | ')' | '+' | '&')
    };
    text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && !text.ends_with(' ')
        && text.chars().all(is_letter)
        && !WORDS.contains(&text.to_ascii_lowercase().as_str())
        && text.parse::<f64>().is_err()
}

/// Texts as a list on one line.
pub(crate) fn list<T: AsRef<str>>(texts: &[T]) -> String {
    let items: Vec<String> = texts.iter().map(|text| scalar(text.as_ref())).collect();
    format!("[{}]", items.join(", "))
}

/// A text that can stand in a comment.
pub(crate) fn comment(text: &str) -> String {
    let line = text.chars().map(|c| if is_shown(c) { c } else { ' ' });
    line.collect::<String>().trim().to_owned()
}

/// A text for people, without what they can't see.
pub(crate) fn words(text: &str) -> String {
    let shown: String = text
        .chars()
        .map(|c| if is_shown(c) { c } else { ' ' })
        .collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a character is printed and changes nothing about others.
fn is_shown(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e000}'..='\u{f8ff}')
        && !matches!(
            c,
            '\u{61c}' | '\u{180e}' | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}'
        )
        && !('\u{fe00}'..='\u{fe0f}').contains(&c)
        && c < '\u{e0000}'
}

#[cfg(test)]
mod tests {
    use super::scalar;

    #[test]
    fn texts_that_mean_something_else_are_quoted() {
        for text in [
            "yes", "", "a: b", "a # b", "- a", "a, b", "*a", " a", "a ", "ä", "1.10", "1e5",
        ] {
            assert!(scalar(text).starts_with('"'), "{text}");
        }
        for text in ["7.5.0", "Kafka Connect", "a/b-c_d", "Clients & Gateways"] {
            assert_eq!(scalar(text), text);
        }
    }
}
