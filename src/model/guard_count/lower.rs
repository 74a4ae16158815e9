//! The lawful ways to lower a Guard count, and what each is worth: the difference of two fees.

use serde::Serialize;

use super::reconcile::GuardPlan;
use crate::model::basis::Basis;
use crate::money::{Cost, MoneyError, MoneyRange};
use crate::named::named;
use crate::price::Billing;
use crate::price::quote::Quote;

/// A lawful way to lower the count, before the next bill.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct WayToLower {
    pub(crate) code: LowerBy,
    pub(crate) what: &'static str,
    pub(crate) accounts: u64,
    /// The fee of the invoice's count less the fee without these accounts, when done alone.
    pub(crate) annual_worth: Cost,
    pub(crate) working: String,
    pub(crate) basis: Basis,
    pub(crate) source: String,
}

named! {
    /// How a count can be lowered.
    LowerBy, what {
        DeactivateLeavers = "deactivate-leavers", "deactivate the accounts of people who left";
        DropUnusedAccess = "drop-unused-access", "take access from accounts that use nothing";
        NonBillablePolicyForFreeTrello = "non-billable-policy-for-free-trello",
            "put accounts with free Trello alone under a non-billable policy, which cannot enforce SSO";
        LeaveForeignSites = "leave-foreign-sites",
            "end access to other companies' sites, or put these accounts under a non-billable policy";
        LeaveSandboxes = "leave-sandboxes", "end sandbox access that is no longer needed";
        /// All of them, each account once.
        Together = "together", "all of these, each account counted once";
    }
}

impl LowerBy {
    /// A non-billable policy counts for Standard alone, and so do Trello, foreign sites and sandboxes for certain.
    const fn works_for(self, plan: GuardPlan) -> bool {
        match plan {
            GuardPlan::Standard => true,
            GuardPlan::Premium => matches!(
                self,
                LowerBy::DeactivateLeavers | LowerBy::DropUnusedAccess | LowerBy::Together
            ),
        }
    }
}

/// What is known of the accounts on the bill.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Reducible {
    pub(crate) by: LowerBy,
    /// Billable accounts that it takes off the bill.
    pub(crate) accounts: u64,
}

/// What lowers the bill of a Guard plan that is held today.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct GuardReduction {
    pub(crate) plan: GuardPlan,
    /// How often the plan is billed, so from when a lower count counts.
    pub(crate) cycle: Billing,
    pub(crate) lower: WayToLower,
}

impl GuardReduction {
    /// The ways to lower the count that the rules give today, each done alone.
    ///
    /// # Errors
    /// `TooLarge`, `CurrencyMismatch`.
    pub(crate) fn all(
        plan: GuardPlan,
        billed: u64,
        reducible: &[Reducible],
        quote: &Quote<'_>,
    ) -> Result<Vec<GuardReduction>, MoneyError> {
        let cycle = quote.line(billed)?.cycle;
        let ways = ways_to_lower(plan, billed, reducible, quote)?;
        let alone = ways.into_iter().filter(|way| way.code != LowerBy::Together);
        let reduction = |lower| GuardReduction { plan, cycle, lower };
        Ok(alone.map(reduction).collect())
    }
}

/// Every way that works for the plan, the one worth most first.
///
/// # Errors
/// `TooLarge`, `CurrencyMismatch`.
pub(crate) fn ways_to_lower(
    plan: GuardPlan,
    billed: u64,
    reducible: &[Reducible],
    quote: &Quote<'_>,
) -> Result<Vec<WayToLower>, MoneyError> {
    let mut alternatives = Vec::new();
    for one in reducible {
        if one.accounts > 0 && one.by.works_for(plan) {
            alternatives.push(way_to_lower(one, billed, quote)?);
        }
    }
    alternatives.sort_by(|left, right| {
        let worth = |alternative: &WayToLower| {
            alternative
                .annual_worth
                .known()
                .map(|range| range.high().amount())
        };
        let last = |alternative: &WayToLower| alternative.code == LowerBy::Together;
        (last(left), worth(right), left.code).cmp(&(last(right), worth(left), right.code))
    });
    Ok(alternatives)
}

fn way_to_lower(one: &Reducible, billed: u64, quote: &Quote<'_>) -> Result<WayToLower, MoneyError> {
    let left = billed.saturating_sub(one.accounts);
    let (before, after) = (quote.line(billed)?, quote.line(left)?);
    let annual_worth = match (before.annual.known(), after.annual.known()) {
        (Some(today), Some(later)) if before.annual.is_complete() && after.annual.is_complete() => {
            Cost::from(MoneyRange::paired_difference(today, later)?)
        }
        _ => Cost::Unknown {
            missing: before.annual.missing().to_vec(),
        },
    };
    let source = before.provenance.map_or_else(
        || "the contract in seatledger.toml".to_owned(),
        |provenance| format!("{}, {}", provenance.source, provenance.date),
    );
    Ok(WayToLower {
        code: one.by,
        what: one.by.what(),
        accounts: one.accounts,
        working: format!(
            "fee for {billed}, {} − fee for {left}, {}",
            before.annual.grouped(),
            after.annual.grouped()
        ),
        annual_worth,
        basis: Basis::Measured,
        source,
    })
}
