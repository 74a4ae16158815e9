//! The checks of the data: whether the exports can be what they seem. One function a check.

use super::Settings;
use crate::domain::analysis::AccountClass;
use crate::domain::check::{Check, CheckCode};
use crate::domain::class::{Standing, Use};
use crate::domain::counts::{self, Counts};
use crate::domain::dataset::{Dataset, DirectoryKind, Side, SourceFile};
use crate::domain::day::Day;
use crate::domain::text::grouped;

/// All checks of the data that fire: those of reading and those of the classes.
pub(super) fn judge(
    dataset: &Dataset,
    accounts: &[AccountClass],
    counts: &Counts,
    settings: &Settings,
) -> Vec<Check> {
    let mut checks = dataset.checks.clone();
    checks.extend(stated_day(dataset, settings.as_of));
    checks.extend(exports_apart(dataset));
    checks.extend(wasted(dataset, counts, settings.as_of));
    checks.extend(strangers(dataset, accounts, counts));
    checks.extend(nobody_left(dataset, counts));
    checks
}

/// The files that tell their age by an event: Atlassian's, or the directory's where those tell none.
fn dated(dataset: &Dataset, side: Side) -> impl Iterator<Item = (&SourceFile, Day)> {
    let files = dataset.files.iter().filter(move |file| file.side == side);
    files.filter_map(|file| Some((file, file.newest_event?)))
}

fn newest(dataset: &Dataset) -> Option<(&SourceFile, Day)> {
    let of = |side| dated(dataset, side).max_by_key(|(_, day)| *day);
    of(Side::Atlassian).or_else(|| of(Side::Directory))
}

fn is_longer(days: i32, code: CheckCode) -> bool {
    u64::try_from(days).is_ok_and(|days| days > code.limit("days"))
}

fn stated_day(dataset: &Dataset, as_of: Day) -> Option<Check> {
    let code = CheckCode::StatedDay;
    let (file, newest) = newest(dataset).filter(|_| dataset.day_is_stated)?;
    let days = as_of.days_since(newest);
    let evidence = if days < 0 {
        format!("the day of the report, {as_of}, is before the newest day in the exports, {newest}")
    } else if is_longer(days, code) {
        format!(
            "the day of the report, {as_of}, is {days} days after the newest day in the exports, {newest}"
        )
    } else {
        return None;
    };
    Some(Check::new(code, evidence).at([file.name.clone()]))
}

fn exports_apart(dataset: &Dataset) -> Option<Check> {
    let code = CheckCode::ExportsApart;
    let atlassian: Vec<(&SourceFile, Day)> = dated(dataset, Side::Atlassian).collect();
    if atlassian.is_empty() {
        return None;
    }
    let all = || {
        let directories = dated(dataset, Side::Directory);
        atlassian.iter().copied().chain(directories)
    };
    let (old, first) = all().min_by_key(|(_, day)| *day)?;
    let (new, last) = all().max_by_key(|(_, day)| *day)?;
    let days = last.days_since(first);
    is_longer(days, code).then(|| {
        let evidence = format!(
            "the newest day in {} is {first}, and in {} it is {last}, {days} days later",
            old.name, new.name
        );
        Check::new(code, evidence).at([old.name.clone(), new.name.clone()])
    })
}

/// Whether so many are nearly all of them.
fn nearly_all(part: u64, whole: u64, code: CheckCode) -> bool {
    part >= code.limit("least") && part * 100 >= whole * code.limit("percent")
}

fn wasted(dataset: &Dataset, counts: &Counts, as_of: Day) -> Option<Check> {
    let code = CheckCode::NearlyAllWasted;
    let wasted: u64 = counts.uses.iter().map(counts::wasted).sum();
    let billed: u64 = counts.uses.iter().map(counts::billed).sum();
    if !nearly_all(wasted, billed, code) {
        return None;
    }
    let of = |used| counts.used(used);
    let (orphaned, never) = (of(Use::Orphaned), of(Use::NeverActive));
    let evidence = format!(
        "{} of {} billed seats are wasted: {} of leavers, {} inactive, {} never used",
        grouped(wasted),
        grouped(billed),
        grouped(orphaned),
        grouped(of(Use::Inactive)),
        grouped(never)
    );
    let action = if orphaned * 2 > wasted {
        "check the directory's columns of status and day of leaving: it makes nearly everyone a leaver"
    } else if never * 2 > wasted {
        "export the users again with the days last seen: this export has a use of almost no seat"
    } else if newest(dataset).is_some_and(|(_, newest)| as_of.days_since(newest) > 0) {
        "export the users again, or state the day on which these exports were made with --as-of"
    } else {
        "compare the days last seen with the products themselves, and export the users again"
    };
    Some(Check::new(code, evidence).doing(action))
}

fn strangers(dataset: &Dataset, accounts: &[AccountClass], counts: &Counts) -> Option<Check> {
    let code = CheckCode::NearlyAllStrangers;
    let of = |standing| counts.standing(standing);
    let strange = [Standing::External, Standing::Unmatched, Standing::Orphaned];
    let found: u64 = strange.into_iter().map(of).sum();
    let known = [Standing::Service, Standing::Unknown, Standing::Current];
    let enabled = found + known.into_iter().map(of).sum::<u64>();
    if !nearly_all(found, enabled, code) {
        return None;
    }
    let classes = accounts.iter().zip(dataset.accounts.email.iter());
    let without_address = classes
        .filter(|(class, email)| email.is_empty() && strange.contains(&class.standing))
        .count() as u64;
    let evidence = format!(
        "{} of {} enabled accounts are {} external, {} unmatched and {} of leavers",
        grouped(found),
        grouped(enabled),
        grouped(of(Standing::External)),
        grouped(of(Standing::Unmatched)),
        grouped(of(Standing::Orphaned))
    );
    let (cause, action) = if without_address * 2 > found {
        (
            format!("; {} of them have no address", grouped(without_address)),
            "export the accounts again with their addresses, or add an export that has them",
        )
    } else if of(Standing::Orphaned) * 2 > found {
        (
            String::new(),
            "check the directory's columns of status and day of leaving: it makes nearly everyone a leaver",
        )
    } else if of(Standing::Unmatched) * 2 > found {
        (
            format!("; the directory has {} people", dataset.people.len()),
            "export the directory again in full: it looks cut short, or it has other addresses than Atlassian",
        )
    } else {
        (
            String::new(),
            "state your domains under [organisation] in seatledger.toml, and give the whole directory: these accounts \
             are of none of them",
        )
    };
    Some(Check::new(code, evidence + &cause).doing(action))
}

/// A directory from which nobody ever leaves: leavers are not in the file, or it has no way to tell them.
fn nobody_left(dataset: &Dataset, counts: &Counts) -> Option<Check> {
    let people = dataset.people.len() as u64;
    let is_roster = dataset.directory == DirectoryKind::Roster;
    if !is_roster || counts.people_left > 0 || people == 0 {
        return None;
    }
    let code = CheckCode::NobodyDisabled;
    let shown = grouped(people);
    if dataset.status_is_told {
        return (people > code.limit("people")).then(|| {
            let evidence =
                format!("none of the directory's {shown} people is disabled or has left");
            Check::new(code, evidence)
        });
    }
    // Where the status of people is not known, a note says so already.
    let is_known = counts.people_present == people;
    is_known.then(|| {
        let evidence =
            format!("the directory lists {shown} current people alone and has no status");
        Check::new(CheckCode::CurrentPeopleOnly, evidence)
    })
}
