//! The long tables, one row an account and one row a finding: kept as columns and given row by row, since a
//! million finished rows would be a gigabyte.
//!
//! The order of a row's cells stands here alone: CSV and `explain` are both given them one by one.

use crate::domain::account::Accounts;
use crate::domain::analysis::AccountClass;
use crate::domain::app::StatedApp;
use crate::domain::class::{GuardClass, GuardReason, StandingReason, Use};
use crate::domain::dataset::Match;
use crate::domain::day::{Day, LastUse};
use crate::domain::finding::{Finding, Findings, Form, Names};
use crate::domain::product::Offering;
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
    AppPrice,
}

impl Shared {
    pub(crate) const GROUPS: usize = 7;
}

/// Everything that the long tables are made of; rows as in the dataset.
#[derive(Clone, Default)]
pub(crate) struct Detail {
    pub(crate) accounts: Accounts,
    pub(crate) matches: Vec<Option<Match>>,
    pub(crate) departments: Dictionary,
    pub(crate) classes: Vec<AccountClass>,
    pub(crate) offerings: Vec<Offering>,
    pub(crate) apps: Vec<StatedApp>,
    pub(crate) seats: Seats,
    pub(crate) uses: Vec<Option<Use>>,
    pub(crate) findings: Findings,
    pub(crate) currency: String,
    /// For each offering, the yearly list cost of one seat as plain text, low and high.
    pub(crate) list_per_seat: Vec<Option<(String, String)>>,
    /// The same of the apps that are billed for its users, together.
    pub(crate) apps_per_seat: Vec<Option<(String, String)>>,
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

pub(crate) const FINDING_COLUMNS: [&str; 17] = [
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
    "apps_annual_list_low",
    "apps_annual_list_high",
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
        let account = finding.account().map(|account| account as usize);
        let seat = finding.seat().map(|seat| seat as usize);
        let offering = seat.map(|seat| usize::from(self.seats.offering[seat]));
        let code = finding.code();
        let facts = code.facts();
        cells.shared(Shared::Finding, code.code().into(), |cells| {
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
        let names = Names {
            accounts: &self.accounts,
            apps: &self.apps,
        };
        finding.tell(names, evidence);
        match facts.form {
            Form::Text => cells.text(evidence),
            Form::Word => cells.word(evidence),
        }
        cells.word(facts.action);
        let apps = offering.and_then(|number| Some((number, self.apps_per_seat[number].as_ref()?)));
        match apps {
            Some((number, (low, high))) => cells.shared(Shared::AppPrice, number, |cells| {
                cells.word(low);
                cells.word(high);
            }),
            None => (0..2).for_each(|_| cells.missing()),
        }
    }

    fn department<C: Cells>(&self, row: usize, cells: &mut C) {
        let number = self.classes[row].department;
        cells.shared(Shared::Department, number as usize, |cells| {
            cells.text(self.departments.get(number));
        });
    }
}
