//! The guide's tables for any number of users, without a file: Guard's fees and the benchmark of work by hand.

use serde::Serialize;

use super::benchmark::Benchmark;
use super::facts::CountRange;
use super::figure::Basis;
use super::inputs::{Fee, priced};
use crate::domain::product::JIRA;
use crate::money::{Cost, Money, MoneyError, Number};
use crate::price::quote::Pricing;
use crate::price::{ENTERPRISE, GUARD, PREMIUM, STANDARD};

/// 801 × $155, and what the guide prints for it.
const SMALLEST_ENTERPRISE: u64 = 124_155;
const SMALLEST_ENTERPRISE_PRINTED: u64 = 124_355;

/// What Guard costs so many users in a year.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct GuardRow {
    pub(crate) users: u64,
    pub(crate) standard: Fee,
    /// Premium's own fee, as the guide prints it; it comes on top of Standard's.
    pub(crate) premium: Fee,
    pub(crate) both: Cost,
}

/// What work by hand costs so many people in a year, by the benchmark.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct BenchmarkRow {
    pub(crate) people: u64,
    pub(crate) unused_licences: Money,
    pub(crate) labour: Money,
    pub(crate) compliance_misses: Money,
    pub(crate) total: Money,
    pub(crate) basis: Basis,
    pub(crate) source: String,
}

/// Guard's fees for some numbers of users.
///
/// # Errors
/// `TooLarge`.
pub(crate) fn guard_table(
    pricing: &Pricing<'_>,
    users: &[u64],
) -> Result<Vec<GuardRow>, MoneyError> {
    let standard = pricing.quote(GUARD, STANDARD, None)?;
    let premium = pricing.quote(GUARD, PREMIUM, None)?;
    let rows = users.iter().map(|&users| {
        let fee = |quote| {
            let count = CountRange::exactly(users);
            priced(quote, count, Basis::Configured, "the number asked for")
        };
        let (standard, premium) = (fee(&standard)?, fee(&premium)?);
        Ok(GuardRow {
            users,
            both: standard.cost.plus(&premium.cost)?,
            standard,
            premium,
        })
    });
    rows.collect()
}

/// The benchmark for some numbers of people.
///
/// # Errors
/// `TooLarge`.
pub(crate) fn benchmark_table(
    benchmark: &Benchmark,
    people: &[u64],
) -> Result<Vec<BenchmarkRow>, MoneyError> {
    let rows = people.iter().map(|&people| {
        let unused_licences = benchmark.unused_licences_for(people)?.cost;
        let labour = benchmark.labour_for(people)?.cost;
        let compliance_misses = benchmark.compliance_misses_for(people)?.cost;
        Ok(BenchmarkRow {
            people,
            unused_licences,
            labour,
            compliance_misses,
            total: unused_licences.plus(labour)?.plus(compliance_misses)?,
            basis: Basis::Benchmark,
            source: format!("{}, {}", benchmark.source, benchmark.date),
        })
    });
    rows.collect()
}

/// Where the guide's own arithmetic is off, each in a sentence.
///
/// # Errors
/// `TooLarge`.
pub(crate) fn corrections(
    pricing: &Pricing<'_>,
    benchmark: &Benchmark,
) -> Result<Vec<String>, MoneyError> {
    let mut told = Vec::new();
    let total = benchmark.total()?;
    if total != benchmark.printed_total {
        told.push(format!(
            "The guide prints {} for work by hand; its parts add up to {}.",
            benchmark.printed_total.whole(),
            total.whole()
        ));
    }
    let enterprise = pricing.quote(JIRA, ENTERPRISE, None)?.line(1)?;
    if let Some(least) = enterprise.annual.low() {
        let money = |dollars: u64| Money::new(Number::from(dollars), least.currency());
        if least == money(SMALLEST_ENTERPRISE) {
            told.push(format!(
                "The guide prints {} for the smallest Enterprise contract; {} × {} is {}.",
                money(SMALLEST_ENTERPRISE_PRINTED).whole(),
                enterprise.billed,
                least.divided_by(enterprise.billed)?.whole(),
                least.whole()
            ));
        }
    }
    Ok(told)
}

#[cfg(test)]
mod tests {
    use super::{benchmark_table, corrections, guard_table};
    use crate::model::benchmark::Benchmark;
    use crate::model::fixtures::pricing;

    #[test]
    fn the_guides_guard_table_comes_out_exactly() {
        let rows = guard_table(&pricing(), &[100, 250, 500]).unwrap();
        let told: Vec<_> = rows
            .iter()
            .map(|row| {
                (
                    row.users,
                    row.standard.cost.whole(),
                    row.premium.cost.whole(),
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                (100, "$3,600–4,800".to_owned(), "$9,600".to_owned()),
                (250, "$9,000–12,000".to_owned(), "$24,000".to_owned()),
                (500, "$18,000–24,000".to_owned(), "$48,000".to_owned()),
            ]
        );
        assert_eq!(rows[0].both.whole(), "$13,200–14,400");
        assert!(rows[0].standard.source.contains("reported"));
    }

    #[test]
    fn the_benchmark_scales_and_its_parts_add_up() {
        let benchmark = Benchmark::embedded().unwrap();
        let rows = benchmark_table(&benchmark, &[100, 500]).unwrap();
        // 467.60 + 1,156.80 + 765.00
        assert_eq!(rows[0].total.grouped(), "$2,389.40");
        assert_eq!(rows[1].total.whole(), "$11,947");
    }

    #[test]
    fn both_slips_of_the_guide_are_told() {
        let benchmark = Benchmark::embedded().unwrap();
        assert_eq!(
            corrections(&pricing(), &benchmark).unwrap(),
            [
                "The guide prints $11,946 for work by hand; its parts add up to $11,947.",
                "The guide prints $124,355 for the smallest Enterprise contract; 801 × $155 is $124,155.",
            ]
        );
    }
}
