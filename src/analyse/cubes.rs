//! Cubes of counts: how many accounts, and how many seats, have each combination of classes. All counts of a report are
//! sums over them.
//!
//! Grouping is polars' part: a key of all classes in one number a row, and of each group one row that stands for it and
//! the group's size. What the classes of a group are is read from that row, so no key is ever taken apart again.

use polars::prelude as pl;

use super::Settings;
use super::classify::Classes;
use crate::domain::access::Access;
use crate::domain::account::AccountStatus;
use crate::domain::analysis::AccountClass;
use crate::domain::class::{GuardClass, GuardReason, GuardVerdict, Standing, Use};
use crate::domain::counts::{Counts, DepartmentUse, GuardCount, UseCounts};
use crate::domain::dataset::Dataset;
use crate::domain::idle::{Idle, IdleCounts, Limits, Spread};
use crate::domain::person::PersonStatus;
use crate::error::Error;
use crate::parallel;

/// Rows that no count tells apart.
struct Group {
    /// One of them.
    row: usize,
    size: u64,
}

pub(super) fn count(
    dataset: &Dataset,
    classes: &Classes,
    settings: &Settings,
) -> Result<Counts, Error> {
    let mut counts = Counts::default();
    of_accounts(dataset, &classes.accounts, &mut counts)?;
    of_seats(dataset, classes, settings, &mut counts)?;
    of_apps(dataset, classes, settings, &mut counts);
    of_people(dataset, settings, &mut counts);
    Ok(counts)
}

/// What the counts tell apart of an account beside its classes.
struct Flags {
    enabled: bool,
    managed: bool,
    holder: bool,
    bitbucket: bool,
    jira: bool,
}

impl Flags {
    fn of(dataset: &Dataset, class: &AccountClass, row: usize) -> Flags {
        let billed = !matches!(class.standing, Standing::App | Standing::Customer);
        Flags {
            enabled: dataset.accounts.status[row] == AccountStatus::Active,
            managed: dataset.is_managed(row),
            holder: class.billed_seats > 0,
            bitbucket: class.access.has(Access::Bitbucket),
            jira: billed && class.access.has(Access::JiraBilled),
        }
    }
}

fn of_accounts(
    dataset: &Dataset,
    classes: &[AccountClass],
    counts: &mut Counts,
) -> Result<(), Error> {
    let mut standard: Vec<GuardCount> = Vec::new();
    let mut premium: Vec<GuardCount> = Vec::new();
    let mut holders: Vec<(u32, u64)> = Vec::new();
    let guard = |key: u64, class: GuardClass| {
        let key = key * GuardVerdict::ALL.len() as u64 + u64::from(class.verdict.code());
        key * GuardReason::ALL.len() as u64 + u64::from(class.reason.code())
    };
    let key = |row: usize| {
        let class = &classes[row];
        let flags = Flags::of(dataset, class, row);
        let key = u64::from(class.department) * Standing::ALL.len() as u64;
        let key = guard(key + u64::from(class.standing.code()), class.guard_standard);
        let Flags {
            enabled,
            managed,
            holder,
            bitbucket,
            jira,
        } = flags;
        let flags = [enabled, managed, holder, bitbucket, jira];
        flags
            .into_iter()
            .fold(guard(key, class.guard_premium), |key, flag| {
                key * 2 + u64::from(flag)
            })
    };
    for Group { row, size } in groups(classes.len(), key)? {
        let class = &classes[row];
        let flags = Flags::of(dataset, class, row);
        counts.standings[usize::from(class.standing.code())] += size;
        add(&mut standard, class.guard_standard, size);
        add(&mut premium, class.guard_premium, size);
        if flags.holder {
            holders.push((class.department, size));
        }
        if !flags.enabled {
            continue;
        }
        counts.managed_enabled += if flags.managed { size } else { 0 };
        let orphaned = class.standing == Standing::Orphaned;
        counts.orphaned_unclaimed += if orphaned && !flags.managed { size } else { 0 };
        counts.bitbucket_holders += if flags.bitbucket { size } else { 0 };
        counts.jira_users += if flags.jira { size } else { 0 };
        let (certain, at_most) = &mut counts.guard_without_jira;
        match class.guard_standard.verdict {
            GuardVerdict::Billable if !flags.jira => {
                *certain += size;
                *at_most += size;
            }
            GuardVerdict::Uncertain if !flags.jira => *at_most += size,
            _ => {}
        }
    }
    standard.sort_unstable();
    premium.sort_unstable();
    holders.sort_unstable();
    holders.dedup_by(|later, first| {
        let same = later.0 == first.0;
        first.1 += if same { later.1 } else { 0 };
        same
    });
    counts.guard_standard = standard;
    counts.guard_premium = premium;
    counts.department_accounts = holders;
    Ok(())
}

fn add(counts: &mut Vec<GuardCount>, class: GuardClass, accounts: u64) {
    match counts.iter_mut().find(|count| count.class == class) {
        Some(count) => count.accounts += accounts,
        None => counts.push(GuardCount { class, accounts }),
    }
}

/// Uses by offering, and by department and offering; the days since the last use by offering.
fn of_seats(
    dataset: &Dataset,
    classes: &Classes,
    settings: &Settings,
    counts: &mut Counts,
) -> Result<(), Error> {
    let seats = &dataset.seats;
    let limits = Limits::with(settings.inactive_after);
    let department = |seat: usize| classes.accounts[seats.account[seat] as usize].department;
    let idle = |seat: usize, used: Use| -> Idle {
        limits.of(used, seats.last_use[seat].get(), settings.as_of)
    };
    let key = |seat: usize| {
        let class = classes.uses[seat].map_or(0, |used| {
            let used_code = 1 + u64::from(used.code());
            idle(seat, used).code(&limits) << 8 | used_code
        });
        let place = u64::from(department(seat)) << 16 | u64::from(seats.offering[seat]);
        place << 16 | class
    };
    let mut used: Vec<(u32, u16, Use, u64)> = Vec::new();
    let mut spreads = vec![Spread::empty(&limits); dataset.offerings.len()];
    for Group { row, size } in groups(seats.len(), key)? {
        if let Some(class) = classes.uses[row] {
            let offering = seats.offering[row];
            used.push((department(row), offering, class, size));
            if let Some(spread) = spreads.get_mut(usize::from(offering)) {
                spread.add(&limits, idle(row, class), size);
            }
        }
    }
    counts.products = dataset
        .offerings
        .iter()
        .filter(|offering| offering.app.is_none())
        .count();
    counts.idle = IdleCounts {
        limits,
        offerings: spreads,
        products: counts.products,
    };
    used.sort_unstable();
    counts.uses = vec![UseCounts::default(); dataset.offerings.len()];
    for (department, offering, class, size) in used {
        let class = usize::from(class.code());
        counts.uses[usize::from(offering)][class] += size;
        let of_department = &mut counts.department_uses;
        match of_department.last_mut() {
            Some(last) if (last.department, last.offering) == (department, offering) => {
                last.uses[class] += size;
            }
            _ => {
                let mut uses = UseCounts::default();
                uses[class] = size;
                of_department.push(DepartmentUse {
                    department,
                    offering,
                    uses,
                });
            }
        }
    }
    Ok(())
}

/// An app's seats are those of its host, but for the accounts that it is not billed for.
fn of_apps(dataset: &Dataset, classes: &Classes, settings: &Settings, counts: &mut Counts) {
    if counts.products == dataset.offerings.len() {
        return;
    }
    let seats = &dataset.seats;
    let offerings = dataset.offerings.iter().enumerate();
    let apps = offerings.filter_map(|(row, offering)| Some((row, offering.app.as_ref()?)));
    for (row, app) in apps {
        let offering = u16::try_from(row).unwrap_or(u16::MAX);
        let mut uses = counts.uses[app.host];
        let mut spread = counts.idle.offerings[app.host].clone();
        let of_host = counts.department_uses.iter();
        let of_host = of_host.filter(|one| usize::from(one.offering) == app.host);
        let mut departments: Vec<DepartmentUse> = of_host
            .map(|one| DepartmentUse { offering, ..*one })
            .collect();
        for &account in &app.exempt {
            let first = seats.account.partition_point(|&other| other < account);
            let own = seats.account[first..]
                .iter()
                .take_while(|&&of| of == account);
            for seat in first..first + own.count() {
                let (Some(used), true) = (
                    classes.uses[seat],
                    usize::from(seats.offering[seat]) == app.host,
                ) else {
                    continue;
                };
                let class = usize::from(used.code());
                uses[class] = uses[class].saturating_sub(1);
                let last_use = seats.last_use[seat].get();
                let limits = &counts.idle.limits;
                spread.remove(limits, limits.of(used, last_use, settings.as_of));
                let department = classes.accounts[account as usize].department;
                let mut own = departments.iter_mut();
                if let Some(one) = own.find(|one| one.department == department) {
                    one.uses[class] = one.uses[class].saturating_sub(1);
                }
            }
        }
        departments.retain(|one| one.uses.iter().any(|&seats| seats > 0));
        counts.uses[row] = uses;
        counts.idle.offerings[row] = spread;
        counts.department_uses.extend(departments);
    }
    counts
        .department_uses
        .sort_by_key(|one| (one.department, one.offering));
}

/// How many people the directory has, and how many of them are gone.
fn of_people(dataset: &Dataset, settings: &Settings, counts: &mut Counts) {
    for person in &dataset.people.all {
        let gone = matches!(person.status, PersonStatus::Disabled | PersonStatus::Gone)
            || person.left.is_some_and(|day| day <= settings.as_of);
        match (gone, person.status) {
            (true, _) => counts.people_left += 1,
            (false, PersonStatus::Present) => counts.people_present += 1,
            (false, _) => {}
        }
    }
}

/// The rows by their keys, in no order.
fn groups(rows: usize, key: impl Fn(usize) -> u64 + Sync) -> Result<Vec<Group>, Error> {
    const KEY: &str = "key";
    let mut keys = pl::UInt64Chunked::from_vec(KEY.into(), Vec::new());
    for part in parallel::stretches(rows, |rows| rows.map(&key).collect::<Vec<_>>()) {
        let part = pl::UInt64Chunked::from_vec(KEY.into(), part);
        keys.append_owned(part).map_err(failed)?;
    }
    let frame =
        pl::DataFrame::new_infer_height(vec![pl::IntoColumn::into_column(keys)]).map_err(failed)?;
    let grouped = frame.group_by([KEY]).map_err(failed)?;
    let groups = grouped.get_groups().iter();
    Ok(groups
        .map(|group| Group {
            row: group.first() as usize,
            size: group.len() as u64,
        })
        .collect())
}

fn failed(error: pl::PolarsError) -> Error {
    Error::step("counting", error)
}
