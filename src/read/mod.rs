//! Reading: from files of any format to one `Dataset`.
//!
//! `source` opens bytes, `detect` tells formats, `reading` is the scaffold that the readers of `atlassian` and
//! `directory` fill, `merge` makes one value of it all, `config` reads `seatledger.toml`. Text, dates and addresses end here.

mod about_people;
pub(crate) mod address;
mod apps;
pub(crate) mod atlassian;
mod blocks;
pub(crate) mod careful;
mod cells;
#[cfg(any(test, fuzzing))]
pub(crate) mod compared;
pub(crate) mod config;
pub(crate) mod dates;
pub(crate) mod detect;
pub(crate) mod directory;
pub(crate) mod discover;
mod events;
pub(crate) mod header;
pub(crate) mod input;
pub(crate) mod json;
mod limits;
mod listed;
pub(crate) mod merge;
pub(crate) mod names;
mod order;
pub(crate) mod reading;
mod records;
mod refused;
pub(crate) mod scenario;
mod shown;
mod siteless;
pub(crate) mod source;
pub(crate) mod template;
pub(crate) mod terms;
pub(crate) mod what_if;
pub(crate) mod words;
mod workbook;

use std::collections::BTreeMap;

use crate::domain::dataset::{Reject, Side};
use crate::domain::day::Day;
use crate::domain::person::PersonStatus;
use crate::error::{Error, Fault};
use crate::parallel;
use dates::DateOrder;
use detect::Recognised;
use discover::Export;
use json::Pages;
pub(crate) use merge::merge;
use order::Votes;
pub(crate) use reading::Batch;
use reading::Reading;
use source::{Next, Source, Stop};

/// How files are to be read.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    /// The day of the report, where it is stated; else it follows from the exports.
    pub(crate) as_of: Option<Day>,
    /// Whether that day follows from the exports.
    pub(crate) day_is_inferred: bool,
    /// The clock's day: what lies behind it has not happened.
    pub(crate) today: Day,
    /// Whether days on which people were added to a directory are read: they are where nothing else tells its age.
    pub(crate) days_of_adding: bool,
    pub(crate) date_order: Option<DateOrder>,
    /// Names of files that list leavers alone.
    pub(crate) leavers_only: Vec<String>,
    /// What columns of a roster mean, by the configuration's word.
    pub(crate) columns: Vec<(directory::formats::Role, String)>,
    /// What words of a status column mean, by the configuration's word.
    pub(crate) status_words: Vec<(PersonStatus, String)>,
    /// Names of groups whose members have to be known, in lower case.
    pub(crate) groups: Vec<String>,
    /// Leave faulty records out instead of stopping.
    pub(crate) skip_bad_rows: bool,
}

impl Rules {
    /// The day that "not within the last 90 days" is counted from.
    pub(crate) fn anchor(&self) -> Day {
        self.as_of.unwrap_or(self.today)
    }

    /// Whether the file of this name is said to list leavers alone.
    pub(crate) fn lists_leavers(&self, file: &str) -> bool {
        self.leavers_only.iter().any(|name| name == file)
    }
}

/// Reads all exports, and gives the rules with the day that they tell; `merge` makes one dataset of both.
///
/// Stops with every fault of every file, unless the rules say to leave faulty records out.
pub(crate) fn files(exports: &[Export], rules: &Rules) -> Result<(Vec<Batch>, Rules), Error> {
    if let Some(missing) = rules
        .leavers_only
        .iter()
        .find(|name| !exports.iter().any(|one| one.source.name == **name))
    {
        return Err(Error::Usage {
            message: format!(
                "no file called {missing} is read, which is said to list leavers alone"
            ),
            hint: "name the file as it is called; otherwise it would be read as a roster"
                .to_owned(),
        });
    }
    let numbered: Vec<(usize, &Export)> = exports.iter().enumerate().collect();
    let mut batches = read_all(&numbered, rules)?;
    let rules = settle_day(&mut batches, &numbered, rules)?;
    join_pages(&mut batches);
    let faults: Vec<Fault> = batches
        .iter()
        .flat_map(|batch| &batch.rejects)
        .filter_map(fault)
        .collect();
    if !faults.is_empty() && !rules.skip_bad_rows {
        let total = faults.len() as u64;
        return Err(Error::Faulty { faults, total });
    }
    Ok((batches, rules))
}

fn read_all(exports: &[(usize, &Export)], rules: &Rules) -> Result<Vec<Batch>, Error> {
    let batches = parallel::each(exports, |(number, export)| {
        let batch = read_one(export, u16::try_from(*number).unwrap_or(u16::MAX), rules);
        export.source.verify()?;
        batch
    });
    batches.into_iter().collect()
}

/// The rules with the day of the report. Without a stated one it is the newest past event of the Atlassian exports,
/// else of the directory; files that need to know it are read once more.
fn settle_day(
    batches: &mut [Batch],
    exports: &[(usize, &Export)],
    rules: &Rules,
) -> Result<Rules, Error> {
    let mut settled = rules.clone();
    if rules.as_of.is_some() {
        return Ok(settled);
    }
    if newest_event(batches, Side::Atlassian).is_none() {
        settled.days_of_adding = true;
        read_again(batches, exports, &settled, |batch| {
            batch.source.side == Side::Directory
        })?;
    }
    settled.day_is_inferred = true;
    settled.as_of =
        newest_event(batches, Side::Atlassian).or_else(|| newest_event(batches, Side::Directory));
    if settled.as_of.is_some() {
        read_again(batches, exports, &settled, |batch| batch.counts_back)?;
    }
    Ok(settled)
}

fn read_again(
    batches: &mut [Batch],
    exports: &[(usize, &Export)],
    rules: &Rules,
    wanted: fn(&Batch) -> bool,
) -> Result<(), Error> {
    let places: Vec<usize> = (0..batches.len())
        .filter(|&place| wanted(&batches[place]))
        .collect();
    let some: Vec<(usize, &Export)> = places.iter().map(|&place| exports[place]).collect();
    for (place, batch) in places.into_iter().zip(read_all(&some, rules)?) {
        batches[place] = batch;
    }
    Ok(())
}

/// The newest past event of one side's files.
fn newest_event(batches: &[Batch], side: Side) -> Option<Day> {
    let files = batches.iter().map(|batch| &batch.source);
    files
        .filter(|file| file.side == side)
        .filter_map(|file| file.newest_event)
        .max()
}

/// JSON files of one format may be the pages of one list: then what each says of missing pages is settled together.
fn join_pages(batches: &mut [Batch]) {
    let mut formats: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, batch) in batches.iter().enumerate() {
        if batch.pages.is_some() {
            let places = formats.entry(batch.source.format.clone());
            places.or_default().push(place);
        }
    }
    for places in formats.values().filter(|places| places.len() > 1) {
        let files: Vec<(&str, &Pages)> = places
            .iter()
            .filter_map(|&place| {
                let Batch { source, pages, .. } = &batches[place];
                Some((source.name.as_str(), pages.as_ref()?))
            })
            .collect();
        let side = batches[places[0]].source.side;
        let together = Pages::notes_together(&files, side);
        for &place in places {
            batches[place].notes.retain(|note| !Pages::is_about(note));
        }
        batches[places[0]].notes.extend(together);
    }
}

fn fault(reject: &Reject) -> Option<Fault> {
    let expected = reject.expected.clone()?;
    Some(Fault {
        file: reject.file.clone(),
        line: reject.line,
        column: reject.column.clone(),
        value: if header::is_of_quotes(&reject.reason) {
            // The cell may hold any part of the lines behind it.
            None
        } else {
            shown::value(&reject.column, &reject.value)
        },
        expected,
    })
}

/// Reads one file, again where its bytes or its dates turn out to need it.
fn read_one(export: &Export, number: u16, rules: &Rules) -> Result<Batch, Error> {
    let mut source = export.source.clone();
    let mut orders: BTreeMap<usize, DateOrder> = BTreeMap::new();
    loop {
        let stop = match read_as(export.format, &source, number, rules, &orders) {
            Ok(batch) => return Ok(batch),
            Err(Stop::Ambiguous { column }) if !orders.contains_key(&column) => {
                match order_of(&source, column, rules) {
                    Ok(Some(order)) => {
                        orders.insert(column, order);
                        continue;
                    }
                    Ok(None) => Stop::Ambiguous { column },
                    Err(stop) => stop,
                }
            }
            Err(stop) => stop,
        };
        match stop {
            Stop::Failed(error) => return Err(error),
            Stop::NotUtf8 => source = source.as_windows_1252(),
            Stop::Ambiguous { .. } => {
                return Err(Error::step(
                    "settling the order of dates",
                    source.name.clone(),
                ));
            }
        }
    }
}

fn read_as(
    format: Recognised,
    source: &Source,
    number: u16,
    rules: &Rules,
    orders: &BTreeMap<usize, DateOrder>,
) -> Result<Batch, Stop> {
    let file = Reading::of(source, number, rules, orders);
    match format {
        Recognised::UsersExport => atlassian::users::read(file),
        Recognised::ManagedAccounts => atlassian::managed::read(file),
        Recognised::Directory(format) => directory::table::read(file, format),
        Recognised::Json(format) => json::read(file, format),
    }
}

/// Decides how a column's dates are to be read.
fn order_of(source: &Source, column: usize, rules: &Rules) -> Result<Option<DateOrder>, Stop> {
    let mut name: Option<String> = None;
    let mut votes = Votes::default();
    source.each_record(|record| {
        let cell = record.cells.get(column).unwrap_or("");
        match name {
            None => name = Some(cell.to_owned()),
            Some(_) => votes.count(cell),
        }
        Ok(Next::Go)
    })?;
    Ok(votes.order(&source.name, &name.unwrap_or_default(), rules)?)
}
