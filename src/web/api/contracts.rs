//! Contracts, for both sides.

use actix_web::http::StatusCode;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::etag::{self, Seen};
use super::may::{May, Read};
use super::problem::{Answer, Problems};
use super::proposals::shape::Milestone;
use crate::db::contracts::Named;
use crate::db::{Database, contracts};
use crate::domain::ids::{ContractId, OrganisationId, ProjectId, ProposalId, UserId};
use crate::domain::money::plain;
use crate::web::context::Id;
use crate::web::error::PageError;

/// What an award made.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Contract)]
pub struct ContractDocument {
    /// Its number.
    #[schema(value_type = i64)]
    pub id: ContractId,
    /// As people call it: `CTR-0188`.
    pub reference: String,
    /// The project that was awarded.
    #[schema(value_type = i64)]
    pub project: ProjectId,
    /// The proposal that won.
    #[schema(value_type = i64)]
    pub proposal: ProposalId,
    /// The client.
    #[schema(value_type = i64)]
    pub organisation: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// The freelancer.
    #[schema(value_type = i64)]
    pub freelancer: UserId,
    /// Their name.
    pub freelancer_name: String,
    /// `ACTIVE`, `PAUSED`, `COMPLETED` or `TERMINATED`.
    pub status: String,
    /// `FIXED` or `HOURLY`.
    pub kind: String,
    /// The price, in units of the currency: `"6400.00"`.
    pub amount: String,
    /// ISO 4217.
    pub currency: String,
    /// Working days.
    pub days: i32,
    /// The first day, where one was named.
    pub start: Option<NaiveDate>,
    /// Parts with their own prices.
    pub milestones: Vec<Milestone>,
    /// Who accepted.
    #[schema(value_type = i64)]
    pub accepted_by: UserId,
    /// When.
    pub accepted_at: DateTime<Utc>,
}

impl From<Named> for ContractDocument {
    fn from(named: Named) -> Self {
        let contract = named.contract;
        Self {
            id: contract.id,
            reference: contract.id.reference(),
            project: contract.project_id,
            proposal: contract.proposal_id,
            organisation: contract.organisation_id,
            organisation_name: named.organisation,
            freelancer: contract.freelancer_id,
            freelancer_name: named.freelancer,
            status: contract.status.to_string(),
            kind: contract.kind.to_string(),
            amount: plain(contract.amount),
            days: contract.days,
            start: contract.start_on,
            milestones: Milestone::of(contract.milestones),
            accepted_by: contract.accepted_by,
            accepted_at: contract.accepted_at,
            currency: contract.currency,
        }
    }
}

/// One contract.
#[utoipa::path(get, path = "/api/v1/contracts/{id}", tag = "contracts", operation_id = "show_contract", security(("token" = ["read"])),
    params(("id" = i64, Path)), responses((status = 200, body = ContractDocument), Problems))]
pub async fn show(by: May<Read>, Id(id): Id<ContractId>, seen: Seen, database: Database) -> Answer {
    let user = by.id();
    let found = database.run(move |conn| Ok(contracts::find_for(conn, id, user)?)).await?.ok_or(PageError::NotFound)?;
    etag::document(StatusCode::OK, 1, &ContractDocument::from(found), &seen)
}
