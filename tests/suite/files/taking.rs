//! What is taken, and how it is handed out again.
use super::{PDF, PNG, counted, links};
use crate::support::browser::Browser;
use crate::support::database::TestDatabase;
use crate::support::given::{self, OpenProject};
use crate::support::page::Page;
use crate::support::site::TestSite;

fn scene() -> (TestDatabase, OpenProject, TestSite, String) {
    let (database, on) = given::database_with_open_project(1);
    let site = TestSite::on(&database);
    let address = format!("/proposals/{}/messages", on.proposals[0]);
    (database, on, site, address)
}

fn sends(by: &Browser, address: &str, files: &[(&str, &[u8])]) -> Page {
    let form = by.get(address);
    let files: Vec<_> = files.iter().map(|(name, bytes)| ("files", *name, *bytes)).collect();
    by.submit_with(&form, "main form[data-draft]", &[("message", "Here they are.")], &files)
}

#[test]
fn a_message_takes_files_and_the_other_side_gets_them_as_they_were() {
    let (database, on, site, address) = scene();
    let (owner, ada) = (site.signed_in(&on.organisation.owner.email), site.signed_in(&on.freelancers[0].email));
    let sent = sends(&owner, &address, &[("Übersicht.pdf", PDF), ("costs.csv", b"what,eur\r\ntill,400\r\n")]);
    assert_eq!(sent.status, 303, "{}", sent.says());
    assert_eq!(counted(&mut database.connect()), (2, 2));
    let page = ada.get(&address);
    assert_eq!(page.texts("ul.files li"), ["Übersicht.pdf PDF, 22 bytes", "costs.csv CSV table, 20 bytes"]);
    let [plan, costs] = links(&page).try_into().unwrap();
    assert_eq!(ada.bytes(&plan), PDF);
    let answer = ada.get(&plan);
    assert_eq!(answer.header("content-type"), "application/pdf");
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"_bersicht.pdf\"; filename*=UTF-8''%C3%9Cbersicht.pdf");
    assert_eq!(answer.header("content-security-policy"), "default-src 'none'; sandbox");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.header("cache-control"), "private, no-cache");
    assert_eq!(ada.get(&costs).header("content-type"), "text/csv; charset=utf-8");
}

#[test]
fn what_is_not_what_it_says_is_not_taken_and_everything_wrong_is_said_at_once() {
    let (database, on, site, address) = scene();
    let owner = site.signed_in(&on.organisation.owner.email);
    let before = owner.get(&address);
    assert!(before.says().contains("At most 5 files, each of at most 10 MB"), "the limits are said first");
    let again = sends(&owner, &address, &[("run.exe", b"MZ\x90\0"), ("plan.pdf", PNG), ("empty.txt", b"")]);
    assert_eq!(again.status, 422);
    let said = again.text("#files-error");
    for part in ["run.exe is of a kind", "plan.pdf is not what its name says, PDF", "empty.txt is empty"] {
        assert!(said.contains(part), "{said}");
    }
    assert_eq!(again.text("main textarea"), "Here they are.");
    assert_eq!(counted(&mut database.connect()), (0, 0));
    let large = vec![b'a'; 10 * 1024 * 1024 + 1];
    let again = sends(&owner, &address, &[("large.txt", &large)]);
    assert!(again.text("#files-error").contains("large.txt has more than 10 MB"), "{}", again.says());
    assert_eq!(sends(&owner, &address, &[("large.txt", &large[1..])]).status, 303, "ten are taken");
}

#[test]
fn a_sixth_file_is_left_out_and_the_five_stay() {
    let (database, on, site, address) = scene();
    let owner = site.signed_in(&on.organisation.owner.email);
    let six: Vec<(String, &[u8])> = (1..=6).map(|number| (format!("{number}.txt"), &b"words"[..])).collect();
    let six: Vec<_> = six.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    let again = sends(&owner, &address, &six);
    assert_eq!((again.status, again.texts("main form fieldset input").len()), (422, 5));
    assert!(again.text("#files-error").contains("6.txt was left out"));
    assert_eq!(owner.submit(&again, "main form", &[]).status, 303);
    assert_eq!(counted(&mut database.connect()), (5, 5));
    let many: Vec<(&str, &str)> =
        vec![("message", "Six."), ("file", "1"), ("file", "2"), ("file", "3"), ("file", "4"), ("file", "5"), ("file", "6")];
    assert_eq!(owner.post(&address, &many).status, 422);
}

#[test]
fn hostile_names_become_names_only() {
    let (_database, on, site, address) = scene();
    let owner = site.signed_in(&on.organisation.owner.email);
    let names = ["../../../etc/passwd.txt", "C:/a/b.txt", "<script>alert(1)</script>.txt", ".txt.txt"];
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, &b"words"[..])).collect();
    assert_eq!(sends(&owner, &address, &files).status, 303);
    let page = owner.get(&address);
    assert_eq!(page.texts("ul.files a"), ["passwd.txt", "b.txt", "script-.txt", "txt.txt"]);
    assert!(!page.has("ul.files script"));
    for link in links(&page) {
        let said = owner.get(&link).header("content-disposition").to_owned();
        assert!(said.starts_with("attachment; filename=\"") && !said.contains('/') && !said.contains(".."), "{said}");
    }
}

#[test]
fn a_second_click_that_brings_the_files_again_sends_one_message() {
    let (database, on, site, address) = scene();
    let owner = site.signed_in(&on.organisation.owner.email);
    let form = owner.get(&address);
    let send = || owner.submit_with(&form, "main form", &[("message", "Once.")], &[("files", "plan.pdf", PDF)]);
    let pages = std::thread::scope(|threads| [threads.spawn(send), threads.spawn(send)].map(|sent| sent.join().unwrap()));
    for page in &pages {
        assert_eq!(page.status, 303, "{}", page.says());
    }
    let page = owner.get(&address);
    assert_eq!((page.texts(".thread .prose").len(), links(&page).len()), (1, 1));
    assert_eq!(counted(&mut database.connect()), (2, 1), "what the second click brought waits, and goes after a day");
}

#[test]
fn nobody_who_is_not_signed_in_puts_anything_anywhere() {
    let (database, _on, site, address) = scene();
    let page = site.browser().bring_all(&address, &[("message", "Let me in.")], &[("files", "plan.pdf", PDF)]);
    assert_eq!(page.status, 403);
    assert!(page.html.contains("Let me in."), "what was typed is carried on: {}", page.says());
    assert_eq!(counted(&mut database.connect()), (0, 0));
}
