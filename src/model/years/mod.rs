//! Every alternative, year by year, as one list of figures: each formula of the model's costs stands here, once.
//!
//! ```text
//! Inputs, Values ─► leaves ─► manual_cost ─► remaining ─► sheet (components) ─► sums ─► against_today, ceilings
//!                                                                                └────► ahead (horizon)
//! ```
//!
//! Tables, `explain`, sensitivity, simulation and break-even read this list. What a bill comes to is `price`'s: a fee
//! is a leaf here, at a place of its range that every bill at that price shares.

mod against_today;
mod ahead;
mod ceilings;
mod leaves;
mod line;
mod manual_cost;
mod moved;
pub(crate) mod position;
mod remaining;
mod sheet;
mod sums;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub(crate) use against_today::today;
pub(crate) use ahead::HorizonFigures;
pub(crate) use leaves::Leaf;
pub(crate) use line::FAR;
pub(crate) use manual_cost::ManualCost;
pub(crate) use remaining::is_left_by_scim;
pub(crate) use sheet::{Sheet, own_hours};
pub(crate) use sums::Sums;

use crate::figures::{Figures, Id, Rule, Unit};
use crate::model::alternative::Alternative;
use crate::model::assumptions::assumption::Values;
use crate::model::inputs::fees::{Fees, Inputs};
use crate::money::{Cost, Currency};

/// The benchmark is stated for so many people.
pub(crate) const BENCHMARK_PEOPLE: u64 = 500;

/// The figures of some alternatives.
#[derive(Clone, Debug)]
pub(crate) struct Years {
    pub(crate) figures: Figures,
    /// What the leaves are, for those who explain them or move them.
    pub(crate) leaves: BTreeMap<Leaf, Id>,
    /// In the order of `Alternative::ALL`.
    pub(crate) alternatives: Vec<AlternativeFigures>,
    currency: Currency,
}

/// The figures of one alternative.
#[derive(Clone, Debug)]
pub(crate) struct AlternativeFigures {
    pub(crate) alternative: Alternative,
    pub(crate) first: Sheet,
    pub(crate) sums: Sums,
    /// What it saves against what is done and paid today; its net against manual work where no Guard is held.
    pub(crate) net_against_today: Id,
    /// The yearly fee at which a third party saves as much as this alternative; `None` for the third party itself.
    pub(crate) ceiling: Option<Id>,
}

impl Years {
    /// The first year of all alternatives.
    pub(crate) fn first(inputs: &Inputs, values: &Values) -> Years {
        Years::of(&Alternative::ALL, inputs, values)
    }

    /// The first year of some alternatives.
    pub(crate) fn of(alternatives: &[Alternative], inputs: &Inputs, values: &Values) -> Years {
        Years::named("", alternatives, inputs, values)
    }

    /// The same under another name, where it stands beside the first year of a report.
    pub(crate) fn named(
        name: &str,
        alternatives: &[Alternative],
        inputs: &Inputs,
        values: &Values,
    ) -> Years {
        let mut builder = Builder::new(inputs, values);
        let alternatives = builder.alternatives(name, alternatives);
        builder.finish(alternatives)
    }

    pub(crate) fn of_alternative(&self, alternative: Alternative) -> Option<&AlternativeFigures> {
        self.alternatives
            .iter()
            .find(|one| one.alternative == alternative)
    }

    /// A figure that is money.
    pub(crate) fn cost(&self, id: Id) -> Cost {
        self.figures.cost(id, self.currency)
    }
}

/// One year: what it is called, what its fees are before prices rise, and what has grown by then.
struct Year<'a> {
    /// Empty in the first year, then `year-2`.
    name: String,
    past: u32,
    fees: &'a Fees,
    /// `None` where the factor is one.
    growth: Option<Id>,
    dearer: Option<Id>,
    wages: Option<Id>,
}

impl Year<'_> {
    /// `manual/it-labour`, `manual/year-2/it-labour`.
    fn of(&self, alternative: Alternative, what: &str) -> String {
        let alternative = alternative.as_str();
        match self.name.as_str() {
            "" => format!("{alternative}/{what}"),
            year => format!("{alternative}/{year}/{what}"),
        }
    }

    /// `manual hours`, `manual hours, year-2`.
    fn suffixed(&self, what: &str) -> String {
        match self.name.as_str() {
            "" => what.to_owned(),
            year => format!("{what}, {year}"),
        }
    }
}

/// Adds figures to a list.
struct Builder<'a> {
    list: Figures,
    leaves: BTreeMap<Leaf, Id>,
    /// Figures that several others rest on, by name.
    shared: BTreeMap<String, Id>,
    inputs: &'a Inputs,
    values: &'a Values,
    money: Unit,
}

impl<'a> Builder<'a> {
    fn new(inputs: &'a Inputs, values: &'a Values) -> Builder<'a> {
        Builder {
            list: Figures::default(),
            leaves: BTreeMap::new(),
            shared: BTreeMap::new(),
            inputs,
            values,
            money: Unit::Money(inputs.currency),
        }
    }

    /// The first year of some alternatives, and what follows from it.
    fn alternatives(
        &mut self,
        name: &str,
        alternatives: &[Alternative],
    ) -> Vec<AlternativeFigures> {
        let inputs = self.inputs;
        let year = Year {
            name: name.to_owned(),
            past: 0,
            fees: &inputs.fees,
            growth: None,
            dearer: None,
            wages: None,
        };
        let sheets: Vec<(Sheet, Sums)> = self
            .sheets(alternatives, &year)
            .into_iter()
            .map(|sheet| {
                let sums = self.sums(&sheet);
                (sheet, sums)
            })
            .collect();
        let against_today = self.against_today(&sheets);
        let ceilings = self.ceilings(&sheets);
        let further = against_today.into_iter().zip(ceilings);
        let found = sheets.into_iter().zip(further);
        found
            .map(
                |((first, sums), (net_against_today, ceiling))| AlternativeFigures {
                    alternative: first.alternative,
                    first,
                    sums,
                    net_against_today,
                    ceiling,
                },
            )
            .collect()
    }

    /// A figure that several others rest on, once.
    fn shared(&mut self, name: String, unit: Unit, rule: Rule, parts: &[Id]) -> Id {
        if let Some(id) = self.shared.get(&name) {
            return *id;
        }
        let id = self.list.add(name.as_str(), unit, rule, parts);
        self.shared.insert(name, id);
        id
    }

    fn finish(self, alternatives: Vec<AlternativeFigures>) -> Years {
        Years {
            figures: self.list,
            leaves: self.leaves,
            alternatives,
            currency: self.inputs.currency,
        }
    }
}
