//! Findings: rules over classified rows, each a function; one table lists them all.

use std::collections::HashMap;

use super::Settings;
use super::classify::Classes;
use crate::domain::access::Access;
use crate::domain::account::AccountStatus;
use crate::domain::analysis::AccountClass;
use crate::domain::class::{GuardReason, GuardVerdict, Standing, Use};
use crate::domain::dataset::Dataset;
use crate::domain::day::{Day, LastUse};
use crate::domain::finding::{Finding, FindingCode, Findings};
use crate::domain::scim_key::KeyEnd;
use crate::parallel;

/// Opsgenie ends on this day: Atlassian's announcement of 2025-03; the guide says the same.
pub(crate) const OPSGENIE_END: Day = Day::from_epoch_days(20_913);
/// How long before a SCIM key's end it is a finding.
const SCIM_KEY_WARNING: i32 = 60;

/// What the rules look at.
struct View<'a> {
    dataset: &'a Dataset,
    classes: &'a Classes,
    settings: &'a Settings,
}

impl View<'_> {
    fn class(&self, account: usize) -> &AccountClass {
        &self.classes.accounts[account]
    }

    /// Whether the account can sign in at Atlassian.
    fn is_enabled(&self, account: usize) -> bool {
        self.dataset.accounts.status[account] == AccountStatus::Active
    }

    fn stays(&self, account: usize) -> bool {
        stays(self.dataset, self.class(account), account)
    }
}

/// Whether an account is to keep what it has, used or not: no finding asks to take it away. A leaver's account is not
/// kept by an exemption.
fn stays(dataset: &Dataset, class: &AccountClass, account: usize) -> bool {
    match class.standing {
        Standing::Service => true,
        Standing::Orphaned => false,
        _ => dataset.exempt[account],
    }
}

/// Whether an account of somebody who is there uses nothing at all within the limit, by reports that exist, past the
/// grace days: a Guard plan that counts it is paid for no use.
pub(crate) fn is_unused(
    dataset: &Dataset,
    class: &AccountClass,
    settings: &Settings,
    account: usize,
) -> bool {
    if class.standing == Standing::Orphaned || stays(dataset, class, account) {
        return false;
    }
    let limit = i32::try_from(settings.inactive_after).unwrap_or(i32::MAX);
    let grace = i32::try_from(settings.grace).unwrap_or(i32::MAX);
    match class.last_use.get() {
        LastUse::NotReported => false,
        LastUse::On(day) => settings.as_of.days_since(day) > limit,
        LastUse::Before(day) => settings.as_of.days_since(day) >= limit,
        LastUse::Never => dataset.accounts.added[account]
            .is_none_or(|added| settings.as_of.days_since(added) >= grace),
    }
}

/// All findings. Each walk goes over accounts or seats in their order, so nearly all are found in order.
pub(super) fn find(dataset: &Dataset, classes: &Classes, settings: &Settings) -> Findings {
    let view = View {
        dataset,
        classes,
        settings,
    };
    let walks: [fn(&View<'_>, &mut Findings); 6] = [
        wasted_seats,
        of_accounts,
        duplicates,
        one_of_several,
        plus_variants,
        organisation,
    ];
    let found = parallel::each(&walks, |walk| {
        let mut findings = Findings::default();
        walk(&view, &mut findings);
        findings
    });
    let mut all = Findings::default();
    found.into_iter().for_each(|found| all.append(found));
    all.sort();
    all
}

/// What the rules say that look at one account alone.
fn of_accounts(view: &View<'_>, findings: &mut Findings) {
    for account in 0..view.dataset.accounts.len() {
        leavers(view, account, findings);
        guard(view, account, findings);
        suspended(view, account, findings);
        of_person(view, account, findings);
    }
}

/// What the directory's records of an enabled account's person leave to be confirmed.
fn of_person(view: &View<'_>, account: usize, findings: &mut Findings) {
    let people = &view.dataset.people;
    let matched = view.dataset.matches[account].map(|found| found.person);
    let Some(person) = matched.filter(|_| view.is_enabled(account)) else {
        return;
    };
    if people.disputed.binary_search(&person).is_ok() {
        findings.push(of_account(FindingCode::StatusConflict, account, 0));
    }
    let again = people
        .rehired
        .binary_search_by_key(&person, |(person, _)| *person);
    if let Ok(place) = again
        && view.class(account).standing == Standing::Current
    {
        let ended = people.rehired[place].1.map_or(i32::MIN, Day::epoch_days);
        findings.push(of_account(FindingCode::Rehired, account, ended));
    }
}

fn of_account(code: FindingCode, account: usize, detail: i32) -> Finding {
    Finding {
        code,
        account: u32::try_from(account).ok(),
        seat: None,
        detail,
    }
}

fn wasted_seats(view: &View<'_>, findings: &mut Findings) {
    let seats = &view.dataset.seats;
    let ending: Vec<bool> = view
        .dataset
        .offerings
        .iter()
        .map(|offering| offering.product == crate::domain::product::OPSGENIE)
        .collect();
    for (seat, used) in view.classes.uses.iter().enumerate() {
        let Some(used) = used else { continue };
        let account = Some(seats.account[seat]);
        let number = u32::try_from(seat).ok();
        if let Some(code) = FindingCode::of_waste(*used) {
            findings.push(Finding {
                code,
                account,
                seat: number,
                detail: 0,
            });
        }
        if ending[usize::from(seats.offering[seat])] {
            let days = OPSGENIE_END.days_since(view.settings.as_of);
            findings.push(Finding {
                code: FindingCode::OpsgenieEnding,
                account,
                seat: number,
                detail: days,
            });
        }
    }
}

fn leavers(view: &View<'_>, account: usize, findings: &mut Findings) {
    match view.class(account).standing {
        Standing::Unmatched if !view.stays(account) => {
            let seats = i32::from(view.class(account).billed_seats);
            findings.push(of_account(FindingCode::UnmatchedAccount, account, seats));
        }
        Standing::Orphaned => {
            let person = view.dataset.person_of(account);
            let left = person
                .and_then(|person| person.left)
                .filter(|&left| left <= view.settings.as_of);
            if let (Some(left), LastUse::On(last)) = (left, view.class(account).last_use.get())
                && last > left
            {
                let exposed = last.days_since(left);
                findings.push(of_account(
                    FindingCode::ActiveAfterLeaving,
                    account,
                    exposed,
                ));
            }
            if view.dataset.accounts.org_admin[account] {
                findings.push(of_account(FindingCode::AdminLeft, account, 0));
            }
            if view.class(account).billed_seats == 0 {
                findings.push(of_account(FindingCode::OrphanedWithoutSeat, account, 0));
            }
        }
        _ => {}
    }
}

fn guard(view: &View<'_>, account: usize, findings: &mut Findings) {
    let class = view.class(account).guard_standard;
    let code = match class.reason {
        GuardReason::FreeTrelloOnly => Some(FindingCode::FreeTrelloOnly),
        GuardReason::ForeignSiteOnly => Some(FindingCode::ForeignSiteOnly),
        GuardReason::SandboxOnly => Some(FindingCode::SandboxOnly),
        _ => None,
    };
    // A non-billable policy takes nothing away; sandbox access can only be ended.
    let code = code.filter(|&code| code != FindingCode::SandboxOnly || !view.stays(account));
    if let Some(code) = code.filter(|_| class.verdict == GuardVerdict::Billable) {
        findings.push(of_account(code, account, 0));
    }
    let flag = view.dataset.accounts.billable[account];
    let differs = match class.verdict {
        GuardVerdict::Billable => flag == Some(false),
        GuardVerdict::NotBillable => flag == Some(true),
        GuardVerdict::Uncertain => false,
    };
    if differs {
        findings.push(of_account(
            FindingCode::GuardFlagDiffers,
            account,
            i32::from(flag == Some(true)),
        ));
    }
    if class.verdict == GuardVerdict::Billable
        && is_unused(view.dataset, view.class(account), view.settings, account)
    {
        let days = view
            .class(account)
            .last_use
            .get()
            .day()
            .map_or(-1, |day| view.settings.as_of.days_since(day));
        findings.push(of_account(FindingCode::GuardWithoutUse, account, days));
    }
}

fn suspended(view: &View<'_>, account: usize, findings: &mut Findings) {
    let accounts = &view.dataset.accounts;
    let keeps_access = accounts.in_groups[account].unwrap_or(view.class(account).grants > 0);
    if accounts.status[account] == AccountStatus::Suspended && keeps_access && !view.stays(account)
    {
        findings.push(of_account(
            FindingCode::SuspendedInGroups,
            account,
            i32::from(view.class(account).grants),
        ));
    }
}

/// Current accounts with several billed seats of which exactly one is used.
fn one_of_several(view: &View<'_>, findings: &mut Findings) {
    for (account, seats) in view.dataset.seats.by_account() {
        let uses = &view.classes.uses[seats];
        let with =
            |wanted: fn(Use) -> bool| uses.iter().flatten().filter(|&&used| wanted(used)).count();
        let active = with(|used| used == Use::Active);
        let unused = with(|used| matches!(used, Use::Inactive | Use::NeverActive));
        let others = with(|used| !matches!(used, Use::Active | Use::Inactive | Use::NeverActive));
        if active == 1 && unused >= 1 && others == 0 {
            findings.push(of_account(
                FindingCode::OneOfSeveralUsed,
                account as usize,
                unused as i32,
            ));
        }
    }
}

/// People with several enabled accounts that hold billed seats; the first account of each is not listed, and none
/// that is to keep its seats: where there is such a one, it stands for the first.
fn duplicates(view: &View<'_>, findings: &mut Findings) {
    // Four bytes a person: they are looked up in no order, from further away than the processor's own memory.
    const NONE: u32 = u32::MAX;
    let mut kept = vec![NONE; view.dataset.people.len()];
    let holders = |stays: bool| {
        (0..view.dataset.accounts.len()).filter_map(move |account| {
            let holds = view.is_enabled(account) && view.class(account).billed_seats > 0;
            let found = view.dataset.matches[account].filter(|_| holds)?;
            (view.stays(account) == stays).then_some((account as u32, found.person as usize))
        })
    };
    for (account, person) in holders(true) {
        kept[person] = kept[person].min(account);
    }
    for (account, person) in holders(false) {
        match kept[person] {
            NONE => kept[person] = account,
            other => findings.push(of_account(
                FindingCode::DuplicateAccount,
                account as usize,
                other as i32,
            )),
        }
    }
}

/// Accounts whose address without its `+…` part is another account's.
fn plus_variants(view: &View<'_>, findings: &mut Findings) {
    let emails = &view.dataset.accounts.email;
    let mut wanted: HashMap<String, Vec<usize>> = HashMap::new();
    for (account, email) in emails.iter().enumerate() {
        if view.is_enabled(account)
            && let Some((local, domain)) = email.split_once('@')
            && let Some((base, _)) = local.split_once('+')
        {
            wanted
                .entry(format!("{base}@{domain}"))
                .or_default()
                .push(account);
        }
    }
    if wanted.is_empty() {
        return;
    }
    for (account, email) in emails.iter().enumerate() {
        for &variant in wanted.get(email).into_iter().flatten() {
            findings.push(of_account(
                FindingCode::PlusVariant,
                variant,
                account as i32,
            ));
        }
    }
}

/// Findings about the organisation as a whole.
fn organisation(view: &View<'_>, findings: &mut Findings) {
    let mut add = |code, detail| {
        findings.push(Finding {
            code,
            account: None,
            seat: None,
            detail,
        })
    };
    let bitbucket = (0..view.dataset.accounts.len())
        .filter(|&account| {
            view.is_enabled(account) && view.class(account).access.has(Access::Bitbucket)
        })
        .count();
    if bitbucket > 0 {
        add(FindingCode::BitbucketGroups, bitbucket as i32);
    }
    if let Some(created) = view.settings.scim_key_created {
        let left = KeyEnd::of(created).first().days_since(view.settings.as_of);
        if left <= SCIM_KEY_WARNING {
            add(FindingCode::ScimKeyExpiry, created.epoch_days());
        }
    }
    if view.settings.idp_full_scim == Some(false) {
        add(FindingCode::IdpWithoutScim, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::OPSGENIE_END;

    #[test]
    fn opsgenie_ends_on_the_announced_day() {
        assert_eq!(OPSGENIE_END.to_string(), "2027-04-05");
    }
}
