//! Whom a component talks to and which topics it knows, from its settings and commands.
//!
//! In: settings of one component, and who answers to which name. Out: flows and topics.
//! Refuses to know: file formats.

use super::address;
use super::model::{Address, Confidence, End, Evidence, Fact, Flow, Imported, Party, Topic};
use super::settings::{self, Mention, Role, Setting};

/// A component with its settings.
pub(super) struct Talker<'t> {
    pub(super) key: &'t str,
    pub(super) settings: &'t [Setting],
    pub(super) commands: &'t [Setting],
}

/// Who answers at an address, and on which port of its own.
pub(super) type Resolve<'r> = &'r dyn Fn(&Address) -> Option<(End, Option<u16>)>;

/// Reads flows and topics.
pub(super) fn read(talker: &Talker<'_>, resolve: Resolve<'_>, imported: &mut Imported) {
    for setting in talker.settings {
        for named in settings::hosts(setting) {
            let port = named
                .address
                .port
                .or_else(|| settings::port_beside(setting, talker.settings));
            let named = address::Named {
                address: Address {
                    port,
                    ..named.address
                },
                ..named
            };
            flow(talker, setting, named, resolve, imported);
        }
    }
    for command in talker.commands {
        let named = address::addresses(&command.text).into_iter();
        for named in named.filter(|named| named.address.port.is_some()) {
            flow(talker, command, named, resolve, imported);
        }
    }
    let of_commands = talker.commands.iter().flat_map(settings::topics_of_command);
    let mentions = settings::topics(talker.settings)
        .into_iter()
        .chain(of_commands);
    for mention in mentions {
        topic(talker.key, mention, imported);
    }
}

fn flow(
    talker: &Talker<'_>,
    setting: &Setting,
    named: address::Named,
    resolve: Resolve<'_>,
    imported: &mut Imported,
) {
    let address = named.address;
    let scheme = address.scheme.clone();
    let (to, port) = match resolve(&address) {
        Some((End::Component(key), _)) if key == talker.key => return,
        Some(found) => found,
        // A bare word is a host only if somebody has that name.
        None if named.confidence <= Confidence::EnvName || address::is_local(&address.host) => {
            return;
        }
        None if named.confidence == Confidence::EnvHostPort
            && !settings::is_host_key(&setting.key) =>
        {
            return;
        }
        None => (End::Address(address.clone()), address.port),
    };
    let evidence = Evidence::new(setting.span, setting.pointer.clone(), named.confidence);
    let mut flow = Flow::new(End::Component(talker.key.to_owned()), to, evidence);
    flow.port = port;
    flow.protocol = scheme
        .and_then(|scheme| address::protocol_of(&scheme))
        .map(ToOwned::to_owned);
    imported.flows.push(flow);
}

fn topic(key: &str, mention: Mention, imported: &mut Imported) {
    let evidence = Evidence::new(mention.span, mention.pointer, mention.confidence);
    let fact = |number: Option<u64>| number.map(|number| Fact::new(number, evidence.clone()));
    let mut topic = Topic::new(mention.topic, evidence.clone());
    topic.is_internal = mention.is_internal;
    topic.partitions = fact(mention.partitions);
    topic.replication = fact(mention.replication);
    topic.cleanup = mention
        .cleanup
        .map(|cleanup| Fact::new(cleanup, evidence.clone()));
    let party = || Fact::new(Party::new(End::Component(key.to_owned())), evidence.clone());
    if matches!(mention.role, Role::Writes | Role::Both) {
        topic.producers.push(party());
    }
    if matches!(mention.role, Role::Reads | Role::Both) {
        topic.consumers.push(party());
    }
    if mention.role == Role::Knows {
        let end = End::Component(key.to_owned());
        topic.known_by.push(Fact::new(end, evidence));
    }
    imported.topics.push(topic);
}
