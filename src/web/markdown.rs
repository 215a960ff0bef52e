//! Markdown from people: rendered, then sanitised. What comes out may stand in a page unescaped.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

/// HTML that was sanitised, or made of plain sentences that need no sanitising: the only thing that templates may print
/// with `|safe`.
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
    SafeHtml(paragraphs(text).unwrap_or_else(|| parsed(text)))
}

/// Plain sentences, as most letters are: each line bare, with an empty one between paragraphs. Nothing in them could be a
/// mark, nor mean anything in HTML but a lone `&`, so that they need no parser and no cleaner, which take most of the time
/// of a page with several letters.
fn paragraphs(text: &str) -> Option<String> {
    let mut html = String::with_capacity(text.len() + 32);
    for paragraph in text.split("\n\n") {
        html.push_str("<p>");
        for (place, line) in paragraph.split('\n').enumerate() {
            if !is_bare(line) || line.ends_with(' ') {
                return None;
            }
            html.push_str(if place > 0 { "<br>\n" } else { "" });
            html.push_str(&line.replace('&', "&amp;"));
        }
        html.push_str("</p>\n");
    }
    Some(html)
}

fn parsed(text: &str) -> String {
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
    let events = Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH).filter(sound()).map(|event| match event {
        Event::Start(Tag::Heading { level, id, classes, attrs }) => {
            open = below(level);
            Event::Start(Tag::Heading { level: open, id, classes, attrs })
        }
        Event::End(TagEnd::Heading(_)) => Event::End(TagEnd::Heading(open)),
        // Raw HTML is shown as it was typed.
        Event::Html(typed) | Event::InlineHtml(typed) | Event::Text(typed) => Event::Text(veil(&typed).into()),
        Event::Code(typed) => Event::Code(veil(&typed).into()),
        Event::SoftBreak => Event::HardBreak,
        other => other,
    });
    let mut out = String::new();
    html::push_html(&mut out, events);
    unveil(&CLEANER.clean(&out).to_string())
}

/// Characters with a meaning in HTML, and what stands for them while the HTML is cleaned: characters that Unicode
/// keeps free for such use. As entities they would cost the cleaner time by the square of their number.
const VEILS: [(char, char, &str); 3] = [('&', '\u{FDD0}', "&amp;"), ('<', '\u{FDD1}', "&lt;"), ('>', '\u{FDD2}', "&gt;")];

fn veil(text: &str) -> String {
    text.chars().map(|c| VEILS.iter().find(|(plain, ..)| *plain == c).map_or(c, |(_, veil, _)| *veil)).collect()
}

fn unveil(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    for c in html.chars() {
        match VEILS.iter().find(|(_, veil, _)| *veil == c) {
            Some((_, _, entity)) => out.push_str(entity),
            None => out.push(c),
        }
    }
    out
}

/// So deep may quotes, lists and emphasis stand in each other.
const DEEPEST: usize = 16;
/// So long may a link's address and title be, in bytes.
const LONGEST_LINK: usize = 2000;

/// Passes marks over that nobody means and that would take seconds to clean: what stands too deep, and overlong links.
fn sound() -> impl FnMut(&pulldown_cmark::Event<'_>) -> bool {
    use pulldown_cmark::{Event, Tag};
    let mut open = Vec::new();
    move |event| match event {
        Event::Start(tag) => {
            let is_short = !matches!(tag, Tag::Link { dest_url, title, .. } if dest_url.len() + title.len() > LONGEST_LINK);
            open.push(is_short && open.len() < DEEPEST);
            open.last() == Some(&true)
        }
        Event::End(_) => open.pop() == Some(true),
        _ => true,
    }
}

/// What somebody wrote without its marks and headings, on one line: for the beginnings that lists show.
pub fn plain(text: &str) -> Cow<'_, str> {
    if is_bare(text) { Cow::Borrowed(text.trim_end()) } else { Cow::Owned(without_marks(text)) }
}

fn without_marks(text: &str) -> String {
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
    let (mut out, mut heading) = (String::new(), false);
    for event in Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = true,
            Event::End(TagEnd::Heading(_)) => heading = false,
            _ if heading => {}
            Event::Text(words) | Event::Code(words) | Event::Html(words) | Event::InlineHtml(words) => out.push_str(&words),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::CodeBlock)
                if !out.ends_with(' ') =>
            {
                out.push(' ');
            }
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Whether this is one line that begins with a letter and holds nothing that could be a mark: as most beginnings are, which
/// a list of twenty need not parse then. An `&` between two words is one word more: no entity begins so.
fn is_bare(text: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || " ,.;:?!'\"()/%-–—…’“”€".contains(c);
    text.starts_with(char::is_alphabetic) && text.split(" & ").all(|part| part.chars().all(is_word))
}

#[cfg(test)]
mod tests {
    use super::{is_bare, paragraphs, parsed, plain, render, without_marks};

    #[test]
    fn what_looks_bare_has_no_marks() {
        let bare = [
            "Screens for goods in, stock count (on tablets): 12 people; 2 shifts! Really? Yes/no.  ",
            "Où l'on compte 5 % - \"déjà\"",
            "research & development & more",
        ];
        for text in bare {
            assert!(is_bare(text), "{text}");
            assert_eq!(plain(text), without_marks(text));
        }
        let ampersands = ["a &amp; b", "a &b", "a &", "& b"];
        let marks = ["- a", "1. a", " a", "a *b*", "a\nb", "a_b_", "a `b`", "a [b](c)", "a <b>", "a ~~b~~", "a \\* b", "#a", ""];
        for marked in marks.into_iter().chain(ampersands) {
            assert!(!is_bare(marked), "{marked}");
        }
    }

    #[test]
    fn plain_sentences_are_rendered_as_the_parser_would() {
        let words = [
            "Dear", "Ms", "Osei,", "I", "have", "built", "two", "(in", "2024)", "of", "these;", "don't", "\"ask\"", "1.5", "50%", "a/b",
            "–", "- b", "é", "日本", "1) c", "+49", "&",
        ];
        let between = [" ", "  ", "\n", "\n\n", " ", "\n\n\n", " ", " \n", "\n "];
        let mut seed = 7_usize;
        let mut next = |most: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % most
        };
        let mut bare = 0;
        for _ in 0..2_000 {
            let text: String = (0..1 + next(7)).map(|_| format!("{}{}", words[next(words.len())], between[next(between.len())])).collect();
            let text = text.trim_end();
            if let Some(html) = paragraphs(text) {
                assert_eq!(html, parsed(text), "{text:?}");
                bare += 1;
            }
        }
        assert!(bare > 200, "{bare}");
        for marked in ["a\n- b", "a\n1. b", "a\n\n    b", "a\n===", "a  \nb", "a *b*", "a <b>", "a &b", "a\u{a0}b", "a\r\nb", ""] {
            assert!(paragraphs(marked).is_none(), "{marked:?}");
        }
    }

    /// The longest description there can be, of what is hard to parse.
    fn hard() -> impl Iterator<Item = String> {
        let parts = [
            "> ", ">", "- ", "1. ", "* ", "*", "**a", "_a_", "~~", "[", "![", "[a](", "[a][", "](", "`", "``a", "<", "<b>", "<!--", "&",
            "\\", "#", "a\n===\n", "|", "\t", "a **b", "*a_b ", "[a]: b\n", "```\n", "\n\n", "\u{301}",
        ];
        parts.into_iter().map(|part| part.repeat(20_000 / part.chars().count())).chain([
            (0..190).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect(),
            format!("{}{}", "[".repeat(10_000), "](b)".repeat(2_500)),
            format!("{}a{}", "*".repeat(10_000), "*".repeat(9_999)),
            format!("[a](http://b/{})", "&".repeat(19_000)),
            format!("`{}`", "&".repeat(19_000)),
            "[a](http://b/?c&d) ".repeat(1_000),
        ])
    }

    #[test]
    fn words_come_through_as_they_were_typed() {
        assert_eq!(
            render("a < b && c > d `x<y>&z`").to_string().trim(),
            "<p>a &lt; b &amp;&amp; c &gt; d <code>x&lt;y&gt;&amp;z</code></p>"
        );
        assert_eq!(render("&lt;b&gt; <b>").to_string().trim(), "<p>&lt;b&gt; &lt;b&gt;</p>");
        assert_eq!(render("\u{FDD1}script>").to_string().trim(), "<p>&lt;script&gt;</p>");
    }

    #[test]
    fn nothing_takes_long_or_breaks_the_stack() {
        for text in hard() {
            let began = std::time::Instant::now();
            let html = render(&text).to_string();
            plain(&text);
            let begins: String = text.chars().take(8).collect();
            // A debug build is some ten times slower than what is served.
            assert!(began.elapsed().as_secs() < 3, "{begins:?} took {:?}", began.elapsed());
            let deepest = html.split('<').scan(0_i32, |depth, tag| {
                *depth += if tag.starts_with('/') {
                    -1
                } else {
                    i32::from(["blockquote", "ul", "ol", "li", "em", "strong"].iter().any(|name| tag.starts_with(&format!("{name}>"))))
                };
                Some(*depth)
            });
            assert!(deepest.max().unwrap_or(0) <= 50, "{begins:?} is nested too deep");
        }
    }

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
            "Screens for goods in and labels: one ZPL <b>two</b>"
        );
        assert_eq!(plain(""), "");
    }

    #[test]
    fn headings_begin_below_the_page_s_own_and_jump_no_level() {
        let shown = |text| render(text).to_string().replace('\n', "");
        assert_eq!(shown("### A\n### B\n##### C"), "<h3>A</h3><h3>B</h3><h4>C</h4>");
        assert_eq!(shown("# A\n### B\n## C\n# D"), "<h3>A</h3><h4>B</h4><h4>C</h4><h3>D</h3>");
    }
}
