//! Which values of an export a message may quote. The one place that decides it.
//!
//! A wrong status word or day is quoted, since that is what has to be corrected. What may be somebody's name, address
//! or id is not: the file, line and column say where it stands. `rejects.csv`, which is asked for, has it all.

use super::header::fold;

/// Longer values are cut: no status word or day is as long.
const MOST: usize = 40;
/// Columns, as they are compared, that hold what somebody is known by, or a part of such words.
const PRIVATE: &[&str] = &[
    "name",
    "mail",
    "login",
    "upn",
    "userprincipal",
    "id",
    "number",
    "dn",
    "proxyaddresses",
    "phone",
    "manager",
    "address",
    "group",
];

/// The value as a message shows it, where it may.
pub(super) fn value(column: &str, value: &str) -> Option<String> {
    let column = fold(column);
    let is_private = PRIVATE.iter().any(|word| match *word {
        // Whole words, or `status` of `paid` would be one.
        "id" | "dn" | "number" => column == *word || column.ends_with(word) && column.len() <= 14,
        word => column.contains(word),
    });
    if is_private || value.contains('@') || value.contains('\n') {
        return None;
    }
    let mut shown: String = value.chars().take(MOST).collect();
    if shown.len() < value.len() {
        shown.push('…');
    }
    Some(shown)
}

#[cfg(test)]
mod tests {
    use super::value;

    #[test]
    fn status_words_and_days_are_shown_and_what_names_somebody_is_not() {
        for (column, cell, shown) in [
            ("User status", "Actve", Some("Actve")),
            ("Termination Date", "soon", Some("soon")),
            (
                "Last seen in Jira - acme",
                "31 Nov 2026",
                Some("31 Nov 2026"),
            ),
            ("(whole record)", "4 cells", Some("4 cells")),
            ("email", "nobody", None),
            ("Display name", "Ana Berg", None),
            ("User id", "712020:a1", None),
            ("employeeId", "1234", None),
            ("Manager", "Ben", None),
            ("status", "ana@acme.example", None),
            ("status", "Ana\nBerg", None),
        ] {
            assert_eq!(value(column, cell).as_deref(), shown, "{column}");
        }
        let long = value("status", &"x".repeat(90)).expect("shown");
        assert_eq!(long.chars().count(), 41);
    }
}
