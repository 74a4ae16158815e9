//! The long tables, one row an account and one row a finding: kept as columns and given row by row, since a
//! million finished rows would be a gigabyte.

use crate::domain::account::Accounts;
use crate::domain::analysis::AccountClass;
use crate::domain::class::Use;
use crate::domain::dataset::Match;
use crate::domain::day::{Day, LastUse};
use crate::domain::finding::{Finding, FindingCode};
use crate::domain::product::Offering;
use crate::domain::scim_key::KeyEnd;
use crate::domain::seat::Seats;
use crate::domain::text::Dictionary;
use crate::money::MoneyRange;

/// One value of a long table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Field<'a> {
    /// Text from outside, which may hold anything.
    Text(&'a str),
    /// A word of ours: needs no quotes.
    Word(&'a str),
    Day(Day),
    Missing,
}

/// Everything that the long tables are made of; rows as in the dataset.
#[derive(Clone, Default)]
pub(crate) struct Detail {
    pub(crate) accounts: Accounts,
    pub(crate) matches: Vec<Option<Match>>,
    pub(crate) departments: Dictionary,
    pub(crate) classes: Vec<AccountClass>,
    pub(crate) offerings: Vec<Offering>,
    pub(crate) seats: Seats,
    pub(crate) uses: Vec<Option<Use>>,
    pub(crate) findings: Vec<Finding>,
    pub(crate) currency: String,
    /// For each offering, the yearly list cost of one seat as plain text, low and high.
    pub(crate) list_per_seat: Vec<Option<(String, String)>>,
    pub(crate) as_of: Option<Day>,
}

pub(crate) const ACCOUNT_COLUMNS: [&str; 15] = [
    "account_id",
    "email",
    "name",
    "standing",
    "standing_reason",
    "department",
    "matched_by",
    "added",
    "last_active",
    "seats",
    "wasted_seats",
    "guard_standard",
    "guard_standard_reason",
    "guard_premium",
    "guard_premium_reason",
];

pub(crate) const FINDING_COLUMNS: [&str; 15] = [
    "code",
    "severity",
    "account_id",
    "email",
    "department",
    "product",
    "site",
    "use",
    "added",
    "last_seen",
    "currency",
    "annual_list_low",
    "annual_list_high",
    "evidence",
    "action",
];

/// The plain texts of a range, low and high.
pub(crate) fn plain(range: MoneyRange) -> (String, String) {
    (range.low().plain(), range.high().plain())
}

fn day(day: Option<Day>) -> Field<'static> {
    day.map_or(Field::Missing, Field::Day)
}

/// A day, or in words what stands in its place.
pub(super) fn last_use(last: LastUse) -> Field<'static> {
    match last {
        LastUse::On(day) => Field::Day(day),
        LastUse::Before(_) => Field::Word("before"),
        LastUse::Never => Field::Word("never"),
        LastUse::NotReported => Field::Missing,
    }
}

impl Detail {
    /// The row of `findings.csv` for a finding; `evidence` is overwritten with its words.
    pub(crate) fn finding_row<'a>(
        &'a self,
        row: usize,
        evidence: &'a mut String,
    ) -> [Field<'a>; FINDING_COLUMNS.len()] {
        let finding = &self.findings[row];
        let facts = finding.code.facts();
        evidence.clear();
        self.write_evidence(finding, evidence);
        let account = finding.account.map(|account| account as usize);
        let text = |column: &'a crate::domain::text::Texts| {
            account.map_or(Field::Missing, |row| Field::Text(column.get(row)))
        };
        let seat = finding.seat.map(|seat| seat as usize);
        let offering = seat.map(|seat| usize::from(self.seats.offering[seat]));
        let list = offering.and_then(|offering| self.list_per_seat[offering].as_ref());
        let last = seat
            .map(|seat| self.seats.last_use[seat])
            .or_else(|| account.map(|row| self.classes[row].last_use));
        [
            Field::Word(facts.code),
            Field::Word(facts.severity.as_str()),
            text(&self.accounts.id),
            text(&self.accounts.email),
            account.map_or(Field::Missing, |row| {
                Field::Text(self.departments.get(self.classes[row].department))
            }),
            offering.map_or(Field::Missing, |offering| {
                Field::Text(&self.offerings[offering].product)
            }),
            offering.map_or(Field::Missing, |offering| {
                Field::Text(&self.offerings[offering].site)
            }),
            seat.and_then(|seat| self.uses[seat])
                .map_or(Field::Missing, |used| Field::Word(used.as_str())),
            account.map_or(Field::Missing, |row| day(self.accounts.added[row])),
            last.map_or(Field::Missing, last_use),
            list.map_or(Field::Missing, |_| Field::Word(&self.currency)),
            list.map_or(Field::Missing, |(low, _)| Field::Word(low)),
            list.map_or(Field::Missing, |(_, high)| Field::Word(high)),
            // Only addresses bring text from outside into the evidence, and only a key's end has commas.
            match finding.code {
                FindingCode::DuplicateAccount
                | FindingCode::PlusVariant
                | FindingCode::ScimKeyExpiry => Field::Text(evidence),
                _ => Field::Word(evidence),
            },
            Field::Word(facts.action),
        ]
    }

    /// Why a finding holds, in words.
    pub(crate) fn write_evidence(&self, finding: &Finding, text: &mut String) {
        let standing = finding
            .account
            .map_or("", |account| self.classes[account as usize].reason.as_str());
        let other = |row: i32| usize::try_from(row).map_or("", |row| self.accounts.email.get(row));
        let add =
            |text: &mut String, parts: &[&str]| parts.iter().for_each(|part| text.push_str(part));
        let number = || finding.detail.to_string();
        match finding.code {
            FindingCode::OrphanedSeat
            | FindingCode::OrphanedWithoutSeat
            | FindingCode::AdminLeft => text.push_str(standing),
            FindingCode::InactiveSeat => {
                let last = finding
                    .seat
                    .and_then(|seat| self.seats.last_use[seat as usize].day());
                match (last, self.as_of) {
                    (Some(last), Some(as_of)) => add(
                        text,
                        &[
                            "last seen ",
                            &as_of.days_since(last).to_string(),
                            " days ago",
                        ],
                    ),
                    _ => text.push_str("last seen before the limit"),
                }
            }
            FindingCode::NeverActiveSeat => text.push_str("no use recorded"),
            FindingCode::ActiveAfterLeaving => {
                add(text, &["last used ", &number(), " days after leaving"])
            }
            FindingCode::UnmatchedAccount => {
                add(text, &[standing, "; ", &number(), " billed seats"])
            }
            FindingCode::GuardWithoutUse if finding.detail < 0 => {
                text.push_str("no use of anything recorded")
            }
            FindingCode::GuardWithoutUse => add(text, &["nothing used for ", &number(), " days"]),
            FindingCode::FreeTrelloOnly
            | FindingCode::ForeignSiteOnly
            | FindingCode::SandboxOnly => {
                text.push_str("counted for nothing else");
            }
            FindingCode::GuardFlagDiffers if finding.detail == 1 => {
                let reason = finding.account.map_or("", |account| {
                    self.classes[account as usize]
                        .guard_standard
                        .reason
                        .as_str()
                });
                add(
                    text,
                    &["flag says billable but the rule says not: ", reason],
                );
            }
            FindingCode::GuardFlagDiffers => {
                let reason = finding.account.map_or("", |account| {
                    self.classes[account as usize]
                        .guard_standard
                        .reason
                        .as_str()
                });
                add(
                    text,
                    &[
                        "flag says not billable but the rule says billable: ",
                        reason,
                    ],
                );
            }
            FindingCode::DuplicateAccount => add(text, &["same person as ", other(finding.detail)]),
            FindingCode::PlusVariant => add(text, &["variant of ", other(finding.detail)]),
            FindingCode::OneOfSeveralUsed => {
                add(text, &[&number(), " further products held and not used"])
            }
            FindingCode::SuspendedInGroups => add(
                text,
                &["suspended; access to ", &number(), " products still listed"],
            ),
            FindingCode::OpsgenieEnding => add(text, &["the product ends in ", &number(), " days"]),
            FindingCode::BitbucketGroups => add(
                text,
                &[&number(), " enabled accounts with Bitbucket access"],
            ),
            FindingCode::ScimKeyExpiry => {
                let created = Some(Day::from_epoch_days(finding.detail));
                if let (Some(created), Some(as_of)) = (created, self.as_of) {
                    let end = KeyEnd::of(created).in_words(as_of);
                    add(text, &["the key of ", &created.to_string(), " ", &end]);
                }
            }
            FindingCode::IdpWithoutScim => {
                text.push_str("by the identity provider named in the configuration")
            }
        }
    }
}
