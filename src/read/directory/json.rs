//! JSON exports. (Being filled in: see `JsonFormat`.)

use super::super::detect::Detected;
use super::super::source::{Source, Stop};
use super::super::{Batch, Rules};
use crate::error::Error;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum JsonFormat {}

impl JsonFormat {
    pub(crate) fn name(self) -> &'static str {
        match self {}
    }
}

pub(crate) fn detect(source: &Source) -> Result<Detected, Error> {
    Ok(Detected::Unknown(format!("{} is JSON", source.name)))
}

pub(crate) fn read(
    _: &Source,
    format: JsonFormat,
    _: u16,
    _: bool,
    _: &Rules,
) -> Result<Batch, Stop> {
    match format {}
}
