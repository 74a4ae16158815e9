//! Building the people of a directory: records are gathered first, and joined when all are known.
//!
//! Records that share an address or an employee id, in one file or many, become one person. The stricter status
//! wins and the earliest day of leaving; the result does not depend on the order of records.

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
    pub(crate) employee_id: &'a str,
    pub(crate) origin: Origin,
}

/// Two records of one person that disagree on the status.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Conflict {
    pub(crate) stricter: (PersonStatus, Origin),
    pub(crate) milder: (PersonStatus, Origin),
}

/// People under construction: one row a record, and its keys.
#[derive(Clone)]
pub(crate) struct PeopleBuilder {
    status: Vec<PersonStatus>,
    left: Vec<Option<Day>>,
    department: Vec<u32>,
    origin: Vec<Origin>,
    departments: Dictionary,
    addresses: Texts,
    address_row: Vec<u32>,
    address_kind: Vec<AddressKind>,
    employee_ids: Texts,
    employee_row: Vec<u32>,
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
            origin: Vec::new(),
            departments,
            addresses: Texts::default(),
            address_row: Vec::new(),
            address_kind: Vec::new(),
            employee_ids: Texts::default(),
            employee_row: Vec::new(),
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
        let mut before = self.department.last().copied().unwrap_or_default();
        self.department
            .push(self.departments.intern_again(facts.department, &mut before));
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
        for repeat in Index::of(&self.employee_ids).1 {
            owners.unite(
                self.employee_row[repeat.row as usize],
                self.employee_row[repeat.first as usize],
            );
        }
        let conflicts = self.absorb_joined(&mut owners);
        let people = self.give_numbers(&mut owners);
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
                addresses: AddressBook {
                    texts: self.addresses,
                    index,
                    person: self.address_row,
                    kind: self.address_kind,
                },
            },
            departments: self.departments,
            conflicts,
            domains: self.domains.counted(),
            without_address,
        }
    }

    /// Adds what every joined record says to its owner; gives the disagreements, sorted.
    fn absorb_joined(&mut self, owners: &mut Owners) -> Vec<Conflict> {
        let mut conflicts = Vec::new();
        for row in owners.joined() {
            let owner = owners.root(row);
            conflicts.extend(self.absorb(owner as usize, row as usize));
        }
        conflicts.sort_unstable();
        conflicts
    }

    fn absorb(&mut self, owner: usize, row: usize) -> Option<Conflict> {
        let before = (self.status[owner], self.origin[owner]);
        let added = (self.status[row], self.origin[row]);
        let (milder, stricter) = if before.0 < added.0 {
            (before, added)
        } else {
            (added, before)
        };
        let disagree = milder.0 != stricter.0 && milder.0 != PersonStatus::Unknown;
        if added.0 > before.0 {
            (self.status[owner], self.origin[owner]) = added;
        }
        self.left[owner] = match (self.left[owner], self.left[row]) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        // Of two departments the first in the alphabet, so that no order of records decides.
        let (kept, offered) = (
            self.departments.get(self.department[owner]),
            self.departments.get(self.department[row]),
        );
        if !offered.is_empty() && (kept.is_empty() || offered < kept) {
            self.department[owner] = self.department[row];
        }
        disagree.then_some(Conflict { stricter, milder })
    }

    /// Joined rows give their number up, so that every row left is one person. Gives how many are left.
    fn give_numbers(&mut self, owners: &mut Owners) -> usize {
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
        for row in self.address_row.iter_mut().chain(&mut self.employee_row) {
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

/// Which records belong to one person: each row leads to the first row of its person, in one step or more.
struct Owners(Vec<u32>);

impl Owners {
    fn of(rows: usize) -> Owners {
        Owners((0..u32::try_from(rows).unwrap_or(u32::MAX)).collect())
    }

    fn is_root(&self, row: usize) -> bool {
        self.0[row] as usize == row
    }

    fn root(&mut self, mut row: u32) -> u32 {
        while self.0[row as usize] != row {
            // Every step on the way is halved, so that no chain of records stays long.
            let above = self.0[self.0[row as usize] as usize];
            self.0[row as usize] = above;
            row = above;
        }
        row
    }

    fn unite(&mut self, one: u32, other: u32) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one.max(other) as usize] = one.min(other);
    }

    /// The rows that belong to an earlier one.
    fn joined(&self) -> Vec<u32> {
        let rows = (0_u32..).zip(&self.0);
        rows.filter(|(row, owner)| row != *owner)
            .map(|(row, _)| row)
            .collect()
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
        hr.add::<&str>(&facts(PersonStatus::Gone, "E1"), &[]);
        hr.add::<&str>(&facts(PersonStatus::Gone, "E2"), &[]);
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
