//! What letters say, and to whom.
use diesel::connection::SimpleConnection;
use guildhall::operations::projects::invite_freelancer;

use super::{SITE, awarded, carrier, carrier_by, composed, round};
use crate::support::given::{self, patient};
use crate::support::sandbox::Sandbox;
use crate::support::smtp::Smtp;
use guildhall::mail::Post;

#[test]
fn an_award_is_written_to_the_winner_and_to_each_of_the_others() {
    let (database, on) = awarded(3);
    let smtp = Smtp::start();
    assert_eq!(round(&carrier(&database, &smtp)).unwrap(), 3);
    let arrived = smtp.arrived();
    let reference = format!("[{}] ", on.id.reference());
    let mut to: Vec<_> = arrived.iter().map(|letter| letter.to.clone()).collect();
    to.sort();
    let mut meant: Vec<_> = on.freelancers.iter().map(|one| vec![one.email.clone()]).collect();
    meant.sort();
    assert_eq!(to, meant);
    for (letter, worded) in arrived.iter().zip(composed(&database)) {
        assert!(worded.subject.starts_with(&reference), "{}", worded.subject);
        assert!(letter.header("Message-ID").ends_with("@work.example.org>"));
        assert_eq!(letter.header("Auto-Submitted"), "auto-generated");
        assert!(letter.header("Content-Type").starts_with("multipart/alternative"));
        assert!(letter.data.contains("text/plain") && letter.data.contains("text/html"));
        assert_eq!(letter.header("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
        assert_eq!(letter.header("List-Unsubscribe"), format!("<{}>", worded.stop.unwrap()));
    }
    let texts: Vec<_> = composed(&database).into_iter().map(|letter| letter.text).collect();
    assert_eq!(texts.iter().filter(|text| text.contains("Harbour Foods accepted your proposal")).count(), 1);
    assert_eq!(texts.iter().filter(|text| text.contains("Harbour Foods chose another proposal")).count(), 2);
    assert!(texts.iter().all(|text| text.contains(SITE) && text.contains("because you sent a proposal")), "{texts:?}");
}

#[test]
fn an_invitation_is_written_and_falls_silent_where_it_is_taken_back() {
    let (database, on) = given::database_with_open_project(0);
    let mut conn = database.connect();
    let guest = given::freelancer(&mut conn, "Ada Byron");
    let manager = on.organisation.manager.id;
    invite_freelancer(&mut patient(&mut conn), manager, on.id, guest.id).expect("an invitation");
    let smtp = Smtp::start();
    assert_eq!(round(&carrier(&database, &smtp)).unwrap(), 1);
    let worded = &composed(&database)[0];
    assert!(worded.text.contains("invites you to send a proposal") && worded.html.contains("See the project"), "{worded:?}");
    // what its reader may not read any more is not written about
    conn.batch_execute("UPDATE projects SET visibility = 'INVITED'; DELETE FROM project_invitations").unwrap_or(());
    given::past_triggers(&mut conn, "UPDATE projects SET visibility = 'INVITED'; DELETE FROM project_invitations");
    assert!(composed(&database).is_empty());
}

#[test]
fn nobody_is_written_to_of_what_is_said_in_a_title() {
    let (database, on) = awarded(1);
    let nasty = "Till</a><script>alert(1)</script> Bcc: all@example.org";
    given::past_triggers(&mut database.connect(), &format!("UPDATE projects SET title = '{nasty}' WHERE id = {}", on.id));
    let name = "UPDATE users SET name = E'Ada\\r\\nBcc: all@example.org'";
    given::past_triggers(&mut database.connect(), name);
    let smtp = Smtp::start();
    assert_eq!(round(&carrier(&database, &smtp)).unwrap(), 1);
    let letter = &smtp.arrived()[0];
    assert_eq!((letter.to.len(), letter.find("Bcc")), (1, None));
    let worded = &composed(&database)[0];
    assert!(!worded.html.contains("<script") && worded.subject.contains("<script>") && !worded.subject.contains('\n'), "{worded:?}");
    assert_eq!(worded.name, "Ada Bcc: all@example.org");
}

#[test]
fn without_a_server_letters_are_files_each_of_them_once() {
    let (database, _) = awarded(2);
    let sandbox = Sandbox::new();
    let files = || carrier_by(&database, Post::files(&sandbox.join("mails")).expect("a folder"));
    assert_eq!(round(&files()).unwrap(), 2);
    // as if nobody had noted that they were written
    given::past_triggers(&mut database.connect(), "UPDATE mails SET state = 'SENDING', done_at = NULL, due_at = now()");
    assert_eq!(round(&files()).unwrap(), 2);
    let mut names: Vec<_> =
        std::fs::read_dir(sandbox.join("mails")).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names.len(), 2, "{names:?}");
    let text = std::fs::read_to_string(sandbox.join("mails").join(&names[0])).unwrap();
    let id = names[0].trim_end_matches(".eml");
    assert!(text.contains(&format!("Message-ID: <{id}>")), "{text}");
}
