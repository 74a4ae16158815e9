//! The model's list of figures as derivations: its leaves get their sources here, all else follows from the list.

use std::collections::BTreeMap;

use crate::figures::{self, Id};
use crate::model::basis::Basis;
use crate::model::component::ComponentKind;
use crate::model::years::{BENCHMARK_PEOPLE, Leaf, Sheet, Years};
use crate::money::MoneyError;

use super::Known;
use super::bills::number;
use super::derivation::{Amount, Derivation, Origin, Part, Rule, Unit, Value};
use super::fees::PricedYear;
use super::stated::Basics;

/// A list of the model with what its leaves are.
pub(super) struct Listed<'a> {
    known: &'a Known<'a>,
    basics: &'a Basics,
    pub(super) years: Years,
    leaves: BTreeMap<Id, Leaf>,
    /// What fees are made of, by the years past.
    priced: Vec<PricedYear>,
    made: BTreeMap<Id, Part>,
}

impl<'a> Listed<'a> {
    pub(super) fn of(
        known: &'a Known<'a>,
        basics: &'a Basics,
        years: Years,
        priced: Vec<PricedYear>,
    ) -> Listed<'a> {
        let leaves = years.leaves.iter().map(|(leaf, id)| (*id, *leaf)).collect();
        Listed {
            known,
            basics,
            years,
            leaves,
            priced,
            made: BTreeMap::new(),
        }
    }

    /// A figure of the list with all that it is made of.
    ///
    /// # Errors
    /// `TooLarge`, `CurrencyMismatch`.
    pub(super) fn part(&mut self, id: Id) -> Result<Part, MoneyError> {
        if let Some(part) = self.made.get(&id) {
            return Ok(part.clone());
        }
        let part = match self.leaves.get(&id) {
            Some(leaf) => self.leaf(*leaf, id)?,
            None => self.figure(id)?,
        };
        self.made.insert(id, part.clone());
        Ok(part)
    }

    pub(super) fn parts(&mut self, ids: &[Id]) -> Result<Vec<Part>, MoneyError> {
        ids.iter().map(|id| self.part(*id)).collect()
    }

    /// The components of an alternative that are kept.
    pub(super) fn those(
        &mut self,
        sheet: &Sheet,
        keep: impl Fn(ComponentKind) -> bool,
    ) -> Result<Vec<Part>, MoneyError> {
        self.parts(&sheet.those(keep))
    }

    fn figure(&mut self, id: Id) -> Result<Part, MoneyError> {
        let ids: Vec<Id> = self.years.figures.of(id).parts.clone();
        // Where a price lies in its range is no number of the report.
        let shown: Vec<Id> = ids
            .into_iter()
            .filter(|part| !self.is_place(*part))
            .collect();
        let parts = self.parts(&shown)?;
        let figure = self.years.figures.of(id);
        Ok(Derivation::figure(
            &figure.name,
            amount(figure),
            rule(figure),
            parts,
        ))
    }

    fn is_place(&self, id: Id) -> bool {
        self.leaves.get(&id).is_some_and(|leaf| leaf.is_place())
    }

    /// A leaf with where it comes from.
    fn leaf(&self, leaf: Leaf, id: Id) -> Result<Part, MoneyError> {
        let (known, basics) = (self.known, self.basics);
        let name = &self.years.figures.of(id).name;
        Ok(match leaf {
            Leaf::Assumption(name) => basics.assumption(name),
            Leaf::AtItsValue(name) => basics.rate(name),
            Leaf::Headcount => basics.counted.headcount.clone(),
            Leaf::BenchmarkPeople => number(name, BENCHMARK_PEOPLE, "people"),
            Leaf::YearsPast(years) => number(name, u64::from(years), ""),
            Leaf::OrphanedUnclaimed => basics.orphaned_unclaimed.clone(),
            Leaf::HoursAYear => self.or_configured(basics.hours_a_year.as_ref(), id, ""),
            Leaf::Orphaned => self.or_configured(basics.orphaned.as_ref(), id, ""),
            Leaf::Avoidable | Leaf::AvoidableAtMost | Leaf::OfLeavers | Leaf::JiraToday => {
                self.bill(leaf, id)
            }
            Leaf::Fee(alternative, kind, past) => match self.priced.get(past as usize) {
                Some(year) => known.fee(year, basics, alternative, kind, name)?,
                None => self.or_configured(None, id, ""),
            },
            Leaf::SetUpDone(..) => self.or_configured(None, id, "SCIM runs already"),
            Leaf::ReachBeyondScim => {
                let counted = "SCIM is in use: what is counted today is what it leaves";
                self.or_configured(None, id, counted)
            }
            Leaf::ReachOfJustInTime => {
                let provider = &known.modelled.model.facts.provider;
                let nothing = format!(
                    "{} provisions just in time and removes nothing",
                    provider.name
                );
                self.configured(id, &provider.source, &nothing)
            }
            Leaf::Place(_) | Leaf::PlaceOfSeats | Leaf::PlaceOfGroups => {
                self.configured(id, "by definition", "a place between the ends of a range")
            }
        })
    }

    /// What a bill of licences is made of, or why there is none.
    fn bill(&self, leaf: Leaf, id: Id) -> Part {
        let Some(licences) = &self.basics.licences else {
            let name = &self.years.figures.of(id).name;
            let year = self.priced.first();
            return match year.map(|year| &year.fees.jira_today) {
                Some(fee) => self.known.stated_fee(name, fee),
                None => self.or_configured(None, id, ""),
            };
        };
        match leaf {
            Leaf::Avoidable => licences.avoidable.clone(),
            Leaf::AvoidableAtMost => licences.avoidable_at_most.clone(),
            Leaf::OfLeavers => licences.of_leavers.clone(),
            _ => licences.jira_today.clone(),
        }
    }

    fn or_configured(&self, part: Option<&Part>, id: Id, working: &str) -> Part {
        part.cloned()
            .unwrap_or_else(|| self.configured(id, "seatledger.toml", working))
    }

    fn configured(&self, id: Id, source: &str, working: &str) -> Part {
        let figure = self.years.figures.of(id);
        let from = Origin::new(Basis::Configured, source, working);
        Derivation::leaf(
            &figure.name,
            Value::Amount(amount(figure)),
            Rule::Stated,
            from,
        )
    }
}

/// The value that the list has of a figure.
fn amount(figure: &figures::Figure) -> Amount {
    let missing = figure.missing().to_vec();
    Amount {
        value: figure.value().filter(|_| missing.is_empty()),
        ..Amount::new(figure.span(), missing, figure.unit)
    }
}

/// How a figure of the list is told.
fn rule(figure: &figures::Figure) -> Rule {
    match (figure.rule, figure.unit) {
        (figures::Rule::Given | figures::Rule::Placed(_), _) => Rule::Stated,
        (figures::Rule::Sum, _) if figure.is_joint() => Rule::JointSum,
        (figures::Rule::Sum, _) => Rule::Sum,
        (figures::Rule::Difference, Unit::Of(_)) => Rule::Difference,
        (figures::Rule::Difference, _) if figure.is_joint() => Rule::Joint,
        (figures::Rule::Difference, _) => Rule::Remainder,
        (figures::Rule::Negative, _) => Rule::Negative,
        (figures::Rule::Product, _) => Rule::Product,
        (figures::Rule::ExactProduct, _) => Rule::ExactProduct,
        (figures::Rule::Quotient, _) => Rule::Quotient,
        (figures::Rule::Scaled, _) => Rule::Scaled,
        (figures::Rule::Complement, _) => Rule::Complement,
        (figures::Rule::Compound, _) => Rule::Compound,
        (figures::Rule::Whole, _) => Rule::Whole,
        (figures::Rule::Between, _) => Rule::Range,
        (figures::Rule::LessShare, _) => Rule::LessShare,
        (figures::Rule::Rest, _) => Rule::Rest,
    }
}
