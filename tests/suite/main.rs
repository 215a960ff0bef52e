//! All the tests that need the whole program.

// For clippy, which lets tests fail loudly only where it reads this.
#![cfg(test)]

mod access;
mod api;
mod award;
mod backup;
mod bridge;
mod cluster;
mod contracts;
mod controls;
mod dashboard;
mod demo;
mod doctor;
mod drafts;
mod enquiries;
mod errors;
mod exports;
mod files;
mod floors;
mod freelancers;
mod history;
mod house;
mod imports;
mod invoices;
mod jobs;
mod kills;
mod licences;
mod live;
mod mails;
mod marks;
mod messages;
mod named_locks;
mod notices;
mod organisations;
mod people;
mod probes;
mod projects;
mod proposals;
mod race_lab;
mod reports;
mod reviews;
mod schedule;
mod schema;
mod scope;
mod sealed;
mod searches;
mod statements;
mod support;
mod support_holds;
mod tickets;
mod time;
mod verify;
mod webhooks;
