//! Colours, patterns and text styles, named by what they mean.
//!
//! The palette steps in lightness as well as in hue (near the Okabe–Ito colours), and every use has
//! a second cue: a hatch, a dash pattern, a sign or a text. Nothing is laid out here.

use crate::render::chart::scene::{Align, Area, Colour, Ink, Scene};
use crate::render::chart::text::Face;

pub(super) const BLACK: Colour = Colour(0x1b, 0x24, 0x30);
pub(super) const MUTED: Colour = Colour(0x5b, 0x67, 0x75);
pub(super) const GRID: Colour = Colour(0xe6, 0xe9, 0xee);
pub(super) const AXIS: Colour = Colour(0x97, 0xa3, 0xb1);
pub(super) const WHITE: Colour = Colour(0xff, 0xff, 0xff);
/// A plain amount, a level.
pub(super) const PLAIN: Colour = Colour(0x1f, 0x4e, 0x79);
/// Good news: the amount moves the wanted way.
pub(super) const GOOD: Colour = Colour(0x1b, 0x86, 0x7c);
/// Bad news; always hatched as well.
pub(super) const BAD: Colour = Colour(0xc8, 0x5a, 0x1e);

pub(super) const TITLE: Ink = ink(Face::Semibold, 22.0, BLACK);
pub(super) const SUBTITLE: Ink = ink(Face::Regular, 13.5, MUTED);
pub(super) const FOOTNOTE: Ink = ink(Face::Regular, 10.5, MUTED);
pub(super) const TICK: Ink = ink(Face::Regular, 12.0, MUTED);
pub(super) const LABEL: Ink = ink(Face::Regular, 12.5, BLACK);
pub(super) const STRONG: Ink = ink(Face::Semibold, 12.5, BLACK);
pub(super) const QUIET: Ink = ink(Face::Regular, 12.5, MUTED);

const fn ink(face: Face, size: f64, colour: Colour) -> Ink {
    Ink { face, size, colour }
}

/// Fill of the `index`th component, and whether it is hatched.
fn component(index: usize) -> (Colour, bool) {
    const FILLS: [(Colour, bool); 7] = [
        (Colour(0x17, 0x3f, 0x68), false),
        (Colour(0x9f, 0xcb, 0xe8), false),
        (Colour(0x3f, 0x86, 0xbd), false),
        (Colour(0xf0, 0xb6, 0x4a), true),
        (Colour(0x1b, 0x86, 0x7c), false),
        (Colour(0xd5, 0xda, 0xe1), true),
        (Colour(0xb5, 0x4c, 0x22), false),
    ];
    FILLS[index % FILLS.len()]
}

/// Fills `area` as the `index`th component.
pub(super) fn fill_component(scene: &mut Scene, area: Area, index: usize) {
    let (colour, hatched) = component(index);
    scene.block(area, colour);
    if hatched {
        scene.hatch(area, 7.0, darker(colour));
    }
}

/// Writes `text` in the middle of a segment, on plain ground where the segment is hatched.
pub(super) fn label_component(scene: &mut Scene, area: Area, index: usize, text: &str) {
    let (colour, hatched) = component(index);
    let ink = LABEL.coloured(on(colour));
    let room = ink.width(text);
    if text.is_empty() || room + 10.0 > area.width {
        return;
    }
    let middle = (area.x + area.width / 2.0, area.y + area.height / 2.0);
    if hatched {
        let ground = Area {
            x: middle.0 - room / 2.0 - 3.0,
            y: middle.1 - 8.0,
            width: room + 6.0,
            height: 16.0,
        };
        scene.block(ground, colour);
    }
    scene.words_at_middle(text, middle, Align::Centre, ink);
}

/// Fills `area` as a plain amount that may be or may not be: hatched on pale ground.
pub(super) fn fill_possible(scene: &mut Scene, area: Area) {
    scene.block(area, Colour(0xd9, 0xe4, 0xee));
    scene.hatch(area, 6.0, PLAIN);
}

/// Fills `area` as good or bad news; bad news is hatched.
pub(super) fn fill_news(scene: &mut Scene, area: Area, good: bool) {
    if good {
        scene.block(area, GOOD);
    } else {
        scene.block(area, BAD);
        scene.hatch(area, 6.0, Colour(0xf3, 0xc9, 0xa8));
    }
}

/// Colour and dash pattern of the `index`th line.
pub(super) fn line(index: usize) -> (Colour, &'static [f64]) {
    const LINES: [(Colour, &[f64]); 7] = [
        (Colour(0x1b, 0x24, 0x30), &[]),
        (Colour(0x00, 0x72, 0xb2), &[]),
        (Colour(0xc8, 0x5a, 0x1e), &[9.0, 4.0]),
        (Colour(0x0a, 0x86, 0x64), &[2.5, 3.0]),
        (Colour(0xa8, 0x44, 0x7f), &[12.0, 3.5, 2.5, 3.5]),
        (Colour(0x86, 0x69, 0x10), &[5.0, 3.0]),
        (Colour(0x5b, 0x67, 0x75), &[16.0, 5.0]),
    ];
    LINES[index % LINES.len()]
}

/// The ink that reads best on `ground`.
fn on(ground: Colour) -> Colour {
    if ground.lightness() > 140.0 {
        BLACK
    } else {
        WHITE
    }
}

fn darker(Colour(red, green, blue): Colour) -> Colour {
    let shade = |part: u8| (u16::from(part) * 4 / 5) as u8;
    Colour(shade(red), shade(green), shade(blue))
}
