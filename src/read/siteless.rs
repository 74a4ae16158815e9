//! Access that an export tells without its site, beside exports that name the site: one access is one seat.
//!
//! The API's directory tells products alone. Where another export has the same account's product by site, the two
//! are the same access; an account that no other export has keeps its seat.

use std::collections::{BTreeMap, HashSet};

use super::atlassian::accounts::{AccountsBuilder, RawOffering};
use crate::domain::account::Accounts;
use crate::domain::dataset::Note;
use crate::domain::day::LastUse;
use crate::domain::seat::Seats;

/// The accounts of the users exports, by id and by address.
#[derive(Default)]
pub(super) struct Listed(HashSet<String>);

impl Listed {
    /// Adds the accounts of a users export.
    pub(super) fn add(&mut self, builder: &AccountsBuilder) {
        let accounts = &builder.accounts;
        for (id, email) in accounts.id.iter().zip(accounts.email.iter()) {
            let key = if id.is_empty() { email } else { id };
            self.0.insert(key.to_owned());
        }
    }

    fn has(&self, accounts: &Accounts, account: u32) -> bool {
        let at = account as usize;
        self.0.contains(accounts.id.get(at)) || self.0.contains(accounts.email.get(at))
    }
}

impl RawOffering {
    /// Whether it names neither a site nor a plan.
    pub(super) fn is_siteless(&self) -> bool {
        self.site.is_empty() && self.plan.is_none()
    }
}

/// The seats with each access once, and what a reader has to know.
pub(super) fn once(
    seats: Seats,
    raw: &[RawOffering],
    accounts: &Accounts,
    listed: &Listed,
) -> (Seats, Option<Note>) {
    let sites = Sites::of(raw);
    if !raw.iter().any(|offering| sites.is_elsewhere(offering)) {
        return (seats, None);
    }
    let mut kept: Vec<(u32, u16, LastUse)> = Vec::with_capacity(seats.len());
    let (mut repeated, mut moved) = (0_u64, 0_u64);
    for (account, rows) in seats.by_account() {
        let first = kept.len();
        let (siteless, precise): (Vec<usize>, Vec<usize>) =
            rows.partition(|&seat| sites.is_elsewhere(&raw[usize::from(seats.offering[seat])]));
        kept.extend(
            precise
                .into_iter()
                .map(|seat| (account, seats.offering[seat], seats.last_use[seat].get())),
        );
        for seat in siteless {
            let (offering, used) = (seats.offering[seat], seats.last_use[seat].get());
            let product = raw[usize::from(offering)].product.as_str();
            let same: Vec<usize> = (first..kept.len())
                .filter(|&place| sites.has(product, kept[place].1))
                .collect();
            match same.as_slice() {
                [] if listed.has(accounts, account) && sites.are_listed(product, raw) => {
                    repeated += 1;
                }
                [] => {
                    let only = sites.only(product, raw);
                    moved += u64::from(only.is_some());
                    kept.push((account, only.unwrap_or(offering), used));
                }
                [place] => {
                    // Which of several sites was used can't be told; of one it can.
                    kept[*place].2 = kept[*place].2.latest(used);
                    repeated += 1;
                }
                _ => repeated += 1,
            }
        }
        kept[first..].sort_by_key(|(_, offering, _)| *offering);
    }
    let mut all = Seats::default();
    for (account, offering, used) in kept {
        all.push(account, offering, used);
    }
    (all, note(repeated, moved))
}

fn note(repeated: u64, moved: u64) -> Option<Note> {
    let same = (repeated > 0).then(|| {
        format!("{repeated} grants of access without a site are those that another export has by site, counted once")
    });
    let only = (moved > 0).then(|| {
        format!("{moved} grants of access without a site are on the product's only site, of accounts that no users \
                 export has")
    });
    let told: Vec<String> = same.into_iter().chain(only).collect();
    (!told.is_empty()).then(|| Note::remark("access-without-site", told.join("; ")))
}

/// The offerings that name a site or a plan, by product: those of the users exports alone where they have any.
struct Sites<'a>(BTreeMap<&'a str, Vec<u16>>);

impl<'a> Sites<'a> {
    fn of(raw: &'a [RawOffering]) -> Sites<'a> {
        let has_users_export = raw.iter().any(|offering| offering.in_users_export);
        let mut sites: BTreeMap<&str, Vec<u16>> = BTreeMap::new();
        for (offering, number) in raw.iter().zip(0_u16..) {
            // Other exports have other companies' sites among them.
            let counts = offering.in_users_export || !has_users_export || offering.plan.is_some();
            if counts && !offering.is_siteless() {
                sites
                    .entry(offering.product.as_str())
                    .or_default()
                    .push(number);
            }
        }
        Sites(sites)
    }

    /// Whether the offering names no site, and another one of its product does.
    fn is_elsewhere(&self, offering: &RawOffering) -> bool {
        offering.is_siteless() && self.0.contains_key(offering.product.as_str())
    }

    fn has(&self, product: &str, offering: u16) -> bool {
        let sites = self.0.get(product);
        sites.is_some_and(|sites| sites.contains(&offering))
    }

    fn are_listed(&self, product: &str, raw: &[RawOffering]) -> bool {
        let sites = self.0.get(product);
        sites.is_some_and(|sites| {
            sites
                .iter()
                .any(|&site| raw[usize::from(site)].in_users_export)
        })
    }

    /// The product's only site; a plan that others have is nobody's by that.
    fn only(&self, product: &str, raw: &[RawOffering]) -> Option<u16> {
        match self.0.get(product)?.as_slice() {
            [only] if !raw[usize::from(*only)].site.is_empty() => Some(*only),
            _ => None,
        }
    }
}
