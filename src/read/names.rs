//! Names that the tables of prices in `seatledger.toml` are for, held against the exports and the price book.
//!
//! What is for nothing changes no figure. A misspelt name would do so in silence, so each has a note with its line and
//! the name that was likely meant; it is no error, since a price may well wait for seats that are not there yet.

use std::collections::HashSet;

use toml::Spanned;

use super::atlassian::users::site_name;
use super::config::Config;
use crate::domain::dataset::Note;
use crate::domain::product::{JIRA, Offering, PRODUCTS};
use crate::price::book::PriceBook;
use crate::price::contract::Subject;
use crate::price::{ENTERPRISE, GUARD, PREMIUM, STANDARD, product_name};
use crate::toml::near::{by_nearness, is_near, nearest};

/// What one table is for, each name with its line.
struct Named<'a> {
    table: &'static str,
    product: (usize, &'a str),
    plan: Option<(usize, &'a str)>,
    site: Option<(usize, String)>,
    /// Whether it says what its product costs.
    has_price: bool,
}

/// Notes on the tables that are for nothing.
pub(crate) fn for_nothing(config: &Config, offerings: &[Offering], book: &PriceBook) -> Vec<Note> {
    let known = Known { offerings, book };
    let all = named(config);
    let prices: HashSet<Subject> = all
        .iter()
        .filter(|one| one.has_price)
        .map(Named::subject)
        .collect();
    let priced = |one: &Named<'_>| {
        let mut covering = one.covering().into_iter();
        covering.any(|subject| prices.contains(&subject))
    };
    all.iter()
        .filter_map(|one| {
            let (line, text, doubt) = known.objection(one, priced(one))?;
            let text = format!("{}:{line}: {} {text}", config.file, one.table);
            Some(match doubt {
                true => Note::doubt("stated-for-nothing", text),
                false => Note::remark("stated-for-nothing", text),
            })
        })
        .collect()
}

fn named(config: &Config) -> Vec<Named<'_>> {
    let products = config.product.iter().map(|table| {
        let one = table.get_ref();
        let line = |key: &str| config.line_within(table, key);
        let site = site_name(&one.site);
        Named {
            table: "[[product]]",
            product: (line("product"), one.product.trim()),
            plan: one.plan.as_deref().map(|plan| (line("plan"), plan.trim())),
            site: (!site.is_empty()).then(|| (line("site"), site)),
            has_price: one.price.is_some(),
        }
    });
    let contracts = config.contract.iter().map(|table| {
        let one = table.get_ref();
        let at = |name: &'_ Spanned<String>| config.line_of(name);
        Named {
            table: "[[contract]]",
            product: (at(&one.product), one.product.get_ref().trim()),
            plan: one
                .plan
                .as_ref()
                .map(|plan| (at(plan), plan.get_ref().trim())),
            site: one
                .site
                .as_ref()
                .map(|site| (at(site), site.get_ref().trim().to_owned())),
            has_price: one.has_amount(),
        }
    });
    products.chain(contracts).collect()
}

impl Named<'_> {
    fn product(&self) -> &str {
        product_name(self.product.1)
    }

    fn site(&self) -> Option<&str> {
        self.site.as_ref().map(|(_, site)| site.as_str())
    }

    fn is_for(&self, product: &str, plan: &str, site: &str) -> bool {
        self.product().eq_ignore_ascii_case(product)
            && self
                .plan
                .is_none_or(|(_, own)| own.eq_ignore_ascii_case(plan))
            && self.site().is_none_or(|own| own.eq_ignore_ascii_case(site))
    }

    fn subject(&self) -> Subject {
        let plan = self.plan.map(|(_, plan)| plan);
        Subject::new(self.product(), plan, self.site())
    }

    /// What a table has to be for to be for this one's too.
    fn covering(&self) -> [Subject; 4] {
        let plan = self.plan.map_or("", |(_, plan)| plan);
        let site = self.site().unwrap_or_default();
        let of = |plan, site| Subject::new(self.product(), plan, site);
        [
            of(None, None),
            of(Some(plan), None),
            of(None, Some(site)),
            of(Some(plan), Some(site)),
        ]
    }
}

/// Where names are known from.
pub(crate) struct Known<'a> {
    pub(crate) offerings: &'a [Offering],
    pub(crate) book: &'a PriceBook,
}

impl Known<'_> {
    /// Why a table is for nothing, with the line to look at and whether a name may be wrong.
    fn objection(&self, one: &Named<'_>, has_price: bool) -> Option<(usize, String, bool)> {
        let (line, stated) = one.product;
        let product = one.product();
        if !has(self.products(), product) {
            let text = format!(
                "is for a product {stated:?}, which nothing is called, and changes no figure"
            );
            return Some((line, text + &meant(stated, self.products()), true));
        }
        // An alternative's price holds for the whole organisation; without a plan, a price is for what is held.
        let alternatives = [(GUARD, STANDARD), (GUARD, PREMIUM), (JIRA, ENTERPRISE)];
        let is_alternatives = alternatives
            .iter()
            .any(|(product, plan)| one.is_for(product, plan, "") && one.site.is_none())
            && (one.plan.is_some() || product == GUARD);
        if is_alternatives || self.offerings.is_empty() {
            return None;
        }
        let sites = || self.offerings.iter().map(|held| held.site.as_str());
        if let Some((line, site)) = &one.site
            && !has(sites(), site)
        {
            let text =
                format!("is for a site {site:?}, which no export has, and changes no figure");
            return Some((*line, text + &meant(site, sites()), true));
        }
        let plans = || self.plans(product);
        let unknown_plan = one
            .plan
            .filter(|(_, plan)| plans().next().is_some() && !has(plans(), plan));
        let fits = self.offerings.iter().any(|held| {
            let stated_here = one.table == "[[product]]" && one.site() == Some(&held.site);
            match stated_here {
                true => held.product.eq_ignore_ascii_case(product),
                false => one.is_for(&held.product, held.plan_name(), &held.site),
            }
        });
        if let Some((line, plan)) = unknown_plan.filter(|_| !fits || !has_price) {
            let then = if fits {
                "has no price"
            } else {
                "changes no figure"
            };
            let text =
                format!("is for a plan {plan:?} of {product}, which is not known, and {then}");
            return Some((line, text + &meant(plan, plans()), true));
        }
        if fits {
            return None;
        }
        let mut there: Vec<String> = self
            .offerings
            .iter()
            .filter(|held| held.product.eq_ignore_ascii_case(product))
            .map(|held| format!("{} {} on {}", held.product, held.plan_name(), held.site))
            .collect();
        there.sort();
        there.dedup();
        let text = match there.is_empty() {
            true => format!("is for {product}, of which the exports have no seat"),
            false => format!(
                "is for nothing that the exports have, and changes no figure; they have {}",
                there.join(", ")
            ),
        };
        Some((line, text, !there.is_empty()))
    }

    /// The known plan that a name is almost; `None` where it is known, or like none.
    pub(crate) fn plan_meant(&self, product: &str, plan: &str) -> Option<String> {
        let plans = || self.plans(product);
        if has(plans(), plan) {
            return None;
        }
        nearest(plan, plans()).map(str::to_owned)
    }

    fn products(&self) -> impl Iterator<Item = &str> {
        let held = self.offerings.iter().map(|held| held.product.as_str());
        let priced = self.book.entries().map(|entry| entry.product.as_str());
        held.chain(priced)
            .chain(PRODUCTS.iter().map(|known| known.name))
    }

    /// The plans of a product that have a price or are known to include Guard.
    fn plans(&self, product: &str) -> impl Iterator<Item = &str> {
        let entries = self.book.entries();
        let priced = entries.filter(move |entry| entry.product.eq_ignore_ascii_case(product));
        let facts = PRODUCTS
            .iter()
            .find(|known| known.name.eq_ignore_ascii_case(product));
        let with_guard = facts.into_iter().flat_map(|known| known.plans_with_guard);
        priced
            .map(|entry| entry.plan.as_str())
            .chain(with_guard.copied())
    }
}

fn has<'a>(mut names: impl Iterator<Item = &'a str>, name: &str) -> bool {
    names.any(|known| known.eq_ignore_ascii_case(name))
}

/// The name that was likely meant, else those there are.
fn meant<'a>(stated: &str, names: impl Iterator<Item = &'a str>) -> String {
    let mut near = by_nearness(stated, names);
    match near.first() {
        Some((distance, name)) if is_near(*distance, name) => {
            format!("; did you mean {name:?}?")
        }
        Some(_) if near.len() <= 6 => {
            near.sort_unstable_by_key(|(_, name)| *name);
            let names: Vec<&str> = near.iter().map(|(_, name)| *name).collect();
            format!("; there are {}", names.join(", "))
        }
        _ => String::new(),
    }
}
