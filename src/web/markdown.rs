//! Markdown from people: rendered, then sanitised. What comes out may stand in a page unescaped.

use std::collections::HashSet;
use std::sync::LazyLock;

/// HTML that was sanitised: the only thing that templates may print with `|safe`.
pub struct SafeHtml(String);

impl std::fmt::Display for SafeHtml {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Text, lists, quotes, code and links; no pictures, no headings above the page's own, nothing that runs.
static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let tags = ["p", "br", "ul", "ol", "li", "em", "strong", "del", "code", "pre", "blockquote", "a", "h3", "h4", "h5", "h6", "hr"];
    let mut cleaner = ammonia::Builder::default();
    cleaner
        .tags(HashSet::from(tags))
        .link_rel(Some("nofollow noopener noreferrer ugc"))
        .url_schemes(HashSet::from(["http", "https", "mailto"]));
    cleaner
});

/// Renders what somebody wrote.
pub fn render(text: &str) -> SafeHtml {
    use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
    // A page's own headings are h1 and h2; below them no level is left out, whatever was typed.
    let mut levels: Vec<HeadingLevel> = Vec::new();
    let mut below = move |level: HeadingLevel| {
        while levels.last().is_some_and(|above| *above >= level) {
            levels.pop();
        }
        levels.push(level);
        match levels.len() {
            1 => HeadingLevel::H3,
            2 => HeadingLevel::H4,
            3 => HeadingLevel::H5,
            _ => HeadingLevel::H6,
        }
    };
    let mut open = HeadingLevel::H3;
    let events = Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH).map(|event| match event {
        Event::Start(Tag::Heading { level, id, classes, attrs }) => {
            open = below(level);
            Event::Start(Tag::Heading { level: open, id, classes, attrs })
        }
        Event::End(TagEnd::Heading(_)) => Event::End(TagEnd::Heading(open)),
        // Raw HTML is shown as it was typed.
        Event::Html(typed) | Event::InlineHtml(typed) => Event::Text(typed),
        Event::SoftBreak => Event::HardBreak,
        other => other,
    });
    let mut out = String::new();
    html::push_html(&mut out, events);
    SafeHtml(CLEANER.clean(&out).to_string())
}

/// What somebody wrote without its marks, on one line: for the beginnings that lists show.
pub fn plain(text: &str) -> String {
    use pulldown_cmark::{Event, Options, Parser, TagEnd};
    let mut out = String::new();
    for event in Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Text(words) | Event::Code(words) | Event::Html(words) | Event::InlineHtml(words) => out.push_str(&words),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::CodeBlock)
                if !out.ends_with(' ') =>
            {
                out.push(' ')
            }
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::{plain, render};

    #[test]
    fn markdown_becomes_html() {
        assert_eq!(render("**bold** and\nnext").to_string().trim(), "<p><strong>bold</strong> and<br>\nnext</p>");
        assert!(render("# Title").to_string().contains("<h3>Title</h3>"));
        let levels = render("### A\n\n##### B\n\n### C\n\n# D").to_string();
        for heading in ["<h3>A</h3>", "<h4>B</h4>", "<h3>C</h3>", "<h3>D</h3>"] {
            assert!(levels.contains(heading), "{levels}");
        }
    }

    #[test]
    fn nothing_that_runs_gets_through() {
        for typed in [
            "<script>alert(1)</script>",
            "[x](javascript:alert(1))",
            "<img src=x onerror=alert(1)>",
            "![x](http://elsewhere.example/pixel.png)",
            "<a href=\"x\" onclick=\"y\">z</a>",
            "<style>*{display:none}</style>",
        ] {
            let html = render(typed).to_string();
            for bad in ["<script", "javascript:", "<img", "<style", "<a href=\"x\""] {
                assert!(!html.contains(bad), "{typed} became {html}");
            }
        }
    }

    #[test]
    fn the_beginning_of_a_text_is_shown_without_its_marks() {
        assert_eq!(
            plain("# Stock\n\nScreens for **goods in** and\nlabels:\n\n- one `ZPL`\n- <b>two</b>"),
            "Stock Screens for goods in and labels: one ZPL <b>two</b>"
        );
        assert_eq!(plain(""), "");
    }
}
