//! Every route by everybody.
use std::collections::BTreeMap;

use super::answers::ANSWERS;
use super::ground::Ground;
use super::table::{Audience, Role, Stands};
use crate::support::browser::Browser;
use crate::support::page::Page;
use crate::support::routes::known;

/// The answers of the table, by method and pattern.
fn answers() -> BTreeMap<String, Audience> {
    let mut all = BTreeMap::new();
    for (audience, routes) in ANSWERS {
        for one in routes.split(',') {
            let (methods, pattern) = one.trim().rsplit_once(' ').expect("methods and an address");
            for method in methods.split(' ') {
                assert!(all.insert(format!("{method} {pattern}"), *audience).is_none(), "{method} {pattern} has two answers");
            }
        }
    }
    all
}

/// Every route of the site's own table.
fn routes() -> Vec<(&'static str, &'static str)> {
    let methods = |known: &'static crate::support::routes::Known| {
        let pattern = known.pattern.as_str();
        known.is_read.then_some(("GET", pattern)).into_iter().chain(known.is_written.then_some(("POST", pattern)))
    };
    let mut routes: Vec<_> = known().iter().flat_map(methods).collect();
    // whoever has signed out comes nowhere else
    routes.sort_by_key(|(_, pattern)| *pattern == "/sign-out");
    routes
}

/// Something for every form: who has no say is not to be told that a word is missing.
const WORDS: &[(&str, &str)] = &[
    ("version", "1"),
    ("scope_version", "1"),
    ("reason", "It is so."),
    ("words", "A few plain words."),
    ("message", "A few plain words."),
    ("question", "A few plain words?"),
    ("answer", "A few plain words."),
    ("note", "A few plain words."),
    ("why", "It is so."),
    ("name", "Plain"),
    ("title", "Plain"),
    ("role", "VIEWER"),
    ("seen", "VIEWER"),
    ("mark", "SHORTLIST"),
    ("amount", "6400"),
    ("days", "20"),
    ("cover_letter", "A few plain words."),
    ("rating", "5"),
    ("fault", "NOBODY"),
    ("reference", "T-1"),
    ("visibility", "PUBLIC"),
];

fn ask(browser: &Browser, method: &str, address: &str) -> Page {
    if method == "GET" { browser.get(address) } else { browser.post(address, WORDS) }
}

/// What an answer says of whoever asked. That something could not be written says that they came so far.
fn stands(page: &Page) -> Stands {
    match page.status {
        303 if page.location().starts_with("/sign-in?") => Stands::SignsIn,
        403 if page.says().contains("You were signed out") => Stands::SignsIn,
        403 => Stands::Refused,
        404 => Stands::NotThere,
        200 | 204 | 303 | 400 | 409 | 415 | 422 | 500 => Stands::Comes,
        status => panic!("{} answers {status}: {}", page.path, page.says()),
    }
}

#[test]
fn every_route_has_one_answer() {
    let (answers, routes) = (answers(), routes());
    let named = |(method, pattern): &(&str, &str)| format!("{method} {pattern}");
    let forgotten: Vec<_> = routes.iter().map(named).filter(|route| !answers.contains_key(route)).collect();
    assert!(forgotten.is_empty(), "say in table.rs for whom these are: {forgotten:#?}");
    let gone: Vec<_> = answers.keys().filter(|route| !routes.iter().map(named).any(|one| one == **route)).collect();
    assert!(gone.is_empty(), "no such route any more: {gone:#?}");
}

#[test]
fn everybody_comes_where_the_table_says_and_nowhere_else() {
    let ground = Ground::new();
    let (answers, routes) = (answers(), routes());
    let walk = |(role, browser): &(Role, Browser)| -> Vec<String> {
        let mut wrong = Vec::new();
        for (method, pattern) in &routes {
            let page = ask(browser, method, &ground.address(pattern));
            let (seen, meant) = (stands(&page), answers.get(&format!("{method} {pattern}")).map(|audience| audience.answers(*role)));
            if meant != Some(seen) {
                wrong.push(format!("{method} {pattern} for {role:?}: {seen:?} ({}), not {meant:?}", page.status));
            }
            assert!(page.status != 500 || *method == "POST", "{pattern} for {role:?}: {}", page.says());
        }
        wrong
    };
    let wrong: Vec<String> = std::thread::scope(|threads| {
        let walks: Vec<_> = ground.people().iter().map(|one| threads.spawn(move || walk(one))).collect();
        walks.into_iter().flat_map(|walk| walk.join().expect("a walk")).collect()
    });
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), routes.len() * ground.people().len(), wrong.join("\n"));
}
