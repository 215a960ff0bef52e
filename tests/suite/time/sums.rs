//! What the pages count is what was worked, no minute twice: a thousand random weeks over clock changes, read from the HTML and
//! compared with a query that the product does not contain.
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use guildhall::db::Failure;
use guildhall::domain::work::{LogRefused, Span, Week};
use guildhall::operations::time::{delete_work, record_work};

use super::{Ground, entry};
use crate::support::browser::Browser;
use crate::support::database::TestDatabase;
use crate::support::given::{self, patient};
use crate::support::invariants;
use crate::support::race::race;
use crate::support::site::TestSite;

/// Where the clocks change by an hour, by half of one, at midnight, in the other half of the year; and where they do not.
const ZONES: [&str; 5] = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Asia/Kathmandu"];
const WEEKS: u64 = 200;

#[derive(QueryableByName)]
struct Day {
    #[diesel(sql_type = Text)]
    day: String,
    #[diesel(sql_type = BigInt)]
    minutes: i64,
}

/// All that was worked on a contract as one set of moments, cut at the midnights of its zone.
const WORKED: &str = "WITH worked AS (SELECT range_agg(tstzrange(started_at, ended_at, '[)')) AS moments FROM work_logs \
        WHERE contract_id = $1 AND deleted_at IS NULL), \
    days AS (SELECT d::date AS day FROM generate_series(timestamp '2021-12-27', timestamp '2026-01-05', interval '1 day') d) \
    SELECT day::text AS day, coalesce((SELECT sum(extract(epoch FROM upper(part) - lower(part)) / 60) FROM unnest(moments * \
        tstzmultirange(tstzrange(day::timestamp AT TIME ZONE $2, (day + 1)::timestamp AT TIME ZONE $2, '[)'))) part), 0)::bigint AS minutes \
    FROM days, worked ORDER BY day";

/// A small generator, the same on every run.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: i64) -> i64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        i64::try_from(self.0 % u64::try_from(sides).unwrap()).unwrap()
    }
}

#[test]
fn a_thousand_random_weeks_count_every_minute_once() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let grounds: Vec<Ground> = ZONES.iter().map(|_| Ground::new(&database)).collect();
    for (ground, zone) in grounds.iter().zip(ZONES) {
        given::past_triggers(conn, &format!("UPDATE contracts SET accepted_at = '2021-12-01' WHERE id = {}", ground.contract));
        given::past_triggers(conn, &format!("UPDATE users SET time_zone = '{zone}' WHERE id = {}", ground.freelancer.id));
    }
    let begin = NaiveDate::from_ymd_opt(2021, 12, 27).unwrap();
    let taken = race(&database, ZONES.len(), |place, conn| work(conn, &grounds[place], begin, u64::try_from(place).unwrap() + 7));
    let site = TestSite::on(&database);
    let browsers: Vec<Browser> = grounds.iter().map(|ground| site.signed_in(&ground.freelancer.email)).collect();
    let sums = race(&database, ZONES.len(), |place, conn| {
        let worked = diesel::sql_query(WORKED).bind::<BigInt, _>(grounds[place].contract.0).bind::<Text, _>(ZONES[place]);
        let worked: Vec<Day> = worked.load(conn).expect("the moments");
        let mut sum = 0;
        for week in 0..WEEKS {
            let monday = begin + Days::new(week * 7);
            sum += same(&browsers[place], &grounds[place], monday, &worked);
        }
        sum
    });
    let (tried, kept): (i64, i64) = taken.iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    println!("{tried} sessions tried, {kept} taken; {} minutes in {} weeks, each page as the query says", sums.iter().sum::<i64>(), 1000);
    assert!(kept > 2000 && kept < tried, "{kept} of {tried}");
    invariants::hold(&database);
}

/// Random sessions in every week, many of which lie on others; some are deleted again.
fn work(conn: &mut PgConnection, ground: &Ground, begin: NaiveDate, seed: u64) -> (i64, i64) {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let (mut tried, mut kept) = (0, 0);
    for week in 0..WEEKS {
        let monday: DateTime<Utc> = (begin + Days::new(week * 7)).and_hms_opt(0, 0, 0).unwrap().and_utc();
        for _ in 0..5 {
            // mostly around the turn of the week and the night in which clocks change
            let minute = if dice.throw(2) == 0 { 6 * 1440 - 180 + dice.throw(2000) } else { dice.throw(7 * 1440) };
            let from = monday + TimeDelta::minutes(minute);
            let span = Span { from, to: Some(from + TimeDelta::minutes(1 + dice.throw(600))) };
            tried += 1;
            match record_work(&mut patient(conn), ground.freelancer.id, ground.contract, &entry(span)) {
                Ok(id) => {
                    kept += 1;
                    if dice.throw(8) == 0 {
                        delete_work(&mut patient(conn), ground.freelancer.id, id, None).expect("deleted");
                        kept -= 1;
                    }
                }
                Err(Failure::Refused(LogRefused::Overlaps(_))) => {}
                Err(why) => panic!("{why:?}"),
            }
        }
    }
    (tried, kept)
}

/// Reads a week's page: every day and the sum say what the query does. Answers the sum.
fn same(browser: &Browser, ground: &Ground, monday: NaiveDate, worked: &[Day]) -> i64 {
    let week = Week::of_day(monday);
    let page = browser.get(&format!("/contracts/{}/time?week={week}", ground.contract));
    assert_eq!(page.status, 200, "{week}");
    let read = |text: &String| minutes(text);
    let days: Vec<i64> = page.texts("tfoot [data-day]").iter().map(read).collect();
    let expected: Vec<i64> =
        week.days().iter().map(|day| worked.iter().find(|one| one.day == day.to_string()).map_or(0, |one| one.minutes)).collect();
    assert_eq!(days, expected, "{week} in {}", page.says());
    let total = read(&page.text("tfoot [data-total]"));
    assert_eq!(total, expected.iter().sum::<i64>(), "{week}");
    // rows sum up to the same, the other way
    assert_eq!(page.texts("tbody td:last-child").iter().filter(|text| !text.is_empty()).map(read).sum::<i64>(), total, "{week}");
    total
}

/// `37:45` in minutes.
fn minutes(text: &String) -> i64 {
    let (hours, rest) = text.split_once(':').unwrap_or_else(|| panic!("{text} is no length of time"));
    hours.parse::<i64>().expect("hours") * 60 + rest.parse::<i64>().expect("minutes")
}
