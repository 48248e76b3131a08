//! What container images and names say about a component: technology, kind, protocol, layer.
//!
//! In: an image, or a name. Out: a row of [`TECHNOLOGIES`]. Refuses to know: file formats.

use crate::model::Kind;

/// Where a component is drawn, as long as nobody said otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// People, clients, entry points.
    Edge,
    /// Services of one's own.
    Services,
    /// Brokers and what belongs to them.
    Messaging,
    /// Databases, caches, files.
    Data,
    /// Metrics, traces, consoles.
    Operations,
    /// Systems of others.
    External,
}

/// A product that an image holds.
#[derive(Debug)]
pub(crate) struct Technology {
    /// The ends of image repositories, such as `debezium/connect`.
    images: &'static [&'static str],
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) place: Place,
    /// What others speak to it.
    pub(crate) protocol: Option<&'static str>,
}

const fn row(
    images: &'static [&'static str],
    name: &'static str,
    kind: Kind,
    place: Place,
    protocol: Option<&'static str>,
) -> Technology {
    Technology {
        images,
        name,
        kind,
        place,
        protocol,
    }
}

use Kind::{
    Broker, Cache, Connector, Coordinator, Database, Gateway, Job, Platform, Service, Storage,
};
use Place::{Data, Edge, Messaging, Operations, Services};

/// What is known of images. The first row that matches counts.
#[rustfmt::skip]
pub(crate) const TECHNOLOGIES: &[Technology] = &[
    row(&["cp-kafka-connect", "cp-kafka-connect-base", "cp-server-connect", "cp-server-connect-base", "cp-enterprise-replicator", "debezium/connect", "debezium/connect-base", "connect-mongodb", "kafka-connect"], "Kafka Connect", Connector, Messaging, Some("HTTP")),
    row(&["debezium/server", "debezium-server"], "Debezium Server", Connector, Messaging, Some("HTTP")),
    row(&["cp-server", "cp-enterprise-kafka"], "Confluent Server", Broker, Messaging, Some("Kafka")),
    row(&["cp-kafka", "confluent-local", "apache/kafka", "apache/kafka-native", "bitnami/kafka", "bitnamilegacy/kafka", "debezium/kafka", "wurstmeister/kafka", "strimzi/kafka", "spotify/kafka", "kafka"], "Apache Kafka", Broker, Messaging, Some("Kafka")),
    row(&["redpandadata/redpanda", "vectorized/redpanda", "redpanda"], "Redpanda", Broker, Messaging, Some("Kafka")),
    row(&["cp-zookeeper", "debezium/zookeeper", "bitnami/zookeeper", "zookeeper"], "Apache ZooKeeper", Coordinator, Messaging, Some("ZooKeeper")),
    row(&["etcd"], "etcd", Coordinator, Operations, Some("gRPC")),
    row(&["consul"], "Consul", Coordinator, Operations, Some("HTTP")),
    row(&["cp-schema-registry", "schema-registry"], "Confluent Schema Registry", Service, Messaging, Some("HTTP")),
    row(&["apicurio-registry", "apicurio-registry-sql", "apicurio-registry-mem", "apicurio-registry-kafkasql"], "Apicurio Registry", Service, Messaging, Some("HTTP")),
    row(&["cp-ksqldb-server", "ksqldb-server", "cp-ksql-server"], "ksqlDB", Service, Messaging, Some("HTTP")),
    row(&["cp-ksqldb-cli", "ksqldb-cli"], "ksqlDB CLI", Platform, Operations, None),
    row(&["ksqldb-examples", "ksql-examples"], "ksqlDB data generator", Job, Services, None),
    row(&["cp-kafka-rest", "kafka-rest"], "Kafka REST Proxy", Gateway, Messaging, Some("HTTP")),
    row(&["cp-enterprise-control-center", "control-center"], "Confluent Control Center", Platform, Operations, Some("HTTP")),
    row(&["kafka-ui", "akhq", "kafdrop", "kafka-manager", "cmak", "redpanda/console", "redpandadata/console", "kowl"], "Kafka console", Platform, Operations, Some("HTTP")),
    row(&["rabbitmq"], "RabbitMQ", Broker, Messaging, Some("AMQP")),
    row(&["nats", "nats-streaming"], "NATS", Broker, Messaging, Some("NATS")),
    row(&["eclipse-mosquitto", "mosquitto"], "Eclipse Mosquitto", Broker, Messaging, Some("MQTT")),
    row(&["hivemq-ce", "hivemq4", "emqx", "nanomq"], "MQTT broker", Broker, Messaging, Some("MQTT")),
    row(&["activemq", "activemq-artemis", "activemq-classic", "artemis"], "Apache ActiveMQ", Broker, Messaging, Some("AMQP")),
    row(&["pulsar", "pulsar-all"], "Apache Pulsar", Broker, Messaging, Some("Pulsar")),
    row(&["postgres", "postgresql", "postgis", "pgvector", "timescaledb", "timescaledb-ha", "example-postgres", "example-postgis"], "PostgreSQL", Database, Data, Some("PostgreSQL")),
    row(&["mysql", "mysql-server", "percona", "example-mysql"], "MySQL", Database, Data, Some("MySQL")),
    row(&["mariadb", "example-mariadb"], "MariaDB", Database, Data, Some("MySQL")),
    row(&["mongo", "mongodb", "mongodb-community-server", "example-mongodb"], "MongoDB", Database, Data, Some("MongoDB")),
    row(&["documentdb-local", "documentdb"], "DocumentDB", Database, Data, Some("MongoDB")),
    row(&["mssql/server", "mssql-server-linux", "azure-sql-edge"], "SQL Server", Database, Data, Some("SQL")),
    row(&["oracle/database", "oracle-xe", "oracle-free", "database/free", "database/express"], "Oracle Database", Database, Data, Some("SQL")),
    row(&["db2", "db2_community"], "Db2", Database, Data, Some("SQL")),
    row(&["cassandra", "example-cassandra"], "Apache Cassandra", Database, Data, Some("CQL")),
    row(&["scylla"], "ScyllaDB", Database, Data, Some("CQL")),
    row(&["cockroach"], "CockroachDB", Database, Data, Some("PostgreSQL")),
    row(&["yugabyte"], "YugabyteDB", Database, Data, Some("PostgreSQL")),
    row(&["vtgate", "vttablet", "vitess/lite", "example-vitess"], "Vitess", Database, Data, Some("MySQL")),
    row(&["clickhouse-server", "clickhouse"], "ClickHouse", Database, Data, Some("HTTP")),
    row(&["elasticsearch"], "Elasticsearch", Database, Data, Some("HTTP")),
    row(&["opensearch"], "OpenSearch", Database, Data, Some("HTTP")),
    row(&["solr"], "Apache Solr", Database, Data, Some("HTTP")),
    row(&["neo4j"], "Neo4j", Database, Data, Some("Bolt")),
    row(&["influxdb"], "InfluxDB", Database, Data, Some("HTTP")),
    row(&["couchbase"], "Couchbase", Database, Data, Some("HTTP")),
    row(&["couchdb"], "CouchDB", Database, Data, Some("HTTP")),
    row(&["qdrant", "weaviate", "milvus", "chroma"], "Vector database", Database, Data, Some("HTTP")),
    row(&["ldap", "openldap", "test-openldap", "osixia/openldap"], "OpenLDAP", Database, Data, Some("LDAP")),
    row(&["redis", "redis-stack", "redis-stack-server"], "Redis", Cache, Data, Some("Redis")),
    row(&["valkey"], "Valkey", Cache, Data, Some("Redis")),
    row(&["memcached"], "Memcached", Cache, Data, Some("Memcached")),
    row(&["minio"], "MinIO", Storage, Data, Some("S3")),
    row(&["azurite"], "Azurite", Storage, Data, Some("HTTP")),
    row(&["localstack"], "LocalStack", Platform, Services, Some("HTTP")),
    row(&["nginx", "nginx-unprivileged", "nginx-proxy", "openresty", "openresty-thrift"], "nginx", Gateway, Edge, Some("HTTP")),
    row(&["traefik"], "Traefik", Gateway, Edge, Some("HTTP")),
    row(&["envoy"], "Envoy", Gateway, Edge, Some("HTTP")),
    row(&["haproxy"], "HAProxy", Gateway, Edge, Some("HTTP")),
    row(&["caddy"], "Caddy", Gateway, Edge, Some("HTTP")),
    row(&["kong"], "Kong", Gateway, Edge, Some("HTTP")),
    row(&["keycloak"], "Keycloak", Service, Services, Some("HTTP")),
    row(&["vault"], "HashiCorp Vault", Platform, Operations, Some("HTTP")),
    row(&["prometheus"], "Prometheus", Platform, Operations, Some("HTTP")),
    row(&["node-exporter"], "Prometheus Node Exporter", Platform, Operations, Some("HTTP")),
    row(&["kafka-exporter", "kafka-lag-exporter"], "Kafka exporter for Prometheus", Platform, Operations, Some("HTTP")),
    row(&["grafana", "grafana-oss", "grafana-enterprise"], "Grafana", Platform, Operations, Some("HTTP")),
    row(&["loki"], "Grafana Loki", Platform, Operations, Some("HTTP")),
    row(&["tempo"], "Grafana Tempo", Platform, Operations, Some("HTTP")),
    row(&["jaeger", "jaegertracing/all-in-one", "jaeger-agent", "jaeger-query", "jaeger-collector"], "Jaeger", Platform, Operations, Some("OTLP")),
    row(&["zipkin", "zipkin-slim"], "Zipkin", Platform, Operations, Some("HTTP")),
    row(&["opentelemetry-collector", "opentelemetry-collector-contrib"], "OpenTelemetry Collector", Platform, Operations, Some("OTLP")),
    row(&["kibana"], "Kibana", Platform, Operations, Some("HTTP")),
    row(&["logstash"], "Logstash", Platform, Operations, Some("HTTP")),
    row(&["seq"], "Seq", Platform, Operations, Some("HTTP")),
    row(&["watchtower"], "Watchtower", Platform, Operations, None),
    row(&["temporalio/auto-setup", "temporalio/server"], "Temporal", Platform, Services, Some("gRPC")),
    row(&["temporalio/ui", "temporalio/web"], "Temporal UI", Platform, Operations, Some("HTTP")),
    row(&["temporalio/admin-tools"], "Temporal admin tools", Platform, Operations, None),
    row(&["microcks"], "Microcks", Platform, Operations, Some("HTTP")),
    row(&["ollama"], "Ollama", Service, Services, Some("HTTP")),
    row(&["wordpress"], "WordPress", Service, Services, Some("HTTP")),
];

/// The parts of an image reference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Image {
    /// Without registry, tag and digest.
    pub(crate) repository: String,
    pub(crate) tag: Option<String>,
}

/// Takes `registry:5000/team/app:1.2@sha256:…` apart.
pub(crate) fn image(text: &str) -> Image {
    let text = text.trim();
    let name = text.split('@').next().unwrap_or(text);
    let (path, last) = name.rsplit_once('/').unwrap_or(("", name));
    let (last, tag) = last
        .split_once(':')
        .map_or((last, None), |(last, tag)| (last, Some(tag.to_owned())));
    let is_registry = |part: &str| part.contains(['.', ':']) || part == "localhost";
    let mut parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    if parts.first().is_some_and(|part| is_registry(part)) {
        parts.remove(0);
    }
    parts.push(last);
    Image {
        repository: parts.join("/").to_ascii_lowercase(),
        tag: tag.filter(|tag| !tag.is_empty()),
    }
}

/// The product in an image.
pub(crate) fn of_image(image: &Image) -> Option<&'static Technology> {
    let repository = image.repository.as_str();
    let ends = |end: &str| {
        repository
            .strip_suffix(end)
            .is_some_and(|before| before.is_empty() || before.ends_with('/'))
    };
    TECHNOLOGIES
        .iter()
        .find(|row| row.images.iter().any(|end| ends(end)))
}

/// The product that a name such as `kafka-1`, `orders-postgres` or `valkey-cart` stands for.
pub(crate) fn of_name(name: &str) -> Option<&'static Technology> {
    let lower = name.to_ascii_lowercase();
    let words: Vec<&str> = lower
        .split(['-', '_', '.'])
        .map(|word| word.trim_end_matches(|c: char| c.is_ascii_digit()))
        .filter(|word| {
            !word.is_empty()
                && !matches!(*word, "broker" | "db" | "server" | "test" | "dc" | "local")
        })
        .collect();
    let joined = words.join("-");
    let is = |row: &&Technology, name: &str| row.images.contains(&name);
    let whole = TECHNOLOGIES.iter().find(|row| is(row, &joined));
    // `orders-postgres` is a database; `postgres-exporter` is none, and `kafka-consumer` no broker.
    let store = |word: Option<&&str>| {
        TECHNOLOGIES
            .iter()
            .find(|row| row.kind.is_store() && word.is_some_and(|word| is(row, word)))
    };
    let first = || store(words.first()).filter(|_| words.len() == 2 && !is_tool(words[1]));
    whole.or_else(|| store(words.last())).or_else(first)
}

/// Words for things that work on a store, and are none.
fn is_tool(word: &str) -> bool {
    const TOOLS: &[&str] = &[
        "exporter",
        "ui",
        "admin",
        "init",
        "setup",
        "migration",
        "migrations",
        "migrate",
        "backup",
        "client",
        "commander",
        "express",
        "proxy",
        "service",
        "api",
        "seed",
        "cli",
        "console",
        "consumer",
        "producer",
        "sink",
        "source",
        "connect",
        "connector",
        "manager",
        "sentinel",
        "insight",
        "dashboards",
        "agent",
        "operator",
        "worker",
        "job",
    ];
    TOOLS.contains(&word)
}

/// The place of a kind of which nothing else is known.
pub(crate) fn place_of(kind: Kind) -> Place {
    match kind {
        Kind::Person | Kind::Client | Kind::Gateway => Place::Edge,
        Kind::Broker | Kind::Connector | Kind::Coordinator => Place::Messaging,
        Kind::Database | Kind::Cache | Kind::Storage => Place::Data,
        Kind::Platform => Place::Operations,
        Kind::External => Place::External,
        _ => Place::Services,
    }
}

#[cfg(test)]
mod tests {
    use super::{image, of_image, of_name};

    #[test]
    fn images_are_taken_apart() {
        let parsed = image("localhost:5000/Team/app:1.2.3@sha256:abc");
        assert_eq!(parsed.repository, "team/app");
        assert_eq!(parsed.tag.as_deref(), Some("1.2.3"));
        assert_eq!(
            image("quay.io/debezium/connect").repository,
            "debezium/connect"
        );
    }

    #[test]
    fn products_are_known_by_image_and_name() {
        let name = |text: &str| of_image(&image(text)).map(|row| row.name);
        assert_eq!(name("confluentinc/cp-kafka:7.5.0"), Some("Apache Kafka"));
        assert_eq!(name("debezium/connect:2.4"), Some("Kafka Connect"));
        assert_eq!(
            name("mcr.microsoft.com/mssql/server:2019"),
            Some("SQL Server")
        );
        assert_eq!(name("acme/kafka-consumer"), None);
        let named = |text: &str| of_name(text).map(|row| row.name);
        assert_eq!(named("kafka-1"), Some("Apache Kafka"));
        assert_eq!(named("valkey-cart"), Some("Valkey"));
        assert_eq!(named("orders-postgres"), Some("PostgreSQL"));
        assert_eq!(named("postgres-exporter"), None);
        assert_eq!(named("kafka-init-topics"), None);
    }
}
