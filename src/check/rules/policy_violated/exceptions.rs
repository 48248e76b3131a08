//! Exceptions from policies: what may stay for now, who sees to its end, and by when.
//!
//! In: the breaches of a policy. Out: those that no exception covers, and findings about
//! exceptions that cover nothing, more or less than they state, or that are over. Refuses to
//! know: which day it is.

use super::breach::{Breach, Parties, flags, has, name};
use crate::check::{Context, Day, version};
use crate::diagnostic::{
    Diagnostic, Diagnostics, POLICY_EXCEPTION_EXPIRED, POLICY_EXCEPTION_GREW,
    POLICY_EXCEPTION_MALFORMED, POLICY_EXCEPTION_UNUSED,
};
use crate::model::topic_pattern_matches;
use crate::spec::{Policy, PolicyException, Text};

/// What an exception selects; `None` where it states nothing.
struct Scope<'e, 's> {
    written: &'e PolicyException<'s>,
    from: Option<Vec<bool>>,
    to: Option<Vec<bool>>,
    components: Option<Vec<bool>>,
    covered: u64,
}

/// Takes out what exceptions cover.
pub(super) fn apply(
    context: &Context<'_, '_>,
    policy: &Policy<'_>,
    breaches: Vec<Breach>,
    out: &mut Diagnostics,
) -> Vec<Breach> {
    let mut scopes: Vec<Scope<'_, '_>> = Vec::new();
    for written in &policy.exceptions {
        match over(context, written, out) {
            Some(reason) => out.push(expired(policy, written, &reason)),
            None => scopes.push(Scope::of(context, written)),
        }
    }
    let mut kept = Vec::new();
    for breach in breaches {
        let mut covering = scopes.iter_mut();
        match covering.find(|scope| scope.covers(context, &breach.parties)) {
            Some(scope) => scope.covered += 1,
            None => kept.push(breach),
        }
    }
    // What could not be read may hide a breach, so silence proves nothing.
    if !context.model.is_partial && context.model.unresolved.is_empty() {
        for scope in &scopes {
            scope.report(policy, out);
        }
    }
    kept
}

impl<'e, 's> Scope<'e, 's> {
    fn of(context: &Context<'_, '_>, written: &'e PolicyException<'s>) -> Self {
        let selected = |selector: Option<Text<'_>>| selector.map(|one| flags(context, one));
        Self {
            written,
            from: selected(written.from),
            to: selected(written.to),
            components: selected(written.components),
            covered: 0,
        }
    }

    fn covers(&self, context: &Context<'_, '_>, parties: &Parties) -> bool {
        let holds =
            |flags: &Option<Vec<bool>>, id| flags.as_ref().is_none_or(|flags| has(flags, id));
        match parties {
            Parties::Way(from, to) => {
                let is_stated = self.from.is_some() || self.to.is_some();
                is_stated && holds(&self.from, *from) && holds(&self.to, *to)
            }
            Parties::Components(ids) => {
                let flags = self.components.as_ref();
                flags.is_some_and(|flags| ids.iter().any(|id| has(flags, *id)))
            }
            Parties::Topic(id) => {
                let pattern = self.written.topics;
                pattern.is_some_and(|one| topic_pattern_matches(one.value, &context.model[*id]))
            }
        }
    }

    fn report(&self, policy: &Policy<'_>, out: &mut Diagnostics) {
        let stated = self.written.covers.map_or(1, |covers| covers.value);
        if self.covered == 0 {
            out.push(unused(policy, self.written));
        } else if self.covered > stated {
            out.push(grew(policy, self.written, stated, self.covered));
        } else if self.covered < stated {
            out.push(shrank(policy, self.written, stated, self.covered));
        }
    }
}

/// Why an exception is over, if it is.
fn over(
    context: &Context<'_, '_>,
    written: &PolicyException<'_>,
    out: &mut Diagnostics,
) -> Option<String> {
    let until = written.until?;
    if let Some(day) = Day::parse(until.value) {
        let today = context.today?;
        return (today > day).then(|| format!("today is {today}"));
    }
    let Some(limit) = version::parse(until.value) else {
        out.push(malformed(until));
        return None;
    };
    let platform = context.model.version?;
    let current = version::parse(platform.value)?;
    (current >= limit).then(|| format!("the platform is at {}", platform.value))
}

/// Where an exception is pointed at: what it selects, or the whole.
fn place(written: &PolicyException<'_>) -> crate::source::Span {
    let first = [written.from, written.components, written.topics, written.to];
    let stated = first.into_iter().flatten().next();
    stated.map_or(written.span, |selector| selector.span)
}

fn unused(policy: &Policy<'_>, written: &PolicyException<'_>) -> Diagnostic {
    let message = format!("an exception from policy `{}` covers nothing", name(policy));
    Diagnostic::new(
        POLICY_EXCEPTION_UNUSED,
        message,
        place(written),
        "excuses nothing",
    )
    .help("remove it; what it excused is gone, or it is misspelled")
    .subject("policy", name(policy))
}

fn grew(
    policy: &Policy<'_>,
    written: &PolicyException<'_>,
    stated: u64,
    covered: u64,
) -> Diagnostic {
    let message = format!(
        "an exception from policy `{}` covers {covered} breaches, and states {stated}",
        name(policy)
    );
    let finding = Diagnostic::new(
        POLICY_EXCEPTION_GREW,
        message,
        place(written),
        "covers more now",
    )
    .subject("policy", name(policy));
    let help = format!("mend what is new, or state `covers: {covered}`");
    match written.covers {
        Some(covers) => finding.help(help).fix(covers.span, covered.to_string()),
        None => finding.help(help),
    }
}

fn shrank(
    policy: &Policy<'_>,
    written: &PolicyException<'_>,
    stated: u64,
    covered: u64,
) -> Diagnostic {
    let message = format!(
        "an exception from policy `{}` covers {covered} breaches, and states {stated}",
        name(policy)
    );
    let span = written.covers.map_or(place(written), |covers| covers.span);
    Diagnostic::new(
        POLICY_EXCEPTION_UNUSED,
        message,
        span,
        "excuses more than there is",
    )
    .help(format!(
        "write `covers: {covered}`, so that it can't grow again"
    ))
    .fix(span, covered.to_string())
    .subject("policy", name(policy))
}

fn expired(policy: &Policy<'_>, written: &PolicyException<'_>, reason: &str) -> Diagnostic {
    let until = written.until.map_or("", |until| until.value);
    let message = format!(
        "an exception from policy `{}` is over since {until}",
        name(policy)
    );
    let span = written.until.map_or(written.span, |until| until.span);
    let owner = written.owner.map_or("", |owner| owner.value);
    Diagnostic::new(POLICY_EXCEPTION_EXPIRED, message, span, reason)
        .help(format!(
            "mend what it excused, or ask {owner} for another day"
        ))
        .subject("policy", name(policy))
}

fn malformed(until: Text<'_>) -> Diagnostic {
    let message = format!("`{}` is no day and no version", until.value);
    Diagnostic::new(
        POLICY_EXCEPTION_MALFORMED,
        message,
        until.span,
        "ends never",
    )
    .help("write a day as `2027-01-31`, or a version as `2.1.0`")
}
