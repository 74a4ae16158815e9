//! Alternatives: the first year, and each year of the horizon with its present value.

use crate::model::alternatives::{AlternativeCost, Comparison, Move};
use crate::model::assumption::Name;
use crate::model::engine::Alternative;
use crate::model::figure::{Kind, When};
use crate::model::growth::{Ahead, Rates, grow, inputs_by_year};
use crate::model::horizon::Outlook;
use crate::model::inputs::Inputs;
use crate::model::payback::Payback;
use crate::model::span::Span;
use crate::money::{Cost, MoneyError, Number};

use super::Known;
use super::components::Components;
use super::derivation::{Amount, Derivation, Part, Rule, Unit, Value};
use super::figures::Figures;
use super::moment::{Basics, Moment};

/// What the first year of an alternative is made of, for what follows from it.
pub(super) struct FirstYear {
    pub(super) alternative: Alternative,
    pub(super) components: Components,
    pub(super) net: Part,
}

impl Known<'_> {
    fn ahead<T>(
        &self,
        with: impl FnOnce(&Ahead<'_>) -> Result<T, MoneyError>,
    ) -> Result<T, MoneyError> {
        let model = &self.modelled.model;
        with(&Ahead {
            facts: &model.facts,
            pricing: &self.pricing,
            assumptions: &model.assumptions,
            values: &model.assumptions.stated(),
            rates: Rates::of(&model.assumptions.central()),
        })
    }

    /// Every year of the horizon, the first one without any growth.
    fn moments<'b>(&self, basics: &'b Basics) -> Result<Vec<Moment<'b>>, MoneyError> {
        let (rates, years) = self.ahead(|ahead| Ok((ahead.rates, inputs_by_year(ahead)?)))?;
        let model = &self.modelled.model;
        let mut moments = Vec::new();
        for (past, (inputs, values)) in (0..).zip(years) {
            let grown = Number::ONE.plus(rates.growth)?.power(past)?;
            let facts = grow(&model.facts, grown)?;
            let factor = |rate: Number, name: Name| -> Result<Option<Part>, MoneyError> {
                let moves = past > 0 && !rate.is_zero();
                moves.then(|| self.factor(basics, name, past)).transpose()
            };
            moments.push(Moment {
                prefix: if past == 0 {
                    String::new()
                } else {
                    format!("year-{}/", past + 1)
                },
                before_rises: Inputs::of(&facts, &self.pricing, &model.assumptions)?,
                facts,
                inputs,
                values,
                growth: factor(rates.growth, Name::HeadcountGrowth)?,
                dearer: factor(rates.price_rise, Name::PriceRise)?,
                wages: factor(rates.wage_rise, Name::WageRise)?,
                basics,
                money: Unit::Money(self.currency()),
            });
        }
        Ok(moments)
    }

    /// All figures of the alternatives; gives what their first years are made of.
    pub(super) fn years(
        &self,
        basics: &Basics,
        figures: &mut Figures,
    ) -> Result<Vec<FirstYear>, MoneyError> {
        let moments = self.moments(basics)?;
        let mut firsts = Vec::new();
        let Comparison { alternatives, .. } = &self.modelled.model.comparison;
        for (one, outlook) in alternatives.iter().zip(&self.modelled.model.outlooks) {
            let Some((first, later)) = moments.split_first() else {
                continue;
            };
            let components = self.components(first, one.alternative)?;
            let net = self.first_year(one, &components, figures)?;
            self.remaining_manual_cost(first, one, &components, figures)?;
            let mut years = vec![];
            for moment in later {
                years.push(self.components(moment, one.alternative)?);
            }
            self.outlook(outlook, &components, &years, basics, figures)?;
            firsts.push(FirstYear {
                alternative: one.alternative,
                components,
                net,
            });
        }
        self.against_today(&firsts, figures)?;
        Ok(firsts)
    }

    fn first_year(
        &self,
        one: &AlternativeCost,
        components: &Components,
        figures: &mut Figures,
    ) -> Result<Part, MoneyError> {
        let alternative = one.alternative.as_str();
        let value = |cost: &Cost| Amount::cost(cost, self.currency());
        let all: Vec<Part> = components
            .parts
            .iter()
            .map(|(_, part)| part.clone())
            .collect();
        for part in &all {
            figures.add("alternatives", part.clone());
        }
        let total = Derivation::figure(
            format!("{alternative}/total"),
            value(&one.first_year),
            Rule::Sum,
            all,
        );
        figures.add("alternatives", total);
        for (what, keep) in [
            ("fees", Kind::is_fee as fn(Kind) -> bool),
            ("own-hours", |kind| !kind.is_fee() && !kind.is_manual()),
            ("remaining-manual-cost", Kind::is_manual),
        ] {
            let parts = components.parts.iter().filter(|(kind, _)| keep(*kind));
            let parts: Vec<Part> = parts.map(|(_, part)| part.clone()).collect();
            if parts.len() > 1 {
                let unit = Unit::Money(self.currency());
                let sum =
                    Derivation::made(format!("{alternative}/{what}"), unit, Rule::Sum, parts)?;
                figures.add("summary", sum);
            }
        }
        let avoided = components.avoided.clone();
        let net = self.net(
            format!("{alternative}/net-against-manual"),
            value(&one.net),
            avoided,
            components.added(|_| true),
        )?;
        Ok(figures.add("alternatives", net))
    }

    /// Where Guard is paid for already: what each alternative saves against what is paid and done today. A fee that is paid
    /// either way cancels; Guard without its SCIM still has all of the manual work.
    fn against_today(&self, firsts: &[FirstYear], figures: &mut Figures) -> Result<(), MoneyError> {
        let comparison = &self.modelled.model.comparison;
        let today = comparison
            .alternatives
            .iter()
            .find(|one| one.step == Move::Keep);
        let today = firsts
            .iter()
            .find(|first| Some(first.alternative) == today.map(|one| one.alternative));
        let Some(today) = today.filter(|_| comparison.is_guard_held()) else {
            return Ok(());
        };
        let money = Unit::Money(self.currency());
        let made = |name: String, rule, parts| Derivation::made(name, money, rule, parts);
        let scim = self.modelled.model.facts.scim_in_use;
        for (one, first) in comparison.alternatives.iter().zip(firsts) {
            let name = format!("{}/net-against-today", first.alternative.as_str());
            let is_paid_by = |other: &FirstYear, fee: &Part| {
                let fees = other.components.added(Kind::is_fee);
                let kind = fee.name.rsplit('/').next();
                fees.iter()
                    .any(|own| own.name.rsplit('/').next() == kind && own.value == fee.value)
            };
            let fees = |of: &FirstYear, other: &FirstYear| {
                let mut fees = of.components.added(Kind::is_fee);
                fees.retain(|fee| !is_paid_by(other, fee));
                fees
            };
            let work = |of: &FirstYear| -> Result<Part, MoneyError> {
                let own = format!("{name}/{}", of.alternative.as_str());
                let upkeep = of.components.added(|kind| !kind.is_fee());
                let upkeep = made(format!("{own}/own-hours"), Rule::Sum, upkeep)?;
                made(
                    format!("{own}/work"),
                    Rule::Remainder,
                    vec![of.components.avoided.clone(), upkeep],
                )
            };
            // What both alternatives take is counted once: the shared part is in either sum.
            let is_joint = scim && !first.alternative.is_native();
            let gained = match (scim, first.alternative.is_native()) {
                (true, true) => made(format!("{name}/work"), Rule::Sum, Vec::new())?,
                _ => work(first)?,
            };
            let dropped = made(
                format!("{name}/fees-dropped"),
                Rule::Sum,
                fees(today, first),
            )?;
            let gained = made(format!("{name}/gained"), Rule::Sum, vec![gained, dropped])?;
            let new = made(format!("{name}/fees-new"), Rule::Sum, fees(first, today))?;
            let given_up = if is_joint {
                let parts = vec![work(today)?, new];
                made(format!("{name}/given-up"), Rule::Sum, parts)?
            } else {
                new
            };
            let rule = if is_joint {
                Rule::Joint
            } else {
                Rule::Remainder
            };
            let value = Amount::cost(&one.net_against_today, self.currency());
            let net = Derivation::figure(name, value, rule, vec![gained, given_up]);
            figures.add("alternatives", net);
        }
        Ok(())
    }

    /// What is avoided less what is added, as figures that have nothing to do with each other.
    fn net(
        &self,
        name: String,
        value: Amount,
        avoided: Part,
        added: Vec<Part>,
    ) -> Result<Part, MoneyError> {
        let unit = Unit::Money(self.currency());
        let added = Derivation::made(format!("{name}/added"), unit, Rule::Sum, added)?;
        Ok(Derivation::figure(
            name,
            value,
            Rule::Remainder,
            vec![avoided, added],
        ))
    }

    fn outlook(
        &self,
        outlook: &Outlook,
        first: &Components,
        later: &[Components],
        basics: &Basics,
        figures: &mut Figures,
    ) -> Result<(), MoneyError> {
        let alternative = outlook.alternative.as_str();
        let money = Unit::Money(self.currency());
        let value = |cost: &Cost| Amount::cost(cost, self.currency());
        let mut columns: [Vec<Part>; 4] = Default::default();
        for year in &outlook.years {
            let name = |what: &str| format!("{alternative}/year-{}/{what}", year.year);
            let components = match year.year {
                0 | 1 => first,
                later_year => match later.get(later_year as usize - 2) {
                    Some(components) => components,
                    None => continue,
                },
            };
            let when = if year.year == 0 {
                When::Once
            } else {
                When::Yearly
            };
            let cost = Derivation::figure(
                name("cost"),
                value(&year.cost),
                Rule::Sum,
                components.paid(when),
            );
            let avoided = match when {
                When::Yearly => components.avoided.clone(),
                When::Once => Derivation::made(name("avoided"), money, Rule::Sum, Vec::new())?,
            };
            let added = components.added(|kind| kind.when() == when);
            let net = self.net(name("net"), value(&year.net), avoided, added)?;
            let factor = self.factor(basics, Name::DiscountRate, year.year)?;
            let present = |what: &str, whole: &Part, cost: &Cost| {
                let parts = vec![whole.clone(), factor.clone()];
                Derivation::figure(name(what), value(cost), Rule::Quotient, parts)
            };
            let present_cost = present("present-cost", &cost, &year.present_cost);
            let present_net = present("present-net", &net, &year.present_net);
            for (column, part) in columns
                .iter_mut()
                .zip([cost, net, present_cost, present_net])
            {
                column.push(figures.add("horizon", part));
            }
        }
        let [costs, nets, present_costs, present_nets] = columns;
        for (rule, payback, nets) in [
            ("payback", outlook.payback, &nets),
            (
                "discounted-payback",
                outlook.discounted_payback,
                &present_nets,
            ),
        ] {
            if let Some(payback) = payback {
                figures.add(
                    "summary",
                    paid_back(format!("{alternative}/{rule}"), payback, nets),
                );
            }
        }
        for (what, cost, parts) in [
            ("horizon/cost", &outlook.total, costs),
            ("horizon/net", &outlook.total_net, nets),
            ("horizon/present-cost", &outlook.present_cost, present_costs),
            (
                "net-present-value",
                &outlook.net_present_value,
                present_nets,
            ),
        ] {
            let name = format!("{alternative}/{what}");
            figures.add(
                "horizon",
                Derivation::figure(name, value(cost), Rule::Sum, parts),
            );
        }
        Ok(())
    }
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
