//! Third-party ceilings: the yearly fee under which a third party beats another way.

use crate::model::engine::Alternative;
use crate::money::MoneyError;

use super::Known;
use super::derivation::{Amount, Derivation, Rule, Unit};
use super::figures::Figures;
use super::moment::Basics;
use super::years::FirstYear;

impl Known<'_> {
    /// The yearly fee under which a third party beats another way.
    pub(super) fn ceilings(
        &self,
        basics: &Basics,
        firsts: &[FirstYear],
        figures: &mut Figures,
    ) -> Result<(), MoneyError> {
        let Some(third) = firsts
            .iter()
            .find(|first| first.alternative == Alternative::ThirdParty)
        else {
            return Ok(());
        };
        let money = Unit::Money(self.currency());
        let own = third.components.added(|kind| !kind.is_fee());
        let own = Derivation::made("third-party/ceiling/own-hours", money, Rule::Sum, own)?;
        let parts = vec![third.components.avoided.clone(), own];
        let free = Derivation::made(
            "third-party/ceiling/free-of-charge",
            money,
            Rule::Remainder,
            parts,
        )?;
        for ceiling in &self.modelled.model.comparison.ceilings {
            let name = format!("third-party/ceiling/{}", ceiling.against.as_str());
            let value = Amount::cost(&ceiling.annual, self.currency());
            let other = firsts
                .iter()
                .find(|first| first.alternative == ceiling.against);
            let part = match (ceiling.against, other) {
                (Alternative::Manual, _) | (_, None) => {
                    Derivation::figure(name, value, Rule::Sum, vec![free.clone()])
                }
                (_, Some(other)) => {
                    let parts = vec![free.clone(), other.net.clone()];
                    Derivation::figure(name, value, Rule::Joint, parts)
                }
            };
            let months = vec![basics.counted.headcount.clone(), self.twelve()];
            let months = Derivation::made(
                "third-party/ceiling/months-of-all-people",
                Unit::Of("months"),
                Rule::Product,
                months,
            )?;
            let name = format!("{}/per-user-month", part.name);
            let value = Amount::cost(&ceiling.per_user_month.round_minor(), self.currency());
            let each = Derivation::figure(name, value, Rule::Quotient, vec![part.clone(), months]);
            figures.add("ceilings", part);
            figures.add("ceilings", each);
        }
        Ok(())
    }
}
