//! Findings: facts worth acting on. One file holds all of a kind: its code, its severity, the advised action, the rule
//! that finds it, the evidence that the rule keeps, and the sentence that tells it.
//!
//! To add a kind, write it in its file with `finding!` and name it in the list below; a rule that finds a kind outside
//! the list does not compile. Money is put beside a finding later, in the report; here it has none. The walks over
//! accounts and seats that ask the rules are `analyse::findings`'.

pub(crate) mod apps;
pub(crate) mod guard;
pub(crate) mod leavers;
pub(crate) mod organisation;
pub(crate) mod people;
pub(crate) mod seats;
pub(crate) mod several;
mod view;

use std::fmt;

use super::account::Accounts;
use super::app::StatedApp;
pub(crate) use view::View;

named! {
    Severity {
        High = "high";
        Medium = "medium";
        Low = "low";
    }
}

/// What is fixed about a kind of finding.
#[derive(Debug)]
pub(crate) struct CodeFacts {
    pub(crate) code: &'static str,
    pub(crate) severity: Severity,
    pub(crate) description: &'static str,
    pub(crate) action: &'static str,
    pub(crate) form: Form,
}

/// What the sentence of a kind is made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Form {
    /// Words of ours without commas: a cell of CSV needs no quotes.
    Word,
    /// Commas, or text from outside such as an address.
    Text,
}

/// What sentences name by its row.
#[derive(Clone, Copy)]
pub(crate) struct Names<'a> {
    pub(crate) accounts: &'a Accounts,
    pub(crate) apps: &'a [StatedApp],
}

/// A kind of finding: its evidence as a type, what is fixed about it, and the sentence that tells the evidence.
macro_rules! finding {
    (
        $name:ident { $($field:ident: $type:ty),* }, $code:literal, $severity:ident,
        $description:literal, $action:literal,
        $form:ident |$f:ident $(, $names:ident)?| $tell:expr
    ) => {
        #[doc = $description]
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub(crate) struct $name { $($field: $type),* }

        impl $name {
            pub(super) const FACTS: super::CodeFacts = super::CodeFacts {
                code: $code,
                severity: super::Severity::$severity,
                description: $description,
                action: $action,
                form: super::Form::$form,
            };

            pub(super) fn tell(
                self,
                _names: super::Names<'_>,
                $f: &mut String,
            ) -> std::fmt::Result {
                use std::fmt::Write;
                $(let $names = _names;)?
                let Self { $($field),* } = self;
                $tell
            }
        }
    };
}
use finding;

use crate::named::named;

macro_rules! list {
    ($($name:ident in $file:ident,)+) => {
        /// The kind of a finding, in the order in which findings are listed.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[repr(u8)]
        pub(crate) enum FindingCode { $($name,)+ }

        impl FindingCode {
            pub(crate) const ALL: &'static [FindingCode] = &[$(FindingCode::$name,)+];

            pub(crate) const fn facts(self) -> &'static CodeFacts {
                match self { $(FindingCode::$name => &$file::$name::FACTS,)+ }
            }
        }

        /// Why a finding holds.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub(crate) enum Evidence { $($name($file::$name),)+ }

        impl Evidence {
            const fn code(self) -> FindingCode {
                match self { $(Evidence::$name(_) => FindingCode::$name,)+ }
            }

            fn tell(self, names: Names<'_>, text: &mut String) -> fmt::Result {
                match self { $(Evidence::$name(evidence) => evidence.tell(names, text),)+ }
            }
        }

        $(impl From<$file::$name> for Evidence {
            fn from(evidence: $file::$name) -> Evidence {
                Evidence::$name(evidence)
            }
        })+
    };
}

list! {
    OrphanedSeat in seats,
    ActiveAfterLeaving in leavers,
    AdminLeft in leavers,
    OrphanedWithoutSeat in leavers,
    InactiveSeat in seats,
    NeverActiveSeat in seats,
    UnmatchedAccount in people,
    GuardWithoutUse in guard,
    FreeTrelloOnly in guard,
    ForeignSiteOnly in guard,
    SandboxOnly in guard,
    GuardFlagDiffers in guard,
    DuplicateAccount in several,
    PlusVariant in several,
    OneOfSeveralUsed in several,
    SuspendedInGroups in people,
    StatusConflict in people,
    Rehired in people,
    OpsgenieEnding in seats,
    BitbucketGroups in organisation,
    ScimKeyExpiry in organisation,
    IdpWithoutScim in organisation,
    AppWithoutSeats in apps,
    AppStatedTwice in apps,
}

impl FindingCode {
    pub(crate) const fn code(self) -> u8 {
        self as u8
    }
}

/// What a finding is about: rows of the dataset.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum About {
    Organisation,
    /// The account as a whole.
    Account(u32),
    Seat {
        account: u32,
        seat: u32,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Finding {
    pub(crate) about: About,
    evidence: Evidence,
}

/// A million accounts have some millions of findings, all kept until they are written.
const _: () = assert!(size_of::<Finding>() <= 24);

impl Finding {
    pub(crate) const fn code(&self) -> FindingCode {
        self.evidence.code()
    }

    /// Row of the account; `None` for findings about the organisation.
    pub(crate) const fn account(&self) -> Option<u32> {
        match self.about {
            About::Organisation => None,
            About::Account(account) | About::Seat { account, .. } => Some(account),
        }
    }

    /// Row of the seat; `None` where the account as a whole is meant.
    pub(crate) const fn seat(&self) -> Option<u32> {
        match self.about {
            About::Seat { seat, .. } => Some(seat),
            _ => None,
        }
    }

    /// Adds why the finding holds, in words.
    pub(crate) fn tell(&self, names: Names<'_>, text: &mut String) {
        // Text takes whatever is written into it.
        let _ = self.evidence.tell(names, text);
    }
}

/// All findings, in piles by code; within a pile by account and seat.
#[derive(Clone, Debug, Default)]
pub(crate) struct Findings {
    piles: [Vec<Finding>; FindingCode::ALL.len()],
}

impl Findings {
    /// Adds a finding behind the others of its code.
    pub(crate) fn add(&mut self, about: About, evidence: impl Into<Evidence>) {
        let evidence = evidence.into();
        self.piles[usize::from(evidence.code().code())].push(Finding { about, evidence });
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
        for pile in &mut self.piles {
            if !pile.is_sorted_by_key(|finding| finding.about) {
                pile.sort_by_key(|finding| finding.about);
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
