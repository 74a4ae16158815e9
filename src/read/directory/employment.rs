//! What several records of one person say together of their employment.
//!
//! Within one list the latest employment counts: a person who left and came back is here. Between lists the
//! stricter status and the earliest day of leaving count, since an identity provider often lags behind.

use super::people::Conflict;
use crate::domain::account::Origin;
use crate::domain::day::Day;
use crate::domain::person::PersonStatus;

/// What one record, or several of them, say.
#[derive(Clone, Copy, Debug)]
pub(super) struct Employment {
    pub(super) status: PersonStatus,
    pub(super) left: Option<Day>,
    pub(super) origin: Origin,
}

/// What a reader has to know of how records were put together.
pub(super) enum Said {
    Conflict(Conflict),
    /// An ended employment, with its last day, beside a later one.
    Rehired(Option<Day>),
}

/// How long an employment lasts, in order: ended on a day that is not known, ended or ending on a day, open.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Lasts {
    Ended,
    Until(Day),
    Open,
}

impl Employment {
    const fn lasts(&self) -> Lasts {
        match (self.left, self.status) {
            (Some(day), _) => Lasts::Until(day),
            (None, PersonStatus::Gone) => Lasts::Ended,
            (None, _) => Lasts::Open,
        }
    }

    const fn is_here(&self) -> bool {
        matches!(self.status, PersonStatus::Present | PersonStatus::NotYet)
    }

    /// What the records of one list say; they are in the list's order.
    pub(super) fn of_one_list(records: Vec<Employment>) -> (Employment, Vec<Said>) {
        let mut said = Vec::new();
        let last = records.iter().map(Employment::lasts).max();
        let (latest, earlier): (Vec<Employment>, Vec<Employment>) = records
            .into_iter()
            .partition(|record| Some(record.lasts()) == last);
        let mut known = Employment::strictest(latest, &mut said);
        if earlier.is_empty() {
            return (known, said);
        }
        let ended = earlier.iter().filter_map(|record| record.left).max();
        if known.is_here() {
            said.push(Said::Rehired(ended));
        } else {
            let mut all = earlier;
            all.push(known);
            let left = all.iter().filter_map(|record| record.left).max();
            known = Employment::strictest(all, &mut said);
            known.left = left;
        }
        (known, said)
    }

    /// Of several records the strictest, and where they disagree.
    fn strictest(records: Vec<Employment>, said: &mut Vec<Said>) -> Employment {
        let mut records = records.into_iter();
        let mut known = records.next().unwrap_or(Employment {
            status: PersonStatus::Unknown,
            left: None,
            origin: Origin::default(),
        });
        for record in records {
            said.extend(known.tighten(&record));
        }
        known
    }

    /// Takes in what another list says: the stricter status and the earlier day of leaving.
    pub(super) fn tighten(&mut self, other: &Employment) -> Option<Said> {
        let (before, added) = ((self.status, self.origin), (other.status, other.origin));
        let (milder, stricter) = if before.0 < added.0 {
            (before, added)
        } else {
            (added, before)
        };
        if added.0 > before.0 {
            (self.status, self.origin) = added;
        }
        self.left = match (self.left, other.left) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        let disagree = milder.0 != stricter.0 && milder.0 != PersonStatus::Unknown;
        disagree.then_some(Said::Conflict(Conflict { stricter, milder }))
    }
}
