//! The decision: the guide's five situations as rules over facts, what the figures say, and what would turn the answer.
//!
//! The guide (reference: "Atlassian SCIM guide", StitchFlow, 2026-01-11) is written by a vendor of the third alternative, so
//! its advice is shown beside the figures and never in their place. It gives no order for situations that hold at
//! once; here the one that leaves least to choose comes first.

use serde::Serialize;

use super::conclusion::Conclusion;
use super::situation::situation;
pub(crate) use super::situation::{Rule, Situation};
use crate::model::alternative::Alternative;
use crate::model::alternatives::ceiling::Asking;
use crate::model::alternatives::comparison::Comparison;
use crate::model::alternatives::describe::Context;
use crate::model::alternatives::net::in_words;
use crate::model::break_even::nearest::{NearestBreakEven, nearest_break_even};
use crate::model::break_even::point::BreakEven;
use crate::money::MoneyError;

/// Where the five situations are stated.
const GUIDE: &str = "Atlassian SCIM guide by StitchFlow, stitchflow.com/scim/atlassian, 2026-01-11: \"The decision\"";

/// Who gives the advice: its publisher sells what it advises.
pub(crate) const GUIDE_BY: &str =
    "the guide by StitchFlow, which sells the third-party alternative";

/// Whether the guide and the figures point the same alternative.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Agreement {
    Agree,
    Differ,
    /// What the guide advises has no price.
    CannotTell,
    /// No situation of the guide holds.
    NoAdvice,
    /// A severe check holds, so the figures name nothing that the advice could be held against.
    Withheld,
}

/// What to do, by the guide and by the figures.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Decision {
    /// The rule that applied: the first situation that holds.
    pub(crate) applied: Option<Rule>,
    pub(crate) situations: Vec<Situation>,
    pub(crate) guide_says: String,
    pub(crate) figures_say: String,
    pub(crate) agreement: Agreement,
    /// Why the two differ, or that they do not.
    pub(crate) because: String,
    /// The nearest values at which another alternative becomes the cheapest, at most one for each pair of alternatives.
    pub(crate) break_evens: Vec<BreakEven>,
    /// What they are measured against.
    pub(crate) measured: String,
    pub(crate) source: &'static str,
}

impl Decision {
    /// # Errors
    /// `TooLarge`, `DivisionByZero`.
    pub(crate) fn of(
        context: &Context<'_>,
        comparison: &Comparison,
        conclusion: &Conclusion,
    ) -> Result<Decision, MoneyError> {
        let mut situations = Vec::with_capacity(Rule::ALL.len());
        for rule in Rule::ALL {
            situations.push(situation(context, rule)?);
        }
        let first = situations.iter().find(|one| one.holds == Some(true));
        let guide_says = first.map_or_else(
            || "Nothing: none of its five situations holds.".to_owned(),
            |one| format!("{} {}", one.situation, one.advice),
        );
        let applied = first.map(|one| one.rule);
        let cheapest = match conclusion {
            Conclusion::Cheapest(cheapest) => cheapest,
            Conclusion::Withheld(_) => {
                return Ok(Decision {
                    applied,
                    guide_says,
                    figures_say: conclusion.withheld().unwrap_or_default(),
                    agreement: Agreement::Withheld,
                    because:
                        "StitchFlow's advice cannot be compared with figures that are in doubt."
                            .to_owned(),
                    break_evens: Vec::new(),
                    measured: String::new(),
                    source: GUIDE,
                    situations,
                });
            }
        };
        let (agreement, because) = match first {
            None => (
                Agreement::NoAdvice,
                "None of the situations in StitchFlow's guide holds, so the figures stand alone."
                    .to_owned(),
            ),
            Some(one) if one.alternative == cheapest.alternative => (
                Agreement::Agree,
                "StitchFlow's guide advises what is also the cheapest alternative by the figures."
                    .to_owned(),
            ),
            Some(one) if cheapest.unpriced.contains(&one.alternative) => (
                Agreement::CannotTell,
                without_price(comparison, one.alternative),
            ),
            Some(one) => (Agreement::Differ, differ(comparison, one)),
        };
        let NearestBreakEven { points, measured } = nearest_break_even(context, comparison)?;
        Ok(Decision {
            applied,
            guide_says,
            figures_say: figures(comparison)?,
            agreement,
            because,
            break_evens: points,
            measured,
            source: GUIDE,
            situations,
        })
    }
}

impl Decision {
    /// Whether the figures name an alternative.
    pub(crate) fn names_the_cheapest(&self) -> bool {
        self.agreement != Agreement::Withheld
    }
}

/// What the figures say, plainly, also when they are for manual work.
fn figures(comparison: &Comparison) -> Result<String, MoneyError> {
    let cheapest = &comparison.leader;
    let certainty = if cheapest.certain {
        " across all ranges".to_owned()
    } else {
        format!(", but not for certain: {}", rivals(comparison).join("; "))
    };
    let unpriced: Vec<_> = cheapest
        .unpriced
        .iter()
        .map(|alternative| alternative.label())
        .collect();
    let unpriced = if unpriced.is_empty() {
        String::new()
    } else {
        format!(" No price is known for: {}.", unpriced.join(", "))
    };
    let compared = match cheapest.alternative {
        Alternative::Manual => runner_up(comparison)?.map(|(label, net)| {
            format!(
                "Manual work is the cheapest alternative in the first year{certainty}. The next is {label}, which {net}."
            )
        }),
        alternative => comparison.of_alternative(alternative).map(|one| {
            format!(
                "{} is the cheapest alternative in the first year{certainty}. It {} against manual work.",
                one.label,
                in_words(&one.net)
            )
        }),
    };
    let compared =
        compared.unwrap_or_else(|| "No alternative to manual work has a price.".to_owned());
    // What Guard saves is then shown too low, so an alternative without it leads by less than it seems.
    let bound = if comparison.is_counted_with_scim && !cheapest.alternative.is_native() {
        " That holds while dropping the SCIM that is in use leaves no more accounts and seats behind than are counted \
         today. Each further one speaks for Guard."
    } else {
        ""
    };
    Ok(format!("{compared}{bound}{unpriced}"))
}

/// Why the order is not certain: ranges that reach past the cheapest alternative, and what has no price.
fn rivals(comparison: &Comparison) -> Vec<String> {
    let rivals = &comparison.leader.rivals;
    let (mut ranges, mut lacking, mut missing) = (Vec::new(), Vec::new(), Vec::new());
    for one in rivals
        .iter()
        .filter_map(|alternative| comparison.of_alternative(*alternative))
    {
        if one.net.is_complete() {
            ranges.push(one.alternative.in_words());
        } else {
            lacking.push(one.alternative.in_words());
            missing = one.net.missing().to_vec();
        }
    }
    let mut reasons = Vec::new();
    if !ranges.is_empty() {
        reasons.push(match ranges.as_slice() {
            [one] => format!("the range of {one} overlaps"),
            several => format!("the ranges of {} overlap", listed(several)),
        });
    }
    if !lacking.is_empty() {
        reasons.push(format!(
            "part of what {} would save has no price ({})",
            listed(&lacking),
            missing.join("; ")
        ));
    }
    reasons
}

/// `a`, `a and b`, `a, b and c`.
fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The best alternative to manual work, by the middle of what it saves, as everywhere else.
fn runner_up(comparison: &Comparison) -> Result<Option<(&str, String)>, MoneyError> {
    Ok(comparison
        .best_but(&[Alternative::Manual])?
        .map(|one| (one.label.as_str(), in_words(&one.net))))
}

fn without_price(comparison: &Comparison, alternative: Alternative) -> String {
    let ceiling = comparison
        .ceilings
        .iter()
        .find(|ceiling| ceiling.against == comparison.leader.alternative)
        .filter(|_| alternative == Alternative::ThirdParty);
    let Some(ceiling) = ceiling else {
        return format!("{} has no price.", alternative.label());
    };
    let other = ceiling.other();
    match ceiling.asking() {
        Asking::LessThan(range) => format!(
            "The third party has no price. Against {other} it is worth up to {} a year.",
            range.whole()
        ),
        Asking::AtBestLessThan { most, .. } => format!(
            "The third party has no price. Against {other} it is worth up to {} a year at best, and nothing at \
             worst.",
            most.whole()
        ),
        Asking::AtLeast { least, .. } => format!(
            "The third party has no price. Against {other} it is worth at least {} a year.",
            least.whole()
        ),
        Asking::Nothing { dearer } => format!(
            "The third party has no price. Even free of charge it would cost {} more a year than {other}.",
            dearer.whole()
        ),
        Asking::CannotTell { missing } => format!(
            "The third party has no price. What it is worth against {other} cannot be told: {}.",
            missing.join("; ")
        ),
    }
}

fn differ(comparison: &Comparison, advised: &Situation) -> String {
    let cheapest = &comparison.leader;
    match comparison.of_alternative(advised.alternative) {
        Some(one) => format!(
            "StitchFlow's guide goes by the situation, the figures go by cost. Against manual work, {} {}. The cheapest \
             alternative is {}{}.",
            one.alternative.in_words(),
            in_words(&one.net),
            cheapest.alternative.in_words(),
            if cheapest.certain {
                ""
            } else {
                ", though not for certain"
            }
        ),
        None => format!("{} is cheaper.", cheapest.label),
    }
}

#[cfg(test)]
mod tests {
    use super::{Agreement, Conclusion, Decision, Rule};
    use crate::model::alternative::Alternative;
    use crate::model::alternatives::comparison::Comparison;
    use crate::model::fixtures::{Case, organisation, range, usd};
    use crate::model::inputs::facts::{Facts, GuardHeld};
    use crate::money::Cost;

    fn decide(facts: Facts) -> Decision {
        let case = Case::of(facts);
        let context = case.context();
        let comparison = Comparison::of(&context).unwrap();
        let conclusion = Conclusion::of(&comparison.leader, &[]);
        Decision::of(&context, &comparison, &conclusion).unwrap()
    }

    #[test]
    fn manual_is_named_when_it_is_cheaper_and_the_guide_says_otherwise() {
        let found = decide(organisation());
        assert_eq!(found.applied, Some(Rule::NeedsScim));
        assert_eq!(found.agreement, Agreement::CannotTell);
        assert!(
            found
                .figures_say
                .starts_with(
                    "Manual work is the cheapest alternative in the first year across all ranges. The next is"
                )
        );
        assert!(
            found
                .because
                .contains("Against manual work it is worth up to"),
            "{}",
            found.because
        );
    }

    #[test]
    fn the_next_is_the_one_whose_middle_saves_most() {
        // Guard at $0.01–10: 450 × 12 × 0.01 = 54 to 54,000, so its best case is the better one and its middle is not.
        let facts = organisation();
        let mut case = Case::of(facts);
        let inputs = &mut case.inputs;
        inputs.fees.standard.cost = Cost::from(range("54", "54000"));
        inputs.fees.third_party.cost = Cost::from(usd("20000"));
        inputs.fees.third_party_set_up.cost = Cost::from(usd("0"));
        let comparison = Comparison::of(&case.context()).unwrap();
        assert_eq!(comparison.leader.alternative, Alternative::Manual);
        let high = |alternative| {
            comparison
                .of_alternative(alternative)
                .unwrap()
                .net
                .high()
                .unwrap()
                .amount()
        };
        assert!(high(Alternative::GuardStandard) > high(Alternative::ThirdParty));
        let said = super::figures(&comparison).unwrap();
        assert!(
            said.contains("The next is Third party, which costs"),
            "{said}"
        );
    }

    #[test]
    fn each_situation_of_the_guide_applies_to_its_facts() {
        let mut facts = organisation();
        facts.main_products = 3;
        assert_eq!(decide(facts.clone()).applied, Some(Rule::ManyProducts));
        facts.headcount.count = 60;
        facts.people_left = Some(5);
        let small = decide(facts.clone());
        assert_eq!(small.applied, Some(Rule::SmallAndSteady));
        facts.guard_held = GuardHeld::Standard;
        let held = decide(facts.clone());
        assert_eq!(held.applied, Some(Rule::HoldsStandard));
        facts.needs_premium = true;
        let premium = decide(facts.clone());
        assert_eq!(premium.applied, Some(Rule::NeedsPremium));
        assert_eq!(premium.agreement, Agreement::Differ);
        assert!(
            premium
                .because
                .starts_with("StitchFlow's guide goes by the situation")
        );
        facts.needs_premium = false;
        facts.needs_scim = false;
        facts.guard_held = GuardHeld::None;
        facts.people_left = None;
        facts.main_products = 1;
        let none = decide(facts);
        assert_eq!((none.applied, none.agreement), (None, Agreement::NoAdvice));
        assert_eq!(none.situations[2].holds, None);
    }
}
