//! Turning points: what one number would have to be for an alternative to cost as much as work by hand.
//!
//! The engine is a straight line in each of these numbers, so two evaluations give the line and its root. All others
//! stay as the organisation has them, at their values.

use serde::Serialize;

use super::assumption::{Name, Values};
use super::breakeven::left_out;
use super::crossing::End;
use super::describe::Context;
use super::engine::{self, Way};
use super::figure::{Basis, Kind};
use super::inputs::Inputs;
use super::span::{Span, middle};
use crate::money::{Cost, Money, MoneyError, MoneyRange, Number};

/// Where a second point of a line is taken: far out, so that rounded cents do not show.
const FAR: u64 = 1_000_000;

/// A number that may turn the answer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Lever {
    Price,
    HourlyRate,
    Hours,
    Orphans,
}

impl Lever {
    pub(crate) const ALL: [Lever; 4] = [
        Lever::Price,
        Lever::HourlyRate,
        Lever::Hours,
        Lever::Orphans,
    ];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Lever::Price => "price-per-user",
            Lever::HourlyRate => "hourly-rate",
            Lever::Hours => "hours-by-hand",
            Lever::Orphans => "orphan-rate",
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Lever::Price => "price for a user and month",
            Lever::HourlyRate => "cost of an IT hour",
            Lever::Hours => "IT hours by hand in a year",
            Lever::Orphans => "orphaned accounts for 100 people",
        }
    }

    /// Money levers are written with a currency.
    pub(crate) const fn is_money(self) -> bool {
        matches!(self, Lever::Price | Lever::HourlyRate)
    }
}

impl Serialize for Lever {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// What one number would have to be.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Turning {
    pub(crate) way: Way,
    pub(crate) lever: Lever,
    pub(crate) what: &'static str,
    pub(crate) now: Span,
    /// For either end of the fee, or of what is avoided; `None` when no value from zero up does.
    pub(crate) needed: Option<Span>,
    /// From today's nearest end to the nearest needed one, as a share of today's.
    pub(crate) distance: Option<Number>,
    pub(crate) statement: String,
    pub(crate) basis: Basis,
    pub(crate) working: String,
    pub(crate) source: String,
}

/// All turning points of the alternatives that have a price, the nearest first.
///
/// # Errors
/// `TooLarge`, `CurrencyMismatch`, `DivisionByZero`.
pub(crate) fn points(context: &Context<'_>) -> Result<Vec<Turning>, MoneyError> {
    let mut found = Vec::new();
    for way in [Way::GuardStandard, Way::GuardPremium, Way::ThirdParty] {
        let fee = fee(way, context.inputs)?;
        let Some(range) = fee.known().filter(|_| fee.is_complete()) else {
            continue;
        };
        for lever in Lever::ALL {
            found.extend(point(context, way, lever, range)?);
        }
    }
    found.sort_by(|left, right| {
        let key = |one: &Turning| (one.distance.is_none(), one.distance, one.way, one.lever);
        key(left).cmp(&key(right))
    });
    Ok(found)
}

fn fee(way: Way, inputs: &Inputs) -> Result<Cost, MoneyError> {
    let fees = &inputs.fees;
    match way {
        Way::GuardPremium => fees.standard.cost.plus(&fees.premium.cost),
        Way::ThirdParty => Ok(fees.third_party.cost.clone()),
        _ => Ok(fees.standard.cost.clone()),
    }
}

fn point(
    context: &Context<'_>,
    way: Way,
    lever: Lever,
    fee: MoneyRange,
) -> Result<Option<Turning>, MoneyError> {
    let people = context.inputs.headcount;
    let users = match way {
        Way::ThirdParty => people,
        _ => context.facts.standard_count().certain,
    };
    if people == 0 || users == 0 {
        return Ok(None);
    }
    let central = context.assumptions.central();
    let (now, needed) = match lever {
        Lever::Price => (
            Span {
                low: fee.low().amount(),
                high: fee.high().amount(),
            }
            .scaled(1, users.saturating_mul(12))?,
            price(context, way, users)?,
        ),
        Lever::HourlyRate => (central.of(Name::ItHourlyRate), roots(context, way, lever)?),
        Lever::Hours => (
            engine::hours(context.inputs, &central)?,
            roots(context, way, lever)?,
        ),
        Lever::Orphans => (
            engine::orphans(context.inputs, &central)?.scaled(100, people)?,
            roots(context, way, lever)?
                .map(|span| span.scaled(100, people))
                .transpose()?,
        ),
    };
    let needed = needed.map(|span| Span {
        low: span.low.rounded(4),
        high: span.high.rounded(4),
    });
    let distance = match needed {
        Some(needed) => distance(now, needed)?,
        None => None,
    };
    let mut statement = statement(context, way, lever, now, needed);
    statement.push_str(left_out(
        &engine::sheet(way, context.inputs, &central)?.avoided,
    ));
    Ok(Some(Turning {
        way,
        lever,
        what: lever.label(),
        now,
        needed,
        distance,
        statement,
        basis: Basis::weakest([
            context.weakest(Way::Manual, |_| true)?,
            context.weakest(way, |_| true)?,
        ]),
        working: match lever {
            Lever::Price => "(what is avoided − own hours − other fees) ÷ users ÷ 12".to_owned(),
            Lever::Orphans => "net against manual as a straight line in this number, which is set to nothing; every account within reach".to_owned(),
            _ => "net against manual as a straight line in this number, which is set to nothing".to_owned(),
        },
        source: format!(
            "{}; {}",
            way.components_with(Way::Manual),
            match lever {
                Lever::Price => "what is assumed lies between its low and its high",
                _ => "every assumption at its value",
            }
        ),
    }))
}

/// The price for a user and month at which the way costs as much as work by hand, from the lowest that what is
/// avoided can be worth to the highest.
fn price(context: &Context<'_>, way: Way, users: u64) -> Result<Option<Span>, MoneyError> {
    let inputs = context.inputs;
    let sheet = engine::sheet(way, inputs, context.values)?;
    let worth = sheet.avoided.minus(&sheet.added(inputs, |kind| {
        !kind.is_fee() || kind == Kind::ThirdPartySetUpFee
    })?)?;
    let Some(range) = worth.known() else {
        return Ok(None);
    };
    if range.high().is_negative() {
        return Ok(None);
    }
    let low = range.low().amount().max(Number::ZERO);
    let span = Span {
        low,
        high: range.high().amount(),
    };
    Ok(Some(span.scaled(1, users.saturating_mul(12))?))
}

/// The net of a way as a straight line in one number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Line {
    /// With none of it, at the high end of the fees and at the low one.
    pub(crate) start: Span,
    /// What each unit adds.
    pub(crate) rise: Number,
}

/// The line of a lever; `None` where the net is not known or does not rise.
///
/// # Errors
/// `TooLarge`.
pub(crate) fn line(
    context: &Context<'_>,
    way: Way,
    lever: Lever,
) -> Result<Option<Line>, MoneyError> {
    let central = context.assumptions.central();
    let mut starts = Vec::new();
    let mut rise = Number::ZERO;
    for end in End::BOTH {
        let at = |x: u64| net(context.inputs, &central, way, lever, end, x);
        let (Some(start), Some(far)) = (at(0)?, at(FAR)?) else {
            return Ok(None);
        };
        rise = far.minus(start)?.divided_by(FAR)?;
        if rise.is_negative() || rise.is_zero() {
            return Ok(None);
        }
        starts.push(start);
    }
    Ok(match starts[..] {
        [one, other] => Some(Line {
            start: Span::between(one, other),
            rise,
        }),
        _ => None,
    })
}

/// The roots for both ends of the fee; `None` where one lies below zero.
fn roots(context: &Context<'_>, way: Way, lever: Lever) -> Result<Option<Span>, MoneyError> {
    let Some(Line { start, rise }) = line(context, way, lever)? else {
        return Ok(None);
    };
    let root = |start: Number| Number::ZERO.minus(start)?.divided_by(rise);
    let (low, high) = (root(start.high)?, root(start.low)?);
    Ok((!low.is_negative()).then_some(Span { low, high }))
}

/// The net with the lever at a value and the fees at one end.
fn net(
    inputs: &Inputs,
    values: &Values,
    way: Way,
    lever: Lever,
    end: End,
    at: u64,
) -> Result<Option<Number>, MoneyError> {
    let mut inputs = inputs.clone();
    let mut values = *values;
    match lever {
        Lever::HourlyRate => {
            values = values.with(Name::ItHourlyRate, Span::point(Number::from(at)));
        }
        Lever::Hours => inputs.hours_a_year = Some(Number::from(at)),
        Lever::Orphans | Lever::Price => {
            inputs.orphaned = Some(at);
            inputs.orphaned_unclaimed = 0;
        }
    }
    for fee in [
        &mut inputs.fees.standard,
        &mut inputs.fees.premium,
        &mut inputs.fees.third_party,
    ] {
        let point = |range: MoneyRange| Money::new(end.of(range), range.currency());
        fee.cost = fee
            .cost
            .try_map(|range| Ok(MoneyRange::point(point(range))))?;
    }
    let net = engine::sheet(way, &inputs, &values)?.net(&inputs)?;
    net.known()
        .map(|range| Ok(middle(range)?.amount()))
        .transpose()
}

fn distance(now: Span, needed: Span) -> Result<Option<Number>, MoneyError> {
    let gap = if needed.low > now.high {
        needed.low.minus(now.high)?
    } else if now.low > needed.high {
        now.low.minus(needed.high)?
    } else {
        return Ok(Some(Number::ZERO));
    };
    let base = now.low.plus(now.high)?.divided_by(2_u64)?;
    if base.is_zero() {
        return Ok(None);
    }
    Ok(Some(gap.divided_by(base)?.rounded(4)))
}

fn statement(
    context: &Context<'_>,
    way: Way,
    lever: Lever,
    now: Span,
    needed: Option<Span>,
) -> String {
    let told = |span: Span| {
        if !lever.is_money() {
            return span.text();
        }
        let money = |number| Money::new(number, context.inputs.currency);
        MoneyRange::between(money(span.low), money(span.high))
            .map_or_else(|_| span.text(), MoneyRange::grouped)
    };
    let of_what = match (lever, way) {
        (Lever::Price, Way::GuardPremium) => "for a user and month, both plans together",
        (Lever::Price, _) => "for a user and month",
        (Lever::HourlyRate, _) => "for an IT hour",
        (Lever::Hours, _) => "IT hours by hand a year",
        (Lever::Orphans, _) => "orphaned accounts for 100 people",
    };
    let label = way.label();
    match needed {
        None => format!(
            "No {} makes {} cost the same as work by hand.",
            lever.label(),
            way.in_words()
        ),
        Some(needed) => format!(
            "{label} would cost as much as work by hand at {} {of_what}; now {}.",
            told(needed),
            told(now)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::{Lever, points};
    use crate::model::engine::Way;
    use crate::model::fixtures::{Case, number, on_paper};

    // On paper: avoided 1,169 + 4,338 + 3,825 = 9,332; own hours 30 × 60.25 = 1,807.50.

    #[test]
    fn values_at_which_guard_standard_would_break_even_on_paper() {
        let case = Case::of(on_paper());
        let all = points(&case.context()).unwrap();
        let of = |lever| {
            all.iter()
                .find(|one| one.way == Way::GuardStandard && one.lever == lever)
                .unwrap()
        };
        // (9,332 − 1,807.50) ÷ 500 ÷ 12 = 1.254083…
        let price = of(Lever::Price);
        assert_eq!(price.needed.unwrap().exact(), "1.2541");
        assert_eq!(price.now.exact(), "3–4");
        assert_eq!(
            price.statement,
            "Guard Standard would cost as much as work by hand at $1.25 for a user and month; now $3.00–4.00."
        );
        // hours avoided 72, own 30: 42 × rate + 1,169 + 3,825 = 18,000 or 24,000 → 309.6667, 452.5238
        assert_eq!(
            of(Lever::HourlyRate).needed.unwrap().exact(),
            "309.6667–452.5238"
        );
        // ¾ h × 60.25 + 4,994 − 1,807.50 = 18,000 or 24,000 → 327.8230, 460.6030
        assert_eq!(of(Lever::Hours).needed.unwrap().exact(), "327.823–460.603");
        // x × 239.0625 + 1,169 + 4,338 − 1,807.50 = 18,000 → 59.8190 of 500; 24,000 → 84.9171
        assert_eq!(
            of(Lever::Orphans).needed.unwrap().exact(),
            "11.9638–16.9834"
        );
        assert_eq!(of(Lever::Orphans).now.exact(), "3.2");
        // (3 − 1.2541) ÷ 3.5
        assert_eq!(price.distance, Some(number("0.4988")));
        assert_eq!(all[0].lever, Lever::Price);
    }
}
