//! The range of a figure: what it may be while the uncertain leaves below it move between their ends, each at one
//! place everywhere.
//!
//! Where no leaf pulls two parts of a figure apart, each part goes to its own end and the range is exact. Else the
//! leaves that do are moved to their better ends one at a time, from both ends, until nothing improves, and every
//! other leaf stands at the end that suits it. A test compares this with all corners by brute force.
//!
//! A figure is a straight line, or bends one way alone, in every leaf, so that its extremes lie at corners.

use super::{Figure, Figures, Id, Rule, Span};
use crate::money::Number;

/// Which way a figure moves when a leaf or a part rises.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Direction {
    Up,
    Down,
    /// Either way, as the others lie.
    Mixed,
}

impl Direction {
    pub(super) const fn turned(self) -> Direction {
        match self {
            Direction::Up => Direction::Down,
            Direction::Down => Direction::Up,
            Direction::Mixed => Direction::Mixed,
        }
    }

    /// The way of a leaf that moves a part this way, which moves the figure the other way.
    fn then(self, other: Direction) -> Direction {
        match other {
            Direction::Up => self,
            Direction::Down => self.turned(),
            Direction::Mixed => Direction::Mixed,
        }
    }
}

/// The end of a range that is looked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum End {
    Low,
    High,
}

impl End {
    fn is_better(self, new: Number, old: Number) -> bool {
        match self {
            End::Low => new < old,
            End::High => new > old,
        }
    }

    /// The end of a leaf or part that moves the figure to this end.
    fn of(self, span: Span, direction: Direction) -> Number {
        match (self, direction) {
            (End::Low, Direction::Down) | (End::High, Direction::Up | Direction::Mixed) => {
                span.high
            }
            _ => span.low,
        }
    }
}

impl Figures {
    /// Sets the range of a figure that is not in the list yet, and how its leaves move it.
    pub(super) fn set_range(&self, figure: &mut Figure, known: &[Id]) {
        let ends: Vec<Span> = known
            .iter()
            .filter_map(|part| self.of(*part).span)
            .collect();
        let mut is_shared = false;
        for (at, part) in known.iter().enumerate() {
            let own = figure.rule.direction(at, &ends);
            for (leaf, direction) in &self.of(*part).leaves {
                let moved = direction.then(own);
                let all = figure.leaves.entry(*leaf).or_insert(moved);
                let met_before = known[..at]
                    .iter()
                    .any(|before| self.of(*before).leaves.contains_key(leaf));
                if met_before {
                    if *all != moved {
                        *all = Direction::Mixed;
                    }
                    is_shared |= *all == Direction::Mixed;
                }
            }
        }
        figure.is_joint = is_shared;
        let span = if is_shared {
            self.search(figure)
        } else {
            self.corners(figure, &ends)
        };
        match span {
            Some(span) => figure.span = Some(span),
            None => {
                figure.value = None;
                figure.missing.push(OUT_OF_REACH.to_owned());
            }
        }
    }

    /// The range where each part goes to its own end: at the corners of those that move it either way.
    fn corners(&self, figure: &Figure, ends: &[Span]) -> Option<Span> {
        let directions: Vec<Direction> = (0..ends.len())
            .map(|part| figure.rule.direction(part, ends))
            .collect();
        let mixed: Vec<usize> = (0..ends.len())
            .filter(|part| directions[*part] == Direction::Mixed)
            .collect();
        let by = ends.get(match figure.rule {
            Rule::Quotient => 1,
            Rule::Scaled => 2,
            _ => usize::MAX,
        });
        // What is divided by anything around nothing may be anything.
        if by.is_some_and(|by| by.low <= Number::ZERO && !by.high.is_negative()) {
            return None;
        }
        let best = |end: End| -> Option<Number> {
            let mut best: Option<Number> = None;
            for corner in 0_u32..1 << mixed.len() {
                let mut parts: Vec<Number> = ends
                    .iter()
                    .zip(&directions)
                    .map(|(span, direction)| end.of(*span, *direction))
                    .collect();
                for (bit, part) in mixed.iter().enumerate() {
                    parts[*part] = match corner >> bit & 1 {
                        0 => ends[*part].low,
                        _ => ends[*part].high,
                    };
                }
                let value = figure.rule.at(&parts, figure.unit.places()).ok()?;
                if best.is_none_or(|best| end.is_better(value, best)) {
                    best = Some(value);
                }
            }
            best
        };
        Some(Span::between(best(End::Low)?, best(End::High)?))
    }

    /// The range of a figure of which leaves pull two parts apart.
    fn search(&self, figure: &Figure) -> Option<Span> {
        let mut search = Search::of(self, figure);
        Some(Span::between(
            search.best(End::Low)?,
            search.best(End::High)?,
        ))
    }

    /// The figures below some, in their order.
    pub(super) fn below(&self, parts: &[Id]) -> Vec<usize> {
        let mut needed = vec![false; self.list.len()];
        for part in parts {
            needed[part.0 as usize] = true;
        }
        for at in (0..self.list.len()).rev() {
            if needed[at] {
                for part in &self.list[at].parts {
                    needed[part.0 as usize] = true;
                }
            }
        }
        (0..needed.len()).filter(|at| needed[*at]).collect()
    }
}

const OUT_OF_REACH: &str = "it cannot be computed over the whole range of what it rests on";

/// A figure that is computed again and again with its leaves at other ends. Only what a moved leaf moves is computed
/// again.
struct Search<'a> {
    figures: &'a Figures,
    figure: &'a Figure,
    /// The figures below that any uncertain leaf moves, in their order.
    moving: Vec<usize>,
    /// The leaves that move it either way, each with the figures that it moves.
    mixed: Vec<(Id, Vec<usize>)>,
    values: Vec<Option<Number>>,
    parts: Vec<Number>,
}

impl<'a> Search<'a> {
    fn of(figures: &'a Figures, figure: &'a Figure) -> Search<'a> {
        let mut moving = figures.below(&figure.parts);
        moving.retain(|at| !figures.list[*at].leaves.is_empty());
        let mixed = figure
            .leaves
            .iter()
            .filter(|(_, direction)| **direction == Direction::Mixed)
            .map(|(leaf, _)| {
                let moves = |at: &usize| figures.list[*at].leaves.contains_key(leaf);
                (*leaf, moving.iter().copied().filter(moves).collect())
            })
            .collect();
        Search {
            figures,
            figure,
            moving,
            mixed,
            values: figures.list.iter().map(|one| one.value).collect(),
            parts: Vec::new(),
        }
    }

    /// The figure as its leaves lie now, after these below it were moved.
    fn value(&mut self, moved: &[usize]) -> Option<Number> {
        for at in moved {
            self.figures.compute(*at, &mut self.values, &mut self.parts);
        }
        self.parts.clear();
        let parts = self.figure.parts.iter();
        self.parts
            .extend(parts.filter_map(|part| self.values[part.0 as usize]));
        self.figure
            .rule
            .at(&self.parts, self.figure.unit.places())
            .ok()
    }

    fn ends(&self, leaf: Id) -> Span {
        self.figures.of(leaf).span.unwrap_or(Span::ZERO)
    }

    fn best(&mut self, end: End) -> Option<Number> {
        for (leaf, direction) in &self.figure.leaves {
            self.values[leaf.0 as usize] = Some(end.of(self.ends(*leaf), *direction));
        }
        let mixed = std::mem::take(&mut self.mixed);
        let moving = std::mem::take(&mut self.moving);
        let mut best: Option<Number> = None;
        for start in [End::Low, End::High] {
            for (leaf, _) in &mixed {
                self.values[leaf.0 as usize] = Some(start.of(self.ends(*leaf), Direction::Up));
            }
            let mut own = self.value(&moving)?;
            loop {
                let mut is_better = false;
                for (leaf, moved) in &mixed {
                    let new = self.turn(*leaf, moved)?;
                    if end.is_better(new, own) {
                        own = new;
                        is_better = true;
                    } else {
                        self.turn(*leaf, moved)?;
                    }
                }
                if !is_better {
                    break;
                }
            }
            if best.is_none_or(|best| end.is_better(own, best)) {
                best = Some(own);
            }
        }
        self.mixed = mixed;
        self.moving = moving;
        best
    }

    /// The figure with a leaf at its other end.
    fn turn(&mut self, leaf: Id, moved: &[usize]) -> Option<Number> {
        let (at, span) = (leaf.0 as usize, self.ends(leaf));
        let is_low = self.values[at] == Some(span.low);
        self.values[at] = Some(if is_low { span.high } else { span.low });
        self.value(moved)
    }
}
