//! The managed-accounts CSV, with the Guard flag and each account's sites, other companies' among them.
//!
//! Layout and values: the format notes on Atlassian, section 3. Headers beyond the five confirmed ones are
//! accepted in several spellings.

use super::accounts::{AccountsBuilder, RawOffering};
use super::batch;
use super::users::{is_app_address, site_name};
use crate::domain::account::{AccountKind, AccountRow, Policy};
use crate::domain::day::LastUse;
use crate::domain::product::{self, TRELLO};
use crate::error::Error;
use crate::read::address;
use crate::read::header::Header;
use crate::read::reading::{Batch, Reading, TableReader, Untaken};
use crate::read::source::{Record, Stop};
use crate::read::words;

pub(crate) const NAME: &str = "Atlassian managed-accounts CSV";

struct Layout {
    id: Option<usize>,
    name: Option<usize>,
    email: Option<usize>,
    status: usize,
    last_active: Option<usize>,
    billable: Option<usize>,
    policy_type: Option<usize>,
    products: Vec<(usize, String)>,
}

impl Layout {
    fn of(file: &str, header: &Header) -> Result<Layout, Error> {
        let status = header.find("status").ok_or_else(|| {
            Error::refused(
                file,
                format!(
                    "a managed-accounts export without the column \"Status\"; it has {}",
                    header.names().join(", ")
                ),
                "export the managed accounts again and keep every column",
            )
        })?;
        let first = |names: &[&str]| names.iter().find_map(|name| header.find(name));
        let products = header
            .names()
            .iter()
            .enumerate()
            .filter_map(|(number, name)| Some((number, product::facts(name)?.name.to_owned())))
            .collect();
        Ok(Layout {
            id: first(&["atlassianid", "accountid", "userid"]),
            name: first(&["name", "fullname", "username"]),
            email: first(&["email", "emailaddress"]),
            status,
            last_active: first(&["lastactivedate", "lastactive"]),
            billable: first(&["billable", "guardbillable", "accessbillable"]),
            policy_type: first(&["policytype", "authenticationpolicytype"]),
            products,
        })
    }
}

pub(crate) fn read(mut file: Reading<'_>) -> Result<Batch, Stop> {
    let mut reader = Reader::default();
    file.table(&mut reader)?;
    batch(file, NAME, reader.accounts)
}

#[derive(Default)]
struct Reader {
    accounts: AccountsBuilder,
}

impl TableReader for Reader {
    type Layout = Layout;
    const EMPTY: &'static str =
        "an organisation without a claimed domain has no managed accounts; leave the file out";

    fn layout(&mut self, file: &Reading<'_>, header: &Header) -> Result<Layout, Error> {
        Layout::of(file.name(), header)
    }

    fn used(layout: &Layout) -> Vec<usize> {
        let fixed = [
            layout.id,
            layout.name,
            layout.email,
            Some(layout.status),
            layout.last_active,
            layout.billable,
            layout.policy_type,
        ];
        let products = layout.products.iter().map(|(number, _)| *number);
        fixed.into_iter().flatten().chain(products).collect()
    }

    fn take(
        &mut self,
        file: &mut Reading<'_>,
        record: &Record<'_>,
        layout: &Layout,
        header: &Header,
    ) -> Result<(), Untaken> {
        let cell = |column: Option<usize>| {
            column
                .and_then(|column| record.cells.get(column))
                .unwrap_or("")
                .trim()
        };
        let line = record.line;
        let mut faulty = |column: usize, reason: &str, expected: &str| {
            let (name, text) = (header.name(column), cell(Some(column)));
            Err(file.reject(line, name, text, reason, Some(expected)))
        };
        let id = address::id(cell(layout.id));
        let email = address::normalise(cell(layout.email)).unwrap_or_default();
        if id.is_empty() && email.is_empty() {
            let column = layout.email.or(layout.id).unwrap_or(0);
            return faulty(
                column,
                "no id and no address",
                "an account id or an address",
            );
        }
        let Some(status) = words::account_status(cell(Some(layout.status))) else {
            let expected = "one of \"Active\", \"Deactivated\", \"Disabled\"";
            return faulty(layout.status, "unknown status", expected);
        };
        let last_active = match layout.last_active {
            None => LastUse::NotReported,
            Some(column) => {
                let read = file.day(line, (column, header.name(column)), cell(Some(column)))?;
                // In this export an empty cell means "never active".
                file.last_use(read).unwrap_or(LastUse::Never)
            }
        };
        let row = self.accounts.add(&AccountRow {
            id: &id,
            email: &email,
            name: cell(layout.name),
            kind: if is_app_address(&email) {
                AccountKind::App
            } else {
                AccountKind::Atlassian
            },
            status,
            org_admin: false,
            added: None,
            last_active,
            policy: match words::yes_or_no(cell(layout.policy_type)) {
                Some(true) => Policy::Billable,
                Some(false) => Policy::NonBillable,
                None => Policy::NotReported,
            },
            billable: words::yes_or_no(cell(layout.billable)),
            managed: Some(true),
            in_groups: None,
            origin: file.origin(line),
        });
        self.take_seats(row, record, layout);
        Ok(())
    }
}

impl Reader {
    /// A seat for each site of each product; their last use is not reported.
    fn take_seats(&mut self, row: u32, record: &Record<'_>, layout: &Layout) {
        for (column, product) in &layout.products {
            let sites = record.cells.get(*column).unwrap_or("");
            for part in sites.split(',').map(str::trim) {
                if part.is_empty() || part.eq_ignore_ascii_case("none") {
                    continue;
                }
                // Trello cells hold plan names, all others sites.
                let is_plan = product == TRELLO;
                let offering = self.accounts.offering(RawOffering {
                    product: product.clone(),
                    site: if is_plan {
                        String::new()
                    } else {
                        site_name(part)
                    },
                    plan: is_plan.then(|| part.to_owned()),
                    in_users_export: false,
                });
                self.accounts
                    .seats
                    .push(row, offering, LastUse::NotReported);
            }
        }
    }
}
