//! The system at the other end of a connector.
//!
//! In: a connector's settings. Out: where it reads from or writes to, with what is known of
//! it; never a user or a password. Refuses to know: topics.

use super::settings::{Setting, Settings, items};

/// The kinds of sources whose topics follow from tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Engine {
    MySql,
    MariaDb,
    Postgres,
    SqlServer,
    MongoDb,
    Oracle,
    Db2,
    Informix,
    Vitess,
    Cassandra,
    Spanner,
    /// Confluent's JDBC source, whatever the database.
    Jdbc,
}

/// What a connector class, less its package, starts with, and the engine it is for.
const DEBEZIUM: &[(&str, Engine)] = &[
    ("MySql", Engine::MySql),
    ("MariaDb", Engine::MariaDb),
    ("Postgres", Engine::Postgres),
    ("SqlServer", Engine::SqlServer),
    ("MongoDb", Engine::MongoDb),
    ("Oracle", Engine::Oracle),
    ("Db2", Engine::Db2),
    ("Informix", Engine::Informix),
    ("Vitess", Engine::Vitess),
    ("Cassandra", Engine::Cassandra),
    ("Spanner", Engine::Spanner),
];

impl Engine {
    /// The engine of a source class, if its topics follow from tables.
    pub(super) fn of_class(class: &str) -> Option<Self> {
        let short = class.rsplit('.').next().unwrap_or(class);
        let lower = short.to_ascii_lowercase();
        if lower.contains("sink") {
            return None;
        }
        let is_debezium = class.starts_with("io.debezium.") || lower.contains("cdc");
        let engine = DEBEZIUM.iter().find(|(start, _)| short.starts_with(start));
        match engine {
            Some((_, engine)) if is_debezium => Some(*engine),
            // Confluent's managed sources of databases are JDBC sources under another name.
            Some((_, Self::MongoDb)) => None,
            Some(_) if lower.ends_with("source") => Some(Self::Jdbc),
            _ => lower.starts_with("jdbcsource").then_some(Self::Jdbc),
        }
    }

    /// Its name, as in addresses.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::MySql => "MySQL",
            Self::MariaDb => "MariaDB",
            Self::Postgres => "PostgreSQL",
            Self::SqlServer => "SQLServer",
            Self::MongoDb => "MongoDB",
            Self::Oracle => "Oracle",
            Self::Db2 => "Db2",
            Self::Informix => "Informix",
            Self::Vitess => "Vitess",
            Self::Cassandra => "Cassandra",
            Self::Spanner => "Spanner",
            Self::Jdbc => "JDBC",
        }
    }

    /// Its name as people write it.
    pub(super) fn technology(self) -> &'static str {
        match self {
            Self::SqlServer => "SQL Server",
            other => other.name(),
        }
    }

    pub(super) fn is_debezium(self) -> bool {
        self != Self::Jdbc
    }

    /// Whether it writes a topic of schema changes, named by the prefix alone.
    pub(super) fn has_schema_history(self) -> bool {
        matches!(
            self,
            Self::MySql
                | Self::MariaDb
                | Self::SqlServer
                | Self::Oracle
                | Self::Db2
                | Self::Informix
        )
    }

    /// The database that stands between prefix and table; tables of other engines name their own.
    pub(super) fn database_in_topic<'s>(self, settings: &Settings<'s>) -> Option<&'s str> {
        match self {
            Self::SqlServer => settings.value("database.names").map(first_or_any),
            _ => None,
        }
    }

    /// What stands between prefix and table when no table is named.
    pub(super) fn scopes<'v>(self, settings: &Settings<'v>) -> Vec<(String, Setting<'v>)> {
        let keys: &[&str] = match self {
            Self::SqlServer | Self::Informix => &["database.names", "database.dbname"],
            Self::Postgres | Self::Oracle | Self::Db2 => {
                &["schema.include.list", "schema.whitelist"]
            }
            Self::Vitess => &["vitess.keyspace"],
            _ => &["database.include.list", "database.whitelist"],
        };
        let Some(text) = settings.first(keys) else {
            return Vec::new();
        };
        items(text.value)
            .map(|item| (super::topics::literal(item), text))
            .collect()
    }
}

fn first_or_any(list: &str) -> &str {
    let mut all = items(list);
    match (all.next(), all.next()) {
        (Some(only), None) => only,
        _ => "*",
    }
}

/// Where a connector reads from or writes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Store<'v> {
    /// Its host, bucket, stream or file.
    pub(super) host: String,
    /// Its port.
    pub(super) port: Option<u64>,
    /// The engine behind it, if the class tells.
    pub(super) engine: Option<Engine>,
    /// Whether the class is made for this engine, so that nothing is guessed.
    pub(super) is_stated: bool,
    /// What is at the host, as people write it.
    pub(super) technology: Option<String>,
    /// The setting that names it.
    pub(super) setting: Setting<'v>,
}

impl Store<'_> {
    /// Whether it keeps objects rather than rows.
    pub(super) fn is_bucket(&self) -> bool {
        self.setting.key.contains("bucket") || self.setting.key.contains("container")
    }
}

/// Settings that hold a host alone.
const HOSTS: &[(&str, &str)] = &[
    ("connection.host", "connection.port"),
    ("database.hostname", "database.port"),
];
/// Settings that hold an address.
const ADDRESSES: &[&str] = &[
    "connection.url",
    "connection.uri",
    "mongodb.connection.uri",
    "http.api.url",
    "camel.sink.path.uri",
    "hdfs.url",
    "splunk.hec.uri",
    "neo4j.server.uri",
];
/// Settings that name a bucket, a stream or the like.
const NAMES: &[(&str, &str)] = &[
    ("s3.bucket.name", "Amazon S3"),
    ("gcs.bucket.name", "Google Cloud Storage"),
    ("azblob.container.name", "Azure Blob Storage"),
    ("kinesis.stream", "Amazon Kinesis"),
    ("snowflake.url.name", "Snowflake"),
    ("bigquery.dataset", "BigQuery"),
];

/// What a connector reads from or writes to, if its settings say.
pub(super) fn store<'v>(settings: &Settings<'v>, engine: Option<Engine>) -> Option<Store<'v>> {
    captured(settings, engine)
        .or_else(|| by_host(settings, engine))
        .or_else(|| by_address(settings))
        .or_else(|| by_name(settings))
}

/// The database of a Debezium source.
fn captured<'v>(settings: &Settings<'v>, engine: Option<Engine>) -> Option<Store<'v>> {
    let engine = engine.filter(|engine| engine.is_debezium())?;
    if let Some(host) = settings.get("database.hostname") {
        return Some(Store {
            host: host.value.to_owned(),
            port: settings
                .value("database.port")
                .and_then(|port| port.parse().ok()),
            engine: Some(engine),
            is_stated: true,
            technology: Some(engine.technology().to_owned()),
            setting: host,
        });
    }
    let text = settings.first(&["mongodb.connection.string", "mongodb.hosts"])?;
    let address = Address::read(text.value.rsplit('/').next_back().unwrap_or(text.value))
        .filter(|_| !text.value.contains("://"))
        .or_else(|| Address::read(text.value))?;
    Some(Store {
        host: address.host,
        port: address.port,
        engine: Some(engine),
        is_stated: true,
        technology: Some(engine.technology().to_owned()),
        setting: text,
    })
}

fn by_host<'v>(settings: &Settings<'v>, engine: Option<Engine>) -> Option<Store<'v>> {
    let (host_key, port_key) = HOSTS
        .iter()
        .find(|(host, _)| settings.get(host).is_some())?;
    let host = settings.get(host_key)?;
    Some(Store {
        host: host.value.to_owned(),
        port: settings.value(port_key).and_then(|port| port.parse().ok()),
        engine,
        is_stated: false,
        technology: None,
        setting: host,
    })
}

fn by_address<'v>(settings: &Settings<'v>) -> Option<Store<'v>> {
    let text = settings.first(ADDRESSES)?;
    let address = Address::read(text.value)?;
    Some(Store {
        technology: address.scheme.as_deref().and_then(technology),
        host: address.host,
        port: address.port,
        engine: None,
        is_stated: false,
        setting: text,
    })
}

fn by_name<'v>(settings: &Settings<'v>) -> Option<Store<'v>> {
    let (key, technology) = NAMES.iter().find(|(key, _)| settings.get(key).is_some())?;
    let name = settings.get(key)?;
    Some(Store {
        host: name.value.to_owned(),
        port: None,
        engine: None,
        is_stated: false,
        technology: Some((*technology).to_owned()),
        setting: name,
    })
}

fn technology(scheme: &str) -> Option<String> {
    let known = match scheme {
        "mysql" => "MySQL",
        "mariadb" => "MariaDB",
        "postgresql" | "postgres" => "PostgreSQL",
        "sqlserver" => "SQL Server",
        "oracle" => "Oracle",
        "sqlite" => "SQLite",
        "mongodb" | "mongodb+srv" => "MongoDB",
        "clickhouse" | "ch" => "ClickHouse",
        _ => return None,
    };
    Some(known.to_owned())
}

/// A host with its port, taken out of an address; user, password and query stay behind.
struct Address {
    scheme: Option<String>,
    host: String,
    port: Option<u64>,
}

impl Address {
    fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.split([';', '?']).next().unwrap_or(text);
        let Some((scheme, rest)) = text.split_once("://") else {
            return Self::without_authority(text);
        };
        let scheme = scheme.rsplit(':').next().unwrap_or(scheme);
        let authority = rest.split(['/', ',']).next().unwrap_or(rest);
        let authority = authority.rsplit('@').next().unwrap_or(authority);
        if authority.is_empty() {
            return None;
        }
        let (host, port) = split_port(authority);
        Some(Self {
            scheme: Some(scheme.to_ascii_lowercase()),
            host: host.to_owned(),
            port,
        })
    }

    /// `host:port`, or the whole of a JDBC address of a file.
    fn without_authority(text: &str) -> Option<Self> {
        if let Some(rest) = text.strip_prefix("jdbc:") {
            let scheme = rest.split(':').next().unwrap_or(rest);
            // Some drivers take user and password before an `@`.
            let shown = text.rsplit('@').next().unwrap_or(text);
            return Some(Self {
                scheme: Some(scheme.to_ascii_lowercase()),
                host: shown.to_owned(),
                port: None,
            });
        }
        let first = text.split([',', '/']).next().unwrap_or(text);
        let (host, port) = split_port(first.rsplit('@').next().unwrap_or(first));
        (!host.is_empty()).then(|| Self {
            scheme: None,
            host: host.to_owned(),
            port,
        })
    }
}

fn split_port(authority: &str) -> (&str, Option<u64>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !host.is_empty() => match port.parse() {
            Ok(port) => (host, Some(port)),
            Err(_) => (authority, None),
        },
        _ => (authority, None),
    }
}

#[cfg(test)]
mod tests {
    use super::{Address, Engine};

    #[track_caller]
    fn check(text: &str, host: &str, port: Option<u64>) {
        let address = Address::read(text).expect("an address");
        assert_eq!((address.host.as_str(), address.port), (host, port));
    }

    #[test]
    fn addresses_lose_who_logs_in() {
        check("http://elastic:9200", "elastic", Some(9200));
        check(
            "jdbc:mysql://mysql:3306/polls?user=a&password=b",
            "mysql",
            Some(3306),
        );
        check(
            "mongodb://me:secret@mongo:27017/?replicaSet=rs0",
            "mongo",
            Some(27017),
        );
        check("rs0/mongo:27017", "rs0", None);
        check(
            "jdbc:sqlite:/var/retail.db",
            "jdbc:sqlite:/var/retail.db",
            None,
        );
        check("jdbc:oracle:thin:me/secret@db:1521/x", "db:1521/x", None);
        check("jdbc:sqlserver://db:1433;password=secret", "db", Some(1433));
    }

    #[test]
    fn classes_tell_engines() {
        let of = Engine::of_class;
        assert_eq!(
            of("io.debezium.connector.mysql.MySqlConnector"),
            Some(Engine::MySql)
        );
        assert_eq!(of("PostgresCdcSourceV2"), Some(Engine::Postgres));
        assert_eq!(of("PostgresSource"), Some(Engine::Jdbc));
        assert_eq!(
            of("io.confluent.connect.jdbc.JdbcSourceConnector"),
            Some(Engine::Jdbc)
        );
        assert_eq!(of("io.debezium.connector.jdbc.JdbcSinkConnector"), None);
        assert_eq!(of("S3_SINK"), None);
    }
}
