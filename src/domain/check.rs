//! Checks: named judgements on data and prices, made before anything is concluded.
//!
//! Codes, limits, severities and reasons are data (`data/checks.toml`, read by `check_table`). A new check is an entry
//! there, a line of `checks!` here, and the function that judges: of data in `read` or `analyse`, of prices in `model`.

use serde::Serialize;

use super::check_table::{self, Entry};

use crate::named::named;

named! {
    /// What a check means to the headline, the gravest first.
    CheckSeverity {
        /// No alternative is named the cheapest until it is settled.
        Severe = "severe";
        /// Shown at the top of every output.
        Warning = "warning";
        /// Told, with nothing in doubt.
        Note = "note";
    }
}

named! {
    /// The kind of a check, in the order in which checks are listed.
    CheckCode {
        StatedDay = "stated-day";
        ExportsApart = "exports-apart";
        NearlyAllWasted = "nearly-all-wasted";
        NearlyAllStrangers = "nearly-all-strangers";
        NobodyDisabled = "nobody-disabled";
        CurrentPeopleOnly = "current-people-only";
        PlanOrder = "plan-order";
        OldPrice = "old-price";
        NewerPrice = "newer-price";
        YearMonths = "year-months";
        FreePlanLimit = "free-plan-limit";
    }
}

impl CheckCode {
    /// The limits that its entry has to give.
    pub(crate) const fn limits(self) -> &'static [&'static str] {
        match self {
            CheckCode::StatedDay | CheckCode::ExportsApart | CheckCode::OldPrice => &["days"],
            CheckCode::NearlyAllWasted | CheckCode::NearlyAllStrangers => &["percent", "least"],
            CheckCode::NobodyDisabled => &["people"],
            CheckCode::FreePlanLimit => &[
                "jira",
                "confluence",
                "jira-service-management",
                "bitbucket",
                "jira-product-discovery",
            ],
            _ => &[],
        }
    }

    /// Its entry of the table.
    pub(crate) fn entry(self) -> &'static Entry {
        check_table::entry(self)
    }

    /// A limit of the table, by name.
    pub(crate) fn limit(self, name: &str) -> u64 {
        self.entry().limits.get(name).copied().unwrap_or_default()
    }
}

/// One check that fired.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub(crate) struct Check {
    severity: CheckSeverity,
    code: CheckCode,
    /// What was seen, as a sentence without its full stop.
    evidence: String,
    /// What to do about it, as a sentence without its full stop.
    action: String,
    /// Where it was seen: a file's line, a subscription, an account.
    places: Vec<String>,
}

impl Check {
    /// A check that fired with the severity and the action of its entry.
    pub(crate) fn new(code: CheckCode, evidence: impl Into<String>) -> Check {
        let entry = code.entry();
        Check {
            severity: entry.severity,
            code,
            evidence: evidence.into(),
            action: entry.action.clone(),
            places: Vec::new(),
        }
    }

    /// The same with places.
    pub(crate) fn at(self, places: impl IntoIterator<Item = String>) -> Check {
        Check {
            places: places.into_iter().collect(),
            ..self
        }
    }

    /// The same with an action that fits better than the entry's.
    pub(crate) fn doing(self, action: impl Into<String>) -> Check {
        Check {
            action: action.into(),
            ..self
        }
    }

    /// The same, severe where the entry's `severe_where` holds.
    pub(crate) fn severe_if(self, holds: bool) -> Check {
        Check {
            severity: if holds {
                CheckSeverity::Severe
            } else {
                self.severity
            },
            ..self
        }
    }

    pub(crate) const fn code(&self) -> CheckCode {
        self.code
    }

    pub(crate) const fn severity(&self) -> CheckSeverity {
        self.severity
    }

    pub(crate) fn is_severe(&self) -> bool {
        self.severity == CheckSeverity::Severe
    }

    pub(crate) fn evidence(&self) -> &str {
        &self.evidence
    }

    pub(crate) fn action(&self) -> &str {
        &self.action
    }

    pub(crate) fn places(&self) -> &[String] {
        &self.places
    }

    /// The check for a reader: what was seen and what to do.
    pub(crate) fn sentence(&self) -> String {
        in_a_sentence(&self.evidence, &self.action)
    }
}

/// What a check saw and what to do about it, for a reader.
pub(crate) fn in_a_sentence(evidence: &str, action: &str) -> String {
    let evidence = evidence.trim_end_matches('.');
    let action = capital(action.trim_end_matches('.'));
    format!("{evidence}. {action}.")
}

/// A text with its first letter in upper case.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::{Check, CheckCode, CheckSeverity};

    #[test]
    fn a_check_takes_its_severity_from_the_table_and_the_gravest_comes_first() {
        let warning = Check::new(CheckCode::PlanOrder, "a costs less than b");
        assert_eq!(warning.severity(), CheckSeverity::Warning);
        assert!(!warning.clone().severe_if(false).is_severe());
        let severe = warning.clone().severe_if(true);
        assert!(severe.is_severe());
        assert!(severe < warning);
        let sentence = warning.doing("ask").sentence();
        assert_eq!(sentence, "a costs less than b. Ask.");
    }
}
