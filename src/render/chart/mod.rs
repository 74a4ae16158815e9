//! Charts as PNG and SVG: the only place that names plotters.
//!
//! ```text
//! Chart ─► stacked | lines | bars | tornado | bridge ─► Scene ─► paint ─► PNG, SVG
//! ```
//!
//! A chart holds finished words and coordinates; each module here lays one kind out as a scene of
//! marks, and `paint` draws any scene on any plotters backend. No figure of the business is
//! computed, no file is written, and the same chart gives the same bytes on every machine, since
//! the font is the program's own.

mod bars;
mod bridge;
mod frame;
mod labels;
mod lines;
mod look;
mod paint;
mod picture;
mod scale;
mod scene;
mod smooth;
mod stacked;
mod text;
mod tornado;

use crate::render::chart::scene::Scene;
use crate::report::chart::Chart;

/// The chart as a PNG at twice its logical size. The error is the reason, as a phrase.
pub(crate) fn png(chart: &Chart) -> Result<Vec<u8>, String> {
    paint::png(&scene(chart))
}

/// The chart as an SVG document at its logical size. The error is the reason, as a phrase.
pub(crate) fn svg(chart: &Chart) -> Result<String, String> {
    paint::svg(&scene(chart))
}

fn scene(chart: &Chart) -> Scene {
    match chart {
        Chart::Stacked(stacked) => stacked::scene(stacked),
        Chart::BreakEven(lines) => lines::scene(lines, lines::Points::Hidden),
        Chart::Cumulative(lines) => lines::scene(lines, lines::Points::Shown),
        Chart::Bars(bars) => bars::scene(bars),
        Chart::Tornado(tornado) => tornado::scene(tornado),
        Chart::Bridge(bridge) => bridge::scene(bridge),
    }
}
