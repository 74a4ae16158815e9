//! Building the people of a directory: every record adds facts to the person who has one of its addresses.
//!
//! Several records of one person, in one file or many, become one person. The stricter status wins and
//! the earliest day of leaving; the result does not depend on the order of records.

use crate::domain::account::{Origin, domain_of};
use crate::domain::day::Day;
use crate::domain::person::{AddressBook, AddressKind, People, PersonStatus};
use crate::domain::text::Dictionary;

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

/// People under construction.
#[derive(Clone)]
pub(crate) struct PeopleBuilder {
    addresses: AddressBook,
    /// Domains of people's own addresses (not guests'), and how many addresses each has.
    domains: Dictionary,
    domain_addresses: Vec<u64>,
    last_domain: u32,
    employee_ids: Dictionary,
    employee_person: Vec<u32>,
    departments: Dictionary,
    /// For each person, the one it was merged into (itself where it was not).
    parent: Vec<u32>,
    status: Vec<PersonStatus>,
    left: Vec<Option<Day>>,
    department: Vec<u32>,
    origin: Vec<Origin>,
    conflicts: Vec<Conflict>,
}

impl Default for PeopleBuilder {
    fn default() -> PeopleBuilder {
        let mut departments = Dictionary::default();
        // Number 0 is "no department".
        departments.intern("");
        PeopleBuilder {
            addresses: AddressBook::default(),
            domains: Dictionary::default(),
            domain_addresses: Vec::new(),
            last_domain: u32::MAX,
            employee_ids: Dictionary::default(),
            employee_person: Vec::new(),
            departments,
            parent: Vec::new(),
            status: Vec::new(),
            left: Vec::new(),
            department: Vec::new(),
            origin: Vec::new(),
            conflicts: Vec::new(),
        }
    }
}

impl PeopleBuilder {
    /// Makes room for so many addresses.
    pub(crate) fn reserve(&mut self, addresses: usize) {
        self.addresses.texts.reserve(addresses);
    }

    /// Adds a record. Addresses are in their compared form; a record without any key adds nothing
    /// and gives `false`.
    pub(crate) fn add<A: AsRef<str>>(
        &mut self,
        facts: &PersonFacts<'_>,
        addresses: &[(A, AddressKind)],
    ) -> bool {
        let mut person = None;
        for (address, kind) in addresses {
            let (address, kind) = (address.as_ref(), *kind);
            let (number, new) = self.addresses.texts.insert(address);
            if new {
                let owner = match person {
                    Some(owner) => owner,
                    None => self.new_person(facts),
                };
                self.addresses.person.push(owner);
                self.addresses.kind.push(kind);
                self.count_domain(address, kind);
                person = Some(owner);
            } else {
                let slot = number as usize;
                self.addresses.kind[slot] = self.addresses.kind[slot].min(kind);
                let owner = self.root(self.addresses.person[slot]);
                person = Some(self.join(person, owner, facts));
            }
        }
        if !facts.employee_id.is_empty() {
            let (number, new) = self.employee_ids.insert(facts.employee_id);
            if new {
                let owner = match person {
                    Some(owner) => owner,
                    None => self.new_person(facts),
                };
                self.employee_person.push(owner);
                person = Some(owner);
            } else {
                let owner = self.root(self.employee_person[number as usize]);
                person = Some(self.join(person, owner, facts));
            }
        }
        person.is_some()
    }

    /// Joins the record's person so far with `owner`, who had the key already, and gives who remains.
    fn join(&mut self, person: Option<u32>, owner: u32, facts: &PersonFacts<'_>) -> u32 {
        match person {
            Some(person) if self.root(person) == owner => owner,
            Some(person) => self.unite(person, owner),
            None => {
                let department = self.departments.intern(facts.department);
                self.absorb(owner, facts.status, facts.left, department, facts.origin);
                owner
            }
        }
    }

    fn new_person(&mut self, facts: &PersonFacts<'_>) -> u32 {
        let person = u32::try_from(self.parent.len()).unwrap_or(u32::MAX);
        self.parent.push(person);
        self.status.push(facts.status);
        self.left.push(facts.left);
        let department = self.departments.intern(facts.department);
        self.department.push(department);
        self.origin.push(facts.origin);
        person
    }

    fn root(&self, mut person: u32) -> u32 {
        while self.parent[person as usize] != person {
            person = self.parent[person as usize];
        }
        person
    }

    /// Makes two people one; the older record's number remains.
    fn unite(&mut self, one: u32, other: u32) -> u32 {
        let (one, other) = (self.root(one), self.root(other));
        let (kept, gone) = (one.min(other), one.max(other));
        if kept != gone {
            let row = gone as usize;
            self.parent[row] = kept;
            let (status, left, department, origin) = (
                self.status[row],
                self.left[row],
                self.department[row],
                self.origin[row],
            );
            self.absorb(kept, status, left, department, origin);
        }
        kept
    }

    fn absorb(
        &mut self,
        person: u32,
        status: PersonStatus,
        left: Option<Day>,
        department: u32,
        origin: Origin,
    ) {
        let row = person as usize;
        let before = (self.status[row], self.origin[row]);
        let added = (status, origin);
        let unknown = PersonStatus::Unknown;
        if before.0 != status && before.0 != unknown && status != unknown {
            let (milder, stricter) = if before.0 < status {
                (before, added)
            } else {
                (added, before)
            };
            self.conflicts.push(Conflict { stricter, milder });
        }
        if status > before.0 {
            self.status[row] = status;
            self.origin[row] = origin;
        }
        self.left[row] = match (self.left[row], left) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        // Of two departments the first in the alphabet, so that no order of records decides.
        let (kept, offered) = (
            self.departments.get(self.department[row]),
            self.departments.get(department),
        );
        if !offered.is_empty() && (kept.is_empty() || offered < kept) {
            self.department[row] = department;
        }
    }

    /// Adds everyone of another directory.
    pub(crate) fn merge(&mut self, other: PeopleBuilder) {
        let mut keys: Vec<Vec<(&str, AddressKind)>> = vec![Vec::new(); other.parent.len()];
        for (number, address) in other.addresses.texts.iter().enumerate() {
            let owner = other.root(other.addresses.person[number]) as usize;
            keys[owner].push((address, other.addresses.kind[number]));
        }
        let mut ids: Vec<&str> = vec![""; other.parent.len()];
        for (number, id) in other.employee_ids.iter().enumerate() {
            ids[other.root(other.employee_person[number]) as usize] = id;
        }
        for row in 0..other.parent.len() {
            if other.parent[row] as usize == row {
                let facts = PersonFacts {
                    status: other.status[row],
                    left: other.left[row],
                    department: other.departments.get(other.department[row]),
                    employee_id: ids[row],
                    origin: other.origin[row],
                };
                self.add(&facts, &keys[row]);
            }
        }
        self.conflicts.extend(other.conflicts);
    }

    fn count_domain(&mut self, address: &str, kind: AddressKind) {
        if matches!(kind, AddressKind::Email | AddressKind::Login) && !address.contains("#ext#") {
            let domain = self
                .domains
                .intern_again(domain_of(address), &mut self.last_domain)
                as usize;
            if self.domain_addresses.len() <= domain {
                self.domain_addresses.resize(domain + 1, 0);
            }
            self.domain_addresses[domain] += 1;
        }
    }

    /// Domains of people's own addresses (not guests'), and how many addresses each has.
    pub(crate) fn domains(&self) -> Vec<(String, u64)> {
        self.domains
            .iter()
            .map(str::to_owned)
            .zip(self.domain_addresses.iter().copied())
            .collect()
    }

    pub(crate) fn has_addresses(&self) -> bool {
        self.addresses.texts.len() > 0
    }

    /// People whose only key is an employee id: no account can ever match them.
    pub(crate) fn without_address(&self) -> usize {
        if self.employee_person.is_empty() {
            return 0;
        }
        let mut reachable = vec![false; self.parent.len()];
        for &owner in &self.addresses.person {
            reachable[self.root(owner) as usize] = true;
        }
        (0..self.parent.len())
            .filter(|&row| self.parent[row] as usize == row && !reachable[row])
            .count()
    }

    /// The finished people, their departments and the conflicts, sorted.
    pub(crate) fn finish(mut self) -> (People, Dictionary, Vec<Conflict>) {
        let merged = (0..self.parent.len()).any(|row| self.parent[row] as usize != row);
        if merged {
            // Merged rows give their number up, so that every row left is one person.
            let mut rows = vec![u32::MAX; self.parent.len()];
            let mut kept = 0_u32;
            for (row, slot) in rows.iter_mut().enumerate() {
                if self.parent[row] as usize == row {
                    *slot = kept;
                    let to = kept as usize;
                    self.status[to] = self.status[row];
                    self.left[to] = self.left[row];
                    self.department[to] = self.department[row];
                    kept += 1;
                }
            }
            let owners: Vec<u32> = self
                .addresses
                .person
                .iter()
                .map(|&person| rows[self.root(person) as usize])
                .collect();
            self.addresses.person = owners;
            self.status.truncate(kept as usize);
            self.left.truncate(kept as usize);
            self.department.truncate(kept as usize);
        }
        self.conflicts.sort_unstable();
        let people = People {
            status: self.status,
            left: self.left,
            department: self.department,
            addresses: self.addresses,
        };
        (people, self.departments, self.conflicts)
    }
}

#[cfg(test)]
mod tests {
    use super::{PeopleBuilder, PersonFacts};
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
        let (people, _, conflicts) = people.finish();
        assert_eq!(people.len(), 1);
        assert_eq!(people.status, [PersonStatus::Disabled]);
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
        assert_eq!(idp.without_address(), 1);
        let (people, _, _) = idp.finish();
        assert_eq!(people.status, [PersonStatus::Gone, PersonStatus::Gone]);
    }

    #[test]
    fn a_record_without_any_key_is_not_taken() {
        assert!(!PeopleBuilder::default().add::<&str>(&facts(PersonStatus::Present, ""), &[]));
    }
}
