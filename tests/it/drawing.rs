//! Pictures that the program draws itself: goldens of small cases, and what the options of
//! `render` change.
//!
//! Each case has two goldens, positions and SVG, so that a change of the layout and a change
//! of the looks show in different files.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use archviz::draw::{PreviousPicture, icon};
use archviz::graph::ArchGraph;
use archviz::pipeline::{self, Artifacts, Extent, Request};
use archviz::render::{Artifact, FontSource, Ground, NativeOptions, Templates};
use archviz::source::Workspace;
use libtest_mimic::{Failed, Trial};
use roxmltree::Document;

use crate::case::{ensure, folders, name, root};

type Test = fn() -> Result<(), Failed>;

pub(crate) fn trials() -> Vec<Trial> {
    let tests: Vec<(&str, Test)> = vec![
        (
            "png_has_the_same_bytes_twice_and_the_size_of_its_scale",
            png,
        ),
        ("the_ground_decides_the_colors", ground),
        ("a_font_is_embedded_on_request", font),
        ("large_views_are_folded_unless_all_is_asked_for", large),
        ("a_previous_picture_is_read_and_kept", previous),
        ("png_tells_what_it_can_not_show", missing_glyphs),
        ("every_icon_of_the_docs_exists_and_all_are_there", icons),
    ];
    let cases = folders(&root("tests/cases/pictures"));
    let goldens = cases.into_iter().map(|case| {
        let title = format!("drawing::case::{}", name(&case));
        Trial::test(title, move || golden(&case))
    });
    tests
        .into_iter()
        .map(|(name, run)| Trial::test(format!("drawing::{name}"), run))
        .chain(goldens)
        .collect()
}

/// Everything that is drawn of a workspace, and the codes of the notes on it.
fn render(
    workspace: &Workspace,
    request: &Request,
) -> Result<(Artifacts, Vec<&'static str>), Failed> {
    let (sources, mut out) = pipeline::load(workspace)?;
    let model = pipeline::analyze(&sources, &mut out);
    ensure(!out.has_errors(), || format!("{:?}", out.list()))?;
    let graph = ArchGraph::build(&model);
    let shown = pipeline::views(&model, &graph, &request.views, &mut out);
    let artifacts = pipeline::render(&model, &shown, &Templates::new(None), request, &mut out)?;
    let notes = out.list().iter().map(|finding| finding.code.id).collect();
    Ok((artifacts, notes))
}

fn request(format: &str, view: &str) -> Request {
    Request {
        formats: vec![format.to_owned()],
        views: vec![view.to_owned()],
        ..Request::default()
    }
}

/// One picture of the platform.
fn platform(request: &Request) -> Result<Artifact, Failed> {
    let (artifacts, _) = render(&Workspace::on_disk(&root("architecture.yaml")), request)?;
    artifacts
        .into_values()
        .next()
        .ok_or_else(|| "nothing was drawn".into())
}

fn text(artifact: &Artifact) -> &str {
    artifact.text().unwrap_or("")
}

fn golden(case: &Path) -> Result<(), Failed> {
    let workspace = Workspace::on_disk(&case.join("architecture.yaml"));
    let names = ["svg"];
    let request = Request {
        formats: names.map(str::to_owned).to_vec(),
        ..Request::default()
    };
    let (artifacts, _) = render(&workspace, &request)?;
    let mut expected: Vec<PathBuf> = Vec::new();
    // Further views of a case say nothing new.
    for (file, artifact) in artifacts
        .iter()
        .filter(|(file, _)| !file.starts_with("layer-"))
    {
        let svg = text(artifact);
        let positions = case.join(file.replace(".svg", ".positions"));
        same(&case.join(file), svg)?;
        same(&positions, &positions_of(svg))?;
        expected.extend([case.join(file), positions]);
    }
    let there = std::fs::read_dir(case)?.flatten().map(|entry| entry.path());
    let orphan = there.into_iter().find(|path| {
        path.extension()
            .is_some_and(|extension| extension != "yaml")
            && !expected.contains(path)
    });
    ensure(orphan.is_none(), || {
        format!("{orphan:?} belongs to nothing")
    })
}

fn same(path: &Path, text: &str) -> Result<(), Failed> {
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, text)?;
    }
    let there = std::fs::read_to_string(path).unwrap_or_default();
    ensure(there == text, || {
        format!(
            "{} is out of date; look at the picture, then `BLESS=1 cargo test --test it drawing::`",
            path.display()
        )
    })
}

/// Where everything is, one element a line.
fn positions_of(svg: &str) -> String {
    let document = Document::parse(svg).expect("XML");
    let mut lines = String::new();
    for node in document.descendants() {
        let keys = [
            "data-band",
            "data-group",
            "data-node",
            "data-topic",
            "data-label-for",
            "data-edge",
        ];
        let Some((key, value)) = keys
            .iter()
            .find_map(|key| Some((*key, node.attribute(*key)?)))
        else {
            continue;
        };
        let path = || node.descendants().find_map(|node| node.attribute("d"));
        let place = node.attribute("data-bbox").or_else(path).unwrap_or("");
        writeln!(
            lines,
            "{} {value}: {place}",
            key.trim_start_matches("data-")
        )
        .expect("strings take all");
    }
    lines
}

fn png() -> Result<(), Failed> {
    let at = |scale| Request {
        pictures: NativeOptions {
            scale,
            ..NativeOptions::default()
        },
        ..request("png", "governance")
    };
    let (once, again) = (platform(&at(0.5))?, platform(&at(0.5))?);
    ensure(once == again, || "two runs differ".to_owned())?;
    let svg = platform(&request("svg", "governance"))?;
    let width: f64 = Document::parse(text(&svg))?
        .root_element()
        .attribute("width")
        .unwrap_or("")
        .parse()?;
    let pixels = |artifact: &Artifact| {
        let bytes = artifact.bytes();
        ensure(bytes.starts_with(b"\x89PNG\r\n\x1a\n"), || {
            "no PNG".to_owned()
        })?;
        let number: [u8; 4] = bytes[16..20].try_into()?;
        Ok::<f64, Failed>(f64::from(u32::from_be_bytes(number)))
    };
    let (half, whole) = (pixels(&once)?, pixels(&platform(&at(1.0))?)?);
    ensure(
        (half - width / 2.0).abs() <= 1.0 && (whole - width).abs() <= 1.0,
        || format!("{width} became {half} and {whole}"),
    )
}

fn ground() -> Result<(), Failed> {
    let on = |ground| {
        let pictures = NativeOptions {
            ground,
            ..NativeOptions::default()
        };
        platform(&Request {
            pictures,
            ..request("svg", "agents")
        })
    };
    let (preferred, light, dark) = (
        on(Ground::Preferred)?,
        on(Ground::Light)?,
        on(Ground::Dark)?,
    );
    let media = "prefers-color-scheme:dark";
    ensure(text(&preferred).contains(media), || {
        "not both in one file".to_owned()
    })?;
    ensure(
        !text(&light).contains(media) && !text(&dark).contains(media),
        || "not fixed".to_owned(),
    )?;
    let canvas = |artifact: &Artifact, color: &str| {
        text(artifact).contains(&format!("fill=\"{color}\" class=\"f-canvas\""))
    };
    ensure(
        canvas(&light, "#FFFFFF") && canvas(&preferred, "#FFFFFF") && canvas(&dark, "#0D1117"),
        || "wrong ground".to_owned(),
    )?;
    ensure(!text(&preferred).contains("var("), || {
        "custom properties fail in librsvg".to_owned()
    })?;
    ensure(!text(&preferred).contains("<marker"), || {
        "markers fail in resvg".to_owned()
    })
}

fn font() -> Result<(), Failed> {
    let with = |font| {
        let pictures = NativeOptions {
            font,
            ..NativeOptions::default()
        };
        platform(&Request {
            pictures,
            ..request("svg", "agents")
        })
    };
    let (plain, embedded) = (with(FontSource::System)?, with(FontSource::Embedded)?);
    ensure(!text(&plain).contains("@font-face"), || {
        "a font without being asked".to_owned()
    })?;
    ensure(text(&embedded).matches("@font-face").count() == 2, || {
        "no font".to_owned()
    })?;
    let more = text(&embedded).len() - text(&plain).len();
    ensure(more < 40_000, || format!("{more} bytes of font"))
}

/// 130 components in 3 layers, each with a flow to the next.
fn many() -> Workspace {
    let mut text =
        String::from("archviz: 1\nname: Many\nlayers: { a: A, b: B, c: C }\ncomponents:\n");
    for index in 0..130 {
        let layer = ["a", "b", "c"][index % 3];
        writeln!(text, "  c{index}: {{ layer: {layer} }}").expect("strings take all");
    }
    text.push_str("flows:\n");
    for index in 1..130 {
        writeln!(text, "  - c{} -> c{index}: Flow", index - 1).expect("strings take all");
    }
    Workspace::of_text("architecture.yaml", &text)
}

fn large() -> Result<(), Failed> {
    let cards = |artifacts: &Artifacts| text(&artifacts["full.svg"]).matches("data-node=").count();
    let (folded, notes) = render(&many(), &request("svg", "full"))?;
    ensure(cards(&folded) == 3, || format!("{} cards", cards(&folded)))?;
    ensure(notes.contains(&"picture-reduced"), || format!("{notes:?}"))?;
    ensure(text(&folded["full.svg"]).contains("--full"), || {
        "the picture does not say that it is folded".to_owned()
    })?;
    let all = Request {
        extent: Extent::Full,
        ..request("svg", "full")
    };
    let (all, notes) = render(&many(), &all)?;
    ensure(
        cards(&all) == 130 && !notes.contains(&"picture-reduced"),
        || format!("{} cards, {notes:?}", cards(&all)),
    )
}

fn previous() -> Result<(), Failed> {
    let old = platform(&request("svg", "governance"))?;
    let picture = PreviousPicture::read(text(&old)).ok_or("no positions were read")?;
    ensure(picture.view == "governance", || picture.view.clone())?;
    let again = Request {
        previous: vec![picture],
        ..request("svg", "governance")
    };
    let new = platform(&again)?;
    let (before, after) = (cards(text(&old))?, cards(text(&new))?);
    for (key, x, y) in &before {
        let moved = after.iter().find(|card| card.0 == *key);
        let is_near = moved.is_some_and(|card| (card.1 - x).abs().max((card.2 - y).abs()) < 60.0);
        ensure(is_near, || format!("{key} was at {x} {y}: {moved:?}"))?;
    }
    Ok(())
}

/// Key, x and y of each card.
fn cards(svg: &str) -> Result<Vec<(String, f64, f64)>, Failed> {
    let document = Document::parse(svg)?;
    let mut cards = Vec::new();
    for node in document.descendants() {
        if let (Some(key), Some(place)) = (node.attribute("data-node"), node.attribute("data-bbox"))
        {
            let mut numbers = place.split(' ').map(str::parse::<f64>);
            let (Some(x), Some(y)) = (numbers.next(), numbers.next()) else {
                continue;
            };
            cards.push((key.to_owned(), x?, y?));
        }
    }
    Ok(cards)
}

fn missing_glyphs() -> Result<(), Failed> {
    let specification = |name: &str| {
        let text = format!("archviz: 1\nname: X\ncomponents:\n  a: {{ name: {name} }}\n");
        Workspace::of_text("architecture.yaml", &text)
    };
    for (name, is_told) in [
        ("Plain", false),
        ("日本", true),
        ("Привет-שלום", false),
        ("\"🚀\"", true),
    ] {
        let (_, notes) = render(&specification(name), &request("png", "full"))?;
        ensure(notes.contains(&"missing-glyph") == is_told, || {
            format!("{name}: {notes:?}")
        })?;
    }
    Ok(())
}

fn icons() -> Result<(), Failed> {
    let docs = std::fs::read_to_string(root("docs/pictures.md"))?;
    let named: Vec<&str> = ["General icons: ", "Logos: "]
        .iter()
        .filter_map(|start| docs.lines().find(|line| line.starts_with(start)))
        .flat_map(|line| line.split('`').skip(1).step_by(2))
        .collect();
    let mut sorted = named.clone();
    sorted.sort_unstable();
    let there: Vec<&str> = icon::icons().iter().map(|icon| icon.name).collect();
    ensure(sorted == there, || {
        format!("docs: {sorted:?}\nthere: {there:?}")
    })
}
