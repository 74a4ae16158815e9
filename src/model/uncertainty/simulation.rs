//! Simulation: many draws of everything that is uncertain, from a seed, so that it repeats.
//!
//! Each assumption and each price is drawn by itself from a triangle: low, its value (a price: the middle), high. The
//! measure is the first year's net against manual work.

use oorandom::Rand64;
use serde::Serialize;

use crate::figures::Id;
use crate::model::alternative::Alternative;
use crate::model::alternatives::describe::Context;
use crate::model::assumptions::assumption::{Assumption, Values};
use crate::model::basis::Basis;
use crate::model::span::Span;
use crate::model::years::Years;
use crate::model::years::position::{Positions, Priced};
use crate::money::{Currency, Money, MoneyError, Number};
use crate::parallel;

/// Draws are made to a millionth.
const GRAIN: u64 = 1_000_000;

/// Draws whose chances are in memory at once, and those that one processor works on before it takes more.
const AT_ONCE: u64 = 1 << 14;
const STRETCH: usize = 256;

/// What is asked for: so many draws from a seed, at least one.
pub(crate) struct Draws<'w> {
    pub(crate) count: u64,
    pub(crate) seed: u64,
    /// Told how many are done, every now and then: a million take many seconds.
    pub(crate) told: &'w mut dyn FnMut(u64),
}

/// What the draws say of one alternative.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Spread {
    pub(crate) alternative: Alternative,
    pub(crate) label: &'static str,
    /// The net of which a tenth, half, and nine tenths of the draws are at or below.
    pub(crate) p10: Money,
    pub(crate) p50: Money,
    pub(crate) p90: Money,
    /// In how many draws it was the cheapest alternative; `None` while a severe check holds.
    pub(crate) cheapest_in: Option<u64>,
    /// In how many draws it saved something against manual work.
    pub(crate) saves_in: u64,
    /// What of the cost that it avoids has no price and is in no net: each would add to it.
    pub(crate) missing: Vec<String>,
    pub(crate) basis: Basis,
    pub(crate) source: String,
}

/// A whole simulation.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Simulation {
    pub(crate) draws: u64,
    pub(crate) seed: u64,
    pub(crate) spreads: Vec<Spread>,
    /// Alternatives without a price take no part.
    pub(crate) left_out: Vec<Alternative>,
}

impl Simulation {
    /// What has no price in any of the alternatives that take part, each reason named once.
    pub(crate) fn missing(&self) -> Vec<&str> {
        let mut all: Vec<&str> = Vec::new();
        for reason in self.spreads.iter().flat_map(|one| &one.missing) {
            if !all.contains(&reason.as_str()) {
                all.push(reason);
            }
        }
        all
    }

    /// Draws.
    ///
    /// # Errors
    /// `TooLarge`.
    pub(crate) fn run(
        context: &Context<'_>,
        Draws { count, seed, told }: Draws<'_>,
    ) -> Result<Simulation, MoneyError> {
        let draws = count.max(1);
        let mut chance = Rand64::new(u128::from(seed));
        let mut taking_part = Vec::new();
        let mut lacking = Vec::new();
        let mut left_out = Vec::new();
        let years = Years::first(context.inputs, context.values);
        let mut net_figures = Vec::new();
        for one in &years.alternatives {
            let net = years.figures.of(one.sums.net);
            if net.span().is_some() {
                taking_part.push((one.alternative, Vec::new(), 0));
                lacking.push(net.missing().to_vec());
                net_figures.push(one.sums.net);
            } else {
                left_out.push(one.alternative);
            }
        }
        let each = context.assumptions.list().len() + Priced::ALL.len();
        let mut left = draws;
        while left > 0 {
            let now = left.min(AT_ONCE);
            left -= now;
            // Chance comes in one row, whoever works on it: what is drawn does not depend on the processors.
            let chances: Vec<Chance> = (0..now as usize * each)
                .map(|_| Chance::next(&mut chance))
                .collect();
            let stretches: Vec<&[Chance]> = chances.chunks(each * STRETCH).collect();
            let found = parallel::each(&stretches, |stretch| {
                nets(context, &years, &net_figures, stretch.chunks(each))
            });
            for one in found {
                for draw in one? {
                    // The first of equally good ones wins.
                    let known = draw.iter().enumerate();
                    let known = known.filter_map(|(place, net)| Some((place, (*net)?)));
                    let best = known.reduce(|best, one| if one.1 > best.1 { one } else { best });
                    for ((_, nets, _), net) in taking_part.iter_mut().zip(&draw) {
                        nets.extend(*net);
                    }
                    if let Some((_, _, wins)) =
                        best.and_then(|(place, _)| taking_part.get_mut(place))
                    {
                        *wins += 1;
                    }
                }
            }
            told(draws - left);
        }
        let source = format!(
            "{draws} draws with seed {seed}, triangular between the low and high of each assumption (assumptions.csv) and of \
             each price and bill (alternatives.csv)"
        );
        let spreads = taking_part
            .into_iter()
            .zip(lacking)
            .map(|((alternative, nets, wins), missing)| Spread {
                missing,
                ..spread(alternative, nets, wins, context.inputs.currency, &source)
            })
            .collect();
        Ok(Simulation {
            draws,
            seed,
            spreads,
            left_out,
        })
    }
}

fn spread(
    alternative: Alternative,
    mut nets: Vec<Number>,
    cheapest_in: u64,
    currency: Currency,
    source: &str,
) -> Spread {
    nets.sort_unstable();
    // The nearest rank: the smallest net that so many hundredths of the draws are at or below.
    let at = |percent: usize| {
        let rank = (nets.len() * percent).div_ceil(100).max(1);
        let net = nets.get(rank - 1).copied().unwrap_or(Number::ZERO);
        Money::new(net, currency)
    };
    Spread {
        alternative,
        label: alternative.label(),
        p10: at(10),
        p50: at(50),
        p90: at(90),
        cheapest_in: Some(cheapest_in),
        saves_in: nets.iter().filter(|net| **net > Number::ZERO).count() as u64,
        missing: Vec::new(),
        basis: Basis::Assumed,
        source: source.to_owned(),
    }
}

/// Two even draws, of which a triangular one is made.
#[derive(Clone, Copy)]
struct Chance {
    side: u64,
    rise: u64,
}

impl Chance {
    fn next(chance: &mut Rand64) -> Chance {
        let mut even = || chance.rand_range(0..GRAIN + 1);
        Chance {
            side: even(),
            rise: even().max(even()),
        }
    }

    /// A draw from a triangle without a square root: the greater of two even draws rises like one side of it.
    fn triangular(self, low: Number, mode: Number, high: Number) -> Result<Number, MoneyError> {
        if low == high {
            return Ok(low);
        }
        let share = |part: Number| part.times(self.rise)?.divided_by(GRAIN);
        let left = mode.minus(low)?;
        let width = high.minus(low)?;
        let is_left = width.times(self.side)? < left.times(GRAIN)?;
        let drawn = if is_left {
            low.plus(share(left)?)?
        } else {
            high.minus(share(high.minus(mode)?)?)?
        };
        Ok(drawn.rounded(6))
    }
}

/// The net of each alternative in each of some draws: the list of figures computed again with other leaves.
fn nets<'a>(
    context: &Context<'_>,
    years: &Years,
    nets: &[Id],
    draws: impl Iterator<Item = &'a [Chance]>,
) -> Result<Vec<Vec<Option<Number>>>, MoneyError> {
    let mut computed = Vec::new();
    let mut one = |chances: &[Chance]| {
        let (values, positions) = draw(context, chances)?;
        let moved = years.moved(context.inputs, &values, &positions);
        years.figures.again(&moved, &mut computed);
        Ok(nets.iter().map(|net| net.among(&computed)).collect())
    };
    draws.map(&mut one).collect()
}

fn draw(context: &Context<'_>, chances: &[Chance]) -> Result<(Values, Positions), MoneyError> {
    let mut chances = chances.iter().copied();
    // There are as many as are taken.
    let mut next = || chances.next().unwrap_or(Chance { side: 0, rise: 0 });
    let mut values = context.assumptions.central();
    for Assumption {
        name,
        low,
        value,
        high,
        ..
    } in context.assumptions.list()
    {
        let drawn = next().triangular(*low, *value, *high)?;
        values = values.with(*name, Span::point(drawn));
    }
    let mut positions = Positions::middle()?;
    let half = Number::ONE.divided_by(2_u64)?;
    for priced in Priced::ALL {
        let place = next().triangular(Number::ZERO, half, Number::ONE)?;
        positions = positions.with(priced, place);
    }
    Ok((values, positions))
}

#[cfg(test)]
mod tests {
    use oorandom::Rand64;

    use super::{AT_ONCE, Chance, Draws, Simulation};
    use crate::model::alternative::Alternative;
    use crate::model::fixtures::{Case, number, organisation};

    #[test]
    fn the_same_seed_gives_the_same_draws_and_another_does_not() {
        let case = Case::of(organisation());
        let run = |seed| {
            let (count, told) = (200, &mut |_| ());
            Simulation::run(&case.context(), Draws { count, seed, told }).unwrap()
        };
        assert_eq!(run(7), run(7));
        assert_ne!(run(7), run(8));
        let found = run(7);
        assert_eq!(found.left_out, [Alternative::ThirdParty]);
        let wins: u64 = found.spreads.iter().filter_map(|one| one.cheapest_in).sum();
        assert_eq!(wins, 200);
        for one in &found.spreads {
            assert!(one.p10.amount() <= one.p50.amount() && one.p50.amount() <= one.p90.amount());
        }
        // Manual work is what the others are held against.
        assert!(found.spreads[0].p90.is_zero() && found.spreads[0].cheapest_in > Some(150));
    }

    #[test]
    fn draws_that_are_done_are_told_up_to_the_last() {
        let mut done = Vec::new();
        let (count, seed) = (AT_ONCE + 10, 1);
        let told = &mut |draws| done.push(draws);
        let draws = Draws { count, seed, told };
        Simulation::run(&Case::of(organisation()).context(), draws).unwrap();
        assert_eq!(done, [AT_ONCE, AT_ONCE + 10]);
    }

    #[test]
    fn a_triangle_stays_inside_and_has_its_mean() {
        // (0 + 1 + 5) ÷ 3 = 2
        let mut chance = Rand64::new(1);
        let mut sum = number("0");
        for _ in 0..4_000 {
            let one = Chance::next(&mut chance);
            let one = one
                .triangular(number("0"), number("1"), number("5"))
                .unwrap();
            assert!(one >= number("0") && one <= number("5"));
            sum = sum.plus(one).unwrap();
        }
        let mean = sum.divided_by(4_000_u64).unwrap();
        assert!(mean > number("1.93") && mean < number("2.07"), "{mean:?}");
        let fixed = Chance::next(&mut chance);
        let fixed = fixed
            .triangular(number("3"), number("3"), number("3"))
            .unwrap();
        assert_eq!(fixed, number("3"));
    }
}
