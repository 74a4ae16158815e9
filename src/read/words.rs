//! Words of status and of yes and no, in every spelling that exports use.

use crate::domain::account::AccountStatus;
use crate::domain::person::PersonStatus;

/// Letters and digits alone, in lower case: `PASSWORD_EXPIRED`, "Password expired" and "password-expired" agree.
pub(crate) fn folded(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The names by which `[input.status]` of the configuration speaks of a status.
pub(crate) const STATUS_NAMES: &[(&str, PersonStatus)] = &[
    ("present", PersonStatus::Present),
    ("not_yet", PersonStatus::NotYet),
    ("disabled", PersonStatus::Disabled),
    ("left", PersonStatus::Gone),
];

/// What a word in a status column says; `None` for a word that no list has. Blank is unknown.
pub(crate) fn person_status(text: &str) -> Option<PersonStatus> {
    match text {
        "Active" | "ACTIVE" => return Some(PersonStatus::Present),
        "" => return Some(PersonStatus::Unknown),
        _ => {}
    }
    Some(match folded(text).as_str() {
        "" => PersonStatus::Unknown,
        "active"
        | "enabled"
        | "activated"
        | "provisioned"
        | "pendinguseraction"
        | "passwordexpired"
        | "passwordreset"
        | "recovery"
        | "lockedout"
        | "locked"
        | "onleave"
        | "leave"
        | "loa"
        | "leaveofabsence"
        | "fulltime"
        | "parttime"
        | "contractor"
        | "current"
        | "employed"
        | "present"
        | "accepted"
        | "approved"
        | "passwordpending"
        | "awaitingpasswordreset"
        | "securityquestionsrequired" => PersonStatus::Present,
        "staged" | "unactivated" | "pending" | "invited" | "pendingacceptance" | "notactivated"
        | "prehire" | "onboarding" => PersonStatus::NotYet,
        "suspended" | "disabled" | "inactive" | "blocked" | "archived" => PersonStatus::Disabled,
        "deprovisioned" | "deactivated" | "terminated" | "deleted" | "offboarded"
        | "offboarding" | "left" | "leaver" | "former" | "resigned" | "retired" | "separated"
        | "unassigned" | "revoked" => PersonStatus::Gone,
        _ => return None,
    })
}

/// Yes or no in a flag column; `None` for blank and for any other word.
pub(crate) fn yes_or_no(text: &str) -> Option<bool> {
    match text {
        "True" | "true" | "TRUE" => return Some(true),
        "False" | "false" | "FALSE" => return Some(false),
        _ => {}
    }
    match folded(text).as_str() {
        "yes" | "y" | "true" | "1" | "on" | "enabled" | "billable" => Some(true),
        "no" | "n" | "false" | "0" | "off" | "disabled" | "nonbillable" | "notbillable" => {
            Some(false)
        }
        _ => None,
    }
}

/// The state of an Atlassian account, in the words of every Atlassian export and API.
pub(crate) fn account_status(text: &str) -> Option<AccountStatus> {
    match text {
        "Active" => return Some(AccountStatus::Active),
        "Suspended" => return Some(AccountStatus::Suspended),
        "Deactivated" => return Some(AccountStatus::Deactivated),
        _ => {}
    }
    Some(match folded(text).as_str() {
        "active" | "enabled" => AccountStatus::Active,
        "suspended" | "partial" | "notinvited" => AccountStatus::Suspended,
        "deactivated" | "inactive" | "disabled" => AccountStatus::Deactivated,
        "closed" | "deleted" | "fordeletion" => AccountStatus::Closed,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{account_status, person_status, yes_or_no};
    use crate::domain::account::AccountStatus;
    use crate::domain::person::PersonStatus;

    #[test]
    fn spellings_of_one_status_agree() {
        for text in ["PASSWORD_EXPIRED", "Password expired", "password-expired"] {
            assert_eq!(person_status(text), Some(PersonStatus::Present), "{text}");
        }
        assert_eq!(person_status("Deactivated"), Some(PersonStatus::Gone));
        assert_eq!(person_status("SUSPENDED"), Some(PersonStatus::Disabled));
        assert_eq!(person_status("Staged"), Some(PersonStatus::NotYet));
        assert_eq!(person_status(" "), Some(PersonStatus::Unknown));
        assert_eq!(person_status("Sabbatical"), None);
    }

    #[test]
    fn flags_and_account_states_are_read_in_any_case() {
        assert_eq!(yes_or_no("TRUE"), Some(true));
        assert_eq!(yes_or_no("Nonbillable"), Some(false));
        assert_eq!(yes_or_no(""), None);
        assert_eq!(account_status("active"), Some(AccountStatus::Active));
        assert_eq!(account_status("Disabled"), Some(AccountStatus::Deactivated));
        assert_eq!(account_status("Actve"), None);
    }
}
