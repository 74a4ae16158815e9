//! What the seats of each step of idleness are worth, and what another limit on idleness would save.
//!
//! Takes the spread of each billed line's seats, gives the difference of two bills for each row and each limit. A row's
//! worth is that of its seats alone: under bands and tiers the rows need not add up.

use crate::domain::idle::{Limits, Row, Spread};
use crate::money::{Cost, MoneyError};

use super::bill::Bill;
use super::quote::Quote;
use super::saving::{line_saving, saving};

/// The bill without some seats, and what it falls by.
#[derive(Clone, Debug)]
pub(crate) struct Fall {
    /// Its lines are in the order of the estate's.
    pub(crate) after: Bill,
    /// What each line costs less in a year.
    pub(crate) lines: Vec<Cost>,
    /// All of them: lines of one product and plan rest on one price.
    pub(crate) total: Cost,
}

/// What one limit on idleness would save: from the certain waste to the most there can be.
#[derive(Clone, Debug)]
pub(crate) struct AtLimit {
    pub(crate) certain: Fall,
    pub(crate) at_most: Fall,
    pub(crate) lines: Vec<Cost>,
    pub(crate) total: Cost,
}

#[derive(Clone, Debug)]
pub(crate) struct IdleWorth {
    /// One for each row of the spread.
    pub(crate) rows: Vec<Fall>,
    /// One for each limit.
    pub(crate) limits: Vec<AtLimit>,
}

/// Billed lines with their prices and the spreads of their seats, in one order.
pub(super) struct Lines<'a> {
    pub(super) today: &'a Bill,
    pub(super) quotes: &'a [Quote<'a>],
    pub(super) spreads: Vec<&'a Spread>,
}

impl Lines<'_> {
    pub(super) fn worth(&self, limits: &Limits) -> Result<IdleWorth, MoneyError> {
        let of_row = |row: Row| self.without(&|spread| in_bill(limits, spread, row));
        let at_limit = |limit: usize| -> Result<AtLimit, MoneyError> {
            let certain = self.without(&|spread| spread.wasted(limits, limit).0)?;
            let at_most = self.without(&|spread| spread.wasted(limits, limit).1)?;
            let lines = certain.lines.iter().zip(&at_most.lines);
            let lines = lines.map(|(least, most)| least.up_to(most));
            Ok(AtLimit {
                lines: lines.collect::<Result<_, _>>()?,
                total: certain.total.up_to(&at_most.total)?,
                certain,
                at_most,
            })
        };
        Ok(IdleWorth {
            rows: limits.rows().map(of_row).collect::<Result<_, _>>()?,
            limits: (0..limits.all().len())
                .map(at_limit)
                .collect::<Result<_, _>>()?,
        })
    }

    fn without(&self, gone: &dyn Fn(&Spread) -> u64) -> Result<Fall, MoneyError> {
        let currency = self.today.currency;
        let lines = self.today.lines.iter().zip(self.quotes);
        let lines = lines
            .zip(&self.spreads)
            .map(|((line, quote), spread)| quote.line(line.quantity.saturating_sub(gone(spread))));
        let after = Bill::of(currency, lines.collect::<Result<_, _>>()?)?;
        let pairs = self.today.lines.iter().zip(&after.lines);
        let falls = pairs.map(|(today, after)| line_saving(currency, today, after));
        Ok(Fall {
            lines: falls.collect::<Result<_, _>>()?,
            total: saving(self.today, &after)?.annual,
            after,
        })
    }
}

/// A row's seats that are on the bill: a sandbox's come with the plan.
pub(crate) fn in_bill(limits: &Limits, spread: &Spread, row: Row) -> u64 {
    match row {
        Row::Sandbox => 0,
        row => spread.of(limits, row).seats,
    }
}
