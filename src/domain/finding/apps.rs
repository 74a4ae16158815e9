//! Findings about the Marketplace apps of the configuration.

use super::{About, Findings, View, finding};
use crate::domain::class::Use;

finding! {
    AppWithoutSeats { app: u32 }, "app-without-seats", Medium,
    "a configured app has a host without a billed seat: nothing is billed for it",
    "correct the app's product and site or take it out of the configuration",
    Text |f, names| match names.apps.get(app as usize) {
        Some(app) => write!(f, "line {} of the configuration: {}", app.line, app.name),
        None => Ok(()),
    }
}

finding! {
    AppStatedTwice { app: u32 }, "app-stated-twice", Low,
    "an app is configured twice: it is billed once by the first entry",
    "keep the entry that says what is paid",
    Text |f, names| match names.apps.get(app as usize) {
        Some(app) => write!(
            f,
            "line {} of the configuration: {} stands on line {} already",
            app.line,
            app.name,
            app.first.unwrap_or(app.line)
        ),
        None => Ok(()),
    }
}

/// Looks at the apps; without an export of Atlassian's nothing is known of their hosts.
pub(super) fn find(view: &View<'_>, findings: &mut Findings) {
    let dataset = view.dataset;
    if !dataset.has_atlassian() {
        return;
    }
    for (number, app) in (0_u32..).zip(&dataset.apps) {
        if app.first.is_some() {
            findings.add(About::Organisation, AppStatedTwice { app: number });
        } else if !app.hosts.iter().any(|&host| has_billed_seat(view, host)) {
            findings.add(About::Organisation, AppWithoutSeats { app: number });
        }
    }
}

fn has_billed_seat(view: &View<'_>, offering: usize) -> bool {
    let mut seats = view.dataset.seats.offering.iter().zip(view.uses);
    seats.any(|(&of, used)| {
        usize::from(of) == offering && used.is_some_and(|used| used != Use::Sandbox)
    })
}
