//! What `[[contract]]` can get wrong.

use super::{PEOPLE, USERS, report_with_fails};

/// A report whose configuration has these lines below `[[contract]]` fails with this fault.
#[track_caller]
fn contract_fails(toml: &str, fault: &str) {
    let toml = format!("[[contract]]\n{toml}");
    report_with_fails(
        &[
            ("users.csv", USERS.as_bytes()),
            ("people.csv", PEOPLE.as_bytes()),
            ("seatledger.toml", toml.as_bytes()),
        ],
        &[],
        1,
        &format!("error: seatledger.toml:{fault}\n\nhint: the README describes [[contract]]\n"),
    );
}

/// The same for the product Jira: its lines begin with the third.
#[track_caller]
fn jira_fails(toml: &str, fault: &str) {
    contract_fails(&format!("product = \"Jira\"\n{toml}"), fault);
}

#[test]
fn an_empty_name() {
    contract_fails(
        "product = \" \"\nprice = 8\n",
        "2: \"product\" of a contract price is empty\n  expected some text",
    );
    jira_fails(
        "plan = \"\"\nprice = 8\n",
        "3: \"plan\" of Jira is empty\n  expected some text",
    );
}

#[test]
fn an_amount_that_is_none() {
    for (toml, fault) in [
        (
            "price = \"eight\"\n",
            "3: \"price\" of the contract price of Jira is \"eight\"\n  \
             expected a plain decimal number such as 4.20",
        ),
        (
            "price = 12345678901234567890123456789.0\n",
            "3: \"price\" of the contract price of Jira is 12345678901234567890123456789.0\n  \
             expected at most 28 digits",
        ),
        (
            "price = -8\n",
            "1: \"price\" of the contract price of Jira is a negative price\n  \
             expected a price of zero or more",
        ),
        (
            "low = 9\nhigh = 8\n",
            "3: \"low\" of the contract price of Jira is 9\n  expected at most the high end, 8",
        ),
        (
            "discount_percent = 100\n",
            "3: \"discount_percent\" of the contract price of Jira is 100\n  \
             expected a percentage from 0 to below 100",
        ),
    ] {
        jira_fails(toml, fault);
    }
}

#[test]
fn an_amount_stated_twice_by_half_or_not_at_all() {
    let not_once = "1: \"price\" of the contract price of Jira is set twice, by half or not at all\n  \
        expected exactly one of price, low with high, flat, custom or unknown";
    jira_fails("price = 8\nlow = 7\n", not_once);
    jira_fails("low = 9\n", not_once);
    let in_two_ways = "1: \"price\" of the contract price of Jira is set in two forms\n  \
        expected one of price, low with high, bands, discount_percent and rise_percent";
    jira_fails("price = 8\ndiscount_percent = 20\n", in_two_ways);
    jira_fails("price = 8\nbands = [{ price = 7 }]\n", in_two_ways);
    jira_fails("", "1: the contract price of Jira has no \"price\"");
    jira_fails(
        "minimum = 10\nper = \"annual\"\ndiscount_percent = 5\n",
        "1: \"minimum\" of the contract price of Jira is given without a price\n  \
         expected a price or bands beside it\n\
         error: seatledger.toml:1: \"per\" of the contract price of Jira is given without a price\n  \
         expected a price or bands beside it",
    );
}

#[test]
fn a_word_that_is_not_known() {
    for (key, words) in [
        ("mode", "one of \"marginal\", \"volume\", \"tiers\""),
        ("unit", "one of \"user\", \"agent\", \"creator\""),
        ("per", "one of \"monthly\", \"annual\""),
        ("billing", "one of \"monthly\", \"annual\""),
    ] {
        jira_fails(
            &format!("price = 8\n{key} = \"stepped\"\n"),
            &format!(
                "4: \"{key}\" of the contract price of Jira is \"stepped\"\n  expected {words}"
            ),
        );
    }
    jira_fails(
        "price = 8\nannual_months = 13\n",
        "4: \"annual_months\" of the contract price of Jira is 13\n  expected 1 to 12",
    );
}

#[test]
fn bands_that_do_not_cover_every_number() {
    for (bands, what, expected) in [
        ("", "an empty list", "at least one band"),
        (
            "{ up_to = 10, price = 8 }",
            "a table that ends",
            "a last band without \"up_to\"",
        ),
        (
            "{ price = 8 }, { price = 7 }",
            "a band without \"up_to\" before the last",
            "\"up_to\" in every band but the last",
        ),
        (
            "{ up_to = 10, price = 8 }, { up_to = 10, price = 7 }, { price = 6 }",
            "a band that ends no later than the one before it",
            "ends that rise from band to band",
        ),
        (
            "{ up_to = 10, price = -8 }, { price = 6 }",
            "a negative price",
            "a price of zero or more",
        ),
    ] {
        jira_fails(
            &format!("bands = [{bands}]\n"),
            &format!("3: \"bands\" of the contract price of Jira is {what}\n  expected {expected}"),
        );
    }
    jira_fails(
        "bands = [\n  { up_to = 10 },\n  { price = 6 },\n]\n",
        "4: \"price\" of the contract price of Jira is set twice, by half or not at all\n  \
         expected exactly one of price, low with high, flat, custom or unknown",
    );
}

#[test]
fn ten_faults_are_shown_and_the_others_counted_on_a_line_of_their_own() {
    let toml: String = (1..=12)
        .map(|site| {
            format!("[[contract]]\nproduct = \"Jira\"\nsite = \"s{site}\"\nprice = \"eight\"\n")
        })
        .collect();
    let fault = |place: usize| {
        format!(
            "error: seatledger.toml:{}: \"price\" of the contract price of Jira on s{place} is \"eight\"\n  \
             expected a plain decimal number such as 4.20\n",
            4 * place
        )
    };
    let told: String = (1..=10).map(fault).collect();
    report_with_fails(
        &[
            ("users.csv", USERS.as_bytes()),
            ("seatledger.toml", toml.as_bytes()),
        ],
        &[],
        1,
        &format!("{told}and 2 more\n\nhint: the README describes [[contract]]\n"),
    );
}

#[test]
fn the_same_terms_twice() {
    jira_fails(
        "price = 8\n\n[[contract]]\nproduct = \"Jira\"\nprice = 9\n",
        "5: Jira is set twice, first on line 1",
    );
}

#[test]
fn two_prices_for_the_same_seats() {
    let toml = "[[contract]]\nproduct = \"Jira\"\nplan = \"Standard\"\nsite = \"acme\"\nprice = 8\n\n\
                [[product]]\nproduct = \"Jira\"\nplan = \"Standard\"\nsite = \"acme\"\nprice = \"9\"\n";
    report_with_fails(
        &[
            ("users.csv", USERS.as_bytes()),
            ("people.csv", PEOPLE.as_bytes()),
            ("seatledger.toml", toml.as_bytes()),
        ],
        &[],
        1,
        "error: seatledger.toml:7: Jira Standard on acme has another price on line 1\n\n\
         hint: keep the one that is paid\n",
    );
}
