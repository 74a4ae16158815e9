//! What the model is told: counts of the analysis, bills, and what the configuration states.

use crate::analyse::Analysis;
use crate::domain::class::Standing;
use crate::domain::class::Use;
use crate::domain::counts::{Counts, billed, guard_billable};
use crate::domain::dataset::{Dataset, DirectoryKind, Side};
use crate::domain::product::{
    CONFLUENCE, JIRA, OPSGENIE, SERVICE_MANAGEMENT, SiteKind, canonical_name,
};
use crate::error::Error;
use crate::model::basis::Basis;
use crate::model::dates::deadlines::{Dates, Held, Renewal};
use crate::model::inputs::facts::{
    AccountCounts, Bills, CountRange, Counted, Facts, GuardHeld, JiraSeats, ThirdPartyPrice,
    ThirdPartyQuote,
};
use crate::model::inputs::provider::{Provider, Providers};
use crate::money::{Currency, Money};
use crate::options::Options;
use crate::price::contract::Contract;
use crate::price::estate::{Estate, OfferingBill};
use crate::price::quote::{Basis as PriceBasis, Pricing};
use crate::price::{GUARD, PREMIUM, STANDARD};
use crate::read::config::Config;

use super::{own_data_faulty, pricing_failed};

/// Facts and prices by the other reading of a contract's years, where they can be read in two ways: see
/// `Contract::by_listed_years`.
pub(super) fn by_other_years<'p>(
    listed: Option<&'p Contract>,
    pricing: Pricing<'p>,
    facts_at: impl FnOnce(&Pricing<'p>) -> Result<Facts, Error>,
) -> Result<Option<(Facts, Pricing<'p>)>, Error> {
    let Some(contract) = listed else {
        return Ok(None);
    };
    let pricing = Pricing {
        contract,
        ..pricing
    };
    Ok(Some((facts_at(&pricing)?, pricing)))
}

pub(super) fn facts(
    dataset: &Dataset,
    analysis: &Analysis,
    estate: &Estate,
    config: &Config,
    options: &Options,
    currency: Currency,
) -> Result<Facts, Error> {
    let counts = &analysis.counts;
    let has_directory = dataset.directory != DirectoryKind::Absent;
    let in_use = |product: &str| {
        dataset
            .offerings
            .iter()
            .zip(&counts.uses)
            .any(|(offering, uses)| {
                offering.product == product
                    && offering.kind == SiteKind::Own
                    && uses.iter().any(|&seats| seats > 0)
            })
    };
    let main_products = [JIRA, CONFLUENCE, SERVICE_MANAGEMENT]
        .into_iter()
        .filter(|product| in_use(product))
        .count();
    Ok(Facts {
        day: options.as_of,
        currency,
        headcount: headcount(dataset, counts),
        accounts: dataset
            .has_atlassian()
            .then(|| account_counts(dataset, counts)),
        bills: if dataset.has_atlassian() {
            Some(bills(counts, estate, has_directory)?)
        } else {
            None
        },
        people_left: has_directory.then_some(counts.people_left),
        guard_held: config.guard.held.unwrap_or_default(),
        needs_premium: config.guard.needs_premium.unwrap_or(false),
        needs_scim: config.guard.needs_scim.unwrap_or(true),
        scim_in_use: config
            .scim
            .in_use
            .unwrap_or(config.scim.key_created.is_some()),
        scim_is_stated: config.scim.in_use.is_some() || config.scim.key_created.is_some(),
        provider: provider(config.organisation.identity_provider.as_deref())?,
        main_products: main_products as u64,
        jira_site: jira_site(dataset, counts),
        third_party: third_party(config, currency)?,
        assumptions: options.assumptions.clone(),
    })
}

/// The site of all billed Jira seats; `None` where there are several, or none.
fn jira_site(dataset: &Dataset, counts: &Counts) -> Option<String> {
    let mut sites = dataset
        .offerings
        .iter()
        .zip(&counts.uses)
        .filter(|(offering, uses)| {
            offering.product == JIRA && offering.kind == SiteKind::Own && billed(uses) > 0
        })
        .map(|(offering, _)| offering.site.clone());
    let site = sites.next().filter(|site| !site.is_empty())?;
    sites.next().is_none().then_some(site)
}

/// The identity provider of this name, as far as it is known.
pub(super) fn provider(name: Option<&str>) -> Result<Provider, Error> {
    Ok(providers()?.find(name))
}

/// The known identity provider that a misspelt name is almost.
pub(super) fn provider_meant(name: &str) -> Result<Option<String>, Error> {
    Ok(providers()?.meant(name).map(str::to_owned))
}

fn providers() -> Result<Providers, Error> {
    Providers::embedded()
        .map_err(|faults| own_data_faulty("reading the identity providers", &faults))
}

/// The days that deadlines follow from.
pub(super) fn dates(
    dataset: &Dataset,
    analysis: &Analysis,
    estate: &Estate,
    facts: &Facts,
    config: &Config,
) -> Dates {
    let tier = |stated: &crate::read::config::Product| {
        let line = estate.lines.iter().find(|line| {
            let offering = &dataset.offerings[line.offering];
            offering.product == canonical_name(&stated.product)
                && offering.site == crate::read::atlassian::users::site_name(&stated.site)
        })?;
        crate::report::more_seats::headroom(line, &dataset.offerings[line.offering], facts.day)
    };
    let renewals = config
        .product
        .iter()
        .filter_map(|stated| {
            let stated = stated.get_ref();
            let on = if stated.site.is_empty() {
                String::new()
            } else {
                format!(" on {}", stated.site)
            };
            let plan = stated.plan.as_deref().unwrap_or("");
            Some(Renewal {
                what: format!("{} {plan}", stated.product).trim_end().to_owned() + &on,
                day: stated.renewal?,
                notice_days: stated.notice_days,
                headroom: tier(stated),
            })
        })
        .collect();
    let held = || {
        dataset
            .offerings
            .iter()
            .zip(&analysis.counts.uses)
            .filter(|(_, uses)| uses.iter().any(|&seats| seats > 0))
    };
    let products = held().map(|(offering, _)| Held {
        product: offering.product.clone(),
        plan: offering.plan_name().to_owned(),
        site: Some(offering.site.clone()).filter(|site| !site.is_empty()),
    });
    // Premium is paid on top of Standard.
    let guard = match facts.guard_held {
        GuardHeld::None => &[][..],
        GuardHeld::Standard => &[STANDARD],
        GuardHeld::Premium => &[STANDARD, PREMIUM],
    };
    let guard = guard.iter().map(|&plan| Held {
        product: GUARD.to_owned(),
        plan: plan.to_owned(),
        site: None,
    });
    Dates {
        day: facts.day,
        scim_key_created: config.scim.key_created,
        key_expires: facts.provider.key_expires,
        renewals,
        opsgenie_seats: held()
            .filter(|(offering, _)| offering.product == OPSGENIE)
            .map(|(_, uses)| uses.iter().sum::<u64>())
            .sum(),
        held: products.chain(guard).collect(),
    }
}

fn files(dataset: &Dataset, side: Side) -> String {
    let names: Vec<&str> = dataset
        .files
        .iter()
        .filter(|file| file.side == side)
        .map(|file| file.name.as_str())
        .collect();
    names.join(", ")
}

/// People present in the directory; without a roster, the enabled managed accounts stand in for them.
fn headcount(dataset: &Dataset, counts: &Counts) -> Counted {
    if dataset.directory == DirectoryKind::Roster && counts.people_present > 0 {
        Counted {
            count: counts.people_present,
            basis: Basis::Measured,
            source: format!("people present in {}", files(dataset, Side::Directory)),
        }
    } else {
        Counted {
            count: counts.managed_enabled,
            basis: Basis::Measured,
            source: format!(
                "enabled managed accounts in {}",
                files(dataset, Side::Atlassian)
            ),
        }
    }
}

fn account_counts(dataset: &Dataset, counts: &Counts) -> AccountCounts {
    let range = |(certain, at_most)| CountRange { certain, at_most };
    AccountCounts {
        managed_enabled: counts.managed_enabled,
        orphaned: (dataset.directory != DirectoryKind::Absent)
            .then(|| counts.standing(Standing::Orphaned)),
        orphaned_unclaimed: counts.orphaned_unclaimed,
        unmatched: counts.standing(Standing::Unmatched),
        external: counts.standing(Standing::External),
        portal_customers: counts.standing(Standing::Customer),
        bitbucket_holders: counts.bitbucket_holders,
        guard_standard: range(guard_billable(&counts.guard_standard)),
        guard_premium: range(guard_billable(&counts.guard_premium)),
        guard_standard_without_jira: Some(range(counts.guard_without_jira)),
        jira_users: counts.jira_users,
        source: format!("counted in {}", files(dataset, Side::Atlassian)),
    }
}

fn bills(counts: &Counts, estate: &Estate, has_directory: bool) -> Result<Bills, Error> {
    let basis = |counts: &dyn Fn(usize, &OfferingBill) -> bool| {
        let mut lines = estate.lines.iter().enumerate();
        if lines
            .any(|(place, line)| line.today.basis == PriceBasis::Contract && counts(place, line))
        {
            Basis::Configured
        } else {
            Basis::Measured
        }
    };
    let later = &estate.after_at_most.lines;
    Ok(Bills {
        today: estate.today.annual.clone(),
        after_cleanup: estate.after.annual.clone(),
        after_cleanup_at_most: estate.after_at_most.annual.clone(),
        saving: estate.avoidable.certain.clone(),
        saving_at_most: estate.avoidable.at_most.clone(),
        saving_orphaned: has_directory.then(|| estate.avoidable.of_leavers.clone()),
        of_jira: JiraSeats {
            saving: estate.avoidable_of_jira.certain.clone(),
            saving_at_most: estate.avoidable_of_jira.at_most.clone(),
            saving_orphaned: estate.avoidable_of_jira.of_leavers.clone(),
        },
        partly: estate.advice(),
        wasted_seats: CountRange {
            certain: counts.wasted(),
            at_most: counts.wasted_at_most(),
        },
        orphaned_seats: counts.used(Use::Orphaned),
        jira_today: estate.today_for(JIRA).map_err(pricing_failed)?,
        saving_basis: basis(&|place, line| later[place].quantity < line.today.quantity),
        jira_basis: basis(&|_, line| line.today.product == JIRA),
        source: "waste_by_product.csv".to_owned(),
    })
}

/// The offer that a configuration states.
pub(super) fn third_party(
    config: &Config,
    currency: Currency,
) -> Result<Option<ThirdPartyQuote>, Error> {
    let stated = &config.third_party;
    let amount = |key: &str, text: &str| {
        let fault = |what: String| {
            config.fault(
                key,
                text,
                format!("`{key}` under [third_party] is {text:?}{what}"),
                "write the amount as a plain decimal number, such as 9600",
            )
        };
        match Money::parse(text, currency) {
            Ok(amount) if amount.is_negative() => Err(fault(", which is below zero".to_owned())),
            Ok(amount) => Ok(amount),
            Err(error) => Err(fault(format!(": {error}"))),
        }
    };
    let price = match (&stated.annual_fee, &stated.price_per_user_month) {
        (None, None) => return Ok(None),
        (Some(_), Some(_)) => {
            return Err(config.fault(
                "price_per_user_month",
                "",
                "[third_party] has both annual_fee and price_per_user_month".to_owned(),
                "give the one that the offer names",
            ));
        }
        (Some(fee), None) => ThirdPartyPrice::AnnualFee(amount("annual_fee", fee)?),
        (None, Some(price)) => {
            ThirdPartyPrice::PerUserMonth(amount("price_per_user_month", price)?)
        }
    };
    Ok(Some(ThirdPartyQuote {
        name: stated
            .name
            .clone()
            .unwrap_or_else(|| "third party".to_owned()),
        price,
        set_up_fee: stated
            .setup_fee
            .as_deref()
            .map(|fee| amount("setup_fee", fee))
            .transpose()?,
    }))
}
