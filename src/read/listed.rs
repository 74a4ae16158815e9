//! Accounts that the configuration lists: service accounts, and those whose seats stay whatever their use.
//!
//! Each list is looked up by address, department and group while the accounts are walked once, however long it is.

use std::collections::{HashMap, HashSet};

use super::Rules;
use super::address::normalise;
use super::atlassian::accounts::OtherAddress;
use super::config::{Config, Exemption, folded_group};
use crate::domain::dataset::{Dataset, Inferred, Note};

/// `others` are the further addresses that one account has in an export.
pub(super) fn service_accounts(config: &Config, others: &[OtherAddress], dataset: &mut Dataset) {
    dataset.service = vec![false; dataset.accounts.len()];
    let listed = config.service_account.iter();
    let addresses = listed.filter_map(|stated| normalise(&stated.email));
    let wanted: HashSet<_> = addresses.collect();
    if wanted.is_empty() {
        return;
    }
    let mut found = HashSet::new();
    for (row, email) in dataset.accounts.email.iter().enumerate() {
        if let Some(email) = wanted.get(email) {
            dataset.service[row] = true;
            found.insert(email);
        }
    }
    for other in others {
        if let Some(email) = wanted.get(other.email.as_str()) {
            dataset.service[other.account as usize] = true;
            found.insert(email);
        }
    }
    for stated in &config.service_account {
        dataset.inferred.push(Inferred {
            basis: "configured",
            name: format!("service account {}", stated.email),
            default: None,
            value: "never waste".to_owned(),
            from: stated.reason.clone(),
        });
    }
    for email in wanted.iter().filter(|email| !found.contains(email)) {
        dataset.notes.push(Note::remark(
            "service-account-not-found",
            format!(
                "{}: no account has the service account's address {email}",
                config.file
            ),
        ));
    }
}

/// Which exemptions, by their place in the list, are for what.
#[derive(Default)]
struct Exempt {
    by_email: HashMap<String, Vec<usize>>,
    by_department: HashMap<u32, Vec<usize>>,
    by_group: HashMap<String, Vec<usize>>,
}

impl Exempt {
    fn of(listed: &[&Exemption], dataset: &Dataset) -> Exempt {
        let mut exempt = Exempt::default();
        for (place, one) in listed.iter().enumerate() {
            if let Some(email) = one.email.as_deref().and_then(normalise) {
                let places = exempt.by_email.entry(email.into_owned());
                places.or_default().push(place);
            }
            let department = one.department.as_deref();
            if let Some(number) = department.and_then(|name| dataset.departments.find(name.trim()))
            {
                exempt.by_department.entry(number).or_default().push(place);
            }
            if let Some(group) = one.group.as_deref().map(folded_group) {
                exempt.by_group.entry(group).or_default().push(place);
            }
        }
        exempt
    }
}

pub(super) fn exemptions(
    config: &Config,
    rules: &Rules,
    members: &[(u32, u16)],
    dataset: &mut Dataset,
) {
    dataset.exempt = vec![false; dataset.accounts.len()];
    let holds =
        |exemption: &&Exemption| exemption.until.is_none_or(|until| until >= rules.anchor());
    let listed: Vec<&Exemption> = config.exempt.iter().filter(holds).collect();
    if listed.is_empty() {
        return;
    }
    let exempt = Exempt::of(&listed, dataset);
    let mut found = vec![false; listed.len()];
    let mut mark = |places: Option<&Vec<usize>>| {
        for &place in places.into_iter().flatten() {
            found[place] = true;
        }
        places.is_some()
    };
    for (row, email) in dataset.accounts.email.iter().enumerate() {
        let department = dataset.person_of(row).map(|person| person.department);
        let by_email = mark(exempt.by_email.get(email));
        let by_department = mark(department.and_then(|number| exempt.by_department.get(&number)));
        dataset.exempt[row] = by_email || by_department;
    }
    for (account, number) in members {
        let group = rules.groups.get(usize::from(*number));
        if mark(group.and_then(|group| exempt.by_group.get(group))) {
            dataset.exempt[*account as usize] = true;
        }
    }
    for (exemption, found) in listed.into_iter().zip(found) {
        let until = exemption.until.map_or_else(
            || "without end".to_owned(),
            |until| format!("until {until}"),
        );
        let whom = exemption
            .email
            .as_deref()
            .or(exemption.department.as_deref())
            .or(exemption.group.as_deref())
            .unwrap_or("(nobody named)");
        dataset.inferred.push(Inferred {
            basis: "configured",
            name: format!("exempt: {whom}"),
            default: None,
            value: until,
            from: exemption.reason.clone(),
        });
        if !found {
            dataset.notes.push(Note::remark(
                "exemption-without-account",
                format!("{}: the exemption for {whom} fits no account", config.file),
            ));
        }
    }
}
