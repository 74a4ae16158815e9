//! What analysis gives to pricing: exact whole numbers, and no money.

use super::class::{GuardClass, GuardVerdict, Standing, Use};
use super::idle::IdleCounts;

/// Numbers by class, in the order of the class's `ALL`.
pub(crate) type StandingCounts = [u64; Standing::ALL.len()];
pub(crate) type UseCounts = [u64; Use::ALL.len()];

/// Uses of one department's seats of one offering.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct DepartmentUse {
    pub(crate) department: u32,
    pub(crate) offering: u16,
    pub(crate) uses: UseCounts,
}

/// Accounts of one Guard class.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct GuardCount {
    pub(crate) class: GuardClass,
    pub(crate) accounts: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) standings: StandingCounts,
    /// One row for each offering, in the dataset's order: products, then apps with the seats of their hosts.
    pub(crate) uses: Vec<UseCounts>,
    /// How many of these rows are products.
    pub(crate) products: usize,
    /// The same seats by the days since their last use.
    pub(crate) idle: IdleCounts,
    /// Sorted by department and offering; rows of zeros are left out.
    pub(crate) department_uses: Vec<DepartmentUse>,
    /// Accounts of each department that hold a billed seat, by department number.
    pub(crate) department_accounts: Vec<(u32, u64)>,
    pub(crate) guard_standard: Vec<GuardCount>,
    pub(crate) guard_premium: Vec<GuardCount>,
    /// Enabled accounts that the organisation manages.
    pub(crate) managed_enabled: u64,
    /// Orphaned accounts whose domain is not claimed: no provisioning acts on them.
    pub(crate) orphaned_unclaimed: u64,
    /// Enabled accounts that can reach Bitbucket.
    pub(crate) bitbucket_holders: u64,
    /// Accounts with a billed seat of Jira on an own production site.
    pub(crate) jira_users: u64,
    /// Of those that Guard Standard counts, the ones without such a Jira seat: for certain, and at most.
    pub(crate) guard_without_jira: (u64, u64),
    /// People the directory has as present.
    pub(crate) people_present: u64,
    /// People who left or are disabled, in the directory.
    pub(crate) people_left: u64,
}

impl Counts {
    pub(crate) fn standing(&self, standing: Standing) -> u64 {
        self.standings[usize::from(standing.code())]
    }

    pub(crate) fn accounts(&self) -> u64 {
        self.standings.iter().sum()
    }

    /// The seats of products: an app has none of its own.
    pub(crate) fn of_products(&self) -> &[UseCounts] {
        &self.uses[..self.products.min(self.uses.len())]
    }

    pub(crate) fn seats(&self) -> u64 {
        self.of_products().iter().flatten().sum()
    }

    pub(crate) fn wasted(&self) -> u64 {
        self.of_products().iter().map(wasted).sum()
    }

    pub(crate) fn wasted_at_most(&self) -> u64 {
        self.of_products().iter().map(wasted_at_most).sum()
    }

    pub(crate) fn used(&self, used: Use) -> u64 {
        self.of_products()
            .iter()
            .map(|row| row[usize::from(used.code())])
            .sum()
    }
}

/// How many of these seats are waste for certain.
pub(crate) fn wasted(uses: &UseCounts) -> u64 {
    sum_where(uses, Use::is_waste)
}

/// How many of these seats are waste at most: those without any report of activity might be too.
pub(crate) fn wasted_at_most(uses: &UseCounts) -> u64 {
    wasted(uses) + uses[usize::from(Use::Unreported.code())]
}

/// How many of these seats are on a bill: a sandbox comes with its plan.
pub(crate) fn billed(uses: &UseCounts) -> u64 {
    sum_where(uses, |used| used != Use::Sandbox)
}

fn sum_where(uses: &UseCounts, keep: impl Fn(Use) -> bool) -> u64 {
    Use::ALL
        .iter()
        .zip(uses)
        .filter(|(used, _)| keep(**used))
        .map(|(_, count)| count)
        .sum()
}

/// How many accounts a Guard plan bills: for certain, and at most.
pub(crate) fn guard_billable(counts: &[GuardCount]) -> (u64, u64) {
    let of = |verdict| -> u64 {
        counts
            .iter()
            .filter(|row| row.class.verdict == verdict)
            .map(|row| row.accounts)
            .sum()
    };
    let certain = of(GuardVerdict::Billable);
    (certain, certain + of(GuardVerdict::Uncertain))
}
