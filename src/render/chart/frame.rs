//! What all charts share around the drawing: title, subtitle, footnote, value axis, the column of
//! names, and the picture shown when there is nothing to draw.

use crate::render::chart::look;
use crate::render::chart::scale::{self, Scale};
use crate::render::chart::scene::{Align, Area, Colour, HEIGHT, Ink, Place, Scene, WIDTH};
use crate::render::chart::text;
use crate::report::chart::{Caption, Unit};

const MARGIN: f64 = 36.0;
/// Height of the lowest picture.
const LOWEST: f64 = 300.0;
/// For a drawing that fills whatever room there is.
pub(super) const ANY: (f64, f64) = (0.0, HEIGHT);
/// Room for the numbers under a horizontal value axis.
pub(super) const TICK_ROOM: f64 = 26.0;

/// A scene with its words, and the area left for the drawing: at least `least` high, so that rows
/// stay readable, and not much over `most`, so that few rows leave no empty page.
pub(super) fn open(caption: &Caption, (least, most): (f64, f64)) -> (Scene, Area) {
    let room = WIDTH - 2.0 * MARGIN;
    let (title, title_ink) = title(&caption.title, room);
    let subtitle = lines(&caption.subtitle, look::SUBTITLE, room, 2);
    let footnote = lines(&caption.footnote, look::FOOTNOTE, room, 3);

    let mut scene = Scene {
        title: caption.title.clone(),
        width: WIDTH,
        height: HEIGHT,
        marks: Vec::new(),
    };
    let mut y = 24.0;
    for (words, ink) in [(&title, title_ink), (&subtitle, look::SUBTITLE)] {
        for line in words {
            y += ink.leading();
            scene.words(line, (MARGIN, y), Align::Left, ink);
        }
        y += 5.0;
    }
    let top = y + 18.0;

    let foot = footnote.len() as f64 * look::FOOTNOTE.leading();
    let around = top + foot + 36.0;
    let wanted = (around + most).clamp(LOWEST, HEIGHT);
    scene.height = wanted.max(around + least).ceil();
    let mut y = scene.height - 20.0 - foot;
    for line in &footnote {
        y += look::FOOTNOTE.leading();
        scene.words(line, (MARGIN, y - 2.0), Align::Left, look::FOOTNOTE);
    }
    let area = Area {
        x: MARGIN,
        y: top,
        width: room,
        height: scene.height - 20.0 - foot - 16.0 - top,
    };
    (scene, area)
}

fn lines(words: &str, ink: Ink, room: f64, most: usize) -> Vec<String> {
    text::wrapped(words, ink.face, ink.size, room, most)
}

/// The title in two lines; one that is too long is set smaller, and then in more lines.
fn title(words: &str, room: f64) -> (Vec<String>, Ink) {
    let inks = [22.0, 19.0, 16.5].map(|size| Ink {
        size,
        ..look::TITLE
    });
    let set = |ink: &Ink| lines(words, *ink, room, 2);
    let whole = |lines: &[String]| !lines.iter().any(|line| line.ends_with('…'));
    inks.iter()
        .map(|ink| (set(ink), *ink))
        .find(|(lines, _)| whole(lines))
        .unwrap_or_else(|| (text::whole(words, inks[2], room), inks[2]))
}

/// The words alone, and in the middle why there is no drawing.
pub(super) fn nothing(caption: &Caption) -> Scene {
    let (mut scene, area) = open(caption, ANY);
    let said = match caption.nothing.as_str() {
        "" => "Nothing to show",
        given => given,
    };
    scene.block(area, Colour(0xf6, 0xf7, 0xf9));
    let ink = Ink {
        size: 15.0,
        ..look::QUIET
    };
    let words = lines(said, ink, area.width - 60.0, 3);
    let middle = (area.x + area.width / 2.0, area.y + area.height / 2.0);
    scene.lines_at_middle(&words, middle, Align::Centre, ink);
    scene
}

/// Gridlines and numbers of a horizontal value axis under `area`.
pub(super) fn value_axis_below(scene: &mut Scene, area: &Area, scale: &Scale, unit: &Unit) {
    // Fewer ticks on a narrow axis, so that the numbers keep their distance.
    let most = ((area.width / 90.0) as usize).clamp(2, 7);
    let ticks = scale.ticks(most);
    for (tick, label) in ticks.iter().zip(scale::tick_labels(&ticks, unit)) {
        let x = scale.at(*tick);
        scene.line((x, area.y), (x, area.bottom()), 1.0, look::GRID);
        scene.words(&label, (x, area.bottom() + 17.0), Align::Centre, look::TICK);
    }
}

/// The line from which bars begin.
pub(super) fn origin(scene: &mut Scene, area: &Area, x: f64) {
    scene.line((x, area.y), (x, area.bottom()), 1.5, look::AXIS);
}

/// How high all rows are together, each as high as `pitch` or as it needs.
pub(super) fn rows(needed: &[f64], pitch: f64) -> f64 {
    needed.iter().map(|needed| needed.max(pitch)).sum()
}

/// The heights of rows that share `room`: all alike, up to `most`, but for those that need more.
pub(super) fn pitches(needed: &[f64], room: f64, most: f64) -> Vec<f64> {
    let mut pitch = (room / needed.len() as f64).min(most);
    loop {
        let (mut left, mut alike) = (room, 0.0);
        for needed in needed {
            if *needed > pitch {
                left -= needed;
            } else {
                alike += 1.0;
            }
        }
        let lower = (left / alike).min(most);
        if alike < 0.5 || lower >= pitch {
            return needed.iter().map(|needed| needed.max(pitch)).collect();
        }
        pitch = lower.max(0.0);
    }
}

/// How wide the column of names must be, within `most`.
pub(super) fn name_room<'a>(names: impl Iterator<Item = &'a str>, ink: Ink, most: f64) -> f64 {
    names
        .map(|name| ink.width(name))
        .fold(0.0, f64::max)
        .min(most)
        .ceil()
}

/// A gap for an unknown amount: a ring with a question mark, then the reason.
pub(super) fn gap(scene: &mut Scene, (x, y): Place, words: &str, room: f64) {
    unknown_sign(scene, (x + 7.5, y));
    remark(scene, (x + 22.0, y), words, room - 22.0);
}

/// Words in the place of a bar.
pub(super) fn remark(scene: &mut Scene, (x, y): Place, words: &str, room: f64) {
    let ink = look::QUIET;
    let mut y = y;
    let lines = lines(words, ink, room, 2);
    y -= ink.leading() * (lines.len() as f64 - 1.0) / 2.0;
    for line in &lines {
        scene.clear_words_at_middle(line, (x, y), Align::Left, ink);
        y += ink.leading();
    }
}

/// The ring with a question mark that stands for an unknown amount.
pub(super) fn unknown_sign(scene: &mut Scene, at: Place) {
    scene.dot(at, 7.5, look::AXIS);
    scene.dot(at, 6.3, look::WHITE);
    let ink = Ink {
        size: 10.5,
        ..look::STRONG
    };
    scene.words_at_middle("?", at, Align::Centre, ink.coloured(look::MUTED));
}
