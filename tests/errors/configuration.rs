//! What the configuration and the options say.

use super::{PEOPLE, USERS, beside_a_report, earlier_report, fails, report_fails};
use crate::case::AS_OF;

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
        "error: seatledger.toml:2: invalid type: string \"many\", expected u32\n",
    );
    report_fails(
        &[
            ("users.csv", USERS.as_bytes()),
            ("seatledger.toml", b"[organisation]\n\nas_of = 20\n"),
        ],
        "error: seatledger.toml:3: expected a day such as 2026-11-30, found integer\n",
    );
}

#[test]
fn a_configuration_that_is_no_toml() {
    let ran = beside_a_report()
        .file("users.csv", USERS)
        .file("seatledger.toml", "[organisation]\nname = Acme\n")
        .args(["report", "DIR", "--as-of", AS_OF, "--out", "DIR/out"])
        .status(1)
        .any_stderr()
        .run();
    assert!(
        ran.stderr.starts_with("error: seatledger.toml:2: "),
        "{}",
        ran.stderr
    );
    assert_eq!(&ran.files("out"), earlier_report());
}

#[test]
fn values_of_the_configuration_that_cannot_be() {
    for (toml, error) in [
        (
            "[organisation]\ncurrency = \"dollars\"\n",
            "error: seatledger.toml:2: `currency` is \"dollars\": ",
        ),
        (
            "[[product]]\nproduct = \"Jira\"\nprice = \"nine\"\n",
            "error: seatledger.toml:3: `price` is \"nine\": ",
        ),
        (
            "[[product]]\nproduct = \"Jira\"\ndiscount_percent = \"120\"\n",
            "error: seatledger.toml:3: `discount_percent` is \"120\", which is not between 0 and 100",
        ),
        (
            "[input.columns]\nmail = \"Contact\"\n",
            "error: seatledger.toml:2: [input.columns] has \"mail\", which is nothing that a column can say",
        ),
    ] {
        let ran = beside_a_report()
            .file("users.csv", USERS)
            .file("seatledger.toml", toml)
            .args(["report", "DIR", "--as-of", AS_OF, "--out", "DIR/out"])
            .status(1)
            .any_stderr()
            .run();
        assert!(ran.stderr.starts_with(error), "{}", ran.stderr);
        assert_eq!(&ran.files("out"), earlier_report());
    }
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
