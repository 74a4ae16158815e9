//! Tests of the whole program, from files and arguments to what is printed and written: one binary, so that
//! polars is linked once.

mod case;
mod errors;
mod golden;
mod partitions;
mod shuffle;
