//! Seatledger: what managing Atlassian accounts by hand costs, and what the alternatives cost instead.
#![allow(dead_code)]

mod domain;
mod error;
mod frame;
mod read;

pub use error::Error;
