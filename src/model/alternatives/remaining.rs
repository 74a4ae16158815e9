//! What an alternative leaves of the manual cost, by cause: the parts of what remains, and the accounts that no
//! provisioning acts on, whether or not money can be put on them.
//!
//! The parts of one component add up to it to the cent.

use serde::Serialize;

use super::describe::Context;
use crate::model::alternative::Alternative;
use crate::model::assumptions::assumption::Name;
use crate::model::basis::Basis;
use crate::model::component::{Component, ComponentKind};
use crate::model::span::{Span, share_of};
use crate::model::years::{Sheet, Years};
use crate::money::{Cost, MoneyError, MoneyRange};
use crate::named::named;

named! {
    /// Why something stays manual work.
    Cause, label {
        CurrentPeople = "seats-of-current-people", "unused seats of current people";
        LeaversNotReached = "seats-of-leavers-not-reached", "leavers' seats that provisioning does not reach";
        Hours = "hours-that-stay", "manual IT hours that remain";
        MissesNotReached = "misses-not-reached", "leavers missed because provisioning does not reach them";
        MissesAmongReached = "misses-among-reached", "leavers missed despite provisioning";
        Unmatched = "unmatched-accounts", "accounts that match nobody in the directory";
        Unclaimed = "orphans-on-unclaimed-domains", "orphaned accounts on unclaimed domains";
        External = "external-accounts", "external accounts (attributes do not sync, site access can remain)";
        BitbucketGroups = "bitbucket-groups", "accounts with Bitbucket access (SCIM syncs no Bitbucket groups)";
        PortalOnly = "portal-only-customers", "portal-only customers (they need a SCIM set-up of their own)";
    }
}

/// One thing that stays manual work.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct RemainingCost {
    pub(crate) cause: Cause,
    /// The component that its cost is a part of, and the cost; `None` of what only accounts are counted.
    pub(crate) cost: Option<(ComponentKind, Cost)>,
    /// `None` where they were not counted.
    pub(crate) accounts: Option<u64>,
    pub(crate) basis: Basis,
    pub(crate) source: String,
}

/// What an alternative leaves; nothing is said of manual work itself, which leaves everything.
///
/// # Errors
/// `TooLarge`, `CurrencyMismatch`.
pub(crate) fn remaining(
    context: &Context<'_>,
    years: &Years,
    sheet: &Sheet,
    components: &[Component],
) -> Result<Vec<RemainingCost>, MoneyError> {
    if sheet.alternative == Alternative::Manual {
        return Ok(Vec::new());
    }
    let mut list = costs(context, years, sheet, components)?;
    list.extend(counts(context, sheet.alternative));
    Ok(list)
}

fn costs(
    context: &Context<'_>,
    years: &Years,
    sheet: &Sheet,
    components: &[Component],
) -> Result<Vec<RemainingCost>, MoneyError> {
    let missed = |kind| {
        let reach = sheet.reach(kind);
        let span = reach.and_then(|reach| years.figures.of(reach).span());
        span.unwrap_or(Span::ZERO).complement()
    };
    let seats_missed = missed(ComponentKind::UnusedLicences)?;
    let seats = match sheet.manual.of_leavers {
        Some(leavers) => share_of(&years.cost(leavers), seats_missed)?,
        None => {
            let share = context.values.of(Name::LeaversShareOfUnused);
            let of_leavers = share.times(seats_missed)?;
            share_of(&years.cost(sheet.manual.unused), of_leavers)?
        }
    };
    let misses = share_of(
        &years.cost(sheet.manual.misses),
        missed(ComponentKind::ComplianceMisses)?,
    )?;
    let own = |kind: ComponentKind| components.iter().find(|one| one.kind == kind);
    let mut list = Vec::new();
    let mut add = |cause, of: &Component, cost: Cost| {
        list.push(RemainingCost {
            cause,
            cost: Some((of.kind, cost)),
            accounts: None,
            basis: of.basis,
            source: of.source.clone(),
        });
    };
    if let Some(kept) = own(ComponentKind::UnusedLicences) {
        let (not_reached, rest) = split(&kept.cost, &seats)?;
        add(Cause::CurrentPeople, kept, rest);
        add(Cause::LeaversNotReached, kept, not_reached);
    }
    if let Some(kept) = own(ComponentKind::ItLabour) {
        add(Cause::Hours, kept, kept.cost.clone());
    }
    if let Some(kept) = own(ComponentKind::ComplianceMisses) {
        let (not_reached, rest) = split(&kept.cost, &misses)?;
        add(Cause::MissesNotReached, kept, not_reached);
        add(Cause::MissesAmongReached, kept, rest);
    }
    Ok(list)
}

/// A part of what is kept, never more than it, and the rest. Both ends belong together.
fn split(kept: &Cost, part: &Cost) -> Result<(Cost, Cost), MoneyError> {
    let (Some(whole), Some(own)) = (kept.known(), part.known()) else {
        return Ok((part.clone(), kept.clone()));
    };
    let least = |own: crate::money::Money, whole: crate::money::Money| {
        if own.amount() > whole.amount() {
            whole
        } else {
            own
        }
    };
    let own = MoneyRange::between(
        least(own.low(), whole.low()),
        least(own.high(), whole.high()),
    )?;
    let rest = whole.paired_difference(own)?;
    let like = |range| kept.try_map(|_| Ok(range));
    Ok((like(own)?, like(rest)?))
}

fn counts(context: &Context<'_>, alternative: Alternative) -> Vec<RemainingCost> {
    let Some(accounts) = &context.facts.accounts else {
        return Vec::new();
    };
    let mut list = vec![
        (Cause::Unmatched, accounts.unmatched),
        (Cause::Unclaimed, accounts.orphaned_unclaimed),
    ];
    if alternative.is_native() {
        list.push((Cause::External, accounts.external));
        list.push((Cause::BitbucketGroups, accounts.bitbucket_holders));
        list.push((Cause::PortalOnly, accounts.portal_customers));
    }
    list.into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(cause, count)| RemainingCost {
            cause,
            cost: None,
            accounts: Some(count),
            basis: Basis::Measured,
            source: accounts.source.clone(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Cause, RemainingCost};
    use crate::model::alternative::Alternative;
    use crate::model::alternatives::comparison::Comparison;
    use crate::model::alternatives::describe::Context;
    use crate::model::component::ComponentKind;
    use crate::model::fixtures::{Case, on_paper, organisation};
    use crate::model::years::Years;
    use crate::money::Cost;

    fn left(context: &Context<'_>, alternative: Alternative) -> Vec<RemainingCost> {
        let all = Comparison::of(context).unwrap();
        all.of_alternative(alternative).unwrap().remaining.clone()
    }

    /// What each alternative leaves of each component.
    fn sums(case: &Case) -> Vec<(Alternative, ComponentKind, Cost, Cost)> {
        let context = case.context();
        let mut all = Vec::new();
        for alternative in Alternative::ALL {
            let years = Years::of(&[alternative], context.inputs, context.values);
            let list = left(&case.context(), alternative);
            let components = years.alternatives[0].first.components.iter();
            for (kind, id) in components.filter(|(kind, _)| kind.is_manual()) {
                let cost = years.cost(*id);
                let parts = list.iter().filter_map(|one| one.cost.as_ref());
                let parts = parts.filter(|(of, _)| of == kind).map(|(_, cost)| cost);
                let sum = Cost::sum(case.facts.currency, parts).unwrap();
                all.push((alternative, *kind, cost.clone(), sum));
            }
        }
        all
    }

    #[test]
    fn causes_add_up_to_their_component_to_the_cent() {
        for facts in [organisation(), on_paper()] {
            for (alternative, kind, cost, sum) in sums(&Case::of(facts)) {
                if alternative != Alternative::Manual {
                    assert_eq!(sum, cost, "{alternative:?} {kind:?}");
                }
            }
        }
    }

    #[test]
    fn on_paper_half_of_the_licences_are_the_people_s_who_are_here() {
        // Leavers' half of 2,338 is reached whole; a quarter of 5,784 = 1,446 of the hours stays; no miss does.
        let case = Case::of(on_paper());
        let context = case.context();
        let told: Vec<_> = left(&context, Alternative::GuardStandard)
            .iter()
            .filter_map(|one| Some((one.cause, one.cost.as_ref()?.1.grouped())))
            .collect();
        let expected = [
            (Cause::CurrentPeople, "$1,169.00"),
            (Cause::LeaversNotReached, "$0.00"),
            (Cause::Hours, "$1,446.00"),
            (Cause::MissesNotReached, "$0.00"),
            (Cause::MissesAmongReached, "$0.00"),
        ];
        assert_eq!(told, expected.map(|(cause, cost)| (cause, cost.to_owned())));
    }

    #[test]
    fn accounts_that_nothing_reaches_are_counted_and_none_is_left_out() {
        let case = Case::of(organisation());
        let context = case.context();
        let list = left(&context, Alternative::GuardStandard);
        let accounts = context.facts.accounts.as_ref().unwrap();
        for (cause, count) in [
            (Cause::Unmatched, accounts.unmatched),
            (Cause::External, accounts.external),
            (Cause::BitbucketGroups, accounts.bitbucket_holders),
        ] {
            let told = list
                .iter()
                .find(|one| one.cause == cause)
                .and_then(|one| one.accounts);
            assert_eq!(told, Some(count).filter(|count| *count > 0), "{cause:?}");
        }
    }
}
