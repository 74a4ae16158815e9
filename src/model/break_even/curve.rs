//! The curves of the break-even chart: the first year of each alternative over headcount, by the benchmark.

use serde::Serialize;

use super::crossing::{End, FeeLine};
use super::headcount::{by_benchmark, fee_line};
use crate::model::alternative::Alternative;
use crate::model::alternatives::describe::Context;
use crate::model::assumptions::assumption::Name;
use crate::model::basis::Basis;
use crate::model::span::Span;
use crate::model::years::Years;
use crate::money::{Cost, MoneyError, MoneyRange};
use crate::price::quote::Pricing;

/// One headcount of a curve.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Point {
    pub(crate) people: u64,
    pub(crate) cost: MoneyRange,
}

/// The first year of an alternative over headcount, by the benchmark.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Curve {
    pub(crate) alternative: Alternative,
    pub(crate) label: &'static str,
    pub(crate) points: Vec<Point>,
    pub(crate) basis: Basis,
    pub(crate) source: String,
}

/// The curves of a chart: manual work, Guard Standard and Guard Premium from nobody to `people`.
///
/// # Errors
/// `TooLarge`, `CurrencyMismatch`.
pub(crate) fn curves(
    context: &Context<'_>,
    pricing: &Pricing<'_>,
    people: u64,
    steps: u64,
) -> Result<Vec<Curve>, MoneyError> {
    let lines = [End::Low, End::High].map(|end| {
        [Alternative::GuardStandard, Alternative::GuardPremium]
            .map(|alternative| fee_line(alternative, pricing, end))
    });
    let [[low_standard, low_premium], [high_standard, high_premium]] = lines;
    let fees = [
        (Alternative::GuardStandard, low_standard?, high_standard?),
        (Alternative::GuardPremium, low_premium?, high_premium?),
    ];
    let mut all = vec![curve(context, Alternative::Manual, None, people, steps)?];
    for (alternative, low, high) in &fees {
        all.push(curve(
            context,
            *alternative,
            Some((low, high)),
            people,
            steps,
        )?);
    }
    Ok(all)
}

fn curve(
    context: &Context<'_>,
    alternative: Alternative,
    fees: Option<(&FeeLine, &FeeLine)>,
    people: u64,
    steps: u64,
) -> Result<Curve, MoneyError> {
    let steps = steps.clamp(1, people.max(1));
    let mut points = Vec::new();
    for step in 0..=steps {
        let at = people.saturating_mul(step) / steps;
        let inputs = by_benchmark(context.inputs, at)?;
        let years = Years::of(&[alternative], &inputs, context.values);
        let mut work = Vec::new();
        for one in &years.alternatives {
            let own = one.first.those(|kind| !kind.is_fee());
            work.extend(own.into_iter().map(|id| years.cost(id)));
        }
        let work = Cost::sum(inputs.currency, &work)?;
        let fee = match fees {
            Some((low, high)) if at > 0 => match (low.at(at)?, high.at(at)?) {
                (Some(low), Some(high)) => Span::between(low, high).money(inputs.currency)?,
                // Beyond the known prices there is no point, rather than a wrong one.
                _ => break,
            },
            _ => Cost::zero(inputs.currency),
        };
        if let Some(cost) = work.plus(&fee)?.known() {
            points.push(Point { people: at, cost });
        }
    }
    Ok(Curve {
        alternative,
        label: alternative.label(),
        points,
        basis: match alternative {
            Alternative::Manual => Basis::Benchmark,
            _ => Basis::Assumed,
        },
        source: format!(
            "the benchmark for each person; {}",
            context.assumptions.sources(&[Name::ItHoursPer500])
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::curves;
    use crate::model::fixtures::{Case, benchmark_facts, pricing};

    #[test]
    fn curves_have_both_ends_and_meet_the_table() {
        let case = Case::of(benchmark_facts(500));
        let all = curves(&case.context(), &pricing(), 1000, 10).unwrap();
        assert_eq!(all.len(), 3);
        let manual = all[0]
            .points
            .iter()
            .find(|point| point.people == 500)
            .unwrap();
        assert_eq!(manual.cost.whole(), "$11,947");
        assert!(
            all[1]
                .points
                .iter()
                .all(|point| !point.cost.is_point() || point.people == 0)
        );
        assert_eq!(all[2].points.len(), 11);
    }
}
