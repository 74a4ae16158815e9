//! Billed seats by the days since their last use, what each step is worth, and what another limit would bring.

use crate::domain::counts::Counts;
use crate::domain::idle::{Row, RowCount, Spread};
use crate::domain::product::Offering;
use crate::domain::text::grouped;
use crate::model::inputs::facts::CountRange;
use crate::money::{Cost, Currency};
use crate::price::estate::Estate;

use super::chart::{Bar, BarValue, Bars, Caption, Chart, Range};
use super::charts::{Frame, drawn};
use super::products::name;
use super::summary::{Section, TextTable};
use super::table::{Cell, Table};

/// How the sentence on other limits begins.
pub(super) const SENTENCE: &str = "The limit on idleness";

const FILE: &str = "idle_seats.csv";

/// One row of the table: a step of one product on one site, or of all of them.
pub(super) struct IdleRow {
    pub(super) row: Row,
    pub(super) count: RowCount,
    /// What the bill falls by without its seats alone.
    pub(super) worth: Cost,
    /// What the limit below a step would bring.
    pub(super) limit: Option<Limited>,
}

pub(super) struct Limited {
    pub(super) days: u32,
    pub(super) is_configured: bool,
    pub(super) wasted: CountRange,
    pub(super) saving: Cost,
}

/// What the rows of a table are of.
#[derive(Clone, Copy)]
pub(super) enum Of<'a> {
    /// An offering's seats, with its line of the bill where it has one.
    Offering(&'a Spread, Option<usize>),
    All(&'a Spread),
}

/// The rows of one spread: all steps of what is billed, and of the others those that have seats.
pub(super) fn rows(of: Of<'_>, counts: &Counts, estate: &Estate) -> Vec<IdleRow> {
    let limits = &counts.idle.limits;
    let (Of::Offering(spread, _) | Of::All(spread)) = of;
    let nothing = || Cost::zero(estate.today.currency);
    let cost = |lines: &[Cost], total: &Cost| match of {
        Of::All(_) => total.clone(),
        Of::Offering(_, line) => line
            .and_then(|line| lines.get(line))
            .map_or_else(nothing, Cost::clone),
    };
    let is_billed = !matches!(of, Of::Offering(_, None));
    let limit = |place: usize| {
        let saved = estate.idle.limits.get(place)?;
        let days = *limits.all().get(place)?;
        let (certain, at_most) = spread.wasted(limits, place);
        Some(Limited {
            days,
            is_configured: place == limits.configured(),
            wasted: CountRange { certain, at_most },
            saving: cost(&saved.lines, &saved.total),
        })
    };
    limits
        .rows()
        .zip(&estate.idle.rows)
        .map(|(row, fall)| IdleRow {
            row,
            count: spread.of(limits, row),
            worth: cost(&fall.lines, &fall.total),
            limit: limits.below(row).and_then(limit),
        })
        .filter(|one| one.count.seats > 0 || (is_billed && matches!(one.row, Row::Step(_))))
        .collect()
}

/// The offerings that hold seats, with their line of the bill.
pub(super) fn held<'a>(
    counts: &'a Counts,
    estate: &'a Estate,
) -> impl Iterator<Item = (usize, &'a Spread, Option<usize>)> {
    let spreads = counts.idle.offerings.iter().enumerate();
    let held =
        spreads.filter(|&(offering, _)| counts.uses[offering].iter().any(|&seats| seats > 0));
    held.map(|(offering, spread)| {
        let mut lines = estate.lines.iter();
        let line = lines.position(|line| line.offering == offering);
        (offering, spread, line)
    })
}

pub(crate) fn table(
    counts: &Counts,
    estate: &Estate,
    offerings: &[Offering],
    currency: Currency,
) -> Table {
    let mut cells = Vec::new();
    let mut push = |names: [&str; 3], of: Of<'_>| {
        for row in rows(of, counts, estate) {
            let [worth_low, worth_high] = Cell::ends(&row.worth);
            let mut cell: Vec<Cell> = names.iter().map(|&name| Cell::text(name)).collect();
            cell.extend([
                Cell::text(counts.idle.limits.name(row.row)),
                Cell::Count(row.count.seats),
                Cell::Count(row.count.leavers),
                Cell::Count(row.count.open),
                Cell::text(currency.code()),
                worth_low,
                worth_high,
            ]);
            match &row.limit {
                None => cell.extend((0..6).map(|_| Cell::Missing)),
                Some(limit) => {
                    cell.extend([
                        Cell::Count(u64::from(limit.days)),
                        Cell::text(if limit.is_configured {
                            "in force"
                        } else {
                            "another"
                        }),
                        Cell::Count(limit.wasted.certain),
                        Cell::Count(limit.wasted.at_most),
                    ]);
                    cell.extend(Cell::ends(&limit.saving));
                }
            }
            let saving = row.limit.iter().map(|limit| &limit.saving);
            let lacking = Cost::missing_in([&row.worth].into_iter().chain(saving));
            cell.push(Cell::missing(&lacking));
            cells.push(cell);
        }
    };
    for (offering, spread, line) in held(counts, estate) {
        let of = &offerings[offering];
        push(
            [&of.product, &of.site, of.plan_name()],
            Of::Offering(spread, line),
        );
    }
    let all = counts.idle.all();
    push(["total", "", ""], Of::All(&all));
    Table {
        name: "idle_seats",
        provenance: "one row a product, site and step of days since the last use, then the total of all products; \
                     leavers are seats of orphaned accounts, may_be_longer those of which only a bound or nothing is \
                     reported. annual_worth is the difference of two bills without the row's seats alone, and \
                     annual_saving without leavers, seats never used and all that is idle for longer than limit_days"
            .to_owned(),
        columns: &[
            "product",
            "site",
            "plan",
            "days_since_use",
            "seats",
            "leavers",
            "may_be_longer",
            "currency",
            "annual_worth_low",
            "annual_worth_high",
            "limit_days",
            "limit_is",
            "wasted_low",
            "wasted_high",
            "annual_saving_low",
            "annual_saving_high",
            "missing",
        ],
        rows: cells,
    }
}

/// What the limits on either side of the configured one would bring, in a sentence.
pub(crate) fn sentence(counts: &Counts, estate: &Estate) -> Option<String> {
    let all = counts.idle.all();
    let rows = rows(Of::All(&all), counts, estate);
    let limits: Vec<&Limited> = rows.iter().filter_map(|row| row.limit.as_ref()).collect();
    let place = limits.iter().position(|limit| limit.is_configured)?;
    let others = [place.checked_sub(1), Some(place + 1)]
        .into_iter()
        .flatten();
    let others: Vec<String> = others
        .filter_map(|place| limits.get(place))
        .map(|limit| {
            let (seats, saving) = (limit.wasted.grouped(), limit.saving.whole());
            format!("with {} days {seats} seats ({saving} a year)", limit.days)
        })
        .collect();
    let is_some = limits.iter().any(|limit| limit.wasted.at_most > 0);
    (is_some && !others.is_empty()).then(|| {
        format!(
            "{SENTENCE} is {} days; {} would be wasted.",
            limits[place].days,
            others.join(" and ")
        )
    })
}

fn when(days: &str) -> String {
    match days.starts_with(|first: char| first.is_ascii_digit()) || days.contains(' ') {
        true if days != "not reported" => format!("{days} days ago"),
        _ => days.to_owned(),
    }
}

/// The total by steps, with what another limit would bring.
pub(crate) fn section(counts: &Counts, estate: &Estate) -> Section {
    let mut table = TextTable::new(&[
        "last used",
        ">seats",
        "?>of leavers",
        ">worth a year",
        ">limit",
        ">wasted then",
        ">saving a year then",
    ])
    .sourced(FILE);
    let all = counts.idle.all();
    for row in rows(Of::All(&all), counts, estate) {
        let limit = row.limit.as_ref();
        let of_limit =
            |text: &dyn Fn(&Limited) -> String| limit.map_or_else(|| "–".to_owned(), text);
        table.push([
            when(&counts.idle.limits.name(row.row)),
            grouped(row.count.seats),
            grouped(row.count.leavers),
            row.worth.whole(),
            of_limit(&|limit| {
                let mark = if limit.is_configured {
                    " (in force)"
                } else {
                    ""
                };
                format!("{} days{mark}", limit.days)
            }),
            of_limit(&|limit| limit.wasted.grouped()),
            of_limit(&|limit| limit.saving.whole()),
        ]);
    }
    let has_seats = counts.seats() > 0;
    if !has_seats {
        table.rows.clear();
    }
    let notes = vec![
        "Under a limit, seats of leavers, seats never used and all that were last used longer ago are wasted. A step's \
         worth is that of its seats alone."
            .to_owned(),
    ];
    Section {
        title: "Idle seats".to_owned(),
        table,
        notes: if has_seats { notes } else { Vec::new() },
    }
    .or_none("No account holds a seat.")
}

/// The steps of each product.
pub(crate) fn by_product(counts: &Counts, estate: &Estate, offerings: &[Offering]) -> Section {
    let limits = &counts.idle.limits;
    let shown: Vec<Row> = limits.rows().filter(|row| !row.is_apart()).collect();
    let names = shown.iter().map(|&row| format!(">{}", limits.name(row)));
    let columns: Vec<String> = ["product".to_owned(), ">seats".to_owned()]
        .into_iter()
        .chain(names)
        .chain(["?>new, exempt, sandbox".to_owned()])
        .collect();
    let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
    let mut table = TextTable::new(&columns).sourced(FILE);
    let row = |name: String, spread: &Spread| {
        let of = |rows: &dyn Fn(Row) -> bool| -> u64 {
            let rows = limits.rows().filter(|&row| rows(row));
            rows.map(|row| spread.of(limits, row).seats).sum()
        };
        let steps = shown
            .iter()
            .map(|&row| grouped(spread.of(limits, row).seats));
        let mut cells = vec![name, grouped(of(&|_| true))];
        cells.extend(steps);
        cells.push(grouped(of(&Row::is_apart)));
        cells
    };
    for (offering, spread, _) in held(counts, estate) {
        let of = &offerings[offering];
        table.push(row(name(&of.product, &of.site), spread));
    }
    if !table.rows.is_empty() {
        table.push(row("total".to_owned(), &counts.idle.all()));
        table.has_total = true;
    }
    Section {
        title: "Idle seats by product, in days since the last use".to_owned(),
        table,
        notes: Vec::new(),
    }
    .or_none("No account holds a seat.")
}

/// The worth of each step; what was used within the first limit would dwarf the others and is said alone.
pub(crate) fn chart(counts: &Counts, estate: &Estate, frame: &Frame<'_>) -> Chart {
    let all = counts.idle.all();
    let rows = rows(Of::All(&all), counts, estate);
    let shown = rows.iter().filter(|row| row.count.seats > 0);
    let bars = shown.map(|row| Bar {
        name: match row.row {
            Row::Step(_) => format!("{} days", counts.idle.limits.name(row.row)),
            _ => counts.idle.limits.name(row.row),
        },
        value: value(row),
    });
    let limits = rows.iter().filter_map(|row| row.limit.as_ref());
    let limits: Vec<&Limited> = limits.collect();
    let place = limits.iter().position(|limit| limit.is_configured);
    let earlier = place.and_then(|place| limits.get(place.checked_sub(1)?));
    let title = match (place.map(|place| limits[place]), earlier) {
        (Some(now), Some(then)) => format!(
            "At {} days {} a year is wasted, with {} days as the limit {}",
            now.days,
            now.saving.whole(),
            then.days,
            then.saving.whole()
        ),
        _ => "Billed seats by the days since their last use".to_owned(),
    };
    Chart::Bars(Bars {
        caption: Caption {
            name: "idle_seats",
            title,
            subtitle: format!(
                "Billed seats by days since their last use, and what a year without them costs less, {}; hatched: what \
                 may be",
                frame.currency.code()
            ),
            footnote: frame.footnote(
                "idle_seats.csv: each worth is the difference of two bills, for the seats of that step alone",
            ),
            nothing: "No account holds a seat".to_owned(),
        },
        unit: frame.unit(),
        rows: bars.collect(),
    })
}

fn value(row: &IdleRow) -> BarValue {
    let seats = match row.count.seats {
        1 => "1 seat".to_owned(),
        seats => format!("{} seats", grouped(seats)),
    };
    let leavers = match row.count.leavers {
        0 => String::new(),
        leavers => format!(", {} of leavers", grouped(leavers)),
    };
    match drawn(&row.worth) {
        _ if row.row == Row::Sandbox => BarValue::Said {
            label: format!("{seats}, which come with the plan"),
        },
        None => BarValue::Unknown {
            label: format!("price unknown, {seats}{leavers}"),
        },
        Some(_) if row.row == Row::Step(0) => BarValue::Said {
            label: format!("{} · {seats}{leavers}, not drawn", row.worth.whole()),
        },
        Some(amount) => BarValue::Known {
            value: amount.high().to_f64(),
            range: (!amount.is_point()).then(|| Range {
                low: amount.low().to_f64(),
                high: amount.high().to_f64(),
                label: String::new(),
            }),
            label: format!("{} · {seats}{leavers}", row.worth.whole()),
        },
    }
}
