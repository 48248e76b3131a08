//! The integration summary: golden documents, and the document that the project started from.
//!
//! A case is a folder of `tests/cases/summary` with `base.yaml`, `head.yaml` and `expected.md`;
//! the platform's own case has its versions elsewhere. `FACTS` holds every fact of the first
//! document that the model can hold, as the computed one says it; `NEVER` holds what was wrong.

use std::path::{Path, PathBuf};
use std::process::Output;

use libtest_mimic::{Failed, Trial};
use serde_json::json;

use crate::case::{ensure, folders, name, root};
use crate::hostile;
use crate::pictures::verify_files;
use crate::repository::{Place, archviz, ended, has};

/// The case of the platform.
const PLATFORM: &str = "kafka-integration";

type Test = fn() -> Result<(), Failed>;

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials: Vec<Trial> = folders(&root("tests/cases/summary"))
        .into_iter()
        .map(|folder| Trial::test(format!("summary::{}", name(&folder)), move || case(&folder)))
        .collect();
    for (index, (section, facts)) in FACTS.iter().enumerate() {
        trials.push(Trial::test(
            format!("summary::seed::{section}"),
            move || {
                let text = platform()?;
                let missing: Vec<_> = facts.iter().filter(|fact| !text.contains(**fact)).collect();
                ensure(missing.is_empty(), || {
                    format!("section {index} lacks {missing:#?}")
                })
            },
        ));
    }
    for (number, wrong) in NEVER {
        let title = format!("summary::seed::seed_{number}_is_not_repeated::{wrong}");
        trials.push(Trial::test(title, move || {
            let text = platform()?;
            ensure(!text.contains(wrong), || {
                format!("the document says `{wrong}`")
            })
        }));
    }
    let tests: Vec<(&str, Test)> = vec![
        (
            "sections_stand_in_the_order_of_the_first_document",
            in_order,
        ),
        ("a_line_that_does_not_hold_is_not_checked", unchecked),
        ("nothing_changed_is_said_and_counted", unchanged),
        ("a_template_of_the_user_replaces_the_document", own_template),
        ("a_part_of_the_document_is_replaced_alone", own_part),
        ("a_template_without_an_extension_is_refused", bad_template),
        ("the_page_is_whole_and_fetches_nothing", page),
        ("hostile_texts_stay_texts_on_the_page", hostile_page),
        ("pictures_are_linked_when_asked", linked),
        ("the_same_versions_give_the_same_bytes", same_bytes),
    ];
    trials.extend(
        tests
            .into_iter()
            .map(|(name, run)| Trial::test(format!("summary::{name}"), run)),
    );
    let is_off = std::env::var_os("ARCHVIZ_CONSUMERS").is_none();
    trials
        .push(Trial::test("summary::readers_of_markdown_agree", readers).with_ignored_flag(is_off));
    trials
}

fn run(folder: &Path, arguments: &[&str]) -> Result<Output, Failed> {
    Ok(archviz(folder, arguments).output()?)
}

/// The document of a case.
fn document(folder: &Path, more: &[&str]) -> Result<String, Failed> {
    let mut arguments = vec!["summary"];
    let home = if name(folder) == PLATFORM {
        arguments.extend(["--since", "examples/agentic-banking/before"]);
        root("")
    } else {
        arguments.extend(["--spec", "head.yaml", "--since", "base.yaml"]);
        folder.to_path_buf()
    };
    arguments.extend(more);
    let output = run(&home, &arguments)?;
    ended(&output, 0)?;
    Ok(String::from_utf8(output.stdout).map_err(|error| error.to_string())?)
}

fn platform() -> Result<String, Failed> {
    document(&root("tests/cases/summary").join(PLATFORM), &[])
}

fn case(folder: &Path) -> Result<(), Failed> {
    let found = document(folder, &[])?;
    let file = folder.join("expected.md");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&file, &found)?;
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    ensure(found == expected, || {
        let diff = similar::TextDiff::from_lines(&expected, &found);
        diff.unified_diff()
            .header("expected.md", "found")
            .to_string()
    })
}

fn in_order() -> Result<(), Failed> {
    let text = platform()?;
    let headings: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("## "))
        .collect();
    let expected = [
        "Contents",
        "What Was Added",
        "What Changed",
        "Topics",
        "Data Flows",
        "Architecture Layers",
        "Component Statistics",
        "Integration Points",
        "Visual Changes",
        "Component Details",
        "Scenarios",
        "Figures",
        "Benefits",
        "Configuration",
        "Files Updated",
        "Views",
        "Summary",
    ];
    ensure(headings == expected, || format!("{headings:?}"))?;
    for heading in &expected[1..] {
        let link = format!(
            "- [{heading}](#{})",
            heading.to_lowercase().replace(' ', "-")
        );
        has(&text, &[&link])?;
    }
    Ok(())
}

const BASE: &str = "archviz: 1\nname: S\ncomponents:\n  a: {}\n  k: { kind: broker }\n";

fn pair(place: &Place, base: &str, head: &str) -> Result<PathBuf, Failed> {
    place.write("base.yaml", base)?;
    place.write("head.yaml", head)?;
    Ok(place.path(""))
}

fn unchecked() -> Result<(), Failed> {
    let place = Place::new("unchecked")?;
    let head = format!(
        "{BASE}  b: {{ layer: l }}\nlayers: {{ l: Low }}\ntopics:\n  t: {{ producers: [b], consumers: [] }}\nscenarios:\n  s: {{ steps: [a -> b] }}\nsummary: {{ files: [base.yaml, gone.txt] }}\n"
    );
    let text = document(&pair(&place, BASE, &head)?, &[])?;
    has(
        &text,
        &[
            "- [ ] Every new component states its deployment, protocols and operations\n  - But B lacks deployment and protocols and operations\n",
            "- [ ] 1 new topic, each with a producer and a consumer\n  - But t lacks a consumer\n",
            "- [ ] Every producer of a new topic says when it publishes, every consumer why it consumes\n  - But when B publishes t is not stated\n",
            "- [ ] 1 new layer, each with a color and components: Low\n  - But Low lacks a color\n",
            "- [ ] 1 new scenario, every step of which is backed by a flow or a topic\n  - But step 1 of S\n",
            "- [ ] Every file that the author remarks on changed\n  - But base.yaml is the same as before\n  - But gone.txt does not exist\n",
            "- [x] The counts add up: 2 + 1 − 0 = 3 components",
        ],
    )?;
    let busy = head.replace("consumers: []", "consumers: [a]");
    let text = document(&pair(&place, &busy, BASE)?, &[])?;
    has(
        &text,
        &[
            "- [ ] Nothing that worked before breaks\n",
            "### Removed Components (1 total)",
            "### Breaking and Risky",
            "no longer publishes `t`",
        ],
    )
}

fn unchanged() -> Result<(), Failed> {
    let place = Place::new("unchanged")?;
    let text = document(&pair(&place, BASE, BASE)?, &[])?;
    has(
        &text,
        &[
            "**Nothing changed.**",
            "2 + 0 added − 0 removed = **2** components",
        ],
    )?;
    for part in [
        "## What Was Added",
        "## What Changed",
        "## Topics",
        "```mermaid",
    ] {
        ensure(!text.contains(part), || format!("{part} in\n{text}"))?;
    }
    Ok(())
}

fn own_template() -> Result<(), Failed> {
    let place = Place::new("own")?;
    let folder = pair(
        &place,
        BASE,
        &format!("{BASE}  b: {{ name: \"<b> *x*\" }}\n"),
    )?;
    place.write(
        "mine.md.j2",
        "{{ counts.components.before }} to {{ counts.components.after }}: {% for component in added %}{{ component.name }}{% endfor %}.\n",
    )?;
    let text = document(&folder, &["--template", "mine.md.j2"])?;
    ensure(text == "2 to 3: \\<b> \\*x\\*.\n", || text)?;
    place.write(
        "mine.html.j2",
        "<h1>{% for component in added %}{{ component.name }}{% endfor %}</h1>{{ body }}\n",
    )?;
    let text = document(&folder, &["--template", "mine.html.j2"])?;
    has(
        &text,
        &["<h1>&lt;b&gt; *x*</h1>", "<h2 id=\"what-was-added\">"],
    )?;
    // A page takes a Markdown template as its body.
    let text = document(&folder, &["--template", "mine.md.j2", "--format", "html"])?;
    has(&text, &["<!doctype html>", "<p>2 to 3: &lt;b&gt; *x*.</p>"])
}

fn own_part() -> Result<(), Failed> {
    let place = Place::new("part")?;
    let folder = pair(&place, BASE, &format!("{BASE}  b: {{}}\n"))?;
    place.write(
        "templates/summary-changes.md.j2",
        "\n## Ours\n\n{{ added|length }} new\n",
    )?;
    let text = document(&folder, &[])?;
    has(&text, &["## Ours\n\n1 new\n", "## Component Statistics"])?;
    ensure(!text.contains("## What Was Added"), || text)
}

fn bad_template() -> Result<(), Failed> {
    let place = Place::new("badtemplate")?;
    let folder = pair(&place, BASE, BASE)?;
    place.write("mine.j2", "x")?;
    let output = run(
        &folder,
        &[
            "summary",
            "--spec",
            "head.yaml",
            "--since",
            "base.yaml",
            "--template",
            "mine.j2",
        ],
    )?;
    has(&ended(&output, 3)?, &["`NAME.md.j2` or `NAME.html.j2`"])
}

fn page() -> Result<(), Failed> {
    let text = document(
        &root("tests/cases/summary").join(PLATFORM),
        &["--format", "html"],
    )?;
    has(
        &text,
        &[
            "<!doctype html>",
            "<h2 id=\"data-flows\">",
            "<a href=\"#data-flows\">",
            "<li class=\"task\">",
            "<figure><img alt=\"Full Architecture\" src=\"data:image/svg+xml;base64,",
            "<span class=\"swatch\" style=\"background:#FCE4EC\">",
            "prefers-color-scheme: dark",
            "@media print",
        ],
    )?;
    for part in [
        "<script",
        "javascript:",
        "src=\"http",
        "url(",
        "@import",
        "language-mermaid",
    ] {
        ensure(!text.contains(part), || format!("{part} is on the page"))?;
    }
    Ok(())
}

fn hostile_page() -> Result<(), Failed> {
    let place = Place::new("hostilepage")?;
    let evil = r#""<script>x</script> <img src=x onerror=y> ![p](http://a/b.png) [l](javascript:z) <br> `c` | {{ 7*191 }}""#;
    let head = format!(
        "archviz: 1\nname: {evil}\ncomponents:\n  b: {{ name: {evil}, purpose: {evil}, links: {{ x: \"javascript:alert(1)\" }}, functions: [{evil}] }}\nsummary: {{ title: {evil}, notes: [{evil}], closing: {evil}, benefits: {{ x: [{evil}] }} }}\n"
    );
    let text = document(
        &pair(&place, "archviz: 1\nname: S\n", &head)?,
        &["--format", "html"],
    )?;
    for part in [
        "<script",
        "<img src=x",
        "href=\"javascript",
        "http://a/b.png\"",
        "1337",
    ] {
        ensure(!text.contains(part), || format!("{part} is on the page"))?;
    }
    has(
        &text,
        &["&lt;script&gt;x&lt;/script&gt; &lt;img src=x onerror=y&gt;"],
    )
}

fn linked() -> Result<(), Failed> {
    let text = document(
        &root("tests/cases/summary").join(PLATFORM),
        &["--pictures", "../my pictures/"],
    )?;
    has(
        &text,
        &[
            "![Full Architecture](../my%20pictures/full.svg)",
            "![User Updates Profile](../my%20pictures/scenario-user_updates_profile.svg)",
        ],
    )?;
    ensure(!text.contains("```mermaid"), || {
        "there is Mermaid".to_owned()
    })
}

fn same_bytes() -> Result<(), Failed> {
    ensure(platform()? == platform()?, || "two runs differ".to_owned())
}

/// Two readers of Markdown see the same in every golden document, and the linter is content.
fn readers() -> Result<(), Failed> {
    let target = root("target/pictures/summary");
    if target.exists() {
        std::fs::remove_dir_all(&target)?;
    }
    std::fs::create_dir_all(&target)?;
    let mut files = Vec::new();
    for folder in folders(&root("tests/cases/summary")) {
        let path = format!("{}.md", name(&folder));
        std::fs::copy(folder.join("expected.md"), target.join(&path))?;
        files.push(json!({ "path": path, "kind": "markdown" }));
    }
    let place = Place::new("hostilereaders")?;
    for (name, text) in hostile::specifications() {
        let folder = pair(&place, "archviz: 1\nname: S\n", &text)?;
        let path = format!("hostile-{name}.md");
        std::fs::write(target.join(&path), document(&folder, &[])?)?;
        files.push(json!({ "path": path, "kind": "markdown" }));
    }
    verify_files(&target, &files)
}

/// Facts of the first document, section by section.
const FACTS: &[(&str, &[&str])] = &[
    (
        "what_was_added",
        &[
            "# Kafka Integration Summary\n",
            "Architecture Visualizer Updated with Event Streaming",
            "### New Components (5 total)",
            "**Kafka Broker** 📨 ☁️\n   - Layer: Messaging & Streaming\n   - Type: Message Broker (Confluent Platform 7.5.0)\n   - Deployment: Container (Docker/K8s)\n   - Ports: 9092 (internal), 9093 (external)\n   - Purpose: Event streaming backbone\n",
            "**Zookeeper** 🎯 ☁️\n   - Layer: Messaging & Streaming\n   - Type: Coordination Service",
            "   - Port: 2181\n   - Purpose: Kafka cluster coordination\n",
            "**Kafka Connect (Debezium)** 🔄 ☁️\n   - Layer: Messaging & Streaming\n   - Type: CDC Connector",
            "   - Port: 8083\n   - Purpose: Database Change Data Capture\n",
            "**Analytics Service** 📊 ⎈\n   - Layer: Support Services\n   - Type: Real-time Analytics Engine",
            "   - Deployment: Kubernetes microservice (AKS)\n   - Port: 8080\n   - Purpose: Agent performance analytics\n",
            "**Audit Service** 📝 ⎈\n   - Layer: Governance\n   - Type: Audit Trail Service",
            "   - Purpose: Compliance and audit logging\n",
        ],
    ),
    (
        "topics",
        &[
            "**6** new topics, 6 in total.",
            "### Database CDC Topics (2 new)",
            "- **1. `db.changes.users`**\n  - Source: Users table (PostgreSQL)\n  - Events: INSERT, UPDATE, DELETE\n  - Key: `UserId`\n",
            "  - Consumers: Audit Service, Analytics Service\n",
            "- **2. `db.changes.conversations`**\n  - Source: conversations collection (Cosmos DB)\n  - Events: INSERT, UPDATE, DELETE\n  - Key: `conversation_id`\n",
            "### Agent Topics (1 new)",
            "- **3. `agent.executions`**\n",
            "  - Data: `execution_id`, `agent_id`, `status`, `duration`, `input`, `output`\n  - Producers: Card Agent, Loan Agent, Wealth Agent\n  - Consumers: Analytics Service, Audit Service, Observability\n",
            "### Compliance Topics (1 new)",
            "- **4. `compliance.alerts`**\n",
            "  - Data: `alert_type`, `severity`, `details`\n  - Producers: Governance Engine\n",
            "### External Integration Topics (2 new)",
            "- **5. `external.crm.events`**: CRM and ServiceNow integration via MCP Tools\n",
            "  - Consumers: Audit Service, Data Warehouse Sync\n",
            "- **6. `external.market.data`**: External market data feeds via MCP Tools\n",
        ],
    ),
    (
        "data_flows",
        &[
            "**14 new flows** = 3 declared + 11 derived from topics.",
            "3 + 6 + 5 = 14.",
            "### Kafka Infrastructure Flows (1 new flow)",
            "| 1 | Zookeeper | → Kafka Broker | Coordination |",
            "### Database CDC Flows (2 new flows)",
            "| 2 | Cosmos DB | → Kafka Connect (Debezium) | DB Changes |",
            "| 4 | Kafka Connect (Debezium) | → Kafka Broker | CDC Events | derived, async |",
            "| 5 | Card Agent | → Kafka Broker | Execution Events | derived, async | `agent.executions` |",
            "| 6 | Loan Agent | → Kafka Broker | Execution Events |",
            "| 7 | Wealth Agent | → Kafka Broker | Execution Events |",
            "| 8 | Governance Engine | → Kafka Broker | Compliance Alerts |",
            "| 9 | MCP Tools | → Kafka Broker | External Events |",
            "| Kafka Broker | → Analytics Service |",
            "| Kafka Broker | → Audit Service | All Events |",
            "| Kafka Broker | → Observability | Metrics and Alerts |",
            "| 13 | Kafka Broker | → Notification Service | Compliance Alerts |",
            "| 14 | Kafka Broker | → Data Warehouse Sync | External Events |",
        ],
    ),
    (
        "architecture_layers",
        &[
            "- **Before**: 8 layers\n- **After**: 10 layers\n",
            "- **Messaging & Streaming** 📨 (order 6, `#FCE4EC`)",
            "  - Kafka Broker (new)\n  - Zookeeper (new)\n  - Kafka Connect (Debezium) (new)\n",
            "- **Governance** 🛡️ (order 9, `#FFE5CC`)",
            "  - Governance Engine (moved here from Support Services)\n  - Audit Service (new)\n",
            "| 6 | 7 | Data Layer |",
            "| 7 | 8 | External Services |",
            "| 8 | 10 | Monitoring |",
        ],
    ),
    (
        "component_statistics",
        &[
            "27 + 5 added − 0 removed = **32** components.",
            "| AKS Microservices | 11 | 2 | 0 | 0 | 0 | **13** | + Analytics Service, Audit Service |",
            "| Managed Services | 6 | 0 | 0 | 0 | 0 | **6** | unchanged |",
            "| External APIs | 4 | 0 | 0 | 0 | 0 | **4** | unchanged |",
            "| Supporting Components | 6 | 0 | 0 | 0 | 0 | **6** | unchanged |",
            "| Messaging Components | 0 | 3 | 0 | 0 | 0 | **3** | + Kafka Broker, Zookeeper, Kafka Connect (Debezium) |",
        ],
    ),
    (
        "integration_points",
        &[
            "**Kafka Connect (Debezium)** 🔄 (new)\n   - Publishes: `db.changes.users`, `db.changes.conversations`\n   - When: Database change streams\n",
            "**Card Agent** 💳\n   - Publishes: `agent.executions`\n   - When: After each execution\n",
            "**Loan Agent** 🏠\n   - Publishes: `agent.executions`\n   - When: After each execution\n",
            "**Wealth Agent** 💰\n   - Publishes: `agent.executions`\n   - When: After each execution\n",
            "**Governance Engine** 🛡️\n   - Publishes: `compliance.alerts`\n   - When: Compliance violations detected\n",
            "**MCP Tools** 🔧\n   - Publishes: `external.crm.events`, `external.market.data`\n   - When: External system integrations\n",
            "Real-time performance metrics (`agent.executions`)",
            "   - Consumes: all 6 topics: ",
            "(stated as `db.changes.*`, `agent.*`, `compliance.*`, `external.*`)\n   - Why: Comprehensive audit trail\n",
            "   - Consumes: `agent.executions`, `compliance.alerts`\n   - Why: Monitoring and alerting\n",
        ],
    ),
    (
        "visual_changes",
        &[
            "- 📨 Kafka Broker\n",
            "- 🎯 Zookeeper\n",
            "- 🔄 Kafka Connect (Debezium)\n",
            "- 📊 Analytics Service\n",
            "- 📝 Audit Service\n",
            "- **Messaging & Streaming**: `#FCE4EC`\n",
            "- Kafka Broker: ☁️ (Container (Docker/K8s))\n",
            "- Zookeeper: ☁️",
            "- Kafka Connect (Debezium): ☁️",
            "- Analytics Service: ⎈",
            "- Audit Service: ⎈",
        ],
    ),
    (
        "component_details",
        &[
            "  - Kafka Protocol (binary) on port 9092/9093\n",
            "  - Zookeeper Protocol to port 2181\n",
            "`Log segments in /var/lib/kafka/data`",
            "`6 topics with configurable partitions`",
            "`receive_message`, `store_message`, `deliver_message`, `replicate_partition`",
            "Zookeeper: `GET /brokers/ids`",
            "Zookeeper: `POST /controller`",
            "  - Zookeeper Protocol on port 2181\n",
            "`Coordination data in /var/lib/zookeeper/data`",
            "`Broker metadata, topic configs`",
            "`elect_leader`, `store_metadata`, `watch_changes`",
            "  - HTTP REST API on port 8083\n",
            "  - MongoDB Wire Protocol\n",
            "Cosmos DB: `db.watch() for change streams`",
            "PostgreSQL: `pg_logical_slot_get_changes() for WAL`",
            "Kafka Broker: `producer.send() for CDC events`",
            "`capture_change`, `transform_event`, `publish_event`",
            "Kafka Broker: `POST /topics/{topic}`",
            "Cosmos DB: `GET /?watch=true`",
            "PostgreSQL: `SELECT * FROM pg_replication_slots`",
            "Kafka Broker: `consumer.poll() from agent.executions`",
            "Redis: `HINCRBY, ZADD for metrics`",
            "Cosmos DB: `analytics.insertOne()`",
            "`consume_agent_events`, `calculate_metrics`, `generate_trends`, `store_analytics`",
            "Kafka Broker: `GET /topics/agent.executions/messages`",
            "Prometheus: `POST /api/v1/write`",
            "Kafka Broker: `consumer.subscribe() for all topics`",
            "Cosmos DB: `audit_trail.insertOne()`",
            "PostgreSQL: `INSERT INTO audit_events`",
            "`consume_all_events`, `hash_event`, `store_audit_trail`, `verify_integrity`",
            "SIEM: `POST /api/v1/events`",
        ],
    ),
    (
        "scenarios",
        &[
            "### Scenario: User Updates Profile",
            "1. User → API Gateway → Authentication → Planner → Memory Manager\n",
            "UPDATE users SET email = 'new@",
            "→ Kafka Connect (Debezium): Debezium detects change\n",
            "4. Kafka Connect (Debezium) → Kafka Broker (`db.changes.users`): publishes CDC event",
            "5. Kafka Broker → Audit Service (`db.changes.users`): stores in audit trail\n",
            "6. Kafka Broker → Analytics Service (`db.changes.users`): updates user metrics\n",
            "### Scenario: Agent Executes Task",
            "1. Executor → Card Agent: executes card balance query\n2. Card Agent → MCP Tools → Cards API: fetches balance\n3. Card Agent → Kafka Broker (`agent.executions`): publishes execution event\n4. Kafka Broker → Analytics Service (`agent.executions`): updates agent performance metrics\n5. Kafka Broker → Audit Service (`agent.executions`): logs execution for compliance\n6. Kafka Broker → Observability (`agent.executions`): updates Grafana dashboards\n",
            "### Scenario: Compliance Violation",
            "1. Governance Engine: Detects PII exposure in response\n2. Governance Engine → Kafka Broker (`compliance.alerts`): publishes alert\n3. Kafka Broker → Audit Service (`compliance.alerts`): logs compliance violation\n4. Kafka Broker → Notification Service (`compliance.alerts`): sends alert to admin\n5. Kafka Broker → Observability (`compliance.alerts`): triggers alert in Grafana\n",
            "sequenceDiagram\n  accTitle: Compliance Violation\n",
        ],
    ),
    (
        "figures",
        &[
            "| Messages/sec | **10,000+** | — | configurable |",
            "| Latency | **\\<10ms** | — | producer to broker |",
            "| Retention | **7 days** | — | configurable |",
            "| Partitions | **3 per topic** | — | configurable |",
            "| Replication Factor | **1** | — | single broker setup |",
            "| Database change → Kafka | **\\<100ms** |",
            "| Debezium polling interval | **500ms** | — | configurable |",
            "| End-to-end (DB change → Consumer) | **\\<200ms** |",
        ],
    ),
    (
        "benefits",
        &[
            "### 1. Async Communication\n\n- Decouples producers from consumers\n- Enables event-driven architecture\n- Improves system resilience\n",
            "### 2. Real-time Analytics\n\n- Agent performance metrics in real-time\n- User behavior analysis\n- System health monitoring\n",
            "### 3. Audit Trail\n\n- Immutable event log\n- Compliance and regulatory requirements\n- Forensic analysis capability\n",
            "### 4. Scalability\n\n- Horizontal scaling of consumers\n- Parallel processing of events\n- Load balancing across partitions\n",
            "### 5. Integration\n\n- External system integration via events\n- Data warehouse synchronization\n- SIEM integration for security\n",
        ],
    ),
    (
        "configuration",
        &[
            "### Configuration of Kafka Broker\n\nRead from `docker-compose.yml`, service `kafka`:",
            "| `KAFKA_BROKER_ID` | `1` |",
            "| `KAFKA_ZOOKEEPER_CONNECT` | `zookeeper:2181` |",
            "| `KAFKA_ADVERTISED_LISTENERS` | `PLAINTEXT://kafka:9092,PLAINTEXT_HOST://localhost:9093` |",
            "| `KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR` | `1` |",
            "| `KAFKA_AUTO_CREATE_TOPICS_ENABLE` | `true` |",
            "| `BOOTSTRAP_SERVERS` | `kafka:9092` |",
            "| `GROUP_ID` | `1` |",
            "| `CONFIG_STORAGE_TOPIC` | `connect_configs` |",
            "| `OFFSET_STORAGE_TOPIC` | `connect_offsets` |",
            "| `STATUS_STORAGE_TOPIC` | `connect_statuses` |",
            "| `KEY_CONVERTER` | `org.apache.kafka.connect.json.JsonConverter` |",
            "| `VALUE_CONVERTER` | `org.apache.kafka.connect.json.JsonConverter` |",
        ],
    ),
    (
        "files_and_views",
        &[
            "- **architecture.yaml** (changed)\n  - Added the new components (kafka, zookeeper, kafka_connect, analytics_service, audit_service)\n",
            "- **docker-compose.yml** (new)\n",
            "filter by the \"Messaging & Streaming\" layer",
            "### View: Full Architecture\n",
            "for example Card Agent → Kafka → Analytics Service",
        ],
    ),
    (
        "summary",
        &[
            "- [x] 5 new components: ",
            "- [x] 6 new topics, each with a producer and a consumer\n",
            "- [x] 14 new flows: 3 declared + 11 derived from topics\n",
            "- [x] 2 new layers, each with a color and components: Messaging & Streaming, Governance\n",
            "- [x] Every new component states its deployment, protocols and operations\n",
            "from the actual codebase.\n",
        ],
    ),
];

/// What the first document got wrong, by the number of the contradiction.
const NEVER: &[(u32, &str)] = &[
    (1, "12 new"),
    (9, "Observability (`db.changes.users`)"),
    (11, "| → Observability | Metrics |"),
    (12, "| Vector DB | → Kafka Connect"),
    (14, "Memory Manager → Cosmos DB: UPDATE"),
    (16, "| Governance | → Kafka"),
    (19, "Governance Engine (new)"),
    (21, "eordered"),
    (
        22,
        "| Support Services | 6 | 0 | 0 | 0 | 0 | **6** | unchanged |",
    ),
    (26, "consumer offsets"),
    (32, "/topics/+/messages"),
    (35, "Kubernetes microservice\n"),
    (36, "Each Kafka component"),
    (41, "ğŸ"),
];
