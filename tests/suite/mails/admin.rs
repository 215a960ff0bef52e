//! The admins' page of letters.
use diesel::connection::SimpleConnection;

use super::{awarded, carrier, round, states};
use crate::support::given;
use crate::support::site::TestSite;
use crate::support::smtp::{Deed, Smtp};

#[test]
fn admins_see_letters_and_what_became_of_them_and_nobody_else_does() {
    let (database, on) = awarded(2);
    let mut conn = database.connect();
    let admin = given::somebody(&mut conn, "Grace Murray");
    conn.batch_execute(&format!("UPDATE users SET is_admin = true WHERE id = {}", admin.id)).unwrap();
    let smtp = Smtp::start();
    smtp.will([Deed::Refuse("550 no such mailbox")]);
    round(&carrier(&database, &smtp)).unwrap();
    let site = TestSite::on(&database);
    for who in [&on.freelancers[0].email, &on.organisation.owner.email] {
        assert_eq!(site.signed_in(who).get("/admin/mails").status, 404);
    }
    let browser = site.signed_in(&admin.email);
    let list = browser.get("/admin/mails");
    assert_eq!((list.text("h1").as_str(), list.texts(".list li").len()), ("2 letters", 2));
    let failed = browser.get("/admin/mails?state=FAILED");
    assert_eq!(failed.texts(".list li").len(), 1);
    assert!(failed.text(".list").contains("no such mailbox"), "{}", failed.text(".list"));
    let letter = browser.get(&failed.attribute(".list a", "href").unwrap());
    assert!(letter.text("main").contains("550"), "{}", letter.text("main"));
    assert!(letter.text("pre").contains("Hello "), "without a server the words can be read here");
    let again = browser.submit(&letter, "main form", &[]);
    let waits = browser.follow(again);
    assert_eq!(waits.status, 200);
    // twice is too late
    assert_eq!(browser.submit(&letter, "main form", &[]).status, 409);
    round(&carrier(&database, &smtp)).unwrap();
    assert!(states(&database).iter().all(|(state, ..)| state == "SENT"));
    for page in ["/admin/mails/1", "/admin/mails?state=NONE&after=x", "/admin/mails?state=DROPPED"] {
        assert!([200, 404].contains(&browser.get(page).status), "{page}");
    }
}
