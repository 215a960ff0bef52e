//! Around every request: what goes wrong becomes a page in the site's own look, is logged once with a reference, and
//! every answer carries the security headers.

use std::panic::AssertUnwindSafe;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest, HttpResponse};
use futures_util::FutureExt;

use super::asked::{Asked, has_secret};
use super::context::Context;
use super::drafts::held::Held;
use super::error::PageError;
use super::error_page::{ErrorPage, nobody};
use super::files::room::Crowded;
use super::files::sent::Begun;
use super::flash;
use super::people::{second_factor, sign_in};
use super::routes::Allowed;
use super::shell::Shell;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; \
    form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types app";

pub(super) const HEADERS: [(HeaderName, HeaderValue); 7] = [
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("permissions-policy"), HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=()")),
    (header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=63072000")),
];

/// The outermost layer of the pages.
pub async fn frame(mut request: ServiceRequest, next: Next<impl MessageBody + 'static>) -> Result<ServiceResponse<BoxBody>, Error> {
    let secret = has_secret(request.path());
    let asked = Asked::of(&request);
    let banner = request.headers().get(header::COOKIE).is_some_and(|cookies| cookies.as_bytes().windows(6).any(|part| part == b"flash="));
    let held = Held::of(&mut request).await;
    let held = held.as_ref();
    let answered = AssertUnwindSafe(next.call(request)).catch_unwind().await;
    let answer = match answered {
        Ok(Ok(answer)) => answer.map_into_boxed_body(),
        // What is left to fail in front of the handlers is the sessions' store.
        Ok(Err(error)) => return Err(written(&asked, PageError::Unavailable(error.to_string()), held)),
        Err(_) => return Err(written(&asked, PageError::Broken("a page panicked".to_owned()), held)),
    };
    let unread = answer.request().extensions_mut().remove::<Begun>();
    if let Some(begun) = unread {
        begun.rest.hear_out().await;
    }
    if let Some(held) = held {
        held.keep_if_refused(&answer).await;
    }
    let is_crowded = answer.request().extensions_mut().remove::<Crowded>().is_some();
    let mut answer = with_page(&asked, answer, held);
    if is_crowded && answer.status() == StatusCode::UNPROCESSABLE_ENTITY {
        // the form is shown again as after a mistake, but nobody made one
        *answer.response_mut().status_mut() = StatusCode::SERVICE_UNAVAILABLE;
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(Crowded::AGAIN));
    }
    let private = answer.request().cookie("id").is_some();
    let headers = answer.headers_mut();
    add_headers(headers, private);
    if secret {
        // neither the next site nor the next reader of this computer gets to know the address
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("strict-origin"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if banner
        && !headers.contains_key(header::LOCATION)
        && let Ok(gone) = HeaderValue::from_str(&flash::gone().to_string())
    {
        headers.append(header::SET_COOKIE, gone);
    }
    Ok(answer)
}

fn add_headers(headers: &mut HeaderMap, private: bool) {
    for (name, value) in HEADERS {
        // a file that is handed out has a policy of its own, which allows less
        if name != header::CONTENT_SECURITY_POLICY || !headers.contains_key(&name) {
            headers.insert(name, value);
        }
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        let cache = if private { "private, no-cache" } else { "no-cache" };
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
        headers.insert(header::VARY, HeaderValue::from_static("Cookie"));
    }
}

/// An error that there is no request for any more: a page without a person.
fn written(asked: &Asked, error: PageError, held: Option<&Held>) -> Error {
    let response = page_of(asked, &error, held).response(Shell::new(nobody()));
    let mut response = response.unwrap_or_else(|_| HttpResponse::new(StatusCode::INTERNAL_SERVER_ERROR));
    add_headers(response.headers_mut(), true);
    actix_web::error::InternalError::from_response(error, response).into()
}

fn page_of<'e>(asked: &Asked, error: &'e PageError, held: Option<&Held>) -> ErrorPage<'e> {
    let page = ErrorPage::of(error, asked.log(error));
    match held {
        Some(held) => page.carrying(error, held),
        None => page,
    }
}

/// Puts a page where a handler failed, or where an answer has nothing but a status.
fn with_page(asked: &Asked, answer: ServiceResponse<BoxBody>, held: Option<&Held>) -> ServiceResponse<BoxBody> {
    let status = answer.status();
    let error = match answer.response().error() {
        Some(error) => match error.as_error::<PageError>() {
            Some(PageError::SignIn(back)) => {
                let to = format!("/sign-in?{}", form_urlencoded::Serializer::new(String::new()).append_pair("next", back).finish());
                return answer.into_response(HttpResponse::SeeOther().insert_header((header::LOCATION, to)).finish());
            }
            Some(PageError::FactorFirst) if answer.request().method().is_safe() => {
                return answer.into_response(HttpResponse::SeeOther().insert_header((header::LOCATION, second_factor::HERE)).finish());
            }
            Some(PageError::SignedOut) if let Some(carried) = held.and_then(Held::carried) => {
                let response = sign_in::again(shell(answer.request()), carried);
                return answer.into_response(response);
            }
            Some(error) => page_of(asked, error, held),
            None if status == StatusCode::NOT_FOUND => ErrorPage::of(&PageError::NotFound, String::new()),
            None => ErrorPage::bare(status),
        },
        None if status == StatusCode::METHOD_NOT_ALLOWED => ErrorPage::bare(status),
        None => return answer,
    };
    let request = answer.request().clone();
    let mut response = error.response(shell(&request)).unwrap_or_else(|_| HttpResponse::new(StatusCode::INTERNAL_SERVER_ERROR));
    if status == StatusCode::METHOD_NOT_ALLOWED {
        allow(&request, &mut response);
    }
    answer.into_response(response)
}

/// Says which methods the address takes.
pub(super) fn allow(request: &HttpRequest, response: &mut HttpResponse) {
    let methods = request.extensions().get::<Allowed>().map(|allowed| allowed.0.join(", ")).unwrap_or_default();
    if let Ok(methods) = HeaderValue::from_str(&methods) {
        response.headers_mut().insert(header::ALLOW, methods);
    }
}

fn shell(request: &HttpRequest) -> Shell {
    Shell::new(Context::of(request))
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use actix_web::body::to_bytes;
    use actix_web::middleware::from_fn;
    use actix_web::{App, test, web};

    use super::*;

    /// What was logged on this thread.
    #[derive(Clone, Default)]
    struct Heard(Arc<Mutex<Vec<u8>>>);

    impl Write for Heard {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    async fn panics() -> HttpResponse {
        panic!("the secret words of a panic")
    }

    async fn breaks() -> Result<HttpResponse, PageError> {
        Err(PageError::Broken("the secret words\nof a fault".to_owned()))
    }

    #[actix_web::test]
    async fn what_breaks_is_fixed_words_with_a_reference_and_one_line_in_the_log() {
        let heard = Heard::default();
        let writer = heard.clone();
        let listening = tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone()).finish();
        let _guard = tracing::subscriber::set_default(listening);
        let pages = web::scope("").wrap(from_fn(frame)).route("/panics", web::get().to(panics)).route("/breaks", web::get().to(breaks));
        let site = test::init_service(App::new().service(pages)).await;
        for path in ["/panics", "/breaks"] {
            heard.0.lock().unwrap().clear();
            let request = test::TestRequest::get().uri(path).to_request();
            let (status, html) = match test::try_call_service(&site, request).await {
                Ok(answer) => (answer.status(), to_bytes(answer.into_body()).await.unwrap()),
                Err(error) => (error.as_response_error().status_code(), to_bytes(error.error_response().into_body()).await.unwrap()),
            };
            let html = String::from_utf8(html.to_vec()).unwrap();
            assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
            assert!(html.contains("<h1") && html.contains("Reference") && !html.contains("secret"), "{path}: {html}");
            let lines = String::from_utf8(heard.0.lock().unwrap().clone()).unwrap();
            let reference = html.split("class=\"ref\">").nth(1).and_then(|rest| rest.get(..9)).unwrap();
            assert_eq!(lines.lines().count(), 1, "{lines}");
            assert!(lines.contains(reference) && lines.contains(path), "{reference}: {lines}");
        }
    }
}
