//! The names of the assumptions, and what their values can be.

use serde::{Serialize, Serializer};

use crate::money::Number;

macro_rules! names {
    ($($variant:ident = $text:literal,)+) => {
        /// The name of an assumption.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub(crate) enum Name { $($variant,)+ }

        impl Name {
            pub(crate) const ALL: [Name; [$(Name::$variant),+].len()] = [$(Name::$variant),+];

            pub(crate) const fn as_str(self) -> &'static str {
                match self { $(Name::$variant => $text,)+ }
            }
        }
    };
}

names! {
    ItHoursPer500 = "it_hours_per_500",
    ItHourlyRate = "it_hourly_rate",
    OrphansPer500 = "orphans_per_500",
    MissShare = "miss_share",
    CostPerMiss = "cost_per_miss",
    UnusedPer500 = "unused_per_500",
    CostPerUnusedLicence = "cost_per_unused_licence",
    LeaversShareOfUnused = "leavers_share_of_unused",
    SetupHoursScim = "setup_hours_scim",
    SetupHoursThirdParty = "setup_hours_third_party",
    KeyRotationHours = "key_rotation_hours",
    AccessReviewHours = "access_review_hours",
    LabourLeftScim = "labour_left_scim",
    LabourLeftUsersOnly = "labour_left_users_only",
    LabourLeftJit = "labour_left_jit",
    LabourLeftThirdParty = "labour_left_third_party",
    IdentityProviderReach = "identity_provider_reach",
    ThirdPartyReach = "third_party_reach",
    MissesLeft = "misses_left",
    HorizonYears = "horizon_years",
    DiscountRate = "discount_rate",
    HeadcountGrowth = "headcount_growth",
    PriceRise = "price_rise",
    WageRise = "wage_rise",
    SmallTeamLimit = "small_team_limit",
    LowTurnoverLimit = "low_turnover_limit",
    ManyProductsFrom = "many_products_from",
}

impl Name {
    /// In a few words, for charts.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Name::ItHoursPer500 => "hours of manual IT work",
            Name::ItHourlyRate => "cost of an IT hour",
            Name::OrphansPer500 => "orphaned accounts",
            Name::MissShare => "orphans that become a miss",
            Name::CostPerMiss => "cost of a compliance miss",
            Name::UnusedPer500 => "unused licences",
            Name::CostPerUnusedLicence => "cost of an unused licence",
            Name::LeaversShareOfUnused => "leavers' share of unused licences",
            Name::SetupHoursScim => "hours to set up SCIM",
            Name::SetupHoursThirdParty => "hours to set up a third party",
            Name::KeyRotationHours => "hours to renew the SCIM key",
            Name::AccessReviewHours => "hours of access reviews",
            Name::LabourLeftScim => "manual hours left with SCIM",
            Name::LabourLeftUsersOnly => "hours left where groups do not sync",
            Name::LabourLeftJit => "hours left just in time",
            Name::LabourLeftThirdParty => "hours left with a third party",
            Name::IdentityProviderReach => "leavers that provisioning reaches",
            Name::ThirdPartyReach => "leavers that a third party reaches",
            Name::MissesLeft => "misses left among those reached",
            Name::HorizonYears => "years looked ahead",
            Name::DiscountRate => "discount rate",
            Name::HeadcountGrowth => "growth of the headcount",
            Name::PriceRise => "rise of prices",
            Name::WageRise => "rise of wages",
            Name::SmallTeamLimit => "limit of a small team",
            Name::LowTurnoverLimit => "limit of low turnover",
            Name::ManyProductsFrom => "products of a complex set-up",
        }
    }

    /// Whether the value is a part of a whole, from 0 to 1.
    pub(crate) const fn is_share(self) -> bool {
        matches!(
            self,
            Name::MissShare
                | Name::LeaversShareOfUnused
                | Name::LabourLeftScim
                | Name::LabourLeftUsersOnly
                | Name::LabourLeftJit
                | Name::LabourLeftThirdParty
                | Name::IdentityProviderReach
                | Name::ThirdPartyReach
                | Name::MissesLeft
                | Name::LowTurnoverLimit
        )
    }

    /// Whether the value is an amount in some currency.
    pub(crate) const fn is_money(self) -> bool {
        matches!(
            self,
            Name::ItHourlyRate | Name::CostPerMiss | Name::CostPerUnusedLicence
        )
    }

    /// What a plain number counts, in a word.
    pub(crate) const fn counts(self) -> &'static str {
        match self {
            Name::ItHoursPer500
            | Name::SetupHoursScim
            | Name::SetupHoursThirdParty
            | Name::KeyRotationHours
            | Name::AccessReviewHours => "h",
            Name::OrphansPer500 => "accounts",
            Name::UnusedPer500 => "licences",
            Name::HorizonYears => "years",
            Name::SmallTeamLimit => "people",
            Name::ManyProductsFrom => "products",
            _ => "",
        }
    }

    /// Whether the value is a yearly rate of change.
    pub(crate) const fn is_rate(self) -> bool {
        matches!(
            self,
            Name::DiscountRate | Name::HeadcountGrowth | Name::PriceRise | Name::WageRise
        )
    }

    /// The nearest value that there can be. Twenty years of halving or doubling move a figure by a factor of a million,
    /// which exact decimals hold; past that they end, and at −1 there is nothing left to divide by.
    pub(crate) fn within(self, value: Number) -> Number {
        if self.is_share() {
            value.min(Number::ONE)
        } else if self.is_rate() {
            value.max(Number::MINUS_HALF).min(Number::ONE)
        } else if self == Name::HorizonYears {
            value.rounded(0).max(Number::ONE).min(Number::TWENTY)
        } else {
            value
        }
    }

    /// What the value has to be, where it is not that.
    pub(crate) fn objection(self, value: Number) -> Option<&'static str> {
        if self.is_share() {
            let possible = !value.is_negative() && value <= Number::ONE;
            return (!possible).then_some("a share from 0 to 1");
        }
        if self.is_rate() {
            return (self.within(value) != value)
                .then_some("a yearly share from -0.5 to 1: from half of it to twice as much");
        }
        if self == Name::HorizonYears {
            let years = value
                .ceiling()
                .filter(|years| Number::from(*years) == value);
            let possible = years.is_some_and(|years| (1..=20).contains(&years));
            return (!possible).then_some("whole years from 1 to 20");
        }
        value.is_negative().then_some("a number of zero or more")
    }
}

impl Serialize for Name {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// The name that was likely meant, out of the assumptions' and some more.
pub(crate) fn suggestion(given: &str, others: &[&'static str]) -> String {
    let names = Name::ALL.iter().map(|name| name.as_str());
    let closest = names
        .chain(others.iter().copied())
        .min_by_key(|name| strsim::damerau_levenshtein(name, given));
    match closest {
        Some(name) if strsim::damerau_levenshtein(name, given) <= 2 + name.len() / 3 => {
            format!("did you mean `{name}`?")
        }
        _ => "assumptions.csv of a report lists the names".to_owned(),
    }
}
