//! Whether Guard Premium counts an account.
//!
//! Atlassian, "Manage your bill for Atlassian Guard Premium", read 2026-11-23: each enabled account with Jira or
//! Confluence, non-billable policies and Enterprise included. Where the page does not say (of
//! Confluence guests, for one), the verdict is `Uncertain` and the count a range.

use super::Condition::{All, Any, Has, Is, Not, Setting};
use super::facts::Setting as Set;
use super::facts::Value::{Kind, Managed, Status};
use super::{Condition, Table, rule};
use crate::domain::access::Access;
use crate::domain::account::{AccountKind, AccountStatus};
use crate::domain::class::{GuardReason as Reason, GuardVerdict as Verdict};

const MAY_BE_COUNTED: Condition = Any(&[
    Has(Access::PremiumOwn),
    Has(Access::PremiumSandbox),
    Has(Access::PremiumForeign),
    Has(Access::PremiumGuest),
]);

// One line a rule, so that the table is one.
#[rustfmt::skip]
pub(in crate::analyse) const GUARD_PREMIUM: Table<Verdict, Reason> = Table {
    rules: &[
        rule(Is(Kind(AccountKind::App)), Verdict::NotBillable, Reason::App),
        rule(Is(Kind(AccountKind::Customer)), Verdict::NotBillable, Reason::Customer),
        rule(Not(&Is(Status(AccountStatus::Active))), Verdict::NotBillable, Reason::Disabled),
        rule(All(&[Not(&Is(Managed)), Not(&Setting(Set::ExternalPolicyBillable))]), Verdict::NotBillable, Reason::External),
        rule(All(&[Not(&Is(Managed)), MAY_BE_COUNTED]), Verdict::Uncertain, Reason::ExternalNotStated),
        rule(Has(Access::PremiumOwn), Verdict::Billable, Reason::JiraOrConfluence),
        rule(Has(Access::PremiumSandbox), Verdict::Uncertain, Reason::SandboxOnly),
        rule(Has(Access::PremiumForeign), Verdict::Uncertain, Reason::ForeignSiteOnly),
        rule(Has(Access::PremiumGuest), Verdict::Uncertain, Reason::ConfluenceGuestOnly),
    ],
    otherwise: (Verdict::NotBillable, Reason::NoJiraOrConfluence),
};
