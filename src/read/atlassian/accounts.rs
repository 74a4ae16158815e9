//! Building the accounts and seats of Atlassian exports: every record adds facts to its account.
//!
//! Rows of one account, in one file (a row for each group) or in several exports, become one account.
//! The stricter status wins, the later use, the earlier day of joining; the order of rows decides nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::account::{AccountKind, AccountRow, Accounts, Origin, Policy, domain_of};
use crate::domain::day::LastUse;
use crate::domain::seat::Seats;
use crate::domain::text::{Dictionary, Texts};

/// A product on a site, as an export names it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct RawOffering {
    pub(crate) product: String,
    pub(crate) site: String,
    pub(crate) plan: Option<String>,
    /// Whether a users export has it: that lists the organisation's own sites alone.
    pub(crate) in_users_export: bool,
}

#[derive(Clone)]
pub(crate) struct AccountsBuilder {
    pub(crate) accounts: Accounts,
    pub(crate) domains: Dictionary,
    pub(crate) offerings: Vec<RawOffering>,
    pub(crate) seats: Seats,
    /// Rows of accounts, each with the number of a group in `Rules::groups` that it is in.
    pub(crate) members: Vec<(u32, u16)>,
    /// Empty while ids only rise: then none can have come before, and no index is needed to say so.
    ids: Dictionary,
    id_rows: Vec<u32>,
    ids_rise: bool,
    emails: Dictionary,
    email_rows: Vec<u32>,
    /// Texts that a later record put in the place of the first one's, by row; settled when all records are in.
    patches: BTreeMap<u32, Patch>,
    others: Vec<OtherAddress>,
}

/// An address that an account has beside its own, since records of one id disagree.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct OtherAddress {
    pub(crate) account: u32,
    pub(crate) email: String,
    /// The records that disagree.
    pub(crate) origins: (Origin, Origin),
}

/// Everything in its final order.
pub(crate) struct Finished {
    pub(crate) accounts: Accounts,
    pub(crate) domains: Dictionary,
    pub(crate) offerings: Vec<RawOffering>,
    pub(crate) seats: Seats,
    pub(crate) members: Vec<(u32, u16)>,
    pub(crate) others: Vec<OtherAddress>,
}

impl Default for AccountsBuilder {
    fn default() -> AccountsBuilder {
        AccountsBuilder {
            accounts: Accounts::default(),
            domains: Dictionary::default(),
            offerings: Vec::new(),
            seats: Seats::default(),
            members: Vec::new(),
            ids: Dictionary::default(),
            id_rows: Vec::new(),
            ids_rise: true,
            emails: Dictionary::default(),
            email_rows: Vec::new(),
            patches: BTreeMap::new(),
            others: Vec::new(),
        }
    }
}

#[derive(Clone, Default)]
struct Patch {
    id: Option<String>,
    email: Option<String>,
    name: Option<String>,
}

impl AccountsBuilder {
    /// Adds a record and gives the row of its account.
    pub(crate) fn add(&mut self, row: &AccountRow<'_>) -> u32 {
        if row.id.is_empty() {
            return self.add_by_email(row);
        }
        if self.ids_rise {
            let last = self
                .accounts
                .len()
                .checked_sub(1)
                .map_or("", |last| self.accounts.id.get(last));
            if self.email_rows.is_empty() && row.id > last {
                return self.push(row);
            }
            if row.id == last {
                // A row for each group: the account in hand once more.
                let found =
                    u32::try_from(self.accounts.len().saturating_sub(1)).unwrap_or(u32::MAX);
                self.combine(found, row);
                return found;
            }
            self.index_ids();
        }
        let (number, new) = self.ids.insert(row.id);
        if !new {
            let found = self.id_rows[number as usize];
            self.combine(found, row);
            return found;
        }
        // An earlier file may have the account by its address alone.
        let unnamed = (!self.email_rows.is_empty())
            .then(|| self.emails.find(row.email))
            .flatten()
            .map(|number| self.email_rows[number as usize])
            .filter(|&found| {
                let patched = self
                    .patches
                    .get(&found)
                    .is_some_and(|patch| patch.id.is_some());
                self.accounts.id.get(found as usize).is_empty() && !patched
            });
        let found = match unnamed {
            Some(found) => {
                self.combine(found, row);
                found
            }
            None => self.push(row),
        };
        self.id_rows.push(found);
        found
    }

    /// Makes every id known by which a later record could be found.
    fn index_ids(&mut self) {
        self.ids_rise = false;
        for row in 0..self.accounts.len() {
            let id = self.accounts.id.get(row);
            if !id.is_empty() && self.ids.insert(id).1 {
                self.id_rows.push(u32::try_from(row).unwrap_or(u32::MAX));
            }
        }
    }

    fn add_by_email(&mut self, row: &AccountRow<'_>) -> u32 {
        self.index_emails();
        let (number, new) = self.emails.insert(row.email);
        if new {
            let added = self.push(row);
            self.email_rows.push(added);
            return added;
        }
        let found = self.email_rows[number as usize];
        self.combine(found, row);
        found
    }

    /// Makes every address known by which a record without an id could be found.
    fn index_emails(&mut self) {
        if self.email_rows.is_empty() {
            for row in 0..self.accounts.len() {
                if self.emails.insert(self.accounts.email.get(row)).1 {
                    self.email_rows.push(u32::try_from(row).unwrap_or(u32::MAX));
                }
            }
        }
    }

    fn push(&mut self, row: &AccountRow<'_>) -> u32 {
        let number = u32::try_from(self.accounts.len()).unwrap_or(u32::MAX);
        self.accounts.push(row, &mut self.domains);
        number
    }

    /// Adds what another record of the same account says.
    fn combine(&mut self, found: u32, row: &AccountRow<'_>) {
        let accounts = &mut self.accounts;
        let at = found as usize;
        accounts.status[at] = accounts.status[at].max(row.status);
        accounts.org_admin[at] |= row.org_admin;
        let last_active = accounts.last_active[at].get().latest(row.last_active);
        accounts.last_active[at] = last_active.into();
        accounts.added[at] = match (accounts.added[at], row.added) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        if accounts.kind[at] == AccountKind::Atlassian {
            accounts.kind[at] = row.kind;
        } else if row.kind == AccountKind::Atlassian && accounts.kind[at] == AccountKind::Customer {
            // Customer access on one site does not make an account with a seat elsewhere a customer.
            accounts.kind[at] = AccountKind::Atlassian;
        }
        if accounts.policy[at] == Policy::NotReported {
            accounts.policy[at] = row.policy;
        }
        accounts.billable[at] = accounts.billable[at].or(row.billable);
        accounts.managed[at] = accounts.managed[at].max(row.managed);
        accounts.in_groups[at] = accounts.in_groups[at].max(row.in_groups);
        let before = accounts.origin[at];
        accounts.origin[at] = before.min(row.origin);
        self.combine_texts(found, row);
        self.keep_other_address(found, before, row);
    }

    /// A text that is missing is filled; of two names the first in the alphabet stays, whatever file it is in.
    fn combine_texts(&mut self, found: u32, row: &AccountRow<'_>) {
        let at = found as usize;
        let (id, email) = (self.accounts.id.get(at), self.accounts.email.get(at));
        let patch = self.patches.get(&found);
        let name = patch
            .and_then(|patch| patch.name.as_deref())
            .unwrap_or_else(|| self.accounts.name.get(at));
        let better_name = !row.name.is_empty() && (name.is_empty() || row.name < name);
        let (fills_id, fills_email) = (
            id.is_empty() && !row.id.is_empty(),
            email.is_empty() && !row.email.is_empty(),
        );
        if !(better_name || fills_id || fills_email) {
            return;
        }
        if fills_email {
            self.accounts.domain[at] = self.domains.intern(domain_of(row.email));
        }
        let patch = self.patches.entry(found).or_default();
        if better_name {
            patch.name = Some(row.name.to_owned());
        }
        if fills_id && patch.id.is_none() {
            patch.id = Some(row.id.to_owned());
        }
        if fills_email && patch.email.is_none() {
            patch.email = Some(row.email.to_owned());
        }
    }

    /// Of two addresses the first in the alphabet is the account's, whatever record has it; people are matched by either.
    fn keep_other_address(&mut self, found: u32, before: Origin, row: &AccountRow<'_>) {
        let patch = self.patches.get(&found);
        let own = patch
            .and_then(|patch| patch.email.as_deref())
            .unwrap_or_else(|| self.accounts.email.get(found as usize));
        if row.email.is_empty() || own.is_empty() || row.email == own {
            return;
        }
        let is_first = row.email < own;
        let email = if is_first { own } else { row.email }.to_owned();
        self.others.push(OtherAddress {
            account: found,
            email,
            origins: (before.min(row.origin), before.max(row.origin)),
        });
        if is_first {
            self.accounts.domain[found as usize] = self.domains.intern(domain_of(row.email));
            self.patches.entry(found).or_default().email = Some(row.email.to_owned());
            if !self.email_rows.is_empty() && self.emails.insert(row.email).1 {
                self.email_rows.push(found);
            }
        }
    }

    /// Two records of an id that stands for more addresses than one person has: it is no id.
    pub(crate) fn shared_id(&self) -> Option<(Origin, Origin)> {
        const MOST: usize = 10;
        let mut addresses: BTreeMap<u32, BTreeSet<&str>> = BTreeMap::new();
        self.others.iter().find_map(|other| {
            let of_account = addresses.entry(other.account).or_default();
            of_account.insert(&other.email);
            (of_account.len() >= MOST).then_some(other.origins)
        })
    }

    /// Puts the patched texts into their columns.
    fn settle_texts(&mut self) {
        if self.patches.is_empty() {
            return;
        }
        let patches = std::mem::take(&mut self.patches);
        let settle = |column: &Texts, of: fn(&Patch) -> Option<&String>| {
            let mut settled = Texts::default();
            for (row, old) in (0_u32..).zip(column.iter()) {
                settled.push(patches.get(&row).and_then(of).map_or(old, String::as_str));
            }
            settled
        };
        self.accounts.id = settle(&self.accounts.id, |patch| patch.id.as_ref());
        self.accounts.email = settle(&self.accounts.email, |patch| patch.email.as_ref());
        self.accounts.name = settle(&self.accounts.name, |patch| patch.name.as_ref());
    }

    /// The number of an offering, given on first sight.
    pub(crate) fn offering(&mut self, offering: RawOffering) -> u16 {
        let known = self.offerings.iter_mut().zip(0_u16..).find(|(known, _)| {
            known.product == offering.product
                && known.site == offering.site
                && known.plan == offering.plan
        });
        if let Some((known, number)) = known {
            known.in_users_export |= offering.in_users_export;
            return number;
        }
        let number = u16::try_from(self.offerings.len()).unwrap_or(u16::MAX);
        self.offerings.push(offering);
        number
    }

    /// Adds all of another export.
    pub(crate) fn merge(&mut self, mut other: AccountsBuilder) {
        other.settle_texts();
        let offerings: Vec<u16> = other
            .offerings
            .into_iter()
            .map(|offering| self.offering(offering))
            .collect();
        let rows: Vec<u32> = (0..other.accounts.len())
            .map(|row| self.add(&other.accounts.row(row)))
            .collect();
        let others = other.others.into_iter();
        self.others.extend(others.map(|one| OtherAddress {
            account: rows[one.account as usize],
            ..one
        }));
        let members = other.members.iter();
        self.members
            .extend(members.map(|&(account, group)| (rows[account as usize], group)));
        for seat in 0..other.seats.len() {
            self.seats.push(
                rows[other.seats.account[seat] as usize],
                offerings[usize::from(other.seats.offering[seat])],
                other.seats.last_use[seat].get(),
            );
        }
    }

    /// Accounts by id and address, seats by account and offering, each once; offerings by name.
    pub(crate) fn finish(mut self) -> Finished {
        self.settle_texts();
        let AccountsBuilder {
            mut accounts,
            domains,
            offerings,
            mut seats,
            mut members,
            mut others,
            ..
        } = self;
        let order = sorted_rows(accounts.len(), |a, b| {
            let (a, b) = (a as usize, b as usize);
            (accounts.id.get(a), accounts.email.get(a))
                .cmp(&(accounts.id.get(b), accounts.email.get(b)))
        });
        if let Some(order) = order {
            accounts = accounts.reordered(&order);
            let mut places = vec![0_u32; order.len()];
            for (place, &row) in order.iter().enumerate() {
                places[row as usize] = u32::try_from(place).unwrap_or(u32::MAX);
            }
            let of_members = members.iter_mut().map(|(account, _)| account);
            let of_others = others.iter_mut().map(|other| &mut other.account);
            let rows = seats.account.iter_mut().chain(of_members).chain(of_others);
            for account in rows {
                *account = places[*account as usize];
            }
        }
        others.sort();
        others.dedup_by(|next, kept| (next.account, &next.email) == (kept.account, &kept.email));
        let mut by_name: Vec<(RawOffering, usize)> = offerings
            .into_iter()
            .enumerate()
            .map(|(number, offering)| (offering, number))
            .collect();
        by_name.sort();
        let mut numbers = vec![0_u16; by_name.len()];
        for (place, (_, number)) in by_name.iter().enumerate() {
            numbers[*number] = u16::try_from(place).unwrap_or(u16::MAX);
        }
        for offering in &mut seats.offering {
            *offering = numbers[usize::from(*offering)];
        }
        let seats = once_each(seats);
        accounts.id.shrink();
        accounts.email.shrink();
        accounts.name.shrink();
        let offerings = by_name.into_iter().map(|(offering, _)| offering).collect();
        Finished {
            accounts,
            domains,
            offerings,
            seats,
            members,
            others,
        }
    }
}

/// The rows in order, or `None` when they are in order already.
fn sorted_rows(
    rows: usize,
    mut compare: impl FnMut(u32, u32) -> std::cmp::Ordering,
) -> Option<Vec<u32>> {
    let mut order: Vec<u32> = (0..u32::try_from(rows).unwrap_or(u32::MAX)).collect();
    if order.is_sorted_by(|&a, &b| compare(a, b).is_le()) {
        return None;
    }
    order.sort_by(|&a, &b| compare(a, b));
    Some(order)
}

/// Sorts seats by account and offering and folds those of one pair into one, with the latest use.
fn once_each(seats: Seats) -> Seats {
    let places = seats.account.iter().zip(&seats.offering);
    if places.is_sorted_by(|one, next| one < next) {
        return seats;
    }
    let mut sorted = Seats::default();
    let by_account = sorted_rows(seats.len(), |a, b| {
        seats.account[a as usize].cmp(&seats.account[b as usize])
    });
    let mut of_one: Vec<(u16, LastUse)> = Vec::new();
    let mut account = None;
    for place in 0..seats.len() {
        let seat = by_account
            .as_ref()
            .map_or(place, |order| order[place] as usize);
        if account != Some(seats.account[seat]) {
            push_once_each(account, &mut of_one, &mut sorted);
            account = Some(seats.account[seat]);
        }
        of_one.push((seats.offering[seat], seats.last_use[seat].get()));
    }
    push_once_each(account, &mut of_one, &mut sorted);
    sorted
}

/// Moves the seats of one account, few as they are, to the sorted ones.
fn push_once_each(account: Option<u32>, of_one: &mut Vec<(u16, LastUse)>, sorted: &mut Seats) {
    let Some(account) = account else { return };
    of_one.sort_by_key(|(offering, _)| *offering);
    of_one.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 = kept.1.latest(next.1);
        }
        same
    });
    for (offering, last_use) in of_one.drain(..) {
        sorted.push(account, offering, last_use);
    }
}
