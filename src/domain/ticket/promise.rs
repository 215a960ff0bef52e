//! What the house promises whoever asks it something: when somebody is there, and within how many of those hours an answer
//! comes.

use chrono::NaiveDate;

use super::Topic;
use crate::domain::field_errors::FieldErrors;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::user::TimeZoneName;
use crate::domain::work::{HoursWrong, Minutes};

/// The days of a week.
pub const WEEK: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
/// So many days are closed at most; the schema repeats it.
const MOST_HOLIDAYS: usize = 200;
/// So many hours are promised at most; the schema repeats it.
const MOST_HOURS: i64 = 1000;
/// Midnight at the end of a day.
const MIDNIGHT: i32 = 24 * 60;

/// What an admin typed, before it is judged.
#[derive(Debug, Clone, Copy)]
pub struct PromiseTyped<'f> {
    /// The house's own zone.
    pub zone: &'f str,
    /// From when to when somebody is there, Monday first.
    pub days: [(&'f str, &'f str); 7],
    /// Days on which nobody is there, one a line.
    pub holidays: &'f str,
    /// Hours until an answer, and until one after a ticket was passed on, by topic in their order.
    pub policies: [(&'f str, &'f str); Topic::ALL.len()],
}

/// Within how many minutes of the house's hours it answers about something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// About what.
    pub topic: Topic,
    /// Minutes until an answer is due.
    pub answer: i32,
    /// Minutes until it is due once more, after a ticket was passed on.
    pub next: i32,
}

/// All that the house promises: sound by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// The house's own zone.
    pub zone: TimeZoneName,
    /// From which to which minute of the day, Monday first; the same minute twice where nobody is there.
    pub days: [(i32, i32); 7],
    /// Days on which nobody is there, in order.
    pub holidays: Vec<NaiveDate>,
    /// One for each topic, in their order.
    pub policies: Vec<Policy>,
}

impl Promise {
    /// Judges all fields at once.
    ///
    /// # Errors
    /// Everything that is wrong, by field: `zone`, `opens_0`, `closes_0` …, `holidays`, `answer_MONEY`, `next_MONEY` ….
    pub fn parse(typed: &PromiseTyped<'_>) -> Result<Self, FieldErrors> {
        let mut wrong = FieldErrors::new();
        let zone = wrong.take("zone", TimeZoneName::parse(typed.zone));
        let mut days = [(0, 0); 7];
        for (place, (day, (opens, closes))) in days.iter_mut().zip(typed.days).enumerate() {
            *day = day_of(&mut wrong, place, opens, closes);
        }
        if wrong.is_empty() && days.iter().all(|(opens, closes)| opens == closes) {
            wrong.add("opens_0", "Enter hours for one day at least: who asks waits for somebody");
        }
        let holidays = wrong.take("holidays", holidays_of(typed.holidays));
        let mut policies = Vec::new();
        for (topic, (answer, next)) in Topic::ALL.iter().zip(typed.policies) {
            let answer = wrong.take(&format!("answer_{topic}"), promised(answer));
            let next = wrong.take(&format!("next_{topic}"), promised(next));
            policies.extend(answer.zip(next).map(|(answer, next)| Policy { topic: *topic, answer, next }));
        }
        let promise = zone.zip(holidays).map(|(zone, holidays)| Self { zone, days, holidays, policies });
        wrong.or(promise)
    }
}

/// A day's hours; nobody is there where both fields are empty. Who closes at midnight closes at the day's end.
fn day_of(wrong: &mut FieldErrors, place: usize, opens: &str, closes: &str) -> (i32, i32) {
    let (opens, closes) = (opens.trim(), closes.trim());
    if opens.is_empty() && closes.is_empty() {
        return (0, 0);
    }
    let opens = wrong.take(&format!("opens_{place}"), minute(opens));
    let closes = wrong.take(&format!("closes_{place}"), minute(closes)).map(|closes| if closes == 0 { MIDNIGHT } else { closes });
    match opens.zip(closes) {
        Some((opens, closes)) if opens >= closes => {
            wrong.add(format!("closes_{place}"), "Enter a time after the one at which somebody comes");
            (0, 0)
        }
        Some(day) => day,
        None => (0, 0),
    }
}

/// `09:00`, or `24:00`.
fn minute(typed: &str) -> Result<i32, &'static str> {
    let number = |text: &str| text.parse::<i32>().ok().filter(|_| text.len() == 2);
    let read = typed.split_once(':').and_then(|(hour, minute)| Some((number(hour)?, number(minute)?)));
    let sound = read.filter(|(hour, minute)| (0..24).contains(hour) && (0..60).contains(minute) || (*hour, *minute) == (24, 0));
    sound.map(|(hour, minute)| hour * 60 + minute).ok_or("Enter a time like 09:00, or leave both empty where nobody is there")
}

fn holidays_of(typed: &str) -> Result<Vec<NaiveDate>, String> {
    let read = |line: &str| {
        NaiveDate::parse_from_str(line, "%Y-%m-%d").map_err(|_| format!("Enter days like 2026-12-25, one a line: {line} is none"))
    };
    let mut days = typed.lines().map(str::trim).filter(|line| !line.is_empty()).map(read).collect::<Result<Vec<_>, _>>()?;
    days.sort_unstable();
    days.dedup();
    if days.len() > MOST_HOLIDAYS { Err(format!("Enter at most {MOST_HOLIDAYS} days")) } else { Ok(days) }
}

fn promised(typed: &str) -> Result<i32, HoursWrong> {
    let minutes = Minutes::parse_up_to(typed, MOST_HOURS)?.filter(|minutes| !minutes.is_zero()).ok_or(HoursWrong::Unreadable)?;
    i32::try_from(minutes.0).map_err(|_| HoursWrong::TooMany(MOST_HOURS))
}

/// Why what the house promises is not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PromiseRefused {
    /// Whoever asks does not keep the house (any more).
    Missing,
    /// Somebody else changed it first.
    Changed {
        /// The edition that the form carried.
        seen: i64,
        /// The one that holds now.
        now: i64,
    },
}

impl Refusal for PromiseRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::Changed { .. } => RefusalKind::Stale,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> PromiseTyped<'static> {
        let work = ("09:00", "17:00");
        let days = [work, work, work, work, ("08:30", "00:00"), ("", ""), (" ", "")];
        PromiseTyped { zone: "Europe/Paris", days, holidays: "2026-12-25\r\n\n2026-12-24\n2026-12-25", policies: [("8", "4:30"); 6] }
    }

    #[test]
    fn a_week_is_read_as_people_type_it() {
        let promise = Promise::parse(&typed()).expect("a promise");
        assert_eq!((promise.days[0], promise.days[4], promise.days[6]), ((540, 1020), (510, 1440), (0, 0)));
        assert_eq!(promise.holidays.iter().map(ToString::to_string).collect::<Vec<_>>(), ["2026-12-24", "2026-12-25"]);
        assert_eq!((promise.policies.len(), promise.policies[3].topic, promise.policies[3].next), (6, Topic::Money, 270));
    }

    #[test]
    fn everything_wrong_is_said_beside_its_field() {
        let mut typed = PromiseTyped { zone: "Mars", holidays: "Christmas", ..typed() };
        typed.days[0] = ("9", "25:00");
        typed.days[1] = ("17:00", "09:00");
        typed.days[2] = ("09:00", "");
        typed.policies[0] = ("soon", "0");
        typed.policies[5] = ("1001", "1000");
        let wrong = Promise::parse(&typed).expect_err("mistakes");
        let fields: Vec<_> = wrong.iter().map(|(field, _)| field).collect();
        let expected =
            ["zone", "opens_0", "closes_0", "closes_1", "closes_2", "holidays", "answer_ACCOUNT", "next_ACCOUNT", "answer_OTHER"];
        assert_eq!(fields, expected);
        assert_eq!(wrong.on("answer_OTHER"), Some("Enter at most 1000 hours"));
    }

    #[test]
    fn a_house_in_which_nobody_ever_is_cannot_be_meant() {
        let wrong = Promise::parse(&PromiseTyped { days: [("", ""); 7], ..typed() }).expect_err("a mistake");
        assert!(wrong.on("opens_0").is_some());
    }
}
