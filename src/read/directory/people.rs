//! Building the people of a directory: records are gathered first, and joined when all are known.
//!
//! `joining` says which records are one person. Between files the stricter status wins and the earliest day of
//! leaving; within one list the latest employment does. The result does not depend on the order of records.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::employment::{Employment, Said};
use super::joining::{IdFacts, Ids, Owners};
use crate::domain::account::{Origin, domain_of};
use crate::domain::day::Day;
use crate::domain::index::Index;
use crate::domain::person::{AddressBook, AddressKind, People, Person, PersonStatus};
use crate::domain::text::{Dictionary, Texts};

/// What one record says of a person.
#[derive(Clone, Debug)]
pub(crate) struct PersonFacts<'a> {
    pub(crate) status: PersonStatus,
    pub(crate) left: Option<Day>,
    pub(crate) department: &'a str,
    /// Where the department's column stands among those that can say it: the first is the best.
    pub(crate) department_rank: u8,
    pub(crate) employee_id: &'a str,
    pub(crate) origin: Origin,
}

/// Two records of one person that disagree on the status.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Conflict {
    pub(crate) stricter: (PersonStatus, Origin),
    pub(crate) milder: (PersonStatus, Origin),
}

/// Why a person has no status. Ordered: of several reasons the first is told.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum WhyUnknown {
    /// A word that no list has, and its first record.
    Word(String, Origin),
    /// The file has a column of status, which is blank.
    Blank(u16),
    /// The file has no such column.
    NoColumn(u16),
}

/// People under construction: one row a record, and its keys.
#[derive(Clone)]
pub(crate) struct PeopleBuilder {
    status: Vec<PersonStatus>,
    left: Vec<Option<Day>>,
    department: Vec<u32>,
    /// Of records whose department is not from the best column: the column's rank.
    lesser_departments: BTreeMap<u32, u8>,
    origin: Vec<Origin>,
    departments: Dictionary,
    addresses: Texts,
    address_row: Vec<u32>,
    address_kind: Vec<AddressKind>,
    employee_ids: Texts,
    employee_row: Vec<u32>,
    /// Words of status that no list has, with the records that have them.
    unknown_words: BTreeMap<String, Vec<u32>>,
    /// Numbers of the files without a column that tells a status.
    silent: Vec<u16>,
    /// Numbers of the files that are a spreadsheet's.
    spreadsheets: Vec<u16>,
    domains: Domains,
}

/// People, each of whom was one or more records.
pub(crate) struct Settled {
    pub(crate) people: People,
    pub(crate) departments: Dictionary,
    /// Records of one person that disagree, sorted.
    pub(crate) conflicts: Vec<Conflict>,
    /// Domains of people's own addresses (not guests'), and how many addresses each has.
    pub(crate) domains: Vec<(String, u64)>,
    /// Why people have no status.
    pub(crate) unknown: Vec<(WhyUnknown, u64)>,
    /// What became of employee ids.
    pub(crate) ids: IdFacts,
    /// People whose only key is an employee id: no account can ever match them.
    pub(crate) without_address: usize,
}

impl Default for PeopleBuilder {
    fn default() -> PeopleBuilder {
        let mut departments = Dictionary::default();
        // Number 0 is "no department".
        departments.intern("");
        PeopleBuilder {
            status: Vec::new(),
            left: Vec::new(),
            department: Vec::new(),
            lesser_departments: BTreeMap::new(),
            origin: Vec::new(),
            departments,
            addresses: Texts::default(),
            address_row: Vec::new(),
            address_kind: Vec::new(),
            employee_ids: Texts::default(),
            employee_row: Vec::new(),
            unknown_words: BTreeMap::new(),
            silent: Vec::new(),
            spreadsheets: Vec::new(),
            domains: Domains::default(),
        }
    }
}

impl PeopleBuilder {
    /// Adds a record. Addresses are in their compared form; a record without any key adds nothing
    /// and gives `false`.
    pub(crate) fn add<A: AsRef<str>>(
        &mut self,
        facts: &PersonFacts<'_>,
        addresses: &[(A, AddressKind)],
    ) -> bool {
        if addresses.is_empty() && facts.employee_id.is_empty() {
            return false;
        }
        let row = u32::try_from(self.status.len()).unwrap_or(u32::MAX);
        self.status.push(facts.status);
        self.left.push(facts.left);
        let department = self.departments.intern(facts.department);
        self.department.push(department);
        if facts.department_rank > 0 && !facts.department.is_empty() {
            self.lesser_departments.insert(row, facts.department_rank);
        }
        self.origin.push(facts.origin);
        for (address, kind) in addresses {
            let address = address.as_ref();
            self.addresses.push(address);
            self.address_row.push(row);
            self.address_kind.push(*kind);
            self.domains.count(address, *kind);
        }
        if !facts.employee_id.is_empty() {
            self.employee_ids.push(facts.employee_id);
            self.employee_row.push(row);
        }
        true
    }

    /// Says that a file is a spreadsheet's, whose numbers have no leading zeros.
    pub(crate) fn is_spreadsheet(&mut self, file: u16) {
        self.spreadsheets.push(file);
    }

    /// Says that a file has no column that tells a status.
    pub(crate) fn is_silent(&mut self, file: u16) {
        self.silent.push(file);
    }

    /// Adds a word of status that no list has, of the record added last.
    pub(crate) fn add_unknown_word(&mut self, word: String) {
        let row = u32::try_from(self.status.len().saturating_sub(1)).unwrap_or(u32::MAX);
        self.unknown_words.entry(word).or_default().push(row);
    }

    /// Adds everyone of another directory.
    pub(crate) fn merge(&mut self, other: PeopleBuilder) {
        let start = u32::try_from(self.status.len()).unwrap_or(u32::MAX);
        let moved = |rows: Vec<u32>| rows.into_iter().map(move |row| start.saturating_add(row));
        let departments: Vec<u32> = other
            .departments
            .iter()
            .map(|name| self.departments.intern(name))
            .collect();
        self.status.extend(other.status);
        self.left.extend(other.left);
        self.department.extend(
            other
                .department
                .into_iter()
                .map(|number| departments[number as usize]),
        );
        let lesser = other.lesser_departments.into_iter();
        self.lesser_departments
            .extend(lesser.map(|(row, rank)| (start.saturating_add(row), rank)));
        self.spreadsheets.extend(other.spreadsheets);
        self.silent.extend(other.silent);
        for (word, rows) in other.unknown_words {
            let rows = rows.into_iter().map(|row| start.saturating_add(row));
            self.unknown_words.entry(word).or_default().extend(rows);
        }
        self.origin.extend(other.origin);
        self.addresses.append(&other.addresses);
        self.address_row.extend(moved(other.address_row));
        self.address_kind.extend(other.address_kind);
        self.employee_ids.append(&other.employee_ids);
        self.employee_row.extend(moved(other.employee_row));
        self.domains.merge(&other.domains);
    }

    pub(crate) fn has_addresses(&self) -> bool {
        self.addresses.len() > 0
    }

    /// Joins the records of each person.
    pub(crate) fn finish(mut self) -> Settled {
        let mut owners = Owners::of(self.status.len());
        let (index, repeats) = Index::of(&self.addresses);
        for repeat in repeats {
            let (row, first) = (repeat.row as usize, repeat.first as usize);
            owners.unite(self.address_row[row], self.address_row[first]);
            self.domains
                .forget(self.addresses.get(row), self.address_kind[row]);
            self.address_kind[first] = self.address_kind[first].min(self.address_kind[row]);
        }
        let ids = self.join_ids(&mut owners);
        let Joined {
            conflicts,
            mut disputed,
            mut rehired,
        } = self.absorb_joined(&mut owners);
        let unknown = self.why_unknown(&mut owners);
        let people = self.give_numbers(&mut owners, &mut disputed, &mut rehired);
        let without_address = self.without_address(people);
        let all = self.status.into_iter().zip(self.left).zip(self.department);
        let all = all.map(|((status, left), department)| Person {
            status,
            left,
            department,
        });
        Settled {
            people: People {
                all: all.collect(),
                disputed,
                rehired,
                addresses: AddressBook {
                    texts: self.addresses,
                    index,
                    person: self.address_row,
                    kind: self.address_kind,
                },
            },
            departments: self.departments,
            conflicts,
            unknown,
            ids,
            domains: self.domains.counted(),
            without_address,
        }
    }

    fn join_ids(&self, owners: &mut Owners) -> IdFacts {
        if self.employee_row.is_empty() {
            return IdFacts::default();
        }
        let mut addressed = vec![false; self.status.len()];
        for &row in &self.address_row {
            addressed[row as usize] = true;
        }
        let ids = Ids {
            texts: &self.employee_ids,
            rows: &self.employee_row,
            origin: &self.origin,
            addressed: &addressed,
            spreadsheets: &self.spreadsheets,
        };
        ids.join(owners)
    }

    /// Gives each person's first record what all of their records say.
    fn absorb_joined(&mut self, owners: &mut Owners) -> Joined {
        let mut rows: Vec<(u32, Origin, u32)> = Vec::new();
        for row in owners.joined() {
            let owner = owners.root(row);
            rows.push((owner, self.origin[row as usize], row));
            rows.push((owner, self.origin[owner as usize], owner));
        }
        rows.sort_unstable();
        rows.dedup();
        let mut joined = Joined::default();
        for person in rows.chunk_by(|one, next| one.0 == next.0) {
            let owner = person[0].0;
            let mut lists = person
                .chunk_by(|one, next| one.1.file == next.1.file)
                .map(|list| {
                    let records = list.iter().map(|&(_, origin, row)| Employment {
                        status: self.status[row as usize],
                        left: self.left[row as usize],
                        origin,
                    });
                    Employment::of_one_list(records.collect())
                });
            let Some((mut known, mut outcome)) = lists.next() else {
                continue;
            };
            for (other, of_list) in lists {
                outcome.extend(of_list);
                outcome.extend(known.tighten(&other));
            }
            for said in outcome {
                match said {
                    Said::Conflict(conflict) => {
                        joined.conflicts.push(conflict);
                        joined.disputed.push(owner);
                    }
                    Said::Rehired(ended) => joined.rehired.push((owner, ended)),
                }
            }
            self.status[owner as usize] = known.status;
            self.left[owner as usize] = known.left;
            self.department[owner as usize] =
                self.department_of(person.iter().map(|&(.., row)| row));
        }
        joined.conflicts.sort_unstable();
        joined.disputed.dedup();
        joined.rehired.dedup_by_key(|(person, _)| *person);
        joined
    }

    /// The department that the best column says; of several the first in the alphabet, so that no order of records
    /// decides.
    fn department_of(&self, rows: impl Iterator<Item = u32>) -> u32 {
        let named = rows.filter_map(|row| {
            let number = self.department[row as usize];
            let rank = self.lesser_departments.get(&row).copied().unwrap_or(0);
            let name = self.departments.get(number);
            (!name.is_empty()).then_some((rank, name, number))
        });
        named.min().map_or(0, |(.., number)| number)
    }

    /// Why each person without a status or a day of leaving has none, each told once: by the word that is not
    /// known, else by the list that leaves it blank, else by the list that has no such column.
    fn why_unknown(&self, owners: &mut Owners) -> Vec<(WhyUnknown, u64)> {
        let is_unknown = |row: u32| {
            self.status[row as usize] == PersonStatus::Unknown && self.left[row as usize].is_none()
        };
        let mut reasons: BTreeMap<u32, WhyUnknown> = BTreeMap::new();
        let mut explain = |row: u32, why: WhyUnknown| {
            let person = owners.root(row);
            if is_unknown(person) {
                match reasons.entry(person) {
                    Entry::Vacant(place) => {
                        place.insert(why);
                    }
                    Entry::Occupied(mut known) if why < *known.get() => {
                        known.insert(why);
                    }
                    Entry::Occupied(_) => {}
                }
            }
        };
        for (word, rows) in &self.unknown_words {
            let first = rows.iter().map(|&row| self.origin[row as usize]).min();
            for &row in rows {
                explain(
                    row,
                    WhyUnknown::Word(word.clone(), first.unwrap_or_default()),
                );
            }
        }
        for (row, status) in (0_u32..).zip(&self.status) {
            if *status == PersonStatus::Unknown {
                let file = self.origin[row as usize].file;
                explain(
                    row,
                    match self.silent.contains(&file) {
                        true => WhyUnknown::NoColumn(file),
                        false => WhyUnknown::Blank(file),
                    },
                );
            }
        }
        let mut counted: BTreeMap<WhyUnknown, u64> = BTreeMap::new();
        for why in reasons.into_values() {
            *counted.entry(why).or_default() += 1;
        }
        counted.into_iter().collect()
    }

    /// Joined rows give their number up, so that every row left is one person. Gives how many are left.
    fn give_numbers(
        &mut self,
        owners: &mut Owners,
        disputed: &mut [u32],
        rehired: &mut [(u32, Option<Day>)],
    ) -> usize {
        if owners.joined().is_empty() {
            return self.status.len();
        }
        let mut numbers = vec![u32::MAX; self.status.len()];
        let mut kept = 0_usize;
        for (row, number) in numbers.iter_mut().enumerate() {
            if owners.is_root(row) {
                *number = u32::try_from(kept).unwrap_or(u32::MAX);
                self.status[kept] = self.status[row];
                self.left[kept] = self.left[row];
                self.department[kept] = self.department[row];
                kept += 1;
            }
        }
        self.status.truncate(kept);
        self.left.truncate(kept);
        self.department.truncate(kept);
        let of_lists = disputed
            .iter_mut()
            .chain(rehired.iter_mut().map(|(person, _)| person));
        let of_keys = self.address_row.iter_mut().chain(&mut self.employee_row);
        for row in of_keys.chain(of_lists) {
            *row = numbers[owners.root(*row) as usize];
        }
        kept
    }

    fn without_address(&self, people: usize) -> usize {
        if self.employee_row.is_empty() {
            return 0;
        }
        let mut reachable = vec![false; people];
        for &person in &self.address_row {
            reachable[person as usize] = true;
        }
        reachable.iter().filter(|reachable| !**reachable).count()
    }
}

/// Domains of people's own addresses, counted.
#[derive(Clone, Default)]
struct Domains {
    names: Dictionary,
    addresses: Vec<u64>,
    last: u32,
}

impl Domains {
    /// Guests have addresses of other companies, aliases any.
    fn is_own(address: &str, kind: AddressKind) -> bool {
        let is_guest = || address.contains('#') && address.contains("#ext#");
        matches!(kind, AddressKind::Email | AddressKind::Login) && !is_guest()
    }

    fn count(&mut self, address: &str, kind: AddressKind) {
        if Domains::is_own(address, kind) {
            *self.of(domain_of(address)) += 1;
        }
    }

    /// Takes back what a second record counted of an address.
    fn forget(&mut self, address: &str, kind: AddressKind) {
        if Domains::is_own(address, kind) {
            *self.of(domain_of(address)) -= 1;
        }
    }

    fn of(&mut self, domain: &str) -> &mut u64 {
        let number = self.names.intern_again(domain, &mut self.last) as usize;
        if self.addresses.len() <= number {
            self.addresses.resize(number + 1, 0);
        }
        &mut self.addresses[number]
    }

    fn merge(&mut self, other: &Domains) {
        for (name, addresses) in other.names.iter().zip(&other.addresses) {
            *self.of(name) += addresses;
        }
    }

    fn counted(&self) -> Vec<(String, u64)> {
        let names = self.names.iter().map(str::to_owned);
        names.zip(self.addresses.iter().copied()).collect()
    }
}

/// What joining the records of all people gave.
#[derive(Default)]
struct Joined {
    conflicts: Vec<Conflict>,
    /// People whose records disagree.
    disputed: Vec<u32>,
    /// People with an ended and a current employment in one list, and the day the last one ended.
    rehired: Vec<(u32, Option<Day>)>,
}

#[cfg(test)]
mod tests {
    use super::{PeopleBuilder, PersonFacts, Settled};
    use crate::domain::account::Origin;
    use crate::domain::person::{AddressKind, PersonStatus};

    fn facts(status: PersonStatus, employee_id: &str) -> PersonFacts<'_> {
        PersonFacts {
            status,
            left: None,
            department: "",
            department_rank: 0,
            employee_id,
            origin: Origin::default(),
        }
    }

    #[test]
    fn a_record_that_links_two_people_makes_them_one_and_keeps_the_stricter_status() {
        let mut people = PeopleBuilder::default();
        people.add(
            &facts(PersonStatus::Present, ""),
            &[("a@x.org", AddressKind::Email)],
        );
        people.add(
            &facts(PersonStatus::Disabled, ""),
            &[("b@x.org", AddressKind::Email)],
        );
        people.add(
            &facts(PersonStatus::Present, ""),
            &[
                ("b@x.org", AddressKind::Login),
                ("a@x.org", AddressKind::Alias),
            ],
        );
        let Settled {
            people, conflicts, ..
        } = people.finish();
        assert_eq!(people.len(), 1);
        assert_eq!(people.all[0].status, PersonStatus::Disabled);
        assert_eq!(
            people.addresses.find("a@x.org"),
            Some((0, AddressKind::Email))
        );
        assert_eq!(
            people.addresses.find("b@x.org"),
            Some((0, AddressKind::Email))
        );
        assert_eq!(conflicts.len(), 2);
    }

    #[test]
    fn an_employee_id_bridges_an_hr_list_to_the_addresses() {
        let mut idp = PeopleBuilder::default();
        idp.add(
            &facts(PersonStatus::Present, "E1"),
            &[("a@x.org", AddressKind::Email)],
        );
        let mut hr = PeopleBuilder::default();
        for id in ["E1", "E2"] {
            let origin = Origin { file: 1, line: 2 };
            let gone = facts(PersonStatus::Gone, id);
            hr.add::<&str>(&PersonFacts { origin, ..gone }, &[]);
        }
        idp.merge(hr);
        let settled = idp.finish();
        assert_eq!(settled.without_address, 1);
        let statuses = settled.people.all.iter().map(|person| person.status);
        assert_eq!(
            statuses.collect::<Vec<_>>(),
            [PersonStatus::Gone, PersonStatus::Gone]
        );
    }

    #[test]
    fn a_record_without_any_key_is_not_taken() {
        assert!(!PeopleBuilder::default().add::<&str>(&facts(PersonStatus::Present, ""), &[]));
    }
}
