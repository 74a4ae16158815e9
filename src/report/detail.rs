//! The long tables, one row an account and one row a finding: kept as columns and given row by row, since a
//! million finished rows would be a gigabyte.
//!
//! The order of a row's cells stands here alone: CSV and `explain` are both given them one by one.

use std::fmt::{self, Write};

use crate::domain::account::Accounts;
use crate::domain::analysis::AccountClass;
use crate::domain::class::{GuardClass, GuardReason, StandingReason, Use};
use crate::domain::dataset::Match;
use crate::domain::day::{Day, LastUse};
use crate::domain::finding::{Finding, FindingCode, Findings};
use crate::domain::product::Offering;
use crate::domain::scim_key::KeyEnd;
use crate::domain::seat::Seats;
use crate::domain::text::Dictionary;
use crate::money::MoneyRange;

/// What the cells of a row are given to, one after the other.
pub(crate) trait Cells {
    /// Text from outside, which may hold anything.
    fn text(&mut self, text: &str);
    /// A word of ours: needs no quotes.
    fn word(&mut self, word: &str);
    fn count(&mut self, count: u64);
    fn day(&mut self, day: Day);

    /// Cells that many rows repeat: those of the same number in a group are the same.
    fn shared(&mut self, _group: Shared, _number: usize, write: impl FnOnce(&mut Self)) {
        write(self);
    }

    fn missing(&mut self) {
        self.word("");
    }

    fn maybe_day(&mut self, day: Option<Day>) {
        match day {
            Some(day) => self.day(day),
            None => self.missing(),
        }
    }

    /// A day, or in words what stands in its place.
    fn last_use(&mut self, last: LastUse) {
        match last {
            LastUse::On(day) => self.day(day),
            LastUse::Before(_) => self.word("before"),
            LastUse::Never => self.word("never"),
            LastUse::NotReported => self.missing(),
        }
    }
}

/// Groups of cells that many rows repeat.
#[derive(Clone, Copy)]
pub(crate) enum Shared {
    Standing,
    Department,
    Guard,
    Finding,
    Offering,
    ListPrice,
}

impl Shared {
    pub(crate) const GROUPS: usize = 6;
}

/// Everything that the long tables are made of; rows as in the dataset.
#[derive(Clone, Default)]
pub(crate) struct Detail {
    pub(crate) accounts: Accounts,
    pub(crate) matches: Vec<Option<Match>>,
    pub(crate) departments: Dictionary,
    pub(crate) classes: Vec<AccountClass>,
    pub(crate) offerings: Vec<Offering>,
    pub(crate) seats: Seats,
    pub(crate) uses: Vec<Option<Use>>,
    pub(crate) findings: Findings,
    pub(crate) currency: String,
    /// For each offering, the yearly list cost of one seat as plain text, low and high.
    pub(crate) list_per_seat: Vec<Option<(String, String)>>,
    pub(crate) as_of: Option<Day>,
}

pub(crate) const ACCOUNT_COLUMNS: [&str; 15] = [
    "account_id",
    "email",
    "name",
    "standing",
    "standing_reason",
    "department",
    "matched_by",
    "added",
    "last_active",
    "seats",
    "wasted_seats",
    "guard_standard",
    "guard_standard_reason",
    "guard_premium",
    "guard_premium_reason",
];

pub(crate) const FINDING_COLUMNS: [&str; 15] = [
    "code",
    "severity",
    "account_id",
    "email",
    "department",
    "product",
    "site",
    "use",
    "added",
    "last_seen",
    "currency",
    "annual_list_low",
    "annual_list_high",
    "evidence",
    "action",
];

/// The plain texts of a range, low and high.
pub(crate) fn plain(range: MoneyRange) -> (String, String) {
    (range.low().plain(), range.high().plain())
}

impl Detail {
    /// The row of `accounts.csv` for an account, in the order of `ACCOUNT_COLUMNS`.
    pub(crate) fn account_row<C: Cells>(&self, row: usize, cells: &mut C) {
        let class = &self.classes[row];
        cells.text(self.accounts.id.get(row));
        cells.text(self.accounts.email.get(row));
        cells.text(self.accounts.name.get(row));
        let (standing, reason) = (class.standing, class.reason);
        let number = usize::from(standing.code()) * StandingReason::ALL.len();
        let number = number + usize::from(reason.code());
        cells.shared(Shared::Standing, number, |cells| {
            cells.word(standing.as_str());
            cells.word(reason.as_str());
        });
        self.department(row, cells);
        cells.word(self.matches[row].map_or("", |found| found.by.as_str()));
        cells.maybe_day(self.accounts.added[row]);
        cells.last_use(class.last_use.get());
        cells.count(class.billed_seats.into());
        cells.count(class.wasted_seats.into());
        for GuardClass { verdict, reason } in [class.guard_standard, class.guard_premium] {
            let number = usize::from(verdict.code()) * GuardReason::ALL.len();
            let number = number + usize::from(reason.code());
            cells.shared(Shared::Guard, number, |cells| {
                cells.word(verdict.as_str());
                cells.word(reason.as_str());
            });
        }
    }

    /// The row of `findings.csv` for a finding, in the order of `FINDING_COLUMNS`; `evidence` is overwritten.
    pub(crate) fn finding_row<C: Cells>(
        &self,
        finding: &Finding,
        evidence: &mut String,
        cells: &mut C,
    ) {
        let account = finding.account.map(|account| account as usize);
        let seat = finding.seat.map(|seat| seat as usize);
        let offering = seat.map(|seat| usize::from(self.seats.offering[seat]));
        let facts = finding.code.facts();
        cells.shared(Shared::Finding, finding.code.code().into(), |cells| {
            cells.word(facts.code);
            cells.word(facts.severity.as_str());
        });
        match account {
            Some(row) => {
                cells.text(self.accounts.id.get(row));
                cells.text(self.accounts.email.get(row));
                self.department(row, cells);
            }
            None => (0..3).for_each(|_| cells.missing()),
        }
        match offering {
            Some(number) => cells.shared(Shared::Offering, number, |cells| {
                cells.text(&self.offerings[number].product);
                cells.text(&self.offerings[number].site);
            }),
            None => (0..2).for_each(|_| cells.missing()),
        }
        let used = seat.and_then(|seat| self.uses[seat]);
        cells.word(used.map_or("", |used| used.as_str()));
        cells.maybe_day(account.and_then(|row| self.accounts.added[row]));
        let last = seat.map(|seat| self.seats.last_use[seat].get());
        let last = last.or_else(|| account.map(|row| self.classes[row].last_use.get()));
        cells.last_use(last.unwrap_or(LastUse::NotReported));
        let list = offering.and_then(|number| Some((number, self.list_per_seat[number].as_ref()?)));
        match list {
            Some((number, (low, high))) => cells.shared(Shared::ListPrice, number, |cells| {
                cells.word(&self.currency);
                cells.word(low);
                cells.word(high);
            }),
            None => (0..3).for_each(|_| cells.missing()),
        }
        evidence.clear();
        // Text takes whatever is written into it.
        let _ = write!(evidence, "{}", self.evidence(finding));
        // Only addresses bring text from outside into the evidence, and only a key's end has commas.
        match finding.code {
            FindingCode::DuplicateAccount
            | FindingCode::PlusVariant
            | FindingCode::ScimKeyExpiry => cells.text(evidence),
            _ => cells.word(evidence),
        }
        cells.word(facts.action);
    }

    fn department<C: Cells>(&self, row: usize, cells: &mut C) {
        let number = self.classes[row].department;
        cells.shared(Shared::Department, number as usize, |cells| {
            cells.text(self.departments.get(number));
        });
    }

    /// Why a finding holds, in words.
    fn evidence<'a>(&'a self, finding: &'a Finding) -> Evidence<'a> {
        Evidence {
            detail: self,
            finding,
        }
    }
}

struct Evidence<'a> {
    detail: &'a Detail,
    finding: &'a Finding,
}

impl Evidence<'_> {
    fn class(&self) -> Option<&AccountClass> {
        let account = self.finding.account?;
        self.detail.classes.get(account as usize)
    }

    fn standing(&self) -> &'static str {
        self.class().map_or("", |class| class.reason.as_str())
    }

    fn days_since_use(&self) -> Option<i32> {
        let seat = self.finding.seat?;
        let last = self.detail.seats.last_use[seat as usize].get().day()?;
        Some(self.detail.as_of?.days_since(last))
    }

    /// The address of the account that the finding's number is the row of.
    fn other(&self) -> &str {
        let row = usize::try_from(self.finding.detail);
        row.map_or("", |row| self.detail.accounts.email.get(row))
    }

    fn guard_flag(&self) -> &'static str {
        match self.finding.detail {
            1 => "flag says billable but the rule says not",
            _ => "flag says not billable but the rule says billable",
        }
    }
}

impl fmt::Display for Evidence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.finding.detail;
        match self.finding.code {
            FindingCode::OrphanedSeat
            | FindingCode::OrphanedWithoutSeat
            | FindingCode::AdminLeft => f.write_str(self.standing()),
            FindingCode::InactiveSeat => match self.days_since_use() {
                Some(days) => write!(f, "last seen {days} days ago"),
                None => f.write_str("last seen before the limit"),
            },
            FindingCode::NeverActiveSeat => f.write_str("no use recorded"),
            FindingCode::ActiveAfterLeaving => {
                write!(f, "last used {number} days after leaving")
            }
            FindingCode::UnmatchedAccount => {
                write!(f, "{}; {number} billed seats", self.standing())
            }
            FindingCode::GuardWithoutUse if number < 0 => {
                f.write_str("no use of anything recorded")
            }
            FindingCode::GuardWithoutUse => write!(f, "nothing used for {number} days"),
            FindingCode::FreeTrelloOnly
            | FindingCode::ForeignSiteOnly
            | FindingCode::SandboxOnly => f.write_str("counted for nothing else"),
            FindingCode::GuardFlagDiffers => {
                let rule = self.class().map(|class| class.guard_standard.reason);
                let rule = rule.map_or("", |reason| reason.as_str());
                write!(f, "{}: {rule}", self.guard_flag())
            }
            FindingCode::DuplicateAccount => write!(f, "same person as {}", self.other()),
            FindingCode::PlusVariant => write!(f, "variant of {}", self.other()),
            FindingCode::OneOfSeveralUsed => {
                write!(f, "{number} further products held and not used")
            }
            FindingCode::SuspendedInGroups => {
                write!(f, "suspended; access to {number} products still listed")
            }
            FindingCode::OpsgenieEnding => write!(f, "the product ends in {number} days"),
            FindingCode::BitbucketGroups => {
                write!(f, "{number} enabled accounts with Bitbucket access")
            }
            FindingCode::StatusConflict => f.write_str(self.standing()),
            FindingCode::Rehired if number == i32::MIN => {
                f.write_str("an employment has ended and another one has not")
            }
            FindingCode::Rehired => {
                let ended = Day::from_epoch_days(number);
                write!(f, "an employment ends on {ended} and another one goes on")
            }
            FindingCode::ScimKeyExpiry => {
                let created = Day::from_epoch_days(number);
                let Some(as_of) = self.detail.as_of else {
                    return Ok(());
                };
                let end = KeyEnd::of(created).in_words(as_of);
                write!(f, "the key of {created} {end}")
            }
            FindingCode::IdpWithoutScim => {
                f.write_str("by the identity provider named in the configuration")
            }
        }
    }
}
