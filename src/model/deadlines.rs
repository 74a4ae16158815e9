//! Deadlines: the days by which something has to be done, sorted. `calendar` writes them as a file of events.

use serde::Serialize;

use super::figure::Basis;
use crate::domain::day::Day;
use crate::domain::product::OPSGENIE;
use crate::price::quote::Pricing;

/// A SCIM key made since January 2025 ends after a year: Atlassian, "Manage SCIM API key expiration", read 2026-11-23.
const KEY_LASTS: i32 = 365;
const KEY_SOURCE: &str =
    "https://support.atlassian.com/provisioning-users/docs/manage-scim-api-key-expiration";

/// Opsgenie ends: StitchFlow's guide of 2026-01-11, after Atlassian's announcement.
const OPSGENIE_ENDS: (i32, u32, u32) = (2027, 4, 5);
const OPSGENIE_SOURCE: &str =
    "StitchFlow's Atlassian SCIM guide, 2026-01-11 (stitchflow.com/scim/atlassian)";

/// What kind of a deadline it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum DeadlineKind {
    NoticeDay,
    Renewal,
    ScimKeyExpires,
    ProductEnds,
    PriceChanges,
}

impl DeadlineKind {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            DeadlineKind::NoticeDay => "notice-day",
            DeadlineKind::Renewal => "renewal",
            DeadlineKind::ScimKeyExpires => "scim-key-expires",
            DeadlineKind::ProductEnds => "product-ends",
            DeadlineKind::PriceChanges => "price-changes",
        }
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
    /// Products and plans on the bill, for price changes that the book has dated.
    pub(crate) plans: Vec<(String, String)>,
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
        all.push(deadline(
            created.plus_days(KEY_LASTS),
            DeadlineKind::ScimKeyExpires,
            format!("SCIM key of {created} expires"),
            "make a new key, enter it at the identity provider and check that provisioning runs; nothing warns by mail",
            Basis::Configured,
            KEY_SOURCE,
        ));
    }
    for renewal in &dates.renewals {
        let stated = "the renewal in seatledger.toml";
        all.push(deadline(
            renewal.day,
            DeadlineKind::Renewal,
            format!("{} renews", renewal.what),
            "freed seats count from here on",
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
    let (year, month, day) = OPSGENIE_ENDS;
    if dates.opsgenie_seats > 0
        && let Some(end) = Day::from_ymd(year, month, day)
    {
        all.push(deadline(
            end,
            DeadlineKind::ProductEnds,
            format!("{OPSGENIE} ends; {} seats are held", dates.opsgenie_seats),
            "move on-call schedules to Jira Service Management and cancel the seats",
            Basis::Measured,
            OPSGENIE_SOURCE,
        ));
    }
    for listing in pricing.book.listing(pricing.day) {
        let entry = listing.entry;
        let from = Day::from_date(entry.from);
        let held = dates.plans.iter().any(|(product, plan)| {
            entry.product.eq_ignore_ascii_case(product) && entry.plan.eq_ignore_ascii_case(plan)
        });
        if held && from > dates.day && entry.currency == pricing.currency {
            all.push(deadline(
                from,
                DeadlineKind::PriceChanges,
                format!("the list price of {} changes", entry.name()),
                "renew before, where the contract allows it",
                Basis::Measured,
                &entry.provenance.source,
            ));
        }
    }
    all.sort();
    all
}

#[cfg(test)]
mod tests {
    use super::{Dates, Renewal, deadlines};
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
            }],
            opsgenie_seats: 12,
            plans: vec![("Atlassian Guard".to_owned(), "Standard".to_owned())],
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
    fn prices_that_the_book_dates_ahead_are_told_for_plans_that_are_held() {
        let early = Pricing {
            day: "2026-01-15".parse().unwrap(),
            ..pricing()
        };
        let mut dates = dates();
        dates.day = day("2026-01-15");
        let told = deadlines(&dates, &early);
        let changes: Vec<_> = told
            .iter()
            .filter(|one| one.kind.as_str() == "price-changes")
            .map(|one| (one.day.to_string(), one.what.as_str()))
            .collect();
        assert_eq!(
            changes,
            [(
                "2026-07-20".to_owned(),
                "the list price of Atlassian Guard Standard changes"
            )]
        );
        dates.plans.clear();
        dates.key_expires = false;
        dates.opsgenie_seats = 0;
        assert_eq!(deadlines(&dates, &early).len(), 2);
    }
}
