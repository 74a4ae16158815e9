//! Whether Guard Standard counts an account.
//!
//! Atlassian, "Manage your bill for Atlassian Guard Standard" and atlassian.com/licensing/atlassian-guard, read
//! 2026-11-23: each enabled managed account (and external user under a billable policy) once, if it can reach a counted
//! product, free plans and sandboxes included; not members of a non-billable policy, nor those whose plan includes
//! Guard, external users among them. Where the pages do not say, the verdict is `Uncertain` and the count a range.

use super::Condition::{All, Any, Has, HasOnly, Is, Not, Setting};
use super::facts::Setting as Set;
use super::facts::Value::{Kind, Managed, Policy, Status};
use super::{Condition, Table, rule};
use crate::domain::access::Access;
use crate::domain::account::{AccountKind, AccountStatus, Policy as OfPolicy};
use crate::domain::class::{GuardReason as Reason, GuardVerdict as Verdict};

/// All access that Guard Standard counts.
const COUNTED: &[Access] = &[
    Access::Counted,
    Access::CountedFreeTrello,
    Access::CountedFree,
    Access::CountedSandbox,
    Access::CountedForeign,
];

const IS_COUNTED: Condition = Any(&[
    Has(Access::Counted),
    Has(Access::CountedFreeTrello),
    Has(Access::CountedFree),
    Has(Access::CountedSandbox),
    Has(Access::CountedForeign),
]);

// One line a rule, so that the table is one.
#[rustfmt::skip]
pub(in crate::analyse) const GUARD_STANDARD: Table<Verdict, Reason> = Table {
    rules: &[
        rule(Is(Kind(AccountKind::App)), Verdict::NotBillable, Reason::App),
        rule(Is(Kind(AccountKind::Customer)), Verdict::NotBillable, Reason::Customer),
        rule(Not(&Is(Status(AccountStatus::Active))), Verdict::NotBillable, Reason::Disabled),
        rule(All(&[Not(&Is(Managed)), Not(&Setting(Set::ExternalPolicyBillable))]), Verdict::NotBillable, Reason::External),
        rule(Is(Policy(OfPolicy::NonBillable)), Verdict::NotBillable, Reason::NonBillablePolicy),
        rule(Has(Access::PlanIncludesGuard), Verdict::NotBillable, Reason::PlanIncludesGuard),
        rule(All(&[Not(&Is(Managed)), IS_COUNTED]), Verdict::Billable, Reason::ExternalBillablePolicy),
        // "Only" means that nothing else counts the account.
        rule(HasOnly(Access::CountedFreeTrello, COUNTED), Verdict::Billable, Reason::FreeTrelloOnly),
        rule(HasOnly(Access::CountedFree, COUNTED), Verdict::Billable, Reason::FreePlanOnly),
        rule(HasOnly(Access::CountedSandbox, COUNTED), Verdict::Billable, Reason::SandboxOnly),
        rule(HasOnly(Access::CountedForeign, COUNTED), Verdict::Billable, Reason::ForeignSiteOnly),
        rule(IS_COUNTED, Verdict::Billable, Reason::CountedProduct),
        rule(Has(Access::NotEstablished), Verdict::Uncertain, Reason::ProductNotEstablished),
    ],
    otherwise: (Verdict::NotBillable, Reason::NoCountedProduct),
};
