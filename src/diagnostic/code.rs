//! The codes of findings that the phases themselves report, before any rule runs.
//!
//! In: nothing. Out: [`CODES`], one row a code, for `explain`, SARIF and the docs.
//! Refuses to know: the rules of `check`, which carry their own [`Code`].

use super::Severity;

/// What a code belongs to; the order is that of the rule reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// YAML and the shape of the language.
    Syntax,
    /// Names and what they refer to.
    Reference,
    /// Layers and categories.
    Layer,
    /// Topics, producers and consumers.
    Topic,
    /// Flows between components.
    Flow,
    /// Scenarios and their steps.
    Scenario,
    /// The details of components.
    Detail,
    /// Rules that the team states itself.
    Policy,
    /// Views and what formats can show.
    View,
    /// Documents that quote the model.
    Document,
    /// Tidiness.
    Hygiene,
    /// Files of the real system that are imported.
    Import,
    /// The specification against the real system.
    Drift,
}

impl Group {
    /// Every group, in the order of the rule reference.
    pub const ALL: &[Self] = &[
        Self::Syntax,
        Self::Reference,
        Self::Layer,
        Self::Topic,
        Self::Flow,
        Self::Scenario,
        Self::Detail,
        Self::Policy,
        Self::View,
        Self::Document,
        Self::Hygiene,
        Self::Import,
        Self::Drift,
    ];

    /// The word used in lists and docs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::Reference => "reference",
            Self::Layer => "layer",
            Self::Topic => "topic",
            Self::Flow => "flow",
            Self::Scenario => "scenario",
            Self::Detail => "detail",
            Self::Policy => "policy",
            Self::View => "view",
            Self::Document => "document",
            Self::Hygiene => "hygiene",
            Self::Import => "import",
            Self::Drift => "drift",
        }
    }
}

/// A kind of finding, with what `explain` says about it.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// Kebab-case; names the bad pattern and reads after "allow".
    pub id: &'static str,
    /// The level when the user's settings say nothing.
    pub severity: Severity,
    /// What it is about.
    pub group: Group,
    /// One sentence without a full stop.
    pub summary: &'static str,
    /// What it means, why it matters, how to mend it: Markdown paragraphs.
    pub explanation: &'static str,
}

/// Declares codes and the table of all of them.
macro_rules! codes {
    ($($name:ident: $id:literal $severity:ident $group:ident, $summary:literal, $explanation:literal;)+) => {
        $(pub(crate) const $name: &Code = &Code {
            id: $id,
            severity: Severity::$severity,
            group: Group::$group,
            summary: $summary,
            explanation: $explanation,
        };)+
        /// Every code that a phase reports by itself.
        pub const CODES: &[&Code] = &[$($name),+];
    };
}

codes! {
    YAML_SYNTAX: "yaml-syntax" Error Syntax, "the text is not YAML",
        "The file is not well-formed YAML 1.2. Reading goes on at the next top-level key, so the other sections are still checked.\n\nQuote text that holds `: `, ` #` or starts with one of `[ { * & ! % @`, indent with spaces, and close every bracket.";
    UNKNOWN_KEY: "unknown-key" Error Syntax, "a key that the language does not have",
        "Every key of the language has an effect, so a misspelled key would silently lose what it says.\n\nCorrect the key; put data of your own under `metadata:`, or start the key with `x-`.";
    WRONG_TYPE: "wrong-type" Error Syntax, "a value of another shape than the key takes",
        "A list stands where a text is expected, a text where a number is, and so on. The help line names the forms that the key takes.";
    AMBIGUOUS_BOOLEAN: "ambiguous-boolean" Error Syntax, "`yes`, `no`, `on` or `off` where a boolean is expected",
        "YAML 1.2 knows only `true` and `false`; older readers take `no` for false. Write `true` or `false`.";
    MISSING_REQUIRED: "missing-required" Error Syntax, "an element lacks a key that it must have",
        "Without this key the element means nothing. Add the key.";
    DUPLICATE_KEY: "duplicate-key" Error Syntax, "a key appears twice in one mapping",
        "Most YAML readers let the second silently win. Keep one; merge what both say.";
    EMPTY_VALUE: "empty-value" Warning Syntax, "a key without a value",
        "The key is written but says nothing. Write the value or remove the key.";
    UNSUPPORTED_VERSION: "unsupported-version" Error Syntax, "a language version that this program does not read",
        "`archviz: 1` is the version this program reads. Update the program, or correct the number.";
    INVALID_ID: "invalid-id" Error Syntax, "an id with characters that ids can't have",
        "Ids match `[A-Za-z_][A-Za-z0-9_.-]*`, so that they can be written in flows and on command lines. Put the pretty text into `name:`.";
    DOCUMENT_MISSING: "document-missing" Error Reference, "a path or glob of documents that matches no file",
        "`documents:` lists the files that `archviz docs` keeps up to date, as paths or globs below the specification's folder. This one matches none, so nothing is kept up to date.";
    INCLUDE_MISSING: "include-missing" Error Syntax, "an include that matches no file",
        "Includes are paths or globs below the specification's folder, relative to the file that states them.";
    INCLUDE_OUTSIDE: "include-outside" Error Syntax, "an include that leaves the specification's folder",
        "Only files below the folder of the main file are read, so that a specification can't reach other files of the machine. Move the file below that folder.";
    INCLUDE_UNREADABLE: "include-unreadable" Error Syntax, "an included file that can't be read",
        "The file exists but could not be read: its rights, its size or its encoding forbid it. Files are UTF-8.";
    OUTPUT_OUTSIDE: "output-outside" Error Syntax, "an output folder that leaves the specification's folder",
        "`outputs:` names a folder below that of the specification, so that a specification can't write elsewhere. Name a folder below it, or use `archviz render -o DIR`.";
    MULTI_FILE_CONFLICT: "multi-file-conflict" Error Syntax, "two files define the same thing",
        "Included files are merged, whatever their order, so no file can override another. Keep one definition.";
    DUPLICATE_ID: "duplicate-id" Error Reference, "one id for two elements",
        "References could mean either. Give one of them another id.";
    UNKNOWN_COMPONENT: "unknown-component" Error Reference, "a reference to a component that does not exist",
        "The name is no component's id or alias. Correct it, or add the component.";
    UNKNOWN_LAYER: "unknown-layer" Error Reference, "a reference to a layer that does not exist",
        "The name is no layer's id. Correct it, or add the layer under `layers:`.";
    UNKNOWN_CATEGORY: "unknown-category" Error Reference, "a reference to a category that does not exist",
        "The name is no category's id. Correct it, or add the category under `categories:`.";
    UNKNOWN_TOPIC: "unknown-topic" Error Reference, "a reference to a topic that does not exist",
        "The name is no topic's id. Correct it, or add the topic under `topics:`.";
    UNKNOWN_KIND: "unknown-kind" Error Reference, "a component kind that the language does not have",
        "The kind decides shape, icon and several checks. The help line lists the kinds. Use `type:` for free text.";
    UNKNOWN_DEPLOYMENT: "unknown-deployment" Error Reference, "a deployment that is not in the vocabulary",
        "Deployments are a closed list, so that the same thing is not spelled four ways. Add the word under `deployments:` if it is yours.";
    UNKNOWN_OWNER: "unknown-owner" Error Reference, "an owner that is not declared",
        "When `owners:` is there, every owner must be in it. Correct the name, or declare the owner.";
    UNKNOWN_RULE: "unknown-rule" Error Reference, "a rule id that no rule has",
        "`lints:` and `allow(…)` name rules by id. `archviz list rules` lists them.";
    UNKNOWN_CHANGE: "unknown-change" Error Reference, "a kind or class of changes that does not exist",
        "`changes:` gives kinds of changes another class when two versions are compared. `archviz list changes` lists the kinds; the classes are `breaking`, `risky`, `safe` and `docs`.";
    UNKNOWN_VIEW: "unknown-view" Error Reference, "a reference to a view that does not exist",
        "The name is no view's id. `archviz list views` lists them.";
    UNKNOWN_FORMAT: "unknown-format" Error Reference, "a format that does not exist",
        "`archviz list formats` lists the formats.";
    KIND_MISMATCH: "kind-mismatch" Error Reference, "a layer, category or topic stands where a component is expected",
        "The name exists, but names something else. Flows and topics connect components; name the component that does the work.";
    ALIAS_COLLISION: "alias-collision" Error Reference, "an alias that another element already has as id or alias",
        "The name would mean two things. Choose another alias.";
    PARENT_CYCLE: "parent-cycle" Error Reference, "a component that is its own ancestor",
        "`parent:` makes a tree. Break the cycle.";
    NO_BROKER: "no-broker" Error Reference, "a topic whose broker is not known",
        "A topic's flows go through its broker. State `broker:`, or declare exactly one component of kind `broker`.";
    POLICY_EXCEPTION_UNUSED: "policy-exception-unused" Error Policy, "an exception from a policy that excuses less than it states",
        "What it excused is gone, wholly or in part. An exception that stays would let the same breach come back unseen.\n\nRemove the exception, or lower its `covers`.";
    POLICY_EXCEPTION_GREW: "policy-exception-grew" Error Policy, "an exception from a policy that excuses more than it states",
        "An exception states how many breaches it covers (`covers`, 1 by default), so that a wide selector can't take in new ones unseen.\n\nMend what is new; if it is meant to be covered, raise `covers`.";
    POLICY_EXCEPTION_EXPIRED: "policy-exception-expired" Warning Policy, "an exception from a policy whose time is over",
        "The day or version that `until` states has passed, so the exception excuses nothing any more and what it excused is reported again. The day is that of the clock, of `--today`, or of `SOURCE_DATE_EPOCH`.\n\nMend what it excused and remove it, or agree on another day.";
    POLICY_EXCEPTION_MALFORMED: "policy-exception-malformed" Error Policy, "an exception from a policy that ends on no day and at no version",
        "`until` states a day as `2027-01-31`, or a version of the platform as `2.1.0`. Anything else would never end.\n\nCorrect it.";
    CONFIGURATION_UNREADABLE: "configuration-unreadable" Warning Detail, "a configuration excerpt that can't be read",
        "Excerpts are read from the real file when they are shown, so that they can't drift. The file, or the service in it, is not there.\n\nCorrect the path or the service; paths are relative to the specification.";
    CONFIGURATION_KEY_MISSING: "configuration-key-missing" Warning Detail, "a configuration excerpt names a key that the file does not set",
        "The document would promise a setting that the real file does not have. Correct the key, or remove it from `keys:`.";
    BAD_SELECTOR: "bad-selector" Error View, "a selector that can't be read",
        "Selectors are an id, a glob of ids, `*`, `layer:`, `category:`, `kind:`, `tag:`, `owner:`, `deployment:` or `topic:` with a name or glob, or `neighbors(…, n)`, `upstream(…, n)`, `downstream(…, n)`, `children(…, n)` or `parents(…, n)` of a selector. Steps `n` are 1 unless stated; `*` goes as far as it goes.";
    SELECTOR_MATCHES_NOTHING: "selector-matches-nothing" Warning View, "a selector that selects no component",
        "Probably a misspelled name: the view shows less than meant.";
    DIAGRAM_TOO_LARGE: "diagram-too-large" Warning View, "a Mermaid picture that platforms don't show",
        "Mermaid's defaults, which platforms keep, refuse a text over 50,000 characters or 500 edges: the reader sees an error box. Split the view, collapse it (`collapse: layers`), or show another format.";
    PICTURE_REDUCED: "picture-reduced" Note View, "a picture that shows layers or parents in place of components",
        "A drawing of more than 120 cards can't be read. Pictures in svg, png and drawio then show one card for each outermost parent or each layer, with counted flows. `--full` draws everything; views of single layers show the parts.";
    PICTURE_SIMPLIFIED: "picture-simplified" Note View, "a large picture that was laid out with less effort",
        "The work on a layout is limited, so that large pictures take seconds and not hours. Lines cross and bend more often than they must. The limits count steps, so the same specification always gives the same picture.";
    PICTURE_MOVED: "picture-moved" Note View, "how far a picture moved from the previous one",
        "`--previous` keeps the order of what was there and nearly all positions. The note says how far nodes moved all the same, or that the previous order was given up because it cost too many crossings.";
    MISSING_GLYPH: "missing-glyph" Note View, "a character that PNG pictures can't show",
        "Pixels are made with the fonts that archviz carries, so that they are the same everywhere. These have Latin, Greek, Cyrillic, Hebrew, Arabic, Armenian and Georgian letters and many signs. What they lack is shown as a box in PNG; SVG and draw.io use the reader's fonts.";
    UNKNOWN_VIEW_OPTION: "unknown-view-option" Error View, "a word that a setting of a view does not take",
        "`topics:` takes `hub`, `nodes` or `direct`; `collapse:` takes `layers` or `parents`; `direction:` takes `down` or `right`. The view is drawn as if the setting were not there.";
    EMPTY_VIEW: "empty-view" Warning View, "a view that shows nothing",
        "Everything that `include:` selects is left out again by `exclude:`. Narrow what is excluded, or remove the view.";
    BROKEN_MARKER: "broken-marker" Error Document, "a marker of a document that can't be read",
        "A block begins with `<!-- archviz:KIND … -->` and ends with `<!-- archviz:end -->`; in MDX the comments are `{/* … */}`, in AsciiDoc lines that begin with `//`. Blocks do not nest, and markers in code are text. A block whose markers are broken is not brought up to date.";
    UNKNOWN_BLOCK: "unknown-block" Error Document, "a marker of a document that asks for what does not exist",
        "The kind of block, or the view, scenario, component, selector or pattern that it names, does not exist. The block is not brought up to date. Correct the word.";
    UNKNOWN_NUMBER: "unknown-number" Error Document, "a number of a document that the model does not have",
        "Numbers have names such as `components`, `flows.derived` or `components.layer.data`. With `--since BASE` a name can end with `.before`, `.added`, `.removed` or `.after`.";
    STALE_BLOCK: "stale-block" Error Document, "a block of a document that differs from the model",
        "The model changed since the block was written. Run `archviz docs` on the file, and commit what it writes.";
    HAND_EDITED_BLOCK: "hand-edited-block" Error Document, "a generated block that somebody edited",
        "The checksum in the marker that ends the block does not match its text, so somebody edited it, and the next run would lose the edit. Put text of your own outside the markers, change the specification, or override the block's template; then run `archviz docs --overwrite`.";
    PICTURE_MISSING: "picture-missing" Warning Document, "a block of a document that links to a picture which is not there",
        "Readers see a broken picture. Blocks with `as=image` link to the folder of `outputs:` unless `src=` says otherwise; `archviz render -f svg` writes the picture.";
    STALE_CLAIM: "stale-claim" Error Document, "a number in prose that differs from the model",
        "The number stands at a claim marker (`<!-- archviz:claim components=32 -->`), or in a phrase that the specification registers under `documents:`. Correct it, let `archviz docs --fix` do so, or put an `archviz:number` block in its place.";
    LIST_COUNT_MISMATCH: "list-count-mismatch" Error Document, "a heading that counts what stands below it, and counts wrong",
        "A heading such as `Flows (14 new flows)` promises a number of things; the numbered list or the table below it has another. One of the two is wrong, and only its author knows which.";
    LINT_NOT_ADJUSTABLE: "lint-not-adjustable" Warning Hygiene, "a level or suppression for an error that has no other level",
        "Errors in syntax and references mean that a part of the specification is not understood, so every other result would rest on a guess. They can't be lowered or suppressed. Mend them, and remove the setting.";
    BAD_SUPPRESSION: "bad-suppression" Warning Hygiene, "a suppression comment that can't be read",
        "Write `# archviz: allow(rule-id) reason` at the end of the line that an element starts on, or on a line of its own above; it covers the element with everything in it. The reason is not optional. A comment that can't be read suppresses nothing.";
    BASELINE_ENTRY_UNUSED: "baseline-entry-unused" Error Hygiene, "an entry of a baseline that no finding matches any more",
        "What the baseline excused is mended. An entry that stays would let the same finding come back unseen. Remove the entry, or write the baseline anew with `archviz check --write-baseline FILE`.";
    UNUSED_SUPPRESSION: "unused-suppression" Warning Hygiene, "a suppression that matches no finding",
        "What it excused is gone. Remove the comment, or the exception in `lints:`.";
    IMPORT_UNREADABLE: "import-unreadable" Error Import, "a source that can't be read",
        "The file does not exist, is too large, or is not UTF-8. Everything else was imported.\n\nCorrect the path, or leave the file out.";
    IMPORT_OUTSIDE: "import-outside" Error Import, "a source names a file outside of the folder that is imported",
        "Only files below the folder of the import are read, so that a source can't reach other files of the machine. Everything else was imported.\n\nRun the import in a folder that holds both files.";
    IMPORT_TOO_LARGE: "import-too-large" Error Import, "a source means more than is read",
        "Aliases and merge keys can make a small text mean millions of values. Such a text is not read.\n\nWrite out what is meant.";
    IMPORT_MALFORMED: "import-malformed" Error Import, "a part of a source has another shape than its format says",
        "What stands there can't be understood, so it was left out. Everything else was imported.\n\nCorrect the source, or add the missing part to the specification by hand.";
    IMPORT_CYCLE: "import-cycle" Error Import, "files or services of a source refer to each other in a circle",
        "A part can't be read because it needs itself. Everything else was imported.\n\nBreak the circle.";
    IMPORT_UNKNOWN_NAME: "import-unknown-name" Error Import, "a source refers to a part that it does not have",
        "The name stands for nothing in the files that were given, so the reference was left out.\n\nCorrect the name, or give the file that has it too.";
    IMPORT_CONFLICT: "import-conflict" Warning Import, "two sources say different things about one fact",
        "The first one was taken, in the order of the command line.\n\nSay in the specification what is meant.";
    IMPORT_UNDEFINED: "import-undefined" Warning Import, "a source names a part that no file defines",
        "The part was imported by its name alone, so that what leads to it is not lost. Nothing else is known of it.\n\nGive the file that defines it too, or correct the name.";
    IMPORT_SKIPPED: "import-skipped" Note Import, "a part of a source that is not read",
        "It is well-formed, and says nothing that this importer understands, or says it twice.\n\nAdd by hand what it says about the architecture.";
    ASYNCAPI_DIRECTION: "asyncapi-direction" Warning Import, "an operation of AsyncAPI 2 that says the opposite of what its word means",
        "In AsyncAPI 2 `publish` says what others may do: they publish, so the application that the document describes receives. `subscribe` means that it sends. Many authors took the words the other way. The meaning of the format was imported.\n\nIf the document means the opposite, swap `publish` and `subscribe` in it, or convert it to AsyncAPI 3, which says `receive` and `send`.";
    IMPORT_UNKNOWN: "import-unknown" Note Import, "a fact that a source has but does not tell",
        "A variable is not set, or a value comes from a secret. It is unknown, not absent: the specification does not state it.\n\nSet the variable, or write the value into the specification.";
    DRIFT_SOURCE_MISSING: "drift-source-missing" Error Drift, "`sources:` names a file that is not there",
        "The specification can't be compared with a file that does not exist, and silence would look like agreement.\n\nCorrect the path or glob; it is relative to the specification and stays below its folder.";
    DRIFT_COMPONENT_MISSING_IN_MODEL: "drift-component-missing-in-model" Error Drift, "a component of the real system that the specification does not have",
        "Something runs that nobody drew. Every picture and every count is wrong by it.\n\nAdd it. If it is there under another name, say so: `source: { compose: docker-compose.yml, service: name }` on the component, or `ids: { name: component }` in `sources:`.";
    DRIFT_COMPONENT_MISSING_IN_REALITY: "drift-component-missing-in-reality" Warning Drift, "a component that a source would show, and none does",
        "The component's `source:` names a place that is not there; or it says `deployment: container` and no compose file has it (`kubernetes`: no manifest); or a model of the whole architecture lacks it.\n\nRemove the component, or correct its `source:` or `deployment:`.";
    DRIFT_VERSION: "drift-version" Warning Drift, "a version that is not the one that runs",
        "The version of the specification is neither that of the image nor the start of it.\n\nState the version that runs; `7.5` also agrees with `7.5.0`.";
    DRIFT_TECHNOLOGY: "drift-technology" Warning Drift, "a technology that is not the one that runs",
        "The specification names one product, and the image is another one of the same kind.\n\nCorrect `technology:`, or the image.";
    DRIFT_PORT: "drift-port" Error Drift, "ports that are not those of the real system",
        "A component that states ports states all of them. A port is missing on one side, or is published at another port of the host.\n\nCorrect `ports:`, or the source.";
    DRIFT_FLOW_MISSING_IN_MODEL: "drift-flow-missing-in-model" Warning Drift, "a connection of the real system that the specification does not have",
        "The settings of one component name another one, and no flow says so. The order in which containers start is no evidence.\n\nAdd the flow, or the topic through which they talk.";
    DRIFT_FLOW_MISSING_IN_REALITY: "drift-flow-missing-in-reality" Warning Drift, "a flow that the real system does not show",
        "The settings of other components name the target, and those of this one do not; or a model of the whole architecture has both ends and no such flow.\n\nRemove the flow, or correct the source. A flow that no source could show is unknown and never reported.";
    DRIFT_FLOW_REVERSED: "drift-flow-reversed" Warning Drift, "a flow whose connection the other end opens",
        "A source shows who opens a connection, and the flow starts at the other end.\n\nTurn the flow. If data does go that way, name who opens the connection: `initiator:`.";
    DRIFT_TOPIC_MISSING_IN_MODEL: "drift-topic-missing-in-model" Error Drift, "a topic of the real system that the specification does not have",
        "Topics that a tool keeps for itself, such as those of Kafka Connect, are not reported.\n\nAdd the topic with its producers and consumers.";
    DRIFT_TOPIC_MISSING_IN_REALITY: "drift-topic-missing-in-reality" Warning Drift, "a topic that no source defines, though they define others",
        "The sources define topics one by one, and this one is not among them.\n\nRemove the topic, or correct its name: names are compared as the broker has them.";
    DRIFT_TOPIC_SETTING: "drift-topic-setting" Error Drift, "partitions, replicas, retention or cleanup other than those of the real topic",
        "Values are compared by meaning: `7d` is `168h`. What the specification does not state is not compared.\n\nCorrect the specification or the topic.";
    DRIFT_PARTY_MISSING_IN_MODEL: "drift-party-missing-in-model" Error Drift, "a producer or consumer of the real system that the specification does not list",
        "An access rule, a connector or an AsyncAPI document says that the component writes or reads the topic. A side that is stated is complete, so the specification denies it.\n\nAdd it to the topic.";
    DRIFT_PARTY_MISSING_IN_REALITY: "drift-party-missing-in-reality" Warning Drift, "a producer or consumer whose sources name other topics only",
        "The sources name the topics of the component, and this one is not among them.\n\nRemove it from the topic, or correct the source.";
    DRIFT_ACCEPTANCE_EXPIRED: "drift-acceptance-expired" Warning Drift, "an accepted difference whose time is over",
        "Differences are accepted until a day, so that nobody forgets them.\n\nMend the difference, or decide anew.";
    DRIFT_ACCEPTANCE_UNUSED: "drift-acceptance-unused" Warning Drift, "an acceptance that no difference needs",
        "What it accepted is gone, or it is misspelled. Remove it.";
}
