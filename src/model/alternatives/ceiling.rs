//! The yearly fee under which a third party beats each other alternative: what to say when it has not named a price.

use serde::Serialize;

use super::describe::Context;
use crate::model::alternative::Alternative;
use crate::model::basis::Basis;
use crate::model::years::Years;
use crate::money::{Cost, Money, MoneyError, MoneyRange};

/// The yearly fee under which a third party saves as much as another alternative.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Ceiling {
    pub(crate) against: Alternative,
    pub(crate) label: String,
    /// For a year; from the fee that surely beats it to the fee that may. Negative: no fee does (see `asking`).
    pub(crate) annual: Cost,
    /// For a person of the headcount and a month, with all digits.
    pub(crate) per_user_month: Cost,
    pub(crate) basis: Basis,
    pub(crate) working: String,
    pub(crate) source: String,
}

/// What a ceiling means for a price.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Asking<'a> {
    /// A price below this beats the other alternative.
    LessThan(MoneyRange),
    /// At best a price below `most` beats it; at worst even no price does, and it costs `dearer` more.
    AtBestLessThan {
        most: Money,
        dearer: Money,
    },
    /// A price below this surely beats it; what else it may ask rests on something without a price.
    AtLeast {
        least: Money,
        missing: &'a [String],
    },
    /// No price beats it: free of charge it still costs so much more.
    Nothing {
        dearer: MoneyRange,
    },
    CannotTell {
        missing: &'a [String],
    },
}

impl Ceiling {
    pub(crate) fn asking(&self) -> Asking<'_> {
        let missing = self.annual.missing();
        match self.annual {
            Cost::Known { range } if !range.low().is_negative() && !range.is_zero() => {
                Asking::LessThan(range)
            }
            Cost::Known { range } => {
                let (dearer, most) = (range.low().negated(), range.high());
                match MoneyRange::new(most.negated(), dearer) {
                    Ok(dearer) if most.is_negative() || most.is_zero() => {
                        Asking::Nothing { dearer }
                    }
                    _ => Asking::AtBestLessThan { most, dearer },
                }
            }
            Cost::AtLeast { range, .. } if !range.low().is_negative() => Asking::AtLeast {
                least: range.low(),
                missing,
            },
            _ => Asking::CannotTell { missing },
        }
    }

    /// The alternative that it is held against, in a sentence.
    pub(crate) const fn other(&self) -> &'static str {
        self.against.in_words()
    }

    /// The whole in a sentence.
    pub(crate) fn statement(&self) -> String {
        let (other, basis) = (self.other(), self.basis.as_str());
        match self.asking() {
            Asking::LessThan(range) => format!(
                "Against {other} a third party is worth up to {} a year ({basis}).",
                range.whole()
            ),
            Asking::AtBestLessThan { most, dearer } => format!(
                "Against {other} a third party is worth up to {} a year at best. At worst it is worth nothing: even \
                 free of charge it would cost {} more ({basis}).",
                most.whole(),
                dearer.whole()
            ),
            Asking::AtLeast { least, missing } => format!(
                "Against {other} a third party is worth at least {} a year ({basis}). How much more it is worth \
                 cannot be told: {}.",
                least.whole(),
                missing.join("; ")
            ),
            Asking::Nothing { dearer } => format!(
                "Against {other} a third party is worth nothing: even free of charge it would cost {} more a year \
                 ({basis}).",
                dearer.whole()
            ),
            Asking::CannotTell { missing } => format!(
                "What a third party is worth against {other} cannot be told: {}.",
                missing.join("; ")
            ),
        }
    }
}

/// One for each alternative but the third party.
///
/// # Errors
/// `TooLarge`.
pub(crate) fn ceilings(context: &Context<'_>, years: &Years) -> Result<Vec<Ceiling>, MoneyError> {
    let people = context.inputs.headcount.max(1);
    let mut found = Vec::new();
    for one in &years.alternatives {
        let Some(ceiling) = one.ceiling else {
            continue;
        };
        let alternative = one.alternative;
        let annual = years.cost(ceiling);
        let per_user_month =
            annual.try_map(|range| range.divided_by(12_u64)?.divided_by(people))?;
        found.push(Ceiling {
            against: alternative,
            label: alternative.label().to_owned(),
            annual,
            per_user_month,
            basis: Basis::weakest([
                context.weakest(Alternative::Manual, |_| true)?,
                context.weakest(Alternative::ThirdParty, |kind| !kind.is_fee())?,
                context.weakest(alternative, |_| true)?,
            ]),
            working: format!(
                "what a third party avoids of the manual work, less its own hours, less what {} saves{}",
                alternative.in_words(),
                match alternative {
                    Alternative::Manual => "",
                    _ => ", every assumption and price at one place in both",
                }
            ),
            source: Alternative::ThirdParty.components_with(alternative),
        });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use crate::model::alternative::Alternative;
    use crate::model::alternatives::comparison::Comparison;
    use crate::model::fixtures::{Case, benchmark_facts, on_paper, range, state, usd};
    use crate::money::Cost;

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
            state(&mut facts, name, value);
        }
        let case = Case::of(facts);
        let all = Comparison::of(&case.context()).unwrap().ceilings;
        assert_eq!(all[0].against, Alternative::Manual);
        assert_eq!(all[0].annual.grouped(), "$9,018.70");
        assert_eq!(all[0].per_user_month.grouped(), "$1.50");
        // Guard Standard costs more than manual, so the ceiling against it is higher.
        assert_eq!(all[1].against, Alternative::GuardStandard);
        assert!(all[1].annual.low().unwrap().amount() > all[0].annual.low().unwrap().amount());
        // Enterprise replaces a Jira bill that nobody stated.
        assert!(all[3].annual.known().is_none());
    }

    #[test]
    fn what_both_ways_take_is_counted_once() {
        // Third party: 1,169 + 4,627.20 + 3,825 less (2 + r) × 60.25. Guard: 1,169 + 4,338 + 3,825 less 18,000–24,000,
        // (20 + 2 + r) × 60.25. The r hours of access review, 4 to 24, cancel: 289.20 + 20 × 60.25 and the fee.
        let mut facts = on_paper();
        facts.assumptions.remove("access_review_hours");
        for (name, value) in [
            ("labour_left_third_party", "0.2"),
            ("third_party_reach", "1"),
            ("setup_hours_third_party", "2"),
        ] {
            state(&mut facts, name, value);
        }
        let case = Case::of(facts);
        let all = Comparison::of(&case.context()).unwrap().ceilings;
        assert!(!all[0].annual.known().unwrap().is_point());
        assert_eq!(all[1].against, Alternative::GuardStandard);
        assert_eq!(all[1].annual.grouped(), "$19,494.20–25,494.20");
    }

    #[test]
    fn a_ceiling_is_told_by_what_it_means() {
        let mut one = {
            let case = Case::of(benchmark_facts(500));
            Comparison::of(&case.context()).unwrap().ceilings.remove(0)
        };
        let mut told = |annual: Cost| {
            one.annual = annual;
            one.statement()
        };
        assert_eq!(
            told(Cost::from(range("2000", "3000"))),
            "Against manual work a third party is worth up to $2,000–3,000 a year (assumed)."
        );
        assert_eq!(
            told(Cost::from(range("-2881", "8"))),
            "Against manual work a third party is worth up to $8 a year at best. At worst it is worth nothing: even \
             free of charge it would cost $2,881 more (assumed)."
        );
        assert_eq!(
            told(Cost::from(range("-2881", "-500"))),
            "Against manual work a third party is worth nothing: even free of charge it would cost $500–2,881 more a \
             year (assumed)."
        );
        assert_eq!(
            told(Cost::from(usd("500")).and_missing("Loom")),
            "Against manual work a third party is worth at least $500 a year (assumed). How much more it is worth \
             cannot be told: Loom."
        );
        let unknown = "What a third party is worth against manual work cannot be told: Loom.";
        assert_eq!(told(Cost::from(usd("-500")).and_missing("Loom")), unknown);
        assert_eq!(told(Cost::unknown("Loom")), unknown);
    }
}
