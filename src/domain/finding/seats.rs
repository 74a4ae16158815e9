//! Findings about one billed seat.

use super::{About, Findings, View, finding};
use crate::domain::class::{StandingReason, Use};
use crate::domain::product::{OPSGENIE, OPSGENIE_END};

finding! {
    OrphanedSeat { reason: StandingReason }, "orphaned-seat", High,
    "a billed seat of an enabled account whose person has left or is disabled in the directory",
    "deactivate the account",
    Word |f| f.write_str(reason.as_str())
}

finding! {
    InactiveSeat { days: i32 }, "inactive-seat", Medium,
    "a billed seat that its holder, still here, has not used within the limit",
    "ask the holder and then remove product access",
    Word |f| write!(f, "last seen {days} days ago")
}

finding! {
    NeverActiveSeat {}, "never-active-seat", Medium,
    "a billed seat that was never used, after the grace days",
    "remove product access",
    Word |f| f.write_str("no use recorded")
}

finding! {
    OpsgenieEnding { days: i32 }, "opsgenie-ending", Medium,
    "a seat of Opsgenie, which ends on 2027-04-05",
    "plan the move to Jira Service Management or Compass",
    Word |f| write!(f, "the product ends in {days} days")
}

/// Looks at each billed seat.
pub(crate) fn find(view: &View<'_>, findings: &mut Findings) {
    let (seats, as_of) = (&view.dataset.seats, view.settings.as_of);
    let offerings = view.dataset.offerings.iter();
    let ending: Vec<bool> = offerings.map(|one| one.product == OPSGENIE).collect();
    for (row, used) in view.uses.iter().enumerate() {
        let Some(used) = used else { continue };
        let account = seats.account[row];
        let about = About::Seat {
            account,
            seat: row as u32,
        };
        match used {
            Use::Orphaned => {
                let reason = view.class(account as usize).reason;
                findings.add(about, OrphanedSeat { reason });
            }
            Use::Inactive => {
                if let Some(day) = seats.last_use[row].get().day() {
                    let days = as_of.days_since(day);
                    findings.add(about, InactiveSeat { days });
                }
            }
            Use::NeverActive => findings.add(about, NeverActiveSeat {}),
            _ => {}
        }
        if ending[usize::from(seats.offering[row])] {
            let days = OPSGENIE_END.days_since(as_of);
            findings.add(about, OpsgenieEnding { days });
        }
    }
}
