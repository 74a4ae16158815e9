//! Amounts in two currencies: nothing is converted.

use super::{USERS, report_fails};
use crate::case::Case;

#[test]
fn assumptions_in_dollars_are_no_euros() {
    let euros = "[organisation]\nname = \"Acme\"\ncurrency = \"EUR\"\n";
    report_fails(
        &[
            ("users.csv", USERS.as_bytes()),
            ("seatledger.toml", euros.as_bytes()),
        ],
        "error: seatledger.toml:3: the report is in EUR, and these assumptions come in USD, which is not converted: \
         `it_hourly_rate`, `cost_per_miss`, `cost_per_unused_licence`\n\n\
         hint: state each of them in EUR under [assumptions], or with --set NAME=VALUE\n",
    );
    let stated = "[assumptions]\nit_hourly_rate = 55\ncost_per_miss = 220\n";
    report_fails(
        &[
            ("users.csv", USERS.as_bytes()),
            ("seatledger.toml", format!("{euros}{stated}").as_bytes()),
        ],
        "error: seatledger.toml:3: the report is in EUR, and these assumptions come in USD, which is not converted: \
         `cost_per_unused_licence`\n\n\
         hint: state each of them in EUR under [assumptions], or with --set NAME=VALUE\n",
    );
    Case::new()
        .file("users.csv", USERS)
        .file("seatledger.toml", format!("{euros}{stated}"))
        .report()
        .args(["--set", "cost_per_unused_licence=130"])
        .run();
}

#[test]
fn prices_in_two_currencies_name_both_places() {
    let dollars = "[organisation]\nname = \"Acme\"\ncurrency = \"USD\"\n";
    let told = |line: usize, of: &str, place: &str| {
        format!(
            "error: seatledger.toml:{line}: the price of {of} is in EUR, and the organisation's currency is USD ({place})\n\n\
             hint: nothing is converted: state every price in the organisation's currency\n"
        )
    };
    let jira = "product = \"Jira\"\nprice = \"7.50\"\ncurrency = \"EUR\"\n";
    let third_party = "[third_party]\nannual_fee = \"9600\"\ncurrency = \"eur\"\n";
    let own_line = "seatledger.toml:3";
    let none = "the default, since [organisation] has no `currency`";
    for (toml, error) in [
        (
            format!("{dollars}[[contract]]\n{jira}"),
            told(7, "Jira", own_line),
        ),
        (
            format!("{dollars}[[product]]\n{jira}"),
            told(7, "Jira", own_line),
        ),
        (format!("[[product]]\n{jira}"), told(4, "Jira", none)),
        (
            format!("{dollars}{third_party}"),
            told(6, "the third party", own_line),
        ),
    ] {
        let files = [
            ("users.csv", USERS.as_bytes()),
            ("seatledger.toml", toml.as_bytes()),
        ];
        report_fails(&files, &error);
    }
    Case::new()
        .file("users.csv", USERS)
        .file(
            "seatledger.toml",
            format!("{dollars}[[contract]]\n{}", jira.replace("EUR", "usd")),
        )
        .report()
        .run();
}
