//! The walk over a scenario, written once: lifelines in boxes, messages, notes.
//!
//! In: a sequence view and its model. Out: rows for templates. Refuses to know: any format.

use minijinja::{Value, context};

use super::color;
use super::escape::ids::{IdMaker, RESERVED};
use super::row::{list, row, syntax};
use super::shape::shape;
use crate::model::{LayerId, Model};
use crate::view::caption::on_one_line;
use crate::view::{MessageKind, SequenceView};

row! {
    /// A box around the lifelines of one layer.
    BoxRow {
        /// The layer's title; empty for lifelines without a layer.
        title,
        /// The title without its icon.
        plain_title,
        /// Background color.
        fill,
        /// Stroke color.
        ink,
        /// The stroke color as `r,g,b`.
        ink_rgb,
        /// The lifelines.
        participants,
    }
}

row! {
    /// A lifeline.
    ParticipantRow {
        /// The id in the output.
        id,
        /// Its name.
        name,
        /// Its outline.
        shape,
    }
}

row! {
    /// A message or note.
    MessageRow {
        /// Id of the lifeline it starts at.
        source,
        /// Id of the lifeline it ends at.
        target,
        /// What is written.
        text,
        /// `call`, `async`, `return` or `note`.
        what,
        /// 1-based position among the messages; 0 for notes.
        number,
    }
}

/// The context of a sequence template.
pub(super) fn context(model: &Model<'_>, view: &SequenceView<'_>) -> Value {
    let mut ids = IdMaker::new(RESERVED);
    let names: Vec<String> = view
        .participants
        .iter()
        .map(|participant| ids.id(model[participant.component].id.value).to_owned())
        .collect();
    let mut number = 0;
    let messages = view.messages.iter().map(|message| {
        number += usize::from(message.kind != MessageKind::Note);
        MessageRow {
            source: syntax(names[message.from].as_str()),
            target: syntax(names[message.to].as_str()),
            text: Value::from(&*message.text),
            what: syntax(what(message.kind)),
            number: if message.kind == MessageKind::Note {
                0.into()
            } else {
                number.into()
            },
        }
    });
    context! {
        id => syntax(view.id.as_str()),
        title => on_one_line(&view.title),
        description => on_one_line(view.description.as_deref().unwrap_or("")),
        messages => list(messages),
        boxes => list(boxes(model, view, &names)),
    }
}

fn what(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::Call => "call",
        MessageKind::Async | MessageKind::Publish | MessageKind::Consume => "async",
        MessageKind::Return => "return",
        MessageKind::Note => "note",
    }
}

/// Lifelines that follow each other in one layer share a box.
fn boxes(model: &Model<'_>, view: &SequenceView<'_>, names: &[String]) -> Vec<BoxRow> {
    let mut boxes: Vec<(Option<LayerId>, Vec<Value>)> = Vec::new();
    for (participant, name) in view.participants.iter().zip(names) {
        let component = &model[participant.component];
        let row = ParticipantRow {
            id: syntax(name.as_str()),
            name: Value::from(&*component.name),
            shape: syntax(shape(component.kind)),
        };
        match boxes
            .last_mut()
            .filter(|(layer, _)| *layer == participant.layer)
        {
            Some((_, participants)) => participants.push(row.into()),
            None => boxes.push((participant.layer, vec![row.into()])),
        }
    }
    boxes
        .into_iter()
        .map(|(layer, participants)| box_row(model, layer, participants))
        .collect()
}

fn box_row(model: &Model<'_>, layer: Option<LayerId>, participants: Vec<Value>) -> BoxRow {
    let written = layer.map(|layer| &model[layer]);
    let stated = written
        .and_then(|layer| layer.written.color)
        .map(|color| color.value);
    let fill = layer.map_or_else(color::neutral, |layer| {
        color::background(stated, layer.index())
    });
    let ink = color::ink(fill);
    let icon = written
        .and_then(|layer| layer.written.icon)
        .map_or("", |icon| icon.value);
    let plain = written.map_or("", |layer| &*layer.name);
    let title = if icon.is_ascii() {
        plain.to_owned()
    } else {
        format!("{icon} {plain}")
    };
    BoxRow {
        title: Value::from(title),
        plain_title: Value::from(plain),
        fill: syntax(fill.hex()),
        ink: syntax(ink.hex()),
        ink_rgb: syntax(ink.channels().map(|channel| channel.to_string()).join(",")),
        participants: Value::from(participants),
    }
}
