//! Everything read, merged and cleaned: the value that reading gives and analysis takes.
//!
//! Text, dates and addresses end at this border: past it, an account's person is a number.

use serde::Serialize;

use super::account::{Accounts, Origin};
use super::app::StatedApp;
use super::check::Check;
use super::day::Day;
use super::finding::FindingCode;
use super::person::{AddressKind, People, Person};
use super::product::Offering;
use super::seat::Seats;
use super::text::Dictionary;

use crate::named::named;

named! {
    Side {
        Atlassian = "atlassian";
        Directory = "directory";
    }
}

/// One file that was read, with its own account of what became of its records.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct SourceFile {
    pub(crate) name: String,
    pub(crate) format: String,
    pub(crate) side: Side,
    pub(crate) encoding: String,
    pub(crate) records: u64,
    pub(crate) accepted: u64,
    pub(crate) rejected: u64,
    pub(crate) columns_used: Vec<String>,
    pub(crate) columns_ignored: Vec<String>,
    pub(crate) first_day: Option<Day>,
    pub(crate) last_day: Option<Day>,
    /// The newest day on which something had happened: a use, a sign-in, an account added.
    #[serde(skip)]
    pub(crate) newest_event: Option<Day>,
}

/// A record that could not be used.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub(crate) struct Reject {
    pub(crate) file: String,
    pub(crate) line: u64,
    pub(crate) column: String,
    pub(crate) value: String,
    pub(crate) reason: String,
    /// What the cell should have held. With it the record is faulty, and a run stops unless it is told
    /// to go on; without it the record merely has no use here (no address, a placeholder row).
    pub(crate) expected: Option<String>,
}

/// The code of notes on what lies among the exports and was not read. `check` names each, a report counts them.
pub(crate) const NOT_READ: &str = "not-read";

/// Something about the input that a reader of the figures has to know.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub(crate) struct Note {
    pub(crate) code: &'static str,
    /// Whether figures may be wrong because of it.
    pub(crate) doubt: bool,
    pub(crate) text: String,
    /// Kinds of findings that are in doubt with it.
    #[serde(skip)]
    pub(crate) findings: &'static [FindingCode],
}

impl Note {
    pub(crate) fn doubt(code: &'static str, text: String) -> Note {
        Note {
            code,
            doubt: true,
            text,
            findings: &[],
        }
    }

    /// The same doubt, with the kinds of findings that rest on it.
    pub(crate) fn under(self, findings: &'static [FindingCode]) -> Note {
        Note { findings, ..self }
    }

    pub(crate) fn remark(code: &'static str, text: String) -> Note {
        Note {
            code,
            doubt: false,
            text,
            findings: &[],
        }
    }
}

/// A value beside the model's assumptions that figures rest on: inferred from the exports, or a rule of the
/// configuration such as an exemption.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub(crate) struct Inferred {
    /// `inferred`, or `configured` where the configuration says so.
    pub(crate) basis: &'static str,
    pub(crate) name: String,
    /// What it takes the place of, where there is such a thing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) default: Option<String>,
    pub(crate) value: String,
    pub(crate) from: String,
}

/// The person an account belongs to, and the address that says so.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Match {
    pub(crate) person: u32,
    pub(crate) by: AddressKind,
}

/// How the directory is to be understood.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum DirectoryKind {
    /// No directory file: nobody can be called a leaver.
    #[default]
    Absent,
    /// A roster: everyone who works here.
    Roster,
    /// Only people who left: absence means nothing.
    LeaversOnly,
}

#[derive(Clone, Default)]
pub(crate) struct Dataset {
    pub(crate) files: Vec<SourceFile>,
    /// The day of the report, where one is stated or the exports tell one.
    pub(crate) as_of: Option<Day>,
    /// Whether that day is stated by an option or the configuration.
    pub(crate) day_is_stated: bool,
    pub(crate) directory: DirectoryKind,
    /// Whether a directory file has a column that tells who is disabled.
    pub(crate) status_is_told: bool,
    pub(crate) people: People,
    /// Names of departments; number 0 is always the empty name (no department).
    pub(crate) departments: Dictionary,
    pub(crate) accounts: Accounts,
    pub(crate) domains: Dictionary,
    /// For each domain, whether the organisation claims it.
    pub(crate) claimed: Vec<bool>,
    /// Domains that the directory's people have addresses in.
    pub(crate) people_domains: Vec<String>,
    /// For each account, its person.
    pub(crate) matches: Vec<Option<Match>>,
    /// For each account, whether the configuration lists it as a service account.
    pub(crate) service: Vec<bool>,
    /// For each account, whether an exemption holds on the day of the report.
    pub(crate) exempt: Vec<bool>,
    /// Products first, then apps, which have no seats of their own.
    pub(crate) offerings: Vec<Offering>,
    /// The apps of the configuration, those among them that nothing is billed for too.
    pub(crate) apps: Vec<StatedApp>,
    pub(crate) seats: Seats,
    pub(crate) rejects: Vec<Reject>,
    pub(crate) notes: Vec<Note>,
    /// The checks of the data that fired while reading.
    pub(crate) checks: Vec<Check>,
    pub(crate) inferred: Vec<Inferred>,
}

impl Dataset {
    pub(crate) fn records(&self) -> u64 {
        self.files.iter().map(|file| file.records).sum()
    }

    /// The file's name and the line of a row.
    pub(crate) fn place(&self, origin: Origin) -> String {
        let name = self
            .files
            .get(usize::from(origin.file))
            .map_or("", |file| &file.name);
        format!("{name}:{}", origin.line)
    }

    /// An account's person, where the directory has one of its addresses.
    pub(crate) fn person_of(&self, account: usize) -> Option<&Person> {
        let found = self.matches[account]?;
        self.people.all.get(found.person as usize)
    }

    /// Whether the organisation manages an account: an export says so, or its domain is claimed.
    pub(crate) fn is_managed(&self, account: usize) -> bool {
        self.accounts.managed[account].unwrap_or(false)
            || self.claimed.get(self.accounts.domain[account] as usize) == Some(&true)
    }

    pub(crate) fn has_atlassian(&self) -> bool {
        self.files.iter().any(|file| file.side == Side::Atlassian)
    }
}
