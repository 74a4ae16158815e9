//! `scenario`: figures checked by hand, and the text of every way to state one wrongly.

use std::fs;

use crate::case::{Case, Ran, Rows, SAMPLE, sample_path};

const DOUBLE: &str = "name = \"double rate\"\n[assumptions]\nit_hourly_rate = \"120.50\"\n";
const OFFER: &str = "name = \"offer\"\n[third_party]\nannual_fee = \"9600\"\n";

fn sample() -> Case {
    SAMPLE.iter().fold(Case::new(), |case, name| {
        case.file(
            &format!("in/{name}"),
            fs::read(sample_path(name)).expect("the sample"),
        )
    })
}

fn compared(format: &str) -> Ran {
    sample()
        .file("double.toml", DOUBLE)
        .file("offer.toml", OFFER)
        .args(["scenario", "DIR/double.toml", "DIR/offer.toml", "DIR/in"])
        .args(["--format", format])
        .any_stdout()
        .run()
}

#[test]
fn a_doubled_hourly_rate_doubles_the_hours_and_nothing_else() {
    let rows = Rows::read(compared("csv").stdout.as_bytes());
    let shown = rows.shown(&["scenario", "figure", "of", "low", "high", "same_as_base"]);
    for row in [
        // 8,280.72 unused licences + 98.112 h × 60.25 + 4,303.13 misses.
        "base | first-year | manual | 18495.10 | 22170.58 | yes",
        // The same with 98.112 h × 120.50 = 11,822.50.
        "double rate | first-year | manual | 24406.35 | 28081.83 | no",
        "offer | first-year | manual | 18495.10 | 22170.58 | yes",
    ] {
        assert!(shown.iter().any(|one| one == row), "{row}: {shown:#?}");
    }
    // Set-up, key, review and what is left by hand twice; the fee of 16,884 and the rest once.
    let guard = "double rate | first-year | guard-standard | 24443.92 | ";
    assert!(shown.iter().any(|one| one.starts_with(guard)), "{shown:#?}");
}

#[test]
fn an_offer_gives_the_third_party_a_price() {
    let rows = Rows::read(compared("csv").stdout.as_bytes());
    let shown = rows.shown(&["scenario", "figure", "of", "missing"]);
    let row = "offer | first-year | third-party | ";
    assert!(shown.iter().any(|one| one == row), "{shown:#?}");
    let changes = rows.shown(&["scenario", "figure", "of", "value", "source"]);
    for row in [
        "double rate | changes | it_hourly_rate | 120.50 | DIR/double.toml:3",
        "offer | changes | annual_fee | 9600 | DIR/offer.toml:3",
    ] {
        assert!(changes.iter().any(|one| one == row), "{changes:#?}");
    }
}

#[test]
fn the_text_has_a_column_for_each_scenario_and_what_it_changes() {
    let text = compared("markdown").stdout;
    for line in [
        "| first year, and the answer | base | double rate | offer |",
        "| By hand | $18,495–22,171 | $24,406–28,082 | = |",
        "| double rate | it\\_hourly\\_rate | 60.25 | 120.50 | DIR/double.toml:3 |",
        "| offer | annual\\_fee | not stated | 9600 | DIR/offer.toml:3 |",
    ] {
        assert!(text.lines().any(|one| one == line), "{line}\n{text}");
    }
}

#[track_caller]
fn fails(files: &[(&str, &str)], status: u8, stderr: &str) {
    let case = files
        .iter()
        .fold(sample(), |case, (name, text)| case.file(name, text));
    let paths: Vec<String> = files
        .iter()
        .map(|(name, _)| format!("DIR/{name}"))
        .collect();
    case.args(["scenario"])
        .args(paths.iter().map(String::as_str))
        .args(["DIR/in"])
        .status(status)
        .stderr(stderr)
        .run();
}

#[test]
fn scenarios_that_cannot_be() {
    fails(
        &[],
        2,
        "error: no scenario file was given\n\n\
         hint: name at least one .toml file: seatledger scenario dearer-hours.toml exports/\n",
    );
    fails(
        &[("a.toml", DOUBLE), ("b.toml", DOUBLE)],
        1,
        "error: DIR/b.toml:1: the scenario \"double rate\" is in DIR/a.toml too\n\n\
         hint: give each scenario a name of its own\n",
    );
    fails(
        &[(
            "a.toml",
            "name = \"x\"\n\n[assumptions]\nit_hourly_rat = 75\n",
        )],
        1,
        "error: DIR/a.toml:4: there is no assumption called `it_hourly_rat`\n\n\
         hint: did you mean `it_hourly_rate`?\n",
    );
    fails(
        &[(
            "a.toml",
            "name = \"x\"\n[asumptions]\nit_hourly_rate = 75\n",
        )],
        1,
        "error: DIR/a.toml:2: unknown field `asumptions`, expected one of `name`, `assumptions`, `third_party`\n\n\
         hint: did you mean `assumptions`?\n",
    );
    fails(
        &[(
            "a.toml",
            "name = \"x\"\n[third_party]\nsetup_fee = \"100\"\n",
        )],
        1,
        "error: DIR/a.toml:2: [third_party] has no price\n\n\
         hint: a scenario's offer takes the place of the whole offer: give annual_fee or price_per_user_month\n",
    );
    fails(
        &[("a.toml", "name = \"x\"\n")],
        1,
        "error: DIR/a.toml:1: the scenario \"x\" changes nothing\n\n\
         hint: give it values under [assumptions], or an offer under [third_party]\n",
    );
}

#[test]
fn a_scenario_that_is_not_there() {
    sample()
        .args(["scenario", "DIR/none.toml", "DIR/in"])
        .status(1)
        .stderr(
            "error: cannot read DIR/none.toml\n  because: No such file or directory (os error 2)\n\n\
             hint: check the path and the permission to read it\n",
        )
        .run();
}
