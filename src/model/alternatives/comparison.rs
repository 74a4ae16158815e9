//! The comparison of the first year: each alternative with its components, its total, and its net against manual work
//! and against today, as the list of figures has them (see `years`).

use serde::Serialize;

use super::ceiling::{Ceiling, ceilings};
use super::cheapest::{Cheapest, cheapest};
use super::describe::Context;
use super::remaining::{RemainingCost, remaining};
use crate::model::alternative::Alternative;
use crate::model::basis::Basis;
use crate::model::component::{Component, ComponentKind};
use crate::model::inputs::facts::{GuardHeld, ThirdPartyPrice};
use crate::model::inputs::fees::Inputs;
use crate::model::inputs::provider::Provisioning;
use crate::model::span::middle;
use crate::model::years::{AlternativeFigures, Years, is_left_by_scim, today};
use crate::money::{Cost, Money, MoneyError};
use crate::named::named;

named! {
    /// What an alternative means to an organisation that pays for Guard already.
    Move, label {
        /// What is done today.
        Keep = "keep", "keep";
        /// Something is paid for that is not paid today.
        Start = "start", "start";
        /// Guard Premium in the place of Standard.
        Up = "move-up", "move up";
        /// Guard Standard in the place of Premium.
        Down = "move-down", "move down";
        /// Guard is no longer paid for.
        DropGuard = "drop-guard", "drop Guard";
    }
}

/// One alternative in its first year.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct AlternativeCost {
    pub(crate) alternative: Alternative,
    pub(crate) label: String,
    pub(crate) step: Move,
    pub(crate) components: Vec<Component>,
    /// Once and yearly components together.
    pub(crate) first_year: Cost,
    pub(crate) once: Cost,
    pub(crate) yearly: Cost,
    /// What it saves against manual work without Guard in the first year; negative where it costs more.
    pub(crate) net: Cost,
    /// The same against what is done and paid today; the net where no Guard is held.
    pub(crate) net_against_today: Cost,
    pub(crate) basis: Basis,
    pub(crate) source: String,
    /// What it leaves of the manual cost, by cause.
    pub(crate) remaining: Vec<RemainingCost>,
}

impl AlternativeCost {
    /// The net where it is known, as money in the middle of its range.
    pub(crate) fn middle_net(&self) -> Result<Option<Money>, MoneyError> {
        let known = self.net.known().filter(|_| self.is_priced());
        known.map(middle).transpose()
    }

    /// Whether every fee has a price. A manual cost that lacks a price is on both sides and does not matter.
    pub(crate) fn is_priced(&self) -> bool {
        let mut fees = self.components.iter().filter(|one| one.kind.is_fee());
        fees.all(|one| one.cost.is_complete())
    }
}

/// All alternatives of the first year.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Comparison {
    pub(crate) alternatives: Vec<AlternativeCost>,
    /// The cheapest by the figures alone; others learn of it from the model's `Conclusion`.
    #[serde(skip)]
    pub(crate) leader: Cheapest,
    /// What a third party may cost, set-up fee excluded.
    pub(crate) ceilings: Vec<Ceiling>,
    /// Whether accounts and seats were counted with SCIM in use: then what dropping Guard saves is at most that.
    #[serde(skip)]
    pub(crate) is_counted_with_scim: bool,
    pub(crate) notes: Vec<String>,
}

impl Comparison {
    /// # Errors
    /// `CurrencyMismatch`, `TooLarge`, `DivisionByZero`.
    pub(crate) fn of(context: &Context<'_>) -> Result<Comparison, MoneyError> {
        let years = Years::first(context.inputs, context.values);
        let alternatives = years
            .alternatives
            .iter()
            .map(|one| alternative(context, &years, one))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Comparison {
            leader: cheapest(&alternatives, context)?,
            ceilings: ceilings(context, &years)?,
            notes: notes(context),
            is_counted_with_scim: is_counted_with_scim(context.inputs),
            alternatives,
        })
    }

    /// Whether Guard is paid for already: the question then is to keep it, to drop it or to move up.
    pub(crate) fn is_guard_held(&self) -> bool {
        let manual = self.of_alternative(Alternative::Manual);
        manual.is_some_and(|one| one.step == Move::DropGuard)
    }

    /// The alternative that saves most, by the middle of its range, of all that have a price but some.
    ///
    /// # Errors
    /// `TooLarge`.
    pub(crate) fn best_but(
        &self,
        left_out: &[Alternative],
    ) -> Result<Option<&AlternativeCost>, MoneyError> {
        let mut best: Option<(&AlternativeCost, Money)> = None;
        for one in &self.alternatives {
            if let Some(net) = one
                .middle_net()?
                .filter(|_| !left_out.contains(&one.alternative))
                && best.is_none_or(|(_, most)| net.amount() > most.amount())
            {
                best = Some((one, net));
            }
        }
        Ok(best.map(|(one, _)| one))
    }

    pub(crate) fn of_alternative(&self, alternative: Alternative) -> Option<&AlternativeCost> {
        self.alternatives
            .iter()
            .find(|one| one.alternative == alternative)
    }
}

fn alternative(
    context: &Context<'_>,
    years: &Years,
    one: &AlternativeFigures,
) -> Result<AlternativeCost, MoneyError> {
    let components = one
        .first
        .components
        .iter()
        .map(|(kind, id)| context.component(years, &one.first, *kind, &years.cost(*id)))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(AlternativeCost {
        alternative: one.alternative,
        label: one.alternative.label().to_owned(),
        step: step(one.alternative, context.inputs.held),
        first_year: years.cost(one.sums.total),
        once: years.cost(one.sums.once),
        yearly: years.cost(one.sums.yearly),
        net: years.cost(one.sums.net),
        net_against_today: years.cost(one.net_against_today),
        basis: Basis::weakest(components.iter().map(|one| one.basis)),
        source: "the sum of its components".to_owned(),
        remaining: remaining(context, years, &one.first, &components)?,
        components,
    })
}

const fn step(alternative: Alternative, held: GuardHeld) -> Move {
    match (alternative, held) {
        (Alternative::Manual, GuardHeld::None)
        | (Alternative::GuardStandard, GuardHeld::Standard)
        | (Alternative::GuardPremium, GuardHeld::Premium) => Move::Keep,
        (_, GuardHeld::None) => Move::Start,
        (Alternative::GuardPremium, GuardHeld::Standard) => Move::Up,
        (Alternative::GuardStandard, GuardHeld::Premium) => Move::Down,
        (Alternative::Manual | Alternative::ThirdParty, _) => Move::DropGuard,
        (Alternative::Enterprise, _) => Move::Start,
    }
}

/// Whether accounts or seats were counted while SCIM ran, so that manual work without it would cost more.
fn is_counted_with_scim(inputs: &Inputs) -> bool {
    let kinds = [
        ComponentKind::UnusedLicences,
        ComponentKind::ComplianceMisses,
    ];
    kinds
        .iter()
        .any(|kind| is_left_by_scim(today(inputs), *kind, inputs))
}

fn notes(context: &Context<'_>) -> Vec<String> {
    let facts = context.facts;
    let mut notes = Vec::new();
    if facts.accounts.is_none() {
        notes.push(
            "There is no Atlassian export, so the Guard fee is for everybody in the directory."
                .to_owned(),
        );
    } else if facts.orphaned().is_none() {
        notes.push("There is no directory, so nobody can be called a leaver: the number of orphaned accounts is the benchmark's for this headcount.".to_owned());
    }
    match facts.provider.provisioning {
        Provisioning::Full => {}
        Provisioning::JustInTime => notes.push(format!(
            "{} provisions just in time: it removes no account and prevents no compliance miss.",
            facts.provider.name
        )),
        Provisioning::UsersOnly => notes.push(format!(
            "{} syncs users and no groups.",
            facts.provider.name
        )),
        Provisioning::NotKnown => notes.push(facts.provider.note.clone()),
    }
    if let Some(free) = &facts.provider.without_guard {
        notes.push(format!("{}: {free}.", facts.provider.name));
    }
    if facts.bills.is_some() {
        notes.push("Unused seats are valued at today's prices. Under Jira Enterprise a freed Jira seat saves that plan's price, and nothing below its minimum of users.".to_owned());
    }
    if is_counted_with_scim(context.inputs) {
        notes.push(
            "SCIM is in use: the orphaned accounts and leavers' seats counted today are what it leaves. Manual work \
             without SCIM would cost more than is shown, so dropping Guard saves at most what is shown."
                .to_owned(),
        );
    }
    notes
        .push("Guard fees are for today's count, which includes the leavers' accounts.".to_owned());
    if matches!(&facts.third_party, Some(quote) if matches!(quote.price, ThirdPartyPrice::PerUserMonth(_)))
    {
        notes.push(
            "The third party's price per user is charged for each person of the headcount."
                .to_owned(),
        );
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::{AlternativeCost, Comparison, Move};
    use crate::model::alternative::Alternative;
    use crate::model::component::ComponentKind;
    use crate::model::fixtures::{Case, benchmark_facts, on_paper, organisation, usd};
    use crate::model::inputs::facts::{Facts, GuardHeld, ThirdPartyPrice, ThirdPartyQuote};
    use crate::money::Cost;

    fn compare(facts: Facts) -> Comparison {
        Comparison::of(&Case::of(facts).context()).unwrap()
    }

    #[test]
    fn guard_standard_on_paper() {
        // fee 18,000–24,000; set-up 20 × 60.25 = 1,205; key 120.50; review 482
        // left: half of 2,338 = 1,169; a quarter of 5,784 = 1,446; no miss. Avoided: 1,169 + 4,338 + 3,825 = 9,332
        let all = compare(on_paper());
        let guard = all.of_alternative(Alternative::GuardStandard).unwrap();
        let of = |kind| {
            let one = guard.components.iter().find(|one| one.kind == kind);
            one.unwrap().cost.grouped()
        };
        assert_eq!(of(ComponentKind::GuardStandardFee), "$18,000.00–24,000.00");
        assert_eq!(of(ComponentKind::SetUp), "$1,205.00");
        assert_eq!(of(ComponentKind::KeyRotation), "$120.50");
        assert_eq!(of(ComponentKind::AccessReview), "$482.00");
        assert_eq!(of(ComponentKind::UnusedLicences), "$1,169.00");
        assert_eq!(of(ComponentKind::ItLabour), "$1,446.00");
        assert_eq!(of(ComponentKind::ComplianceMisses), "$0.00");
        assert_eq!(guard.first_year.grouped(), "$22,422.50–28,422.50");
        // 11,947 − 22,422.50 = −10,475.50
        assert_eq!(guard.net.grouped(), "-$16,475.50 to -$10,475.50");
        assert_eq!(
            all.of_alternative(Alternative::Manual)
                .unwrap()
                .first_year
                .whole(),
            "$11,947"
        );
        assert_eq!(
            all.of_alternative(Alternative::Manual)
                .unwrap()
                .net
                .grouped(),
            "$0.00"
        );
    }

    #[test]
    fn enterprise_replaces_the_jira_bill_and_pays_for_801() {
        // 801 × 155 = 124,155; Guard for the 50 without Jira 1,800–2,400; less 40,000
        let all = compare(organisation());
        let one = all.of_alternative(Alternative::Enterprise).unwrap();
        let costs: Vec<_> = one.components[..3]
            .iter()
            .map(|part| part.cost.grouped())
            .collect();
        assert_eq!(costs, ["$1,800.00–2,400.00", "$124,155.00", "-$40,000.00"]);
        let mut facts = organisation();
        if let Some(bills) = &mut facts.bills {
            bills.jira_today = Cost::from(usd("40000")).and_missing("Jira on labs");
        }
        let all = compare(facts);
        let one = all.of_alternative(Alternative::Enterprise).unwrap();
        assert_eq!(one.first_year.grouped(), "unknown");
        assert_eq!(one.net, Cost::unknown("Jira on labs"));
    }

    #[test]
    fn guard_held_is_paid_either_way() {
        let mut facts = organisation();
        facts.guard_held = GuardHeld::Standard;
        let all = compare(facts.clone());
        let of = |alternative| all.of_alternative(alternative).unwrap();
        // 450 × 3–4 × 12
        assert_eq!(
            of(Alternative::Manual).net_against_today.grouped(),
            "$16,200.00–21,600.00"
        );
        assert_eq!(of(Alternative::Manual).step, Move::DropGuard);
        let keep = of(Alternative::GuardStandard);
        assert_eq!(keep.step, Move::Keep);
        // Its own hours alone are new: avoided less set-up, key and review.
        let hours = keep.net_against_today.known().unwrap();
        let net = keep.net.known().unwrap();
        assert_eq!(hours.low().minus(net.low()).unwrap().whole(), "$21,600");
        assert_eq!(of(Alternative::GuardPremium).step, Move::Up);
        facts.scim_in_use = true;
        let all = compare(facts);
        let premium = all.of_alternative(Alternative::GuardPremium).unwrap();
        // 420 × 8 × 12 more, and nothing else changes
        assert_eq!(premium.net_against_today.grouped(), "-$40,320.00");
        let keep = all.of_alternative(Alternative::GuardStandard).unwrap();
        assert_eq!(keep.net_against_today.grouped(), "$0.00");
        assert_eq!(keep.once.grouped(), "$0.00");
        // 30 orphaned accounts and $3,000 of leavers' seats are what SCIM leaves: native alternatives take no more of them.
        let manual = all.of_alternative(Alternative::Manual).unwrap();
        let of = |one: &AlternativeCost, kind| {
            let part = one.components.iter().find(|part| part.kind == kind);
            part.unwrap().cost.clone()
        };
        for kind in [
            ComponentKind::UnusedLicences,
            ComponentKind::ComplianceMisses,
        ] {
            assert_eq!(of(keep, kind), of(manual, kind));
            assert_eq!(of(premium, kind), of(manual, kind));
        }
        let third = all.of_alternative(Alternative::ThirdParty).unwrap();
        assert_ne!(
            of(third, ComponentKind::ComplianceMisses),
            of(manual, ComponentKind::ComplianceMisses)
        );
        assert!(all.is_counted_with_scim);
        // The benchmark's accounts are those of manual work without SCIM.
        let mut facts = benchmark_facts(500);
        facts.guard_held = GuardHeld::Standard;
        facts.scim_in_use = true;
        let all = compare(facts);
        let misses = |alternative| {
            of(
                all.of_alternative(alternative).unwrap(),
                ComponentKind::ComplianceMisses,
            )
        };
        assert_ne!(
            misses(Alternative::GuardStandard),
            misses(Alternative::Manual)
        );
        assert!(!all.is_counted_with_scim);
    }

    #[test]
    fn a_quote_is_priced_and_an_unknown_price_is_never_zero() {
        let mut facts = organisation();
        let none = compare(facts.clone());
        let third = none.of_alternative(Alternative::ThirdParty).unwrap();
        assert!(third.first_year.grouped().starts_with("at least $"));
        assert!(third.net.known().is_none());
        facts.third_party = Some(ThirdPartyQuote {
            name: "Acme".to_owned(),
            price: ThirdPartyPrice::PerUserMonth(usd("1.25")),
            set_up_fee: Some(usd("500")),
        });
        let all = compare(facts);
        let third = all.of_alternative(Alternative::ThirdParty).unwrap();
        // 400 × 1.25 × 12
        assert_eq!(third.components[0].cost.grouped(), "$6,000.00");
        assert_eq!(third.components[1].cost.grouped(), "$500.00");
        assert!(third.is_priced() && third.net.known().is_some());
    }

    #[test]
    fn a_bill_that_lacks_a_price_reads_at_least_and_the_net_stays() {
        let mut facts = organisation();
        if let Some(bills) = &mut facts.bills {
            bills.saving = bills.saving.clone().and_missing("Loom Enterprise");
            bills.saving_at_most = bills.saving_at_most.clone().and_missing("Loom Enterprise");
        }
        let all = compare(facts);
        let manual = all.of_alternative(Alternative::Manual).unwrap();
        assert!(manual.first_year.grouped().starts_with("at least $"));
        let guard = all.of_alternative(Alternative::GuardStandard).unwrap();
        assert!(guard.first_year.grouped().starts_with("at least $"));
        assert!(guard.net.is_complete());
    }
}
