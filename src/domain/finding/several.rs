//! Findings that compare accounts or seats with one another.

use std::collections::HashMap;

use super::{About, Findings, View, finding};
use crate::domain::class::Use;

finding! {
    DuplicateAccount { other: u32 }, "duplicate-account", Medium,
    "one person holds several enabled accounts with billed seats",
    "keep one account and remove the others' access",
    Text |f, names| write!(f, "same person as {}", names.accounts.email.get(other as usize))
}

finding! {
    PlusVariant { other: u32 }, "plus-variant", Low,
    "the address is a plus-variant of another account's address",
    "check whether the same mailbox needs two accounts",
    Text |f, names| write!(f, "variant of {}", names.accounts.email.get(other as usize))
}

finding! {
    OneOfSeveralUsed { unused: u32 }, "one-product-used", Low,
    "an account with several products uses only one of them",
    "remove access to the products that are not used",
    Word |f| write!(f, "{unused} further products held and not used")
}

/// Current accounts with several billed seats of which exactly one is used.
pub(crate) fn one_of_several(view: &View<'_>, findings: &mut Findings) {
    for (account, seats) in view.dataset.seats.by_account() {
        let uses = &view.uses[seats];
        let with =
            |wanted: fn(Use) -> bool| uses.iter().flatten().filter(|&&used| wanted(used)).count();
        let active = with(|used| used == Use::Active);
        let unused = with(|used| matches!(used, Use::Inactive | Use::NeverActive));
        let others = with(|used| !matches!(used, Use::Active | Use::Inactive | Use::NeverActive));
        if active == 1 && unused >= 1 && others == 0 {
            let unused = unused as u32;
            findings.add(About::Account(account), OneOfSeveralUsed { unused });
        }
    }
}

/// People with several enabled accounts that hold billed seats; the first account of each is not listed, and none
/// that is to keep its seats: where there is such a one, it stands for the first.
pub(crate) fn duplicates(view: &View<'_>, findings: &mut Findings) {
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
            other => findings.add(About::Account(account), DuplicateAccount { other }),
        }
    }
}

/// Accounts whose address without its `+…` part is another account's.
pub(crate) fn plus_variants(view: &View<'_>, findings: &mut Findings) {
    let emails = &view.dataset.accounts.email;
    let mut wanted: HashMap<String, Vec<u32>> = HashMap::new();
    for (account, email) in emails.iter().enumerate() {
        if view.is_enabled(account)
            && let Some((local, domain)) = email.split_once('@')
            && let Some((base, _)) = local.split_once('+')
        {
            let variants = wanted.entry(format!("{base}@{domain}")).or_default();
            variants.push(account as u32);
        }
    }
    if wanted.is_empty() {
        return;
    }
    for (other, email) in emails.iter().enumerate() {
        let other = other as u32;
        for &variant in wanted.get(email).into_iter().flatten() {
            findings.add(About::Account(variant), PlusVariant { other });
        }
    }
}
