//! Savings: the difference of two bills.
//!
//! A saving is never seats times a price: bands, minimums and tiers make the last seats cheaper or dearer than the
//! average. From which day a saving counts is `model`'s.

use std::collections::BTreeMap;

use crate::money::{Cost, Currency, MoneyError, MoneyRange};

use super::bill::Bill;
use super::quote::BillLine;
use super::tariff::either;

/// What one subscription's line falls by; negative where it rises.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct LineSaving {
    pub(crate) product: String,
    pub(crate) plan: String,
    pub(crate) site: Option<String>,
    pub(crate) monthly: Cost,
    pub(crate) annual: Cost,
}

/// What the whole bill falls by. Only the totals are a promise.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Saving {
    /// One for each subscription on either bill, by product, plan and site.
    pub(crate) lines: Vec<LineSaving>,
    pub(crate) monthly: Cost,
    pub(crate) annual: Cost,
}

/// What is saved when `after` is paid instead of `today`.
///
/// Lines of one product and plan rest on one price, so their ranges are paired; different products' prices have
/// nothing to do with each other, so their savings add up as ranges. When only seats go, the total is exactly the
/// difference of the two totals, end by end.
///
/// A line without a price saves nothing when it does not change. When it shrinks, its saving is missing from the
/// total, which then reads "at least" (a falling quantity lowers a bill under every mode but volume bands, and an
/// unknown price cannot show that exception). When it grows or is new, nothing certain is saved: unknown.
///
/// # Errors
/// `CurrencyMismatch`, `TooLarge`.
pub(crate) fn saving(today: &Bill, after: &Bill) -> Result<Saving, MoneyError> {
    let mut pairs: BTreeMap<_, (Vec<&BillLine>, Vec<&BillLine>)> = BTreeMap::new();
    for line in &today.lines {
        pairs.entry(key(line)).or_default().0.push(line);
    }
    for line in &after.lines {
        pairs.entry(key(line)).or_default().1.push(line);
    }
    let mut lines = Vec::with_capacity(pairs.len());
    for ((product, plan, site), (before, later)) in &pairs {
        lines.push(LineSaving {
            product: (*product).to_owned(),
            plan: (*plan).to_owned(),
            site: site.map(str::to_owned),
            monthly: difference(today.currency, before, later, Period::Month)?.cost,
            annual: difference(today.currency, before, later, Period::Year)?.cost,
        });
    }
    let total = |period| -> Result<Cost, MoneyError> {
        let mut known = None;
        let mut missing = Vec::new();
        let mut certain = true;
        for group in by_price(&pairs) {
            for Difference {
                cost,
                rises_by_unknown,
            } in group.differences(today.currency, period)?
            {
                certain &= !rises_by_unknown;
                known = match (known, cost.known()) {
                    (Some(sum), Some(range)) => Some(MoneyRange::plus(sum, range)?),
                    (sum, range) => sum.or(range),
                };
                missing.extend(cost.missing().iter().cloned());
            }
        }
        Ok(match (known, missing.is_empty()) {
            (None, true) => Cost::zero(today.currency),
            (Some(range), _) if certain => missing
                .into_iter()
                .fold(Cost::from(range), Cost::and_missing),
            _ => Cost::Unknown { missing },
        })
    };
    Ok(Saving {
        monthly: total(Period::Month)?,
        annual: total(Period::Year)?,
        lines,
    })
}

/// What one line falls by in a year.
///
/// # Errors
/// `CurrencyMismatch`, `TooLarge`.
pub(crate) fn line_saving(
    currency: Currency,
    today: &BillLine,
    after: &BillLine,
) -> Result<Cost, MoneyError> {
    Ok(difference(currency, &[today], &[after], Period::Year)?.cost)
}

type Key<'a> = (&'a str, &'a str, Option<&'a str>);

fn key(line: &BillLine) -> Key<'_> {
    (&line.product, &line.plan, line.site.as_deref())
}

#[derive(Clone, Copy)]
enum Period {
    Month,
    Year,
}

impl Period {
    const fn of(self, line: &BillLine) -> &Cost {
        match self {
            Period::Month => &line.monthly,
            Period::Year => &line.annual,
        }
    }
}

/// The difference of some lines.
struct Difference {
    cost: Cost,
    /// A part without a price grows, so the known part is no floor.
    rises_by_unknown: bool,
}

/// The lines of one product and plan on both bills, site by site.
struct Group<'a> {
    sites: Vec<(&'a [&'a BillLine], &'a [&'a BillLine])>,
}

fn by_price<'a>(
    pairs: &'a BTreeMap<Key<'a>, (Vec<&'a BillLine>, Vec<&'a BillLine>)>,
) -> Vec<Group<'a>> {
    let mut groups: BTreeMap<(&str, &str), Group<'a>> = BTreeMap::new();
    for ((product, plan, _), (before, later)) in pairs {
        let group = groups
            .entry((product, plan))
            .or_insert_with(|| Group { sites: Vec::new() });
        group.sites.push((before, later));
    }
    groups.into_values().collect()
}

impl Group<'_> {
    /// One difference for the whole group when all its lines have a price, else one for each site.
    fn differences(
        &self,
        currency: Currency,
        period: Period,
    ) -> Result<Vec<Difference>, MoneyError> {
        let all_known = self.sites.iter().all(|(before, later)| {
            before
                .iter()
                .chain(*later)
                .all(|line| period.of(line).is_complete())
        });
        if all_known {
            let before: Vec<_> = self.sites.iter().flat_map(|site| site.0).copied().collect();
            let later: Vec<_> = self.sites.iter().flat_map(|site| site.1).copied().collect();
            return Ok(vec![difference(currency, &before, &later, period)?]);
        }
        self.sites
            .iter()
            .map(|(before, later)| difference(currency, before, later, period))
            .collect()
    }
}

/// The difference of some lines. Where nobody says whether some of them go by the count or by tiers, it is taken once by
/// each reading, and lies anywhere from the least to the most of the two.
fn difference(
    currency: Currency,
    before: &[&BillLine],
    later: &[&BillLine],
    period: Period,
) -> Result<Difference, MoneyError> {
    if !before
        .iter()
        .chain(later)
        .any(|line| line.readings.is_some())
    {
        return plain_difference(currency, before, later, period);
    }
    let read = |by: fn([&'_ BillLine; 2]) -> &'_ BillLine| {
        let [before, later] = [before, later].map(|lines| {
            let each = lines.iter().map(|line| by(line.both_readings()));
            each.collect::<Vec<_>>()
        });
        plain_difference(currency, &before, &later, period)
    };
    let (by_count, by_tier) = (
        read(|[by_count, _]| by_count)?,
        read(|[_, by_tier]| by_tier)?,
    );
    Ok(Difference {
        cost: either(&by_count.cost, &by_tier.cost)?,
        rises_by_unknown: by_count.rises_by_unknown || by_tier.rises_by_unknown,
    })
}

fn plain_difference(
    currency: Currency,
    before: &[&BillLine],
    later: &[&BillLine],
    period: Period,
) -> Result<Difference, MoneyError> {
    let quantity = |lines: &[&BillLine]| {
        lines
            .iter()
            .map(|line| u128::from(line.quantity))
            .sum::<u128>()
    };
    let cost = |lines: &[&BillLine]| Cost::sum(currency, lines.iter().map(|line| period.of(line)));
    let (today, after) = (cost(before)?, cost(later)?);
    if today == after && quantity(before) == quantity(later) {
        return Ok(Difference {
            cost: Cost::zero(currency),
            rises_by_unknown: false,
        });
    }
    let nothing = MoneyRange::zero(currency);
    let known = today
        .known()
        .unwrap_or(nothing)
        .paired_difference(after.known().unwrap_or(nothing))?;
    if today.is_complete() && after.is_complete() {
        return Ok(Difference {
            cost: Cost::from(known),
            rises_by_unknown: false,
        });
    }
    let falls = !today.is_complete() && quantity(later) <= quantity(before);
    let whole = if falls { &today } else { &after };
    let missing = whole.missing().to_vec();
    let cost = if falls && !known.is_zero() {
        missing
            .into_iter()
            .fold(Cost::from(known), Cost::and_missing)
    } else {
        Cost::Unknown { missing }
    };
    Ok(Difference {
        cost,
        rises_by_unknown: !falls,
    })
}

#[cfg(test)]
mod tests {
    use super::saving;
    use crate::money::{Cost, Currency, Money};
    use crate::price::bill::Bill;
    use crate::price::fixtures::{bill, bill_under, seats};
    use crate::price::quote::Subscription;
    use crate::price::{Billing, ENTERPRISE, GUARD, PREMIUM, STANDARD};
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    #[test]
    fn a_saving_is_the_difference_of_two_bills() {
        let today = bill(&[seats("Jira", STANDARD, 120), seats(GUARD, STANDARD, 120)]);
        let after = bill(&[seats("Jira", STANDARD, 90), seats(GUARD, STANDARD, 100)]);
        let saved = saving(&today, &after).unwrap();
        // Jira: 20 seats of the range and 10 at 9.05; Guard: 20 at 3 to 4.
        assert_eq!(saved.lines[1].monthly.grouped(), "$248.70–271.50");
        assert_eq!(saved.lines[0].monthly.grouped(), "$60.00–80.00");
        assert_eq!(saved.monthly.grouped(), "$308.70–351.50");
        let totals = today
            .annual
            .known()
            .unwrap()
            .paired_difference(after.annual.known().unwrap())
            .unwrap();
        assert_eq!(saved.annual.known().unwrap(), totals);
    }

    #[test]
    fn seats_that_move_between_sites_save_nothing() {
        let on = |site: &str, quantity| Subscription {
            site: Some(site.to_owned()),
            ..seats("Jira", STANDARD, quantity)
        };
        let contract = "[[contract]]\nproduct = \"Jira\"\nlow = 7\nhigh = 9\n";
        let of =
            |lines: &[Subscription]| bill_under(contract, Billing::Monthly, "2026-11-23", lines);
        let saved = saving(
            &of(&[on("a", 50), on("b", 50)]),
            &of(&[on("a", 60), on("b", 40)]),
        )
        .unwrap();
        assert_eq!(saved.monthly.grouped(), "$0.00");
        assert_eq!(saved.lines[0].monthly.grouped(), "-$90.00 to -$70.00");
    }

    #[test]
    fn fees_and_savings_of_different_products_are_not_paired() {
        let today = bill(&[seats(GUARD, STANDARD, 0), seats("Loom", "Business", 10)]);
        let after = bill(&[seats(GUARD, STANDARD, 10)]);
        // 150–200 saved, 30–40 more paid: from 110 to 170.
        assert_eq!(
            saving(&today, &after).unwrap().monthly.grouped(),
            "$110.00–170.00"
        );
    }

    #[test]
    fn what_an_unknown_price_saves_is_missing_not_zero() {
        let of = |jira, loom| {
            bill(&[
                seats("Bitbucket", STANDARD, jira),
                seats("Loom", ENTERPRISE, loom),
            ])
        };
        let saved = |today: &Bill, after: &Bill| saving(today, after).unwrap().monthly;
        assert_eq!(saved(&of(20, 30), &of(10, 20)).grouped(), "at least $36.50");
        assert_eq!(saved(&of(20, 30), &of(10, 30)).grouped(), "$36.50");
        assert_eq!(saved(&of(20, 30), &of(10, 31)).grouped(), "unknown");
        assert_eq!(saved(&of(20, 0), &of(10, 1)).grouped(), "unknown");
        assert_eq!(saved(&of(20, 5), &of(20, 5)).grouped(), "$0.00");
    }

    #[test]
    fn under_volume_bands_a_removal_may_cost() {
        let contract = "[[contract]]\nproduct = \"Jira\"\nmode = \"volume\"\n\
                        bands = [{ up_to = 100, price = 10 }, { price = 8 }]\n";
        let of = |users| {
            bill_under(
                contract,
                Billing::Monthly,
                "2026-11-23",
                &[seats("Jira", STANDARD, users)],
            )
        };
        assert_eq!(
            saving(&of(101), &of(100)).unwrap().monthly.grouped(),
            "-$192.00"
        );
    }

    #[test]
    fn inside_a_tier_a_removal_saves_nothing() {
        let contract = "[[contract]]\nproduct = \"Jira\"\nper = \"annual\"\nmode = \"tiers\"\n\
                        bands = [{ up_to = 50, price = 80 }, { up_to = 100, price = 80 }, { price = 80 }]\n";
        let of = |users| {
            bill_under(
                contract,
                Billing::Annual,
                "2026-11-23",
                &[seats("Jira", STANDARD, users)],
            )
        };
        assert_eq!(
            of(52).lines[0].notes,
            ["the tier of 100 users is billed whole"]
        );
        assert_eq!(saving(&of(90), &of(52)).unwrap().annual.grouped(), "$0.00");
        assert_eq!(
            saving(&of(52), &of(50)).unwrap().annual.grouped(),
            "$4,000.00"
        );
    }

    proptest! {
        #[test]
        fn removing_a_seat_never_raises_a_marginal_bill(users in 1_u64..2500) {
            let today = bill(&[seats("Jira", STANDARD, users), seats(GUARD, STANDARD, users)]);
            let after = bill(&[seats("Jira", STANDARD, users - 1), seats(GUARD, STANDARD, users - 1)]);
            let saved = saving(&today, &after).unwrap().monthly;
            prop_assert!(!saved.low().unwrap().is_negative());
        }

        #[test]
        fn at_a_flat_price_the_saving_is_price_times_seats(before in 0_u64..5000, gone in 0_u64..5000) {
            let gone = gone.min(before);
            let today = bill(&[seats(GUARD, PREMIUM, before)]);
            let after = bill(&[seats(GUARD, PREMIUM, before - gone)]);
            let expected = Money::parse("96", Currency::USD).unwrap().times(gone).unwrap();
            prop_assert_eq!(saving(&today, &after).unwrap().annual, Cost::from(expected));
        }
    }
}
