//! The banner that one page leaves for the next: a signed cookie of its own, so that the session need not change.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, CookieJar, Key, SameSite};
use actix_web::{HttpRequest, web};

use super::shell::Flash;

/// The cookie's name.
pub const COOKIE: &str = "flash";

/// A cookie that carries a banner to the next page.
pub fn cookie(key: &Key, secure: bool, kind: &str, text: &str) -> Cookie<'static> {
    let value = form_urlencoded::Serializer::new(String::new()).append_pair("kind", kind).append_pair("text", text).finish();
    let mut jar = CookieJar::new();
    jar.signed_mut(key).add(Cookie::new(COOKIE, value));
    // Written as it stands, but decoded when it comes back: without this the signature would fit no more.
    let signed = jar.get(COOKIE).map(|cookie| cookie.value().replace('%', "%25")).unwrap_or_default();
    Cookie::build(COOKIE, signed).path("/").http_only(true).same_site(SameSite::Lax).secure(secure).finish()
}

/// The cookie of a banner that was shown.
pub fn gone() -> Cookie<'static> {
    Cookie::build(COOKIE, "").path("/").http_only(true).same_site(SameSite::Lax).max_age(Duration::ZERO).finish()
}

/// The banner of the page before, if it is one of ours.
pub fn read(request: &HttpRequest) -> Option<Flash> {
    let cookie = request.cookie(COOKIE)?;
    let key = request.app_data::<web::Data<super::server::Secrets>>()?;
    let mut jar = CookieJar::new();
    jar.add_original(cookie);
    let value = jar.signed(&key.cookies).get(COOKIE)?;
    let mut flash = Flash { kind: String::new(), text: String::new() };
    for (name, value) in form_urlencoded::parse(value.value().as_bytes()) {
        match name.as_ref() {
            "kind" => flash.kind = value.into_owned(),
            "text" => flash.text = value.into_owned(),
            _ => {}
        }
    }
    (!flash.text.is_empty()).then_some(flash)
}
