//! Seatledger: what managing Atlassian accounts by hand costs, what the alternatives cost instead, and which
//! seats are wasted; offline, deterministic and exact to the cent.
//!
//! ```text
//! argv ─ cli ─► options
//! files ─► read ─► Dataset ─► analyse ─► Counts + Findings              no money up to here
//! price book, contract ─► price ─► bills                                 no polars from here on
//! assumptions, benchmark ─► model ─► figures (one list) ─► alternatives, break-even, decision
//!                                     └─► report::build ─► Report ─► render ─► terminal, files
//! ```
//!
//! Each arrow is a function from value to value. Only `render` writes and only `run` knows all stages.
//!
//! | to see | read |
//! |---|---|
//! | a command from end to end | `run/report.rs`, then `run/load.rs` |
//! | how an export becomes accounts and people | `read`, `domain/dataset.rs` |
//! | the rules of accounts, seats and Guard | `analyse`, `domain/class.rs`; the words of each in `domain/meaning.rs` |
//! | what is worth acting on, and why | `domain/finding`, all of a kind in one file |
//! | what a quantity costs | `price/quote.rs`, `price/bands.rs`; the prices in `data/price_book.toml` |
//! | a formula of the costs | `model/years`, on the list in `figures`; the rooms of the model in `model/mod.rs` |
//! | a table or a sentence of the report | `report`, one file a table |
//! | a kind of output | `render`, one file each |

mod analyse;
mod cli;
mod domain;
mod error;
mod figures;
mod model;
mod money;
mod named;
mod options;
mod parallel;
mod price;
mod read;
mod render;
mod report;
mod run;
mod safe;
mod sample;
mod toml;

pub use error::{Error, Fault};
pub use run::{Terminal, exit, run};

/// What the fuzz targets compare; built for them alone.
#[cfg(fuzzing)]
pub mod fuzzing {
    use crate::read::careful::Form;
    use crate::read::compared;

    /// How the records of a table, read by blocks of this size, differ from those that they should be.
    #[must_use]
    pub fn difference(text: &[u8], delimiter: u8, block: usize) -> Option<String> {
        compared::difference(text, Form::sized(text, delimiter, block))
    }
}
