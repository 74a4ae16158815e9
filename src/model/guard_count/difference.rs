//! Which groups of accounts make up the difference between an invoice's count and the computed one.
//!
//! Takes the groups by verdict and reason and the difference, gives the smallest sets of groups that are it to the
//! account; without one, the nearest, with what they leave. Counts alone: that they fit proves nothing, and says so.

use std::cmp::Reverse;

use serde::Serialize;

use super::reconcile::Group;
use crate::domain::class::{GuardReason, GuardVerdict};
use crate::model::basis::Basis;

/// Groups of accounts that may be the difference, or the nearest to it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Explanation {
    pub(crate) reasons: Vec<GuardReason>,
    /// How much of the difference they would make up.
    pub(crate) accounts: u64,
    /// All accounts of these groups: more than `accounts` where a part of one is enough.
    pub(crate) group_accounts: u64,
    /// What of the difference they leave.
    pub(crate) left: u64,
    pub(crate) statement: String,
    pub(crate) basis: Basis,
    pub(crate) source: &'static str,
}

impl Explanation {
    /// Whether whole groups are the difference to the account.
    pub(crate) const fn is_whole(&self) -> bool {
        self.left == 0 && self.group_accounts == self.accounts
    }
}

/// At most so many explanations are given.
const EXPLANATIONS: usize = 3;
/// Sets of reasons up to this size are tried.
const TOGETHER: u32 = 3;
/// So many groups are tried at most, the largest; there are fewer reasons than this on either side of a count.
const GROUPS: usize = 16;

/// The smallest sets of groups whose accounts are exactly the difference, else the sets that come nearest.
pub(crate) fn explanations(groups: &[Group], more: u64, less: u64) -> Vec<Explanation> {
    let (wanted, side) = match (more, less) {
        (0, 0) => return Vec::new(),
        (0, less) => (less, GuardVerdict::Billable),
        (more, _) => (more, GuardVerdict::NotBillable),
    };
    let candidates: Vec<&Group> = groups
        .iter()
        .filter(|group| group.verdict == side && group.might_differ.is_some() && group.accounts > 0)
        .take(GROUPS)
        .collect();
    let mut tried: Vec<Vec<&Group>> = sets(&candidates).collect();
    if tried.iter().any(|set| accounts(set) == wanted) {
        tried.retain(|set| accounts(set) == wanted);
    } else {
        tried.retain(|set| is_worth_telling(set, &candidates, wanted));
    }
    // The nearest first, then the smallest set; sets come in the order of their groups, the largest group first.
    tried.sort_by_key(|set| (accounts(set).abs_diff(wanted), set.len()));
    tried.truncate(EXPLANATIONS);
    tried.iter().map(|set| explanation(set, wanted)).collect()
}

fn accounts(set: &[&Group]) -> u64 {
    set.iter().map(|group| group.accounts).sum()
}

fn sets<'a>(candidates: &[&'a Group]) -> impl Iterator<Item = Vec<&'a Group>> {
    let within = (1_u32..1 << candidates.len()).filter(|set| set.count_ones() <= TOGETHER);
    within.map(|set| {
        let chosen = candidates
            .iter()
            .enumerate()
            .filter(|(place, _)| set >> place & 1 == 1);
        chosen.map(|(_, group)| *group).collect()
    })
}

/// A set that is too large is told where each of its groups is needed; one that is too small, where no further group
/// fits into what it leaves.
fn is_worth_telling(set: &[&Group], candidates: &[&Group], wanted: u64) -> bool {
    let sum = accounts(set);
    if sum > wanted {
        return set.iter().all(|group| sum - group.accounts < wanted);
    }
    let fits = |other: &&&Group| !set.contains(*other) && sum + other.accounts < wanted;
    set.len() == TOGETHER as usize || !candidates.iter().any(|other| fits(&other))
}

fn explanation(set: &[&Group], wanted: u64) -> Explanation {
    let sum = accounts(set);
    let mut parts: Vec<&&Group> = set.iter().collect();
    parts.sort_by_key(|group| Reverse(group.accounts));
    // Of a set that is too large, the smallest group is the one of which a part is enough.
    let excess = sum.saturating_sub(wanted);
    let last = parts.len() - 1;
    let described = parts.iter().enumerate().map(|(place, group)| {
        let number = match (place == last, excess) {
            (true, 1..) => format!("{} of {}", group.accounts - excess, group.accounts),
            _ => group.accounts.to_string(),
        };
        format!(
            "{number} accounts {} ({})",
            group.reason.as_str(),
            group.might_differ.unwrap_or_default()
        )
    });
    let described = described.collect::<Vec<_>>().join(" + ");
    let left = wanted.saturating_sub(sum);
    let statement = if left == 0 {
        format!("{wanted} = {described}")
    } else {
        format!("{sum} of {wanted} = {described}; {left} are left")
    };
    Explanation {
        reasons: set.iter().map(|group| group.reason).collect(),
        accounts: wanted - left,
        group_accounts: sum,
        left,
        statement,
        basis: Basis::Assumed,
        source: match excess == 0 && left == 0 {
            true => "the counts alone: they fit, which does not prove it",
            false => "the counts alone: no set of whole groups fits, and these come nearest",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::{Explanation, explanations};
    use crate::domain::class::{GuardReason as R, GuardVerdict as V};
    use crate::model::basis::Basis;
    use crate::model::guard_count::reconcile::Group;

    fn groups() -> Vec<Group> {
        [
            (V::Billable, R::CountedProduct, 600),
            (V::NotBillable, R::Disabled, 55),
            (V::Billable, R::FreeTrelloOnly, 40),
            (V::NotBillable, R::App, 30),
            (V::NotBillable, R::NonBillablePolicy, 20),
            (V::NotBillable, R::External, 10),
        ]
        .map(|(verdict, reason, accounts)| Group {
            verdict,
            reason,
            accounts,
            might_differ: (reason != R::App).then_some("of a cause"),
            basis: Basis::Measured,
            source: "a test",
        })
        .to_vec()
    }

    fn told(more: u64, less: u64) -> Vec<String> {
        let found = explanations(&groups(), more, less);
        for Explanation {
            accounts,
            group_accounts,
            left,
            ..
        } in &found
        {
            assert_eq!(accounts + left, more + less);
            assert!(group_accounts >= accounts && (*left == 0 || group_accounts == accounts));
        }
        found.into_iter().map(|one| one.statement).collect()
    }

    #[test]
    fn whole_groups_that_fit_are_told_alone() {
        let exact = "30 = 20 accounts non-billable-policy (of a cause) + 10 accounts external-account (of a cause)";
        assert_eq!(told(30, 0), [exact]);
        assert_eq!(
            told(0, 40),
            ["40 = 40 accounts free-trello-only (of a cause)"]
        );
        assert_eq!(told(0, 0), [""; 0]);
    }

    #[test]
    fn a_few_of_a_group_are_told_with_their_group() {
        assert_eq!(
            told(3, 0),
            [
                "3 = 3 of 10 accounts external-account (of a cause)",
                "3 = 3 of 20 accounts non-billable-policy (of a cause)",
                "3 = 3 of 55 accounts disabled-account (of a cause)",
            ]
        );
        assert_eq!(
            told(0, 2)[0],
            "2 = 2 of 40 accounts free-trello-only (of a cause)"
        );
        // Two whole groups and a part of the third.
        assert!(told(83, 0).contains(
            &"83 = 55 accounts disabled-account (of a cause) + 20 accounts non-billable-policy (of a cause) + 8 of 10 \
              accounts external-account (of a cause)"
                .to_owned()
        ));
    }

    #[test]
    fn what_the_nearest_groups_leave_is_told() {
        assert_eq!(
            told(57, 0)[0],
            "55 of 57 = 55 accounts disabled-account (of a cause); 2 are left"
        );
        // More than all of them: every group, and the rest.
        assert_eq!(told(100, 0).len(), 1);
        assert!(told(100, 0)[0].starts_with("85 of 100 = "));
        assert!(told(100, 0)[0].ends_with("; 15 are left"));
    }

    #[test]
    fn nothing_comes_of_nothing() {
        assert!(explanations(&[], 5, 0).is_empty());
    }
}
