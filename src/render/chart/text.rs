//! The font that the program carries, and how wide a text is in it.
//!
//! Measuring, wrapping and shortening live here, so that no chart guesses; so does turning a text
//! into pixels, because plotters' own glyph placement drops each glyph's left side bearing.
//! Where a text stands is the charts' business.

use std::borrow::Cow;
use std::sync::LazyLock;

use ab_glyph::{Font, FontRef, Glyph, PxScale, point};

use super::scene::Ink;
use crate::safe::xml::shown as safe;

/// Height of a capital and depth of a descender, as shares of the font size.
pub(super) const CAPITAL: f64 = 0.727;
pub(super) const DESCENT: f64 = 0.21;
/// Font families for the SVG; those after the first are narrower, so the layout holds without it.
pub(super) const FAMILIES: &str =
    "Inter, Roboto, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Face {
    Regular,
    Semibold,
}

type Loaded = Option<FontRef<'static>>;

static REGULAR: LazyLock<Loaded> = LazyLock::new(|| {
    FontRef::try_from_slice(include_bytes!("../../../data/fonts/Inter-Regular.otf")).ok()
});
static SEMIBOLD: LazyLock<Loaded> = LazyLock::new(|| {
    FontRef::try_from_slice(include_bytes!("../../../data/fonts/Inter-SemiBold.otf")).ok()
});

fn font(face: Face) -> Option<&'static FontRef<'static>> {
    match face {
        Face::Regular => REGULAR.as_ref(),
        Face::Semibold => SEMIBOLD.as_ref(),
    }
}

fn units_per_em(font: &FontRef<'_>) -> f32 {
    font.units_per_em().unwrap_or(1000.0)
}

/// Width of `text` in logical pixels.
pub(super) fn width(text: &str, face: Face, size: f64) -> f64 {
    match font(face) {
        Some(font) => {
            let units: f32 = safe(text)
                .chars()
                .map(|letter| font.h_advance_unscaled(font.glyph_id(letter)))
                .sum();
            f64::from(units / units_per_em(font)) * size
        }
        // A test proves that both faces load; this keeps the layout sane all the same.
        None => text.chars().count() as f64 * size * 0.6,
    }
}

/// Calls `dot(x, y, coverage)` for each pixel of `text`, from `x` on with its baseline on `y`.
pub(super) fn rasterise(
    text: &str,
    face: Face,
    size: f64,
    (x, y): (f32, f32),
    mut dot: impl FnMut(i32, i32, f64),
) {
    let Some(font) = font(face) else { return };
    let em = units_per_em(font);
    // ab_glyph scales by the height of a line, everyone else by the em.
    let scale = PxScale::from(size as f32 * font.height_unscaled() / em);
    let mut pen = x;
    for letter in text.chars() {
        let id = font.glyph_id(letter);
        let glyph: Glyph = id.with_scale_and_position(scale, point(pen, y));
        if let Some(outline) = font.outline_glyph(glyph) {
            let bounds = outline.px_bounds();
            let (left, top) = (bounds.min.x as i32, bounds.min.y as i32);
            outline.draw(|column, row, coverage| {
                dot(
                    left + column as i32,
                    top + row as i32,
                    f64::from(coverage.clamp(0.0, 1.0)),
                );
            });
        }
        pen += font.h_advance_unscaled(id) / em * size as f32;
    }
}

/// `text`, or as much of its beginning as fits with an ellipsis.
pub(super) fn shortened(text: &str, face: Face, size: f64, room: f64) -> String {
    let text = &*shown(text);
    if width(text, face, size) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    for letter in text.chars() {
        let mut longer = kept.clone();
        longer.push(letter);
        if width(&longer, face, size) + width("…", face, size) > room {
            break;
        }
        kept = longer;
    }
    format!("{}…", kept.trim_end())
}

/// No name has more lines than this: its first 300 letters or so tell it from any other.
const MOST_LINES: usize = 8;
/// So many letters are looked at: more find no place anywhere.
const MOST_LETTERS: usize = 2000;

/// A name in as many lines as it takes, no wider than `room`.
pub(super) fn whole(text: &str, ink: Ink, room: f64) -> Vec<String> {
    wrapped(text, ink.face, ink.size, room, MOST_LINES)
}

/// The text, safe to show, as far as anything could be shown of it.
fn shown(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(MOST_LETTERS) {
        Some((end, _)) => Cow::Owned(format!("{}…", safe(&text[..end]))),
        None => safe(text),
    }
}

/// Cut into pieces no wider than `room`, which one piece at the least is.
fn cut(piece: &str, fits: impl Fn(&str) -> bool) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = piece;
    while !fits(rest) {
        let ends = rest.char_indices().skip(1).map(|(end, _)| end);
        let Some(end) = ends.take_while(|&end| fits(&rest[..end])).last() else {
            break;
        };
        pieces.push(&rest[..end]);
        rest = &rest[end..];
    }
    pieces.push(rest);
    pieces
}

/// `text` in lines no wider than `room`; what `most` lines cannot hold ends in an ellipsis.
pub(super) fn wrapped(text: &str, face: Face, size: f64, room: f64, most: usize) -> Vec<String> {
    let text = &*shown(text);
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let fits = |text: &str| width(text, face, size) <= room;
    // Words are broken at hyphens, where they are too long for a line of their own, and then between letters.
    let pieces = text.split_whitespace().flat_map(|word| {
        let long: Vec<&str> = if fits(word) {
            vec![word]
        } else {
            word.split_inclusive('-')
                .flat_map(|piece| cut(piece, fits))
                .collect()
        };
        let joint = |place: usize| if place == 0 { " " } else { "" };
        long.into_iter()
            .enumerate()
            .map(move |(place, piece)| (joint(place), piece))
    });
    for (joint, piece) in pieces {
        let joint = if line.is_empty() { "" } else { joint };
        let longer = format!("{line}{joint}{piece}");
        // The last line takes all the rest, to be shortened below.
        if line.is_empty() || fits(&longer) || lines.len() + 1 >= most {
            line = longer;
        } else {
            lines.push(std::mem::replace(&mut line, piece.to_owned()));
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
        .iter()
        .map(|line| shortened(line, face, size, room))
        .collect()
}

/// Like [`wrapped`], in lines of about one length.
pub(super) fn balanced(text: &str, face: Face, size: f64, room: f64, most: usize) -> Vec<String> {
    let greedy = wrapped(text, face, size, room, most);
    let mut best = greedy.clone();
    let mut narrower = room - 6.0;
    while narrower > 40.0 {
        let lines = wrapped(text, face, size, narrower, most);
        let cut = |lines: &[String]| lines.iter().filter(|line| line.ends_with('…')).count();
        if lines.len() != greedy.len() || cut(&lines) != cut(&greedy) {
            break;
        }
        best = lines;
        narrower -= 6.0;
    }
    best
}

#[cfg(test)]
mod tests {
    use super::{Face, font, shortened, width, wrapped};
    use ab_glyph::Font;

    #[test]
    fn both_faces_load_and_hold_the_signs_of_finance() {
        for face in [Face::Regular, Face::Semibold] {
            let font = font(face).expect("the font is compiled in");
            for sign in "$€£¥–—…−×·≥≤≈→▲▼%ÄßøŁşțŽ".chars() {
                assert_ne!(font.glyph_id(sign).0, 0, "{sign} is missing");
            }
        }
    }

    #[test]
    fn long_words_end_in_an_ellipsis_inside_the_room() {
        let short = shortened("Confluence Data Center", Face::Regular, 12.0, 80.0);
        assert!(short.ends_with('…'));
        assert!(width(&short, Face::Regular, 12.0) <= 80.0);
    }

    #[test]
    fn lines_stop_at_the_most() {
        let lines = wrapped("one two three four five six", Face::Regular, 12.0, 60.0, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines[1].ends_with('…'));
    }
}
