//! Layers, categories, owners, views, figures and settings as written.
//!
//! In: nodes. Out: the small records of the language. Refuses to know: what they refer to.

use super::decode::{At, Entries, Text};
use super::free::Free;
use super::record::record;
use crate::source::{Node, NodeKind, Span};

record! {
    /// A layer of the architecture.
    "layer" Layer {
        /// Name shown to people; the id in words by default.
        name: Option<Text<'s>>,
        /// Background as `#RGB`, `#RRGGBB` or a CSS color name.
        color: Option<Text<'s>>,
        /// Position from the top; the order in the file by default.
        order: Option<At<u64>>,
        /// An emoji, or the name of a bundled icon.
        icon: Option<Text<'s>>,
        /// What belongs here.
        description: Option<Text<'s>>,
        /// Ids it had before.
        formerly: Vec<Text<'s>>,
        /// Data of your own.
        metadata: Option<Free<'s>>,
    }
    short name: Option<Text<'s>>
}

record! {
    /// A category that components count under.
    "category" Category {
        /// Name shown to people; the id in words by default.
        name: Option<Text<'s>>,
        /// A sign drawn on its components.
        badge: Option<Text<'s>>,
        /// What belongs here.
        description: Option<Text<'s>>,
    }
    short name: Option<Text<'s>>
}

record! {
    /// A team or person that owns components and topics.
    "owner" Owner {
        /// Name shown to people; the id in words by default.
        name: Option<Text<'s>>,
        /// How to reach them.
        contact: Option<Text<'s>>,
        /// A page about them.
        link: Option<Text<'s>>,
    }
    short name: Option<Text<'s>>
}

record! {
    /// A further word for `deployment`.
    "deployment" Deployment {
        /// Name shown to people.
        name: Option<Text<'s>>,
        /// A sign drawn on components that run so.
        badge: Option<Text<'s>>,
    }
    short name: Option<Text<'s>>
}

record! {
    /// A figure.
    "fact" Fact {
        /// What is measured.
        name: Option<Text<'s>>,
        /// The figure with its unit.
        value: Option<Text<'s>>,
        /// A qualification.
        note: Option<Text<'s>>,
    }
    required ["name", "value"]
}

record! {
    /// An excerpt of a real configuration file.
    "configuration" Configuration {
        /// Heading.
        title: Option<Text<'s>>,
        /// The file, relative to the specification.
        from: Option<Text<'s>>,
        /// The service in it.
        service: Option<Text<'s>>,
        /// The settings to show; all by default.
        keys: Vec<Text<'s>>,
    }
    required ["title", "from"]
}

record! {
    /// What to draw.
    "view" View {
        /// Heading; the id in words by default.
        title: Option<Text<'s>>,
        /// What the view shows, for people who can't see it.
        description: Option<Text<'s>>,
        /// Selectors of what is shown; everything by default.
        include: Vec<Text<'s>>,
        /// Selectors of what is left out.
        exclude: Vec<Text<'s>>,
        /// How topics are drawn: hub, nodes or direct.
        topics: Option<Text<'s>>,
        /// One node per layer or per parent: layers or parents.
        collapse: Option<Text<'s>>,
        /// Reading direction: down or right.
        direction: Option<Text<'s>>,
    }
    short title: Option<Text<'s>>
}

record! {
    /// The level of a rule, and its exceptions.
    "lint" LintSetting {
        /// allow, note, warning or error.
        level: Option<Text<'s>>,
        /// Globs of element ids that the rule leaves alone.
        except: Vec<Text<'s>>,
        /// Levels for globs of element ids.
        elements: Entries<'s, Text<'s>>,
        /// Levels for globs of file paths.
        paths: Entries<'s, Text<'s>>,
        /// Why.
        reason: Option<Text<'s>>,
    }
    short level: Option<Text<'s>>
}

record! {
    /// How seriously a kind of change is taken when two versions are compared.
    "change" ChangeSetting {
        /// breaking, risky, safe or docs.
        class: Option<Text<'s>>,
        /// Why.
        reason: Option<Text<'s>>,
    }
    required ["class"]
    short class: Option<Text<'s>>
}

record! {
    /// A rule of the team's own. States one of forbid, `allow_only`, layers, independent,
    /// acyclic, require and threshold.
    "policy" Policy {
        /// Its id.
        id: Option<Text<'s>>,
        /// Flows that must not be: from one selector to another.
        forbid: Option<PolicyFlows<'s>>,
        /// Flows into `to` come from `from` alone.
        allow_only: Option<PolicyFlows<'s>>,
        /// Calls go down a list of selectors, never up.
        layers: Option<PolicyLayers<'s>>,
        /// Selectors whose components must not reach each other along flows.
        independent: Vec<Text<'s>>,
        /// Selector of components that must not depend on each other in a circle.
        acyclic: Option<Text<'s>>,
        /// What every selected component or topic must state or have.
        require: Option<PolicyRequire<'s>>,
        /// A number that every selected component or topic must keep to.
        threshold: Option<PolicyThreshold<'s>>,
        /// What is allowed to break it, for now.
        exceptions: Vec<PolicyException<'s>>,
        /// Why; part of the message.
        because: Option<Text<'s>>,
        /// allow, note, warning or error.
        level: Option<Text<'s>>,
    }
    required ["id"]
}

record! {
    /// The two sides of a policy about flows.
    "policy" PolicyFlows {
        /// Selector of the components that flows start at.
        from: Option<Text<'s>>,
        /// Selector of the components that flows end at.
        to: Option<Text<'s>>,
        /// Whether a chain of flows counts like a flow; false by default.
        indirect: Option<At<bool>>,
    }
}

record! {
    /// An order that calls keep to.
    "policy" PolicyLayers {
        /// Selectors from top to bottom; `a | b` are siblings, `(a)` may select nothing.
        order: Vec<Text<'s>>,
        /// Whether every component must be in one of them; false by default.
        exhaustive: Option<At<bool>>,
        /// Whether a call may pass over one of them; true by default.
        skip: Option<At<bool>>,
    }
    required ["order"]
}

record! {
    /// What a policy requires.
    "policy" PolicyRequire {
        /// Selector of the components that must have something.
        components: Option<Text<'s>>,
        /// Pattern of the topics that must have something.
        topics: Option<Text<'s>>,
        /// The keys that they must state.
        keys: Vec<Text<'s>>,
        /// Pattern of topics, one of which each component must publish to.
        publishes: Option<Text<'s>>,
        /// Pattern of topics, one of which each component must consume.
        consumes: Option<Text<'s>>,
        /// Selector of components, one of which must publish to each topic.
        producers: Option<Text<'s>>,
        /// Selector of components, one of which must consume each topic.
        consumers: Option<Text<'s>>,
        /// Selector of components from which flows must lead to each component.
        reachable_from: Option<Text<'s>>,
    }
}

record! {
    /// A number that a policy limits.
    "policy" PolicyThreshold {
        /// Selector of the components that are measured.
        components: Option<Text<'s>>,
        /// Pattern of the topics that are measured.
        topics: Option<Text<'s>>,
        /// What is counted.
        measure: Option<Text<'s>>,
        /// The largest number that is allowed.
        max: Option<At<u64>>,
        /// The smallest number that is allowed.
        min: Option<At<u64>>,
    }
    required ["measure"]
}

record! {
    /// Something that may break a policy, for now.
    "exception" PolicyException {
        /// Selector of the components that a breaking flow or chain starts at.
        from: Option<Text<'s>>,
        /// Selector of the components that it ends at.
        to: Option<Text<'s>>,
        /// Selector of the components that break the policy by themselves.
        components: Option<Text<'s>>,
        /// Pattern of the topics that break it.
        topics: Option<Text<'s>>,
        /// Why it is allowed.
        reason: Option<Text<'s>>,
        /// Who sees to its end.
        owner: Option<Text<'s>>,
        /// The last day on which it is allowed, or the version by which it is over.
        until: Option<Text<'s>>,
        /// How many breaches it covers; 1 by default.
        covers: Option<At<u64>>,
    }
    required ["reason", "owner"]
}

record! {
    /// Documents that `archviz docs` keeps up to date.
    "documents" Documents {
        /// Paths and globs, relative to the specification.
        files: Vec<Text<'s>>,
        /// Phrases of documents whose numbers must agree with the model.
        claims: Vec<Claim<'s>>,
    }
}

record! {
    /// A phrase whose number, or a list whose length, must agree with the model.
    "claim" Claim {
        /// The phrase, with `{n}` where the number stands.
        says: Option<Text<'s>>,
        /// A part of a heading; the list or table below it must have so many items.
        counts: Option<Text<'s>>,
        /// The name of the number.
        value: Option<Text<'s>>,
        /// A part of one of the headings above the phrase.
        under: Option<Text<'s>>,
        /// Globs of the documents that it is looked for in; all by default.
        files: Vec<Text<'s>>,
    }
    required ["value"]
}

record! {
    /// What a bare `render` writes.
    "outputs" Outputs {
        /// Folder, relative to the specification.
        folder: Option<Text<'s>>,
        /// Views; all by default.
        views: Vec<Text<'s>>,
        /// Formats; all by default.
        formats: Vec<Text<'s>>,
    }
}

record! {
    /// Files of the real system.
    "source" SourceList {
        /// docker-compose files.
        compose: Vec<Text<'s>>,
        /// Kubernetes manifests.
        kubernetes: Vec<Text<'s>>,
        /// `AsyncAPI` documents.
        asyncapi: Vec<Text<'s>>,
        /// Kafka Connect connectors.
        connect: Vec<Text<'s>>,
        /// `OpenAPI` documents.
        openapi: Vec<Text<'s>>,
        /// Backstage catalog files.
        backstage: Vec<Text<'s>>,
        /// Structurizr workspaces in JSON.
        structurizr: Vec<Text<'s>>,
        /// CALM architectures.
        calm: Vec<Text<'s>>,
        /// `LikeC4` models in JSON.
        likec4: Vec<Text<'s>>,
        /// Ids of components by their names in these files.
        ids: Entries<'s, Text<'s>>,
        /// Environments that these files are of; all by default.
        environments: Vec<Text<'s>>,
    }
}

record! {
    /// How the specification is compared with the real system.
    "drift" Drift {
        /// Differences that are known and accepted for a time.
        accept: Vec<Acceptance<'s>>,
    }
}

record! {
    /// A difference that is known and accepted for a time.
    "acceptance" Acceptance {
        /// Glob of elements, such as `component:kafka-ui`.
        subject: Option<Text<'s>>,
        /// The rule that reports it; any by default.
        rule: Option<Text<'s>>,
        /// Why it is accepted.
        reason: Option<Text<'s>>,
        /// The last day (YYYY-MM-DD).
        until: Option<Text<'s>>,
        /// Environments that it is for; all by default.
        environments: Vec<Text<'s>>,
    }
    required ["subject", "reason", "until"]
}

record! {
    /// The narrative of the integration summary; everything else in it is computed.
    "summary" Summary {
        /// Title.
        title: Option<Text<'s>>,
        /// Subtitle.
        subtitle: Option<Text<'s>>,
        /// What was gained, in groups.
        benefits: Entries<'s, Vec<Text<'s>>>,
        /// Notes on files that changed.
        files: Vec<SummaryFile<'s>>,
        /// Further remarks.
        notes: Vec<Text<'s>>,
        /// The closing sentence.
        closing: Option<Text<'s>>,
    }
}

record! {
    /// Notes on a file that changed.
    "file" SummaryFile {
        /// The file.
        path: Option<Text<'s>>,
        /// What changed in it.
        notes: Vec<Text<'s>>,
    }
    required ["path"]
    short path: Option<Text<'s>>
}
