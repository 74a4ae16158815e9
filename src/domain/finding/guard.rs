//! Findings about an account's place on the bill of Guard Standard.

use super::{About, Findings, View, finding};
use crate::domain::class::{GuardReason, GuardVerdict};

finding! {
    GuardWithoutUse { days: Option<i32> }, "guard-without-use", Medium,
    "a Guard-billable account that has used nothing within the limit",
    "deactivate the account or remove its product access",
    Word |f| match days {
        Some(days) => write!(f, "nothing used for {days} days"),
        None => f.write_str("no use of anything recorded"),
    }
}

finding! {
    FreeTrelloOnly {}, "free-trello-only", Low,
    "Guard Standard counts the account only for a free Trello plan",
    "move it to a non-billable policy or end the Trello access where it is not needed",
    Word |f| f.write_str("counted for nothing else")
}

finding! {
    ForeignSiteOnly {}, "foreign-site-only", Low,
    "Guard Standard counts the account only for access to other companies' sites",
    "confirm the need or move it to a non-billable policy",
    Word |f| f.write_str("counted for nothing else")
}

finding! {
    SandboxOnly {}, "sandbox-only", Low,
    "Guard Standard counts the account only for sandbox access",
    "remove the sandbox access where it is no longer needed",
    Word |f| f.write_str("counted for nothing else")
}

finding! {
    GuardFlagDiffers { flagged: bool, rule: GuardReason }, "guard-flag-differs", Medium,
    "Atlassian's own billable flag disagrees with the rule",
    "check the account's policy and product access before the next invoice",
    Word |f| {
        let differs = if flagged {
            "flag says billable but the rule says not"
        } else {
            "flag says not billable but the rule says billable"
        };
        write!(f, "{differs}: {}", rule.as_str())
    }
}

pub(crate) fn find(view: &View<'_>, account: usize, findings: &mut Findings) {
    let class = view.class(account).guard_standard;
    let about = About::Account(account as u32);
    let flag = view.dataset.accounts.billable[account];
    let mut differs = |flagged| {
        if flag == Some(flagged) {
            let rule = class.reason;
            findings.add(about, GuardFlagDiffers { flagged, rule });
        }
    };
    match class.verdict {
        GuardVerdict::Uncertain => return,
        GuardVerdict::NotBillable => return differs(true),
        GuardVerdict::Billable => differs(false),
    }
    match class.reason {
        GuardReason::FreeTrelloOnly => findings.add(about, FreeTrelloOnly {}),
        GuardReason::ForeignSiteOnly => findings.add(about, ForeignSiteOnly {}),
        // A non-billable policy takes nothing away; sandbox access can only be ended.
        GuardReason::SandboxOnly if !view.stays(account) => findings.add(about, SandboxOnly {}),
        _ => {}
    }
    if view.is_unused(account) {
        let last = view.class(account).last_use.get().day();
        let days = last.map(|day| view.settings.as_of.days_since(day));
        findings.add(about, GuardWithoutUse { days });
    }
}
