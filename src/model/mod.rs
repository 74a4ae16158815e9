//! model
pub(crate) mod benchmark;
