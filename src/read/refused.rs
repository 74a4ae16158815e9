//! Atlassian exports that can't be read together, or not alone: refused by name before anything is merged.

use std::collections::{BTreeSet, HashSet};

use super::Batch;
use super::atlassian::AtlassianBatch;
use super::atlassian::users;
use crate::error::Error;

/// Two users exports with so many hundredths of accounts and offerings in common are of one organisation.
const SAME: usize = 80;

/// Refuses what would make figures wrong in silence.
pub(super) fn refuse(batches: &[Batch]) -> Result<(), Error> {
    let atlassian: Vec<&AtlassianBatch> = batches
        .iter()
        .filter_map(|batch| match batch {
            Batch::Atlassian(batch) => Some(&**batch),
            Batch::Directory(_) => None,
        })
        .collect();
    for batch in &atlassian {
        if !has_addresses(batch) && !get_addresses(batch, &atlassian) {
            return Err(Error::refused(
                &batch.source.name,
                "an Atlassian export without addresses: nobody can be told from a stranger by it",
                "export it again with the addresses, or add another export that has the same account ids and addresses",
            ));
        }
    }
    let users: Vec<&AtlassianBatch> = atlassian
        .into_iter()
        .filter(|batch| batch.source.format == users::NAME)
        .collect();
    for (place, one) in users.iter().enumerate() {
        for other in &users[place + 1..] {
            refuse_two_days(one, other)?;
        }
    }
    Ok(())
}

/// Of an export whose records are all faulty, the faults say more.
fn has_addresses(batch: &AtlassianBatch) -> bool {
    let mut emails = batch.accounts.accounts.email.iter().peekable();
    emails.peek().is_none() || emails.any(|email| !email.is_empty())
}

/// Whether another export has an address for one of the account ids.
fn get_addresses(batch: &AtlassianBatch, all: &[&AtlassianBatch]) -> bool {
    let ids: HashSet<&str> = batch.accounts.accounts.id.iter().collect();
    all.iter().any(|other| {
        let accounts = &other.accounts.accounts;
        let mut known = accounts.id.iter().zip(accounts.email.iter());
        known.any(|(id, email)| !id.is_empty() && !email.is_empty() && ids.contains(id))
    })
}

/// Two users exports of one organisation, of different days, would hold uses of one day against accounts of another.
fn refuse_two_days(one: &AtlassianBatch, other: &AtlassianBatch) -> Result<(), Error> {
    let (Some(day), Some(other_day)) = (one.source.newest_event, other.source.newest_event) else {
        return Ok(());
    };
    if day == other_day || !are_the_same(one, other) {
        return Ok(());
    }
    let name = &other.source.name;
    Err(Error::refused(
        &one.source.name,
        format!(
            "a users export of the same organisation as {name}, from another day: its newest day is {day}, that of \
             {name} is {other_day}"
        ),
        "put one of the two aside, best the older one",
    ))
}

fn are_the_same(one: &AtlassianBatch, other: &AtlassianBatch) -> bool {
    fn keys(batch: &AtlassianBatch) -> HashSet<&str> {
        let accounts = &batch.accounts.accounts;
        let both = accounts.id.iter().zip(accounts.email.iter());
        both.map(|(id, email)| if id.is_empty() { email } else { id })
            .collect()
    }
    let offerings = |batch: &AtlassianBatch| -> BTreeSet<String> {
        let all = batch.accounts.offerings.iter();
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
