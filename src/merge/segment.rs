//! Pieces of a merged text: the same for both sides, or one for each.
//!
//! In: texts. Out: [`Segment`]s, and the text with conflict markers. Refuses to know: YAML.

/// A piece of a merged text, in whole lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Segment {
    /// What both sides agree on.
    Same(String),
    /// What they don't.
    Conflict {
        /// As it was.
        base: String,
        /// As we have it.
        ours: String,
        /// As they have it.
        theirs: String,
    },
}

/// One of the two versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// The one that git calls ours.
    Ours,
    /// The one that git calls theirs.
    Theirs,
}

/// How conflicts are marked.
#[derive(Clone, Debug)]
pub struct Marks {
    /// How many times the marking characters are repeated.
    pub size: usize,
    /// What our side is called.
    pub ours: String,
    /// What the common version is called.
    pub base: String,
    /// What their side is called.
    pub theirs: String,
}

impl Default for Marks {
    fn default() -> Self {
        Self {
            size: 7,
            ours: "ours".to_owned(),
            base: "base".to_owned(),
            theirs: "theirs".to_owned(),
        }
    }
}

/// The text in which every conflict is decided for one side.
pub(super) fn rendered(segments: &[Segment], side: Side) -> String {
    let text = |segment: &Segment| match (segment, side) {
        (Segment::Same(text), _)
        | (Segment::Conflict { ours: text, .. }, Side::Ours)
        | (Segment::Conflict { theirs: text, .. }, Side::Theirs) => text.clone(),
    };
    segments.iter().map(text).collect()
}

/// The text with marks around every conflict, the common version between them as `diff3` has it.
pub(super) fn with_marks(segments: &[Segment], marks: &Marks) -> String {
    let mark = |char: &str, name: &str| {
        let line = format!("{} {name}", char.repeat(marks.size));
        format!("{}\n", line.trim_end())
    };
    let text = |segment: &Segment| match segment {
        Segment::Same(text) => text.clone(),
        Segment::Conflict { base, ours, theirs } => [
            mark("<", &marks.ours),
            ours.clone(),
            mark("|", &marks.base),
            base.clone(),
            mark("=", ""),
            theirs.clone(),
            mark(">", &marks.theirs),
        ]
        .concat(),
    };
    segments.iter().map(text).collect()
}

/// What one side changed, or both alike; `None` if they changed it differently.
pub(super) fn three(base: Option<&str>, ours: &str, theirs: &str) -> Option<String> {
    if ours == theirs || base == Some(theirs) {
        return Some(ours.to_owned());
    }
    (base == Some(ours)).then(|| theirs.to_owned())
}

/// The same for lines of comments, where another number of empty lines is no disagreement.
pub(super) fn three_leads(base: &str, ours: &str, theirs: &str) -> Option<String> {
    let lines = |text: &str| -> Vec<String> {
        let lines = text.lines().map(|line| line.trim().to_owned());
        lines.filter(|line| !line.is_empty()).collect()
    };
    three(Some(base), ours, theirs).or_else(|| {
        let (base, our, their) = (lines(base), lines(ours), lines(theirs));
        if our == their || base == their {
            return Some(ours.to_owned());
        }
        (base == our).then(|| theirs.to_owned())
    })
}
