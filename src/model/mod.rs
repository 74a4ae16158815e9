//! The model: what managing accounts by hand costs, what the alternatives cost, and what decides between them.
//!
//! Takes `Facts` (counts and bills), prices and named assumptions, gives values that serialise, each figure with its
//! basis, working and source. Nothing here reads an export, prints, or asks the clock.
//!
//! ```text
//! Facts ──────┐
//! Pricing ────┼─► Inputs, Values ─► years (one list of figures) ─┬─► alternatives ─► cheapest, ceiling, decision
//! Assumptions ┘   (growth, position)                             ├─► breakeven, curve, line ─► break_even_point (what would change it)
//!                                                                ├─► horizon (years, present values, payback)
//!                                                                └─► sensitivity, simulation
//! GuardCounts ─► reconcile, lower        dates, price book ─► deadlines ─► calendar
//! ```
//!
//! **Ranges.** A figure's range comes from prices, from counts, and from values that are *assumed*. Benchmarks and
//! configured values enter as they are stated, since nobody states their spread; sensitivity and simulation move
//! them too. Whatever two figures share lies at one place in both (see `figures`), so a difference is no wider than
//! what really is uncertain about it.

pub(crate) mod alternative;
pub(crate) mod alternatives;
pub(crate) mod assumption;
mod assumption_file;
pub(crate) mod benchmark;
pub(crate) mod break_even_point;
mod break_even_words;
pub(crate) mod breakeven;
pub(crate) mod calendar;
pub(crate) mod ceiling;
pub(crate) mod cheapest;
pub(crate) mod checks;
pub(crate) mod conclusion;
pub(crate) mod crossing;
pub(crate) mod curve;
pub(crate) mod deadlines;
pub(crate) mod decision;
pub(crate) mod describe;
pub(crate) mod difference;
pub(crate) mod facts;
pub(crate) mod figure;
#[cfg(test)]
mod fixtures;
pub(crate) mod growth;
pub(crate) mod horizon;
pub(crate) mod input;
pub(crate) mod inputs;
pub(crate) mod line;
pub(crate) mod lower;
pub(crate) mod manual;
mod name;
mod nearest_break_even;
pub(crate) mod net;
pub(crate) mod payback;
pub(crate) mod position;
pub(crate) mod provider;
pub(crate) mod reconcile;
pub(crate) mod residual;
pub(crate) mod sensitivity;
pub(crate) mod simulation;
pub(crate) mod situation;
pub(crate) mod span;
pub(crate) mod sureness;
pub(crate) mod unit_price;
pub(crate) mod whole;
pub(crate) mod years;
