//! Atlassian accounts as columns: one row is one account.

use super::day::{Day, KeptUse, LastUse};
use super::text::{Dictionary, Texts};

use crate::named::named;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum AccountKind {
    Atlassian,
    /// A bot or integration (`account_type = app`): holds no billed seat.
    App,
    /// A portal-only or customer-role account: holds no billed seat.
    Customer,
}

named! {
    /// The state of an account at Atlassian; only `Active` can hold a billed seat.
    AccountStatus {
        Active = "active";
        Suspended = "suspended";
        Deactivated = "deactivated";
        Closed = "closed";
    }
}

/// The authentication policy, as far as Guard billing needs it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Policy {
    NotReported,
    Billable,
    NonBillable,
}

/// Where a row was read: the number of the file in the dataset, and the line in it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(crate) struct Origin {
    pub(crate) file: u16,
    pub(crate) line: u32,
}

/// All accounts, sorted by id and then address, so that no order of input rows is left.
#[derive(Clone, Default)]
pub(crate) struct Accounts {
    /// Atlassian's id; empty where the export has none.
    pub(crate) id: Texts,
    /// The address as it is compared: trimmed, lower case. Empty where hidden.
    pub(crate) email: Texts,
    pub(crate) name: Texts,
    pub(crate) kind: Vec<AccountKind>,
    pub(crate) status: Vec<AccountStatus>,
    pub(crate) org_admin: Vec<bool>,
    pub(crate) added: Vec<Option<Day>>,
    /// Last use of anything, by the account's own column (managed accounts, API).
    pub(crate) last_active: Vec<KeptUse>,
    pub(crate) policy: Vec<Policy>,
    /// Atlassian's own Guard flag, where an export carries it.
    pub(crate) billable: Vec<Option<bool>>,
    /// Number of the address's domain in `Dataset::domains`.
    pub(crate) domain: Vec<u32>,
    /// Whether an export said that the organisation manages the account; `None` where none did.
    pub(crate) managed: Vec<Option<bool>>,
    /// Whether the account is a member of any group, where the export has groups.
    pub(crate) in_groups: Vec<Option<bool>>,
    pub(crate) origin: Vec<Origin>,
}

/// One account as a reader hands it over.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AccountRow<'a> {
    pub(crate) id: &'a str,
    pub(crate) email: &'a str,
    pub(crate) name: &'a str,
    pub(crate) kind: AccountKind,
    pub(crate) status: AccountStatus,
    pub(crate) org_admin: bool,
    pub(crate) added: Option<Day>,
    pub(crate) last_active: LastUse,
    pub(crate) policy: Policy,
    pub(crate) billable: Option<bool>,
    pub(crate) managed: Option<bool>,
    pub(crate) in_groups: Option<bool>,
    pub(crate) origin: Origin,
}

impl Accounts {
    pub(crate) fn len(&self) -> usize {
        self.kind.len()
    }

    pub(crate) fn push(&mut self, row: &AccountRow<'_>, domains: &mut Dictionary) {
        self.id.push(row.id);
        self.email.push(row.email);
        self.name.push(row.name);
        self.kind.push(row.kind);
        self.status.push(row.status);
        self.org_admin.push(row.org_admin);
        self.added.push(row.added);
        self.last_active.push(row.last_active.into());
        self.policy.push(row.policy);
        self.billable.push(row.billable);
        let mut before = self.domain.last().copied().unwrap_or(u32::MAX);
        self.domain
            .push(domains.intern_again(domain_of(row.email), &mut before));
        self.managed.push(row.managed);
        self.in_groups.push(row.in_groups);
        self.origin.push(row.origin);
    }

    pub(crate) fn row(&self, row: usize) -> AccountRow<'_> {
        AccountRow {
            id: self.id.get(row),
            email: self.email.get(row),
            name: self.name.get(row),
            kind: self.kind[row],
            status: self.status[row],
            org_admin: self.org_admin[row],
            added: self.added[row],
            last_active: self.last_active[row].get(),
            policy: self.policy[row],
            billable: self.billable[row],
            managed: self.managed[row],
            in_groups: self.in_groups[row],
            origin: self.origin[row],
        }
    }

    /// The same accounts in another order: row `i` of the result is row `order[i]`.
    pub(crate) fn reordered(&self, order: &[u32]) -> Accounts {
        fn pick<T: Copy>(column: &[T], order: &[u32]) -> Vec<T> {
            order.iter().map(|&row| column[row as usize]).collect()
        }
        Accounts {
            id: self.id.reordered(order),
            email: self.email.reordered(order),
            name: self.name.reordered(order),
            kind: pick(&self.kind, order),
            status: pick(&self.status, order),
            org_admin: pick(&self.org_admin, order),
            added: pick(&self.added, order),
            last_active: pick(&self.last_active, order),
            policy: pick(&self.policy, order),
            billable: pick(&self.billable, order),
            domain: pick(&self.domain, order),
            managed: pick(&self.managed, order),
            in_groups: pick(&self.in_groups, order),
            origin: pick(&self.origin, order),
        }
    }
}

/// The part of an address after its last `@`; empty when there is none.
pub(crate) fn domain_of(email: &str) -> &str {
    let at = email.bytes().rposition(|byte| byte == b'@');
    at.and_then(|at| email.get(at + 1..)).unwrap_or("")
}
