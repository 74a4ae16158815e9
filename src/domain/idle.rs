//! Billed seats by the days since their last use: the steps, and what a limit on idleness makes of them.
//!
//! A step ends at a limit that the reader may think of, the configured one among them, so that the seats above a step's
//! lower end are those that this limit calls unused. What they are worth is `price::idle`'s.

use super::class::Use;
use super::day::{Day, LastUse};

/// Limits on idleness in days, rising; a seat last used so many days ago is still in use.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Limits {
    days: Vec<u32>,
    /// Where the configured one stands.
    configured: usize,
}

impl Limits {
    const USUAL: [u32; 4] = [30, 60, 90, 180];

    /// The usual ones and the configured one.
    pub(crate) fn with(configured: u32) -> Limits {
        let mut days = Limits::USUAL.to_vec();
        let found = days.binary_search(&configured);
        let place = found.unwrap_or_else(|place| {
            days.insert(place, configured);
            place
        });
        Limits {
            days,
            configured: place,
        }
    }

    pub(crate) fn all(&self) -> &[u32] {
        &self.days
    }

    pub(crate) const fn configured(&self) -> usize {
        self.configured
    }

    /// The rows of a spread: the steps, then what has no step, then what stands apart.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row> {
        let apart = [
            Row::Never,
            Row::NotReported,
            Row::New,
            Row::Exempt,
            Row::Sandbox,
        ];
        (0..=self.days.len()).map(Row::Step).chain(apart)
    }

    /// Where a row stands among the rows.
    pub(crate) fn place(&self, row: Row) -> usize {
        let steps = self.days.len() + 1;
        match row {
            Row::Step(step) => step,
            Row::Never => steps,
            Row::NotReported => steps + 1,
            Row::New => steps + 2,
            Row::Exempt => steps + 3,
            Row::Sandbox => steps + 4,
        }
    }

    /// The step of so many days.
    fn step(&self, days: i32) -> usize {
        let days = u32::try_from(days).unwrap_or(0);
        self.days.iter().take_while(|&&limit| limit < days).count()
    }

    /// The limit at which the seats of a step, and of all later ones, begin to count as unused.
    pub(crate) fn below(&self, row: Row) -> Option<usize> {
        match row {
            Row::Step(step) => step.checked_sub(1),
            _ => None,
        }
    }

    /// `up to 30`, `31 to 60`, `over 180`, `never`.
    pub(crate) fn name(&self, row: Row) -> String {
        let Row::Step(step) = row else {
            return row.word().to_owned();
        };
        let below = step.checked_sub(1).and_then(|below| self.days.get(below));
        match (below, self.days.get(step)) {
            (None, Some(last)) => format!("up to {last}"),
            (Some(below), Some(last)) => format!("{} to {last}", below.saturating_add(1)),
            (Some(below), None) => format!("over {below}"),
            (None, None) => "any".to_owned(),
        }
    }

    /// The row of a seat with this use and last use on a day.
    pub(crate) fn of(&self, used: Use, last_use: LastUse, as_of: Day) -> Idle {
        let step = |day: Day, more: i32| {
            let days = as_of.days_since(day).saturating_add(more);
            Row::Step(self.step(days))
        };
        let row = match (used, last_use) {
            (Use::Exempt, _) => Row::Exempt,
            (Use::Sandbox, _) => Row::Sandbox,
            (Use::New, _) => Row::New,
            (_, LastUse::On(day)) => step(day, 0),
            // Before that day, so at least one day longer ago.
            (_, LastUse::Before(day)) => step(day, 1),
            (_, LastUse::Never) => Row::Never,
            (_, LastUse::NotReported) => Row::NotReported,
        };
        let is_bound = matches!(last_use, LastUse::Before(_) | LastUse::NotReported);
        let is_last = row == Row::Step(self.days.len());
        Idle {
            row,
            leaver: used == Use::Orphaned,
            open: is_bound && !is_last && used != Use::Orphaned && !row.is_apart(),
        }
    }
}

/// A row of a spread.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Row {
    /// Last used so many days ago.
    Step(usize),
    Never,
    NotReported,
    /// Never used, and within the days of grace.
    New,
    Exempt,
    Sandbox,
}

impl Row {
    const fn word(self) -> &'static str {
        match self {
            Row::Step(_) => "",
            Row::Never => "never",
            Row::NotReported => "not reported",
            Row::New => "new",
            Row::Exempt => "exempt",
            Row::Sandbox => "sandbox",
        }
    }

    /// Whether no limit ever makes waste of it.
    pub(crate) const fn is_apart(self) -> bool {
        matches!(self, Row::New | Row::Exempt | Row::Sandbox)
    }
}

/// What a spread tells of one seat.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Idle {
    pub(crate) row: Row,
    /// Its account is orphaned: it is waste whatever the limit.
    pub(crate) leaver: bool,
    /// It may have been idle for longer than its row says, or nothing is reported.
    pub(crate) open: bool,
}

impl Idle {
    /// A number of its own for each combination.
    pub(crate) fn code(self, limits: &Limits) -> u64 {
        (limits.place(self.row) as u64) << 2 | u64::from(self.leaver) << 1 | u64::from(self.open)
    }
}

/// The seats of one row.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct RowCount {
    pub(crate) seats: u64,
    /// Of these, seats of orphaned accounts.
    pub(crate) leavers: u64,
    /// Of the others, those that may have been idle for longer.
    pub(crate) open: u64,
}

impl RowCount {
    pub(crate) const fn plus(self, other: RowCount) -> RowCount {
        RowCount {
            seats: self.seats + other.seats,
            leavers: self.leavers + other.leavers,
            open: self.open + other.open,
        }
    }
}

/// The spread of some seats.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Spread(Vec<RowCount>);

impl Spread {
    pub(crate) fn empty(limits: &Limits) -> Spread {
        Spread(vec![RowCount::default(); limits.rows().count()])
    }

    pub(crate) fn add(&mut self, limits: &Limits, idle: Idle, seats: u64) {
        let count = RowCount {
            seats,
            leavers: if idle.leaver { seats } else { 0 },
            open: if idle.open { seats } else { 0 },
        };
        if let Some(row) = self.0.get_mut(limits.place(idle.row)) {
            *row = row.plus(count);
        }
    }

    /// Takes a seat away again.
    pub(crate) fn remove(&mut self, limits: &Limits, idle: Idle) {
        if let Some(row) = self.0.get_mut(limits.place(idle.row)) {
            row.seats = row.seats.saturating_sub(1);
            row.leavers = row.leavers.saturating_sub(idle.leaver.into());
            row.open = row.open.saturating_sub(idle.open.into());
        }
    }

    pub(crate) fn of(&self, limits: &Limits, row: Row) -> RowCount {
        self.0.get(limits.place(row)).copied().unwrap_or_default()
    }

    pub(crate) fn plus(&self, other: &Spread) -> Spread {
        let rows = self.0.iter().zip(&other.0);
        Spread(rows.map(|(one, other)| one.plus(*other)).collect())
    }

    /// The wasted seats under the limit at a place: for certain, and at most.
    pub(crate) fn wasted(&self, limits: &Limits, limit: usize) -> (u64, u64) {
        let rows = || {
            let rows = limits.rows().filter(|row| !row.is_apart());
            rows.map(|row| (is_wasted(row, limit), self.of(limits, row)))
        };
        let certain = rows().map(|(all, row)| if all { row.seats } else { row.leavers });
        let certain: u64 = certain.sum();
        let open = rows().map(|(all, row)| if all { 0 } else { row.open });
        (certain, certain + open.sum::<u64>())
    }
}

/// Whether all seats of a row are wasted under the limit at a place; of the others, those of leavers are.
pub(crate) fn is_wasted(row: Row, limit: usize) -> bool {
    match row {
        Row::Step(step) => step > limit,
        Row::Never => true,
        Row::NotReported | Row::New | Row::Exempt | Row::Sandbox => false,
    }
}

/// The spread of each offering's seats.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct IdleCounts {
    pub(crate) limits: Limits,
    /// One for each offering, in the dataset's order.
    pub(crate) offerings: Vec<Spread>,
    /// How many of these are products.
    pub(crate) products: usize,
}

impl IdleCounts {
    /// The spread of all products' seats: an app has none of its own.
    pub(crate) fn all(&self) -> Spread {
        let none = Spread::empty(&self.limits);
        let rows = self.offerings.iter().take(self.products);
        rows.fold(none, |all, one| all.plus(one))
    }
}

#[cfg(test)]
mod tests {
    use super::{Limits, Row, Spread};
    use crate::domain::class::Use;
    use crate::domain::day::{Day, LastUse};

    fn as_of() -> Day {
        Day::from_ymd(2026, 11, 20).unwrap()
    }

    fn ago(days: i32) -> Day {
        as_of().plus_days(-days)
    }

    #[test]
    fn the_configured_limit_is_among_the_usual_ones() {
        let names = |configured| -> Vec<String> {
            let limits = Limits::with(configured);
            limits.rows().map(|row| limits.name(row)).collect()
        };
        assert_eq!(
            names(90),
            [
                "up to 30",
                "31 to 60",
                "61 to 90",
                "91 to 180",
                "over 180",
                "never",
                "not reported",
                "new",
                "exempt",
                "sandbox"
            ]
        );
        assert_eq!(names(45)[1..3], ["31 to 45", "46 to 60"]);
        assert_eq!(names(0)[..2], ["up to 0", "1 to 30"]);
        assert_eq!(names(365)[4..6], ["181 to 365", "over 365"]);
        for limits in [Limits::with(90), Limits::with(365)] {
            for (place, row) in limits.rows().enumerate() {
                assert_eq!(limits.place(row), place);
            }
        }
    }

    #[test]
    fn a_seat_last_used_on_the_limits_day_is_within_it() {
        let limits = Limits::with(90);
        let step = |last| limits.of(Use::Active, last, as_of()).row;
        for (days, expected) in [
            (-3, 0),
            (0, 0),
            (30, 0),
            (31, 1),
            (90, 2),
            (91, 3),
            (180, 3),
            (181, 4),
        ] {
            assert_eq!(step(LastUse::On(ago(days))), Row::Step(expected), "{days}");
        }
        // Before the day 90 days ago is 91 days or more.
        assert_eq!(step(LastUse::Before(ago(90))), Row::Step(3));
        assert_eq!(step(LastUse::Before(ago(89))), Row::Step(2));
        assert_eq!(step(LastUse::Never), Row::Never);
        assert_eq!(step(LastUse::NotReported), Row::NotReported);
    }

    #[test]
    fn what_no_limit_makes_waste_of_stands_apart() {
        let limits = Limits::with(90);
        for (used, row) in [
            (Use::New, Row::New),
            (Use::Exempt, Row::Exempt),
            (Use::Sandbox, Row::Sandbox),
        ] {
            for last in [
                LastUse::On(ago(400)),
                LastUse::Before(ago(1)),
                LastUse::Never,
                LastUse::NotReported,
            ] {
                let idle = limits.of(used, last, as_of());
                assert_eq!((idle.row, idle.leaver, idle.open), (row, false, false));
            }
        }
    }

    /// 10 seats used 10 days ago, 2 of them leavers'; 5 used 70 days ago; 3 not since at least 40 days; 4 never; 6 of
    /// which nothing is reported, one a leaver's.
    #[test]
    fn a_limit_makes_waste_of_the_steps_above_it() {
        let limits = Limits::with(90);
        let mut spread = Spread::empty(&limits);
        let mut add =
            |used, last, seats| spread.add(&limits, limits.of(used, last, as_of()), seats);
        add(Use::Active, LastUse::On(ago(10)), 8);
        add(Use::Orphaned, LastUse::On(ago(10)), 2);
        add(Use::Active, LastUse::On(ago(70)), 5);
        add(Use::Unreported, LastUse::Before(ago(40)), 3);
        add(Use::NeverActive, LastUse::Never, 4);
        add(Use::Unreported, LastUse::NotReported, 5);
        add(Use::Orphaned, LastUse::NotReported, 1);
        add(Use::Exempt, LastUse::On(ago(300)), 7);
        // 30 days: 2 + 5 + 3 + 4 + 1, and the five of which nothing is known.
        assert_eq!(spread.wasted(&limits, 0), (15, 20));
        // 60: the three may have been used 50 days ago.
        assert_eq!(spread.wasted(&limits, 1), (12, 20));
        assert_eq!(spread.wasted(&limits, 2), (7, 15));
        assert_eq!(spread.wasted(&limits, 3), (7, 15));
        let all: u64 = limits.rows().map(|row| spread.of(&limits, row).seats).sum();
        assert_eq!(all, 35);
    }
}
