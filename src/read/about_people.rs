//! What a reader has to know of how the records of a directory became people, as notes.

use super::directory::joining::{IdFacts, Told};
use super::directory::people::{Conflict, WhyUnknown};
use crate::domain::account::Origin;
use crate::domain::dataset::Note;
use crate::domain::person::{People, PersonStatus};
use crate::domain::text::grouped;

/// All notes on people; `place` puts an origin into words.
pub(super) fn notes(
    people: &People,
    conflicts: &[Conflict],
    ids: &IdFacts,
    without_address: usize,
    place: &dyn Fn(Origin) -> String,
) -> Vec<Note> {
    let of_ids = [
        shared(&ids.shared, place),
        apart(&ids.apart, place),
        zeros(&ids.zeros, place),
    ];
    let all = [
        alone(without_address, people.len()),
        disagreeing(people, conflicts, place),
        rehired(people),
    ];
    all.into_iter().chain(of_ids).flatten().collect()
}

/// Why people have no status, each told once; `file` gives a file's name.
pub(super) fn without_status(
    unknown: &[(WhyUnknown, u64)],
    file: &dyn Fn(u16) -> String,
    place: &dyn Fn(Origin) -> String,
) -> Vec<Note> {
    let note = |(why, count): &(WhyUnknown, u64)| match why {
        WhyUnknown::Word(word, first) => Note::doubt(
            "unknown-status-word",
            format!(
                "the status {word:?} is not known ({} people, first {}): their accounts are counted as unknown, \
                 never as present; say what it means under [input.status] in seatledger.toml (present = [{word:?}])",
                grouped(*count),
                place(*first)
            ),
        ),
        WhyUnknown::Blank(number) => Note::doubt(
            "status-missing",
            format!(
                "{}: {} people have no status: their accounts are counted as unknown",
                file(*number),
                grouped(*count)
            ),
        ),
        WhyUnknown::NoColumn(number) => Note::doubt(
            "directory-without-status",
            format!(
                "{} has no column that tells who is disabled: {} people count as unknown; export it with the \
                 status (Entra: accountEnabled)",
                file(*number),
                grouped(*count)
            ),
        ),
    };
    unknown.iter().map(note).collect()
}

/// `1 person`, `2 people`.
fn people_of(count: usize) -> String {
    match count {
        1 => "1 person".to_owned(),
        count => format!("{} people", grouped(count)),
    }
}

fn alone(without_address: usize, people: usize) -> Option<Note> {
    (without_address > 0).then(|| {
        Note::doubt(
            "people-without-address",
            format!(
                "{} of the directory's {} have no address, and no employee id by which another record gives \
                 one: no account can be matched to them, and the headcount includes them",
                people_of(without_address),
                grouped(people)
            ),
        )
    })
}

fn disagreeing(
    people: &People,
    conflicts: &[Conflict],
    place: &dyn Fn(Origin) -> String,
) -> Option<Note> {
    let first = conflicts.first()?;
    let word = |status| match status {
        PersonStatus::Unknown => "unknown",
        PersonStatus::Present => "present",
        PersonStatus::NotYet => "not yet active",
        PersonStatus::Disabled => "disabled",
        PersonStatus::Gone => "left",
    };
    let disputed = people.disputed.len();
    let have = if disputed == 1 { "has" } else { "have" };
    Some(Note::doubt(
        "status-conflict",
        format!(
            "{} {have} records that disagree on the status, for example {} ({}) and {} ({}): the stricter status is \
             kept; correct the record that is wrong",
            people_of(disputed),
            place(first.stricter.1),
            word(first.stricter.0),
            place(first.milder.1),
            word(first.milder.0),
        ),
    ))
}

fn rehired(people: &People) -> Option<Note> {
    let count = people.rehired.len();
    let (have, count_as) = if count == 1 {
        ("has", "counts")
    } else {
        ("have", "count")
    };
    (count > 0).then(|| {
        Note::remark(
            "rehired",
            format!(
                "{} {have} an ended and a current employment in one list and {count_as} as current",
                people_of(count)
            ),
        )
    })
}

fn shared(told: &Told, place: &dyn Fn(Origin) -> String) -> Option<Note> {
    let (id, one, other) = told.example.as_ref()?;
    let ids = match told.ids {
        1 => format!("the employee id {id:?} belongs"),
        ids => format!("{} employee ids, for example {id:?}, belong", grouped(ids)),
    };
    let alone = match told.left_alone {
        0 => String::new(),
        records => format!(
            "; {} records without an address are joined to nobody, so that a leaver among them is missed",
            grouped(records)
        ),
    };
    Some(Note::doubt(
        "shared-employee-id",
        format!(
            "{ids} to several people of one file ({}, {}): it joins no records{alone}",
            place(*one),
            place(*other)
        ),
    ))
}

fn apart(told: &Told, place: &dyn Fn(Origin) -> String) -> Option<Note> {
    let (_, one, other) = told.example.as_ref()?;
    let ids = match told.ids {
        1 => "1 employee id stands".to_owned(),
        ids => format!("{ids} employee ids stand"),
    };
    Some(Note::doubt(
        "employee-id-apart",
        format!(
            "{ids} beside different addresses in different files, for example at {} and {}: these records are not \
             joined, so a person among them may count twice and a leaver may be missed; add an export that has both \
             addresses of a person",
            place(*one),
            place(*other)
        ),
    ))
}

fn zeros(told: &Told, place: &dyn Fn(Origin) -> String) -> Option<Note> {
    let (_, one, other) = told.example.as_ref()?;
    let ids = match told.ids {
        1 => "1 employee id differs".to_owned(),
        ids => format!("{ids} employee ids differ"),
    };
    Some(Note::remark(
        "employee-id-zeros",
        format!(
            "{ids} between files by leading zeros alone, for example at {} and {}: a spreadsheet drops them, so the \
             records are joined",
            place(*one),
            place(*other)
        ),
    ))
}
