//! The messages about a proposal.

use actix_web::web::{Data, Query};

use super::thread::Asked;
use super::{send, thread};
use crate::db::Database;
use crate::domain::ids::ProposalId;
use crate::domain::message::About;
use crate::web::context::{Id, SignedIn};
use crate::web::files::sent::Sent;
use crate::web::respond::Answer;
use crate::web::server::Secrets;

/// Shows them.
pub async fn page(by: SignedIn, id: Id<ProposalId>, database: Database, asked: Option<Query<Asked>>) -> Answer {
    thread::show(by, About::Proposal(id.0), &database, asked).await
}

/// Writes one more.
pub async fn submit(by: SignedIn, id: Id<ProposalId>, database: Database, secrets: Data<Secrets>, sent: Sent) -> Answer {
    send::send(by, About::Proposal(id.0), &database, &secrets, &sent).await
}
