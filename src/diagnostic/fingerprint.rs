//! Fingerprints: what makes a finding the same one after the file was edited.
//!
//! In: findings. Out: one number each, the same as long as code and subjects are, whatever
//! the wording and the lines. Refuses to know: who compares them.

use std::collections::BTreeMap;

use super::Diagnostic;
use crate::source::Sources;

/// The fingerprints of findings, unique within the list.
pub(crate) fn fingerprints(list: &[Diagnostic], sources: &Sources) -> Vec<String> {
    let mut seen: BTreeMap<u64, u64> = BTreeMap::new();
    let unique = |finding| {
        let base = subject_hash(finding, sources);
        let ordinal = seen.entry(base).or_default();
        *ordinal += 1;
        format!("{:016x}", fnv1a(base, &(*ordinal - 1).to_le_bytes()))
    };
    list.iter().map(unique).collect()
}

/// Code and subjects; without subjects, the text that is wrong.
fn subject_hash(finding: &Diagnostic, sources: &Sources) -> u64 {
    let mut hash = part(FNV_OFFSET, finding.code.id);
    for subject in &finding.subjects {
        hash = part(hash, subject);
    }
    if finding.subjects.is_empty() {
        hash = part(hash, sources.slice(finding.primary()));
    }
    hash
}

/// A number that is the same for the same texts, on every machine.
pub(crate) fn hash_of(texts: &[&str]) -> u64 {
    texts.iter().fold(FNV_OFFSET, |hash, text| part(hash, text))
}

/// Parts end with a byte that no UTF-8 text holds, so that their borders count.
fn part(hash: u64, text: &str) -> u64 {
    fnv1a(fnv1a(hash, text.as_bytes()), &[0xff])
}

const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0100_0000_01b3;

/// Fowler, Noll and Vo's hash 1a, 64 bits: small, and the same on every machine.
fn fnv1a(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(FNV_PRIME)
    })
}

#[cfg(test)]
mod tests {
    use super::{FNV_OFFSET, fingerprints, fnv1a};
    use crate::diagnostic::{Diagnostic, UNKNOWN_COMPONENT, UNKNOWN_KEY};
    use crate::source::{SourceId, Sources, Span};

    fn span(start: u32, end: u32) -> Span {
        Span {
            file: SourceId(0),
            start,
            end,
        }
    }

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(fnv1a(FNV_OFFSET, b"foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn wording_and_lines_do_not_count_but_subjects_do() {
        let mut sources = Sources::default();
        sources.add("a.yaml", "kafka: 1\n\nkafka: 1\nother: 2\n");
        let of = |finding| fingerprints(&[finding], &sources).remove(0);
        let key =
            |start, words: &str| Diagnostic::new(UNKNOWN_KEY, words, span(start, start + 5), "");
        assert_eq!(of(key(0, "one")), of(key(10, "two")));
        assert_ne!(of(key(0, "one")), of(key(19, "one")));
        assert_ne!(of(key(0, "one")), of(key(0, "one").subject("topic", "t")));
        assert_ne!(
            of(Diagnostic::new(UNKNOWN_COMPONENT, "one", span(0, 5), "")),
            of(key(0, "one"))
        );
    }

    #[test]
    fn equal_findings_are_told_apart_by_their_order() {
        let mut sources = Sources::default();
        sources.add("a.yaml", "kafka: 1\nkafka: 1\n");
        let key = |start| Diagnostic::new(UNKNOWN_KEY, "", span(start, start + 5), "");
        let both = fingerprints(&[key(0), key(9)], &sources);
        assert_ne!(both[0], both[1]);
        assert_eq!(both[0], fingerprints(&[key(9)], &sources)[0]);
    }
}
