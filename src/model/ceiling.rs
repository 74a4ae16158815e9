//! The yearly fee under which a third party beats each other way: what to say when it has not named a price.

use serde::Serialize;

use super::describe::Context;
use super::engine::{Sheet, Way};
use super::figure::Basis;
use crate::money::{Cost, MoneyError};

/// The yearly fee under which a third party beats another way.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Ceiling {
    pub(crate) against: Way,
    pub(crate) label: String,
    /// For a year; from the fee that surely beats it to the fee that may. Negative: no fee does.
    pub(crate) annual: Cost,
    /// For a person of the headcount and a month, with all digits.
    pub(crate) per_user_month: Cost,
    pub(crate) basis: Basis,
    pub(crate) working: String,
    pub(crate) source: String,
}

pub(super) fn ceilings(
    context: &Context<'_>,
    sheets: &[Sheet],
) -> Result<Vec<Ceiling>, MoneyError> {
    let inputs = context.inputs;
    let Some(third) = sheets.iter().find(|sheet| sheet.way == Way::ThirdParty) else {
        return Ok(Vec::new());
    };
    // What it would save if it charged nothing.
    let free = third
        .avoided
        .minus(&third.added(inputs, |kind| !kind.is_fee())?)?;
    let people = inputs.headcount.max(1);
    sheets
        .iter()
        .filter(|sheet| sheet.way != Way::ThirdParty)
        .map(|sheet| {
            let annual = match sheet.way {
                Way::Manual => free.clone(),
                _ => free.minus(&sheet.net(inputs)?)?,
            };
            let per_user_month =
                annual.try_map(|range| range.divided_by(12_u64)?.divided_by(people))?;
            Ok(Ceiling {
                against: sheet.way,
                label: sheet.way.label().to_owned(),
                annual,
                per_user_month,
                basis: Basis::weakest([
                    context.weakest(Way::Manual, |_| true)?,
                    context.weakest(Way::ThirdParty, |kind| !kind.is_fee())?,
                    context.weakest(sheet.way, |_| true)?,
                ]),
                working: format!(
                    "what a third party avoids of the work by hand, less its own hours, less what {} saves",
                    sheet.way.in_words()
                ),
                source: Way::ThirdParty.components_with(sheet.way),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::model::alternatives::Comparison;
    use crate::model::engine::Way;
    use crate::model::fixtures::{Case, benchmark_facts};

    #[test]
    fn the_ceiling_against_manual_on_paper() {
        // avoided: 2,338 × ½ × 1 = 1,169; 5,784 × 0.8 = 4,627.20; 3,825 → 9,621.20
        // own hours: (2 + 8) × 60.25 = 602.50 → 9,018.70; ÷ 12 ÷ 500 = 1.503116…
        let mut facts = benchmark_facts(500);
        for (name, value) in [
            ("leavers_share_of_unused", "0.5"),
            ("labour_left_third_party", "0.2"),
            ("third_party_reach", "1"),
            ("misses_left", "0"),
            ("setup_hours_third_party", "2"),
            ("access_review_hours", "8"),
        ] {
            facts.assumptions.insert(name.to_owned(), value.to_owned());
        }
        let case = Case::of(facts);
        let all = Comparison::of(&case.context()).unwrap().ceilings;
        assert_eq!(all[0].against, Way::Manual);
        assert_eq!(all[0].annual.grouped(), "$9,018.70");
        assert_eq!(all[0].per_user_month.grouped(), "$1.50");
        // Guard Standard costs more than manual, so the ceiling against it is higher.
        assert_eq!(all[1].against, Way::GuardStandard);
        assert!(all[1].annual.low().unwrap().amount() > all[0].annual.low().unwrap().amount());
        // Enterprise replaces a Jira bill that nobody stated.
        assert!(all[3].annual.known().is_none());
    }
}
