//! Ids of views that every file system can tell apart.
//!
//! In: wanted ids. Out: the same, or the nearest that is safe and free.
//! Refuses to know: folders and extensions.

use std::collections::BTreeMap;

/// Leaves room for a suffix and an extension below the usual limit of 255 bytes.
const MAX_LENGTH: usize = 200;

/// The names that are taken, in lower case, with how often each was wanted.
#[derive(Default)]
pub(super) struct FileNames {
    taken: BTreeMap<String, usize>,
}

impl FileNames {
    /// A name like the wanted one that is safe, and that nobody has claimed.
    pub(super) fn claim(&mut self, wanted: &str) -> String {
        let base = safe(wanted);
        let folded = base.to_lowercase();
        let mut times = self.taken.get(&folded).copied().unwrap_or(0);
        let mut name = base.clone();
        while self.taken.contains_key(&name.to_lowercase()) {
            times += 1;
            name = format!("{base}-{times}");
        }
        self.taken.entry(name.to_lowercase()).or_insert(1);
        // The next search goes on where this one ended.
        self.taken.insert(folded, times.max(1));
        name
    }
}

/// The id with `_` for what file names can't hold everywhere.
fn safe(id: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let signs = id.chars().map(|c| if is_plain(c) { c } else { '_' });
    let name: String = signs.take(MAX_LENGTH).collect();
    let is_odd = !name.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    if is_odd || is_device(&name) {
        format!("_{name}")
    } else {
        name
    }
}

/// Whether Windows takes the name for a device, whatever its extension.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or("").to_ascii_lowercase();
    let is_port = |prefix: &str| {
        let number = stem.strip_prefix(prefix).unwrap_or("");
        number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    matches!(&*stem, "con" | "prn" | "aux" | "nul") || is_port("com") || is_port("lpt")
}

#[cfg(test)]
mod tests {
    use super::FileNames;

    #[track_caller]
    fn check(wanted: &[&str], expected: &[&str]) {
        let mut names = FileNames::default();
        let claimed: Vec<String> = wanted.iter().map(|name| names.claim(name)).collect();
        assert_eq!(claimed, expected);
    }

    #[test]
    fn names_differ_by_more_than_case() {
        check(
            &["full", "Full", "FULL", "full-2", "other"],
            &["full", "Full-2", "FULL-3", "full-2-2", "other"],
        );
        check(&["a-2", "a", "a", "a"], &["a-2", "a", "a-3", "a-4"]);
    }

    #[test]
    fn names_are_safe_everywhere() {
        check(
            &["con", "Lpt1.x", "a/b", "..", "", "über", "-x", "console"],
            &[
                "_con", "_Lpt1.x", "a_b", "_..", "_", "_ber", "_-x", "console",
            ],
        );
        let long = "x".repeat(1000);
        check(
            &[&long, &long],
            &[&"x".repeat(200), &format!("{}-2", "x".repeat(200))],
        );
    }
}
