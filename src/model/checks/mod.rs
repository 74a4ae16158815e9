//! The checks of prices, made where the answer is known and before it is told. Those of data come with the facts.
//!
//! One file a check: a function from what is `Judged` to the checks that fired.

mod plan_order;
mod prices_used;
mod year_months;

pub(super) use prices_used::oldest_price;
pub(crate) use year_months::OtherYears;

use crate::domain::check::Check;
use crate::model::alternative::Alternative;
use crate::model::alternatives::comparison::Comparison;
use crate::model::inputs::facts::Facts;
use crate::money::MoneyError;
use crate::price::estate::OfferingBill;
use crate::price::quote::Pricing;

/// What the checks look at.
pub(crate) struct Judged<'a> {
    pub(super) facts: &'a Facts,
    pub(super) pricing: &'a Pricing<'a>,
    pub(super) comparison: &'a Comparison,
    /// The lines of the bill today.
    pub(super) lines: &'a [OfferingBill],
    /// The other reading of a contract's years, where they can be read in two ways.
    pub(super) other_years: Option<&'a OtherYears<'a>>,
}

impl Judged<'_> {
    /// Whether an alternative would be named the cheapest, or its range reaches the cheapest's.
    fn may_be_cheapest(&self, alternative: Alternative) -> bool {
        let leader = &self.comparison.leader;
        // Where a part of what it would save has no price, it has no range that could reach anything.
        let has_range = |one: Alternative| {
            let rival = self.comparison.of_alternative(one);
            rival.is_some_and(|one| one.net.is_complete())
        };
        leader.alternative == alternative
            || (leader.rivals.contains(&alternative) && has_range(alternative))
    }
}

/// All checks of an organisation, the gravest first: those of its data and those of its prices.
///
/// # Errors
/// `TooLarge`, `CurrencyMismatch`.
pub(super) fn judge(judged: &Judged<'_>, of_data: &[Check]) -> Result<Vec<Check>, MoneyError> {
    let mut checks = of_data.to_vec();
    checks.extend(plan_order::judge(judged)?);
    checks.extend(prices_used::judge(judged)?);
    if let Some(other) = judged.other_years {
        checks.extend(year_months::judge(judged, other)?);
    }
    checks.sort();
    checks.dedup();
    Ok(checks)
}
