//! Sealed bids: nobody reads one before the opening, and all are opened at once.
mod editing;
mod ground;
mod house;
mod nobody_reads;
mod opening;
mod rush;
