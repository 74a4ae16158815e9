//! Whose report it is, and the folder that it gets where the user names none.

use std::path::{Path, PathBuf};

use crate::domain::dataset::Dataset;
use crate::render::folder::Owner;
use crate::report::Report;

/// An organisation without a name is known by its domains and sites; where the exports say neither, by those of its
/// people, or by its accounts.
pub(super) fn of(name: Option<&str>, shown: &str, dataset: &Dataset) -> Owner {
    let claimed = dataset.domains.iter().zip(&dataset.claimed);
    let domains = claimed
        .filter(|(_, claimed)| **claimed)
        .map(|(domain, _)| domain);
    let sites = dataset.offerings.iter().map(|held| held.site.as_str());
    let mut facts = told(domains.chain(sites));
    if facts.is_empty() {
        facts = told(dataset.people_domains.iter().map(String::as_str));
    }
    if facts.is_empty() {
        facts = told(dataset.accounts.id.iter());
    }
    Owner::of(name, shown, &facts)
}

/// What is said, in an order that no order of rows changes.
fn told<'a>(facts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut facts: Vec<String> = facts
        .filter(|fact| !fact.is_empty())
        .map(str::to_owned)
        .collect();
    facts.sort_unstable();
    facts.dedup();
    facts
}

/// `reports/<organisation>-<day>`.
pub(super) fn default_folder(report: &Report) -> PathBuf {
    let slug: String = report
        .organisation
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("-");
    let slug = if slug.is_empty() {
        "organisation"
    } else {
        &slug
    };
    Path::new("reports").join(format!("{slug}-{}", report.as_of))
}
