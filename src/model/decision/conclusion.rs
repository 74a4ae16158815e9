//! What may be concluded: the cheapest alternative by name, or the checks that have to be settled first.
//!
//! Whoever is outside the model learns of the cheapest alternative here alone, so that no output can name one while a
//! severe check holds.

use serde::Serialize;

use crate::domain::check::{Check, capital};
use crate::model::alternatives::cheapest::Cheapest;

/// The conclusion of the comparison.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Conclusion {
    Cheapest(Cheapest),
    /// At least one severe check holds: these.
    Withheld(Vec<Check>),
}

impl Conclusion {
    pub(crate) fn of(leader: &Cheapest, checks: &[Check]) -> Conclusion {
        let severe: Vec<Check> = checks
            .iter()
            .filter(|one| one.is_severe())
            .cloned()
            .collect();
        if severe.is_empty() {
            Conclusion::Cheapest(leader.clone())
        } else {
            Conclusion::Withheld(severe)
        }
    }

    /// The cheapest alternative, where it may be named.
    pub(crate) const fn cheapest(&self) -> Option<&Cheapest> {
        match self {
            Conclusion::Cheapest(cheapest) => Some(cheapest),
            Conclusion::Withheld(_) => None,
        }
    }

    /// Why none is named, where none may be.
    pub(crate) fn withheld(&self) -> Option<String> {
        match self {
            Conclusion::Cheapest(_) => None,
            Conclusion::Withheld(checks) => Some(to_settle(checks)),
        }
    }
}

fn to_settle(checks: &[Check]) -> String {
    let mut codes: Vec<&str> = checks.iter().map(|one| one.code().as_str()).collect();
    codes.dedup();
    let mut actions: Vec<String> = Vec::new();
    for one in checks {
        let action = format!("{}.", capital(one.action().trim_end_matches('.')));
        if !actions.contains(&action) {
            actions.push(action);
        }
    }
    let (noun, them) = match (codes.len(), checks.len()) {
        (1, 1) => ("check", "it"),
        (1, _) => ("check", "each case"),
        _ => ("checks", "each of them"),
    };
    format!(
        "No alternative is named the cheapest: settle the {noun} {} first. To settle {them}: {}",
        codes.join(", "),
        actions.join(" ")
    )
}

#[cfg(test)]
mod tests {
    use super::Conclusion;
    use crate::domain::check::{Check, CheckCode};
    use crate::model::alternative::Alternative;
    use crate::model::alternatives::cheapest::Cheapest;

    fn leader() -> Cheapest {
        Cheapest {
            alternative: Alternative::Enterprise,
            label: "Jira Enterprise".to_owned(),
            certain: true,
            rivals: Vec::new(),
            unpriced: Vec::new(),
        }
    }

    #[test]
    fn a_severe_check_withholds_the_name_and_a_warning_does_not() {
        let check = Check::new(CheckCode::PlanOrder, "seen").doing("ask the vendor");
        let named = Conclusion::of(&leader(), std::slice::from_ref(&check));
        assert_eq!(
            named.cheapest().map(|one| one.alternative),
            Some(Alternative::Enterprise)
        );
        assert_eq!(named.withheld(), None);
        let withheld = Conclusion::of(&leader(), &[check.severe_if(true)]);
        assert_eq!(withheld.cheapest(), None);
        assert_eq!(
            withheld.withheld().unwrap(),
            "No alternative is named the cheapest: settle the check plan-order first. To settle it: Ask the vendor."
        );
    }
}
