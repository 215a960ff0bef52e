//! Many send files at once: memory holds so much and no more, and nobody's words are lost.
use guildhall::domain::file::LARGEST;

use super::counted;
use crate::support::given;
use crate::support::race::start_together;
use crate::support::site::TestSite;

#[test]
fn whoever_finds_no_room_gets_the_form_again_and_is_told_when_to_come() {
    let (database, on) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    // for one small file, and for none of this size
    let site = TestSite::cramped(&database, 1024 * 1024);
    let owner = site.signed_in(&on.organisation.owner.email);
    let address = format!("/proposals/{}/messages", on.proposals[0]);
    let form = owner.get(&address);
    let large = vec![b'a'; 2 * 1024 * 1024];
    let full = owner.submit_with(&form, "main form[data-draft]", &[("message", "Here.")], &[("files", "large.txt", &large)]);
    assert_eq!((full.status, full.header("retry-after"), counted(conn)), (503, "30", (0, 0)));
    assert!(full.text("#files-error").contains("Many people are sending files"), "{}", full.says());
    assert_eq!(full.text("main textarea"), "Here.");
    let small = owner.submit_with(&full, "main form[data-draft]", &[], &[("files", "small.txt", b"Small.\n")]);
    assert_eq!((small.status, counted(conn)), (303, (1, 1)), "{}", small.says());
}

#[test]
fn fifty_at_once_are_all_heard_or_told_and_nothing_is_lost() {
    let (database, on) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    let site = TestSite::cramped(&database, LARGEST);
    let address = format!("/proposals/{}/messages", on.proposals[0]);
    let bytes = vec![b'a'; 1024 * 1024];
    let done = start_together(
        50,
        |_| {
            let browser = site.signed_in(&on.organisation.owner.email);
            let form = browser.get(&address);
            (browser, form)
        },
        |_, (browser, form)| {
            browser.submit_with(&form, "main form[data-draft]", &[("message", "Here.")], &[("files", "a.txt", &bytes)]).status
        },
    );
    let (sent, told) =
        (done.iter().filter(|status| **status == 303).count(), done.iter().filter(|status| matches!(status, 503 | 409)).count());
    println!("50 at once, room for ten: {sent} sent, {told} told to come again");
    assert_eq!(sent + told, 50, "{done:?}");
    assert!(sent >= 1, "{done:?}");
    assert_eq!(counted(conn).1, i64::try_from(sent).unwrap());
}
