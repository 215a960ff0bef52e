//! What freelancers ask before they bid, and what they are told.

use super::{done, people::Cast};
use crate::db::Connection;
use crate::domain::ids::{ProjectId, UserId};
use crate::domain::words::{EnquiryAnswer, EnquiryWords};
use crate::operations::enquiries::{answer_enquiry, ask};

/// A question and what was answered: nothing so far, once, or with a correction.
type Exchange = (&'static str, &'static [&'static str]);

const EXCHANGES: [Exchange; 6] = [
    (
        "May we see the place before we name a price?",
        &[
            "Yes: write to us, any Tuesday morning, until a week before proposals close.",
            "Yes: write to us, any Tuesday or Thursday morning, until three days before proposals close.",
        ],
    ),
    ("Can what exists today stay in use beside the new for a while?", &[]),
    ("Does the budget include tax?", &["No. All amounts are without tax."]),
    ("Who looks after it when it is done?", &["We do, with two people. Plan half a day to show them, please."]),
    ("Is the work done in your rooms or in ours?", &["In yours. We meet every second week, by video."]),
    ("Would you take it in two parts, the first one before the end of the quarter?", &[]),
];

/// Lets freelancers ask about every second project, and somebody answer most of it.
pub fn exchange(conn: &mut Connection<'_>, cast: &Cast, project: ProjectId, place: usize, by: UserId) -> anyhow::Result<()> {
    if place % 2 == 1 {
        return Ok(());
    }
    let askers = cast.freelancers.iter().cycle().skip(place);
    let exchanges = EXCHANGES.iter().cycle().skip(place).take(if place == 0 { 3 } else { 1 + place % 3 });
    for ((words, answers), (asker, _)) in exchanges.zip(askers) {
        let enquiry = done(ask(conn, *asker, project, &EnquiryWords::parse(words)?))?;
        for (seen, words) in (0..).zip(*answers) {
            done(answer_enquiry(conn, by, enquiry, seen, &EnquiryAnswer::parse(words)?))?;
        }
    }
    Ok(())
}
