//! Colours, patterns and text styles, named by what they mean.
//!
//! The palette steps in lightness as well as in hue (near the Okabe–Ito colours), and every use has
//! a second cue: a hatch, a dash pattern, a sign or a text. A component has the colour of what it is, in every chart. Nothing is laid out here.

use crate::render::chart::scene::{Align, Area, Colour, Ink, Scene};
use crate::render::chart::text::Face;
use crate::report::chart::Hue;

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

/// How one thing is drawn: filled, hatched or not, and as a line.
struct Paint {
    colour: Colour,
    hatched: bool,
    dash: &'static [f64],
}

const fn paint(hue: Hue) -> Paint {
    let (colour, hatched, dash): (Colour, bool, &'static [f64]) = match hue {
        Hue::Manual => (BLACK, false, &[]),
        Hue::GuardStandard => (Colour(0x00, 0x72, 0xb2), false, &[]),
        Hue::GuardPremium => (Colour(0xa8, 0x44, 0x7f), false, &[9.0, 4.0]),
        Hue::Enterprise => (Colour(0x86, 0x69, 0x10), false, &[2.5, 3.0]),
        Hue::ThirdParty => (Colour(0x5f, 0x4b, 0x9b), false, &[12.0, 3.5, 2.5, 3.5]),
        Hue::UnusedLicences => (Colour(0xf0, 0xb6, 0x4a), true, &[5.0, 3.0]),
        Hue::ItHours => (Colour(0x9f, 0xcb, 0xe8), false, &[16.0, 5.0]),
        Hue::ComplianceMisses => (Colour(0xd5, 0xda, 0xe1), true, &[2.0, 2.0]),
    };
    Paint {
        colour,
        hatched,
        dash,
    }
}

/// Fills `area` as a component.
pub(super) fn fill_component(scene: &mut Scene, area: Area, hue: Hue) {
    let Paint {
        colour, hatched, ..
    } = paint(hue);
    scene.block(area, colour);
    if hatched {
        scene.hatch(area, 7.0, darker(colour));
    }
}

/// Writes `text` in the middle of a segment, on plain ground where the segment is hatched.
pub(super) fn label_component(scene: &mut Scene, area: Area, hue: Hue, text: &str) {
    let Paint {
        colour, hatched, ..
    } = paint(hue);
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

/// Colour and dash pattern of a line.
pub(super) fn line(hue: Hue) -> (Colour, &'static [f64]) {
    let Paint { colour, dash, .. } = paint(hue);
    (colour, dash)
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
