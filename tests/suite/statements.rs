//! How many statements each page asks of the database: no page grows with what is on it.
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use guildhall::domain::ids::JobId;
use guildhall::domain::job::{NewJob, Task};
use guildhall::domain::message::About;
use guildhall::domain::words::{Reason, SearchName};
use guildhall::operations::jobs::enqueue_job;
use guildhall::operations::mails::gather_mails;
use guildhall::operations::messages::report_message;
use guildhall::operations::proposals::accept_proposal;
use guildhall::operations::searches::save_search;
use guildhall::schema::{mails, milestones};

use crate::support::database::TestDatabase;
use crate::support::given::{self, FIRST_SEEN, OpenProject, patient};
use crate::support::site::TestSite;
use crate::support::statements::{asked, listen};

/// Who opens a page, the page, and how many statements it may ask at most, the session's own among
/// them and room for two more. `:project` has as many proposals as the test makes, with messages and reports about each,
/// `:proposal` is its first, `:decided` a project with a contract, `:contract`; `:message` is about that proposal, `:job` is
/// one of as many jobs of the client's.
const MOST: &[(&str, &str, usize)] = &[
    ("visitor", "/", 2),
    ("visitor", "/projects/:project", 3),
    ("visitor", "/how-it-works", 0),
    ("manager", "/projects", 4),
    ("manager", "/dashboard", 8),
    ("manager", "/projects/:project", 6),
    ("manager", "/projects/:project/history", 9),
    ("manager", "/projects/:project/edit", 4),
    ("manager", "/projects/:project/proposals", 7),
    ("manager", "/projects/:project/proposals?p=all", 7),
    ("manager", "/projects/:project/proposals?show=shortlisted&sort=record", 7),
    ("manager", "/projects/:project/proposals.csv", 7),
    ("visitor", "/projects.csv", 3),
    ("freelancer", "/account/data", 3),
    ("manager", "/projects/import", 3),
    ("manager", "/dashboard/projects.csv", 3),
    ("manager", "/dashboard/contracts.csv", 3),
    ("manager", "/notices.csv", 3),
    ("manager", "/messages.csv", 3),
    ("manager", "/projects/:project/history.csv", 8),
    ("manager", "/organisations/:organisation/members.csv", 4),
    ("freelancer", "/dashboard/proposals.json", 3),
    ("freelancer", "/proposals/:proposal/messages.json", 4),
    ("visitor", "/freelancers.json", 3),
    ("manager", "/projects/:decided/proposals", 8),
    ("manager", "/proposals/:proposal", 9),
    ("manager", "/proposals/:proposal/accept", 8),
    ("manager", "/invoices", 3),
    ("manager", "/contracts/:contract/invoices", 4),
    ("freelancer", "/statements/2026-11", 3),
    ("freelancer", "/invoices/new?contract=:contract", 7),
    ("freelancer", "/invoices.csv", 3),
    ("manager", "/contracts/:contract", 6),
    ("manager", "/contracts/:contract/history", 7),
    ("manager", "/contracts/:contract/terms", 6),
    ("manager", "/contracts/:contract/complete", 7),
    ("manager", "/contracts/:contract/terminate", 6),
    ("freelancer", "/milestones/:milestone", 9),
    ("manager", "/contracts/:contract/time", 7),
    ("freelancer", "/files/:file", 3),
    ("manager", "/organisations/:organisation", 5),
    ("freelancer", "/dashboard", 11),
    ("freelancer", "/projects/:project", 5),
    ("freelancer", "/projects/:project/history", 8),
    ("freelancer", "/projects/:project/proposals/new", 10),
    ("freelancer", "/proposals/:proposal", 7),
    ("freelancer", "/freelancers/:freelancer", 6),
    ("manager", "/notices", 4),
    ("visitor", "/forgot", 0),
    ("manager", "/account/email", 2),
    ("manager", "/account/close", 1),
    ("manager", "/notices/settings", 4),
    ("manager", "/messages", 4),
    ("manager", "/proposals/:proposal/messages", 5),
    ("freelancer", "/messages/:message/report", 5),
    ("admin", "/admin", 6),
    ("admin", "/admin/people", 4),
    ("admin", "/admin/people/:freelancer", 7),
    ("admin", "/admin/abuse", 4),
    ("freelancer", "/projects/:project/report", 4),
    ("manager", "/freelancers/:freelancer/report", 4),
    ("admin", "/admin/health", 5),
    ("admin", "/admin/settings", 2),
    ("admin", "/admin/history", 4),
    ("admin", "/admin/organisations", 4),
    ("admin", "/admin/organisations/:organisation", 6),
    ("admin", "/admin/projects", 4),
    ("admin", "/admin/projects/:project", 6),
    ("admin", "/admin/reports", 3),
    ("admin", "/admin/tickets", 3),
    ("admin", "/admin/hours", 3),
    ("admin", "/admin/answers", 3),
    ("admin", "/tickets/:ticket", 6),
    ("freelancer", "/tickets/:ticket", 4),
    ("freelancer", "/tickets", 3),
    ("freelancer", "/tickets/new?contract=:contract", 3),
    ("admin", "/admin/mails", 4),
    ("admin", "/admin/mails/:mail", 6),
    ("admin", "/admin/jobs", 8),
    ("admin", "/admin/locks", 7),
    ("admin", "/admin/races", 3),
    ("manager", "/jobs/:job", 7),
    ("manager", "/jobs/:job/cancel", 6),
    ("manager", "/projects/:project/invitations", 6),
    ("manager", "/projects/:project/questions", 7),
    ("manager", "/contracts/:contract/reviews", 8),
    ("visitor", "/organisations/:organisation/reviews", 4),
    ("visitor", "/organisations/:organisation/reviews.csv", 3),
    ("visitor", "/freelancers/:freelancer/reviews", 4),
    ("visitor", "/freelancers", 3),
    ("manager", "/freelancers/:freelancer", 7),
    ("freelancer", "/searches", 6),
    ("freelancer", "/notices", 4),
    ("freelancer", "/account/history", 7),
    ("freelancer", "/account/profile", 4),
    ("manager", "/account/sign-ins", 3),
    ("manager", "/account/second-factor", 4),
    ("manager", "/account/tokens", 3),
    ("visitor", "/api", 2),
    ("manager", "/projects/new", 4),
    ("manager", "/drafts", 4),
    ("manager", "/proposals/:proposal/messages", 6),
];

/// How many statements each page asked, and which.
fn counts(proposals: usize) -> Vec<Vec<String>> {
    listen();
    let database = TestDatabase::new();
    let mut conn = database.connect();
    let project = given::open_project(&mut conn, proposals);
    let decided = given::open_project_with(&mut conn, project.organisation.clone(), project.freelancers.clone());
    let owner = project.organisation.owner.id;
    let won = accept_proposal(&mut patient(&mut conn), owner, decided.proposals[0], FIRST_SEEN).expect("an award");
    let marks = "INSERT INTO proposal_marks (proposal_id, kind, stands, words, set_by) \
        SELECT id, kind, true, CASE kind WHEN 'NOTED' THEN 'Good.' ELSE '' END, (SELECT min(user_id) FROM memberships) \
        FROM proposals, unnest(ARRAY['SHORTLISTED', 'NOTED']) AS kind";
    conn.batch_execute(marks).expect("marks");
    let owner = &project.organisation.owner;
    let reason = Reason::parse("Rude.").expect("a reason");
    let mut messages = Vec::new();
    for (place, by) in project.freelancers.iter().enumerate() {
        let message = given::message(&mut conn, owner, About::Proposal(project.proposals[place]), "And in August?");
        report_message(&mut patient(&mut conn), by.id, message, &reason).expect("a report");
        given::enquiry(&mut conn, &project, by, "When?", (place % 2 == 0).then_some("In May."));
        messages.push(message);
    }
    let admin = given::somebody(&mut conn, "Grace Murray");
    conn.batch_execute(&format!("UPDATE users SET is_admin = true WHERE id = {}", admin.id)).expect("an admin");
    let jobs = jobs(&mut conn, &project, proposals);
    let ticket = (0..proposals).map(|_| crate::tickets::ticket(&mut conn, &project.freelancers[0])).min().expect("a ticket");
    let search = SearchName::parse("Rust").expect("a name");
    save_search(&mut patient(&mut conn), project.freelancers[0].id, &search, "skill=rust").expect("a search");
    gather_mails(&mut patient(&mut conn), "a.example.org").expect("letters");
    let mail: i64 = mails::table.select(mails::id).filter(mails::kind.eq("AWARDED")).first(&mut conn).expect("a letter");
    let planned = milestones::table.filter(milestones::contract_id.eq(won.contract.0));
    let milestone: i64 = planned.select(milestones::id).first(&mut conn).expect("a milestone");
    let site = TestSite::on(&database);
    let file = crate::files::on_proposal(&mut conn, site.storage(), project.freelancers[0].id, project.proposals[0]);
    let admin = site.signed_in(&admin.email);
    let manager = site.signed_in(&project.organisation.manager.email);
    let freelancer = site.signed_in(&project.freelancers[0].email);
    let visitor = site.browser();
    let count = |(who, path, _): &(&str, &str, usize)| {
        let browser = match *who {
            "manager" => &manager,
            "freelancer" => &freelancer,
            "admin" => &admin,
            _ => &visitor,
        };
        let path = filled(path, &project, &decided)
            .replace(":contract", &won.contract.to_string())
            .replace(":milestone", &milestone.to_string())
            .replace(":message", &messages[0].to_string())
            .replace(":mail", &mail.to_string())
            .replace(":file", &file.to_string())
            .replace(":ticket", &ticket.to_string())
            .replace(":job", &jobs.to_string());
        // Every connection of the pool is there before it counts, and what is written once has been written.
        assert_eq!(browser.get(&path).status, 200, "{path}");
        let (page, asked) = asked(&database, || browser.get(&path));
        assert_eq!(page.status, 200, "{path}");
        asked
    };
    MOST.iter().map(count).collect()
}

/// As many of the client's jobs as there are proposals, the first of them.
fn jobs(conn: &mut PgConnection, on: &OpenProject, number: usize) -> JobId {
    let ask = |place| {
        let task = Task::Drill { steps: 0, millis: 0 };
        let new = NewJob {
            organisation: Some(on.organisation.id),
            asked_by: Some(on.organisation.manager.id),
            ..NewJob::new(task, format!("{place}"))
        };
        enqueue_job(&mut patient(conn), &new).expect("a job").id()
    };
    (0..number).map(ask).min().expect("a job")
}

fn filled(path: &str, project: &OpenProject, decided: &OpenProject) -> String {
    path.replace(":project", &project.id.to_string())
        .replace(":proposal", &project.proposals[0].to_string())
        .replace(":decided", &decided.id.to_string())
        .replace(":organisation", &project.organisation.id.to_string())
        .replace(":freelancer", &project.freelancers[0].id.to_string())
}

#[test]
fn no_page_asks_more_where_there_is_more_to_show() {
    let (few, many) = (counts(2), counts(200));
    let mut over = Vec::new();
    for ((who, path, most), (few, many)) in MOST.iter().zip(few.into_iter().zip(many)) {
        println!("{who:10} {path:60} {:2} of {most}", many.len());
        if many.len() > *most {
            over.push(format!("{path} for {who} asks {} statements, at most {most}: {many:#?}", many.len()));
        }
        if many.len() > few.len() {
            over.push(format!("{path} for {who} asks {} statements with 200 proposals, {} with 2", many.len(), few.len()));
        }
    }
    assert!(over.is_empty(), "{}", over.join("\n"));
}
