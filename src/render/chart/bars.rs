//! Horizontal bars: amounts by product or department, in the order given.

use crate::render::chart::scale::{Scale, extent};
use crate::render::chart::scene::{Align, Area, Scene};
use crate::render::chart::{frame, look, text};
use crate::report::chart::{Bar, BarValue, Bars};

/// With more rows than fit at this height, the picture grows instead of shrinking its text.
const LEAST_ROW: f64 = 22.0;
const MOST_ROW: f64 = 56.0;

pub(super) fn scene(chart: &Bars) -> Scene {
    if chart.rows.is_empty() {
        return frame::nothing(&chart.caption);
    }
    let ink = look::LABEL;
    let names = || chart.rows.iter().map(|row| row.name.as_str());
    let name_room = frame::name_room(names(), ink, 230.0);
    let names: Vec<_> = names()
        .map(|name| text::whole(name, ink, name_room))
        .collect();
    let needed: Vec<f64> = names
        .iter()
        .map(|lines| lines.len() as f64 * ink.leading() + 6.0)
        .collect();
    let rows = |pitch: f64| frame::rows(&needed, pitch) + frame::TICK_ROOM;
    let (mut scene, area) = frame::open(&chart.caption, (rows(LEAST_ROW), rows(MOST_ROW)));
    let labels = chart.rows.iter().map(|row| match &row.value {
        BarValue::Known { label, .. } => look::STRONG.width(label),
        BarValue::Unknown { .. } | BarValue::Said { .. } => 0.0,
    });
    let label_room = labels.fold(0.0, f64::max).min(260.0);
    let left = area.x + name_room + 14.0;
    let pitches = frame::pitches(&needed, area.height - frame::TICK_ROOM, MOST_ROW);
    let plot = Area {
        x: left,
        y: area.y,
        width: area.right() - left - label_room - 14.0,
        height: pitches.iter().sum(),
    };

    let reach = chart.rows.iter().flat_map(|row| match &row.value {
        BarValue::Known { value, range, .. } => {
            let (low, high) = range.as_ref().map_or((0.0, 0.0), |r| (r.low, r.high));
            vec![*value, low, high]
        }
        BarValue::Unknown { .. } | BarValue::Said { .. } => Vec::new(),
    });
    let (low, high) = extent(reach.chain([0.0])).unwrap_or((0.0, 0.0));
    let scale = Scale::new((low, high), (plot.x, plot.right()));
    if high > low {
        frame::value_axis_below(&mut scene, &plot, &scale, &chart.unit);
    }
    let mut y = plot.y;
    for ((row, name), pitch) in chart.rows.iter().zip(&names).zip(pitches) {
        let middle = y + pitch / 2.0;
        y += pitch;
        scene.lines_at_middle(name, (left - 12.0, middle), Align::Right, ink);
        bar(&mut scene, row, middle, pitch, &scale, area.right());
    }
    frame::origin(&mut scene, &plot, scale.at(0.0));
    scene
}

fn bar(scene: &mut Scene, row: &Bar, middle: f64, pitch: f64, scale: &Scale, right: f64) {
    let zero = scale.at(0.0);
    let (value, range, label) = match &row.value {
        BarValue::Unknown { label } => {
            frame::gap(scene, (zero + 10.0, middle), label, right - zero - 10.0);
            return;
        }
        BarValue::Said { label } => {
            let room = right - zero - 10.0;
            frame::remark(scene, (zero + 10.0, middle), label, room);
            return;
        }
        BarValue::Known {
            value,
            range,
            label,
        } => (*value, range, label),
    };
    let thick = (pitch * 0.62).min(30.0);
    let to = scale.at(value);
    let area = Area {
        x: zero.min(to),
        y: middle - thick / 2.0,
        width: (to - zero).abs(),
        height: thick,
    };
    let mut end = to.max(zero);
    match range {
        None => scene.block(area, look::PLAIN),
        // Solid up to what is certain, hatched as far as it may go.
        Some(range) => {
            let (low, high) = (scale.at(range.low), scale.at(range.high));
            let part = |from: f64, to: f64| Area {
                x: from.min(to),
                width: (to - from).abs(),
                ..area
            };
            let (nearer, farther) = if value < 0.0 {
                (high, low)
            } else {
                (low, high)
            };
            look::fill_possible(scene, part(nearer, farther));
            scene.block(part(zero, nearer), look::PLAIN);
            end = end.max(high);
        }
    }
    let ink = look::STRONG;
    let fitting = text::shortened(label, ink.face, ink.size, right - end - 10.0);
    scene.clear_words_at_middle(&fitting, (end + 10.0, middle), Align::Left, ink);
}
