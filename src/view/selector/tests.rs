//! What selectors select, and what is said about those that can't.

use super::select;
use crate::view::tests::{findings, with_model};

const SHOP: &str = "
layers: { front: Front, messaging: Messaging, data: Data, empty: Empty }
categories: { own: Own }
components:
  web: { kind: client, layer: front, tags: [critical, public], owner: web team }
  card_agent: { kind: agent, layer: front, category: own, deployment: kubernetes }
  loan_agent: { kind: agent, layer: front }
  kafka: { kind: broker, layer: messaging, aliases: [Kafka Broker] }
  audit: { layer: data, owner: risk }
  db: { kind: database, layer: data }
  db_shard: { kind: database, parent: db }
  db_disk: { kind: storage, parent: db_shard }
topics:
  cards.paid: { producers: [card_agent], consumers: [audit] }
  cards.lost: { producers: [card_agent], internal: true }
flows:
  - web -> card_agent: Asks
  - card_agent -> loan_agent: Hands over
  - audit -> db: Writes
";

/// The ids that a selector selects; the text is quoted as given.
#[track_caller]
fn check(selector: &str, expected: &str) {
    let yaml = format!("{SHOP}views: {{ v: {{ include: [{selector}] }} }}\n");
    let mut ids = String::new();
    let (sources, found) = with_model(&yaml, |model, graph, out| {
        let flags = select(model.views[0].1.include[0], model, graph, out);
        let selected = model.components.iter().zip(flags).filter(|(_, flag)| *flag);
        let selected: Vec<&str> = selected.map(|(component, _)| component.id.value).collect();
        ids = selected.join(" ");
    });
    let mut actual = vec![ids, findings(&sources, &found)];
    actual.retain(|text| !text.is_empty());
    assert_eq!(actual.join("\n"), expected);
}

#[test]
fn components_are_selected_by_id_alias_and_glob() {
    check("web", "web");
    check("Kafka Broker", "kafka");
    check("'*_agent'", "card_agent loan_agent");
    check(
        "'*'",
        "web card_agent loan_agent kafka audit db db_shard db_disk",
    );
}

#[test]
fn components_are_selected_by_what_they_are() {
    check("layer:front", "web card_agent loan_agent");
    check("layer:m*", "kafka");
    check("category:own", "card_agent");
    check("kind:agent", "card_agent loan_agent");
    check("tag:crit*", "web");
    check("owner:web team", "web");
    check("'deployment: kubernetes'", "card_agent");
}

#[test]
fn a_topic_selects_its_parties_and_broker() {
    check("topic:cards.paid", "card_agent kafka audit");
    check("topic:cards.lost", "card_agent kafka");
    check("topic:*", "card_agent kafka audit");
}

#[test]
fn walks_include_where_they_start() {
    check("neighbors(kafka)", "card_agent kafka audit");
    check("upstream(db)", "audit db");
    check("'upstream(db, 2)'", "kafka audit db");
    check("'upstream(db, *)'", "web card_agent kafka audit db");
    check("'downstream(layer:messaging, 0)'", "kafka");
    check(
        "'downstream( downstream(web) , 1 )'",
        "web card_agent loan_agent kafka",
    );
    check("children(db)", "db db_shard");
    check("'children(db, *)'", "db db_shard db_disk");
    check("'parents(db_disk, *)'", "db db_shard db_disk");
}

#[test]
fn findings_point_at_the_part_that_is_wrong() {
    let help = "write the id of a component, a glob of ids, or `layer:` with the id of a layer";
    check(
        "''",
        &format!("bad-selector: a selector is missing ({help}) at ''"),
    );
    check(
        "neighbors()",
        &format!("bad-selector: a selector is missing ({help}) at "),
    );
    check(
        "'neighbors(lyer:front, 2)'",
        "bad-selector: `lyer` is no field of selectors (did you mean `layer`?) at lyer",
    );
    check(
        "neighbor(kafka)",
        "bad-selector: `neighbor` is no function of selectors (did you mean `neighbors`?) at neighbor",
    );
    check(
        "'neighbors(kafka, many)'",
        "bad-selector: `many` is no number of steps (write a whole number, or `*` for as far as it goes) at many",
    );
    check(
        "\"upstream(web\"",
        "bad-selector: `upstream(` lacks its closing bracket (functions are written `upstream(selector, steps)`) at ",
    );
    check(
        "'web, kafka'",
        "bad-selector: `, kafka` is left over after the selector (write several selectors as a list) at , kafka",
    );
    check(
        "'layer:'",
        "bad-selector: `layer:` lacks what it selects (write a name or a glob after the colon) at layer:",
    );
}

#[test]
fn nesting_is_limited() {
    let deep = format!("{}web{}", "children(".repeat(17), ")".repeat(17));
    check(
        &deep,
        "bad-selector: functions are nested more than 16 deep (use a number of steps instead) at children",
    );
}

#[test]
fn selecting_nothing_is_a_finding_at_the_name() {
    check(
        "'neighbors(layer:mesaging)'",
        "selector-matches-nothing: `mesaging` is no layer (did you mean `messaging`?) at mesaging",
    );
    check(
        "messaging",
        "selector-matches-nothing: `messaging` is no component (did you mean `layer:messaging`?) at messaging",
    );
    check(
        "layer:empty",
        "selector-matches-nothing: no component has layer `empty` (correct the selector, or remove it) at empty",
    );
    check(
        "'*_service'",
        "selector-matches-nothing: no component matches `*_service` (correct the selector, or remove it) at *_service",
    );
    check(
        "category:zzzzzz",
        "selector-matches-nothing: `zzzzzz` is no category (known: own) at zzzzzz",
    );
}

#[test]
fn escapes_point_at_the_whole() {
    check(
        r#""lyer:\x66ront""#,
        r#"bad-selector: `lyer` is no field of selectors (did you mean `layer`?) at "lyer:\x66ront""#,
    );
}

#[test]
fn no_text_can_break_the_reader() {
    for text in [
        "(",
        ")",
        ",",
        ":",
        "a(",
        "é(ü, 1)",
        "neighbors(é,ü)",
        "  ",
        "a:b:c",
        "neighbors(web))",
    ] {
        let yaml = format!("{SHOP}views: {{ v: {{ include: [\"{text}\"] }} }}\n");
        with_model(&yaml, |model, graph, out| {
            for selector in &model.views[0].1.include {
                assert!(!select(*selector, model, graph, out).is_empty());
            }
        });
    }
}
