//! What the schema promises by itself, whoever writes to it.
mod contracts;
mod drafts;
mod every_guard;
mod files;
mod guards;
mod jobs;
mod machines;
mod mails;
mod migrations;
mod milestones;
mod moves;
mod people;
mod raw;
mod sealed_bids;
mod triggers;
mod webhooks;
mod work;
