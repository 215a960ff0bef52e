//! What is true of the marketplace: ids, parsed words, money, states and their moves, decisions and refusals.
//! No query, no HTTP, no clock, no I/O; Diesel's row traits may be derived from the schema, nothing more.

pub mod chain;
pub mod contract;
pub mod draft;
pub mod enquiry;
pub mod event;
pub mod export;
pub mod field_errors;
pub mod file;
pub mod freelancer;
pub mod ids;
pub mod import;
pub mod job;
pub mod mail;
pub mod membership;
pub mod message;
pub mod milestone;
pub mod money;
pub mod notice;
pub mod organisation;
pub mod person;
pub mod project;
pub mod proposal;
pub mod reader;
pub mod record;
pub mod refusal;
pub mod request;
pub mod retry;
pub mod search;
pub(crate) mod text_enum;
pub mod token;
pub mod user;
pub mod webhook;
pub mod words;
pub mod work;
