//! `Facts`: what the model is told. Counts from analysis, bills from pricing, statements from the configuration.
//!
//! Plain values: whoever calls the model fills them in. What is not known is `None`, never zero.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::provider::Provider;
use crate::domain::day::Day;
use crate::domain::stated::Stated;
use crate::domain::text::grouped;
use crate::model::basis::Basis;
use crate::money::{Cost, Currency, Money};
use crate::named::named;

/// A number with where it comes from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Counted {
    pub(crate) count: u64,
    pub(crate) basis: Basis,
    /// `people present in entra-users.csv`.
    pub(crate) source: String,
}

/// A count of which some may or may not belong to it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct CountRange {
    pub(crate) certain: u64,
    pub(crate) at_most: u64,
}

impl CountRange {
    pub(crate) const fn exactly(count: u64) -> CountRange {
        CountRange {
            certain: count,
            at_most: count,
        }
    }

    /// `1512`, `1512–1530`: for columns that programs read.
    pub(crate) fn text(self) -> String {
        self.written(|count| count.to_string())
    }

    /// `1,512`, `1,512–1,530`: within a sentence.
    pub(crate) fn grouped(self) -> String {
        self.written(grouped)
    }

    fn written(self, write: impl Fn(u64) -> String) -> String {
        if self.certain == self.at_most {
            write(self.certain)
        } else {
            format!("{}–{}", write(self.certain), write(self.at_most))
        }
    }
}

/// The accounts of the exports.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct AccountCounts {
    pub(crate) managed_enabled: u64,
    /// Enabled accounts of people who left; `None` without a directory.
    pub(crate) orphaned: Option<u64>,
    /// Of the orphaned ones, those that no provisioning acts on: their domain is not claimed.
    pub(crate) orphaned_unclaimed: u64,
    pub(crate) unmatched: u64,
    pub(crate) external: u64,
    pub(crate) portal_customers: u64,
    pub(crate) bitbucket_holders: u64,
    /// What Guard Standard bills, and Guard Premium.
    pub(crate) guard_standard: CountRange,
    pub(crate) guard_premium: CountRange,
    /// Of the Standard count, those without Jira: Jira Enterprise does not include Guard for them. `None` when it is
    /// not counted; Enterprise is then taken to cover everybody, which is said.
    pub(crate) guard_standard_without_jira: Option<CountRange>,
    /// Distinct people with a billed Jira seat on sites of the organisation's own.
    pub(crate) jira_users: u64,
    pub(crate) source: String,
}

/// Bills of the exports' seats.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Bills {
    /// All subscriptions for a year, today.
    pub(crate) today: Cost,
    /// The same without the seats that are waste for certain, and without those that may be waste too.
    pub(crate) after_cleanup: Cost,
    pub(crate) after_cleanup_at_most: Cost,
    /// What can be avoided of the bill today in each case, by `price::avoidable`.
    pub(crate) saving: Cost,
    pub(crate) saving_at_most: Cost,
    /// What goes with the orphaned seats alone; `None` without a directory.
    pub(crate) saving_orphaned: Option<Cost>,
    /// The part of the three that rests on Jira's prices, which Jira's bill rests on too.
    #[serde(skip)]
    pub(crate) of_jira: JiraSeats,
    /// What to remove where removing all of the wasted seats is not best, as under volume bands: sentences.
    pub(crate) partly: Vec<String>,
    pub(crate) wasted_seats: CountRange,
    pub(crate) orphaned_seats: u64,
    /// The Jira lines of the bill today.
    pub(crate) jira_today: Cost,
    /// Configured where a contract prices a line that has waste, or a line of Jira.
    pub(crate) saving_basis: Basis,
    pub(crate) jira_basis: Basis,
    /// The file that has the bills line by line.
    pub(crate) source: String,
}

/// What can be avoided of Jira's bill: without the certain waste, without all that may be, without the leavers' seats.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct JiraSeats {
    pub(crate) saving: Cost,
    pub(crate) saving_at_most: Cost,
    pub(crate) saving_orphaned: Cost,
}

named! {
    /// The Guard plan that the organisation pays for already.
    #[derive(Default, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    GuardHeld, label {
        #[default]
        None = "none", "none";
        Standard = "standard", "Guard Standard";
        Premium = "premium", "Guard Premium";
    }
}

/// A third party's offer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct ThirdPartyQuote {
    pub(crate) name: String,
    pub(crate) price: ThirdPartyPrice,
    pub(crate) set_up_fee: Option<Money>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ThirdPartyPrice {
    /// For a year, whatever the headcount.
    AnnualFee(Money),
    /// For a person of the headcount and a month.
    PerUserMonth(Money),
}

/// All that the model is told.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Facts {
    pub(crate) day: Day,
    pub(crate) currency: Currency,
    /// People present in the directory; enabled managed accounts where there is no directory.
    pub(crate) headcount: Counted,
    /// `None` without Atlassian exports.
    pub(crate) accounts: Option<AccountCounts>,
    /// `None` without Atlassian exports.
    pub(crate) bills: Option<Bills>,
    /// People who left or are disabled, in the directory; `None` without one.
    pub(crate) people_left: Option<u64>,
    pub(crate) guard_held: GuardHeld,
    pub(crate) needs_premium: bool,
    pub(crate) needs_scim: bool,
    /// Whether native SCIM runs already; the configuration shows it by the day of the key.
    pub(crate) scim_in_use: bool,
    /// Whether the configuration says so or otherwise.
    pub(crate) scim_is_stated: bool,
    pub(crate) provider: Provider,
    /// How many of Jira, Confluence and Jira Service Management are in use on sites of the organisation's own.
    pub(crate) main_products: u64,
    /// The site of all billed Jira seats, whose contract applies to Jira Enterprise too; `None` where there are several.
    pub(crate) jira_site: Option<String>,
    pub(crate) third_party: Option<ThirdPartyQuote>,
    /// What takes the place of defaults: `[assumptions]` of a configuration and of a scenario, and `--set`.
    pub(crate) assumptions: BTreeMap<String, Stated>,
}

impl Facts {
    /// What Guard Standard bills: counted in the exports, else everybody.
    pub(crate) fn standard_count(&self) -> CountRange {
        self.accounts
            .as_ref()
            .map_or(CountRange::exactly(self.headcount.count), |accounts| {
                accounts.guard_standard
            })
    }

    pub(crate) fn premium_count(&self) -> CountRange {
        self.accounts
            .as_ref()
            .map_or(CountRange::exactly(self.headcount.count), |accounts| {
                accounts.guard_premium
            })
    }

    /// Who would need Jira Enterprise: counted in the exports, else everybody.
    pub(crate) fn jira_users(&self) -> u64 {
        self.accounts
            .as_ref()
            .map_or(self.headcount.count, |accounts| accounts.jira_users)
    }

    pub(crate) fn orphaned(&self) -> Option<u64> {
        self.accounts
            .as_ref()
            .and_then(|accounts| accounts.orphaned)
    }

    /// Where the Guard and Jira counts come from.
    pub(crate) fn count_basis(&self) -> Basis {
        if self.accounts.is_some() {
            Basis::Measured
        } else {
            self.headcount.basis
        }
    }
}
