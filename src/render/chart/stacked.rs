//! Stacked bars: one per alternative, made of its cost components, with the range of the total.

use crate::render::chart::scale::{Scale, extent};
use crate::render::chart::scene::{Align, Area, Ink, Scene};
use crate::render::chart::{frame, look, text};
use crate::report::chart::{Column, ColumnCost, Part, Stacked};

const LEGEND_LINE: f64 = 20.0;
const LEAST_ROW: f64 = 44.0;
/// The widest column of names.
const NAME_ROOM: f64 = 190.0;
const MOST_ROW: f64 = 88.0;

pub(super) fn scene(chart: &Stacked) -> Scene {
    if chart.columns.is_empty() {
        return frame::nothing(&chart.caption);
    }
    let used = used_components(chart);
    // Before the room for names is known, a name may take all that it is ever given.
    let needed: Vec<f64> = chart.columns.iter().map(name_height).collect();
    let rows = |pitch: f64, legend: f64| {
        frame::rows(&needed, pitch) + legend * LEGEND_LINE + frame::TICK_ROOM
    };
    let heights = (rows(LEAST_ROW, 3.0), rows(MOST_ROW, 1.3));
    let (mut scene, area) = frame::open(&chart.caption, heights);
    let below = legend(&mut scene, chart, &used, area);

    let names = chart.columns.iter().map(|column| column.name.as_str());
    let badges = chart.columns.iter().filter_map(|c| c.badge.as_deref());
    let name_room = frame::name_room(names, look::STRONG, NAME_ROOM)
        .max(frame::name_room(badges, look::STRONG, NAME_ROOM) + 16.0);
    let total_room = total_room(chart);
    let room = area.bottom() - below - frame::TICK_ROOM;
    let pitches = frame::pitches(&needed, room, MOST_ROW);
    let left = area.x + name_room + 14.0;
    let plot = Area {
        x: left,
        y: below,
        width: area.right() - left - total_room - 14.0,
        height: pitches.iter().sum(),
    };

    let reach = chart.columns.iter().flat_map(|column| match &column.cost {
        ColumnCost::Known {
            parts,
            range,
            total,
            ..
        } => {
            let (below, above) = sides(parts);
            let (low, high) = range.as_ref().map_or((0.0, 0.0), |r| (r.low, r.high));
            vec![below, above, low, high, *total]
        }
        ColumnCost::Unknown { .. } => Vec::new(),
    });
    let (low, high) = extent(reach.chain([0.0])).unwrap_or((0.0, 0.0));
    let scale = Scale::new((low, high), (plot.x, plot.right()));
    if high > low {
        frame::value_axis_below(&mut scene, &plot, &scale, &chart.unit);
    }
    let mut y = plot.y;
    for (column, pitch) in chart.columns.iter().zip(pitches) {
        let row = Area {
            y,
            height: pitch,
            ..plot
        };
        y += pitch;
        name(&mut scene, column, &row, area.x, name_room);
        bar(&mut scene, chart, column, &row, &scale, area.right());
    }
    frame::origin(&mut scene, &plot, scale.at(0.0));
    scene
}

/// Indices of the components that some bar has, in stacking order.
fn used_components(chart: &Stacked) -> Vec<usize> {
    let has = |index: usize| {
        chart.columns.iter().any(|column| match &column.cost {
            ColumnCost::Known { parts, .. } => parts
                .iter()
                .any(|part| part.component == index && part.value != 0.0),
            ColumnCost::Unknown { .. } => false,
        })
    };
    (0..chart.components.len()).filter(|i| has(*i)).collect()
}

/// Draws the legend and gives the height at which the bars may begin.
fn legend(scene: &mut Scene, chart: &Stacked, used: &[usize], area: Area) -> f64 {
    let (mut x, mut y) = (area.x, area.y);
    for index in used {
        let ink = look::LABEL;
        let component = &chart.components[*index];
        let name = text::shortened(&component.name, ink.face, ink.size, 260.0);
        let width = 18.0 + ink.width(&name) + 20.0;
        if x > area.x && x + width - 20.0 > area.right() {
            x = area.x;
            y += LEGEND_LINE;
        }
        let swatch = Area {
            x,
            y: y - 6.0,
            width: 12.0,
            height: 12.0,
        };
        look::fill_component(scene, swatch, component.hue);
        scene.words_at_middle(&name, (x + 18.0, y), Align::Left, ink);
        x += width;
    }
    y + LEGEND_LINE + 6.0
}

fn total_room(chart: &Stacked) -> f64 {
    let widths = chart.columns.iter().map(|column| match &column.cost {
        ColumnCost::Known { label, range, .. } => {
            let range = range.as_ref().map_or("", |range| &range.label);
            look::STRONG.width(label).max(look::QUIET.width(range))
        }
        ColumnCost::Unknown { .. } => 0.0,
    });
    widths.fold(0.0, f64::max).min(240.0)
}

/// Sums of the negative and of the positive parts.
fn sides(parts: &[Part]) -> (f64, f64) {
    parts
        .iter()
        .filter(|part| part.value.is_finite())
        .fold((0.0, 0.0), |(below, above), part| {
            (below + part.value.min(0.0), above + part.value.max(0.0))
        })
}

/// The larger part of `segment` beside the mark of the net amount at `x`.
fn beside(segment: Area, x: f64) -> Area {
    let clear = 6.0;
    if x + clear < segment.x || x - clear > segment.right() {
        return segment;
    }
    let (left, right) = (x - clear - segment.x, segment.right() - x - clear);
    if left > right {
        Area {
            width: left,
            ..segment
        }
    } else {
        Area {
            x: x + clear,
            width: right,
            ..segment
        }
    }
}

/// How high a row has to be for its name, which is broken at the widest room.
fn name_height(column: &Column) -> f64 {
    let ink = name_ink(column);
    let lines =
        text::whole(&column.name, ink, NAME_ROOM).len() + usize::from(column.badge.is_some());
    lines as f64 * ink.leading() + 8.0
}

fn name_ink(column: &Column) -> Ink {
    if column.badge.is_some() {
        look::STRONG
    } else {
        look::LABEL
    }
}

fn name(scene: &mut Scene, column: &Column, row: &Area, x: f64, room: f64) {
    let ink = name_ink(column);
    let mut lines = text::whole(&column.name, ink, room.min(NAME_ROOM));
    let middle = row.y + row.height / 2.0;
    let Some(badge) = &column.badge else {
        scene.lines_at_middle(&lines, (x, middle), Align::Left, ink);
        return;
    };
    // The cheapest is told by weight, arrow and words, not by colour alone.
    let badge = text::shortened(badge, ink.face, ink.size, room - 16.0);
    lines.push(format!("▶ {badge}"));
    let mut y = middle - ink.leading() * (lines.len() as f64 - 1.0) / 2.0;
    for (index, line) in lines.iter().enumerate() {
        let last = index + 1 == lines.len();
        let colour = if last { look::GOOD } else { look::BLACK };
        scene.words_at_middle(line, (x, y), Align::Left, ink.coloured(colour));
        y += ink.leading();
    }
}

fn bar(scene: &mut Scene, chart: &Stacked, column: &Column, row: &Area, scale: &Scale, right: f64) {
    let middle = row.y + row.height / 2.0;
    let zero = scale.at(0.0);
    let (parts, total, label, range) = match &column.cost {
        ColumnCost::Unknown { label } => {
            frame::gap(scene, (zero + 10.0, middle), label, right - zero - 10.0);
            return;
        }
        ColumnCost::Known {
            parts,
            total,
            label,
            range,
        } => (parts, *total, label, range),
    };
    let lane = if range.is_some() { 12.0 } else { 0.0 };
    let thick = (row.height * 0.5).clamp(18.0, 42.0);
    let top = middle - (thick + lane) / 2.0;
    let (mut below, mut above) = (0.0, 0.0);
    for part in parts.iter().filter(|part| part.value.is_finite()) {
        let side = if part.value < 0.0 {
            &mut below
        } else {
            &mut above
        };
        let (from, to) = (scale.at(*side), scale.at(*side + part.value));
        *side += part.value;
        let segment = Area {
            x: from.min(to),
            y: top,
            width: (to - from).abs(),
            height: thick,
        };
        let Some(component) = chart.components.get(part.component) else {
            continue;
        };
        look::fill_component(scene, segment, component.hue);
        let free = if sides(parts).0 < 0.0 {
            beside(segment, scale.at(total))
        } else {
            segment
        };
        look::label_component(scene, free, component.hue, &part.label);
        // A white seam tells neighbours apart in grey print.
        if segment.width > 3.0 {
            scene.line((to, top), (to, top + thick), 1.0, look::WHITE);
        }
    }
    let total_x = scale.at(total);
    if below < 0.0 {
        // With parts on both sides of zero, the net amount is nowhere to be seen: mark it.
        scene.line(
            (total_x, top - 4.0),
            (total_x, top + thick + 4.0),
            4.5,
            look::WHITE,
        );
        scene.line(
            (total_x, top - 4.0),
            (total_x, top + thick + 4.0),
            2.5,
            look::BLACK,
        );
    }
    let mut end = scale.at(above).max(total_x);
    let mut second = "";
    if let Some(range) = range {
        let ends = (scale.at(range.low), total_x, scale.at(range.high));
        scene.whisker(ends, top + thick + lane * 0.75, look::BLACK);
        end = end.max(ends.2);
        second = &range.label;
    }
    let total_ink = look::STRONG;
    let x = end + 10.0;
    let half = if second.is_empty() {
        0.0
    } else {
        total_ink.leading() / 2.0
    };
    scene.clear_words_at_middle(label, (x, middle - half), Align::Left, total_ink);
    scene.clear_words_at_middle(second, (x, middle + half), Align::Left, look::QUIET);
}
