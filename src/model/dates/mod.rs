//! Dates that an organisation should know, and a calendar of them.

pub(crate) mod calendar;
pub(crate) mod deadlines;
