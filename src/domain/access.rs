//! What an account's access means for Guard: facts gathered from all offerings that it can reach.

/// What access to one offering says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(crate) enum Access {
    /// Guard Standard counts it: neither free, nor on a sandbox, nor on somebody else's site.
    Counted,
    /// Guard Standard counts it: Trello on its free plan.
    CountedFreeTrello,
    /// Guard Standard counts it: another product on a free plan.
    CountedFree,
    CountedSandbox,
    CountedForeign,
    /// Atlassian's pages do not say whether Guard Standard counts it.
    NotEstablished,
    /// Its plan includes Guard Standard.
    PlanIncludesGuard,
    /// Guard Premium counts it.
    PremiumOwn,
    PremiumSandbox,
    PremiumForeign,
    /// A guest of Confluence, wherever the site is: the page of Guard Premium does not speak of guests.
    PremiumGuest,
    Bitbucket,
    /// Jira on an own production site, under a plan that costs something.
    JiraBilled,
}

impl Access {
    #[cfg(test)]
    pub(crate) const ALL: [Access; 13] = [
        Access::Counted,
        Access::CountedFreeTrello,
        Access::CountedFree,
        Access::CountedSandbox,
        Access::CountedForeign,
        Access::NotEstablished,
        Access::PlanIncludesGuard,
        Access::PremiumOwn,
        Access::PremiumSandbox,
        Access::PremiumForeign,
        Access::PremiumGuest,
        Access::Bitbucket,
        Access::JiraBilled,
    ];
}

/// All that an account's access says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct AccessSet(u16);

impl AccessSet {
    pub(crate) const fn with(self, access: Access) -> AccessSet {
        AccessSet(self.0 | 1 << access as u8)
    }

    pub(crate) const fn and(self, other: AccessSet) -> AccessSet {
        AccessSet(self.0 | other.0)
    }

    pub(crate) const fn has(self, access: Access) -> bool {
        self.0 & 1 << access as u8 != 0
    }

    /// One bit for each kind of access, by its place in the enum.
    pub(crate) const fn bits(self) -> u16 {
        self.0
    }
}
