//! What programs ask that watch the house, and what its log says.
mod figures;
mod headers;
mod health;
mod log;
