//! What is generated from tables is up to date in the docs, and what the docs say holds.
//!
//! `BLESS=1 cargo test --test it docs::` brings generated files and blocks up to date.

use std::path::Path;
use std::process::Command;

use archviz::diagnostic::render::REPORT_FORMATS;
use archviz::diagnostic::{Group, all_codes};
use archviz::diff::CHANGE_KINDS;
use archviz::docs::{CHANGES, FIELDS, KINDS, NAMES};
use archviz::render::FORMATS;
use archviz::spec::json_schema;
use libtest_mimic::{Failed, Trial};
use serde_json::Value;

use crate::case::{ensure, folders, name, root};

type Test = fn() -> Result<(), Failed>;

pub(crate) fn trials() -> Vec<Trial> {
    let tests: Vec<(&str, Test)> = vec![
        ("the_rule_reference_is_up_to_date", || {
            same("docs/rules.md", &rules())
        }),
        ("the_reference_of_changes_is_up_to_date", || {
            same("docs/changes.md", &changes())
        }),
        ("the_published_schema_of_changes_is_up_to_date", || {
            let schema = archviz::render::change_schema();
            same("docs/schema/changes.schema.json", &format!("{schema:#}\n"))
        }),
        ("the_command_reference_is_up_to_date", || {
            same("docs/commands.md", &commands())
        }),
        ("the_published_schema_is_up_to_date", || {
            same(
                "docs/schema/architecture.schema.json",
                &format!("{:#}\n", json_schema()),
            )
        }),
        ("the_format_reference_is_up_to_date", || {
            same("docs/formats.md", &formats())
        }),
        ("the_key_reference_is_up_to_date", || {
            same("docs/keys.md", &keys())
        }),
        ("the_tables_of_blocks_are_up_to_date", documents),
        ("the_gallery_is_up_to_date", gallery),
        ("every_key_is_explained", every_key_is_explained),
        ("the_finding_of_the_readme_is_up_to_date", readme_blocks),
        ("the_pictures_are_up_to_date", pictures_are_up_to_date),
        (
            "every_yaml_block_is_a_specification_that_decodes",
            every_yaml_block_decodes,
        ),
        ("every_path_that_the_docs_name_exists", every_path_exists),
        (
            "every_relative_link_leads_somewhere",
            every_link_leads_somewhere,
        ),
    ];
    tests
        .into_iter()
        .map(|(name, run)| Trial::test(format!("docs::{name}"), run))
        .collect()
}

/// Whether a committed file has this text; `BLESS=1` writes it.
fn same(path: &str, text: &str) -> Result<(), Failed> {
    let file = root(path);
    if std::env::var_os("BLESS").is_some() {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&file, text)?;
    }
    let there = std::fs::read_to_string(&file).unwrap_or_default();
    ensure(there == text, || {
        format!("{path} is out of date; run `BLESS=1 cargo test --test it docs::`")
    })
}

fn rules() -> String {
    let mut text = String::from(
        "# Findings\n\nEvery code that `archviz check` reports, with its default level. `archviz explain CODE` prints the same.\nLevels are set under `lints:`, on the command line (`-A`, `-W`, `-D`) or in place (`# archviz: allow(code) reason`).\n",
    );
    for group in Group::ALL.iter().copied() {
        let mut codes: Vec<_> = all_codes()
            .iter()
            .filter(|code| code.group == group)
            .collect();
        codes.sort_by_key(|code| code.id);
        if codes.is_empty() {
            continue;
        }
        text.push_str(&format!("\n## Group {}\n", group.name()));
        for code in codes {
            text.push_str(&format!(
                "\n### {}\n\n*{}*: {}.\n\n{}\n",
                code.id,
                code.severity.name(),
                code.summary,
                code.explanation
            ));
        }
    }
    text
}

/// The introduction stands in the file; the table of kinds is made from the code's.
fn changes() -> String {
    const MARK: &str = "<!-- every kind of change, generated -->\n";
    let there = std::fs::read_to_string(root("docs/changes.md")).unwrap_or_default();
    let introduction = there.split(MARK).next().unwrap_or_default();
    let mut text = format!("{introduction}{MARK}");
    for kind in CHANGE_KINDS {
        let audience: Vec<&str> = kind.audience.iter().map(|one| one.name()).collect();
        text.push_str(&format!(
            "\n### {}\n\n*{}*, for {}: {}.\n\n{}\n",
            kind.id,
            kind.class.name(),
            audience.join(", "),
            kind.summary,
            kind.explanation
        ));
    }
    text
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_archviz"));
    command
        .current_dir(root(""))
        .env_remove("ARCHVIZ_SPEC")
        .env("NO_COLOR", "1");
    command
}

fn output_of(arguments: &[&str]) -> String {
    let output = program()
        .args(arguments)
        .output()
        .expect("the program runs");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn commands() -> String {
    let mut text = String::from("# Commands\n\nWhat `--help` says.\n");
    let command = archviz::cli::command();
    let mut verbs = vec![""];
    for verb in command.get_subcommands() {
        verbs.push(verb.get_name());
    }
    for verb in verbs {
        let mut arguments: Vec<&str> = vec![verb, "--help"];
        arguments.retain(|argument| !argument.is_empty());
        let help = output_of(&arguments);
        let lines: Vec<&str> = help.trim_end().lines().map(str::trim_end).collect();
        text.push_str(&format!(
            "\n## {}\n\n```text\n{}\n```\n",
            format!("archviz {verb}").trim_end(),
            lines.join("\n")
        ));
    }
    text
}

/// The pictures that the docs show, as the program draws them.
fn pictures_are_up_to_date() -> Result<(), Failed> {
    for view in ["full", "event_backbone", "scenario-agent_executes_task"] {
        let picture = output_of(&["render", "-f", "svg", "--view", view, "-o", "-"]);
        ensure(picture.contains("</svg>"), || {
            format!("no picture of {view}")
        })?;
        same(&format!("docs/pictures/{view}.svg"), &picture)?;
    }
    let before = "examples/agentic-banking/before";
    let changes = output_of(&["diff", before, "-f", "svg", "-o", "-"]);
    same("docs/pictures/changes.svg", &changes)
}

fn readme_blocks() -> Result<(), Failed> {
    let readme = std::fs::read_to_string(root("README.md"))?;
    let example = "tests/data/finding/architecture.yaml";
    let finding = output_of(&["check", "--spec", example]);
    let block = format!("```text\n{}\n```", finding.trim_end());
    same("README.md", &replaced(&readme, "finding", &block))?;
    // Its pictures and numbers are blocks of the program's own.
    if std::env::var_os("BLESS").is_some() {
        program().args(["docs", "--overwrite"]).output()?;
    }
    let checked = program().args(["docs", "--check"]).output()?;
    ensure(checked.status.success(), || {
        String::from_utf8_lossy(&checked.stdout).into_owned()
    })
}

/// Tables of what markers can ask for.
fn documents() -> Result<(), Failed> {
    let path = "docs/documents.md";
    let text = std::fs::read_to_string(root(path))?;
    let mut kinds = String::from("| kind | names | options | shows |\n| :-- | :-- | :-- | :-- |\n");
    for kind in KINDS {
        let options: Vec<String> = kind.options.iter().map(|one| format!("`{one}`")).collect();
        kinds.push_str(&format!(
            "| `{}` | {} | {} | {} |\n",
            kind.name,
            if kind.names.is_empty() {
                "—"
            } else {
                kind.names
            },
            if options.is_empty() {
                "—".to_owned()
            } else {
                options.join(", ")
            },
            kind.summary
        ));
    }
    let mut numbers = String::from("| name | counts |\n| :-- | :-- |\n");
    for (name, what) in NAMES {
        numbers.push_str(&format!("| `{name}` | {what} |\n"));
    }
    for field in FIELDS {
        numbers.push_str(&format!(
            "| `components.{field}.ID` | components of that {field} |\n"
        ));
    }
    let ends: Vec<String> = CHANGES.iter().map(|one| format!("`.{one}`")).collect();
    numbers.push_str(&format!(
        "\nWith `--since BASE`, a name can end with {}: `flows.added`, `components.layer.data.before`.",
        ends.join(", ")
    ));
    let text = replaced(&text, "kinds", kinds.trim_end());
    same(path, &replaced(&text, "numbers", numbers.trim_end()))
}

/// The first view and the first scenario of every example, drawn by the program.
fn gallery() -> Result<(), Failed> {
    let mut text = String::from(
        "# Gallery\n\nThe first view and the first scenario of every example, as `archviz render -f svg` draws them.\n",
    );
    let mut examples = vec![("agentic-banking".to_owned(), "architecture.yaml".to_owned())];
    for folder in folders(&root("examples")) {
        let name = name(&folder);
        if folder.join("architecture.yaml").is_file() {
            examples.push((name.clone(), format!("examples/{name}/architecture.yaml")));
        }
    }
    for (example, spec) in examples {
        let json = |arguments: &[&str]| -> Result<Value, Failed> {
            let with_spec = [arguments, &["--spec", &spec]].concat();
            Ok(serde_json::from_str(&output_of(&with_spec))?)
        };
        let model = json(&["render", "-f", "json", "-o", "-"])?;
        let word = |value: &Value| value.as_str().unwrap_or("").trim().to_owned();
        let (title, description) = (word(&model["name"]), word(&model["description"]));
        text.push_str(&format!("\n## {title}\n\n"));
        if !description.is_empty() {
            text.push_str(&format!("{description}\n\n"));
        }
        text.push_str(&format!("From [`{spec}`](../{spec}).\n"));
        let views = json(&["list", "views", "-f", "json"])?;
        for kind in ["diagram", "sequence"] {
            let mut all = views.as_array().into_iter().flatten();
            let Some(view) = all.find(|view| view["kind"] == kind) else {
                continue;
            };
            let (id, shown) = (word(&view["id"]), word(&view["title"]));
            let picture = output_of(&[
                "render", "-f", "svg", "--view", &id, "-o", "-", "--spec", &spec,
            ]);
            ensure(picture.contains("</svg>"), || {
                format!("{spec}: no picture of {id}")
            })?;
            same(&format!("docs/gallery/{example}-{id}.svg"), &picture)?;
            text.push_str(&format!("\n![{shown}](gallery/{example}-{id}.svg)\n"));
        }
    }
    same("docs/gallery.md", &text)
}

/// Every format of every kind.
fn formats() -> String {
    let mut text = String::from(
        "# Formats\n\nWhat the program writes. `archviz list formats` prints the first table.\n\n## Pictures and documents\n\n`archviz render -f FORMAT`; those with views are also formats of `archviz trace` and `archviz impact`.\n\n| format | extension | shows | what |\n| :-- | :-- | :-- | :-- |\n",
    );
    for format in FORMATS {
        let shows = [
            ("views", format.diagram),
            ("scenarios", format.sequence),
            ("the model", format.document),
        ];
        let shows = shows.iter().filter(|(_, template)| template.is_some());
        let shows: Vec<&str> = shows.map(|(what, _)| *what).collect();
        text.push_str(&format!(
            "| `{}` | `.{}` | {} | {} |\n",
            format.name,
            format.extension,
            shows.join(", "),
            format.summary
        ));
    }
    text.push_str("\nA [template of your own](templates.md) is a further format: `archviz render --template diagram.EXT.j2`.\n\n## Findings\n\n`archviz check --format FORMAT`, `archviz docs --format FORMAT`.\n\n| format | what |\n| :-- | :-- |\n");
    for format in REPORT_FORMATS {
        text.push_str(&format!("| `{}` | {} |\n", format.name, format.summary));
    }
    text
}

/// Every mapping of the language with its keys, from the declarations that the program reads with.
fn keys() -> String {
    let schema = json_schema();
    let mut text = String::from(
        "# Keys\n\nEvery mapping of the language and its keys, as the program reads them. [The language](language.md) explains them.\n",
    );
    let whole = section("Specification", &schema);
    text.push_str(&whole.unwrap_or_default());
    for (name, definition) in schema["$defs"].as_object().into_iter().flatten() {
        text.push_str(&section(name, definition).unwrap_or_default());
    }
    text
}

fn section(name: &str, definition: &Value) -> Option<String> {
    let variants = definition["anyOf"].as_array();
    let record = match variants {
        Some(variants) => variants.iter().find(|one| one["properties"].is_object())?,
        None => definition,
    };
    let properties = record["properties"].as_object()?;
    let words = |key: &str| {
        record[key]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
    };
    let required: Vec<&str> = words("required").collect();
    let mut text = format!(
        "\n## {name}\n\n{}\n",
        record["description"].as_str().unwrap_or("")
    );
    if variants.is_some() {
        text.push_str("\nA text alone will do as well.\n");
    }
    text.push_str("\n| key | type | meaning |\n| :-- | :-- | :-- |\n");
    for (key, value) in properties {
        let mark = if required.contains(&key.as_str()) {
            ", required"
        } else {
            ""
        };
        text.push_str(&format!(
            "| `{key}` | {}{mark} | {} |\n",
            type_of(value),
            value["description"]
                .as_str()
                .unwrap_or("")
                .replace('|', "\\|")
        ));
    }
    Some(text)
}

/// A type in words, with a link to the mapping it names.
fn type_of(value: &Value) -> String {
    if let Some(name) = value["$ref"]
        .as_str()
        .and_then(|link| link.rsplit('/').next())
    {
        return format!("[{name}](#{})", name.to_lowercase());
    }
    if let Some(variants) = value["anyOf"].as_array() {
        if let Some(list) = variants.iter().find(|one| one["items"].is_object()) {
            return format!("list of {}", type_of(&list["items"]));
        }
        let types: Vec<String> = variants.iter().map(type_of).collect();
        return types.join(" or ");
    }
    if value["items"].is_object() {
        return format!("list of {}", type_of(&value["items"]));
    }
    if value["additionalProperties"].is_object() {
        return format!("names with {}", type_of(&value["additionalProperties"]));
    }
    match &value["type"] {
        Value::String(word) if word == "integer" => "number".to_owned(),
        Value::String(word) => word.clone(),
        Value::Array(_) => "text".to_owned(),
        _ => "anything".to_owned(),
    }
}

/// The guide explains every key that there is.
fn every_key_is_explained() -> Result<(), Failed> {
    let guide = std::fs::read_to_string(root("docs/language.md"))?;
    let schema = json_schema();
    let mut missing = Vec::new();
    let definitions = schema["$defs"].as_object().into_iter().flatten();
    let all = definitions
        .map(|(name, one)| (name.as_str(), one))
        .chain([("Specification", &schema)]);
    for (name, definition) in all {
        let variants = definition["anyOf"].as_array().into_iter().flatten();
        for record in variants.chain([definition]) {
            for key in record["properties"]
                .as_object()
                .into_iter()
                .flatten()
                .map(|(key, _)| key)
            {
                if !guide.contains(&format!("`{key}`"))
                    && !guide.contains(&format!(" {key}:"))
                    && !guide.contains(&format!(", {key}"))
                {
                    missing.push(format!("{name}: {key}"));
                }
            }
        }
    }
    ensure(missing.is_empty(), || missing.join("\n"))
}

/// The text with the block between two marks replaced.
fn replaced(text: &str, mark: &str, block: &str) -> String {
    let (open, close) = (
        format!("<!-- {mark} -->"),
        format!("<!-- end of {mark} -->"),
    );
    let (Some(start), Some(end)) = (text.find(&open), text.find(&close)) else {
        return text.to_owned();
    };
    format!("{}{open}\n\n{block}\n\n{}", &text[..start], &text[end..])
}

fn markdown_files() -> Vec<std::path::PathBuf> {
    let folders = ["", "docs", "docs/decisions"];
    let entries = folders.iter().flat_map(|folder| {
        std::fs::read_dir(root(folder))
            .into_iter()
            .flatten()
            .flatten()
    });
    let mut files: Vec<_> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    files.sort();
    files
}

/// The blocks that start with `archviz: 1` are whole specifications.
fn every_yaml_block_decodes() -> Result<(), Failed> {
    let mut count = 0;
    for file in markdown_files() {
        let text = std::fs::read_to_string(&file)?;
        for block in text
            .split("```yaml\n")
            .skip(1)
            .filter_map(|rest| rest.split("\n```").next())
        {
            if !block.starts_with("archviz: 1") {
                continue;
            }
            count += 1;
            let workspace = archviz::source::Workspace::of_text("block.yaml", block);
            let (_, findings) = archviz::pipeline::findings(&workspace)?;
            let errors: Vec<&str> = findings
                .iter()
                .filter(|finding| finding.severity.name() == "error")
                .map(|finding| finding.message.as_str())
                .collect();
            ensure(errors.is_empty(), || {
                format!("{}: {errors:?}\n{block}", file.display())
            })?;
        }
    }
    ensure(count > 0, || "no block was found".to_owned())
}

/// Paths in back-ticks, less those with a placeholder.
fn every_path_exists() -> Result<(), Failed> {
    let starts = [
        "src/",
        "templates/",
        "tests/",
        "docs/",
        "examples/",
        "benches/",
        ".ci/",
    ];
    let mut missing = Vec::new();
    let mut count = 0;
    for file in ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"] {
        let text = std::fs::read_to_string(root(file))?;
        for path in text.split('`').skip(1).step_by(2) {
            let is_path = starts.iter().any(|start| path.starts_with(start));
            if !is_path || path.contains(['<', ' ', '*']) {
                continue;
            }
            count += 1;
            if !root(path).exists() {
                missing.push(format!("{file}: {path}"));
            }
        }
    }
    ensure(count > 10, || "no path was found".to_owned())?;
    ensure(missing.is_empty(), || missing.join("\n"))
}

fn every_link_leads_somewhere() -> Result<(), Failed> {
    let mut broken = Vec::new();
    for file in markdown_files() {
        let text = std::fs::read_to_string(&file)?;
        let folder = file.parent().unwrap_or(Path::new(""));
        for target in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            let path = target.split('#').next().unwrap_or("");
            let is_relative = !path.is_empty() && !path.contains(':') && !path.contains(' ');
            if is_relative && !folder.join(path).exists() {
                broken.push(format!("{}: {target}", file.display()));
            }
        }
    }
    ensure(broken.is_empty(), || broken.join("\n"))
}
