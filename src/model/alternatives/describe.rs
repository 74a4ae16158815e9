//! Says in words what a component is made of: basis, working and source. Computes no amount.

use super::manual;
use crate::figures::Id;
use crate::model::alternative::Alternative;
use crate::model::assumptions::assumption::{Assumptions, Name, Values};
use crate::model::basis::Basis;
use crate::model::component::{Component, ComponentKind};
use crate::model::inputs::facts::Facts;
use crate::model::inputs::fees::{Fee, Inputs};
use crate::model::inputs::provider::Provisioning;
use crate::model::span::Span;
use crate::model::years::{Sheet, Years, is_left_by_scim, own_hours};
use crate::money::{Cost, MoneyError};

/// All that a description may draw on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    pub(crate) facts: &'a Facts,
    pub(crate) inputs: &'a Inputs,
    pub(crate) values: &'a Values,
    pub(crate) assumptions: &'a Assumptions,
}

impl Context<'_> {
    pub(crate) fn basis(&self, names: &[Name]) -> Basis {
        Basis::weakest(names.iter().map(|name| self.assumptions.basis(*name)))
    }

    /// One component of an alternative.
    ///
    /// # Errors
    /// `TooLarge`.
    pub(crate) fn component(
        &self,
        years: &Years,
        sheet: &Sheet,
        kind: ComponentKind,
        cost: &Cost,
    ) -> Result<Component, MoneyError> {
        let alternative = sheet.alternative;
        let words = match kind {
            ComponentKind::UnusedLicences
            | ComponentKind::ItLabour
            | ComponentKind::ComplianceMisses => {
                let whole = manual::words(self, years, sheet, kind)?;
                if alternative == Alternative::Manual {
                    whole
                } else {
                    self.left(years, sheet, kind, whole)?
                }
            }
            ComponentKind::SetUp | ComponentKind::KeyRotation | ComponentKind::AccessReview => {
                self.hours(alternative, kind)
            }
            _ => fee_words(self.fee(alternative, kind), kind),
        };
        Ok(Component {
            kind,
            label: kind.label(),
            when: kind.when(),
            // A count alone makes nothing measured.
            basis: if cost.is_complete() {
                words.basis
            } else {
                Basis::Unpriced
            },
            cost: cost.clone(),
            working: words.working,
            source: words.source,
        })
    }

    /// The weakest basis among the components of an alternative that are kept: their amounts do not matter.
    pub(crate) fn weakest(
        &self,
        alternative: Alternative,
        keep: impl Fn(ComponentKind) -> bool,
    ) -> Result<Basis, MoneyError> {
        let years = Years::of(&[alternative], self.inputs, self.values);
        let mut bases = Vec::new();
        for sheet in years.alternatives.iter().map(|one| &one.first) {
            for (kind, id) in sheet.components.iter().filter(|(kind, _)| keep(*kind)) {
                let component = self.component(&years, sheet, *kind, &years.cost(*id))?;
                bases.push(component.basis);
            }
        }
        Ok(Basis::weakest(bases))
    }

    const fn fee(&self, alternative: Alternative, kind: ComponentKind) -> &Fee {
        let fees = &self.inputs.fees;
        match (kind, alternative) {
            (ComponentKind::GuardStandardFee, Alternative::Enterprise) => {
                &fees.standard_beside_enterprise
            }
            (ComponentKind::GuardPremiumFee, _) => &fees.premium,
            (ComponentKind::EnterpriseFee, _) => &fees.enterprise,
            (ComponentKind::JiraReplaced, _) => &fees.jira_today,
            (ComponentKind::ThirdPartyFee, _) => &fees.third_party,
            (ComponentKind::ThirdPartySetUpFee, _) => &fees.third_party_set_up,
            _ => &fees.standard,
        }
    }

    fn hours(&self, alternative: Alternative, kind: ComponentKind) -> Words {
        let name = own_hours(alternative, kind);
        let names = [name, Name::ItHourlyRate];
        if kind == ComponentKind::SetUp && alternative.is_native() && self.inputs.scim_in_use {
            return Words {
                basis: Basis::Configured,
                working: "SCIM runs already".to_owned(),
                source: "seatledger.toml".to_owned(),
            };
        }
        Words {
            basis: self.basis(&names),
            working: format!(
                "{} h × {} an hour",
                self.values.of(name).text(),
                self.rate()
            ),
            source: self.assumptions.sources(&names),
        }
    }

    /// The hourly rate with its currency.
    pub(crate) fn rate(&self) -> String {
        self.money_text(Name::ItHourlyRate)
    }

    /// An assumption that is money, with its currency and every digit.
    pub(crate) fn money_text(&self, name: Name) -> String {
        let span = self.values.of(name);
        let money = |number| crate::money::Money::new(number, self.inputs.currency);
        match crate::money::MoneyRange::between(money(span.low), money(span.high)) {
            Ok(range) => range.exact(),
            Err(_) => span.exact(),
        }
    }

    /// What an alternative leaves of a manual cost.
    fn left(
        &self,
        years: &Years,
        sheet: &Sheet,
        kind: ComponentKind,
        whole: Words,
    ) -> Result<Words, MoneyError> {
        let (inputs, alternative) = (self.inputs, sheet.alternative);
        let percent = |share: Option<Id>| {
            let span = share.and_then(|share| years.figures.of(share).span());
            span.unwrap_or(Span::ZERO).percent()
        };
        let reach_name = match alternative {
            Alternative::ThirdParty => Name::ThirdPartyReach,
            _ => Name::IdentityProviderReach,
        };
        if is_left_by_scim(alternative, kind, inputs) {
            return Ok(Words {
                basis: whole.basis,
                working: format!(
                    "all of ({}) stays: it was counted with SCIM in use, so it is what SCIM leaves",
                    whole.working
                ),
                source: format!("{}; seatledger.toml", whole.source),
            });
        }
        let (reach, left) = (sheet.reach(kind), sheet.left(kind));
        let (text, names) = match kind {
            ComponentKind::ItLabour => {
                let left = percent(left)?;
                let names = match (alternative, inputs.provisioning) {
                    (Alternative::ThirdParty, _) => vec![Name::LabourLeftThirdParty],
                    (_, Provisioning::Full) => vec![Name::LabourLeftScim],
                    (_, Provisioning::UsersOnly) => vec![Name::LabourLeftUsersOnly],
                    (_, Provisioning::JustInTime) => vec![Name::LabourLeftJit],
                    (_, Provisioning::NotKnown) => {
                        vec![Name::LabourLeftScim, Name::LabourLeftUsersOnly]
                    }
                };
                (format!("{left} of ({}) stays", whole.working), names)
            }
            ComponentKind::ComplianceMisses => {
                let left = percent(left)?;
                let text = format!(
                    "{left} of ({}) stays: {} of the accounts are reached",
                    whole.working,
                    percent(reach)?
                );
                (text, vec![reach_name, Name::MissesLeft])
            }
            _ => self.unused_left(&whole, reach_name, &percent(reach)?),
        };
        let basis = Basis::weakest([whole.basis, self.basis(&names)]);
        let source = format!("{}; {}", whole.source, self.assumptions.sources(&names));
        Ok(Words {
            basis,
            working: text,
            source,
        })
    }

    fn unused_left(&self, whole: &Words, reach_name: Name, reach: &str) -> (String, Vec<Name>) {
        let leavers = self
            .inputs
            .waste
            .as_ref()
            .and_then(|waste| waste.of_leavers.as_ref());
        match leavers {
            Some(leavers) => {
                let text = format!(
                    "({}) less {reach} of the leavers' seats, {}; seats of current people stay",
                    whole.working,
                    leavers.grouped()
                );
                (text, vec![reach_name])
            }
            None => {
                let share = self.values.of(Name::LeaversShareOfUnused).text();
                let text = format!(
                    "({}) less {reach} of the leavers' share, {share}; seats of current people stay",
                    whole.working
                );
                (text, vec![reach_name, Name::LeaversShareOfUnused])
            }
        }
    }
}

/// Basis, working and source of a figure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Words {
    pub(crate) basis: Basis,
    pub(crate) working: String,
    pub(crate) source: String,
}

fn fee_words(fee: &Fee, kind: ComponentKind) -> Words {
    let working = match kind {
        ComponentKind::JiraReplaced => format!("less {}", fee.working),
        _ => fee.working.clone(),
    };
    Words {
        basis: fee.basis,
        working,
        source: fee.source.clone(),
    }
}
