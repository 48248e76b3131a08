//! Steps by components that the story has not reached.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{Action, ComponentId, Kind, Model, Scenario, Step};
use std::collections::BTreeSet;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "disconnected-step",
        severity: Severity::Note,
        group: Group::Scenario,
        summary: "a step that starts at a component which no earlier step reached",
        explanation: "Each step should follow from what was told before: a component acts because it was \
            called, or because it consumed an event. This one acts out of nowhere, so a step is \
            missing or stands in the wrong place.\n\nTell what sets the component off: a call, a \
            `consume` or a `note`. People, clients, jobs and systems of others act by themselves, \
            and so does what the `trigger` names.",
    },
    checks: &[Check::Model(check)],
};

/// Containers beyond this depth are not looked at.
const MAX_DEPTH: usize = 8;

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let model = context.model;
    for scenario in model
        .scenarios
        .iter()
        .filter(|scenario| !scenario.is_partial)
    {
        check_scenario(model, scenario, out);
    }
}

fn check_scenario(model: &Model<'_>, scenario: &Scenario<'_>, out: &mut Diagnostics) {
    let mut story = Story {
        model,
        told: BTreeSet::new(),
        around: BTreeSet::new(),
    };
    for step in &scenario.steps {
        let (actor, reached) = match step.action {
            Action::Call { from, to, .. } => (Some(from), to),
            Action::Publish { from, topic } => (Some(from), model[topic].broker.unwrap_or(from)),
            Action::Return { to, .. } => (None, to),
            Action::Consume { by, .. } => (None, by),
            Action::Note { on } => (None, on),
        };
        if let Some(actor) = actor {
            if !story.told.is_empty()
                && !story.knows(actor)
                && !is_spontaneous(model, scenario, actor)
            {
                out.push(disconnected_step(model, step, actor));
            }
            story.tell(actor);
        }
        story.tell(reached);
    }
}

/// The components that the story has reached.
struct Story<'m, 's> {
    model: &'m Model<'s>,
    told: BTreeSet<ComponentId>,
    /// What contains these.
    around: BTreeSet<ComponentId>,
}

impl Story<'_, '_> {
    fn tell(&mut self, id: ComponentId) {
        if self.told.insert(id) {
            self.around.extend(self.model.ancestors(id).take(MAX_DEPTH));
        }
    }

    /// Whether the component, a part of it or what contains it was reached.
    fn knows(&self, id: ComponentId) -> bool {
        let mut outer = self.model.ancestors(id).take(MAX_DEPTH);
        self.told.contains(&id)
            || self.around.contains(&id)
            || outer.any(|outer| self.told.contains(&outer))
    }
}

fn is_spontaneous(model: &Model<'_>, scenario: &Scenario<'_>, id: ComponentId) -> bool {
    let component = &model[id];
    let acts = matches!(
        component.kind,
        Kind::Person | Kind::Client | Kind::External | Kind::Job | Kind::Function
    );
    let trigger = scenario.written.trigger.map_or("", |trigger| trigger.value);
    acts || trigger.contains(component.id.value) || trigger.contains(&*component.name)
}

fn disconnected_step(model: &Model<'_>, step: &Step<'_>, actor: ComponentId) -> Diagnostic {
    let id = model[actor].id.value;
    let message = format!("step {}: nothing before it leads to `{id}`", step.number);
    Diagnostic::new(
        &RULE.code,
        message,
        step.span,
        format!("why does `{id}` act now?"),
    )
    .help(format!(
        "tell what sets `{id}` off: a call, a `consume` or a `note` before this step"
    ))
    .subject("component", id)
}
