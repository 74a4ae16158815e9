//! A waterfall: from a level over signed changes to the next level.

use crate::render::chart::scale::{self, Scale, extent};
use crate::render::chart::scene::{Align, Area, Ink, Scene};
use crate::render::chart::{frame, look, text};
use crate::report::chart::{Better, Bridge, Step, StepKind};

const NAME_LINES: usize = 3;

/// Where a step is drawn: the amount before it and after it.
struct Span {
    from: f64,
    to: f64,
}

pub(super) fn scene(chart: &Bridge) -> Scene {
    let spans = spans(&chart.steps);
    let reach = spans.iter().flat_map(|span| [span.from, span.to]);
    let (low, high) = extent(reach.chain([0.0])).unwrap_or((0.0, 0.0));
    if high <= low {
        return frame::nothing(&chart.caption);
    }
    // The names need room below the drawing, and how wide they may be hangs on the numbers beside it.
    let (_, page) = frame::open(&chart.caption, frame::ANY);
    let ink = look::LABEL;
    let names = |room: f64| -> Vec<Vec<String>> {
        let each = chart.steps.iter();
        each.map(|step| text::whole(&step.name, name_ink(step), room))
            .collect()
    };
    let lines = |names: &[Vec<String>]| names.iter().map(Vec::len).max().unwrap_or(0);
    let widest_ticks = 120.0 + 10.0;
    let most = lines(&names(pitch(page.width - widest_ticks, spans.len()) - 8.0));
    let foot = ink.leading() * most.max(NAME_LINES) as f64 + 10.0;
    let more = ink.leading() * most.saturating_sub(NAME_LINES) as f64;
    let (mut scene, area) = frame::open(&chart.caption, (page.height + more, frame::ANY.1));

    // Room for the labels over the highest and under the lowest bar.
    let head = 22.0;
    let below = if low < 0.0 { 22.0 } else { 0.0 };
    let height = area.height - foot - head - below;
    let top_down = ((low, high), (area.y + head + height, area.y + head));
    let step = scale::step(high - low, 5);
    let ticks = scale::ticks((low, high), step);
    let labels = scale::tick_labels(&ticks, &chart.unit);
    let tick_room = frame::name_room(labels.iter().map(String::as_str), look::TICK, 120.0);
    let plot = Area {
        x: area.x + tick_room + 10.0,
        width: area.width - tick_room - 10.0,
        ..area
    };
    let scale = Scale::new(top_down.0, top_down.1);
    for (tick, label) in ticks.iter().zip(&labels) {
        let y = scale.at(*tick);
        scene.line((plot.x, y), (plot.right(), y), 1.0, look::GRID);
        scene.words_at_middle(label, (plot.x - 10.0, y), Align::Right, look::TICK);
    }

    let pitch = pitch(plot.width, spans.len());
    let names = names(pitch - 8.0);
    let thick = (pitch * 0.58).min(84.0);
    let centre = |index: usize| plot.x + pitch * (index as f64 + 0.5);
    for (index, (step, span)) in chart.steps.iter().zip(&spans).enumerate() {
        let x = centre(index);
        if index + 1 < spans.len() {
            let y = scale.at(span.to);
            let (from, to) = (x + thick / 2.0, centre(index + 1) - thick / 2.0);
            scene.line((from, y), (to, y), 1.0, look::AXIS);
        }
        let bar = Area {
            x: x - thick / 2.0,
            y: scale.at(span.from.max(span.to)),
            width: thick,
            height: (scale.at(span.from) - scale.at(span.to)).abs(),
        };
        mark(&mut scene, chart, step, span, (x, bar, pitch));
        let mut y = area.bottom() - foot + 18.0;
        for line in &names[index] {
            scene.words(line, (x, y), Align::Centre, name_ink(step));
            y += ink.leading();
        }
    }
    let zero = scale.at(0.0);
    scene.line((plot.x, zero), (plot.right(), zero), 1.5, look::AXIS);
    scene
}

/// From the middle of a step to that of the next.
fn pitch(width: f64, steps: usize) -> f64 {
    (width / steps as f64).min(270.0)
}

fn name_ink(step: &Step) -> Ink {
    match step.kind {
        StepKind::Level(_) => look::STRONG,
        StepKind::Change(_) | StepKind::Unknown => look::LABEL,
    }
}

fn mark(scene: &mut Scene, chart: &Bridge, step: &Step, span: &Span, at: (f64, Area, f64)) {
    let (x, bar, pitch) = at;
    let ink = look::STRONG;
    let label = text::shortened(&step.label, ink.face, ink.size, pitch - 2.0);
    let (colour, falls) = match step.kind {
        StepKind::Level(value) => {
            scene.block(bar, look::PLAIN);
            (look::BLACK, value < 0.0)
        }
        StepKind::Change(change) => {
            let good = match chart.better {
                Better::Higher => change >= 0.0,
                Better::Lower => change <= 0.0,
            };
            look::fill_news(scene, bar, good);
            // A change of nothing still has its place.
            if bar.height < 1.0 {
                let left = (bar.x, bar.y);
                scene.line(left, (bar.right(), bar.y), 2.0, look::GOOD);
            }
            let colour = if good { look::GOOD } else { look::BAD };
            (colour, span.to < span.from)
        }
        StepKind::Unknown => {
            scene.dashed(
                &[(bar.x, bar.y), (bar.right(), bar.y)],
                &[4.0, 3.0],
                1.5,
                look::AXIS,
            );
            let quiet = look::QUIET;
            let lines = text::wrapped(&step.label, quiet.face, quiet.size, pitch - 6.0, 3);
            // Under the line, since the label of a level beside it stands over its own.
            frame::unknown_sign(scene, (x, bar.y + 16.0));
            let y = bar.y + 36.0 + quiet.leading() * (lines.len() as f64 - 1.0) / 2.0;
            scene.lines_at_middle(&lines, (x, y), Align::Centre, quiet);
            return;
        }
    };
    // Labels stand where the step ends: over a rise, under a fall when there is room.
    let under = falls && span.to < 0.0;
    let y = if under {
        bar.bottom() + 11.0
    } else {
        bar.y - 10.0
    };
    scene.clear_words_at_middle(&label, (x, y), Align::Centre, ink.coloured(colour));
}

fn spans(steps: &[Step]) -> Vec<Span> {
    let mut level = 0.0;
    steps
        .iter()
        .map(|step| {
            let from = match step.kind {
                StepKind::Level(_) => 0.0,
                StepKind::Change(_) | StepKind::Unknown => level,
            };
            level = match step.kind {
                StepKind::Level(value) if value.is_finite() => value,
                StepKind::Change(change) if change.is_finite() => level + change,
                _ => level,
            };
            Span { from, to: level }
        })
        .collect()
}
