//! What an alternative's fee comes to for a user and month, today and where the alternative costs as much as manual work.

use crate::model::alternative::Alternative;
use crate::model::alternatives::describe::Context;
use crate::model::break_even::point::BreakEven;
use crate::model::break_even::unit_price::unit_price;
use crate::model::component::ComponentKind;
use crate::model::span::Span;
use crate::model::years::Years;
use crate::money::MoneyError;

use super::Known;
use super::derivation::{Amount, Derivation, Part, Rule, Unit};
use super::fees::PricedYear;
use super::listed::Listed;
use super::stated::Basics;

/// What figures are called that are computed with every assumption at its value.
const AT_VALUES: &str = "at-values";

impl Known<'_> {
    /// The price for a user and month of today, and the one at which an alternative costs as much as manual work.
    pub(super) fn price(
        &self,
        one: &BreakEven,
        name: &str,
        [now, needed]: [Amount; 2],
        context: &Context<'_>,
        basics: &Basics,
    ) -> Result<Vec<Part>, MoneyError> {
        let money = Unit::Money(self.currency());
        let Some(price) = unit_price(context, one.alternative)? else {
            return Ok(Vec::new());
        };
        // What is avoided and what it takes once more, every assumption at its value.
        let at_values = Basics {
            assumptions: basics.values.clone(),
            ..basics.clone()
        };
        let year = PricedYear {
            name: AT_VALUES.to_owned(),
            facts: context.facts.clone(),
            fees: context.inputs.fees.clone(),
            growth: None,
        };
        let central = context.assumptions.central();
        let years = Years::named(AT_VALUES, &[one.alternative], context.inputs, &central);
        let mut listed = Listed::of(self, &at_values, years, vec![year]);
        let sheets = listed.years.alternatives.clone();
        let Some(sheet) = sheets.first().map(|one| &one.first) else {
            return Ok(Vec::new());
        };
        let is_fee =
            |kind: ComponentKind| kind.is_fee() && kind != ComponentKind::ThirdPartySetUpFee;
        let own = listed.those(sheet, |kind| !kind.is_manual() && !is_fee(kind))?;
        let own = Derivation::made(format!("{name}/own"), money, Rule::Sum, own)?;
        let parts = vec![listed.part(sheet.avoided)?, own];
        let worth = Derivation::made(format!("{name}/worth"), money, Rule::Remainder, parts)?;
        let fees = listed.those(sheet, is_fee)?;
        let counts = match one.alternative {
            Alternative::ThirdParty => vec![basics.counted.headcount.clone()],
            _ => vec![
                basics.counted.guard_standard.clone(),
                basics.counted.guard_premium.clone(),
            ],
        };
        let number = |span: Span, unit: Unit| Amount::new(Some(span), Vec::new(), unit);
        let mut plans = Vec::new();
        let mut months = None;
        for ((fee, users), plan) in fees.iter().zip(counts).zip(&price.plans) {
            let parts = vec![users.clone(), self.twelve()];
            let own_name = format!("{name}/months of {}", users.name);
            let own = Derivation::made(own_name, Unit::Of("months"), Rule::ExactProduct, parts)?;
            plans.push(Derivation::figure(
                format!("{name}/price of {}", fee.name),
                number(*plan, money),
                Rule::Quotient,
                vec![fee.clone(), own.clone()],
            ));
            months = Some(own);
        }
        let today = Derivation::figure(format!("{name}/today"), now, Rule::ExactSum, plans);
        // Of two plans each bills its own users, so both fees by both prices.
        let months = match months.filter(|_| price.plans.len() == 1) {
            Some(months) => months,
            None => {
                let fees = Derivation::made(format!("{name}/fees"), money, Rule::Sum, fees)?;
                Derivation::figure(
                    format!("{name}/months of both plans"),
                    number(price.months, Unit::Of("months")),
                    Rule::Quotient,
                    vec![fees, today.clone()],
                )
            }
        };
        let needed = Derivation::figure(name, needed, Rule::PerUnit, vec![worth, months]);
        Ok(vec![today, needed])
    }
}
