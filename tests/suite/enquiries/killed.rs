//! Killed after each of its statements, a question or an answer is not there at all; killed after its commit, it is
//! there whole.
use diesel::prelude::*;
use guildhall::domain::ids::EnquiryId;
use guildhall::domain::words::{EnquiryAnswer, EnquiryWords};
use guildhall::operations::enquiries::{answer_enquiry, ask};
use guildhall::schema::enquiries;

use crate::award::kill_points::{kill_everywhere, kill_everywhere_after, outcome};
use crate::support::given::{self, OpenProject, patient};

#[test]
fn a_killed_question_leaves_nothing_behind() {
    kill_everywhere("ask", |conn, on| {
        outcome(ask(&mut patient(conn), on.freelancers[2].id, on.id, &EnquiryWords::parse("When?").expect("a question")))
    });
}

#[test]
fn a_killed_answer_leaves_nothing_behind() {
    let asked = |conn: &mut PgConnection, on: &OpenProject| {
        given::enquiry(conn, on, &on.freelancers[0], "When?", None);
    };
    kill_everywhere_after(asked, "answer_enquiry", |conn, on| {
        let of_project = enquiries::table.filter(enquiries::project_id.eq(on.id.0)).select(enquiries::id);
        let id: i64 = of_project.first(conn).map_err(guildhall::db::Fault::from)?;
        let words = EnquiryAnswer::parse("In May.").expect("an answer");
        outcome(answer_enquiry(&mut patient(conn), on.organisation.owner.id, EnquiryId(id), 0, &words))
    });
}
