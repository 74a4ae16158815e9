//! Tests of the whole program, from files and arguments to what is printed and written: one binary, so that
//! polars is linked once.

// Here a broken expectation is what a failing test is made of.
#![allow(clippy::expect_used, clippy::unwrap_used)]

mod apps;
mod bytes;
mod case;
mod checks;
mod classes;
mod contracts;
mod data_checks;
mod day;
mod deadlines;
mod derivations;
mod errors;
mod exempt;
mod explained;
mod folder;
mod form;
mod formats;
mod golden;
mod held;
mod hostile;
mod idle;
mod inputs;
mod joining;
mod kills;
mod layers;
mod limits;
mod names;
mod oracle;
mod partitions;
mod pinned;
mod process;
mod provenance;
mod reconcile;
mod scenario;
mod screen;
mod shuffle;
mod summary;
mod timeline;
mod together;
mod unpriced;
mod your_settings;
