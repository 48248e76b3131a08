//! Addresses in the values of settings.
//!
//! In: the value of a setting. Out: every host that it names, with how sure that is.
//! Refuses to know: which hosts exist, and what the setting is called.
//!
//! Read are lists `h1:p,h2:p`, `scheme://user:password@h:p/path`, `jdbc:x://h:p/db`, Oracle's
//! `@h:p:sid` and `@//h:p/service`, `NAME://h:p` of Kafka's listeners, `1@h:p` of its quorums,
//! `Host=h;Port=p` of .NET, and host names alone. User names and passwords are not kept.

use super::model::{Address, Confidence};

/// Longer values hold texts, not addresses.
const MAX_LENGTH: usize = 16_384;
/// Addresses of one value at most.
const MAX_ADDRESSES: usize = 64;
/// Keys in `key=value;key=value` whose value is a host.
const HOST_KEYS: &[&str] = &[
    "host",
    "server",
    "data source",
    "datasource",
    "address",
    "addr",
    "endpoint",
    "network address",
    "bootstrap.servers",
];

/// A host that a value names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) address: Address,
    pub(crate) confidence: Confidence,
}

/// Every host that a value names, in the order of the text.
pub(crate) fn addresses(text: &str) -> Vec<Named> {
    let mut found = Vec::new();
    if text.len() > MAX_LENGTH {
        return found;
    }
    if text.contains('=') && text.contains(';') && !text.contains("://") {
        pairs(text, &mut found);
        return found;
    }
    let separators = |c: char| {
        c == ','
            || c == ';'
            || c.is_whitespace()
            || matches!(c, '"' | '\'' | '[' | ']' | '|' | '<' | '>' | '(' | ')')
    };
    let mut scheme: Option<String> = None;
    for token in text.split(separators).filter(|token| !token.is_empty()) {
        if found.len() >= MAX_ADDRESSES {
            break;
        }
        if let Some(named) = of_token(token, scheme.as_deref()) {
            // `mongodb://h1:1,h2:2/db`: the scheme stands only once.
            scheme = named.address.scheme.clone().or(scheme);
            found.push(named);
        }
    }
    found
}

/// `Server=tcp:sql,1433;Database=shop`.
fn pairs(text: &str, found: &mut Vec<Named>) {
    for part in text.split(';').take(MAX_ADDRESSES) {
        let Some((key, value)) = part.split_once('=') else {
            continue;
        };
        if !HOST_KEYS.contains(&key.trim().to_ascii_lowercase().as_str()) {
            continue;
        }
        let value = value.trim();
        let value = value.strip_prefix("tcp:").unwrap_or(value);
        let (host, port) = value
            .split_once([',', ':'])
            .map_or((value, None), |(host, port)| (host, port.parse().ok()));
        if let Some(host) = host_name(host) {
            found.push(Named {
                address: Address {
                    host,
                    port,
                    scheme: None,
                },
                confidence: Confidence::EnvHostPort,
            });
        }
    }
}

fn of_token(token: &str, inherited: Option<&str>) -> Option<Named> {
    // `--flag=value` and `key=value` name what stands behind the sign.
    let token = match token.split_once('=') {
        Some((key, value)) if !key.contains("://") && !key.contains('?') => value,
        _ => token,
    };
    let token = token.strip_prefix("jdbc:").unwrap_or(token);
    if let Some((scheme, rest)) = token.split_once("://") {
        return with_scheme(scheme, rest);
    }
    if let Some((scheme, rest)) = token.split_once('@')
        && scheme.to_ascii_lowercase().starts_with("oracle:")
    {
        let named = host_and_port(rest.trim_start_matches('/'))?;
        return Some(Named {
            address: Address {
                scheme: Some("oracle".into()),
                ..named
            },
            confidence: Confidence::EnvUrl,
        });
    }
    // `1@kafka:9093`: who votes in a quorum.
    let token = token.rsplit_once('@').map_or(token, |(_, host)| host);
    let address = host_and_port(token)?;
    let confidence = if address.port.is_some() {
        Confidence::EnvHostPort
    } else {
        Confidence::EnvName
    };
    let scheme = inherited
        .filter(|_| address.port.is_some())
        .map(ToOwned::to_owned);
    Some(Named {
        address: Address { scheme, ..address },
        confidence,
    })
}

fn with_scheme(scheme: &str, rest: &str) -> Option<Named> {
    let scheme = scheme.split(['+', ':']).next()?.to_ascii_lowercase();
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    if scheme.is_empty() || !scheme.chars().all(is_word) {
        return None;
    }
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let authority = &rest[..end];
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    let address = host_and_port(host)?;
    Some(Named {
        address: Address {
            scheme: Some(scheme),
            ..address
        },
        confidence: Confidence::EnvUrl,
    })
}

/// `host`, `host:port`, either with a path behind it.
fn host_and_port(text: &str) -> Option<Address> {
    let text = text.split(['/', '?']).next().unwrap_or(text);
    let (host, port) = match text.split_once(':') {
        Some((host, rest)) => {
            let digits = rest.split(':').next().unwrap_or(rest);
            let is_port = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
            let is_unknown = digits.contains(super::UNKNOWN);
            if !is_port && !is_unknown {
                return None;
            }
            (host, digits.parse().ok().filter(|port| *port > 0))
        }
        None => (text, None),
    };
    Some(Address {
        host: host_name(host)?,
        port,
        scheme: None,
    })
}

/// A host name in lower case; nothing if it can't be one.
fn host_name(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches('.');
    let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let is_name = !text.is_empty()
        && text.len() <= 253
        && text.chars().all(is_letter)
        && text.starts_with(|c: char| c.is_ascii_alphanumeric());
    is_name.then(|| text.to_ascii_lowercase())
}

/// Whether a host is the machine itself, or an address and no name.
pub(crate) fn is_local(host: &str) -> bool {
    let is_ip = host.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    is_ip
        || matches!(
            host,
            "localhost"
                | "host.docker.internal"
                | "gateway.docker.internal"
                | "metadata.google.internal"
        )
        || host.ends_with(".localhost")
}

/// Whether a host looks like a name on the public network.
pub(crate) fn is_public(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or("");
    let is_domain = host.contains('.')
        && last.len() >= 2
        && last.bytes().all(|b| b.is_ascii_alphabetic())
        && !matches!(
            last,
            "local" | "internal" | "svc" | "cluster" | "test" | "invalid"
        );
    is_domain && !is_local(host) && !host.contains('_')
}

/// The name of what is spoken, for the scheme of an address.
pub(crate) fn protocol_of(scheme: &str) -> Option<&'static str> {
    Some(match scheme {
        "http" => "HTTP",
        "https" => "HTTPS",
        "grpc" => "gRPC",
        "ws" | "wss" => "WebSocket",
        "postgres" | "postgresql" => "PostgreSQL",
        "mysql" | "mariadb" => "MySQL",
        "mongodb" => "MongoDB",
        "redis" | "rediss" => "Redis",
        "amqp" | "amqps" => "AMQP",
        "mqtt" | "mqtts" => "MQTT",
        "nats" => "NATS",
        "kafka" | "plaintext" | "sasl_ssl" | "sasl_plaintext" | "ssl" => "Kafka",
        "ldap" | "ldaps" => "LDAP",
        "smtp" | "smtps" => "SMTP",
        "oracle" | "sqlserver" => "SQL",
        "cassandra" => "CQL",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::addresses;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let shown: Vec<String> = addresses(text)
            .iter()
            .map(|named| {
                let address = &named.address;
                let port = address
                    .port
                    .map_or(String::new(), |port| format!(":{port}"));
                let scheme = address.scheme.as_deref().unwrap_or("-");
                format!(
                    "{scheme} {}{port} {}",
                    address.host,
                    named.confidence.name()
                )
            })
            .collect();
        assert_eq!(shown.join("; "), expected, "{text}");
    }

    #[test]
    fn reads_every_form() {
        check(
            "kafka1:9092,kafka2:9093",
            "- kafka1:9092 env-host-port; - kafka2:9093 env-host-port",
        );
        check(
            "postgres://u:p%40w@db:5432/shop",
            "postgres db:5432 env-url",
        );
        check("jdbc:mysql://db/shop?useSSL=false", "mysql db env-url");
        check("jdbc:oracle:thin:@//ora:1521/XE", "oracle ora:1521 env-url");
        check(
            "mongodb://a:1,b:2/shop",
            "mongodb a:1 env-url; mongodb b:2 env-host-port",
        );
        check("Host=db;Username=u;Password=p", "- db env-host-port");
        check("Server=tcp:sql,1433;Database=x", "- sql:1433 env-host-port");
        check("1@kafka:9093", "- kafka:9093 env-host-port");
        check("PLAINTEXT://kafka:29092", "plaintext kafka:29092 env-url");
        check("flagd", "- flagd env-name");
        check("http://api:${PORT}/x", "");
    }

    #[test]
    fn leaves_other_values_alone() {
        check("PLAINTEXT:PLAINTEXT", "");
        check("-Xmx400m", "");
        check("", "");
    }
}
