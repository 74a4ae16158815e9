//! Marketplace apps: each is billed for the users of its host product on a site, so it is an offering whose seats are
//! its host's.
//!
//! That apps are billed for all users of the host is what many vendors' FAQs say. An app's price is its vendor's, and
//! never in the price book.

/// Of an offering that is an app: whose users it is billed for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct App {
    /// Row of the host product on that site in `Dataset::offerings`.
    pub(crate) host: usize,
    /// The host's name.
    pub(crate) of: String,
    /// Accounts that it is not billed for.
    pub(crate) exempt: Vec<u32>,
}

/// An app as the configuration states it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct StatedApp {
    /// `Tempo (app of Jira) on acme`.
    pub(crate) name: String,
    /// The line of its table, from 1.
    pub(crate) line: usize,
    /// The line of the same app's first table, of which this is a repetition.
    pub(crate) first: Option<usize>,
    /// Rows of its hosts in `Dataset::offerings`, one for each site that it is on.
    pub(crate) hosts: Vec<usize>,
}

/// What an app is called among products: `Tempo (app of Jira)`.
pub(crate) fn title(name: &str, host: &str) -> String {
    format!("{name} (app of {host})")
}
