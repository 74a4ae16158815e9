//! The users export CSV: accounts, access by product and site, and days last seen.
//!
//! Reads the plain shape, the one-row-per-group shape, pivoted groups and former product names.
//! Layout and values: the format notes on Atlassian, sections 2.1 and 2.2.

use super::accounts::{AccountsBuilder, RawOffering};
use super::batch;
use crate::domain::account::{AccountKind, AccountRow, AccountStatus, Policy};
use crate::domain::dataset::Note;
use crate::domain::day::LastUse;
use crate::domain::finding::FindingCode;
use crate::domain::product::{self, CONFLUENCE};
use crate::domain::text::grouped;
use crate::error::Error;
use crate::read::address;
use crate::read::cells::Cells;
use crate::read::header::Header;
use crate::read::reading::{Batch, Reading, TableReader, Untaken};
use crate::read::source::{Record, Stop};
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

pub(crate) fn read(mut file: Reading<'_>) -> Result<Batch, Stop> {
    let mut reader = Reader::default();
    let (layout, header) = file.table(&mut reader)?;
    file.notes = notes(file.name(), &layout, &header);
    let filtered = filtered(file.name(), file.accepted, reader.not_active);
    file.notes.extend(filtered);
    batch(file, NAME, reader.accounts)
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

#[derive(Default)]
struct Reader {
    accounts: AccountsBuilder,
    not_active: u64,
    /// Seats of the record in hand: kept back until the whole record is known to be good.
    pending: Vec<(u16, u16, LastUse)>,
}

impl TableReader for Reader {
    type Layout = Layout;
    const EMPTY: &'static str = "export the users again, with \"All users\" and all products";

    fn layout(&mut self, file: &Reading<'_>, header: &Header) -> Result<Layout, Error> {
        Layout::of(file.name(), header, &mut self.accounts)
    }

    fn used(layout: &Layout) -> Vec<usize> {
        layout.used.clone()
    }

    fn take(
        &mut self,
        file: &mut Reading<'_>,
        record: &Record<'_>,
        layout: &Layout,
        header: &Header,
    ) -> Result<(), Untaken> {
        let (line, record) = (record.line, &record.cells);
        let cell =
            |column: Option<usize>| column.and_then(|column| record.get(column)).unwrap_or("");
        let id = address::id(cell(layout.id));
        let email = address::normalise(cell(layout.email)).unwrap_or_default();
        let mut faulty = |column: usize, reason: &str, expected: &str| {
            let (name, text) = (header.name(column), cell(Some(column)));
            Err(file.reject(line, name, text, reason, Some(expected)))
        };
        if id.is_empty() && email.is_empty() {
            let column = layout.email.or(layout.id).unwrap_or(0);
            return faulty(
                column,
                "no id and no address",
                "an account id or an address",
            );
        }
        let Some(status) = words::account_status(cell(Some(layout.status))) else {
            let expected = "one of \"Active\", \"Suspended\", \"Deactivated\"";
            return faulty(layout.status, "unknown status", expected);
        };
        let mut used = |column: usize| match cell(Some(column)) {
            "" => Ok(LastUse::NotReported),
            text => {
                let read = file.day(line, (column, header.name(column)), text)?;
                Ok(file.last_use(read).unwrap_or(LastUse::NotReported))
            }
        };
        let added = match layout.added {
            Some(column) => used(column)?.day(),
            None => None,
        };
        self.pending.clear();
        let mut customer = false;
        let mut member = false;
        for columns in &layout.products {
            let seen = match columns.last_seen {
                Some(column) => used(column)?,
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
            origin: file.origin(line),
        });
        for &column in &layout.groups {
            self.note_members(&file.rules.groups, account, cell(Some(column)));
        }
        if status == AccountStatus::Active || !self.pending.is_empty() {
            self.pending.sort_by_key(|(rank, ..)| *rank);
            for &(_, offering, seen) in &self.pending {
                self.accounts.seats.push(account, offering, seen);
            }
        }
        self.not_active += u64::from(status != AccountStatus::Active);
        Ok(())
    }
}

impl Reader {
    /// Notes the account for those groups of the cell that anything asks for.
    fn note_members(&mut self, wanted: &[String], account: u32, groups: &str) {
        for (number, wanted) in (0_u16..).zip(wanted) {
            let is_wanted = |name: &str| name.trim().to_lowercase() == *wanted;
            if is_wanted(groups) || groups.split(',').any(is_wanted) {
                self.accounts.members.push((account, number));
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
