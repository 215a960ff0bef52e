//! Letters to people: of what kinds there are, what becomes of one, and when it is tried again.

use chrono::{DateTime, TimeDelta, Utc};
use jiff::civil::Weekday;
use jiff::tz::TimeZone;

use super::ids::{LinkId, MailId, NoticeId, UserId};
use super::refusal::{Refusal, RefusalKind};
use super::text_enum::text_enum;

text_enum! {
    /// What a letter is about.
    MailKind {
        /// One's own proposal was accepted.
        Awarded = "AWARDED",
        /// One's own proposal was not selected.
        NotSelected = "NOT_SELECTED",
        /// A client asks one to look at a project.
        Invited = "INVITED",
        /// What one has not read yet, once a day or a week.
        Digest = "DIGEST",
        /// A link to choose a new password by.
        ResetPassword = "RESET_PASSWORD",
        /// A link that says that an address is one's own.
        ConfirmEmail = "CONFIRM_EMAIL",
        /// The same for an address that is to take the place of another.
        ChangeEmail = "CHANGE_EMAIL",
        /// That, since when and why the house keeps one out, and how to ask it to think again.
        Suspended = "SUSPENDED",
        /// That one may come in again, and why.
        LetIn = "LET_IN",
        /// To the address of before, that another one is in its place.
        EmailChanged = "EMAIL_CHANGED",
    }
}

/// Those that one can do without, and that come at once.
pub const CHOSEN: &[MailKind] = &[MailKind::Awarded, MailKind::NotSelected, MailKind::Invited];

impl MailKind {
    /// Whether a person can choose not to get it.
    pub fn can_be_left_off(self) -> bool {
        self == Self::Digest || CHOSEN.contains(&self)
    }
}

text_enum! {
    /// What became of a letter.
    MailState {
        /// It waits for its time.
        Waiting = "WAITING",
        /// Somebody is about to send it, or was.
        Sending = "SENDING",
        /// The server took it.
        Sent = "SENT",
        /// It was not to be sent.
        Failed = "FAILED",
        /// There was nothing left to say, or nobody who wants it.
        Dropped = "DROPPED",
    }
}

impl MailState {
    /// How the state is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::Waiting => "Waiting",
            Self::Sending => "Being sent",
            Self::Sent => "Sent",
            Self::Failed => "Failed",
            Self::Dropped => "Not needed",
        }
    }
}

text_enum! {
    /// How often somebody wants to be written to about what they have not read.
    DigestPace {
        /// Every day.
        Daily = "DAILY",
        /// Every Monday.
        Weekly = "WEEKLY",
        /// Not at all.
        Never = "NEVER",
    }
}

/// Which letters a person wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailChoice {
    /// Kinds that they do not want, in the order of [`CHOSEN`].
    pub off: Vec<MailKind>,
    /// How often a digest.
    pub digest: DigestPace,
}

impl Default for MailChoice {
    fn default() -> Self {
        Self { off: Vec::new(), digest: DigestPace::Daily }
    }
}

impl MailChoice {
    /// What is left of it where a person gives up a kind of letters.
    #[must_use]
    pub fn without(&self, kind: MailKind) -> Self {
        let off = CHOSEN.iter().copied().filter(|one| *one == kind || self.off.contains(one)).collect();
        Self { off, digest: if kind == MailKind::Digest { DigestPace::Never } else { self.digest } }
    }

    /// Whether a person who chose so gets a letter of this kind.
    pub fn takes(&self, kind: MailKind) -> bool {
        !self.off.contains(&kind) && (kind != MailKind::Digest || self.digest != DigestPace::Never)
    }
}

/// A letter that somebody has taken to send it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// Its row.
    pub id: MailId,
    /// To whom.
    pub user: UserId,
    /// What about.
    pub kind: MailKind,
    /// With what its subject begins.
    pub reference: String,
    /// Of what the person is told.
    pub notice: Option<NoticeId>,
    /// Which link it carries.
    pub link: Option<LinkId>,
    /// Where it goes, if not to the account's address.
    pub address: Option<String>,
    /// As what it is known to servers.
    pub message_id: String,
    /// The how-manieth attempt this is: whoever took it later has a higher number.
    pub attempt: i32,
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// The server took it.
    Sent,
    /// There was nothing to be said any more.
    Dropped,
    /// It was refused for good.
    Refused(String),
    /// It was not taken this time.
    NotTaken(String),
    /// Whether it was taken, nobody knows: the connection broke off before the answer.
    Unsure(String),
}

impl Ended {
    /// As it is counted.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Dropped => "dropped",
            Self::Refused(_) => "refused",
            Self::NotTaken(_) => "not_taken",
            Self::Unsure(_) => "unsure",
        }
    }
}

/// After how many minutes a letter is tried again: for a bit more than two days.
const AGAIN: [i64; 9] = [1, 5, 15, 60, 180, 360, 720, 720, 1_440];

/// How long to wait after so many attempts; nothing: it is given up.
pub fn again_after(attempts: i32) -> Option<TimeDelta> {
    let before = usize::try_from(attempts).ok()?.checked_sub(1)?;
    AGAIN.get(before).copied().map(TimeDelta::minutes)
}

/// From this hour on digests are written, in each reader's own time zone.
const MORNING: i8 = 7;

/// A day that has begun somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Morning {
    /// In which time zone.
    pub zone: String,
    /// The day there, as 2026-11-21.
    pub day: String,
    /// Whether it is the day of weekly digests.
    pub is_monday: bool,
}

/// The day in a time zone, once its morning has come; nothing before, or where there is no such zone.
pub fn morning(zone: &str, at: DateTime<Utc>) -> Option<Morning> {
    let clock = jiff::Timestamp::from_microsecond(at.timestamp_micros()).ok()?.to_zoned(TimeZone::get(zone).ok()?);
    let is_monday = clock.weekday() == Weekday::Monday;
    (clock.hour() >= MORNING).then(|| Morning { zone: zone.to_owned(), day: clock.date().to_string(), is_monday })
}

/// Why a letter is not tried once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailRefused {
    /// No such letter, or none to be known of.
    Missing,
    /// It did not fail, or not any more.
    StateIs(MailState),
}

impl Refusal for MailRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::StateIs(_) => RefusalKind::TooLate,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_up_stays_given_up() {
        let choice = MailChoice::default().without(MailKind::Invited).without(MailKind::Awarded).without(MailKind::Invited);
        assert_eq!(choice.off, [MailKind::Awarded, MailKind::Invited]);
        assert!(!choice.takes(MailKind::Invited) && choice.takes(MailKind::NotSelected) && choice.takes(MailKind::Digest));
        let choice = choice.without(MailKind::Digest);
        assert_eq!((choice.digest, choice.takes(MailKind::Digest)), (DigestPace::Never, false));
        assert!(choice.takes(MailKind::ResetPassword));
    }

    #[test]
    fn it_is_morning_by_the_clock_of_each_zone() {
        let at = "2026-11-22T22:30:00Z".parse().unwrap();
        let seen = |zone| morning(zone, at).map(|morning| (morning.day, morning.is_monday));
        assert_eq!(seen("UTC"), Some(("2026-11-22".to_owned(), false)));
        assert_eq!(seen("Asia/Tokyo"), Some(("2026-11-23".to_owned(), true)));
        assert_eq!(seen("Europe/Moscow"), None, "half past one at night");
        assert_eq!(seen("Mars/Olympus"), None);
    }

    #[test]
    fn a_letter_is_tried_for_two_days_and_given_up() {
        let waits: Vec<_> = (1..).map_while(again_after).collect();
        assert_eq!(waits.len(), 9);
        assert!(waits.is_sorted() && waits.iter().sum::<TimeDelta>() > TimeDelta::days(2));
        assert_eq!((again_after(0), again_after(10)), (None, None));
    }
}
