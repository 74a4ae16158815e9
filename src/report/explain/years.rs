//! Alternatives: the first year, and each year of the horizon with its present value.

use crate::figures::Id;
use crate::model::alternatives::comparison::Comparison;
use crate::model::assumptions::assumption::Name;
use crate::model::component::ComponentKind;
use crate::model::horizon::outlook::Outlook;
use crate::model::horizon::payback::Payback;
use crate::model::inputs::fees::Inputs;
use crate::model::inputs::growth::{Ahead, Rates, grow};
use crate::model::span::Span;
use crate::model::years::{AlternativeFigures, HorizonFigures, Years};
use crate::money::{MoneyError, Number};

use super::Known;
use super::derivation::{Amount, Derivation, Part, Rule, Value};
use super::fees::PricedYear;
use super::figures::Figures;
use super::listed::Listed;
use super::stated::Basics;

impl Known<'_> {
    /// What the fees of each year are made of, the first one without any growth.
    fn priced_years(&self, basics: &Basics, rates: Rates) -> Result<Vec<PricedYear>, MoneyError> {
        let model = &self.modelled.model;
        let mut years = Vec::new();
        for past in 0..rates.years {
            let factor = Number::ONE.plus(rates.growth)?.power(past)?;
            let facts = grow(&model.facts, factor)?;
            let is_grown = past > 0 && !rates.growth.is_zero();
            let growth = is_grown.then(|| self.factor(basics, Name::HeadcountGrowth, past));
            years.push(PricedYear {
                name: match past {
                    0 => String::new(),
                    _ => format!("year-{}", past + 1),
                },
                fees: Inputs::of(&facts, &self.pricing, &model.assumptions)?.fees,
                facts,
                growth: growth.transpose()?,
            });
        }
        Ok(years)
    }

    /// All figures of the alternatives; gives the list that they stand in.
    pub(super) fn years<'a>(
        &'a self,
        basics: &'a Basics,
        figures: &mut Figures,
    ) -> Result<Listed<'a>, MoneyError> {
        let model = &self.modelled.model;
        let ahead = Ahead {
            facts: &model.facts,
            pricing: &self.pricing,
            assumptions: &model.assumptions,
            values: &model.assumptions.stated(),
            rates: Rates::of(&model.assumptions.central()),
        };
        let (years, horizons) = Years::ahead(&ahead)?;
        let all = years.alternatives.clone();
        let priced = self.priced_years(basics, ahead.rates)?;
        let mut listed = Listed::of(self, basics, years, priced);
        let Comparison { alternatives, .. } = &model.comparison;
        for (at, (one, horizon)) in all.iter().zip(&horizons).enumerate() {
            first_year(&mut listed, one, figures)?;
            if let (Some(cost), Some(outlook)) = (alternatives.get(at), model.outlooks.get(at)) {
                self.remaining_manual_cost(&mut listed, basics, cost, &one.first, figures)?;
                over_the_horizon(&mut listed, outlook, horizon, figures)?;
            }
        }
        if model.comparison.is_guard_held() {
            for one in &all {
                figures.add("alternatives", listed.part(one.net_against_today)?);
            }
        }
        Ok(listed)
    }
}

fn first_year(
    listed: &mut Listed<'_>,
    one: &AlternativeFigures,
    figures: &mut Figures,
) -> Result<(), MoneyError> {
    for part in listed.those(&one.first, |_| true)? {
        figures.add("alternatives", part);
    }
    let total = listed.part(one.sums.total)?;
    let unit = total.amount().unit;
    figures.add("alternatives", total);
    for (what, keep) in [
        ("fees", ComponentKind::is_fee as fn(ComponentKind) -> bool),
        ("own-hours", |kind| !kind.is_fee() && !kind.is_manual()),
        ("remaining-manual-cost", ComponentKind::is_manual),
    ] {
        let parts = listed.those(&one.first, keep)?;
        if parts.len() > 1 {
            let name = format!("{}/{what}", one.alternative.as_str());
            figures.add("summary", Derivation::made(name, unit, Rule::Sum, parts)?);
        }
    }
    figures.add("alternatives", listed.part(one.sums.net)?);
    Ok(())
}

fn over_the_horizon(
    listed: &mut Listed<'_>,
    outlook: &Outlook,
    horizon: &HorizonFigures,
    figures: &mut Figures,
) -> Result<(), MoneyError> {
    let alternative = outlook.alternative.as_str();
    let (mut nets, mut present_nets) = (Vec::new(), Vec::new());
    for year in &horizon.years {
        for id in [year.cost, year.net, year.present_cost, year.present_net] {
            figures.add("horizon", listed.part(id)?);
        }
        nets.push(listed.part(year.net)?);
        present_nets.push(listed.part(year.present_net)?);
    }
    for (rule, payback, nets) in [
        ("payback", outlook.payback, &nets),
        (
            "discounted-payback",
            outlook.discounted_payback,
            &present_nets,
        ),
    ] {
        if let Some(payback) = payback {
            let name = format!("{alternative}/{rule}");
            figures.add("summary", paid_back(name, payback, nets));
        }
    }
    let sums: [Id; 4] = [
        horizon.cost,
        horizon.net,
        horizon.present_cost,
        horizon.net_present_value,
    ];
    for id in sums {
        figures.add("horizon", listed.part(id)?);
    }
    Ok(())
}

/// Years, or words where the money is not back within the horizon.
fn paid_back(name: String, payback: Payback, nets: &[Part]) -> Part {
    let value = match (payback.best, payback.worst) {
        (Some(best), Some(worst)) => Value::Amount(Amount::of(Span::between(best, worst), "years")),
        (Some(best), None) => {
            Value::Words(format!("{} years at best, never at worst", best.plain()))
        }
        _ => Value::Words("never within the horizon".to_owned()),
    };
    let working =
        "best from the high ends, worst from the low ends; evenly within a year".to_owned();
    Derivation::with_working(name, value, Rule::Payback, nets.to_vec(), working)
}
