//! The components of an alternative in one year, and what it avoids of the manual work.

use super::manual_cost::ManualCost;
use super::{Builder, Leaf, Year};
use crate::figures::{Id, Rule};
use crate::model::alternative::Alternative;
use crate::model::assumptions::assumption::Name;
use crate::model::component::{ComponentKind, When};
use crate::money::Cost;

/// One alternative in one year.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    pub(crate) alternative: Alternative,
    /// In the order of the report.
    pub(crate) components: Vec<(ComponentKind, Id)>,
    /// What goes of the manual cost; nothing of manual work itself.
    pub(crate) avoided: Id,
    pub(crate) manual: ManualCost,
    /// The shares that decide what is left of each manual cost: what is reached, and what is left.
    pub(crate) shares: Vec<(ComponentKind, Option<Id>, Option<Id>)>,
}

impl Sheet {
    pub(crate) fn of(&self, kind: ComponentKind) -> Option<Id> {
        let found = self.components.iter().find(|(known, _)| *known == kind);
        found.map(|(_, id)| *id)
    }

    pub(crate) fn those(&self, keep: impl Fn(ComponentKind) -> bool) -> Vec<Id> {
        let kept = self.components.iter().filter(|(kind, _)| keep(*kind));
        kept.map(|(_, id)| *id).collect()
    }

    pub(crate) fn paid(&self, when: When) -> Vec<Id> {
        self.those(|kind| kind.when() == when)
    }

    /// The share of a manual cost's accounts that are reached.
    pub(crate) fn reach(&self, kind: ComponentKind) -> Option<Id> {
        let found = self.shares.iter().find(|(known, ..)| *known == kind);
        found.and_then(|(_, reach, _)| *reach)
    }

    /// The share of a manual cost that is left.
    pub(crate) fn left(&self, kind: ComponentKind) -> Option<Id> {
        let found = self.shares.iter().find(|(known, ..)| *known == kind);
        found.and_then(|(.., left)| *left)
    }
}

const MANUAL: [ComponentKind; 3] = [
    ComponentKind::UnusedLicences,
    ComponentKind::ItLabour,
    ComponentKind::ComplianceMisses,
];

/// The fees of an alternative.
const fn fees(alternative: Alternative) -> &'static [ComponentKind] {
    match alternative {
        Alternative::Manual => &[],
        Alternative::GuardStandard => &[ComponentKind::GuardStandardFee],
        // Premium is an add-on: Atlassian, "Manage your bill for Atlassian Guard Premium", read 2026-11-23.
        Alternative::GuardPremium => &[
            ComponentKind::GuardStandardFee,
            ComponentKind::GuardPremiumFee,
        ],
        Alternative::Enterprise => &[
            ComponentKind::GuardStandardFee,
            ComponentKind::EnterpriseFee,
            ComponentKind::JiraReplaced,
        ],
        Alternative::ThirdParty => &[
            ComponentKind::ThirdPartyFee,
            ComponentKind::ThirdPartySetUpFee,
        ],
    }
}

/// The assumption behind the hours that an alternative takes of its own.
pub(crate) const fn own_hours(alternative: Alternative, kind: ComponentKind) -> Name {
    match (kind, alternative) {
        (ComponentKind::KeyRotation, _) => Name::KeyRotationHours,
        (ComponentKind::AccessReview, _) => Name::AccessReviewHours,
        (_, Alternative::ThirdParty) => Name::SetupHoursThirdParty,
        _ => Name::SetupHoursScim,
    }
}

impl Builder<'_> {
    /// The components of some alternatives in one year.
    pub(super) fn sheets(&mut self, alternatives: &[Alternative], year: &Year<'_>) -> Vec<Sheet> {
        let manual = self.manual_cost(year);
        alternatives
            .iter()
            .map(|alternative| self.sheet(*alternative, &manual, year))
            .collect()
    }

    fn sheet(&mut self, alternative: Alternative, manual: &ManualCost, year: &Year<'_>) -> Sheet {
        let mut components = Vec::new();
        for kind in fees(alternative) {
            components.push((*kind, self.fee_component(alternative, *kind, year)));
        }
        for kind in self.own_hours_of(alternative) {
            components.push((kind, self.own_hours(alternative, kind, year)));
        }
        let mut avoided = Vec::new();
        let mut shares = Vec::new();
        for kind in MANUAL {
            if alternative == Alternative::Manual {
                components.push((kind, manual.of(kind)));
                continue;
            }
            let remaining = self.remaining(alternative, kind, manual, year);
            components.push((kind, remaining.kept));
            avoided.push(remaining.avoided);
            shares.push((kind, remaining.reach, remaining.left));
        }
        let name = year.of(alternative, "avoided");
        Sheet {
            alternative,
            components,
            avoided: self.list.add(name, self.money, Rule::Sum, &avoided),
            manual: manual.clone(),
            shares,
        }
    }

    /// A fee at the prices of its year, or the bill that is no longer paid.
    fn fee_component(
        &mut self,
        alternative: Alternative,
        kind: ComponentKind,
        year: &Year<'_>,
    ) -> Id {
        let name = year.of(alternative, kind.as_str());
        let dearer = year
            .dearer
            .filter(|_| kind != ComponentKind::ThirdPartySetUpFee);
        if kind == ComponentKind::JiraReplaced {
            let bill = match self.inputs.waste {
                Some(_) => "licences/jira-bill".to_owned(),
                None => format!("{name}/bill"),
            };
            let bill = self.fee(alternative, kind, year, &bill);
            let bill = self.grown_money(bill, year);
            let bill = self.at_its_prices(bill, year);
            return self.list.add(name, self.money, Rule::Negative, &[bill]);
        }
        match dearer {
            None => self.fee(alternative, kind, year, &name),
            Some(dearer) => {
                let before = format!("{name}, before rises");
                let fee = self.fee(alternative, kind, year, &before);
                self.list
                    .add(name, self.money, Rule::Product, &[fee, dearer])
            }
        }
    }

    /// Hours that an alternative takes of its own.
    fn own_hours_of(&self, alternative: Alternative) -> Vec<ComponentKind> {
        if alternative == Alternative::Manual {
            return Vec::new();
        }
        let mut kinds = vec![ComponentKind::SetUp];
        if alternative.is_native() && self.inputs.key_expires {
            kinds.push(ComponentKind::KeyRotation);
        }
        kinds.push(ComponentKind::AccessReview);
        kinds
    }

    fn own_hours(&mut self, alternative: Alternative, kind: ComponentKind, year: &Year<'_>) -> Id {
        let name = year.of(alternative, kind.as_str());
        if kind == ComponentKind::SetUp && alternative.is_native() && self.inputs.scim_in_use {
            let done = Leaf::SetUpDone(alternative, year.past);
            let nothing = Cost::zero(self.inputs.currency);
            let id = self
                .list
                .cost_leaf(name, self.inputs.currency, &nothing, None);
            self.leaves.insert(done, id);
            return id;
        }
        let parts = [
            self.value(own_hours(alternative, kind), year),
            self.value(Name::ItHourlyRate, year),
        ];
        self.list.add(name, self.money, Rule::Product, &parts)
    }
}
