//! The components of an alternative in one year, and what it avoids of the work by hand.

use crate::model::assumption::{Name, Values};
use crate::model::engine::{self, BENCHMARK_PEOPLE, Sheet, Way};
use crate::model::facts::Facts;
use crate::model::figure::{Kind, When};
use crate::model::inputs::Inputs;
use crate::model::provider::Provisioning;
use crate::money::{Cost, MoneyError};

use super::Known;
use super::bills::number;
use super::counts::Counted;
use super::derivation::{Amount, Derivation, Origin, Part, Rule, Unit, Value};
use super::savings::Licences;

/// What every year is made of.
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

    fn times(&self, money: Part, factor: Option<&Part>, what: &str) -> Result<Part, MoneyError> {
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
    fn value(&self, name: Name) -> Result<Part, MoneyError> {
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

    /// What this year costs by hand, before any alternative.
    fn by_hand(&self, kind: Kind) -> Result<(Rule, Vec<Part>), MoneyError> {
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
                    None => self.for_headcount("hours by hand", Name::ItHoursPer500, "h")?,
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
                        self.grown_money(licences.saving.clone())?,
                        self.grown_money(licences.saving_at_most.clone())?,
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

    /// The share of the leavers' accounts that an alternative deactivates.
    fn reach(&self, way: Way) -> Result<Part, MoneyError> {
        let share = match (way, self.inputs.provisioning) {
            (Way::ThirdParty, _) => self.value(Name::ThirdPartyReach)?,
            (_, Provisioning::JustInTime) => {
                let provider = &self.facts.provider;
                let nothing = Value::Amount(Amount::count(0, ""));
                let from = Origin::new(
                    crate::model::figure::Basis::Configured,
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
                    way.in_words()
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

    fn labour_left(&self, way: Way) -> Result<Part, MoneyError> {
        let names = match (way, self.inputs.provisioning) {
            (Way::ThirdParty, _) => vec![Name::LabourLeftThirdParty],
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
                "hours left, whatever the identity provider syncs",
                Unit::Of(""),
                Rule::Range,
                parts,
            ),
        }
    }

    /// How a residual follows from the cost by hand: what is kept, and what goes.
    fn residual(
        &self,
        way: Way,
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
            return Ok(by_share(self.labour_left(way)?));
        }
        let reach = self.reach(way)?;
        let complement = |name: String, parts| {
            Derivation::made(self.name(&name), Unit::Of(""), Rule::Complement, parts)
        };
        if kind == Kind::ComplianceMisses {
            let prevented = complement(
                "misses that reaching an account prevents".to_owned(),
                vec![self.value(Name::MissesLeft)?],
            )?;
            let name = format!("misses that {} leaves", way.in_words());
            return Ok(by_share(complement(name, vec![reach, prevented])?));
        }
        let leavers = self
            .basics
            .licences
            .as_ref()
            .map(|licences| &licences.of_leavers);
        let has_directory = self
            .inputs
            .waste
            .as_ref()
            .is_some_and(|waste| waste.of_leavers.is_some());
        match leavers.filter(|_| has_directory) {
            Some(leavers) => {
                let leavers = self.grown_money(leavers.clone())?;
                let leavers = self.times(leavers, self.dearer.as_ref(), "at the prices of")?;
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
                    way.in_words()
                );
                Ok(by_share(complement(name, vec![share, reach])?))
            }
        }
    }
}

/// One alternative in one year.
pub(super) struct Components {
    /// With when they are paid, in the order of the report.
    pub(super) parts: Vec<(Kind, Part)>,
    /// What goes of the cost by hand; nothing of work by hand itself.
    pub(super) avoided: Part,
}

impl Components {
    pub(super) fn paid(&self, when: When) -> Vec<Part> {
        let parts = self.parts.iter().filter(|(kind, _)| kind.when() == when);
        parts.map(|(_, part)| part.clone()).collect()
    }

    /// What the alternative adds to the work by hand: fees, set-up, upkeep.
    pub(super) fn added(&self, keep: impl Fn(Kind) -> bool) -> Vec<Part> {
        let own = self
            .parts
            .iter()
            .filter(|(kind, _)| !kind.is_manual() && keep(*kind));
        own.map(|(_, part)| part.clone()).collect()
    }
}

impl Known<'_> {
    pub(super) fn components(
        &self,
        moment: &Moment<'_>,
        way: Way,
    ) -> Result<Components, MoneyError> {
        let manual = engine::sheet(Way::Manual, &moment.inputs, &moment.values)?;
        let sheet = engine::sheet(way, &moment.inputs, &moment.values)?;
        let name =
            |way: Way, kind: Kind| format!("{}/{}{}", way.as_str(), moment.prefix, kind.as_str());
        let cost = |sheet: &Sheet, kind: Kind| {
            let found = sheet.parts.iter().find(|(known, _)| *known == kind);
            let cost = found.map_or(Cost::zero(self.currency()), |(_, cost)| cost.clone());
            Amount::cost(&cost, self.currency())
        };
        let hours = engine::own_hours_of(way, &moment.inputs, &moment.values);
        let mut parts = Vec::new();
        let mut avoided = Vec::new();
        for (kind, _) in &sheet.parts {
            let kind = *kind;
            let own = name(way, kind);
            let part = if kind.is_manual() {
                let (rule, made_of) = moment.by_hand(kind)?;
                let by_hand =
                    Derivation::figure(name(Way::Manual, kind), cost(&manual, kind), rule, made_of);
                if way == Way::Manual {
                    by_hand
                } else {
                    let [kept, gone] = moment.residual(way, kind, &by_hand)?;
                    avoided.push(Derivation::made(
                        format!("{own}/avoided"),
                        moment.money,
                        gone.0,
                        gone.1,
                    )?);
                    Derivation::figure(own, cost(&sheet, kind), kept.0, kept.1)
                }
            } else if hours.iter().any(|(known, _)| *known == kind) {
                self.own_hours(moment, way, kind, own, cost(&sheet, kind))?
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
                let fee = self.fee(moment, moment.basics, way, kind, &base)?;
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
                format!("{}/{}avoided", way.as_str(), moment.prefix),
                Amount::cost(&sheet.avoided, self.currency()),
                Rule::Sum,
                avoided,
            ),
        })
    }

    fn own_hours(
        &self,
        moment: &Moment<'_>,
        way: Way,
        kind: Kind,
        name: String,
        value: Amount,
    ) -> Result<Part, MoneyError> {
        let hours = match (kind, way) {
            (Kind::KeyRotation, _) => Name::KeyRotationHours,
            (Kind::AccessReview, _) => Name::AccessReviewHours,
            (_, Way::ThirdParty) => Name::SetupHoursThirdParty,
            _ => Name::SetupHoursScim,
        };
        if kind == Kind::SetUp && way.is_native() && moment.inputs.scim_in_use {
            let from = Origin::new(
                crate::model::figure::Basis::Configured,
                "seatledger.toml",
                "SCIM runs already",
            );
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
