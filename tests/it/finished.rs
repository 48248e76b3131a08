//! Finished pictures are read back as a stranger would: only the attributes and paths of
//! the SVG count, no code of the program is used.
//!
//! Nothing overlaps, no flow runs through a card, no label lies on anything but its own
//! flow, everything is inside of its band and of the picture.

use std::collections::BTreeMap;
use std::path::Path;

use archviz::pipeline::Artifacts;
use archviz::source::Workspace;
use libtest_mimic::{Failed, Trial};
use roxmltree::{Document, Node};

use crate::case::ensure;
use crate::examples::{main_files, render_all, title};
use crate::hostile;

/// How much two things may overlap because of rounding.
const SLACK: f64 = 0.6;
/// Lines end under their heads.
const HEAD: f64 = 6.0;

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials: Vec<Trial> = main_files()
        .into_iter()
        .map(|main| {
            let name = format!("finished::pictures_of_{}_are_clean", title(&main));
            Trial::test(name, move || of_file(&main))
        })
        .collect();
    trials.push(Trial::test(
        "finished::pictures_of_hostile_texts_are_clean",
        of_hostile_texts,
    ));
    trials.push(Trial::test(
        "finished::the_checker_can_fail",
        the_checker_can_fail,
    ));
    trials
}

fn of_file(main: &Path) -> Result<(), Failed> {
    of_workspace(&Workspace::on_disk(main))
}

fn of_hostile_texts() -> Result<(), Failed> {
    for (name, text) in hostile::specifications() {
        of_workspace(&Workspace::of_text("architecture.yaml", &text))
            .map_err(|error| format!("{name}: {error:?}"))?;
    }
    Ok(())
}

fn of_workspace(workspace: &Workspace) -> Result<(), Failed> {
    let artifacts = render_all(workspace)?;
    for (name, svg) in pictures(&artifacts) {
        let faults = faults(svg);
        ensure(faults.is_empty(), || {
            format!("{name}: {}", faults.join("; "))
        })?;
    }
    ensure(pictures(&artifacts).next().is_some(), || {
        "no picture was drawn".to_owned()
    })
}

/// The SVG files among what was rendered.
pub(crate) fn pictures(artifacts: &Artifacts) -> impl Iterator<Item = (&str, &str)> {
    let texts = artifacts
        .iter()
        .filter_map(|(name, artifact)| Some((name.as_str(), artifact.text()?)));
    texts.filter(|(name, _)| {
        Path::new(name)
            .extension()
            .is_some_and(|extension| extension == "svg")
    })
}

#[derive(Clone, Copy, Debug)]
struct Area {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Area {
    fn read(text: &str) -> Self {
        let numbers: Vec<f64> = text
            .split(' ')
            .map(|number| number.parse().expect("a number"))
            .collect();
        let [x, y, width, height] = numbers[..] else {
            panic!("no rectangle: {text}")
        };
        Self {
            left: x,
            top: y,
            right: x + width,
            bottom: y + height,
        }
    }

    fn grown(self, by: f64) -> Self {
        Self {
            left: self.left - by,
            top: self.top - by,
            right: self.right + by,
            bottom: self.bottom + by,
        }
    }

    fn overlaps(self, other: Self) -> bool {
        self.left < other.right - SLACK
            && other.left < self.right - SLACK
            && self.top < other.bottom - SLACK
            && other.top < self.bottom - SLACK
    }

    fn holds(self, other: Self) -> bool {
        let outer = self.grown(SLACK);
        outer.left <= other.left
            && outer.top <= other.top
            && outer.right >= other.right
            && outer.bottom >= other.bottom
    }

    /// The area that a stretch of a line covers.
    fn around(from: (f64, f64), to: (f64, f64)) -> Self {
        Self {
            left: from.0.min(to.0),
            top: from.1.min(to.1),
            right: from.0.max(to.0),
            bottom: from.1.max(to.1),
        }
    }

    /// Whether an upright or level stretch runs through it.
    fn is_crossed(self, from: (f64, f64), to: (f64, f64)) -> bool {
        let (inner, line) = (self.grown(-1.5), Self::around(from, to));
        line.left < inner.right
            && line.right > inner.left
            && line.top < inner.bottom
            && line.bottom > inner.top
    }
}

struct Flow {
    id: String,
    ends: [String; 2],
    label: String,
    is_labeled: bool,
    corners: Vec<(f64, f64)>,
}

struct Label {
    flows: Vec<String>,
    area: Area,
}

#[derive(Default)]
struct Drawn {
    page: Option<Area>,
    nodes: Vec<(String, String, Area)>,
    flows: Vec<Flow>,
    labels: Vec<Label>,
    bands: Vec<(String, Area)>,
    frames: Vec<Area>,
    /// What bands are called, and where the lines of their titles start.
    titles: Vec<(String, Area)>,
    is_sequence: bool,
}

fn drawn(svg: &str) -> Drawn {
    let document = Document::parse(svg).expect("XML");
    let mut drawn = Drawn {
        page: document.root_element().attribute("viewBox").map(Area::read),
        ..Drawn::default()
    };
    for node in document.descendants() {
        let attribute = |name: &str| node.attribute(name).unwrap_or("").to_owned();
        let area = node.attribute("data-bbox").map(Area::read);
        drawn.is_sequence |= attribute("class").starts_with("lifeline");
        if let (Some(id), Some(area)) = (node.attribute("data-node"), area) {
            drawn
                .nodes
                .push((id.to_owned(), attribute("data-layer"), area));
        }
        if let (Some(id), Some(area)) = (node.attribute("data-band"), area) {
            drawn.bands.push((id.to_owned(), area));
            let texts = node.children().filter(|child| child.has_tag_name("text"));
            drawn.titles.extend(texts.filter_map(|text| {
                let at = |name: &str| text.attribute(name)?.parse::<f64>().ok();
                let (x, y) = (at("x")?, at("y")?);
                Some((id.to_owned(), Area::around((x, y - 8.0), (x + 12.0, y))))
            }));
        }
        if let (Some(_), Some(area)) = (node.attribute("data-group"), area) {
            drawn.frames.push(area);
        }
        if let (Some(flows), Some(area)) = (node.attribute("data-label-for"), area) {
            drawn.labels.push(Label {
                flows: flows.split(' ').map(str::to_owned).collect(),
                area,
            });
        }
        if let Some(id) = node.attribute("data-edge") {
            drawn.flows.push(Flow {
                id: id.to_owned(),
                ends: [attribute("data-source"), attribute("data-target")],
                label: attribute("aria-label"),
                is_labeled: node.attribute("data-label").is_some(),
                corners: corners(node),
            });
        }
    }
    drawn
}

/// The corners of a flow's first path; a round corner counts as the point it is bent around.
fn corners(flow: Node<'_, '_>) -> Vec<(f64, f64)> {
    let path = flow
        .descendants()
        .find_map(|node| node.attribute("d"))
        .expect("a flow has a path");
    let mut corners = Vec::new();
    for piece in path
        .split_inclusive(|c: char| c.is_ascii_alphabetic())
        .collect::<Vec<_>>()
        .windows(2)
    {
        let command = piece[0].chars().last().unwrap_or(' ');
        let text = piece[1].trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let numbers: Vec<f64> = text
            .split(' ')
            .map(|number| number.parse().expect("a number"))
            .collect();
        match command {
            'M' | 'L' | 'Q' => corners.push((numbers[0], numbers[1])),
            other => panic!("unexpected command {other} in {path}"),
        }
        if command == 'Q' {
            corners.push((numbers[2], numbers[3]));
        }
    }
    corners
}

/// Everything that is wrong with a picture.
pub(crate) fn faults(svg: &str) -> Vec<String> {
    let drawn = drawn(svg);
    let mut faults = Vec::new();
    boxes(&drawn, &mut faults);
    labels(&drawn, &mut faults);
    if !drawn.is_sequence {
        bands(&drawn, &mut faults);
        flows(&drawn, &mut faults);
        shared_lines(&drawn, &mut faults);
    }
    faults
}

fn boxes(drawn: &Drawn, faults: &mut Vec<String>) {
    for (index, (id, _, area)) in drawn.nodes.iter().enumerate() {
        for (other, _, second) in &drawn.nodes[index + 1..] {
            if area.overlaps(*second) {
                faults.push(format!("`{id}` and `{other}` overlap"));
            }
        }
        if drawn.page.is_some_and(|page| !page.holds(*area)) {
            faults.push(format!("`{id}` is outside of the picture"));
        }
    }
}

fn bands(drawn: &Drawn, faults: &mut Vec<String>) {
    let areas: BTreeMap<&str, Area> = drawn
        .bands
        .iter()
        .map(|(id, area)| (id.as_str(), *area))
        .collect();
    for pair in drawn.bands.windows(2) {
        let (first, second) = (pair[0].1, pair[1].1);
        let is_below = second.top >= first.bottom - SLACK;
        let is_right = second.left >= first.right - SLACK;
        if !is_below && !is_right {
            faults.push(format!(
                "band `{}` does not come after `{}`",
                pair[1].0, pair[0].0
            ));
        }
    }
    for (id, layer, area) in &drawn.nodes {
        match areas.get(layer.as_str()) {
            Some(band) if !band.holds(*area) => {
                faults.push(format!("`{id}` is outside of its band"));
            }
            _ => {}
        }
        for (band, other) in areas.iter().filter(|(band, _)| *band != layer) {
            if area.overlaps(*other) {
                faults.push(format!("`{id}` is in the band `{band}`"));
            }
        }
    }
    for (band, title) in &drawn.titles {
        let above = drawn
            .frames
            .iter()
            .chain(drawn.nodes.iter().map(|(.., area)| area));
        if above.into_iter().any(|area| area.overlaps(*title)) {
            faults.push(format!("the title of band `{band}` is covered"));
        }
    }
    for (id, _, area) in &drawn.nodes {
        let cut = drawn
            .frames
            .iter()
            .filter(|frame| area.overlaps(**frame) && !frame.holds(*area));
        faults.extend(cut.map(|_| format!("`{id}` stands across the border of a frame")));
    }
}

fn flows(drawn: &Drawn, faults: &mut Vec<String>) {
    for flow in &drawn.flows {
        for line in flow.corners.windows(2) {
            if (line[0].0 - line[1].0).abs() > SLACK && (line[0].1 - line[1].1).abs() > SLACK {
                faults.push(format!("`{}` is neither upright nor level", flow.label));
            }
            for (id, _, area) in &drawn.nodes {
                if !flow.ends.contains(id) && area.is_crossed(line[0], line[1]) {
                    faults.push(format!("`{}` runs through `{id}`", flow.label));
                }
            }
            if drawn
                .page
                .is_some_and(|page| !page.holds(Area::around(line[0], line[1])))
            {
                faults.push(format!("`{}` leaves the picture", flow.label));
            }
        }
        let corners = [flow.corners.first(), flow.corners.last()];
        for (end, corner) in flow.ends.iter().zip(corners) {
            let node = drawn.nodes.iter().find(|(id, ..)| id == end);
            let touches = node.zip(corner).is_some_and(|((.., area), corner)| {
                area.grown(HEAD)
                    .overlaps(Area::around(*corner, *corner).grown(SLACK))
                    && !area.is_crossed(*corner, *corner)
            });
            if !touches {
                faults.push(format!("`{}` does not end at `{end}`", flow.label));
            }
        }
    }
}

fn labels(drawn: &Drawn, faults: &mut Vec<String>) {
    for (index, label) in drawn.labels.iter().enumerate() {
        let name = label.flows.join(" ");
        for other in &drawn.labels[index + 1..] {
            if label.area.overlaps(other.area) {
                faults.push(format!(
                    "labels of {name} and {} overlap",
                    other.flows.join(" ")
                ));
            }
        }
        for (id, _, area) in &drawn.nodes {
            if label.area.overlaps(*area) {
                faults.push(format!("the label of {name} is on `{id}`"));
            }
        }
        for flow in drawn
            .flows
            .iter()
            .filter(|flow| !label.flows.contains(&flow.id))
        {
            if flow
                .corners
                .windows(2)
                .any(|line| label.area.is_crossed(line[0], line[1]))
            {
                faults.push(format!("`{}` runs through the label of {name}", flow.label));
            }
        }
        let is_near = |id: &String| {
            let flow = drawn.flows.iter().find(|flow| flow.id == *id);
            flow.is_some_and(|flow| {
                flow.corners
                    .windows(2)
                    .any(|line| label.area.grown(10.0).is_crossed(line[0], line[1]))
            })
        };
        if !label.flows.iter().all(is_near) {
            faults.push(format!("the label of {name} is far from its flow"));
        }
    }
    for flow in &drawn.flows {
        let own = drawn
            .labels
            .iter()
            .filter(|label| label.flows.contains(&flow.id));
        let number = own.count();
        if number != usize::from(flow.is_labeled) {
            faults.push(format!("`{}` has {number} labels", flow.label));
        }
    }
}

/// Flows that have no end in common never share a line.
fn shared_lines(drawn: &Drawn, faults: &mut Vec<String>) {
    for (index, flow) in drawn.flows.iter().enumerate() {
        let unrelated = |other: &&Flow| !other.ends.iter().any(|end| flow.ends.contains(end));
        for other in drawn.flows[index + 1..].iter().filter(unrelated) {
            let pairs = flow
                .corners
                .windows(2)
                .flat_map(|a| other.corners.windows(2).map(move |b| (a, b)));
            let shared: f64 = pairs.map(|(a, b)| shared(a, b)).sum();
            if shared > 2.0 {
                faults.push(format!(
                    "`{}` and `{}` share a line",
                    flow.label, other.label
                ));
            }
        }
    }
}

/// The length that two stretches have in common.
fn shared(a: &[(f64, f64)], b: &[(f64, f64)]) -> f64 {
    let is_upright = |line: &[(f64, f64)]| (line[0].0 - line[1].0).abs() < SLACK;
    if is_upright(a) != is_upright(b) {
        return 0.0;
    }
    let (a, b) = (Area::around(a[0], a[1]), Area::around(b[0], b[1]));
    let apart = |low: f64, high: f64| high - low;
    let (across, along) = if a.right - a.left < a.bottom - a.top {
        (
            (a.left - b.left).abs(),
            apart(a.top.max(b.top), a.bottom.min(b.bottom)),
        )
    } else {
        (
            (a.top - b.top).abs(),
            apart(a.left.max(b.left), a.right.min(b.right)),
        )
    };
    if across < 1.5 { along.max(0.0) } else { 0.0 }
}

/// A picture in which everything is wrong.
fn the_checker_can_fail() -> Result<(), Failed> {
    let svg = "<svg viewBox=\"0 0 400 300\">\
        <g data-band=\"a\" data-bbox=\"0 100 400 80\"/><g data-band=\"b\" data-bbox=\"0 90 400 80\"/>\
        <g data-node=\"x\" data-layer=\"a\" data-bbox=\"10 200 60 40\"/><g data-node=\"y\" data-layer=\"b\" data-bbox=\"50 210 60 40\"/>\
        <g data-node=\"z\" data-layer=\"b\" data-bbox=\"380 110 60 40\"/>\
        <g data-edge=\"e1\" data-source=\"x\" data-target=\"z\" aria-label=\"X → Z: w\" data-label=\"w\"><path d=\"M40 200L40 20L200 20L200 300L90 300L90 100\"/></g>\
        <g data-label-for=\"e2\" data-bbox=\"60 220 40 15\"/></svg>";
    let faults = faults(svg).join("\n");
    for wanted in [
        "overlap",
        "outside of the picture",
        "outside of its band",
        "does not come after",
        "runs through `y`",
        "does not end",
        "is on `y`",
        "far from its flow",
        "has 0 labels",
        "runs through the label",
    ] {
        ensure(faults.contains(wanted), || {
            format!("not found: {wanted}\n{faults}")
        })?;
    }
    Ok(())
}
