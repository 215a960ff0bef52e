//! Posts from other sites are refused by their headers, so that forms need no token and pages can be cached.

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap};
use actix_web::middleware::Next;

use super::error::PageError;

/// Lets through what reads, and what a page of this very site sent.
pub async fn same_origin(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    // What a mail program sends for its reader says nothing of where it comes from; that address's own sign is what counts,
    // and no cookie.
    let is_signed = request.path().starts_with("/unsubscribe/");
    if request.method().is_safe() || is_signed || from_here(request.headers()) {
        return Ok(next.call(request).await?.map_into_left_body());
    }
    // Not `into_response`, which would lose the error that the frame makes a page of.
    Ok(ServiceResponse::from_err(PageError::CrossSite, request.into_parts().0).map_into_right_body())
}

/// Browsers say where a request comes from: by `Sec-Fetch-Site`, older ones by `Origin`. Neither: refused.
fn from_here(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text(header::HeaderName::from_static("sec-fetch-site")) {
        return site == "same-origin" || site == "none";
    }
    let (Some(origin), Some(host)) = (text(header::ORIGIN), text(header::HOST)) else { return false };
    origin.split_once("://").is_some_and(|(_, origin)| origin == host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pair =
            |(name, value): &(&'static str, &'static str)| (header::HeaderName::from_static(name), header::HeaderValue::from_static(value));
        pairs.iter().map(pair).collect()
    }

    #[test]
    fn only_posts_from_here_pass() {
        for (pairs, passes) in [
            (vec![("sec-fetch-site", "same-origin")], true),
            (vec![("sec-fetch-site", "cross-site"), ("origin", "http://a"), ("host", "a")], false),
            (vec![("sec-fetch-site", "same-site")], false),
            (vec![("origin", "https://a:8080"), ("host", "a:8080")], true),
            (vec![("origin", "https://b"), ("host", "a")], false),
            (vec![("origin", "null"), ("host", "a")], false),
            (vec![("host", "a")], false),
        ] {
            assert_eq!(from_here(&headers(&pairs)), passes, "{pairs:?}");
        }
    }
}
