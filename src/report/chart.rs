//! What each chart shows: finished titles, labels and coordinates, one struct per kind of chart.
//!
//! `report::build` fills these from exact money; `f64` appears here only as a coordinate, always
//! beside the text that states the figure. No scale, colour, font or drawing call belongs here, and
//! no plotters type: a chart is data, so it can be compared, serialised and drawn by anybody.

use serde::Serialize;

/// One chart of the report.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Chart {
    /// What each alternative costs, by component.
    Stacked(Stacked),
    /// Yearly cost over headcount, with the crossings.
    BreakEven(Lines),
    /// Sorted amounts, for waste by product or by department.
    Bars(Bars),
    /// The effect of each assumption on one result.
    Tornado(Tornado),
    /// From today's amount to the later one, step by step.
    Bridge(Bridge),
    /// Cost added up year by year, with the payback.
    Cumulative(Lines),
}

impl Chart {
    /// The words around the drawing.
    pub(crate) fn caption(&self) -> &Caption {
        match self {
            Chart::Stacked(chart) => &chart.caption,
            Chart::BreakEven(chart) | Chart::Cumulative(chart) => &chart.caption,
            Chart::Bars(chart) => &chart.caption,
            Chart::Tornado(chart) => &chart.caption,
            Chart::Bridge(chart) => &chart.caption,
        }
    }

    /// The stem of the file's name.
    pub(crate) fn name(&self) -> &'static str {
        self.caption().name
    }
}

/// The words around a drawing.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Caption {
    /// Stem of the file's name: `alternatives`, `break_even`, …
    pub(crate) name: &'static str,
    /// The finding, as a sentence without a full stop.
    pub(crate) title: String,
    /// What is measured, in which unit, period and scenario.
    pub(crate) subtitle: String,
    /// Source, day and assumptions.
    pub(crate) footnote: String,
    /// Said in place of the drawing when there is no mark; empty stands for "Nothing to show".
    pub(crate) nothing: String,
}

/// What a colour stands for: one thing has one colour in every chart, whatever else is drawn beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hue {
    Manual,
    GuardStandard,
    GuardPremium,
    Enterprise,
    ThirdParty,
    UnusedLicences,
    ItHours,
    ComplianceMisses,
}

/// What stands around the numbers of an axis: `$` before, or ` %` after.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Unit {
    pub(crate) prefix: String,
    pub(crate) suffix: String,
}

/// The lowest and the highest value that the assumptions allow.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Range {
    pub(crate) low: f64,
    pub(crate) high: f64,
    /// "$24.1k–$31.0k"; empty when the mark's own label already says it.
    pub(crate) label: String,
}

/// Bars made of components, one bar per alternative, in the order given.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Stacked {
    pub(crate) caption: Caption,
    pub(crate) unit: Unit,
    /// What [`Part::component`] points at, in stacking order.
    pub(crate) components: Vec<Layer>,
    pub(crate) columns: Vec<Column>,
}

/// What bars are made of.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub(crate) struct Layer {
    pub(crate) name: String,
    #[serde(skip)]
    pub(crate) hue: Hue,
}

/// One alternative.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Column {
    pub(crate) name: String,
    /// "lowest cost" on the cheapest alternative, which is then set apart.
    pub(crate) badge: Option<String>,
    pub(crate) cost: ColumnCost,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ColumnCost {
    Known {
        /// Negative parts are stacked to the other side of zero.
        parts: Vec<Part>,
        /// The sum of the parts, as the report states it.
        total: f64,
        label: String,
        range: Option<Range>,
    },
    /// Drawn as a gap that carries this text: "price unknown: ceiling $18.2k".
    Unknown { label: String },
}

/// One component of one alternative.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Part {
    /// Index into [`Stacked::components`].
    pub(crate) component: usize,
    pub(crate) value: f64,
    /// Written inside the segment where it fits: "$12.0k".
    pub(crate) label: String,
}

/// Lines over a common axis: headcount or years.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Lines {
    pub(crate) caption: Caption,
    /// Of the value axis.
    pub(crate) unit: Unit,
    /// Of the horizontal axis: `year ` before the number, for instance.
    pub(crate) x_unit: Unit,
    /// "people"
    pub(crate) x_title: String,
    pub(crate) series: Vec<Series>,
    /// Crossings or paybacks: none, one or several.
    pub(crate) callouts: Vec<Callout>,
    /// "today: 512"
    pub(crate) marker: Option<Marker>,
}

/// One line. Without points it is named as a gap beside the others.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Series {
    pub(crate) name: String,
    #[serde(skip)]
    pub(crate) hue: Hue,
    /// Under the name at the end of the line: the last value, or why there is none.
    pub(crate) label: String,
    /// Ascending in `x`; two points on one `x` draw a jump.
    pub(crate) points: Vec<Point>,
    /// Ascending in `x`; empty when the line has no range.
    pub(crate) band: Vec<BandPoint>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Point {
    pub(crate) x: f64,
    pub(crate) y: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct BandPoint {
    pub(crate) x: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

/// A point worth a sentence: "Guard Standard = manual at 212 people".
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Callout {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) label: String,
}

/// A place on the horizontal axis.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Marker {
    pub(crate) x: f64,
    pub(crate) label: String,
}

/// Horizontal bars in the order given: sort them, largest first, unknown last.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Bars {
    pub(crate) caption: Caption,
    pub(crate) unit: Unit,
    pub(crate) rows: Vec<Bar>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Bar {
    pub(crate) name: String,
    pub(crate) value: BarValue,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum BarValue {
    Known {
        value: f64,
        range: Option<Range>,
        /// "$4,120 · 38 %"
        label: String,
    },
    /// Drawn as a gap that carries this text: "price unknown, 14 seats".
    Unknown { label: String },
    /// Said and not drawn: what many small amounts come to would dwarf the rest.
    Said { label: String },
}

/// How far each assumption moves one result. Sort the swings, largest first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Tornado {
    pub(crate) caption: Caption,
    pub(crate) unit: Unit,
    pub(crate) better: Better,
    /// The result under the realistic assumptions, where all bars begin.
    pub(crate) baseline: f64,
    /// "as assumed: $12.4k a year"
    pub(crate) baseline_label: String,
    pub(crate) swings: Vec<Swing>,
}

/// Which direction of the value is good news.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Better {
    Higher,
    Lower,
}

/// One assumption at its low and its high value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Swing {
    pub(crate) name: String,
    pub(crate) low: SwingEnd,
    pub(crate) high: SwingEnd,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct SwingEnd {
    /// The result with the assumption at this end.
    pub(crate) value: f64,
    /// The assumption at this end: "$35 an hour".
    pub(crate) label: String,
    /// Signed difference from the baseline: "−$4.1k".
    pub(crate) effect: String,
}

/// A waterfall: levels, and the changes between them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Bridge {
    pub(crate) caption: Caption,
    pub(crate) unit: Unit,
    pub(crate) better: Better,
    pub(crate) steps: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Step {
    pub(crate) name: String,
    pub(crate) kind: StepKind,
    /// "$84.0k" on a level, "−$12.3k" or "+$4.0k" on a change, the reason on an unknown.
    pub(crate) label: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum StepKind {
    /// A level, drawn from zero: today's bill, the later bill.
    Level(f64),
    /// A signed change, drawn from where the step before ended.
    Change(f64),
    /// A labelled gap; the next change starts where the step before ended.
    Unknown,
}
