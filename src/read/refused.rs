//! Atlassian exports that can't be read together, or not alone: refused by name before anything is merged.

use std::collections::{BTreeSet, HashSet};

use super::Batch;
use super::atlassian::accounts::AccountsBuilder;
use super::atlassian::users;
use crate::domain::dataset::SourceFile;
use crate::error::Error;

/// Two users exports with so many hundredths of accounts and offerings in common are of one organisation.
const SAME: usize = 80;

/// A file of accounts.
type Export<'b> = (&'b SourceFile, &'b AccountsBuilder);

/// Refuses what would make figures wrong in silence.
pub(super) fn refuse(batches: &[Batch]) -> Result<(), Error> {
    let exports = batches.iter();
    let mut exports: Vec<Export<'_>> = exports
        .filter_map(|batch| Some((&batch.source, batch.held.accounts()?)))
        .collect();
    for (source, accounts) in &exports {
        if !has_addresses(accounts) && !get_addresses(accounts, &exports) {
            return Err(Error::refused(
                &source.name,
                "an Atlassian export without addresses: nobody can be told from a stranger by it",
                "export it again with the addresses, or add another export that has the same account ids and addresses",
            ));
        }
    }
    exports.retain(|(source, _)| source.format == users::NAME);
    for (place, one) in exports.iter().enumerate() {
        for other in &exports[place + 1..] {
            refuse_two_days(*one, *other)?;
        }
    }
    Ok(())
}

/// Of an export whose records are all faulty, the faults say more.
fn has_addresses(accounts: &AccountsBuilder) -> bool {
    let mut emails = accounts.accounts.email.iter().peekable();
    emails.peek().is_none() || emails.any(|email| !email.is_empty())
}

/// Whether another export has an address for one of the account ids.
fn get_addresses(accounts: &AccountsBuilder, all: &[Export<'_>]) -> bool {
    let ids: HashSet<&str> = accounts.accounts.id.iter().collect();
    all.iter().any(|(_, other)| {
        let accounts = &other.accounts;
        let mut known = accounts.id.iter().zip(accounts.email.iter());
        known.any(|(id, email)| !id.is_empty() && !email.is_empty() && ids.contains(id))
    })
}

/// Two users exports of one organisation, of different days, would hold uses of one day against accounts of another.
fn refuse_two_days(one: Export<'_>, other: Export<'_>) -> Result<(), Error> {
    let (Some(day), Some(other_day)) = (one.0.newest_event, other.0.newest_event) else {
        return Ok(());
    };
    if day == other_day || !are_the_same(one.1, other.1) {
        return Ok(());
    }
    let name = &other.0.name;
    Err(Error::refused(
        &one.0.name,
        format!(
            "a users export of the same organisation as {name}, from another day: its newest day is {day}, that of \
             {name} is {other_day}"
        ),
        "put one of the two aside, best the older one",
    ))
}

fn are_the_same(one: &AccountsBuilder, other: &AccountsBuilder) -> bool {
    fn keys(accounts: &AccountsBuilder) -> HashSet<&str> {
        let accounts = &accounts.accounts;
        let both = accounts.id.iter().zip(accounts.email.iter());
        both.map(|(id, email)| if id.is_empty() { email } else { id })
            .collect()
    }
    let offerings = |accounts: &AccountsBuilder| -> BTreeSet<String> {
        let all = accounts.offerings.iter();
        all.map(|offering| format!("{}\n{}", offering.product, offering.site))
            .collect()
    };
    let (mine, theirs) = (keys(one), keys(other));
    let (products, others) = (offerings(one), offerings(other));
    overlap(
        mine.intersection(&theirs).count(),
        mine.len().min(theirs.len()),
    ) && overlap(
        products.intersection(&others).count(),
        products.len().min(others.len()),
    )
}

/// Whether so many of the smaller one are in both.
const fn overlap(common: usize, smaller: usize) -> bool {
    smaller > 0 && common * 100 >= smaller * SAME
}
