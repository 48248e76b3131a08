//! Where documents speak of an element.
//!
//! In: names and the texts of documents. Out: the lines that hold one of the names as whole
//! words. Refuses to know: what kind of documents they are.

/// A document with the lines that speak of something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The document.
    pub file: String,
    /// 1-based lines.
    pub lines: Vec<usize>,
}

/// Names shorter than this are words of the language more often than not.
const MIN_LENGTH: usize = 3;

/// The documents that hold one of the names.
pub(super) fn mentions(names: &[&str], documents: &[(String, String)]) -> Vec<Mention> {
    let names: Vec<&str> = names
        .iter()
        .copied()
        .filter(|name| name.len() >= MIN_LENGTH)
        .collect();
    let mention = |(file, text): &(String, String)| {
        let lines = (1..).zip(text.lines());
        let hits = lines.filter(|(_, line)| names.iter().any(|name| holds(line, name)));
        let lines: Vec<usize> = hits.map(|(number, _)| number).collect();
        (!lines.is_empty()).then(|| Mention {
            file: file.clone(),
            lines,
        })
    };
    documents.iter().filter_map(mention).collect()
}

/// Whether a line holds the name with nothing that continues a word around it.
fn holds(line: &str, name: &str) -> bool {
    let continues = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    line.match_indices(name).any(|(at, _)| {
        let (before, after) = (&line[..at], &line[at + name.len()..]);
        // A dot ends a sentence more often than it goes on.
        let goes_on = after.strip_prefix('.').unwrap_or(after);
        !before.ends_with(continues)
            && !before.ends_with('.')
            && !after.starts_with(continues)
            && (goes_on.len() == after.len() || !goes_on.starts_with(char::is_alphanumeric))
    })
}

#[cfg(test)]
mod tests {
    use super::holds;

    #[test]
    fn names_are_whole_words() {
        for line in ["kafka", "a kafka.", "`kafka`", "kafka, and", "(kafka)"] {
            assert!(holds(line, "kafka"), "{line}");
        }
        for line in [
            "kafkaesque",
            "kafka-ui",
            "kafka_connect",
            "my.kafka",
            "kafka.topic",
        ] {
            assert!(!holds(line, "kafka"), "{line}");
        }
    }
}
