//! How a column writes its days: by any cell that proves it, else by the user's word.

use super::Rules;
use super::dates::{DateCell, DateOrder, proven_order, read_day};
use crate::error::Error;

/// What the cells of a column prove.
#[derive(Default)]
pub(crate) struct Votes {
    day_first: u64,
    month_first: u64,
    /// The first cell that can be read two ways.
    example: Option<String>,
}

impl Votes {
    pub(crate) fn count(&mut self, text: &str) {
        match proven_order(text) {
            Some(DateOrder::DayFirst) => self.day_first += 1,
            Some(DateOrder::MonthFirst) => self.month_first += 1,
            None if self.example.is_none() && read_day(text, None) == Some(DateCell::Ambiguous) => {
                self.example = Some(text.to_owned());
            }
            None => {}
        }
    }

    /// The order, where any cell needs one.
    pub(crate) fn order(
        self,
        file: &str,
        column: &str,
        rules: &Rules,
    ) -> Result<Option<DateOrder>, Error> {
        let Some(example) = self.example else {
            return Ok(None);
        };
        let (day_first, month_first) = (self.day_first, self.month_first);
        let (found, hint) = match (day_first, month_first, rules.date_order) {
            (1.., 0, _) => return Ok(Some(DateOrder::DayFirst)),
            (0, 1.., _) => return Ok(Some(DateOrder::MonthFirst)),
            (0, 0, Some(stated)) => return Ok(Some(stated)),
            (0, 0, None) => (
                format!("the days in {column:?} can be read two ways, for example {example:?}"),
                "say which with --date-order day-first or month-first, or with date_order under [input] in \
                 seatledger.toml",
            ),
            _ => (
                format!(
                    "{column:?} has {day_first} days written day first and {month_first} written month first"
                ),
                "export the file again with one form of date, best 2026-11-30",
            ),
        };
        Err(Error::refused(file, found, hint))
    }
}
