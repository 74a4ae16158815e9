//! The bridge: from today's licence bill to the one after clean-up.

use crate::money::{Cost, Money, MoneyError, MoneyRange};
use crate::price::Billing;
use crate::price::estate::Estate;

use super::chart::{Better, Bridge, Caption, Chart, Step, StepKind};
use super::charts::{Frame, middle, signed};
use super::products::{ProductRow, complete};

fn title(saving: &Cost) -> String {
    match saving.known() {
        Some(range) if range.high().is_negative() => format!(
            "Without its wasted seats the licence bill would rise by {} a year",
            range.negated().whole()
        ),
        Some(range) if range.low().is_negative() => {
            "Without its wasted seats the licence bill may rise".to_owned()
        }
        _ => format!(
            "Clean-up takes {} a year off the licence bill",
            saving.whole()
        ),
    }
}

/// How many steps stand between the two bills before the small ones are drawn as one: with more, no name finds room.
const MOST_CHANGES: usize = 7;

/// How many of these are of plans that are billed by the year, where there are others.
const MOST_OF_RENEWALS: usize = 3;

/// The changes of the plans of one cycle.
struct Part {
    cycle: Billing,
    changes: Vec<(String, Money)>,
    unknown: Vec<String>,
}

impl Part {
    const fn len(&self) -> usize {
        self.changes.len() + self.unknown.len()
    }
}

/// Today's bill with the changes that wait for no renewal; its parts without a price stay missing.
fn before_renewals(today: &Cost, changes: &[(String, Money)]) -> Result<Cost, MoneyError> {
    today.try_map(|range| {
        let mut level = middle(range)?;
        for (_, change) in changes {
            level = level.plus(*change)?;
        }
        Ok(MoneyRange::point(level))
    })
}

/// The steps between two bills, those without a price last.
fn changed(
    changes: Vec<(String, Money)>,
    unknown: Vec<String>,
    most: usize,
) -> Result<Vec<Step>, MoneyError> {
    let step = |name: String, change: Money| Step {
        name,
        kind: StepKind::Change(change.to_f64()),
        label: signed(change),
    };
    let gap = |name: String| Step {
        name,
        kind: StepKind::Unknown,
        label: "price unknown".to_owned(),
    };
    if changes.len() + unknown.len() <= most {
        let known = changes.into_iter().map(|(name, change)| step(name, change));
        return Ok(known.chain(unknown.into_iter().map(gap)).collect());
    }
    // One place is for the small ones and one for those without a price.
    let kept = most - 1 - usize::from(!unknown.is_empty());
    let size = |place: usize| {
        let (_, change) = &changes[place];
        let size = if change.is_negative() {
            change.negated()
        } else {
            *change
        };
        size.amount()
    };
    let mut by_size: Vec<usize> = (0..changes.len()).collect();
    by_size.sort_by(|&one, &other| size(other).cmp(&size(one)).then(one.cmp(&other)));
    let small: Vec<usize> = by_size.into_iter().skip(kept).collect();
    let mut steps = Vec::new();
    let mut rest: Option<Money> = None;
    for (place, (name, change)) in changes.into_iter().enumerate() {
        if small.contains(&place) {
            rest = Some(rest.map_or(Ok(change), |so_far| so_far.plus(change))?);
        } else {
            steps.push(step(name, change));
        }
    }
    let others = small.len();
    steps.extend(rest.map(|rest| step(format!("{others} others"), rest)));
    match unknown.len() {
        0 => {}
        1 => steps.extend(unknown.into_iter().map(gap)),
        count => steps.push(gap(format!("{count} without a price"))),
    }
    Ok(steps)
}

/// From today's licence bill to the one after clean-up, product by product.
pub(crate) fn chart(
    rows: &[ProductRow],
    estate: &Estate,
    frame: &Frame<'_>,
) -> Result<Chart, MoneyError> {
    let level = |name: &str, cost: &Cost| -> Result<Step, MoneyError> {
        Ok(match cost.known() {
            Some(range) => Step {
                name: name.to_owned(),
                kind: StepKind::Level(middle(range)?.to_f64()),
                label: if cost.is_complete() {
                    middle(range)?.compact()
                } else {
                    cost.compact()
                },
            },
            None => Step {
                name: name.to_owned(),
                kind: StepKind::Unknown,
                label: "price unknown".to_owned(),
            },
        })
    };
    // What comes with the next bill, then what waits for a renewal.
    let mut parts = [Billing::Monthly, Billing::Annual].map(|cycle| Part {
        cycle,
        changes: Vec::new(),
        unknown: Vec::new(),
    });
    // A saving is drawn between the middles of two bills, so that the steps meet the last level.
    for row in rows.iter().filter(|row| row.wasted() > 0) {
        let line = estate
            .lines
            .iter()
            .position(|line| line.offering == row.offering);
        let Some(line) = line else { continue };
        let cycle = estate.today.lines[line].cycle;
        let Some(part) = parts.iter_mut().find(|part| part.cycle == cycle) else {
            continue;
        };
        let (before, after) = (
            &estate.today.lines[line].annual,
            &estate.after.lines[line].annual,
        );
        match (complete(before), complete(after)) {
            (Some(before), Some(after)) => {
                let change = middle(after)?.minus(middle(before)?)?;
                if !change.is_zero() {
                    part.changes.push((row.name(), change));
                }
            }
            _ => part.unknown.push(row.name()),
        }
    }
    let mut steps = vec![level("Today", &estate.today.annual)?];
    let [monthly, annual] = parts;
    if monthly.len() == 0 || annual.len() == 0 {
        for part in [monthly, annual] {
            steps.extend(changed(part.changes, part.unknown, MOST_CHANGES)?);
        }
    } else {
        let most = annual.len().min(MOST_OF_RENEWALS);
        let before = before_renewals(&estate.today.annual, &monthly.changes)?;
        steps.extend(changed(
            monthly.changes,
            monthly.unknown,
            // The level between takes the place of one.
            MOST_CHANGES - 1 - most,
        )?);
        steps.push(level("Before renewals", &before)?);
        steps.extend(changed(annual.changes, annual.unknown, most)?);
    }
    steps.push(level("After clean-up", &estate.after.annual)?);
    Ok(Chart::Bridge(Bridge {
        caption: Caption {
            name: "bridge",
            title: title(&estate.saving),
            subtitle: format!(
                "Licence bill of a year, {}, without the seats that are waste for certain; middles of ranges",
                frame.currency.code()
            ),
            footnote: frame.footnote(
                "waste_by_product.csv. Potential: monthly plans from the next cycle, annual ones from their renewal",
            ),
            nothing: String::new(),
        },
        unit: frame.unit(),
        better: Better::Lower,
        steps,
    }))
}

#[cfg(test)]
mod tests {
    use super::{MOST_CHANGES, changed};
    use crate::money::{Currency, Money};

    #[test]
    fn the_small_steps_are_drawn_as_one_and_the_sum_stays() {
        let usd = |text: String| Money::parse(&text, Currency::USD).unwrap();
        let changes = |count: usize| {
            let each =
                (1..=count).map(|number| (format!("product {number}"), usd(format!("-{number}"))));
            each.collect::<Vec<_>>()
        };
        let names = |known: usize, unknown: &[&str]| -> Vec<String> {
            let unknown = unknown.iter().map(|&name| name.to_owned()).collect();
            let steps = changed(changes(known), unknown, MOST_CHANGES).unwrap();
            steps
                .into_iter()
                .map(|step| format!("{}: {}", step.name, step.label))
                .collect()
        };
        assert_eq!(names(7, &[]).len(), 7);
        assert_eq!(
            names(20, &[]),
            [
                "product 15: −$15",
                "product 16: −$16",
                "product 17: −$17",
                "product 18: −$18",
                "product 19: −$19",
                "product 20: −$20",
                "14 others: −$105"
            ]
        );
        let both = names(20, &["Loom", "Rovo"]);
        assert_eq!(both.len(), 7);
        assert_eq!(
            both[5..],
            ["15 others: −$120", "2 without a price: price unknown"]
        );
        assert_eq!(names(7, &["Loom"])[6], "Loom: price unknown");
    }
}
