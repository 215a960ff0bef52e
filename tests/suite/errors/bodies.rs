//! Odd forms: nothing typed is lost, nothing of it breaks the site.
use std::time::{Duration, Instant};

use super::is_a_page;
use super::raw::{posted, send};
use crate::support::database::TestDatabase;
use crate::support::site::TestSite;

const FORM: &str = "content-type: application/x-www-form-urlencoded\r\n";

fn sized(headers: &str, body: &[u8]) -> String {
    format!("{headers}content-length: {}\r\n", body.len())
}

#[test]
fn a_body_that_is_too_large_is_a_page_that_says_so() {
    let database = TestDatabase::new();
    let site = TestSite::on(&database);
    let browser = site.browser();
    for size in [256 * 1024 + 1, 1_000_000, 5_000_000] {
        let words = "x".repeat(size);
        is_a_page(&browser.post("/sign-in", &[("email", &words)]), 413);
        let chunked: Vec<u8> = [format!("{size:x}\r\n").as_bytes(), words.as_bytes(), b"\r\n0\r\n\r\n"].concat();
        let answer = send(&site, &posted("/sign-in", &format!("{FORM}transfer-encoding: chunked\r\n"), &chunked));
        assert_eq!(answer.status, 413, "{size} in chunks: {}", answer.text);
        assert!(answer.text.contains("<h1"), "{}", answer.text);
    }
    // Somebody who only says that much is coming is not waited for.
    let began = Instant::now();
    let answer = send(&site, &posted("/sign-in", &format!("{FORM}content-length: 99999999999\r\n"), b"email=a"));
    assert_eq!(answer.status, 413, "{}", answer.text);
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    assert_eq!(browser.get("/").status, 200);
}

#[test]
fn what_is_no_form_is_not_read() {
    let database = TestDatabase::new();
    let site = TestSite::on(&database);
    for kind in ["application/json", "multipart/form-data; boundary=x", "text/plain", "\u{e9}", "application/x-www-form-urlencodedx"] {
        let answer = send(&site, &posted("/sign-in", &sized(&format!("content-type: {kind}\r\n"), b"{}"), b"{}"));
        assert_eq!(answer.status, 415, "{kind}: {}", answer.text);
        assert!(answer.text.contains("<h1"), "{}", answer.text);
    }
    for kind in ["application/x-www-form-urlencoded; charset=UTF-8", "Application/X-WWW-Form-Urlencoded"] {
        let answer = send(&site, &posted("/sign-in", &sized(&format!("content-type: {kind}\r\n"), b"a=b"), b"a=b"));
        assert_eq!(answer.status, 422, "{kind}: {}", answer.text);
    }
}

#[test]
fn a_body_that_breaks_off_is_not_called_too_large() {
    let database = TestDatabase::new();
    let site = TestSite::on(&database);
    let answer = send(&site, &posted("/sign-in", &format!("{FORM}content-length: 500\r\n"), b"email=a"));
    assert!(answer.status == 400 || answer.status == 0, "{}", answer.text);
    let answer = send(&site, &posted("/sign-in", &format!("{FORM}transfer-encoding: chunked\r\n"), b"zz\r\nemail=a\r\n"));
    assert!(answer.status == 400 || answer.status == 0, "{}", answer.text);
    assert_eq!(site.browser().get("/").status, 200);
}

#[test]
fn bytes_that_are_no_words_are_refused_by_name() {
    let database = TestDatabase::new();
    let site = TestSite::on(&database);
    let sound = [
        ("email", "ada@example.org"),
        ("password", "correct horse battery"),
        ("name", "Ada Byron"),
        ("as", "client"),
        ("organisation", "Harbour"),
    ];
    for odd in ["%00", "a%00b", "%ff%fe", "%C3%28", "%E2%80%AE", "%F0%9F%92%A9%00"] {
        for (field, _) in sound {
            let body: Vec<_> = sound
                .iter()
                .map(|(name, value)| if *name == field { format!("{name}={odd}") } else { format!("{name}={}", value.replace(' ', "+")) })
                .collect();
            let body = body.join("&");
            for path in ["/sign-up", "/sign-in"] {
                let answer = send(&site, &posted(path, &sized(FORM, body.as_bytes()), body.as_bytes()));
                assert!(answer.status == 422 || answer.status == 303, "{path} {body}: {}", answer.text);
            }
        }
    }
    let raw = b"email=\xff\xfe\x00&password=\x00";
    let answer = send(&site, &posted("/sign-in", &sized(FORM, raw), raw));
    assert_eq!(answer.status, 422, "{}", answer.text);
}

#[test]
fn words_that_are_too_long_are_kept_in_the_form() {
    let database = TestDatabase::new();
    let browser = TestSite::on(&database);
    let browser = browser.browser();
    let name = "Ada ".repeat(60);
    let page = browser
        .post("/sign-up", &[("email", "ada@example.org"), ("password", "correct horse battery"), ("name", &name), ("as", "freelancer")]);
    assert_eq!(page.status, 422, "{}", page.says());
    assert!(page.texts("title")[0].starts_with("Error: "));
    assert_eq!(page.attribute("input[name=name]", "value").unwrap(), name);
    assert_eq!(page.attribute("input[name=email]", "value").unwrap(), "ada@example.org");
}

#[test]
fn very_many_fields_cost_no_time() {
    let database = TestDatabase::new();
    let site = TestSite::on(&database);
    let body = "a=&".repeat(80_000);
    let began = Instant::now();
    let answer = send(&site, &posted("/sign-up", &sized(FORM, body.as_bytes()), body.as_bytes()));
    assert_eq!(answer.status, 422, "{}", answer.text);
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
}
