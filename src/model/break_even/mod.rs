//! Break-even: from how many people on an alternative pays, and what any other number would have to be.

pub(crate) mod crossing;
pub(crate) mod curve;
pub(crate) mod headcount;
pub(crate) mod input;
pub(crate) mod line;
pub(crate) mod nearest;
pub(crate) mod point;
pub(crate) mod unit_price;
pub(crate) mod words;
