//! What happens to whom, and to how many. Each 500 employees get a deck of cards, so that the numbers come
//! out exactly and the company keeps its proportions at any size.

use super::chance::Chance;

/// Employees to a deck.
pub(super) const BLOCK: u32 = 500;

/// One card: a person's story, or that of an account without a person.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Story {
    // Employees.
    Regular,
    NoAccount,
    TrelloOnly,
    ForeignOnly,
    SandboxOnly,
    IdleAccount,
    IdleSecond,
    /// Not used since the product was renamed: old column dated, new column "Never accessed".
    IdleSinceRename,
    Invited,
    InvitedSecond,
    Newcomer,
    /// Last used exactly so many days ago: the limit and the day after it.
    UsedAtLimit,
    UsedPastLimit,
    /// Never used, and added one day inside the grace period, and on its first day outside.
    AddedInGrace,
    AddedPastGrace,
    OnSuspension,
    OnDeactivation,
    MatchedByPrincipal,
    MatchedByMail,
    TwoAccounts,
    WithPlusVariant,
    WithdrawnProduct,
    NonBillable,
    OrganisationAdmin,
    FormulaName,
    Expedition,
    OnLeave,
    FlagSaysNo,
    FlagSaysYesOnPolicy,
    FlagSaysYesOnEnterprise,
    // Beside the employees.
    Leaver,
    LeaverAdmin,
    LeaverGone,
    LeaverDeactivated,
    LeaverGoneDeactivated,
    LeaverSuspended,
    LeaverWithoutAccount,
    StatusBlank,
    Guest,
    GuestDisabled,
    GuestNotInDirectory,
    GuestWithoutAccount,
    OutsideUser,
    Customer,
    // Once.
    Service(usize),
    App(usize),
}

/// Of 500 employees. All others are regular.
const EMPLOYEES: [(Story, u32); 24] = [
    (Story::NoAccount, 16),
    (Story::TrelloOnly, 10),
    (Story::ForeignOnly, 2),
    (Story::SandboxOnly, 2),
    (Story::IdleAccount, 4),
    (Story::IdleSecond, 8),
    (Story::IdleSinceRename, 2),
    (Story::Invited, 4),
    (Story::InvitedSecond, 7),
    (Story::Newcomer, 6),
    (Story::UsedAtLimit, 1),
    (Story::UsedPastLimit, 1),
    (Story::AddedInGrace, 1),
    (Story::AddedPastGrace, 1),
    (Story::OnSuspension, 5),
    (Story::OnDeactivation, 1),
    (Story::MatchedByPrincipal, 8),
    (Story::MatchedByMail, 8),
    (Story::TwoAccounts, 3),
    (Story::WithPlusVariant, 6),
    (Story::WithdrawnProduct, 4),
    (Story::NonBillable, 9),
    (Story::OrganisationAdmin, 3),
    (Story::Expedition, 6),
];

/// Employees of the first deck only.
const ONCE: [Story; 5] = [
    Story::OnLeave,
    Story::FormulaName,
    Story::FlagSaysNo,
    Story::FlagSaysYesOnPolicy,
    Story::FlagSaysYesOnEnterprise,
];

/// Beside each 500 employees.
const OTHERS: [(Story, u32); 14] = [
    (Story::Leaver, 16),
    (Story::LeaverAdmin, 1),
    (Story::LeaverGone, 9),
    (Story::LeaverDeactivated, 8),
    (Story::LeaverGoneDeactivated, 3),
    (Story::LeaverSuspended, 3),
    (Story::LeaverWithoutAccount, 4),
    (Story::StatusBlank, 3),
    (Story::Guest, 9),
    (Story::GuestDisabled, 1),
    (Story::GuestNotInDirectory, 4),
    (Story::GuestWithoutAccount, 2),
    (Story::OutsideUser, 3),
    (Story::Customer, 12),
];

/// The stories of one block: employees number `begin` to `end`, and who comes with them.
pub(super) fn deal(chance: &mut Chance, begin: u32, end: u32) -> Vec<Story> {
    let mut deck = Vec::with_capacity(BLOCK as usize + 90);
    if begin == 0 {
        deck.extend(ONCE);
    }
    for (story, count) in EMPLOYEES {
        deck.extend(std::iter::repeat_n(story, count as usize));
    }
    deck.resize(BLOCK as usize, Story::Regular);
    chance.shuffle(&mut deck);
    deck.truncate((end - begin) as usize);
    for (story, count) in OTHERS {
        deck.extend(std::iter::repeat_n(
            story,
            share(count, end) - share(count, begin),
        ));
    }
    if begin == 0 {
        deck.extend((0..super::company::SERVICE_ACCOUNTS.len()).map(Story::Service));
        deck.extend((0..super::company::APPS.len()).map(Story::App));
    }
    chance.shuffle(&mut deck);
    deck
}

/// How many of `count` in 500 have come by employee number `employees`.
fn share(count: u32, employees: u32) -> usize {
    usize::try_from(u64::from(count) * u64::from(employees) / u64::from(BLOCK))
        .unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, Chance, EMPLOYEES, ONCE, OTHERS, Story, deal};

    #[test]
    fn a_block_holds_the_exact_numbers() {
        let drawn: u32 = EMPLOYEES.iter().map(|(_, count)| count).sum();
        assert!(drawn as usize + ONCE.len() < BLOCK as usize);
        let deck = deal(&mut Chance::new(7, 1), 500, 1000);
        for (story, count) in EMPLOYEES.into_iter().chain(OTHERS) {
            assert_eq!(
                deck.iter().filter(|card| **card == story).count(),
                count as usize,
                "{story:?}"
            );
        }
    }

    #[test]
    fn blocks_of_any_size_add_up() {
        let mut leavers = 0;
        for (begin, end) in [(0, 500), (500, 1000), (1000, 1230)] {
            let deck = deal(&mut Chance::new(7, begin / BLOCK), begin, end);
            leavers += deck.iter().filter(|card| **card == Story::Leaver).count();
        }
        assert_eq!(leavers, 1230 * 16 / 500);
    }
}
