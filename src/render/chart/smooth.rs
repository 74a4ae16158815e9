//! plotters' bitmap backend with smooth edges.
//!
//! plotters draws a thick or slanted line as a polygon with whole-pixel corners and uneven edges,
//! and blends some pixels of a translucent polygon twice. Here lines, polygons and circles are
//! filled by exact coverage instead, from places on a grid finer than the pixels. Only the bitmap
//! is like that: an SVG viewer smooths by itself.

use ab_glyph_rasterizer::{Point, Rasterizer, point};
use plotters::prelude::{BitMapBackend, DrawingBackend};
use plotters_backend::text_anchor::HPos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind,
};

/// Steps of the grid on which marks are placed, per pixel.
pub(super) const STEPS_PER_PIXEL: u32 = 4;
/// Shares of coverage that are told apart: enough for the eye, few enough for a palette.
const SHADES: f64 = 15.0;
/// Segments of a polyline filled at once: few enough that their common box stays small.
const CHUNK: usize = 12;

pub(super) struct Smooth<'a> {
    canvas: BitMapBackend<'a>,
}

type Fault<'a> = DrawingErrorKind<<BitMapBackend<'a> as DrawingBackend>::ErrorType>;

impl<'a> Smooth<'a> {
    pub(super) fn new(canvas: BitMapBackend<'a>) -> Smooth<'a> {
        Smooth { canvas }
    }

    /// Fills the union of `shapes`, all of which turn the same way.
    fn fill(&mut self, shapes: &[Vec<Point>], colour: BackendColor) -> Result<(), Fault<'a>> {
        let corners = || shapes.iter().flatten();
        let low = |of: fn(&Point) -> f32| corners().map(of).fold(f32::MAX, f32::min).floor();
        let high = |of: fn(&Point) -> f32| corners().map(of).fold(f32::MIN, f32::max).ceil();
        let (size_x, size_y) = self.canvas.get_size();
        // Everything is drawn inside the canvas; a stray mark must not ask for a huge buffer.
        let left = low(|p| p.x).max(0.0);
        let top = low(|p| p.y).max(0.0);
        let right = high(|p| p.x).min(size_x as f32);
        let bottom = high(|p| p.y).min(size_y as f32);
        if !(right > left && bottom > top) {
            return Ok(());
        }
        let (width, height) = ((right - left) as usize, (bottom - top) as usize);
        let mut coverage = Rasterizer::new(width + 1, height + 1);
        let (limit_x, limit_y) = (width as f32, height as f32);
        let inside = |p: &Point| {
            point(
                (p.x - left).clamp(0.0, limit_x),
                (p.y - top).clamp(0.0, limit_y),
            )
        };
        for shape in shapes {
            for (index, from) in shape.iter().enumerate() {
                let to = &shape[(index + 1) % shape.len()];
                coverage.draw_line(inside(from), inside(to));
            }
        }
        let mut outcome = Ok(());
        coverage.for_each_pixel_2d(|column, row, share| {
            if share > 0.02 && outcome.is_ok() {
                let at = (left as i32 + column as i32, top as i32 + row as i32);
                outcome = self.canvas.draw_pixel(at, shaded(colour, f64::from(share)));
            }
        });
        outcome
    }
}

impl<'a> DrawingBackend for Smooth<'a> {
    type ErrorType = <BitMapBackend<'a> as DrawingBackend>::ErrorType;

    fn get_size(&self) -> (u32, u32) {
        self.canvas.get_size()
    }

    fn ensure_prepared(&mut self) -> Result<(), Fault<'a>> {
        self.canvas.ensure_prepared()
    }

    fn present(&mut self) -> Result<(), Fault<'a>> {
        self.canvas.present()
    }

    fn draw_pixel(&mut self, at: BackendCoord, colour: BackendColor) -> Result<(), Fault<'a>> {
        self.canvas.draw_pixel(at, colour)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Result<(), Fault<'a>> {
        let pixel = |steps: i32| (f64::from(steps) / f64::from(STEPS_PER_PIXEL)).round() as i32;
        let (from, to) = ((pixel(from.0), pixel(from.1)), (pixel(to.0), pixel(to.1)));
        // The bitmap backend counts both corners in, SVG only the first; agree with SVG.
        self.canvas
            .draw_rect(from, (to.0 - 1, to.1 - 1), style, fill)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Result<(), Fault<'a>> {
        self.draw_path([from, to], style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<(), Fault<'a>> {
        let points: Vec<Point> = path.into_iter().map(exact).collect();
        let half = (style.stroke_width() as f32 / STEPS_PER_PIXEL as f32).max(1.0) / 2.0;
        let ends = points.len().saturating_sub(1);
        let mut first = 0;
        while first < ends {
            let last = (first + CHUNK).min(ends);
            let mut shapes = Vec::with_capacity(2 * CHUNK);
            for index in first..last {
                shapes.extend(bar(points[index], points[index + 1], half));
                if index + 1 < ends && half > 1.0 {
                    shapes.push(disc(points[index + 1], half));
                }
            }
            self.fill(&shapes, style.color())?;
            first = last;
        }
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<(), Fault<'a>> {
        let shape: Vec<Point> = path.into_iter().map(exact).collect();
        self.fill(&[shape], style.color())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        centre: BackendCoord,
        radius: u32,
        style: &S,
        _fill: bool,
    ) -> Result<(), Fault<'a>> {
        let radius = radius as f32 / STEPS_PER_PIXEL as f32;
        self.fill(&[disc(exact(centre), radius)], style.color())
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        (x, y): BackendCoord,
    ) -> Result<(), Fault<'a>> {
        let unreadable = |cause: S::FontError| DrawingErrorKind::FontError(Box::new(cause));
        let ((left, _), (right, _)) = style.layout_box(text).map_err(unreadable)?;
        let start = match style.anchor().h_pos {
            HPos::Left => x,
            HPos::Center => x - (right - left) / 2,
            HPos::Right => x - (right - left),
        };
        let (width, height) = self.canvas.get_size();
        let inside = |at: i32, size: u32| u32::try_from(at).is_ok_and(|at| at < size);
        let canvas = &mut self.canvas;
        let drawn = style.draw(text, (start, y), |column, row, colour| {
            if inside(column, width) && inside(row, height) {
                canvas.draw_pixel((column, row), shaded(colour, 1.0))
            } else {
                Ok(())
            }
        });
        drawn.map_err(unreadable)?
    }
}

/// `colour` at a share of its strength, in one of [`SHADES`] steps.
fn shaded(colour: BackendColor, share: f64) -> BackendColor {
    BackendColor {
        alpha: (colour.alpha * share.min(1.0) * SHADES).round() / SHADES,
        ..colour
    }
}

fn exact((x, y): BackendCoord) -> Point {
    let step = STEPS_PER_PIXEL as f32;
    point(x as f32 / step, y as f32 / step)
}

/// One segment of a stroke as a rectangle, turning the same way as [`disc`].
fn bar(from: Point, to: Point, half: f32) -> Option<Vec<Point>> {
    let (along_x, along_y) = (to.x - from.x, to.y - from.y);
    let length = along_x.hypot(along_y);
    if length < 1e-3 {
        return None;
    }
    let (x, y) = (-along_y / length * half, along_x / length * half);
    Some(vec![
        point(from.x - x, from.y - y),
        point(to.x - x, to.y - y),
        point(to.x + x, to.y + y),
        point(from.x + x, from.y + y),
    ])
}

fn disc(centre: Point, radius: f32) -> Vec<Point> {
    let corners = 32_u8;
    (0..corners)
        .map(|corner| {
            let angle = f32::from(corner) / f32::from(corners) * std::f32::consts::TAU;
            point(
                centre.x + radius * angle.cos(),
                centre.y + radius * angle.sin(),
            )
        })
        .collect()
}
