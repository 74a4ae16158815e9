//! Prices: the dated price book, contract prices, bands, bills and the SCIM tax.
//!
//! Takes counts and a day, gives bills that explain themselves. Which seats are counted is `analyse`'s business;
//! what an alternative means and whether it pays is `model`'s. Nothing here reads a file, a clock or a frame.
//!
//! ```text
//! price_book.toml ─ book_file ─► PriceBook ─┐
//! seatledger.toml ─ contract ──► Contract ──┴► Pricing ─► Quote ─ quantity ─► BillLine ─► Bill ─► Saving
//!                                                         (bands: Charge and its Steps)
//! ```

pub(crate) mod amounts;
pub(crate) mod annual_tiers;
pub(crate) mod app;
pub(crate) mod avoidable;
pub(crate) mod bands;
pub(crate) mod bill;
pub(crate) mod book;
mod book_file;
pub(crate) mod clean_up;
pub(crate) mod contract;
pub(crate) mod estate;
#[cfg(test)]
mod fixtures;
pub(crate) mod headroom;
pub(crate) mod idle;
pub(crate) mod in_words;
mod layers;
pub(crate) mod quote;
pub(crate) mod saving;
pub(crate) mod scim_tax;
mod tariff;
pub(crate) mod tiers;

use crate::domain::product::canonical_name;
use crate::named::named;
use crate::toml::Word;

/// Guard's name in the price book and in subscriptions; its plans are `STANDARD` and `PREMIUM`.
pub(crate) const GUARD: &str = "Atlassian Guard";
pub(crate) const STANDARD: &str = "Standard";
pub(crate) const PREMIUM: &str = "Premium";
pub(crate) const ENTERPRISE: &str = "Enterprise";

/// The name under which a product is priced: Guard by any of its names, others by `domain::product`.
pub(crate) fn product_name(name: &str) -> &str {
    let given = name.trim();
    let is = |other: &str| given.eq_ignore_ascii_case(other);
    if is(GUARD) || is("Guard") || is("Atlassian Access") {
        return GUARD;
    }
    canonical_name(given)
}

named! {
    /// What a price is counted in.
    Unit, plural {
        User = "user", "users";
        Agent = "agent", "agents";
        Creator = "creator", "creators";
    }
}

impl Unit {
    /// `1 user`, `250 users`.
    pub(crate) fn counted(self, quantity: u64) -> String {
        format!(
            "{quantity} {}",
            if quantity == 1 {
                self.as_str()
            } else {
                self.plural()
            }
        )
    }
}

named! {
    /// How often a bill comes, or what period an amount is for.
    Billing {
        Monthly = "monthly";
        Annual = "annual";
    }
}

impl Billing {
    pub(crate) const fn other(self) -> Billing {
        match self {
            Billing::Monthly => Billing::Annual,
            Billing::Annual => Billing::Monthly,
        }
    }
}

/// How far a price can be trusted, the weakest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Confidence {
    /// Conflicting, generated or second-hand without a way to check it.
    Unverified,
    /// Stated by a third party or read from somebody's bill.
    Reported,
    /// Atlassian's own page or staff.
    Published,
}

impl Confidence {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Confidence::Unverified => "unverified",
            Confidence::Reported => "reported",
            Confidence::Published => "published",
        }
    }
}

impl Word for Confidence {
    const ALL: &'static [Confidence] = &[
        Confidence::Published,
        Confidence::Reported,
        Confidence::Unverified,
    ];
    fn text(self) -> &'static str {
        self.as_str()
    }
}
