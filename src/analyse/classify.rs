//! Classes of all accounts and seats: the dataset's columns are read once, row by row, on all cores, and the tables of
//! `rules` say what each row is.

use super::Settings;
use super::rules::access::of_offering;
use super::rules::evaluate::Kept;
use super::rules::facts::{Date, Facts, Limit, Limits, Seen, Setting, Value};
use super::rules::guard_premium::GUARD_PREMIUM;
use super::rules::guard_standard::GUARD_STANDARD;
use super::rules::standing::STANDING;
use super::rules::usage::USAGE;
use crate::domain::access::AccessSet;
use crate::domain::analysis::{AccountClass, Decided, Decisions};
use crate::domain::class::{GuardClass, GuardReason, GuardVerdict, Standing, StandingReason, Use};
use crate::domain::dataset::{Dataset, DirectoryKind};
use crate::domain::day::LastUse;
use crate::domain::person::Person;
use crate::parallel;

/// The class of every account and the use of every seat.
#[derive(Default)]
pub(super) struct Classes {
    pub(super) accounts: Vec<AccountClass>,
    pub(super) uses: Vec<Option<Use>>,
}

/// The people of so many accounts are fetched before the first of these is classed. They lie anywhere in memory, and so
/// the waits for them overlap: of a million accounts that saves 6 % of a run's processor time.
const BLOCK: usize = 64;

pub(super) fn classify(dataset: &Dataset, settings: &Settings) -> Classes {
    let columns = Columns::of(dataset, settings);
    let parts = parallel::stretches(dataset.accounts.len(), |rows| {
        let mut walk = Walk::from(&columns, rows.start);
        let mut part = Classes::default();
        let mut people: Vec<Option<Person>> = Vec::with_capacity(BLOCK);
        for start in rows.clone().step_by(BLOCK) {
            let block = start..rows.end.min(start + BLOCK);
            people.clear();
            people.extend(block.clone().map(|row| dataset.person_of(row).copied()));
            for (row, person) in block.zip(&people) {
                let class = walk.account(row, person.as_ref(), &mut part.uses);
                part.accounts.push(class);
            }
        }
        part
    });
    let (accounts, uses) = parts
        .into_iter()
        .map(|part| (part.accounts, part.uses))
        .unzip();
    Classes {
        accounts: parallel::joined(accounts),
        uses: parallel::joined(uses),
    }
}

/// The same for one account, with the rules that decided.
pub(crate) fn decisions(dataset: &Dataset, settings: &Settings, account: usize) -> Decisions {
    let columns = Columns::of(dataset, settings);
    let first = columns.first_seat_from(account);
    let seats = first..columns.first_seat_from(account + 1);
    let access = seats.clone().map(|seat| columns.offering(seat).access);
    let access = access.fold(AccessSet::default(), AccessSet::and);
    let facts = columns.of_account(account, dataset.person_of(account), access);
    let standing = STANDING.decide(facts);
    let of_account = columns.for_seats(account, standing.class);
    Decisions {
        standing,
        guard_standard: GUARD_STANDARD.decide(facts),
        guard_premium: GUARD_PREMIUM.decide(facts),
        seats: seats
            .map(|seat| USAGE.decide(columns.of_seat(seat, of_account)))
            .collect(),
    }
}

/// The columns that the rules read, and what is the same for all rows.
struct Columns<'a> {
    dataset: &'a Dataset,
    /// What the settings say, for every row alike.
    settings: Facts,
    limits: Limits,
    offerings: Vec<Offered>,
}

/// What an offering says of each of its seats, and of their accounts.
#[derive(Clone, Copy)]
struct Offered {
    seat: Facts,
    access: AccessSet,
}

impl Columns<'_> {
    fn of<'a>(dataset: &'a Dataset, settings: &Settings) -> Columns<'a> {
        let earlier = |days: u32| {
            let days = i32::try_from(days).unwrap_or(i32::MAX);
            settings.as_of.plus_days(-days)
        };
        let offerings = dataset.offerings.iter().map(|offering| Offered {
            seat: Facts::default()
                .with(Value::Site(offering.kind))
                .when(offering.is_billed(), Value::Billed),
            access: of_offering(offering),
        });
        let roster = dataset.directory == DirectoryKind::Roster;
        Columns {
            dataset,
            settings: Facts::default()
                .set(roster, Setting::RosterGiven)
                .set(
                    settings.treat_unmatched_as_orphaned,
                    Setting::UnmatchedAreOrphaned,
                )
                .set(
                    settings.external_policy_billable,
                    Setting::ExternalPolicyBillable,
                ),
            limits: Limits {
                as_of: settings.as_of,
                active_since: earlier(settings.inactive_after),
                new_after: earlier(settings.grace),
            },
            offerings: offerings.collect(),
        }
    }

    /// What the tables of accounts ask.
    fn of_account(&self, row: usize, person: Option<&Person>, access: AccessSet) -> Facts {
        let accounts = &self.dataset.accounts;
        let facts = self
            .settings
            .with(Value::Kind(accounts.kind[row]))
            .with(Value::Status(accounts.status[row]))
            .with(Value::Policy(accounts.policy[row]))
            .when(self.dataset.is_managed(row), Value::Managed)
            .when(self.dataset.service[row], Value::Service)
            .reaching(access);
        match person {
            Some(person) => facts.with(Value::Person(person.status)).dated(
                Date::Left.against(Limit::AsOf),
                person.left,
                &self.limits,
            ),
            None => facts,
        }
    }

    /// What an account says of each of its seats.
    fn for_seats(&self, account: usize, standing: Standing) -> Facts {
        Facts::default()
            .with(Value::Standing(standing))
            .when(self.dataset.exempt[account], Value::Exempt)
            .dated(
                Date::Added.against(Limit::NewAfter),
                self.dataset.accounts.added[account],
                &self.limits,
            )
    }

    /// What the table of uses asks.
    fn of_seat(&self, seat: usize, of_account: Facts) -> Facts {
        let last_use = self.dataset.seats.last_use[seat].get();
        let seen = match last_use {
            LastUse::NotReported => Seen::NotReported,
            LastUse::Never => Seen::Never,
            LastUse::Before(_) => Seen::Before,
            LastUse::On(_) => Seen::On,
        };
        of_account
            .and(self.offering(seat).seat)
            .with(Value::Seen(seen))
            .dated(
                Date::LastSeen.against(Limit::ActiveSince),
                last_use.day(),
                &self.limits,
            )
    }

    fn offering(&self, seat: usize) -> Offered {
        self.offerings[usize::from(self.dataset.seats.offering[seat])]
    }

    /// The first seat of an account or of those behind it: seats are sorted by account.
    fn first_seat_from(&self, account: usize) -> usize {
        let accounts = &self.dataset.seats.account;
        accounts.partition_point(|&other| (other as usize) < account)
    }
}

/// A walk over accounts, and over their seats beside them.
struct Walk<'a> {
    columns: &'a Columns<'a>,
    next_seat: usize,
    accounts: Kept<(Standing, StandingReason, GuardClass, GuardClass)>,
    seats: Kept<Option<Use>>,
}

impl<'a> Walk<'a> {
    fn from(columns: &'a Columns<'a>, account: usize) -> Walk<'a> {
        Walk {
            columns,
            next_seat: columns.first_seat_from(account),
            accounts: Kept::new(),
            seats: Kept::new(),
        }
    }

    /// The classes of the next account; the uses of its seats are added to the others'.
    fn account(
        &mut self,
        row: usize,
        person: Option<&Person>,
        uses: &mut Vec<Option<Use>>,
    ) -> AccountClass {
        let Columns { dataset, .. } = self.columns;
        let first = self.next_seat;
        let mut access = AccessSet::default();
        let mut last_use = dataset.accounts.last_active[row].get();
        let of_row = |account: Option<&u32>| account.is_some_and(|&one| one as usize == row);
        while of_row(dataset.seats.account.get(self.next_seat)) {
            access = access.and(self.columns.offering(self.next_seat).access);
            last_use = last_use.latest(dataset.seats.last_use[self.next_seat].get());
            self.next_seat += 1;
        }
        let facts = self.columns.of_account(row, person, access);
        let (standing, reason, guard_standard, guard_premium) = self.accounts.answer(facts, || {
            let standing = STANDING.decide(facts);
            let guard = |found: Decided<GuardVerdict, GuardReason>| GuardClass {
                verdict: found.class,
                reason: found.reason,
            };
            (
                standing.class,
                standing.reason,
                guard(GUARD_STANDARD.decide(facts)),
                guard(GUARD_PREMIUM.decide(facts)),
            )
        });
        let (mut billed, mut wasted) = (0_u16, 0_u16);
        let of_account = self.columns.for_seats(row, standing);
        for seat in first..self.next_seat {
            let facts = self.columns.of_seat(seat, of_account);
            let used = self.seats.answer(facts, || USAGE.decide(facts).class);
            billed = billed.saturating_add(used.is_some().into());
            wasted = wasted.saturating_add(used.is_some_and(Use::is_waste).into());
            uses.push(used);
        }
        AccountClass {
            standing,
            reason,
            guard_standard,
            guard_premium,
            department: person.map_or(0, |person| person.department),
            billed_seats: billed,
            wasted_seats: wasted,
            grants: u16::try_from(self.next_seat - first).unwrap_or(u16::MAX),
            access,
            last_use: last_use.into(),
        }
    }
}
