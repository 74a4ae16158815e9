//! `Figures`: one list of figures, each made of figures before it, computed as it is added.
//!
//! A formula of the model is written once, as a figure: its name, its rule and its parts. The number, its range and
//! what is missing of it follow from the rule. So the record of how a number is made *is* the computation, and the
//! same list is computed again with other values in its leaves.
//!
//! ```text
//! leaf ─┐
//! leaf ─┼─► figure ─► figure ─► …        rule: what a figure makes of its parts
//! leaf ─┘                                range: what it may be while its leaves move
//! ```
//!
//! **Ranges.** A figure is a function of its leaves. Its range is what that function gives while the uncertain leaves
//! move between their ends, each leaf at one place everywhere (see `range`). A leaf of which nothing is known has no
//! ends: it is missing, by name, and so is a part of every figure above it. Unknown is never zero.
//!
//! No figure knows what it is about: alternatives, years and prices are the model's.

mod range;
mod rule;
mod span;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub(crate) use rule::Rule;
pub(crate) use span::Span;

use crate::money::{Cost, Currency, Money, MoneyRange, Number};
use range::Direction;

/// Where a figure stands in its list.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct Id(u32);

impl Id {
    /// The value of this figure among those of the whole list; `None` where it is not known.
    pub(crate) fn among(self, values: &[Option<Number>]) -> Option<Number> {
        values.get(self.0 as usize).copied().flatten()
    }
}

/// What a number counts, or the currency of money.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Unit {
    Money(Currency),
    Of(&'static str),
}

impl Unit {
    /// Money is rounded to its minor unit, other numbers are not.
    fn places(self) -> Option<u32> {
        match self {
            Unit::Money(currency) => Some(currency.minor_digits()),
            Unit::Of(_) => None,
        }
    }
}

/// What a leaf is worth: its value, and the ends that it may move between.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Given {
    pub(crate) value: Number,
    pub(crate) ends: Span,
}

impl Given {
    pub(crate) const fn exactly(value: Number) -> Given {
        Given {
            value,
            ends: Span::point(value),
        }
    }

    /// Between two ends, in the middle of them as long as nothing else is said.
    pub(crate) fn between(ends: Span) -> Given {
        let width = ends.high.minus(ends.low);
        let half = width.and_then(|width| width.times(Number::HALF));
        let middle = half.and_then(|half| ends.low.plus(half));
        Given {
            value: middle.unwrap_or(ends.low),
            ends,
        }
    }
}

/// One figure of the list.
#[derive(Clone, Debug)]
pub(crate) struct Figure {
    /// `guard-standard/it-labour`.
    pub(crate) name: String,
    pub(crate) unit: Unit,
    pub(crate) rule: Rule,
    /// All stand before this figure.
    pub(crate) parts: Vec<Id>,
    /// With every leaf at its value; `None` where nothing is known.
    value: Option<Number>,
    /// What the known part may be.
    span: Option<Span>,
    missing: Vec<String>,
    /// Whether what is missing could make it less: then its known part is no floor, and nothing is known.
    is_bottomless: bool,
    /// Whether uncertain leaves pull two of its parts apart, so that these cannot each go to an end of their own.
    is_joint: bool,
    /// The uncertain leaves below, and which way each moves it.
    leaves: BTreeMap<Id, Direction>,
}

impl Figure {
    /// What the known part may be; `None` where nothing is known.
    pub(crate) const fn span(&self) -> Option<Span> {
        self.span
    }

    /// With every leaf at its value; `None` where nothing is known.
    pub(crate) const fn value(&self) -> Option<Number> {
        self.value
    }

    /// Whether its range is narrower than those of its parts would make it, since they share uncertain leaves.
    pub(crate) const fn is_joint(&self) -> bool {
        self.is_joint
    }

    /// What is not known, each reason once.
    pub(crate) fn missing(&self) -> &[String] {
        &self.missing
    }
}

/// Figures in the order in which they were added.
#[derive(Clone, Default, Debug)]
pub(crate) struct Figures {
    list: Vec<Figure>,
}

impl Figures {
    /// A leaf: a count, a price, an assumption.
    pub(crate) fn leaf(&mut self, name: impl Into<String>, unit: Unit, given: Given) -> Id {
        let id = self.next();
        let mut leaves = BTreeMap::new();
        if !given.ends.is_point() {
            leaves.insert(id, Direction::Up);
        }
        self.push(Figure {
            name: name.into(),
            unit,
            rule: Rule::Given,
            parts: Vec::new(),
            value: Some(given.value),
            span: Some(given.ends),
            missing: Vec::new(),
            is_bottomless: false,
            is_joint: false,
            leaves,
        })
    }

    /// A cost that nothing here computes, as a leaf. Where it is a range, it lies where `place` says, between 0 and 1,
    /// and so does every other cost at the same place.
    pub(crate) fn cost_leaf(
        &mut self,
        name: impl Into<String>,
        currency: Currency,
        cost: &Cost,
        place: Option<Id>,
    ) -> Id {
        let unit = Unit::Money(currency);
        let known = cost.known().map(|range| Span {
            low: range.low().amount(),
            high: range.high().amount(),
        });
        let id = match (known, place) {
            (Some(ends), Some(place)) => self.add(name, unit, Rule::Placed(ends), &[place]),
            (Some(ends), None) => self.leaf(name, unit, Given::between(ends)),
            (None, _) => self.leaf(name, unit, Given::exactly(Number::ZERO)),
        };
        if let Some(figure) = self.list.get_mut(id.0 as usize) {
            figure.missing = cost.missing().to_vec();
            if known.is_none() {
                figure.value = None;
                figure.span = None;
            }
        }
        id
    }

    /// A figure made of figures that are in the list.
    pub(crate) fn add(
        &mut self,
        name: impl Into<String>,
        unit: Unit,
        rule: Rule,
        parts: &[Id],
    ) -> Id {
        let mut figure = Figure {
            name: name.into(),
            unit,
            rule,
            parts: parts.to_vec(),
            value: None,
            span: None,
            missing: Vec::new(),
            is_bottomless: false,
            is_joint: false,
            leaves: BTreeMap::new(),
        };
        for part in parts {
            for reason in &self.of(*part).missing {
                if !figure.missing.contains(reason) {
                    figure.missing.push(reason.clone());
                }
            }
        }
        figure.is_bottomless = self.is_bottomless(rule, parts);
        let known: Vec<Id> = parts
            .iter()
            .copied()
            .filter(|part| self.of(*part).span.is_some())
            .collect();
        // Known parts of a sum add up beside unknown ones; any other rule needs them all.
        let is_sum = rule == Rule::Sum;
        let is_enough = known.len() == parts.len() || (is_sum && !known.is_empty());
        if is_enough && !figure.is_bottomless {
            let values: Vec<Number> = known
                .iter()
                .filter_map(|part| self.of(*part).value)
                .collect();
            match rule.at(&values, figure.unit.places()) {
                Ok(value) => {
                    figure.value = Some(value);
                    self.set_range(&mut figure, &known);
                }
                Err(error) => figure.missing.push(error.to_string()),
            }
        }
        self.push(figure)
    }

    /// Whether what is missing could make a figure less than its known part.
    fn is_bottomless(&self, rule: Rule, parts: &[Id]) -> bool {
        let lacks = |part: &Id| !self.of(*part).missing.is_empty();
        parts.iter().any(|part| self.of(*part).is_bottomless)
            || match rule {
                Rule::Negative => parts.iter().any(lacks),
                Rule::Difference => parts.iter().skip(1).any(lacks),
                _ => false,
            }
    }

    fn next(&self) -> Id {
        Id(u32::try_from(self.list.len()).unwrap_or(u32::MAX))
    }

    fn push(&mut self, figure: Figure) -> Id {
        let id = self.next();
        self.list.push(figure);
        id
    }

    /// A figure of this list.
    pub(crate) fn of(&self, id: Id) -> &Figure {
        &self.list[id.0 as usize]
    }

    /// A figure as money that may lack parts.
    pub(crate) fn cost(&self, id: Id, currency: Currency) -> Cost {
        let figure = self.of(id);
        let money = |number| Money::new(number, currency);
        let known = figure
            .span
            .and_then(|span| MoneyRange::between(money(span.low), money(span.high)).ok());
        Cost::of(known, figure.missing.clone())
    }

    /// Computes every figure again with other values in some leaves; `values` has one for each figure afterwards,
    /// and none for what is not known.
    pub(crate) fn again(&self, given: &[(Id, Number)], values: &mut Vec<Option<Number>>) {
        values.clear();
        values.extend(self.list.iter().map(|figure| figure.value));
        for (leaf, value) in given {
            values[leaf.0 as usize] = Some(*value);
        }
        let mut parts = Vec::new();
        for at in 0..self.list.len() {
            self.compute(at, values, &mut parts);
        }
    }

    /// One figure from the values of its parts.
    fn compute(&self, at: usize, values: &mut [Option<Number>], parts: &mut Vec<Number>) {
        let figure = &self.list[at];
        if figure.rule == Rule::Given || figure.value.is_none() {
            return;
        }
        parts.clear();
        parts.extend(
            figure
                .parts
                .iter()
                .filter_map(|part| values[part.0 as usize]),
        );
        values[at] = figure.rule.at(parts, figure.unit.places()).ok();
    }
}
