//! Which records of a directory are one person: by a shared address, and by employee id where that is safe.
//!
//! An id brings a record without an address to the one person whose records have the id and an address. It never
//! joins two records that both have addresses, and never more: an id on several addresses of one file, or on very
//! many records, is a placeholder (`N/A`, `0`, `TBD`) and joins nobody.

use std::collections::BTreeMap;

use crate::domain::account::Origin;
use crate::domain::index::Index;
use crate::domain::text::Texts;

/// Which records belong to one person: each row leads to the first row of its person, in one step or more.
pub(super) struct Owners(Vec<u32>);

impl Owners {
    pub(super) fn of(rows: usize) -> Owners {
        Owners((0..u32::try_from(rows).unwrap_or(u32::MAX)).collect())
    }

    pub(super) fn is_root(&self, row: usize) -> bool {
        self.0[row] as usize == row
    }

    pub(super) fn root(&mut self, mut row: u32) -> u32 {
        while self.0[row as usize] != row {
            // Every step on the way is halved, so that no chain of records stays long.
            let above = self.0[self.0[row as usize] as usize];
            self.0[row as usize] = above;
            row = above;
        }
        row
    }

    pub(super) fn unite(&mut self, one: u32, other: u32) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one.max(other) as usize] = one.min(other);
    }

    /// The rows that belong to an earlier one.
    pub(super) fn joined(&self) -> Vec<u32> {
        let rows = (0_u32..).zip(&self.0);
        rows.filter(|(row, owner)| row != *owner)
            .map(|(row, _)| row)
            .collect()
    }
}

/// What became of the employee ids, as far as a reader has to know.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct IdFacts {
    /// Ids that join nobody, since too many records have them.
    pub(crate) shared: Told,
    /// Ids that stand beside different addresses in different files: several people, as far as one can tell.
    pub(crate) apart: Told,
    /// Ids that were joined although one has leading zeros and the other has none.
    pub(crate) zeros: Told,
}

/// How many ids something is true of, how many records without an address it leaves alone, and where to look.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Told {
    pub(crate) ids: u64,
    pub(crate) left_alone: u64,
    /// The first id with two places that have it.
    pub(crate) example: Option<(String, Origin, Origin)>,
}

/// The employee ids of all records: the texts, the row of each, and what a row is.
pub(super) struct Ids<'a> {
    pub(super) texts: &'a Texts,
    pub(super) rows: &'a [u32],
    pub(super) origin: &'a [Origin],
    /// For each record, whether it has an address.
    pub(super) addressed: &'a [bool],
    /// Numbers of the files whose numbers have lost their leading zeros, as a spreadsheet's do.
    pub(super) spreadsheets: &'a [u16],
}

/// So many records of one file may have an id before it is looked at twice.
const FEW: u64 = 4;
/// No person has more records than this in one file.
const MANY: u64 = 20;

/// Records without an address in one file: how many, and how many ids they have.
#[derive(Clone, Copy, Default)]
struct Bare {
    records: u64,
    ids: u64,
}

impl Bare {
    /// Whether an id that so many of these records have is a placeholder: a list of employments has several
    /// records for each person, and a placeholder far more than that.
    const fn is_placeholder(self, records: u64) -> bool {
        let (others, ids) = (self.records - records, self.ids.saturating_sub(1));
        let usual = if ids == 0 { 1 } else { others.div_ceil(ids) };
        records > FEW && (records > FEW * usual || records > MANY)
    }
}

/// What the records of one id are to each other.
enum Verdict {
    OnePerson,
    Shared,
    Apart,
}

impl Ids<'_> {
    /// Joins what the ids may join.
    pub(super) fn join(&self, owners: &mut Owners) -> IdFacts {
        let mut facts = IdFacts::default();
        let groups = self.groups();
        let bare = self.bare(&groups);
        for group in &groups {
            for (places, zeros) in self.split(group, owners, &bare) {
                self.settle(&places, zeros, owners, &bare, &mut facts);
            }
        }
        facts
    }

    /// The places of equal ids, where there are several of one; ids that leading zeros alone tell apart are one
    /// group where a spreadsheet may have taken the zeros.
    fn groups(&self) -> Vec<Vec<u32>> {
        let mut repeats = if self.spreadsheets.is_empty() {
            Index::of(self.texts).1
        } else {
            let mut stripped = Texts::default();
            for id in self.texts.iter() {
                stripped.push(without_zeros(id));
            }
            Index::of(&stripped).1
        };
        repeats.sort_unstable_by_key(|repeat| (repeat.first, repeat.row));
        let groups = repeats.chunk_by(|one, next| one.first == next.first);
        groups
            .map(|group| {
                let first = group.iter().map(|repeat| repeat.first).take(1);
                first.chain(group.iter().map(|repeat| repeat.row)).collect()
            })
            .collect()
    }

    fn file(&self, place: u32) -> u16 {
        self.origin_of(place).file
    }

    fn origin_of(&self, place: u32) -> Origin {
        self.origin[self.rows[place as usize] as usize]
    }

    fn is_addressed(&self, place: u32) -> bool {
        self.addressed[self.rows[place as usize] as usize]
    }

    /// The records without an address, by file.
    fn bare(&self, groups: &[Vec<u32>]) -> BTreeMap<u16, Bare> {
        let mut bare: BTreeMap<u16, Bare> = BTreeMap::new();
        for place in (0_u32..).take(self.rows.len()) {
            if !self.is_addressed(place) {
                let of_file = bare.entry(self.file(place)).or_default();
                of_file.records += 1;
                of_file.ids += 1;
            }
        }
        // Each was counted as an id of its own; those that repeat one are not.
        for group in groups {
            for (file, records) in self.bare_by_file(group) {
                if let Some(of_file) = bare.get_mut(&file) {
                    of_file.ids = of_file.ids.saturating_sub(records.saturating_sub(1));
                }
            }
        }
        bare
    }

    fn bare_by_file(&self, places: &[u32]) -> BTreeMap<u16, u64> {
        let mut records = BTreeMap::new();
        for &place in places.iter().filter(|place| !self.is_addressed(**place)) {
            *records.entry(self.file(place)).or_default() += 1;
        }
        records
    }

    /// A group by its ids as written; as one, marked, where leading zeros are all that tells them apart, a
    /// spreadsheet has the shorter one, and joining them leaves nothing open.
    fn split(
        &self,
        group: &[u32],
        owners: &mut Owners,
        bare: &BTreeMap<u16, Bare>,
    ) -> Vec<(Vec<u32>, bool)> {
        let mut written: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for &place in group {
            let id = self.texts.get(place as usize);
            written.entry(id).or_default().push(place);
        }
        if written.len() == 1 {
            return vec![(group.to_vec(), false)];
        }
        let files = |places: &Vec<u32>| -> Vec<u16> {
            places.iter().map(|&place| self.file(place)).collect()
        };
        let forms: Vec<(&str, Vec<u16>)> = written
            .iter()
            .map(|(id, places)| (*id, files(places)))
            .collect();
        // In the order of texts the padded one comes first.
        let lost_its_zeros = match forms.as_slice() {
            [(padded, padded_in), (plain, plain_in)] => {
                padded.starts_with('0')
                    && !plain.starts_with('0')
                    && plain_in.iter().any(|file| self.spreadsheets.contains(file))
                    && !plain_in.iter().any(|file| padded_in.contains(file))
            }
            _ => false,
        };
        if lost_its_zeros && matches!(self.verdict(group, owners, bare), Verdict::OnePerson) {
            return vec![(group.to_vec(), true)];
        }
        written
            .into_values()
            .map(|places| (places, false))
            .collect()
    }

    fn verdict(&self, places: &[u32], owners: &mut Owners, bare: &BTreeMap<u16, Bare>) -> Verdict {
        let mut people: Vec<(u16, u32)> = Vec::new();
        for &place in places.iter().filter(|place| self.is_addressed(**place)) {
            people.push((self.file(place), owners.root(self.rows[place as usize])));
        }
        people.sort_unstable();
        people.dedup();
        let several = |of: &[(u16, u32)]| of.iter().any(|(_, person)| *person != of[0].1);
        if people.chunk_by(|one, next| one.0 == next.0).any(several) {
            return Verdict::Shared;
        }
        let is_placeholder = |(file, records): (&u16, &u64)| {
            bare.get(file)
                .is_some_and(|bare| bare.is_placeholder(*records))
        };
        if self.bare_by_file(places).iter().any(is_placeholder) {
            return Verdict::Shared;
        }
        match people.is_empty() || !several(&people) {
            true => Verdict::OnePerson,
            false => Verdict::Apart,
        }
    }

    fn settle(
        &self,
        places: &[u32],
        zeros: bool,
        owners: &mut Owners,
        bare: &BTreeMap<u16, Bare>,
        facts: &mut IdFacts,
    ) {
        let [first, .., last] = *places else { return };
        let told = match self.verdict(places, owners, bare) {
            Verdict::OnePerson => {
                for &place in places {
                    owners.unite(self.rows[first as usize], self.rows[place as usize]);
                }
                if !zeros {
                    return;
                }
                &mut facts.zeros
            }
            Verdict::Shared => &mut facts.shared,
            Verdict::Apart => &mut facts.apart,
        };
        told.ids += 1;
        let alone = places.iter().filter(|place| !self.is_addressed(**place));
        told.left_alone += alone.count() as u64;
        let ends = [first, last].map(|place| self.origin_of(place));
        // By the id first, so that the order of rows does not choose the example.
        let example = (
            self.texts.get(first as usize).to_owned(),
            ends[0].min(ends[1]),
            ends[0].max(ends[1]),
        );
        if told.example.as_ref().is_none_or(|known| example < *known) {
            told.example = Some(example);
        }
    }
}

/// A number without its leading zeros; anything else as it is.
fn without_zeros(id: &str) -> &str {
    let rest = id.trim_start_matches('0');
    if rest.is_empty() || !id.bytes().all(|byte| byte.is_ascii_digit()) {
        id
    } else {
        rest
    }
}
