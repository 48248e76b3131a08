//! What the settings of one component say: whom it talks to, and which topics it knows.
//!
//! In: keys with values, from environment variables, `ConfigMap`s or property files, and
//! command lines. Out: hosts and topics that they name. Refuses to know: where settings
//! come from, and which components exist.

use super::address::{self, Named};
use super::model::Confidence;
use crate::source::Span;

/// A setting of a component.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Setting {
    pub(crate) key: String,
    pub(crate) text: String,
    pub(crate) span: Span,
    pub(crate) pointer: String,
}

/// What a component does with a topic, as far as it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Writes,
    Reads,
    Both,
    /// It has something to do with it.
    Knows,
}

/// A topic that a setting or command names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    pub(crate) topic: String,
    pub(crate) role: Role,
    pub(crate) is_internal: bool,
    pub(crate) partitions: Option<u64>,
    pub(crate) replication: Option<u64>,
    pub(crate) cleanup: Option<String>,
    pub(crate) confidence: Confidence,
    pub(crate) span: Span,
    pub(crate) pointer: String,
}

/// Words of keys whose values name hosts, but not hosts that are called.
const NOT_CALLED: &[&str] = &[
    "LISTENERS",
    "LISTENER",
    "ALLOWED",
    "CORS",
    "ORIGIN",
    "ORIGINS",
    "REDIRECT",
    "IMAGE",
    "ADVERTISED",
    "ADVERTISE",
    "VIRTUAL",
    "JMX",
];
/// Words at the end of keys whose value is the name of a host.
const HOST_WORDS: &[&str] = &[
    "HOST",
    "HOSTS",
    "HOSTNAME",
    "HOSTNAMES",
    "ADDR",
    "ADDRESS",
    "ADDRESSES",
    "URL",
    "URLS",
    "URI",
    "SERVER",
    "SERVERS",
    "ENDPOINT",
    "ENDPOINTS",
    "BROKER",
    "BROKERS",
    "SEED",
    "SEEDS",
    "NODE",
    "NODES",
    "PEER",
    "PEERS",
    "CONNECT",
    "CONNECTION",
    "STRING",
    "UPSTREAM",
    "BACKEND",
    "TARGET",
    "CLUSTER",
    "REMOTE",
    "DB",
];

/// Whether a key says that its value is a host.
pub(crate) fn is_host_key(key: &str) -> bool {
    let words = words(key);
    let mut last = words.iter().rev().take(2);
    last.any(|word| HOST_WORDS.contains(&word.as_str()))
}

/// Every host that a setting names, unless its key says that it is not called.
pub(crate) fn hosts(setting: &Setting) -> Vec<Named> {
    let words = words(&setting.key);
    let is_no_proxy = words.iter().eq(["NO", "PROXY"]);
    if is_no_proxy || words.iter().any(|word| NOT_CALLED.contains(&word.as_str())) {
        return Vec::new();
    }
    let is_host_key = is_host_key(&setting.key);
    let mut found = address::addresses(&setting.text);
    found.retain(|named| named.confidence > Confidence::EnvName || is_host_key);
    found
}

/// The port beside a `…_HOST`: the number under `…_PORT`.
pub(crate) fn port_beside(setting: &Setting, settings: &[Setting]) -> Option<u16> {
    let key = setting.key.to_ascii_uppercase();
    let stem = ["HOSTNAME", "HOST", "ADDRESS", "ADDR", "SERVER", "SEEDS"]
        .iter()
        .find_map(|end| key.strip_suffix(end))?;
    let wanted = format!("{stem}PORT");
    let beside = settings
        .iter()
        .find(|other| other.key.eq_ignore_ascii_case(&wanted))?;
    beside.text.trim().parse().ok()
}

/// A key in words, in capitals: `spring.kafkaTopic` is `SPRING`, `KAFKA`, `TOPIC`.
pub(crate) fn words(key: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for c in key.chars() {
        let is_break = !c.is_ascii_alphanumeric();
        if is_break || (was_lower && c.is_ascii_uppercase()) {
            words.push(String::new());
        }
        if !is_break && let Some(last) = words.last_mut() {
            last.push(c.to_ascii_uppercase());
        }
        was_lower = c.is_ascii_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Settings that stand in the lines of one long value: `key=value`, as in property files.
pub(crate) fn lines(setting: &Setting) -> Vec<Setting> {
    let is_property = |key: &str| {
        !key.is_empty()
            && key
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'))
    };
    let pair = |line: &str| {
        let (key, value) = line.split_once('=')?;
        let (key, value) = (key.trim(), value.trim());
        is_property(key).then(|| Setting {
            key: key.to_owned(),
            text: value.to_owned(),
            span: setting.span,
            pointer: setting.pointer.clone(),
        })
    };
    if !setting.text.contains('\n') {
        return Vec::new();
    }
    setting.text.lines().filter_map(pair).collect()
}

/// Every topic that a component's settings name.
pub(crate) fn topics(settings: &[Setting]) -> Vec<Mention> {
    let mut found = Vec::new();
    let reads_in_group = settings.iter().any(|setting| is_group(&setting.key));
    for setting in settings {
        let words = words(&setting.key);
        let ends = |tail: &[&str]| {
            words.len() >= tail.len() && words[words.len() - tail.len()..].iter().eq(tail)
        };
        if ends(&["STORAGE", "TOPIC"]) || ends(&["KAFKASTORE", "TOPIC"]) {
            found.extend(mention(setting, &setting.text, Role::Both, true));
        } else if ends(&["CREATE", "TOPICS"]) {
            found.extend(created(setting));
        } else if is_topic_key(&words) {
            let role = role_of(&words, reads_in_group);
            let names = setting.text.split([',', ' ']).map(str::trim);
            found.extend(names.filter_map(|name| mention(setting, name, role, false)));
        }
    }
    found
}

fn is_group(key: &str) -> bool {
    let words = words(key);
    let has = |word: &str| words.iter().any(|known| known == word);
    has("GROUP") && (has("CONSUMER") || has("ID") || has("KAFKA"))
}

/// `…_TOPIC`, `…_TOPICS`, `…_TOPIC_NAME`, and not a setting about topics.
fn is_topic_key(words: &[String]) -> bool {
    let tail: Vec<&str> = words.iter().rev().take(2).map(String::as_str).collect();
    let is_topic = matches!(
        tail.as_slice(),
        ["TOPIC" | "TOPICS", ..] | ["NAME" | "NAMES", "TOPIC"]
    );
    // The broker's own settings: `KAFKA_DELETE_TOPIC…`, `KAFKA_AUTO_CREATE_TOPICS…`.
    let about = [
        "DELETE", "AUTO", "ENABLE", "MAX", "MIN", "NUM", "REPLICAS", "PREFIX",
    ];
    is_topic && !words.iter().any(|word| about.contains(&word.as_str()))
}

/// Whether a component writes or reads, by the words of a key.
fn role_of(words: &[String], reads_in_group: bool) -> Role {
    const WRITES: &[&str] = &[
        "PRODUCER",
        "PRODUCE",
        "PRODUCES",
        "OUTPUT",
        "OUTPUTS",
        "OUT",
        "SINK",
        "PUBLISH",
        "PUBLISHER",
        "TARGET",
        "OUTGOING",
    ];
    const READS: &[&str] = &[
        "CONSUMER",
        "CONSUME",
        "CONSUMES",
        "INPUT",
        "INPUTS",
        "IN",
        "SUBSCRIBE",
        "SUBSCRIBER",
        "SUBSCRIPTION",
        "LISTENER",
        "INCOMING",
        "GROUP",
    ];
    let has = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    match (has(WRITES), has(READS)) {
        (true, false) => Role::Writes,
        (false, true) => Role::Reads,
        (false, false) if reads_in_group => Role::Reads,
        _ => Role::Knows,
    }
}

fn mention(setting: &Setting, name: &str, role: Role, is_internal: bool) -> Option<Mention> {
    is_topic_name(name).then(|| Mention {
        topic: name.to_owned(),
        role,
        is_internal,
        partitions: None,
        replication: None,
        cleanup: None,
        confidence: if is_internal {
            Confidence::Explicit
        } else {
            Confidence::EnvName
        },
        span: setting.span,
        pointer: setting.pointer.clone(),
    })
}

/// Kafka's own rule for names of topics.
pub(crate) fn is_topic_name(name: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let is_flag = ["true", "false"].contains(&name) || name.parse::<f64>().is_ok();
    !name.is_empty() && name.len() <= 249 && name.chars().all(is_letter) && !is_flag
}

/// `KAFKA_CREATE_TOPICS`: `name:partitions:replicas[:cleanup]`, separated by commas.
fn created(setting: &Setting) -> Vec<Mention> {
    let one = |text: &str| {
        let mut parts = text.trim().split(':');
        let mut mention = mention(setting, parts.next()?, Role::Knows, false)?;
        mention.role = Role::Knows;
        mention.confidence = Confidence::Explicit;
        mention.partitions = parts.next().and_then(|part| part.parse().ok());
        mention.replication = parts.next().and_then(|part| part.parse().ok());
        mention.cleanup = parts
            .next()
            .filter(|word| matches!(*word, "delete" | "compact"))
            .map(ToOwned::to_owned);
        Some(mention)
    };
    setting.text.split([',', '\n']).filter_map(one).collect()
}

/// Topics that a command line creates or is given as options.
pub(crate) fn topics_of_command(command: &Setting) -> Vec<Mention> {
    let is_quote = |c: char| matches!(c, '"' | '\'' | ';' | '&' | '(' | ')' | '`');
    let tokens: Vec<&str> = command
        .text
        .split(|c: char| c.is_whitespace() || is_quote(c))
        .filter(|token| !token.is_empty())
        .collect();
    let mut found = Vec::new();
    let mut start = 0;
    for (index, token) in tokens.iter().enumerate() {
        if is_topic_tool(token) {
            start = index;
        }
        let (flag, value) = match token.split_once('=') {
            Some((flag, value)) => (flag, value),
            None => (*token, tokens.get(index + 1).copied().unwrap_or("")),
        };
        if !flag.starts_with("--") {
            continue;
        }
        let next = tokens[index + 1..]
            .iter()
            .position(|token| is_topic_tool(token))
            .map_or(tokens.len(), |at| index + 1 + at);
        let call = &tokens[start..next];
        let is_tool = call.first().is_some_and(|first| is_topic_tool(first));
        if is_tool && call.contains(&"--create") && flag == "--topic" {
            let created = mention(command, value, Role::Knows, false);
            found.extend(created.map(|mention| Mention {
                partitions: number_after(call, "--partitions"),
                replication: number_after(call, "--replication-factor"),
                confidence: Confidence::Explicit,
                ..mention
            }));
        } else if !is_tool && (flag == "--topic" || flag.ends_with("-topic")) {
            let reads = tokens
                .iter()
                .any(|token| token.starts_with("--consumer-group"));
            let role = if reads { Role::Reads } else { Role::Knows };
            found.extend(mention(command, value, role, false));
        }
    }
    found
}

fn is_topic_tool(token: &str) -> bool {
    let name = token.rsplit('/').next().unwrap_or(token);
    matches!(name, "kafka-topics" | "kafka-topics.sh")
}

fn number_after(call: &[&str], flag: &str) -> Option<u64> {
    let at = call.iter().position(|token| *token == flag)?;
    call.get(at + 1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{Setting, hosts, topics, topics_of_command};
    use crate::source::Span;

    fn setting(key: &str, text: &str) -> Setting {
        Setting {
            key: key.into(),
            text: text.into(),
            span: Span::default(),
            pointer: String::new(),
        }
    }

    #[test]
    fn keys_tell_hosts_from_other_names() {
        let count = |key: &str, text: &str| hosts(&setting(key, text)).len();
        assert_eq!(count("FLAGD_HOST", "flagd"), 1);
        assert_eq!(count("EventBusConnection", "rabbitmq"), 1);
        assert_eq!(count("OTEL_SERVICE_NAME", "cart"), 0);
        assert_eq!(
            count("KAFKA_ADVERTISED_LISTENERS", "PLAINTEXT://kafka:9092"),
            0
        );
    }

    #[test]
    fn topics_are_told_from_settings_about_topics() {
        let names = |key: &str, text: &str| {
            let found = topics(&[setting(key, text)]);
            found
                .into_iter()
                .map(|mention| mention.topic)
                .collect::<Vec<_>>()
        };
        assert_eq!(names("CONNECT_CONFIG_STORAGE_TOPIC", "cfg"), ["cfg"]);
        assert_eq!(names("ORDERS_TOPIC_NAME", "orders"), ["orders"]);
        assert_eq!(
            names("KAFKA_CREATE_TOPICS", "a:3:1,b:1:1:compact"),
            ["a", "b"]
        );
        assert!(names("KAFKA_DELETE_TOPIC_ENABLE", "true").is_empty());
        assert!(names("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "true").is_empty());
        assert!(names("CONFLUENT_METRICS_REPORTER_TOPIC_REPLICAS", "1").is_empty());
    }

    #[test]
    fn commands_create_topics() {
        let text = "sh -c \"kafka-topics --create --topic users --partitions 3 \
            --replication-factor 1 --bootstrap-server k:1 && kafka-topics --create --topic a\"";
        let found = topics_of_command(&setting("command", text));
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].partitions, found[1].partitions), (Some(3), None));
    }
}
