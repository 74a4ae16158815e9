//! What an alternative leaves of the manual cost, by cause.

use crate::model::alternatives::AlternativeCost;
use crate::model::assumption::Name;
use crate::model::figure::Kind;
use crate::model::residual::{Cause, Residual};
use crate::money::MoneyError;

use super::Known;
use super::components::Components;
use super::derivation::{Amount, Derivation, Part, Rule, Unit};
use super::figures::Figures;
use super::moment::Moment;

impl Known<'_> {
    pub(super) fn remaining_manual_cost(
        &self,
        moment: &Moment<'_>,
        one: &AlternativeCost,
        components: &Components,
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
                        self.left(moment, one, components, residual.cause, *kind)?;
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
        moment: &Moment<'_>,
        one: &AlternativeCost,
        components: &Components,
        cause: Cause,
        kind: Kind,
    ) -> Result<(Rule, Vec<Part>), MoneyError> {
        let kept = components.parts.iter().find(|(known, _)| *known == kind);
        let kept = kept.map(|(_, part)| part.clone()).into_iter();
        let other = match cause {
            Cause::CurrentPeople => Cause::LeaversNotReached,
            Cause::MissesAmongReached => Cause::MissesNotReached,
            Cause::LeaversNotReached | Cause::MissesNotReached => {
                return self.not_reached(moment, one, kind);
            }
            _ => return Ok((Rule::Same, kept.collect())),
        };
        let (rule, parts) = self.not_reached(moment, one, kind)?;
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

    /// What it would cost if nothing were reached, times the share that is not.
    fn not_reached(
        &self,
        moment: &Moment<'_>,
        one: &AlternativeCost,
        kind: Kind,
    ) -> Result<(Rule, Vec<Part>), MoneyError> {
        let reach = moment.reach(one.alternative, kind)?;
        let missed = Derivation::made(
            format!("{}, not reached", reach.name),
            Unit::Of(""),
            Rule::Complement,
            vec![reach],
        )?;
        let manual = self.manual_cost(moment, kind)?;
        let leavers = moment
            .leavers_seats()?
            .filter(|_| kind == Kind::UnusedLicences);
        Ok(match (kind, leavers) {
            (_, Some(leavers)) => (Rule::Product, vec![leavers, missed]),
            (Kind::UnusedLicences, None) => {
                let share = moment.value(Name::LeaversShareOfUnused)?;
                (Rule::Product, vec![manual, share, missed])
            }
            _ => (Rule::Product, vec![manual, missed]),
        })
    }
}
