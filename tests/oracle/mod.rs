//! The demo organisation counted and billed a second time: plain loops, maps and whole numbers.
//!
//! Nothing here uses the crate's code, or polars. The rules are written down again from the design (sections 4
//! to 6), the prices from `data/price_book.toml` and `data/sample/seatledger.toml`. A join that multiplies rows,
//! a rule in the wrong place or a share that is lost shows as a difference.

mod headline;
mod model;
mod money;

use std::collections::{BTreeMap, HashMap};

use self::money::{PRICES, Uses, billed, dollars, money, shares, wasted, wasted_at_most};
use crate::case::{Ran, Rows, sample_path, sample_report};

const CLAIMED: [&str; 2] = ["northlight.example", "northlight-labs.example"];
const OWN: [&str; 2] = ["northlight", "northlight-labs"];
const SANDBOX: &str = "northlight-sandbox-214";
const SERVICE: [&str; 3] = [
    "ci-bot@northlight.example",
    "jira-sync@northlight.example",
    "wallboard@northlight.example",
];
const EXEMPT: &str = "chidi.pereira@northlight.example";
const EXEMPT_DEPARTMENT: &str = "Field Expedition";
/// 2026-11-20 and the limits of the sample's configuration.
const TODAY: i64 = 20_777;
const INACTIVE_AFTER: i64 = 90;
const GRACE: i64 = 30;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Seen {
    NotReported,
    Never,
    On(i64),
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum PersonStatus {
    Unknown,
    Present,
    Disabled,
}

struct Person {
    status: PersonStatus,
    department: String,
}

#[derive(Default)]
struct Account {
    email: String,
    disabled: bool,
    customer: bool,
    managed: bool,
    non_billable: bool,
    added: Option<i64>,
    /// Latest use by product and site; Trello, which has no sites, by plan.
    access: BTreeMap<(String, String), Option<Seen>>,
}

impl Account {
    fn grant(&mut self, product: &str, site: &str, seen: Seen) {
        let known = self
            .access
            .entry((product.to_owned(), site.to_owned()))
            .or_default();
        *known = Some(known.map_or(seen, |known| known.max(seen)));
    }

    fn domain(&self) -> &str {
        self.email.split_once('@').map_or("", |(_, domain)| domain)
    }
}

/// Days since 1970 of a day in the Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year - era * 400;
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

fn day(text: &str) -> i64 {
    let number = |text: &str| text.parse::<i64>().expect("a number of a day");
    if let [year, month, day] = text.split('-').collect::<Vec<_>>()[..] {
        return days(number(year), number(month), number(day));
    }
    let [day, month, year] = text.split(' ').collect::<Vec<_>>()[..] else {
        panic!("{text:?} is a day");
    };
    let names = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let month = names.find(month).expect("a month") / 3 + 1;
    days(number(year), month as i64, number(day))
}

fn seen(text: &str) -> Seen {
    match text {
        "" => Seen::NotReported,
        "Never accessed" => Seen::Never,
        day_seen => Seen::On(day(day_seen)),
    }
}

fn sample(name: &str) -> Rows {
    Rows::read(&std::fs::read(sample_path(name)).expect("a file of the sample"))
}

fn present_name(product: &str) -> &str {
    match product {
        "Jira Software" => "Jira",
        "Jira Service Desk" => "Jira Service Management",
        other => other,
    }
}

fn read_people() -> (Vec<Person>, HashMap<String, usize>) {
    let rows = sample("entra-users.csv");
    let mut people: Vec<Person> = Vec::new();
    let mut owners: HashMap<String, usize> = HashMap::new();
    for row in &rows.rows {
        let cell = |column: &str| row[rows.place(column)].as_str();
        let status = match cell("accountEnabled") {
            "True" => PersonStatus::Present,
            "False" => PersonStatus::Disabled,
            "" => PersonStatus::Unknown,
            other => panic!("accountEnabled {other:?}"),
        };
        let login = cell("userPrincipalName").to_lowercase();
        let mut addresses = vec![login.clone(), cell("mail").to_lowercase()];
        if let Some((guest, _)) = login.split_once("#ext#") {
            let (local, domain) = guest.rsplit_once('_').expect("a guest's name");
            addresses.push(format!("{local}@{domain}"));
        }
        addresses.retain(|address| !address.is_empty());
        addresses.sort();
        addresses.dedup();
        assert!(
            addresses
                .iter()
                .all(|address| !owners.contains_key(address)),
            "no two people of the sample share an address: {addresses:?}"
        );
        for address in addresses {
            owners.insert(address, people.len());
        }
        people.push(Person {
            status,
            department: cell("department").to_owned(),
        });
    }
    (people, owners)
}

fn read_accounts() -> BTreeMap<String, Account> {
    let mut accounts: BTreeMap<String, Account> = BTreeMap::new();
    let rows = sample("export-users.csv");
    for row in &rows.rows {
        let cell = |column: &str| row[rows.place(column)].as_str();
        let account = accounts.entry(cell("User id").to_owned()).or_default();
        account.email = cell("email").to_lowercase();
        account.disabled |= cell("User status") != "Active";
        account.added = Some(day(cell("Added to org")));
        for (column, access) in rows.header.iter().zip(row) {
            let Some((product, site)) = column.split_once(" - ") else {
                continue;
            };
            if product.starts_with("Last seen in ") {
                continue;
            }
            let last = seen(cell(&format!("Last seen in {column}")));
            match access.as_str() {
                "" => {}
                "User" => account.grant(present_name(product), site, last),
                "Guest" => account.grant("Confluence Guest", site, last),
                "Customer" => account.customer = true,
                other => panic!("access {other:?}"),
            }
        }
    }
    let rows = sample("managed-accounts.csv");
    let products = [
        "Bitbucket",
        "Confluence",
        "Jira",
        "Jira Product Discovery",
        "Jira Service Management",
        "Loom",
        "Opsgenie",
        "Statuspage",
    ];
    for row in &rows.rows {
        let cell = |column: &str| row[rows.place(column)].as_str();
        let account = accounts.entry(cell("Atlassian ID").to_owned()).or_default();
        account.email = cell("Email").to_lowercase();
        account.managed = true;
        account.disabled |= cell("Status") != "Active";
        account.non_billable = cell("Policy type") == "Non-billable";
        for product in products {
            for host in cell(product).split(',').filter(|host| !host.is_empty()) {
                let site = host.strip_suffix(".atlassian.net").expect("a site's host");
                account.grant(product, site, Seen::NotReported);
            }
        }
        if !cell("Trello").is_empty() {
            account.grant("Trello", cell("Trello"), Seen::NotReported);
        }
    }
    accounts
}

/// What the oracle says of one account.
struct Verdict {
    standing: &'static str,
    standard: (&'static str, &'static str),
    premium: (&'static str, &'static str),
}

fn verdict(account: &Account, person: Option<&Person>) -> Verdict {
    let app = account.email.ends_with("@connect.atlassian.com");
    let customer = account.customer && account.access.is_empty() && !account.managed;
    let claimed = CLAIMED.contains(&account.domain());
    let standing = match person.map(|person| person.status) {
        _ if app => "app",
        _ if customer => "customer",
        _ if account.disabled => "disabled",
        _ if SERVICE.contains(&account.email.as_str()) => "service",
        None if !claimed => "external",
        Some(PersonStatus::Disabled) => "orphaned",
        None => "unmatched",
        Some(PersonStatus::Unknown) => "unknown",
        Some(PersonStatus::Present) => "current",
    };
    let reached = |products: &[&str], sites: &dyn Fn(&str) -> bool| {
        account
            .access
            .keys()
            .any(|(product, site)| products.contains(&product.as_str()) && sites(site))
    };
    let own = |site: &str| OWN.contains(&site);
    let sandbox = |site: &str| site == SANDBOX;
    let foreign = |site: &str| !own(site) && !sandbox(site);
    let never_counted = [
        (app, "app-account"),
        (customer, "customer-only"),
        (account.disabled, "disabled-account"),
        (!claimed, "external-account"),
    ];
    let never_counted = never_counted
        .iter()
        .find(|(holds, _)| *holds)
        .map(|(_, reason)| ("not-billable", *reason));

    let counted = [
        "Jira",
        "Confluence",
        "Confluence Guest",
        "Jira Service Management",
        "Bitbucket",
    ];
    let plain = reached(&counted, &own);
    let ways = [
        (
            reached(&["Trello"], &|plan| plan == "Free"),
            "free-trello-only",
        ),
        (reached(&counted, &sandbox), "sandbox-only"),
        (reached(&counted, &foreign), "foreign-site-only"),
    ];
    let only: Vec<&str> = ways
        .iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, reason)| *reason)
        .collect();
    let standard = never_counted.unwrap_or(if account.non_billable {
        ("not-billable", "non-billable-policy")
    } else if reached(&["Confluence"], &|site| site == "northlight-labs") {
        ("not-billable", "plan-includes-guard")
    } else {
        match (plain, &only[..]) {
            (false, [one]) => ("billable", one),
            (true, _) | (false, [_, ..]) => ("billable", "counted-product"),
            (false, []) if reached(&["Loom", "Opsgenie", "Jira Product Discovery"], &|_| true) => {
                ("uncertain", "product-not-established")
            }
            (false, []) => ("not-billable", "no-counted-product"),
        }
    });
    let deciding = ["Jira", "Confluence"];
    let premium = never_counted.unwrap_or(if reached(&deciding, &own) {
        ("billable", "jira-or-confluence")
    } else if reached(&deciding, &sandbox) {
        ("uncertain", "sandbox-only")
    } else if reached(&deciding, &foreign) {
        ("uncertain", "foreign-site-only")
    } else if reached(&["Confluence Guest"], &|_| true) {
        ("uncertain", "confluence-guest-only")
    } else {
        ("not-billable", "no-jira-or-confluence")
    });
    Verdict {
        standing,
        standard,
        premium,
    }
}

fn usage(account: &Account, standing: &str, exempt: bool, site: &str, last: Seen) -> &'static str {
    let age = account.added.map(|added| TODAY - added);
    match last {
        _ if standing == "orphaned" => "orphaned",
        _ if standing == "service" || exempt => "exempt",
        _ if site == SANDBOX => "sandbox",
        Seen::NotReported => "unreported",
        Seen::On(day) if TODAY - day <= INACTIVE_AFTER => "active",
        Seen::On(_) => "inactive",
        Seen::Never if age.is_some_and(|age| age < GRACE) => "new",
        Seen::Never => "never_active",
    }
}

#[derive(Default)]
struct Truth {
    standings: BTreeMap<String, u64>,
    by_account: BTreeMap<String, String>,
    guard: BTreeMap<[String; 3], u64>,
    products: BTreeMap<(String, String), Uses>,
    /// Uses by product and site, and then by department; the nameless one first.
    departments: BTreeMap<(String, String), BTreeMap<String, Uses>>,
    holders: BTreeMap<String, u64>,
}

fn truth() -> Truth {
    let (people, owners) = read_people();
    let accounts = read_accounts();
    let mut truth = Truth::default();
    for (id, account) in &accounts {
        let person = owners.get(&account.email).map(|&owner| &people[owner]);
        let Verdict {
            standing,
            standard,
            premium,
        } = verdict(account, person);
        *truth.standings.entry(standing.to_owned()).or_default() += 1;
        truth.by_account.insert(id.clone(), standing.to_owned());
        for (plan, (verdict, reason)) in [("standard", standard), ("premium", premium)] {
            let key = [plan, verdict, reason].map(str::to_owned);
            *truth.guard.entry(key).or_default() += 1;
        }
        if ["app", "customer", "disabled"].contains(&standing) {
            continue;
        }
        let department = person.map_or("", |person| person.department.as_str());
        let exempt = account.email == EXEMPT || department == EXEMPT_DEPARTMENT;
        let mut holds = false;
        for ((product, site), last) in &account.access {
            let ours = OWN.contains(&site.as_str()) || site == SANDBOX;
            if product == "Confluence Guest" || !ours {
                continue;
            }
            holds = true;
            let last = last.unwrap_or(Seen::NotReported);
            let used = usage(account, standing, exempt, site, last);
            let key = (product.clone(), site.clone());
            let of_product = truth.products.entry(key.clone()).or_default();
            *of_product.entry(used).or_default() += 1;
            let of_department = truth.departments.entry(key).or_default();
            let uses = of_department.entry(department.to_owned()).or_default();
            *uses.entry(used).or_default() += 1;
        }
        if holds {
            *truth.holders.entry(department.to_owned()).or_default() += 1;
        }
    }
    truth
}

const USES: [&str; 8] = [
    "active",
    "inactive",
    "never_active",
    "new",
    "orphaned",
    "sandbox",
    "exempt",
    "unreported",
];

fn accounts_agree(ran: &Ran, truth: &Truth) {
    let accounts = ran.csv("accounts.csv");
    let mut standings: BTreeMap<String, u64> = BTreeMap::new();
    for (id, standing) in accounts
        .column("account_id")
        .iter()
        .zip(accounts.column("standing"))
    {
        assert_eq!(truth.by_account[*id], standing, "{id}");
        *standings.entry(standing.to_owned()).or_default() += 1;
    }
    assert_eq!(standings, truth.standings);
}

fn products_agree(ran: &Ran, truth: &Truth) {
    let mut columns = vec!["product", "site", "seats"];
    columns.extend(USES);
    columns.extend(["wasted", "currency", "annual_bill_low", "annual_bill_high"]);
    columns.extend(["annual_saving_low", "annual_saving_high"]);
    let expected: Vec<String> = truth
        .products
        .iter()
        .map(|((product, site), uses)| {
            let mut cells = vec![product.clone(), site.clone()];
            cells.push(uses.values().sum::<u64>().to_string());
            cells.extend(
                USES.iter()
                    .map(|used| uses.get(used).unwrap_or(&0).to_string()),
            );
            cells.extend([wasted(uses).to_string(), "USD".to_owned()]);
            cells.extend(money(product, site, uses).map(dollars));
            cells.join(" | ")
        })
        .collect();
    let products = ran.csv("waste_by_product.csv");
    assert_eq!(products.shown(&columns), expected);
    let planned: Vec<String> = PRICES
        .iter()
        .map(|price| [price.product, price.site, price.plan].join(" | "))
        .collect();
    let mut shown = products.shown(&["product", "site", "plan"]);
    shown.retain(|row| !row.contains(SANDBOX));
    assert_eq!(shown, planned);
}

fn departments_agree(ran: &Ran, truth: &Truth) {
    let mut names: Vec<&String> = truth.holders.keys().collect();
    names.sort_by_key(|name| (name.is_empty(), *name));
    let mut amounts: BTreeMap<&str, [i64; 4]> = BTreeMap::new();
    let (mut seats, mut waste) = (BTreeMap::<&str, u64>::new(), BTreeMap::<&str, u64>::new());
    for ((product, site), of_department) in &truth.departments {
        let whole = money(
            product,
            site,
            &truth.products[&(product.clone(), site.clone())],
        );
        let weighted: [fn(&Uses) -> u64; 4] = [billed, billed, wasted, wasted_at_most];
        for (name, uses) in of_department {
            *seats.entry(name).or_default() += uses.values().sum::<u64>();
            *waste.entry(name).or_default() += wasted(uses);
        }
        for (place, weigh) in weighted.iter().enumerate() {
            let weights: Vec<u64> = of_department.values().map(weigh).collect();
            for (name, share) in of_department.keys().zip(shares(whole[place], &weights)) {
                amounts.entry(name).or_default()[place] += share;
            }
        }
    }
    let expected: Vec<String> = names
        .into_iter()
        .map(|name| {
            let shown = if name.is_empty() {
                "(no department)"
            } else {
                name
            };
            let mut cells = vec![shown.to_owned()];
            for count in [
                truth.holders[name],
                seats[name.as_str()],
                waste[name.as_str()],
            ] {
                cells.push(count.to_string());
            }
            cells.push("USD".to_owned());
            cells.extend(amounts[name.as_str()].map(dollars));
            cells.join(" | ")
        })
        .collect();
    let columns = [
        "department",
        "accounts",
        "seats",
        "wasted",
        "currency",
        "annual_bill_low",
        "annual_bill_high",
        "annual_waste_low",
        "annual_waste_high",
    ];
    assert_eq!(ran.csv("waste_by_department.csv").shown(&columns), expected);
}

fn guard_agrees(ran: &Ran, truth: &Truth) {
    let guard = ran.csv("guard_billing.csv");
    let mut shown: Vec<String> = guard.shown(&["plan", "verdict", "reason", "accounts"]);
    shown.sort();
    let expected: Vec<String> = truth
        .guard
        .iter()
        .map(|(class, accounts)| format!("{} | {accounts}", class.join(" | ")))
        .collect();
    assert_eq!(shown, expected);
}

#[test]
fn the_sample_is_counted_and_billed_as_plain_loops_do_it() {
    assert_eq!(day("2026-11-20"), TODAY);
    assert_eq!(day("1 Mar 2024") - day("28 Feb 2024"), 2);
    let (ran, truth) = (sample_report(), truth());
    accounts_agree(ran, &truth);
    guard_agrees(ran, &truth);
    products_agree(ran, &truth);
    departments_agree(ran, &truth);
}

/// The bills of the whole estate: lines add up, and the saving is the difference of two bills.
#[test]
fn the_sample_saves_what_two_bills_differ_by() {
    let truth = truth();
    let mut sums = [0; 4];
    for ((product, site), uses) in &truth.products {
        for (sum, amount) in sums.iter_mut().zip(money(product, site, uses)) {
            *sum += amount;
        }
    }
    let products = sample_report().csv("waste_by_product.csv");
    let columns = [
        "annual_bill_low",
        "annual_bill_high",
        "annual_saving_low",
        "annual_saving_high",
    ];
    assert_eq!(columns.map(|column| products.cents(column)), sums);
}
