//! Guard billing: a verdict and a reason for every account, for each of the two plans.
//!
//! Standard: Atlassian, "Manage your bill for Atlassian Guard Standard" and atlassian.com/licensing/atlassian-guard:
//! each enabled managed account (and external user under a billable policy) once, if it can reach a counted
//! product, free plans and sandboxes included; not members of a non-billable policy, nor those whose plan
//! includes Guard. Premium: "Manage your bill for Atlassian Guard Premium": each enabled account with Jira or
//! Confluence, non-billable policies and Enterprise included. Read 2026-11-23; where the pages do not say,
//! the verdict is `Uncertain` and the count a range.

use polars::prelude as pl;

use super::Rules;
use super::accounts::bad_code;
use super::holdings::bits;
use super::rule::{Rule, first_that_holds, has, is, pair, rule, unpair};
use crate::domain::account::{AccountKind, AccountStatus, Policy};
use crate::domain::class::{GuardClass, GuardReason as R, GuardVerdict as V};
use crate::domain::counts::GuardCount;
use crate::error::Error;
use crate::frame::{self, CLAIMED, GUARD_BITS, KIND, POLICY, STATUS};

fn give(holds: pl::Expr, verdict: V, reason: R) -> Rule {
    rule(holds, pair(verdict.code(), reason.code()))
}

/// Accounts that no Guard plan counts, whatever they can reach.
fn never_counted() -> Vec<Rule> {
    vec![
        give(
            is(KIND, frame::kind_code(AccountKind::App)),
            V::NotBillable,
            R::App,
        ),
        give(
            is(KIND, frame::kind_code(AccountKind::Customer)),
            V::NotBillable,
            R::Customer,
        ),
        give(
            is(STATUS, AccountStatus::Active as u32).not(),
            V::NotBillable,
            R::Disabled,
        ),
    ]
}

pub(super) fn standard(rules: &Rules) -> pl::Expr {
    let external = || is(CLAIMED, 0);
    // "Only" means that nothing else counts the account.
    let only = |bit: u32| has(GUARD_BITS, bit).and(has(GUARD_BITS, bits::COUNTS & !bit).not());
    let mut ordered = never_counted();
    if rules.external_policy_billable {
        ordered.push(give(
            external().and(has(GUARD_BITS, bits::COUNTS)),
            V::Billable,
            R::ExternalBillablePolicy,
        ));
    }
    ordered.extend([
        give(external(), V::NotBillable, R::External),
        give(
            is(POLICY, frame::policy_code(Policy::NonBillable)),
            V::NotBillable,
            R::NonBillablePolicy,
        ),
        give(
            has(GUARD_BITS, bits::PLAN_INCLUDES),
            V::NotBillable,
            R::PlanIncludesGuard,
        ),
        give(
            only(bits::COUNTS_FREE_TRELLO),
            V::Billable,
            R::FreeTrelloOnly,
        ),
        give(only(bits::COUNTS_FREE_OTHER), V::Billable, R::FreePlanOnly),
        give(only(bits::COUNTS_SANDBOX), V::Billable, R::SandboxOnly),
        give(only(bits::COUNTS_FOREIGN), V::Billable, R::ForeignSiteOnly),
        give(
            has(GUARD_BITS, bits::COUNTS),
            V::Billable,
            R::CountedProduct,
        ),
        give(
            has(GUARD_BITS, bits::NOT_ESTABLISHED),
            V::Uncertain,
            R::ProductNotEstablished,
        ),
    ]);
    first_that_holds(
        ordered,
        pair(V::NotBillable.code(), R::NoCountedProduct.code()),
    )
}

pub(super) fn premium(rules: &Rules) -> pl::Expr {
    let external = || is(CLAIMED, 0);
    let any = bits::PREMIUM_OWN | bits::PREMIUM_SANDBOX | bits::PREMIUM_FOREIGN;
    let mut ordered = never_counted();
    if rules.external_policy_billable {
        ordered.push(give(
            external().and(has(GUARD_BITS, any)),
            V::Uncertain,
            R::ExternalNotStated,
        ));
    }
    ordered.extend([
        give(external(), V::NotBillable, R::External),
        give(
            has(GUARD_BITS, bits::PREMIUM_OWN),
            V::Billable,
            R::JiraOrConfluence,
        ),
        give(
            has(GUARD_BITS, bits::PREMIUM_SANDBOX),
            V::Uncertain,
            R::SandboxOnly,
        ),
        give(
            has(GUARD_BITS, bits::PREMIUM_FOREIGN),
            V::Uncertain,
            R::ForeignSiteOnly,
        ),
    ]);
    first_that_holds(
        ordered,
        pair(V::NotBillable.code(), R::NoJiraOrConfluence.code()),
    )
}

pub(super) fn classes(codes: &[u32]) -> Result<Vec<GuardClass>, Error> {
    codes
        .iter()
        .map(|&code| {
            let (verdict, reason) = unpair(code);
            Ok(GuardClass {
                verdict: V::from_code(verdict).ok_or_else(bad_code)?,
                reason: R::from_code(reason).ok_or_else(bad_code)?,
            })
        })
        .collect()
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
