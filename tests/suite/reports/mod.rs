//! What was worked and spent: the sums on the pages are those of queries that the product does not contain.
use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use guildhall::domain::ids::InvoiceId;

use crate::invoices::ground::{Ground, ground, ground_on, issued_on};
use crate::support::database::TestDatabase;
use crate::support::given;
use crate::support::page::Page;
use crate::support::site::TestSite;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    key: String,
    #[diesel(sql_type = BigInt)]
    n: i64,
}

fn asked(conn: &mut PgConnection, query: &str) -> BTreeMap<String, i64> {
    diesel::sql_query(query).load::<Row>(conn).expect(query).into_iter().map(|row| (row.key, row.n)).collect()
}

/// The figures of a table below a heading, by the name of the row: hours in minutes, and cents.
fn figures(page: &Page, heading: &str) -> BTreeMap<String, (i64, i64, i64)> {
    let amount = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>().parse::<i64>().expect("an amount");
    let minutes = |text: &str| {
        let (hours, minutes) = text.split_once(':').expect("hours");
        hours.parse::<i64>().expect("hours") * 60 + minutes.parse::<i64>().expect("minutes")
    };
    let mut found = BTreeMap::new();
    let html = scraper::Html::parse_document(&page.html);
    let rows = scraper::Selector::parse(&format!("[aria-labelledby={heading}] tr")).expect("a selector");
    let cells = scraper::Selector::parse("th[scope=row], td").expect("a selector");
    for row in html.select(&rows) {
        let cells: Vec<String> = row.select(&cells).map(|cell| cell.text().collect()).collect();
        if let [name, hours, invoiced, paid] = cells.as_slice() {
            found.insert(name.clone(), (minutes(hours), amount(invoiced), amount(paid)));
        }
    }
    found
}

/// Two contracts of one client with two freelancers, one of them with a void and a paid invoice, and one in dollars.
fn scene(conn: &mut PgConnection) -> (Vec<Ground>, Vec<InvoiceId>) {
    let first = ground(conn, 6);
    let organisation = first.organisation.clone();
    let ada = given::freelancer(conn, "Mira Lindqvist");
    let on = given::open_project_with(conn, organisation.clone(), vec![ada]);
    let second = ground_on(conn, &on, 3);
    let on = given::open_project_with(conn, organisation, vec![first.freelancer.clone()]);
    let third = ground_on(conn, &on, 2);
    given::past_triggers(conn, &format!("UPDATE contracts SET currency = 'USD' WHERE id = {}", third.contract));
    given::past_triggers(conn, "UPDATE projects SET title = title || ' ' || id");
    let void = first.issued(conn);
    first.voids(conn, void).expect("a credit note");
    let paid = first.issued(conn);
    first.pays(conn, paid, "SEPA 1").expect("paid");
    let others = [second.issued(conn), third.issued(conn)];
    (vec![first, second, third], vec![void, paid, others[0], others[1]])
}

#[test]
fn the_sums_are_those_that_sql_finds() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let (grounds, _) = scene(conn);
    let stranger = ground(conn, 4);
    stranger.issued(conn);
    let site = TestSite::on(&database);
    let owner = site.signed_in(&grounds[0].organisation.owner.email);
    let page = owner.get("/reports?from=2026-01&to=2199-12");
    assert_eq!(page.status, 200, "{}", page.says());
    let client = grounds[0].organisation.id;
    for currency in ["EUR", "USD"] {
        for (what, worked, invoiced) in [
            ("month", "substr(t.week::text, 1, 7)", "substr(i.issued_on::text, 1, 7)"),
            ("project", "p.title", "p.title"),
            ("freelancer", "u.name", "u.name"),
        ] {
            let from = "FROM contracts c JOIN projects p ON p.id = c.project_id JOIN users u ON u.id = c.freelancer_id";
            let ours = format!("WHERE c.organisation_id = {client} AND c.currency = '{currency}'");
            // sessions would be added up with range_agg; approved weeks hold their minutes, which triggers count
            let minutes = asked(
                conn,
                &format!(
                    "SELECT {worked} AS key, sum(t.minutes)::bigint AS n {from} JOIN timesheets t ON t.contract_id = c.id {ours} GROUP BY 1"
                ),
            );
            let lines = format!("JOIN invoices i ON i.contract_id = c.id JOIN invoice_lines l ON l.invoice_id = i.id {ours} AND l.live");
            let spent = asked(conn, &format!("SELECT {invoiced} AS key, sum(l.amount)::bigint AS n {from} {lines} GROUP BY 1"));
            let paid = asked(
                conn,
                &format!("SELECT {invoiced} AS key, sum(l.amount)::bigint AS n {from} {lines} AND i.status = 'PAID' GROUP BY 1"),
            );
            let mut shown = figures(&page, &format!("{what}-{}", currency.to_lowercase()));
            let total = shown.remove("Total").expect("a total");
            assert_eq!(total, (minutes.values().sum(), spent.values().sum(), paid.values().sum()), "{what} {currency}");
            let expected: BTreeMap<_, _> = minutes
                .keys()
                .chain(spent.keys())
                .map(|key| {
                    let of = |sums: &BTreeMap<String, i64>| sums.get(key).copied().unwrap_or_default();
                    (key.clone(), (of(&minutes), of(&spent), of(&paid)))
                })
                .collect();
            assert_eq!(shown, expected, "{what} {currency}");
        }
    }
    assert!(page.has("svg[role=img][aria-label*='was invoiced before tax']"));
    let one = owner.get(&format!("/reports?from=2026-01&to=2199-12&freelancer={}", grounds[1].freelancer.id));
    assert_eq!(figures(&one, "freelancer-eur").len(), 2, "one and the total");
    let file = owner.get("/reports.csv?from=2026-01&to=2199-12");
    assert_eq!((file.status, file.html.contains("USD")), (200, true), "{}", file.html);
    assert_eq!(owner.get("/reports.csv").status, 404);
}

#[test]
fn who_keeps_the_money_reads_what_was_spent() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let ground = ground(conn, 1);
    ground.issued(conn);
    let site = TestSite::on(&database);
    let organisation = &ground.organisation;
    for (who, status) in
        [(&organisation.owner, 200), (&organisation.finance, 200), (&organisation.manager, 403), (&organisation.viewer, 403)]
    {
        assert_eq!(site.signed_in(&who.email).get("/reports").status, status, "{}", who.name);
    }
    assert_eq!(site.signed_in(&ground.freelancer.email).get("/reports").status, 403);
    let rows = site.signed_in(&organisation.viewer.email).get("/reports.csv?from=2026-01&to=2199-12");
    assert_eq!(rows.html.lines().count(), 1, "a head and nothing: {}", rows.html);
}

#[test]
fn a_statement_tells_of_all_that_was_booked_in_its_month() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let (grounds, papers) = scene(conn);
    let site = TestSite::on(&database);
    let freelancer = site.signed_in(&grounds[0].freelancer.email);
    let month = issued_on(conn, papers[0]).format("%Y-%m").to_string();
    let page = freelancer.follow(freelancer.get("/statements"));
    assert_eq!(page.path, format!("/statements/{month}"));
    // 6 weeks of 45,000.00 and 6,000.00, with 19 % and 0.55 %: twice issued, once taken back, once paid; in dollars 2 weeks
    let eur = 27_600_000 + 5_244_000 + 151_800;
    let usd = 9_600_000 + 1_824_000 + 52_800;
    let says = page.says();
    let money = |sign: &str, minor: i64| format!("{sign}{},{:03}.{:02}", minor / 100_000, minor / 100 % 1000, minor % 100);
    for words in [
        format!("EUR {} {} {} {}", money("€", 2 * eur), money("€", eur), money("€", eur), money("€", eur)),
        format!("USD {} $0.00 {} $0.00", money("$", usd), money("$", usd)),
    ] {
        let squeezed = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>();
        assert!(squeezed(&says).contains(&squeezed(&words)), "{words}: {says}");
    }
    assert!(says.contains("CN-"), "{says}");
    let file = freelancer.get(&format!("/statements/{month}.csv"));
    assert_eq!(file.html.lines().count(), 6, "{}", file.html);
    assert!(freelancer.get("/statements/2020-02").says().contains("Nothing was booked"));
    for odd in ["/statements/2020-13", "/statements/soon", "/statements/2020-2"] {
        assert_eq!(freelancer.get(odd).status, 404, "{odd}");
    }
}
