//! What an alternative leaves of the manual cost, and what it takes away.

use super::manual_cost::ManualCost;
use super::{Builder, Leaf, Year};
use crate::figures::{Id, Rule, Unit};
use crate::model::alternative::Alternative;
use crate::model::assumptions::assumption::Name;
use crate::model::component::ComponentKind;
use crate::model::inputs::fees::Inputs;
use crate::model::inputs::provider::Provisioning;

/// Whether a manual cost was counted while SCIM ran: it is what SCIM leaves, and a native alternative takes no more of it.
pub(crate) fn is_left_by_scim(
    alternative: Alternative,
    kind: ComponentKind,
    inputs: &Inputs,
) -> bool {
    let is_counted = match kind {
        ComponentKind::UnusedLicences => inputs.waste.is_some(),
        ComponentKind::ComplianceMisses => inputs.orphaned.is_some(),
        _ => false,
    };
    alternative.is_native() && inputs.scim_in_use && is_counted
}

/// What is left of a manual cost and what goes, with the shares that decide it.
pub(crate) struct Remaining {
    pub(crate) kept: Id,
    pub(crate) avoided: Id,
    /// The share of the leavers' accounts that are deactivated; `None` of the hours.
    pub(crate) reach: Option<Id>,
    /// The share that is left; `None` where leavers' seats go one by one.
    pub(crate) left: Option<Id>,
}

impl Builder<'_> {
    pub(super) fn remaining(
        &mut self,
        alternative: Alternative,
        kind: ComponentKind,
        manual: &ManualCost,
        year: &Year<'_>,
    ) -> Remaining {
        let cost = manual.of(kind);
        let reach = match kind {
            ComponentKind::ItLabour => None,
            _ => Some(self.reach(alternative, kind, manual, year)),
        };
        let left = match (kind, reach) {
            (ComponentKind::ComplianceMisses, Some(reach)) => {
                Some(self.misses_left(alternative, reach, year))
            }
            (ComponentKind::UnusedLicences, Some(reach)) if manual.of_leavers.is_none() => {
                let parts = [self.value(Name::LeaversShareOfUnused, year), reach];
                let name = format!(
                    "share of the unused licences that {} leaves",
                    alternative.in_words()
                );
                Some(self.complement(&name, &parts, year))
            }
            (ComponentKind::UnusedLicences, _) => None,
            _ => Some(self.labour_left(alternative, year)),
        };
        let name = year.of(alternative, kind.as_str());
        let gone = format!("{name}/avoided");
        let (kept, avoided) = match (left, manual.of_leavers, reach) {
            (Some(left), _, _) => (
                (Rule::Product, vec![cost, left]),
                (Rule::LessShare, vec![cost, left]),
            ),
            // Of leavers' seats without any price nothing is known to go.
            (_, Some(leavers), _) if self.list.of(leavers).span().is_none() => {
                ((Rule::Sum, vec![cost]), (Rule::Sum, vec![leavers]))
            }
            (_, Some(leavers), Some(reach)) => (
                (Rule::Rest, vec![cost, leavers, reach]),
                (Rule::Product, vec![leavers, reach]),
            ),
            _ => ((Rule::Sum, vec![cost]), (Rule::Sum, Vec::new())),
        };
        Remaining {
            kept: self.list.add(name, self.money, kept.0, &kept.1),
            avoided: self.list.add(gone, self.money, avoided.0, &avoided.1),
            reach,
            left,
        }
    }

    fn complement(&mut self, what: &str, parts: &[Id], year: &Year<'_>) -> Id {
        self.shared(year.suffixed(what), Unit::Of(""), Rule::Complement, parts)
    }

    /// The share of the leavers' accounts that an alternative deactivates, of those that make up a manual cost.
    fn reach(
        &mut self,
        alternative: Alternative,
        kind: ComponentKind,
        manual: &ManualCost,
        year: &Year<'_>,
    ) -> Id {
        if is_left_by_scim(alternative, kind, self.inputs) {
            let name = "reach of SCIM beyond what it does today";
            return self.number(Leaf::ReachBeyondScim, name, 0_u64, "");
        }
        let share = match (alternative, self.inputs.provisioning) {
            (Alternative::ThirdParty, _) => self.value(Name::ThirdPartyReach, year),
            (_, Provisioning::JustInTime) => {
                let name = "reach of just-in-time provisioning";
                return self.number(Leaf::ReachOfJustInTime, name, 0_u64, "");
            }
            _ => self.value(Name::IdentityProviderReach, year),
        };
        if self.inputs.orphaned.is_none_or(|count| count == 0) {
            return share;
        }
        let all = manual.orphans;
        if self
            .list
            .of(all)
            .span()
            .is_some_and(|span| span.high.is_zero())
        {
            return share;
        }
        let unclaimed = self.number(
            Leaf::OrphanedUnclaimed,
            "orphaned accounts on domains that are not claimed",
            self.inputs.orphaned_unclaimed,
            "accounts",
        );
        let parts = [all, self.grown(unclaimed, year)];
        let name = year.suffixed("orphaned accounts on claimed domains");
        let reachable = self.shared(name, Unit::Of("accounts"), Rule::Difference, &parts);
        let name = year.suffixed(&format!(
            "share of the leavers' accounts that {} reaches",
            alternative.in_words()
        ));
        self.shared(name, Unit::Of(""), Rule::Scaled, &[share, reachable, all])
    }

    /// The share of the compliance misses that an alternative leaves: all that it does not reach, and some of the rest.
    fn misses_left(&mut self, alternative: Alternative, reach: Id, year: &Year<'_>) -> Id {
        let left = self.value(Name::MissesLeft, year);
        let prevented = self.complement("misses that reaching an account prevents", &[left], year);
        let name = format!("misses that {} leaves", alternative.in_words());
        self.complement(&name, &[reach, prevented], year)
    }

    /// The share of the manual hours that an alternative leaves.
    fn labour_left(&mut self, alternative: Alternative, year: &Year<'_>) -> Id {
        let name = match (alternative, self.inputs.provisioning) {
            (Alternative::ThirdParty, _) => Name::LabourLeftThirdParty,
            (_, Provisioning::Full) => Name::LabourLeftScim,
            (_, Provisioning::UsersOnly) => Name::LabourLeftUsersOnly,
            (_, Provisioning::JustInTime) => Name::LabourLeftJit,
            (_, Provisioning::NotKnown) => {
                let parts = [
                    self.value(Name::LabourLeftScim, year),
                    self.value(Name::LabourLeftUsersOnly, year),
                    self.place(Leaf::PlaceOfGroups, "what the identity provider syncs"),
                ];
                let name = year.suffixed("hours left, whatever the identity provider syncs");
                return self.shared(name, Unit::Of(""), Rule::Between, &parts);
            }
        };
        self.value(name, year)
    }
}
