//! What would change the answer: break-even in headcount, price, hours, hourly rate and orphan rate.

use crate::model::alternatives::describe::Context;
use crate::model::assumptions::assumption::Name;
use crate::model::break_even::crossing::End;
use crate::model::break_even::headcount::{Against, BY_BENCHMARK, HeadcountBreakEven};
use crate::model::break_even::line::{Line, line};
use crate::model::break_even::point::{BreakEven, Input};
use crate::model::inputs::fees::Inputs;
use crate::model::span::Span;
use crate::model::years::BENCHMARK_PEOPLE;
use crate::money::{Money, MoneyError, MoneyRange, Number};

use super::Known;
use super::bills::number;
use super::derivation::{Amount, Derivation, Origin, Part, Rule, Unit, Value};
use super::figures::Figures;
use super::listed::Listed;
use super::stated::Basics;

impl Known<'_> {
    pub(super) fn break_evens(
        &self,
        basics: &Basics,
        listed: &mut Listed<'_>,
        figures: &mut Figures,
    ) -> Result<(), MoneyError> {
        let model = &self.modelled.model;
        let inputs = Inputs::of(&model.facts, &self.pricing, &model.assumptions)?;
        let context = Context {
            facts: &model.facts,
            inputs: &inputs,
            values: &model.assumptions.stated(),
            assumptions: &model.assumptions,
        };
        for one in &model.headcounts {
            self.headcount(one, basics, figures)?;
        }
        for one in &model.break_even_points {
            let found = listed.years.of_alternative(one.alternative);
            if let Some(net) = found.map(|found| found.sums.net) {
                let net = listed.part(net)?;
                self.break_even(one, &context, basics, &net, figures)?;
            }
        }
        self.ceilings(basics, listed, figures)?;
        self.swings(basics, figures);
        Ok(())
    }

    /// The value of one number at which an alternative costs as much as manual work.
    fn break_even(
        &self,
        one: &BreakEven,
        context: &Context<'_>,
        basics: &Basics,
        net: &Part,
        figures: &mut Figures,
    ) -> Result<(), MoneyError> {
        let money = Unit::Money(self.currency());
        let name = format!(
            "{}/break-even/{}",
            one.alternative.as_str(),
            one.input.as_str()
        );
        let unit = match one.input {
            input if input.is_money() => money,
            Input::Hours => Unit::Of("h"),
            _ => Unit::Of("accounts for 100 people"),
        };
        let needed = Amount::searched(one.needed, missing(one), unit);
        let now = Amount::new(Some(one.now), Vec::new(), unit);
        let parts = if one.input == Input::Price {
            self.price(one, &name, [now, needed], context, basics)?
        } else {
            vec![
                self.today(one, &name, now, basics)?,
                self.root(one, &name, needed, context, basics, net)?,
            ]
        };
        for part in parts {
            figures.add("break_even", part);
        }
        Ok(())
    }

    /// What a number is today, every assumption at its value.
    fn today(
        &self,
        one: &BreakEven,
        name: &str,
        now: Amount,
        basics: &Basics,
    ) -> Result<Part, MoneyError> {
        let people = || basics.counted.headcount.clone();
        let benchmark = |name| {
            vec![
                basics.rate(name),
                people(),
                number("people of the benchmark", BENCHMARK_PEOPLE, "people"),
            ]
        };
        let (rule, parts) = match (one.input, &basics.hours_a_year, &basics.orphaned) {
            (Input::Hours, Some(stated), _) => (Rule::Same, vec![stated.clone()]),
            (Input::Hours, None, _) => (Rule::Scaled, benchmark(Name::ItHoursPer500)),
            (Input::Orphans, _, counted) => {
                let orphaned = match counted {
                    Some(counted) => counted.clone(),
                    None => Derivation::made(
                        format!("{name}/accounts-today"),
                        Unit::Of("accounts"),
                        Rule::Scaled,
                        benchmark(Name::OrphansPer500),
                    )?,
                };
                (
                    Rule::Scaled,
                    vec![
                        orphaned,
                        number("a hundred people", 100, "people"),
                        people(),
                    ],
                )
            }
            _ => (Rule::Same, vec![basics.rate(Name::ItHourlyRate)]),
        };
        Ok(Derivation::figure(
            format!("{name}/today"),
            now,
            rule,
            parts,
        ))
    }

    /// Where the net, as a straight line in one number, is nothing.
    fn root(
        &self,
        one: &BreakEven,
        name: &str,
        needed: Amount,
        context: &Context<'_>,
        basics: &Basics,
        net: &Part,
    ) -> Result<Part, MoneyError> {
        let solved = line(context, one.alternative, one.against, one.input)?;
        let Some(line) = solved.filter(|_| one.needed.is_some()) else {
            let words = Value::Words(one.statement.clone());
            let parts = vec![net.clone()];
            return Ok(Derivation::with_working(
                name,
                words,
                Rule::Recomputed,
                parts,
                String::new(),
            ));
        };
        let money = Unit::Money(self.currency());
        let computed = |what: &str, span: Span, working: String| {
            let value = Amount::searched(Some(span), Vec::new(), money);
            Derivation::with_working(
                format!("{name}/{what}"),
                Value::Amount(value),
                Rule::Recomputed,
                vec![net.clone()],
                working,
            )
        };
        let start = computed(
            "net-without",
            line.start,
            format!(
                "{}, with every assumption at its value, prices and counts between their ends, and {} set to nothing",
                net.name, one.what
            ),
        );
        let rise = computed(
            "rise",
            line.rise,
            "what one more adds to that net".to_owned(),
        );
        if one.input != Input::Orphans {
            return Ok(Derivation::figure(
                name,
                needed,
                Rule::Root,
                vec![start, rise],
            ));
        }
        // Solved in accounts, told for 100 people.
        let accounts = from_zero(line)?;
        let accounts = Derivation::figure(
            format!("{name}/accounts"),
            Amount::of(accounts, "accounts"),
            Rule::Root,
            vec![start, rise],
        );
        let parts = vec![
            accounts,
            number("a hundred people", 100, "people"),
            basics.counted.headcount.clone(),
        ];
        Ok(Derivation::figure(name, needed, Rule::Scaled, parts))
    }

    /// From how many people or users on a plan pays.
    fn headcount(
        &self,
        one: &HeadcountBreakEven,
        basics: &Basics,
        figures: &mut Figures,
    ) -> Result<(), MoneyError> {
        let end = match one.fee {
            End::Low => "low",
            End::High => "high",
        };
        let against = match one.against {
            Against::ManualCost => "manual-cost",
            Against::WhatItAvoids => "what-it-avoids",
        };
        let name = format!(
            "{}/break-even/headcount/{end}-price/{against}/per-{}",
            one.alternative.as_str(),
            one.per
        );
        let money =
            |amount: Number| Amount::range(MoneyRange::point(Money::new(amount, self.currency())));
        let made_of = || {
            BY_BENCHMARK
                .iter()
                .map(|&name| basics.rate(name))
                .collect::<Vec<_>>()
        };
        let at = |quantity: u64| -> Result<Vec<Part>, MoneyError> {
            let Some(cost) = one.line.at(quantity)? else {
                return Ok(Vec::new());
            };
            let worth = one.worth.net(quantity, Number::ZERO)?;
            Ok(vec![
                Derivation::leaf(
                    format!("{name}/fee-for-{quantity}"),
                    Value::Amount(money(cost.rounded(4))),
                    Rule::Priced,
                    Origin::new(
                        one.basis,
                        &one.source,
                        format!("a year of Guard at the {end} end of its price"),
                    ),
                ),
                Derivation::with_working(
                    format!("{name}/worth-of-{quantity}"),
                    Value::Amount(money(worth.rounded(4))),
                    Rule::Recomputed,
                    made_of(),
                    format!(
                        "{} for each {} and year, less {} whatever their number",
                        one.worth_each.exact(),
                        one.per,
                        one.worth_less.grouped()
                    ),
                ),
            ])
        };
        if one.crossings.is_empty() {
            let parts = match one.searched_to {
                0 => made_of(),
                to => [at(1)?, at(to)?].concat(),
            };
            let words = Value::Words(one.statement.clone());
            let part =
                Derivation::with_working(&name, words, Rule::NoCrossing, parts, String::new());
            figures.add("break_even", part);
        }
        for (place, crossing) in one.crossings.iter().enumerate() {
            let before = match crossing.from {
                1 => Vec::new(),
                from => at(from - 1)?,
            };
            let part = Derivation::with_working(
                format!("{name}/{}", place + 1),
                Value::Amount(Amount::count(crossing.from, "")),
                Rule::Crossing,
                [before, at(crossing.from)?].concat(),
                one.statement.clone(),
            );
            figures.add("break_even", part);
        }
        Ok(())
    }
}

/// The roots of a line, nothing where there is none.
fn from_zero(line: Line) -> Result<Span, MoneyError> {
    let root = |start: Number, rise: Number| -> Result<Number, MoneyError> {
        let root = Number::ZERO.minus(start)?.divided_by(rise)?;
        Ok(root.max(Number::ZERO))
    };
    Ok(Span::between(
        root(line.start.low, line.rise.low)?,
        root(line.start.high, line.rise.high)?,
    ))
}

/// Why there is no value at which the answer turns.
fn missing(one: &BreakEven) -> Vec<String> {
    match one.needed {
        Some(_) => Vec::new(),
        None => vec![one.statement.clone()],
    }
}
