//! What removing one subscription's wasted seats brings, and what bands, tiers and minimum quantities keep of it.
//!
//! Only the waste that is certain is looked at here; from which day a saving counts is the report's.

use crate::money::{Cost, MoneyError, MoneyRange};

use super::quote::{BillLine, Quote};
use super::tariff::either;

/// One subscription before and after its waste goes. A year's amounts; unknown where a price is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct CleanUp {
    /// The line without the wasted seats.
    pub(crate) after: BillLine,
    /// The wasted seats at today's average list price of a seat.
    pub(crate) list_value: Cost,
    /// The two bills' difference.
    pub(crate) saving: Cost,
    /// The wasted seats at today's average price less the saving: negative where the last seats are the dearest.
    pub(crate) lost: Cost,
    /// How many of the wasted seats could as well stay: the bill without the others is the same. `None` where a
    /// price is not known, or where the count and the tier of a year give two answers.
    pub(crate) without_effect: Option<u64>,
    /// Where the bill falls next, when removing one more seat does not lower it. `None` too where nobody says whether a
    /// year goes by tiers: `headroom` tells what they would do.
    pub(crate) next_drop: Option<Drop>,
}

/// A smaller quantity and what it saves on top.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Drop {
    pub(crate) quantity: u64,
    pub(crate) saving: MoneyRange,
}

impl CleanUp {
    /// # Errors
    /// `TooLarge`.
    pub(crate) fn of(
        quote: &Quote<'_>,
        today: &BillLine,
        after: &BillLine,
    ) -> Result<CleanUp, MoneyError> {
        let gone = today.quantity.saturating_sub(after.quantity);
        let of = |today: &BillLine, after: &BillLine| -> Result<[Cost; 2], MoneyError> {
            let saving = fall(&today.annual, &after.annual)?;
            let at_average = share(&today.annual, gone, today.quantity)?;
            Ok([fall(&at_average, &saving)?, saving])
        };
        let ([by_count, by_tier], [after_by_count, after_by_tier]) =
            (today.both_readings(), after.both_readings());
        let [lost, saving] = of(by_count, after_by_count)?;
        let [lost_by_tier, saving_by_tier] = of(by_tier, after_by_tier)?;
        let kept = most_kept(&quote.by_count(), by_count, after_by_count)?;
        let kept_by_tier = most_kept(&quote.by_tier(), by_tier, after_by_tier)?;
        Ok(CleanUp {
            list_value: share(&today.list_annual, gone, today.quantity)?,
            lost: either(&lost, &lost_by_tier)?,
            without_effect: kept
                .filter(|_| kept == kept_by_tier)
                .map(|kept| kept - after.quantity),
            next_drop: match after.readings.is_some() {
                true => None,
                false => next_drop(quote, after)?,
            },
            saving: either(&saving, &saving_by_tier)?,
            after: after.clone(),
        })
    }
}

/// From one cost to a smaller one, both at the same prices: the ends are paired.
fn fall(from: &Cost, to: &Cost) -> Result<Cost, MoneyError> {
    match (complete(from), complete(to)) {
        (Some(from), Some(to)) => Ok(Cost::from(from.paired_difference(to)?)),
        _ => Ok(Cost::Unknown {
            missing: [from.missing(), to.missing()].concat(),
        }),
    }
}

fn complete(cost: &Cost) -> Option<MoneyRange> {
    cost.known().filter(|_| cost.is_complete())
}

fn share(whole: &Cost, part: u64, of: u64) -> Result<Cost, MoneyError> {
    whole.try_map(|range| Ok(range.times(part)?.divided_by(of.max(1))?.round_minor()))
}

/// The largest quantity, up to today's, that costs what the seats after clean-up cost.
///
/// Inside a band a bill never falls as the quantity rises, so each band is searched by halving, the highest first.
/// Over a band's end it may fall: under volume bands more seats can cost less.
fn most_kept(
    quote: &Quote<'_>,
    today: &BillLine,
    after: &BillLine,
) -> Result<Option<u64>, MoneyError> {
    let Some(wanted) = complete(&after.annual).filter(|_| complete(&today.annual).is_some()) else {
        return Ok(None);
    };
    let mut ends = quote.band_ends();
    ends.retain(|&end| end >= after.quantity && end < today.quantity);
    ends.push(today.quantity);
    while let Some(end) = ends.pop() {
        let first = ends.last().map_or(after.quantity, |below| below + 1);
        let (mut fits, mut too_many) = (None, end + 1);
        while fits.map_or(first, |quantity: u64| quantity + 1) < too_many {
            let middle = fits
                .map_or(first, |quantity| quantity + 1)
                .midpoint(too_many - 1);
            let bill = complete(&quote.line(middle)?.annual);
            let is_no_more = bill.is_some_and(|bill| {
                bill.low().amount() <= wanted.low().amount()
                    && bill.high().amount() <= wanted.high().amount()
            });
            if is_no_more {
                fits = Some(middle);
            } else {
                too_many = middle;
            }
        }
        if let Some(quantity) = fits
            && complete(&quote.line(quantity)?.annual) == Some(wanted)
        {
            return Ok(Some(quantity));
        }
    }
    Ok(Some(after.quantity))
}

/// The end of the band below, when the bill stands still until there.
fn next_drop(quote: &Quote<'_>, after: &BillLine) -> Result<Option<Drop>, MoneyError> {
    let (Some(now), Some(band), Some(fewer)) = (
        complete(&after.annual),
        after.working.last(),
        after.quantity.checked_sub(1),
    ) else {
        return Ok(None);
    };
    let stands_still = after.billed > after.quantity || quote.line(fewer)?.annual == after.annual;
    let quantity = after.tier.map_or(band.first, |tier| tier.first) - 1;
    if !stands_still || quantity == 0 {
        return Ok(None);
    }
    let Some(then) = complete(&quote.line(quantity)?.annual) else {
        return Ok(None);
    };
    let saving = now.paired_difference(then)?;
    let falls = !saving.low().is_negative() && !saving.is_zero();
    Ok(falls.then_some(Drop { quantity, saving }))
}

#[cfg(test)]
mod tests {
    use super::CleanUp;
    use crate::price::fixtures::{each_step, with_pricing};
    use crate::price::{Billing, STANDARD};

    /// What removing some of the seats of Jira Standard brings under a contract.
    fn told(contract: &str, billing: Billing, seats: u64, gone: u64) -> String {
        with_pricing(contract, billing, "2026-11-23", |pricing| {
            let quote = pricing.quote("Jira", STANDARD, None).unwrap().of_held();
            let (today, after) = (
                quote.line(seats).unwrap(),
                quote.line(seats - gone).unwrap(),
            );
            let clean_up = CleanUp::of(&quote, &today, &after).unwrap();
            let drop = clean_up.next_drop.map_or("none".to_owned(), |drop| {
                format!("{} more at {}", drop.saving.grouped(), drop.quantity)
            });
            format!(
                "list {}, saved {}, lost {}, {} without effect, next drop {drop}",
                clean_up.list_value.grouped(),
                clean_up.saving.grouped(),
                clean_up.lost.grouped(),
                clean_up
                    .without_effect
                    .map_or("unknown".to_owned(), |seats| seats.to_string()),
            )
        })
    }

    const TIERS: &str = "[[contract]]\nproduct = \"Jira\"\nper = \"annual\"\nmode = \"tiers\"\n\
        bands = [{ up_to = 400, price = 80 }, { up_to = 500, price = 80 }, { up_to = 600, price = 80 }, { price = 80 }]\n";
    const FLAT_PRICE: &str = "[[contract]]\nproduct = \"Jira\"\nprice = 8\n";

    #[test]
    fn at_one_price_every_seat_counts() {
        // 16 of 100 seats at 8 a month: 16 × 8 × 12 = 1,536; nothing is lost and no tier is waited for.
        let told = told(FLAT_PRICE, Billing::Monthly, 100, 16);
        assert!(
            told.ends_with("saved $1,536.00, lost $0.00, 0 without effect, next drop none"),
            "{told}"
        );
    }

    #[test]
    fn a_tier_keeps_the_seats_that_do_not_reach_the_one_below() {
        // 504 users pay the tier of 600: 600 × 80 = 48,000. 488 pay that of 500: 40,000. Four seats would do, so
        // 12 of the 16 bring nothing. At the average of 48,000 / 504 = 95.238…, 16 seats are 1,523.81: the tier
        // gives 6,476.19 more than that. 400 users pay 32,000: 8,000 more.
        let told = told(TIERS, Billing::Annual, 504, 16);
        assert!(
            told.ends_with(
                "saved $8,000.00, lost -$6,476.19, 12 without effect, next drop $8,000.00 more at 400"
            ),
            "{told}"
        );
    }

    #[test]
    fn inside_a_tier_nothing_is_saved() {
        // 480 and 464 users pay 500 × 80 alike; 16 × 40,000 / 480 = 1,333.33 is lost to the tier.
        let told = told(TIERS, Billing::Annual, 480, 16);
        assert!(
            told.ends_with(
                "saved $0.00, lost $1,333.33, 16 without effect, next drop $8,000.00 more at 400"
            ),
            "{told}"
        );
    }

    #[test]
    fn a_minimum_keeps_what_is_below_it() {
        // 801 are billed at least: of 810 seats that fall to 790, nine count: 9 × 8 × 12 = 864 of 20 × 96 = 1,920.
        let contract = "[[contract]]\nproduct = \"Jira\"\nminimum = 801\nbands = [{ price = 8 }]\n";
        let told = told(contract, Billing::Monthly, 810, 20);
        assert!(
            told.ends_with("saved $864.00, lost $1,056.00, 11 without effect, next drop none"),
            "{told}"
        );
    }

    /// The subscription is not cancelled by that: 100 are billed with 5 seats, with one and with none.
    #[test]
    fn the_last_seat_takes_no_minimum_with_it() {
        let minimum = "[[contract]]\nproduct = \"Jira\"\nminimum = 100\nbands = [{ price = 8 }]\n";
        let tiers = "[[contract]]\nproduct = \"Jira\"\nmode = \"tiers\"\nbands = [{ up_to = 10, price = 8 }, { price = 7 }]\n";
        let flat = "[[contract]]\nproduct = \"Jira\"\nbands = [{ up_to = 10, flat = 80 }, { price = 7 }]\n";
        for contract in [minimum, tiers, flat] {
            let found = told(contract, Billing::Monthly, 5, 5);
            assert!(
                found.contains("saved $0.00,")
                    && found.ends_with("5 without effect, next drop none"),
                "{found}"
            );
        }
        // At a price for each seat nothing is left to pay: 5 × 8 × 12 = 480.
        let found = told(FLAT_PRICE, Billing::Monthly, 5, 5);
        assert!(
            found.ends_with("saved $480.00, lost $0.00, 0 without effect, next drop none"),
            "{found}"
        );
        // From above the minimum down to no seat: 120 − 100 = 20 × 8 × 12 = 1,920.
        let found = told(minimum, Billing::Monthly, 120, 120);
        assert!(
            found.contains("saved $1,920.00,") && found.contains("100 without effect"),
            "{found}"
        );
    }

    #[test]
    fn under_marginal_bands_the_cheapest_seats_go_first() {
        // 100 × 10 + 20 × 5 = 1,100 a month for 120; 100 × 10 for 100: 20 × 5 × 12 = 1,200 saved, where the average
        // of 9.1666… makes 20 seats 2,200.
        let contract = "[[contract]]\nproduct = \"Jira\"\nbands = [{ up_to = 100, price = 10 }, { price = 5 }]\n";
        let told = told(contract, Billing::Monthly, 120, 20);
        assert!(
            told.ends_with("saved $1,200.00, lost $1,000.00, 0 without effect, next drop none"),
            "{told}"
        );
    }

    #[test]
    fn under_volume_bands_fewer_seats_can_cost_as_much() {
        // 126 × 12.1 = 1,524.60 = 121 × 12.6: all five might as well stay.
        let contract = "[[contract]]\nproduct = \"Jira\"\nmode = \"volume\"\n\
            bands = [{ up_to = 121, price = 12.6 }, { price = 12.1 }]\n";
        let without_effect = |seats, gone| {
            let told = told(contract, Billing::Monthly, seats, gone);
            let (_, rest) = told.split_once("lost ").unwrap();
            rest.split(", ").nth(1).unwrap().to_owned()
        };
        assert_eq!(without_effect(126, 5), "5 without effect");
        // One seat fewer or more and no other quantity costs the same.
        assert_eq!(without_effect(126, 6), "0 without effect");
        assert_eq!(without_effect(130, 9), "5 without effect");
        assert_eq!(without_effect(120, 5), "0 without effect");
    }

    /// What halving finds is what trying every quantity finds.
    #[test]
    fn the_search_by_bands_misses_nothing() {
        each_step(|quote, seats, left, table| {
            let line = |seats| quote.line(seats).unwrap();
            let (today, after) = (line(seats), line(left));
            let kept = (left..=seats)
                .rev()
                .find(|&kept| line(kept).annual == after.annual);
            let clean_up = CleanUp::of(quote, &today, &after).unwrap();
            assert_eq!(
                clean_up.without_effect,
                kept.map(|kept| kept - left),
                "{seats} to {left} under {table}"
            );
        });
    }

    #[test]
    fn without_a_price_nothing_is_said_of_seats_without_effect() {
        let contract = "[[contract]]\nproduct = \"Jira\"\nbands = [{ up_to = 10, price = 9 }, { unknown = true }]\n";
        let told = told(contract, Billing::Monthly, 14, 2);
        assert!(told.contains("unknown without effect"), "{told}");
    }
}
