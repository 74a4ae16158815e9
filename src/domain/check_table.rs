//! The table of checks: `data/checks.toml`, carried by the program and read once.
//!
//! What each code means stands there and nowhere else; what fires it is the code's own function.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::check::{CheckCode, CheckSeverity};

const EMBEDDED: &str = include_str!("../../data/checks.toml");

/// What one code means.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    pub(crate) code: String,
    pub(crate) judges: Judges,
    pub(crate) severity: CheckSeverity,
    #[serde(default)]
    pub(crate) severe_where: Option<String>,
    fires: String,
    pub(crate) why: String,
    pub(crate) action: String,
    #[serde(default)]
    pub(crate) limits: BTreeMap<String, u64>,
}

/// What is judged: data are judged where no price is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Judges {
    Data,
    Prices,
}

impl<'de> Deserialize<'de> for CheckSeverity {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<CheckSeverity, D::Error> {
        let word = String::deserialize(from)?;
        CheckSeverity::ALL
            .into_iter()
            .find(|one| one.as_str() == word)
            .ok_or_else(|| {
                serde::de::Error::custom(format!("{word:?} is not severe, warning or note"))
            })
    }
}

impl Entry {
    /// What makes it fire, with its limits filled in.
    pub(crate) fn fires(&self) -> String {
        self.limits
            .iter()
            .fold(self.fires.clone(), |text, (name, limit)| {
                text.replace(&format!("{{{name}}}"), &limit.to_string())
            })
    }

    /// `warning; severe where …`.
    pub(crate) fn severities(&self) -> String {
        match &self.severe_where {
            Some(holds) => format!("{}; severe where {holds}", self.severity.as_str()),
            None => self.severity.as_str().to_owned(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTable {
    check: Vec<Entry>,
}

static TABLE: LazyLock<Result<Vec<Entry>, String>> = LazyLock::new(|| parse(EMBEDDED));

fn parse(text: &str) -> Result<Vec<Entry>, String> {
    let table: RawTable = toml::from_str(text).map_err(|fault| fault.to_string())?;
    let listed: Vec<&str> = table.check.iter().map(|one| one.code.as_str()).collect();
    let codes: Vec<&str> = CheckCode::ALL.iter().map(|one| one.as_str()).collect();
    if listed != codes {
        return Err(format!(
            "the codes are {codes:?}, and the table has {listed:?}"
        ));
    }
    for (code, entry) in CheckCode::ALL.iter().zip(&table.check) {
        let mut limits = code.limits().to_vec();
        limits.sort_unstable();
        if !entry.limits.keys().eq(limits) {
            return Err(format!(
                "{} takes the limits {:?}",
                entry.code,
                code.limits()
            ));
        }
    }
    Ok(table.check)
}

/// What is wrong with the table; a test shows that nothing is.
///
/// # Errors
/// The first fault.
pub(crate) fn sound() -> Result<(), &'static str> {
    match &*TABLE {
        Ok(_) => Ok(()),
        Err(fault) => Err(fault),
    }
}

/// What stands for a code while the table is faulty, which stops a run before anything is judged.
static STRICTEST: Entry = Entry {
    code: String::new(),
    judges: Judges::Data,
    severity: CheckSeverity::Severe,
    severe_where: None,
    fires: String::new(),
    why: String::new(),
    action: String::new(),
    limits: BTreeMap::new(),
};

pub(super) fn entry(code: CheckCode) -> &'static Entry {
    let entries = TABLE.as_deref().unwrap_or_default();
    let own = entries.iter().find(|one| one.code == code.as_str());
    own.unwrap_or(&STRICTEST)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::{EMBEDDED, Judges, parse, sound};
    use crate::domain::check::{CheckCode, CheckSeverity};

    #[test]
    fn the_table_has_each_code_once_with_its_limits_and_reasons() {
        assert_eq!(sound(), Ok(()));
        for code in CheckCode::ALL {
            let entry = code.entry();
            for limit in code.limits() {
                assert!(
                    entry.fires.contains(&format!("{{{limit}}}")),
                    "{}: the rule does not say {limit}",
                    entry.code
                );
            }
            assert!(!entry.fires().contains('{'), "{}", entry.code);
            assert!(!entry.why.is_empty() && !entry.action.is_empty());
            let always = entry.severity == CheckSeverity::Severe;
            assert!(!(always && entry.severe_where.is_some()), "{}", entry.code);
        }
    }

    #[test]
    fn a_table_that_lacks_a_code_or_a_limit_is_faulty() {
        let first = EMBEDDED.replacen("code = \"plan-order\"", "code = \"plan-ordre\"", 1);
        assert!(parse(&first).unwrap_err().contains("plan-ordre"));
        let limit = EMBEDDED.replacen("limits = { days", "limits = { dais", 1);
        assert!(parse(&limit).is_err());
        let word = EMBEDDED.replacen("severity = \"warning\"", "severity = \"grave\"", 1);
        assert!(parse(&word).unwrap_err().contains("grave"));
    }

    #[test]
    fn the_readme_prints_the_same_table() {
        let mut table = String::from(
            "| code | judges | severity | fires on | because |\n|---|---|---|---|---|\n",
        );
        for code in CheckCode::ALL {
            let entry = code.entry();
            let judges = match entry.judges {
                Judges::Data => "data",
                Judges::Prices => "prices",
            };
            let _ = writeln!(
                table,
                "| `{}` | {judges} | {} | {} | {} |",
                entry.code,
                entry.severities(),
                entry.fires(),
                entry.why
            );
        }
        let readme = include_str!("../../README.md");
        assert!(
            readme.contains(&table),
            "the README should have this table:\n{table}"
        );
    }
}
