//! Which lines an invoice has: what was chosen, of what is approved and stands on no other.

use chrono::{DateTime, NaiveDate, Utc};
use jiff::{Timestamp, tz::TimeZone};

use super::{InvoiceContent, InvoiceRefused, Line, Ready};
use crate::domain::ids::InvoiceId;

/// The lines of what was chosen, weeks first. `own` is the draft that is changed, whose things are its own.
///
/// # Errors
/// [`InvoiceRefused::NotApproved`], [`InvoiceRefused::OnAnother`].
pub fn compose(content: &InvoiceContent, ready: &[Ready], own: Option<InvoiceId>) -> Result<Vec<Line>, InvoiceRefused> {
    let weeks = content.weeks.iter().map(|id| ready.iter().find(|ready| ready.line.timesheet == Some(*id)));
    let milestones = content.milestones.iter().map(|id| ready.iter().find(|ready| ready.line.milestone == Some(*id)));
    weeks
        .chain(milestones)
        .map(|found| match found {
            None => Err(InvoiceRefused::NotApproved),
            Some(Ready { on: Some(other), .. }) if Some(*other) != own => Err(InvoiceRefused::OnAnother(*other)),
            Some(ready) => Ok(ready.line.clone()),
        })
        .collect()
}

/// Whether a draft's lines are still what is approved.
///
/// # Errors
/// [`InvoiceRefused::Outgrown`].
pub fn still_stands(lines: &[Line], ready: &[Ready]) -> Result<(), InvoiceRefused> {
    let stands = |line: &Line| {
        let same = |ready: &&Ready| ready.line.timesheet == line.timesheet && ready.line.milestone == line.milestone;
        ready.iter().find(same).is_some_and(|ready| ready.line.amount == line.amount && ready.line.minutes == line.minutes)
    };
    if lines.iter().all(stands) { Ok(()) } else { Err(InvoiceRefused::Outgrown) }
}

/// The day of a moment in a time zone; UTC's where the zone is not known.
pub fn day_in(zone: &str, at: DateTime<Utc>) -> NaiveDate {
    let zoned = || {
        let day = Timestamp::from_microsecond(at.timestamp_micros()).ok()?.to_zoned(TimeZone::get(zone).ok()?).date();
        NaiveDate::from_ymd_opt(day.year().into(), u32::try_from(day.month()).ok()?, u32::try_from(day.day()).ok()?)
    };
    zoned().unwrap_or_else(|| at.date_naive())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::invoice::InvoiceTyped;

    fn week(id: i64, on: Option<i64>) -> Ready {
        let monday = NaiveDate::from_ymd_opt(2026, 11, 16).unwrap();
        Ready { line: Line::week(id, monday, 450, 6000), on: on.map(InvoiceId) }
    }

    fn chosen(weeks: Vec<&str>) -> InvoiceContent {
        InvoiceContent::parse(&InvoiceTyped { weeks, due_on: "2026-12-31", ..InvoiceTyped::default() }).unwrap()
    }

    #[test]
    fn what_stands_on_another_invoice_cannot_be_chosen() {
        let ready = [week(1, None), week(2, Some(7)), week(3, Some(8))];
        assert_eq!(compose(&chosen(vec!["1", "2"]), &ready, Some(InvoiceId(7))).unwrap().len(), 2);
        assert_eq!(compose(&chosen(vec!["1", "2"]), &ready, None), Err(InvoiceRefused::OnAnother(InvoiceId(7))));
        assert_eq!(compose(&chosen(vec!["4"]), &ready, None), Err(InvoiceRefused::NotApproved));
    }

    #[test]
    fn a_draft_is_outgrown_by_what_was_approved_since() {
        let drafted = [week(1, Some(7)).line];
        assert_eq!(still_stands(&drafted, &[week(1, Some(7))]), Ok(()));
        assert_eq!(still_stands(&drafted, &[]), Err(InvoiceRefused::Outgrown));
        let mut more = week(1, Some(7));
        more.line.minutes = Some(451);
        assert_eq!(still_stands(&drafted, &[more]), Err(InvoiceRefused::Outgrown));
    }

    #[test]
    fn a_year_ends_where_the_freelancer_lives() {
        let at = DateTime::parse_from_rfc3339("2026-12-31T23:30:00Z").unwrap().to_utc();
        let day = |zone| day_in(zone, at).to_string();
        assert_eq!(
            (day("UTC"), day("Europe/Paris"), day("Nowhere/At all")),
            ("2026-12-31".into(), "2027-01-01".into(), "2026-12-31".into())
        );
    }
}
