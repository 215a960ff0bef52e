//! The pages of invoices, for everybody who may come.
use guildhall::domain::ids::InvoiceId;

use super::ground::{Ground, ground, hold};
use crate::support::browser::Browser;
use crate::support::database::TestDatabase;
use crate::support::given;
use crate::support::page::Page;
use crate::support::site::TestSite;

fn id_of(page: &Page) -> InvoiceId {
    page.location().trim_start_matches("/invoices/").parse().expect("an invoice's address")
}

fn writes(freelancer: &Browser, ground: &Ground) -> Page {
    let form = freelancer.get(&format!("/invoices/new?contract={}", ground.contract));
    assert_eq!(form.status, 200, "{}", form.says());
    freelancer.submit(
        &form,
        "main form",
        &[("tax_label", "VAT"), ("tax_label", ""), ("tax_rate", "20"), ("tax_rate", ""), ("due_on", "2199-12-31")],
    )
}

#[test]
fn an_invoice_goes_from_draft_to_paid() {
    let database = TestDatabase::new();
    let ground = ground(&mut database.connect(), 2);
    let site = TestSite::on(&database);
    let (freelancer, finance) = (site.signed_in(&ground.freelancer.email), site.signed_in(&ground.organisation.finance.email));
    let made = writes(&freelancer, &ground);
    assert_eq!(made.status, 303, "{}", made.says());
    let id = id_of(&made);
    let draft = freelancer.follow(made);
    assert!(draft.says().contains("Total to be paid€115,200.00"), "{}", draft.says());
    assert_eq!(finance.get(&format!("/invoices/{id}")).status, 404, "a draft is its freelancer's alone");
    assert_eq!(finance.get(&format!("/invoices/{id}/issue")).status, 404);

    let edit = freelancer.get(&format!("/invoices/{id}/edit"));
    let saved = freelancer.submit(&edit, "main form", &[("note", "By bank, please.")]);
    assert_eq!(saved.status, 303, "{}", saved.says());
    let stale = freelancer.submit(&edit, "main form", &[("note", "By cheque.")]);
    assert_eq!(stale.status, 409);
    assert!(stale.says().contains("By cheque."), "what was typed is kept: {}", stale.says());

    let ask = freelancer.get(&format!("/invoices/{id}/issue"));
    let issued = freelancer.follow(freelancer.submit(&ask, "main form", &[]));
    assert!(issued.says().contains("-0001 is issued"), "{}", issued.says());
    assert_eq!(freelancer.submit(&ask, "main form", &[]).status, 303, "a double click is led to it");
    assert_eq!(freelancer.get(&format!("/invoices/{id}/edit")).status, 409);
    assert!(finance.get("/notices").says().contains("an invoice for"), "{}", finance.get("/notices").says());

    let pay = finance.get(&format!("/invoices/{id}/pay"));
    let empty = finance.submit(&pay, "main form", &[]);
    assert_eq!(empty.status, 422);
    let paid = finance.follow(finance.submit(&pay, "main form", &[("reference", "SEPA 4711")]));
    assert!(paid.says().contains("SEPA 4711"), "{}", paid.says());
    let late = finance.get(&format!("/invoices/{id}/void"));
    assert_eq!((late.status, late.has("[data-conflict]")), (409, true));
    assert!(late.says().contains("You marked this invoice paid before that"), "{}", late.says());
    assert!(freelancer.get("/notices").says().contains("marked your invoice"), "{}", freelancer.get("/notices").says());
    let history = freelancer.get(&format!("/contracts/{}/history", ground.contract)).says();
    assert!(history.contains("-0001 paid"), "{history}");
    for reader in [&freelancer, &finance] {
        assert!(reader.get("/invoices").says().contains("-0001"));
        assert!(reader.get(&format!("/contracts/{}/invoices", ground.contract)).says().contains("-0001"));
        assert!(reader.get("/invoices.csv").html.contains("SEPA 4711"));
    }
    hold(&mut database.connect());
}

#[test]
fn everybody_does_only_what_is_theirs() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let (ground, stranger) = (ground(conn, 1), given::somebody(conn, "Grace Murray"));
    let id = ground.issued(conn);
    let site = TestSite::on(&database);
    let by = |email: &str| site.signed_in(email);
    let organisation = &ground.organisation;
    let cases = [
        (&ground.freelancer.email, [200, 403, 200]),
        (&organisation.owner.email, [200, 200, 200]),
        (&organisation.manager.email, [200, 403, 403]),
        (&organisation.finance.email, [200, 200, 200]),
        (&organisation.viewer.email, [200, 403, 403]),
        (&stranger.email, [404, 404, 404]),
    ];
    for (email, expected) in cases {
        let browser = by(email);
        let asked = ["", "/pay", "/void"].map(|act| browser.get(&format!("/invoices/{id}{act}")).status);
        assert_eq!(asked, expected, "{email}");
        if expected[1] != 200 {
            assert_eq!(browser.post(&format!("/invoices/{id}/pay"), &[("reference", "X")]).status, expected[1], "{email}");
        }
        if expected[2] != 200 {
            assert_eq!(browser.post(&format!("/invoices/{id}/void"), &[("reason", "X")]).status, expected[2], "{email}");
        }
    }
    let new = format!("/invoices/new?contract={}", ground.contract);
    assert_eq!(by(&organisation.owner.email).get(&new).status, 403);
    assert_eq!(by(&stranger.email).get(&new).status, 404);
    assert_eq!(by(&stranger.email).get(&format!("/contracts/{}/invoices", ground.contract)).status, 404);
    assert_eq!(by(&stranger.email).get(&format!("/contracts/{}/invoices.csv", ground.contract)).status, 404);
    let voided = by(&ground.freelancer.email);
    let asked = voided.get(&format!("/invoices/{id}/void"));
    let done = voided.follow(voided.submit(&asked, "main form", &[("reason", "The wrong rate.")]));
    assert!(done.says().contains("void by credit note CN-"), "{}", done.says());
    assert!(by(&organisation.viewer.email).get(&format!("/invoices/{id}/credit-note")).says().contains("Takes back invoice"));
    hold(conn);
}

#[test]
fn whoever_chose_what_is_gone_is_told_and_keeps_the_rest() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let ground = ground(conn, 2);
    let site = TestSite::on(&database);
    let freelancer = site.signed_in(&ground.freelancer.email);
    let form = freelancer.get(&format!("/invoices/new?contract={}", ground.contract));
    ground.drafts(conn, 0).expect("a draft");
    let late = freelancer.submit(&form, "main form", &[("due_on", "2199-12-31"), ("note", "Thank you.")]);
    assert_eq!(late.status, 409, "{}", late.says());
    assert!(late.says().contains("stands on another invoice since") && late.says().contains("Thank you."), "{}", late.says());
    let wrong =
        freelancer.submit(&form, "main form", &[("due_on", "soon"), ("week", ""), ("milestone", ""), ("tax_rate", "x"), ("tax_rate", "")]);
    assert_eq!(wrong.status, 422);
    for field in ["#due_on-error", "#week-error", "#tax_rate_0-error"] {
        assert!(wrong.has(field), "{field}: {}", wrong.says());
    }
}
