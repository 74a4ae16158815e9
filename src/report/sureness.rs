//! How sure the answer is, in one line under the headline, and as a table.

use crate::domain::class::Use;
use crate::domain::counts::Counts;
use crate::domain::dataset::{Side, SourceFile};
use crate::domain::day::Day;
use crate::domain::text::grouped;
use crate::model::decision::sureness::{Parted, Sureness};

use super::summary::{Section, TextTable};
use super::table::{Cell, Table};

/// One line: what the costs rest on, how old exports and prices are, and how many seats have no report of activity.
pub(crate) fn line(sure: &Sureness, files: &[SourceFile], counts: &Counts, as_of: Day) -> String {
    let mut parts: Vec<String> = Vec::new();
    if let Some(today) = &sure.today {
        parts.push(format!("today's cost is {}", rests_on(today)));
    }
    if let Some(cheapest) = &sure.cheapest {
        let name = cheapest.alternative.in_words();
        parts.push(format!("that of {name} is {}", rests_on(cheapest)));
    }
    parts.extend(exports(files, as_of));
    if let Some(day) = sure.oldest_price {
        parts.push(format!("the oldest price is of {day}"));
    }
    let (seats, without) = (counts.seats(), counts.used(Use::Unreported));
    if seats > 0 {
        parts.push(match without {
            0 => "every seat has a report of activity".to_owned(),
            _ => format!(
                "{} of {} seats have no report of activity",
                grouped(without),
                grouped(seats)
            ),
        });
    }
    format!("How sure: {}.", parts.join("; "))
}

/// `45% measured ($9,750) and 55% benchmark ($11,799)`.
pub(crate) fn rests_on(one: &Parted) -> String {
    let parts: Vec<String> = one
        .parts
        .iter()
        .map(|part| {
            let (share, basis) = (part.share.whole(), part.basis.as_str());
            format!("{share} {basis} ({})", part.amount.whole())
        })
        .collect();
    let mut text = match parts.as_slice() {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    };
    if !one.missing.is_empty() {
        text.push_str(" as far as prices are known");
    }
    text
}

/// The newest day of the Atlassian exports, else of the directory: the day that the exports reach to.
fn exports(files: &[SourceFile], as_of: Day) -> Option<String> {
    let newest = |side: Side| {
        let files = files.iter().filter(|file| file.side == side);
        files.filter_map(|file| file.newest_event).max()
    };
    let day = newest(Side::Atlassian).or_else(|| newest(Side::Directory))?;
    let age = (as_of.date() - day.date()).num_days();
    Some(match age {
        ..0 => format!("the exports reach to {day}, after the day of the report"),
        0 => format!("the exports reach to {day}, the day of the report"),
        1 => format!("the exports reach to {day}, a day before the report's"),
        _ => format!("the exports reach to {day}, {age} days before the report's"),
    })
}

/// The same as a table for a reader.
pub(crate) fn section(sure: &Sureness) -> Section {
    let mut table =
        TextTable::new(&["alternative", "rests on", ">amount", ">share"]).sourced("sureness.csv");
    for one in sure.all() {
        for part in &one.parts {
            table.push([
                one.alternative.label().to_owned(),
                part.basis.as_str().to_owned(),
                part.amount.whole(),
                part.share.whole(),
            ]);
        }
    }
    Section {
        title: "What the costs rest on".to_owned(),
        table,
        notes: Vec::new(),
    }
    .or_none("No cost is known.")
}

pub(crate) fn table(sure: &Sureness, currency: &str) -> Table {
    let rows = sure
        .all()
        .flat_map(|one| {
            one.parts.iter().map(move |part| {
                vec![
                    Cell::text(one.alternative.as_str()),
                    Cell::text(part.basis.as_str()),
                    Cell::text(currency),
                    Cell::Money(part.amount),
                    Cell::number(part.share.tenths()),
                    Cell::text(&one.source),
                    Cell::missing(&one.missing),
                ]
            })
        })
        .collect();
    Table {
        name: "sureness",
        provenance: "one row an alternative and basis: how much of its first year rests on it, by the middle of each \
                     component; money no longer paid counts by its size"
            .to_owned(),
        columns: &[
            "alternative",
            "basis",
            "currency",
            "amount",
            "share_percent",
            "source",
            "missing",
        ],
        rows,
    }
}
