//! Killed after each of its statements, a message is not there at all; killed after its commit, it is there whole.
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use guildhall::domain::ids::MessageId;
use guildhall::domain::message::About;
use guildhall::domain::request::{Request, RequestKey};
use guildhall::domain::words::{MessageWords, Reason};
use guildhall::operations::messages::{report_message, write_message};

use crate::award::kill_points::{kill_everywhere, kill_everywhere_after, outcome};
use crate::support::given::{self, OpenProject, patient};

fn words() -> MessageWords {
    MessageWords::parse("When could you begin?").expect("a message")
}

#[test]
fn a_killed_first_message_begins_nothing() {
    kill_everywhere("write_message, the first", |conn, on| {
        outcome(write_message(&mut patient(conn), on.organisation.owner.id, About::Proposal(on.proposals[0]), &words().into(), None))
    });
}

#[test]
fn a_killed_answer_leaves_nothing_behind() {
    let begin = |conn: &mut PgConnection, on: &OpenProject| {
        given::message(conn, &on.organisation.owner, About::Proposal(on.proposals[0]), "When?");
    };
    kill_everywhere_after(begin, "write_message, an answer with its form's key", |conn, on| {
        let about = About::Proposal(on.proposals[0]);
        let key = RequestKey::parse(&format!("{:08}-killed", on.id.0)).expect("a key");
        let request = Request::new(key, "write_message", &[&on.id.to_string()]);
        outcome(write_message(&mut patient(conn), on.freelancers[0].id, about, &words().into(), Some(&request)))
    });
}

#[test]
fn a_killed_report_leaves_nothing_behind() {
    let begin = |conn: &mut PgConnection, on: &OpenProject| {
        given::message(conn, &on.organisation.owner, About::Proposal(on.proposals[0]), "When?");
    };
    kill_everywhere_after(begin, "report_message", |conn, on| {
        let last = format!("(SELECT max(m.id) FROM messages m JOIN threads t ON t.id = m.thread_id WHERE t.project_id = {})", on.id);
        let last: i64 = diesel::select(diesel::dsl::sql::<BigInt>(&last)).get_result(conn).map_err(guildhall::db::Fault::from)?;
        let reason = Reason::parse("Rude.").expect("a reason");
        outcome(report_message(&mut patient(conn), on.freelancers[0].id, MessageId(last), &reason))
    });
}
