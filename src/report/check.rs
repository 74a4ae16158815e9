//! What the exports are and what they can answer, for `check`, with the checks that fire: nothing is priced or classed here.

use serde::Serialize;

use crate::domain::check::Check as Fired;
use crate::domain::dataset::{Dataset, DirectoryKind, Inferred, Note, SourceFile};
use crate::domain::day::LastUse;
use crate::domain::person::PersonStatus;
use crate::domain::text::grouped;

use crate::model::decision::conclusion::Conclusion;

use super::checks;
use super::summary::{Section, Summary, TextTable};

/// How many column names are shown of a file.
const COLUMNS_SHOWN: usize = 12;

#[derive(Clone, Debug, Serialize)]
pub(crate) struct Check {
    pub(crate) files: Vec<SourceFile>,
    pub(crate) people: u64,
    pub(crate) accounts: u64,
    pub(crate) seats: u64,
    /// What the exports answer, and what they cannot.
    pub(crate) answers: Vec<Answerable>,
    pub(crate) notes: Vec<Note>,
    /// The checks of data and prices that fire.
    pub(crate) checks: Vec<Fired>,
    /// The cheapest alternative, or what has to be settled before one is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) conclusion: Option<Conclusion>,
    /// Why prices could not be judged, where they could not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) prices_not_judged: Option<String>,
    pub(crate) inferred: Vec<Inferred>,
    pub(crate) rejects: Vec<crate::domain::dataset::Reject>,
}

/// One question and whether the exports answer it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Answerable {
    pub(crate) question: String,
    pub(crate) answered: bool,
    pub(crate) why: String,
}

pub(crate) fn check(dataset: &Dataset) -> Check {
    Check {
        files: dataset.files.clone(),
        people: dataset.people.len() as u64,
        accounts: dataset.accounts.len() as u64,
        seats: dataset.seats.len() as u64,
        answers: answers(dataset),
        notes: dataset.notes.clone(),
        checks: dataset.checks.clone(),
        conclusion: None,
        prices_not_judged: None,
        inferred: dataset.inferred.clone(),
        rejects: dataset.rejects.clone(),
    }
}

fn answers(dataset: &Dataset) -> Vec<Answerable> {
    let mut answers = Vec::new();
    let mut add = |question: &str, answered: bool, why: String| {
        answers.push(Answerable {
            question: question.to_owned(),
            answered,
            why,
        });
    };
    let people = dataset.people.len();
    let told = dataset
        .people
        .all
        .iter()
        .filter(|person| person.status != PersonStatus::Unknown || person.left.is_some())
        .count();
    let (known, why) = match dataset.directory {
        _ if !dataset.has_atlassian() => (false, "no Atlassian export was given".to_owned()),
        DirectoryKind::Absent => (false, "no directory was given".to_owned()),
        DirectoryKind::Roster => (
            told > 0,
            format!(
                "{} of the directory's {} people have a status or a day of leaving",
                grouped(told),
                grouped(people)
            ),
        ),
        DirectoryKind::LeaversOnly => (
            true,
            "by the list of leavers; nobody else can be called unmatched".to_owned(),
        ),
    };
    add("whose accounts are orphaned", known, why);
    let departments = dataset
        .people
        .all
        .iter()
        .filter(|person| person.department != 0)
        .count();
    add(
        "whose department pays",
        departments > 0,
        format!(
            "{} of {} people have a department",
            grouped(departments),
            grouped(people)
        ),
    );
    let flagged = dataset.accounts.billable.iter().flatten().count();
    add(
        "whether Atlassian's own Guard flag agrees",
        flagged > 0,
        if flagged > 0 {
            format!("{} accounts carry the flag", grouped(flagged))
        } else {
            "no export that was given has the flag; the managed-accounts export has it".to_owned()
        },
    );
    let policies = dataset
        .accounts
        .policy
        .iter()
        .filter(|&&policy| policy != crate::domain::account::Policy::NotReported)
        .count();
    add(
        "who is in a non-billable policy",
        policies > 0,
        if policies > 0 {
            format!("{} accounts carry a policy type", grouped(policies))
        } else {
            "no export that was given has the policy type, as the managed-accounts export has: everyone counts as \
             billable"
                .to_owned()
        },
    );
    for (number, offering) in dataset
        .offerings
        .iter()
        .enumerate()
        .filter(|(_, offering)| offering.is_billed())
    {
        let (mut seats, mut reported) = (0_u64, 0_u64);
        for (seat_offering, last) in dataset.seats.offering.iter().zip(&dataset.seats.last_use) {
            if usize::from(*seat_offering) == number {
                seats += 1;
                reported += u64::from(last.get() != LastUse::NotReported);
            }
        }
        if seats > 0 {
            let shown = grouped(seats);
            let name = format!("{} {}", offering.product, offering.site);
            add(
                &format!("which seats of {} are unused", name.trim_end()),
                reported > 0,
                if reported > 0 {
                    format!(
                        "{} of {shown} seats have a report of activity",
                        grouped(reported)
                    )
                } else {
                    format!("no activity dates for its {shown} seats: unused seats cannot be told")
                },
            );
        }
    }
    answers
}

/// The check in words and tables.
pub(crate) fn summary(check: &Check) -> Summary {
    let mut sections = Vec::new();
    let mut files = TextTable::new(&[
        "file",
        "format",
        "side",
        ">records",
        ">accepted",
        ">rejected",
        "dates",
    ]);
    let mut columns = Vec::new();
    for file in &check.files {
        files.push([
            file.name.clone(),
            format!("{}, {}", file.format, file.encoding),
            file.side.as_str().to_owned(),
            grouped(file.records),
            grouped(file.accepted),
            grouped(file.rejected),
            match (file.first_day, file.last_day) {
                (Some(first), Some(last)) => format!("{first} to {last}"),
                _ => String::new(),
            },
        ]);
        columns.push(format!(
            "{}: used {}",
            file.name,
            listed(&file.columns_used)
        ));
        if !file.columns_ignored.is_empty() {
            columns.push(format!(
                "{}: ignored {}",
                file.name,
                listed(&file.columns_ignored)
            ));
        }
    }
    sections.push(Section {
        title: "Files".to_owned(),
        table: files,
        notes: columns,
    });
    sections.push(checks::section(&check.checks));
    let mut answers = TextTable::new(&["question", "answered", "why"]);
    for answer in &check.answers {
        answers.push([
            answer.question.clone(),
            if answer.answered { "yes" } else { "no" }.to_owned(),
            answer.why.clone(),
        ]);
    }
    sections.push(Section {
        title: "What these exports answer".to_owned(),
        table: answers,
        notes: Vec::new(),
    });
    let inferred_values = || {
        check
            .inferred
            .iter()
            .filter(|value| value.basis == "inferred")
    };
    if inferred_values().next().is_some() {
        let mut inferred = TextTable::new(&["inferred", "value", "from"]);
        for value in inferred_values() {
            inferred.push([value.name.clone(), value.value.clone(), value.from.clone()]);
        }
        let notes =
            vec!["Confirm these in seatledger.toml; `seatledger init` writes one.".to_owned()];
        sections.push(Section {
            title: "Not configured, so inferred".to_owned(),
            table: inferred,
            notes,
        });
    }
    if !check.rejects.is_empty() {
        let mut rejects = TextTable::new(&["rejected", "column", "value", "reason"]);
        for reject in check.rejects.iter().take(COLUMNS_SHOWN) {
            rejects.push([
                format!("{}:{}", reject.file, reject.line),
                reject.column.clone(),
                reject.value.clone(),
                reject.reason.clone(),
            ]);
        }
        let rest = check.rejects.len().saturating_sub(COLUMNS_SHOWN);
        let notes = if rest > 0 {
            vec![format!("and {} more", grouped(rest))]
        } else {
            Vec::new()
        };
        sections.push(Section {
            title: "Rejected records".to_owned(),
            table: rejects,
            notes,
        });
    }
    let (doubts, remarks): (Vec<&Note>, Vec<&Note>) =
        check.notes.iter().partition(|note| note.doubt);
    Summary {
        title: format!(
            "{} people, {} accounts, {} grants of access",
            grouped(check.people),
            grouped(check.accounts),
            grouped(check.seats)
        ),
        headline: remarks.iter().map(|note| note.text.clone()).collect(),
        warnings: check
            .prices_not_judged
            .iter()
            .map(|why| format!("prices could not be judged: {why}"))
            .chain(checks::lines(&check.checks))
            .chain(doubts.iter().map(|note| note.text.clone()))
            .collect(),
        sections,
    }
}

fn listed(names: &[String]) -> String {
    let shown = names
        .iter()
        .take(COLUMNS_SHOWN)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(", ");
    match names.len().saturating_sub(COLUMNS_SHOWN) {
        0 => shown,
        rest => format!("{shown} and {rest} more"),
    }
}
