//! The values of a sample: people, accounts and seats, before they become rows.

use super::company::{Product, Site};

/// One row of the Entra export.
#[derive(Debug)]
pub(super) struct Person {
    pub(super) principal: String,
    pub(super) mail: String,
    pub(super) other_mail: String,
    pub(super) display: String,
    pub(super) first: &'static str,
    pub(super) last: &'static str,
    pub(super) id: String,
    pub(super) kind: PersonKind,
    pub(super) enabled: &'static str,
    pub(super) department: &'static str,
    pub(super) title: &'static str,
    pub(super) office: usize,
    pub(super) created_ago: u32,
    /// Of the day, in seconds: the portal prints the time too.
    pub(super) created_at: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum PersonKind {
    Member,
    Guest,
    /// A guest by address whom somebody turned into a member.
    MemberFromOutside,
}

/// One Atlassian account.
#[derive(Debug)]
pub(super) struct Account {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) status: Status,
    pub(super) standing: Standing,
    pub(super) added_ago: u32,
    pub(super) admin: Admin,
    pub(super) seats: Vec<Seat>,
    pub(super) policy: Policy,
    pub(super) trello: Trello,
    /// Has access to a customer's site.
    pub(super) consultant: bool,
    /// The last use outside the company's own sites.
    pub(super) elsewhere_ago: Option<u32>,
    pub(super) exempt: bool,
    pub(super) listed: Listed,
    /// The export's billing flag says the opposite of the rule.
    pub(super) flag_wrong: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Status {
    Active,
    Suspended,
    Deactivated,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Admin {
    No,
    Organisation,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Policy {
    StaffSso,
    LocalDefault,
    Contractors,
    ServiceAccounts,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Trello {
    No,
    Free,
}

/// Which of the two Atlassian exports hold an account.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Listed {
    Both,
    UsersOnly,
    ManagedOnly,
}

/// What the analysis should make of an account: design, section 4.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Standing {
    App,
    Customer,
    Disabled,
    Service,
    External,
    Orphaned,
    Unmatched,
    Unknown,
    Current,
}

/// One account's access to one product on one of the company's sites.
#[derive(Clone, Debug)]
pub(super) struct Seat {
    pub(super) product: Product,
    pub(super) site: Site,
    pub(super) access: Access,
    pub(super) seen: Seen,
    pub(super) columns: Columns,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Access {
    User,
    Guest,
    Customer,
    /// Access was taken away and only the day of the last use remains: not a seat.
    Withdrawn,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Seen {
    Ago(u32),
    Never,
    /// Neither export says.
    Unreported,
}

/// Under which of a renamed product's names a seat is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Columns {
    Present,
    Former,
    /// Under both: the former column stopped so many days ago.
    Both(u32),
}

impl Seat {
    pub(super) fn user(product: Product, site: Site, seen: Seen) -> Self {
        Self {
            product,
            site,
            access: Access::User,
            seen,
            columns: Columns::Present,
        }
    }
}

impl Account {
    /// The last use in any product.
    pub(super) fn last_use(&self) -> Option<u32> {
        self.seats
            .iter()
            .filter_map(Seat::last_use)
            .chain(self.elsewhere_ago)
            .min()
    }
}

impl Seat {
    /// The last use under either name.
    pub(super) fn last_use(&self) -> Option<u32> {
        match (self.seen, self.columns) {
            (Seen::Ago(ago), _) | (_, Columns::Both(ago)) => Some(ago),
            _ => None,
        }
    }
}
