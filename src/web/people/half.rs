//! What stands between a right password and its code: a cookie of its own, encrypted, for five minutes. It opens nothing but
//! the question for the code.

use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, CookieJar, SameSite};
use actix_web::{HttpRequest, web};

use crate::domain::user::{CODE_WITHIN, HalfSignIn};
use crate::web::server::Secrets;

/// The cookie's name.
const COOKIE: &str = "half";
/// Where it is sent back.
const PATH: &str = "/sign-in";

/// A cookie that says whose password was right, and when.
pub fn cookie(secrets: &Secrets, half: &HalfSignIn) -> Cookie<'static> {
    let mut jar = CookieJar::new();
    jar.private_mut(&secrets.cookies).add(Cookie::new(COOKIE, serde_json::to_string(half).unwrap_or_default()));
    let sealed = jar.get(COOKIE).map(|cookie| cookie.value().to_owned()).unwrap_or_default();
    let lasts = Duration::seconds(CODE_WITHIN.num_seconds());
    Cookie::build(COOKIE, sealed).path(PATH).http_only(true).same_site(SameSite::Lax).secure(secrets.secure).max_age(lasts).finish()
}

/// The cookie of one that was used, or is of no use.
pub fn gone() -> Cookie<'static> {
    Cookie::build(COOKIE, "").path(PATH).http_only(true).same_site(SameSite::Lax).max_age(Duration::ZERO).finish()
}

/// What the cookie says, if it is one of ours. Whether it is still of use is judged with the code.
pub fn read(request: &HttpRequest) -> Option<HalfSignIn> {
    let secrets = request.app_data::<web::Data<Secrets>>()?;
    let mut jar = CookieJar::new();
    jar.add_original(request.cookie(COOKIE)?);
    serde_json::from_str(jar.private(&secrets.cookies).get(COOKIE)?.value()).ok()
}
