//! How sure an answer is: how much of today's cost and of the cheapest alternative's rests on each basis, and the age
//! of the prices that it rests on.

use chrono::NaiveDate;
use serde::Serialize;

use super::conclusion::Conclusion;
use crate::model::alternative::Alternative;
use crate::model::alternatives::comparison::{AlternativeCost, Comparison};
use crate::model::basis::Basis;
use crate::model::span::middle;
use crate::money::{Money, MoneyError, Percent};

/// The cost of an alternative, parted by what its figures rest on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Parted {
    pub(crate) alternative: Alternative,
    /// The firmest first; the amounts are the middles of the components' ranges, money no longer paid counted by its
    /// size.
    pub(crate) parts: Vec<PartOf>,
    /// What has no price.
    pub(crate) missing: Vec<String>,
    pub(crate) source: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct PartOf {
    pub(crate) basis: Basis,
    pub(crate) amount: Money,
    pub(crate) share: Percent,
}

/// How sure the answer is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Sureness {
    /// What is done today.
    pub(crate) today: Option<Parted>,
    /// The cheapest alternative, where one is named and it is not what is done today.
    pub(crate) cheapest: Option<Parted>,
    /// The day on which the oldest price that the answer rests on was read.
    #[serde(skip)]
    pub(crate) oldest_price: Option<NaiveDate>,
}

impl Sureness {
    /// # Errors
    /// `TooLarge`.
    pub(crate) fn of(
        comparison: &Comparison,
        conclusion: &Conclusion,
        today: Alternative,
        oldest_price: Option<NaiveDate>,
    ) -> Result<Sureness, MoneyError> {
        let parted = |alternative| -> Result<Option<Parted>, MoneyError> {
            let cost = comparison.of_alternative(alternative);
            cost.map(parted_of).transpose()
        };
        let cheapest = conclusion.cheapest().map(|one| one.alternative);
        Ok(Sureness {
            today: parted(today)?,
            cheapest: match cheapest.filter(|one| *one != today) {
                Some(one) => parted(one)?,
                None => None,
            },
            oldest_price,
        })
    }

    /// Both, today's first.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Parted> {
        self.today.iter().chain(&self.cheapest)
    }
}

fn parted_of(cost: &AlternativeCost) -> Result<Parted, MoneyError> {
    let mut sums: Vec<(Basis, Money)> = Vec::new();
    for one in &cost.components {
        let Some(range) = one.cost.known() else {
            continue;
        };
        let amount = middle(range)?.round_minor();
        let size = if amount.is_negative() {
            amount.negated()
        } else {
            amount
        };
        match sums.iter_mut().find(|(basis, _)| *basis == one.basis) {
            Some((_, sum)) => *sum = sum.plus(size)?,
            None => sums.push((one.basis, size)),
        }
    }
    sums.retain(|(_, amount)| !amount.is_zero());
    sums.sort_by_key(|(basis, _)| *basis);
    let mut parts = Vec::with_capacity(sums.len());
    if let Some((_, first)) = sums.first() {
        let whole = Money::sum(first.currency(), sums.iter().map(|(_, amount)| *amount))?;
        for (basis, amount) in &sums {
            parts.push(PartOf {
                basis: *basis,
                amount: *amount,
                share: Percent::of(*amount, whole)?,
            });
        }
    }
    Ok(Parted {
        alternative: cost.alternative,
        parts,
        missing: cost.first_year.missing().to_vec(),
        source: format!("the components of {}", cost.alternative.in_words()),
    })
}

#[cfg(test)]
mod tests {
    use super::Sureness;
    use crate::model::alternative::Alternative;
    use crate::model::alternatives::comparison::Comparison;
    use crate::model::decision::conclusion::Conclusion;
    use crate::model::fixtures::{Case, organisation};

    #[test]
    fn the_parts_are_those_of_the_components_and_make_up_the_whole() {
        let case = Case::of(organisation());
        let comparison = Comparison::of(&case.context()).unwrap();
        let conclusion = Conclusion::of(&comparison.leader, &[]);
        let of = |today| Sureness::of(&comparison, &conclusion, today, None).unwrap();
        let manual = of(Alternative::Manual);
        // Seats 9,000–10,500, so 9,750; labour 400 ÷ 500 × 5,784 = 4,627.20 and 30 misses at $239.0625 = 7,171.88.
        let parts: Vec<_> = manual.today.as_ref().unwrap().parts.iter().collect();
        let told: Vec<_> = parts
            .iter()
            .map(|one| (one.basis.as_str(), one.amount.grouped(), one.share.whole()))
            .collect();
        let said = |basis, amount: &str, share: &str| (basis, amount.to_owned(), share.to_owned());
        assert_eq!(
            told,
            [
                said("measured", "$9,750.00", "45%"),
                said("benchmark", "$11,799.08", "55%")
            ]
        );
        // Today's is the cheapest, so it is told once.
        assert_eq!(manual.cheapest, None);
        let guard = of(Alternative::GuardStandard);
        assert_eq!(guard.all().count(), 2);
    }
}
