//! The page around the data: script, style and policy are built ahead.
//!
//! In: the data as JSON. Out: HTML. The template is built by `explorer/build.mjs`; its
//! content security policy allows its own script and style by hash, and nothing else.
//! Refuses to know: what the data says.

use crate::render::escape::html;

const TEMPLATE: &str = include_str!("../../templates/explorer.html");

/// Whether the page follows a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Live {
    /// A file that stands alone.
    No,
    /// A page of `serve`, with the version of its data.
    Version(u64),
}

/// The whole page.
pub fn page(title: &str, data: &str, live: Live) -> String {
    let (attribute, connect) = match live {
        Live::No => (String::new(), "'none'"),
        Live::Version(version) => (format!(" data-live=\"{version}\""), "'self'"),
    };
    let mut page = String::with_capacity(TEMPLATE.len() + data.len() + title.len());
    let mut rest = TEMPLATE;
    let mut name = String::new();
    html::text(title, &mut name);
    let data = data.replace('<', "\\u003c");
    let values = [
        ("{live}", attribute.as_str()),
        ("{connect}", connect),
        ("{title}", name.as_str()),
        ("{data}", data.as_str()),
    ];
    for (place, value) in values {
        if let Some((before, after)) = rest.split_once(place) {
            page.push_str(before);
            page.push_str(value);
            rest = after;
        }
    }
    page.push_str(rest);
    page
}

#[cfg(test)]
mod tests {
    use super::{Live, page};

    #[test]
    fn text_of_the_model_never_ends_the_data() {
        let page = page("<b>&</b>", r#"{"name":"</script><script>"}"#, Live::No);
        assert!(page.contains("<title>&lt;b&gt;&amp;&lt;/b&gt;</title>"));
        assert!(page.contains(r#"{"name":"\u003c/script>\u003cscript>"}"#));
        assert_eq!(page.matches("<script").count(), 2);
    }

    #[test]
    fn only_a_live_page_may_connect() {
        assert!(page("", "{}", Live::No).contains("connect-src 'none'"));
        let live = page("", "{}", Live::Version(7));
        assert!(live.contains("connect-src 'self'") && live.contains("data-live=\"7\""));
    }
}
