//! The users export CSV: accounts, access by product and site, and days last seen.
//!
//! Reads the plain shape, the one-row-per-group shape, pivoted groups and former product names.
//! Layout and values: the format notes on Atlassian, sections 2.1 and 2.2.

use std::collections::BTreeMap;

use super::accounts::{AccountsBuilder, RawOffering};
use super::{AtlassianBatch, refuse_shared_id};
use crate::domain::account::{AccountKind, AccountRow, AccountStatus, Origin, Policy};
use crate::domain::dataset::{Note, Reject, Side, SourceFile};
use crate::domain::day::LastUse;
use crate::domain::finding::FindingCode;
use crate::domain::product::{self, CONFLUENCE};
use crate::domain::text::grouped;
use crate::error::Error;
use crate::read::Rules;
use crate::read::address;
use crate::read::cells::Cells;
use crate::read::dates::{self, DateCell, DateOrder};
use crate::read::events::Days;
use crate::read::header::Header;
use crate::read::source::{Next, Source, Stop};
use crate::read::words;

pub(crate) const NAME: &str = "Atlassian users export CSV";
const LAST_SEEN: &str = "last seen in ";

/// The columns of one product on one site.
struct ProductColumns {
    /// The product as this export writes it, in lower case: its former and its present name are two pairs.
    name: String,
    offering: u16,
    /// The place of the offering among all of the file by name: an account's seats are added in this order.
    rank: u16,
    guest_rank: u16,
    guest: Option<u16>,
    access: Option<usize>,
    last_seen: Option<usize>,
}

/// Where each fact stands.
struct Layout {
    id: Option<usize>,
    name: Option<usize>,
    email: Option<usize>,
    status: usize,
    added: Option<usize>,
    role: Option<usize>,
    groups: Vec<usize>,
    products: Vec<ProductColumns>,
    used: Vec<usize>,
}

/// What the exports say of one account's access to one product.
enum Access {
    None,
    Seat,
    Guest,
    Customer,
}

pub(crate) fn read(
    source: &Source,
    file_number: u16,
    rules: &Rules,
    orders: &BTreeMap<usize, DateOrder>,
) -> Result<AtlassianBatch, Stop> {
    let mut header = Header::default();
    let mut layout: Option<Layout> = None;
    let mut reader = Reader {
        file: &source.name,
        file_number,
        rules,
        orders,
        accounts: AccountsBuilder::default(),
        rejects: Vec::new(),
        accepted: 0,
        not_active: 0,
        days: Days::until(rules.today),
        counts_back: false,
        pending: Vec::new(),
    };
    let mut records = 0_u64;
    source.each_record(|record| {
        let Some(layout) = &layout else {
            header = Header::read(&source.name, record)?;
            layout = Some(Layout::of(&source.name, &header, &mut reader.accounts)?);
            return Ok(Next::Go);
        };
        records += 1;
        if let Some(misfit) = header.misfit(record) {
            reader.reject(
                record.line,
                misfit.column,
                &misfit.value,
                misfit.reason,
                &misfit.expected,
            );
            return Ok(Next::Go);
        }
        match reader.take(record.line, &record.cells, layout, &header) {
            Err(Fault::Cell) | Ok(()) => Ok(Next::Go),
            Err(Fault::Ambiguous { column }) => Err(Stop::Ambiguous { column }),
        }
    })?;
    let Some(layout) = layout.filter(|_| records > 0) else {
        return Err(Error::refused(
            &source.name,
            "a header and no records",
            "export the users again, with \"All users\" and all products",
        )
        .into());
    };
    refuse_shared_id(source, &reader.accounts)?;
    let mut notes = notes(&source.name, &layout, &header);
    notes.extend(filtered(&source.name, reader.accepted, reader.not_active));
    let (columns_used, columns_ignored) = header.split_names(&layout.used);
    Ok(AtlassianBatch {
        source: SourceFile {
            name: source.name.clone(),
            format: NAME.to_owned(),
            side: Side::Atlassian,
            encoding: source.encoding.as_str().to_owned(),
            records,
            accepted: reader.accepted,
            rejected: reader.rejects.len() as u64,
            columns_used,
            columns_ignored,
            first_day: reader.days.first(),
            last_day: reader.days.last(),
            newest_event: reader.days.newest(),
        },
        accounts: reader.accounts,
        rejects: reader.rejects,
        notes,
        pages: None,
        counts_back: reader.counts_back,
    })
}

impl Layout {
    fn of(file: &str, header: &Header, accounts: &mut AccountsBuilder) -> Result<Layout, Error> {
        let status = header.find("userstatus").ok_or_else(|| {
            Error::refused(
                file,
                format!(
                    "a users export without the column \"User status\"; it has {}",
                    header.names().join(", ")
                ),
                "export the users again and keep every column",
            )
        })?;
        let (id, email) = (header.find("userid"), header.find("email"));
        if id.is_none() && email.is_none() {
            return Err(Error::refused(
                file,
                "a users export with neither \"User id\" nor \"email\"",
                "export the users again and keep every column",
            ));
        }
        let mut layout = Layout {
            id,
            name: header.find("username"),
            email,
            status,
            added: header.find("addedtoorg"),
            role: header.find("orgrole"),
            groups: Vec::new(),
            products: Vec::new(),
            used: Vec::new(),
        };
        for (number, name) in header.names().iter().enumerate() {
            let lower = name.to_lowercase();
            let is_group = lower == "group membership"
                || lower == "group name"
                || lower
                    .strip_prefix("group ")
                    .is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()));
            if is_group {
                layout.groups.push(number);
            } else if let Some((label, last_seen)) = product_column(name, &lower) {
                layout.add_product_column(number, label, last_seen, accounts);
            }
        }
        let rank = |number: u16| {
            let own = &accounts.offerings[usize::from(number)];
            let before = accounts.offerings.iter().filter(|other| *other < own);
            u16::try_from(before.count()).unwrap_or(u16::MAX)
        };
        for columns in &mut layout.products {
            columns.rank = rank(columns.offering);
            columns.guest_rank = columns.guest.map_or(columns.rank, rank);
        }
        let fixed = [
            layout.id,
            layout.name,
            layout.email,
            Some(layout.status),
            layout.added,
            layout.role,
        ];
        layout.used = fixed
            .into_iter()
            .flatten()
            .chain(layout.groups.iter().copied())
            .collect();
        let products = layout
            .products
            .iter()
            .flat_map(|columns| [columns.access, columns.last_seen]);
        layout.used.extend(products.flatten());
        Ok(layout)
    }

    fn add_product_column(
        &mut self,
        number: usize,
        label: (&str, &str),
        last_seen: bool,
        accounts: &mut AccountsBuilder,
    ) {
        let (product, site) = label;
        let present = product::canonical_name(product);
        let of = |product: &str| RawOffering {
            product: product.to_owned(),
            site: site_name(site),
            plan: None,
            in_users_export: true,
        };
        let offering = accounts.offering(of(present));
        // A product renamed between two exports has columns under both names: each name is a pair of its own.
        let name = product.trim().to_lowercase();
        let same_name = |columns: &&mut ProductColumns| {
            columns.offering == offering
                && columns.name == name
                && if last_seen {
                    columns.last_seen.is_none()
                } else {
                    columns.access.is_none()
                }
        };
        match self.products.iter_mut().rev().find(same_name) {
            Some(columns) if last_seen => columns.last_seen = Some(number),
            Some(columns) => columns.access = Some(number),
            None => self.products.push(ProductColumns {
                name,
                offering,
                rank: 0,
                guest_rank: 0,
                guest: (present == CONFLUENCE).then(|| accounts.offering(of("Confluence Guest"))),
                access: (!last_seen).then_some(number),
                last_seen: last_seen.then_some(number),
            }),
        }
    }
}

/// The product and site of a column such as `Jira - acme` or `Last seen in Jira - acme`.
fn product_column<'n>(name: &'n str, lower: &str) -> Option<((&'n str, &'n str), bool)> {
    let last_seen = lower.starts_with(LAST_SEEN);
    let label = if last_seen {
        name.get(LAST_SEEN.len()..)?
    } else {
        name
    };
    let (product, site) = label.split_once(" - ")?;
    (!product.trim().is_empty() && !site.trim().is_empty()).then_some(((product, site), last_seen))
}

/// The site's sub-domain, in lower case, without scheme and host.
pub(crate) fn site_name(text: &str) -> String {
    let text = text.trim().to_lowercase();
    let host = text
        .split_once("://")
        .map_or(text.as_str(), |(_, host)| host);
    let host = host.split('/').next().unwrap_or(host);
    host.strip_suffix(".atlassian.net")
        .or_else(|| host.strip_suffix(".jira.com"))
        .unwrap_or(host)
        .to_owned()
}

enum Fault {
    /// A cell was faulty and the record is listed.
    Cell,
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
    not_active: u64,
    days: Days,
    counts_back: bool,
    /// Seats of the record in hand: kept back until the whole record is known to be good.
    pending: Vec<(u16, u16, LastUse)>,
}

impl Reader<'_> {
    fn reject(&mut self, line: u64, column: &str, value: &str, reason: &str, expected: &str) {
        self.rejects.push(Reject {
            file: self.file.to_owned(),
            line,
            column: column.to_owned(),
            value: value.to_owned(),
            reason: reason.to_owned(),
            expected: Some(expected.to_owned()),
        });
    }

    fn take(
        &mut self,
        line: u64,
        record: &Cells<'_>,
        layout: &Layout,
        header: &Header,
    ) -> Result<(), Fault> {
        let cell =
            |column: Option<usize>| column.and_then(|column| record.get(column)).unwrap_or("");
        let id = address::id(cell(layout.id));
        let email = address::normalise(cell(layout.email)).unwrap_or_default();
        if id.is_empty() && email.is_empty() {
            let column = layout.email.or(layout.id).unwrap_or(0);
            self.reject(
                line,
                header.name(column),
                cell(Some(column)),
                "no id and no address",
                "an account id or an address",
            );
            return Err(Fault::Cell);
        }
        let Some(status) = words::account_status(cell(Some(layout.status))) else {
            self.reject(
                line,
                header.name(layout.status),
                cell(Some(layout.status)),
                "unknown status",
                "one of \"Active\", \"Suspended\", \"Deactivated\"",
            );
            return Err(Fault::Cell);
        };
        let added = match layout.added {
            Some(column) => self.last_use(line, column, record, header)?.day(),
            None => None,
        };
        self.pending.clear();
        let mut customer = false;
        let mut member = false;
        for columns in &layout.products {
            let seen = match columns.last_seen {
                Some(column) => self.last_use(line, column, record, header)?,
                None => LastUse::NotReported,
            };
            match access(columns, record, seen) {
                Access::None => continue,
                Access::Customer => customer = true,
                Access::Seat => {
                    member = true;
                    self.pending.push((columns.rank, columns.offering, seen));
                }
                Access::Guest => {
                    member = true;
                    self.pending.push((
                        columns.guest_rank,
                        columns.guest.unwrap_or(columns.offering),
                        seen,
                    ));
                }
            }
        }
        let role = words::folded(cell(layout.role));
        let kind = if is_app_address(&email) {
            AccountKind::App
        } else if customer && !member {
            AccountKind::Customer
        } else {
            AccountKind::Atlassian
        };
        let account = self.accounts.add(&AccountRow {
            id: &id,
            email: &email,
            name: cell(layout.name).trim(),
            kind,
            status,
            org_admin: role.contains("admin"),
            added,
            last_active: LastUse::NotReported,
            policy: Policy::NotReported,
            billable: None,
            managed: None,
            in_groups: (!layout.groups.is_empty()).then(|| {
                layout
                    .groups
                    .iter()
                    .any(|&column| !cell(Some(column)).trim().is_empty())
            }),
            origin: Origin {
                file: self.file_number,
                line: u32::try_from(line).unwrap_or(u32::MAX),
            },
        });
        for &column in &layout.groups {
            self.note_members(account, cell(Some(column)));
        }
        if status == AccountStatus::Active || !self.pending.is_empty() {
            self.pending.sort_by_key(|(rank, ..)| *rank);
            for &(_, offering, seen) in &self.pending {
                self.accounts.seats.push(account, offering, seen);
            }
        }
        self.accepted += 1;
        self.not_active += u64::from(status != AccountStatus::Active);
        Ok(())
    }

    /// Notes the account for those groups of the cell that anything asks for.
    fn note_members(&mut self, account: u32, groups: &str) {
        for (number, wanted) in (0_u16..).zip(&self.rules.groups) {
            let is_wanted = |name: &str| name.trim().to_lowercase() == *wanted;
            if is_wanted(groups) || groups.split(',').any(is_wanted) {
                self.accounts.members.push((account, number));
            }
        }
    }

    fn last_use(
        &mut self,
        line: u64,
        column: usize,
        record: &Cells<'_>,
        header: &Header,
    ) -> Result<LastUse, Fault> {
        let text = record.get(column).unwrap_or("");
        if text.is_empty() {
            return Ok(LastUse::NotReported);
        }
        match dates::read_day(text, self.orders.get(&column).copied()) {
            Some(DateCell::On(day)) => {
                self.days.event(day);
                Ok(LastUse::On(day))
            }
            Some(DateCell::Before(day)) => Ok(LastUse::Before(day)),
            Some(DateCell::NotWithin(days)) => {
                self.counts_back = true;
                Ok(LastUse::Before(self.rules.anchor().plus_days(-days)))
            }
            Some(DateCell::Never) => Ok(LastUse::Never),
            Some(DateCell::Blank) => Ok(LastUse::NotReported),
            Some(DateCell::Ambiguous) => Err(Fault::Ambiguous { column }),
            None => {
                self.reject(
                    line,
                    header.name(column),
                    text,
                    "not a day",
                    dates::EXPECTED,
                );
                Err(Fault::Cell)
            }
        }
    }
}

/// Whether the record has access to a product.
///
/// Without an access column a dated use is taken for a seat; "never" then says nothing, since the export
/// writes it for products that the account cannot reach too.
fn access(columns: &ProductColumns, record: &Cells<'_>, seen: LastUse) -> Access {
    let Some(column) = columns.access else {
        return if seen.day().is_some() {
            Access::Seat
        } else {
            Access::None
        };
    };
    match record.get(column).unwrap_or("") {
        "" => Access::None,
        "User" => Access::Seat,
        word => match words::folded(word).as_str() {
            "" | "none" | "no" | "noaccess" => Access::None,
            word if word.contains("guest") => Access::Guest,
            // Roles that cost nothing, by the specification of the v2 API.
            word if ["customer", "stakeholder", "contributor", "basic"]
                .iter()
                .any(|free| word.contains(free)) =>
            {
                Access::Customer
            }
            _ => Access::Seat,
        },
    }
}

/// Atlassian gives the accounts of apps and bots addresses of this domain.
pub(crate) fn is_app_address(email: &str) -> bool {
    email.ends_with("@connect.atlassian.com")
}

fn notes(file: &str, layout: &Layout, header: &Header) -> Vec<Note> {
    let mut notes = Vec::new();
    if layout.products.is_empty() {
        notes.push(Note::doubt(
            "no-product-columns",
            format!("{file} has no product columns: its seats can't be told; export it again with app access and last seen"),
        ));
    }
    let without_access: Vec<&str> = layout
        .products
        .iter()
        .filter(|columns| columns.access.is_none())
        .filter_map(|columns| columns.last_seen.map(|column| header.name(column)))
        .collect();
    if !without_access.is_empty() {
        notes.push(Note::doubt(
            "no-access-columns",
            format!(
                "{file} has days last seen without app access for {}: only used seats can be told there, \
                 never-active ones can't; export it again with app access",
                without_access.join(", ")
            ),
        )
        .under(&[FindingCode::InactiveSeat]));
    }
    notes
}

/// So many accounts have some that are suspended or deactivated, unless the export left them out.
const MANY: u64 = 50;

fn filtered(file: &str, accounts: u64, not_active: u64) -> Option<Note> {
    (accounts >= MANY && not_active == 0).then(|| {
        Note::doubt(
            "active-only",
            format!(
                "{file}: all {} accounts are active, so it was perhaps exported with \"Only active users\": \
                 suspended and deactivated ones would be missing; export it again with all users",
                grouped(accounts)
            ),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::{filtered, product_column, site_name};

    #[test]
    fn many_accounts_that_are_all_active_look_filtered() {
        assert!(filtered("users.csv", 50, 0).is_some_and(|note| note.doubt));
        assert_eq!(filtered("users.csv", 50, 1), None);
        assert_eq!(filtered("users.csv", 49, 0), None);
    }

    #[test]
    fn a_column_splits_at_the_first_dash_after_the_product() {
        let split = |name: &'static str| product_column(name, &name.to_lowercase());
        assert_eq!(
            split("Jira - acme-two - b"),
            Some((("Jira", "acme-two - b"), false))
        );
        assert_eq!(
            split("Last seen in Jira - acme"),
            Some((("Jira", "acme"), true))
        );
        assert_eq!(split("User status"), None);
        assert_eq!(split("LAST SEEN IN Loom - x"), Some((("Loom", "x"), true)));
    }

    #[test]
    fn a_site_is_its_sub_domain() {
        for text in [
            "acme",
            "acme.atlassian.net",
            "https://acme.atlassian.net/wiki",
            " ACME.atlassian.net ",
        ] {
            assert_eq!(site_name(text), "acme");
        }
    }
}
