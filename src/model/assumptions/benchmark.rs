//! The benchmark of what managing accounts manually costs, as `data/benchmark.toml` states it.
//!
//! Takes the text of the file, gives the figures with their source and their values for another headcount. When a
//! benchmark may stand in for a missing measurement is `model::manual`'s business, and so is telling the reader.

use chrono::NaiveDate;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use crate::money::{Currency, Money, MoneyError, Number};
use crate::price::Confidence;
use crate::toml::Fault;
use crate::toml::{Fields, RawNumber};

const EMBEDDED: &str = include_str!("../../../data/benchmark.toml");
const EMBEDDED_NAME: &str = "data/benchmark.toml";

/// A number of things in a year and what they cost together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Component {
    /// Licences, hours or accounts.
    pub(crate) quantity: Number,
    /// For a year.
    pub(crate) cost: Money,
}

impl Component {
    #[cfg(test)]
    /// Cost ÷ quantity with all its digits: 146.125 a licence, 60.25 an hour, 239.0625 a miss.
    ///
    /// # Errors
    /// `DivisionByZero`, `TooLarge`.
    pub(crate) fn unit_cost(&self) -> Result<Money, MoneyError> {
        self.cost.divided_by(self.quantity)
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Benchmark {
    pub(crate) employees: u64,
    pub(crate) unused_licences: Component,
    pub(crate) labour: Component,
    pub(crate) compliance_misses: Component,
    /// The total that the source prints; it need not be the sum of the parts.
    pub(crate) printed_total: Money,
    pub(crate) source: String,
    pub(crate) date: NaiveDate,
    pub(crate) confidence: Confidence,
    pub(crate) note: String,
}

impl Benchmark {
    /// The benchmark that the program carries.
    ///
    /// # Errors
    /// As `parse`; a test shows that the embedded file has none.
    pub(crate) fn embedded() -> Result<Benchmark, Vec<Fault>> {
        Benchmark::parse(EMBEDDED_NAME, EMBEDDED)
    }

    /// Reads a benchmark from text; `file` names it in faults.
    ///
    /// # Errors
    /// All faults with their lines; only the first when it is not TOML of the right shape.
    pub(crate) fn parse(file: &str, text: &str) -> Result<Benchmark, Vec<Fault>> {
        let mut fields = Fields::new(file, text);
        let raw: RawBenchmark = fields.table()?;
        let employees = *raw.employees.get_ref();
        if employees == 0 {
            fields.wrong(
                fields.line_of(&raw.employees),
                "the benchmark",
                "employees",
                "0",
                "at least one",
            );
        }
        let currency = fields.currency("the benchmark", &raw.currency);
        let usable = currency.unwrap_or(Currency::USD);
        let unused_licences =
            component(&mut fields, "unused_licences", &raw.unused_licences, usable);
        let labour = component(&mut fields, "labour", &raw.labour, usable);
        let compliance_misses = component(
            &mut fields,
            "compliance_misses",
            &raw.compliance_misses,
            usable,
        );
        let printed = fields.number("the benchmark", "printed_total", &raw.printed_total);
        let source = fields.words("the benchmark", "source", &raw.source);
        let date = fields.day("the benchmark", "date", &raw.date);
        let confidence = fields.word("the benchmark", "confidence", &raw.confidence);
        let read = || {
            Some(Benchmark {
                employees,
                unused_licences: unused_licences?,
                labour: labour?,
                compliance_misses: compliance_misses?,
                printed_total: Money::new(printed?, usable),
                source,
                date: date?,
                confidence: confidence?,
                note: raw.note.trim().to_owned(),
            })
        };
        match read() {
            Some(benchmark) => fields.finish(benchmark),
            None => Err(fields.into_faults()),
        }
    }

    /// The sum of the three parts for the benchmark's own headcount.
    ///
    /// # Errors
    /// `TooLarge`.
    pub(crate) fn total(&self) -> Result<Money, MoneyError> {
        let parts = [
            self.unused_licences.cost,
            self.labour.cost,
            self.compliance_misses.cost,
        ];
        Money::sum(self.printed_total.currency(), parts)
    }

    /// One of the parts for another headcount: both figures in proportion, the cost rounded to the minor unit.
    ///
    /// # Errors
    /// `TooLarge`.
    pub(crate) fn scaled(&self, part: Component, people: u64) -> Result<Component, MoneyError> {
        let from = self.employees;
        Ok(Component {
            quantity: part.quantity.times(people)?.divided_by(from)?,
            cost: part.cost.times(people)?.divided_by(from)?.round_minor(),
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBenchmark {
    employees: Spanned<u64>,
    currency: Spanned<String>,
    unused_licences: Spanned<RawComponent>,
    labour: Spanned<RawComponent>,
    compliance_misses: Spanned<RawComponent>,
    printed_total: RawNumber,
    source: Spanned<String>,
    date: Spanned<Datetime>,
    confidence: Spanned<String>,
    #[serde(default)]
    note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawComponent {
    quantity: RawNumber,
    cost: RawNumber,
}

fn component(
    fields: &mut Fields<'_>,
    entry: &str,
    raw: &Spanned<RawComponent>,
    currency: Currency,
) -> Option<Component> {
    let line = fields.line_of(raw);
    let raw = raw.get_ref();
    let quantity = fields.number(entry, "quantity", &raw.quantity);
    let cost = fields.number(entry, "cost", &raw.cost);
    let (quantity, cost) = (quantity?, cost?);
    if quantity.is_negative() || quantity.is_zero() || cost.is_negative() {
        let expected = "a quantity above zero and a cost of zero or more";
        fields.wrong(line, entry, "quantity", &quantity.plain(), expected);
        return None;
    }
    Some(Component {
        quantity,
        cost: Money::new(cost, currency),
    })
}

#[cfg(test)]
mod tests {
    use super::{Benchmark, EMBEDDED};

    #[test]
    fn the_parts_add_up_to_one_dollar_more_than_the_source_prints() {
        let benchmark = Benchmark::embedded().unwrap_or_else(|faults| panic!("{faults:?}"));
        assert_eq!(benchmark.employees, 500);
        assert_eq!(benchmark.total().unwrap().whole(), "$11,947");
        assert_eq!(benchmark.printed_total.whole(), "$11,946");
        let units = [
            benchmark.unused_licences,
            benchmark.labour,
            benchmark.compliance_misses,
        ];
        assert_eq!(
            units.map(|component| component.unit_cost().unwrap().exact()),
            ["$146.125", "$60.25", "$239.0625"]
        );
    }

    #[test]
    fn another_headcount_is_in_proportion() {
        let benchmark = Benchmark::embedded().unwrap();
        let labour = benchmark.scaled(benchmark.labour, 250).unwrap();
        assert_eq!(
            (labour.quantity.plain(), labour.cost.plain()),
            ("48".to_owned(), "2892.00".to_owned())
        );
        // 2,338 × 333 ÷ 500 = 1,557.108
        assert_eq!(
            benchmark
                .scaled(benchmark.unused_licences, 333)
                .unwrap()
                .cost
                .plain(),
            "1557.11"
        );
        assert_eq!(
            benchmark
                .scaled(benchmark.compliance_misses, 0)
                .unwrap()
                .cost
                .plain(),
            "0.00"
        );
    }

    #[test]
    fn faults_name_their_line() {
        let told = |text: &str| -> Vec<String> {
            Benchmark::parse("benchmark.toml", text)
                .unwrap_err()
                .iter()
                .map(ToString::to_string)
                .collect()
        };
        let broken = EMBEDDED
            .replace("employees = 500", "employees = 0")
            .replace("\"2338\"", "\"two\"");
        let told_broken = told(&broken);
        assert_eq!(told_broken.len(), 2, "{told_broken:?}");
        assert!(told_broken[0].contains("\"employees\" of the benchmark is 0"));
        assert!(told_broken[1].contains("\"cost\" of unused_licences is \"two\""));
        assert_eq!(told("employees = 5").len(), 1);
    }
}
