//! Break-even points: what one number would have to be for an alternative to cost as much as another one.
//!
//! A net is a straight line in each of these numbers (see `line`). All others stay as the organisation has them,
//! every assumption at its value, so that the points of all numbers can be held against each other.

use serde::Serialize;

use super::headcount::left_out;
pub(crate) use super::input::Input;
use super::line::{Root, leavers_with_seats, line};
use super::unit_price::{unit_price, worth};
use super::words::statement;
use crate::figures::Id;
use crate::model::alternative::Alternative;
use crate::model::alternatives::describe::Context;
use crate::model::assumptions::assumption::Name;
use crate::model::basis::Basis;
use crate::model::component::ComponentKind;
use crate::model::span::Span;
use crate::model::years::{ManualCost, Years};
use crate::money::{MoneyError, Number};

/// What one number would have to be.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct BreakEven {
    pub(crate) alternative: Alternative,
    /// The alternative that it is held against.
    pub(crate) against: Alternative,
    pub(crate) input: Input,
    pub(crate) what: &'static str,
    pub(crate) now: Span,
    /// For either end of the fee, or of what is avoided. An end is zero where the alternative is the cheaper one, or the dearer
    /// one, already with none of it: the statement says which. `None` when no value from zero up does at either end.
    pub(crate) needed: Option<Span>,
    /// From today's nearest end to the nearest needed one, as a share of today's.
    pub(crate) distance: Option<Number>,
    pub(crate) statement: String,
    pub(crate) basis: Basis,
    pub(crate) working: String,
    pub(crate) source: String,
}

/// All break-even points against manual work of the alternatives that have a price, the nearest first.
///
/// # Errors
/// `TooLarge`, `CurrencyMismatch`, `DivisionByZero`.
pub(crate) fn points(context: &Context<'_>) -> Result<Vec<BreakEven>, MoneyError> {
    let mut found = Vec::new();
    for alternative in [
        Alternative::GuardStandard,
        Alternative::GuardPremium,
        Alternative::ThirdParty,
    ] {
        if is_billed(context, alternative) {
            found.extend(between(context, alternative, Alternative::Manual)?);
        }
    }
    found.sort_by(|left, right| {
        let key = |one: &BreakEven| {
            (
                one.distance.is_none(),
                one.distance,
                one.alternative,
                one.input,
            )
        };
        key(left).cmp(&key(right))
    });
    Ok(found)
}

/// Whether an alternative has a price and somebody pays it.
fn is_billed(context: &Context<'_>, alternative: Alternative) -> bool {
    let users = match alternative {
        Alternative::ThirdParty => context.inputs.headcount,
        _ => context.facts.standard_count().certain,
    };
    let years = Years::of(&[alternative], context.inputs, context.values);
    let mut all = years.alternatives.iter();
    users > 0
        && all.all(|one| {
            let mut fees = one.first.those(ComponentKind::is_fee).into_iter();
            fees.all(|fee| years.cost(fee).is_complete())
        })
}

/// The break-even points of one alternative against another. Both have a price.
///
/// # Errors
/// `TooLarge`, `CurrencyMismatch`, `DivisionByZero`.
pub(crate) fn between(
    context: &Context<'_>,
    alternative: Alternative,
    against: Alternative,
) -> Result<Vec<BreakEven>, MoneyError> {
    let mut found = Vec::new();
    for input in Input::ALL {
        found.extend(point(context, alternative, against, input)?);
    }
    Ok(found)
}

/// Where a number turns, with the fees at their best and at their worst for the alternative.
pub(crate) struct Solved {
    pub(crate) now: Span,
    pub(crate) roots: [Root; 2],
    /// Whether more of it speaks against the alternative.
    pub(crate) falls: bool,
}

fn solved(
    context: &Context<'_>,
    alternative: Alternative,
    against: Alternative,
    input: Input,
) -> Result<Option<Solved>, MoneyError> {
    let people = context.inputs.headcount;
    let central = context.assumptions.central();
    if input == Input::Price {
        // A price that the other alternative pays too cannot move alone.
        if alternative.is_native() && against.is_native() {
            return Ok(None);
        }
        let (Some(price), Some(worth)) = (
            unit_price(context, alternative)?,
            worth(context, alternative, against),
        ) else {
            return Ok(None);
        };
        let root = |worth: Number, months: Number| -> Result<Root, MoneyError> {
            Ok(if worth.is_negative() || worth.is_zero() {
                Root::AlwaysMore
            } else {
                Root::At(worth.divided_by(months)?)
            })
        };
        return Ok(Some(Solved {
            now: price.now,
            roots: [
                root(worth.high, price.months.low)?,
                root(worth.low, price.months.high)?,
            ],
            falls: true,
        }));
    }
    let years = Years::of(&[Alternative::Manual], context.inputs, &central);
    let manual = years.alternatives.first().map(|one| &one.first.manual);
    let today = |of: fn(&ManualCost) -> Id| {
        let span = manual.and_then(|manual| years.figures.of(of(manual)).span());
        span.unwrap_or(Span::ZERO)
    };
    let (now, scale) = match input {
        Input::Hours => (today(|manual| manual.hours), None),
        Input::Orphans if people == 0 => return Ok(None),
        Input::Orphans => (
            today(|manual| manual.orphans).scaled(100, people)?,
            Some(people),
        ),
        _ => (central.of(Name::ItHourlyRate), None),
    };
    let Some(line) = line(context, alternative, against, input)? else {
        return Ok(None);
    };
    let mut roots = line.roots()?;
    for root in &mut roots {
        if let (Root::At(value), Some(people)) = (&root, scale) {
            *root = Root::At(value.times(100_u64)?.divided_by(people)?);
        }
    }
    Ok(Some(Solved {
        now,
        roots,
        falls: line.falls(),
    }))
}

fn point(
    context: &Context<'_>,
    alternative: Alternative,
    against: Alternative,
    input: Input,
) -> Result<Option<BreakEven>, MoneyError> {
    let Some(solved) = solved(context, alternative, against, input)? else {
        return Ok(None);
    };
    let [best, worst] = solved.roots;
    let needed = (best.is_met() || worst.is_met()).then(|| {
        let span = Span::between(best.or_nothing(), worst.or_nothing());
        Span {
            low: span.low.rounded(4),
            high: span.high.rounded(4),
        }
    });
    let distance = match needed {
        Some(needed) => distance(solved.now, needed)?,
        None => None,
    };
    let mut statement = statement(context, alternative, against, input, &solved)?;
    let years = Years::of(&[alternative], context.inputs, context.values);
    for one in &years.alternatives {
        statement.push_str(left_out(&years.cost(one.first.avoided)));
    }
    let seats = match (input, leavers_with_seats(context.inputs)) {
        (Input::Orphans, Some(_)) => "; the seats of the accounts in proportion to them",
        (Input::Orphans, None) => "; the seats of the accounts are left out",
        _ => "",
    };
    Ok(Some(BreakEven {
        alternative,
        against,
        input,
        what: input.label(),
        now: solved.now,
        needed,
        distance,
        statement,
        basis: Basis::weakest([
            context.weakest(Alternative::Manual, |_| true)?,
            context.weakest(alternative, |_| true)?,
            context.weakest(against, |_| true)?,
        ]),
        working: match input {
            Input::Price => {
                "(what is avoided − own hours − other fees) ÷ users ÷ 12; each plan by the users that it bills"
                    .to_owned()
            }
            Input::Orphans => {
                format!("net as a straight line in this number, which is set to nothing; every account within reach{seats}")
            }
            _ => "net as a straight line in this number, which is set to nothing".to_owned(),
        },
        source: format!(
            "{}; every assumption at its value{seats}",
            alternative.components_with(against)
        ),
    }))
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

#[cfg(test)]
mod tests {
    use super::{BreakEven, Input, points};
    use crate::model::alternative::Alternative;
    use crate::model::fixtures::{Case, number, on_paper, organisation, range, state, usd};
    use crate::model::inputs::facts::Facts;
    use crate::model::span::Span;
    use crate::model::years::Years;
    use crate::money::{Cost, Money, MoneyRange, Number};

    fn of(case: &Case, alternative: Alternative, input: Input) -> BreakEven {
        let all = points(&case.context()).unwrap();
        let mut found = all.into_iter();
        found
            .find(|one| (one.alternative, one.input) == (alternative, input))
            .unwrap()
    }

    /// With Guard Standard's fee for a year in the place of the price book's.
    fn with_fee(facts: Facts, low: &str, high: &str) -> Case {
        let mut case = Case::of(facts);
        case.inputs.fees.standard.cost = Cost::from(range(low, high));
        case
    }

    // On paper: avoided 1,169 + 4,338 + 3,825 = 9,332; own hours 30 × 60.25 = 1,807.50.

    #[test]
    fn values_at_which_guard_standard_would_break_even_on_paper() {
        let case = Case::of(on_paper());
        let of = |input| of(&case, Alternative::GuardStandard, input);
        // (9,332 − 1,807.50) ÷ 500 ÷ 12 = 1.254083…
        let price = of(Input::Price);
        assert_eq!(price.needed.unwrap().exact(), "1.2541");
        assert_eq!(price.now.exact(), "3–4");
        assert_eq!(
            price.statement,
            "Guard Standard would cost as much as manual work at $1.25 for a user and month; now $3.00–4.00."
        );
        // hours avoided 72, own 30: 42 × rate + 1,169 + 3,825 = 18,000 or 24,000 → 309.6667, 452.5238
        assert_eq!(
            of(Input::HourlyRate).needed.unwrap().exact(),
            "309.6667–452.5238"
        );
        // ¾ h × 60.25 + 4,994 − 1,807.50 = 18,000 or 24,000 → 327.8230, 460.6030
        assert_eq!(of(Input::Hours).needed.unwrap().exact(), "327.823–460.603");
        // x × 239.0625 + 1,169 + 4,338 − 1,807.50 = 18,000 → 59.8190 of 500; 24,000 → 84.9171
        let orphans = of(Input::Orphans);
        assert_eq!(orphans.needed.unwrap().exact(), "11.9638–16.9834");
        assert_eq!(orphans.now.exact(), "3.2");
        assert!(
            orphans
                .source
                .ends_with("the seats of the accounts are left out")
        );
        // (3 − 1.2541) ÷ 3.5
        assert_eq!(price.distance, Some(number("0.4988")));
        assert_eq!(points(&case.context()).unwrap()[0].input, Input::Price);
    }

    #[test]
    fn a_net_that_falls_with_the_hourly_rate_has_its_root_too() {
        // No hour is saved and 30 are taken: 1,169 + 3,825 − 600 = 30 × 146.466…
        let mut facts = on_paper();
        state(&mut facts, "labour_left_scim", "1");
        let case = with_fee(facts, "600", "600");
        let rate = of(&case, Alternative::GuardStandard, Input::HourlyRate);
        assert_eq!(rate.needed.unwrap().exact(), "146.4667");
        assert_eq!(
            rate.statement,
            "Guard Standard would cost as much as manual work at $146.47 for an IT hour, and more above that; now $60.25."
        );
        // The manual hours stay as they are, whoever does them.
        let hours = of(&case, Alternative::GuardStandard, Input::Hours);
        assert_eq!(hours.needed, None);
        assert_eq!(
            hours.statement,
            "Guard Standard costs less than manual work at any number of hours of manual IT work; now 96."
        );
    }

    #[test]
    fn an_end_of_the_fee_at_which_nothing_turns_is_told_as_it_is() {
        // 4,994 − 1,807.50 = 3,186.50 is more than 60; (30,000 − 3,186.50) ÷ (¾ × 60.25) = 593.3831 h.
        let case = with_fee(on_paper(), "60", "30000");
        let hours = of(&case, Alternative::GuardStandard, Input::Hours);
        assert_eq!(hours.needed.unwrap().exact(), "0–593.3831");
        assert_eq!(
            hours.statement,
            "Guard Standard would cost as much as manual work at 593.38 hours of manual IT work a year at the prices that \
             suit it least; at the prices that suit it best it costs less at any number of hours of manual IT work. Now 96."
        );
        // The same where more of it speaks against the alternative: 4,994 − 600 = 30 × 146.466…, and 6,000 is more than 4,994.
        let mut facts = on_paper();
        state(&mut facts, "labour_left_scim", "1");
        let case = with_fee(facts, "600", "6000");
        let rate = of(&case, Alternative::GuardStandard, Input::HourlyRate);
        assert_eq!(rate.needed.unwrap().exact(), "0–146.4667");
        assert_eq!(
            rate.statement,
            "Guard Standard would cost as much as manual work at $146.47 for an IT hour, and more above that at the prices \
             that suit it best; at the prices that suit it least it costs more at any cost of an IT hour. Now $60.25."
        );
    }

    #[test]
    fn more_orphaned_accounts_hold_more_seats() {
        // An account of the 30 is worth 3,000 ÷ 30 in seats and 239.0625 × 0.95 in misses, and 0.95 of them are
        // reached: 310.75390625. Without any: 4,627.20 × ¾ − 34 × 60.25 − 16,200 = −14,778.10, so 47.5556 of 400
        // people; with 21,600 −20,178.10 and 64.9327.
        let case = Case::of(organisation());
        let orphans = of(&case, Alternative::GuardStandard, Input::Orphans);
        assert_eq!(orphans.needed.unwrap().exact(), "11.8889–16.2332");
        assert!(orphans.working.ends_with("in proportion to them"));
    }

    /// What an alternative saves at the assumptions' values when its plans have these prices.
    fn net_at(
        case: &Case,
        alternative: Alternative,
        standard: Number,
        premium: Number,
    ) -> MoneyRange {
        let mut inputs = case.inputs.clone();
        let fee = |price: Number, users: u64| {
            Cost::from(usd("12").times(price).unwrap().times(users).unwrap())
        };
        inputs.fees.standard.cost = fee(standard, 450);
        inputs.fees.premium.cost = fee(premium, 420);
        let years = Years::of(&[alternative], &inputs, &case.assumptions.central());
        years.cost(years.alternatives[0].sums.net).known().unwrap()
    }

    /// The leavers' seats are worth 0.855 × 2,000 to 3,000 = 1,710 to 2,565, the misses that go 5,825.36; Guard's fee is
    /// 16,200 to 21,600. Of the 76.8 hours 57.6 go, and 34 are Guard's own, at 60.25.
    #[test]
    fn prices_of_licences_that_are_ranges_make_every_break_even_a_range() {
        let mut facts = organisation();
        if let Some(bills) = &mut facts.bills {
            bills.saving_orphaned = Some(Cost::from(range("2000", "3000")));
        }
        let case = Case::of(facts);
        let needed = |input| {
            let found = of(&case, Alternative::GuardStandard, input);
            found.needed.unwrap().exact()
        };
        // (16,200 − 2,565 − 5,825.36) ÷ (57.6 − 34) and (21,600 − 1,710 − 5,825.36) ÷ 23.6
        assert_eq!(needed(Input::HourlyRate), "330.9169–595.9593");
        // (16,200 + 2,048.50 − 2,565 − 5,825.36) ÷ (¾ × 60.25), and with 21,600 and 1,710
        assert_eq!(needed(Input::Hours), "218.1608–356.584");
        // Each account is worth 239.0625 × 0.9025 for its miss and 0.95 × 3,000 ÷ 30 for its seats: (16,200 − 1,421.90)
        // ÷ 310.7539 = 47.5556 accounts, (21,600 − 1,421.90) ÷ 279.0872 = 72.3003; of 400 people.
        assert_eq!(needed(Input::Orphans), "11.8889–18.0751");
    }

    #[test]
    fn a_price_that_is_plugged_back_leaves_nothing_to_win() {
        let mut facts = organisation();
        if let Some(bills) = &mut facts.bills {
            bills.saving_orphaned = Some(Cost::from(range("2000", "3000")));
        }
        let case = Case::of(facts);
        let price = of(&case, Alternative::GuardStandard, Input::Price);
        // Seats 0.855 × 2,000 to 3,000; labour 3,470.40; misses 7,171.88 × 0.81225; own hours 34 × 60.25: from 8,957.26
        // to 9,812.26 for 450 users and 12 months.
        assert_eq!(price.needed.unwrap().exact(), "1.6588–1.8171");
        // Four decimals for 450 users and 12 months: within 0.27.
        let none = |net: Money| net.amount() < number("0.6") && net.amount() > number("-0.6");
        let Span { low, high } = price.needed.unwrap();
        let free = Number::ZERO;
        assert!(none(
            net_at(&case, Alternative::GuardStandard, low, free).low()
        ));
        assert!(none(
            net_at(&case, Alternative::GuardStandard, high, free).high()
        ));
    }

    #[test]
    fn two_plans_are_priced_by_the_users_that_each_bills() {
        // $3 to 4 for 450 users and $8 for 420: $11 to 12, where 56,520 ÷ 450 ÷ 12 would be 10.47.
        let case = Case::of(organisation());
        let price = of(&case, Alternative::GuardPremium, Input::Price);
        assert_eq!(price.now.exact(), "11–12");
        assert!(
            price
                .statement
                .contains("both plans together in their present proportion; now $11.00–12.00")
        );
        // 9,812.26 × 11 ÷ 56,520 = 1.9097 and 9,812.26 × 12 ÷ 61,920 = 1.9016.
        let Span { low, high } = price.needed.unwrap();
        assert_eq!(
            (low.plain(), high.plain()),
            ("1.9016".to_owned(), "1.9097".to_owned())
        );
        let part =
            |of: Number, over: u64, all: u64| of.times(over).unwrap().divided_by(all).unwrap();
        for (value, plans) in [(high, [3, 8, 11]), (low, [4, 8, 12])] {
            let [standard, premium, both] = plans;
            let (standard, premium) = (part(value, standard, both), part(value, premium, both));
            let net = net_at(&case, Alternative::GuardPremium, standard, premium)
                .low()
                .amount();
            assert!(
                net < number("0.6") && net > number("-0.6"),
                "{}",
                net.plain()
            );
        }
    }
}
