//! The explorer page is used in Chromium as people use it, and what it shows is read back.
//!
//! The using is done by `tests/consumers/explorer.mjs`; here the pages are made.

use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::{Failed, Trial};

use crate::case::{ensure, root};
use crate::hostile;

/// Set by `tests/run`, once the consumers are installed.
const ENABLED: &str = "ARCHVIZ_CONSUMERS";
/// The page without the data of a model.
const MAX_EMPTY_BYTES: u64 = 400_000;
const LARGE: usize = 2_000;

pub(crate) fn trials() -> Vec<Trial> {
    let is_off = std::env::var_os(ENABLED).is_none();
    let used = |name: &str, run: fn() -> Result<(), Failed>| {
        Trial::test(format!("explorer::{name}"), run).with_ignored_flag(is_off)
    };
    let trial =
        |name: &str, run: fn() -> Result<(), Failed>| Trial::test(format!("explorer::{name}"), run);
    vec![
        trial("is_one_file_that_loads_nothing", loads_nothing),
        used("shows_the_platform_and_what_changed", platform),
        used("shows_what_is_gone", gone),
        used("shows_findings_at_what_they_are_about", findings),
        used("says_all_that_the_language_can_say", complete),
        used("shows_hostile_texts_as_texts", hostile_texts),
        used("stays_quick_with_2000_components", large),
        used("shows_a_single_component", single),
        used("shows_a_tall_picture", tall),
        used("keeps_its_place_when_the_specification_is_saved", live),
    ]
}

fn loads_nothing() -> Result<(), Failed> {
    let page = page("single", &single_component(), &[])?;
    let text = std::fs::read_to_string(&page)?;
    ensure(text.len() as u64 <= MAX_EMPTY_BYTES, || {
        format!("{} bytes", text.len())
    })?;
    ensure(text.contains("default-src 'none'"), || "no policy".into())?;
    for loading in [
        "<link rel=\"stylesheet",
        "src=\"http",
        "@import",
        "url(http",
    ] {
        ensure(!text.contains(loading), || {
            format!("the page has `{loading}`")
        })?;
    }
    Ok(())
}

fn platform() -> Result<(), Failed> {
    let since = root("examples/agentic-banking/before");
    let spec = root("architecture.yaml");
    let page = render("platform", &spec, &["--since", &since.to_string_lossy()])?;
    script("explorer.mjs", &[&page, Path::new("--full")])
}

/// The way back: what the integration added is removed.
fn gone() -> Result<(), Failed> {
    let since = root("architecture.yaml");
    let spec = root("examples/agentic-banking/before/architecture.yaml");
    use_page(&render(
        "gone",
        &spec,
        &["--since", &since.to_string_lossy()],
    )?)
}

fn findings() -> Result<(), Failed> {
    let text = "archviz: 1\nname: Findings\ncomponents: { web: {}, api: {}, kafka: { kind: broker }, idle: {} }\ntopics: { orders: { producers: [web] } }\nflows:\n  - web -> api: Calls\n";
    let page = page("findings", text, &[])?;
    script("explorer.mjs", &[&page, Path::new("--findings")])
}

/// A page for each part of the corpus, whose texts stand in every place: drawn, and in the details.
fn hostile_texts() -> Result<(), Failed> {
    let mut pages = Vec::new();
    for (name, text) in hostile::pages() {
        pages.push(page(&name, &text, &[])?);
    }
    let mut arguments: Vec<&Path> = pages.iter().map(PathBuf::as_path).collect();
    arguments.push(Path::new("--hostile"));
    script("explorer.mjs", &arguments)
}

fn complete() -> Result<(), Failed> {
    let spec = root("tests/data/every-key/architecture.yaml");
    let page = render("complete", &spec, &[])?;
    script("explorer.mjs", &[&page, Path::new("--complete")])
}

fn large() -> Result<(), Failed> {
    let page = page("large", &large_specification(), &[])?;
    script("explorer.mjs", &[&page, Path::new("--folded")])
}

fn single() -> Result<(), Failed> {
    use_page(&page("single-used", &single_component(), &[])?)
}

fn tall() -> Result<(), Failed> {
    let page = page("tall", &tall_specification(), &[])?;
    script("explorer.mjs", &[&page, Path::new("--tall")])
}

fn live() -> Result<(), Failed> {
    let folder = root("target/scratch/explorer/live");
    std::fs::create_dir_all(&folder)?;
    for name in ["architecture.yaml", "docker-compose.yml"] {
        std::fs::copy(root(name), folder.join(name))?;
    }
    script(
        "live.mjs",
        &[Path::new(env!("CARGO_BIN_EXE_archviz")), &folder],
    )
}

fn single_component() -> String {
    "archviz: 1\nname: One\nlayers: { a: A }\ncomponents:\n  only: { layer: a }\n".to_owned()
}

/// Fourteen layers with one component each.
fn tall_specification() -> String {
    let mut text = "archviz: 1\nname: Tall\nlayers:\n".to_owned();
    for at in 0..14 {
        text.push_str(&format!("  layer{at}: Layer {at}\n"));
    }
    text.push_str("components:\n");
    for at in 0..14 {
        text.push_str(&format!("  c{at}: {{ layer: layer{at} }}\n"));
    }
    text.push_str("flows:\n");
    for at in 1..14 {
        text.push_str(&format!("  - c{} -> c{at}\n", at - 1));
    }
    text
}

/// Ten layers in which each component calls two of the next layer; a broker with topics.
fn large_specification() -> String {
    let mut text = "archviz: 1\nname: Large\nlayers:\n".to_owned();
    for layer in 0..10 {
        text.push_str(&format!("  layer{layer}: Layer {layer}\n"));
    }
    text.push_str(
        "views:\n  all: Everything\n  part: { title: A Part, include: [c20*, c40*, c60*, c80*, c100*, c120*, c140*, c160*, c180*] }\n",
    );
    text.push_str("components:\n  kafka: { kind: broker, layer: layer5 }\n");
    for at in 0..LARGE {
        let layer = at * 10 / LARGE;
        text.push_str(&format!(
            "  c{at}: {{ name: Component {at}, layer: layer{layer}, technology: Technology {}, tags: [t{}], purpose: Does the work of number {at} }}\n",
            at % 17, at % 29
        ));
    }
    text.push_str("topics:\n");
    for at in 0..LARGE / 4 {
        text.push_str(&format!(
            "  events.number{at}: {{ producers: [c{at}], consumers: [c{}] }}\n",
            LARGE - 1 - at
        ));
    }
    text.push_str("flows:\n");
    for at in 0..LARGE * 9 / 10 {
        text.push_str(&format!("  - c{at} -> c{}: Calls\n", at + LARGE / 10));
    }
    text
}

/// A page of a specification given as text.
fn page(name: &str, text: &str, further: &[&str]) -> Result<PathBuf, Failed> {
    let folder = root("target/scratch/explorer").join(name);
    std::fs::create_dir_all(&folder)?;
    let spec = folder.join("architecture.yaml");
    std::fs::write(&spec, text)?;
    render(name, &spec, further)
}

fn render(name: &str, spec: &Path, further: &[&str]) -> Result<PathBuf, Failed> {
    let folder = root("target/scratch/explorer").join(name);
    let rendered = Command::new(env!("CARGO_BIN_EXE_archviz"))
        .args(["render", "-f", "html", "--spec"])
        .arg(spec)
        .arg("-o")
        .arg(&folder)
        .args(further)
        .output()?;
    let said = String::from_utf8_lossy(&rendered.stderr);
    ensure(rendered.status.success(), || said.to_string())?;
    Ok(folder.join("architecture.html"))
}

fn use_page(page: &Path) -> Result<(), Failed> {
    script("explorer.mjs", &[page])
}

fn script(name: &str, arguments: &[&Path]) -> Result<(), Failed> {
    let used = Command::new("node")
        .arg(root("tests/consumers").join(name))
        .args(arguments)
        .output()?;
    let report = String::from_utf8_lossy(&used.stdout);
    let failures: Vec<&str> = report
        .lines()
        .filter(|line| line.starts_with("FAILED"))
        .collect();
    let has_run = report.lines().any(|line| line.starts_with("ok"));
    ensure(used.status.success() && has_run, || {
        format!(
            "{}\n{}",
            failures.join("\n"),
            String::from_utf8_lossy(&used.stderr)
        )
    })
}
