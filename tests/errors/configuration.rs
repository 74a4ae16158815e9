//! What the configuration and the options say.

use super::{PEOPLE, USERS, beside_a_report, fails, report_fails};
use crate::case::{AS_OF, Case};

#[test]
fn an_unknown_key_of_the_configuration() {
    report_fails(
        &[
            ("users.csv", USERS.as_bytes()),
            (
                "seatledger.toml",
                b"[organisation]\nname = \"Acme\"\ncurency = \"USD\"\n",
            ),
        ],
        "error: seatledger.toml:3: unknown field `curency`, expected one of `name`, `as_of`, `currency`, `domains`, \
         `own_sites`, `sandbox_sites`, `identity_provider`\n\nhint: did you mean `currency`?\n",
    );
}

#[test]
fn a_wrong_type_in_the_configuration() {
    report_fails(
        &[
            ("users.csv", USERS.as_bytes()),
            ("seatledger.toml", b"[thresholds]\ngrace = \"many\"\n"),
        ],
        "error: seatledger.toml:2: `grace` under [thresholds] is \"many\"\n  expected a whole number of zero or more\n\n\
         hint: for example grace = 30\n",
    );
    report_fails(
        &[
            ("users.csv", USERS.as_bytes()),
            ("seatledger.toml", b"[organisation]\n\nas_of = 20\n"),
        ],
        "error: seatledger.toml:3: `as_of` under [organisation] is 20\n  expected a day\n\n\
         hint: for example as_of = 2026-11-30\n",
    );
}

/// What begins like a day and goes on is none.
#[test]
fn a_day_of_the_configuration_with_more_behind_it() {
    report_fails(
        &[
            ("users.csv", USERS.as_bytes()),
            (
                "seatledger.toml",
                b"[organisation]\nas_of = \"2026-11-301\"\n",
            ),
        ],
        "error: seatledger.toml:2: \"2026-11-301\" is not a day; write it as 2026-11-30\n",
    );
}

#[test]
fn a_configuration_that_is_no_toml() {
    toml_fails(
        "[organisation]\nname = Acme\n",
        "2: string values must be quoted, expected literal string\n\nhint: write text in quotes: name = \"Acme\"",
    );
}

/// A report whose configuration is this fails with this fault.
#[track_caller]
fn toml_fails(toml: &str, fault: &str) {
    report_fails(
        &[
            ("users.csv", USERS.as_bytes()),
            ("people.csv", PEOPLE.as_bytes()),
            ("seatledger.toml", toml.as_bytes()),
        ],
        &format!("error: seatledger.toml:{fault}\n"),
    );
}

const AMOUNTS: &str =
    "hint: write amounts as plain decimal numbers, such as 8.20, and currencies as three letters";

#[test]
fn a_currency_that_is_none() {
    toml_fails(
        "[organisation]\ncurrency = \"dollars\"\n",
        "2: `currency` is \"dollars\": \"dollars\" is not a currency code of three letters such as \"USD\"\n\n\
         hint: write a currency as three letters, such as \"USD\"",
    );
}

#[test]
fn prices_and_discounts_that_cannot_be() {
    let no_number = "is not a plain decimal number such as \"1234.50\"";
    let long = "12345678901234567890123456789";
    for (terms, fault) in [
        (
            "price = \"nine\"",
            format!("`price` is \"nine\": \"nine\" {no_number}\n\n{AMOUNTS}"),
        ),
        (
            "price = \"-9\"",
            format!("`price` is \"-9\": \"-9\" {no_number}\n\n{AMOUNTS}"),
        ),
        (
            "price = \"12345678901234567890123456789\"",
            format!("`price` is \"{long}\": \"{long}\" has more than 28 digits\n\n{AMOUNTS}"),
        ),
        (
            "discount_percent = \"a fifth\"",
            format!("`discount_percent` is \"a fifth\": \"a fifth\" {no_number}\n\n{AMOUNTS}"),
        ),
        (
            "discount_percent = \"120\"",
            "`discount_percent` is \"120\", which is not between 0 and 100\n\n\
             hint: a discount of a fifth is \"20\""
                .to_owned(),
        ),
        (
            "price = \"8.20\"\ndiscount_percent = \"20\"",
            "Jira has both a price (8.20) and a discount\n\n\
             hint: give one of them: the price is what is paid after any discount"
                .to_owned(),
        ),
    ] {
        toml_fails(
            &format!("[[product]]\nproduct = \"Jira\"\n{terms}\n"),
            &format!("3: {fault}"),
        );
    }
}

#[test]
fn a_column_that_can_say_nothing() {
    toml_fails(
        "[input.columns]\nmail = \"Contact\"\n",
        "2: [input.columns] has \"mail\", which is nothing that a column can say\n\n\
         hint: it can say email, login, alias, enabled, blocked, status, left, department, employee_id",
    );
}

#[test]
fn a_third_partys_fee_that_is_none() {
    let hint = "hint: write the amount as a plain decimal number, such as 9600";
    for (before, key) in [
        ("", "annual_fee"),
        ("", "price_per_user_month"),
        ("annual_fee = \"9600\"\n", "setup_fee"),
    ] {
        let line = 2 + before.lines().count();
        toml_fails(
            &format!("[third_party]\n{before}{key} = \"cheap\"\n"),
            &format!(
                "{line}: `{key}` under [third_party] is \"cheap\": \"cheap\" is not a plain decimal number such as \
                 \"1234.50\"\n\n{hint}"
            ),
        );
        // A fee below zero would make any offer the cheapest.
        toml_fails(
            &format!("[third_party]\n{before}{key} = \"-9600\"\n"),
            &format!(
                "{line}: `{key}` under [third_party] is \"-9600\", which is below zero\n\n{hint}"
            ),
        );
    }
    toml_fails(
        "[third_party]\nannual_fee = \"9600\"\nprice_per_user_month = \"2\"\n",
        "3: [third_party] has both annual_fee and price_per_user_month\n\n\
         hint: give the one that the offer names",
    );
}

#[test]
fn assumptions_of_the_configuration_that_cannot_be() {
    for (line, fault) in [
        (
            "it_hourly_rate = true",
            "`it_hourly_rate` under [assumptions] is true\n  expected a number\n\nhint: for example it_hourly_rate = 8.20",
        ),
        (
            "it_hourly_rat = \"5\"",
            "there is no assumption called `it_hourly_rat`\n\nhint: did you mean `it_hourly_rate`?",
        ),
        (
            "it_hourly_rate = \"60,25\"",
            "the assumption `it_hourly_rate`: \"60,25\" is not a plain decimal number such as \"1234.50\"\n\n\
             hint: write a plain number, such as 96 or 60.25",
        ),
        (
            "it_hourly_rate = \"-1\"",
            "the assumption `it_hourly_rate` is -1\n\nhint: expected a number of zero or more",
        ),
        (
            "labour_left_scim = \"1.5\"",
            "the assumption `labour_left_scim` is 1.5\n\nhint: expected a share from 0 to 1",
        ),
        (
            "horizon_years = \"2.5\"",
            "the assumption `horizon_years` is 2.5\n\nhint: expected whole years from 1 to 20",
        ),
        (
            "it_hours_a_year = -3",
            "the assumption `it_hours_a_year` is -3\n\nhint: expected zero or more hours",
        ),
    ] {
        toml_fails(&format!("[assumptions]\n{line}\n"), &format!("2: {fault}"));
    }
}

#[test]
fn all_that_a_table_states_wrongly_is_told_at_once() {
    toml_fails(
        "[assumptions]\nlabour_left_scim = \"1.5\"\nit_hourly_rate = \"-1\"\nwage_rise = \"0.02\"\n",
        "2: the assumption `labour_left_scim` is 1.5\n  expected a share from 0 to 1\n\
         error: seatledger.toml:3: the assumption `it_hourly_rate` is -1\n  expected a number of zero or more",
    );
    toml_fails(
        "[[product]]\nproduct = \"Jira\"\nprice = \"8,20\"\n\n\
         [[product]]\nproduct = \"Confluence\"\ndiscount_percent = \"120\"\n",
        "3: `price` is \"8,20\": \"8,20\" is not a plain decimal number such as \"1234.50\"\n  \
         write amounts as plain decimal numbers, such as 8.20, and currencies as three letters\n\
         error: seatledger.toml:7: `discount_percent` is \"120\", which is not between 0 and 100\n  \
         a discount of a fifth is \"20\"",
    );
    let fault = |name: &str| {
        format!(
            "[input.columns] has {name:?}, which is nothing that a column can say\n  it can say email, login, alias, \
             enabled, blocked, status, left, department, employee_id"
        )
    };
    toml_fails(
        "[input.columns]\nteam = \"Contact\"\nemail = \"Address\"\nmail = \"Group\"\n",
        &format!(
            "2: {}\nerror: seatledger.toml:4: {}",
            fault("team"),
            fault("mail")
        ),
    );
}

#[test]
fn two_configurations() {
    let case = beside_a_report()
        .file("a/users.csv", USERS)
        .file("a/seatledger.toml", "")
        .file("b/people.csv", PEOPLE)
        .file("b/seatledger.toml", "[guard]\n")
        .args([
            "report", "DIR/a", "DIR/b", "--as-of", AS_OF, "--out", "DIR/out",
        ]);
    fails(
        case,
        2,
        "error: two configurations: DIR/a/seatledger.toml and DIR/b/seatledger.toml\n\n\
         hint: say which one holds with --config FILE\n",
    );
}

#[test]
fn a_day_that_is_none() {
    let case = beside_a_report().file("users.csv", USERS).args([
        "report",
        "DIR",
        "--as-of",
        "20.11.2026",
        "--out",
        "DIR/out",
    ]);
    fails(
        case,
        2,
        "error: \"20.11.2026\" is not a day; write it as 2026-11-30\n\nhint: for example --as-of 2026-11-30\n",
    );
}

#[test]
fn a_scim_key_that_is_not_made_yet() {
    report_fails(
        &[
            ("users.csv", USERS.as_bytes()),
            (
                "seatledger.toml",
                b"[organisation]\nname = \"Acme\"\n\n[scim]\nkey_created = 2026-11-21\n",
            ),
        ],
        "error: seatledger.toml:5: `key_created` under [scim] is 2026-11-21, after the day of the report, 2026-11-20\n\n\
         hint: correct the day, or state that of the exports with --as-of\n",
    );
}

#[test]
fn a_column_or_word_that_is_no_text() {
    for (written, found) in [("5", "5"), ("8.20", "8.20"), ("[true]", "[true]")] {
        toml_fails(
            &format!("[input.columns]\ndepartment = {written}\n"),
            &format!(
                "2: `department` under [input.columns] is {found}\n  expected a text or a list of texts\n\n\
                 hint: for example department = \"…\""
            ),
        );
    }
}

/// A slip in the provider's name would leave what it can do unknown in silence.
#[test]
fn an_identity_provider_that_is_misspelt() {
    toml_fails(
        "[organisation]\nname = \"Acme\"\nidentity_provider = \"gogle\"\n",
        "3: `identity_provider` under [organisation] is \"gogle\", and no provider has this name\n\n\
         hint: did you mean \"google\"? Leave the key out where it is another one",
    );
}

#[test]
fn a_day_in_a_year_that_cannot_be() {
    for day in ["-1-01-01", "0026-11-20"] {
        let year = day.rsplitn(3, '-').last().expect("a year");
        let year: i32 = year.parse().expect("a number");
        let as_of = format!("--as-of={day}");
        let case = beside_a_report()
            .file("users.csv", USERS)
            .args(["report", "DIR", &as_of, "--out", "DIR/out"]);
        fails(
            case,
            2,
            &format!(
                "error: \"{day}\" is in the year {year}; days from 1900-01-01 to 9999-12-31 are read\n\n\
                 hint: for example --as-of 2026-11-30\n"
            ),
        );
    }
    toml_fails(
        "[organisation]\nas_of = 0226-11-20\n",
        "2: \"0226-11-20\" is in the year 226; days from 1900-01-01 to 9999-12-31 are read",
    );
}

/// A price is the same with quotes and without, to the last digit.
#[test]
fn numbers_with_quotes_and_without_give_the_same_report() {
    let report = |toml: &str| {
        Case::new()
            .file("users.csv", USERS)
            .file("people.csv", PEOPLE)
            .file("seatledger.toml", toml)
            .report()
            .run()
            .files("out")
    };
    let bare = "[[product]]\nproduct = \"Jira\"\nprice = 8.2000000000000000001\n\
        [third_party]\nannual_fee = 1_200.10\nsetup_fee = 99.9\n\
        [assumptions]\nit_hourly_rate = 60.1\ndiscount_rate = 0.05\n";
    let quoted = "[[product]]\nproduct = \"Jira\"\nprice = \"8.2000000000000000001\"\n\
        [third_party]\nannual_fee = \"1200.10\"\nsetup_fee = \"99.9\"\n\
        [assumptions]\nit_hourly_rate = \"60.1\"\ndiscount_rate = \"0.05\"\n";
    assert_eq!(report(bare), report(quoted));
}

/// What no price list has is told at once, however long the file is.
#[test]
fn a_configuration_that_is_far_too_long() {
    let mut tables = "[[product]]\nproduct = \"Jira\"\n".repeat(30_000);
    toml_fails(
        &tables,
        "20001: `product` has 30000 entries; at most 10000 are read\n\nhint: leave out what no export needs",
    );
    tables.truncate(0);
    let bands = "{ up_to = 1, price = 8.20 },\n".repeat(1_001);
    toml_fails(
        &format!("[[contract]]\nproduct = \"Jira\"\nbands = [\n{bands}]\n"),
        "3: \"bands\" of the contract price of Jira is a list of 1001 bands\n  \
         expected at most 1000 bands\n\nhint: the README describes [[contract]]",
    );
}

#[test]
fn a_configuration_that_is_no_text_or_far_too_large() {
    report_fails(
        &[
            ("users.csv", USERS.as_bytes()),
            ("seatledger.toml", b"[organisation]\nname = \"M\xfcller\"\n"),
        ],
        "error: seatledger.toml: line 2 is not UTF-8 text\n\nhint: save the file as UTF-8\n",
    );
    let large = "# nothing\n".repeat(1_700_000);
    report_fails(
        &[
            ("users.csv", USERS.as_bytes()),
            ("seatledger.toml", large.as_bytes()),
        ],
        "error: seatledger.toml: the file has more than 16 MiB\n\n\
         hint: a configuration or scenario is a short file; give exports without --config\n",
    );
}
