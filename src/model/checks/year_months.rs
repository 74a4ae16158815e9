//! `year-months`: a contract's price for a month, billed by the year, without a word on how many months a year costs.
//!
//! The list sells many years at the price of ten months; a contract's year is taken as twelve. Where the contract says
//! neither, both readings are priced, and where they rank the alternatives differently the answer hangs on it.

use super::Judged;
use crate::domain::check::{Check, CheckCode};
use crate::domain::product::JIRA;
use crate::model::alternative::Alternative;
use crate::model::alternatives::comparison::Comparison;
use crate::money::MoneyError;
use crate::price::quote::Pricing;
use crate::price::{ENTERPRISE, GUARD, PREMIUM, STANDARD};

/// The same organisation where such a year costs as many months as the list's.
pub(crate) struct OtherYears<'a> {
    pub(crate) pricing: Pricing<'a>,
    pub(crate) comparison: Comparison,
}

pub(super) fn judge(judged: &Judged<'_>, other: &OtherYears<'_>) -> Result<Vec<Check>, MoneyError> {
    let facts = judged.facts;
    let mut held: Vec<(&str, &str, Option<&str>, u64)> = judged
        .lines
        .iter()
        .map(|line| &line.today)
        .map(|line| {
            let site = line.site.as_deref();
            (
                line.product.as_str(),
                line.plan.as_str(),
                site,
                line.quantity,
            )
        })
        .collect();
    held.extend([
        (GUARD, STANDARD, None, facts.standard_count().at_most),
        (GUARD, PREMIUM, None, facts.premium_count().at_most),
        (
            JIRA,
            ENTERPRISE,
            facts.jira_site.as_deref(),
            facts.jira_users(),
        ),
    ]);
    let (mut places, mut words, mut months) = (Vec::new(), Vec::new(), 0);
    for (product, plan, site, quantity) in held {
        let line = |pricing: &Pricing<'_>| pricing.quote(product, plan, site)?.line(quantity);
        let (twelve, listed) = (line(judged.pricing)?, line(&other.pricing)?);
        if twelve.annual == listed.annual || quantity == 0 {
            continue;
        }
        let place = match site {
            Some(site) => format!("{product} {plan} on {site}"),
            None => format!("{product} {plan}"),
        };
        words.push(format!(
            "{place} costs {} a year by {} months and {} by the list's {}",
            twelve.annual.whole(),
            twelve.periods,
            listed.annual.whole(),
            listed.periods
        ));
        months = listed.periods;
        places.push(place);
    }
    if places.is_empty() {
        return Ok(Vec::new());
    }
    let differs = ranking(judged.comparison)? != ranking(&other.comparison)?;
    let mut evidence = format!(
        "a contract price is billed by the year, and nothing says for how many months: {}",
        words.join("; ")
    );
    evidence.push_str(if differs {
        ". The alternatives rank differently by the two"
    } else {
        ". The alternatives rank alike by both"
    });
    let check = Check::new(CheckCode::YearMonths, evidence)
        .at(places)
        .doing(format!(
            "look at the contract and state annual_months = {months} or 12, or per = \"annual\" with the price of a \
             year, under [[contract]]"
        ))
        .severe_if(differs);
    Ok(vec![check])
}

/// The alternatives with a price, the one that saves most first.
fn ranking(comparison: &Comparison) -> Result<Vec<Alternative>, MoneyError> {
    let mut ranked = Vec::new();
    for one in &comparison.alternatives {
        if let Some(net) = one.middle_net()? {
            ranked.push((one.alternative, net.amount()));
        }
    }
    ranked.sort_by(|(one, net), (other, more)| more.cmp(net).then(one.cmp(other)));
    Ok(ranked.into_iter().map(|(one, _)| one).collect())
}
