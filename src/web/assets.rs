//! The static files: embedded in the program, named by their content, compressed when it was built.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        Method,
        header::{self, HeaderMap},
    },
    web,
};

include!(concat!(env!("OUT_DIR"), "/assets/assets.rs"));

/// One embedded file.
struct Asset {
    /// `app.3f9c0d1e2b4a.css`, its address below `/static/`.
    name: &'static str,
    plain: &'static [u8],
    brotli: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
}

/// The address of a static file, for templates: `app.css` → `/static/app.3f9c0d1e2b4a.css`. A name that is in no
/// folder leads to a page that is not there; a test reads all templates for such names.
#[must_use]
pub fn path(name: &str) -> &'static str {
    address(name).unwrap_or("/static/missing")
}

/// Serves `/static/…` and `/favicon.ico`.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/static/{name}").route(web::get().to(show)).route(web::head().to(show)))
        .service(web::resource("/favicon.ico").route(web::get().to(favicon)).route(web::head().to(favicon)));
}

/// Browsers that do not know SVG icons ask for this; the drawing is all there is.
async fn favicon() -> HttpResponse {
    HttpResponse::Found().insert_header((header::LOCATION, path("icon.svg"))).finish()
}

async fn show(request: HttpRequest, name: web::Path<String>) -> HttpResponse {
    let Some(asset) = ASSETS.iter().find(|asset| asset.name == name.as_str()) else {
        return HttpResponse::NotFound().content_type("text/plain; charset=utf-8").body("No such file.");
    };
    let (coding, body) = asset.packed_for(request.headers());
    let tag = format!("\"{}{}\"", asset.name, coding.unwrap_or_default());
    let known = value(request.headers(), header::IF_NONE_MATCH).split(',').any(|one| one.trim() == tag);

    let mut answer = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    answer
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((header::ETAG, tag))
        .insert_header((header::VARY, "Accept-Encoding"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"));
    if known {
        return answer.finish();
    }
    answer.content_type(asset.media_type());
    if let Some(coding) = coding {
        answer.insert_header((header::CONTENT_ENCODING, coding));
    }
    if request.method() == Method::HEAD {
        return answer.no_chunking(u64::try_from(body.len()).unwrap_or_default()).finish();
    }
    answer.body(body)
}

impl Asset {
    /// The smallest form that the browser says it can read.
    fn packed_for(&self, headers: &HeaderMap) -> (Option<&'static str>, &'static [u8]) {
        let accepted = value(headers, header::ACCEPT_ENCODING);
        match (self.brotli, self.gzip) {
            (Some(body), _) if accepts(accepted, "br") => (Some("br"), body),
            (_, Some(body)) if accepts(accepted, "gzip") => (Some("gzip"), body),
            _ => (None, self.plain),
        }
    }

    fn media_type(&self) -> &'static str {
        match self.name.rsplit('.').next() {
            Some("css") => "text/css; charset=utf-8",
            Some("js") => "text/javascript; charset=utf-8",
            Some("svg") => "image/svg+xml",
            Some("woff2") => "font/woff2",
            _ => "application/octet-stream",
        }
    }
}

/// Whether `Accept-Encoding` names the coding and does not refuse it with `q=0`.
fn accepts(header: &str, coding: &str) -> bool {
    header.split(',').any(|part| {
        let (name, quality) = part.split_once(';').unwrap_or((part, "q=1"));
        let refused = quality.trim().strip_prefix("q=").and_then(|q| q.parse::<f32>().ok()).is_some_and(|q| q <= 0.0);
        name.trim().eq_ignore_ascii_case(coding) && !refused
    })
}

fn value(headers: &HeaderMap, name: header::HeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use actix_web::{App, body::to_bytes, dev::ServiceResponse, http::StatusCode, test as site};

    use super::*;

    async fn ask(method: Method, path: &str, headers: &[(&str, &str)]) -> ServiceResponse {
        let app = site::init_service(App::new().configure(routes)).await;
        let mut request = site::TestRequest::with_uri(path).method(method);
        for header in headers {
            request = request.insert_header(*header);
        }
        site::call_service(&app, request.to_request()).await
    }

    fn header<'a>(answer: &'a ServiceResponse, name: &str) -> &'a str {
        answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    #[actix_web::test]
    async fn a_file_may_be_kept_for_ever_under_its_hashed_name() {
        let answer = ask(Method::GET, path("app.css"), &[]).await;
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(header(&answer, "cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(header(&answer, "content-type"), "text/css; charset=utf-8");
        assert_eq!(header(&answer, "vary"), "Accept-Encoding");
        assert_eq!(header(&answer, "x-content-type-options"), "nosniff");
        assert_eq!(header(&answer, "content-encoding"), "");
    }

    #[actix_web::test]
    async fn the_browser_gets_the_smallest_form_it_can_read() {
        for (accepted, given) in [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip;q=0.5", "gzip"), ("identity", "")] {
            let answer = ask(Method::GET, path("app.js"), &[("accept-encoding", accepted)]).await;
            assert_eq!(header(&answer, "content-encoding"), given, "for {accepted}");
        }
        let font = ask(Method::GET, path("hanken-grotesk-latin-wght-normal.woff2"), &[("accept-encoding", "br")]).await;
        assert_eq!(header(&font, "content-encoding"), "");
        assert_eq!(header(&font, "content-type"), "font/woff2");
    }

    #[actix_web::test]
    async fn a_known_file_is_not_sent_again() {
        let first = ask(Method::GET, path("icon.svg"), &[]).await;
        let tag = header(&first, "etag").to_owned();
        let again = ask(Method::GET, path("icon.svg"), &[("if-none-match", &tag)]).await;
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(header(&again, "etag"), tag);
        assert_eq!(to_bytes(again.into_body()).await.unwrap().len(), 0);
    }

    #[actix_web::test]
    async fn head_answers_without_a_body() {
        let answer = ask(Method::HEAD, path("app.css"), &[]).await;
        assert_eq!(answer.status(), StatusCode::OK);
        assert_ne!(header(&answer, "content-length"), "0");
        assert_eq!(to_bytes(answer.into_body()).await.unwrap().len(), 0);
    }

    #[actix_web::test]
    async fn what_is_not_there_is_404_and_the_favicon_is_the_icon() {
        assert_eq!(ask(Method::GET, "/static/app.000000000000.css", &[]).await.status(), StatusCode::NOT_FOUND);
        let favicon = ask(Method::GET, "/favicon.ico", &[]).await;
        assert_eq!(header(&favicon, "location"), path("icon.svg"));
    }

    #[test]
    fn styles_name_the_fonts_by_their_hashed_address() {
        let css = ASSETS.iter().find(|asset| path("app.css").ends_with(asset.name)).unwrap();
        let text = std::str::from_utf8(css.plain).unwrap();
        assert!(text.contains(path("hanken-grotesk-latin-wght-normal.woff2")));
        assert!(!text.contains("url(\"hanken"));
    }

    #[test]
    fn templates_name_only_files_and_drawings_that_are_there() {
        let sprite = ASSETS.iter().find(|asset| path("icons.svg").ends_with(asset.name)).unwrap();
        let drawings = std::str::from_utf8(sprite.plain).unwrap();
        for text in templates("templates".as_ref()) {
            for name in named(&text, "assets::path(\"") {
                assert!(address(name).is_some(), "no file {name}");
            }
            for name in named(&text, "icon::icon(\"") {
                assert!(drawings.contains(&format!("id=\"{name}\"")), "no drawing {name}");
            }
        }
    }

    fn named<'a>(text: &'a str, call: &str) -> Vec<&'a str> {
        text.split(call).skip(1).filter_map(|rest| rest.split('"').next()).collect()
    }

    fn templates(folder: &std::path::Path) -> Vec<String> {
        let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        paths.flat_map(|path| if path.is_dir() { templates(&path) } else { vec![std::fs::read_to_string(path).unwrap()] }).collect()
    }
}
