//! `Rule`: what a figure makes of its parts.

use super::range::Direction;
use super::span::Span;
use crate::money::{MoneyError, Number};

/// How a figure comes from its parts. Money is rounded to its minor unit once, where a rule does not say "exact".
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Rule {
    /// A leaf: nothing here computes it.
    Given,
    /// A price that is a range, at the place of its one part between 0 and 1.
    Placed(Span),
    Sum,
    /// The first less the second.
    Difference,
    Negative,
    Product,
    /// Not rounded yet.
    ExactProduct,
    Quotient,
    /// The first times the second, divided by the third.
    Scaled,
    /// One whole less the parts multiplied.
    Complement,
    /// One plus the first, multiplied by itself as often as the second says.
    Compound,
    /// The parts multiplied, rounded to a whole number.
    Whole,
    /// Between the first and the second, at the place of the third between 0 and 1.
    Between,
    /// The first less the second as a share of it.
    LessShare,
    /// The first less the third as a share of the second, and never below nothing.
    Rest,
}

impl Rule {
    /// What the rule makes of numbers, rounded to so many places.
    ///
    /// # Errors
    /// `TooLarge`, `DivisionByZero`.
    pub(super) fn at(self, parts: &[Number], places: Option<u32>) -> Result<Number, MoneyError> {
        let round = |number: Number| places.map_or(number, |places| number.rounded(places));
        let product = || {
            let mut all = parts.iter();
            all.try_fold(Number::ONE, |product, part| product.times(*part))
        };
        let sum = || {
            let mut all = parts.iter();
            all.try_fold(Number::ZERO, |sum, part| sum.plus(*part))
        };
        Ok(match (self, parts) {
            (Rule::Placed(ends), [place]) => {
                let width = ends.high.minus(ends.low)?;
                round(ends.low.plus(width.times(*place)?)?)
            }
            (Rule::Sum, _) => round(sum()?),
            (Rule::Difference, [one, other]) => round(one.minus(*other)?),
            (Rule::Negative, [one]) => Number::ZERO.minus(*one)?,
            (Rule::Product, _) => round(product()?),
            (Rule::ExactProduct, _) => product()?,
            (Rule::Quotient, [one, by]) => round(one.divided_by(*by)?),
            (Rule::Scaled, [one, by, over]) => round(one.times(*by)?.divided_by(*over)?),
            (Rule::Complement, _) => Number::ONE.minus(product()?)?,
            (Rule::Compound, [rate, times]) => {
                let times = times.ceiling().and_then(|times| u32::try_from(times).ok());
                Number::ONE
                    .plus(*rate)?
                    .power(times.ok_or(MoneyError::TooLarge)?)?
            }
            (Rule::Whole, _) => product()?.rounded(0),
            (Rule::Between, [one, other, place]) => {
                round(one.plus(other.minus(*one)?.times(*place)?)?)
            }
            (Rule::LessShare, [whole, share]) => whole.minus(round(whole.times(*share)?))?,
            (Rule::Rest, [whole, part, share]) => {
                whole.minus(round(part.times(*share)?))?.max(Number::ZERO)
            }
            // A leaf has its value, and every other rule has its parts.
            _ => Number::ZERO,
        })
    }

    /// Which way a figure moves with one of its parts, while the others stay within their ends.
    pub(super) fn direction(self, part: usize, ends: &[Span]) -> Direction {
        let others = |known: fn(&Span) -> bool| {
            let mut others = ends.iter().enumerate().filter(|(at, _)| *at != part);
            others.all(|(_, span)| known(span))
        };
        let by_sign = || {
            if others(|span| !span.low.is_negative()) {
                Direction::Up
            } else if ends.len() == 2 && others(|span| span.high <= Number::ZERO) {
                Direction::Down
            } else {
                Direction::Mixed
            }
        };
        match (self, part) {
            (Rule::Negative | Rule::Complement, _) | (Rule::Difference | Rule::LessShare, 1) => {
                Direction::Down
            }
            (Rule::Rest, 1 | 2) => Direction::Down,
            (Rule::Product | Rule::ExactProduct | Rule::Whole, _)
            | (Rule::Quotient | Rule::Scaled, 0)
            | (Rule::Scaled, 1) => by_sign(),
            (Rule::Quotient | Rule::Scaled, _) => by_sign().turned(),
            // Between two numbers of which either may be the greater, either end may be the extreme.
            (Rule::Between, 2) => match ends {
                [one, other, _] if one.high <= other.low => Direction::Up,
                [one, other, _] if other.high <= one.low => Direction::Down,
                _ => Direction::Mixed,
            },
            _ => Direction::Up,
        }
    }
}
