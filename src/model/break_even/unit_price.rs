//! What an alternative's fee comes to for a user and month, and what it may come to.
//!
//! Each plan is divided by the users that it bills itself. Guard Premium is paid on top of Standard: there both prices
//! move together, in their present proportion, so that a price is one number.

use crate::model::alternative::Alternative;
use crate::model::alternatives::describe::Context;
use crate::model::inputs::facts::CountRange;
use crate::model::span::Span;
use crate::model::years::Years;
use crate::money::MoneyError;

/// The price of a plan, or of two together, for a user and month.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct UnitPrice {
    /// Of each plan that is paid.
    pub(crate) plans: Vec<Span>,
    pub(crate) now: Span,
    /// For how many users and months that price makes the fee.
    pub(crate) months: Span,
}

/// `None` where nobody is billed, or where what is free has no proportion.
///
/// # Errors
/// `TooLarge`.
pub(crate) fn unit_price(
    context: &Context<'_>,
    alternative: Alternative,
) -> Result<Option<UnitPrice>, MoneyError> {
    let (facts, fees) = (context.facts, &context.inputs.fees);
    let standard = (&fees.standard.cost, facts.standard_count());
    let plans = match alternative {
        Alternative::GuardStandard => vec![standard],
        Alternative::GuardPremium => vec![standard, (&fees.premium.cost, facts.premium_count())],
        Alternative::ThirdParty => vec![(
            &fees.third_party.cost,
            CountRange::exactly(facts.headcount.count),
        )],
        Alternative::Manual | Alternative::Enterprise => return Ok(None),
    };
    let mut prices = Vec::new();
    let (mut now, mut whole) = (Span::ZERO, Span::ZERO);
    for (fee, count) in &plans {
        let Some(range) = fee.known().filter(|_| fee.is_complete()) else {
            return Ok(None);
        };
        if count.certain == 0 {
            return Ok(None);
        }
        let ends = Span {
            low: range.low().amount(),
            high: range.high().amount(),
        };
        let price = Span {
            low: ends.low.divided_by(months(count.certain))?,
            high: ends.high.divided_by(months(count.at_most))?,
        };
        now = plus(now, price)?;
        whole = plus(whole, ends)?;
        prices.push(price);
    }
    let months = match plans.as_slice() {
        [(_, count)] => Span::of_counts(months(count.certain), months(count.at_most)),
        _ if now.low.is_zero() || now.high.is_zero() => return Ok(None),
        _ => Span::between(
            whole.low.divided_by(now.low)?,
            whole.high.divided_by(now.high)?,
        ),
    };
    Ok(Some(UnitPrice {
        plans: prices,
        now,
        months,
    }))
}

const fn months(users: u64) -> u64 {
    users.saturating_mul(12)
}

fn plus(one: Span, other: Span) -> Result<Span, MoneyError> {
    Ok(Span {
        low: one.low.plus(other.low)?,
        high: one.high.plus(other.high)?,
    })
}

/// What a year's fee may come to for the alternative to cost as much as another one: what is avoided less the alternative's own hours,
/// every assumption at its value; a range comes from prices and counts alone.
pub(crate) fn worth(
    context: &Context<'_>,
    alternative: Alternative,
    against: Alternative,
) -> Option<Span> {
    let values = context.assumptions.central();
    let inputs = context.inputs.of_what_is_known();
    Years::of(&[alternative, against], &inputs, &values).worth(alternative, against)
}
