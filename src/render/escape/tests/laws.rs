//! Laws: what holds for any text, checked with small decoders of our own.

use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser};

use super::{encoded, links::URLS};
use crate::render::escape::Context;
use crate::text::clean::clean;

/// What ends a link, a string or a tag in some language.
const LINK_DELIMITERS: &str = "\"'()<>\\`{|}";

/// Texts made of the characters and words that mean something somewhere.
fn hostile() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "\"",
        "'",
        "`",
        "\\",
        "<",
        ">",
        "&",
        ";",
        "#",
        "%",
        "{",
        "}",
        "[",
        "]",
        "(",
        ")",
        "|",
        "~",
        "*",
        "_",
        "$",
        "@",
        "!",
        "^",
        "=",
        "+",
        "-",
        "/",
        "?",
        ":",
        ".",
        ",",
        " ",
        "  ",
        "\n",
        "\r\n",
        "\r",
        "\t",
        "\0",
        "\u{85}",
        "\u{2028}",
        "\u{feff}",
        "\u{a0}",
        "a",
        "B",
        "7",
        "é",
        "消",
        "🚀",
        "ﬂ°",
        "¶ß",
        "–",
        "“",
        "\u{e000}",
        "Ⓐ",
        "fa:fa-",
        "www",
        "http://",
        "mailto:",
        "wrap",
        "<U+",
        "]]>",
        "\\n",
        "&lt;",
        "&#65;",
        "&copy;",
        "%%{init}",
        "%date()",
        ":+1:",
        "javascript:",
        "end",
        "style",
    ]);
    let soup = prop::collection::vec(words, 0..12).prop_map(|words| words.concat());
    prop_oneof![4 => soup, 1 => any::<String>()]
}

/// Texts made of words and what stands between them.
fn wordy() -> impl Strategy<Value = String> {
    let parts = prop::sample::select(vec![
        "a", "B2", "7", "7.5", "www", "W", "end", "fa", ".", "-", "_", " ", " · ", "·", "wrap",
    ]);
    prop::collection::vec(parts, 0..8).prop_map(|parts| parts.concat())
}

/// Decodes a text left to right; a character that starts escapes must start a known one.
fn decoded(text: &str, starts: &[char], escapes: &[(&str, &str)]) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(c) = rest.chars().next() {
        let known = escapes.iter().find(|(code, _)| rest.starts_with(code));
        assert!(
            known.is_some() || !starts.contains(&c),
            "stray {c:?} in {text:?}"
        );
        let (code, shown) = known.map_or((&rest[..c.len_utf8()], &rest[..c.len_utf8()]), |k| *k);
        out.push_str(shown);
        rest = &rest[code.len()..];
    }
    out
}

/// Decodes numbers between an opening and a closing mark.
fn numbers_decoded(text: &str, open: &str, close: char, radix: u32) -> String {
    let mut parts = text.split(open);
    let mut out = parts.next().unwrap().to_owned();
    for part in parts {
        let (code, rest) = part.split_once(close).unwrap();
        out.extend(char::from_u32(u32::from_str_radix(code, radix).unwrap()));
        out.push_str(rest);
    }
    out
}

/// The trimmed lines of a clean text, without word joiners.
fn shown(text: &str) -> String {
    let lines: Vec<&str> = text.split('\n').map(str::trim).collect();
    lines.join("\n").replace('\u{2060}', "")
}

/// What a Markdown reader shows of inline text; anything but text and line breaks is a failure.
fn markdown_shown(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM;
    let mut out = String::new();
    for event in Parser::new_ext(markdown, options).skip(1) {
        match event {
            Event::Text(text) => out.push_str(&text),
            Event::InlineHtml(tag) if &*tag == "<br>" => out.push('\n'),
            Event::End(_) => {}
            other => panic!("{other:?} in {markdown:?}"),
        }
    }
    out
}

/// Every encoder reads a long line once: quadratic time would take minutes here.
#[test]
fn encoders_are_linear() {
    let units = [
        "#", "1.", ":", "&a", "@", "`", "wrap:", "www.", "fa:fa-", "]]>", "%$", "_", "\u{a0}:",
    ];
    for unit in units {
        let text = unit.repeat(20_000) + "x";
        let link = format!("https://{text}");
        for context in Context::ALL {
            let text = if URLS.contains(&context) {
                &link
            } else {
                &text
            };
            assert!(encoded(context, text).len() >= 20_000);
        }
    }
}

proptest! {
    #[test]
    fn words_that_skip_an_encoder_would_pass_it_unchanged(text in prop_oneof![hostile(), wordy()]) {
        for context in Context::ALL {
            let mut slowly = String::new();
            context.row().1(&text, &mut slowly);
            prop_assert_eq!(encoded(context, &text), slowly, "{}", context.name());
        }
    }

    #[test]
    fn clean_is_idempotent(text in hostile()) {
        let once = clean(&text).into_owned();
        prop_assert_eq!(&*clean(&once), &once);
        prop_assert!(once.chars().all(|c| c == '\n' || !c.is_control()));
    }

    #[test]
    fn only_blocks_have_lines(text in hostile()) {
        for context in Context::ALL {
            let out = encoded(context, &text);
            let has_lines = matches!(context, Context::PlantumlBlock | Context::AsciidocText);
            prop_assert!(!out.contains('\n') || has_lines);
            prop_assert!(out.chars().all(|c| c == '\n' || !c.is_control()) || context == Context::Json);
        }
    }

    #[test]
    fn links_keep_to_ascii_without_delimiters(text in hostile()) {
        for context in URLS {
            for link in [text.clone(), format!("https://{text}"), format!("#{text}")] {
                let out = encoded(context, &link);
                let is_safe = |c: char| c.is_ascii_graphic() && !LINK_DELIMITERS.contains(c);
                prop_assert!(out.chars().all(is_safe), "{}", out);
                prop_assert!(!out.to_ascii_lowercase().starts_with("javascript:"));
            }
        }
    }

    #[test]
    fn mermaid_labels_decode_to_the_text(text in hostile()) {
        let out = encoded(Context::MermaidLabel, &text);
        prop_assert!(!out.is_empty() && !out.contains(['"', '`']) && !out.contains("%%"));
        prop_assert_eq!(mermaid_shown(&out), shown(&clean(&text)));
    }

    #[test]
    fn mermaid_sequences_decode_to_the_text(text in hostile()) {
        let out = encoded(Context::MermaidSequence, &text);
        prop_assert!(!out.is_empty() && !out.contains("%%"));
        let words = |text: String| text.replace([' ', '\u{200b}'], "");
        prop_assert_eq!(words(mermaid_shown(&out)), words(shown(&clean(&text))));
    }

    #[test]
    fn plantuml_blocks_decode_to_the_text(text in hostile()) {
        let out = encoded(Context::PlantumlBlock, &text);
        for line in out.split('\n') {
            prop_assert!(!line.is_empty() && !line.starts_with(['@', '!', '\'', '%']));
            prop_assert!(!line.contains(['"', '%', '!', '@', '\'', '\\']));
        }
        let decoded = numbers_decoded(&numbers_decoded(&out, "<U+", '>', 16), "&#", ';', 10);
        prop_assert_eq!(shown(&decoded), shown(&clean(&text)));
        let tooltip = encoded(Context::PlantumlTooltip, &text);
        let has_delimiter = tooltip.contains(['{', '}', '[', ']', '"']);
        prop_assert!(!has_delimiter, "{}", tooltip);
    }

    #[test]
    fn dot_labels_decode_to_the_clean_text(text in hostile()) {
        let escapes = [("\\\\", "\\"), ("\\\"", "\""), ("\\n", "\n"), ("&amp;", "&")];
        let out = encoded(Context::DotLabel, &text);
        prop_assert_eq!(decoded(&out, &['\\', '"', '&'], &escapes), clean(&text));
    }

    #[test]
    fn dot_html_decodes_to_the_clean_text(text in hostile()) {
        let escapes = [
            ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&"), ("\\\\", "\\"),
            ("<BR/>", "\n"),
        ];
        let out = encoded(Context::DotHtml, &text);
        prop_assert_eq!(decoded(&out, &['\\', '"', '&', '<', '>'], &escapes), clean(&text));
    }

    #[test]
    fn d2_strings_decode_to_the_clean_text(text in hostile()) {
        let escapes = [("\\\\", "\\"), ("\\\"", "\""), ("\\n", "\n"), ("\\$", "$")];
        let out = encoded(Context::D2String, &text);
        prop_assert_eq!(decoded(&out, &['\\', '"', '$'], &escapes), clean(&text));
    }

    #[test]
    fn json_strings_decode_to_the_given_text(text in hostile()) {
        let quoted = format!("\"{}\"", encoded(Context::Json, &text));
        prop_assert_eq!(serde_json::from_str::<String>(&quoted).unwrap(), text);
    }

    #[test]
    fn markdown_texts_show_the_text(text in hostile()) {
        let clean = shown(&clean(&text));
        let lines: Vec<&str> = clean.split('\n').filter(|line| !line.is_empty()).collect();
        let out = encoded(Context::MarkdownText, &text);
        prop_assert_eq!(shown(&markdown_shown(&out)), lines.join("\n"));
    }
}

/// What Mermaid shows of a label.
fn mermaid_shown(label: &str) -> String {
    let named = [
        ("<br/>", "\n"),
        ("#quot;", "#34;"),
        ("#lt;", "#60;"),
        ("#gt;", "#62;"),
        ("#amp;", "#38;"),
    ];
    shown(&numbers_decoded(
        &decoded(label, &['<', '>', '&'], &named),
        "#",
        ';',
        10,
    ))
}
