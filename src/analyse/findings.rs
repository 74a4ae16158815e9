//! All findings: the walks over accounts and seats that ask the rules of `domain::finding`.

use crate::domain::finding::{
    Findings, View, guard, leavers, organisation, people, seats, several,
};
use crate::parallel;

/// Each walk goes over accounts or seats in their order, so nearly all are found in order.
pub(super) fn find(view: &View<'_>) -> Findings {
    let walks: [fn(&View<'_>, &mut Findings); 5] = [
        seats::find,
        accounts,
        several::duplicates,
        several::one_of_several,
        several::plus_variants,
    ];
    let found = parallel::each(&walks, |walk| {
        let mut findings = Findings::default();
        walk(view, &mut findings);
        findings
    });
    let mut all = Findings::default();
    found.into_iter().for_each(|found| all.append(found));
    all.sort();
    all
}

/// What the rules say that look at one account alone, and what the accounts come to.
fn accounts(view: &View<'_>, findings: &mut Findings) {
    let mut bitbucket = 0;
    for account in 0..view.dataset.accounts.len() {
        leavers::find(view, account, findings);
        guard::find(view, account, findings);
        people::find(view, account, findings);
        bitbucket += u32::from(organisation::has_bitbucket(view, account));
    }
    organisation::find(view, bitbucket, findings);
}
