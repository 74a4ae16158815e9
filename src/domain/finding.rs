//! Findings: facts worth acting on, each with a stable code, a severity and the advised action.
//!
//! Money is put beside a finding later, in the report; here it has none.

use serde::Serialize;

use super::class::Use;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Severity {
    High,
    Medium,
    Low,
}

impl Severity {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Severity::High => "high",
            Severity::Medium => "medium",
            Severity::Low => "low",
        }
    }
}

/// What is fixed about a kind of finding.
#[derive(Debug)]
pub(crate) struct CodeFacts {
    pub(crate) code: &'static str,
    pub(crate) severity: Severity,
    pub(crate) description: &'static str,
    pub(crate) action: &'static str,
}

macro_rules! codes {
    ($($variant:ident, $code:literal, $severity:ident, $description:literal, $action:literal;)+) => {
        /// The kind of a finding, in the order in which findings are listed.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[repr(u8)]
        pub(crate) enum FindingCode { $($variant,)+ }

        impl FindingCode {
            pub(crate) const ALL: &'static [FindingCode] = &[$(FindingCode::$variant,)+];

            pub(crate) const fn facts(self) -> &'static CodeFacts {
                match self {
                    $(FindingCode::$variant => &CodeFacts {
                        code: $code,
                        severity: Severity::$severity,
                        description: $description,
                        action: $action,
                    },)+
                }
            }
        }
    };
}

codes! {
    OrphanedSeat, "orphaned-seat", High,
        "a billed seat of an enabled account whose person has left or is disabled in the directory",
        "deactivate the account";
    ActiveAfterLeaving, "active-after-leaving", High,
        "an orphaned account was used after its person's day of leaving",
        "deactivate the account and review what it did since";
    AdminLeft, "org-admin-left", High,
        "an organisation administrator has left or is disabled in the directory",
        "remove the admin role and deactivate the account";
    OrphanedWithoutSeat, "orphaned-account", Medium,
        "an enabled account without a billed seat whose person has left",
        "deactivate the account";
    InactiveSeat, "inactive-seat", Medium,
        "a billed seat that its holder, still here, has not used within the limit",
        "ask the holder and then remove product access";
    NeverActiveSeat, "never-active-seat", Medium,
        "a billed seat that was never used, after the grace days",
        "remove product access";
    UnmatchedAccount, "unmatched-account", Medium,
        "an enabled, managed account that matches nobody in the directory",
        "find the owner or deactivate it if there is none";
    GuardWithoutUse, "guard-without-use", Medium,
        "a Guard-billable account that has used nothing within the limit",
        "deactivate the account or remove its product access";
    FreeTrelloOnly, "free-trello-only", Low,
        "Guard Standard counts the account only for a free Trello plan",
        "move it to a non-billable policy or end the Trello access where it is not needed";
    ForeignSiteOnly, "foreign-site-only", Low,
        "Guard Standard counts the account only for access to other companies' sites",
        "confirm the need or move it to a non-billable policy";
    SandboxOnly, "sandbox-only", Low,
        "Guard Standard counts the account only for sandbox access",
        "remove the sandbox access where it is no longer needed";
    GuardFlagDiffers, "guard-flag-differs", Medium,
        "Atlassian's own billable flag disagrees with the rule",
        "check the account's policy and product access before the next invoice";
    DuplicateAccount, "duplicate-account", Medium,
        "one person holds several enabled accounts with billed seats",
        "keep one account and remove the others' access";
    PlusVariant, "plus-variant", Low,
        "the address is a plus-variant of another account's address",
        "check whether the same mailbox needs two accounts";
    OneOfSeveralUsed, "one-product-used", Low,
        "an account with several products uses only one of them",
        "remove access to the products that are not used";
    SuspendedInGroups, "suspended-in-groups", Low,
        "a suspended account still belongs to groups and regains its access when restored",
        "remove it from its groups";
    StatusConflict, "status-conflict", Medium,
        "the directory's records of the person disagree on the status; the stricter one is kept",
        "correct the record that is wrong";
    Rehired, "rehired", Low,
        "one list has an ended and a current employment of the person; the account counts as current",
        "confirm that the person works here";
    OpsgenieEnding, "opsgenie-ending", Medium,
        "a seat of Opsgenie, which ends on 2027-04-05",
        "plan the move to Jira Service Management or Compass";
    BitbucketGroups, "bitbucket-not-synced", Low,
        "Bitbucket seats: SCIM syncs no Bitbucket groups, so leavers' access there stays a manual task",
        "add Bitbucket to the leaver's checklist";
    ScimKeyExpiry, "scim-key-expiry", High,
        "the SCIM key expires or may expire within 60 days, or before the report's day",
        "create a new key before it expires";
    IdpWithoutScim, "idp-without-full-scim", Medium,
        "the identity provider does not give full SCIM provisioning to Atlassian",
        "check what the provider can deactivate before paying for SCIM";
}

impl FindingCode {
    pub(crate) const fn code(self) -> u8 {
        self as u8
    }

    /// The finding that a wasted seat is.
    pub(crate) const fn of_waste(used: Use) -> Option<FindingCode> {
        match used {
            Use::Orphaned => Some(FindingCode::OrphanedSeat),
            Use::Inactive => Some(FindingCode::InactiveSeat),
            Use::NeverActive => Some(FindingCode::NeverActiveSeat),
            _ => None,
        }
    }
}

/// One finding. Its evidence is put into words by the report, from these facts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Finding {
    pub(crate) code: FindingCode,
    /// Row of the account; `None` for findings about the organisation.
    pub(crate) account: Option<u32>,
    /// Row of the seat; `None` where the account as a whole is meant.
    pub(crate) seat: Option<u32>,
    /// Days, a day, a count or another account's row, by code: see `report::detail`.
    pub(crate) detail: i32,
}

/// All findings, in piles by code; within a pile by account and seat.
#[derive(Clone, Debug, Default)]
pub(crate) struct Findings {
    piles: [Vec<Finding>; FindingCode::ALL.len()],
}

impl Findings {
    /// Adds a finding behind the others of its code.
    pub(crate) fn push(&mut self, finding: Finding) {
        self.piles[usize::from(finding.code.code())].push(finding);
    }

    /// Adds the findings of another list behind those of this one, code by code.
    pub(crate) fn append(&mut self, other: Findings) {
        for (pile, mut added) in self.piles.iter_mut().zip(other.piles) {
            if pile.is_empty() {
                *pile = added;
            } else {
                pile.append(&mut added);
            }
        }
    }

    /// Puts each pile in order, where it is not in order already.
    pub(crate) fn sort(&mut self) {
        let key = |finding: &Finding| (finding.account, finding.seat);
        for pile in &mut self.piles {
            if !pile.is_sorted_by_key(key) {
                pile.sort_by_key(key);
            }
        }
    }

    pub(crate) fn of(&self, code: FindingCode) -> &[Finding] {
        &self.piles[usize::from(code.code())]
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.piles.iter().flatten()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::FindingCode;

    #[test]
    fn every_code_is_its_own_kebab_case_word_with_a_description_and_an_action() {
        let codes: BTreeSet<&str> = FindingCode::ALL
            .iter()
            .map(|code| code.facts().code)
            .collect();
        assert_eq!(codes.len(), FindingCode::ALL.len());
        for code in FindingCode::ALL {
            let facts = code.facts();
            assert!(
                facts
                    .code
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c == '-'),
                "{}",
                facts.code
            );
            assert!(!facts.description.is_empty() && !facts.action.is_empty());
            // A million rows of CSV hold the action as a word that needs no quotes.
            assert!(!facts.action.contains([',', '"']), "{}", facts.action);
        }
    }
}
