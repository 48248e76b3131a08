//! HTTP requests to brokers that speak another protocol.

use crate::check::callees::Mention;
use crate::check::http;
use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{Component, Kind, Model};
use crate::spec::Text;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "http-call-to-broker",
        severity: Severity::Warning,
        group: Group::Detail,
        summary: "an HTTP request to a broker that does not speak HTTP",
        explanation: "The broker states what it speaks, and HTTP is not among it: Kafka, for one, has a binary \
            protocol. A request such as `POST /topics/…` needs a REST proxy in between.\n\nName the \
            client's call instead, such as `producer.send()`; or add the proxy as a component and \
            send the request there; or state HTTP among the broker's inbound protocols.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let model = context.model;
    for mention in &context.mentions {
        let Some(target) = mention.target else {
            continue;
        };
        let broker = &model[target];
        if broker.kind == Kind::Broker && speaks_something_else(broker) {
            let texts = mention.texts.iter();
            for text in texts.filter(|text| http::path(text.value).is_some()) {
                out.push(http_call_to_broker(model, mention, broker, *text));
            }
        }
    }
}

/// Whether it states its protocols and HTTP is none of them.
fn speaks_something_else(broker: &Component<'_>) -> bool {
    let inbound = broker
        .written
        .protocols
        .iter()
        .flat_map(|protocols| &protocols.inbound);
    let ports = broker.written.ports.iter().filter_map(|port| port.protocol);
    let mut spoken = inbound.copied().chain(ports).peekable();
    let is_web = |text: Text<'_>| {
        let text = text.value.to_lowercase();
        text.contains("http") || text.contains("rest")
    };
    spoken.peek().is_some() && !spoken.any(is_web)
}

fn http_call_to_broker(
    model: &Model<'_>,
    mention: &Mention<'_, '_>,
    broker: &Component<'_>,
    text: Text<'_>,
) -> Diagnostic {
    let (id, caller) = (broker.id.value, model[mention.component].id.value);
    let message = format!("`{caller}` sends an HTTP request to `{id}`, which does not speak HTTP");
    let protocols = broker.written.protocols.as_ref();
    let place = protocols.map_or(broker.id.span, |protocols| {
        protocols
            .inbound
            .first()
            .map_or(broker.id.span, |first| first.span)
    });
    Diagnostic::new(&RULE.code, message, text.span, "an HTTP request")
        .also(place, "what it speaks")
        .help("name the client's call, such as `producer.send()`, or add the REST proxy that takes this request")
        .subject("component", caller)
        .subject("component", id)
}
