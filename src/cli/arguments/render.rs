//! The arguments of `render`, and of pictures everywhere.
//!
//! In: the process's arguments. Out: typed options, with examples for `--help`. Refuses to know:
//! what the command does.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  archviz render                                          all views in all formats but png into out/
  archviz render -f svg -f png -f drawio                  pictures that need nothing installed
  archviz render -f mermaid -f dot -o docs/architecture
  archviz render -f mermaid --view event_backbone -o -    one picture to stdout
  archviz render -f svg --previous out/                   keep the positions of what was there
  archviz render -f png --view full --scale 3 --theme dark
  archviz render -f html --since main                     the explorer, with what changed since `main`
  archviz render --check                                  fail if what is in out/ is stale or left over
  archviz render --prune                                  delete what earlier runs left over
  archviz render --template diagram.csv.j2                a format of your own, one file a view
  archviz render --templates my-templates/                override built-in templates file by file")]
pub(in crate::cli) struct RenderOptions {
    /// A format, or `all`; repeatable [default: the spec's outputs, or all but png]
    #[arg(long, short, value_name = "FORMAT", action = clap::ArgAction::Append)]
    pub(in crate::cli) format: Vec<String>,
    /// A view; repeatable [default: the spec's outputs, or all]
    #[arg(long, value_name = "VIEW", action = clap::ArgAction::Append)]
    pub(in crate::cli) view: Vec<String>,
    /// The folder to write into, or `-` for one text on stdout [default: the spec's outputs, or out]
    #[arg(long, short, value_name = "DIR")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// Write nothing; show how what is there differs, and fail if it does
    #[arg(long)]
    pub(in crate::cli) check: bool,
    /// Delete files of earlier runs that no view or format makes any more
    #[arg(long, conflicts_with = "check")]
    pub(in crate::cli) prune: bool,
    /// A template of your own as a further format: `diagram.EXT.j2`, `sequence.EXT.j2` or `document.EXT.j2`
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) template: Option<PathBuf>,
    /// A folder whose templates override built-in ones of the same name [default: templates/ beside the spec]
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) templates: Option<PathBuf>,
    /// Show in the explorer (html) what changed since this file, folder or git revision
    #[arg(long, value_name = "BASE")]
    pub(in crate::cli) since: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) pictures: PictureOptions,
}

/// How svg, png and drawio are drawn.
#[derive(Debug, Args)]
#[command(next_help_heading = "Pictures (svg, png, drawio)")]
pub(in crate::cli) struct PictureOptions {
    /// The ground that pictures are shown on
    #[arg(long, value_enum, default_value_t = Theme::Auto, value_name = "THEME")]
    pub(in crate::cli) theme: Theme,
    /// Pixels of PNG for each unit of the drawing, from 0.1 to 10
    #[arg(long, default_value_t = 2.0, value_name = "N", value_parser = scale)]
    pub(in crate::cli) scale: f64,
    /// Put the letters of Latin languages into every SVG
    #[arg(long)]
    pub(in crate::cli) embed_font: bool,
    /// Draw every card of a large view; more than 120 are folded together by default
    #[arg(long)]
    pub(in crate::cli) full: bool,
    /// Keep order and positions of an earlier SVG, or of those in a folder
    #[arg(long, value_name = "PATH")]
    pub(in crate::cli) previous: Option<PathBuf>,
}

/// The ground that pictures are shown on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Theme {
    /// What the reader's system prefers; light in PNG
    Auto,
    /// Light
    Light,
    /// Dark
    Dark,
}

fn scale(text: &str) -> Result<f64, String> {
    let scale = text.parse::<f64>().ok();
    let in_range = scale.filter(|scale| (0.1..=10.0).contains(scale));
    in_range.ok_or_else(|| "a number from 0.1 to 10".to_owned())
}
