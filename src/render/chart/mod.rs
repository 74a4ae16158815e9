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

use crate::parallel;
use crate::render::chart::scene::Scene;
use crate::report::chart::Chart;

/// A file's name and what is in it.
pub(crate) type Picture = (String, Vec<u8>);

/// Every chart as a PNG at twice its logical size and as an SVG document at that size, in their order. Each is laid
/// out once, and charts are drawn side by side. The error is the reason, as a phrase.
pub(crate) fn all(charts: &[Chart]) -> Result<Vec<Picture>, String> {
    let drawn = parallel::each(charts, |chart| {
        let scene = scene(chart);
        let file = |ending: &str| format!("{}.{ending}", chart.name());
        Ok([
            (file("png"), paint::png(&scene)?),
            (file("svg"), paint::svg(&scene)?.into_bytes()),
        ])
    });
    let drawn: Vec<_> = drawn.into_iter().collect::<Result<_, String>>()?;
    Ok(drawn.into_iter().flatten().collect())
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

#[cfg(test)]
mod tests {
    use super::{Picture, all, scene};
    use crate::render::chart::scene::{Area, Mark, Scene};
    use crate::report::chart::{
        Bar, BarValue, Bars, Better, Bridge, Callout, Caption, Chart, Column, ColumnCost, Hue,
        Layer, Lines, Marker, Part, Point, Range, Series, Stacked, Step, StepKind, Swing, SwingEnd,
        Tornado, Unit,
    };

    fn caption() -> Caption {
        Caption {
            name: "demo",
            title: "Manual costs $31k & more a year: $12k less than Guard Standard, which pays \
                    for itself from 830 people on"
                .to_owned(),
            subtitle: "US$ a year".to_owned(),
            footnote: "Source: export of 2026-11-01".to_owned(),
            nothing: "No seats are wasted".to_owned(),
        }
    }

    fn text(text: &str) -> String {
        text.to_owned()
    }

    fn layer(name: &str, hue: Hue) -> Layer {
        Layer {
            name: text(name),
            hue,
        }
    }

    /// One chart of each kind with `count` marks, the last of them unknown where that exists.
    fn charts(count: u8, factor: f64) -> Vec<Chart> {
        let unit = || Unit {
            prefix: text("$"),
            suffix: String::new(),
        };
        let value = |index: u8| f64::from(count - index) * factor;
        let name = |index: u8| format!("Jira Service Management, premium plan {index}");
        let all = || 0..count;
        let unknown = || text("price unknown, 14 seats");
        let part = |value: f64| Part {
            component: usize::from(value < 0.0),
            value,
            label: text("$12.0k"),
        };
        let columns = all().map(|index| Column {
            name: name(index),
            badge: (index == 1).then(|| text("lowest cost")),
            cost: match index + 1 < count {
                true => ColumnCost::Known {
                    parts: vec![part(value(index)), part(-value(index) / 3.0)],
                    total: value(index) / 1.5,
                    label: text("$27.5k"),
                    range: Some(Range {
                        low: 0.0,
                        high: value(index) * 2.0,
                        label: text("$24.1k–$31.0k"),
                    }),
                },
                false => ColumnCost::Unknown { label: unknown() },
            },
        });
        let rows = all().map(|index| Bar {
            name: name(index),
            value: match index + 1 < count {
                true => BarValue::Known {
                    value: value(index),
                    range: None,
                    label: text("$4,120 · 38 %"),
                },
                false => BarValue::Unknown { label: unknown() },
            },
        });
        let hues = [Hue::Manual, Hue::GuardStandard, Hue::GuardPremium];
        let series = all().map(|index| Series {
            name: name(index),
            hue: hues[usize::from(index) % hues.len()],
            label: text("$24.0k"),
            points: [0.0, 500.0, 1000.0]
                .map(|x| Point {
                    x,
                    y: x * value(index),
                })
                .to_vec(),
            band: Vec::new(),
        });
        let callouts = all().map(|index| Callout {
            x: 300.0 + f64::from(index),
            y: 300.0 * value(index),
            label: text("Guard Standard = manual at 300 people"),
        });
        let lines = Lines {
            caption: caption(),
            unit: unit(),
            x_unit: Unit::default(),
            x_title: text("people"),
            series: series.collect(),
            callouts: callouts.take(3).collect(),
            marker: Some(Marker {
                x: 512.0,
                label: text("today: 512"),
            }),
        };
        let end = |value: f64| SwingEnd {
            value,
            label: text("$35 an hour"),
            effect: text("−$4.1k"),
        };
        let swings = all().map(|index| Swing {
            name: name(index),
            low: end(-value(index)),
            high: end(value(index)),
        });
        let steps = all().map(|index| Step {
            name: name(index),
            kind: match index {
                0 => StepKind::Level(value(0)),
                1 => StepKind::Unknown,
                _ => StepKind::Change(-factor / 2.0),
            },
            label: text("−$9.1k"),
        });
        vec![
            Chart::Stacked(Stacked {
                caption: caption(),
                unit: unit(),
                components: vec![
                    layer("Guard fee", Hue::GuardStandard),
                    layer("Jira bill replaced", Hue::Enterprise),
                ],
                columns: columns.collect(),
            }),
            Chart::Bars(Bars {
                caption: caption(),
                unit: unit(),
                rows: rows.collect(),
            }),
            Chart::BreakEven(lines.clone()),
            Chart::Cumulative(lines),
            Chart::Tornado(Tornado {
                caption: caption(),
                unit: unit(),
                better: Better::Higher,
                baseline: 0.0,
                baseline_label: text("as assumed: $12.4k"),
                swings: swings.collect(),
            }),
            Chart::Bridge(Bridge {
                caption: caption(),
                unit: unit(),
                better: Better::Lower,
                steps: steps.collect(),
            }),
        ]
    }

    /// The chart's PNG and SVG.
    fn drawn(chart: &Chart) -> [Picture; 2] {
        let pictures = all(std::slice::from_ref(chart)).expect("a chart is drawn");
        pictures.try_into().expect("two pictures of a chart")
    }

    fn says(scene: &Scene, wanted: &str) -> bool {
        let said = |mark: &Mark| matches!(mark, Mark::Words { text, .. } if text.contains(wanted));
        scene.marks.iter().any(said)
    }

    #[test]
    fn no_text_overlaps_another_or_leaves_the_picture() {
        for (count, factor) in [(1, 900.0), (3, 0.004), (6, 41_000.0), (7, 3e8)] {
            for chart in charts(count, factor) {
                let scene = scene(&chart);
                let page = Area {
                    x: 0.0,
                    y: 0.0,
                    width: scene.width,
                    height: scene.height,
                };
                let boxes: Vec<Area> = scene.marks.iter().filter_map(Mark::words_area).collect();
                for (index, area) in boxes.iter().enumerate() {
                    assert!(page.holds(area), "{count} marks: text cut in {chart:?}");
                    let clash = boxes[..index].iter().any(|other| other.overlaps(area));
                    assert!(!clash, "{count} marks: texts overlap in {chart:?}");
                }
            }
        }
    }

    #[test]
    fn an_empty_chart_says_so_and_odd_numbers_do_no_harm() {
        for chart in charts(0, 1.0) {
            assert!(says(&scene(&chart), "No seats are wasted"), "{chart:?}");
        }
        for factor in [0.0, f64::NAN, f64::INFINITY, -1e300] {
            assert!(all(&charts(4, factor)).is_ok());
        }
    }

    #[test]
    fn a_long_title_takes_two_lines() {
        let scene = scene(&charts(2, 1.0)[0]);
        assert!(says(&scene, "Manual costs") && says(&scene, "830 people on"));
    }

    #[test]
    fn the_png_has_twice_the_logical_size_and_the_same_bytes_again() {
        let chart = &charts(3, 900.0)[2];
        let [(name, bytes), _] = drawn(chart);
        assert_eq!(name, "demo.png");
        assert_eq!(bytes[..8], *b"\x89PNG\r\n\x1a\n");
        let size = |at: usize| {
            u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
        };
        assert_eq!((size(16), size(20)), (1920, 1080));
        assert_eq!(drawn(chart)[0].1, bytes);
    }

    #[test]
    fn the_svg_has_the_logical_size_and_an_escaped_title() {
        let [_, (_, svg)] = drawn(&charts(7, 900.0)[1]);
        let drawn = String::from_utf8(svg).expect("text");
        assert!(drawn.starts_with("<svg role=\"img\" width=\"960\" height=\"540\" viewBox="));
        assert!(drawn.contains("<title>Manual costs $31k &amp; more a year"));
        assert!(drawn.contains("textLength="));
        assert!(drawn.trim_end().ends_with("</svg>"));
        assert_eq!(
            drawn.matches("<text").count(),
            drawn.matches("</text>").count()
        );
    }
}
