//! The decision: the guide's situations as rules, what is concluded and how sure that is.

pub(crate) mod conclusion;
pub(crate) mod rules;
pub(crate) mod situation;
pub(crate) mod sureness;
