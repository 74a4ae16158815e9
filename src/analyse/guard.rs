//! Guard billing: a verdict and a reason for every account, for each of the two plans.
//!
//! Standard: Atlassian, "Manage your bill for Atlassian Guard Standard" and atlassian.com/licensing/atlassian-guard:
//! each enabled managed account (and external user under a billable policy) once, if it can reach a counted
//! product, free plans and sandboxes included; not members of a non-billable policy, nor those whose plan
//! includes Guard, external users among them. Premium: "Manage your bill for Atlassian Guard Premium": each
//! enabled account with Jira or Confluence, non-billable policies and Enterprise included. Read 2026-11-23; where
//! the pages do not say (of Confluence guests, for one), the verdict is `Uncertain` and the count a range.

use super::Rules;
use super::holdings::bits;
use crate::domain::account::{AccountKind, AccountStatus, Policy};
use crate::domain::class::{GuardClass, GuardReason as R, GuardVerdict as V};
use crate::domain::counts::GuardCount;
use crate::domain::dataset::Dataset;

/// What decides an account's place on a Guard bill.
pub(super) struct Account {
    kind: AccountKind,
    status: AccountStatus,
    policy: Policy,
    external: bool,
    bits: u32,
}

impl Account {
    pub(super) fn of(dataset: &Dataset, row: usize, bits: u32) -> Account {
        Account {
            kind: dataset.accounts.kind[row],
            status: dataset.accounts.status[row],
            policy: dataset.accounts.policy[row],
            external: !dataset.is_managed(row),
            bits,
        }
    }

    fn has(&self, bits: u32) -> bool {
        self.bits & bits != 0
    }

    /// "Only" means that nothing else counts the account.
    fn only(&self, bit: u32) -> bool {
        self.bits & bits::COUNTS == bit
    }

    /// Why no Guard plan counts the account, whatever it can reach.
    fn never_counted(&self) -> Option<R> {
        match self.kind {
            AccountKind::App => Some(R::App),
            AccountKind::Customer => Some(R::Customer),
            AccountKind::Atlassian => (self.status != AccountStatus::Active).then_some(R::Disabled),
        }
    }
}

fn class(verdict: V, reason: R) -> GuardClass {
    GuardClass { verdict, reason }
}

pub(super) fn standard(account: &Account, rules: &Rules) -> GuardClass {
    if let Some(reason) = account.never_counted() {
        return class(V::NotBillable, reason);
    }
    if account.external && !rules.external_policy_billable {
        return class(V::NotBillable, R::External);
    }
    if account.policy == Policy::NonBillable {
        class(V::NotBillable, R::NonBillablePolicy)
    } else if account.has(bits::PLAN_INCLUDES) {
        class(V::NotBillable, R::PlanIncludesGuard)
    } else if account.external && account.has(bits::COUNTS) {
        class(V::Billable, R::ExternalBillablePolicy)
    } else if account.only(bits::COUNTS_FREE_TRELLO) {
        class(V::Billable, R::FreeTrelloOnly)
    } else if account.only(bits::COUNTS_FREE_OTHER) {
        class(V::Billable, R::FreePlanOnly)
    } else if account.only(bits::COUNTS_SANDBOX) {
        class(V::Billable, R::SandboxOnly)
    } else if account.only(bits::COUNTS_FOREIGN) {
        class(V::Billable, R::ForeignSiteOnly)
    } else if account.has(bits::COUNTS) {
        class(V::Billable, R::CountedProduct)
    } else if account.has(bits::NOT_ESTABLISHED) {
        class(V::Uncertain, R::ProductNotEstablished)
    } else {
        class(V::NotBillable, R::NoCountedProduct)
    }
}

pub(super) fn premium(account: &Account, rules: &Rules) -> GuardClass {
    if let Some(reason) = account.never_counted() {
        return class(V::NotBillable, reason);
    }
    if account.external && !rules.external_policy_billable {
        return class(V::NotBillable, R::External);
    }
    if account.external && account.has(bits::PREMIUM) {
        class(V::Uncertain, R::ExternalNotStated)
    } else if account.has(bits::PREMIUM_OWN) {
        class(V::Billable, R::JiraOrConfluence)
    } else if account.has(bits::PREMIUM_SANDBOX) {
        class(V::Uncertain, R::SandboxOnly)
    } else if account.has(bits::PREMIUM_FOREIGN) {
        class(V::Uncertain, R::ForeignSiteOnly)
    } else if account.has(bits::PREMIUM_GUEST) {
        class(V::Uncertain, R::ConfluenceGuestOnly)
    } else {
        class(V::NotBillable, R::NoJiraOrConfluence)
    }
}

pub(super) fn count(classes: &[GuardClass]) -> Vec<GuardCount> {
    let mut counts = vec![[0_u64; R::ALL.len()]; V::ALL.len()];
    for class in classes {
        counts[usize::from(class.verdict.code())][usize::from(class.reason.code())] += 1;
    }
    let of_verdict = |(&verdict, counts): (&V, [u64; R::ALL.len()])| {
        R::ALL
            .iter()
            .zip(counts)
            .map(move |(&reason, accounts)| GuardCount {
                class: GuardClass { verdict, reason },
                accounts,
            })
    };
    let all = V::ALL.iter().zip(counts).flat_map(of_verdict);
    all.filter(|count| count.accounts > 0).collect()
}
