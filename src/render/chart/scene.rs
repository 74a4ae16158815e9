//! A scene: the marks of one chart in logical pixels, laid out but not yet drawn.
//!
//! Each chart turns its data into a scene; `paint` turns a scene into a picture. So PNG and SVG
//! share one layout, and a test can ask whether two texts overlap without looking at pixels.
//! No business figure and no backend belongs here.

use crate::render::chart::text::{self, Face};
use crate::safe::xml::shown;

/// Width of every chart; the height may grow with the rows.
pub(super) const WIDTH: f64 = 960.0;
/// Height of a chart whose rows fit.
pub(super) const HEIGHT: f64 = 540.0;

pub(super) type Place = (f64, f64);

/// Red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Colour(pub(super) u8, pub(super) u8, pub(super) u8);

impl Colour {
    /// Perceived lightness from 0 to 255, to choose the ink on top.
    pub(super) fn lightness(self) -> f64 {
        0.299 * f64::from(self.0) + 0.587 * f64::from(self.1) + 0.114 * f64::from(self.2)
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Area {
    pub(super) fn right(&self) -> f64 {
        self.x + self.width
    }

    pub(super) fn bottom(&self) -> f64 {
        self.y + self.height
    }

    pub(super) fn grown(&self, by: f64) -> Area {
        Area {
            x: self.x - by,
            y: self.y - by,
            width: self.width + 2.0 * by,
            height: self.height + 2.0 * by,
        }
    }

    /// The place inside that is nearest to `point`.
    pub(super) fn nearest(&self, point: Place) -> Place {
        (
            point.0.max(self.x).min(self.right()),
            point.1.max(self.y).min(self.bottom()),
        )
    }

    pub(super) fn overlaps(&self, other: &Area) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.bottom()
            && other.y < self.bottom()
    }

    pub(super) fn holds(&self, other: &Area) -> bool {
        other.x >= self.x
            && other.y >= self.y
            && other.right() <= self.right()
            && other.bottom() <= self.bottom()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Centre,
    Right,
}

/// How a text looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ink {
    pub(super) face: Face,
    pub(super) size: f64,
    pub(super) colour: Colour,
}

impl Ink {
    pub(super) fn width(&self, words: &str) -> f64 {
        text::width(words, self.face, self.size)
    }

    /// From the baseline of one line to that of the next.
    pub(super) fn leading(&self) -> f64 {
        self.size * 1.25
    }

    pub(super) fn coloured(self, colour: Colour) -> Ink {
        Ink { colour, ..self }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Mark {
    Block {
        area: Area,
        colour: Colour,
    },
    Stroke {
        points: Vec<Place>,
        width: f64,
        colour: Colour,
    },
    Shade {
        points: Vec<Place>,
        colour: Colour,
        opacity: f64,
    },
    Dot {
        at: Place,
        radius: f64,
        colour: Colour,
    },
    Words {
        text: String,
        at: Place,
        align: Align,
        ink: Ink,
    },
}

impl Mark {
    /// The box of a text, from the top of its capitals to the foot of its descenders.
    pub(super) fn words_area(&self) -> Option<Area> {
        let Mark::Words {
            text,
            at,
            align,
            ink,
        } = self
        else {
            return None;
        };
        let width = ink.width(text);
        let x = match align {
            Align::Left => at.0,
            Align::Centre => at.0 - width / 2.0,
            Align::Right => at.0 - width,
        };
        Some(Area {
            x,
            y: at.1 - ink.size * text::CAPITAL,
            width,
            height: ink.size * (text::CAPITAL + text::DESCENT),
        })
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scene {
    pub(super) title: String,
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) marks: Vec<Mark>,
}

impl Scene {
    pub(super) fn block(&mut self, area: Area, colour: Colour) {
        if area.width > 0.0 && area.height > 0.0 {
            self.marks.push(Mark::Block { area, colour });
        }
    }

    pub(super) fn stroke(&mut self, points: Vec<Place>, width: f64, colour: Colour) {
        if points.len() > 1 {
            self.marks.push(Mark::Stroke {
                points,
                width,
                colour,
            });
        }
    }

    pub(super) fn line(&mut self, from: Place, to: Place, width: f64, colour: Colour) {
        self.stroke(vec![from, to], width, colour);
    }

    /// A line in dashes: `pattern` holds lengths of ink and gap in turn, and is empty for a solid line.
    pub(super) fn dashed(&mut self, points: &[Place], pattern: &[f64], width: f64, colour: Colour) {
        if pattern.is_empty() {
            self.stroke(points.to_vec(), width, colour);
            return;
        }
        for piece in dashes(points, pattern) {
            self.stroke(piece, width, colour);
        }
    }

    pub(super) fn shade(&mut self, points: Vec<Place>, colour: Colour, opacity: f64) {
        if points.len() > 2 {
            self.marks.push(Mark::Shade {
                points,
                colour,
                opacity,
            });
        }
    }

    pub(super) fn dot(&mut self, at: Place, radius: f64, colour: Colour) {
        self.marks.push(Mark::Dot { at, radius, colour });
    }

    /// Text on a baseline.
    pub(super) fn words(&mut self, text: &str, at: Place, align: Align, ink: Ink) {
        if !text.is_empty() {
            self.marks.push(Mark::Words {
                text: shown(text).into_owned(),
                at,
                align,
                ink,
            });
        }
    }

    /// Text whose capitals are centred on `y`.
    pub(super) fn words_at_middle(&mut self, text: &str, (x, y): Place, align: Align, ink: Ink) {
        self.words(text, (x, y + ink.size * text::CAPITAL / 2.0), align, ink);
    }

    /// The same on white, so that no gridline runs through the letters.
    pub(super) fn clear_words_at_middle(&mut self, text: &str, at: Place, align: Align, ink: Ink) {
        let before = self.marks.len();
        self.words_at_middle(text, at, align, ink);
        if let Some(area) = self.marks.get(before).and_then(Mark::words_area) {
            let ground = Mark::Block {
                area: area.grown(2.0),
                colour: Colour(255, 255, 255),
            };
            self.marks.insert(before, ground);
        }
    }

    /// Lines of text, centred together on `y`.
    pub(super) fn lines_at_middle(
        &mut self,
        lines: &[String],
        (x, y): Place,
        align: Align,
        ink: Ink,
    ) {
        let mut middle = y - ink.leading() * (lines.len() as f64 - 1.0) / 2.0;
        for line in lines {
            self.words_at_middle(line, (x, middle), align, ink);
            middle += ink.leading();
        }
    }

    /// Diagonal strokes inside `area`: the cue that works without colour.
    pub(super) fn hatch(&mut self, area: Area, gap: f64, colour: Colour) {
        // A stroke follows x + y = c; c walks over the area and each stroke is cut at its edges.
        let last = area.right() + area.bottom();
        let mut sum = ((area.x + area.y) / gap).ceil() * gap;
        while sum < last && area.width > 1.0 {
            let left = (sum - area.bottom()).max(area.x);
            let right = (sum - area.y).min(area.right());
            // The ends of a stroke have a width, too, which must not stick out.
            let (left, right) = (left + 0.5, right - 0.5);
            if right - left > 0.5 {
                self.line((left, sum - left), (right, sum - right), 1.0, colour);
            }
            sum += gap;
        }
    }

    /// A line with end stops from `low` to `high`, and a dot at `value`.
    pub(super) fn whisker(&mut self, (low, value, high): (f64, f64, f64), y: f64, colour: Colour) {
        let stop = 3.5;
        self.line((low, y), (high, y), 1.5, colour);
        for x in [low, high] {
            self.line((x, y - stop), (x, y + stop), 1.5, colour);
        }
        self.dot((value, y), 3.0, colour);
    }
}

fn dashes(points: &[Place], pattern: &[f64]) -> Vec<Vec<Place>> {
    let mut pieces = Vec::new();
    let mut piece: Vec<Place> = Vec::new();
    let (mut turn, mut left) = (0, pattern[0]);
    for pair in points.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let length = (to.0 - from.0).hypot(to.1 - from.1);
        let mut done = 0.0;
        while length - done > 1e-6 {
            let at = |along: f64| {
                let share = along / length;
                (
                    from.0 + (to.0 - from.0) * share,
                    from.1 + (to.1 - from.1) * share,
                )
            };
            let go = left.min(length - done);
            if turn % 2 == 0 {
                if piece.is_empty() {
                    piece.push(at(done));
                }
                piece.push(at(done + go));
            }
            done += go;
            left -= go;
            if left <= 1e-6 {
                turn = (turn + 1) % pattern.len();
                left = pattern[turn].max(0.5);
                if !piece.is_empty() {
                    pieces.push(std::mem::take(&mut piece));
                }
            }
        }
    }
    if !piece.is_empty() {
        pieces.push(piece);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::dashes;

    #[test]
    fn dashes_cover_the_line_in_turn() {
        let pieces = dashes(&[(0.0, 0.0), (10.0, 0.0)], &[4.0, 2.0]);
        assert_eq!(
            pieces,
            [vec![(0.0, 0.0), (4.0, 0.0)], vec![(6.0, 0.0), (10.0, 0.0)]]
        );
    }
}
