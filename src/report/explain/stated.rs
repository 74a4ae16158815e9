//! Assumptions, facts that the decision looked at, days: figures that are made of nothing else.

use crate::model::assumptions::assumption::{Assumption, HOURS_A_YEAR, Kind, Name};
use crate::model::basis::Basis;
use crate::model::span::Span;

use super::Known;
use super::counts::Counted;
use super::derivation::{Amount, Derivation, Origin, Part, Rule, Unit, Value};
use super::figures::Figures;
use super::savings::Licences;

/// What every year is made of.
#[derive(Clone)]
pub(super) struct Basics {
    pub(super) counted: Counted,
    /// `None` without an Atlassian export.
    pub(super) licences: Option<Licences>,
    /// In the order of the names: the spans that figures are made with, and the values alone.
    pub(super) assumptions: Vec<Part>,
    pub(super) values: Vec<Part>,
    /// Hours that the configuration states.
    pub(super) hours_a_year: Option<Part>,
    pub(super) orphaned: Option<Part>,
    pub(super) orphaned_unclaimed: Part,
}

impl Basics {
    pub(super) fn assumption(&self, name: Name) -> Part {
        self.assumptions[name as usize].clone()
    }

    /// A yearly rate: it enters at its value alone.
    pub(super) fn rate(&self, name: Name) -> Part {
        self.values[name as usize].clone()
    }
}

impl Known<'_> {
    pub(super) fn basics(
        &self,
        counted: Counted,
        licences: Option<Licences>,
        figures: &mut Figures,
    ) -> Basics {
        let model = &self.modelled.model;
        let stated = model.assumptions.stated();
        let list = model.assumptions.list();
        let assumptions: Vec<Part> = list
            .iter()
            .map(|one| self.assumption(one, one.name.as_str().to_owned(), stated.of(one.name)))
            .collect();
        for part in &assumptions {
            figures.add("assumptions", part.clone());
        }
        let values = list.iter().map(|one| {
            let name = format!("{}, at its value", one.name.as_str());
            self.assumption(one, name, Span::point(one.value))
        });
        let hours = model.assumptions.hours_a_year().map(|hours| {
            let value = Value::Amount(Amount::of(Span::point(hours.value), "h"));
            let from = Origin::new(Basis::Configured, &hours.source, "manual hours in a year");
            figures.add(
                "assumptions",
                Derivation::leaf(HOURS_A_YEAR, value, Rule::Stated, from),
            )
        });
        let accounts = model.facts.accounts.as_ref();
        let orphaned = model.facts.orphaned().map(|count| {
            let what = "accounts.csv has each one's standing";
            self.counted("accounts/orphaned".to_owned(), count, "accounts", what)
        });
        let unclaimed = accounts.map_or(0, |accounts| accounts.orphaned_unclaimed);
        Basics {
            values: values.collect(),
            assumptions,
            hours_a_year: hours,
            orphaned,
            orphaned_unclaimed: self.counted(
                "orphaned accounts on domains that are not claimed".to_owned(),
                unclaimed,
                "accounts",
                "no provisioning acts on them",
            ),
            counted,
            licences,
        }
    }

    fn assumption(&self, one: &Assumption, name: String, span: Span) -> Part {
        let unit = match one.kind {
            Kind::Money => Unit::Money(self.currency()),
            kind => Unit::Of(kind.counts()),
        };
        let value = Amount {
            value: Some(one.value),
            ..Amount::new(Some(span), Vec::new(), unit)
        };
        let range = if one.low == one.high {
            String::new()
        } else {
            format!(
                "; value {}, from {} to {}: {}",
                one.value.plain(),
                one.low.plain(),
                one.high.plain(),
                one.spread
            )
        };
        let from = Origin::new(one.basis, &one.source, format!("{}{range}", one.meaning));
        Derivation::leaf(name, Value::Amount(value), Rule::Stated, from)
    }

    /// What the decision looked at, and the days of the deadlines.
    pub(super) fn facts(&self, figures: &mut Figures) {
        for situation in &self.modelled.model.decision.situations {
            for fact in &situation.facts {
                let from = Origin::new(fact.basis, &fact.source, situation.situation);
                figures.add(
                    "decision",
                    Derivation::leaf(
                        format!("decision/{}/{}", situation.rule.as_str(), fact.name),
                        Value::Words(fact.value.clone()),
                        Rule::Stated,
                        from,
                    ),
                );
            }
        }
        for one in &self.modelled.deadlines {
            let name = format!("deadline/{}/{}", one.kind.as_str(), one.what);
            let from = Origin::new(one.basis, &one.source, &one.action);
            let day = Derivation::leaf(&name, Value::Day(one.day), Rule::Calendar, from);
            let from = Origin::new(one.basis, "the day and the report's day", &one.action);
            let left = Amount::of(Span::point(number(one.days_left)), "days");
            figures.add("deadlines", day);
            figures.add(
                "deadlines",
                Derivation::leaf(
                    format!("{name}/days-left"),
                    Value::Amount(left),
                    Rule::Calendar,
                    from,
                ),
            );
        }
        if let Some(simulation) = &self.modelled.simulation {
            for one in &simulation.spreads {
                for (what, money) in [
                    ("net-p10", one.p10),
                    ("net-p50", one.p50),
                    ("net-p90", one.p90),
                ] {
                    let value = Amount::range(crate::money::MoneyRange::point(money));
                    self.drawn(figures, one.alternative.as_str(), what, value, &one.source);
                }
                let saves_in = [("saves-in", one.saves_in)];
                let cheapest_in = one.cheapest_in.map(|count| ("cheapest-in", count));
                for (what, count) in cheapest_in.into_iter().chain(saves_in) {
                    self.drawn(
                        figures,
                        one.alternative.as_str(),
                        what,
                        Amount::count(count, "draws"),
                        &one.source,
                    );
                }
            }
        }
    }

    fn drawn(
        &self,
        figures: &mut Figures,
        alternative: &str,
        what: &str,
        value: Amount,
        source: &str,
    ) {
        let from = Origin::new(Basis::Assumed, source, "ranges: assumptions.csv");
        let name = format!("{alternative}/simulation/{what}");
        figures.add(
            "simulation",
            Derivation::leaf(name, Value::Amount(value), Rule::Drawn, from),
        );
    }
}

fn number(days: i32) -> crate::money::Number {
    let size = crate::money::Number::from(days.unsigned_abs());
    if days < 0 {
        crate::money::Number::ZERO.minus(size).unwrap_or(size)
    } else {
        size
    }
}
