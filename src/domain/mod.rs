//! The business's own values: days, accounts, people, seats, products, classes and findings.
//!
//! Plain data with names of the field, and the rules of findings beside their evidence. No reading, no polars, and above all **no money**: a price can
//! never change which accounts are orphaned or which seats are wasted.

pub(crate) mod access;
pub(crate) mod account;
pub(crate) mod analysis;
pub(crate) mod app;
pub(crate) mod check;
pub(crate) mod check_table;
pub(crate) mod class;
pub(crate) mod counts;
pub(crate) mod dataset;
pub(crate) mod day;
pub(crate) mod finding;
pub(crate) mod idle;
pub(crate) mod index;
pub(crate) mod meaning;
pub(crate) mod person;
pub(crate) mod product;
pub(crate) mod scim_key;
pub(crate) mod seat;
pub(crate) mod settings;
pub(crate) mod stated;
pub(crate) mod text;
