//! The decision: the guide's five situations as rules over facts, what the figures say, and what would turn the answer.
//!
//! The guide (reference: "Atlassian SCIM guide", StitchFlow, 2026-01-11) is written by a vendor of the third way, so
//! its advice is shown beside the figures and never in their place. It gives no order for situations that hold at
//! once; here the one that leaves least to choose comes first.

use serde::Serialize;

use super::alternatives::{Alternative, Comparison};
use super::assumption::Name;
use super::describe::Context;
use super::engine::Way;
use super::facts::GuardHeld;
use super::figure::Basis;
use super::span::negated;
use super::turning::Turning;
use crate::money::{Cost, MoneyError, Number};

/// Where the five situations are stated.
const GUIDE: &str =
    "Atlassian SCIM guide, stitchflow.com/scim/atlassian, 2026-01-11: \"The decision\"";

/// A situation of the guide, in the order in which they are tried.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Rule {
    NeedsPremium,
    HoldsStandard,
    SmallAndSteady,
    ManyProducts,
    NeedsScim,
}

impl Rule {
    pub(crate) const ALL: [Rule; 5] = [
        Rule::NeedsPremium,
        Rule::HoldsStandard,
        Rule::SmallAndSteady,
        Rule::ManyProducts,
        Rule::NeedsScim,
    ];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Rule::NeedsPremium => "needs-premium-features",
            Rule::HoldsStandard => "holds-guard-already",
            Rule::SmallAndSteady => "small-team-low-turnover",
            Rule::ManyProducts => "many-products",
            Rule::NeedsScim => "needs-scim-without-guard",
        }
    }

    const fn situation(self) -> &'static str {
        match self {
            Rule::NeedsPremium => {
                "Features of Guard Premium are needed, whatever becomes of provisioning."
            }
            Rule::HoldsStandard => {
                "Guard is paid for already, and a SCIM key can be renewed each year."
            }
            Rule::SmallAndSteady => "The team is small and few people leave it.",
            Rule::ManyProducts => {
                "Jira, Confluence and Jira Service Management are run side by side."
            }
            Rule::NeedsScim => "SCIM is wanted and there is no Guard subscription.",
        }
    }

    const fn advice(self) -> &'static str {
        match self {
            Rule::NeedsPremium => "Look at Guard Premium: SCIM comes along with it.",
            Rule::HoldsStandard => "Use Atlassian's own SCIM, since it is in what is paid.",
            Rule::SmallAndSteady => "Work by hand may do; think again when the team grows.",
            Rule::ManyProducts => "Take a third party, to be rid of Guard's counting and its keys.",
            Rule::NeedsScim => "Take a third party, to avoid Guard's fee for every user.",
        }
    }

    const fn way(self, held: GuardHeld) -> Way {
        match self {
            Rule::NeedsPremium => Way::GuardPremium,
            Rule::HoldsStandard => match held {
                GuardHeld::Premium => Way::GuardPremium,
                _ => Way::GuardStandard,
            },
            Rule::SmallAndSteady => Way::Manual,
            Rule::ManyProducts | Rule::NeedsScim => Way::ThirdParty,
        }
    }
}

impl Serialize for Rule {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// A fact that a rule looked at.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct FactUsed {
    pub(crate) name: &'static str,
    pub(crate) value: String,
    pub(crate) basis: Basis,
    pub(crate) source: String,
}

/// One of the guide's situations, held against the facts.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Situation {
    pub(crate) rule: Rule,
    pub(crate) situation: &'static str,
    pub(crate) advice: &'static str,
    pub(crate) way: Way,
    /// `None` when a fact that it needs is not known.
    pub(crate) holds: Option<bool>,
    pub(crate) facts: Vec<FactUsed>,
}

/// Whether the guide and the figures point the same way.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Agreement {
    Agree,
    Differ,
    /// What the guide advises has no price.
    CannotTell,
    /// No situation of the guide holds.
    NoAdvice,
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
    /// The nearest turning points, at most one for each alternative.
    pub(crate) would_change: Vec<Turning>,
    pub(crate) source: &'static str,
}

impl Decision {
    /// # Errors
    /// `TooLarge`, `DivisionByZero`.
    pub(crate) fn of(
        context: &Context<'_>,
        comparison: &Comparison,
        turning: &[Turning],
    ) -> Result<Decision, MoneyError> {
        let mut situations = Vec::with_capacity(Rule::ALL.len());
        for rule in Rule::ALL {
            situations.push(situation(context, rule)?);
        }
        let first = situations.iter().find(|one| one.holds == Some(true));
        let cheapest = &comparison.cheapest;
        let (agreement, because) = match first {
            None => (
                Agreement::NoAdvice,
                "None of the guide's situations holds, so the figures stand alone.".to_owned(),
            ),
            Some(one) if one.way == cheapest.way => (
                Agreement::Agree,
                "The guide's advice is also the cheapest way by the figures.".to_owned(),
            ),
            Some(one) if cheapest.unpriced.contains(&one.way) => {
                (Agreement::CannotTell, without_price(comparison, one.way))
            }
            Some(one) => (Agreement::Differ, differ(comparison, one)),
        };
        let guide_says = first.map_or_else(
            || "Nothing: none of its five situations holds.".to_owned(),
            |one| format!("{} {}", one.situation, one.advice),
        );
        let mut would_change: Vec<Turning> = Vec::new();
        for point in turning {
            let told = would_change.iter().any(|one| one.way == point.way);
            if point.distance.is_some() && !told {
                would_change.push(point.clone());
            }
        }
        Ok(Decision {
            applied: first.map(|one| one.rule),
            guide_says,
            figures_say: figures(comparison),
            agreement,
            because,
            would_change,
            source: GUIDE,
            situations,
        })
    }
}

fn situation(context: &Context<'_>, rule: Rule) -> Result<Situation, MoneyError> {
    let facts = context.facts;
    let stated = |name, value: String| FactUsed {
        name,
        value,
        basis: Basis::Configured,
        source: "seatledger.toml, or its default".to_owned(),
    };
    let held = stated("guard held", word(facts.guard_held).to_owned());
    let (holds, facts_used) = match rule {
        Rule::NeedsPremium => (
            Some(facts.needs_premium),
            vec![stated("needs premium", facts.needs_premium.to_string())],
        ),
        Rule::HoldsStandard => {
            let holds = facts.guard_held != GuardHeld::None && facts.needs_scim;
            (
                Some(holds),
                vec![held, stated("needs SCIM", facts.needs_scim.to_string())],
            )
        }
        Rule::NeedsScim => {
            let holds = facts.guard_held == GuardHeld::None && facts.needs_scim;
            (
                Some(holds),
                vec![held, stated("needs SCIM", facts.needs_scim.to_string())],
            )
        }
        Rule::SmallAndSteady => small_and_steady(context)?,
        Rule::ManyProducts => {
            let from = context.assumptions.value(Name::ManyProductsFrom);
            let known = facts.accounts.is_some();
            let holds = known.then(|| Number::from(facts.main_products) >= from);
            let products = FactUsed {
                name: "of Jira, Confluence and Jira Service Management in use",
                value: if known {
                    facts.main_products.to_string()
                } else {
                    "not known".to_owned()
                },
                basis: Basis::Measured,
                source: facts
                    .accounts
                    .as_ref()
                    .map_or("no Atlassian export", |accounts| &accounts.source)
                    .to_owned(),
            };
            (
                holds,
                vec![products, limit(context, Name::ManyProductsFrom)],
            )
        }
    };
    Ok(Situation {
        rule,
        situation: rule.situation(),
        advice: rule.advice(),
        way: rule.way(facts.guard_held),
        holds,
        facts: facts_used,
    })
}

fn small_and_steady(context: &Context<'_>) -> Result<(Option<bool>, Vec<FactUsed>), MoneyError> {
    let facts = context.facts;
    let people = &facts.headcount;
    let small = Number::from(people.count) <= context.assumptions.value(Name::SmallTeamLimit);
    let left = match facts.people_left {
        Some(left) if people.count > 0 => Some(Number::from(left).divided_by(people.count)?),
        _ => None,
    };
    let steady = left.map(|share| share <= context.assumptions.value(Name::LowTurnoverLimit));
    let used = vec![
        FactUsed {
            name: "headcount",
            value: people.count.to_string(),
            basis: people.basis,
            source: people.source.clone(),
        },
        limit(context, Name::SmallTeamLimit),
        FactUsed {
            name: "leavers in the directory for each person present",
            value: left.map_or("not known".to_owned(), |share| share.rounded(3).plain()),
            basis: Basis::Measured,
            source: "the directory, whatever time its leavers go back".to_owned(),
        },
        limit(context, Name::LowTurnoverLimit),
    ];
    let holds = match (small, steady) {
        (false, _) | (_, Some(false)) => Some(false),
        (true, steady) => steady,
    };
    Ok((holds, used))
}

fn limit(context: &Context<'_>, name: Name) -> FactUsed {
    FactUsed {
        name: name.as_str(),
        value: context.assumptions.value(name).plain(),
        basis: context.assumptions.basis(name),
        source: context.assumptions.sources(&[name]),
    }
}

const fn word(held: GuardHeld) -> &'static str {
    match held {
        GuardHeld::None => "none",
        GuardHeld::Standard => "Guard Standard",
        GuardHeld::Premium => "Guard Premium",
    }
}

/// What the figures say, plainly, also when they are for work by hand.
fn figures(comparison: &Comparison) -> String {
    let cheapest = &comparison.cheapest;
    let certainty = if cheapest.certain {
        "whatever the ranges turn out to be".to_owned()
    } else {
        let rivals: Vec<_> = cheapest.rivals.iter().map(|way| way.label()).collect();
        format!(
            "but not for certain: the range of {} reaches past it",
            rivals.join(" and ")
        )
    };
    let unpriced: Vec<_> = cheapest.unpriced.iter().map(|way| way.label()).collect();
    let unpriced = if unpriced.is_empty() {
        String::new()
    } else {
        format!(" No price is known for: {}.", unpriced.join(", "))
    };
    let compared = match cheapest.way {
        Way::Manual => runner_up(comparison).map(|(label, net)| {
            format!(
                "Work by hand is the cheapest way in the first year, {certainty}. The next is {label}, which {net}."
            )
        }),
        way => comparison.of_way(way).map(|one| {
            format!(
                "{} is the cheapest way in the first year, {certainty}. It {} against work by hand.",
                one.label,
                saves(&one.net)
            )
        }),
    };
    let compared =
        compared.unwrap_or_else(|| "No alternative to work by hand has a price.".to_owned());
    format!("{compared}{unpriced}")
}

/// The best alternative to work by hand.
fn runner_up(comparison: &Comparison) -> Option<(&str, String)> {
    let priced = |one: &&Alternative| one.way != Way::Manual && one.is_priced();
    let nets = comparison.alternatives.iter().filter(priced);
    nets.filter_map(|one| Some((one, one.net.known()?)))
        .max_by_key(|(_, net)| net.high().amount())
        .map(|(one, _)| (one.label.as_str(), saves(&one.net)))
}

/// `saves $2,000–3,000`, `costs $10,476–16,476 more`, `saves -$500 to $300`.
fn saves(net: &Cost) -> String {
    match (net, negated(net)) {
        (Cost::Known { range }, Ok(more)) if range.high().is_negative() => {
            format!("costs {} more", more.whole())
        }
        _ => format!("saves {}", net.whole()),
    }
}

fn without_price(comparison: &Comparison, way: Way) -> String {
    let ceiling = comparison
        .ceilings
        .iter()
        .find(|ceiling| ceiling.against == comparison.cheapest.way)
        .filter(|_| way == Way::ThirdParty);
    match ceiling.and_then(|one| one.annual.known()) {
        Some(range) if range.high().is_negative() => format!(
            "The third party has no price; even for nothing it would not beat {}.",
            comparison.cheapest.way.in_words()
        ),
        Some(range) => format!(
            "The third party has no price. It would have to ask less than {} a year to beat {}.",
            range.whole(),
            comparison.cheapest.way.in_words()
        ),
        None => format!("{} has no price.", way.label()),
    }
}

fn differ(comparison: &Comparison, advised: &Situation) -> String {
    let cheapest = &comparison.cheapest;
    match comparison.of_way(advised.way) {
        Some(one) => format!(
            "The guide goes by the situation, the figures by cost: against work by hand {} {}, and {} is the cheapest.",
            one.way.in_words(),
            saves(&one.net),
            cheapest.way.in_words()
        ),
        None => format!("{} is cheaper.", cheapest.label),
    }
}

#[cfg(test)]
mod tests {
    use super::{Agreement, Decision, Rule};
    use crate::model::alternatives::Comparison;
    use crate::model::facts::{Facts, GuardHeld};
    use crate::model::fixtures::{Case, organisation};
    use crate::model::turning;

    fn decide(facts: Facts) -> Decision {
        let case = Case::of(facts);
        let context = case.context();
        let comparison = Comparison::of(&context).unwrap();
        let turning = turning::points(&context).unwrap();
        Decision::of(&context, &comparison, &turning).unwrap()
    }

    #[test]
    fn manual_is_named_when_it_is_cheaper_and_the_guide_says_otherwise() {
        let found = decide(organisation());
        assert_eq!(found.applied, Some(Rule::NeedsScim));
        assert_eq!(found.agreement, Agreement::CannotTell);
        assert!(
            found
                .figures_say
                .starts_with("Work by hand is the cheapest way")
        );
        assert!(
            found.because.contains("would have to ask less than"),
            "{}",
            found.because
        );
        assert_eq!(found.would_change.len(), 2);
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
                .starts_with("The guide goes by the situation")
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
