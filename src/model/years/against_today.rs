//! What an alternative saves against today, where Guard may be paid for already: a fee that is paid either way
//! cancels, and a fee that is dropped is saved. Guard that is held without SCIM still has the manual work.

use super::{Builder, Sheet, Sums};
use crate::figures::{Id, Rule};
use crate::model::alternative::Alternative;
use crate::model::component::ComponentKind;
use crate::model::inputs::facts::GuardHeld;
use crate::model::inputs::fees::Inputs;

/// The alternative in which the organisation works today.
pub(crate) const fn today(inputs: &Inputs) -> Alternative {
    match inputs.held {
        GuardHeld::None => Alternative::Manual,
        GuardHeld::Standard => Alternative::GuardStandard,
        GuardHeld::Premium => Alternative::GuardPremium,
    }
}

impl Builder<'_> {
    /// The net of each alternative against today.
    pub(super) fn against_today(&mut self, sheets: &[(Sheet, Sums)]) -> Vec<Id> {
        let today = today(self.inputs);
        let now = sheets.iter().find(|(sheet, _)| sheet.alternative == today);
        let Some(now) = now.filter(|_| self.inputs.held != GuardHeld::None) else {
            return sheets.iter().map(|(_, sums)| sums.net).collect();
        };
        sheets
            .iter()
            .map(|one| self.net_against(one, now))
            .collect()
    }

    fn net_against(&mut self, one: &(Sheet, Sums), now: &(Sheet, Sums)) -> Id {
        let alternative = one.0.alternative;
        let name = |what: &str| format!("{}/net-against-today{what}", alternative.as_str());
        let mut gained = self.fees_without(&now.0, &one.0);
        let mut given_up = self.fees_without(&one.0, &now.0);
        if !self.inputs.scim_in_use {
            gained.push(one.1.free_of_charge);
        } else if !alternative.is_native() {
            gained.push(one.1.free_of_charge);
            given_up.push(now.1.free_of_charge);
        }
        let parts = [
            self.list
                .add(name("/gained"), self.money, Rule::Sum, &gained),
            self.list
                .add(name("/given-up"), self.money, Rule::Sum, &given_up),
        ];
        self.list
            .add(name(""), self.money, Rule::Difference, &parts)
    }

    /// The fees of one alternative that another does not pay as well.
    fn fees_without(&self, of: &Sheet, other: &Sheet) -> Vec<Id> {
        let is_same = |kind: ComponentKind, fee: Id| {
            other.of(kind).is_some_and(|known| {
                let (one, other) = (self.list.of(fee), self.list.of(known));
                one.span() == other.span() && one.missing() == other.missing()
            })
        };
        let fees = of.components.iter().filter(|(kind, _)| kind.is_fee());
        let own = fees.filter(|(kind, fee)| !is_same(*kind, *fee));
        own.map(|(_, fee)| *fee).collect()
    }
}
