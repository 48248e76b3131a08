//! `-A`, `-W` and `-D`, in the order they were written.
//!
//! In: arguments. Out: overrides, of which a later one wins. Refuses to know: findings.

use clap::error::ErrorKind;
use clap::{ArgMatches, Args, Command, Error, FromArgMatches};

use crate::diagnostic::{Level, Override};

/// Levels of rules, as the user overrides them.
#[derive(Debug)]
pub(super) struct Levels {
    /// The overrides as written from left to right.
    pub(super) overrides: Vec<Override>,
}

/// The arguments as the parser sees them: three lists that lost their common order.
#[derive(Debug, Args)]
struct Lists {
    /// Silence a rule, a group of rules, `notes` or `warnings`
    #[arg(short = 'A', long = "allow", value_name = "RULE", action = clap::ArgAction::Append)]
    allow: Vec<String>,
    /// Make a rule or group warn
    #[arg(short = 'W', long = "warn", value_name = "RULE", action = clap::ArgAction::Append)]
    warn: Vec<String>,
    /// Make a rule or group an error
    #[arg(short = 'D', long = "deny", value_name = "RULE", action = clap::ArgAction::Append)]
    deny: Vec<String>,
}

impl FromArgMatches for Levels {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let lists = Lists::from_arg_matches(matches)?;
        let mut overrides = Vec::new();
        for (name, level, words) in [
            ("allow", Level::Allow, lists.allow),
            ("warn", Level::Warning, lists.warn),
            ("deny", Level::Error, lists.deny),
        ] {
            let positions = matches.indices_of(name).into_iter().flatten();
            for (position, word) in positions.zip(words) {
                overrides.push((position, read(level, &word)?));
            }
        }
        overrides.sort_by_key(|(position, _)| *position);
        let overrides = overrides.into_iter().map(|(_, one)| one).collect();
        Ok(Self { overrides })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Args for Levels {
    fn augment_args(command: Command) -> Command {
        Lists::augment_args(command)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Lists::augment_args_for_update(command)
    }
}

fn read(level: Level, word: &str) -> Result<Override, Error> {
    Override::new(level, word).map_err(|problem| Error::raw(ErrorKind::ValueValidation, problem))
}
