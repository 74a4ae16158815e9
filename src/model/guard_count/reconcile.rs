//! Reconciliation: the Guard count by the rules against the count on an invoice, and the lawful ways to lower it.
//!
//! The arithmetic alone: which accounts stand behind a reason is `analyse`'s, and the report names them.

use serde::Serialize;

pub(crate) use super::difference::Explanation;
use super::difference::explanations;
use super::lower::ways_to_lower;
pub(crate) use super::lower::{Reducible, WayToLower};
use crate::domain::class::{GuardReason, GuardVerdict};
use crate::domain::counts::{GuardCount, guard_billable};
use crate::model::basis::Basis;
use crate::model::inputs::facts::CountRange;
use crate::money::{Cost, MoneyError};
use crate::named::named;
use crate::price::quote::Quote;

named! {
    /// The plan on the invoice.
    GuardPlan, label {
        Standard = "standard", "Guard Standard";
        Premium = "premium", "Guard Premium";
    }
}

/// Accounts of one reason and what they mean for the difference.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Group {
    pub(crate) verdict: GuardVerdict,
    pub(crate) reason: GuardReason,
    pub(crate) accounts: u64,
    /// Why an invoice might treat these accounts otherwise; `None` where nothing speaks for it.
    pub(crate) might_differ: Option<&'static str>,
    pub(crate) basis: Basis,
    pub(crate) source: &'static str,
}

/// The invoice's count against the computed one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Reconciliation {
    pub(crate) plan: GuardPlan,
    pub(crate) billed: u64,
    pub(crate) computed: CountRange,
    /// Billed less computed: at most and at least. Zero within the range means that the two agree.
    pub(crate) more_than_at_most: u64,
    pub(crate) less_than_certain: u64,
    pub(crate) statement: String,
    /// Every reason, the largest group first.
    pub(crate) groups: Vec<Group>,
    /// The groups that make up the difference to the account, else the nearest ones.
    pub(crate) explanations: Vec<Explanation>,
    /// The fee of the invoice's count, for a year.
    pub(crate) annual_fee: Cost,
    /// By what they are worth, the most first; `Together` last.
    pub(crate) ways_to_lower: Vec<WayToLower>,
    pub(crate) basis: Basis,
    pub(crate) source: String,
}

impl Reconciliation {
    /// Whether the invoice's count is one that the rules allow.
    pub(crate) const fn agrees(&self) -> bool {
        self.more_than_at_most == 0 && self.less_than_certain == 0
    }

    /// The accounts that are not billable, where even all of them are fewer than the invoice has more.
    pub(crate) fn too_few_others(&self) -> Option<u64> {
        let others = self
            .groups
            .iter()
            .filter(|group| group.verdict == GuardVerdict::NotBillable);
        let others: u64 = others.map(|group| group.accounts).sum();
        (others < self.more_than_at_most).then_some(others)
    }
}

/// Holds an invoice's count against the counted reasons.
///
/// # Errors
/// `TooLarge`, `CurrencyMismatch`.
pub(crate) fn reconcile(
    plan: GuardPlan,
    billed: u64,
    counts: &[GuardCount],
    reducible: &[Reducible],
    quote: &Quote<'_>,
) -> Result<Reconciliation, MoneyError> {
    let (certain, at_most) = guard_billable(counts);
    let computed = CountRange { certain, at_most };
    let more = billed.saturating_sub(at_most);
    let less = certain.saturating_sub(billed);
    let mut groups: Vec<Group> = counts
        .iter()
        .map(|count| Group {
            verdict: count.class.verdict,
            reason: count.class.reason,
            accounts: count.accounts,
            might_differ: might_differ(count.class.verdict, count.class.reason),
            basis: Basis::Measured,
            source: "the accounts of the exports, by the rules of Guard billing",
        })
        .collect();
    groups.sort_by(|left, right| {
        let key = |group: &Group| {
            (
                std::cmp::Reverse(group.accounts),
                group.verdict,
                group.reason,
            )
        };
        key(left).cmp(&key(right))
    });
    Ok(Reconciliation {
        plan,
        billed,
        computed,
        more_than_at_most: more,
        less_than_certain: less,
        statement: statement(billed, computed),
        explanations: explanations(&groups, more, less),
        groups,
        annual_fee: quote.line(billed)?.annual,
        ways_to_lower: ways_to_lower(plan, billed, reducible, quote)?,
        basis: Basis::Measured,
        source: "the exports' accounts against the count on the invoice".to_owned(),
    })
}

fn statement(billed: u64, computed: CountRange) -> String {
    let counted = computed.text();
    if billed > computed.at_most {
        format!(
            "The invoice has {billed}, the rules give {counted}: {} more are billed than can be explained by them.",
            billed - computed.at_most
        )
    } else if billed < computed.certain {
        format!(
            "The invoice has {billed}, the rules give {counted}: {} fewer are billed.",
            computed.certain - billed
        )
    } else {
        format!("The invoice has {billed}, the rules give {counted}: they agree.")
    }
}

/// Why an invoice may count accounts that the rules do not, or leave out accounts that they do.
const fn might_differ(verdict: GuardVerdict, reason: GuardReason) -> Option<&'static str> {
    use GuardReason as R;
    match (verdict, reason) {
        (GuardVerdict::NotBillable, R::Disabled) => {
            Some("deactivated after the period began: a removal counts from the next cycle")
        }
        (GuardVerdict::NotBillable, R::NonBillablePolicy) => {
            Some("the policy is not marked non-billable, or was marked within the period")
        }
        (GuardVerdict::NotBillable, R::PlanIncludesGuard) => {
            Some("the plan that includes Guard is not linked to the account")
        }
        (GuardVerdict::NotBillable, R::External) => {
            Some("the external-user policy is billable at Atlassian")
        }
        (GuardVerdict::NotBillable, R::NoCountedProduct | R::NoJiraOrConfluence) => {
            Some("access that the export does not show, such as on other companies' sites")
        }
        (GuardVerdict::Uncertain, _) => Some("Atlassian's pages do not say whether these count"),
        (GuardVerdict::Billable, R::ForeignSiteOnly) => {
            Some("a licence in another organisation may include Guard")
        }
        (GuardVerdict::Billable, R::FreeTrelloOnly) => {
            Some("members of no workspace are not counted")
        }
        (GuardVerdict::Billable, R::SandboxOnly | R::FreePlanOnly) => {
            Some("added after the period's count was taken")
        }
        (GuardVerdict::Billable, R::CountedProduct | R::JiraOrConfluence) => Some(
            "added after the period's count was taken, or covered by an Enterprise plan that the export does not show",
        ),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{GuardPlan, Reconciliation, Reducible, reconcile};
    use crate::domain::class::{GuardClass, GuardReason, GuardVerdict};
    use crate::domain::counts::GuardCount;
    use crate::model::fixtures::pricing;
    use crate::model::guard_count::lower::LowerBy;
    use crate::price::quote::Pricing;

    fn counts() -> Vec<GuardCount> {
        use GuardReason as R;
        use GuardVerdict as V;
        [
            (V::Billable, R::CountedProduct, 600),
            (V::Billable, R::FreeTrelloOnly, 40),
            (V::Uncertain, R::ProductNotEstablished, 6),
            (V::NotBillable, R::NonBillablePolicy, 20),
            (V::NotBillable, R::External, 10),
            (V::NotBillable, R::Disabled, 55),
            (V::NotBillable, R::App, 30),
        ]
        .map(|(verdict, reason, accounts)| GuardCount {
            class: GuardClass { verdict, reason },
            accounts,
        })
        .to_vec()
    }

    fn against(billed: u64, plan: GuardPlan) -> Reconciliation {
        // The table of 2018: a year above 250 users costs 24 a user, below 36.
        let old = Pricing {
            day: "2018-08-01".parse().unwrap(),
            ..pricing()
        };
        let quote = old.quote("Guard", "Standard", None).unwrap();
        let reducible = [
            (LowerBy::DeactivateLeavers, 30),
            (LowerBy::NonBillablePolicyForFreeTrello, 40),
            (LowerBy::LeaveSandboxes, 0),
            (LowerBy::Together, 65),
        ]
        .map(|(by, accounts)| Reducible { by, accounts });
        reconcile(plan, billed, &counts(), &reducible, &quote).unwrap()
    }

    #[test]
    fn a_difference_is_explained_by_the_reasons_that_make_it_up() {
        let found = against(676, GuardPlan::Standard);
        assert_eq!((found.computed.certain, found.computed.at_most), (640, 646));
        assert_eq!(found.more_than_at_most, 30);
        // 20 + 10; the 30 apps are never on a bill
        let told: Vec<_> = found
            .explanations
            .iter()
            .map(|one| one.reasons.clone())
            .collect();
        assert_eq!(
            told,
            [vec![GuardReason::NonBillablePolicy, GuardReason::External]]
        );
        assert!(found.statement.contains("30 more are billed"));
        assert!(
            found.explanations[0]
                .statement
                .starts_with("30 = 20 accounts non-billable-policy")
        );
    }

    #[test]
    fn fewer_on_the_invoice_and_agreement() {
        let fewer = against(600, GuardPlan::Standard);
        assert_eq!(fewer.less_than_certain, 40);
        assert_eq!(fewer.explanations[0].reasons, [GuardReason::FreeTrelloOnly]);
        let same = against(643, GuardPlan::Standard);
        assert!(same.statement.ends_with("they agree."));
        assert!(same.explanations.is_empty());
    }

    #[test]
    fn a_way_to_lower_is_worth_the_difference_of_two_fees() {
        let found = against(260, GuardPlan::Standard);
        let told: Vec<_> = found
            .ways_to_lower
            .iter()
            .map(|way| (way.code.as_str(), way.accounts, way.annual_worth.grouped()))
            .collect();
        // 260 costs 9,000 + 240 = 9,240. Less 40 → 220 × 36 = 7,920; less 30 → 8,280; less 65 → 195 × 36 = 7,020
        assert_eq!(
            told,
            [
                (
                    "non-billable-policy-for-free-trello",
                    40,
                    "$1,320.00".to_owned()
                ),
                ("deactivate-leavers", 30, "$960.00".to_owned()),
                ("together", 65, "$2,220.00".to_owned()),
            ]
        );
        // A non-billable policy does nothing for Premium.
        let premium = against(260, GuardPlan::Premium);
        assert_eq!(premium.ways_to_lower.len(), 2);
    }
}
