//! Crossings: from which quantity on a fee with bands is less than what it avoids, solved band by band.
//!
//! A fee is a straight line inside a band and may jump between two. Against something that grows by the same amount
//! for each unit there may therefore be no crossing, one or several; all are found.

use serde::Serialize;

use crate::money::{Cost, MoneyError, MoneyRange, Number};
use crate::price::quote::Quote;

/// Which end of a price that is a range.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum End {
    Low,
    High,
}

impl End {
    pub(crate) const BOTH: [End; 2] = [End::Low, End::High];

    pub(crate) const fn of(self, range: MoneyRange) -> Number {
        match self {
            End::Low => range.low().amount(),
            End::High => range.high().amount(),
        }
    }
}

/// Quantities between which a yearly fee is a straight line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Segment {
    pub(crate) first: u64,
    pub(crate) last: u64,
    /// The fee of the first quantity, exact.
    pub(crate) at_first: Number,
    /// What each further unit adds.
    pub(crate) each: Number,
}

impl Segment {
    fn at(&self, quantity: u64) -> Result<Number, MoneyError> {
        let further = quantity.saturating_sub(self.first);
        self.at_first.plus(self.each.times(further)?)
    }
}

/// A yearly fee for every quantity from 1 to a limit, or to where the price is no longer known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct FeeLine {
    segments: Vec<Segment>,
}

impl FeeLine {
    /// The fee of a quote at one end of its price, band by band.
    ///
    /// # Errors
    /// `TooLarge`.
    pub(crate) fn of(quote: &Quote<'_>, end: End, limit: u64) -> Result<FeeLine, MoneyError> {
        // Where nobody says whether a year goes by the count or by tiers, the count is the low end.
        let quote = match end {
            End::Low => quote.by_count(),
            End::High => quote.by_tier(),
        };
        let mut segments = Vec::new();
        let mut first = 1;
        while first <= limit {
            let Some(at_first) = known(&quote.exact_year(first)?, end) else {
                break;
            };
            let line = quote.line(first)?;
            let band = line.working.last().and_then(|step| step.last);
            // At its end a tier holds the fee of that one quantity.
            let band = line.tier.map_or(band, |tier| Some(tier.last));
            // A minimum, or a tier that is billed whole, holds the fee still.
            let flat = line.billed > first;
            let last = if flat {
                line.billed.min(band.unwrap_or(line.billed))
            } else {
                band.unwrap_or(limit)
            };
            let last = last.clamp(first, limit);
            let each = if flat || last == first {
                Number::ZERO
            } else {
                let Some(next) = known(&quote.exact_year(first + 1)?, end) else {
                    break;
                };
                next.minus(at_first)?
            };
            segments.push(Segment {
                first,
                last,
                at_first,
                each,
            });
            first = last + 1;
        }
        Ok(FeeLine { segments })
    }

    /// Both fees together, as far as both are known.
    ///
    /// # Errors
    /// `TooLarge`.
    pub(crate) fn plus(&self, other: &FeeLine) -> Result<FeeLine, MoneyError> {
        let mut segments = Vec::new();
        for one in &self.segments {
            for two in &other.segments {
                let (first, last) = (one.first.max(two.first), one.last.min(two.last));
                if first <= last {
                    segments.push(Segment {
                        first,
                        last,
                        at_first: one.at(first)?.plus(two.at(first)?)?,
                        each: one.each.plus(two.each)?,
                    });
                }
            }
        }
        segments.sort_by_key(|segment| segment.first);
        Ok(FeeLine { segments })
    }

    /// The fee of `users` for every `over` of another quantity, in even proportion: told over that quantity.
    ///
    /// # Errors
    /// `TooLarge`, `DivisionByZero`.
    pub(crate) fn in_proportion(&self, users: u64, over: u64) -> Result<FeeLine, MoneyError> {
        if users == over {
            return Ok(self.clone());
        }
        let mut segments = Vec::new();
        for one in &self.segments {
            // A segment goes from past the one before to its last: what lies between two whole users belongs to the
            // second of them.
            let up_to = |own: u64| own.saturating_mul(over) / users.max(1);
            let (first, last) = (up_to(one.first - 1) + 1, up_to(one.last));
            if first > last {
                continue;
            }
            let own = Number::from(first).times(users)?.divided_by(over)?;
            let further = own.minus(one.first)?;
            segments.push(Segment {
                first,
                last,
                at_first: one.at_first.plus(one.each.times(further)?)?,
                each: one.each.times(users)?.divided_by(over)?,
            });
        }
        Ok(FeeLine { segments })
    }

    /// The fee of a quantity; `None` past the known prices.
    ///
    /// # Errors
    /// `TooLarge`.
    pub(crate) fn at(&self, quantity: u64) -> Result<Option<Number>, MoneyError> {
        let segment = self
            .segments
            .iter()
            .find(|segment| (segment.first..=segment.last).contains(&quantity));
        segment.map(|segment| segment.at(quantity)).transpose()
    }

    /// The largest quantity with a known fee; 0 where none has.
    pub(crate) fn known_to(&self) -> u64 {
        self.segments.last().map_or(0, |segment| segment.last)
    }
}

fn known(cost: &Cost, end: End) -> Option<Number> {
    cost.known()
        .filter(|_| cost.is_complete())
        .map(|range| end.of(range))
}

/// What a fee buys: an amount for each unit, less one that comes whatever the quantity.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Worth {
    pub(crate) each: Number,
    pub(crate) fixed: Number,
}

impl Worth {
    /// What is won at a quantity with a fee.
    pub(crate) fn net(&self, quantity: u64, fee: Number) -> Result<Number, MoneyError> {
        self.each.times(quantity)?.minus(self.fixed)?.minus(fee)
    }
}

/// A quantity from which on the other alternative is the cheaper one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Crossing {
    /// The first whole quantity on the other side.
    pub(crate) from: u64,
    /// Whether the fee is worth its while from here on.
    pub(crate) pays: bool,
    /// Where the two lines meet; `None` when the fee jumps over the other line between two bands.
    pub(crate) meets_at: Option<Number>,
}

/// Every crossing from 1 to the end of the fee's known prices. Before the first quantity the fee does not pay.
///
/// # Errors
/// `TooLarge`.
pub(crate) fn crossings(fee: &FeeLine, worth: Worth) -> Result<Vec<Crossing>, MoneyError> {
    let pays = |segment: &Segment, quantity| -> Result<bool, MoneyError> {
        let net = worth.net(quantity, segment.at(quantity)?)?;
        Ok(!net.is_negative() && !net.is_zero())
    };
    let mut found = Vec::new();
    let mut state = false;
    for segment in &fee.segments {
        let (at_first, at_last) = (pays(segment, segment.first)?, pays(segment, segment.last)?);
        if at_first != state {
            found.push(Crossing {
                from: segment.first,
                pays: at_first,
                meets_at: None,
            });
        }
        if at_last != at_first {
            let start = worth.net(segment.first, segment.at_first)?;
            let slope = worth.each.minus(segment.each)?;
            let meets_at = Number::from(segment.first).minus(start.divided_by(slope)?)?;
            // The quotient has 28 digits: the whole quantity is settled by the exact lines.
            let mut from = meets_at
                .ceiling()
                .unwrap_or(segment.first)
                .clamp(segment.first + 1, segment.last);
            while from > segment.first + 1 && pays(segment, from - 1)? == at_last {
                from -= 1;
            }
            while from < segment.last && pays(segment, from)? != at_last {
                from += 1;
            }
            found.push(Crossing {
                from,
                pays: at_last,
                meets_at: Some(meets_at.rounded(2)),
            });
        }
        state = at_last;
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop_assert_eq, proptest};

    use super::{Crossing, End, FeeLine, Segment, Worth, crossings};
    use crate::model::fixtures::{number, pricing};
    use crate::money::Number;
    use crate::price::GUARD;
    use crate::price::quote::Pricing;

    fn searched(fee: &FeeLine, worth: Worth) -> Vec<(u64, bool)> {
        let mut state = false;
        let mut found = Vec::new();
        for quantity in 1..=fee.known_to() {
            let net = worth
                .net(quantity, fee.at(quantity).unwrap().unwrap())
                .unwrap();
            let pays = !net.is_negative() && !net.is_zero();
            if pays != state {
                found.push((quantity, pays));
                state = pays;
            }
        }
        found
    }

    fn solved(fee: &FeeLine, worth: Worth) -> Vec<(u64, bool)> {
        let all = crossings(fee, worth).unwrap();
        all.iter().map(|one| (one.from, one.pays)).collect()
    }

    fn worth(each: &str, fixed: &str) -> Worth {
        Worth {
            each: number(each),
            fixed: number(fixed),
        }
    }

    #[test]
    fn the_table_of_2018_on_paper() {
        // A year: $360 up to 10 users, then 36 each to 250 (9,000), 24 each to 1,000 (27,000), then 12 each.
        let old = Pricing {
            day: "2018-08-01".parse().unwrap(),
            ..pricing()
        };
        let quote = old.quote(GUARD, "Standard", None).unwrap();
        let fee = FeeLine::of(&quote, End::Low, 2_000).unwrap();
        for (users, year) in [
            (1, "360"),
            (10, "360"),
            (11, "396"),
            (250, "9000"),
            (1000, "27000"),
            (1200, "29400"),
        ] {
            assert_eq!(fee.at(users).unwrap().unwrap(), number(year), "{users}");
        }
        // Worth 30 a user: 30 n = 9,000 + 24 (n − 250) → n = 500; it pays from 501 on.
        let all = crossings(&fee, worth("30", "0")).unwrap();
        assert_eq!(
            all,
            [Crossing {
                from: 501,
                pays: true,
                meets_at: Some(number("500"))
            }]
        );
        // Worth 40 a user: 40 × 9 = 360, so it pays from the tenth on.
        assert_eq!(solved(&fee, worth("40", "0")), [(10, true)]);
        assert_eq!(solved(&fee, worth("11", "0")), []);
    }

    #[test]
    fn a_fee_is_told_over_another_quantity_in_proportion() {
        let old = Pricing {
            day: "2018-08-01".parse().unwrap(),
            ..pricing()
        };
        let quote = old.quote(GUARD, "Standard", None).unwrap();
        let fee = FeeLine::of(&quote, End::Low, 2_000).unwrap();
        // Two users for each: 360 for 10 of them, 12 × 36, 250 × 36, 9,000 + 24 × 2.
        let twice = fee.in_proportion(2, 1).unwrap();
        let at = |line: &FeeLine, quantity| line.at(quantity).unwrap().unwrap().plain();
        let told = [5, 6, 125, 126].map(|quantity| at(&twice, quantity));
        assert_eq!(told, ["360", "432", "9000", "9048"]);
        assert_eq!(twice.known_to(), 1_000);
        // One for every two: half a user past 10 × 36 is 18.
        let half = fee.in_proportion(1, 2).unwrap();
        let told = [1, 20, 21, 22].map(|quantity| at(&half, quantity));
        assert_eq!(told, ["360", "360", "378", "396"]);
    }

    #[test]
    fn a_jump_may_cross_and_cross_back() {
        // Tiers of 100 and 300 users at 10 a user: 1,000, then 3,000. Worth 15 a user.
        let segment = |first, last, fee| Segment {
            first,
            last,
            at_first: number(fee),
            each: Number::ZERO,
        };
        let fee = FeeLine {
            segments: vec![segment(1, 100, "1000"), segment(101, 300, "3000")],
        };
        let all = crossings(&fee, worth("15", "0")).unwrap();
        let told: Vec<_> = all
            .iter()
            .map(|one| (one.from, one.pays, one.meets_at.is_some()))
            .collect();
        // 1,000 ÷ 15 = 66.7; at 101 the fee jumps over 1,515; 3,000 ÷ 15 = 200 exactly, so 201
        assert_eq!(
            told,
            [(67, true, true), (101, false, false), (201, true, true)]
        );
        assert_eq!(
            solved(&fee, worth("15", "0")),
            searched(&fee, worth("15", "0"))
        );
    }

    proptest! {
        #[test]
        fn solved_crossings_are_those_that_a_search_finds(
            bands in proptest::collection::vec((1_u64..60, 0_u64..5_000, 0_u64..90), 1..6),
            each in 0_u64..90,
            fixed in 0_u64..2_000,
        ) {
            let mut segments = Vec::new();
            let mut first = 1;
            for (length, jump, slope) in bands {
                let last = first + length - 1;
                segments.push(Segment {
                    first,
                    last,
                    at_first: Number::from(jump),
                    each: Number::from(slope).divided_by(7_u64).unwrap(),
                });
                first = last + 1;
            }
            let fee = FeeLine { segments };
            let worth = Worth {
                each: Number::from(each).divided_by(3_u64).unwrap(),
                fixed: Number::from(fixed),
            };
            prop_assert_eq!(solved(&fee, worth), searched(&fee, worth));
        }
    }
}
