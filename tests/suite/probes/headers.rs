//! What the headers come to by the published scoring of MDN's HTTP Observatory: 100, less what is wrong, more what is done
//! beyond the needful. It asks sites in the world only, so its rules are held here against a page of ours.
use crate::support::database::TestDatabase;
use crate::support::given;
use crate::support::page::Page;
use crate::support::site::TestSite;

/// The directive of a policy.
fn directive<'p>(policy: &'p str, name: &str) -> Option<&'p str> {
    policy.split(';').find_map(|one| one.trim().strip_prefix(name)).map(str::trim)
}

/// The points of one page that was answered over TLS.
fn score(page: &Page) -> i32 {
    let policy = page.header("content-security-policy");
    let strict = directive(policy, "default-src") == Some("'none'") && !policy.contains("unsafe") && !policy.contains("data:");
    let frames = directive(policy, "frame-ancestors") == Some("'none'");
    let seconds =
        page.header("strict-transport-security").strip_prefix("max-age=").and_then(|rest| rest.split(';').next()?.parse::<u64>().ok());
    let lasts = seconds.is_some_and(|seconds| seconds >= 15_768_000);
    let private =
        matches!(page.header("referrer-policy"), "same-origin" | "no-referrer" | "strict-origin" | "strict-origin-when-cross-origin");
    let alone = page.header("cross-origin-resource-policy") == "same-origin";
    let sniffs = page.header("x-content-type-options") != "nosniff";
    let shared = !page.header("access-control-allow-origin").is_empty();
    // (whether, what it gives if so, what it costs if not)
    let rules =
        [(strict, 10, -25), (frames, 5, -20), (lasts, 0, -20), (private, 5, 0), (alone, 10, 0), (!sniffs, 0, -5), (!shared, 0, -50)];
    100 + rules.iter().map(|(holds, gives, costs)| if *holds { gives } else { costs }).sum::<i32>()
}

#[test]
fn the_observatory_would_give_130_points() {
    let (database, project) = given::database_with_open_project(1);
    let site = TestSite::on(&database);
    let owner = site.signed_in(&project.organisation.owner.email);
    for page in [site.browser().get("/"), site.browser().get("/sign-in"), owner.get("/dashboard"), site.browser().get("/nowhere")] {
        assert_eq!(score(&page), 130, "{}", page.path);
    }
}

#[test]
fn the_sign_in_s_cookie_is_out_of_reach() {
    let database = TestDatabase::new();
    let somebody = given::somebody(&mut database.connect(), "Ada Byron");
    let site = TestSite::on(&database);
    let signed_in = site.browser().post("/sign-in", &[("email", &somebody.email), ("password", given::PASSWORD)]);
    let cookie = signed_in.header("set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
}
