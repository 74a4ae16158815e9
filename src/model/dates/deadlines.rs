//! Deadlines: the days by which something has to be done, sorted. `calendar` writes them as a file of events.

use serde::Serialize;

use crate::domain::day::Day;
use crate::domain::product::{OPSGENIE, OPSGENIE_END};
use crate::domain::scim_key::KeyEnd;
use crate::model::basis::Basis;
use crate::named::named;
use crate::price::book::PriceChange;
use crate::price::contract::Terms;
use crate::price::quote::Pricing;

const OPSGENIE_SOURCE: &str =
    "StitchFlow's Atlassian SCIM guide, 2026-01-11 (stitchflow.com/scim/atlassian)";

named! {
    /// What kind of a deadline it is.
    DeadlineKind {
        NoticeDay = "notice-day";
        Renewal = "renewal";
        ScimKeyExpires = "scim-key-expires";
        ProductEnds = "product-ends";
        PriceChanges = "price-changes";
    }
}

/// One day by which something has to be done.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub(crate) struct Deadline {
    pub(crate) day: Day,
    pub(crate) kind: DeadlineKind,
    pub(crate) what: String,
    pub(crate) action: String,
    /// Negative when it is past.
    pub(crate) days_left: i32,
    pub(crate) basis: Basis,
    pub(crate) source: String,
}

/// A subscription that renews.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Renewal {
    /// `Jira Service Management Standard on acme`.
    pub(crate) what: String,
    pub(crate) day: Day,
    pub(crate) notice_days: Option<u32>,
    /// How many seats are above the tier below and what it saves, in a sentence; `None` where the bill is by the count.
    pub(crate) headroom: Option<String>,
}

/// What deadlines follow from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Dates {
    pub(crate) day: Day,
    pub(crate) scim_key_created: Option<Day>,
    /// Whether the identity provider's connection uses a key that ends.
    pub(crate) key_expires: bool,
    pub(crate) renewals: Vec<Renewal>,
    /// Opsgenie seats, if any are held.
    pub(crate) opsgenie_seats: u64,
    /// What is on the bill, for price changes that the book has dated.
    pub(crate) held: Vec<Held>,
}

/// A plan that is paid for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Held {
    pub(crate) product: String,
    pub(crate) plan: String,
    pub(crate) site: Option<String>,
}

/// All deadlines, the earliest first.
pub(crate) fn deadlines(dates: &Dates, pricing: &Pricing<'_>) -> Vec<Deadline> {
    let deadline = |day: Day, kind, what: String, action: &str, basis, source: &str| Deadline {
        day,
        kind,
        what,
        action: action.to_owned(),
        days_left: day.days_since(dates.day),
        basis,
        source: source.to_owned(),
    };
    let mut all = Vec::new();
    if let Some(created) = dates.scim_key_created.filter(|_| dates.key_expires) {
        let end = KeyEnd::of(created);
        for (day, what) in key_ends(created, end) {
            all.push(deadline(
                day,
                DeadlineKind::ScimKeyExpires,
                what,
                &new_key(end, dates.day),
                Basis::Configured,
                end.source(),
            ));
        }
    }
    for renewal in &dates.renewals {
        let stated = "the renewal in seatledger.toml";
        all.push(deadline(
            renewal.day,
            DeadlineKind::Renewal,
            format!("{} renews", renewal.what),
            &match &renewal.headroom {
                _ if renewal.day < dates.day => {
                    "this day is past: enter the next renewal in seatledger.toml".to_owned()
                }
                Some(headroom) => headroom.clone(),
                None => "freed seats lower the bill from this day".to_owned(),
            },
            Basis::Configured,
            stated,
        ));
        if let Some(days) = renewal.notice_days
            && let Ok(days) = i32::try_from(days)
        {
            all.push(deadline(
                renewal.day.plus_days(-days),
                DeadlineKind::NoticeDay,
                format!(
                    "last day to change {} before it renews on {}",
                    renewal.what, renewal.day
                ),
                "tell the vendor the number of seats",
                Basis::Configured,
                stated,
            ));
        }
    }
    if dates.opsgenie_seats > 0 {
        all.push(deadline(
            OPSGENIE_END,
            DeadlineKind::ProductEnds,
            format!("{OPSGENIE} ends"),
            &format!(
                "move on-call schedules to Jira Service Management and cancel the {} seats",
                dates.opsgenie_seats
            ),
            Basis::Measured,
            OPSGENIE_SOURCE,
        ));
    }
    for PriceChange { before, after } in price_changes(&dates.held, pricing) {
        let known = &after.provenance;
        let firm = known.confidence.as_str();
        let (name, price) = (after.name(), after.in_words());
        let (what, action, basis) = if after.is_verified() {
            (
                format!("{name} costs {price} at list from this day ({firm})"),
                "renew before this day if the contract allows it",
                Basis::Measured,
            )
        } else {
            (
                format!("{name} may cost {price} at list from this day ({firm})"),
                "check the price on the next invoice or offer and enter it in seatledger.toml",
                Basis::Assumed,
            )
        };
        let until_then = format!(
            "{action}; before it: {} ({})",
            before.in_words(),
            before.provenance.confidence.as_str()
        );
        all.push(deadline(
            Day::from_date(after.from),
            DeadlineKind::PriceChanges,
            what,
            &until_then,
            basis,
            &format!("{firm}, {}: {}", known.date, known.source),
        ));
    }
    // Two sites share a list price, and the same product may be stated twice.
    all.sort();
    all.dedup();
    all
}

/// The changes that the price book has of the list prices of what is held. Where a contract has amounts of its own, a
/// list price that nobody has verified says nothing.
fn price_changes<'a>(held: &[Held], pricing: &Pricing<'a>) -> Vec<PriceChange<'a>> {
    let changes = |one: &Held| {
        let Held {
            product,
            plan,
            site,
        } = one;
        let cycle = pricing.contract.billing(product, plan, site.as_deref());
        let (currency, day) = (pricing.currency, pricing.day);
        let now = pricing.book.choose(product, plan, currency, cycle, day);
        let mut all = now.map_or_else(
            |_| Vec::new(),
            |now| pricing.book.changes(now.entry, pricing.day),
        );
        let agreed = pricing.contract.terms(product, plan, site.as_deref());
        let has_own = agreed.is_some_and(|agreed| matches!(agreed.terms, Terms::Own { .. }));
        all.retain(|change| change.after.is_verified() || !has_own);
        all
    };
    held.iter().flat_map(changes).collect()
}

/// The days of a key's end and what each is: one where the day is known, else the first and the last possible one.
fn key_ends(created: Day, end: KeyEnd) -> Vec<(Day, String)> {
    match end {
        KeyEnd::On(day) => vec![(day, format!("SCIM key of {created} expires"))],
        KeyEnd::Between(first, last) => vec![
            (
                first,
                format!(
                    "SCIM key of {created} expires on this day at the earliest, on {last} at the latest (reported)"
                ),
            ),
            (
                last,
                format!(
                    "SCIM key of {created} expires on this day at the latest, on {first} at the earliest (reported)"
                ),
            ),
        ],
    }
}

/// What to do about a key, and by when, as seen from the report's day.
fn new_key(end: KeyEnd, as_of: Day) -> String {
    let anew =
        "create a new key, enter it at the identity provider and check that provisioning runs";
    match end {
        KeyEnd::On(day) if as_of < day => {
            let last = day.plus_days(-1);
            format!("by {last}: {anew}; Atlassian sends no warning")
        }
        KeyEnd::On(_) => format!("the key has stopped working: {anew}"),
        KeyEnd::Between(first, _) if as_of < first => {
            let last = first.plus_days(-1);
            format!(
                "by {last}: look up the key's own day at admin.atlassian.com, or {anew}; Atlassian sends no warning"
            )
        }
        KeyEnd::Between(_, last) if as_of < last => {
            format!(
                "today: look up the key's own day at admin.atlassian.com, or {anew}; Atlassian sends no warning"
            )
        }
        KeyEnd::Between(..) => format!("the key has stopped working: {anew}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Dates, Held, Renewal, deadlines};
    use crate::model::fixtures::{day, pricing};
    use crate::price::quote::Pricing;

    fn dates() -> Dates {
        Dates {
            day: day("2026-11-23"),
            scim_key_created: Some(day("2026-02-01")),
            key_expires: true,
            renewals: vec![Renewal {
                what: "Jira Standard".to_owned(),
                day: day("2027-03-01"),
                notice_days: Some(30),
                headroom: None,
            }],
            opsgenie_seats: 12,
            held: Vec::new(),
        }
    }

    #[test]
    fn days_are_sorted_and_counted() {
        let told: Vec<_> = deadlines(&dates(), &pricing())
            .iter()
            .map(|one| (one.day.to_string(), one.kind.as_str(), one.days_left))
            .collect();
        // 2027-03-01 less 30 days; 2026-02-01 and 365 days
        assert_eq!(
            told,
            [
                ("2027-01-30".to_owned(), "notice-day", 68),
                ("2027-02-01".to_owned(), "scim-key-expires", 70),
                ("2027-03-01".to_owned(), "renewal", 98),
                ("2027-04-05".to_owned(), "product-ends", 133),
            ]
        );
    }

    #[test]
    fn the_end_of_a_key_is_a_day_or_the_first_and_the_last_possible_one() {
        let told = |created: &str, as_of: &str| {
            let dates = Dates {
                day: day(as_of),
                scim_key_created: Some(day(created)),
                renewals: Vec::new(),
                opsgenie_seats: 0,
                ..dates()
            };
            let all = deadlines(&dates, &pricing()).into_iter();
            let told = |one: super::Deadline| {
                let by = one.action.split(':').next().unwrap_or_default().to_owned();
                (one.day.to_string(), one.days_left, by)
            };
            all.map(told).collect::<Vec<_>>()
        };
        let one = |day: &str, left, by: &str| (day.to_owned(), left, by.to_owned());
        assert_eq!(
            told("2027-06-01", "2027-06-01"),
            [one("2028-06-01", 366, "by 2028-05-31")]
        );
        assert_eq!(
            told("2025-06-01", "2026-06-02"),
            [one("2026-06-01", -1, "the key has stopped working")]
        );
        assert_eq!(
            told("2023-06-01", "2026-11-20"),
            [
                one("2026-05-01", -203, "today"),
                one("2027-05-01", 162, "today")
            ]
        );
        assert_eq!(
            told("2023-06-01", "2026-04-30")[0],
            one("2026-05-01", 1, "by 2026-04-30")
        );
    }

    fn price_changes(as_of: &str, plans: &[(&str, &str)]) -> Vec<(String, String, String)> {
        let held = plans.iter().map(|(product, plan)| Held {
            product: (*product).to_owned(),
            plan: (*plan).to_owned(),
            site: None,
        });
        let dates = Dates {
            day: day(as_of),
            scim_key_created: None,
            renewals: Vec::new(),
            opsgenie_seats: 0,
            held: held.collect(),
            ..dates()
        };
        let on = Pricing {
            day: dates.day.date(),
            ..pricing()
        };
        let all = deadlines(&dates, &on).into_iter();
        all.map(|one| (one.day.to_string(), one.what, one.action))
            .collect()
    }

    #[test]
    fn a_price_that_the_book_first_saw_later_is_no_change() {
        // The book has Confluence Standard from 2026-08-01 on, and nothing before.
        let told = price_changes("2026-07-01", &[("Confluence", "Standard")]);
        assert_eq!(told, []);
    }

    #[test]
    fn a_younger_price_is_told_with_how_firm_it_is() {
        let unverified = (
            "2026-07-20".to_owned(),
            "Atlassian Guard Standard may cost $4.20 a user and month at list from this day (unverified)"
                .to_owned(),
            "check the price on the next invoice or offer and enter it in seatledger.toml; before it: \
             $3.00–4.00 a user and month (reported)"
                .to_owned(),
        );
        let guard = [
            ("Atlassian Guard", "Standard"),
            ("Atlassian Guard", "Standard"),
        ];
        assert_eq!(
            price_changes("2026-07-01", &guard),
            std::slice::from_ref(&unverified)
        );
        assert_eq!(price_changes("2026-11-23", &guard), [unverified]);
        let firm = &price_changes("2025-06-01", &guard)[0];
        assert_eq!(
            (firm.0.as_str(), firm.1.as_str()),
            (
                "2026-01-11",
                "Atlassian Guard Standard costs $3.00–4.00 a user and month at list from this day (reported)"
            )
        );
    }
}
