//! Where a value stands on an axis, which ticks the axis has, and how a tick reads.
//!
//! Figures of the business arrive as finished labels; only the ticks, which are round numbers of
//! the drawing, are written here.

use crate::report::chart::Unit;

/// A straight mapping from values to logical pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    low: f64,
    high: f64,
    start: f64,
    end: f64,
}

impl Scale {
    /// `low` is drawn at `start`, `high` at `end`.
    pub(super) fn new((low, high): (f64, f64), (start, end): (f64, f64)) -> Scale {
        Scale {
            low,
            high,
            start,
            end,
        }
    }

    /// The pixel of `value`; what is outside or not a number stays at the nearer end.
    pub(super) fn at(&self, value: f64) -> f64 {
        let span = self.high - self.low;
        if !value.is_finite() || span <= 0.0 {
            return self.start;
        }
        let share = ((value - self.low) / span).clamp(0.0, 1.0);
        self.start + share * (self.end - self.start)
    }

    /// About `most` round values inside the axis.
    pub(super) fn ticks(&self, most: usize) -> Vec<f64> {
        ticks((self.low, self.high), step(self.high - self.low, most))
    }
}

/// The lowest and highest of the numbers among `values`.
pub(super) fn extent(values: impl IntoIterator<Item = f64>) -> Option<(f64, f64)> {
    values
        .into_iter()
        .filter(|value| value.is_finite() && value.abs() < 1e18)
        .fold(None, |found: Option<(f64, f64)>, value| {
            let (low, high) = found.unwrap_or((value, value));
            Some((low.min(value), high.max(value)))
        })
}

/// The round distance (1, 2, 2.5 or 5 times a power of ten) that cuts `span` into at most `most`.
pub(super) fn step(span: f64, most: usize) -> f64 {
    if !(span.is_finite() && span > 0.0) {
        return 1.0;
    }
    let least = span / most.max(1) as f64;
    let power = 10_f64.powf(least.log10().floor());
    [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|step| *step >= least * 0.999_999)
        .unwrap_or(10.0 * power)
}

/// The multiples of `step` from `low` to `high`.
pub(super) fn ticks((low, high): (f64, f64), step: f64) -> Vec<f64> {
    let slack = step * 1e-6;
    let first = ((low - slack) / step).ceil();
    let last = ((high + slack) / step).floor();
    if !(first.is_finite() && last.is_finite()) || last - first > 200.0 {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut index = first;
    while index <= last {
        // Adding zero turns −0 into 0.
        found.push(index * step + 0.0);
        index += 1.0;
    }
    found
}

/// The ticks in one magnitude and with one number of decimals: "$0", "$20k", "$40k".
pub(super) fn tick_labels(ticks: &[f64], unit: &Unit) -> Vec<String> {
    let largest = ticks
        .iter()
        .fold(0.0_f64, |most, tick| most.max(tick.abs()));
    let (divisor, letter) = match largest {
        large if large >= 1e12 => (1e12, "T"),
        large if large >= 1e9 => (1e9, "B"),
        large if large >= 1e6 => (1e6, "M"),
        large if large >= 1e4 => (1e3, "k"),
        _ => (1.0, ""),
    };
    let decimals = decimals(ticks.iter().map(|tick| tick / divisor));
    ticks
        .iter()
        .map(|tick| {
            let size = tick.abs() / divisor;
            let zero = size < 0.5 * 0.1_f64.powi(decimals as i32);
            let sign = if *tick < 0.0 && !zero { "−" } else { "" };
            let (number, letter) = match zero {
                true => ("0".to_owned(), ""),
                false => (grouped(&format!("{size:.decimals$}")), letter),
            };
            format!("{sign}{}{number}{letter}{}", unit.prefix, unit.suffix)
        })
        .collect()
}

/// The fewest decimals that tell the ticks exactly.
fn decimals(ticks: impl Iterator<Item = f64> + Clone) -> usize {
    (0..9)
        .find(|decimals| {
            let power = 10_f64.powi(*decimals);
            ticks.clone().all(|tick| {
                let scaled = tick * power;
                (scaled - scaled.round()).abs() < 1e-6 * power.max(1.0).min(scaled.abs().max(1e-9))
            })
        })
        .map_or(9, |decimals| decimals as usize)
}

fn grouped(number: &str) -> String {
    let (whole, rest) = match number.find('.') {
        Some(point) => number.split_at(point),
        None => (number, ""),
    };
    let mut out = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::{Scale, extent, step, tick_labels, ticks};
    use crate::report::chart::Unit;

    fn labels(low: f64, high: f64) -> Vec<String> {
        let dollars = Unit {
            prefix: "$".to_owned(),
            suffix: String::new(),
        };
        tick_labels(&ticks((low, high), step(high - low, 4)), &dollars)
    }

    #[test]
    fn ticks_read_compactly_at_every_magnitude() {
        assert_eq!(labels(0.0, 60_000.0), ["$0", "$20k", "$40k", "$60k"]);
        assert_eq!(labels(0.0, 3.0e9)[1], "$1B");
        assert_eq!(labels(0.0, 1_000.0)[4], "$1,000");
        assert_eq!(labels(0.0, 0.03)[1], "$0.01");
        assert_eq!(
            labels(-20_000.0, 20_000.0),
            ["−$20k", "−$10k", "$0", "$10k", "$20k"]
        );
        assert_eq!(labels(0.0, 10_000.0)[1], "$2.5k");
    }

    #[test]
    fn no_number_leaves_the_axis() {
        let scale = Scale::new((0.0, 10.0), (100.0, 200.0));
        let places = [5.0, f64::NAN, 99.0, f64::NEG_INFINITY].map(|value| scale.at(value));
        assert_eq!(places.map(|place| place as i32), [150, 100, 200, 100]);
        assert_eq!(extent([f64::NAN, f64::INFINITY]), None);
    }
}
