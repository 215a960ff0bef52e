//! What happened everywhere: found by each filter, read through without a gap, and never by reading all of it.
use std::collections::BTreeSet;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use guildhall::db::Portion;
use guildhall::db::annals::{self, Sought};
use guildhall::domain::event::{EventKind, Root};
use guildhall::schema::{events, users};

use super::{holds, suspends};
use crate::support::database::TestDatabase;
use crate::support::given;
use crate::support::site::TestSite;
use crate::tickets::admin;

#[test]
fn what_happened_is_found_by_kind_person_thing_and_day() {
    let (database, on) = given::database_with_open_project(2);
    let conn = &mut database.connect();
    let keeper = admin(conn, "Priya Raman");
    holds(conn, keeper.id, on.id).expect("held");
    suspends(conn, keeper.id, on.freelancers[1].id).expect("suspended");
    let site = TestSite::on(&database);
    let browser = site.signed_in(&keeper.email);
    let kinds = |query: &str| browser.get(&format!("/admin/history{query}")).texts("ol.timeline strong");
    assert_eq!(kinds("")[..2], ["Person suspended", "Project held"]);
    assert_eq!(kinds("?kind=PROJECT_HELD"), ["Project held"]);
    assert_eq!(kinds(&format!("?who={}", keeper.id.reference()))[..2], ["Person suspended", "Project held"]);
    assert_eq!(kinds(&format!("?whom={}", on.freelancers[1].id.reference())), ["Person suspended"]);
    let about = kinds(&format!("?about={}", on.id.reference()));
    assert_eq!((about[0].as_str(), about.last().unwrap().as_str()), ("Project held", "Project drafted"));
    assert_eq!(kinds("?kind=PROPOSAL_SUBMITTED").len(), 2);
    assert!(kinds("?kind=PROPOSAL_SUBMITTED&to=2020-01-01").is_empty());
    assert!(kinds("?from=2190-01-01").is_empty());
    assert!(!kinds("?from=2020-01-01&to=2190-01-01").is_empty());
    let page = browser.get("/admin/history?kind=PROJECT_HELD");
    assert!(page.says().contains("By Priya Raman"), "{}", page.says());
    assert_eq!(page.attribute("ol.timeline p a", "href"), Some(format!("/admin/projects/{}", on.id)));
    assert!(!page.html.contains("deposit"), "no words stand in the history");
    let wrong = browser.get("/admin/history?who=Ada&from=yesterday&about=7");
    assert_eq!((wrong.status, wrong.texts(".wrong").len(), wrong.texts("ol.timeline li").len()), (200, 3, 0));
    let file = browser.get("/admin/history.csv?kind=PROJECT_HELD").html;
    assert!(file.contains(&on.id.reference()) && file.contains("Priya Raman") && file.lines().count() == 2, "{file}");
    assert_eq!(browser.get("/admin/history.csv?who=Ada").status, 404);
    for other in [&on.organisation.owner, &on.freelancers[0]] {
        let theirs = site.signed_in(&other.email);
        for path in ["/admin/history", "/admin/history.csv", "/admin/history.json?kind=PROJECT_HELD"] {
            assert_eq!(theirs.get(path).status, 404, "{path}");
        }
    }
}

/// Events of streams that nothing else knows of, three in each moment and forty in one.
fn many(conn: &mut PgConnection, number: usize) {
    let made = "INSERT INTO events (stream_kind, stream_id, seq, at, kind, actor_id, prev_hash, hash) \
        SELECT 'PERSON', 900000 + n, 1, timestamptz '2026-01-01' + (CASE WHEN n < 40 THEN 0 ELSE n / 3 END) * interval '1 s', \
            CASE n % 4 WHEN 0 THEN 'SIGNED_UP' ELSE 'ACCOUNT_CHANGED' END, (SELECT min(id) FROM users), '', sha256(n::text::bytea) \
        FROM generate_series(1, {number}) n"
        .replace("{number}", &number.to_string());
    given::past_triggers(conn, &made);
    conn.batch_execute("ANALYZE events").expect("counted");
}

#[test]
fn it_is_read_through_page_by_page_and_part_by_part_without_a_gap() {
    let (database, _) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    many(conn, 6_000);
    let all: i64 = events::table.count().get_result(conn).unwrap();
    let all = usize::try_from(all).unwrap();
    for portion in [Portion::Page, Portion::Batch] {
        let (mut seen, mut read, mut after) = (BTreeSet::new(), 0, None);
        loop {
            let (rows, more) = annals::list(conn, &Sought::default(), after, portion).expect("a part");
            assert!(rows.windows(2).all(|two| two[0].at >= two[1].at));
            read += rows.len();
            seen.extend(rows.iter().map(|row| row.hash.clone()));
            after = rows.last().map(annals::Event::key);
            if !more {
                break;
            }
            assert!(!rows.is_empty());
        }
        assert_eq!((read, seen.len()), (all, all), "{portion:?}");
    }
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
    line: String,
}

#[test]
fn no_filter_reads_all_of_it() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    given::open_project(conn, 2);
    many(conn, 40_000);
    let ada = users::table.select(users::id).order(users::id.desc()).first::<i64>(conn).map(guildhall::domain::ids::UserId).unwrap();
    let all = Sought::default();
    let cases = [
        all.clone(),
        Sought { kind: Some(EventKind::ProjectHeld), ..all.clone() },
        Sought { kind: Some(EventKind::SignedUp), ..all.clone() },
        Sought { who: Some(ada), ..all.clone() },
        Sought { whom: Some(ada), ..all.clone() },
        Sought { of: Root::of("PROJECT", 10_001), ..all.clone() },
        Sought { who: Some(ada), kind: Some(EventKind::SignedUp), ..all },
    ];
    let day = "'2026-01-01', '2026-01-02'";
    let ever = "'1970-01-01', 'infinity'";
    for sought in &cases {
        for span in [day, ever] {
            let (from, until) = span.split_once(", ").unwrap();
            let values = [
                ("$1", from.to_owned()),
                ("$2", until.to_owned()),
                ("$3", sought.kind.map_or("''::text".to_owned(), |kind| format!("'{kind}'"))),
                ("$4", sought.who.map_or(0, |id| id.0).to_string()),
                ("$5", sought.whom.map_or(0, |id| id.0).to_string()),
                ("$6", sought.of.map_or("''::text".to_owned(), |root| format!("'{}'", root.kind()))),
                ("$7", sought.of.map_or(0, |root| root.id()).to_string()),
                ("$8", format!("ARRAY['{}']", annals::of_bids().join("','"))),
            ];
            let query = values.iter().fold(annals::query(sought, Portion::Page), |query, (place, value)| query.replace(place, value));
            let lines: Vec<Line> = diesel::sql_query(format!("EXPLAIN {query}")).load(conn).expect("a plan");
            let plan = lines.into_iter().map(|line| line.line + "\n").collect::<String>();
            assert!(!plan.contains("Seq Scan on events"), "{sought:?}\n{plan}");
        }
    }
}
