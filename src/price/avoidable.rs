//! What of a bill the wasted seats really cost: the bill of today, less the least bill of any quantity from the one
//! without them up to today's.
//!
//! Under volume bands fewer seats may cost more in all, so removing some of the wasted seats may save more than
//! removing all of them. Elsewhere the least bill is the one without them all, and lines of one product and plan are
//! taken together as in `price::saving`.

use crate::domain::product::JIRA;
use crate::money::{Cost, Money, MoneyError, MoneyRange};

use super::bill::Bill;
use super::quote::{BillLine, Quote};
use super::saving::saving;

/// What a bill can fall by without some seats, or with some of them kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Avoidable {
    /// Without the certain waste, and without all that may be waste.
    pub(crate) certain: Cost,
    pub(crate) at_most: Cost,
    /// Without the seats of orphaned accounts alone.
    pub(crate) of_leavers: Cost,
}

/// What can be avoided of all lines, and of some.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Split {
    pub(super) all: Avoidable,
    /// The part of it that rests on Jira's prices: an alternative may replace Jira's bill.
    pub(super) of_jira: Avoidable,
    /// What each line falls by, where it is counted alone.
    pub(super) alone: Vec<Option<Avoidable>>,
}

/// The least bill of a range of quantities.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Least {
    /// The least quantity, then each larger one whose bill is lower at an end of its prices, by quantity.
    pub(crate) stops: Vec<BillLine>,
    /// Each end the least of the stops'.
    pub(crate) annual: MoneyRange,
}

/// How many of the wasted seats are worth removing, where it is not all of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Partly {
    pub(crate) wasted: u64,
    pub(crate) removed: u64,
    /// What a year costs less without those that are worth it, and without all.
    pub(crate) saving: MoneyRange,
    pub(crate) saving_of_all: MoneyRange,
}

fn complete(line: &BillLine) -> Option<MoneyRange> {
    line.annual.known().filter(|_| line.annual.is_complete())
}

impl Least {
    /// `None` where either bill lacks a price. Inside a band a bill never falls as the quantity rises, so the least is
    /// at the first quantity or just over a band's end; a band without a price is passed over.
    ///
    /// # Errors
    /// `TooLarge`.
    pub(crate) fn of(
        quote: &Quote<'_>,
        today: &BillLine,
        after: &BillLine,
    ) -> Result<Option<Least>, MoneyError> {
        let (Some(_), Some(mut annual)) = (complete(today), complete(after)) else {
            return Ok(None);
        };
        let mut stops = vec![after.clone()];
        let ends = quote.band_ends();
        let inside = ends
            .iter()
            .filter(|&&end| end >= after.quantity && end < today.quantity);
        for end in inside {
            let line = quote.line(end + 1)?;
            let Some(own) = complete(&line) else { continue };
            let (low, high) = (
                least(annual.low(), own.low()),
                least(annual.high(), own.high()),
            );
            if (low, high) != (annual.low(), annual.high()) {
                annual = MoneyRange::between(low, high)?;
                stops.push(line);
            }
        }
        Ok(Some(Least { stops, annual }))
    }
}

impl Partly {
    /// `None` where all of the wasted seats are worth removing, or a price is not known.
    ///
    /// # Errors
    /// `TooLarge`.
    pub(crate) fn of(
        quote: &Quote<'_>,
        today: &BillLine,
        after: &BillLine,
    ) -> Result<Option<Partly>, MoneyError> {
        let Some(least) = Least::of(quote, today, after)? else {
            return Ok(None);
        };
        let (Some(bill), Some(of_all)) = (complete(today), complete(after)) else {
            return Ok(None);
        };
        // By the middle of the prices; of equal bills the one that keeps most.
        let mut best: Option<(Money, u64, MoneyRange)> = None;
        for stop in &least.stops {
            let Some(annual) = complete(stop) else {
                continue;
            };
            let twice = annual.low().plus(annual.high())?;
            if best.is_none_or(|(so_far, ..)| twice.amount() <= so_far.amount()) {
                best = Some((twice, stop.quantity, annual));
            }
        }
        let Some((_, quantity, annual)) =
            best.filter(|(_, quantity, _)| *quantity != after.quantity)
        else {
            return Ok(None);
        };
        Ok(Some(Partly {
            wasted: today.quantity - after.quantity,
            removed: today.quantity - quantity,
            saving: bill.paired_difference(annual)?,
            saving_of_all: bill.paired_difference(of_all)?,
        }))
    }

    /// Whether the bill rises without all of the wasted seats.
    pub(crate) fn rises(&self) -> bool {
        self.saving_of_all.low().is_negative()
    }

    /// What to do: `without all 40 wasted seats the bill of Jira on acme would rise; removing 29 of them saves $1,740
    /// a year`.
    pub(crate) fn advice(&self, name: &str) -> String {
        let all = match self.wasted {
            1 => "its one wasted seat".to_owned(),
            wasted => format!("all {wasted} wasted seats"),
        };
        let would = if self.rises() {
            "would rise".to_owned()
        } else {
            format!("falls by {} a year", self.saving_of_all.whole())
        };
        let instead = match (self.removed, self.wasted) {
            (0, 1) => "it is better kept".to_owned(),
            (0, _) => "they are better kept".to_owned(),
            (removed, _) => format!(
                "removing {removed} of them saves {} a year",
                self.saving.whole()
            ),
        };
        format!("without {all} the bill of {name} {would}; {instead}")
    }
}

/// The bill of today, and what is left of it in each case. Their lines are in one order, as their prices are.
#[derive(Clone, Copy)]
pub(super) struct Bills<'a> {
    pub(super) today: &'a Bill,
    pub(super) after: &'a Bill,
    pub(super) after_at_most: &'a Bill,
    pub(super) after_orphaned: &'a Bill,
    pub(super) quotes: &'a [Quote<'a>],
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

    /// What one line can fall by, and whether that is more than it falls by without all of the seats.
    fn of_line(&self, place: usize) -> Result<(Avoidable, bool), MoneyError> {
        let mut is_held_back = false;
        let falls = self.falls(&|one| one == place)?;
        let mut most = |plain: &Cost, bill: &Bill| -> Result<Cost, MoneyError> {
            let (today, after) = (&self.today.lines[place], &bill.lines[place]);
            let least = Least::of(&self.quotes[place], today, after)?;
            match (least, complete(today)) {
                (Some(least), Some(today)) if least.stops.len() > 1 => {
                    is_held_back = true;
                    Ok(Cost::from(today.paired_difference(least.annual)?))
                }
                _ => Ok(plain.clone()),
            }
        };
        let counted = Avoidable {
            certain: most(&falls.certain, self.after)?,
            at_most: most(&falls.at_most, self.after_at_most)?,
            of_leavers: most(&falls.of_leavers, self.after_orphaned)?,
        };
        Ok((counted.capped()?, is_held_back))
    }

    /// What each line falls by where it is counted alone, and the whole. Lines of one product and plan rest on one
    /// price and are taken together, unless some of the seats are better kept on one of them.
    pub(super) fn avoidable(&self) -> Result<Split, MoneyError> {
        let places = 0..self.today.lines.len();
        let each: Vec<(Avoidable, bool)> = places
            .clone()
            .map(|place| self.of_line(place))
            .collect::<Result<_, _>>()?;
        let price = |place: usize| {
            let line = self.today.lines.get(place);
            line.map(|line| (&line.product, &line.plan))
        };
        let is_alone: Vec<bool> = places
            .clone()
            .map(|place| {
                places
                    .clone()
                    .any(|other| each[other].1 && price(other) == price(place))
            })
            .collect();
        let is_jira = |place: usize| {
            let line = self.today.lines.get(place);
            line.is_some_and(|line| line.product == JIRA)
        };
        let alone: Vec<Option<Avoidable>> = each
            .into_iter()
            .zip(&is_alone)
            .map(|((own, _), is_alone)| is_alone.then_some(own))
            .collect();
        let whole = |of: &dyn Fn(usize) -> bool| {
            let together = self.falls(&|place| of(place) && !is_alone[place])?;
            let mut own = alone.iter().enumerate();
            own.try_fold(together, |all, (place, own)| match own {
                Some(own) if of(place) => all.plus(own),
                _ => Ok(all),
            })
        };
        Ok(Split {
            all: whole(&|_| true)?,
            of_jira: whole(&is_jira)?,
            alone,
        })
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

    /// What goes with the leavers' seats is never worth more than all waste is.
    fn capped(self) -> Result<Avoidable, MoneyError> {
        let of_leavers = match self.certain.up_to(&self.at_most)?.known() {
            Some(all) => self.of_leavers.try_map(|own| {
                MoneyRange::between(least(own.low(), all.low()), least(own.high(), all.high()))
            })?,
            None => self.of_leavers.clone(),
        };
        Ok(Avoidable { of_leavers, ..self })
    }
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
    use super::{Avoidable, Bills, Least, Partly};
    use crate::price::fixtures::{each_step, seats, with_pricing};
    use crate::price::quote::Subscription;
    use crate::price::{Billing, STANDARD};

    const CONTRACT: &str = "[[contract]]\nproduct = \"Jira\"\nmode = \"volume\"\n\
                            bands = [{ up_to = 450, price = 12 }, { price = 8 }]\n\
                            [[contract]]\nproduct = \"Loom\"\nprice = 10\n";
    const SMALL: &str = "[[contract]]\nproduct = \"Jira\"\nmode = \"volume\"\n\
                         bands = [{ up_to = 100, price = 9 }, { price = 5 }]\n\
                         [[contract]]\nproduct = \"Loom\"\nprice = 10\n";

    fn avoidable(
        contract: &str,
        jira: [u64; 4],
        loom: [u64; 4],
    ) -> (Vec<Option<Avoidable>>, Avoidable) {
        with_pricing(contract, Billing::Monthly, "2026-11-23", |pricing| {
            let bills = [0, 1, 2, 3].map(|place| {
                let lines: [Subscription; 2] = [
                    seats("Jira", STANDARD, jira[place]),
                    seats("Loom", "Business", loom[place]),
                ];
                pricing.bill(&lines).unwrap()
            });
            let quotes = [("Jira", STANDARD), ("Loom", "Business")]
                .map(|(product, plan)| pricing.quote(product, plan, None).unwrap());
            let [today, after, after_at_most, after_orphaned] = &bills;
            Bills {
                today,
                after,
                after_at_most,
                after_orphaned,
                quotes: &quotes,
            }
            .avoidable()
            .map(|split| (split.alone, split.all))
            .unwrap()
        })
    }

    fn told(one: &Avoidable) -> [String; 3] {
        [&one.certain, &one.at_most, &one.of_leavers].map(|cost| cost.grouped())
    }

    #[test]
    fn some_of_the_seats_may_be_worth_removing_where_all_are_not() {
        // 130 × 5 = 650; 90 × 9 = 810 is more, 101 × 5 = 505 is the least: 145 × 12 = 1,740. The five leavers' seats
        // alone: 125 × 5 = 625, 25 × 12 = 300.
        let (lines, all) = avoidable(SMALL, [130, 90, 90, 125], [20, 20, 20, 20]);
        assert_eq!(told(&all), ["$1,740.00", "$1,740.00", "$300.00"]);
        assert_eq!(told(lines[0].as_ref().unwrap()), told(&all));
        assert_eq!(lines[1], None);
    }

    #[test]
    fn advice_says_how_many_to_remove() {
        let advice = |seats: u64, gone: u64| {
            with_pricing(SMALL, Billing::Monthly, "2026-11-23", |pricing| {
                let quote = pricing.quote("Jira", STANDARD, None).unwrap();
                let line = |quantity| quote.line(quantity).unwrap();
                Partly::of(&quote, &line(seats), &line(seats - gone))
                    .unwrap()
                    .map(|partly| partly.advice("Jira on acme"))
            })
        };
        assert_eq!(
            advice(130, 40).unwrap(),
            "without all 40 wasted seats the bill of Jira on acme would rise; removing 29 of them saves $1,740 a year"
        );
        // 130 × 5 = 650; 60 × 9 = 540 saves 110 a month, 101 × 5 = 505 saves 145.
        assert_eq!(
            advice(130, 70).unwrap(),
            "without all 70 wasted seats the bill of Jira on acme falls by $1,320 a year; removing 29 of them saves \
             $1,740 a year"
        );
        // 100 × 9 = 900 is more than 101 × 5 = 505, and 50 × 9 = 450 is less.
        assert_eq!(
            advice(101, 1).unwrap(),
            "without its one wasted seat the bill of Jira on acme would rise; it is better kept"
        );
        assert_eq!(advice(130, 80), None);
        assert_eq!(advice(130, 20), None);
    }

    #[test]
    fn a_bill_that_rises_without_its_waste_keeps_what_the_band_needs() {
        // Jira: 470 × 8 = 3,760; 434 × 12 = 5,208 and 430 × 12 = 5,160 are more, 451 × 8 = 3,608 is 19 × 8 × 12 = 1,824
        // less; its 13 leavers' seats alone are 13 × 8 × 12 = 1,248. Loom: 5, 6 and 2 seats × 10 × 12.
        let (lines, all) = avoidable(CONTRACT, [470, 434, 430, 457], [20, 15, 14, 18]);
        assert_eq!(told(&all), ["$2,424.00", "$2,544.00", "$1,488.00"]);
        assert_eq!(
            told(lines[0].as_ref().unwrap()),
            ["$1,824.00", "$1,824.00", "$1,248.00"]
        );
        assert_eq!(lines[1], None);
    }

    #[test]
    fn leavers_seats_are_never_worth_more_than_all_waste() {
        // 700 × 8 = 5,600; 451 × 8 = 3,608 saves 1,992 a month, 448 × 12 only 224; 460 × 8 = 3,680 saves 1,920.
        let (lines, all) = avoidable(CONTRACT, [700, 448, 448, 460], [20, 20, 20, 20]);
        assert_eq!(told(&all), ["$23,904.00", "$23,904.00", "$23,040.00"]);
        assert_eq!(told(lines[0].as_ref().unwrap()), told(&all));
        // Above the band nothing is held back: 20 and 10 × 8 × 12.
        let (lines, all) = avoidable(CONTRACT, [700, 680, 680, 690], [20, 20, 20, 20]);
        assert_eq!(told(&all), ["$1,920.00", "$1,920.00", "$960.00"]);
        assert_eq!(lines, [None, None]);
    }

    /// What is found at band edges is what trying every quantity finds, and fewer wasted seats are never worth more.
    #[test]
    fn the_least_bill_is_missed_nowhere() {
        each_step(|quote, seats, left, table| {
            let line = |seats| quote.line(seats).unwrap();
            let ends = |seats: u64| {
                let range = line(seats).annual.known().unwrap();
                [range.low().amount(), range.high().amount()]
            };
            let found = Least::of(quote, &line(seats), &line(left))
                .unwrap()
                .unwrap();
            let tried = |end: usize| (left..=seats).map(|one| ends(one)[end]).min();
            assert_eq!(
                [found.annual.low(), found.annual.high()].map(|end| Some(end.amount())),
                [tried(0), tried(1)],
                "{seats} to {left} under {table}"
            );
        });
    }
}
