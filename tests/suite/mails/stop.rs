//! Choosing which letters come, and giving up a kind of them by the link in each.
use guildhall::db::mails;
use guildhall::domain::mail::{DigestPace, MailKind};

use super::{SITE, awarded, carrier, round, states};
use crate::support::given;
use crate::support::invariants;
use crate::support::site::TestSite;
use crate::support::smtp::Smtp;

/// The path of a letter's own link.
fn stop_path(letter: &crate::support::smtp::Arrived) -> String {
    letter.header("List-Unsubscribe").trim_matches(['<', '>']).trim_start_matches(SITE).to_owned()
}

#[test]
fn a_click_in_a_letter_asks_and_its_button_stops_that_kind_alone() {
    let (database, on) = awarded(1);
    let smtp = Smtp::start();
    round(&carrier(&database, &smtp)).unwrap();
    let site = TestSite::on(&database);
    let (path, visitor) = (stop_path(&smtp.arrived()[0]), site.browser());
    let chosen = || mails::choice(&mut database.connect(), on.freelancers[0].id).unwrap();
    let page = visitor.get(&path);
    assert_eq!((page.status, chosen().off.len()), (200, 0), "looking changes nothing");
    let done = visitor.submit(&page, "main form", &[]);
    assert_eq!(done.status, 200);
    assert_eq!((chosen().off, chosen().digest), (vec![MailKind::Awarded], DigestPace::Daily));
    invariants::hold(&database);
}

#[test]
fn a_mail_program_stops_them_by_itself_without_cookies_and_origin() {
    let (database, on) = awarded(1);
    let smtp = Smtp::start();
    round(&carrier(&database, &smtp)).unwrap();
    let site = TestSite::on(&database);
    let path = stop_path(&smtp.arrived()[0]);
    let post = |path: &str| {
        let client = crate::support::browser::builder().build().expect("a client");
        client.post(format!("{}{path}", site.url())).form(&[("List-Unsubscribe", "One-Click")]).send().unwrap().status().as_u16()
    };
    assert_eq!((post(&path), post(&path)), (200, 200));
    let choice = mails::choice(&mut database.connect(), on.freelancers[0].id).unwrap();
    assert_eq!(choice.off, [MailKind::Awarded]);
    // nobody else's, no other kind, and none that cannot be given up
    let other = path.replace("AWARDED", "INVITED");
    let (front, sign) = path.rsplit_once('/').unwrap();
    for wrong in [other, format!("{front}/{}", sign.replace(['1', '2', '3'], "0")), format!("/unsubscribe/1/RESET_PASSWORD/{sign}")] {
        assert_eq!(post(&wrong), 404, "{wrong}");
    }
}

#[test]
fn who_wants_no_letters_gets_none_even_those_that_wait() {
    let (database, on) = awarded(2);
    let site = TestSite::on(&database);
    let choose = |email: &str, fields: &[(&str, &str)]| {
        site.signed_in(email).post("/notices/settings", fields).location();
    };
    // the one before it is gathered, the other while it waits
    choose(&on.freelancers[0].email, &[("digest", "WEEKLY"), ("letter", "INVITED")]);
    let mut conn = database.connect();
    guildhall::operations::mails::gather_mails(&mut given::patient(&mut conn), "a.example.org").unwrap();
    assert_eq!(states(&database).len(), 1);
    choose(&on.freelancers[1].email, &[("digest", "NEVER")]);
    let smtp = Smtp::start();
    round(&carrier(&database, &smtp)).unwrap();
    assert_eq!((states(&database)[0].0.as_str(), smtp.arrived().len()), ("DROPPED", 0));
    let page = site.signed_in(&on.freelancers[0].email).get("/notices/settings");
    assert_eq!(page.each("input[name=letter][checked]", |box_| box_.attr("value").unwrap().to_owned()), ["INVITED"]);
    assert_eq!(page.attribute("input[name=digest][checked]", "value").as_deref(), Some("WEEKLY"));
    invariants::hold(&database);
}
