//! Links: which addresses are refused, and how the others are spelled per language.

use super::check;
use crate::render::escape::Context;
use crate::render::escape::link::is_allowed;

/// Every context that holds an address.
pub(super) const URLS: [Context; 6] = [
    Context::MermaidUrl,
    Context::PlantumlUrl,
    Context::DotUrl,
    Context::D2Url,
    Context::MarkdownUrl,
    Context::HtmlUrl,
];

#[test]
fn links_to_pages_files_and_mail_are_allowed() {
    for link in [
        "https://example.com/a?b=c&d=e#f",
        "HTTP://example.com",
        "mailto:team@example.com",
        "docs/kafka.md",
        "../x.md#top",
        "/root",
        "./a:b",
        "#kafka",
        "?page=2",
        "R&D.md",
    ] {
        assert!(is_allowed(link), "{link}");
    }
}

#[test]
fn other_links_are_refused_and_write_nothing() {
    for link in [
        "",
        " ",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "java\tscript:x",
        "\u{1}javascript:x",
        "javascript :x",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://example.com",
        "blob:x",
        "//example.com",
        "https:",
        "https://",
        "https:example.com",
        "mailto:",
        "a:b",
        ":x",
        " https://example.com",
        "https://example.com ",
        "https://example.com/\u{85}",
    ] {
        assert!(!is_allowed(link), "{link:?}");
        for context in URLS {
            check(context, link, "");
        }
    }
}

#[test]
fn links_are_encoded_for_their_target() {
    let link = "https://x.org/a b(c)?d=\"e\"&f=[1];g=$h#i#j";
    check(
        Context::MermaidUrl,
        link,
        "https://x.org/a%20b%28c%29?d=%22e%22&f=[1]%3Bg=$h#i%23j",
    );
    check(
        Context::PlantumlUrl,
        link,
        "https://x.org/a%20b%28c%29?d=%22e%22&f=%5B1%5D;g=$h#i%23j",
    );
    check(
        Context::D2Url,
        link,
        "https://x.org/a%20b%28c%29?d=%22e%22&f=[1];g=%24h#i%23j",
    );
    let html = "https://x.org/a%20b%28c%29?d=%22e%22&amp;f=[1];g=$h#i%23j";
    for context in [Context::DotUrl, Context::MarkdownUrl, Context::HtmlUrl] {
        check(context, link, html);
    }
}

#[test]
fn links_keep_percent_codes_and_lose_everything_unsafe() {
    check(Context::HtmlUrl, "a%20b%zz%", "a%20b%25zz%25");
    check(Context::HtmlUrl, "docs/über.md", "docs/%C3%BCber.md");
    check(Context::HtmlUrl, "a\\b|c", "a%5Cb%7Cc");
    check(
        Context::MarkdownUrl,
        "javascript&colon;alert(1)",
        "javascript%26colon;alert%281%29",
    );
    check(
        Context::MarkdownUrl,
        "&#106;avascript:x",
        "%26#106;avascript:x",
    );
}
