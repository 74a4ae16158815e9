//! The SCIM tax: what SCIM costs over the base plan, as a share of the base plan's price.
//!
//! Takes the price book's `[[scim]]` facts and its prices, gives plain rows. Percent = (price with SCIM − base) ÷
//! base × 100, and the base is the lowest plan that a business would take, never the free one: the convention of
//! sso.tax (robchahin/sso-wall-of-shame). A custom price gives no percentage.
//!
//! One base price misstates a fee that is paid once for the whole organisation, so Guard's rows describe a user
//! who has this product alone; the fee over all Atlassian spend is `model`'s.

use chrono::NaiveDate;

use crate::money::{Cost, MoneyError, MoneyRange, Percent};

use super::book::{Provenance, ScimFacts, ScimWay};
use super::quote::{Pricing, Quote};
use super::{Confidence, GUARD, STANDARD, Unit};

/// The tax, or why there is none to state.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Tax {
    Percent { low: Percent, high: Percent },
    Unknown(String),
}

impl Tax {
    /// `33–44%`, `238%`, `unknown`.
    pub(crate) fn text(&self) -> String {
        match self {
            Tax::Percent { low, high } if low.whole() == high.whole() => low.whole(),
            Tax::Percent { low, high } => format!("{}–{}", low.whole_digits(), high.whole()),
            Tax::Unknown(_) => "unknown".to_owned(),
        }
    }
}

/// One way to SCIM for one product.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct ScimTax {
    pub(crate) product: String,
    pub(crate) base_plan: String,
    pub(crate) unit: Option<Unit>,
    /// For one unit and month, exact.
    pub(crate) base: Cost,
    /// `Guard Standard on top`, or the plan that includes SCIM.
    pub(crate) way: String,
    /// For one unit and month with SCIM, exact.
    pub(crate) with_scim: Cost,
    pub(crate) tax: Tax,
    /// Of the product's ways with a known price, the cheapest (by its low end, then its high end).
    pub(crate) cheapest: bool,
    /// All that the row rests on: where the way to SCIM is stated, and where each of its prices.
    pub(crate) rests_on: Vec<Source>,
}

/// One of the things that a row rests on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Source {
    /// `the way to SCIM`, or the plan that the price is of.
    pub(crate) of: String,
    pub(crate) known: Provenance,
}

impl ScimTax {
    /// The weakest confidence of what the row rests on; there is always the source of the way.
    pub(crate) fn confidence(&self) -> Confidence {
        let all = self.rests_on.iter().map(|one| one.known.confidence);
        all.min().unwrap_or(Confidence::Unverified)
    }

    /// The day of the oldest source.
    pub(crate) fn oldest(&self) -> Option<NaiveDate> {
        self.rests_on.iter().map(|one| one.known.date).min()
    }
}

/// The rows of every product in the book's `[[scim]]` list, in its order. Bands and minimums make the price of a
/// seat depend on the number of seats, so it is that of a team of `team` (the guide's is 100), at list prices
/// unless the organisation has a contract.
///
/// # Errors
/// `TooLarge`; `DivisionByZero` for a team of nobody.
pub(crate) fn rows(pricing: &Pricing<'_>, team: u64) -> Result<Vec<ScimTax>, MoneyError> {
    let mut rows = Vec::new();
    for facts in pricing.book.scim() {
        let first = rows.len();
        for way in &facts.ways {
            rows.push(row(pricing, facts, way, team)?);
        }
        let price = |row: &ScimTax| {
            row.with_scim
                .known()
                .filter(|_| row.with_scim.is_complete())
        };
        let cheapest = rows
            .iter()
            .enumerate()
            .skip(first)
            .filter_map(|(place, row)| {
                price(row).map(|range| (range.low().amount(), range.high().amount(), place))
            })
            .min();
        if let Some(row) = cheapest.and_then(|(_, _, place)| rows.get_mut(place)) {
            row.cheapest = true;
        }
    }
    Ok(rows)
}

fn row(
    pricing: &Pricing<'_>,
    facts: &ScimFacts,
    way: &ScimWay,
    team: u64,
) -> Result<ScimTax, MoneyError> {
    let base_quote = pricing.quote(&facts.product, &facts.base, None)?;
    let base = unit_month(&base_quote, team)?;
    let (product, plan) = match way {
        ScimWay::Guard => (GUARD, STANDARD),
        ScimWay::Plan(plan) => (facts.product.as_str(), plan.as_str()),
    };
    let way_quote = pricing.quote(product, plan, None)?;
    let price = unit_month(&way_quote, team)?;
    let (name, with_scim, tax) = match way {
        ScimWay::Guard => {
            let tax = share(&price, &base)?;
            ("Guard Standard on top".to_owned(), base.plus(&price)?, tax)
        }
        ScimWay::Plan(plan) => {
            let tax = share(&price.minus(&base)?, &base)?;
            (plan.clone(), price, tax)
        }
    };
    let mut rests_on = vec![Source {
        of: "the way to SCIM".to_owned(),
        known: facts.provenance.clone(),
    }];
    for (product, plan, quote) in [
        (facts.product.as_str(), facts.base.as_str(), &base_quote),
        (product, plan, &way_quote),
    ] {
        rests_on.extend(quote.line(team)?.provenance.map(|known| Source {
            of: format!("{product} {plan}"),
            known,
        }));
    }
    Ok(ScimTax {
        product: facts.product.clone(),
        base_plan: facts.base.clone(),
        unit: base_quote.unit(),
        base,
        way: name,
        with_scim,
        tax,
        cheapest: false,
        rests_on,
    })
}

/// What one unit costs in one month, in a team of this size.
fn unit_month(quote: &Quote<'_>, team: u64) -> Result<Cost, MoneyError> {
    let year = quote.exact_year(team)?;
    year.try_map(|range| range.divided_by(12_u64)?.divided_by(team))
}

/// `extra` over `base`: the least extra over the dearest base up to the most extra over the cheapest.
fn share(extra: &Cost, base: &Cost) -> Result<Tax, MoneyError> {
    let complete = |cost: &Cost| cost.known().filter(|_| cost.is_complete());
    let (Some(extra_range), Some(base_range)) = (complete(extra), complete(base)) else {
        return Ok(Tax::Unknown(base.missing_with(extra).join("; ")));
    };
    if base_range.low().is_zero() {
        return Ok(Tax::Unknown("the base plan costs nothing".to_owned()));
    }
    percent_range(extra_range, base_range)
}

fn percent_range(extra: MoneyRange, base: MoneyRange) -> Result<Tax, MoneyError> {
    let low = Percent::of(extra.low(), base.high())?;
    let high = Percent::of(extra.high(), base.low())?;
    Ok(Tax::Percent { low, high })
}

#[cfg(test)]
mod tests {
    use super::{ScimTax, rows};
    use crate::money::{Currency, Money, MoneyRange};
    use crate::price::book::PriceBook;
    use crate::price::contract::Contract;
    use crate::price::quote::Pricing;

    fn taxes() -> Vec<ScimTax> {
        let book = PriceBook::embedded().unwrap();
        let contract = Contract::default();
        let day = "2026-11-23".parse().unwrap();
        rows(
            &Pricing {
                book: &book,
                contract: &contract,
                currency: Currency::USD,
                day,
            },
            100,
        )
        .unwrap()
    }

    fn of<'a>(taxes: &'a [ScimTax], product: &str, way: &str) -> &'a ScimTax {
        taxes
            .iter()
            .find(|row| row.product == product && row.way == way)
            .unwrap()
    }

    #[test]
    fn guard_on_jira_standard_is_a_rise_of_33_to_44_percent() {
        let taxes = taxes();
        let jira = of(&taxes, "Jira", "Guard Standard on top");
        assert_eq!(jira.base.grouped(), "$9.05");
        assert_eq!(jira.with_scim.grouped(), "$12.05–13.05");
        assert_eq!(jira.tax.text(), "33–44%");
        assert!(jira.cheapest);
        // 124,155 for 100 users who cost 10,860 on Standard.
        assert_eq!(of(&taxes, "Jira", "Enterprise").tax.text(), "1043%");
    }

    #[test]
    fn opsgenie_rises_by_238_percent() {
        let taxes = taxes();
        let opsgenie = of(&taxes, "Opsgenie", "Enterprise");
        assert_eq!(
            (opsgenie.base.grouped(), opsgenie.with_scim.grouped()),
            ("$9.45".to_owned(), "$31.90".to_owned())
        );
        assert_eq!(opsgenie.tax.text(), "238%");
    }

    #[test]
    fn looms_tax_is_unknown_since_its_price_is_custom() {
        let taxes = taxes();
        let loom = of(&taxes, "Loom", "Enterprise");
        assert_eq!(loom.base.whole(), "$15–20");
        assert_eq!(loom.with_scim.whole(), "unknown");
        assert_eq!(
            loom.tax,
            super::Tax::Unknown("Loom Enterprise: custom price, only by quote".to_owned())
        );
        assert!(!loom.cheapest, "a way without a price is no cheapest one");
    }

    #[test]
    fn a_row_is_as_firm_as_the_weakest_of_what_it_rests_on() {
        let taxes = taxes();
        // The page of Guard's bill is published; the price of 23.10 is not verified.
        let service = of(&taxes, "Jira Service Management", "Guard Standard on top");
        let told: Vec<_> = service
            .rests_on
            .iter()
            .map(|one| (one.of.as_str(), one.known.confidence.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ("the way to SCIM", "published"),
                ("Jira Service Management Standard", "unverified"),
                ("Atlassian Guard Standard", "reported"),
            ]
        );
        assert_eq!(service.confidence().as_str(), "unverified");
        assert_eq!(service.oldest().unwrap().to_string(), "2026-01-11");
    }

    #[test]
    fn a_base_that_is_a_range_widens_the_tax() {
        let range = |low, high| {
            let usd = |text| Money::parse(text, Currency::USD).unwrap();
            MoneyRange::new(usd(low), usd(high)).unwrap()
        };
        // 3 ÷ 20 and 4 ÷ 15.
        let tax = super::percent_range(range("3", "4"), range("15", "20")).unwrap();
        assert_eq!(tax.text(), "15–27%");
    }

    #[test]
    fn each_product_has_at_most_one_cheapest_way() {
        let taxes = taxes();
        for row in &taxes {
            let cheapest = taxes
                .iter()
                .filter(|other| other.product == row.product && other.cheapest)
                .count();
            assert!(cheapest <= 1, "{}", row.product);
        }
    }
}
