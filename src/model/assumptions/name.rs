//! The names of the assumptions, and the kinds of their values. All else about them is data: `data/assumptions.toml`.

use crate::money::Number;
use crate::named::named;
use crate::toml::near::nearest;

named! {
    /// The name of an assumption.
    Name {
        ItHoursPer500 = "it_hours_per_500";
        ItHourlyRate = "it_hourly_rate";
        OrphansPer500 = "orphans_per_500";
        MissShare = "miss_share";
        CostPerMiss = "cost_per_miss";
        UnusedPer500 = "unused_per_500";
        CostPerUnusedLicence = "cost_per_unused_licence";
        LeaversShareOfUnused = "leavers_share_of_unused";
        SetupHoursScim = "setup_hours_scim";
        SetupHoursThirdParty = "setup_hours_third_party";
        KeyRotationHours = "key_rotation_hours";
        AccessReviewHours = "access_review_hours";
        LabourLeftScim = "labour_left_scim";
        LabourLeftUsersOnly = "labour_left_users_only";
        LabourLeftJit = "labour_left_jit";
        LabourLeftThirdParty = "labour_left_third_party";
        IdentityProviderReach = "identity_provider_reach";
        ThirdPartyReach = "third_party_reach";
        MissesLeft = "misses_left";
        HorizonYears = "horizon_years";
        DiscountRate = "discount_rate";
        HeadcountGrowth = "headcount_growth";
        PriceRise = "price_rise";
        WageRise = "wage_rise";
        SmallTeamLimit = "small_team_limit";
        LowTurnoverLimit = "low_turnover_limit";
        ManyProductsFrom = "many_products_from";
    }
}

named! {
    /// What the value of an assumption is.
    Kind {
        /// A part of a whole, from 0 to 1.
        Share = "share";
        /// A yearly rate of change.
        Rate = "rate";
        /// An amount in some currency.
        Money = "money";
        Hours = "hours";
        /// Whole years.
        Years = "years";
        Accounts = "accounts";
        Licences = "licences";
        People = "people";
        Products = "products";
    }
}

impl Kind {
    /// What a plain number counts, in a word.
    pub(crate) fn counts(self) -> &'static str {
        match self {
            Kind::Share | Kind::Rate | Kind::Money => "",
            Kind::Hours => "h",
            _ => self.as_str(),
        }
    }

    /// The nearest value that there can be. Twenty years of halving or doubling move a figure by a factor of a million,
    /// which exact decimals hold; past that they end, and at −1 there is nothing left to divide by.
    pub(crate) fn within(self, value: Number) -> Number {
        match self {
            Kind::Share => value.min(Number::ONE),
            Kind::Rate => value.max(Number::MINUS_HALF).min(Number::ONE),
            Kind::Years => value.rounded(0).max(Number::ONE).min(Number::TWENTY),
            _ => value,
        }
    }

    /// What the value has to be, where it is not that.
    pub(crate) fn objection(self, value: Number) -> Option<&'static str> {
        let (possible, expected) = match self {
            Kind::Share => (
                !value.is_negative() && value <= Number::ONE,
                "a share from 0 to 1",
            ),
            Kind::Rate => (
                self.within(value) == value,
                "a yearly share from -0.5 to 1: from half of it to twice as much",
            ),
            Kind::Years => (self.within(value) == value, "whole years from 1 to 20"),
            _ => (!value.is_negative(), "a number of zero or more"),
        };
        (!possible).then_some(expected)
    }
}

/// The name that was likely meant, out of the assumptions' and some more.
pub(crate) fn suggestion(given: &str, others: &[&'static str]) -> String {
    let names = Name::ALL.iter().map(|name| name.as_str());
    match nearest(given, names.chain(others.iter().copied())) {
        Some(name) => format!("did you mean `{name}`?"),
        None => "assumptions.csv of a report lists the names".to_owned(),
    }
}
