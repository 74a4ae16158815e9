//! What each account holds: one walk over the seats, which are sorted by account.

use crate::domain::account::AccountStatus;
use crate::domain::class::{GuardVerdict, Standing};
use crate::domain::dataset::Dataset;
use crate::domain::day::LastUse;
use crate::domain::product::{BITBUCKET, GuardRule, JIRA, OPSGENIE, Offering, SiteKind, TRELLO};
use crate::parallel;

/// What access to an offering means for Guard; an account gathers the bits of all it can reach.
pub(super) mod bits {
    pub(crate) const NOT_ESTABLISHED: u32 = 1;
    pub(crate) const PLAN_INCLUDES: u32 = 1 << 1;
    /// Counted access that is neither free, nor on a sandbox, nor on somebody else's site.
    pub(crate) const COUNTS_PLAIN: u32 = 1 << 2;
    pub(crate) const COUNTS_FREE_TRELLO: u32 = 1 << 3;
    pub(crate) const COUNTS_FREE_OTHER: u32 = 1 << 4;
    pub(crate) const COUNTS_SANDBOX: u32 = 1 << 5;
    pub(crate) const COUNTS_FOREIGN: u32 = 1 << 6;
    pub(crate) const PREMIUM_OWN: u32 = 1 << 7;
    pub(crate) const PREMIUM_SANDBOX: u32 = 1 << 8;
    pub(crate) const PREMIUM_FOREIGN: u32 = 1 << 9;
    pub(crate) const OPSGENIE: u32 = 1 << 10;
    pub(crate) const BITBUCKET: u32 = 1 << 11;

    /// Jira on an own production site, under a plan that costs something.
    pub(crate) const JIRA_BILLED: u32 = 1 << 12;
    /// A guest of Confluence, wherever the site is.
    pub(crate) const PREMIUM_GUEST: u32 = 1 << 13;

    /// All ways of being counted by Guard Standard.
    pub(crate) const COUNTS: u32 =
        COUNTS_PLAIN | COUNTS_FREE_TRELLO | COUNTS_FREE_OTHER | COUNTS_SANDBOX | COUNTS_FOREIGN;
    /// All that Guard Premium counts, or may count.
    pub(crate) const PREMIUM: u32 = PREMIUM_OWN | PREMIUM_SANDBOX | PREMIUM_FOREIGN | PREMIUM_GUEST;
}

/// One account's holdings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Holding {
    pub(crate) bits: u32,
    /// The latest use of anything, by its seats and by the account's own column.
    pub(crate) last_use: LastUse,
    /// Grants of access, billed or not.
    pub(crate) seats: u16,
}

/// The holdings of every account, row by row.
pub(crate) fn gather(dataset: &Dataset) -> Vec<Holding> {
    let meaning: Vec<u32> = dataset.offerings.iter().map(meaning).collect();
    let seats = &dataset.seats;
    let of_accounts = parallel::stretches(dataset.accounts.len(), |rows| {
        let mut seat = seats
            .account
            .partition_point(|&account| (account as usize) < rows.start);
        let mut holdings = Vec::with_capacity(rows.len());
        for row in rows {
            let mut holding = Holding {
                bits: 0,
                last_use: dataset.accounts.last_active[row],
                seats: 0,
            };
            while seats
                .account
                .get(seat)
                .is_some_and(|&account| account as usize == row)
            {
                holding.bits |= meaning[usize::from(seats.offering[seat])];
                holding.last_use = holding.last_use.latest(seats.last_use[seat]);
                holding.seats = holding.seats.saturating_add(1);
                seat += 1;
            }
            holdings.push(holding);
        }
        holdings
    });
    of_accounts.concat()
}

fn meaning(offering: &Offering) -> u32 {
    let mut meaning = match offering.guard_standard() {
        GuardRule::Counts => match offering.kind {
            SiteKind::Sandbox => bits::COUNTS_SANDBOX,
            SiteKind::Foreign => bits::COUNTS_FOREIGN,
            SiteKind::Own if !offering.has_plan("Free") => bits::COUNTS_PLAIN,
            SiteKind::Own if offering.product == TRELLO => bits::COUNTS_FREE_TRELLO,
            SiteKind::Own => bits::COUNTS_FREE_OTHER,
        },
        GuardRule::NotEstablished => bits::NOT_ESTABLISHED,
        GuardRule::DoesNotCount => 0,
    };
    if offering.includes_guard() {
        meaning |= bits::PLAN_INCLUDES;
    }
    meaning |= match (offering.guard_premium(), offering.kind) {
        (GuardRule::Counts, SiteKind::Own) => bits::PREMIUM_OWN,
        (GuardRule::Counts, SiteKind::Sandbox) => bits::PREMIUM_SANDBOX,
        (GuardRule::Counts, SiteKind::Foreign) => bits::PREMIUM_FOREIGN,
        (GuardRule::NotEstablished, _) => bits::PREMIUM_GUEST,
        (GuardRule::DoesNotCount, _) => 0,
    };
    match offering.product.as_str() {
        OPSGENIE => meaning |= bits::OPSGENIE,
        BITBUCKET => meaning |= bits::BITBUCKET,
        JIRA if offering.kind == SiteKind::Own && offering.is_billed() => {
            meaning |= bits::JIRA_BILLED
        }
        _ => {}
    }
    meaning
}

/// Whether the account can sign in at Atlassian.
pub(crate) fn is_enabled(dataset: &Dataset, account: usize) -> bool {
    dataset.accounts.status.get(account) == Some(&AccountStatus::Active)
}

/// Adds the counts of accounts by what they can reach.
pub(super) fn count(
    dataset: &Dataset,
    holdings: &[Holding],
    analysis: &super::Analysis,
    counts: &mut crate::domain::counts::Counts,
) {
    for (account, holding) in holdings.iter().enumerate() {
        if !is_enabled(dataset, account) {
            continue;
        }
        let standing = analysis.standing[account];
        let claimed = dataset.is_managed(account);
        counts.orphaned_unclaimed += u64::from(standing == Standing::Orphaned && !claimed);
        counts.bitbucket_holders += u64::from(holding.bits & bits::BITBUCKET != 0);
        let billed = !matches!(standing, Standing::App | Standing::Customer);
        let jira = billed && holding.bits & bits::JIRA_BILLED != 0;
        counts.jira_users += u64::from(jira);
        match analysis.guard_standard[account].verdict {
            GuardVerdict::Billable if !jira => {
                counts.guard_without_jira.0 += 1;
                counts.guard_without_jira.1 += 1;
            }
            GuardVerdict::Uncertain if !jira => counts.guard_without_jira.1 += 1,
            _ => {}
        }
    }
}
