//! The tables held against the same rules in plain code, over every row that differs for a rule; and each rule of each
//! table is reached by some row.

use std::collections::BTreeSet;
use std::fmt::Debug;

use super::facts::{Date, Facts, Limit, Limits, Seen, Setting, Value};
use super::guard_premium::GUARD_PREMIUM;
use super::guard_standard::GUARD_STANDARD;
use super::standing::STANDING;
use super::usage::USAGE;
use super::{Condition, Table};
use crate::domain::access::{Access, AccessSet};
use crate::domain::account::{AccountKind, AccountStatus, Policy};
use crate::domain::class::{GuardReason, GuardVerdict, Standing, StandingReason, Use, UseReason};
use crate::domain::day::{Day, LastUse};
use crate::domain::person::PersonStatus;
use crate::domain::product::SiteKind;

const KINDS: [AccountKind; 3] = [
    AccountKind::Atlassian,
    AccountKind::App,
    AccountKind::Customer,
];
const STATUSES: [AccountStatus; 4] = [
    AccountStatus::Active,
    AccountStatus::Suspended,
    AccountStatus::Deactivated,
    AccountStatus::Closed,
];
const POLICIES: [Policy; 3] = [Policy::NotReported, Policy::Billable, Policy::NonBillable];
const PEOPLE: [PersonStatus; 5] = [
    PersonStatus::Unknown,
    PersonStatus::Present,
    PersonStatus::NotYet,
    PersonStatus::Disabled,
    PersonStatus::Gone,
];
const SITES: [SiteKind; 3] = [SiteKind::Own, SiteKind::Sandbox, SiteKind::Foreign];
const BOTH: [bool; 2] = [false, true];

const LIMIT: Day = Day::from_epoch_days(20_000);
/// No rule asks two of them at once, so one day will do for all.
const LIMITS: Limits = Limits {
    as_of: LIMIT,
    active_since: LIMIT,
    new_after: LIMIT,
};

/// No day, and the days around a limit.
fn days() -> [Option<Day>; 4] {
    let around = [-1, 0, 1].map(|days| Some(LIMIT.plus_days(days)));
    [None, around[0], around[1], around[2]]
}

/// Asks a table about every row; gives what it says, and panics where a rule of it decides none.
#[track_caller]
fn held_against<C: Copy + PartialEq + Debug, R: Copy + PartialEq + Debug>(
    table: &Table<C, R>,
    rows: Vec<(Facts, (C, R))>,
) {
    let mut reached = BTreeSet::new();
    for (facts, expected) in rows {
        let found = table.decide(facts);
        assert_eq!((found.class, found.reason), expected, "{facts:?}");
        assert_eq!(found.place.of, table.rules.len() + 1);
        reached.insert(found.place.place);
    }
    assert_eq!(
        reached,
        (1..=table.rules.len() + 1).collect(),
        "every rule decides some row"
    );
}

#[derive(Clone, Copy)]
struct Account {
    kind: AccountKind,
    status: AccountStatus,
    managed: bool,
    service: bool,
    person: Option<(PersonStatus, Option<Day>)>,
    roster: bool,
    unmatched_are_orphaned: bool,
}

impl Account {
    fn facts(self) -> Facts {
        let facts = Facts::default()
            .with(Value::Kind(self.kind))
            .with(Value::Status(self.status))
            .when(self.managed, Value::Managed)
            .when(self.service, Value::Service)
            .set(self.roster, Setting::RosterGiven)
            .set(self.unmatched_are_orphaned, Setting::UnmatchedAreOrphaned);
        self.person.map_or(facts, |(status, left)| {
            facts
                .with(Value::Person(status))
                .dated(Date::Left.against(Limit::AsOf), left, &LIMITS)
        })
    }

    fn standing(self) -> (Standing, StandingReason) {
        use Standing as S;
        use StandingReason as R;
        match (self.kind, self.status) {
            (AccountKind::App, _) => return (S::App, R::AppAccount),
            (AccountKind::Customer, _) => return (S::Customer, R::CustomerAccess),
            (_, AccountStatus::Suspended) => return (S::Disabled, R::Suspended),
            (_, AccountStatus::Deactivated) => return (S::Disabled, R::Deactivated),
            (_, AccountStatus::Closed) => return (S::Disabled, R::Closed),
            (_, AccountStatus::Active) => {}
        }
        if self.service {
            return (S::Service, R::ListedAsService);
        }
        let Some((status, left)) = self.person else {
            return match (self.managed, self.roster) {
                (false, _) => (S::External, R::DomainNotClaimed),
                (true, true) if self.unmatched_are_orphaned => (S::Orphaned, R::TreatedAsOrphaned),
                (true, true) => (S::Unmatched, R::NoSuchAddress),
                (true, false) => (S::Unknown, R::NoDirectory),
            };
        };
        match status {
            PersonStatus::Gone => (S::Orphaned, R::GoneFromDirectory),
            _ if left.is_some_and(|day| day <= LIMIT) => (S::Orphaned, R::LeftByDate),
            PersonStatus::Disabled => (S::Orphaned, R::DisabledInDirectory),
            PersonStatus::Unknown => (S::Unknown, R::NoStatusGiven),
            PersonStatus::NotYet => (S::Current, R::NotYetActive),
            PersonStatus::Present => (S::Current, R::PersonPresent),
        }
    }
}

#[test]
fn standings() {
    let people = PEOPLE
        .into_iter()
        .flat_map(|status| days().map(|left| Some((status, left))));
    let people: Vec<_> = people.chain([None]).collect();
    let mut rows = Vec::new();
    for kind in KINDS {
        for status in STATUSES {
            for &person in &people {
                for bits in 0..16_u8 {
                    let account = Account {
                        kind,
                        status,
                        person,
                        managed: bits & 1 != 0,
                        service: bits & 2 != 0,
                        roster: bits & 4 != 0,
                        unmatched_are_orphaned: bits & 8 != 0,
                    };
                    rows.push((account.facts(), account.standing()));
                }
            }
        }
    }
    held_against(&STANDING, rows);
}

#[derive(Clone, Copy)]
struct Seat {
    billed: bool,
    standing: Standing,
    exempt: bool,
    site: SiteKind,
    last_use: LastUse,
    added: Option<Day>,
}

impl Seat {
    fn facts(self) -> Facts {
        let seen = match self.last_use {
            LastUse::NotReported => Seen::NotReported,
            LastUse::Never => Seen::Never,
            LastUse::Before(_) => Seen::Before,
            LastUse::On(_) => Seen::On,
        };
        Facts::default()
            .when(self.billed, Value::Billed)
            .with(Value::Standing(self.standing))
            .when(self.exempt, Value::Exempt)
            .with(Value::Site(self.site))
            .with(Value::Seen(seen))
            .dated(
                Date::LastSeen.against(Limit::ActiveSince),
                self.last_use.day(),
                &LIMITS,
            )
            .dated(Date::Added.against(Limit::NewAfter), self.added, &LIMITS)
    }

    fn used(self) -> (Option<Use>, UseReason) {
        use UseReason as R;
        if !self.billed {
            return (None, R::NotBilled);
        }
        match self.standing {
            Standing::App | Standing::Customer | Standing::Disabled => {
                return (None, R::HoldsNoSeat);
            }
            Standing::Orphaned => return (Some(Use::Orphaned), R::OrphanedAccount),
            Standing::Service => return (Some(Use::Exempt), R::ServiceAccount),
            _ if self.exempt => return (Some(Use::Exempt), R::Exempted),
            _ if self.site == SiteKind::Sandbox => return (Some(Use::Sandbox), R::OnSandbox),
            _ => {}
        }
        let (used, reason) = match self.last_use {
            LastUse::NotReported => (Use::Unreported, R::NotReported),
            LastUse::On(day) if day >= LIMIT => (Use::Active, R::SeenWithinLimit),
            LastUse::On(_) => (Use::Inactive, R::SeenBeforeLimit),
            LastUse::Before(day) if day <= LIMIT => (Use::Inactive, R::SeenBeforeLimit),
            LastUse::Before(_) => (Use::Unreported, R::BoundWithinLimit),
            LastUse::Never if self.added.is_some_and(|day| day > LIMIT) => {
                (Use::New, R::AddedLately)
            }
            LastUse::Never => (Use::NeverActive, R::NeverUsed),
        };
        (Some(used), reason)
    }
}

#[test]
fn uses() {
    let known = days().into_iter().flatten();
    let mut last_uses: Vec<LastUse> = known
        .flat_map(|day| [LastUse::On(day), LastUse::Before(day)])
        .collect();
    last_uses.extend([LastUse::Never, LastUse::NotReported]);
    let mut rows = Vec::new();
    for standing in Standing::ALL {
        for site in SITES {
            for &last_use in &last_uses {
                for added in days() {
                    for exempt in BOTH {
                        for billed in BOTH {
                            let seat = Seat {
                                billed,
                                standing,
                                exempt,
                                site,
                                last_use,
                                added,
                            };
                            rows.push((seat.facts(), seat.used()));
                        }
                    }
                }
            }
        }
    }
    held_against(&USAGE, rows);
}

#[derive(Clone, Copy)]
struct OnGuard {
    kind: AccountKind,
    status: AccountStatus,
    managed: bool,
    policy: Policy,
    external_policy_billable: bool,
    access: AccessSet,
}

const COUNTED: [Access; 5] = [
    Access::Counted,
    Access::CountedFreeTrello,
    Access::CountedFree,
    Access::CountedSandbox,
    Access::CountedForeign,
];

impl OnGuard {
    fn facts(self) -> Facts {
        Facts::default()
            .with(Value::Kind(self.kind))
            .with(Value::Status(self.status))
            .with(Value::Policy(self.policy))
            .when(self.managed, Value::Managed)
            .set(
                self.external_policy_billable,
                Setting::ExternalPolicyBillable,
            )
            .reaching(self.access)
    }

    fn never_counted(self) -> Option<(GuardVerdict, GuardReason)> {
        let reason = match self.kind {
            AccountKind::App => GuardReason::App,
            AccountKind::Customer => GuardReason::Customer,
            _ if self.status != AccountStatus::Active => GuardReason::Disabled,
            _ => return None,
        };
        Some((GuardVerdict::NotBillable, reason))
    }

    fn standard(self) -> (GuardVerdict, GuardReason) {
        use GuardReason as R;
        use GuardVerdict as V;
        if let Some(never) = self.never_counted() {
            return never;
        }
        let counted: Vec<Access> = COUNTED
            .into_iter()
            .filter(|&access| self.access.has(access))
            .collect();
        if !self.managed && !self.external_policy_billable {
            return (V::NotBillable, R::External);
        }
        if self.policy == Policy::NonBillable {
            return (V::NotBillable, R::NonBillablePolicy);
        }
        if self.access.has(Access::PlanIncludesGuard) {
            return (V::NotBillable, R::PlanIncludesGuard);
        }
        match counted[..] {
            [_, ..] if !self.managed => (V::Billable, R::ExternalBillablePolicy),
            [Access::CountedFreeTrello] => (V::Billable, R::FreeTrelloOnly),
            [Access::CountedFree] => (V::Billable, R::FreePlanOnly),
            [Access::CountedSandbox] => (V::Billable, R::SandboxOnly),
            [Access::CountedForeign] => (V::Billable, R::ForeignSiteOnly),
            [] if self.access.has(Access::NotEstablished) => {
                (V::Uncertain, R::ProductNotEstablished)
            }
            [] => (V::NotBillable, R::NoCountedProduct),
            _ => (V::Billable, R::CountedProduct),
        }
    }

    fn premium(self) -> (GuardVerdict, GuardReason) {
        use GuardReason as R;
        use GuardVerdict as V;
        if let Some(never) = self.never_counted() {
            return never;
        }
        let [own, sandbox, foreign, guest] = [
            Access::PremiumOwn,
            Access::PremiumSandbox,
            Access::PremiumForeign,
            Access::PremiumGuest,
        ]
        .map(|access| self.access.has(access));
        match self.managed {
            false if !self.external_policy_billable => (V::NotBillable, R::External),
            false if own || sandbox || foreign || guest => (V::Uncertain, R::ExternalNotStated),
            _ if own => (V::Billable, R::JiraOrConfluence),
            _ if sandbox => (V::Uncertain, R::SandboxOnly),
            _ if foreign => (V::Uncertain, R::ForeignSiteOnly),
            _ if guest => (V::Uncertain, R::ConfluenceGuestOnly),
            _ => (V::NotBillable, R::NoJiraOrConfluence),
        }
    }
}

#[test]
fn guard_verdicts() {
    let (mut standard, mut premium) = (Vec::new(), Vec::new());
    for kind in KINDS {
        for status in STATUSES {
            for policy in POLICIES {
                for managed in BOTH {
                    for external_policy_billable in BOTH {
                        for of in 0..1_u32 << Access::ALL.len() {
                            let some = Access::ALL.iter();
                            let some = some.filter(|&&access| of & 1 << access as u32 != 0);
                            let account = OnGuard {
                                kind,
                                status,
                                managed,
                                policy,
                                external_policy_billable,
                                access: some.fold(AccessSet::default(), |set, &one| set.with(one)),
                            };
                            standard.push((account.facts(), account.standard()));
                            premium.push((account.facts(), account.premium()));
                        }
                    }
                }
            }
        }
    }
    held_against(&GUARD_STANDARD, standard);
    held_against(&GUARD_PREMIUM, premium);
}

#[test]
fn a_day_that_is_not_known_lies_nowhere() {
    let compared = Date::Left.against(Limit::AsOf);
    let table = |holds: Condition| Table {
        rules: Box::leak(Box::new([super::rule(holds, true, ())])),
        otherwise: (false, ()),
    };
    for holds in [
        Condition::OnOrBefore(compared),
        Condition::OnOrAfter(compared),
        Condition::After(compared),
    ] {
        let unknown = Facts::default().dated(compared, None, &LIMITS);
        assert!(!table(holds).decide(unknown).class);
    }
}
