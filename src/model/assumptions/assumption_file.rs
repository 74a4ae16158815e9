//! Reads `data/assumptions.toml`. What the assumptions mean is `assumption`'s.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::assumption::{Assumption, Assumptions, Name};
use super::name::Kind;
use crate::model::basis::Basis;
use crate::money::Currency;
use crate::toml::Fault;
use crate::toml::{Fields, RawNumber};

const EMBEDDED: &str = include_str!("../../../data/assumptions.toml");
const EMBEDDED_NAME: &str = "data/assumptions.toml";

impl Assumptions {
    /// The assumptions that the program carries.
    ///
    /// # Errors
    /// As `parse`; a test shows that the embedded file has none.
    pub(crate) fn embedded() -> Result<Assumptions, Vec<Fault>> {
        Assumptions::parse(EMBEDDED_NAME, EMBEDDED)
    }

    /// # Errors
    /// All faults with their lines: a name that is unknown, missing or stated twice, a value that cannot be.
    pub(crate) fn parse(file: &str, text: &str) -> Result<Assumptions, Vec<Fault>> {
        let mut fields = Fields::new(file, text);
        let raw: RawFile = fields.table()?;
        let currency = fields.currency("the file", &raw.currency);
        let mut found: BTreeMap<Name, (Assumption, usize)> = BTreeMap::new();
        for table in &raw.assumption {
            let line = fields.line_of(table);
            let Some(one) = read(&mut fields, table.get_ref()) else {
                continue;
            };
            let name = one.name;
            if let Some((_, first)) = found.get(&name) {
                fields.duplicate(line, name.as_str(), *first);
            } else {
                found.insert(name, (one, line));
            }
        }
        for name in Name::ALL {
            if !found.contains_key(&name) {
                fields.missing(1, "the file", name.as_str());
            }
        }
        let list = found.into_values().map(|(one, _)| one).collect();
        // Without a currency there is a fault, and nothing comes of the list.
        let currency = currency.unwrap_or(Currency::USD);
        fields.finish(Assumptions::of(list, currency))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    currency: Spanned<String>,
    assumption: Vec<Spanned<RawAssumption>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAssumption {
    name: Spanned<String>,
    title: Spanned<String>,
    value: RawNumber,
    low: RawNumber,
    high: RawNumber,
    kind: Spanned<String>,
    unit: Spanned<String>,
    basis: Spanned<String>,
    source: Spanned<String>,
    spread: Spanned<String>,
    meaning: Spanned<String>,
}

fn read(fields: &mut Fields<'_>, raw: &RawAssumption) -> Option<Assumption> {
    let entry = raw.name.get_ref().clone();
    let name: Name = fields.word(&entry, "name", &raw.name)?;
    let title = fields.words(&entry, "title", &raw.title);
    let value = fields.number(&entry, "value", &raw.value);
    let low = fields.number(&entry, "low", &raw.low);
    let high = fields.number(&entry, "high", &raw.high);
    let bases = [Basis::Benchmark, Basis::Assumed];
    let basis = fields.word_of(&entry, "basis", &raw.basis, &bases);
    let kind: Option<Kind> = fields.word(&entry, "kind", &raw.kind);
    let unit = fields.words(&entry, "unit", &raw.unit);
    let source = fields.words(&entry, "source", &raw.source);
    let spread = fields.words(&entry, "spread", &raw.spread);
    let meaning = fields.words(&entry, "meaning", &raw.meaning);
    let (value, low, high, basis, kind) = (value?, low?, high?, basis?, kind?);
    if low > value || value > high {
        let line = fields.line_of(&raw.value);
        let expected = "between low and high";
        fields.wrong(line, &entry, "value", &value.plain(), expected);
    }
    for end in [low, high] {
        if let Some(expected) = kind.objection(end) {
            let line = fields.line_of(&raw.low);
            fields.wrong(line, &entry, "value", &end.plain(), expected);
        }
    }
    Some(Assumption {
        name,
        title,
        kind,
        value,
        low,
        high,
        unit,
        basis,
        source,
        spread,
        meaning,
        default: None,
    })
}

#[cfg(test)]
mod tests {
    use super::EMBEDDED;
    use crate::model::assumptions::assumption::{Assumptions, Name};
    use crate::model::assumptions::benchmark::Benchmark;

    #[test]
    fn the_embedded_file_has_every_name_in_order() {
        let all = Assumptions::embedded().unwrap_or_else(|faults| panic!("{faults:?}"));
        let names: Vec<_> = all.list().iter().map(|one| one.name).collect();
        assert_eq!(names, Name::ALL);
    }

    #[test]
    fn benchmark_values_are_those_of_the_benchmark_file() {
        let all = Assumptions::embedded().unwrap();
        let benchmark = Benchmark::embedded().unwrap();
        assert_eq!(benchmark.employees, 500);
        let parts = [
            (benchmark.labour, Name::ItHoursPer500, Name::ItHourlyRate),
            (
                benchmark.compliance_misses,
                Name::OrphansPer500,
                Name::CostPerMiss,
            ),
            (
                benchmark.unused_licences,
                Name::UnusedPer500,
                Name::CostPerUnusedLicence,
            ),
        ];
        for (component, quantity, unit_cost) in parts {
            assert_eq!(all.value(quantity), component.quantity);
            assert_eq!(
                all.value(unit_cost),
                component.unit_cost().unwrap().amount()
            );
        }
    }

    #[test]
    fn faults_name_their_line() {
        let text = EMBEDDED
            .replacen("it_hours_per_500", "it_hour_per_500", 1)
            .replacen("value = \"60.25\"", "value = \"100\"", 1);
        let faults = Assumptions::parse("a.toml", &text).unwrap_err();
        let told: Vec<_> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(
            told.iter()
                .any(|fault| fault.contains("\"name\" of it_hour_per_500"))
        );
        assert!(
            told.iter()
                .any(|fault| fault.contains("\"value\" of it_hourly_rate is 100"))
        );
        assert!(told[0].contains("the file has no \"it_hours_per_500\""));
    }
}
