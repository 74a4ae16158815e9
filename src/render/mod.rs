//! Rendering: from the one `Report` to files and the terminal. Computes no figure.
//!
//! `files` writes a report's files and `folder` puts them in their place, whole or not at all; the others each turn
//! the report into one kind of text or picture.

pub(crate) mod chart;
pub(crate) mod csv;
pub(crate) mod files;
pub(crate) mod folder;
pub(crate) mod markdown;
pub(crate) mod terminal;
pub(crate) mod tree;
