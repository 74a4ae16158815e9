//! `Model`: everything that the model says of an organisation, made in one call.

use serde::Serialize;

use super::alternative::Alternative;
use super::checks::{self, Judged, OtherYears};
use super::years::today;
use crate::domain::check::Check;
use crate::model::alternatives::comparison::Comparison;
use crate::model::alternatives::describe::Context;
use crate::model::assumptions::assumption::Assumptions;
use crate::model::break_even::curve::{Curve, curves};
use crate::model::break_even::headcount::{self, HeadcountBreakEven};
use crate::model::break_even::point::{self, BreakEven};
use crate::model::decision::conclusion::Conclusion;
use crate::model::decision::rules::Decision;
use crate::model::decision::sureness::Sureness;
use crate::model::horizon::outlook::{Outlook, outlooks};
use crate::model::inputs::facts::Facts;
use crate::model::inputs::fees::Inputs;
use crate::model::inputs::growth::{Ahead, Rates};
use crate::model::uncertainty::sensitivity::{Tornado, tornado};
use crate::model::uncertainty::simulation::{Draws, Simulation};
use crate::money::MoneyError;
use crate::price::estate::OfferingBill;
use crate::price::quote::Pricing;

/// How many points a curve has besides its first.
const CURVE_STEPS: u64 = 40;

/// A chart of the benchmark shows at least so many people.
const SHOWN_PEOPLE: u64 = 1_000;

/// All that the model says.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Model {
    pub(crate) facts: Facts,
    pub(crate) assumptions: Assumptions,
    pub(crate) comparison: Comparison,
    pub(crate) headcounts: Vec<HeadcountBreakEven>,
    pub(crate) break_even_points: Vec<BreakEven>,
    pub(crate) curves: Vec<Curve>,
    /// The checks that fired, the gravest first.
    pub(crate) checks: Vec<Check>,
    pub(crate) conclusion: Conclusion,
    pub(crate) sureness: Sureness,
    pub(crate) decision: Decision,
    /// Every alternative over the horizon.
    pub(crate) outlooks: Vec<Outlook>,
    /// For the alternative to manual work that comes off best; `None` when none has a price.
    pub(crate) sensitivity: Option<Tornado>,
}

/// What is judged besides the facts before anything is concluded.
#[derive(Clone, Copy, Default)]
pub(crate) struct Evidence<'a> {
    /// The checks of the data that fired.
    pub(crate) of_data: &'a [Check],
    /// The lines of the bill today.
    pub(crate) lines: &'a [OfferingBill],
    /// Facts and prices by the other reading of a contract's years, where they can be read in two ways.
    pub(crate) other_years: Option<&'a (Facts, Pricing<'a>)>,
}

/// The comparison of facts at prices.
fn compared(
    facts: &Facts,
    pricing: &Pricing<'_>,
    assumptions: &Assumptions,
) -> Result<Comparison, MoneyError> {
    let inputs = Inputs::of(facts, pricing, assumptions)?;
    Comparison::of(&Context {
        facts,
        inputs: &inputs,
        values: &assumptions.stated(),
        assumptions,
    })
}

impl Model {
    /// # Errors
    /// `CurrencyMismatch` where the third party's quote or a bill is not in the organisation's currency; `TooLarge`.
    pub(crate) fn of(
        facts: Facts,
        pricing: &Pricing<'_>,
        assumptions: Assumptions,
        evidence: &Evidence<'_>,
    ) -> Result<Model, MoneyError> {
        let inputs = Inputs::of(&facts, pricing, &assumptions)?;
        let values = assumptions.stated();
        let context = Context {
            facts: &facts,
            inputs: &inputs,
            values: &values,
            assumptions: &assumptions,
        };
        let comparison = Comparison::of(&context)?;
        let other_years = match evidence.other_years {
            Some((facts, pricing)) => Some(OtherYears {
                comparison: compared(facts, pricing, &assumptions)?,
                pricing: *pricing,
            }),
            None => None,
        };
        let judged = Judged {
            facts: &facts,
            pricing,
            comparison: &comparison,
            lines: evidence.lines,
            other_years: other_years.as_ref(),
        };
        let checks = checks::judge(&judged, evidence.of_data)?;
        let conclusion = Conclusion::of(&comparison.leader, &checks);
        let sureness = Sureness::of(
            &comparison,
            &conclusion,
            today(&inputs),
            checks::oldest_price(&judged)?,
        )?;
        let break_even_points = point::points(&context)?;
        let central = assumptions.central();
        let ahead = Ahead {
            facts: &facts,
            pricing,
            assumptions: &assumptions,
            values: &values,
            rates: Rates::of(&central),
        };
        let subject = comparison
            .best_but(&[Alternative::Manual])?
            .map(|one| one.alternative);
        let sensitivity = match subject {
            Some(alternative) => tornado(&ahead, alternative)?,
            None => None,
        };
        let shown = facts.headcount.count.saturating_mul(2).max(SHOWN_PEOPLE);
        Ok(Model {
            headcounts: headcount::headcounts(&context, pricing)?,
            curves: curves(&context, pricing, shown, CURVE_STEPS)?,
            outlooks: outlooks(&ahead)?,
            sensitivity,
            decision: Decision::of(&context, &comparison, &conclusion)?,
            checks,
            conclusion,
            sureness,
            comparison,
            break_even_points,
            facts,
            assumptions,
        })
    }

    /// Draws everything that is uncertain, many times over, from a seed.
    ///
    /// # Errors
    /// `TooLarge`, `CurrencyMismatch`.
    pub(crate) fn simulate(
        &self,
        pricing: &Pricing<'_>,
        draws: Draws<'_>,
    ) -> Result<Simulation, MoneyError> {
        let inputs = Inputs::of(&self.facts, pricing, &self.assumptions)?;
        let context = Context {
            facts: &self.facts,
            inputs: &inputs,
            values: &self.assumptions.stated(),
            assumptions: &self.assumptions,
        };
        let mut simulation = Simulation::run(&context, draws)?;
        if self.conclusion.cheapest().is_none() {
            for one in &mut simulation.spreads {
                one.cheapest_in = None;
            }
        }
        Ok(simulation)
    }
}

#[cfg(test)]
mod tests {
    use super::{Evidence, Model};
    use crate::model::alternative::Alternative;
    use crate::model::assumptions::assumption::Assumptions;
    use crate::model::fixtures::{benchmark_facts, organisation, pricing, state};
    use crate::model::uncertainty::simulation::{Draws, Simulation};

    fn simulated(model: &Model, count: u64) -> Simulation {
        let (seed, told) = (3, &mut |_| ());
        let draws = Draws { count, seed, told };
        model.simulate(&pricing(), draws).unwrap()
    }

    /// Walks a value and finds objects with a cost or an amount but without basis, working or source around them.
    fn unexplained(
        value: &serde_json::Value,
        explained: bool,
        path: &str,
        found: &mut Vec<String>,
    ) {
        match value {
            serde_json::Value::Object(fields) => {
                let explained = explained || fields.contains_key("source");
                let money = fields.contains_key("amount") && fields.contains_key("currency");
                if money && !explained {
                    found.push(path.to_owned());
                }
                for (key, inner) in fields {
                    unexplained(inner, explained, &format!("{path}/{key}"), found);
                }
            }
            serde_json::Value::Array(list) => {
                for inner in list {
                    unexplained(inner, explained, path, found);
                }
            }
            _ => {}
        }
    }

    #[test]
    fn no_figure_comes_without_its_source() {
        for facts in [benchmark_facts(500), organisation()] {
            let assumptions = Assumptions::embedded().unwrap();
            let model = Model::of(facts, &pricing(), assumptions, &Evidence::default()).unwrap();
            let json = serde_json::to_value(&model).unwrap();
            let mut found = Vec::new();
            unexplained(&json, false, "", &mut found);
            assert_eq!(found, Vec::<String>::new());
        }
    }

    #[test]
    fn the_best_alternative_is_the_one_whose_sensitivity_is_shown() {
        let assumptions = Assumptions::embedded().unwrap();
        let model = Model::of(
            organisation(),
            &pricing(),
            assumptions,
            &Evidence::default(),
        )
        .unwrap();
        assert_eq!(
            model.sensitivity.as_ref().unwrap().alternative,
            Alternative::GuardStandard
        );
        assert_eq!(model.outlooks.len(), 5);
        let simulation = simulated(&model, 50);
        assert_eq!(simulation, simulated(&model, 50));
    }

    /// Every rate that is accepted computes over the longest horizon, at the ends of its range too.
    #[test]
    fn twenty_years_of_halving_or_doubling_do_not_fail() {
        for rate in [
            "discount_rate",
            "headcount_growth",
            "price_rise",
            "wage_rise",
        ] {
            for value in ["-0.5", "1"] {
                let mut facts = organisation();
                for (name, value) in [(rate, value), ("horizon_years", "20")] {
                    state(&mut facts, name, value);
                }
                let mut assumptions = Assumptions::embedded().unwrap();
                assert_eq!(assumptions.configure(&facts.assumptions), []);
                let model =
                    Model::of(facts, &pricing(), assumptions, &Evidence::default()).unwrap();
                assert_eq!(model.outlooks[0].years.len(), 21, "{rate} {value}");
                simulated(&model, 20);
            }
        }
    }

    #[test]
    fn an_organisation_of_nobody_does_not_fail() {
        let assumptions = Assumptions::embedded().unwrap();
        let model = Model::of(
            benchmark_facts(0),
            &pricing(),
            assumptions,
            &Evidence::default(),
        )
        .unwrap();
        assert_eq!(model.comparison.alternatives.len(), 5);
    }
}
