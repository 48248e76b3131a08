//! The document as the body of an HTML page.
//!
//! In: the Markdown of the document, and drawings for its Mermaid pictures. Out: HTML. Only the
//! few tags that the document's own templates write pass; any other is shown as text.
//! Refuses to know: what the document says.

use std::collections::BTreeMap;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd, html};

use super::super::escape::link;

/// Tags that Markdown templates write.
const OWN_TAGS: [&str; 8] = [
    "<br>",
    "<br/>",
    "<details>",
    "</details>",
    "<summary>",
    "</summary>",
    "<code>",
    "</code>",
];

/// The body; `drawings` are by the Mermaid source that they show.
pub(in crate::render) fn body(markdown: &str, drawings: &BTreeMap<String, String>) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS;
    let events: Vec<Event<'_>> = Parser::new_ext(markdown, options).collect();
    let mut page = Page {
        out: Vec::with_capacity(events.len()),
        slugs: BTreeMap::new(),
        refused: 0,
    };
    let mut rest = events.as_slice();
    while let [first, after @ ..] = rest {
        rest = match first {
            Event::Start(Tag::Heading { .. }) => page.heading(first, after),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(name))) if &**name == "mermaid" => {
                page.picture(after, drawings)
            }
            Event::Start(Tag::Item) => page.item(first, after),
            event => {
                page.plain(event);
                after
            }
        };
    }
    let mut text = String::new();
    html::push_html(&mut text, page.out.into_iter());
    text
}

/// Events of the page, as far as they are known.
struct Page<'e> {
    out: Vec<Event<'e>>,
    /// How often a heading's address was given.
    slugs: BTreeMap<String, usize>,
    /// Links that are open and lead nowhere.
    refused: usize,
}

impl<'e> Page<'e> {
    fn raw(&mut self, text: impl Into<CowStr<'e>>) {
        self.out.push(Event::Html(text.into()));
    }

    /// Everything that needs no look at what follows.
    fn plain(&mut self, event: &Event<'e>) {
        match event {
            Event::Html(text) | Event::InlineHtml(text) => {
                let own = own_tags(text);
                self.raw(own);
            }
            Event::Start(Tag::Table(_)) => {
                self.raw("<div class=\"table\">");
                self.out.push(event.clone());
            }
            Event::End(TagEnd::Table) => {
                self.out.push(event.clone());
                self.raw("</div>\n");
            }
            Event::Start(Tag::Link { dest_url, .. }) if !link::is_allowed(dest_url) => {
                self.refused += 1;
            }
            Event::End(TagEnd::Link) if self.refused > 0 => self.refused -= 1,
            Event::Code(text) if is_color(text) => {
                self.raw(format!(
                    "<span class=\"swatch\" style=\"background:{text}\"></span>"
                ));
                self.out.push(event.clone());
            }
            // No picture is fetched from anywhere.
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => {}
            other => self.out.push(other.clone()),
        }
    }

    /// A heading gets the address that GitHub would give it.
    fn heading<'r>(&mut self, first: &Event<'e>, rest: &'r [Event<'e>]) -> &'r [Event<'e>] {
        let end = rest
            .iter()
            .position(|event| matches!(event, Event::End(TagEnd::Heading(_))));
        let inside = &rest[..end.unwrap_or(rest.len())];
        let words: String = inside
            .iter()
            .filter_map(|event| match event {
                Event::Text(text) | Event::Code(text) => Some(text.as_ref()),
                _ => None,
            })
            .collect();
        let slug = self.slug(&words);
        if let Event::Start(Tag::Heading { level, .. }) = first {
            self.out.push(Event::Start(Tag::Heading {
                level: *level,
                id: Some(slug.into()),
                classes: Vec::new(),
                attrs: Vec::new(),
            }));
        }
        rest
    }

    fn slug(&mut self, words: &str) -> String {
        let kept = words
            .trim()
            .chars()
            .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        let slug = kept.collect::<String>().to_lowercase().replace(' ', "-");
        let count = self.slugs.entry(slug.clone()).or_insert(0);
        *count += 1;
        if *count == 1 {
            slug
        } else {
            format!("{slug}-{}", *count - 1)
        }
    }

    /// A Mermaid picture becomes its drawing, or its source where there is none.
    fn picture<'r>(
        &mut self,
        rest: &'r [Event<'e>],
        drawings: &BTreeMap<String, String>,
    ) -> &'r [Event<'e>] {
        let end = rest
            .iter()
            .position(|event| matches!(event, Event::End(TagEnd::CodeBlock)));
        let end = end.unwrap_or(rest.len());
        let source: String = rest[..end]
            .iter()
            .filter_map(|event| match event {
                Event::Text(text) => Some(text.as_ref()),
                _ => None,
            })
            .collect();
        let drawn = drawings.get(source.trim());
        let shown = drawn.map(|drawing| format!("<figure>{drawing}</figure>\n"));
        self.raw(shown.unwrap_or_else(|| as_source(&source)));
        rest.get(end + 1..).unwrap_or_default()
    }

    /// An item of a checklist shows its state without a form control.
    fn item<'r>(&mut self, first: &Event<'e>, rest: &'r [Event<'e>]) -> &'r [Event<'e>] {
        let Some((Event::TaskListMarker(holds), after)) = rest.split_first() else {
            self.out.push(first.clone());
            return rest;
        };
        self.raw(if *holds {
            "<li class=\"task\"><span class=\"box\" role=\"img\" aria-label=\"holds\">✓</span>"
        } else {
            "<li class=\"task open\"><span class=\"box\" role=\"img\" aria-label=\"does not hold\">✗</span>"
        });
        after
    }
}

/// A picture that nothing draws.
fn as_source(mermaid: &str) -> String {
    let shown = escaped(mermaid);
    format!(
        "<details><summary>Picture, as Mermaid source</summary>\n<pre><code>{shown}</code></pre>\n</details>\n"
    )
}

/// Text as HTML shows it, with its line breaks.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// HTML in which every tag but the document's own is text.
fn own_tags(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '>']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(tag) = OWN_TAGS.iter().find(|tag| rest.starts_with(**tag)) {
            out.push_str(tag);
            rest = &rest[tag.len()..];
        } else {
            out.push_str(if rest.starts_with('<') {
                "&lt;"
            } else {
                "&gt;"
            });
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}

/// `#RGB` or `#RRGGBB`.
fn is_color(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|digits| {
        matches!(digits.len(), 3 | 6) && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
    })
}
