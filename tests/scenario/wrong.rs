//! What stops a scenario, whole.

use super::{CONFIG, DOUBLE, USERS, sample, small};
use crate::case::Case;

#[track_caller]
fn fails(files: &[(&str, &str)], status: u8, stderr: &str) {
    fails_in(sample(), files, status, stderr);
}

#[track_caller]
fn fails_in(case: Case, files: &[(&str, &str)], status: u8, stderr: &str) {
    let case = files
        .iter()
        .fold(case, |case, (name, text)| case.file(name, text));
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
        "error: DIR/a.toml:2: unknown field `asumptions`, expected one of `name`, `assumptions`, `guard`, `product`, \
         `contract`, `third_party`\n\n\
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
         hint: give it values under [assumptions] or [guard], prices or plans under [[product]] or [[contract]], or an \
         offer under [third_party]\n",
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

/// One scenario for the small organisation: its text after the name, and the error without `DIR/a.toml:`.
#[track_caller]
fn wrong(text: &str, status: u8, error: &str) {
    let text = format!("name = \"x\"\n{text}");
    let error = error.replace("AT:", "DIR/a.toml:");
    fails_in(
        small(),
        &[("a.toml", &text)],
        status,
        &format!("error: {error}\n"),
    );
}

#[test]
fn unknown_keys_and_values_of_prices() {
    wrong(
        "[[contract]]\nproduct = \"Jira\"\nprize = 5\n",
        1,
        "AT:4: unknown field `prize`, expected one of `product`, `plan`, `site`, `price`, `low`, `high`, `bands`, `mode`, \
         `minimum`, `unit`, `per`, `discount_percent`, `rise_percent`, `billing`, `annual_months`, `tiers`, `currency`\n\n\
         hint: did you mean `price`?",
    );
    wrong(
        "[guard]\nneed_scim = false\n",
        1,
        "AT:3: unknown field `need_scim`, expected one of `held`, `needs_premium`, `needs_scim`, `external_policy`\n\n\
         hint: did you mean `needs_scim`?",
    );
    wrong(
        "[[contract]]\nproduct = \"Jira\"\nbands = []\n[[contract]]\nproduct = \"Jira\"\ndiscount_percent = 100\n",
        1,
        "AT:4: \"bands\" of the contract price of Jira is an empty list\n  expected at least one band\n\
         error: AT:7: \"discount_percent\" of the contract price of Jira is 100\n  \
         expected a percentage from 0 to below 100\n\n\
         hint: the README describes [[contract]]",
    );
    // The line is the one of the table that is wrong, not the first with such a key.
    wrong(
        "[[product]]\nproduct = \"Jira\"\nsite = \"acme\"\nprice = \"8\"\n\
         [[product]]\nproduct = \"Jira\"\nprice = \"8 dollars\"\n",
        1,
        "AT:8: `price` is \"8 dollars\": \"8 dollars\" is not a plain decimal number such as \"1234.50\"\n\n\
         hint: write amounts as plain decimal numbers, such as 8.20, and currencies as three letters",
    );
}

#[test]
fn prices_in_another_currency_name_both_places() {
    let euros = "price of {} is in EUR, and the organisation's currency is USD (seatledger.toml:8)\n\n\
         hint: nothing is converted: state every price in the organisation's currency\n";
    for (text, line, of) in [
        (
            "[[contract]]\nproduct = \"Jira\"\nprice = 5\ncurrency = \"EUR\"\n",
            5,
            "Jira",
        ),
        (
            "[[product]]\nproduct = \"Jira\"\ncurrency = \"EUR\"\nprice = \"5\"\n",
            4,
            "Jira",
        ),
        (
            "[third_party]\nannual_fee = \"9600\"\ncurrency = \"EUR\"\n",
            4,
            "the third party",
        ),
    ] {
        let error = euros.replace("{}", of);
        fails(
            &[("a.toml", &format!("name = \"x\"\n{text}"))],
            1,
            &format!("error: DIR/a.toml:{line}: the {error}"),
        );
    }
}

#[test]
fn terms_that_would_change_nothing() {
    let there = "hint: what has a price here: Jira Enterprise, Jira Standard on acme";
    wrong(
        "[[contract]]\nproduct = \"Jira\"\nplan = \"Premium\"\nprice = 5\n",
        1,
        &format!("AT:2: nothing is priced as Jira Premium\n\n{there}"),
    );
    wrong(
        "[[product]]\nproduct = \"Jira\"\nsite = \"acne\"\nprice = \"5\"\n",
        1,
        &format!("AT:2: nothing is priced as Jira on acne\n\n{there}"),
    );
    wrong(
        "[[contract]]\nproduct = \"Compass\"\nprice = 5\n",
        1,
        "AT:2: nothing is priced as Compass\n\nhint: what has a price here: Atlassian Guard, Jira",
    );
    wrong(
        "[[contract]]\nproduct = \"Guard\"\nplan = \"Standard\"\ndiscount_percent = 5\n\
         [[contract]]\nproduct = \"Jira\"\nplan = \"Standard\"\nprice = 7\n",
        1,
        "AT:6: the terms of Jira Standard change nothing: closer ones hold for Jira Standard on acme (seatledger.toml:5)\n\n\
         hint: give the plan and the site as the closer terms do, and these win",
    );
    wrong(
        "[[product]]\nproduct = \"Jira\"\nsite = \"acme\"\n",
        1,
        "AT:2: Jira on acme has nothing that differs\n\nhint: give its price, discount_percent, billing, tiers or plan",
    );
    wrong(
        "[[product]]\nproduct = \"Jira\"\nsite = \"acme\"\nbilling = \"annual\"\nrenewal = 2027-03-01\n",
        1,
        "AT:6: `renewal` of Jira on acme changes no figure of a scenario\n\n\
         hint: leave it out: a report's deadlines have it from seatledger.toml",
    );
    wrong(
        "[[product]]\nproduct = \"Jira\"\nsite = \"acme\"\nprice = \"5\"\n\
         [[product]]\nproduct = \"jira software\"\nsite = \"acme\"\nprice = \"6\"\n",
        1,
        "AT:6: Jira on acme is set twice, first on line 2\n\nhint: state each product and site once",
    );
}

#[test]
fn what_is_so_already() {
    for (text, line, what) in [
        (
            "[[product]]\nproduct = \"Jira\"\nsite = \"acme\"\nplan = \"standard\"\n",
            5,
            "the plan of Jira on acme is Standard",
        ),
        (
            "[[product]]\nproduct = \"Jira\"\nsite = \"acme\"\nbilling = \"monthly\"\n",
            2,
            "Jira Standard on acme is billed monthly",
        ),
        (
            "[[product]]\nproduct = \"Jira\"\nsite = \"acme\"\nprice = 10\n",
            2,
            "Jira Standard on acme is $10.00 a user and month",
        ),
        (
            "[guard]\nneeds_premium = true\nheld = \"none\"\n",
            4,
            "guard.held is none",
        ),
        (
            "[assumptions]\nwage_rise = \"0.1\"\nit_hourly_rate = \"60.250\"\n",
            4,
            "it_hourly_rate is 60.250",
        ),
    ] {
        wrong(
            text,
            1,
            &format!("AT:{line}: {what} already\n\nhint: leave it out, or state what differs"),
        );
    }
}

#[test]
fn a_misspelt_plan() {
    let plan = "[[product]]\nproduct = \"Jira\"\nsite = \"acme\"\nplan = \"Premiun\"\n";
    wrong(
        plan,
        1,
        "AT:5: there is no plan \"Premiun\" of Jira\n\nhint: did you mean \"Premium\"?",
    );
    // A price makes it a plan all the same.
    let priced = format!("name = \"x\"\n{plan}price = 12\n");
    small()
        .file("a.toml", priced)
        .args(["scenario", "DIR/a.toml", "DIR/in"])
        .any_stdout()
        .run();
}

#[test]
fn plans_that_cannot_be_changed() {
    wrong(
        "[[product]]\nproduct = \"Jira\"\nplan = \"Premium\"\n",
        1,
        "AT:4: Jira is no subscription of yours in the exports\n\nhint: name the product and the site: Jira on acme",
    );
    wrong(
        "[[product]]\nproduct = \"Compass\"\nsite = \"acme\"\nplan = \"Premium\"\n",
        1,
        "AT:5: Compass on acme is no subscription of yours in the exports\n\n\
         hint: a plan can be changed for a product on a site of yours that the exports have",
    );
    // A price without a plan is for the plan that is held: it says nothing of Premium.
    let without_plan = Case::new().file("in/users.csv", USERS).file(
        "in/seatledger.toml",
        CONFIG.replace(
            "plan = \"Standard\"\nprice = \"10.00\"",
            "price = \"10.00\"",
        ),
    );
    fails_in(
        without_plan,
        &[(
            "a.toml",
            "name = \"x\"\n[[product]]\nproduct = \"Jira\"\nsite = \"acme\"\nplan = \"Premium\"\n",
        )],
        1,
        "error: DIR/a.toml:5: Jira on acme would be Premium, and its price (seatledger.toml:5) was agreed for Standard\n\n\
         hint: give price or discount_percent beside the plan (\"0\" is the list price), or give the configuration's \
         price its plan: \"Standard\"\n",
    );
    let managed = "Name,Email,Atlassian ID,Status,Last active date [UTC],Billable,Trello\n\
                   Ana Ruiz,ana@acme.example,712020:a1,Active,2026-11-19,Yes,Free\n\
                   Cas Dam,cas@acme.example,712020:c3,Active,2026-11-19,Yes,Standard\n";
    fails_in(
        small().file("in/managed.csv", managed),
        &[(
            "a.toml",
            "name = \"x\"\n[[product]]\nproduct = \"Trello\"\nplan = \"Premium\"\n",
        )],
        1,
        "error: DIR/a.toml:4: the exports have Trello under several plans: Free, Standard\n\n\
         hint: which of them would change can't be told; give a price for one plan under [[contract]]\n",
    );
}
