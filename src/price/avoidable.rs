//! What of a bill the wasted seats really cost: what lies between two bills, less those that would rise.
//!
//! Under volume bands fewer seats may cost more in all. Then no seat of that subscription is worth removing: its waste
//! counts for nothing here, and what goes with the leavers' seats is never worth more than all waste is.

use crate::money::{Cost, Money, MoneyError, MoneyRange};

use super::bill::Bill;
use super::estate::from_certain_to_most;
use super::saving::saving;

/// What a bill falls by without some seats, where it falls.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Avoidable {
    /// Without the certain waste, and without all that may be waste.
    pub(crate) certain: Cost,
    pub(crate) at_most: Cost,
    /// Without the seats of orphaned accounts alone.
    pub(crate) of_leavers: Cost,
}

/// The bill of today, and what is left of it in each case. Their lines are in one order.
#[derive(Clone, Copy)]
pub(super) struct Bills<'a> {
    pub(super) today: &'a Bill,
    pub(super) after: &'a Bill,
    pub(super) after_at_most: &'a Bill,
    pub(super) after_orphaned: &'a Bill,
}

impl Bills<'_> {
    /// What some lines fall by, also where that is less than nothing.
    fn falls(&self, of: &dyn Fn(usize) -> bool) -> Result<Avoidable, MoneyError> {
        let lines = |bill: &Bill| {
            let kept = bill
                .lines
                .iter()
                .enumerate()
                .filter(|(place, _)| of(*place));
            Bill::of(bill.currency, kept.map(|(_, line)| line.clone()).collect())
        };
        let today = lines(self.today)?;
        let fall = |bill: &Bill| Ok::<_, MoneyError>(saving(&today, &lines(bill)?)?.annual);
        Ok(Avoidable {
            certain: fall(self.after)?,
            at_most: fall(self.after_at_most)?,
            of_leavers: fall(self.after_orphaned)?,
        })
    }

    /// What each line falls by where it is counted alone, and the whole. Lines of one product and plan rest on one
    /// price and are taken together, unless fewer seats cost more on one of them.
    pub(super) fn avoidable(&self) -> Result<(Vec<Option<Avoidable>>, Avoidable), MoneyError> {
        let mut alone = Vec::with_capacity(self.today.lines.len());
        for place in 0..self.today.lines.len() {
            let falls = self.falls(&|one| one == place)?;
            let counted = falls.floored()?;
            alone.push((counted != falls).then_some(counted));
        }
        let price = |place: usize| {
            let line = self.today.lines.get(place);
            line.map(|line| (&line.product, &line.plan))
        };
        let is_raised: Vec<bool> = (0..alone.len())
            .map(|place| {
                (0..alone.len()).any(|other| alone[other].is_some() && price(other) == price(place))
            })
            .collect();
        let mut all = self.falls(&|place| !is_raised[place])?;
        for (place, own) in alone.iter_mut().enumerate() {
            if !is_raised[place] {
                continue;
            }
            let counted = match own.take() {
                Some(counted) => counted,
                None => self.falls(&|one| one == place)?,
            };
            all = all.plus(&counted)?;
            *own = Some(counted);
        }
        Ok((alone, all))
    }
}

impl Avoidable {
    fn plus(&self, other: &Avoidable) -> Result<Avoidable, MoneyError> {
        Ok(Avoidable {
            certain: self.certain.plus(&other.certain)?,
            at_most: self.at_most.plus(&other.at_most)?,
            of_leavers: self.of_leavers.plus(&other.of_leavers)?,
        })
    }

    fn floored(&self) -> Result<Avoidable, MoneyError> {
        let (certain, at_most) = (floor(&self.certain)?, floor(&self.at_most)?);
        let of_leavers = match from_certain_to_most(&certain, &at_most)?.known() {
            Some(all) => self.of_leavers.try_map(|own| {
                MoneyRange::between(least(own.low(), all.low()), least(own.high(), all.high()))
            })?,
            None => self.of_leavers.clone(),
        };
        Ok(Avoidable {
            certain,
            at_most,
            of_leavers,
        })
    }
}

/// Nothing, where a saving is less than that.
fn floor(cost: &Cost) -> Result<Cost, MoneyError> {
    cost.try_map(|range| {
        let end = |end: Money| {
            if end.is_negative() {
                Money::zero(end.currency())
            } else {
                end
            }
        };
        MoneyRange::between(end(range.low()), end(range.high()))
    })
}

/// The lesser of two amounts of one currency.
fn least(one: Money, other: Money) -> Money {
    if one.amount() <= other.amount() {
        one
    } else {
        other
    }
}

#[cfg(test)]
mod tests {
    use super::{Avoidable, Bills};
    use crate::price::fixtures::{bill_under, seats};
    use crate::price::quote::Subscription;
    use crate::price::{Billing, STANDARD};

    const CONTRACT: &str = "[[contract]]\nproduct = \"Jira\"\nmode = \"volume\"\n\
                            bands = [{ up_to = 450, price = 12 }, { price = 8 }]\n\
                            [[contract]]\nproduct = \"Loom\"\nprice = 10\n";

    fn avoidable(jira: [u64; 4], loom: [u64; 4]) -> (Vec<Option<Avoidable>>, Avoidable) {
        let bills = [0, 1, 2, 3].map(|place| {
            let lines: [Subscription; 2] = [
                seats("Jira", STANDARD, jira[place]),
                seats("Loom", "Business", loom[place]),
            ];
            bill_under(CONTRACT, Billing::Monthly, "2026-11-23", &lines)
        });
        let [today, after, after_at_most, after_orphaned] = &bills;
        Bills {
            today,
            after,
            after_at_most,
            after_orphaned,
        }
        .avoidable()
        .unwrap()
    }

    fn told(one: &Avoidable) -> [String; 3] {
        [&one.certain, &one.at_most, &one.of_leavers].map(|cost| cost.grouped())
    }

    #[test]
    fn a_bill_that_rises_without_its_waste_has_nothing_to_avoid() {
        // Jira: 470 × 8 = 3,760; 434 × 12 = 5,208 and 430 × 12 = 5,160 are more, so its 13 leavers' seats, whose bill
        // alone falls by 13 × 8 × 12 = 1,248, count for nothing. Loom: 5, 6 and 2 seats × 10 × 12.
        let (lines, all) = avoidable([470, 434, 430, 457], [20, 15, 14, 18]);
        assert_eq!(told(&all), ["$600.00", "$720.00", "$240.00"]);
        assert_eq!(told(lines[0].as_ref().unwrap()), ["$0.00"; 3]);
        assert_eq!(lines[1], None);
    }

    #[test]
    fn leavers_seats_are_never_worth_more_than_all_waste() {
        // 700 × 8 = 5,600; 460 × 8 = 3,680 saves 1,920 a month; 448 × 12 = 5,376 saves 224: from 224 × 12 to 1,920 × 12.
        let (lines, all) = avoidable([700, 448, 448, 460], [20, 20, 20, 20]);
        assert_eq!(told(&all), ["$2,688.00", "$2,688.00", "$2,688.00"]);
        assert_eq!(told(lines[0].as_ref().unwrap()), told(&all));
        // Above the band nothing is held back: 20 and 10 × 8 × 12.
        let (lines, all) = avoidable([700, 680, 680, 690], [20, 20, 20, 20]);
        assert_eq!(told(&all), ["$1,920.00", "$1,920.00", "$960.00"]);
        assert_eq!(lines, [None, None]);
    }
}
