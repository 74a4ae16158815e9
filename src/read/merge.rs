//! From the batches of all files to one dataset: one account list, one list of people, one list of offerings.
//!
//! What nobody stated is inferred here, in the open: each inferred value is listed with where it comes from.

use std::collections::BTreeSet;
use std::thread;

use super::about_people;
use super::address::is_public_domain;
use super::atlassian::accounts::{AccountsBuilder, Finished, OtherAddress, RawOffering};
use super::atlassian::users::site_name;
use super::config::Config;
use super::directory::people::{PeopleBuilder, Settled};
use super::reading::{Batch, Held};
use super::refused::refuse;
use super::siteless::{self, Listed};
use super::{Rules, apps, listed};
use crate::domain::account::Accounts;
use crate::domain::dataset::{Dataset, DirectoryKind, Inferred, Match, Note};
use crate::domain::finding::FindingCode;
use crate::domain::person::AddressBook;
use crate::domain::product::{Offering, SiteKind, TRELLO, canonical_name, facts};
use crate::domain::text::grouped;
use crate::error::Error;
use crate::parallel;

/// Merges what was read.
pub(crate) fn merge(batches: Vec<Batch>, config: &Config, rules: &Rules) -> Result<Dataset, Error> {
    let mut dataset = Dataset {
        as_of: rules.as_of,
        day_is_stated: !rules.day_is_inferred,
        ..Dataset::default()
    };
    let mut people: Option<PeopleBuilder> = None;
    let mut accounts: Option<AccountsBuilder> = None;
    let mut rosters = 0_usize;
    let mut leavers_lists = 0_usize;
    refuse(&batches)?;
    let listed = listed_accounts(&batches);
    for batch in batches {
        dataset.files.push(batch.source);
        dataset.rejects.extend(batch.rejects);
        dataset.notes.extend(batch.notes);
        match batch.held {
            Held::People(found) => {
                dataset.status_is_told |= found.has_status && !found.leavers_only;
                if found.leavers_only {
                    leavers_lists += 1;
                } else {
                    rosters += 1;
                }
                match &mut people {
                    None => people = Some(found.people),
                    Some(people) => people.merge(found.people),
                }
            }
            Held::Accounts(found) => match &mut accounts {
                None => accounts = Some(*found),
                Some(accounts) => accounts.merge(*found),
            },
        }
    }
    dataset.directory = match (rosters, leavers_lists) {
        (0, 0) => DirectoryKind::Absent,
        (0, _) => DirectoryKind::LeaversOnly,
        _ => DirectoryKind::Roster,
    };
    // Sorting accounts and settling people have nothing to do with each other.
    let (people_domains, finished) = thread::scope(|scope| {
        let finished = scope.spawn(|| accounts.unwrap_or_default().finish());
        let domains = people.map_or_else(
            || Ok(Vec::new()),
            |people| take_people(people, &mut dataset),
        );
        (domains, finished.join())
    });
    let people_domains = people_domains?;
    let finished =
        finished.map_err(|_| Error::step("sorting the accounts", "a thread stopped early"))?;
    let Taken { members, others } = take_accounts(finished, &listed, config, &mut dataset);
    claim_domains(&people_domains, config, &mut dataset);
    dataset.people_domains = people_domains.into_iter().map(|(name, _)| name).collect();
    dataset.matches = matches_of(&dataset.accounts, &dataset.people.addresses);
    match_by_others(&others, &mut dataset);
    // Nothing past this asks for an address of the directory.
    dataset.people.addresses = AddressBook::default();
    listed::service_accounts(config, &others, &mut dataset);
    listed::exemptions(config, rules, &members, &mut dataset);
    apps::add(config, &others, &mut dataset)?;
    dataset.rejects.sort();
    dataset.notes.sort();
    dataset.inferred.sort();
    Ok(dataset)
}

/// The accounts of the users exports, where other exports tell access without its site.
fn listed_accounts(batches: &[Batch]) -> Listed {
    let mut listed = Listed::default();
    let atlassian = || batches.iter().filter_map(|batch| batch.held.accounts());
    let is_siteless =
        |accounts: &AccountsBuilder| accounts.offerings.iter().any(RawOffering::is_siteless);
    if atlassian().any(is_siteless) {
        let of_users_exports = |accounts: &&AccountsBuilder| {
            accounts
                .offerings
                .iter()
                .any(|offering| offering.in_users_export)
        };
        for accounts in atlassian().filter(of_users_exports) {
            listed.add(accounts);
        }
    }
    listed
}

/// Finishes the people and gives the number of people in each domain.
fn take_people(people: PeopleBuilder, dataset: &mut Dataset) -> Result<Vec<(String, u64)>, Error> {
    if !people.has_addresses() {
        let file = dataset
            .files
            .iter()
            .find(|file| file.side == crate::domain::dataset::Side::Directory);
        let (name, columns) = file.map_or(("", Vec::new()), |file| {
            (
                file.name.as_str(),
                [&file.columns_used[..], &file.columns_ignored[..]].concat(),
            )
        });
        return Err(Error::refused(
            name,
            format!(
                "no column of addresses; I saw these columns: {}",
                columns.join(", ")
            ),
            "name the column of addresses under [input.columns] in seatledger.toml (email = \"…\"), or add an \
             identity provider's export that has the same employee ids and addresses",
        ));
    }
    let Settled {
        people,
        departments,
        conflicts,
        unknown,
        ids,
        domains,
        without_address,
    } = people.finish();
    let of_people = about_people::notes(&people, &conflicts, &ids, without_address, &|origin| {
        dataset.place(origin)
    });
    dataset.notes.extend(of_people);
    let file = |number: u16| {
        let file = dataset.files.get(usize::from(number));
        file.map_or_else(String::new, |file| file.name.clone())
    };
    let statuses = about_people::without_status(&unknown, &file, &|origin| dataset.place(origin));
    dataset.notes.extend(statuses);
    dataset.people = people;
    dataset.departments = departments;
    Ok(domains)
}

/// What of the accounts is needed until everything is merged.
struct Taken {
    /// The members of the groups that were asked for.
    members: Vec<(u32, u16)>,
    others: Vec<OtherAddress>,
}

fn take_accounts(
    finished: Finished,
    listed: &Listed,
    config: &Config,
    dataset: &mut Dataset,
) -> Taken {
    let Finished {
        accounts,
        domains,
        offerings: raw,
        seats,
        members,
        others,
    } = finished;
    dataset.accounts = accounts;
    dataset.domains = domains;
    let (seats, note) = siteless::once(seats, &raw, &dataset.accounts, listed);
    dataset.seats = seats;
    dataset.notes.extend(note);
    // A site is ours as a whole: the users export may lack one of its products.
    let listed: BTreeSet<&str> = raw
        .iter()
        .filter(|offering| offering.in_users_export)
        .map(|offering| offering.site.as_str())
        .collect();
    dataset.offerings = raw
        .iter()
        .map(|raw| {
            let (offering, setting) = offering(raw, site_kind(&raw.site, &listed, config), config);
            dataset.inferred.extend(setting);
            offering
        })
        .collect();
    note_inferred_sites(config, dataset);
    Taken { members, others }
}

/// Sites by the configuration's word, or nothing.
struct StatedSite {
    own: bool,
    sandbox: bool,
}

fn stated_site(site: &str, config: &Config) -> StatedSite {
    let listed = |sites: &[String]| sites.iter().any(|listed| site_name(listed) == site);
    StatedSite {
        own: listed(&config.organisation.own_sites),
        sandbox: listed(&config.organisation.sandbox_sites),
    }
}

/// A site is what the configuration says; else a sandbox by its name, own when a users export has it, and
/// foreign when only other exports have it although there is a users export.
fn site_kind(site: &str, listed: &BTreeSet<&str>, config: &Config) -> SiteKind {
    let stated = stated_site(site, config);
    let is_listed = listed.contains(site);
    if site.is_empty() {
        SiteKind::Own
    } else if stated.sandbox {
        SiteKind::Sandbox
    } else if stated.own {
        SiteKind::Own
    } else if site.contains("-sandbox-") && (is_listed || listed.is_empty()) {
        SiteKind::Sandbox
    } else if !config.organisation.own_sites.is_empty() || !listed.is_empty() && !is_listed {
        SiteKind::Foreign
    } else {
        SiteKind::Own
    }
}

/// An offering, and what its stated plan takes the place of where that is another one.
fn offering(raw: &RawOffering, kind: SiteKind, config: &Config) -> (Offering, Option<Inferred>) {
    let mut tables = config.product.iter();
    let table = tables.find(|table| {
        let stated = table.get_ref();
        canonical_name(&stated.product) == raw.product && site_name(&stated.site) == raw.site
    });
    let stated = table.map(toml::Spanned::get_ref);
    let stated_plan = stated.and_then(|stated| stated.plan.clone());
    let billed = facts(&raw.product).is_none_or(|known| known.billed);
    // The plan that most organisations pay for; every use of it is listed as an assumption.
    let assumed = (kind == SiteKind::Own && billed && raw.product != TRELLO).then(|| {
        facts(&raw.product)
            .map_or("Standard", |known| known.usual_plan)
            .to_owned()
    });
    let setting = match (&raw.plan, table, &stated_plan) {
        (None, Some(table), Some(plan)) => Some(Inferred {
            basis: "configured",
            name: format!("plan of {}", named(raw)),
            default: Some(assumed.clone().unwrap_or_else(|| "not known".to_owned())),
            value: plan.clone(),
            from: format!("{}:{}", config.file, config.line_within(table, "plan")),
        }),
        _ => None,
    };
    let setting = setting.filter(|one| {
        let default = one.default.as_deref().unwrap_or_default();
        !one.value.eq_ignore_ascii_case(default)
    });
    let known = raw.plan.clone().or(stated_plan);
    let offering = Offering {
        product: raw.product.clone(),
        site: raw.site.clone(),
        plan_known: known.is_some(),
        plan: known.or(assumed),
        renewal: stated.and_then(|stated| stated.renewal),
        kind,
        app: None,
    };
    (offering, setting)
}

/// `Jira on acme`.
fn named(raw: &RawOffering) -> String {
    match raw.site.as_str() {
        "" => raw.product.clone(),
        site => format!("{} on {site}", raw.product),
    }
}

fn note_inferred_sites(config: &Config, dataset: &mut Dataset) {
    for offering in &dataset.offerings {
        let stated = stated_site(&offering.site, config);
        if !offering.site.is_empty() && !stated.own && !stated.sandbox {
            let kind = match offering.kind {
                SiteKind::Own => "own",
                SiteKind::Sandbox => "sandbox",
                SiteKind::Foreign => "another company's",
            };
            dataset.inferred.push(Inferred {
                basis: "inferred",
                name: format!("site {}", offering.site),
                default: None,
                value: kind.to_owned(),
                from: "the exports it appears in, and its name".to_owned(),
            });
        }
        if !offering.plan_known
            && let Some(plan) = &offering.plan
        {
            dataset.inferred.push(Inferred {
                basis: "inferred",
                name: format!("plan of {} on {}", offering.product, offering.site),
                default: None,
                value: plan.clone(),
                from: "no plan configured: the usual paid plan".to_owned(),
            });
        }
    }
    dataset.inferred.sort();
    dataset.inferred.dedup();
}

/// Claimed domains: as configured; else those of the managed accounts; else those the directory's people have.
fn claim_domains(people_domains: &[(String, u64)], config: &Config, dataset: &mut Dataset) {
    let stated: Vec<String> = config
        .organisation
        .domains
        .iter()
        .map(|domain| domain.trim().to_lowercase())
        .collect();
    let mut managed = vec![false; dataset.domains.len()];
    for (row, &domain) in dataset.accounts.domain.iter().enumerate() {
        // A hidden address has no domain to claim.
        managed[domain as usize] |=
            dataset.accounts.managed[row] == Some(true) && !dataset.domains.get(domain).is_empty();
    }
    let (claimed, from): (Vec<bool>, &str) = if !stated.is_empty() {
        (
            dataset
                .domains
                .iter()
                .map(|domain| stated.iter().any(|stated| stated == domain))
                .collect(),
            "",
        )
    } else if managed.iter().any(|&managed| managed) {
        (managed, "the managed-accounts export")
    } else if people_domains.is_empty() {
        (
            most_common_domain(dataset),
            "the most common domain of the accounts",
        )
    } else {
        let people: u64 = people_domains.iter().map(|(_, people)| people).sum();
        // One stray address does not claim a domain; in a small directory every one counts.
        let enough = (people / 100).clamp(1, 5);
        let claims = |domain: &str| {
            !domain.is_empty()
                && !is_public_domain(domain)
                && people_domains
                    .iter()
                    .any(|(known, people)| known == domain && *people >= enough)
        };
        (
            dataset.domains.iter().map(claims).collect(),
            "the domains of the directory's people",
        )
    };
    if !from.is_empty() {
        let mut names: Vec<&str> = dataset
            .domains
            .iter()
            .zip(&claimed)
            .filter(|(_, claimed)| **claimed)
            .map(|(domain, _)| domain)
            .collect();
        names.sort_unstable();
        let value = if names.is_empty() {
            "none".to_owned()
        } else {
            names.join(", ")
        };
        dataset.inferred.push(Inferred {
            basis: "inferred",
            name: "claimed domains".to_owned(),
            default: None,
            value,
            from: from.to_owned(),
        });
    }
    dataset.claimed = claimed;
}

/// Findings that are about Guard's bill, which counts the accounts of claimed domains.
const GUARD_FINDINGS: &[FindingCode] = &[
    FindingCode::GuardWithoutUse,
    FindingCode::GuardFlagDiffers,
    FindingCode::FreeTrelloOnly,
    FindingCode::ForeignSiteOnly,
    FindingCode::SandboxOnly,
];

/// With nothing to tell claimed domains by, the one that most accounts have.
fn most_common_domain(dataset: &mut Dataset) -> Vec<bool> {
    let mut accounts = vec![0_u64; dataset.domains.len()];
    for &domain in &dataset.accounts.domain {
        accounts[domain as usize] += 1;
    }
    let most = dataset
        .domains
        .iter()
        .zip(&accounts)
        .filter(|(domain, _)| !domain.is_empty() && !is_public_domain(domain))
        .max_by_key(|&(domain, accounts)| (*accounts, std::cmp::Reverse(domain)))
        .map(|(domain, accounts)| (domain.to_owned(), *accounts));
    if let Some((domain, accounts)) = &most {
        dataset.notes.push(Note::doubt(
            "claimed-domains-guessed",
            format!(
                "no export says which domains are claimed: {domain} is taken, which {} of {} accounts have; \
                 list yours under domains in seatledger.toml, since Guard bills by them",
                grouped(*accounts),
                grouped(dataset.accounts.len())
            ),
        )
        .under(GUARD_FINDINGS));
    }
    dataset
        .domains
        .iter()
        .map(|domain| most.as_ref().is_some_and(|(most, _)| most == domain))
        .collect()
}

/// The person of every account.
fn matches_of(accounts: &Accounts, book: &AddressBook) -> Vec<Option<Match>> {
    let matches = parallel::stretches(accounts.len(), |rows| {
        let found = book.find_each(&accounts.email, rows);
        found
            .map(|found| found.map(|(person, by)| Match { person, by }))
            .collect::<Vec<_>>()
    });
    matches.concat()
}

/// An account with several addresses is the person's who has any of them.
fn match_by_others(others: &[OtherAddress], dataset: &mut Dataset) {
    let Some(first) = others.first() else { return };
    for other in others {
        if let Some(slot) = dataset.matches.get_mut(other.account as usize)
            && slot.is_none()
        {
            let found = dataset.people.addresses.find(&other.email);
            *slot = found.map(|(person, by)| Match { person, by });
        }
    }
    let mut accounts: Vec<u32> = others.iter().map(|other| other.account).collect();
    accounts.dedup();
    let (whose, have) = match accounts.len() {
        1 => ("account", "has"),
        _ => ("accounts", "have"),
    };
    let text = format!(
        "{} {whose} {have} more than one address, for example in {} and {}: a person is matched by any of them",
        accounts.len(),
        dataset.place(first.origins.0),
        dataset.place(first.origins.1),
    );
    dataset.notes.push(Note::remark("address-conflict", text));
}
