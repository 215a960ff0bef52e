//! The naive twins: each race once more with an operation that makes the mistake, on a schema without its guards. The
//! same invariants must find the harm every time; invariants that find nothing there would prove nothing elsewhere.
mod closing;
mod contracts;
mod crowd;
mod drafts;
mod enquiries;
mod files;
mod house;
mod imports;
mod invitations;
mod invoices;
mod jobs;
mod lab;
mod links;
mod mails;
mod marks;
mod messages;
mod named_locks;
mod notices;
mod one_rival;
mod overdue;
mod references;
mod reviews;
mod scope;
mod sealed;
mod second_factor;
mod tickets;
mod twins;
mod unexplained;
mod webhooks;
mod work;

pub use lab::{DROPPED, run};
