//! Third-party ceilings: the yearly fee at which a third party saves as much as another alternative.

use crate::money::MoneyError;

use super::Known;
use super::derivation::{Amount, Derivation, Rule, Unit};
use super::figures::Figures;
use super::listed::Listed;
use super::stated::Basics;

impl Known<'_> {
    pub(super) fn ceilings(
        &self,
        basics: &Basics,
        listed: &mut Listed<'_>,
        figures: &mut Figures,
    ) -> Result<(), MoneyError> {
        for ceiling in &self.modelled.model.comparison.ceilings {
            let found = listed.years.of_alternative(ceiling.against);
            let Some(id) = found.and_then(|one| one.ceiling) else {
                continue;
            };
            let part = listed.part(id)?;
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
