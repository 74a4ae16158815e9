//! What an alternative leaves of the manual cost, by cause.

use crate::model::alternatives::comparison::AlternativeCost;
use crate::model::alternatives::remaining::{Cause, RemainingCost};
use crate::model::assumptions::assumption::Name;
use crate::model::component::ComponentKind;
use crate::model::years::Sheet;
use crate::money::MoneyError;

use super::Known;
use super::derivation::{Amount, Derivation, Part, Rule, Unit};
use super::figures::Figures;
use super::listed::Listed;
use super::stated::Basics;

impl Known<'_> {
    pub(super) fn remaining_manual_cost(
        &self,
        listed: &mut Listed<'_>,
        basics: &Basics,
        one: &AlternativeCost,
        sheet: &Sheet,
        figures: &mut Figures,
    ) -> Result<(), MoneyError> {
        let name = |remaining: &RemainingCost| {
            format!(
                "{}/left/{}",
                one.alternative.as_str(),
                remaining.cause.as_str()
            )
        };
        for remaining in &one.remaining {
            let part = match (&remaining.cost, remaining.accounts) {
                (Some((kind, cost)), _) => {
                    let value = Amount::cost(cost, self.currency());
                    let (rule, parts) =
                        self.left(listed, basics, (one, sheet), remaining.cause, *kind)?;
                    Derivation::figure(name(remaining), value, rule, parts)
                }
                (None, count) => {
                    let what = remaining.cause.label();
                    self.counted(name(remaining), count.unwrap_or(0), "accounts", what)
                }
            };
            figures.add("remaining_manual_cost", part);
        }
        Ok(())
    }

    /// How a part of what remains follows: of what is not reached, or the rest of what is kept.
    fn left(
        &self,
        listed: &mut Listed<'_>,
        basics: &Basics,
        (one, sheet): (&AlternativeCost, &Sheet),
        cause: Cause,
        kind: ComponentKind,
    ) -> Result<(Rule, Vec<Part>), MoneyError> {
        let kept = listed.those(sheet, |known| known == kind)?.into_iter();
        let other = match cause {
            Cause::CurrentPeople => Cause::LeaversNotReached,
            Cause::MissesAmongReached => Cause::MissesNotReached,
            Cause::LeaversNotReached | Cause::MissesNotReached => {
                return not_reached(listed, basics, sheet, kind);
            }
            _ => return Ok((Rule::Same, kept.collect())),
        };
        let (rule, parts) = not_reached(listed, basics, sheet, kind)?;
        let found = one
            .remaining
            .iter()
            .find(|remaining| remaining.cause == other);
        let not_reached = found
            .and_then(|remaining| remaining.cost.as_ref())
            .map(|(_, cost)| {
                let name = format!("{}/left/{}", one.alternative.as_str(), other.as_str());
                Derivation::figure(name, Amount::cost(cost, self.currency()), rule, parts)
            });
        Ok((Rule::Difference, kept.chain(not_reached).collect()))
    }
}

/// What it would cost if nothing were reached, times the share that is not.
fn not_reached(
    listed: &mut Listed<'_>,
    basics: &Basics,
    sheet: &Sheet,
    kind: ComponentKind,
) -> Result<(Rule, Vec<Part>), MoneyError> {
    let mut missed = Vec::new();
    if let Some(reach) = sheet.reach(kind) {
        let reach = listed.part(reach)?;
        let name = format!("{}, not reached", reach.name);
        missed = vec![Derivation::made(
            name,
            Unit::Of(""),
            Rule::Complement,
            vec![reach],
        )?];
    }
    let mut parts = match (kind, sheet.manual.of_leavers) {
        (ComponentKind::UnusedLicences, Some(leavers)) => vec![listed.part(leavers)?],
        (ComponentKind::UnusedLicences, None) => vec![
            listed.part(sheet.manual.unused)?,
            basics.assumption(Name::LeaversShareOfUnused),
        ],
        _ => vec![listed.part(sheet.manual.misses)?],
    };
    parts.extend(missed);
    Ok((Rule::Product, parts))
}
