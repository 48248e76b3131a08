//! How much a change hurts, and whom.
//!
//! In: nothing. Out: [`Class`] and [`Audience`] with their words. Refuses to know: any change.

/// How much a change hurts; a later one is worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Words, colors and order: nobody's system notices.
    Docs,
    /// Nobody who followed the old model stops working.
    Safe,
    /// The model can't decide it; the explanation says which fact would.
    Risky,
    /// A party that followed the old model can stop working.
    Breaking,
}

impl Class {
    /// Every class, the worst first.
    pub const ALL: &'static [Self] = &[Self::Breaking, Self::Risky, Self::Safe, Self::Docs];

    /// The word of the class.
    pub fn name(self) -> &'static str {
        match self {
            Self::Docs => "docs",
            Self::Safe => "safe",
            Self::Risky => "risky",
            Self::Breaking => "breaking",
        }
    }

    /// The class of a word.
    pub fn from_name(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|class| class.name() == word)
    }
}

/// Whom a change concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Audience {
    /// Those who read a topic.
    Consumers,
    /// Those who write a topic.
    Producers,
    /// Those who call a component.
    Callers,
    /// Those who run the platform.
    Operators,
    /// Those who read its documents.
    Readers,
}

impl Audience {
    /// The word of the audience.
    pub fn name(self) -> &'static str {
        match self {
            Self::Consumers => "consumers",
            Self::Producers => "producers",
            Self::Callers => "callers",
            Self::Operators => "operators",
            Self::Readers => "readers",
        }
    }
}
