//! Lines over headcount or years, named at their ends, with crossings or paybacks called out.

use crate::render::chart::labels::{self, Crowd};
use crate::render::chart::scale::{self, Scale, extent};
use crate::render::chart::scene::{Align, Area, Place, Scene};
use crate::render::chart::{frame, look, text};
use crate::report::chart::{Lines, Marker, Series, Unit};

const NAME_ROOM: f64 = 190.0;
const CALLOUT_ROOM: f64 = 185.0;

/// Whether each point is worth a dot: years are, headcounts are not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Points {
    Shown,
    Hidden,
}

pub(super) fn scene(chart: &Lines, points: Points) -> Scene {
    let Some((x_scale, y_scale, mut scene, plot)) = axes(chart) else {
        return frame::nothing(&chart.caption);
    };
    let place = |x: f64, y: f64| (x_scale.at(x), y_scale.at(y));

    let mut edges: Vec<Vec<Place>> = Vec::new();
    for series in &chart.series {
        let band = || series.band.iter();
        let upper: Vec<Place> = band().map(|point| place(point.x, point.high)).collect();
        let lower: Vec<Place> = band().map(|point| place(point.x, point.low)).collect();
        let (upper, lower) = (labels::simplified(&upper), labels::simplified(&lower));
        let outline = upper.iter().chain(lower.iter().rev()).copied();
        let (colour, _) = look::line(series.hue);
        scene.shade(outline.collect(), colour, 0.13);
        edges.push(upper);
        edges.push(lower);
    }
    let mut taken = Vec::new();
    if let Some(marker) = &chart.marker {
        taken.push(vertical_marker(&mut scene, marker, &plot, &x_scale));
    }
    let mut paths: Vec<Vec<Place>> = Vec::new();
    for series in &chart.series {
        let known = series
            .points
            .iter()
            .filter(|point| point.x.is_finite() && point.y.is_finite());
        let all: Vec<Place> = known.map(|point| place(point.x, point.y)).collect();
        let path = labels::simplified(&all);
        let (colour, pattern) = look::line(series.hue);
        scene.dashed(&path, pattern, 2.5, colour);
        if points == Points::Shown && all.len() <= 15 {
            for at in &all {
                scene.dot(*at, 3.5, colour);
            }
        }
        paths.push(path);
    }
    end_labels(&mut scene, chart, &paths, &plot);
    let crowd = Crowd {
        bounds: plot,
        taken,
        lines: &paths,
        edges: &edges,
    };
    callouts(&mut scene, chart, place, crowd);
    scene
}

/// Both axes, drawn, and the area between them; none when there is nothing on them.
fn axes(chart: &Lines) -> Option<(Scale, Scale, Scene, Area)> {
    let points = || chart.series.iter().flat_map(|series| &series.points);
    let bands = || chart.series.iter().flat_map(|series| &series.band);
    let marker = chart.marker.iter().map(|marker| marker.x);
    points().next()?;
    let x_range = extent(points().map(|point| point.x).chain(marker))?;
    let heights = bands().flat_map(|point| [point.low, point.high]);
    let (low, high) = extent(points().map(|point| point.y).chain(heights).chain([0.0]))?;
    if high <= low || x_range.1 <= x_range.0 {
        return None;
    }
    let (mut scene, area) = frame::open(&chart.caption, frame::ANY);

    let step = scale::step(high - low, 6);
    let y_range = ((low / step).floor() * step, (high / step).ceil() * step);
    let ticks = scale::ticks(y_range, step);
    let tick_labels = scale::tick_labels(&ticks, &chart.unit);
    let texts = tick_labels.iter().map(String::as_str);
    let left = area.x + frame::name_room(texts, look::TICK, 120.0) + 10.0;
    let head = if chart.marker.is_some() { 24.0 } else { 6.0 };
    let foot = frame::TICK_ROOM + 16.0;
    let plot = Area {
        x: left,
        y: area.y + head,
        width: area.right() - left - end_room(chart),
        height: area.height - head - foot,
    };
    let y_scale = Scale::new(y_range, (plot.bottom(), plot.y));
    for (tick, label) in ticks.iter().zip(&tick_labels) {
        let y = y_scale.at(*tick);
        let colour = if tick.abs() < step / 2.0 {
            look::AXIS
        } else {
            look::GRID
        };
        scene.line((plot.x, y), (plot.right(), y), 1.0, colour);
        scene.words_at_middle(label, (plot.x - 10.0, y), Align::Right, look::TICK);
    }
    let x_scale = Scale::new(x_range, (plot.x, plot.right()));
    x_axis(
        &mut scene,
        &x_scale,
        x_range,
        &plot,
        (&chart.x_unit, &chart.x_title),
    );
    Some((x_scale, y_scale, scene, plot))
}

fn x_axis(
    scene: &mut Scene,
    x_scale: &Scale,
    range: (f64, f64),
    plot: &Area,
    words: (&Unit, &str),
) {
    let (unit, title) = words;
    // People and years come whole.
    let step = scale::step(range.1 - range.0, 8).max(1.0);
    let ticks = scale::ticks(range, step);
    let labels: Vec<String> = ticks
        .iter()
        .map(|tick| scale::tick_labels(&[*tick], unit).concat())
        .collect();
    let even = scale::tick_labels(&ticks, unit);
    // One magnitude for all, unless the axis is short enough to be written out.
    let labels = if range.1 < 1e5 { &labels } else { &even };
    for (tick, label) in ticks.iter().zip(labels) {
        let x = x_scale.at(*tick);
        scene.line(
            (x, plot.bottom()),
            (x, plot.bottom() + 5.0),
            1.0,
            look::AXIS,
        );
        scene.words(label, (x, plot.bottom() + 19.0), Align::Centre, look::TICK);
    }
    let ink = look::TICK;
    let centre = plot.x + plot.width / 2.0;
    scene.words(title, (centre, plot.bottom() + 37.0), Align::Centre, ink);
}

/// Name and label of a line, in as many lines of text as they take.
fn end_lines(series: &Series) -> (Vec<String>, Vec<String>) {
    let (name, label) = (look::STRONG, look::QUIET);
    (
        text::whole(&series.name, name, NAME_ROOM),
        text::whole(&series.label, label, NAME_ROOM),
    )
}

fn end_room(chart: &Lines) -> f64 {
    let widest = chart.series.iter().map(|series| {
        let (names, labels) = end_lines(series);
        let names = names.iter().map(|line| look::STRONG.width(line));
        let labels = labels.iter().map(|line| look::QUIET.width(line));
        names.chain(labels).fold(0.0, f64::max)
    });
    widest.fold(0.0, f64::max) + 30.0
}

fn end_labels(scene: &mut Scene, chart: &Lines, paths: &[Vec<Place>], plot: &Area) {
    let leading = look::STRONG.leading();
    let texts: Vec<_> = chart.series.iter().map(end_lines).collect();
    let wanted: Vec<(f64, f64)> = paths
        .iter()
        .zip(&texts)
        .map(|(path, (names, labels))| {
            // A line without points waits at the foot.
            let y = path.last().map_or(plot.bottom(), |end| end.1);
            (y, (names.len() + labels.len()) as f64 * leading + 5.0)
        })
        .collect();
    let centres = labels::spread(&wanted, plot.y - 20.0, plot.bottom() + 14.0);
    let x = plot.right() + 26.0;
    for (index, (names, labels)) in texts.iter().enumerate() {
        let known = paths[index].last();
        let colour = known.map_or(look::MUTED, |_| look::line(chart.series[index].hue).0);
        let centre = centres[index];
        if let Some(end) = known {
            let knee = (plot.right() + 5.0, end.1);
            scene.line(knee, (x - 5.0, centre), 1.0, look::AXIS);
            // Dotted, so that the way to the label is not taken for the line going on.
            scene.dashed(&[*end, knee], &[1.5, 3.0], 1.0, look::AXIS);
            scene.dot(*end, 4.0, colour);
        }
        let mut y = centre - leading * ((names.len() + labels.len()) as f64 - 1.0) / 2.0;
        for line in names {
            scene.words_at_middle(line, (x, y), Align::Left, look::STRONG.coloured(colour));
            y += leading;
        }
        for line in labels {
            scene.words_at_middle(line, (x, y), Align::Left, look::QUIET);
            y += leading;
        }
    }
}

/// Draws the marker and gives the box of its label.
fn vertical_marker(scene: &mut Scene, marker: &Marker, plot: &Area, x_scale: &Scale) -> Area {
    let ink = look::STRONG;
    let x = x_scale.at(marker.x);
    let line = [(x, plot.y - 6.0), (x, plot.bottom())];
    scene.dashed(&line, &[4.0, 4.0], 1.5, look::MUTED);
    let words = text::shortened(&marker.label, ink.face, ink.size, plot.width);
    let width = ink.width(&words);
    let last = (plot.right() - width / 2.0).max(plot.x + width / 2.0);
    let centre = x.clamp(plot.x + width / 2.0, last);
    scene.words_at_middle(&words, (centre, plot.y - 15.0), Align::Centre, ink);
    Area {
        x: x - 3.0,
        y: plot.y,
        width: 6.0,
        height: plot.height,
    }
}

fn callouts(
    scene: &mut Scene,
    chart: &Lines,
    place: impl Fn(f64, f64) -> Place,
    mut crowd: Crowd<'_>,
) {
    let known: Vec<_> = chart
        .callouts
        .iter()
        .filter(|callout| callout.x.is_finite() && callout.y.is_finite())
        .map(|callout| (place(callout.x, callout.y), callout))
        .collect();
    crowd.taken.extend(known.iter().map(|(at, _)| {
        let point = Area {
            x: at.0,
            y: at.1,
            width: 0.0,
            height: 0.0,
        };
        point.grown(6.0)
    }));
    let ink = look::LABEL;
    let mut labels = Vec::new();
    for (at, callout) in &known {
        let lines = text::balanced(&callout.label, ink.face, ink.size, CALLOUT_ROOM, 3);
        let width = lines.iter().map(|line| ink.width(line)).fold(0.0, f64::max);
        let size = (width + 8.0, lines.len() as f64 * ink.leading() + 4.0);
        let area = crowd.place(*at, size);
        crowd.taken.push(area);
        labels.push((*at, area, lines));
    }
    // Leaders first, so that none runs over a label or a point.
    for (at, area, _) in &labels {
        scene.line(*at, area.nearest(*at), 1.0, look::MUTED);
    }
    for (at, area, lines) in &labels {
        scene.block(*area, look::WHITE);
        let middle = (area.x + area.width / 2.0, area.y + area.height / 2.0);
        scene.lines_at_middle(lines, middle, Align::Centre, ink);
        scene.dot(*at, 6.0, look::BLACK);
        scene.dot(*at, 4.0, look::WHITE);
    }
}
