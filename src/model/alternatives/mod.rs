//! The first year of each alternative: its components in words, what it leaves, what is cheapest, and the third
//! party's ceiling. The amounts come from the list in `years`.

pub(crate) mod ceiling;
pub(crate) mod cheapest;
pub(crate) mod comparison;
pub(crate) mod describe;
pub(crate) mod manual;
pub(crate) mod net;
pub(crate) mod remaining;
