//! Fees of the alternatives, and what grows from year to year.

use crate::domain::product::JIRA;
use crate::model::alternative::Alternative;
use crate::model::assumptions::assumption::Name;
use crate::model::basis::Basis;
use crate::model::component::ComponentKind;
use crate::model::inputs::facts::{CountRange, Facts, ThirdPartyPrice};
use crate::model::inputs::fees::{Fee, Fees};
use crate::money::{Money, MoneyError, MoneyRange};
use crate::price::quote::Quote;
use crate::price::{ENTERPRISE, GUARD, PREMIUM, STANDARD};

use super::Known;
use super::derivation::{Amount, Derivation, Origin, Part, Rule, Unit, Value};
use super::stated::Basics;

/// What the fees of a year are made of before prices rise.
pub(super) struct PricedYear {
    /// Empty in the first year, then `year-2`.
    pub(super) name: String,
    pub(super) facts: Facts,
    pub(super) fees: Fees,
    /// What the headcount has grown by; `None` where it has not.
    pub(super) growth: Option<Part>,
}

impl PricedYear {
    /// A count for this year's headcount.
    fn grown(&self, count: Part) -> Result<Part, MoneyError> {
        let Some(growth) = &self.growth else {
            return Ok(count);
        };
        let name = format!("{}, {}", count.name, self.name);
        let unit = count.amount().unit;
        Derivation::made(name, unit, Rule::Whole, vec![count, growth.clone()])
    }
}

impl Known<'_> {
    /// A fee before prices rise: what the quote makes of that year's count.
    pub(super) fn fee(
        &self,
        year: &PricedYear,
        basics: &Basics,
        alternative: Alternative,
        kind: ComponentKind,
        name: &str,
    ) -> Result<Part, MoneyError> {
        let facts = &year.facts;
        let fees = &year.fees;
        let users = |count: Part| year.grown(count);
        let everybody = || basics.counted.headcount.clone();
        match kind {
            ComponentKind::GuardStandardFee if alternative == Alternative::Enterprise => {
                let counted = facts.accounts.as_ref();
                match counted.and_then(|accounts| accounts.guard_standard_without_jira) {
                    Some(count) => {
                        let first = self.modelled.model.facts.accounts.as_ref();
                        let first = first.and_then(|accounts| accounts.guard_standard_without_jira);
                        let part = self.counted_range(
                            "guard-standard/billable-without-jira",
                            first.unwrap_or(count),
                        );
                        let quote = self.pricing.quote(GUARD, STANDARD, None)?;
                        self.priced(
                            name,
                            &fees.standard_beside_enterprise,
                            &quote,
                            count,
                            &users(part)?,
                        )
                    }
                    None => Ok(self.stated_fee(name, &fees.standard_beside_enterprise)),
                }
            }
            ComponentKind::GuardStandardFee => {
                let quote = self.pricing.quote(GUARD, STANDARD, None)?;
                let part = users(basics.counted.guard_standard.clone())?;
                self.priced(name, &fees.standard, &quote, facts.standard_count(), &part)
            }
            ComponentKind::GuardPremiumFee => {
                let quote = self.pricing.quote(GUARD, PREMIUM, None)?;
                let part = users(basics.counted.guard_premium.clone())?;
                self.priced(name, &fees.premium, &quote, facts.premium_count(), &part)
            }
            ComponentKind::EnterpriseFee if fees.enterprise.cost.known().is_none() => {
                Ok(self.stated_fee(name, &fees.enterprise))
            }
            ComponentKind::EnterpriseFee => {
                let count = facts
                    .accounts
                    .as_ref()
                    .map_or(facts.headcount.count, |accounts| accounts.jira_users);
                let first = &self.modelled.model.facts.accounts;
                let part = first.as_ref().map_or_else(everybody, |accounts| {
                    self.counted(
                        "jira-users".to_owned(),
                        accounts.jira_users,
                        "users",
                        "accounts with a billed seat of Jira on a production site of the organisation's own",
                    )
                });
                let site = facts.jira_site.as_deref();
                let quote = self.pricing.quote(JIRA, ENTERPRISE, site)?;
                self.priced(
                    name,
                    &fees.enterprise,
                    &quote,
                    CountRange::exactly(count),
                    &users(part)?,
                )
            }
            ComponentKind::ThirdPartyFee => self.third_party(year, basics, name),
            _ => Ok(self.stated_fee(name, &fees.third_party_set_up)),
        }
    }

    /// A year of a plan, from the low price of the certain count to the high price of the highest.
    fn priced(
        &self,
        name: &str,
        fee: &Fee,
        quote: &Quote<'_>,
        count: CountRange,
        counted: &Part,
    ) -> Result<Part, MoneyError> {
        if count.certain == count.at_most {
            return self.line(name, &quote.line(count.certain)?, counted);
        }
        let end = |what: &str, rule, users: u64| {
            Derivation::figure(
                format!("{}/{what}", counted.name),
                Amount::count(users, "users"),
                rule,
                vec![counted.clone()],
            )
        };
        let (low, high) = (
            end("certain", Rule::LowEnd, count.certain),
            end("at-most", Rule::HighEnd, count.at_most),
        );
        let parts = vec![
            self.line(
                &format!("{name}/certain"),
                &quote.line(count.certain)?,
                &low,
            )?,
            self.line(
                &format!("{name}/at-most"),
                &quote.line(count.at_most)?,
                &high,
            )?,
        ];
        let value = Amount::cost(&fee.cost, self.currency());
        Ok(Derivation::figure(name, value, Rule::Range, parts))
    }

    fn third_party(
        &self,
        year: &PricedYear,
        basics: &Basics,
        name: &str,
    ) -> Result<Part, MoneyError> {
        let fee = &year.fees.third_party;
        let quote = self.modelled.model.facts.third_party.as_ref();
        let Some(ThirdPartyPrice::PerUserMonth(price)) = quote.map(|quote| quote.price) else {
            return Ok(self.stated_fee(name, fee));
        };
        let price = self.offered("third-party/price-per-user-month", price, &fee.source);
        let people = year.grown(basics.counted.headcount.clone())?;
        let currency = Unit::Money(self.currency());
        let month = Derivation::made(
            format!("{name}/month"),
            currency,
            Rule::Product,
            vec![people, price],
        )?;
        let value = Amount::cost(&fee.cost, self.currency());
        Ok(Derivation::figure(
            name,
            value,
            Rule::Product,
            vec![month, self.twelve()],
        ))
    }

    fn offered(&self, name: &str, price: Money, source: &str) -> Part {
        Derivation::leaf(
            name,
            Value::Amount(Amount::range(MoneyRange::point(price))),
            Rule::Stated,
            Origin::new(
                Basis::Configured,
                source,
                "for each person of the headcount and month",
            ),
        )
    }

    /// A fee that is stated as it is, or the reason why it is not known.
    pub(super) fn stated_fee(&self, name: &str, fee: &Fee) -> Part {
        Derivation::leaf(
            name,
            Value::Amount(Amount::cost(&fee.cost, self.currency())),
            Rule::Stated,
            Origin::new(fee.basis, &fee.source, &fee.working),
        )
    }

    fn counted_range(&self, name: &str, count: CountRange) -> Part {
        let one = self.counted(
            name.to_owned(),
            count.certain,
            "users",
            "accounts that Guard Standard counts and that have no billed Jira seat",
        );
        if count.certain == count.at_most {
            return one;
        }
        Derivation::leaf(
            name,
            Value::Amount(Amount::counts(count, "users")),
            Rule::Counted,
            Origin::new(one.basis, &one.source, &one.working),
        )
    }

    /// One plus a yearly rate, for so many years.
    pub(super) fn factor(
        &self,
        basics: &Basics,
        rate: Name,
        years: u32,
    ) -> Result<Part, MoneyError> {
        let rate = basics.rate(rate);
        let times = super::bills::number(&format!("years past: {years}"), u64::from(years), "");
        let name = format!("{}, after {years} years", rate.name);
        Derivation::made(name, Unit::Of(""), Rule::Compound, vec![rate, times])
    }
}
