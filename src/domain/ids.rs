//! Ids as types, so that a project's number cannot be taken for a proposal's.

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::BigInt;
use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, AsExpression, FromSqlRow, Serialize, Deserialize)]
        #[diesel(sql_type = BigInt)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl $name {
            /// How people refer to it, as in a letter: the prefix and at least four digits.
            pub fn reference(self) -> String {
                format!("{}-{:04}", $prefix, self.0)
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            /// Digits only, as they stand in an address: no sign, no blanks.
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let digits = if text.bytes().all(|byte| byte.is_ascii_digit()) { text } else { "" };
                digits.parse().map(Self)
            }
        }
        impl FromSql<BigInt, Pg> for $name {
            fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
                <i64 as FromSql<BigInt, Pg>>::from_sql(value).map(Self)
            }
        }
        impl ToSql<BigInt, Pg> for $name {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
                <i64 as ToSql<BigInt, Pg>>::to_sql(&self.0, out)
            }
        }
    )*};
}

ids! {
    /// Somebody who can sign in.
    UserId "USR";
    /// A client company.
    OrganisationId "ORG";
    /// A project.
    ProjectId "PRJ";
    /// A proposal.
    ProposalId "PRP";
    /// A contract.
    ContractId "CTR";
    /// A part of a contract with its own price.
    MilestoneId "MIL";
    /// What was delivered for a milestone.
    SubmissionId "SUB";
    /// A search that somebody keeps.
    SearchId "SRC";
    /// What somebody typed into a long form and has not sent.
    DraftId "DRF";
    /// A question about a project.
    EnquiryId "QST";
    /// A key with which a person's machines ask.
    TokenId "TOK";
    /// An address that is called.
    WebhookId "WHK";
    /// Something that such an address is told.
    DeliveryId "DLV";
    /// An invitation link.
    InvitationId "INV";
    /// Something that a person was told.
    NoticeId "NTC";
    /// A letter to a person.
    MailId "ML";
    /// A link that a letter carries.
    LinkId "LNK";
    /// What a client and a freelancer write to each other about one thing.
    ThreadId "THR";
    /// One message.
    MessageId "MSG";
    /// A file that somebody added to something.
    FileId "FIL";
    /// A file that is made in the background.
    ExportId "EXP";
    /// A file of projects that somebody brought.
    ImportId "IMP";
    /// What somebody told the house about a message.
    ReportId "RPT";
    /// What somebody told the house about a project, a profile or a review.
    AbuseId "ABU";
    /// An answer that admins keep ready.
    ReadyAnswerId "RDY";
    /// What somebody asks of the house.
    TicketId "TIC";
    /// What was written on a ticket.
    TicketWordsId "TWD";
    /// An answer that admins keep for use again.
    CannedId "CAN";
    /// An invoice; once it is issued, people go by its number.
    InvoiceId "BIL";
    /// What one side said of the other after a contract.
    ReviewId "REV";
    /// A piece of background work.
    JobId "JOB";
    /// Time worked on a contract.
    WorkLogId "LOG";
    /// A contract's week.
    TimesheetId "WK";
}
