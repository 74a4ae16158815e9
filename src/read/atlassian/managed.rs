//! The managed-accounts CSV, with the Guard flag and each account's sites, other companies' among them.
//!
//! Layout and values: the format notes on Atlassian, section 3. Headers beyond the five confirmed ones are
//! accepted in several spellings.

use std::collections::BTreeMap;

use super::accounts::{AccountsBuilder, RawOffering};
use super::users::{is_app_address, site_name};
use super::{AtlassianBatch, refuse_shared_id};
use crate::domain::account::{AccountKind, AccountRow, Origin, Policy};
use crate::domain::dataset::{Reject, Side, SourceFile};
use crate::domain::day::LastUse;
use crate::domain::product::{self, TRELLO};
use crate::error::Error;
use crate::read::Rules;
use crate::read::address;
use crate::read::dates::{self, DateCell, DateOrder};
use crate::read::events::Days;
use crate::read::header::Header;
use crate::read::source::{Next, Record, Source, Stop};
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

    fn used(&self) -> Vec<usize> {
        [
            self.id,
            self.name,
            self.email,
            Some(self.status),
            self.last_active,
            self.billable,
            self.policy_type,
        ]
        .into_iter()
        .flatten()
        .chain(self.products.iter().map(|(number, _)| *number))
        .collect()
    }
}

pub(crate) fn read(
    source: &Source,
    file_number: u16,
    rules: &Rules,
    orders: &BTreeMap<usize, DateOrder>,
) -> Result<AtlassianBatch, Stop> {
    let mut header = Header::default();
    let mut layout: Option<Layout> = None;
    let mut records = 0_u64;
    let mut reader = Reader {
        file: &source.name,
        file_number,
        rules,
        orders,
        accounts: AccountsBuilder::default(),
        rejects: Vec::new(),
        accepted: 0,
        days: Days::until(rules.today),
        counts_back: false,
    };
    source.each_record(|record| {
        let Some(layout) = &layout else {
            header = Header::read(&source.name, record)?;
            layout = Some(Layout::of(&source.name, &header)?);
            return Ok(Next::Go);
        };
        records += 1;
        reader.read(record, layout, &header)?;
        Ok(Next::Go)
    })?;
    let Some(layout) = layout.filter(|_| records > 0) else {
        return Err(Error::refused(
            &source.name,
            "a header and no records",
            "an organisation without a claimed domain has no managed accounts; leave the file out",
        )
        .into());
    };
    refuse_shared_id(source, &reader.accounts)?;
    let (columns_used, columns_ignored) = header.split_names(&layout.used());
    let Reader {
        accounts,
        rejects,
        accepted,
        days,
        counts_back,
        ..
    } = reader;
    Ok(AtlassianBatch {
        source: SourceFile {
            name: source.name.clone(),
            format: NAME.to_owned(),
            side: Side::Atlassian,
            encoding: source.encoding.as_str().to_owned(),
            records,
            accepted,
            rejected: rejects.len() as u64,
            columns_used,
            columns_ignored,
            first_day: days.first(),
            last_day: days.last(),
            newest_event: days.newest(),
        },
        accounts,
        rejects,
        notes: Vec::new(),
        pages: None,
        counts_back,
    })
}

enum Fault {
    Cell {
        column: String,
        value: String,
        reason: &'static str,
        expected: String,
    },
    Ambiguous {
        column: usize,
    },
}

struct Reader<'f> {
    file: &'f str,
    file_number: u16,
    rules: &'f Rules,
    orders: &'f BTreeMap<usize, DateOrder>,
    accounts: AccountsBuilder,
    rejects: Vec<Reject>,
    accepted: u64,
    days: Days,
    counts_back: bool,
}

impl Reader<'_> {
    /// Reads a record or lists it among the rejects.
    fn read(&mut self, record: &Record<'_>, layout: &Layout, header: &Header) -> Result<(), Stop> {
        match self.take(record, layout, header) {
            Ok(last_active) => {
                self.accepted += 1;
                if let Some(day) = last_active.day() {
                    self.days.event(day);
                }
            }
            Err(Fault::Ambiguous { column }) => return Err(Stop::Ambiguous { column }),
            Err(Fault::Cell {
                column,
                value,
                reason,
                expected,
            }) => self.rejects.push(Reject {
                file: self.file.to_owned(),
                line: record.line,
                column,
                value,
                reason: reason.to_owned(),
                expected: Some(expected),
            }),
        }
        Ok(())
    }

    fn take(
        &mut self,
        record: &Record<'_>,
        layout: &Layout,
        header: &Header,
    ) -> Result<LastUse, Fault> {
        let cell = |column: Option<usize>| {
            column
                .and_then(|column| record.cells.get(column))
                .unwrap_or("")
                .trim()
        };
        let fault = |column: usize, reason: &'static str, expected: &str| Fault::Cell {
            column: header.name(column).to_owned(),
            value: cell(Some(column)).to_owned(),
            reason,
            expected: expected.to_owned(),
        };
        if let Some(misfit) = header.misfit(record) {
            return Err(Fault::Cell {
                column: misfit.column.to_owned(),
                value: misfit.value,
                reason: misfit.reason,
                expected: misfit.expected,
            });
        }
        let id = address::id(cell(layout.id));
        let email = address::normalise(cell(layout.email)).unwrap_or_default();
        if id.is_empty() && email.is_empty() {
            return Err(fault(
                layout.email.or(layout.id).unwrap_or(0),
                "no id and no address",
                "an account id or an address",
            ));
        }
        let status = words::account_status(cell(Some(layout.status))).ok_or_else(|| {
            fault(
                layout.status,
                "unknown status",
                "one of \"Active\", \"Deactivated\", \"Disabled\"",
            )
        })?;
        let last_active = match layout.last_active {
            None => LastUse::NotReported,
            Some(column) => {
                match dates::read_day(cell(Some(column)), self.orders.get(&column).copied()) {
                    Some(DateCell::On(day)) => LastUse::On(day),
                    Some(DateCell::Before(day)) => LastUse::Before(day),
                    Some(DateCell::NotWithin(days)) => {
                        self.counts_back = true;
                        LastUse::Before(self.rules.anchor().plus_days(-days))
                    }
                    // In this export an empty cell means "never active".
                    Some(DateCell::Never | DateCell::Blank) => LastUse::Never,
                    Some(DateCell::Ambiguous) => return Err(Fault::Ambiguous { column }),
                    None => return Err(fault(column, "not a day", dates::EXPECTED)),
                }
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
            origin: Origin {
                file: self.file_number,
                line: u32::try_from(record.line).unwrap_or(u32::MAX),
            },
        });
        self.take_seats(row, record, layout);
        Ok(last_active)
    }

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
