//! Ports of compose services: short and long forms, ranges, `expose`.
//!
//! In: the value of `ports` or `expose`. Out: ports with their places. Refuses to know:
//! who uses them.

use crate::import::UNKNOWN;
use crate::import::model::{Evidence, Fact, Port};
use crate::import::value::Value;

/// A range of ports stands for at most this many.
const MAX_RANGE: u16 = 32;

/// Every port that a service publishes or exposes.
pub(super) fn ports(service: &Value, name: &str) -> Vec<Fact<Port>> {
    let mut found: Vec<Fact<Port>> = Vec::new();
    for key in ["ports", "expose"] {
        for (at, item) in service
            .get(key)
            .map_or(&[][..], Value::one_or_many)
            .iter()
            .enumerate()
        {
            let pointer = format!("services.{name}.{key}[{at}]");
            for port in of_item(item, key == "expose") {
                let known = found.iter_mut().find(|known| known.value.is_same(&port));
                match known {
                    Some(known) => known.value.host = known.value.host.or(port.host),
                    None => found.push(Fact::new(
                        port,
                        Evidence::explicit(item.span, pointer.clone()),
                    )),
                }
            }
        }
    }
    found
}

/// Names of the ports that a Kafka broker listens on: `INSIDE://kafka:29092,OUTSIDE://:9092`.
pub(super) fn listeners(text: &str, evidence: &Evidence, ports: &mut Vec<Fact<Port>>) {
    for listener in text.split(',').take(usize::from(MAX_RANGE)) {
        let Some((name, address)) = listener.trim().split_once("://") else {
            continue;
        };
        let port = address
            .rsplit(':')
            .next()
            .and_then(|port| port.parse().ok());
        let Some(port) = port.filter(|port| *port > 0) else {
            continue;
        };
        let name = Some(name.to_ascii_lowercase());
        match ports.iter_mut().find(|known| known.value.port == port) {
            Some(known) => known.value.name = known.value.name.take().or(name),
            None => ports.push(Fact::new(
                Port {
                    port,
                    host: None,
                    name,
                    protocol: None,
                },
                evidence.clone(),
            )),
        }
    }
}

fn of_item(item: &Value, is_exposed: bool) -> Vec<Port> {
    if item.is_map() {
        return long(item);
    }
    let text = item.text().unwrap_or("");
    let (text, protocol) = text.split_once('/').unwrap_or((text, "tcp"));
    let mut parts: Vec<&str> = split(text);
    let target = range(parts.pop().unwrap_or(""));
    let published = if is_exposed {
        Vec::new()
    } else {
        parts.pop().map(range).unwrap_or_default()
    };
    let protocol = (protocol == "udp").then(|| "UDP".to_owned());
    let port = |(at, port): (usize, &u16)| Port {
        port: *port,
        host: published.get(at).copied(),
        name: None,
        protocol: protocol.clone(),
    };
    target.iter().enumerate().map(port).collect()
}

/// `127.0.0.1:80:8080` and `[::1]:80:8080` at their colons.
fn split(text: &str) -> Vec<&str> {
    match text.rsplit_once(']') {
        Some((_, rest)) => rest.split(':').filter(|part| !part.is_empty()).collect(),
        None => text.split(':').collect(),
    }
}

fn range(text: &str) -> Vec<u16> {
    if text.contains(UNKNOWN) {
        return Vec::new();
    }
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (Ok(first), Ok(last)) = (first.trim().parse::<u16>(), last.trim().parse::<u16>()) else {
        return Vec::new();
    };
    if first == 0 || last < first {
        return Vec::new();
    }
    (first..=last.min(first.saturating_add(MAX_RANGE))).collect()
}

fn long(item: &Value) -> Vec<Port> {
    let number = |key: &str| item.get(key).and_then(Value::number);
    let small = |number: u64| u16::try_from(number).ok().filter(|port| *port > 0);
    let Some(port) = number("target").and_then(small) else {
        return Vec::new();
    };
    let text = |key: &str| item.text_of(key).map(ToOwned::to_owned);
    let spoken = text("app_protocol").map(|protocol| protocol.to_ascii_uppercase());
    let is_udp = item.text_of("protocol") == Some("udp");
    vec![Port {
        port,
        host: number("published").and_then(small),
        name: text("name"),
        protocol: spoken.or_else(|| is_udp.then(|| "UDP".to_owned())),
    }]
}

#[cfg(test)]
mod tests {
    use super::of_item;
    use crate::import::value::Value;
    use crate::source::Span;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let ports = of_item(&Value::of_text(text, Span::default()), false);
        let shown = ports.iter().map(|port| match port.host {
            Some(host) => format!("{host}>{}", port.port),
            None => port.port.to_string(),
        });
        assert_eq!(shown.collect::<Vec<_>>().join(" "), expected, "{text}");
    }

    #[test]
    fn short_forms() {
        check("8080", "8080");
        check("80:8080/tcp", "80>8080");
        check("127.0.0.1:80:8080", "80>8080");
        check("127.0.0.1::8080", "8080");
        check("[::1]:80:8080", "80>8080");
        check("9000-9001:80-81", "9000>80 9001>81");
        check("x:y", "");
        check("70000", "");
    }
}
