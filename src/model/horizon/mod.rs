//! The years ahead: each alternative over the horizon, and when the money is back.

pub(crate) mod outlook;
pub(crate) mod payback;
