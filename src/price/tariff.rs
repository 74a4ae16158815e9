//! A tariff: bands with the periods around them, and by what number of units a year that is billed at once is paid.
//!
//! Takes a quantity, gives rounded months and years with their working. Which tariff applies is `quote`'s; what one
//! billing period of a quantity costs is `bands`'.

use crate::money::{Cost, Currency, MoneyError, MoneyRange, Number};

use super::annual_tiers::AnnualTiers;
use super::bands::{Bands, Mode, Step};
use super::book::PriceEntry;
use super::tiers::{StatedTiers, Tier, Tiers};
use super::{Billing, Unit};

pub(super) const MONTHS: u32 = 12;

/// Tiers that a year is paid by.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct ByTiers {
    tiers: Tiers,
    /// The year is rounded up to a whole multiple of it; to the minor unit without.
    step: Option<Number>,
}

/// For how many units a year that is billed at once is paid.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Counting {
    Exact,
    /// For the whole tier that contains the quantity.
    Tiers(ByTiers),
    /// Nobody says which of the two: from the exact count to the tier.
    Open(ByTiers),
}

impl Counting {
    /// As it is stated; `usual` where nothing is.
    fn stated(stated: Option<&StatedTiers>, annual: &AnnualTiers, usual: Counting) -> Counting {
        match stated {
            None => usual,
            Some(StatedTiers::Exact) => Counting::Exact,
            Some(StatedTiers::Ladder) => Counting::Tiers(ByTiers::ladder(annual)),
            Some(StatedTiers::Ends(tiers)) => Counting::Tiers(ByTiers {
                tiers: tiers.clone(),
                step: None,
            }),
        }
    }
}

impl ByTiers {
    fn ladder(annual: &AnnualTiers) -> ByTiers {
        ByTiers {
            tiers: annual.ladder.value.clone(),
            step: Some(annual.rounding.value),
        }
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Tariff {
    pub(super) bands: Bands,
    pub(super) unit: Unit,
    /// The period that the amounts are for.
    pub(super) per: Billing,
    /// How often it is billed.
    pub(super) cycle: Billing,
    /// Months paid for a year billed at once, when the amounts are for a month.
    pub(super) annual_months: u32,
    pub(super) counting: Counting,
}

/// What a quantity costs, rounded.
#[derive(Clone)]
pub(super) struct Total {
    pub(super) billed: u64,
    pub(super) monthly: Cost,
    pub(super) annual: Cost,
    pub(super) working: Vec<Step>,
    /// The tier that the quantity falls into, where a year is paid by tiers or may be.
    pub(super) tier: Option<Tier>,
    /// What the year was rounded up to a whole multiple of.
    pub(super) step: Option<Number>,
    /// By the exact count and by the tier, where nobody says which.
    pub(super) readings: Option<Box<[Total; 2]>>,
}

impl Total {
    /// A quantity that costs nothing, or for which there is no price.
    pub(super) const fn plain(billed: u64, monthly: Cost, annual: Cost) -> Total {
        Total {
            billed,
            monthly,
            annual,
            working: Vec::new(),
            tier: None,
            step: None,
            readings: None,
        }
    }
}

impl Tariff {
    /// A list price. `stated` is what the organisation says of its tiers, before what the book says.
    pub(super) fn of_entry(
        entry: &PriceEntry,
        cycle: Billing,
        stated: Option<&StatedTiers>,
        annual: &AnnualTiers,
    ) -> Tariff {
        // What is sold by the year only is billed by the year.
        let cycle = match entry.billing {
            Billing::Annual => Billing::Annual,
            Billing::Monthly => cycle,
        };
        // A year with a minimum of its own is an offer for a count: Enterprise.
        let is_offer = entry.billing == Billing::Annual && entry.bands.minimum() > 0;
        let usual = match is_offer {
            true => Counting::Exact,
            false => Counting::Open(ByTiers::ladder(annual)),
        };
        let stated = stated.or(entry.tiers.as_ref());
        let is_ladder = stated == Some(&StatedTiers::Ladder);
        let months = entry
            .annual_months
            .or(is_ladder.then_some(annual.months.value));
        Tariff {
            bands: entry.bands.clone(),
            unit: entry.unit,
            per: entry.billing,
            cycle,
            annual_months: months.unwrap_or(MONTHS),
            counting: Counting::stated(stated, annual, usual),
        }
        .by_what_applies()
    }

    /// By tiers only where a year is billed at once, and the bands are none themselves.
    pub(super) fn by_what_applies(mut self) -> Tariff {
        if self.cycle == Billing::Monthly || self.bands.mode() == Mode::Tiers {
            self.counting = Counting::Exact;
        }
        self
    }

    /// An own price, which goes by the count unless the contract says otherwise.
    pub(super) fn counted_by(self, stated: Option<&StatedTiers>, annual: &AnnualTiers) -> Tariff {
        Tariff {
            counting: Counting::stated(stated, annual, Counting::Exact),
            ..self
        }
        .by_what_applies()
    }

    /// The same by one of two readings, where nobody says which holds.
    pub(super) fn read(&self, by_tier: bool) -> Tariff {
        let counting = match (&self.counting, by_tier) {
            (Counting::Open(tiers), true) => Counting::Tiers(tiers.clone()),
            (Counting::Open(_), false) => Counting::Exact,
            (settled, _) => settled.clone(),
        };
        Tariff {
            counting,
            ..self.clone()
        }
    }

    /// How many periods of the amounts a year costs.
    pub(super) const fn periods(&self) -> u32 {
        match (self.per, self.cycle) {
            (Billing::Annual, _) => 1,
            (Billing::Monthly, Billing::Monthly) => MONTHS,
            (Billing::Monthly, Billing::Annual) => self.annual_months,
        }
    }

    /// The upper ends of bands and tiers, in their order: between two of them a bill never falls as the quantity rises.
    pub(super) fn ends(&self) -> Vec<u64> {
        let bands = self.bands.bands().iter().filter_map(|band| band.up_to);
        let mut ends: Vec<u64> = match &self.counting {
            Counting::Exact => bands.collect(),
            Counting::Tiers(by) | Counting::Open(by) => {
                bands.chain(by.tiers.ends().iter().copied()).collect()
            }
        };
        ends.sort_unstable();
        ends.dedup();
        ends
    }

    /// What a quantity costs. Where the subscription is `held`, it goes on without a unit: what is billed at least is
    /// billed then as well.
    pub(super) fn total(
        &self,
        quantity: u64,
        held: bool,
        currency: Currency,
    ) -> Result<Total, MoneyError> {
        let kept = |least: u64| match quantity {
            0 if held => least,
            quantity => quantity,
        };
        let least = self.bands.least_held();
        match &self.counting {
            Counting::Exact => self.of_count(kept(least), currency),
            Counting::Tiers(by) => self.of_tier(by, kept(least.max(1)), currency),
            Counting::Open(by) => {
                let by_count = self.of_count(kept(least), currency)?;
                let by_tier = self.of_tier(by, kept(least.max(1)), currency)?;
                if by_tier.tier.is_none() || by_count.annual == by_tier.annual {
                    return Ok(Total {
                        tier: by_tier.tier,
                        ..by_count
                    });
                }
                Ok(Total {
                    billed: by_count.billed,
                    monthly: either(&by_count.monthly, &by_tier.monthly)?,
                    annual: either(&by_count.annual, &by_tier.annual)?,
                    working: by_count.working.clone(),
                    tier: by_tier.tier,
                    step: None,
                    readings: Some(Box::new([by_count, by_tier])),
                })
            }
        }
    }

    fn of_count(&self, quantity: u64, currency: Currency) -> Result<Total, MoneyError> {
        let charge = self.bands.charge(quantity, self.unit, currency)?;
        let exact = charge.known;
        let (monthly, annual) = match (self.per, self.cycle) {
            (Billing::Monthly, Billing::Monthly) => {
                let month = exact.map(MoneyRange::round_minor);
                (month, month.map(|month| month.times(MONTHS)).transpose()?)
            }
            _ => {
                let year = exact
                    .map(|exact| exact.times(self.periods()))
                    .transpose()?
                    .map(MoneyRange::round_minor);
                (year.map(a_twelfth).transpose()?, year)
            }
        };
        Ok(Total {
            billed: charge.billed,
            monthly: cost(monthly, &charge.missing),
            annual: cost(annual, &charge.missing),
            working: charge.steps,
            tier: None,
            step: None,
            readings: None,
        })
    }

    /// The whole tier of a quantity; by the count past the last tier, and where there is no unit.
    fn of_tier(
        &self,
        by: &ByTiers,
        quantity: u64,
        currency: Currency,
    ) -> Result<Total, MoneyError> {
        let Some(tier) = self.tier(by, quantity) else {
            return self.of_count(quantity, currency);
        };
        let charge = self.bands.charge(tier.last, self.unit, currency)?;
        let exact = charge.known.map(|exact| exact.times(self.periods()));
        let year = match (exact.transpose()?, by.step) {
            (Some(exact), Some(step)) => Some(exact.rounded_up_to(step)?),
            (exact, _) => exact.map(MoneyRange::round_minor),
        };
        Ok(Total {
            billed: charge.billed,
            monthly: cost(year.map(a_twelfth).transpose()?, &charge.missing),
            annual: cost(year, &charge.missing),
            working: charge.steps,
            tier: Some(tier),
            step: by.step,
            readings: None,
        })
    }

    fn tier(&self, by: &ByTiers, quantity: u64) -> Option<Tier> {
        let paid = quantity.max(self.bands.minimum());
        by.tiers.of(paid).filter(|_| quantity > 0)
    }

    /// The exact cost of a quantity over a year, rounded only where the price itself is.
    ///
    /// # Errors
    /// `TooLarge`.
    pub(super) fn exact_year(&self, quantity: u64, currency: Currency) -> Result<Cost, MoneyError> {
        match &self.counting {
            Counting::Exact => {
                let charge = self.bands.charge(quantity, self.unit, currency)?;
                cost(charge.known, &charge.missing).times(Number::from(self.periods()))
            }
            Counting::Tiers(by) => match self.tier(by, quantity) {
                Some(_) => Ok(self.of_tier(by, quantity, currency)?.annual),
                None => self.read(false).by_count().exact_year(quantity, currency),
            },
            Counting::Open(_) => either(
                &self.read(false).exact_year(quantity, currency)?,
                &self.read(true).exact_year(quantity, currency)?,
            ),
        }
    }

    fn by_count(self) -> Tariff {
        Tariff {
            counting: Counting::Exact,
            ..self
        }
    }
}

/// A year's twelfth, rounded: for comparison, not to be added up to a year.
fn a_twelfth(year: MoneyRange) -> Result<MoneyRange, MoneyError> {
    Ok(year.divided_by(MONTHS)?.round_minor())
}

/// Two readings of one cost as one range, from the least to the most of either.
///
/// # Errors
/// `CurrencyMismatch`.
pub(super) fn either(one: &Cost, other: &Cost) -> Result<Cost, MoneyError> {
    match (one.known(), other.known()) {
        (Some(first), Some(second)) if one.is_complete() && other.is_complete() => {
            Ok(Cost::from(first.hull(second)?))
        }
        _ => one.up_to(other),
    }
}

/// A known part, if there is one, and what is missing beside it.
pub(super) fn cost(known: Option<MoneyRange>, missing: &[String]) -> Cost {
    match known {
        Some(range) => missing.iter().fold(Cost::from(range), |cost, reason| {
            cost.and_missing(reason.as_str())
        }),
        None => Cost::Unknown {
            missing: missing.to_vec(),
        },
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Strategy, any, prop_assert, prop_assert_eq, proptest};

    use crate::money::{Currency, MoneyRange};
    use crate::price::book::PriceBook;
    use crate::price::contract::Contract;
    use crate::price::fixtures::with_pricing;
    use crate::price::quote::{Pricing, Quote};
    use crate::price::saving::line_saving;
    use crate::price::{Billing, ENTERPRISE, GUARD, STANDARD};

    /// Confluence Standard as it was sold in February 2021, in a book of its own.
    const CONFLUENCE: &str = r#"
[[price]]
product = "Confluence"
plan = "Standard"
currency = "USD"
from = 2021-02-01
unit = "user"
bands = [{ up_to = 100, price = "5.00" }, { up_to = 250, price = "4.00" }, { price = "3.00" }]
billing = "monthly"
TIERS
source = "test"
date = 2021-02-01
confidence = "reported"
"#;

    /// What a year costs by a book with these keys, billed at once.
    fn by_book(keys: &str, users: u64) -> (String, Vec<String>) {
        let book = PriceBook::parse("a.toml", &CONFLUENCE.replace("TIERS", keys)).unwrap();
        let contract = Contract::default().by_the_year();
        let pricing = Pricing {
            book: &book,
            contract: &contract,
            currency: Currency::USD,
            day: "2021-03-01".parse().unwrap(),
        };
        let quote = pricing.quote("Confluence", STANDARD, None).unwrap();
        let line = quote.line(users).unwrap();
        (line.annual.grouped(), line.notes)
    }

    /// 25: 25 × 5 × 10. 50: 50 × 5 × 10. 250 pay for 300: (500 + 600 + 150) × 10. 500: (500 + 600 + 750) × 10.
    /// 2,000: (1,100 + 1,750 × 3) × 10. 10,000: (1,100 + 9,750 × 3) × 10.
    #[test]
    fn confluences_annual_list_of_2021_goes_by_the_ladder() {
        for (users, year) in [
            (25, "$1,250.00"),
            (50, "$2,500.00"),
            (100, "$5,000.00"),
            (250, "$12,500.00"),
            (500, "$18,500.00"),
            (2_000, "$63,500.00"),
            (10_000, "$303,500.00"),
        ] {
            let stated = by_book("annual_months = 10\ntiers = \"ladder\"", users).0;
            assert_eq!(stated, year, "{users}");
            // The ladder brings its ten months along.
            assert_eq!(by_book("tiers = \"ladder\"", users).0, year, "{users}");
        }
        let (year, notes) = by_book("tiers = \"ladder\"", 250);
        assert_eq!(year, by_book("tiers = \"ladder\"", 201).0);
        assert_eq!(
            notes,
            [
                "a year billed at once costs 10 months",
                "user tiers by the ladder of annual plans (reported, 2026-06-15, \
                 https://github.com/sdudley/cenote-marketplace-auditor, 8205335)",
                "the tier of 300 users is billed whole",
            ]
        );
    }

    #[test]
    fn a_list_price_of_which_nobody_says_it_is_from_the_count_to_the_tier() {
        // 260: (500 + 600 + 10 × 3) × 10 = 11,300; 300: 12,500.
        let (year, notes) = by_book("annual_months = 10", 260);
        assert_eq!(year, "$11,300.00–12,500.00");
        assert_eq!(
            notes.last().unwrap(),
            "nobody says whether a year is billed by the exact count or by the tier of 300 users: from the one to the \
             other"
        );
        assert_eq!(by_book("annual_months = 10", 300).0, "$12,500.00");
        assert_eq!(
            by_book("annual_months = 10\ntiers = \"exact\"", 260).0,
            "$11,300.00"
        );
        assert_eq!(
            by_book("annual_months = 10\ntiers = [280, 400]", 260).0,
            "$11,900.00"
        );
        let past = by_book("annual_months = 10\ntiers = [100]", 260);
        assert_eq!(
            (past.0.as_str(), past.1.last().unwrap().as_str()),
            (
                "$11,300.00",
                "no tier is known for so many: the exact count is billed"
            )
        );
    }

    fn year(contract: &str, day: &str, of: (&str, &str), users: u64) -> String {
        with_pricing(contract, Billing::Annual, day, |pricing| {
            let quote = pricing.quote(of.0, of.1, None).unwrap();
            quote.line(users).unwrap().annual.grouped()
        })
    }

    #[test]
    fn access_by_the_ladder_costs_what_was_stated() {
        let ladder = "[[contract]]\nproduct = \"Guard\"\nplan = \"Standard\"\ntiers = \"ladder\"\n";
        for (users, price) in [(200, "$8,000.00"), (500, "$17,500.00"), (450, "$17,500.00")] {
            let of = (GUARD, STANDARD);
            assert_eq!(year(ladder, "2024-01-01", of, users), price, "{users}");
        }
    }

    #[test]
    fn a_contract_and_a_year_with_a_minimum_go_by_the_count() {
        let day = "2026-11-23";
        assert_eq!(year("", day, ("Jira", ENTERPRISE), 900), "$139,500.00");
        assert_eq!(year("", day, ("Jira", ENTERPRISE), 500), "$124,155.00");
        let own = "[[contract]]\nproduct = \"Jira\"\nprice = 9\nannual_months = 10\n";
        assert_eq!(year(own, day, ("Jira", STANDARD), 462), "$41,580.00");
        // A discount is on the list price, whatever that is billed by.
        let less = "[[contract]]\nproduct = \"Confluence\"\ndiscount_percent = 50\n";
        assert_eq!(year("", day, ("Confluence", STANDARD), 60), "$6,700.00");
        assert_eq!(year(less, day, ("Confluence", STANDARD), 60), "$3,350.00");
    }

    #[test]
    fn a_year_by_the_ladder_is_rounded_up_to_a_whole_dollar() {
        // 25 × 8.15 × 10 = 2,037.50; stated tiers of a contract are exact.
        let own = "[[contract]]\nproduct = \"Jira\"\nprice = 8.15\nannual_months = 10\ntiers = \"ladder\"\n";
        assert_eq!(year(own, "2026-11-23", ("Jira", STANDARD), 17), "$2,038.00");
        let ends = own.replace("\"ladder\"", "[25]");
        assert_eq!(
            year(&ends, "2026-11-23", ("Jira", STANDARD), 17),
            "$2,037.50"
        );
    }

    #[test]
    fn billed_by_the_month_there_are_no_tiers() {
        with_pricing("", Billing::Monthly, "2026-11-23", |pricing| {
            let quote = pricing.quote("Confluence", STANDARD, None).unwrap();
            let line = quote.line(60).unwrap();
            assert_eq!(
                (line.tier, line.annual.grouped().as_str()),
                (None, "$4,824.00")
            );
        });
    }

    /// Quotes by the ladder, by a stated list, and by both readings.
    fn quotes(check: impl Fn(&Quote<'_>)) {
        let tables = [
            "",
            "tiers = \"ladder\"\n",
            "price = \"7.77\"\ntiers = \"ladder\"\n",
            "low = 5\nhigh = 6\nminimum = 30\ntiers = [20, 55, 300]\n",
            "bands = [{ up_to = 40, price = 9 }, { low = 2, high = 7 }]\ntiers = [20, 55, 300]\n",
        ];
        for table in tables {
            let contract = match table {
                "" => String::new(),
                table => format!("[[contract]]\nproduct = \"Jira\"\n{table}"),
            };
            with_pricing(&contract, Billing::Annual, "2026-11-23", |pricing| {
                check(&pricing.quote("Jira", STANDARD, None).unwrap().of_held());
            });
        }
    }

    fn range(quote: &Quote<'_>, users: u64) -> MoneyRange {
        quote.line(users).unwrap().annual.known().unwrap()
    }

    proptest! {
        #[test]
        fn tier_bills_are_monotone(users in 0_u64..2_500, more in 0_u64..300) {
            quotes(|quote| {
                let (one, other) = (range(quote, users), range(quote, users + more));
                assert!(one.low().amount() <= other.low().amount(), "{users} and {more}");
                assert!(one.high().amount() <= other.high().amount(), "{users} and {more}");
            });
        }

        #[test]
        fn a_saving_is_never_negative_and_the_difference_of_two_tier_bills(
            (users, gone) in (0_u64..2_500).prop_flat_map(|users| (0..=users).prop_map(move |gone| (users, gone)))
        ) {
            quotes(|quote| {
                let [today, after] = [users, users - gone].map(|users| quote.line(users).unwrap());
                let saved = line_saving(Currency::USD, &today, &after).unwrap().known().unwrap();
                assert!(!saved.low().is_negative(), "{users} less {gone}: {saved:?}");
                let by = |quote: &Quote<'_>| {
                    let [today, after] = [users, users - gone].map(|users| range(quote, users));
                    today.paired_difference(after).unwrap()
                };
                let both = by(&quote.by_count()).hull(by(&quote.by_tier())).unwrap();
                assert_eq!(saved, both, "{users} less {gone}");
            });
        }

        #[test]
        fn inside_a_tier_a_removal_saves_nothing(users in 2_u64..150_000, of in any::<bool>()) {
            let contract = "[[contract]]\nproduct = \"Jira\"\nprice = 9\ntiers = \"ladder\"\n";
            with_pricing(contract, Billing::Annual, "2026-11-23", |pricing| {
                let quote = pricing.quote("Jira", STANDARD, None).unwrap();
                let line = quote.line(users).unwrap();
                let tier = line.tier.unwrap();
                prop_assert!(tier.first <= users && users <= tier.last);
                let edge = if of { tier.first } else { tier.last };
                prop_assert_eq!(quote.line(edge).unwrap().annual, line.annual);
                Ok(())
            })?;
        }
    }
}
