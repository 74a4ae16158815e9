//! What managing accounts manually costs in a year, before any alternative.

use super::{Builder, Leaf, Year};
use crate::figures::{Given, Id, Rule, Span, Unit};
use crate::model::alternative::Alternative;
use crate::model::assumptions::assumption::Name;
use crate::model::component::ComponentKind;
use crate::model::inputs::fees::{Inputs, Waste};
use crate::money::Number;

/// The three costs of manual work in a year, and what they are made of.
#[derive(Clone, Debug)]
pub(crate) struct ManualCost {
    pub(crate) unused: Id,
    /// What goes with the leavers' seats; `None` where no directory shows them.
    pub(crate) of_leavers: Option<Id>,
    pub(crate) hours: Id,
    pub(crate) labour: Id,
    pub(crate) orphans: Id,
    pub(crate) misses: Id,
}

/// Stated hours move as far, in proportion, as the listed ones.
pub(super) fn stated_hours(inputs: &Inputs, stated: Number, listed: Number) -> Number {
    let base = inputs.at_values.of(Name::ItHoursPer500).low;
    if listed == base {
        return stated;
    }
    let moved = stated
        .times(listed)
        .and_then(|hours| hours.divided_by(base));
    moved.unwrap_or(stated)
}

impl ManualCost {
    pub(super) const fn of(&self, kind: ComponentKind) -> Id {
        match kind {
            ComponentKind::ItLabour => self.labour,
            ComponentKind::ComplianceMisses => self.misses,
            _ => self.unused,
        }
    }
}

impl Builder<'_> {
    pub(super) fn manual_cost(&mut self, year: &Year<'_>) -> ManualCost {
        let name = |kind: ComponentKind| year.of(Alternative::Manual, kind.as_str());
        let hours = self.hours(year);
        let parts = [hours, self.value(Name::ItHourlyRate, year)];
        let labour = self.list.add(
            name(ComponentKind::ItLabour),
            self.money,
            Rule::Product,
            &parts,
        );
        let orphans = self.orphans(year);
        let parts = [
            orphans,
            self.value(Name::MissShare, year),
            self.value(Name::CostPerMiss, year),
        ];
        let misses = self.list.add(
            name(ComponentKind::ComplianceMisses),
            self.money,
            Rule::Product,
            &parts,
        );
        let (unused, of_leavers) = self.unused(name(ComponentKind::UnusedLicences), year);
        ManualCost {
            unused,
            of_leavers,
            hours,
            labour,
            orphans,
            misses,
        }
    }

    /// Hours of manual work: stated ones, else the benchmark's for the headcount.
    fn hours(&mut self, year: &Year<'_>) -> Id {
        let Some(stated) = self.inputs.hours_a_year else {
            return self.for_headcount("manual hours", Name::ItHoursPer500, "h", year);
        };
        let moved = |listed: Number| stated_hours(self.inputs, stated, listed);
        let listed = self.values.of(Name::ItHoursPer500);
        let given = Given::between(Span::between(moved(listed.low), moved(listed.high)));
        let hours = self.once(Leaf::HoursAYear, "it_hours_a_year", Unit::Of("h"), given);
        match year.growth {
            None => hours,
            Some(growth) => {
                let name = year.suffixed(&self.list.of(hours).name);
                let parts = [hours, growth];
                self.list
                    .add(name, Unit::Of("h"), Rule::ExactProduct, &parts)
            }
        }
    }

    /// Orphaned accounts: counted, else the benchmark's for the headcount.
    fn orphans(&mut self, year: &Year<'_>) -> Id {
        match self.orphaned() {
            Some(counted) => self.grown(counted, year),
            None => self.for_headcount("orphaned accounts", Name::OrphansPer500, "accounts", year),
        }
    }

    /// The orphaned accounts that were counted.
    pub(super) fn orphaned(&mut self) -> Option<Id> {
        let count = self.inputs.orphaned?;
        Some(self.number(Leaf::Orphaned, "accounts/orphaned", count, "accounts"))
    }

    /// What unused licences cost, and of it what goes with the leavers' seats.
    fn unused(&mut self, name: String, year: &Year<'_>) -> (Id, Option<Id>) {
        let inputs = self.inputs;
        let Some(waste) = &inputs.waste else {
            let licences =
                self.for_headcount("unused licences", Name::UnusedPer500, "licences", year);
            let parts = [licences, self.value(Name::CostPerUnusedLicence, year)];
            return (self.list.add(name, self.money, Rule::Product, &parts), None);
        };
        let of_leavers = waste.of_leavers.as_ref().map(|leavers| {
            let of_jira = waste.of_jira.as_ref().map(|jira| &jira.saving_orphaned);
            let name = "licences/leavers-saving";
            let leavers = self.avoidable(Leaf::OfLeavers, name, leavers, of_jira);
            let leavers = self.grown_money(leavers, year);
            self.at_its_prices(leavers, year)
        });
        (self.waste(waste, name, year), of_leavers)
    }

    /// From the certain waste to all that may be waste.
    fn waste(&mut self, waste: &Waste, name: String, year: &Year<'_>) -> Id {
        let jira = waste.of_jira.as_ref();
        let certain = self.avoidable(
            Leaf::Avoidable,
            "licences/avoidable",
            &waste.certain,
            jira.map(|jira| &jira.saving),
        );
        let most = self.avoidable(
            Leaf::AvoidableAtMost,
            "licences/avoidable-at-most",
            &waste.at_most,
            jira.map(|jira| &jira.saving_at_most),
        );
        let place = self.place(Leaf::PlaceOfSeats, "place of the number of unused seats");
        let parts = [
            self.grown_money(certain, year),
            self.grown_money(most, year),
            place,
        ];
        let Some(dearer) = year.dearer else {
            return self.list.add(name, self.money, Rule::Between, &parts);
        };
        let before = year.suffixed("licences/annual-waste before rises");
        let waste = self.list.add(before, self.money, Rule::Between, &parts);
        self.list
            .add(name, self.money, Rule::Product, &[waste, dearer])
    }
}
