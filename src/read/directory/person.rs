//! One record's cells, by what their columns say, into the facts of one person.

use std::borrow::Cow;

use super::formats::Role;
use super::people::{PeopleBuilder, PersonFacts};
use crate::domain::day::Day;
use crate::domain::person::{AddressKind, PersonStatus};
use crate::domain::text::grouped;
use crate::error::Error;
use crate::read::address;
use crate::read::dates::{self, DateCell, DateOrder};
use crate::read::reading::{Batch, Held, Reading, Untaken};
use crate::read::source::Stop;
use crate::read::words;

/// One cell of a record: what its column says and how well, the column's name and number, and the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cell<'a> {
    pub(crate) role: Role,
    /// Of several columns that say the same, the first that is filled counts, by this number.
    pub(crate) rank: u8,
    pub(crate) column: &'a str,
    pub(crate) number: usize,
    pub(crate) text: &'a str,
}

/// The people of one file.
#[derive(Default)]
pub(crate) struct FilePeople {
    pub(crate) people: PeopleBuilder,
    /// Whether any column tells a status; a blank day of leaving then says nothing more.
    pub(crate) has_status: bool,
    /// Whether the file lists leavers alone: then everyone in it is gone.
    pub(crate) leavers_only: bool,
}

/// Reads the records of one file into people.
#[derive(Default)]
pub(crate) struct PersonReader {
    pub(crate) found: FilePeople,
    /// What words of status mean, by the configuration's word, folded.
    stated_words: Vec<(PersonStatus, String)>,
    /// Words of the record in hand that no list has.
    unknown_words: Vec<String>,
    with_day_of_leaving: u64,
    addresses: Vec<(String, AddressKind)>,
}

impl PersonReader {
    pub(crate) fn of(file: &Reading<'_>) -> PersonReader {
        let stated = file.rules.status_words.iter();
        PersonReader {
            found: FilePeople {
                leavers_only: file.rules.lists_leavers(file.name()),
                ..FilePeople::default()
            },
            stated_words: stated
                .map(|(status, word)| (*status, words::folded(word)))
                .collect(),
            ..PersonReader::default()
        }
    }

    /// Reads one record.
    pub(crate) fn take<'c>(
        &mut self,
        file: &mut Reading<'_>,
        line: u64,
        cells: impl Iterator<Item = Cell<'c>>,
    ) -> Result<(), Untaken> {
        let mut status = PersonStatus::Unknown;
        let mut left = None;
        let mut has_left_column = false;
        self.unknown_words.clear();
        let (mut department, mut employee_id) = (("", 0), Cow::Borrowed(""));
        let (mut email, mut login) = ("", None);
        self.addresses.clear();
        for cell in cells {
            match cell.role {
                Role::Email => {
                    email = cell.text;
                    self.add_address(email, AddressKind::Email);
                }
                Role::Login => login = Some(cell.text),
                Role::Alias => self.add_address(cell.text, AddressKind::Alias),
                Role::AliasList => self.add_aliases(cell.text),
                Role::Department => {
                    let named = (cell.text.trim(), cell.rank);
                    if !named.0.is_empty() && (department.0.is_empty() || named.1 < department.1) {
                        department = named;
                    }
                }
                Role::EmployeeId => employee_id = address::id(cell.text),
                Role::Added if !file.rules.days_of_adding => {}
                Role::SignedIn | Role::Added => see(file, &cell),
                Role::Left => {
                    has_left_column = true;
                    left = day(file, line, &cell)?.or(left);
                }
                Role::Expires => match dates::read_file_time(cell.text) {
                    Some(DateCell::On(day)) => left = Some(day),
                    Some(_) => {}
                    None => {
                        let expected = "a Windows file time such as 133485408000000000";
                        let (column, text) = (cell.column, cell.text);
                        return Err(file.reject(
                            line,
                            column,
                            text,
                            "not a file time",
                            Some(expected),
                        ));
                    }
                },
                Role::Deleted => {
                    if day(file, line, &cell)?.is_some() {
                        status = status.max(PersonStatus::Gone);
                    }
                }
                _ => status = status.max(self.status_of(&cell)),
            }
        }
        // Most sign in by their address: then nothing is new.
        if let Some(login) = login.filter(|login| *login != email || login.contains('#')) {
            self.add_login(login);
        }
        if self.found.leavers_only {
            // A day decides by itself, since it may lie ahead; without one, being on the list does.
            status = if left.is_some() {
                PersonStatus::Present
            } else {
                PersonStatus::Gone
            };
        } else if status == PersonStatus::Unknown && !self.found.has_status && has_left_column {
            // A roster that has days of leaving and no status: a blank day means "still here".
            status = PersonStatus::Present;
        }
        if let Some(day) = left {
            self.with_day_of_leaving += 1;
            file.days.planned(day);
        }
        let facts = PersonFacts {
            status,
            left,
            department: department.0,
            department_rank: department.1,
            employee_id: &employee_id,
            origin: file.origin(line),
        };
        let people = &mut self.found.people;
        if !people.add(&facts, &self.addresses) {
            let reason = "neither an address nor an employee id: nothing can match it";
            return Err(file.reject(line, "", "", reason, None));
        }
        if status == PersonStatus::Unknown {
            for word in self.unknown_words.drain(..) {
                people.add_unknown_word(word);
            }
        }
        Ok(())
    }

    fn add_address(&mut self, text: &str, kind: AddressKind) {
        if let Some(address) = address::normalise(text) {
            self.push_address(address, kind);
        }
    }

    fn push_address(&mut self, address: Cow<'_, str>, kind: AddressKind) {
        match self
            .addresses
            .iter_mut()
            .find(|(known, _)| *known == *address)
        {
            Some((_, known)) => *known = (*known).min(kind),
            None => self.addresses.push((address.into_owned(), kind)),
        }
    }

    /// A sign-in name; a guest's gives the home address too.
    fn add_login(&mut self, text: &str) {
        let Some(name) = address::normalise(text) else {
            return;
        };
        if let Some(home) = address::guest_home(&name) {
            self.push_address(Cow::Owned(home), AddressKind::Guest);
        }
        self.push_address(name, AddressKind::Login);
    }

    fn add_aliases(&mut self, text: &str) {
        let text = split_schemes(text);
        for part in text.split([';', ',', ' ']) {
            let part = part.trim();
            let address = match part.split_once(':') {
                Some((scheme, rest)) if scheme.eq_ignore_ascii_case("smtp") => rest,
                Some(_) => continue,
                None => part,
            };
            self.add_address(address, AddressKind::Alias);
        }
    }

    fn status_of(&mut self, cell: &Cell<'_>) -> PersonStatus {
        let blocked = |yes: Option<bool>, blocking: bool| {
            yes.map(|yes| {
                if yes == blocking {
                    PersonStatus::Disabled
                } else {
                    PersonStatus::Present
                }
            })
        };
        let text = cell.text.trim();
        let read = match cell.role {
            Role::Enabled
            | Role::Blocked
            | Role::Status
            | Role::StatusHint
            | Role::StatusNumber
                if self.stated_word(text).is_some() =>
            {
                self.stated_word(text)
            }
            Role::Enabled => {
                blocked(words::yes_or_no(text), false).or_else(|| words::person_status(text))
            }
            Role::Blocked => blocked(words::yes_or_no(text), true),
            Role::Status | Role::StatusHint => words::person_status(text),
            Role::StatusNumber => one_login_status(text),
            Role::UserAccountControl => text.parse::<u32>().ok().map(|bits| {
                if bits & 2 != 0 {
                    PersonStatus::Disabled
                } else {
                    PersonStatus::Present
                }
            }),
            _ => Some(PersonStatus::Unknown),
        };
        match read {
            Some(status) => status,
            None if text.is_empty() || cell.role == Role::StatusHint => PersonStatus::Unknown,
            None => {
                self.unknown_words.push(text.to_owned());
                PersonStatus::Unknown
            }
        }
    }

    /// What a word means by the configuration's word.
    fn stated_word(&self, text: &str) -> Option<PersonStatus> {
        if self.stated_words.is_empty() {
            return None;
        }
        let folded = words::folded(text);
        let found = self.stated_words.iter().find(|(_, word)| *word == folded);
        found.map(|(status, _)| *status)
    }

    /// Whether a table without a status has a day of leaving on nearly every record: a list of leavers that
    /// nobody said to be one.
    fn looks_like_leavers_only(&self, records: u64) -> bool {
        !self.found.leavers_only
            && !self.found.has_status
            && records >= 5
            && self.with_day_of_leaving * 10 >= records * 9
    }

    /// The batch of a file whose records have all been read.
    ///
    /// A list of leavers that nobody said to be one is refused.
    pub(super) fn batch(self, file: Reading<'_>, format: &str) -> Result<Batch, Stop> {
        if self.looks_like_leavers_only(file.records) {
            return Err(leavers_alone(file.name(), file.records).into());
        }
        let mut found = self.found;
        if !found.has_status {
            found.people.is_silent(file.number);
        }
        let format = match found.leavers_only {
            true => format!("{format} (leavers only)"),
            false => format.to_owned(),
        };
        Ok(file.batch(format, Held::People(Box::new(found))))
    }
}

/// A day on which something happened. It decides nothing of a person, so one that can't be read is none.
fn see(file: &mut Reading<'_>, cell: &Cell<'_>) {
    let order = file.orders.get(&cell.number).copied();
    // Twelve hours and AM or PM: only one country's writing of days has them.
    let order = order.or_else(|| {
        let is_american = cell.text.ends_with("AM") || cell.text.ends_with("PM");
        is_american.then_some(DateOrder::MonthFirst)
    });
    let read = dates::read_day(cell.text, order).or_else(|| dates::read_file_time(cell.text));
    if let Some(DateCell::On(day)) = read {
        file.days.event(day);
    }
}

fn day(file: &mut Reading<'_>, line: u64, cell: &Cell<'_>) -> Result<Option<Day>, Untaken> {
    let read = file.day(line, (cell.number, cell.column), cell.text)?;
    Ok(match read {
        DateCell::On(day) | DateCell::Before(day) => Some(day),
        _ => None,
    })
}

/// The refusal of a list of leavers that nobody said to be one.
fn leavers_alone(file: &str, records: u64) -> Error {
    Error::refused(
        file,
        format!(
            "nearly everyone of its {} people has left: it looks like a list of leavers alone",
            grouped(records)
        ),
        format!(
            "say so with --leavers-only {file} or leavers_only in seatledger.toml; as a roster it would make everyone \
             else a stranger"
        ),
    )
}

/// Microsoft 365 joins addresses with `+`, which an address may hold too: only one that leads a scheme
/// (`+smtp:`, `+x500:`) stands between two.
fn split_schemes(text: &str) -> String {
    let mut parts = text.split('+');
    let mut split = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let leads = part.split_once(':').is_some_and(|(scheme, _)| {
            !scheme.is_empty() && scheme.bytes().all(|b| b.is_ascii_alphanumeric())
        });
        split.push(if leads { ' ' } else { '+' });
        split.push_str(part);
    }
    split
}

/// OneLogin's numbers: 2 is suspended, 0 not yet active, the others can be told to sign in.
fn one_login_status(text: &str) -> Option<PersonStatus> {
    Some(match text {
        "0" => PersonStatus::NotYet,
        "1" | "3" | "4" | "5" | "7" | "8" => PersonStatus::Present,
        "2" => PersonStatus::Disabled,
        "" => PersonStatus::Unknown,
        _ => return None,
    })
}
