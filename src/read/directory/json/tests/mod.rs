//! Every JSON format of directory, read from a fixture of documented shape with invented people.

mod identity_providers;
mod rosters;

use crate::domain::person::{AddressKind, PersonStatus};
use crate::read::about_people;
use crate::read::directory::people::Settled;
use crate::read::json::testing::{fixture, read_people, rules, written};
use crate::read::reading::{Batch, Held};

/// What a file gave, in a form that tests compare.
struct Seen {
    format: String,
    records: u64,
    accepted: u64,
    /// Number, column and reason of each reject, and whether it is a fault.
    rejects: Vec<(u64, String, String, bool)>,
    notes: Vec<(&'static str, String)>,
    columns: (Vec<String>, Vec<String>),
    people: usize,
    /// Each address with its kind and its person's status, day of leaving and department, sorted.
    addresses: Vec<(String, AddressKind, PersonStatus, Option<String>, String)>,
}

impl Seen {
    fn of(batch: Batch) -> Seen {
        let source = batch.source;
        let Held::People(found) = batch.held else {
            panic!("not a directory");
        };
        let Settled {
            people,
            departments,
            unknown,
            ..
        } = found.people.finish();
        let name = source.name.clone();
        let mut notes = about_people::without_status(&unknown, &|_| name.clone(), &|at| {
            format!("{name}:{}", at.line)
        });
        notes.extend(batch.notes);
        let book = &people.addresses;
        let mut addresses: Vec<_> = book
            .texts
            .iter()
            .filter_map(|address| {
                let (person, kind) = book.find(address)?;
                let row = person as usize;
                Some((
                    address.to_owned(),
                    kind,
                    people.all[row].status,
                    people.all[row].left.map(|day| day.to_string()),
                    departments.get(people.all[row].department).to_owned(),
                ))
            })
            .collect();
        addresses.sort();
        assert_eq!(source.accepted + source.rejected, source.records);
        assert_eq!(source.rejected, batch.rejects.len() as u64);
        Seen {
            format: source.format,
            records: source.records,
            accepted: source.accepted,
            rejects: batch
                .rejects
                .into_iter()
                .map(|reject| {
                    (
                        reject.line,
                        reject.column,
                        reject.reason,
                        reject.expected.is_some(),
                    )
                })
                .collect(),
            notes: notes
                .into_iter()
                .map(|note| (note.code, note.text))
                .collect(),
            columns: (source.columns_used, source.columns_ignored),
            people: people.len(),
            addresses,
        }
    }

    fn fixture(name: &str) -> Seen {
        Seen::of(read_people(&fixture(name), &rules()).unwrap_or_else(|e| panic!("{}", e.report())))
    }

    fn text(text: &str) -> Seen {
        let (_kept, source) = written(text.as_bytes());
        Seen::of(read_people(&source, &rules()).unwrap_or_else(|e| panic!("{}", e.report())))
    }

    fn codes(&self) -> Vec<&'static str> {
        self.notes.iter().map(|(code, _)| *code).collect()
    }

    fn expect(&self, format: &str, records: u64, accepted: u64, people: usize) {
        assert_eq!(self.format, format);
        assert_eq!(
            (self.records, self.accepted, self.people),
            (records, accepted, people)
        );
    }

    fn expect_addresses(&self, expected: &[(&str, AddressKind, PersonStatus, Option<&str>, &str)]) {
        let seen: Vec<_> = self
            .addresses
            .iter()
            .map(|(address, kind, status, left, department)| {
                (
                    address.as_str(),
                    *kind,
                    *status,
                    left.as_deref(),
                    department.as_str(),
                )
            })
            .collect();
        assert_eq!(seen, expected);
    }
}

const NOBODY: &str = "neither an address nor an employee id: nothing can match it";
