//! Filling the charts: titles that state the finding, labels ready to draw, and nothing computed twice.

use crate::domain::day::Day;
use crate::model::alternative::Alternative;
use crate::model::inputs::facts::CountRange;
use crate::model::span;
use crate::money::{Cost, Currency, Money, MoneyError, MoneyRange, Percent};

use super::chart::{Bar, BarValue, Bars, Caption, Chart, Hue, Point, Range, Unit};
use super::departments::DepartmentRow;
use super::products::ProductRow;

/// How many bars a chart shows before the rest are drawn as one.
const MOST_BARS: usize = 12;

/// What all charts share.
pub(crate) struct Frame<'a> {
    pub(crate) organisation: &'a str,
    pub(crate) as_of: Day,
    pub(crate) currency: Currency,
}

impl Frame<'_> {
    /// The axis: `$` before the number, or the code after it.
    pub(crate) fn unit(&self) -> Unit {
        let sample = Money::zero(self.currency).whole();
        match sample.split_once('0') {
            Some((prefix, suffix)) => Unit {
                prefix: prefix.to_owned(),
                suffix: suffix.to_owned(),
            },
            None => Unit::default(),
        }
    }

    pub(crate) fn footnote(&self, source: &str) -> String {
        format!("{}, {}. {source}", self.organisation, self.as_of)
    }
}

impl From<Alternative> for Hue {
    fn from(alternative: Alternative) -> Hue {
        match alternative {
            Alternative::Manual => Hue::Manual,
            Alternative::GuardStandard => Hue::GuardStandard,
            Alternative::GuardPremium => Hue::GuardPremium,
            Alternative::Enterprise => Hue::Enterprise,
            Alternative::ThirdParty => Hue::ThirdParty,
        }
    }
}

/// Where a line is at `x`, straight between its points; `None` outside of it.
pub(crate) fn on_line(points: &[Point], x: f64) -> Option<f64> {
    points.windows(2).find_map(|pair| {
        let (from, to) = (&pair[0], &pair[1]);
        let share = (x - from.x) / (to.x - from.x);
        (from.x <= x && x <= to.x && share.is_finite()).then_some(from.y + (to.y - from.y) * share)
    })
}

/// The middle of a range, where a bar is drawn.
pub(crate) fn middle(range: MoneyRange) -> Result<Money, MoneyError> {
    Ok(span::middle(range)?.round_minor())
}

/// A change with its sign: `−$3.2k`, `+$0`.
pub(crate) fn signed(change: Money) -> String {
    if change.is_negative() {
        format!("−{}", change.negated().compact())
    } else {
        format!("+{}", change.compact())
    }
}

/// A row of a waste chart before it is labelled.
struct Waste {
    name: String,
    seats: CountRange,
    amount: Cost,
    /// Whether its seats are those of another row.
    is_app: bool,
}

pub(crate) fn waste_by_product(rows: &[ProductRow], total: &Cost, frame: &Frame<'_>) -> Chart {
    let bars = rows
        .iter()
        .filter(|row| row.wasted_at_most() > 0)
        .map(|row| Waste {
            name: row.name(),
            seats: CountRange {
                certain: row.wasted(),
                at_most: row.wasted_at_most(),
            },
            amount: row.annual_saving.clone(),
            is_app: row.is_app(),
        })
        .collect();
    waste(
        "waste_by_product",
        bars,
        total,
        "waste_by_product.csv: each saving is the difference of two bills; potential until the seats are gone",
        frame,
    )
}

pub(crate) fn waste_by_department(
    rows: &[DepartmentRow],
    total: &Cost,
    frame: &Frame<'_>,
) -> Result<Chart, MoneyError> {
    let bars = rows
        .iter()
        .filter(|row| row.wasted_at_most > 0)
        .map(|row| {
            Ok(Waste {
                name: row.name.clone(),
                seats: CountRange {
                    certain: row.wasted,
                    at_most: row.wasted_at_most,
                },
                amount: row.waste()?,
                is_app: false,
            })
        })
        .collect::<Result<_, MoneyError>>()?;
    Ok(waste(
        "waste_by_department",
        bars,
        total,
        "waste_by_department.csv: each product's saving shared by wasted seats",
        frame,
    ))
}

fn waste(
    name: &'static str,
    mut bars: Vec<Waste>,
    total: &Cost,
    source: &str,
    frame: &Frame<'_>,
) -> Chart {
    let order = |bar: &Waste| drawn(&bar.amount).map(|amount| amount.high().amount());
    bars.sort_by(|one, other| {
        order(other)
            .cmp(&order(one))
            .then(other.seats.at_most.cmp(&one.seats.at_most))
            .then(one.name.cmp(&other.name))
    });
    let seats = all_seats(&bars).text();
    let by = if name == "waste_by_product" {
        "product"
    } else {
        "department"
    };
    let title = match bars.first() {
        None => format!("No wasted seats by {by}"),
        // Then bars point both ways and none is a part of the whole.
        Some(_) if total.low().is_some_and(Money::is_negative) => match total.known() {
            Some(range) if range.high().is_negative() => format!(
                "Without all {seats} wasted seats the bill would rise by {} a year",
                range.negated().whole()
            ),
            _ => format!("Without all {seats} wasted seats the bill may rise"),
        },
        // Sorted by money: the largest part of it need not be the most seats.
        Some(top) if top.amount.known().is_some() => format!(
            "{} {} the largest {}part of {} a year in wasted seats",
            top.name,
            if is_largest(top, &bars[1..]) {
                "has"
            } else {
                "may have"
            },
            if total.is_complete() { "" } else { "known " },
            total.whole()
        ),
        Some(top) => format!("{} has the most of {seats} wasted seats", top.name),
    };
    let rest = if bars.len() > MOST_BARS + 1 {
        bars.split_off(MOST_BARS)
    } else {
        Vec::new()
    };
    let mut rows: Vec<Bar> = bars.iter().map(|bar| labelled(bar, total.high())).collect();
    if !rest.is_empty() {
        rows.push(others(&rest, &bars, total.high(), frame.currency));
    }
    Chart::Bars(Bars {
        caption: Caption {
            name,
            title,
            subtitle: format!(
                "Potential saving a year by {by}, {}; wasted = orphaned + inactive + never active; hatched: what may be; shares of the high ends",
                frame.currency.code()
            ),
            footnote: frame.footnote(source),
            nothing: "No seat is wasted".to_owned(),
        },
        unit: frame.unit(),
        rows,
    })
}

fn all_seats(bars: &[Waste]) -> CountRange {
    let own = || bars.iter().filter(|bar| !bar.is_app);
    CountRange {
        certain: own().map(|bar| bar.seats.certain).sum(),
        at_most: own().map(|bar| bar.seats.at_most).sum(),
    }
}

/// Whether a bar is the largest, wherever in their ranges the bars end.
fn is_largest(top: &Waste, others: &[Waste]) -> bool {
    let least = drawn(&top.amount).map(|amount| amount.low().amount());
    let most = |bar: &Waste| drawn(&bar.amount).map(|amount| amount.high().amount());
    others.iter().all(|other| most(other) <= least)
}

/// All but the largest bars as one, so that the chart stays readable; in words alone where it would be longer than the
/// longest of those, and dwarf them.
fn others(rest: &[Waste], shown: &[Waste], whole: Option<Money>, currency: Currency) -> Bar {
    let amount = Cost::sum(currency, rest.iter().map(|bar| &bar.amount));
    let all = Waste {
        name: format!("{} others", rest.len()),
        seats: all_seats(rest),
        amount: amount.unwrap_or_else(|error| Cost::unknown(error.to_string())),
        is_app: false,
    };
    let bar = labelled(&all, whole);
    let most = |bar: &Waste| drawn(&bar.amount).map(|amount| amount.high().amount());
    let longest = shown.iter().filter_map(most).max();
    match bar.value {
        BarValue::Known { label, .. } if most(&all) > longest => Bar {
            value: BarValue::Said {
                label: format!("together {label}, not drawn"),
            },
            ..bar
        },
        value => Bar { value, ..bar },
    }
}

/// From where to where a bar is drawn: what lacks a price to its floor, as nobody knows where it ends.
pub(super) fn drawn(amount: &Cost) -> Option<MoneyRange> {
    match amount {
        Cost::Known { range } => Some(*range),
        Cost::AtLeast { range, .. } => Some(MoneyRange::point(range.low())),
        Cost::Unknown { .. } => None,
    }
}

fn labelled(bar: &Waste, whole: Option<Money>) -> Bar {
    let seats = format!(
        "{} {}",
        bar.seats.text(),
        if bar.seats.at_most == 1 {
            "seat"
        } else {
            "seats"
        }
    );
    let Some(amount) = drawn(&bar.amount) else {
        return Bar {
            name: bar.name.clone(),
            value: BarValue::Unknown {
                label: format!("price unknown, {seats}"),
            },
        };
    };
    let share = whole
        .filter(|whole| !whole.is_zero())
        .and_then(|whole| Percent::of_numbers(amount.high().amount(), whole.amount()).ok())
        .map_or(String::new(), |share| format!(" · {}", share.whole()));
    let range = (!amount.is_point()).then(|| Range {
        low: amount.low().to_f64(),
        high: amount.high().to_f64(),
        label: String::new(),
    });
    Bar {
        name: bar.name.clone(),
        value: BarValue::Known {
            value: amount.high().to_f64(),
            range,
            label: format!("{}{share} · {seats}", bar.amount.whole()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::{Frame, Waste, on_line, waste};
    use crate::domain::day::Day;
    use crate::model::inputs::facts::CountRange;
    use crate::money::{Cost, Currency, Money, MoneyRange};
    use crate::report::chart::{Bar, BarValue, Chart, Point};

    fn usd(text: &str) -> Money {
        Money::parse(text, Currency::USD).unwrap()
    }

    fn title(bars: Vec<Waste>) -> String {
        title_of(bars, Cost::from(usd("90")))
    }

    fn title_of(bars: Vec<Waste>, total: Cost) -> String {
        let frame = Frame {
            organisation: "Acme",
            as_of: Day::from_ymd(2026, 11, 20).unwrap(),
            currency: Currency::USD,
        };
        let chart = waste("waste_by_product", bars, &total, "a.csv", &frame);
        chart.caption().title.clone()
    }

    fn bar(name: &str, seats: u64, amount: Option<&str>) -> Waste {
        Waste {
            name: name.to_owned(),
            seats: CountRange::exactly(seats),
            amount: amount.map_or_else(|| Cost::unknown("Loom"), |amount| Cost::from(usd(amount))),
            is_app: false,
        }
    }

    #[test]
    fn where_the_bill_would_rise_nothing_has_a_part_of_the_waste() {
        assert_eq!(
            title_of(
                vec![bar("Jira", 40, Some("-1920"))],
                Cost::from(usd("-1920"))
            ),
            "Without all 40 wasted seats the bill would rise by $1,920 a year"
        );
        let may = MoneyRange::new(usd("-10"), usd("80")).unwrap();
        assert_eq!(
            title_of(vec![bar("Jira", 40, Some("80"))], Cost::from(may)),
            "Without all 40 wasted seats the bill may rise"
        );
    }

    #[test]
    fn the_title_of_waste_speaks_of_what_the_bars_are_sorted_by() {
        assert_eq!(
            title(vec![bar("Jira", 3, Some("60")), bar("Loom", 9, Some("30"))]),
            "Jira has the largest part of $90 a year in wasted seats"
        );
        assert_eq!(
            title(vec![bar("Jira", 3, None), bar("Loom", 9, None)]),
            "Loom has the most of 12 wasted seats"
        );
        let mut possible = bar("Loom", 0, None);
        possible.seats.at_most = 20;
        possible.amount = Cost::from(MoneyRange::new(usd("0"), usd("80")).unwrap());
        assert_eq!(
            title(vec![bar("Jira", 3, Some("60")), possible]),
            "Loom may have the largest part of $90 a year in wasted seats"
        );
    }

    fn bars_of(bars: Vec<Waste>) -> Vec<Bar> {
        let frame = Frame {
            organisation: "Acme",
            as_of: Day::from_ymd(2026, 11, 20).unwrap(),
            currency: Currency::USD,
        };
        match waste(
            "waste_by_department",
            bars,
            &Cost::from(usd("1000")),
            "a.csv",
            &frame,
        ) {
            Chart::Bars(chart) => chart.rows,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_many_small_bars_come_to_never_dwarfs_the_others() {
        let many = |small: &str, count: usize| {
            let large = (0..12).map(|number| bar(&format!("large {number}"), 9, Some("50")));
            let small = (0..count).map(|number| bar(&format!("small {number:03}"), 1, Some(small)));
            bars_of(large.chain(small).collect())
        };
        let rows = many("2", 20);
        assert_eq!((rows.len(), rows[12].name.as_str()), (13, "20 others"));
        assert!(
            matches!(&rows[12].value, BarValue::Known { label, .. } if label == "$40 · 4% · 20 seats")
        );
        let rows = many("2", 26);
        assert!(
            matches!(&rows[12].value, BarValue::Said { label } if label == "together $52 · 5% · 26 seats, not drawn"),
            "{:?}",
            rows[12]
        );
        assert_eq!(many("2", 1).len(), 13);
        assert_eq!(many("2", 1)[12].name, "small 000");
    }

    #[test]
    fn a_mark_on_a_line_is_where_the_line_is() {
        let line = [(0.0, 10.0), (1.0, 20.0), (1.0, 25.0), (3.0, 5.0)].map(|(x, y)| Point { x, y });
        let at = |x| on_line(&line, x);
        assert_eq!(at(0.5), Some(15.0));
        assert_eq!(at(2.0), Some(15.0));
        assert_eq!((at(0.0), at(3.0)), (Some(10.0), Some(5.0)));
        assert_eq!((at(-0.1), at(3.1), on_line(&[], 1.0)), (None, None, None));
    }
}
