//! Other commands than `report`.

use super::{PEOPLE, USERS, beside_a_report, fails, hint, lines};
use crate::case::{AS_OF, Case};

#[track_caller]
fn command_fails(arguments: &[&str], status: u8, stderr: &str) {
    let case = beside_a_report()
        .file("in/users.csv", USERS)
        .file("in/people.csv", PEOPLE);
    fails(case.args(arguments.iter().copied()), status, stderr);
}

#[test]
fn check_and_explain_refuse_what_report_refuses() {
    for command in [
        &["check", "DIR/none"][..],
        &["explain", "ana@acme.example", "DIR/none"],
    ] {
        let error = [
            "error: cannot read DIR/none",
            "  because: No such file or directory (os error 2)",
            "",
            hint::READABLE,
        ];
        command_fails(command, 1, &lines(&error));
    }
}

#[test]
fn a_check_does_not_fit_one_csv() {
    command_fails(
        &["check", "DIR/in", "--format", "csv"],
        2,
        "error: a check is several tables and does not fit one CSV\n\nhint: use --format json\n",
    );
}

#[test]
fn nobody_has_the_address_that_is_to_be_explained() {
    command_fails(
        &["explain", "zoe@acme.example", "DIR/in", "--as-of", AS_OF],
        2,
        "error: no account has the address zoe@acme.example\n\n\
         hint: accounts.csv of a report lists all addresses\n",
    );
}

#[test]
fn init_never_overwrites() {
    let ran = Case::new()
        .file("users.csv", USERS)
        .file("seatledger.toml", "# mine\n")
        .args(["init", "DIR"])
        .status(2)
        .stderr("error: DIR/seatledger.toml is there already\n\nhint: move it away to have a new one written\n")
        .run();
    assert_eq!(ran.bytes("seatledger.toml"), b"# mine\n");
}

/// What `init` writes is a configuration that `report` takes.
#[test]
fn what_init_writes_can_be_read() {
    let ran = Case::new()
        .file("users.csv", USERS)
        .file("people.csv", PEOPLE)
        .args(["init", "DIR"])
        .stderr("wrote DIR/seatledger.toml: confirm what it says, above all the plans\n")
        .run();
    let written = ran.bytes("seatledger.toml");
    Case::new()
        .file("users.csv", USERS)
        .file("people.csv", PEOPLE)
        .file("seatledger.toml", written)
        .args(["check", "DIR"])
        .any_stdout()
        .run();
}

#[test]
fn assumptions_that_cannot_be() {
    for (stated, error) in [
        (
            "hours",
            "error: --set \"hours\" has no value\n\nhint: write it as --set it_hourly_rate=75\n",
        ),
        (
            "nonsense=3",
            "error: there is no assumption called `nonsense`\n\n\
             hint: assumptions.csv of a report lists the names\n",
        ),
        (
            "it_hourly_rate=many",
            "error: the assumption `it_hourly_rate`: \"many\" is not a plain decimal number such as \"1234.50\"\n\n\
             hint: write a plain number, such as 96 or 60.25\n",
        ),
        (
            "headcount_growth=-1",
            "error: the assumption `headcount_growth` is -1\n\n\
             hint: expected a yearly share from -0.5 to 1: from half of it to twice as much\n",
        ),
    ] {
        let arguments = [
            "report", "DIR/in", "--as-of", AS_OF, "--out", "DIR/out", "--set", stated,
        ];
        command_fails(&arguments, 2, error);
    }
}

#[test]
fn a_quote_for_nobody() {
    command_fails(
        &["quote", "--users", "0"],
        2,
        "error: --users 0 is not a number of users\n\n\
         hint: give whole numbers from 1 to 8000000000, separated by commas\n",
    );
}

/// Thousands with a comma would be two headcounts.
#[test]
fn a_quote_for_a_number_with_a_comma_in_it() {
    command_fails(
        &["quote", "--users", "1,800"],
        2,
        "error: --users 1,800 can be read as 1800, or as 1 and 800\n\n\
         hint: write 1800 without a comma within a number, or 800,1 for a list\n",
    );
}

#[test]
fn a_configuration_that_is_not_there() {
    let error = [
        "error: cannot read DIR/none.toml",
        "  because: No such file or directory (os error 2)",
        "",
        hint::READABLE,
    ];
    let arguments = [
        "report",
        "DIR/in",
        "--config",
        "DIR/none.toml",
        "--out",
        "DIR/out",
    ];
    command_fails(&arguments, 1, &lines(&error));
}

/// A name that fits no file would leave the list of leavers to be read as a roster.
#[test]
fn a_list_of_leavers_that_is_not_there() {
    let arguments = ["report", "DIR/in", "--as-of", AS_OF, "--out", "DIR/out"];
    let leavers = ["--leavers-only", "leavers.csv"];
    command_fails(
        &[&arguments[..], &leavers].concat(),
        2,
        "error: no file called leavers.csv is read, which is said to list leavers alone\n\n\
         hint: name the file as it is called; otherwise it would be read as a roster\n",
    );
}

#[test]
fn nothing_has_the_name_that_is_to_be_explained() {
    let case = beside_a_report().file("in/users.csv", USERS);
    let case = case.args(["explain", "manual/salary", "DIR/in", "--as-of", AS_OF]);
    fails(
        case,
        2,
        "error: \"manual/salary\" is neither an address nor a figure of the report\n\n\
         hint: `seatledger explain figures` lists all figures; near are manual/total, manual/it-labour, \
         manual/year-0/net\n",
    );
}

#[test]
fn a_directory_alone_cannot_be_reconciled() {
    let case = beside_a_report().file("in/people.csv", PEOPLE);
    let case = case.args(["reconcile", "DIR/in", "--billed", "3", "--as-of", AS_OF]);
    fails(
        case,
        2,
        "error: no Atlassian export was given, so there is no count to compare\n\n\
         hint: give the users export, and best the managed-accounts export too\n",
    );
}
