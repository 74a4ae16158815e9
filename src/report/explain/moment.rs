//! One year: its inputs, how they have grown, and what manual work costs and an alternative leaves of it.

use crate::model::assumption::{Name, Values};
use crate::model::engine::{Alternative, BENCHMARK_PEOPLE, is_left_by_scim};
use crate::model::facts::Facts;
use crate::model::figure::{Basis, Kind};
use crate::model::inputs::Inputs;
use crate::model::provider::Provisioning;
use crate::money::MoneyError;

use super::bills::number;
use super::counts::Counted;
use super::derivation::{Amount, Derivation, Origin, Part, Rule, Unit, Value};
use super::savings::Licences;

/// What every year is made of.
#[derive(Clone)]
pub(super) struct Basics {
    pub(super) counted: Counted,
    /// `None` without an Atlassian export.
    pub(super) licences: Option<Licences>,
    /// In the order of the names: the spans that figures are made with, and the values alone.
    pub(super) assumptions: Vec<Part>,
    pub(super) values: Vec<Part>,
    /// Hours that the configuration states.
    pub(super) hours_a_year: Option<Part>,
    pub(super) orphaned: Option<Part>,
    pub(super) orphaned_unclaimed: Part,
}

impl Basics {
    pub(super) fn assumption(&self, name: Name) -> Part {
        self.assumptions[name as usize].clone()
    }

    /// A yearly rate: it enters at its value alone.
    pub(super) fn rate(&self, name: Name) -> Part {
        self.values[name as usize].clone()
    }
}

/// One year: its inputs, and what they have grown by.
pub(super) struct Moment<'a> {
    /// Empty in the first year, then `year-2/`.
    pub(super) prefix: String,
    pub(super) facts: Facts,
    pub(super) inputs: Inputs,
    /// The same before prices rise.
    pub(super) before_rises: Inputs,
    pub(super) values: Values,
    /// `None` where the factor is one.
    pub(super) growth: Option<Part>,
    pub(super) dearer: Option<Part>,
    pub(super) wages: Option<Part>,
    pub(super) basics: &'a Basics,
    pub(super) money: Unit,
}

impl Moment<'_> {
    fn name(&self, what: &str) -> String {
        format!("{what}{}", self.suffix())
    }

    fn suffix(&self) -> String {
        match self.prefix.trim_end_matches('/') {
            "" => String::new(),
            year => format!(", {year}"),
        }
    }

    /// A count for this year's headcount.
    pub(super) fn grown(&self, count: Part) -> Result<Part, MoneyError> {
        let Some(growth) = &self.growth else {
            return Ok(count);
        };
        let name = self.name(&count.name);
        let unit = count.amount().unit;
        Derivation::made(name, unit, Rule::Whole, vec![count, growth.clone()])
    }

    /// Money that grows with the headcount.
    pub(super) fn grown_money(&self, money: Part) -> Result<Part, MoneyError> {
        self.times(money, self.growth.as_ref(), "for the headcount of")
    }

    pub(super) fn times(
        &self,
        money: Part,
        factor: Option<&Part>,
        what: &str,
    ) -> Result<Part, MoneyError> {
        let Some(factor) = factor else {
            return Ok(money);
        };
        let name = format!(
            "{}, {what} {}",
            money.name,
            self.prefix.trim_end_matches('/')
        );
        Derivation::made(name, self.money, Rule::Product, vec![money, factor.clone()])
    }

    /// An assumption, with the rise of wages or prices where it is money.
    pub(super) fn value(&self, name: Name) -> Result<Part, MoneyError> {
        let part = self.basics.assumption(name);
        let rise = match name {
            Name::ItHourlyRate | Name::CostPerMiss => &self.wages,
            Name::CostPerUnusedLicence => &self.dearer,
            _ => &None,
        };
        let Some(rise) = rise else { return Ok(part) };
        let parts = vec![part, rise.clone()];
        Derivation::made(
            self.name(name.as_str()),
            self.money,
            Rule::ExactProduct,
            parts,
        )
    }

    /// A number of the benchmark's 500 people for this headcount.
    fn for_headcount(
        &self,
        what: &str,
        name: Name,
        unit: &'static str,
    ) -> Result<Part, MoneyError> {
        let people = self.grown(self.basics.counted.headcount.clone())?;
        let of = number("people of the benchmark", BENCHMARK_PEOPLE, "people");
        let parts = vec![self.value(name)?, people, of];
        Derivation::made(self.name(what), Unit::Of(unit), Rule::Scaled, parts)
    }

    /// What managing by hand costs this year, before any alternative.
    pub(super) fn manual_cost(&self, kind: Kind) -> Result<(Rule, Vec<Part>), MoneyError> {
        match kind {
            Kind::ItLabour => {
                let hours = match &self.basics.hours_a_year {
                    Some(stated) => match &self.growth {
                        None => stated.clone(),
                        Some(growth) => Derivation::made(
                            self.name(&stated.name),
                            Unit::Of("h"),
                            Rule::ExactProduct,
                            vec![stated.clone(), growth.clone()],
                        )?,
                    },
                    None => self.for_headcount("manual hours", Name::ItHoursPer500, "h")?,
                };
                Ok((Rule::Product, vec![hours, self.value(Name::ItHourlyRate)?]))
            }
            Kind::ComplianceMisses => {
                let orphans = match &self.basics.orphaned {
                    Some(counted) => self.grown(counted.clone())?,
                    None => {
                        self.for_headcount("orphaned accounts", Name::OrphansPer500, "accounts")?
                    }
                };
                let parts = vec![
                    orphans,
                    self.value(Name::MissShare)?,
                    self.value(Name::CostPerMiss)?,
                ];
                Ok((Rule::Product, parts))
            }
            _ => match &self.basics.licences {
                None => {
                    let unused =
                        self.for_headcount("unused licences", Name::UnusedPer500, "licences")?;
                    Ok((
                        Rule::Product,
                        vec![unused, self.value(Name::CostPerUnusedLicence)?],
                    ))
                }
                Some(licences) => {
                    let ends = vec![
                        self.grown_money(licences.avoidable.clone())?,
                        self.grown_money(licences.avoidable_at_most.clone())?,
                    ];
                    let Some(dearer) = &self.dearer else {
                        return Ok((Rule::Range, ends));
                    };
                    let range = Derivation::made(
                        self.name("licences/annual-waste before rises"),
                        self.money,
                        Rule::Range,
                        ends,
                    )?;
                    Ok((Rule::Product, vec![range, dearer.clone()]))
                }
            },
        }
    }

    /// The share of the leavers' accounts that an alternative deactivates, of those that make up a manual cost.
    pub(super) fn reach(&self, alternative: Alternative, kind: Kind) -> Result<Part, MoneyError> {
        if is_left_by_scim(alternative, kind, &self.inputs) {
            let from = Origin::new(
                Basis::Configured,
                "seatledger.toml",
                "SCIM is in use: what is counted today is what it leaves",
            );
            return Ok(Derivation::leaf(
                "reach of SCIM beyond what it does today",
                Value::Amount(Amount::count(0, "")),
                Rule::Stated,
                from,
            ));
        }
        let share = match (alternative, self.inputs.provisioning) {
            (Alternative::ThirdParty, _) => self.value(Name::ThirdPartyReach)?,
            (_, Provisioning::JustInTime) => {
                let provider = &self.facts.provider;
                let nothing = Value::Amount(Amount::count(0, ""));
                let from = Origin::new(
                    Basis::Configured,
                    &provider.source,
                    format!(
                        "{} provisions just in time and removes nothing",
                        provider.name
                    ),
                );
                return Ok(Derivation::leaf(
                    "reach of just-in-time provisioning",
                    nothing,
                    Rule::Stated,
                    from,
                ));
            }
            _ => self.value(Name::IdentityProviderReach)?,
        };
        match (&self.basics.orphaned, self.inputs.orphaned) {
            (Some(counted), Some(all)) if all > 0 => {
                let all = self.grown(counted.clone())?;
                let unclaimed = self.grown(self.basics.orphaned_unclaimed.clone())?;
                let reachable = Derivation::made(
                    self.name("orphaned accounts on claimed domains"),
                    Unit::Of("accounts"),
                    Rule::Difference,
                    vec![all.clone(), unclaimed],
                )?;
                let name = self.name(&format!(
                    "share of the leavers' accounts that {} reaches",
                    alternative.in_words()
                ));
                Derivation::made(
                    name,
                    Unit::Of(""),
                    Rule::Scaled,
                    vec![share, reachable, all],
                )
            }
            _ => Ok(share),
        }
    }

    fn labour_left(&self, alternative: Alternative) -> Result<Part, MoneyError> {
        let names = match (alternative, self.inputs.provisioning) {
            (Alternative::ThirdParty, _) => vec![Name::LabourLeftThirdParty],
            (_, Provisioning::Full) => vec![Name::LabourLeftScim],
            (_, Provisioning::UsersOnly) => vec![Name::LabourLeftUsersOnly],
            (_, Provisioning::JustInTime) => vec![Name::LabourLeftJit],
            (_, Provisioning::NotKnown) => vec![Name::LabourLeftScim, Name::LabourLeftUsersOnly],
        };
        let parts = names
            .into_iter()
            .map(|name| self.value(name))
            .collect::<Result<Vec<_>, _>>()?;
        match parts.as_slice() {
            [one] => Ok(one.clone()),
            _ => Derivation::made(
                self.name("hours left, whatever the identity provider syncs"),
                Unit::Of(""),
                Rule::Range,
                parts,
            ),
        }
    }

    /// What goes with the leavers' seats; `None` where no directory shows them.
    pub(super) fn leavers_seats(&self) -> Result<Option<Part>, MoneyError> {
        let waste = self.inputs.waste.as_ref();
        let shown = waste.is_some_and(|waste| waste.of_leavers.is_some());
        let Some(licences) = self.basics.licences.as_ref().filter(|_| shown) else {
            return Ok(None);
        };
        let leavers = self.grown_money(licences.of_leavers.clone())?;
        self.times(leavers, self.dearer.as_ref(), "at the prices of")
            .map(Some)
    }

    /// How a residual follows from the manual cost: what is kept, and what goes.
    pub(super) fn residual(
        &self,
        alternative: Alternative,
        kind: Kind,
        manual: &Part,
    ) -> Result<[(Rule, Vec<Part>); 2], MoneyError> {
        let by_share = |left: Part| {
            [
                (Rule::Product, vec![manual.clone(), left.clone()]),
                (Rule::LessShare, vec![manual.clone(), left]),
            ]
        };
        if kind == Kind::ItLabour {
            return Ok(by_share(self.labour_left(alternative)?));
        }
        let reach = self.reach(alternative, kind)?;
        let complement = |name: String, parts| {
            Derivation::made(self.name(&name), Unit::Of(""), Rule::Complement, parts)
        };
        if kind == Kind::ComplianceMisses {
            let prevented = complement(
                "misses that reaching an account prevents".to_owned(),
                vec![self.value(Name::MissesLeft)?],
            )?;
            let name = format!("misses that {} leaves", alternative.in_words());
            return Ok(by_share(complement(name, vec![reach, prevented])?));
        }
        match self.leavers_seats()? {
            Some(leavers) => {
                if leavers.amount().span.is_none() {
                    return Ok([
                        (Rule::Sum, vec![manual.clone()]),
                        (Rule::Sum, vec![leavers]),
                    ]);
                }
                Ok([
                    (
                        Rule::Rest,
                        vec![manual.clone(), leavers.clone(), reach.clone()],
                    ),
                    (Rule::Product, vec![leavers, reach]),
                ])
            }
            None => {
                let share = self.value(Name::LeaversShareOfUnused)?;
                let name = format!(
                    "share of the unused licences that {} leaves",
                    alternative.in_words()
                );
                Ok(by_share(complement(name, vec![share, reach])?))
            }
        }
    }
}
