//! What a browser got, asked by CSS selectors.
use reqwest::blocking::Response;
use reqwest::header::HeaderMap;
use scraper::{ElementRef, Html, Selector};

/// An answer of the site.
#[derive(Debug, Clone)]
pub struct Page {
    /// The HTTP status.
    pub status: u16,
    /// What was asked for: path and query.
    pub path: String,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub html: String,
}

impl Page {
    /// Reads an answer to the end.
    pub fn read(answer: Response) -> Self {
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let path = answer.url().query().map_or_else(|| answer.url().path().to_owned(), |query| format!("{}?{query}", answer.url().path()));
        Self { status, path, headers, html: answer.text().expect("the page's text") }
    }

    /// A header's value; the empty text where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("a header in ASCII"))
    }

    /// Where a 303 leads.
    #[track_caller]
    pub fn location(&self) -> &str {
        assert_eq!(self.status, 303, "{} does not lead on: {}", self.path, self.says());
        self.header("location")
    }

    /// What each element that the selector finds holds, in order, for `look` to take from it.
    #[track_caller]
    pub fn each<T>(&self, css: &str, look: impl Fn(ElementRef<'_>) -> T) -> Vec<T> {
        self.document().select(&selector(css)).map(look).collect()
    }

    /// The texts of all elements that the selector finds, white space folded.
    #[track_caller]
    pub fn texts(&self, css: &str) -> Vec<String> {
        self.each(css, words)
    }

    /// The text of the one element that the selector finds.
    #[track_caller]
    pub fn text(&self, css: &str) -> String {
        let mut texts = self.texts(css);
        assert_eq!(texts.len(), 1, "{css} on {}: {texts:?} in {}", self.path, self.says());
        texts.remove(0)
    }

    /// Whether the selector finds anything.
    #[track_caller]
    pub fn has(&self, css: &str) -> bool {
        !self.texts(css).is_empty()
    }

    /// An attribute of the first element that the selector finds and that has it.
    #[track_caller]
    pub fn attribute(&self, css: &str, name: &str) -> Option<String> {
        self.each(css, |element| element.attr(name).map(str::to_owned)).into_iter().flatten().next()
    }

    /// All that can be read on the page, for messages of failed tests and for "says somewhere".
    pub fn says(&self) -> String {
        let main = self.texts("main");
        if main.is_empty() { self.html.clone() } else { main.join(" ") }
    }

    /// The whole document.
    pub fn document(&self) -> Html {
        Html::parse_document(&self.html)
    }
}

/// A parsed selector.
#[track_caller]
pub fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap_or_else(|error| panic!("{css}: {error}"))
}

/// An element's text with white space folded, as it is read.
pub fn words(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}
