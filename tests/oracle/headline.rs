//! Over 200 made-up organisations, a second judge says which alternative is the cheapest, or that none may be named.
//!
//! Nothing here uses the crate's code. Every assumption is stated, so that costs are whole cents; prices are a
//! contract's. Some of the inputs are broken on purpose: a plan below its smaller sibling, a year without its months, a
//! stale export, a number that stands for no person, nearly no use, no addresses. The headline has to be true or rightly
//! withheld.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use crate::case::{AS_OF, Case};

const INPUTS: u64 = 200;
const ALTERNATIVES: [&str; 5] = [
    "manual",
    "guard-standard",
    "guard-premium",
    "enterprise",
    "third-party",
];
/// Jira Premium at list, for up to 100 users and a month, in cents.
const JIRA_PREMIUM: i64 = 1_830;

/// Numbers that look drawn and are the same in each run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % end
    }

    fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1) as u64) as i64
    }

    fn one_in(&mut self, of: u64) -> bool {
        self.below(of) == 0
    }
}

/// What becomes of the months of a year that is billed at once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Year {
    Monthly,
    Unstated,
    Stated(i64),
}

/// What is wrong with the exports.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Broken {
    Not,
    /// The report is for a day so many days after the newest use.
    Stale(u8),
    /// Everybody has `N/A` for a number, and so has somebody without an address who left.
    SharedNumber,
    /// Nobody but the first few has used anything for long.
    Idle,
    /// The users export has no column of addresses.
    NoAddresses,
}

/// One organisation. Amounts are cents.
#[derive(Debug)]
struct Made {
    people: i64,
    leavers: i64,
    /// Seats of people who are there that nobody uses.
    unused: i64,
    hours: i64,
    rate: i64,
    miss: i64,
    /// Quarters of the hours that stay with SCIM, and with a third party.
    left: [i64; 2],
    set_up: [i64; 2],
    /// Quarters of the leavers' accounts that provisioning reaches.
    reach: [i64; 2],
    jira: i64,
    jira_year: Year,
    /// Of Guard Standard: low and high.
    guard: [i64; 2],
    guard_year: Year,
    premium: i64,
    enterprise: i64,
    offer: Option<i64>,
    broken: Broken,
}

impl Made {
    fn of(dice: &mut Dice) -> Made {
        let broken = match dice.below(12) {
            0 => Broken::Stale(45),
            1 => Broken::Stale(46),
            2 => Broken::SharedNumber,
            3 => Broken::Idle,
            4 => Broken::NoAddresses,
            _ => Broken::Not,
        };
        let people = match broken {
            Broken::Idle => dice.between(20, 30),
            _ => dice.between(8, 30),
        };
        let leavers = dice.between(0, people / 4);
        let guard = dice.between(1, 40) * 60;
        let year = |dice: &mut Dice| match dice.below(6) {
            0 => Year::Unstated,
            1 => Year::Stated(10),
            2 => Year::Stated(12),
            _ => Year::Monthly,
        };
        Made {
            people,
            leavers,
            unused: match broken {
                // About one in ten is in use: nearly all are wasted, or a few too little for that.
                Broken::Idle => people - leavers - dice.between(1, 4),
                _ => dice.between(0, people / 4),
            },
            hours: dice.between(10, 200) * 4,
            rate: dice.between(20, 90) * 100,
            miss: dice.between(0, 40) * 400,
            left: [dice.between(0, 3), dice.between(0, 3)],
            set_up: [dice.between(0, 40), dice.between(0, 10)],
            reach: [dice.between(2, 4), dice.between(2, 4)],
            jira: dice.between(10, 24) * 60,
            jira_year: year(dice),
            guard: [
                guard,
                guard
                    + if dice.one_in(3) {
                        dice.between(1, 10) * 60
                    } else {
                        0
                    },
            ],
            guard_year: year(dice),
            premium: dice.between(1, 20) * 60,
            // Half of them lie below Premium.
            enterprise: dice.between(4, 56) * 60,
            offer: (!dice.one_in(3)).then(|| dice.between(1, 200) * 10_000),
            broken,
        }
    }

    fn case(&self) -> Case {
        let (mut users, mut people) = (String::new(), String::new());
        let address = |n: i64| match self.broken {
            Broken::NoAddresses => String::new(),
            _ => format!(",p{n}@acme.example"),
        };
        for n in 0..self.people {
            let gone = n < self.leavers;
            let idle = !gone && n < self.leavers + self.unused;
            let seen = if idle { "3 Jan 2026" } else { "12 Nov 2026" };
            let status = if gone { "Terminated" } else { "Active" };
            let (number, address) = (self.number(n), address(n));
            let _ = writeln!(
                users,
                "712020:a{n},Name {n}{address},Active,3 Jan 2024,,User,{seen}"
            );
            let _ = writeln!(people, "p{n}@acme.example,{number},{status},IT");
        }
        if self.broken == Broken::SharedNumber {
            people.push_str(",N/A,Terminated,IT\n");
        }
        let column = address(0).is_empty();
        let column = if column { "" } else { ",email" };
        let users = format!(
            "User id,User name{column},User status,Added to org,Org role,Jira - acme,Last seen in Jira - acme\n{users}"
        );
        Case::new()
            .file("users.csv", users)
            .file(
                "people.csv",
                format!("email,employee id,status,department\n{people}"),
            )
            .file("seatledger.toml", self.configuration())
    }

    fn number(&self, n: i64) -> String {
        match self.broken {
            Broken::SharedNumber => "N/A".to_owned(),
            _ => (1_000 + n).to_string(),
        }
    }

    /// The day of the report: the newest use is of 2026-11-12.
    const fn as_of(&self) -> &'static str {
        match self.broken {
            Broken::Stale(45) => "2026-12-27",
            Broken::Stale(_) => "2026-12-28",
            _ => AS_OF,
        }
    }

    fn configuration(&self) -> String {
        let quarters = |share: i64| format!("{}.{:02}", share / 4, share % 4 * 25);
        let mut toml = "[organisation]\nidentity_provider = \"okta\"\n[assumptions]\n".to_owned();
        for (name, value) in [
            ("it_hours_a_year", self.hours.to_string()),
            ("it_hourly_rate", dollars(self.rate)),
            ("cost_per_miss", dollars(self.miss)),
            ("miss_share", "1".to_owned()),
            ("labour_left_scim", quarters(self.left[0])),
            ("labour_left_third_party", quarters(self.left[1])),
            ("setup_hours_scim", self.set_up[0].to_string()),
            ("setup_hours_third_party", self.set_up[1].to_string()),
            ("key_rotation_hours", "0".to_owned()),
            ("access_review_hours", "0".to_owned()),
            ("identity_provider_reach", quarters(self.reach[0])),
            ("third_party_reach", quarters(self.reach[1])),
            ("misses_left", "0".to_owned()),
        ] {
            let _ = writeln!(toml, "{name} = \"{value}\"");
        }
        if let Some(offer) = self.offer {
            let _ = writeln!(
                toml,
                "[third_party]\nannual_fee = \"{}\"\nsetup_fee = \"0\"",
                dollars(offer)
            );
        }
        let [low, high] = self.guard.map(dollars);
        let price = if low == high {
            format!("price = \"{low}\"")
        } else {
            format!("low = \"{low}\"\nhigh = \"{high}\"")
        };
        let mut contract = |product: &str, plan: &str, price: String, year: Year| {
            let _ = writeln!(
                toml,
                "[[contract]]\nproduct = \"{product}\"\nplan = \"{plan}\"\n{price}"
            );
            let year = match year {
                Year::Monthly => String::new(),
                Year::Unstated => "billing = \"annual\"".to_owned(),
                Year::Stated(months) => format!("billing = \"annual\"\nannual_months = {months}"),
            };
            let _ = writeln!(toml, "{year}");
        };
        let one = |cents: i64| format!("price = \"{}\"", dollars(cents));
        contract("Jira", "Standard", one(self.jira), self.jira_year);
        contract("Jira", "Enterprise", one(self.enterprise), Year::Monthly);
        contract("Guard", "Standard", price, self.guard_year);
        contract("Guard", "Premium", one(self.premium), Year::Monthly);
        toml
    }

    /// What each alternative saves against manual work, low and high, and what manual work costs. `unstated` is how
    /// many months a year of which nothing is said costs.
    fn nets(&self, unstated: i64) -> (Vec<Option<[i64; 2]>>, i64) {
        let months = |year: Year| match year {
            Year::Monthly => 12,
            Year::Unstated => unstated,
            Year::Stated(months) => months,
        };
        let seat = self.jira * months(self.jira_year);
        let labour = self.hours * self.rate;
        let misses = self.leavers * self.miss;
        let manual = (self.leavers + self.unused) * seat + labour + misses;
        let gained = |place: usize| {
            let reached = (self.leavers * seat + misses) * self.reach[place] / 4;
            let hours = labour * (4 - self.left[place]) / 4;
            reached + hours - self.set_up[place] * self.rate
        };
        let guard = self
            .guard
            .map(|price| self.people * price * months(self.guard_year));
        let premium = self.people * self.premium * 12;
        let enterprise = self.people * self.enterprise * 12 - self.people * seat;
        let less = |fees: [i64; 2]| Some([gained(0) - fees[1], gained(0) - fees[0]]);
        let nets = vec![
            Some([0, 0]),
            less(guard),
            less(guard.map(|fee| fee + premium)),
            less([enterprise; 2]),
            self.offer.map(|offer| [gained(1) - offer; 2]),
        ];
        (nets, manual)
    }

    /// The alternative that saves most, by the middle of its range; the first of equal ones.
    fn cheapest(nets: &[Option<[i64; 2]>]) -> usize {
        let mut best = 0;
        for (place, net) in nets.iter().enumerate() {
            let middle = |net: &Option<[i64; 2]>| net.map(|[low, high]| low + high);
            if middle(net) > middle(&nets[best]) {
                best = place;
            }
        }
        best
    }

    /// The severe checks.
    fn severe(&self) -> Vec<&'static str> {
        let (nets, _) = self.nets(12);
        let best = Made::cheapest(&nets);
        let enterprise = 3;
        let below = self.enterprise < JIRA_PREMIUM || self.enterprise * 12 < self.jira_a_year();
        let reaches = nets[enterprise]
            .zip(nets[best])
            .is_some_and(|(one, best)| one[1] > best[0]);
        let mut severe = Vec::new();
        if matches!(self.broken, Broken::Stale(46..)) {
            severe.push("stated-day");
        }
        let wasted = self.leavers + self.unused;
        if wasted >= 20 && wasted * 10 >= self.people * 9 {
            severe.push("nearly-all-wasted");
        }
        if below && (best == enterprise || reaches) {
            severe.push("plan-order");
        }
        let open = [self.jira_year, self.guard_year].contains(&Year::Unstated);
        if open && ranking(&nets) != ranking(&self.nets(10).0) {
            severe.push("year-months");
        }
        severe
    }

    fn jira_a_year(&self) -> i64 {
        match self.jira_year {
            Year::Stated(months) => self.jira * months,
            Year::Monthly | Year::Unstated => self.jira * 12,
        }
    }
}

/// The alternatives with a price, the one that saves most first; of equal ones the one that is listed first.
fn ranking(nets: &[Option<[i64; 2]>]) -> Vec<usize> {
    let middle = |place: &usize| nets[*place].map(|[low, high]| low + high);
    let mut places: Vec<usize> = (0..nets.len())
        .filter(|place| nets[*place].is_some())
        .collect();
    places.sort_by(|one, other| middle(other).cmp(&middle(one)).then(one.cmp(other)));
    places
}

fn dollars(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// What the program concludes; `None` where it refuses the exports by name.
fn concluded(made: &Made) -> Option<Value> {
    if made.broken == Broken::NoAddresses {
        let arguments = ["report", "DIR", "--as-of", made.as_of(), "--out", "DIR/out"];
        let refused = made.case().args(arguments).any_stderr().status(1).run();
        assert!(refused.stderr.contains("users.csv"), "{}", refused.stderr);
        return None;
    }
    let arguments = ["check", "DIR", "--as-of", made.as_of(), "--format", "json"];
    let ran = made.case().args(arguments).any_stdout().run();
    let all: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    Some(all["conclusion"].clone())
}

/// The organisations with what is concluded of each, worked on by two at once.
fn all() -> Vec<(Made, Option<Value>)> {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut made: Vec<Made> = (0..INPUTS).map(|_| Made::of(&mut dice)).collect();
    let later = made.split_off(made.len() / 2);
    let judge = |made: Vec<Made>| -> Vec<(Made, Option<Value>)> {
        made.into_iter()
            .map(|one| {
                let conclusion = concluded(&one);
                (one, conclusion)
            })
            .collect()
    };
    std::thread::scope(|scope| {
        let later = scope.spawn(|| judge(later));
        let mut all = judge(made);
        all.extend(later.join().expect("the other half"));
        all
    })
}

#[test]
fn over_200_organisations_the_headline_is_true_or_rightly_withheld() {
    let (mut withheld, mut named, mut refused) = (BTreeMap::<&str, u64>::new(), [0; 5], 0);
    for (number, (made, conclusion)) in all().into_iter().enumerate() {
        let Some(conclusion) = conclusion else {
            refused += 1;
            continue;
        };
        let severe = made.severe();
        let told: Vec<&str> = conclusion["withheld"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|check| check["code"].as_str().expect("a code"))
            .collect();
        assert_eq!(told, severe, "input {number}: {made:?}");
        for code in &severe {
            *withheld.entry(code).or_default() += 1;
        }
        if !severe.is_empty() {
            assert_eq!(conclusion["cheapest"], Value::Null, "input {number}");
            continue;
        }
        let (nets, _) = made.nets(12);
        let best = Made::cheapest(&nets);
        named[best] += 1;
        let cheapest = &conclusion["cheapest"];
        assert_eq!(
            cheapest["alternative"], ALTERNATIVES[best],
            "input {number}: {made:?}"
        );
        let least = nets[best].map_or(0, |net| net[0]);
        let certain = nets
            .iter()
            .enumerate()
            .all(|(place, net)| place == best || net.is_none_or(|net| net[1] <= least));
        assert_eq!(cheapest["certain"], certain, "input {number}: {made:?}");
    }
    // The inputs are worth their name: each outcome comes up.
    let often = |code: &str| withheld.get(code).copied().unwrap_or(0);
    for code in [
        "stated-day",
        "nearly-all-wasted",
        "plan-order",
        "year-months",
    ] {
        assert!(often(code) >= 3, "{withheld:?}");
    }
    assert!(refused >= 5, "{refused} refused");
    assert!(
        named.iter().filter(|times| **times >= 10).count() >= 3,
        "{named:?}"
    );
}

/// The costs that the second judge goes by are those that the reports show.
#[test]
fn the_costs_of_some_of_them_are_what_the_second_judge_says() {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for number in 0..INPUTS {
        let made = Made::of(&mut dice);
        if number % 20 != 0 || made.broken == Broken::NoAddresses {
            continue;
        }
        let arguments = [
            "scenario",
            "DIR/same.toml",
            "DIR",
            "--as-of",
            made.as_of(),
            "--format",
            "csv",
        ];
        let scenario = "name = \"Another horizon\"\n[assumptions]\nhorizon_years = \"4\"\n";
        let ran = made
            .case()
            .file("same.toml", scenario)
            .args(arguments)
            .any_stdout()
            .run();
        let rows = crate::case::Rows::read(ran.stdout.as_bytes());
        let shown = rows.shown(&["scenario", "figure", "of", "low", "high"]);
        let (nets, manual) = made.nets(12);
        for (alternative, net) in ALTERNATIVES.iter().zip(nets) {
            let Some([low, high]) = net else { continue };
            let [low, high] = [manual - high, manual - low].map(signed);
            let wanted = format!("base | first-year | {alternative} | {low} | {high}");
            assert!(
                shown.contains(&wanted),
                "input {number}: {wanted} in {shown:?}\n{made:?}"
            );
        }
    }
}

fn signed(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{}", dollars(cents.abs()))
}
