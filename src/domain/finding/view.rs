//! What the rules of findings look at: the dataset, the class of each row, the settings.

use crate::domain::account::AccountStatus;
use crate::domain::analysis::AccountClass;
use crate::domain::class::{Standing, Use};
use crate::domain::dataset::Dataset;
use crate::domain::day::LastUse;
use crate::domain::settings::Settings;

#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) dataset: &'a Dataset,
    pub(crate) accounts: &'a [AccountClass],
    pub(crate) uses: &'a [Option<Use>],
    pub(crate) settings: &'a Settings,
}

impl View<'_> {
    pub(super) fn class(&self, account: usize) -> &AccountClass {
        &self.accounts[account]
    }

    /// Whether the account can sign in at Atlassian.
    pub(super) fn is_enabled(&self, account: usize) -> bool {
        self.dataset.accounts.status[account] == AccountStatus::Active
    }

    /// Whether an account is to keep what it has, used or not: no finding asks to take it away. A leaver's account is
    /// not kept by an exemption.
    pub(super) fn stays(&self, account: usize) -> bool {
        match self.class(account).standing {
            Standing::Service => true,
            Standing::Orphaned => false,
            _ => self.dataset.exempt[account],
        }
    }

    /// Whether an account of somebody who is there uses nothing at all within the limit, by reports that exist, past
    /// the grace days: a Guard plan that counts it is paid for no use.
    pub(crate) fn is_unused(&self, account: usize) -> bool {
        let class = self.class(account);
        if class.standing == Standing::Orphaned || self.stays(account) {
            return false;
        }
        let settings = self.settings;
        let limit = i32::try_from(settings.inactive_after).unwrap_or(i32::MAX);
        let grace = i32::try_from(settings.grace).unwrap_or(i32::MAX);
        match class.last_use.get() {
            LastUse::NotReported => false,
            LastUse::On(day) => settings.as_of.days_since(day) > limit,
            LastUse::Before(day) => settings.as_of.days_since(day) >= limit,
            LastUse::Never => self.dataset.accounts.added[account]
                .is_none_or(|added| settings.as_of.days_since(added) >= grace),
        }
    }
}
