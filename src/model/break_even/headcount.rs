//! Break-even in headcount: from how many people on Guard begins or ceases to pay.
//!
//! Manual work follows the benchmark for each person, with every assumption at its value, and everybody is on the Guard
//! bill. Where the exports show the organisation's own figures, they are solved beside it, for each user whom Guard
//! Standard bills, with the users whom Premium bills in their own number.

use serde::Serialize;

use super::crossing::{Crossing, End, FeeLine, Worth, crossings};
pub(crate) use super::curve::Curve;
use crate::domain::text::grouped;
use crate::model::alternative::Alternative;
use crate::model::alternatives::describe::Context;
use crate::model::assumptions::assumption::{Name, Values};
use crate::model::basis::Basis;
use crate::model::inputs::facts::CountRange;
use crate::model::inputs::fees::{Inputs, origin};
use crate::model::span::middle;
use crate::model::years::Years;
use crate::money::{Cost, Money, MoneyError, MoneyRange, Number};
use crate::price::quote::Pricing;
use crate::price::{GUARD, PREMIUM, STANDARD};

/// So many people that cents rounded for all of them do not show for one.
const MANY: u64 = 500_000;

/// The largest headcount that is searched for crossings.
pub(crate) const SEARCHED_TO: u64 = 100_000;

/// What a fee is held against.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Against {
    /// The fee alone against the whole manual cost, as the guide does.
    ManualCost,
    /// The fee and all that comes with it against what really goes of the manual cost.
    WhatItAvoids,
}

/// The crossings of one fee.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct HeadcountBreakEven {
    pub(crate) alternative: Alternative,
    pub(crate) against: Against,
    /// `person`, or `Guard-billable user` for the organisation's own figures.
    pub(crate) per: &'static str,
    /// Which end of the price.
    pub(crate) fee: End,
    pub(crate) crossings: Vec<Crossing>,
    /// The largest quantity with a known price, up to which was searched.
    pub(crate) searched_to: u64,
    /// What a unit is worth in a year, and what comes off whatever the number.
    pub(crate) worth_each: Money,
    pub(crate) worth_less: Money,
    /// The same with all digits.
    #[serde(skip)]
    pub(crate) worth: Worth,
    /// The fee over the quantity.
    #[serde(skip)]
    pub(crate) line: FeeLine,
    pub(crate) statement: String,
    pub(crate) basis: Basis,
    pub(crate) source: String,
}

/// The inputs of an organisation of so many people that has no figures of its own.
pub(crate) fn by_benchmark(inputs: &Inputs, people: u64) -> Result<Inputs, MoneyError> {
    let own = inputs.headcount.max(1);
    Ok(Inputs {
        headcount: people,
        orphaned: None,
        orphaned_unclaimed: 0,
        waste: None,
        hours_a_year: inputs
            .hours_a_year
            .map(|hours| hours.times(people)?.divided_by(own))
            .transpose()?,
        ..inputs.clone()
    })
}

/// Crossings of Guard Standard and Premium with manual work, for either end of the price.
///
/// # Errors
/// `TooLarge`, `CurrencyMismatch`.
pub(crate) fn headcounts(
    context: &Context<'_>,
    pricing: &Pricing<'_>,
) -> Result<Vec<HeadcountBreakEven>, MoneyError> {
    let central = context.assumptions.central();
    let many = by_benchmark(context.inputs, MANY)?;
    let mut found = Vec::new();
    for alternative in [Alternative::GuardStandard, Alternative::GuardPremium] {
        let price = price(alternative, pricing)?;
        let mut lines = Vec::new();
        for end in End::BOTH {
            lines.push((end, fee_line(alternative, pricing, end)?));
        }
        if lines.windows(2).all(|pair| pair[0].1 == pair[1].1) {
            lines.truncate(1);
        }
        for (end, line) in &lines {
            for against in [Against::ManualCost, Against::WhatItAvoids] {
                let worth = worth(alternative, against, &many, &central, MANY)?;
                let head = Head {
                    alternative,
                    against,
                    per: "person",
                    end: *end,
                    single: lines.len() == 1,
                };
                found.push(solved(context, head, line, worth, &price)?);
            }
            let users = billed(context, *end);
            if context.facts.accounts.is_some() && users.standard > 0 {
                let years = Years::of(&[alternative], context.inputs, &central);
                let against = Against::WhatItAvoids;
                let worth = worth(
                    alternative,
                    against,
                    context.inputs,
                    &central,
                    users.standard,
                )?;
                let head = Head {
                    alternative,
                    against,
                    per: "Guard-billable user",
                    end: *end,
                    single: lines.len() == 1,
                };
                let line = own_fee_line(alternative, pricing, *end, users)?;
                let mut own = solved(context, head, &line, worth, &price)?;
                if alternative == Alternative::GuardPremium {
                    own.statement.push_str(&format!(
                        " For each {} that Standard bills, Premium bills {}.",
                        users.standard, users.premium
                    ));
                }
                for one in &years.alternatives {
                    own.statement
                        .push_str(left_out(&years.cost(one.first.avoided)));
                }
                found.push(own);
            }
        }
    }
    Ok(found)
}

/// What a statement on a value says besides, where part of what is avoided has no price.
pub(crate) const fn left_out(avoided: &Cost) -> &'static str {
    match avoided {
        Cost::Known { .. } => "",
        _ => " What has no price is left out of this.",
    }
}

/// What Guard costs at every quantity, both plans together for Premium.
///
/// # Errors
/// `TooLarge`.
pub(crate) fn fee_line(
    alternative: Alternative,
    pricing: &Pricing<'_>,
    end: End,
) -> Result<FeeLine, MoneyError> {
    let standard = pricing.quote(GUARD, STANDARD, None)?;
    let line = FeeLine::of(&standard, end, SEARCHED_TO)?;
    if alternative == Alternative::GuardStandard {
        return Ok(line);
    }
    let premium = pricing.quote(GUARD, PREMIUM, None)?;
    line.plus(&FeeLine::of(&premium, end, SEARCHED_TO)?)
}

/// Accounts that each plan bills.
#[derive(Clone, Copy)]
struct Billed {
    standard: u64,
    premium: u64,
}

/// Those that are billed for certain at the low end of a fee, and all that may be at the high one, as in its total.
fn billed(context: &Context<'_>, end: End) -> Billed {
    let of = |count: CountRange| match end {
        End::Low => count.certain,
        End::High => count.at_most,
    };
    Billed {
        standard: of(context.facts.standard_count()),
        premium: of(context.facts.premium_count()),
    }
}

/// What Guard costs for so many users of Standard, with as many of Premium to them as the organisation has.
fn own_fee_line(
    alternative: Alternative,
    pricing: &Pricing<'_>,
    end: End,
    users: Billed,
) -> Result<FeeLine, MoneyError> {
    if alternative == Alternative::GuardStandard || users.premium == users.standard {
        return fee_line(alternative, pricing, end);
    }
    let standard = fee_line(Alternative::GuardStandard, pricing, end)?;
    if users.premium == 0 {
        return Ok(standard);
    }
    let most = SEARCHED_TO.saturating_mul(users.premium) / users.standard + 1;
    let premium = FeeLine::of(&pricing.quote(GUARD, PREMIUM, None)?, end, most)?;
    standard.plus(&premium.in_proportion(users.premium, users.standard)?)
}

/// Where the prices of a fee come from: Premium is paid on top of Standard, so it rests on both.
fn price(alternative: Alternative, pricing: &Pricing<'_>) -> Result<(Basis, String), MoneyError> {
    let standard = origin(&pricing.quote(GUARD, STANDARD, None)?.line(1)?);
    if alternative == Alternative::GuardStandard {
        return Ok((standard.0, format!("price: {}", standard.1)));
    }
    let premium = origin(&pricing.quote(GUARD, PREMIUM, None)?.line(1)?);
    Ok((
        Basis::weakest([standard.0, premium.0]),
        format!(
            "price of Guard Standard: {}; price of Guard Premium: {}",
            standard.1, premium.1
        ),
    ))
}

/// What manual work costs by the benchmark.
pub(crate) const BY_BENCHMARK: [Name; 7] = [
    Name::UnusedPer500,
    Name::CostPerUnusedLicence,
    Name::ItHoursPer500,
    Name::ItHourlyRate,
    Name::OrphansPer500,
    Name::MissShare,
    Name::CostPerMiss,
];

/// What an alternative is worth to each of so many units, and what it takes whatever their number.
fn worth(
    alternative: Alternative,
    against: Against,
    inputs: &Inputs,
    values: &Values,
    units: u64,
) -> Result<Worth, MoneyError> {
    let amount = |cost: &Cost| -> Result<Number, MoneyError> {
        let range = cost.known().unwrap_or(MoneyRange::zero(inputs.currency));
        Ok(middle(range)?.amount())
    };
    let of = match against {
        Against::ManualCost => Alternative::Manual,
        Against::WhatItAvoids => alternative,
    };
    let years = Years::of(&[of], inputs, values);
    let (mut all, mut fixed) = (Number::ZERO, Number::ZERO);
    for one in &years.alternatives {
        (all, fixed) = match against {
            Against::ManualCost => (amount(&years.cost(one.sums.total))?, Number::ZERO),
            Against::WhatItAvoids => (
                amount(&years.cost(one.first.avoided))?,
                amount(&years.cost(one.sums.own_hours))?,
            ),
        };
    }
    Ok(Worth {
        each: all.divided_by(units)?,
        fixed,
    })
}

#[derive(Clone, Copy)]
struct Head {
    alternative: Alternative,
    against: Against,
    per: &'static str,
    end: End,
    /// Whether the price is no range.
    single: bool,
}

fn solved(
    context: &Context<'_>,
    head: Head,
    line: &FeeLine,
    worth: Worth,
    price: &(Basis, String),
) -> Result<HeadcountBreakEven, MoneyError> {
    let found = crossings(line, worth)?;
    let money = |number| Money::new(number, context.inputs.currency);
    let own = head.per != "person";
    let manual_cost = if own {
        context.weakest(Alternative::Manual, |_| true)?
    } else {
        context.basis(&BY_BENCHMARK)
    };
    let work = match head.against {
        Against::ManualCost => manual_cost,
        Against::WhatItAvoids => context.weakest(head.alternative, |kind| !kind.is_fee())?,
    };
    Ok(HeadcountBreakEven {
        alternative: head.alternative,
        against: head.against,
        per: head.per,
        fee: head.end,
        searched_to: line.known_to(),
        worth_each: money(worth.each.rounded(4)),
        worth_less: money(worth.fixed),
        worth,
        line: line.clone(),
        statement: statement(&head, &found, line.known_to(), money(worth.each)),
        crossings: found,
        basis: Basis::weakest([manual_cost, work, price.0]),
        source: format!(
            "{}; {}",
            if own {
                "the organisation's own figures"
            } else {
                "the benchmark for each person"
            },
            price.1
        ),
    })
}

fn statement(head: &Head, found: &[Crossing], to: u64, each: Money) -> String {
    let label = head.alternative.label();
    let price = match (head.single, head.end) {
        (true, _) => "at its price",
        (false, End::Low) => "at the low end of its price",
        (false, End::High) => "at the high end of its price",
    };
    let worth = match head.against {
        Against::ManualCost => "the whole manual cost",
        Against::WhatItAvoids => "what it avoids",
    };
    if to == 0 {
        return format!("{label} has no known price.");
    }
    if found.is_empty() {
        return format!(
            "{label} {price} costs more than {worth} ({} for each {} and year) at any number up to {}.",
            each.round_minor().grouped(),
            head.per,
            grouped(to)
        );
    }
    let steps: Vec<_> = found
        .iter()
        .map(|one| {
            let verb = if one.pays { "pays" } else { "ceases to pay" };
            format!("{verb} from {} on", grouped(one.from))
        })
        .collect();
    format!(
        "{label} {price}, held against {worth}, {}.",
        steps.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::{Against, headcounts};
    use crate::model::alternative::Alternative;
    use crate::model::basis::Basis;
    use crate::model::break_even::crossing::End;
    use crate::model::fixtures::{Case, benchmark_facts, organisation, pricing};
    use crate::price::quote::Pricing;

    #[test]
    fn by_the_guides_own_figures_guard_never_pays() {
        // 11,947 ÷ 500 = $23.894 a head and year; the cheapest Guard is 12 × $3 = $36.
        let case = Case::of(benchmark_facts(500));
        let all = headcounts(&case.context(), &pricing()).unwrap();
        // Standard at both ends of $3–4, Premium on top of both; two comparisons each.
        assert_eq!(all.len(), 8);
        let book = "https://www.stitchflow.com/scim/atlassian, 2026-01-11, reported";
        assert_eq!(
            all[0].source,
            format!("the benchmark for each person; price: {book}")
        );
        // Premium is paid on top of Standard.
        assert_eq!(
            all[4].source,
            format!(
                "the benchmark for each person; price of Guard Standard: {book}; price of Guard Premium: {book}"
            )
        );
        let bases: Vec<_> = all.iter().map(|one| one.basis).collect();
        assert_eq!(bases[..2], [Basis::Benchmark, Basis::Assumed]);
        assert!(all.iter().all(|one| one.crossings.is_empty()));
        assert_eq!(all[0].worth_each.exact(), "$23.894");
        assert_eq!(
            all[0].statement,
            "Guard Standard at the low end of its price costs more than the whole manual cost ($23.89 for each person \
             and year) at any number up to 100,000."
        );
    }

    #[test]
    fn the_prices_of_2018_cross_once_where_they_are_solved_on_paper() {
        // Above 1,000 users a year costs 27,000 + 12 (n − 1,000): 23.894 n = 15,000 + 12 n → n = 1,261.14…
        let case = Case::of(benchmark_facts(500));
        let old = Pricing {
            day: "2018-08-01".parse().unwrap(),
            ..pricing()
        };
        let all = headcounts(&case.context(), &old).unwrap();
        let standard = &all[0];
        assert_eq!(
            (standard.alternative, standard.against),
            (Alternative::GuardStandard, Against::ManualCost)
        );
        let told: Vec<_> = standard
            .crossings
            .iter()
            .map(|one| (one.from, one.pays, one.meets_at.unwrap().plain()))
            .collect();
        assert_eq!(told, [(1262, true, "1261.14".to_owned())]);
        assert!(
            standard.statement.ends_with("pays from 1,262 on."),
            "{}",
            standard.statement
        );
        assert!(
            all.iter()
                .all(|one| one.alternative == Alternative::GuardStandard || one.searched_to == 0)
        );
    }

    #[test]
    fn an_organisation_has_its_own_line_beside_the_benchmarks() {
        let case = Case::of(organisation());
        let all = headcounts(&case.context(), &pricing()).unwrap();
        let own: Vec<_> = all
            .iter()
            .filter(|one| one.per == "Guard-billable user")
            .collect();
        assert_eq!(own.len(), 4);
        assert_eq!(own[0].fee, End::Low);
    }

    #[test]
    fn premium_is_paid_for_the_users_that_it_bills() {
        // 420 of 450: for 45 users of Standard 42 of Premium, 45 × 36 + 42 × 96 = 5,652, at the high price 45 × 12 more.
        let case = Case::of(organisation());
        let all = headcounts(&case.context(), &pricing()).unwrap();
        let premium = all.iter().filter(|one| {
            one.per == "Guard-billable user" && one.alternative == Alternative::GuardPremium
        });
        let told: Vec<_> = premium
            .map(|one| one.line.at(45).unwrap().unwrap().plain())
            .collect();
        assert_eq!(told, ["5652", "6192"]);
        // For all 450 it is the fee of the alternative.
        let fees = &case.inputs.fees;
        let fee = fees.standard.cost.plus(&fees.premium.cost).unwrap();
        let own = all.last().unwrap();
        assert_eq!(
            own.line.at(450).unwrap(),
            fee.high().map(|fee| fee.amount())
        );
        assert!(
            own.statement
                .ends_with("For each 450 that Standard bills, Premium bills 420."),
            "{}",
            own.statement
        );
    }
}
