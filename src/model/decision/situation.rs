//! The guide's five situations, each held against the facts.

use serde::Serialize;

use crate::domain::text::grouped;
use crate::model::alternative::Alternative;
use crate::model::alternatives::describe::Context;
use crate::model::assumptions::assumption::Name;
use crate::model::basis::Basis;
use crate::model::inputs::facts::GuardHeld;
use crate::money::{MoneyError, Number};
use crate::named::named;

named! {
    /// A situation of the guide, in the order in which they are tried.
    Rule, situation, advice {
        NeedsPremium = "needs-premium-features",
            "Features of Guard Premium are needed in any case.",
            "Consider Guard Premium: SCIM comes with it.";
        HoldsStandard = "holds-guard-already",
            "Guard is paid for already, and a SCIM key can be renewed each year.",
            "Use Atlassian's SCIM: it is already paid for.";
        SmallAndSteady = "small-team-low-turnover",
            "The team is small and few people leave.",
            "Manual work may be enough. Check again when the team grows.";
        ManyProducts = "many-products",
            "Jira, Confluence and Jira Service Management are all in use.",
            "Use a third party to avoid Guard's count of users and its SCIM keys.";
        NeedsScim = "needs-scim-without-guard",
            "SCIM is wanted and there is no Guard subscription.",
            "Use a third party to avoid Guard's fee for each user.";
    }
}

impl Rule {
    const fn alternative(self, held: GuardHeld) -> Alternative {
        match self {
            Rule::NeedsPremium => Alternative::GuardPremium,
            Rule::HoldsStandard => match held {
                GuardHeld::Premium => Alternative::GuardPremium,
                _ => Alternative::GuardStandard,
            },
            Rule::SmallAndSteady => Alternative::Manual,
            Rule::ManyProducts | Rule::NeedsScim => Alternative::ThirdParty,
        }
    }
}

/// A fact that a rule looked at.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct FactUsed {
    pub(crate) name: &'static str,
    /// The fact in words: `small team: up to 100 people`.
    pub(crate) words: String,
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
    pub(crate) alternative: Alternative,
    /// `None` when a fact that it needs is not known.
    pub(crate) holds: Option<bool>,
    pub(crate) facts: Vec<FactUsed>,
}

pub(crate) fn situation(context: &Context<'_>, rule: Rule) -> Result<Situation, MoneyError> {
    let facts = context.facts;
    let stated = |name, value: String, words: String| FactUsed {
        name,
        value,
        words,
        basis: Basis::Configured,
        source: "seatledger.toml, or its default".to_owned(),
    };
    let held = facts.guard_held.label();
    let held = stated("guard held", held.to_owned(), format!("Guard held: {held}"));
    let needs_scim = stated(
        "needs SCIM",
        facts.needs_scim.to_string(),
        format!("SCIM needed: {}", yes_or_no(facts.needs_scim)),
    );
    let (holds, facts_used) = match rule {
        Rule::NeedsPremium => (
            Some(facts.needs_premium),
            vec![stated(
                "needs premium",
                facts.needs_premium.to_string(),
                format!(
                    "Guard Premium features needed: {}",
                    yes_or_no(facts.needs_premium)
                ),
            )],
        ),
        Rule::HoldsStandard => {
            let holds = facts.guard_held != GuardHeld::None && facts.needs_scim;
            (Some(holds), vec![held, needs_scim])
        }
        Rule::NeedsScim => {
            // Who has nobody on the Guard bill, since the plans include it, need not avoid its fee.
            let count = facts.standard_count();
            let holds =
                facts.guard_held == GuardHeld::None && facts.needs_scim && count.at_most > 0;
            let mut used = vec![held, needs_scim];
            if count.at_most == 0 {
                used.push(FactUsed {
                    name: "accounts that Guard Standard would bill",
                    value: count.text(),
                    words: format!(
                        "accounts that Guard Standard would bill: {}",
                        count.grouped()
                    ),
                    basis: facts.count_basis(),
                    source: facts
                        .accounts
                        .as_ref()
                        .map_or(&facts.headcount.source, |accounts| &accounts.source)
                        .clone(),
                });
            }
            (Some(holds), used)
        }
        Rule::SmallAndSteady => small_and_steady(context)?,
        Rule::ManyProducts => {
            let from = context.assumptions.value(Name::ManyProductsFrom);
            let known = facts.accounts.is_some();
            let holds = known.then(|| Number::from(facts.main_products) >= from);
            let products = FactUsed {
                name: "of Jira, Confluence and Jira Service Management in use",
                words: if known {
                    format!("{} of these products in use", facts.main_products)
                } else {
                    "products in use: not known".to_owned()
                },
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
                vec![products, limit(context, Name::ManyProductsFrom)?],
            )
        }
    };
    Ok(Situation {
        rule,
        situation: rule.situation(),
        advice: rule.advice(),
        alternative: rule.alternative(facts.guard_held),
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
            words: format!("headcount: {}", grouped(people.count)),
            basis: people.basis,
            source: people.source.clone(),
        },
        limit(context, Name::SmallTeamLimit)?,
        FactUsed {
            name: "leavers in the directory for each person present",
            value: left.map_or("not known".to_owned(), |share| share.rounded(3).plain()),
            words: match left {
                Some(share) => format!("leavers: {}% of the headcount", percent(share)?),
                None => "leavers: not known".to_owned(),
            },
            basis: Basis::Measured,
            source: "the directory, whatever time its leavers go back".to_owned(),
        },
        limit(context, Name::LowTurnoverLimit)?,
    ];
    let holds = match (small, steady) {
        (false, _) | (_, Some(false)) => Some(false),
        (true, steady) => steady,
    };
    Ok((holds, used))
}

/// A limit of the rules, with its name in words: `small team: up to 100 people`.
fn limit(context: &Context<'_>, name: Name) -> Result<FactUsed, MoneyError> {
    let value = context.assumptions.value(name);
    let plain = value.plain();
    Ok(FactUsed {
        name: name.as_str(),
        words: match name {
            Name::SmallTeamLimit => format!("small team: up to {plain} people"),
            Name::LowTurnoverLimit => format!("low turnover: up to {}%", percent(value)?),
            Name::ManyProductsFrom => format!("many products: from {plain}"),
            _ => format!("{}: {plain}", name.as_str().replace('_', " ")),
        },
        value: plain,
        basis: context.assumptions.basis(name),
        source: context.assumptions.sources(&[name]),
    })
}

/// A share in per cent, to a tenth: `6.5`.
fn percent(share: Number) -> Result<String, MoneyError> {
    Ok(share.times(Number::HUNDRED)?.rounded(1).plain())
}

const fn yes_or_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}
