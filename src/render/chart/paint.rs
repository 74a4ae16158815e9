//! From a scene to a picture: any plotters backend, then PNG bytes or SVG text.
//!
//! Backends take whole numbers only, so both pictures are drawn on a grid of [`GRID`] steps per
//! logical pixel, fine enough that dashes and slants do not wobble. The SVG is then declared at its
//! logical size; the bitmap has a pixel for every [`STEPS_PER_PIXEL`] steps. No layout belongs here.

use std::convert::Infallible;

use plotters::prelude::{BitMapBackend, DrawingBackend, SVGBackend};
use plotters_backend::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, FontFamily, FontStyle,
};

use crate::render::chart::picture;
use crate::render::chart::scene::{Align, Colour, Ink, Mark, Place, Scene};
use crate::render::chart::smooth::{STEPS_PER_PIXEL, Smooth};
use crate::render::chart::text::{self, Face};
use crate::safe::xml::escaped;

/// Steps of the backends' grid per logical pixel.
const GRID: f64 = 8.0;
/// Texts wider than this would feel another font's width.
const LONG_TEXT: f64 = 240.0;
/// plotters' SVG backend divides the size by this; ours are in em.
const SVG_SIZE: f64 = 1.24;
/// plotters' SVG backend hangs a text this many em below its top, whatever the font.
const HANG: f64 = 0.76;

/// The scene as a PNG.
pub(super) fn png(scene: &Scene) -> Result<Vec<u8>, String> {
    let (width, height) = grid_size(scene);
    let (width, height) = (width / STEPS_PER_PIXEL, height / STEPS_PER_PIXEL);
    let mut pixels = vec![255_u8; width as usize * height as usize * 3];
    let canvas = BitMapBackend::with_buffer(&mut pixels, (width, height));
    draw(scene, Smooth::new(canvas))?;
    picture::encoded(&pixels, (width, height)).map_err(|cause| cause.to_string())
}

/// The scene as an SVG document.
pub(super) fn svg(scene: &Scene) -> Result<String, String> {
    let (width, height) = grid_size(scene);
    let mut drawn = String::new();
    draw(scene, SVGBackend::with_string(&mut drawn, (width, height)))?;
    // The backend declares the grid as the size; the picture's own size is the logical one. It
    // gets the title, too, so that screen readers and tooltips have a name for it.
    let declared = format!("<svg width=\"{width}\" height=\"{height}\"");
    let wanted = format!(
        "<svg role=\"img\" width=\"{}\" height=\"{}\"",
        scene.width, scene.height
    );
    let drawn = drawn.replacen(&declared, &wanted, 1);
    let titled = format!(">\n<title>{}</title>\n", escaped(&scene.title));
    let drawn = drawn.replacen(">\n", &titled, 1);
    // Quotes inside texts are escaped by the backend, so this can only meet the attribute.
    let drawn = drawn.replace("font-weight=\"bold\"", "font-weight=\"600\"");
    Ok(fitted(scene, &drawn))
}

/// The document with the lengths of its long texts laid down, so that a title or footnote stays in
/// the picture where a viewer has none of the fonts and takes a wider one.
fn fitted(scene: &Scene, drawn: &str) -> String {
    let lengths = scene.marks.iter().filter_map(Mark::words_area);
    let mut parts = drawn.split("<text ");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for (part, area) in parts.zip(lengths) {
        out.push_str("<text ");
        if area.width > LONG_TEXT {
            let length = (area.width * GRID).round();
            out.push_str(&format!(
                "textLength=\"{length}\" lengthAdjust=\"spacingAndGlyphs\" "
            ));
        }
        out.push_str(part);
    }
    out
}

fn grid_size(scene: &Scene) -> (u32, u32) {
    (
        (scene.width * GRID).round() as u32,
        (scene.height * GRID).round() as u32,
    )
}

/// Draws every mark on `backend`, in order.
fn draw<B: DrawingBackend>(scene: &Scene, mut backend: B) -> Result<(), String> {
    let said = |cause: &dyn std::error::Error| cause.to_string();
    backend.ensure_prepared().map_err(|e| said(&e))?;
    let (width, height) = grid_size(scene);
    let white = Pen::new(Colour(255, 255, 255), 1.0, 1.0);
    backend
        .draw_rect((0, 0), (width as i32, height as i32), &white, true)
        .map_err(|e| said(&e))?;
    for mark in &scene.marks {
        let drawn = match mark {
            Mark::Block { area, colour } => {
                let (from, to) = (at((area.x, area.y)), at((area.right(), area.bottom())));
                // A block of some amount is never thinner than a pixel.
                let thin = STEPS_PER_PIXEL as i32;
                let to = (to.0.max(from.0 + thin), to.1.max(from.1 + thin));
                backend.draw_rect(from, to, &Pen::new(*colour, 1.0, 1.0), true)
            }
            Mark::Stroke {
                points,
                width,
                colour,
            } => {
                let pen = Pen::new(*colour, 1.0, *width);
                backend.draw_path(points.iter().copied().map(at), &pen)
            }
            Mark::Shade {
                points,
                colour,
                opacity,
            } => {
                let pen = Pen::new(*colour, *opacity, 1.0);
                backend.fill_polygon(points.iter().copied().map(at), &pen)
            }
            Mark::Dot {
                at: place,
                radius,
                colour,
            } => backend.draw_circle(
                at(*place),
                (radius * GRID).round() as u32,
                &Pen::new(*colour, 1.0, 1.0),
                true,
            ),
            Mark::Words {
                text,
                at: (x, y),
                align,
                ink,
            } => {
                let style = Lettering {
                    ink: *ink,
                    align: *align,
                };
                backend.draw_text(text, &style, at((*x, y - HANG * ink.size)))
            }
        };
        drawn.map_err(|e| said(&e))?;
    }
    backend.present().map_err(|e| said(&e))
}

/// A logical place on the backend's grid.
fn at((x, y): Place) -> BackendCoord {
    ((x * GRID).round() as i32, (y * GRID).round() as i32)
}

/// Colour and stroke as a backend wants them.
struct Pen {
    colour: BackendColor,
    width: u32,
}

impl Pen {
    fn new(Colour(red, green, blue): Colour, alpha: f64, width: f64) -> Pen {
        Pen {
            colour: BackendColor {
                alpha,
                rgb: (red, green, blue),
            },
            width: ((width * GRID).round() as u32).max(1),
        }
    }
}

impl BackendStyle for Pen {
    fn color(&self) -> BackendColor {
        self.colour
    }

    fn stroke_width(&self) -> u32 {
        self.width
    }
}

/// A text's looks as a backend wants them: the SVG backend reads the names, others ask for pixels.
struct Lettering {
    ink: Ink,
    align: Align,
}

impl BackendTextStyle for Lettering {
    type FontError = Infallible;

    fn color(&self) -> BackendColor {
        Pen::new(self.ink.colour, 1.0, 1.0).colour
    }

    fn size(&self) -> f64 {
        self.ink.size * GRID * SVG_SIZE
    }

    fn style(&self) -> FontStyle {
        match self.ink.face {
            Face::Regular => FontStyle::Normal,
            Face::Semibold => FontStyle::Bold,
        }
    }

    fn anchor(&self) -> Pos {
        let across = match self.align {
            Align::Left => HPos::Left,
            Align::Centre => HPos::Center,
            Align::Right => HPos::Right,
        };
        Pos::new(across, VPos::Top)
    }

    fn family(&self) -> FontFamily<'_> {
        FontFamily::Name(text::FAMILIES)
    }

    fn layout_box(&self, text: &str) -> Result<((i32, i32), (i32, i32)), Infallible> {
        let size = self.ink.size * GRID;
        let width = text::width(text, self.ink.face, size).round() as i32;
        Ok(((0, 0), (width, size.round() as i32)))
    }

    fn draw<E, F: FnMut(i32, i32, BackendColor) -> Result<(), E>>(
        &self,
        text: &str,
        (x, y): BackendCoord,
        mut draw: F,
    ) -> Result<Result<(), E>, Infallible> {
        // Asked only by the bitmap: takes a place on the grid, gives pixels.
        let step = f64::from(STEPS_PER_PIXEL);
        let size = self.ink.size * GRID / step;
        let baseline = f64::from(y) / step + HANG * size;
        let start = ((f64::from(x) / step) as f32, baseline as f32);
        let colour = self.color();
        let mut outcome = Ok(());
        text::rasterise(text, self.ink.face, size, start, |column, row, coverage| {
            if outcome.is_ok() && coverage > 0.0 {
                outcome = draw(column, row, colour.mix(coverage));
            }
        });
        Ok(outcome)
    }
}
