//! What the model takes for granted: assumptions with value, range, basis and source, and the benchmark that they come from.

pub(crate) mod assumption;
pub(crate) mod assumption_file;
pub(crate) mod benchmark;
pub(crate) mod name;
