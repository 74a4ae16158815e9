//! Guard billing: how many accounts each plan counts, and why.

use crate::domain::counts::{Counts, GuardCount};

use super::table::{Cell, Table};

pub(crate) fn table(counts: &Counts) -> Table {
    let of = |plan: &'static str, rows: &[GuardCount]| {
        rows.iter()
            .map(|row| {
                vec![
                    Cell::text(plan),
                    Cell::text(row.class.verdict.as_str()),
                    Cell::text(row.class.reason.as_str()),
                    Cell::Count(row.accounts),
                ]
            })
            .collect::<Vec<_>>()
    };
    let mut rows = of("standard", &counts.guard_standard);
    rows.extend(of("premium", &counts.guard_premium));
    Table {
        name: "guard_billing",
        provenance: "one row a plan, verdict and reason; every account stands in one row of each plan. Rules: \
                     Atlassian, Manage your bill for Atlassian Guard Standard and Premium, as known 2026-11-23"
            .to_owned(),
        columns: &["plan", "verdict", "reason", "accounts"],
        rows,
    }
}
