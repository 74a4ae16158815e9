//! Guard that is paid for already: the question is to keep it, to drop it or to move up.

use crate::case::{Case, Ran};

/// The demo's report with Guard held.
fn held(plan: &str, scim: bool) -> Ran {
    let held = format!("held = \"{plan}\"");
    Case::sample_with(|toml| {
        let toml = toml.replace("held = \"none\"", &held);
        match scim {
            true => toml.replace("# key_created", "key_created"),
            false => toml,
        }
    })
    .report()
    .run()
}

/// What each alternative saves against today, in the order of the report.
fn against_today(ran: &Ran) -> Vec<String> {
    let rows =
        ran.csv("alternatives.csv")
            .shown(&["component", "alternative", "low", "high", "working"]);
    let wanted = "net-against-today | ";
    let told = rows.iter().filter_map(|row| row.strip_prefix(wanted));
    told.map(|row| row.split(':').next().unwrap_or(row).to_owned())
        .collect()
}

/// 469 users of Standard cost 469 × 3 to 4 × 12 = 16,884 to 22,512, and 505 to 509 of Premium 505 × 8 × 12 = 48,480 to
/// 48,864. Dropping Guard that nobody provisions with saves its fee and changes nothing else; moving up with SCIM in
/// use costs Premium's fee and nothing else.
#[test]
fn fees_that_are_paid_either_way_cancel() {
    let without = against_today(&held("standard", false));
    assert_eq!(without[0], "manual | 16884.00 | 22512.00 | drop Guard");
    let with = against_today(&held("standard", true));
    assert_eq!(with[1], "guard-standard | 0.00 | 0.00 | keep");
    assert_eq!(with[2], "guard-premium | -48864.00 | -48480.00 | move up");
    let premium = against_today(&held("premium", true));
    assert_eq!(
        premium[1],
        "guard-standard | 48480.00 | 48864.00 | move down"
    );
    assert_eq!(premium[2], "guard-premium | 0.00 | 0.00 | keep");
}

/// Dropping Guard saves 16,884 to 22,512 and loses the hours that SCIM takes off: 50 to 90% of 5,911.25, less its own 5
/// to 30 hours at 60.25. That is 16,884 − (5,320.12 − 301.25) = 11,865.13 to 22,512 − (2,955.62 − 1,807.50) = 21,363.88.
/// The orphaned accounts and leavers' seats are what SCIM leaves, so nothing of them goes or comes back.
#[test]
fn what_scim_leaves_today_it_does_not_take_once_more() {
    let ran = held("standard", true);
    assert_eq!(
        against_today(&ran)[0],
        "manual | 11865.13 | 21363.88 | drop Guard"
    );
    let rows = ran
        .csv("alternatives.csv")
        .shown(&["component", "alternative", "low", "high"]);
    for kind in ["compliance-misses", "unused-licences"] {
        let of = |alternative: &str| {
            let start = format!("{kind} | {alternative} | ");
            let row = rows.iter().find_map(|row| row.strip_prefix(&start));
            row.expect("a row").to_owned()
        };
        assert_eq!(of("guard-standard"), of("manual"), "{kind}");
        assert_eq!(of("guard-premium"), of("manual"), "{kind}");
        assert_ne!(of("third-party"), of("manual"), "{kind}");
    }
    for text in [
        "so dropping Guard saves at most what is shown",
        "and more without the SCIM that is in use",
        "That holds while dropping the SCIM that is in use leaves no more accounts and seats behind than are counted today",
    ] {
        assert!(ran.json().to_string().contains(text), "{text}");
    }
}

#[test]
fn the_headline_asks_whether_to_keep_to_drop_or_to_move_up() {
    let told = held("standard", true).stdout;
    let sentence = told
        .split("Guard Standard is paid for today, ")
        .nth(1)
        .expect("the sentence");
    let sentence: String = sentence
        .split_whitespace()
        .take(36)
        .collect::<Vec<_>>()
        .join(" ");
    assert!(
        sentence.starts_with(
            "with its SCIM; against that, in the first year: dropping it saves at most $11,865–21,364 and loses SSO, SCIM and \
             audit logs; moving to Guard Premium \
             costs $48,480–48,864 more;"
        ),
        "{sentence}"
    );
    assert!(
        told.contains("against today") && told.contains("drop Guard"),
        "{told}"
    );
}

/// Without Guard there is no such question.
#[test]
fn without_guard_nothing_is_held_against_it() {
    let rows = crate::case::sample_report().csv("alternatives.csv");
    assert!(!rows.column("component").contains(&"net-against-today"));
}

/// Whether SCIM runs can be said without a key, as of a provider whose connection has none.
#[test]
fn scim_in_use_can_be_stated_without_a_key() {
    let told = |scim: &str| {
        let change = |toml: String| {
            toml.replace("held = \"none\"", "held = \"standard\"")
                .replace("[scim]", &format!("[scim]\n{scim}"))
        };
        let told = Case::sample_with(change).report().run().stdout;
        told.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert!(
        told("in_use = true")
            .contains("Guard Standard is paid for today, with its SCIM; against that")
    );
    assert!(
        told("in_use = false")
            .contains("Guard Standard is paid for today, without its SCIM; against that")
    );
    let unsaid = "Guard Standard is paid for today, taken to be without its SCIM, since [scim] in seatledger.toml states \
                  neither `in_use` nor `key_created`; against that";
    assert!(told("").contains(unsaid));
}
