//! `free-plan-limit`: a product taken to be on the Free plan, with more users than that plan allows.

use crate::domain::analysis::AccountClass;
use crate::domain::check::{Check, CheckCode};
use crate::domain::class::Standing;
use crate::domain::dataset::Dataset;
use crate::domain::product::{JIRA, SiteKind};

/// Products whose Free plan ends at a number of users, with the name of that limit in the table of checks.
const LIMITED: [(&str, &str); 5] = [
    (JIRA, "jira"),
    ("Confluence", "confluence"),
    ("Jira Service Management", "jira-service-management"),
    ("Bitbucket", "bitbucket"),
    ("Jira Product Discovery", "jira-product-discovery"),
];

pub(super) fn judge(dataset: &Dataset, accounts: &[AccountClass]) -> Vec<Check> {
    let limits: Vec<Option<u64>> = dataset
        .offerings
        .iter()
        .map(|one| {
            let limited = LIMITED.iter().find(|(product, _)| *product == one.product);
            let is_own = one.kind == SiteKind::Own && one.has_plan("Free");
            limited
                .filter(|_| is_own)
                .map(|(_, name)| CheckCode::FreePlanLimit.limit(name))
        })
        .collect();
    if limits.iter().all(Option::is_none) {
        return Vec::new();
    }
    let mut users = vec![0_u64; limits.len()];
    for (&offering, &account) in dataset.seats.offering.iter().zip(&dataset.seats.account) {
        let holds = !matches!(
            accounts.get(account as usize).map(|one| one.standing),
            None | Some(Standing::App | Standing::Customer | Standing::Disabled)
        );
        users[usize::from(offering)] += u64::from(holds);
    }
    dataset
        .offerings
        .iter()
        .zip(limits)
        .zip(users)
        .filter_map(|((one, limit), users)| {
            let limit = limit.filter(|limit| users > *limit)?;
            let place = match one.site.as_str() {
                "" => one.product.clone(),
                site => format!("{} on {site}", one.product),
            };
            let evidence = format!(
                "{place} is taken to be on the Free plan, which allows {limit} users, and {users} have access"
            );
            Some(Check::new(CheckCode::FreePlanLimit, evidence).at([place]))
        })
        .collect()
}
