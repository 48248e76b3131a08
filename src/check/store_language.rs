//! The language of a store, and the language that a text is written in.
//!
//! In: a component, or the text of an operation. Out: a [`Language`] where there is no
//! doubt. Refuses to know: whether the two must agree.
//!
//! Stores that take SQL beside their own language (Cassandra, Cosmos DB, `DynamoDB`,
//! Elasticsearch) have none here, so that nothing right is reported.

use crate::model::Component;

/// What a store understands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    Sql,
    MongoDb,
    Redis,
}

const STORES: &[(&str, Language)] = &[
    ("mongo", Language::MongoDb),
    ("documentdb", Language::MongoDb),
    ("redis", Language::Redis),
    ("valkey", Language::Redis),
    ("postgres", Language::Sql),
    ("mysql", Language::Sql),
    ("mariadb", Language::Sql),
    ("sqlite", Language::Sql),
    ("sql server", Language::Sql),
    ("sqlserver", Language::Sql),
    ("azure sql", Language::Sql),
    ("oracle database", Language::Sql),
    ("cockroach", Language::Sql),
    ("db2", Language::Sql),
];

/// Words that are in no text of another language. Case counts, as prose says "update" too.
const SQL_PAIRS: &[(&str, &str)] = &[
    ("SELECT ", " FROM "),
    ("INSERT INTO ", ""),
    ("UPDATE ", " SET "),
    ("DELETE FROM ", ""),
    ("CREATE TABLE ", ""),
    ("ALTER TABLE ", ""),
    ("TRUNCATE TABLE ", ""),
    ("pg_", "("),
    ("FROM pg_", ""),
];

const MONGODB_CALLS: &[&str] = &[
    ".insertOne(",
    ".updateOne(",
    ".deleteOne(",
    ".replaceOne(",
    ".findOneAndUpdate(",
    ".findOneAndReplace(",
    "db.watch(",
    "db.collection(",
];

const REDIS_COMMANDS: &[&str] = &[
    "HINCRBY",
    "HSET",
    "HGET",
    "HGETALL",
    "HMSET",
    "ZADD",
    "ZRANGE",
    "ZINCRBY",
    "ZREM",
    "SADD",
    "SREM",
    "SMEMBERS",
    "LPUSH",
    "RPUSH",
    "LPOP",
    "RPOP",
    "BLPOP",
    "BRPOP",
    "SETEX",
    "SETNX",
    "INCRBY",
    "XADD",
    "XREAD",
    "XREADGROUP",
    "PFADD",
];

impl Language {
    /// How people call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sql => "SQL",
            Self::MongoDb => "MongoDB's language",
            Self::Redis => "Redis commands",
        }
    }

    /// The language of a store; `None` for other components and where two could be meant.
    pub(crate) fn of_store(component: &Component<'_>) -> Option<Self> {
        if !component.kind.is_store() {
            return None;
        }
        let written = &component.written;
        let stated = [written.technology, written.type_name]
            .into_iter()
            .flatten();
        let aliases = written.aliases.iter().copied();
        let details = stated.chain(aliases).map(|text| text.value);
        Self::only(details.chain([component.id.value, &component.name]))
    }

    /// The language of a store that is only named.
    pub(crate) fn of_name(name: &str) -> Option<Self> {
        Self::only([name])
    }

    /// The one language that the texts name.
    fn only<'t>(texts: impl IntoIterator<Item = &'t str>) -> Option<Self> {
        let mut found = None;
        for text in texts {
            let text = text.to_lowercase();
            let named = STORES.iter().filter(|(word, _)| text.contains(word));
            for (_, language) in named {
                if found.is_some_and(|known| known != *language) {
                    return None;
                }
                found = Some(*language);
            }
        }
        found
    }

    /// The language that a text is plainly written in.
    pub(crate) fn of_text(text: &str) -> Option<Self> {
        // Every word below has a capital or a parenthesis, and most labels have neither.
        if !text
            .bytes()
            .any(|byte| byte.is_ascii_uppercase() || byte == b'(')
        {
            return None;
        }
        if MONGODB_CALLS.iter().any(|call| text.contains(call)) {
            return Some(Self::MongoDb);
        }
        if SQL_PAIRS.iter().any(|pair| holds(text, *pair)) {
            return Some(Self::Sql);
        }
        let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
        words
            .any(|word| REDIS_COMMANDS.contains(&word))
            .then_some(Self::Redis)
    }

    /// The languages of store and text, if both are known and differ.
    pub(crate) fn conflict(store: Option<Self>, text: &str) -> Option<(Self, Self)> {
        let store = store?;
        let used = Self::of_text(text)?;
        (used != store).then_some((store, used))
    }
}

/// Whether the first word begins a word of the text and the second follows it.
fn holds(text: &str, (first, second): (&str, &str)) -> bool {
    text.match_indices(first).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let is_start = before.is_none_or(|c| !c.is_alphanumeric() && c != '_');
        is_start && text[at + first.len()..].contains(second.trim_end())
    })
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn tells_languages_of_texts_apart() {
        let of = Language::of_text;
        assert_eq!(of("UPDATE users SET email = …"), Some(Language::Sql));
        assert_eq!(
            of("SELECT * FROM pg_replication_slots"),
            Some(Language::Sql)
        );
        assert_eq!(
            of("pg_logical_slot_get_changes() for WAL"),
            Some(Language::Sql)
        );
        assert_eq!(of("audit_trail.insertOne()"), Some(Language::MongoDb));
        assert_eq!(of("HINCRBY, ZADD for metrics"), Some(Language::Redis));
        for prose in [
            "update users, set e-mail",
            "SELECTS rooms",
            "MY_pg_",
            "GET session",
            "insert into the log",
            "",
        ] {
            assert_eq!(of(prose), None, "{prose}");
        }
    }
}
