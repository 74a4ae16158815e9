//! A tornado: how far each assumption moves one result away from its baseline.

use crate::render::chart::scale::{Scale, extent};
use crate::render::chart::scene::{Align, Area, Ink, Scene};
use crate::render::chart::{frame, look, text};
use crate::report::chart::{Better, Swing, SwingEnd, Tornado};

const LEAST_ROW: f64 = 36.0;
const MOST_ROW: f64 = 56.0;
/// The bars keep this width at least; longer labels are shortened.
const LEAST_PLOT: f64 = 250.0;
const HEAD: f64 = 22.0;
const EFFECT: Ink = look::STRONG;
const AT: Ink = look::QUIET;

/// Where one assumption is drawn.
struct Row {
    y: f64,
    pitch: f64,
    label_room: f64,
}

pub(super) fn scene(chart: &Tornado) -> Scene {
    let values = chart
        .swings
        .iter()
        .flat_map(|swing| [swing.low.value, swing.high.value]);
    let Some((low, high)) = extent(values.chain([chart.baseline])) else {
        return frame::nothing(&chart.caption);
    };
    if chart.swings.is_empty() || high <= low {
        return frame::nothing(&chart.caption);
    }
    let ink = look::LABEL;
    let names = || chart.swings.iter().map(|swing| swing.name.as_str());
    let name_room = frame::name_room(names(), ink, 215.0);
    let names: Vec<_> = names()
        .map(|name| text::whole(name, ink, name_room))
        .collect();
    let needed: Vec<f64> = names
        .iter()
        .map(|lines| lines.len() as f64 * ink.leading() + 4.0)
        .collect();
    let rows = |pitch: f64| frame::rows(&needed, pitch) + HEAD + frame::TICK_ROOM;
    let (mut scene, area) = frame::open(&chart.caption, (rows(LEAST_ROW), rows(MOST_ROW)));
    let label_room = chart
        .swings
        .iter()
        .flat_map(|swing| [&swing.low, &swing.high])
        .map(|end| EFFECT.width(&end.effect) + AT.width(&at(end)) + 6.0)
        .fold(0.0, f64::max)
        .min((area.width - name_room - LEAST_PLOT) / 2.0);
    let left = area.x + name_room + 14.0;
    let pitches = frame::pitches(&needed, area.height - HEAD - frame::TICK_ROOM, MOST_ROW);
    let plot = Area {
        x: left + label_room + 10.0,
        y: area.y + HEAD,
        width: area.right() - left - 2.0 * (label_room + 10.0),
        height: pitches.iter().sum(),
    };
    let scale = Scale::new((low, high), (plot.x, plot.right()));
    frame::value_axis_below(&mut scene, &plot, &scale, &chart.unit);
    let middle = scale.at(chart.baseline);
    let mut top = plot.y;
    for (index, (swing, pitch)) in chart.swings.iter().zip(pitches).enumerate() {
        let y = top + pitch / 2.0;
        if index > 0 {
            scene.line((area.x, top), (area.right(), top), 0.5, look::GRID);
        }
        top += pitch;
        scene.lines_at_middle(&names[index], (area.x, y), Align::Left, ink);
        let row = Row {
            y,
            pitch,
            label_room,
        };
        bars(&mut scene, chart, swing, &row, &scale);
    }
    frame::origin(&mut scene, &plot, middle);
    baseline_label(&mut scene, chart, middle, &area);
    scene
}

/// Centred over the baseline, or as near as the edges allow.
fn baseline_label(scene: &mut Scene, chart: &Tornado, x: f64, area: &Area) {
    let ink = look::STRONG;
    let words = text::shortened(&chart.baseline_label, ink.face, ink.size, area.width);
    let half = ink.width(&words) / 2.0;
    let centre = x.clamp(area.x + half, (area.right() - half).max(area.x + half));
    scene.words_at_middle(&words, (centre, area.y + 6.0), Align::Centre, ink);
}

fn at(end: &SwingEnd) -> String {
    match end.effect.as_str() {
        "" => end.label.clone(),
        _ => format!("at {}", end.label),
    }
}

fn bars(scene: &mut Scene, chart: &Tornado, swing: &Swing, row: &Row, scale: &Scale) {
    let y = row.y;
    let thick = (row.pitch * 0.6).min(30.0);
    let side = |end: &SwingEnd| match end.value - chart.baseline {
        change if change > 0.0 => 1,
        change if change < 0.0 => -1,
        _ => 0,
    };
    let (low, high) = (side(&swing.low), side(&swing.high));
    // An end without effect takes the free side; two ends on one side share the bar's height.
    let low_side = if low == 0 {
        if high < 0 { 1 } else { -1 }
    } else {
        low
    };
    let high_side = if high == 0 { -low_side } else { high };
    let ends = [(&swing.low, low_side), (&swing.high, high_side)];
    let shared = low_side == high_side;
    for (place, (end, side)) in ends.into_iter().enumerate() {
        let height = if shared { thick / 2.0 - 0.5 } else { thick };
        let top = match (shared, place) {
            (true, 1) => y + 0.5,
            _ => y - thick / 2.0,
        };
        let (from, to) = (scale.at(chart.baseline), scale.at(end.value));
        let area = Area {
            x: from.min(to),
            y: top,
            width: (to - from).abs(),
            height,
        };
        let good = match chart.better {
            Better::Higher => end.value >= chart.baseline,
            Better::Lower => end.value <= chart.baseline,
        };
        look::fill_news(scene, area, good);
        let reach = if shared {
            outermost(&swing.low, &swing.high, side, scale)
        } else {
            to
        };
        let line = match (shared, place) {
            (false, _) => y,
            (true, 0) => y - 7.0,
            (true, _) => y + 7.0,
        };
        let place = (reach, line, row.label_room);
        end_label(scene, end, place, side, good);
    }
}

fn outermost(low: &SwingEnd, high: &SwingEnd, side: i32, scale: &Scale) -> f64 {
    let (low, high) = (scale.at(low.value), scale.at(high.value));
    if side < 0 {
        low.min(high)
    } else {
        low.max(high)
    }
}

/// The signed effect next to the bar, the assumption's value beyond it.
fn end_label(
    scene: &mut Scene,
    end: &SwingEnd,
    (x, y, label_room): (f64, f64, f64),
    side: i32,
    good: bool,
) {
    let colour = if good { look::GOOD } else { look::BAD };
    let effect = EFFECT.coloured(colour);
    let room = label_room - EFFECT.width(&end.effect) - 6.0;
    let words = text::shortened(&at(end), AT.face, AT.size, room);
    let beyond = match end.effect.is_empty() {
        true => 0.0,
        false => EFFECT.width(&end.effect) + 6.0,
    };
    let (align, out) = if side < 0 {
        (Align::Right, -1.0)
    } else {
        (Align::Left, 1.0)
    };
    scene.clear_words_at_middle(&end.effect, (x + 8.0 * out, y), align, effect);
    scene.clear_words_at_middle(&words, (x + (8.0 + beyond) * out, y), align, AT);
}
