//! Webhooks: keeping them, finding what they tell, and what came of it.

mod gather;
mod read;
mod tell;

pub use gather::gather;
pub use read::{Delivery, Hook, deliveries, delivery_hook, find, held, of_organisation};
pub use tell::{Call, call, purge, write_made, write_removed, write_tried};
