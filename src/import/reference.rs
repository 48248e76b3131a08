//! `$ref`: values that stand elsewhere, in the same file or in another.
//!
//! In: a document, with what it refers to below its folder. Out: the values that references
//! mean. Refuses to know: what any value is for; nothing is fetched from the network.
//!
//! References are JSON Pointers (RFC 6901) in the fragment of an address. Files are found
//! before any reference is followed; a chain of references is followed to its end, once.

use std::collections::{BTreeMap, BTreeSet};

use super::reader::{Document, Input, Reader};
use super::value::Value;
use crate::diagnostic::{
    Diagnostic, IMPORT_CYCLE, IMPORT_UNKNOWN, IMPORT_UNKNOWN_NAME, did_you_mean,
};
use crate::source::Span;

/// References of one chain at most.
const MAX_CHAIN: usize = 100;
/// Files that one document refers to at most, directly or not.
const MAX_FILES: usize = 1_000;

/// A document with every file that it refers to.
#[derive(Debug)]
pub(super) struct Bundle {
    files: Vec<File>,
}

#[derive(Debug)]
struct File {
    document: Document,
    /// The files it refers to, by the path in the reference; nothing for one that can't be read.
    beside: BTreeMap<String, Option<usize>>,
}

/// A value and the file it stands in, so that references in it can be followed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Located<'b> {
    file: usize,
    pub(super) value: &'b Value,
}

impl Bundle {
    /// Reads a file and what it refers to; what can't be read is a finding.
    pub(super) fn read(reader: &mut Reader<'_>, input: &Input) -> Option<Self> {
        let document = reader.open(input)?;
        let mut known = BTreeMap::from([(document.name.clone(), 0)]);
        let mut files = vec![File::new(document)];
        let mut next = 0;
        while next < files.len() {
            for (path, span) in paths(&files[next].document) {
                let from = files[next].document.id;
                let opened = if files.len() < MAX_FILES {
                    reader.open_beside(input, from, &path, span)
                } else {
                    None
                };
                let index = opened.map(|(_, document)| {
                    *known.entry(document.name.clone()).or_insert_with(|| {
                        files.push(File::new(document));
                        files.len() - 1
                    })
                });
                files[next].beside.insert(path, index);
            }
            next += 1;
        }
        Some(Self { files })
    }

    /// The first value of the main file.
    pub(super) fn root(&self) -> Option<Located<'_>> {
        let value = self.files.first()?.document.values.first()?;
        Some(Located { file: 0, value })
    }

    /// What stands under a key, references followed.
    pub(super) fn get<'b>(
        &'b self,
        at: Located<'b>,
        key: &str,
        out: &mut Vec<Diagnostic>,
    ) -> Option<Located<'b>> {
        let value = at.value.get(key)?;
        self.follow(at.with(value), out)
    }

    /// The entries of a mapping, references followed; each with its key and where that stands.
    pub(super) fn entries<'b>(
        &'b self,
        at: Located<'b>,
        out: &mut Vec<Diagnostic>,
    ) -> Vec<(&'b str, Span, Located<'b>)> {
        let mut found = Vec::new();
        for entry in at.value.entries() {
            if let Some(value) = self.follow(at.with(&entry.value), out) {
                found.push((entry.key.as_str(), entry.key_span, value));
            }
        }
        found
    }

    /// The value that stands for another one, or the value itself.
    pub(super) fn follow<'b>(
        &'b self,
        start: Located<'b>,
        out: &mut Vec<Diagnostic>,
    ) -> Option<Located<'b>> {
        let mut at = start;
        let mut seen = BTreeSet::new();
        while let Some(reference) = at.value.get("$ref") {
            let Some(text) = reference.text() else {
                break;
            };
            if seen.len() >= MAX_CHAIN || !seen.insert((at.file, text)) {
                out.push(in_a_circle(text, reference.span));
                return None;
            }
            at = self.target(at.file, text, reference.span, out)?;
        }
        Some(at)
    }

    fn target<'b>(
        &'b self,
        from: usize,
        text: &str,
        span: Span,
        out: &mut Vec<Diagnostic>,
    ) -> Option<Located<'b>> {
        if is_remote(text) {
            out.push(not_fetched(text, span));
            return None;
        }
        let (path, pointer) = text.split_once('#').unwrap_or((text, ""));
        let file = if path.is_empty() {
            from
        } else {
            // A file that can't be read was reported when it was opened.
            (*self.files[from].beside.get(path)?)?
        };
        let root = self.files[file].document.values.first()?;
        match walk(root, pointer) {
            Ok(value) => Some(Located { file, value }),
            Err(missing) => {
                out.push(no_such_part(text, &missing, span));
                None
            }
        }
    }
}

impl File {
    fn new(document: Document) -> Self {
        Self {
            document,
            beside: BTreeMap::new(),
        }
    }
}

impl<'b> Located<'b> {
    /// Another value of the same file.
    pub(super) fn with(self, value: &'b Value) -> Self {
        Self { value, ..self }
    }
}

/// The last part of a reference's pointer: the key that it refers to.
pub(super) fn last_part(reference: &str) -> Option<String> {
    let (_, pointer) = reference.split_once('#')?;
    pointer.rsplit('/').next().map(decoded)
}

/// The paths of the files that a document refers to, with the first place of each.
fn paths(document: &Document) -> BTreeMap<String, Span> {
    let mut found = BTreeMap::new();
    for value in &document.values {
        collect(value, &mut found);
    }
    found
}

fn collect(value: &Value, found: &mut BTreeMap<String, Span>) {
    for entry in value.entries() {
        match entry.value.text() {
            Some(text) if entry.key == "$ref" && !is_remote(text) => {
                let path = text.split('#').next().unwrap_or_default();
                if !path.is_empty() {
                    found.entry(path.to_owned()).or_insert(entry.value.span);
                }
            }
            _ => collect(&entry.value, found),
        }
    }
    for item in value.items() {
        collect(item, found);
    }
}

fn is_remote(text: &str) -> bool {
    text.split('#').next().unwrap_or_default().contains("://")
}

/// The value that a JSON Pointer leads to, or the part of it that leads nowhere with what is
/// there instead.
fn walk<'b>(root: &'b Value, pointer: &str) -> Result<&'b Value, Missing> {
    let mut at = root;
    for part in pointer.split('/').skip(1) {
        let part = decoded(part);
        let item = || at.items().get(part.parse::<usize>().ok()?);
        let Some(value) = at.get(&part).or_else(item) else {
            let known = at.entries().iter().map(|entry| entry.key.as_str());
            let meant = did_you_mean(&part, known).map(ToOwned::to_owned);
            return Err(Missing { part, meant });
        };
        at = value;
    }
    Ok(at)
}

struct Missing {
    part: String,
    meant: Option<String>,
}

/// `%20` and the like of addresses, then `~1` and `~0` of pointers.
fn decoded(part: &str) -> String {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = tail
            .get(..2)
            .filter(|_| *first == b'%')
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes)
        .replace("~1", "/")
        .replace("~0", "~")
}

fn no_such_part(reference: &str, missing: &Missing, span: Span) -> Diagnostic {
    let message = format!(
        "`{reference}` refers to nothing: there is no `{}`",
        missing.part
    );
    let help = match &missing.meant {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "correct the reference, or give the file that has it".to_owned(),
    };
    Diagnostic::new(IMPORT_UNKNOWN_NAME, message, span, "").help(help)
}

fn in_a_circle(reference: &str, span: Span) -> Diagnostic {
    let message = format!("`{reference}` refers to itself, in the end");
    Diagnostic::new(IMPORT_CYCLE, message, span, "").help("write the value out at one place")
}

fn not_fetched(reference: &str, span: Span) -> Diagnostic {
    let message = format!("`{reference}` is not fetched, so what it says is unknown");
    Diagnostic::new(IMPORT_UNKNOWN, message, span, "")
        .help("save the file beside this one, and refer to that")
}

#[cfg(test)]
mod tests {
    use super::{decoded, last_part};

    #[test]
    fn pointers_are_decoded_as_rfc_6901_says() {
        assert_eq!(decoded("a~1b~0c%25"), "a/b~c%");
        assert_eq!(decoded("%2"), "%2");
        assert_eq!(decoded("~01"), "~1");
        assert_eq!(last_part("x.yml#/a/b~1c").as_deref(), Some("b/c"));
    }
}
