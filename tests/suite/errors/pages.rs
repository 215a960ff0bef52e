//! Odd addresses, methods, headers and cookies.
use super::is_a_page;
use super::raw::{asked, send};
use crate::support::database::TestDatabase;
use crate::support::given;
use crate::support::site::TestSite;

#[test]
fn odd_addresses_are_pages_that_are_not_there() {
    let (database, project) = given::database_with_open_project(0);
    let site = TestSite::on(&database);
    let browser = site.signed_in(&project.organisation.owner.email);
    for id in [
        "abc",
        "99999999999999999999",
        "9223372036854775807",
        "-1",
        "0",
        "+1",
        "1.0",
        "1e3",
        "%20",
        "%00",
        "1%00",
        "%ff%fe",
        "%EF%BC%91",
        "1%2F2",
    ] {
        for path in [format!("/projects/{id}/history"), format!("/organisations/{id}/history"), format!("/projects/{id}/nothing")] {
            is_a_page(&browser.get(&path), 404);
        }
    }
    for path in
        ["/nothing", "/projects/", "/projects/1/2/3", "/%2e%2e/%2e%2e/etc/passwd", "/.env", "/%00", "/%ff", "/a%0d%0aset-cookie:x=y"]
    {
        let page = browser.get(path);
        is_a_page(&page, 404);
        assert!(!page.headers.contains_key("set-cookie"), "{:?}", page.headers);
    }
    for path in ["/static/nothing.css", "/static/..%2f..%2fCargo.toml", "/static/"] {
        assert_eq!(browser.get(path).status, 404, "{path}");
    }
}

#[test]
fn odd_questions_are_passed_over() {
    let (database, _) = given::database_with_open_project(0);
    let site = TestSite::on(&database);
    let browser = site.browser();
    let long = format!("q={}", "x".repeat(6000));
    for query in [
        "q=%00&skill=%00&kind=%00&min=%00&max=%00&closing=%00&sort=%00&after=%00",
        "q=%ff%fe",
        "q=a&q=b&after=1&after=2",
        "min=abc&max=-1&closing=99999999999999&sort=nope&kind=WRONG&after=x",
        "min=99999999999999999999999&max=1e400",
        "after=9223372036854775807",
        "q=%27%29%20%26%20%7C%20%21%3A%2A%28",
        "q=\"&skill=\\",
        "%00=%00&&&=&=",
        "q",
        long.as_str(),
    ] {
        let page = browser.get(&format!("/projects?{query}"));
        assert_eq!(page.status, 200, "{query}: {}", page.says());
        assert_eq!(page.texts("h1").len(), 1);
    }
}

#[test]
fn a_method_that_an_address_does_not_take_is_told_which_it_does() {
    let database = TestDatabase::new();
    let site = TestSite::on(&database);
    for (method, path, allow) in [
        ("DELETE", "/projects", "GET, HEAD"),
        ("PUT", "/", "GET, HEAD"),
        ("POST", "/", "GET, HEAD"),
        ("PATCH", "/sign-in", "GET, HEAD, POST"),
        ("OPTIONS", "/sign-in", "GET, HEAD, POST"),
        ("BREW", "/sign-in", "GET, HEAD, POST"),
        ("GET", "/sign-out", "POST"),
    ] {
        let answer = send(&site, &asked(method, path, ""));
        assert_eq!(answer.status, 405, "{method} {path}: {}", answer.text);
        assert!(answer.text.contains(&format!("\r\nallow: {allow}\r\n")), "{method} {path}: {}", answer.text);
        assert!(answer.text.contains("<h1"), "{}", answer.text);
    }
    let head = send(&site, &asked("HEAD", "/projects", ""));
    assert_eq!((head.status, head.text.ends_with("\r\n\r\n")), (200, true), "{}", head.text);
    assert_eq!(send(&site, &asked("HEAD", "/nothing", "")).status, 404);
}

#[test]
fn posts_from_elsewhere_do_nothing() {
    let (database, project) = given::database_with_open_project(0);
    let site = TestSite::on(&database);
    let browser = site.signed_in(&project.organisation.owner.email);
    let signed_in = site.browser().post("/sign-in", &[("email", &project.organisation.owner.email), ("password", given::PASSWORD)]);
    let cookie = signed_in.header("set-cookie").split(';').next().unwrap().to_owned();
    let body = "name=Mallory&time_zone=UTC&theme=AUTO&version=1";
    for origin in [
        "",
        "origin: null\r\n",
        "origin: http://elsewhere.example\r\n",
        "origin: http://here.elsewhere.example\r\n",
        "origin: here\r\n",
        "sec-fetch-site: cross-site\r\norigin: http://here\r\n",
        "sec-fetch-site: same-site\r\norigin: http://here\r\n",
        "sec-fetch-site: cross-site\r\nsec-fetch-site: same-origin\r\n",
        "sec-fetch-site: \u{e9}\r\n",
    ] {
        let request = format!(
            "POST /account HTTP/1.1\r\nhost: here\r\nconnection: close\r\ncookie: {cookie}\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n{origin}\r\n{body}",
            body.len()
        );
        let answer = send(&site, request.as_bytes());
        assert_eq!(answer.status, 403, "{origin}: {}", answer.text);
        assert!(answer.text.contains("<h1"), "{}", answer.text);
    }
    assert!(!browser.get("/account").html.contains("Mallory"));
}

#[test]
fn forged_and_odd_cookies_sign_nobody_in_and_say_nothing() {
    let database = TestDatabase::new();
    let site = TestSite::on(&database);
    let long = format!("id={}", "A".repeat(4000));
    for cookie in [
        "id=1",
        "id=",
        "id=%00",
        "id=\"",
        "id=a.b.c; id=d",
        long.as_str(),
        "flash=kind%3Dgood%26text%3DSend%20money",
        "flash=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=kind=good&text=Send+money",
        "flash=",
        "; ;=;==;a",
        "unknown=1; theme=\u{e9}",
    ] {
        let answer = send(&site, &asked("GET", "/", &format!("cookie: {cookie}\r\n")));
        assert_eq!(answer.status, 200, "{cookie}: {}", answer.text);
        assert!(answer.text.contains("href=\"/sign-in\""), "{cookie}: {}", answer.text);
        assert!(!answer.text.contains("money"), "{cookie}: {}", answer.text);
    }
}

#[test]
fn overlong_requests_leave_the_site_as_it_was() {
    let database = TestDatabase::new();
    let site = TestSite::on(&database);
    for length in [5_000, 60_000, 200_000, 2_000_000] {
        let answer = send(&site, &asked("GET", &format!("/{}", "x".repeat(length)), ""));
        assert!(answer.status < 500, "{length}: {}", answer.text);
        let answer = send(&site, &asked("GET", "/", &format!("x-long: {}\r\n", "x".repeat(length))));
        assert!(answer.status < 500, "{length}: {}", answer.text);
    }
    let headers: String = (0..500).map(|number| format!("x-{number}: y\r\n")).collect();
    assert!(send(&site, &asked("GET", "/", &headers)).status < 500);
    for odd in
        ["", "\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET  HTTP/1.1\r\n\r\n", "\0\0\0\0", "GET / HTTP/1.1\r\nhost\r\n\r\n"]
    {
        assert!(send(&site, odd.as_bytes()).status < 500, "{odd}");
    }
    assert_eq!(site.browser().get("/").status, 200);
}
