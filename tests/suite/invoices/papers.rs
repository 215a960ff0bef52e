//! The same words, in the same order, on the page and in the file.
use diesel::prelude::*;
use guildhall::db::invoices::find_whole;
use guildhall::domain::invoice::Series;
use guildhall::exports::{Paper, pdf};
use guildhall::schema::invoice_papers;
use guildhall::worker::Rules;
use lopdf::Document;

use super::ground::{ground, issued_on};
use crate::support::crew::work;
use crate::support::database::TestDatabase;
use crate::support::site::TestSite;

/// All that a file says, without white space: where a line ends is the sheet's affair.
fn said(bytes: &[u8]) -> String {
    let document = Document::load_mem(bytes).expect("a PDF");
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    squeezed(&document.extract_text(&pages).expect("its text"))
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}

#[test]
fn the_file_and_the_page_say_the_same() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let ground = ground(conn, 3);
    let id = ground.issued(conn);
    let site = TestSite::on(&database);
    let (freelancer, owner) = (site.signed_in(&ground.freelancer.email), site.signed_in(&ground.organisation.owner.email));
    let waiting = owner.get(&format!("/invoices/{id}.pdf"));
    assert!(waiting.says().contains("The PDF is being drawn"), "{}", waiting.says());
    let drawn = |number| move |conn: &mut PgConnection| invoice_papers::table.count().get_result(conn) == Ok(number);
    work(&database, 1, Rules::default(), "the paper is drawn", drawn(1));
    let file = freelancer.bytes(&format!("/invoices/{id}.pdf"));
    let page = owner.get(&format!("/invoices/{id}"));
    assert_eq!(said(&file), squeezed(&page.text("article.paper")));
    let paper = page.text("article.paper");
    // 3 weeks of 7:30 at 6,000.00 and a milestone of 6,000.00; 19 % and 0.55 % on their sum
    for words in [
        "Subtotal €141,000.00",
        "VAT 19 % on €141,000.00 €26,790.00",
        "City tax 0.55 % on €141,000.00 €775.50",
        "Total to be paid €168,565.50",
    ] {
        assert!(squeezed(&paper).contains(&squeezed(words)), "{words}: {paper}");
    }
    assert!(paper.contains("Łódź") && paper.contains("7:30"), "{paper}");
    assert!(paper.contains(&guildhall::exports::day(issued_on(conn, id))), "{paper}");
    assert_eq!(owner.bytes(&format!("/invoices/{id}.pdf")), file, "one file for both");

    ground.voids(conn, id).expect("a credit note");
    work(&database, 1, Rules::default(), "the credit note is drawn", drawn(2));
    let note = owner.get(&format!("/invoices/{id}/credit-note"));
    let file = owner.bytes(&format!("/invoices/{id}/credit-note.pdf"));
    assert_eq!(said(&file), squeezed(&note.text("article.paper")));
    assert!(squeezed(&note.text("article.paper")).contains("Totaltakenback€168,565.50"));
}

#[test]
fn many_lines_and_long_words_go_on_over_sheets() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let ground = ground(conn, 60);
    let id = ground.issued(conn);
    let mut shown = find_whole(conn, id).expect("a read").expect("the invoice");
    shown.invoice.note = format!("{}\nEnd.", "x".repeat(900));
    let paper = Paper::of(&shown, Series::Invoice).expect("a paper");
    let bytes = pdf(&paper).expect("a file");
    assert_eq!(bytes, pdf(&paper).expect("a file"), "the same bytes each time");
    assert!(Document::load_mem(&bytes).expect("a PDF").get_pages().len() > 1);
    let said = said(&bytes);
    assert_eq!(said.matches("Workinweek").count(), 60);
    assert!(said.contains(&"x".repeat(900)) && said.contains("End."));
}
