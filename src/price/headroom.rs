//! Headroom: how far a subscription is above the tier below its own and what that tier saves, and what more seats cost.
//!
//! Inside a tier neither a removal nor one more seat changes the bill; at its edge a whole step goes or comes. From
//! which day a lower bill counts is the report's.

use crate::domain::text::grouped;
use crate::money::{Cost, MoneyError, MoneyRange};

use super::Unit;
use super::quote::{BillLine, Quote};
use super::saving::line_saving;
use super::tiers::Tier;

/// How many more seats are priced.
pub(crate) const STEPS: [u64; 3] = [1, 10, 50];

/// Where a quantity stands in its tier.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Headroom {
    pub(crate) tier: Tier,
    /// Whether the bill is by tiers; otherwise nobody says so, and it may be.
    pub(crate) is_settled: bool,
    unit: Unit,
    /// `None` in the lowest tier, and where a price is not known.
    pub(crate) below: Option<TierBelow>,
}

/// The tier below.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct TierBelow {
    /// Its upper end.
    pub(crate) quantity: u64,
    /// How many seats are above it.
    pub(crate) above: u64,
    /// What the year costs less there.
    pub(crate) saving: MoneyRange,
}

impl Headroom {
    /// `None` where the bill is by the exact count.
    ///
    /// # Errors
    /// `TooLarge`.
    pub(crate) fn of(quote: &Quote<'_>, today: &BillLine) -> Result<Option<Headroom>, MoneyError> {
        let (Some(tier), Some(unit)) = (today.tier, today.unit) else {
            return Ok(None);
        };
        let [_, by_tier] = today.both_readings();
        Ok(Some(Headroom {
            tier,
            is_settled: !quote.is_open(),
            unit,
            below: TierBelow::of(quote, by_tier, tier)?,
        }))
    }

    /// `62 seats above the 400 tier: remove 62 before 2027-03-01 and the bill falls by $6,300; removing 40 saves
    /// nothing`. `before` is the first bill that can be lower, and `wasted` how many of the seats nobody needs.
    pub(crate) fn sentence(&self, before: &str, wasted: u64) -> Option<String> {
        let below = self.below.as_ref()?;
        let (above, tier) = (grouped(below.above), grouped(below.quantity));
        let seats = if below.above == 1 { "seat" } else { "seats" };
        let condition = match self.is_settled {
            true => String::new(),
            false => format!(
                "if the year is billed by the tier of {}: ",
                self.unit.counted(self.tier.last)
            ),
        };
        let fewer = match below.above.checked_sub(1) {
            None | Some(0) => String::new(),
            Some(_) if (1..below.above).contains(&wasted) => {
                format!("; removing {} saves nothing", grouped(wasted))
            }
            Some(fewer) => format!("; removing {} saves nothing", grouped(fewer)),
        };
        Some(format!(
            "{condition}{above} {seats} above the {tier} tier: remove {above} before {before} and the bill falls by {} \
             a year{fewer}",
            below.saving.whole()
        ))
    }
}

impl TierBelow {
    fn of(
        quote: &Quote<'_>,
        today: &BillLine,
        tier: Tier,
    ) -> Result<Option<TierBelow>, MoneyError> {
        let quantity = tier.first - 1;
        let Some(above) = today.quantity.checked_sub(quantity) else {
            return Ok(None);
        };
        let then = quote.by_tier().line(quantity)?;
        let complete = |line: &BillLine| line.annual.known().filter(|_| line.annual.is_complete());
        let (Some(now), Some(then)) = (complete(today), complete(&then)) else {
            return Ok(None);
        };
        Ok((quantity > 0).then_some(TierBelow {
            quantity,
            above,
            saving: now.paired_difference(then)?,
        }))
    }
}

/// What so many more seats cost in a year.
///
/// # Errors
/// `TooLarge`.
pub(crate) fn more(quote: &Quote<'_>, today: &BillLine, seats: u64) -> Result<Cost, MoneyError> {
    let then = quote.line(today.quantity.saturating_add(seats))?;
    line_saving(quote.currency(), &then, today)
}

#[cfg(test)]
mod tests {
    use super::{Headroom, more};
    use crate::price::fixtures::with_pricing;
    use crate::price::{Billing, STANDARD};

    const LADDER: &str =
        "[[contract]]\nproduct = \"Jira\"\nprice = 9\nannual_months = 7\ntiers = \"ladder\"\n";
    const TIERS: &str =
        "[[contract]]\nproduct = \"Jira\"\nprice = 9\nannual_months = 7\ntiers = [400, 500, 600]\n";

    fn told(contract: &str, seats: u64, wasted: u64) -> Option<String> {
        with_pricing(contract, Billing::Annual, "2026-11-23", |pricing| {
            let quote = pricing.quote("Jira", STANDARD, None).unwrap().of_held();
            let line = quote.line(seats).unwrap();
            let headroom = Headroom::of(&quote, &line).unwrap()?;
            headroom.sentence("2027-03-01", wasted)
        })
    }

    #[test]
    fn the_tier_below_is_what_lowers_the_bill() {
        // 462 pay for 500: 500 × 9 × 7 = 31,500; 400 × 9 × 7 = 25,200: 6,300 less.
        for contract in [LADDER, TIERS] {
            assert_eq!(
                told(contract, 462, 40).unwrap(),
                "62 seats above the 400 tier: remove 62 before 2027-03-01 and the bill falls by $6,300 a year; removing \
                 40 saves nothing"
            );
        }
        let edge = told(TIERS, 401, 40).unwrap();
        assert_eq!(
            edge,
            "1 seat above the 400 tier: remove 1 before 2027-03-01 and the bill falls by $6,300 a year"
        );
        assert!(
            told(TIERS, 500, 0)
                .unwrap()
                .ends_with("removing 99 saves nothing")
        );
        // The lowest tier, and by the count.
        assert_eq!(told(TIERS, 400, 40), None);
        let exact = TIERS.replace("[400, 500, 600]", "\"exact\"");
        assert_eq!(told(&exact, 462, 40), None);
    }

    #[test]
    fn where_nobody_says_so_the_tier_is_a_condition() {
        // Jira's list price for a year is not known to go by tiers.
        let told = told("", 462, 40).unwrap();
        assert!(
            told.starts_with(
                "if the year is billed by the tier of 500 users: 62 seats above the 400 tier"
            ),
            "{told}"
        );
    }

    #[test]
    fn one_more_seat_costs_nothing_or_a_whole_step() {
        let more = |contract: &str, seats: u64, further: u64| {
            with_pricing(contract, Billing::Annual, "2026-11-23", |pricing| {
                let quote = pricing.quote("Jira", STANDARD, None).unwrap().of_held();
                let line = quote.line(seats).unwrap();
                more(&quote, &line, further).unwrap().grouped()
            })
        };
        assert_eq!(more(TIERS, 462, 1), "$0.00");
        assert_eq!(more(TIERS, 500, 1), "$6,300.00");
        assert_eq!(more(TIERS, 462, 50), "$6,300.00");
        // Past the last tier the count is billed: 601 × 9 × 7 − 600 × 9 × 7.
        assert_eq!(more(TIERS, 600, 1), "$63.00");
        // By the count one seat of the list price is 7.91 to 9.05 × 10; by the tier it is nothing, or 100 seats at once.
        assert_eq!(more("", 462, 1), "$0.00–90.50");
        assert_eq!(more("", 500, 1), "$79.10–9,050.00");
    }
}
