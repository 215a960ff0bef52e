//! What people ask of the house, and what the house does about it.

mod answer_ticket;
mod assign_ticket;
mod change_promise;
mod close_ticket;
mod escalate_ticket;
mod keep_ready_answer;
mod keep_ticket_on_time;
mod merge_tickets;
mod note_on_ticket;
mod open_ticket;
mod take_ticket;

pub use answer_ticket::{Answer, answer_ticket};
pub use assign_ticket::assign_ticket;
pub use change_promise::change_promise;
pub use close_ticket::close_ticket;
pub use escalate_ticket::{Escalation, escalate_ticket};
pub use keep_ready_answer::{change_ready_answer, make_ready_answer, remove_ready_answer};
pub use keep_ticket_on_time::keep_ticket_on_time;
pub use merge_tickets::merge_tickets;
pub use note_on_ticket::note_on_ticket;
pub use open_ticket::{NewTicket, open_ticket};
pub use take_ticket::take_ticket;
