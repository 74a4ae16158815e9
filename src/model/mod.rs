//! The model: what managing accounts by hand costs, what the alternatives cost, and what decides between them.
//!
//! Takes `Facts` (counts and bills), prices and named assumptions, gives values that serialise, each figure with its
//! basis, working and source. Nothing here reads an export, prints, or asks the clock.
//!
//! ```text
//! facts, prices ─► inputs (with fees) ─┐
//! assumptions ─────────────────────────┴─► years: one list of figures ─┬─► alternatives ─► break_even ─► decision
//!                                                                      ├─► horizon
//!                                                                      └─► uncertainty
//! guard_count: the count and an invoice        dates: deadlines, calendar        checks: prices and terms judged
//! whole: all of it in one call
//! ```
//!
//! | room | what is in it |
//! |---|---|
//! | `assumptions` | what is taken for granted, by name, and the benchmark |
//! | `inputs` | what the model is told, the fees of every alternative, and how an organisation grows |
//! | `years` | **the formulas**: manual cost, what an alternative leaves of it, components, nets, ceilings, years |
//! | `alternatives` | the first year in words: components, what stays, the cheapest, the third party's ceiling |
//! | `break_even` | the headcount, or any other number, at which an alternative pays |
//! | `horizon` | costs and nets over the years, present values, payback |
//! | `uncertainty` | each input moved alone, and all of them drawn at once |
//! | `decision` | the guide's situations as rules, the conclusion and how sure it is |
//! | `checks`, `guard_count`, `dates` | judgements before a conclusion, the Guard count, deadlines |
//!
//! `alternative`, `component` and `basis` are the words that all rooms share.
//!
//! No room names another that names it back (`tests/layers.rs`).
//!
//! **Ranges.** A figure's range comes from prices, from counts, and from values that are *assumed*. Benchmarks and
//! configured values enter as they are stated, since nobody states their spread; sensitivity and simulation move
//! them too. Whatever two figures share lies at one place in both (see `figures`), so a difference is no wider than
//! what really is uncertain about it.

pub(crate) mod alternative;
pub(crate) mod alternatives;
pub(crate) mod assumptions;
pub(crate) mod basis;
pub(crate) mod break_even;
pub(crate) mod checks;
pub(crate) mod component;
pub(crate) mod dates;
pub(crate) mod decision;
#[cfg(test)]
mod fixtures;
pub(crate) mod guard_count;
pub(crate) mod horizon;
pub(crate) mod inputs;
pub(crate) mod span;
pub(crate) mod uncertainty;
pub(crate) mod whole;
pub(crate) mod years;
