//! `Inputs`: facts with their fees, of which the list of figures is built. Fees are priced here and nowhere else in the model.

use serde::Serialize;

use super::facts::{Bills, CountRange, Facts, GuardHeld, JiraSeats, ThirdPartyPrice};
use super::provider::Provisioning;
use crate::domain::product::JIRA;
use crate::model::assumptions::assumption::{Assumptions, Values};
use crate::model::basis::Basis;
use crate::money::{Cost, Currency, MoneyError, Number};
use crate::price::quote::{Basis as PriceBasis, BillLine, Pricing, Quote};
use crate::price::{Billing, ENTERPRISE, GUARD, PREMIUM, STANDARD};

const NOBODY_HAS_JIRA: &str = "Jira Enterprise: nobody has Jira";

/// What a year of something costs, and how that is known.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Fee {
    pub(crate) cost: Cost,
    pub(crate) basis: Basis,
    pub(crate) working: String,
    pub(crate) source: String,
}

impl Fee {
    fn unknown(reason: &str) -> Fee {
        Fee {
            cost: Cost::unknown(reason),
            basis: Basis::Unpriced,
            working: reason.to_owned(),
            source: "not configured".to_owned(),
        }
    }
}

/// Every fee that an alternative may take, for a year.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Fees {
    pub(crate) standard: Fee,
    /// Premium alone; it is paid on top of Standard.
    pub(crate) premium: Fee,
    pub(crate) enterprise: Fee,
    /// Guard Standard for those whom Jira Enterprise does not cover.
    pub(crate) standard_beside_enterprise: Fee,
    pub(crate) jira_today: Fee,
    pub(crate) third_party: Fee,
    /// Once.
    pub(crate) third_party_set_up: Fee,
}

/// What the seats that nobody needs cost in a year.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Waste {
    /// Without the seats that are waste for certain, and without all that may be.
    pub(crate) certain: Cost,
    pub(crate) at_most: Cost,
    /// The part that goes with the leavers' seats; `None` without a directory.
    pub(crate) of_leavers: Option<Cost>,
    /// What of these rests on Jira's prices; `None` where these are no range, or not known.
    pub(crate) of_jira: Option<JiraSeats>,
    pub(crate) basis: Basis,
    pub(crate) source: String,
}

/// What of a cost does not rest on Jira's prices, low from low and high from high.
///
/// # Errors
/// `CurrencyMismatch`, `TooLarge`.
pub(crate) fn without_jira(cost: &Cost, of_jira: &Cost) -> Result<Cost, MoneyError> {
    let Some(jira) = of_jira.known() else {
        return Ok(cost.clone());
    };
    cost.try_map(|range| range.paired_difference(jira))
}

impl Waste {
    /// The same of what does not rest on Jira's prices, where these are a range of their own.
    ///
    /// # Errors
    /// `CurrencyMismatch`, `TooLarge`.
    pub(crate) fn without_jira(&self) -> Result<Cost, MoneyError> {
        let Some(jira) = &self.of_jira else {
            return self.all();
        };
        let certain = without_jira(&self.certain, &jira.saving)?;
        certain.up_to(&without_jira(&self.at_most, &jira.saving_at_most)?)
    }

    /// From the low end of the certain waste to the high end of all that may be.
    ///
    /// # Errors
    /// `CurrencyMismatch`.
    pub(crate) fn all(&self) -> Result<Cost, MoneyError> {
        self.certain.up_to(&self.at_most)
    }
}

/// What the list of figures is built from, besides `Values`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Inputs {
    pub(crate) currency: Currency,
    pub(crate) headcount: u64,
    pub(crate) orphaned: Option<u64>,
    /// Of the orphaned accounts, those that no provisioning acts on.
    pub(crate) orphaned_unclaimed: u64,
    pub(crate) waste: Option<Waste>,
    pub(crate) hours_a_year: Option<Number>,
    /// Every assumption at its value alone.
    pub(crate) at_values: Values,
    pub(crate) fees: Fees,
    pub(crate) held: GuardHeld,
    pub(crate) scim_in_use: bool,
    pub(crate) provisioning: Provisioning,
    pub(crate) key_expires: bool,
}

impl Inputs {
    /// The same with what has no price left out of the unused seats.
    pub(crate) fn of_what_is_known(&self) -> Inputs {
        let known = |cost: &Cost| cost.known().map_or_else(|| cost.clone(), Cost::from);
        let mut inputs = self.clone();
        if let Some(waste) = &mut inputs.waste {
            waste.certain = known(&waste.certain);
            waste.at_most = known(&waste.at_most);
            waste.of_leavers = waste.of_leavers.as_ref().map(known);
        }
        inputs
    }

    /// # Errors
    /// `CurrencyMismatch` where a quote is not in the organisation's currency, `TooLarge`.
    pub(crate) fn of(
        facts: &Facts,
        pricing: &Pricing<'_>,
        assumptions: &Assumptions,
    ) -> Result<Inputs, MoneyError> {
        let waste = facts.bills.as_ref().map(|bills| Waste {
            certain: bills.saving.clone(),
            at_most: bills.saving_at_most.clone(),
            of_leavers: bills.saving_orphaned.clone(),
            of_jira: at_ranges(bills),
            basis: bills.saving_basis,
            source: format!("the difference of two bills: {}", bills.source),
        });
        Ok(Inputs {
            currency: facts.currency,
            headcount: facts.headcount.count,
            orphaned: facts.orphaned(),
            orphaned_unclaimed: facts
                .accounts
                .as_ref()
                .map_or(0, |accounts| accounts.orphaned_unclaimed),
            waste,
            hours_a_year: assumptions.hours_a_year().map(|hours| hours.value),
            at_values: assumptions.central(),
            fees: fees(facts, pricing)?,
            held: facts.guard_held,
            scim_in_use: facts.scim_in_use && facts.guard_held != GuardHeld::None,
            provisioning: facts.provider.provisioning,
            key_expires: facts.provider.key_expires,
        })
    }
}

/// What rests on Jira's prices, where these are ranges that the bill today has too.
fn at_ranges(bills: &Bills) -> Option<JiraSeats> {
    let jira = &bills.of_jira;
    let parts = [
        &bills.jira_today,
        &jira.saving,
        &jira.saving_at_most,
        &jira.saving_orphaned,
    ];
    let is_known = parts.iter().all(|cost| cost.is_complete());
    let is_range = |cost: &Cost| cost.known().is_some_and(|range| !range.is_point());
    let is_uncertain = is_range(&bills.jira_today) && is_range(&jira.saving_at_most);
    (is_known && is_uncertain).then(|| jira.clone())
}

fn fees(facts: &Facts, pricing: &Pricing<'_>) -> Result<Fees, MoneyError> {
    let basis = facts.count_basis();
    let counted = facts.accounts.as_ref().map_or_else(
        || {
            format!(
                "for {} people; {}",
                facts.headcount.count, facts.headcount.source
            )
        },
        |accounts| accounts.source.clone(),
    );
    let guard = |plan, count| priced(&pricing.quote(GUARD, plan, None)?, count, basis, &counted);
    let jira_users = facts.jira_users();
    let beside = match &facts.accounts {
        Some(accounts) => match accounts.guard_standard_without_jira {
            Some(count) => guard(STANDARD, count)?,
            None => Fee {
                cost: Cost::zero(facts.currency),
                basis: Basis::Assumed,
                working: "everybody on the Guard bill is taken to have Jira Enterprise, which includes it".to_owned(),
                source: "the accounts without Jira were not counted".to_owned(),
            },
        },
        None => guard(STANDARD, CountRange::exactly(0))?,
    };
    let jira_today = match &facts.bills {
        Some(bills) => Fee {
            cost: bills.jira_today.clone(),
            basis: bills.jira_basis,
            working: "the Jira lines of the bill today".to_owned(),
            source: format!("the bill today: {}", bills.source),
        },
        None => Fee::unknown("today's Jira bill: no Atlassian export"),
    };
    let nobody_has_jira = facts.accounts.is_some() && jira_users == 0;
    let enterprise = pricing.quote(JIRA, ENTERPRISE, facts.jira_site.as_deref())?;
    let (third_party, third_party_set_up) = third_party(facts)?;
    Ok(Fees {
        standard: guard(STANDARD, facts.standard_count())?,
        premium: guard(PREMIUM, facts.premium_count())?,
        enterprise: match nobody_has_jira {
            // A plan that nobody would be on costs its minimum and replaces nothing: no alternative to compare.
            true => Fee::unknown(NOBODY_HAS_JIRA),
            false => priced(
                &enterprise,
                CountRange::exactly(jira_users),
                basis,
                &counted,
            )?,
        },
        standard_beside_enterprise: beside,
        jira_today,
        third_party,
        third_party_set_up,
    })
}

/// A year of a plan for a count: from the low price of the certain count to the high price of the highest.
pub(crate) fn priced(
    quote: &Quote<'_>,
    count: CountRange,
    basis: Basis,
    counted: &str,
) -> Result<Fee, MoneyError> {
    let low = quote.line(count.certain)?;
    let mut working = line_working(&low);
    let mut cost = low.annual.clone();
    if count.at_most != count.certain {
        let high = quote.line(count.at_most)?;
        working = format!("{working}; at most {}", line_working(&high));
        cost = low.annual.up_to(&high.annual)?;
    }
    let (price_basis, price) = origin(&low);
    let basis = if cost.is_complete() {
        Basis::weakest([basis, price_basis])
    } else {
        Basis::Unpriced
    };
    Ok(Fee {
        cost,
        basis,
        working,
        source: format!("price: {price}; count: {counted}"),
    })
}

/// Where the price of a line comes from.
pub(crate) fn origin(line: &BillLine) -> (Basis, String) {
    let (basis, discount) = match line.basis {
        PriceBasis::Contract if line.notes.iter().any(|note| note.contains("contract rise")) => {
            (Basis::Configured, ", plus the rise in seatledger.toml")
        }
        PriceBasis::Contract => (Basis::Configured, ", less the discount in seatledger.toml"),
        PriceBasis::List => (Basis::Measured, ""),
    };
    let source = match &line.provenance {
        Some(provenance) => format!(
            "{}, {}, {}{discount}",
            provenance.source,
            provenance.date,
            provenance.confidence.as_str(),
        ),
        None if line.annual.is_complete() => "the contract in seatledger.toml".to_owned(),
        None => "not known".to_owned(),
    };
    (basis, source)
}

/// `500 users × $3.00–4.00 = $1,500.00–2,000.00 a month, 12 months`.
fn line_working(line: &BillLine) -> String {
    if line.quantity == 0 {
        return "nobody".to_owned();
    }
    let steps: Vec<_> = line.working.iter().map(|step| step.text()).collect();
    let mut text = match (steps.is_empty(), line.cycle) {
        (true, _) => format!("{} without a price", line.quantity),
        (false, Billing::Monthly) => format!("{} a month, 12 months", steps.join(" + ")),
        (false, Billing::Annual) => format!("{}, billed by the year", steps.join(" + ")),
    };
    for note in &line.notes {
        text.push_str("; ");
        text.push_str(note);
    }
    text
}

fn third_party(facts: &Facts) -> Result<(Fee, Fee), MoneyError> {
    let Some(quote) = &facts.third_party else {
        let none = Fee::unknown("third party: no quote in seatledger.toml");
        return Ok((none.clone(), none));
    };
    let stated = |cost, working| Fee {
        cost,
        basis: Basis::Configured,
        working,
        source: format!("quote of {} in seatledger.toml", quote.name),
    };
    let yearly = match quote.price {
        ThirdPartyPrice::AnnualFee(fee) => {
            stated(Cost::from(fee.round_minor()), "flat for a year".to_owned())
        }
        ThirdPartyPrice::PerUserMonth(price) => {
            let people = facts.headcount.count;
            let month = price.times(people)?.round_minor();
            let working = format!(
                "{people} people × {} = {} a month, 12 months",
                price.exact(),
                month.grouped()
            );
            stated(Cost::from(month.times(12_u64)?), working)
        }
    };
    let once = match quote.set_up_fee {
        Some(fee) => stated(Cost::from(fee.round_minor()), "once".to_owned()),
        None => Fee {
            cost: Cost::zero(facts.currency),
            basis: Basis::Assumed,
            working: "the quote states no set-up fee: taken to have none".to_owned(),
            source: format!("quote of {} in seatledger.toml", quote.name),
        },
    };
    Ok((yearly, once))
}
