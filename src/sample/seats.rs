//! The seats of an employee's account, and when each was last used.

use super::cast::{Access, Columns, Seat, Seen};
use super::chance::Chance;
use super::company::{Department, Product, Site, renamed_ago};
use super::story::Story;

/// Longest time without use that still counts as use, in the sample's own settings.
pub(super) const INACTIVE_AFTER: u32 = 90;
/// Days that a new account has before an unused seat counts as waste.
pub(super) const GRACE: u32 = 30;

pub(super) fn of(
    story: Story,
    department: &Department,
    added_ago: u32,
    chance: &mut Chance,
) -> Vec<Seat> {
    let mut seats = match story {
        Story::NoAccount | Story::LeaverWithoutAccount | Story::TrelloOnly | Story::ForeignOnly => {
            return Vec::new();
        }
        Story::SandboxOnly => pair(Site::Sandbox),
        Story::UsedAtLimit | Story::UsedPastLimit | Story::AddedInGrace | Story::AddedPastGrace => {
            vec![seat(Product::Jira, Site::Main)]
        }
        Story::IdleAccount
        | Story::Invited
        | Story::Newcomer
        | Story::OnLeave
        | Story::Expedition => office(department, chance),
        Story::IdleSecond | Story::InvitedSecond | Story::WithdrawnProduct | Story::FlagSaysNo => {
            pair(Site::Main)
        }
        Story::IdleSinceRename => vec![seat(Product::Jira, Site::Main)],
        Story::FlagSaysYesOnEnterprise => {
            let mut seats = pair(Site::Main);
            seats.push(seat(Product::Confluence, Site::Labs));
            seats
        }
        _ => everyday(department, chance),
    };
    for seat in &mut seats {
        if seat.site == Site::Main {
            seat.columns = Columns::draw(renamed_ago(seat.product, seat.site), added_ago, chance);
        }
        if seat.seen != Seen::Unreported {
            seat.seen = seen(story, added_ago, chance);
        }
    }
    one_apart(story, &mut seats, chance);
    seats
}

/// Jira or Confluence on the main site, or both.
fn office(department: &Department, chance: &mut Chance) -> Vec<Seat> {
    let mut seats = Vec::with_capacity(8);
    if chance.percent(department.jira) {
        seats.push(seat(Product::Jira, Site::Main));
    }
    if seats.is_empty() || chance.percent(department.confluence) {
        seats.push(seat(Product::Confluence, Site::Main));
    }
    seats
}

/// All that somebody of the department may hold.
fn everyday(department: &Department, chance: &mut Chance) -> Vec<Seat> {
    let mut seats = office(department, chance);
    for (share, product) in [
        (department.service_agent, Product::ServiceManagement),
        (department.bitbucket, Product::Bitbucket),
        (department.on_call, Product::Opsgenie),
    ] {
        if chance.percent(share) {
            seats.push(seat(product, Site::Main));
        }
    }
    if chance.percent(department.labs) {
        let jira = chance.percent(75);
        if jira {
            seats.push(seat(Product::Jira, Site::Labs));
        }
        if !jira || chance.percent(45) {
            seats.push(seat(Product::Confluence, Site::Labs));
        }
    }
    if chance.percent(department.sandbox) {
        let both = pair(Site::Sandbox);
        seats.extend(both.into_iter().take(chance.between(1, 2) as usize));
    }
    if seats[0].product == Product::Jira && chance.percent(3) {
        seats.push(Seat::user(Product::Loom, Site::Main, Seen::Unreported));
    }
    seats
}

fn seen(story: Story, added_ago: u32, chance: &mut Chance) -> Seen {
    match story {
        Story::UsedAtLimit => Seen::Ago(INACTIVE_AFTER),
        Story::UsedPastLimit => Seen::Ago(INACTIVE_AFTER + 1),
        Story::Invited | Story::Newcomer | Story::AddedInGrace | Story::AddedPastGrace => {
            Seen::Never
        }
        Story::IdleAccount | Story::OnLeave => Seen::Ago(idle(chance)),
        Story::Expedition => Seen::Ago(chance.between(50, 140)),
        Story::Leaver | Story::LeaverGone | Story::LeaverSuspended => {
            left(2, 320, added_ago, chance)
        }
        Story::LeaverAdmin => left(3, 40, added_ago, chance),
        Story::LeaverDeactivated | Story::LeaverGoneDeactivated | Story::OnDeactivation => {
            left(60, 900, added_ago, chance)
        }
        Story::OnSuspension => left(20, 160, added_ago, chance),
        _ => Seen::Ago(chance.days_since_use(85.min(added_ago))),
    }
}

fn left(low: u32, high: u32, added_ago: u32, chance: &mut Chance) -> Seen {
    if chance.percent(8) {
        Seen::Never
    } else {
        Seen::Ago(chance.between(low, high).min(added_ago))
    }
}

/// Longer ago than the limit, though not before the accounts of these stories were made.
fn idle(chance: &mut Chance) -> u32 {
    chance.between(INACTIVE_AFTER + 2, 420)
}

/// In some stories the last of several seats fares otherwise than the rest.
fn one_apart(story: Story, seats: &mut [Seat], chance: &mut Chance) {
    let Some(last) = seats.last_mut() else { return };
    match story {
        Story::IdleSecond => last.seen = Seen::Ago(idle(chance)),
        Story::InvitedSecond => last.seen = Seen::Never,
        Story::WithdrawnProduct => {
            last.access = Access::Withdrawn;
            last.seen = Seen::Ago(idle(chance));
        }
        Story::IdleSinceRename => {
            let renamed = renamed_ago(last.product, last.site).unwrap_or(INACTIVE_AFTER * 2);
            last.columns = Columns::Both(renamed + chance.between(1, 60));
            last.seen = Seen::Never;
        }
        _ => {}
    }
}

fn pair(site: Site) -> Vec<Seat> {
    vec![seat(Product::Jira, site), seat(Product::Confluence, site)]
}

fn seat(product: Product, site: Site) -> Seat {
    Seat::user(product, site, Seen::Never)
}

impl Columns {
    /// Under which names an account as old as that finds its seat.
    pub(super) fn draw(renamed_ago: Option<u32>, added_ago: u32, chance: &mut Chance) -> Self {
        match renamed_ago {
            Some(renamed) if added_ago > renamed => match chance.between(1, 100) {
                1..=35 => Self::Former,
                36..=65 => Self::Both(chance.between(renamed, (renamed + 60).min(added_ago))),
                _ => Self::Present,
            },
            _ => Self::Present,
        }
    }
}
