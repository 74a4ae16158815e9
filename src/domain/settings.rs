//! The thresholds and facts that classes and findings depend on.

use super::day::Day;

/// Days after which a seat is inactive, where nothing says another number.
pub(crate) const INACTIVE_AFTER: u32 = 90;
/// Days in which a new account's seats are no waste, where nothing says another number.
pub(crate) const GRACE: u32 = 30;

#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) as_of: Day,
    /// A seat is active when last used at most so many days before the report's day.
    pub(crate) inactive_after: u32,
    /// A never-used seat is new while its account is younger than so many days.
    pub(crate) grace: u32,
    pub(crate) treat_unmatched_as_orphaned: bool,
    /// Whether external users are under a billable policy.
    pub(crate) external_policy_billable: bool,
    /// Of a key that ends: not every identity provider's does.
    pub(crate) scim_key_created: Option<Day>,
    /// Whether the identity provider gives full SCIM; `None` where it is not known.
    pub(crate) idp_full_scim: Option<bool>,
}
