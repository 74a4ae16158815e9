//! Atlassian's annual user tiers as `data/annual_tiers.toml` states them: the ladder, the months of a year and the
//! rounding, each with its own source and confidence.
//!
//! Which prices go by them is `quote`'s.

use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::book::Provenance;
use super::book_file::provenance;
use super::tiers::Tiers;
use crate::money::Number;
use crate::toml::{Fault, Fields, RawNumber};

const EMBEDDED: &str = include_str!("../../data/annual_tiers.toml");
const EMBEDDED_NAME: &str = "data/annual_tiers.toml";
/// What the file is about, in faults.
const ENTRY: &str = "the annual tiers";

/// Where each of the three facts was read, by the same keys.
macro_rules! said_by {
    ($fields:expr, $($raw:expr),+) => {
        [$(provenance(
            $fields,
            ENTRY,
            &$raw.source,
            &$raw.date,
            &$raw.confidence,
            &$raw.note,
        )),+]
    };
}

/// A fact and where it was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Sourced<T> {
    pub(crate) value: T,
    pub(crate) provenance: Provenance,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct AnnualTiers {
    pub(crate) ladder: Sourced<Tiers>,
    /// How many months' price a year by the ladder costs.
    pub(crate) months: Sourced<u32>,
    /// A year by the ladder is rounded up to a whole multiple of it.
    pub(crate) rounding: Sourced<Number>,
}

impl AnnualTiers {
    /// The tiers that the program carries.
    ///
    /// # Errors
    /// As `parse`; a test shows that the embedded file has none.
    pub(crate) fn embedded() -> Result<AnnualTiers, Vec<Fault>> {
        AnnualTiers::parse(EMBEDDED_NAME, EMBEDDED)
    }

    /// Reads tiers from text; `file` names it in faults.
    ///
    /// # Errors
    /// All faults with their lines; only the first when it is not TOML of the right shape.
    fn parse(file: &str, text: &str) -> Result<AnnualTiers, Vec<Fault>> {
        let mut fields = Fields::new(file, text);
        let raw: RawTiers = fields.table()?;
        let ladder = ladder(&mut fields, &raw.ladder);
        let months = fields.months(ENTRY, &raw.months.months);
        let step = fields.number(ENTRY, "step", &raw.rounding.step);
        if let Some(step) = step.filter(|step| step.is_zero() || step.is_negative()) {
            let line = fields.line_of(&raw.rounding.step);
            fields.wrong(line, ENTRY, "step", &step.plain(), "an amount above zero");
        }
        let sources = said_by!(&mut fields, raw.ladder, raw.months, raw.rounding);
        let (Some(ladder), Some(step), [Some(of_ladder), Some(of_months), Some(of_rounding)]) =
            (ladder, step, sources)
        else {
            return Err(fields.into_faults());
        };
        fields.finish(AnnualTiers {
            ladder: Sourced {
                value: ladder,
                provenance: of_ladder,
            },
            months: Sourced {
                value: months,
                provenance: of_months,
            },
            rounding: Sourced {
                value: step,
                provenance: of_rounding,
            },
        })
    }
}

fn ladder(fields: &mut Fields<'_>, raw: &RawLadder) -> Option<Tiers> {
    let mut ends = raw.ends.get_ref().clone();
    for further in &raw.then {
        let step = *further.step.get_ref();
        let mut end = ends.last().copied().unwrap_or(0);
        if step == 0 {
            let line = fields.line_of(&further.step);
            fields.wrong(line, ENTRY, "step", "0", "a number of users above zero");
            return None;
        }
        while end < further.up_to {
            end += step;
            ends.push(end);
        }
    }
    let tiers = Tiers::new(ends);
    if tiers.is_none() {
        let line = fields.line_of(&raw.ends);
        let expected = "ends that rise from above zero";
        fields.wrong(line, ENTRY, "ends", "another list", expected);
    }
    tiers
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTiers {
    ladder: RawLadder,
    months: RawMonths,
    rounding: RawRounding,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLadder {
    ends: Spanned<Vec<u64>>,
    then: Vec<RawSteps>,
    source: Spanned<String>,
    date: Spanned<Datetime>,
    confidence: Spanned<String>,
    note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSteps {
    step: Spanned<u64>,
    up_to: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMonths {
    months: Spanned<u32>,
    source: Spanned<String>,
    date: Spanned<Datetime>,
    confidence: Spanned<String>,
    note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRounding {
    step: RawNumber,
    source: Spanned<String>,
    date: Spanned<Datetime>,
    confidence: Spanned<String>,
    note: String,
}

#[cfg(test)]
mod tests {
    use super::AnnualTiers;

    #[test]
    fn the_ladder_is_as_its_source_states_it() {
        let tiers = AnnualTiers::embedded().unwrap();
        let ends = tiers.ladder.value.ends();
        // 12 ends to 1,000; 5 to 2,000; 12 to 5,000; 10 to 10,000; 40 to 50,000; 10 to 150,000.
        assert_eq!(ends.len(), 12 + 5 + 12 + 10 + 40 + 10);
        for (quantity, end) in [
            (1, 10),
            (11, 15),
            (52, 100),
            (250, 300),
            (601, 800),
            (1001, 1200),
            (2001, 2250),
            (5001, 5500),
            (10_001, 11_000),
            (50_001, 60_000),
            (150_000, 150_000),
        ] {
            let tier = tiers.ladder.value.of(quantity).unwrap();
            assert_eq!(tier.last, end, "{quantity}");
        }
        assert_eq!(tiers.ladder.value.of(150_001), None);
        assert_eq!(tiers.months.value, 10);
        assert_eq!(tiers.rounding.value.plain(), "1");
    }

    #[test]
    fn faults_name_line_and_key() {
        let embedded = super::EMBEDDED;
        let faults = |from: &str, to: &str| -> Vec<String> {
            let text = embedded.replacen(from, to, 1);
            let faults = AnnualTiers::parse("a.toml", &text).unwrap_err();
            faults.iter().map(ToString::to_string).collect()
        };
        for (from, to, told) in [
            (
                "[10, 15,",
                "[15, 10,",
                "\"ends\" of the annual tiers is another list",
            ),
            (
                "step = 200,",
                "step = 0,",
                "\"step\" of the annual tiers is 0",
            ),
            (
                "months = 10",
                "months = 13",
                "\"annual_months\" of the annual tiers is 13",
            ),
            (
                "step = \"1.00\"",
                "step = \"0\"",
                "\"step\" of the annual tiers is 0",
            ),
            (
                "\"reported\"",
                "\"sure\"",
                "\"confidence\" of the annual tiers is \"sure\"",
            ),
        ] {
            let faults = faults(from, to);
            assert!(
                faults.iter().any(|fault| fault.contains(told)),
                "{faults:?}"
            );
        }
    }
}
