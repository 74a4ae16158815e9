//! The engine: from inputs and values to the amounts of each alternative, without a word of text.
//!
//! The report, the sensitivity and the simulation all compute here, so they cannot disagree. `describe` says in words
//! what an amount is made of.

pub(crate) use super::alternative::Alternative;
use super::assumption::{Name, Values};
use super::facts::GuardHeld;
use super::figure::Kind;
use super::inputs::Inputs;
use super::joint::joint;
use super::provider::Provisioning;
use super::span::{Span, negated, rest_after, share_of};
use crate::money::{Cost, MoneyError, MoneyRange};

/// The benchmark is stated for so many people.
pub(crate) const BENCHMARK_PEOPLE: u64 = 500;

/// A manual cost, split into what an alternative leaves of it and what it takes away. Both ends of either are
/// computed from the same end of the cost, so that the difference to manual is not wider than it is uncertain.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Residual {
    pub(crate) kept: Cost,
    pub(crate) avoided: Cost,
}

impl Residual {
    fn of(cost: &Cost, kept_share: Span) -> Result<Residual, MoneyError> {
        Ok(Residual {
            kept: share_of(cost, kept_share)?,
            avoided: cost.try_map(|range| {
                let (low, high) = (range.low(), range.high());
                let least = low.minus(low.times(kept_share.high)?.round_minor())?;
                let most = high.minus(high.times(kept_share.low)?.round_minor())?;
                MoneyRange::between(least, most)
            })?,
        })
    }
}

/// The amounts of one alternative.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Sheet {
    pub(crate) alternative: Alternative,
    pub(crate) parts: Vec<(Kind, Cost)>,
    /// What of the manual cost goes.
    pub(crate) avoided: Cost,
}

impl Sheet {
    /// The first year. A bill that is replaced and not wholly known leaves nothing certain, not even a floor.
    pub(crate) fn total(&self, inputs: &Inputs) -> Result<Cost, MoneyError> {
        let replaced = self
            .parts
            .iter()
            .find(|(kind, _)| *kind == Kind::JiraReplaced);
        if let Some((_, cost)) = replaced
            && !cost.is_complete()
        {
            return Ok(Cost::Unknown {
                missing: cost.missing().to_vec(),
            });
        }
        Cost::sum(inputs.currency, self.parts.iter().map(|(_, cost)| cost))
    }

    /// What the alternative costs that manual work does not: fees, set-up, upkeep.
    pub(crate) fn added(
        &self,
        inputs: &Inputs,
        keep: impl Fn(Kind) -> bool,
    ) -> Result<Cost, MoneyError> {
        let parts = self.parts.iter();
        let own = parts.filter(|(kind, _)| !kind.is_manual() && keep(*kind));
        Cost::sum(inputs.currency, own.map(|(_, cost)| cost))
    }

    /// What the alternative saves against manual work in the first year; negative where it costs more.
    pub(crate) fn net(&self, inputs: &Inputs) -> Result<Cost, MoneyError> {
        self.avoided.minus(&self.added(inputs, |_| true)?)
    }
}

/// The three costs of manual work.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct ManualCost {
    pub(crate) unused: Cost,
    pub(crate) labour: Cost,
    pub(crate) misses: Cost,
}

/// Hours of manual work in a year.
pub(crate) fn hours(inputs: &Inputs, values: &Values) -> Result<Span, MoneyError> {
    let listed = values.of(Name::ItHoursPer500);
    match inputs.hours_a_year {
        None => listed.scaled(inputs.headcount, BENCHMARK_PEOPLE),
        Some(stated) if listed == Span::point(inputs.listed_hours_per_500) => {
            Ok(Span::point(stated))
        }
        // Stated hours move as far, in proportion, as the listed ones.
        Some(stated) => {
            let base = inputs.listed_hours_per_500;
            Ok(Span {
                low: stated.times(listed.low)?.divided_by(base)?,
                high: stated.times(listed.high)?.divided_by(base)?,
            })
        }
    }
}

/// Orphaned accounts: counted, or the benchmark's for this headcount.
pub(crate) fn orphans(inputs: &Inputs, values: &Values) -> Result<Span, MoneyError> {
    match inputs.orphaned {
        Some(count) => Ok(Span::of_counts(count, count)),
        None => values
            .of(Name::OrphansPer500)
            .scaled(inputs.headcount, BENCHMARK_PEOPLE),
    }
}

pub(crate) fn manual_cost(inputs: &Inputs, values: &Values) -> Result<ManualCost, MoneyError> {
    let currency = inputs.currency;
    let unused = match &inputs.waste {
        Some(waste) => waste.all.clone(),
        None => values
            .of(Name::UnusedPer500)
            .scaled(inputs.headcount, BENCHMARK_PEOPLE)?
            .times(values.of(Name::CostPerUnusedLicence))?
            .money(currency)?,
    };
    let labour = hours(inputs, values)?
        .times(values.of(Name::ItHourlyRate))?
        .money(currency)?;
    let misses = orphans(inputs, values)?
        .times(values.of(Name::MissShare))?
        .times(values.of(Name::CostPerMiss))?
        .money(currency)?;
    Ok(ManualCost {
        unused,
        labour,
        misses,
    })
}

/// Whether a manual cost was counted while SCIM ran: it is what SCIM leaves, and a native alternative takes no more of it.
pub(crate) fn is_left_by_scim(alternative: Alternative, kind: Kind, inputs: &Inputs) -> bool {
    let is_counted = match kind {
        Kind::UnusedLicences => inputs.waste.is_some(),
        Kind::ComplianceMisses => inputs.orphaned.is_some(),
        _ => false,
    };
    alternative.is_native() && inputs.scim_in_use && is_counted
}

/// The share of the leavers' accounts that an alternative deactivates, of those that make up a manual cost.
pub(crate) fn reach(
    alternative: Alternative,
    kind: Kind,
    inputs: &Inputs,
    values: &Values,
) -> Result<Span, MoneyError> {
    let share = match (alternative, inputs.provisioning) {
        (Alternative::Manual, _) => return Ok(Span::ZERO),
        (Alternative::ThirdParty, _) => values.of(Name::ThirdPartyReach),
        _ if is_left_by_scim(alternative, kind, inputs) => return Ok(Span::ZERO),
        (_, Provisioning::JustInTime) => return Ok(Span::ZERO),
        _ => values.of(Name::IdentityProviderReach),
    };
    match inputs.orphaned {
        Some(all) if all > 0 => {
            let reachable = all.saturating_sub(inputs.orphaned_unclaimed);
            share.scaled(reachable, all)
        }
        _ => Ok(share),
    }
}

/// The share of the manual hours that an alternative leaves.
pub(crate) fn labour_left(alternative: Alternative, inputs: &Inputs, values: &Values) -> Span {
    match (alternative, inputs.provisioning) {
        (Alternative::Manual, _) => Span::ONE,
        (Alternative::ThirdParty, _) => values.of(Name::LabourLeftThirdParty),
        (_, Provisioning::Full) => values.of(Name::LabourLeftScim),
        (_, Provisioning::UsersOnly) => values.of(Name::LabourLeftUsersOnly),
        (_, Provisioning::JustInTime) => values.of(Name::LabourLeftJit),
        (_, Provisioning::NotKnown) => Span::between(
            values.of(Name::LabourLeftScim).low,
            values.of(Name::LabourLeftUsersOnly).high,
        ),
    }
}

/// The share of the compliance misses that an alternative leaves: all that it does not reach, and some of the rest.
pub(crate) fn misses_left(
    alternative: Alternative,
    inputs: &Inputs,
    values: &Values,
) -> Result<Span, MoneyError> {
    let prevented = values.of(Name::MissesLeft).complement()?;
    reach(alternative, Kind::ComplianceMisses, inputs, values)?
        .times(prevented)?
        .complement()
}

/// What stays of the unused licences: seats of current people always do.
fn unused_left(
    alternative: Alternative,
    inputs: &Inputs,
    values: &Values,
    unused: &Cost,
) -> Result<Residual, MoneyError> {
    let reach = reach(alternative, Kind::UnusedLicences, inputs, values)?;
    let leavers = inputs
        .waste
        .as_ref()
        .and_then(|waste| waste.of_leavers.as_ref());
    if let Some(leavers) = leavers {
        return Ok(Residual {
            kept: rest_after(unused, leavers, reach)?,
            avoided: share_of(leavers, reach)?,
        });
    }
    let left = values
        .of(Name::LeaversShareOfUnused)
        .times(reach)?
        .complement()?;
    Residual::of(unused, left)
}

/// The amounts of an alternative for the first year.
///
/// # Errors
/// `CurrencyMismatch`, `TooLarge`.
pub(crate) fn sheet(
    alternative: Alternative,
    inputs: &Inputs,
    values: &Values,
) -> Result<Sheet, MoneyError> {
    let manual = manual_cost(inputs, values)?;
    let unused = unused_left(alternative, inputs, values, &manual.unused)?;
    let labour = Residual::of(&manual.labour, labour_left(alternative, inputs, values))?;
    let misses = Residual::of(&manual.misses, misses_left(alternative, inputs, values)?)?;
    let avoided = match alternative {
        Alternative::Manual => Cost::zero(inputs.currency),
        _ => Cost::sum(
            inputs.currency,
            [&unused.avoided, &labour.avoided, &misses.avoided],
        )?,
    };
    let mut parts = fees(alternative, inputs)?;
    parts.extend(own_hours(alternative, inputs, values)?);
    parts.extend([
        (Kind::UnusedLicences, unused.kept),
        (Kind::ItLabour, labour.kept),
        (Kind::ComplianceMisses, misses.kept),
    ]);
    Ok(Sheet {
        alternative,
        parts,
        avoided,
    })
}

fn fees(alternative: Alternative, inputs: &Inputs) -> Result<Vec<(Kind, Cost)>, MoneyError> {
    let fees = &inputs.fees;
    Ok(match alternative {
        Alternative::Manual => Vec::new(),
        Alternative::GuardStandard => vec![(Kind::GuardStandardFee, fees.standard.cost.clone())],
        // Premium is an add-on: Atlassian, "Manage your bill for Atlassian Guard Premium", read 2026-11-23.
        Alternative::GuardPremium => vec![
            (Kind::GuardStandardFee, fees.standard.cost.clone()),
            (Kind::GuardPremiumFee, fees.premium.cost.clone()),
        ],
        Alternative::Enterprise => vec![
            (
                Kind::GuardStandardFee,
                fees.standard_beside_enterprise.cost.clone(),
            ),
            (Kind::EnterpriseFee, fees.enterprise.cost.clone()),
            (Kind::JiraReplaced, negated(&fees.jira_today.cost)),
        ],
        Alternative::ThirdParty => vec![
            (Kind::ThirdPartyFee, fees.third_party.cost.clone()),
            (
                Kind::ThirdPartySetUpFee,
                fees.third_party_set_up.cost.clone(),
            ),
        ],
    })
}

/// Hours that an alternative takes of its own.
pub(crate) fn own_hours_of(
    alternative: Alternative,
    inputs: &Inputs,
    values: &Values,
) -> Vec<(Kind, Span)> {
    let set_up = match alternative {
        Alternative::Manual => return Vec::new(),
        Alternative::ThirdParty => values.of(Name::SetupHoursThirdParty),
        _ if inputs.scim_in_use => Span::ZERO,
        _ => values.of(Name::SetupHoursScim),
    };
    let mut hours = vec![(Kind::SetUp, set_up)];
    if alternative.is_native() && inputs.key_expires {
        hours.push((Kind::KeyRotation, values.of(Name::KeyRotationHours)));
    }
    hours.push((Kind::AccessReview, values.of(Name::AccessReviewHours)));
    hours
}

fn own_hours(
    alternative: Alternative,
    inputs: &Inputs,
    values: &Values,
) -> Result<Vec<(Kind, Cost)>, MoneyError> {
    own_hours_of(alternative, inputs, values)
        .into_iter()
        .map(|(kind, hours)| {
            let cost = hours
                .times(values.of(Name::ItHourlyRate))?
                .money(inputs.currency)?;
            Ok((kind, cost))
        })
        .collect()
}

/// The alternative in which the organisation works today.
pub(crate) const fn today(inputs: &Inputs) -> Alternative {
    match inputs.held {
        GuardHeld::None => Alternative::Manual,
        GuardHeld::Standard => Alternative::GuardStandard,
        GuardHeld::Premium => Alternative::GuardPremium,
    }
}

/// What an alternative saves against today, where Guard may be paid for already: the fee that is paid either way
/// cancels, and a fee that is dropped is saved. Guard that is held without SCIM still has the manual work.
///
/// # Errors
/// `CurrencyMismatch`, `TooLarge`.
pub(crate) fn net_against_today(
    sheet: &Sheet,
    inputs: &Inputs,
    values: &Values,
) -> Result<Cost, MoneyError> {
    if inputs.held == GuardHeld::None {
        return sheet.net(inputs);
    }
    let now = self::sheet(today(inputs), inputs, values)?;
    let kinds = |of: &Sheet| -> Vec<(Kind, Cost)> {
        let fees = of.parts.iter().filter(|(kind, _)| kind.is_fee());
        fees.cloned().collect()
    };
    let (new_fees, held_fees) = (kinds(sheet), kinds(&now));
    let same = |fee: &(Kind, Cost)| new_fees.contains(fee) && held_fees.contains(fee);
    let dropped = Cost::sum(
        inputs.currency,
        held_fees.iter().filter(|fee| !same(fee)).map(|fee| &fee.1),
    )?;
    let new = Cost::sum(
        inputs.currency,
        new_fees.iter().filter(|fee| !same(fee)).map(|fee| &fee.1),
    )?;
    let upkeep = |of: &Sheet| of.added(inputs, |kind| !kind.is_fee());
    let work = if !inputs.scim_in_use {
        sheet.avoided.minus(&upkeep(sheet)?)?
    } else if sheet.alternative.is_native() {
        Cost::zero(inputs.currency)
    } else {
        let (alternative, alternative_today) = (sheet.alternative, now.alternative);
        let difference = |inputs: &Inputs, values: &Values| {
            let gained = |alternative: Alternative| -> Result<Cost, MoneyError> {
                let sheet = self::sheet(alternative, inputs, values)?;
                sheet
                    .avoided
                    .minus(&sheet.added(inputs, |kind| !kind.is_fee())?)
            };
            gained(alternative)?.minus(&gained(alternative_today)?)
        };
        joint(inputs, values, &difference(inputs, values)?, &difference)?
    };
    if work.known().is_none() {
        return Ok(work);
    }
    work.plus(&dropped)?.minus(&new)
}
