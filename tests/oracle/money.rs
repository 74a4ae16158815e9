//! Bills, savings and shares, in whole hundredths of a cent and whole cents.

use std::collections::BTreeMap;

use super::SANDBOX;

pub(super) type Uses = BTreeMap<&'static str, u64>;

/// How many seats of these are on a bill, wasted for certain, and wasted at most.
pub(super) fn billed(uses: &Uses) -> u64 {
    uses.iter()
        .filter(|(used, _)| **used != "sandbox")
        .map(|(_, count)| count)
        .sum()
}

pub(super) fn wasted(uses: &Uses) -> u64 {
    ["orphaned", "inactive", "never_active"]
        .iter()
        .filter_map(|used| uses.get(used))
        .sum()
}

pub(super) fn wasted_at_most(uses: &Uses) -> u64 {
    wasted(uses) + uses.get("unreported").copied().unwrap_or(0)
}

/// What is paid for one seat a month, in hundredths of a cent: first a band up to so many seats, then the rest,
/// low and high.
pub(super) struct Price {
    pub(super) product: &'static str,
    pub(super) site: &'static str,
    pub(super) plan: &'static str,
    bands: &'static [(u64, i64, i64)],
}

const ALL: u64 = u64::MAX;
pub(super) const PRICES: [Price; 8] = [
    // Price book: Bitbucket Standard, 2026-09-20.
    Price {
        product: "Bitbucket",
        site: "northlight",
        plan: "Standard",
        bands: &[(ALL, 36_500, 36_500)],
    },
    // Price book: Confluence Standard, 2026-08-01.
    Price {
        product: "Confluence",
        site: "northlight",
        plan: "Standard",
        bands: &[(100, 67_000, 67_000), (ALL, 52_500, 67_000)],
    },
    // Contract of the sample.
    Price {
        product: "Confluence",
        site: "northlight-labs",
        plan: "Enterprise",
        bands: &[(ALL, 124_000, 124_000)],
    },
    // Price book: Jira Standard, 2026-01-11.
    Price {
        product: "Jira",
        site: "northlight",
        plan: "Standard",
        bands: &[(100, 90_500, 90_500), (ALL, 79_100, 90_500)],
    },
    Price {
        product: "Jira",
        site: "northlight-labs",
        plan: "Standard",
        bands: &[(100, 90_500, 90_500), (ALL, 79_100, 90_500)],
    },
    // Contract of the sample; its renewal is what a saving waits for, not what it is.
    Price {
        product: "Jira Service Management",
        site: "northlight",
        plan: "Standard",
        bands: &[(ALL, 215_000, 215_000)],
    },
    // Price book: Loom Business, 2026-01-11.
    Price {
        product: "Loom",
        site: "northlight",
        plan: "Business",
        bands: &[(ALL, 150_000, 200_000)],
    },
    // Price book: Opsgenie Essentials, 2026-05-04.
    Price {
        product: "Opsgenie",
        site: "northlight",
        plan: "Essentials",
        bands: &[(ALL, 94_500, 94_500)],
    },
];

/// A year's bill in cents: the month rounded to the cent, half up, twelve times.
fn bill(price: &Price, seats: u64, end: fn(&(u64, i64, i64)) -> i64) -> i64 {
    let (mut month, mut below) = (0, 0);
    for band in price.bands {
        let inside = seats.min(band.0).saturating_sub(below);
        month += i64::try_from(inside).expect("few seats") * end(band);
        below = band.0;
    }
    (month + 50) / 100 * 12
}

/// The end of a band's price that is taken.
pub(super) type End = fn(&(u64, i64, i64)) -> i64;

pub(super) fn low(band: &(u64, i64, i64)) -> i64 {
    band.1
}

pub(super) fn high(band: &(u64, i64, i64)) -> i64 {
    band.2
}

fn price_of(product: &str, site: &str) -> &'static Price {
    PRICES
        .iter()
        .find(|price| price.product == product && price.site == site)
        .unwrap_or_else(|| panic!("a price for {product} on {site}"))
}

/// What a year's bill falls by, low and high, in cents, when the leavers' seats go and no others.
pub(super) fn leavers_saving(product: &str, site: &str, uses: &Uses, ends: [End; 2]) -> [i64; 2] {
    if site == SANDBOX {
        return [0; 2];
    }
    let price = price_of(product, site);
    let today = billed(uses);
    let after = today - uses.get("orphaned").copied().unwrap_or(0);
    ends.map(|end| bill(price, today, end) - bill(price, after, end))
}

/// A year's bill and saving of one product, each low and high, in cents.
pub(super) fn money(product: &str, site: &str, uses: &Uses) -> [i64; 4] {
    money_at(product, site, uses, [low, high])
}

/// The same with its price at two ends, or at one of them for both.
pub(super) fn money_at(product: &str, site: &str, uses: &Uses, [one, other]: [End; 2]) -> [i64; 4] {
    if site == SANDBOX {
        return [0; 4];
    }
    let price = price_of(product, site);
    let today = billed(uses);
    let (certain, most) = (today - wasted(uses), today - wasted_at_most(uses));
    let today = [bill(price, today, one), bill(price, today, other)];
    [
        today[0],
        today[1],
        today[0] - bill(price, certain, one),
        today[1] - bill(price, most, other),
    ]
}

/// The amount in whole cents shared by weights; what is left over goes to the largest remainders, the earlier first.
pub(super) fn shares(amount: i64, weights: &[u64]) -> Vec<i64> {
    let whole: i64 = weights.iter().map(|&weight| weight as i64).sum();
    if whole == 0 {
        return vec![0; weights.len()];
    }
    let product = |weight: u64| amount * weight as i64;
    let mut shares: Vec<i64> = weights.iter().map(|&w| product(w) / whole).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&place| std::cmp::Reverse(product(weights[place]) % whole));
    let rest = usize::try_from(amount - shares.iter().sum::<i64>()).expect("a rest");
    for &place in order.iter().take(rest) {
        shares[place] += 1;
    }
    shares
}

pub(super) fn dollars(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", cents.abs() / 100, cents.abs() % 100)
}
