//! Counts of the exports: accounts by standing, seats by use, what each Guard plan counts.

use crate::domain::class::{GuardVerdict, Standing, Use};
use crate::domain::counts::{GuardCount, guard_billable};
use crate::domain::dataset::Side;
use crate::domain::finding::FindingCode;
use crate::domain::meaning::{PREMIUM_RULES, STANDARD_RULES};
use crate::model::basis::Basis;
use crate::money::MoneyError;

use super::Known;
use super::derivation::{Amount, Derivation, Origin, Part, Rule, Unit, Value};
use super::figures::Figures;

/// The seats of one offering.
#[derive(Clone)]
pub(super) struct OfferingSeats {
    /// `Jira/acme`.
    pub(super) name: String,
    pub(super) billed: Part,
    pub(super) orphaned: Part,
    pub(super) wasted: Part,
    pub(super) wasted_at_most: Part,
}

/// A Guard plan, what it counts, and the page of its rules.
type Plan<'a> = (&'a str, &'a [GuardCount], &'a str);

/// Counts that other figures are made of.
#[derive(Clone)]
pub(super) struct Counted {
    /// One for each offering.
    pub(super) seats: Vec<OfferingSeats>,
    pub(super) headcount: Part,
    pub(super) guard_standard: Part,
    pub(super) guard_premium: Part,
}

impl Known<'_> {
    /// A number that was counted in the Atlassian exports.
    pub(super) fn counted(&self, name: String, count: u64, unit: &'static str, what: &str) -> Part {
        let source = format!("counted in {}", self.files_of(Side::Atlassian));
        Derivation::leaf(
            name,
            Value::Amount(Amount::count(count, unit)),
            Rule::Counted,
            Origin::new(Basis::Measured, source, what),
        )
    }

    pub(super) fn counts(&self, figures: &mut Figures) -> Result<Counted, MoneyError> {
        let has_atlassian = self.modelled.model.facts.accounts.is_some();
        if has_atlassian {
            self.accounts(figures)?;
        }
        let facts = &self.modelled.model.facts;
        let people = |name: &str, count: u64, what: &str| {
            let source = format!("counted in {}", self.files_of(Side::Directory));
            Derivation::leaf(
                name,
                Value::Amount(Amount::count(count, "people")),
                Rule::Counted,
                Origin::new(Basis::Measured, source, what),
            )
        };
        if !self.files_of(Side::Directory).is_empty() {
            for (name, count, what) in [
                (
                    "people/present",
                    self.counts.people_present,
                    "people whom the directory has as present",
                ),
                (
                    "people/left",
                    self.counts.people_left,
                    "people who left or are disabled in the directory",
                ),
            ] {
                figures.add("counts", people(name, count, what));
            }
        }
        let headcount = figures.add(
            "decision",
            Derivation::leaf(
                "headcount",
                Value::Amount(Amount::count(facts.headcount.count, "people")),
                Rule::Counted,
                Origin::new(facts.headcount.basis, &facts.headcount.source, ""),
            ),
        );
        let seats = (0..self.offerings.len())
            .map(|offering| self.seats_of(offering, figures))
            .collect::<Result<Vec<_>, _>>()?;
        if has_atlassian {
            self.all_seats(figures)?;
        }
        for (code, &count) in FindingCode::ALL.iter().zip(&self.findings) {
            if count > 0 {
                let facts = code.facts();
                let name = format!("findings/{}", facts.code);
                figures.add(
                    "findings_by_code",
                    self.counted(name, count, "findings", facts.description),
                );
            }
        }
        let Self { counts, .. } = self;
        let mut guard = |plan: Plan<'_>| self.guard(plan, &headcount, figures);
        Ok(Counted {
            guard_standard: guard(("guard-standard", &counts.guard_standard, STANDARD_RULES))?,
            guard_premium: guard(("guard-premium", &counts.guard_premium, PREMIUM_RULES))?,
            seats,
            headcount,
        })
    }

    fn accounts(&self, figures: &mut Figures) -> Result<(), MoneyError> {
        let mut parts = Vec::new();
        for (standing, &count) in Standing::ALL.iter().zip(&self.counts.standings) {
            let name = format!("accounts/{}", standing.as_str());
            let part = self.counted(
                name,
                count,
                "accounts",
                "accounts.csv has each one's standing",
            );
            parts.push(figures.add("counts", part));
        }
        let all = Derivation::made("accounts/total", Unit::Of("accounts"), Rule::Sum, parts)?;
        figures.add("counts", all);
        Ok(())
    }

    fn seats_of(
        &self,
        offering: usize,
        figures: &mut Figures,
    ) -> Result<OfferingSeats, MoneyError> {
        let Self {
            offerings, counts, ..
        } = self;
        let product = &offerings[offering];
        let name = if product.site.is_empty() {
            product.product.clone()
        } else {
            format!("{}/{}", product.product, product.site)
        };
        let uses = &counts.uses[offering];
        let shown = uses.iter().any(|&count| count > 0);
        let mut add = |part: Part| match shown {
            true => figures.add("waste_by_product", part),
            false => part,
        };
        let mut by_use = Vec::new();
        for (used, &count) in Use::ALL.iter().zip(uses) {
            let part = self.counted(format!("{name}/{}", used.as_str()), count, "seats", "");
            by_use.push((*used, add(part)));
        }
        let sum = |what: &str, keep: &dyn Fn(Use) -> bool| {
            let parts = by_use.iter().filter(|(used, _)| keep(*used));
            Derivation::made(
                format!("{name}/{what}"),
                Unit::Of("seats"),
                Rule::Sum,
                parts.map(|(_, part)| part.clone()).collect(),
            )
        };
        add(sum("seats", &|_| true)?);
        let orphaned = sum("orphaned-seats", &|used| used == Use::Orphaned)?;
        Ok(OfferingSeats {
            billed: add(sum("billed-seats", &|used| used != Use::Sandbox)?),
            wasted: add(sum("wasted", &Use::is_waste)?),
            wasted_at_most: sum("wasted-at-most", &|used| {
                used.is_waste() || used == Use::Unreported
            })?,
            orphaned,
            name,
        })
    }

    /// Seats of all products by use, and what of them is waste.
    fn all_seats(&self, figures: &mut Figures) -> Result<(), MoneyError> {
        let mut by_use = Vec::new();
        for used in Use::ALL {
            let name = format!("seats/{}", used.as_str());
            let part = self.counted(name, self.counts.used(used), "seats", "");
            by_use.push((used, figures.add("counts", part)));
        }
        let sum = |name: &str, keep: fn(Use) -> bool| {
            let parts = by_use.iter().filter(|(used, _)| keep(*used));
            let parts = parts.map(|(_, part)| part.clone()).collect();
            Derivation::made(name, Unit::Of("seats"), Rule::Sum, parts)
        };
        figures.add("counts", sum("seats/total", |_| true)?);
        let certain = figures.add("counts", sum("seats/wasted", Use::is_waste)?);
        let at_most = |used: Use| used.is_waste() || used == Use::Unreported;
        let ends = vec![certain, sum("seats/wasted-at-most", at_most)?];
        let range = Derivation::made("seats/wasted-range", Unit::Of("seats"), Rule::Range, ends)?;
        figures.add("summary", range);
        Ok(())
    }

    /// What a plan counts: for certain, and with those of whom Atlassian's pages do not say. Without an Atlassian
    /// export, everybody.
    fn guard(
        &self,
        (plan, counts, rules): Plan<'_>,
        headcount: &Part,
        figures: &mut Figures,
    ) -> Result<Part, MoneyError> {
        let name = format!("{plan}/billable-accounts");
        if self.modelled.model.facts.accounts.is_none() {
            return Derivation::made(name, Unit::Of("users"), Rule::Sum, vec![headcount.clone()]);
        }
        let mut parts = Vec::new();
        for row in counts {
            let class = row.class;
            let (verdict, reason) = (class.verdict.as_str(), class.reason.as_str());
            let counted = self.counted(
                format!("{plan}/{verdict}/{reason}"),
                row.accounts,
                "accounts",
                &format!("{} ({rules}); accounts.csv names each", class.meaning()),
            );
            let counted = figures.add("guard_billing", counted);
            match class.verdict {
                GuardVerdict::Billable => parts.push(counted),
                GuardVerdict::Uncertain => parts.push(Derivation::made(
                    format!("{plan}/may-count/{reason}"),
                    Unit::Of("accounts"),
                    Rule::UpTo,
                    vec![counted],
                )?),
                GuardVerdict::NotBillable => {}
            }
        }
        let (certain, at_most) = guard_billable(counts);
        let value = Amount::counts(
            crate::model::inputs::facts::CountRange { certain, at_most },
            "users",
        );
        Ok(figures.add(
            "guard_billing",
            Derivation::figure(name, value, Rule::Sum, parts),
        ))
    }
}
