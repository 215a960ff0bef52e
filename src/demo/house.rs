//! What the house sees to: somebody who is kept out and has appealed, and a project that is held.

use chrono::{DurationRound, TimeDelta};

use super::done;
use super::people::Cast;
use crate::db::{Connection, clock, users};
use crate::domain::abuse::{AbuseOf, Subject};
use crate::domain::project::{ProjectContent, ProjectTyped, Visibility};
use crate::domain::user::TimeZoneName;
use crate::domain::words::{Email, PersonName, Reason, TicketTitle, TicketWords};
use crate::operations::abuse::report_abuse;
use crate::operations::people::{Purpose, SignUp, appeal_suspension, sign_up, suspend_person};
use crate::operations::projects::{choose_visibility, draft_project, hold_project, publish_project};

/// Has it happen; last of all, so that the numbers of everything else stay.
pub fn tell(conn: &mut Connection<'_>, cast: &Cast, password_hash: &str) -> anyhow::Result<()> {
    let new = SignUp {
        email: Email::parse("silas@freelance.example")?,
        name: PersonName::parse("Silas Morrow")?,
        password_hash: password_hash.to_owned(),
        time_zone: TimeZoneName::default(),
        purpose: Purpose::Freelancer,
    };
    let silas = done(sign_up(conn, &new))?.user;
    let why = "Three clients say that you asked them to be paid outside of their contracts.";
    done(suspend_person(conn, cast.admin, silas, &Reason::parse(why)?))?;
    if let Some(since) = users::find(conn, silas)?.and_then(|user| user.suspended_at) {
        let words = "It was **one** client, who proposed it himself; I have the messages.";
        let title = TicketTitle::parse("Appeal against a suspension")?;
        done(appeal_suspension(conn, silas, since, &title, &TicketWords::parse(words)?))?;
    }
    hold(conn, cast)
}

/// A clinic's project that asks for too much. For the invited alone, so that the public list stays as it is.
fn hold(conn: &mut Connection<'_>, cast: &Cast) -> anyhow::Result<()> {
    let Some(client) = cast.clients.get(3) else { anyhow::bail!("there is no clinic") };
    let Some(by) = client.managers.first() else { anyhow::bail!("nobody writes for the clinic") };
    let typed = ProjectTyped {
        title: "Call former patients about their bills",
        description: "We give you a list of names and numbers. You call, and write down what they say of their health and their money.",
        skills: "writing, research",
        kind: "FIXED",
        budget_min: "800",
        budget_max: "1200",
        currency: "EUR",
        deadline: (clock(conn)? + TimeDelta::days(20)).duration_trunc(TimeDelta::hours(1)).ok(),
        sealed: false,
        questions: "",
    };
    let content = ProjectContent::parse(&typed).map_err(|wrong| anyhow::anyhow!("{wrong:?}"))?;
    let project = done(draft_project(conn, *by, client.organisation, &content, None))?;
    done(choose_visibility(conn, *by, project, Visibility::Invited))?;
    done(publish_project(conn, *by, project, Some(1)))?;
    let what = "The work that this profile tells of is mine, and I can show it.";
    if let [(of, _), _, (reporter, _), ..] = cast.freelancers.as_slice() {
        let subject = Subject { of: AbuseOf::Profile, id: of.0 };
        done(report_abuse(conn, *reporter, subject, &Reason::parse(what)?))?;
    }
    let why = "Health data of patients is not handed to people who are not bound by the clinic’s own rules. Please say in a ticket how this is meant.";
    done(hold_project(conn, cast.admin, project, &Reason::parse(why)?))
}
