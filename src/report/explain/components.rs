//! The components of an alternative in one year, and what it avoids of the manual work.

use crate::model::assumption::Name;
use crate::model::engine::{self, Alternative, Sheet};
use crate::model::figure::{Basis, Kind, When};
use crate::money::{Cost, MoneyError};

use super::Known;
use super::derivation::{Amount, Derivation, Origin, Part, Rule, Value};
use super::moment::Moment;

/// One alternative in one year.
pub(super) struct Components {
    /// With when they are paid, in the order of the report.
    pub(super) parts: Vec<(Kind, Part)>,
    /// What goes of the manual cost; nothing of manual work itself.
    pub(super) avoided: Part,
}

impl Components {
    pub(super) fn paid(&self, when: When) -> Vec<Part> {
        let parts = self.parts.iter().filter(|(kind, _)| kind.when() == when);
        parts.map(|(_, part)| part.clone()).collect()
    }

    /// What the alternative adds to the manual work: fees, set-up, upkeep.
    pub(super) fn added(&self, keep: impl Fn(Kind) -> bool) -> Vec<Part> {
        let own = self
            .parts
            .iter()
            .filter(|(kind, _)| !kind.is_manual() && keep(*kind));
        own.map(|(_, part)| part.clone()).collect()
    }
}

impl Known<'_> {
    fn cost_of(&self, sheet: &Sheet, kind: Kind) -> Amount {
        let found = sheet.parts.iter().find(|(known, _)| *known == kind);
        let cost = found.map_or(Cost::zero(self.currency()), |(_, cost)| cost.clone());
        Amount::cost(&cost, self.currency())
    }

    /// One cost of manual work.
    pub(super) fn manual_cost(&self, moment: &Moment<'_>, kind: Kind) -> Result<Part, MoneyError> {
        let manual = engine::sheet(Alternative::Manual, &moment.inputs, &moment.values)?;
        let name = format!(
            "{}/{}{}",
            Alternative::Manual.as_str(),
            moment.prefix,
            kind.as_str()
        );
        let (rule, parts) = moment.manual_cost(kind)?;
        Ok(Derivation::figure(
            name,
            self.cost_of(&manual, kind),
            rule,
            parts,
        ))
    }

    pub(super) fn components(
        &self,
        moment: &Moment<'_>,
        alternative: Alternative,
    ) -> Result<Components, MoneyError> {
        let sheet = engine::sheet(alternative, &moment.inputs, &moment.values)?;
        let name = |kind: Kind| {
            format!(
                "{}/{}{}",
                alternative.as_str(),
                moment.prefix,
                kind.as_str()
            )
        };
        let cost = |sheet: &Sheet, kind: Kind| self.cost_of(sheet, kind);
        let hours = engine::own_hours_of(alternative, &moment.inputs, &moment.values);
        let mut parts = Vec::new();
        let mut avoided = Vec::new();
        for (kind, _) in &sheet.parts {
            let kind = *kind;
            let own = name(kind);
            let part = if kind.is_manual() {
                let manual_cost = self.manual_cost(moment, kind)?;
                if alternative == Alternative::Manual {
                    manual_cost
                } else {
                    let [kept, gone] = moment.residual(alternative, kind, &manual_cost)?;
                    avoided.push(Derivation::made(
                        format!("{own}/avoided"),
                        moment.money,
                        gone.0,
                        gone.1,
                    )?);
                    Derivation::figure(own, cost(&sheet, kind), kept.0, kept.1)
                }
            } else if hours.iter().any(|(known, _)| *known == kind) {
                self.own_hours(moment, alternative, kind, own, cost(&sheet, kind))?
            } else {
                let before = format!(
                    "{own}{}",
                    if moment.dearer.is_some() {
                        ", before rises"
                    } else {
                        ""
                    }
                );
                let is_replaced = kind == Kind::JiraReplaced;
                let base = if is_replaced {
                    format!("{before}/bill")
                } else {
                    before
                };
                let fee = self.fee(moment, moment.basics, alternative, kind, &base)?;
                let rises = kind != Kind::ThirdPartySetUpFee;
                let dearer = moment.dearer.as_ref().filter(|_| rises);
                let fee = if is_replaced {
                    moment.times(fee, dearer, "at the prices of")?
                } else {
                    fee
                };
                match (is_replaced, dearer) {
                    (true, _) => {
                        Derivation::figure(own, cost(&sheet, kind), Rule::Negative, vec![fee])
                    }
                    (false, Some(dearer)) => Derivation::figure(
                        own,
                        cost(&sheet, kind),
                        Rule::Product,
                        vec![fee, dearer.clone()],
                    ),
                    (false, None) => fee,
                }
            };
            parts.push((kind, part));
        }
        Ok(Components {
            parts,
            avoided: Derivation::figure(
                format!("{}/{}avoided", alternative.as_str(), moment.prefix),
                Amount::cost(&sheet.avoided, self.currency()),
                Rule::Sum,
                avoided,
            ),
        })
    }

    fn own_hours(
        &self,
        moment: &Moment<'_>,
        alternative: Alternative,
        kind: Kind,
        name: String,
        value: Amount,
    ) -> Result<Part, MoneyError> {
        let hours = match (kind, alternative) {
            (Kind::KeyRotation, _) => Name::KeyRotationHours,
            (Kind::AccessReview, _) => Name::AccessReviewHours,
            (_, Alternative::ThirdParty) => Name::SetupHoursThirdParty,
            _ => Name::SetupHoursScim,
        };
        if kind == Kind::SetUp && alternative.is_native() && moment.inputs.scim_in_use {
            let from = Origin::new(Basis::Configured, "seatledger.toml", "SCIM runs already");
            return Ok(Derivation::leaf(
                name,
                Value::Amount(value),
                Rule::Stated,
                from,
            ));
        }
        let parts = vec![moment.value(hours)?, moment.value(Name::ItHourlyRate)?];
        Ok(Derivation::figure(name, value, Rule::Product, parts))
    }
}
