//! Shorthand for the tests of this folder: two organisations and the prices of the embedded book.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::basis::Basis;
use crate::domain::day::Day;
use crate::domain::stated::Stated;
use crate::model::alternatives::describe::Context;
use crate::model::assumptions::assumption::{Assumptions, Values};
use crate::model::inputs::facts::{
    AccountCounts, Bills, CountRange, Counted, Facts, GuardHeld, JiraSeats,
};
use crate::model::inputs::fees::Inputs;
use crate::model::inputs::growth::{Ahead, Rates};
use crate::model::inputs::provider::Providers;
use crate::money::{Cost, Currency, Money, MoneyRange, Number};
use crate::price::book::PriceBook;
use crate::price::contract::Contract;
use crate::price::quote::Pricing;

static BOOK: LazyLock<PriceBook> = LazyLock::new(|| PriceBook::embedded().unwrap());
static LIST_PRICES: LazyLock<Contract> = LazyLock::new(Contract::default);

pub(super) fn number(text: &str) -> Number {
    Number::parse(text).unwrap()
}

pub(super) fn usd(text: &str) -> Money {
    Money::parse(text, Currency::USD).unwrap()
}

pub(super) fn range(low: &str, high: &str) -> MoneyRange {
    MoneyRange::new(usd(low), usd(high)).unwrap()
}

pub(super) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub(super) fn pricing() -> Pricing<'static> {
    Pricing {
        book: &BOOK,
        contract: &LIST_PRICES,
        currency: Currency::USD,
        day: "2026-11-23".parse().unwrap(),
    }
}

/// Puts a value in the place of a default.
pub(super) fn state(facts: &mut Facts, name: &str, value: &str) {
    let value = Stated::in_file("seatledger.toml", value);
    facts.assumptions.insert(name.to_owned(), value);
}

/// So many people, Okta, and no export at all.
pub(super) fn benchmark_facts(people: u64) -> Facts {
    Facts {
        day: day("2026-11-23"),
        currency: Currency::USD,
        headcount: Counted {
            count: people,
            basis: Basis::Configured,
            source: "--users".to_owned(),
        },
        accounts: None,
        bills: None,
        people_left: None,
        guard_held: GuardHeld::None,
        needs_premium: false,
        needs_scim: true,
        scim_in_use: false,
        scim_is_stated: false,
        provider: Providers::embedded().unwrap().find(Some("okta")),
        main_products: 0,
        jira_site: None,
        third_party: None,
        assumptions: BTreeMap::new(),
    }
}

/// 400 people, 450 Guard Standard users, 30 orphaned accounts of which 3 on domains not claimed. The bill falls
/// by $9,000–10,000 with the certain waste, by $10,500 at most, by $3,000 with the leavers' seats alone.
pub(super) fn organisation() -> Facts {
    Facts {
        headcount: Counted {
            count: 400,
            basis: Basis::Measured,
            source: "people present in entra-users.csv".to_owned(),
        },
        accounts: Some(AccountCounts {
            managed_enabled: 470,
            orphaned: Some(30),
            orphaned_unclaimed: 3,
            unmatched: 8,
            external: 12,
            portal_customers: 5,
            bitbucket_holders: 90,
            guard_standard: CountRange::exactly(450),
            guard_premium: CountRange::exactly(420),
            guard_standard_without_jira: Some(CountRange::exactly(50)),
            jira_users: 400,
            source: "export-users.csv".to_owned(),
        }),
        bills: Some(Bills {
            today: Cost::from(usd("80000")),
            after_cleanup: Cost::from(range("70000", "71000")),
            after_cleanup_at_most: Cost::from(range("69500", "70500")),
            saving: Cost::from(range("9000", "10000")),
            saving_at_most: Cost::from(range("9500", "10500")),
            saving_orphaned: Some(Cost::from(usd("3000"))),
            of_jira: JiraSeats {
                saving: Cost::zero(Currency::USD),
                saving_at_most: Cost::zero(Currency::USD),
                saving_orphaned: Cost::zero(Currency::USD),
            },
            partly: Vec::new(),
            wasted_seats: CountRange {
                certain: 60,
                at_most: 66,
            },
            orphaned_seats: 34,
            jira_today: Cost::from(usd("40000")),
            saving_basis: Basis::Measured,
            jira_basis: Basis::Measured,
            source: "waste_by_product.csv".to_owned(),
        }),
        people_left: Some(45),
        main_products: 2,
        jira_site: None,
        ..benchmark_facts(400)
    }
}

/// Facts with all that is made of them.
pub(super) struct Case {
    pub(super) facts: Facts,
    pub(super) assumptions: Assumptions,
    pub(super) inputs: Inputs,
    pub(super) values: Values,
}

impl Case {
    pub(super) fn of(facts: Facts) -> Case {
        let mut assumptions = Assumptions::embedded().unwrap();
        assert_eq!(assumptions.configure(&facts.assumptions), []);
        let inputs = Inputs::of(&facts, &pricing(), &assumptions).unwrap();
        let values = assumptions.stated();
        Case {
            facts,
            assumptions,
            inputs,
            values,
        }
    }

    /// The years ahead with these values, growing at the central rates.
    pub(super) fn ahead<'a>(&'a self, pricing: &'a Pricing<'a>, values: &'a Values) -> Ahead<'a> {
        Ahead {
            facts: &self.facts,
            pricing,
            assumptions: &self.assumptions,
            values,
            rates: Rates::of(&self.assumptions.central()),
        }
    }

    pub(super) fn context(&self) -> Context<'_> {
        Context {
            facts: &self.facts,
            inputs: &self.inputs,
            values: &self.values,
            assumptions: &self.assumptions,
        }
    }
}

/// The benchmark's 500 people with every assumed value a point, so that the sums can be done on paper.
pub(super) fn on_paper() -> Facts {
    let mut facts = benchmark_facts(500);
    for (name, value) in [
        ("labour_left_scim", "0.25"),
        ("identity_provider_reach", "1"),
        ("misses_left", "0"),
        ("leavers_share_of_unused", "0.5"),
        ("setup_hours_scim", "20"),
        ("key_rotation_hours", "2"),
        ("access_review_hours", "8"),
    ] {
        state(&mut facts, name, value);
    }
    facts
}
