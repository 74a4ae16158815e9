//! What an alternative leaves of the manual cost, by cause.

use crate::model::alternatives::comparison::AlternativeCost;
use crate::model::alternatives::remaining::{Cause, Residual};
use crate::model::assumptions::assumption::Name;
use crate::model::figure::Kind;
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
        let name = |residual: &Residual| {
            format!(
                "{}/left/{}",
                one.alternative.as_str(),
                residual.cause.as_str()
            )
        };
        for residual in &one.residuals {
            let part = match (&residual.cost, residual.accounts) {
                (Some((kind, cost)), _) => {
                    let value = Amount::cost(cost, self.currency());
                    let (rule, parts) =
                        self.left(listed, basics, (one, sheet), residual.cause, *kind)?;
                    Derivation::figure(name(residual), value, rule, parts)
                }
                (None, count) => {
                    let what = residual.cause.label();
                    self.counted(name(residual), count.unwrap_or(0), "accounts", what)
                }
            };
            figures.add("remaining_manual_cost", part);
        }
        Ok(())
    }

    /// How a part of a residual follows: of what is not reached, or the rest of what is kept.
    fn left(
        &self,
        listed: &mut Listed<'_>,
        basics: &Basics,
        (one, sheet): (&AlternativeCost, &Sheet),
        cause: Cause,
        kind: Kind,
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
            .residuals
            .iter()
            .find(|residual| residual.cause == other);
        let not_reached = found
            .and_then(|residual| residual.cost.as_ref())
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
    kind: Kind,
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
        (Kind::UnusedLicences, Some(leavers)) => vec![listed.part(leavers)?],
        (Kind::UnusedLicences, None) => vec![
            listed.part(sheet.manual.unused)?,
            basics.assumption(Name::LeaversShareOfUnused),
        ],
        _ => vec![listed.part(sheet.manual.misses)?],
    };
    parts.extend(missed);
    Ok((Rule::Product, parts))
}
