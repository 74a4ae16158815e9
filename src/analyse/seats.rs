//! Uses: exactly one for each billed seat, by the first rule that fits; and all counts of seats.

use super::Rules;
use super::accounts::Classified;
use crate::domain::class::{Standing, Use};
use crate::domain::counts::{Counts, DepartmentUse, UseCounts};
use crate::domain::dataset::Dataset;
use crate::domain::day::LastUse;
use crate::domain::product::SiteKind;
use crate::parallel;

/// The use of every seat; `None` for access that no bill of ours has.
pub(super) fn classify(dataset: &Dataset, classed: &Classified, rules: &Rules) -> Vec<Option<Use>> {
    let offerings = &dataset.offerings;
    let billed: Vec<bool> = offerings.iter().map(|one| one.is_billed()).collect();
    let sandbox: Vec<bool> = offerings
        .iter()
        .map(|one| one.kind == SiteKind::Sandbox)
        .collect();
    let parts = parallel::stretches(dataset.seats.len(), |seats| {
        seats
            .map(|seat| {
                let offering = usize::from(dataset.seats.offering[seat]);
                billed[offering]
                    .then(|| usage(dataset, classed, rules, seat, sandbox[offering]))
                    .flatten()
            })
            .collect::<Vec<_>>()
    });
    parts.concat()
}

/// The use of a seat that its offering bills, by the first rule that fits.
fn usage(
    dataset: &Dataset,
    classed: &Classified,
    rules: &Rules,
    seat: usize,
    sandbox: bool,
) -> Option<Use> {
    let account = dataset.seats.account[seat] as usize;
    match classed.standing[account] {
        Standing::App | Standing::Customer | Standing::Disabled => return None,
        Standing::Orphaned => return Some(Use::Orphaned),
        Standing::Service => return Some(Use::Exempt),
        _ if dataset.exempt[account] => return Some(Use::Exempt),
        _ if sandbox => return Some(Use::Sandbox),
        _ => {}
    }
    let limit = i32::try_from(rules.inactive_after).unwrap_or(i32::MAX);
    let grace = i32::try_from(rules.grace).unwrap_or(i32::MAX);
    let cut = rules.as_of.plus_days(-limit);
    let newest = rules.as_of.plus_days(-grace);
    Some(match dataset.seats.last_use[seat] {
        LastUse::NotReported => Use::Unreported,
        LastUse::On(day) if day >= cut => Use::Active,
        LastUse::On(_) => Use::Inactive,
        LastUse::Before(day) if day <= cut => Use::Inactive,
        // A bound inside the limit ("not in the last 60 days") leaves open whether the seat was used within it.
        LastUse::Before(_) => Use::Unreported,
        // A day of joining that is not known gives no grace: the seat was never used, for all that is known.
        LastUse::Never if dataset.accounts.added[account].is_some_and(|day| day > newest) => {
            Use::New
        }
        LastUse::Never => Use::NeverActive,
    })
}

/// Counts by offering, and by department and offering.
pub(super) fn count(dataset: &Dataset, department: &[u32], uses: &[Option<Use>]) -> Counts {
    let offerings = dataset.offerings.len();
    let parts = parallel::stretches(uses.len(), |seats| {
        let mut counts = vec![UseCounts::default(); dataset.departments.len().max(1) * offerings];
        for seat in seats {
            if let Some(used) = uses[seat] {
                let department = department[dataset.seats.account[seat] as usize] as usize;
                let offering = usize::from(dataset.seats.offering[seat]);
                counts[department * offerings + offering][usize::from(used.code())] += 1;
            }
        }
        counts
    });
    let mut by_department =
        vec![UseCounts::default(); dataset.departments.len().max(1) * offerings];
    for part in parts {
        for (all, one) in by_department
            .iter_mut()
            .flatten()
            .zip(part.iter().flatten())
        {
            *all += one;
        }
    }
    let mut counts = Counts {
        uses: vec![UseCounts::default(); offerings],
        ..Counts::default()
    };
    for (place, uses) in by_department.into_iter().enumerate() {
        if uses == UseCounts::default() {
            continue;
        }
        let (department, offering) = (place / offerings, place % offerings);
        for (all, one) in counts.uses[offering].iter_mut().zip(uses) {
            *all += one;
        }
        counts.department_uses.push(DepartmentUse {
            department: u32::try_from(department).unwrap_or(u32::MAX),
            offering: u16::try_from(offering).unwrap_or(u16::MAX),
            uses,
        });
    }
    counts
}

/// For each department, the accounts that hold a billed seat.
pub(super) fn holders_by_department(department: &[u32], billed_seats: &[u16]) -> Vec<(u32, u64)> {
    let mut holders: Vec<u64> = Vec::new();
    for (&department, _) in department
        .iter()
        .zip(billed_seats)
        .filter(|(_, seats)| **seats > 0)
    {
        let place = department as usize;
        if holders.len() <= place {
            holders.resize(place + 1, 0);
        }
        holders[place] += 1;
    }
    (0_u32..)
        .zip(holders)
        .filter(|(_, holders)| *holders > 0)
        .collect()
}

/// For each account, its billed seats and the wasted ones among them.
pub(super) fn by_account(dataset: &Dataset, uses: &[Option<Use>]) -> (Vec<u16>, Vec<u16>) {
    let mut billed = vec![0_u16; dataset.accounts.len()];
    let mut wasted = vec![0_u16; dataset.accounts.len()];
    for (&account, used) in dataset.seats.account.iter().zip(uses) {
        if let Some(used) = used {
            billed[account as usize] = billed[account as usize].saturating_add(1);
            if used.is_waste() {
                wasted[account as usize] = wasted[account as usize].saturating_add(1);
            }
        }
    }
    (billed, wasted)
}
