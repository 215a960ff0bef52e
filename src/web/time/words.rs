//! Weeks, sessions and lengths of time in words.

use chrono::NaiveDate;
use jiff::tz::TimeZone;

use crate::domain::work::{Minutes, SheetState, Span, Week};
use crate::web::shown;

/// `Week 47, 16 to 22 Nov 2026`.
pub fn week(week: Week) -> String {
    let [monday, .., sunday] = week.days();
    let last = shown::day(sunday);
    format!("Week {}, {} to {}", week.number(), short(monday), last.split_once(' ').map_or(last.as_str(), |(_, rest)| rest))
}

/// `Mon 16 Nov`.
pub fn day(day: NaiveDate) -> String {
    let whole = shown::day(day);
    whole.rsplit_once(' ').map_or(whole.clone(), |(begins, _)| begins.to_owned())
}

/// `16 Nov`.
fn short(date: NaiveDate) -> String {
    let whole = day(date);
    whole.split_once(' ').map_or(whole.clone(), |(_, rest)| rest.to_owned())
}

/// `Mon 16 Nov, 09:00 to 17:30 CET`; with the other day where it ends on one.
pub fn span(zone: &TimeZone, span: Span) -> String {
    let from = shown::time(zone, span.from).words;
    let Some(to) = span.to else { return format!("since {from}") };
    let (begins, ends) = (shown::date(zone, span.from), shown::date(zone, to));
    let ends = if begins == ends { shown::hour(zone, to).words } else { shown::time(zone, to).words };
    // the zone is said once, unless the clocks changed in between
    let (from, said) = from.rsplit_once(' ').unwrap_or((&from, ""));
    if ends.ends_with(said) { format!("{from} to {ends}") } else { format!("{from} {said} to {ends}") }
}

/// `7 h 30 min`.
pub fn long(minutes: Minutes) -> String {
    match (minutes.0 / 60, minutes.0 % 60) {
        (0, rest) => format!("{rest} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, rest) => format!("{hours} h {rest} min"),
    }
}

/// The look of a state's tag.
pub fn tag(state: SheetState) -> &'static str {
    match state {
        SheetState::Open => "",
        SheetState::Submitted => "wait",
        SheetState::Queried => "stop",
        SheetState::Approved | SheetState::Invoiced => "go",
    }
}

/// Where a week stands.
pub fn address(contract: crate::domain::ids::ContractId, week: Week) -> String {
    format!("/contracts/{contract}/time?week={week}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_are_told_with_their_zone_once() {
        let berlin = TimeZone::get("Europe/Berlin").expect("a zone");
        let at = |text: &str| text.parse().expect("a time");
        let say = |from, to| span(&berlin, Span { from: at(from), to: Some(at(to)) });
        assert_eq!(say("2026-11-16T08:00:00Z", "2026-11-16T16:30:00Z"), "Mon 16 Nov 2026, 09:00 to 17:30 CET");
        assert_eq!(say("2026-11-16T21:00:00Z", "2026-11-17T00:30:00Z"), "Mon 16 Nov 2026, 22:00 to Tue 17 Nov 2026, 01:30 CET");
        assert_eq!(say("2026-10-24T23:00:00Z", "2026-10-25T03:00:00Z"), "Sun 25 Oct 2026, 01:00 CEST to 04:00 CET");
        assert_eq!(week(Week::parse("2026-W47").expect("a week")), "Week 47, 16 Nov to 22 Nov 2026");
        assert_eq!(
            (long(Minutes(450)), long(Minutes(60)), long(Minutes(5))),
            ("7 h 30 min".to_owned(), "1 h".to_owned(), "5 min".to_owned())
        );
    }
}
