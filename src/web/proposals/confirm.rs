//! Confirming a proposal for a project that changed: a page that shows what changed, and the act.

use actix_web::web::Data;
use askama::Template;

use super::standing::{self, Reader, Standing};
use crate::db::{Database, projects};
use crate::domain::ids::ProposalId;
use crate::domain::project::ProjectStatus;
use crate::domain::proposal::{ConfirmRefused, ProposalStatus};
use crate::operations::proposals::confirm_scope;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::projects::conflict::{self, Cannot, Wanted};
use crate::web::projects::difference::{Difference, Line};
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;

const NOT_CONFIRMED: &str = "Your proposal was not confirmed. Nothing was changed.";

#[derive(Template)]
#[template(path = "proposals/confirm.html")]
struct Page {
    shell: Shell,
    standing: Standing,
    organisation: String,
    /// None where the earlier words were not kept.
    difference: Option<Difference>,
    /// The project has questions that this proposal was not asked.
    asks_more: bool,
}

/// Shows what changed, and asks.
pub async fn page(signed_in: SignedIn, id: Id<ProposalId>, database: Database) -> Answer {
    let user = signed_in.id();
    let found = database
        .run(move |conn| {
            let Some(standing) = standing::read(conn, id.0, user)? else { return Ok(None) };
            let organisation = projects::organisation_name(conn, standing.project.organisation_id)?;
            let (project, proposal) = (&standing.project, &standing.named.proposal);
            let between = projects::between(conn, project.id, proposal.scope_version, project.scope_version)?;
            Ok(Some((standing, organisation, between)))
        })
        .await?;
    let (standing, organisation, between) = found.ok_or(PageError::NotFound)?;
    if standing.reader(&signed_in.person) != Some(Reader::Author) {
        return Err(PageError::NotFound);
    }
    let shell = signed_in.shell();
    let (project, proposal) = (&standing.project, &standing.named.proposal);
    if let Err(why) = project.confirm_scope(user, proposal, None, Some(project.scope_version)) {
        return refused(shell, &standing, why);
    }
    if proposal.scope_version == project.scope_version {
        return respond::see_other(&format!("/proposals/{}", proposal.id));
    }
    let difference = between.map(|(earlier, later)| Difference::between(&earlier, &later, &shell.clock));
    let asks_more = project.questions.iter().any(|question| !proposal.questions.contains(question));
    respond::page(&Page { shell, standing, organisation, difference, asks_more })
}

/// Confirms it.
pub async fn submit(signed_in: SignedIn, id: Id<ProposalId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let (user, id) = (signed_in.id(), id.0);
    let (version, scope) = (sent.version("version"), sent.version("scope_version"));
    let done = database.change(move |conn| confirm_scope(conn, user, id, version, scope)).await;
    match PageError::unless_refused(done)? {
        Ok(()) => respond::see_other_saying(
            &secrets,
            &format!("/proposals/{id}"),
            "good",
            "Your proposal is confirmed: it holds for the project as it is now.",
        ),
        Err(why) => {
            let standing = database.run(move |conn| Ok(standing::read(conn, id, user)?)).await?.ok_or(PageError::NotFound)?;
            refused(signed_in.shell(), &standing, why)
        }
    }
}

fn refused(shell: Shell, standing: &Standing, why: ConfirmRefused) -> Answer {
    let (id, project) = (standing.named.proposal.id, &standing.project);
    let look = (format!("/proposals/{id}"), "Look at your proposal".to_owned());
    let again = |words: &str| (format!("/proposals/{id}/confirm"), words.to_owned());
    let (title, means, links) = match why {
        ConfirmRefused::Missing => return Err(PageError::NotFound),
        ConfirmRefused::ProjectIs(ProjectStatus::Cancelled) => {
            ("The project was cancelled".to_owned(), "It takes no proposals any more.".to_owned(), vec![look])
        }
        ConfirmRefused::ProjectIs(_) => {
            ("The project was decided".to_owned(), "The client chose among the proposals as they stood then.".to_owned(), vec![look])
        }
        ConfirmRefused::ProposalIs(status) => {
            let title = format!("Your proposal is {}", status.label().to_lowercase());
            let means = match status {
                ProposalStatus::Withdrawn => "Send it again, and it answers the project as it is now.",
                _ => "Only one that waits for the decision can be confirmed.",
            };
            (title, means.to_owned(), vec![look])
        }
        ConfirmRefused::Changed { .. } => (
            "Your proposal changed in another window".to_owned(),
            "You confirmed an earlier version of it than the one that was sent since.".to_owned(),
            vec![again("Read what changed"), look],
        ),
        ConfirmRefused::ScopeChanged { .. } => (
            "The project changed once more".to_owned(),
            "You confirmed an earlier version of what it asks for than the one in force now. Read what it asks for now.".to_owned(),
            vec![again("Read what changed"), look],
        ),
    };
    let wanted = Wanted { by: standing.named.proposal.freelancer_id, project: project.id, undone: NOT_CONFIRMED, typed: None };
    conflict::cannot(shell, &wanted, Cannot { title, means, links })
}
