//! The demo's manual cost, its alternatives and the years ahead computed a second time: whole cents, and fractions
//! of whole numbers that are rounded where the design says so (sections 7, 8 and 11).
//!
//! Counts and bills are the oracle's own. What the model takes for granted is written out from
//! `data/assumptions.toml`: low and high where the basis is "assumed", the value where it is "benchmark".

use serde_json::Value;

use super::money::{End, dollars, high, leavers_saving, low, money_at};
use super::{OWN, PersonStatus, Truth, read_accounts, read_people, truth, verdict};
use crate::case::sample_report;

/// A numerator and its denominator.
type Fraction = (i128, i128);
/// Low and high: amounts in cents, or shares.
type Ends = [i64; 2];
/// The same, each end where it is known.
type Known = [Option<i64>; 2];
type Shares = [Fraction; 2];

// Manual work. The benchmark is of 500 people.
const HOURS: Fraction = (96, 500);
/// 60.25, in cents.
const HOUR: i128 = 6_025;
/// 239.0625, in hundredths of a cent.
const MISS: i128 = 2_390_625;
// Work that provisioning takes, in hours.
const SETUP_SCIM: Ends = [8, 60];
const SETUP_THIRD_PARTY: Ends = [2, 24];
const KEY_ROTATION: Ends = [1, 6];
const ACCESS_REVIEW: Ends = [4, 24];
// What provisioning leaves. The sample's provider, Entra, syncs users and groups over a key that ends after a year.
const LABOUR_LEFT_SCIM: Shares = [(10, 100), (50, 100)];
const LABOUR_LEFT_THIRD_PARTY: Shares = [(5, 100), (50, 100)];
const REACH: Shares = [(80, 100), (100, 100)];
const MISSES_LEFT: Shares = [(0, 100), (15, 100)];
// Years ahead; the headcount stays.
const YEARS: u32 = 3;
const PRICE_RISE: Fraction = (105, 100);
const WAGE_RISE: Fraction = (103, 100);
const DISCOUNT: Fraction = (108, 100);
// Prices of `data/price_book.toml` for a user and month in cents; Enterprise for a user and year, from 801 users.
const GUARD_STANDARD: Ends = [300, 400];
const GUARD_PREMIUM: Ends = [800, 800];
const ENTERPRISE: i64 = 15_500;
const ENTERPRISE_MINIMUM: u64 = 801;

const ALTERNATIVES: [&str; 5] = [
    "manual",
    "guard-standard",
    "guard-premium",
    "enterprise",
    "third-party",
];

/// The product of fractions, rounded to a whole number, halves up; nothing here is negative.
fn rounded(factors: &[Fraction]) -> i64 {
    let (over, under) = factors.iter().fold((1, 1), |product: Fraction, factor| {
        (product.0 * factor.0, product.1 * factor.1)
    });
    i64::try_from((2 * over + under) / (2 * under)).expect("an amount")
}

fn whole(number: i64) -> Fraction {
    (number.into(), 1)
}

fn power(base: Fraction, exponent: u32) -> Fraction {
    (base.0.pow(exponent), base.1.pow(exponent))
}

fn times(ends: Ends, factors: [Fraction; 2]) -> Ends {
    [0, 1].map(|end| rounded(&[whole(ends[end]), factors[end]]))
}

fn plus(one: Ends, other: Ends) -> Ends {
    [one[0] + other[0], one[1] + other[1]]
}

/// Of amounts that have nothing to do with each other.
fn less(one: Ends, other: Ends) -> Ends {
    [one[0] - other[1], one[1] - other[0]]
}

/// What the model is told, counted and billed here.
#[derive(Default)]
struct Facts {
    people: i128,
    orphaned: i128,
    /// Orphaned, and on a domain that is not claimed: no provisioning acts on it.
    unreachable: i128,
    /// Guard-billable accounts, for certain and at most.
    standard: [u64; 2],
    premium: [u64; 2],
    /// Of the Standard ones, those whom Jira Enterprise does not cover.
    standard_without_jira: [u64; 2],
    jira_users: u64,
    unused: Ends,
    /// The part of the unused licences that goes with the leavers' seats.
    leavers: Ends,
    jira_bill: Ends,
}

/// With the price of Jira at its low and at its high end: Enterprise takes the place of Jira's bill, and the unused seats
/// of Jira are at the same price. All else that is uncertain moves a cost one way alone.
fn at_either_price_of_jira(truth: &Truth) -> [Facts; 2] {
    [low as End, high].map(|end| facts(truth, [end; 2]))
}

/// The lesser of the low ends and the greater of the high ones.
fn widest(one: Known, other: Known) -> Known {
    let end = |at: usize, of: fn(i64, i64) -> i64| Some(of(one[at]?, other[at]?));
    [end(0, i64::min), end(1, i64::max)]
}

fn facts(truth: &Truth, jira: [End; 2]) -> Facts {
    let (people, owners) = read_people();
    let mut facts = Facts::default();
    let present = people
        .iter()
        .filter(|person| person.status == PersonStatus::Present);
    facts.people = present.count() as i128;
    for account in read_accounts().values() {
        let person = owners.get(&account.email).map(|&owner| &people[owner]);
        let verdict = verdict(account, person);
        let claimed = super::CLAIMED.contains(&account.domain());
        let orphaned = verdict.standing == "orphaned";
        facts.orphaned += i128::from(orphaned);
        facts.unreachable += i128::from(orphaned && !claimed);
        let billed = !["app", "customer", "disabled"].contains(&verdict.standing);
        let jira = billed
            && OWN.iter().any(|site| {
                account
                    .access
                    .contains_key(&("Jira".to_owned(), (*site).to_owned()))
            });
        facts.jira_users += u64::from(jira);
        let count = |counts: &mut [u64; 2], verdict: &str| {
            counts[0] += u64::from(verdict == "billable");
            counts[1] += u64::from(verdict != "not-billable");
        };
        count(&mut facts.standard, verdict.standard.0);
        count(&mut facts.premium, verdict.premium.0);
        if !jira {
            count(&mut facts.standard_without_jira, verdict.standard.0);
        }
    }
    for ((product, site), uses) in &truth.products {
        let ends = if product == "Jira" { jira } else { [low, high] };
        let [bill_low, bill_high, saving_low, saving_high] = money_at(product, site, uses, ends);
        facts.unused = plus(facts.unused, [saving_low, saving_high]);
        facts.leavers = plus(facts.leavers, leavers_saving(product, site, uses, ends));
        if product == "Jira" {
            facts.jira_bill = plus(facts.jira_bill, [bill_low, bill_high]);
        }
    }
    facts
}

/// An alternative in one year.
struct Sheet {
    /// Name, whether it is paid once, and the amount; `None` where no price is known.
    parts: Vec<(&'static str, bool, Option<Ends>)>,
    /// What of the manual cost goes.
    avoided: Ends,
}

impl Sheet {
    /// The parts that are paid once, or each year. Of one without a price nothing but the rest is sure, and nobody
    /// knows the high end.
    fn cost(&self, once: bool) -> Known {
        let parts = || self.parts.iter().filter(|part| part.1 == once);
        let [low, high] = parts().filter_map(|part| part.2).fold([0; 2], plus);
        [
            Some(low),
            parts().all(|part| part.2.is_some()).then_some(high),
        ]
    }

    /// What it saves against manual work: what it avoids less what it adds. `None` where a part has no price.
    fn net(&self, once: bool) -> Option<Ends> {
        let manual_cost = ["unused-licences", "it-labour", "compliance-misses"];
        let mut net = if once { [0; 2] } else { self.avoided };
        for (name, when, cost) in &self.parts {
            let cost = (*cost)?;
            if *when == once && !manual_cost.contains(name) {
                net = less(net, cost);
            }
        }
        Some(net)
    }
}

/// A year of a fee for each user and month.
fn fee(users: [u64; 2], price: Ends) -> Ends {
    [0, 1].map(|end| users[end] as i64 * price[end] * 12)
}

/// An alternative after so many years: prices and wages have risen so often, counts have not moved.
fn sheet(facts: &Facts, alternative: &str, past: u32) -> Sheet {
    let (dearer, wages) = (power(PRICE_RISE, past), power(WAGE_RISE, past));
    let risen = |amount: Ends| Some(times(amount, [dearer; 2]));
    let worked = |hours: Ends| Some(hours.map(|hours| rounded(&[whole(hours), (HOUR, 1), wages])));
    let mut parts = Vec::new();
    let standard = fee(facts.standard, GUARD_STANDARD);
    match alternative {
        "guard-standard" => parts.push(("guard-standard-fee", false, risen(standard))),
        // Premium is paid on top of Standard.
        "guard-premium" => {
            parts.push(("guard-standard-fee", false, risen(standard)));
            let premium = risen(fee(facts.premium, GUARD_PREMIUM));
            parts.push(("guard-premium-fee", false, premium));
        }
        // Enterprise includes Guard Standard for the users of Jira and takes the place of the Jira bill.
        "enterprise" => {
            let beside = risen(fee(facts.standard_without_jira, GUARD_STANDARD));
            let users = facts.jira_users.max(ENTERPRISE_MINIMUM) as i64;
            let replaced = times(facts.jira_bill, [dearer; 2]);
            parts.push(("guard-standard-fee", false, beside));
            parts.push(("enterprise-fee", false, risen([users * ENTERPRISE; 2])));
            parts.push(("jira-bill-replaced", false, Some(less([0; 2], replaced))));
        }
        // Nobody has named a price.
        "third-party" => {
            parts.push(("third-party-fee", false, None));
            parts.push(("third-party-set-up-fee", true, None));
        }
        _ => {}
    }
    match alternative {
        "manual" => {}
        "third-party" => parts.push(("set-up", true, worked(SETUP_THIRD_PARTY))),
        _ => {
            parts.push(("set-up", true, worked(SETUP_SCIM)));
            parts.push(("key-rotation", false, worked(KEY_ROTATION)));
        }
    }
    if alternative != "manual" {
        parts.push(("access-review", false, worked(ACCESS_REVIEW)));
    }
    let (left, avoided) = manual_cost(facts, alternative, dearer, wages);
    let names = ["unused-licences", "it-labour", "compliance-misses"];
    parts.extend(
        names
            .iter()
            .zip(left)
            .map(|(name, cost)| (*name, false, Some(cost))),
    );
    Sheet { parts, avoided }
}

/// The three manual costs that an alternative leaves, and the sum of what it avoids.
fn manual_cost(
    facts: &Facts,
    alternative: &str,
    dearer: Fraction,
    wages: Fraction,
) -> ([Ends; 3], Ends) {
    let unused = times(facts.unused, [dearer; 2]);
    let labour = rounded(&[HOURS, (facts.people, 1), (HOUR, 1), wages]);
    let misses = rounded(&[(facts.orphaned, 1), (MISS, 100), wages]);
    if alternative == "manual" {
        return ([unused, [labour; 2], [misses; 2]], [0; 2]);
    }
    // Provisioning acts on the leavers' accounts of claimed domains, and on most of them.
    let reach = REACH.map(|(over, under)| {
        let reachable = facts.orphaned - facts.unreachable;
        (over * reachable, under * facts.orphaned)
    });
    // The leavers' seats go with their accounts; those of current people stay.
    let leavers = times(facts.leavers, [dearer; 2]);
    let freed = times(leavers, reach);
    let most_freed = times(leavers, [reach[1], reach[0]]);
    let unused_left = [unused[0] - most_freed[0], unused[1] - most_freed[1]];
    let labour_left = times(
        [labour; 2],
        match alternative {
            "third-party" => LABOUR_LEFT_THIRD_PARTY,
            _ => LABOUR_LEFT_SCIM,
        },
    );
    // A miss is left where the account is not reached, and at some of those that are: 1 − reach × (1 − left).
    let missed = |reach: Fraction, left: Fraction| {
        let under = reach.1 * left.1;
        (under - reach.0 * (left.1 - left.0), under)
    };
    let misses_left = times(
        [misses; 2],
        [
            missed(reach[1], MISSES_LEFT[0]),
            missed(reach[0], MISSES_LEFT[1]),
        ],
    );
    let avoided = [
        less([labour; 2], labour_left),
        less([misses; 2], misses_left),
    ];
    (
        [unused_left, labour_left, misses_left],
        avoided.into_iter().fold(freed, plus),
    )
}

fn shown(name: &str, costs: &[Known]) -> String {
    let mut cells = vec![name.to_owned()];
    for end in costs.iter().flatten() {
        cells.push(end.map_or("null".to_owned(), dollars));
    }
    cells.join(" | ")
}

/// Both ends, or neither.
fn both(ends: Option<Ends>) -> Known {
    ends.map_or([None; 2], |ends| ends.map(Some))
}

fn sum(one: Known, other: Known) -> Known {
    [0, 1].map(|end| Some(one[end]? + other[end]?))
}

/// Some columns of a table of report.json, a text each row.
fn rows(table: &str, columns: &[&str]) -> Vec<String> {
    let report = sample_report().json();
    let tables = report["tables"].as_array().expect("tables");
    let found = tables.iter().find(|one| one["name"] == table);
    let rows = found.expect("the table")["rows"].as_array().expect("rows");
    let cell = |value: &Value| value.as_str().unwrap_or("null").to_owned();
    rows.iter()
        .map(|row| {
            columns
                .iter()
                .map(|name| cell(&row[name]))
                .collect::<Vec<_>>()
                .join(" | ")
        })
        .collect()
}

/// What the first year of an alternative comes to, part by part, and what it saves.
fn first_year(facts: &Facts, alternative: &str) -> Vec<(String, Known)> {
    let sheet = sheet(facts, alternative, 0);
    let mut found = Vec::new();
    let mut push = |part: &str, cost| found.push((format!("{alternative} | {part}"), cost));
    for (name, _, cost) in &sheet.parts {
        push(name, both(*cost));
    }
    push("total", sum(sheet.cost(true), sheet.cost(false)));
    let nets = sheet.net(true).zip(sheet.net(false));
    push(
        "net-against-manual",
        both(nets.map(|(once, yearly)| plus(once, yearly))),
    );
    found
}

#[test]
fn the_first_year_of_each_alternative_is_what_fractions_give() {
    let [low, high] = at_either_price_of_jira(&truth());
    let mut expected = Vec::new();
    for alternative in ALTERNATIVES {
        let ends = first_year(&low, alternative)
            .into_iter()
            .zip(first_year(&high, alternative));
        expected.extend(ends.map(|((name, one), (_, other))| shown(&name, &[widest(one, other)])));
    }
    let columns = ["alternative", "component", "low", "high"];
    assert_eq!(rows("alternatives", &columns), expected);
}

/// Cost, net and what they are worth today: of each year, and all together. Year 0 holds what is paid once; each later
/// year is discounted from its end, and rounded before it is summed.
fn ahead(facts: &Facts, alternative: &str) -> Vec<(String, [Known; 4])> {
    let mut found = Vec::new();
    let mut totals = [[Some(0); 2]; 4];
    for year in 0..=YEARS {
        let once = year == 0;
        let sheet = sheet(facts, alternative, year.saturating_sub(1));
        let (cost, net) = (sheet.cost(once), both(sheet.net(once)));
        let years = [cost, net, present(cost, year), present(net, year)];
        for (total, one) in totals.iter_mut().zip(years) {
            *total = sum(*total, one);
        }
        found.push((format!("{alternative} | {year}"), years));
    }
    found.push((format!("{alternative} | total"), totals));
    found
}

#[test]
fn the_years_ahead_are_what_fractions_give() {
    let [low, high] = at_either_price_of_jira(&truth());
    let mut expected = Vec::new();
    for alternative in ALTERNATIVES {
        let ends = ahead(&low, alternative)
            .into_iter()
            .zip(ahead(&high, alternative));
        for ((name, one), (_, other)) in ends {
            let each = [0, 1, 2, 3].map(|at| widest(one[at], other[at]));
            expected.push(shown(&name, &each));
        }
    }
    let columns = [
        "alternative",
        "year",
        "cost_low",
        "cost_high",
        "net_low",
        "net_high",
        "present_cost_low",
        "present_cost_high",
        "present_net_low",
        "present_net_high",
    ];
    assert_eq!(rows("horizon", &columns), expected);
}

/// Worth today, rounded half away from zero.
fn present(amount: Known, year: u32) -> Known {
    let (over, under) = power(DISCOUNT, year);
    amount
        .map(|end| end.map(|cents| cents.signum() * rounded(&[whole(cents.abs()), (under, over)])))
}
