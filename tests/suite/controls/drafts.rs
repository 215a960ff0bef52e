//! Drafts as they are often written: what arrives last stands, a sent draft is a deleted row, and a limit is counted
//! before it is written.
use diesel::prelude::*;
use guildhall::db::drafts;
use guildhall::domain::draft::{Form, Saved};
use guildhall::domain::request::RequestKey;
use guildhall::operations::drafts::let_go_draft;

use super::lab::{guard, read, run, scene};
use crate::drafts::{save, stored, typed};
use crate::support::given::patient;
use crate::support::invariants;

const INSERT: &str = "INSERT INTO drafts (user_id, kind, subject_id, fields, page, turn, typed_at) \
    SELECT $1, 'PROPOSAL', $2, '[[\"cover_letter\", \"naive\"]]', '', 0, now()";
const COUNT: &str = "SELECT count(*) AS n FROM drafts WHERE state = 'KEPT' AND user_id = $1";

/// Looks whether there is a draft, then inserts or updates: whatever comes last is written.
fn naive_save(conn: &mut PgConnection, by: i64, project: i64, pause: impl FnOnce()) -> QueryResult<()> {
    let is_there = read(conn, COUNT, by) > 0;
    pause();
    if is_there {
        return run(
            conn,
            "UPDATE drafts SET fields = '[[\"cover_letter\", \"naive\"]]' WHERE user_id = $1 AND subject_id = $2",
            &[by, project],
        );
    }
    run(conn, INSERT, &[by, project])
}

#[test]
fn two_windows_that_both_find_no_draft_are_caught() {
    for weakened in [true, false] {
        let (database, on) = scene(weakened);
        let (mut conn, mut other) = (database.connect(), database.connect());
        let by = on.freelancers[0].id.0;
        let done = guard(naive_save(&mut conn, by, on.id.0, || naive_save(&mut other, by, on.id.0, || {}).expect("the first draft")));
        assert_eq!(done.as_deref(), (!weakened).then_some("drafts_one_per_form"));
        assert_eq!(invariants::broken(&mut conn).iter().any(|found| found.starts_with("duplicate natural keys")), weakened);
    }
}

#[test]
fn an_older_request_that_comes_late_is_caught() {
    for naive in [true, false] {
        let (database, on) = scene(false);
        let mut conn = database.connect();
        let (by, form) = (on.freelancers[0].id, Form::Proposal(on.id));
        let now = 1_700_000_000_000;
        assert!(matches!(save(&mut conn, by, form, "typed last", &typed("the-page", now + 2)), Some(Saved::Kept(_))));
        if naive {
            naive_save(&mut conn, by.0, on.id.0, || {}).unwrap();
        } else {
            assert_eq!(save(&mut conn, by, form, "typed first", &typed("the-page", now + 1)), Some(Saved::Outdated));
        }
        assert_eq!(stored(&mut conn)[0].1.contains("typed last"), !naive);
    }
}

#[test]
fn a_late_request_behind_a_deleted_draft_is_caught() {
    for naive in [true, false] {
        let (database, on) = scene(false);
        let mut conn = database.connect();
        let (by, form, page) = (on.freelancers[0].id, Form::Proposal(on.id), RequestKey::parse("the-page").unwrap());
        let now = 1_700_000_000_000;
        save(&mut conn, by, form, "typed", &typed(page.as_str(), now));
        if naive {
            run(&mut conn, "DELETE FROM drafts WHERE user_id = $1 AND subject_id = $2", &[by.0, on.id.0]).unwrap();
        } else {
            let_go_draft(&mut patient(&mut conn), by, form, &page).unwrap();
        }
        save(&mut conn, by, form, "typed", &typed(page.as_str(), now + 1));
        assert_eq!(drafts::find(&mut conn, by, form).unwrap().is_some(), naive, "a draft of what was sent");
    }
}

#[test]
fn a_limit_that_is_counted_before_it_is_written_is_caught() {
    for weakened in [true, false] {
        let (database, on) = scene(weakened);
        let (mut conn, mut other) = (database.connect(), database.connect());
        let by = on.freelancers[0].id.0;
        let add = |conn: &mut PgConnection, first: i64, last: i64| {
            let series = format!("{} FROM generate_series({first}, {last}) n", INSERT.replace("$2,", "$2 + n,"));
            run(conn, &series, &[by, on.id.0])
        };
        add(&mut conn, 1, 49).unwrap();
        assert!(read(&mut conn, COUNT, by) < 50 && read(&mut other, COUNT, by) < 50, "both find room");
        add(&mut other, 50, 50).unwrap();
        let done = guard(add(&mut conn, 51, 51));
        assert_eq!(done.as_deref(), (!weakened).then_some("drafts_at_most_fifty"));
        assert_eq!(invariants::broken(&mut conn).iter().any(|found| found.starts_with("more drafts than one may keep")), weakened);
    }
}
