//! What an analysis of a sample must find, counted from the stories rather than from the rows. Plain loops
//! and integers: an oracle that shares no code with the analysis.

use super::cast::{
    Access, Account, Listed, Person, PersonKind, Policy, Seat, Seen, Standing, Status, Trello,
};
use super::company::{Product, Site};
use super::seats::{GRACE, INACTIVE_AFTER};
use std::collections::BTreeMap;

/// The true counts. Seats are the billed ones: an enabled account's access to a product on one of the
/// company's own sites or sandboxes, not counting apps, customers and guests, each once however many of a
/// product's names it appears under.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
#[cfg_attr(not(test), allow(dead_code, reason = "read by tests"))]
pub(crate) struct Truth {
    /// Directory rows that are members and not switched off.
    pub(crate) employees: u64,
    /// Directory rows, guests and leavers included.
    pub(crate) directory_rows: u64,
    pub(crate) users_rows: u64,
    pub(crate) managed_rows: u64,
    /// Accounts, each once.
    pub(crate) accounts: BTreeMap<Standing, u64>,
    /// Billed seats by the standing of their account and their use.
    pub(crate) seats: BTreeMap<(Standing, Use), u64>,
    /// Managed accounts that the rules of Guard Standard count.
    pub(crate) guard_standard: u64,
    /// Managed accounts whose exported flag contradicts the rules.
    pub(crate) flags_wrong: u64,
}

/// Design, section 4.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Use {
    Orphaned,
    Exempt,
    Sandbox,
    Unreported,
    Active,
    Inactive,
    New,
    NeverActive,
}

impl Truth {
    pub(super) fn add_person(&mut self, person: &Person) {
        self.directory_rows += 1;
        if person.kind == PersonKind::Member && person.enabled == "True" {
            self.employees += 1;
        }
    }

    pub(super) fn add_account(&mut self, account: &Account) {
        *self.accounts.entry(account.standing).or_default() += 1;
        self.users_rows += u64::from(account.listed != Listed::ManagedOnly);
        if account.listed != Listed::UsersOnly {
            self.managed_rows += 1;
            self.guard_standard += u64::from(counts_for_guard(account));
            self.flags_wrong += u64::from(account.flag_wrong);
        }
        if matches!(
            account.standing,
            Standing::App | Standing::Customer | Standing::Disabled
        ) {
            return;
        }
        for seat in account
            .seats
            .iter()
            .filter(|seat| seat.access == Access::User)
        {
            *self
                .seats
                .entry((account.standing, usage(account, seat)))
                .or_default() += 1;
        }
    }
}

fn usage(account: &Account, seat: &Seat) -> Use {
    match (seat.last_use(), seat.seen) {
        _ if account.standing == Standing::Orphaned => Use::Orphaned,
        _ if account.exempt => Use::Exempt,
        _ if seat.site == Site::Sandbox => Use::Sandbox,
        (_, Seen::Unreported) => Use::Unreported,
        (Some(ago), _) if ago <= INACTIVE_AFTER => Use::Active,
        (Some(_), _) => Use::Inactive,
        (None, _) if account.added_ago < GRACE => Use::New,
        (None, _) => Use::NeverActive,
    }
}

/// Whether Guard Standard counts a managed account: design, section 5. Confluence on the labs site is on
/// the Enterprise plan, which includes it.
pub(super) fn counts_for_guard(account: &Account) -> bool {
    let reached = || {
        account
            .seats
            .iter()
            .filter(|seat| seat.access == Access::User)
    };
    let counted = |product| {
        matches!(
            product,
            Product::Jira | Product::Confluence | Product::ServiceManagement | Product::Bitbucket
        )
    };
    account.status == Status::Active
        && matches!(account.policy, Policy::StaffSso | Policy::LocalDefault)
        && !reached().any(|seat| seat.product == Product::Confluence && seat.site == Site::Labs)
        && (account.trello == Trello::Free
            || account.consultant
            || reached().any(|seat| counted(seat.product)))
}
