//! Pixels to PNG, small and fast.
//!
//! A chart has few colours, so it nearly always fits a palette: a third of the bytes to compress.
//! What the pixels show is none of this module's business.

use std::collections::HashMap;

/// Pixels per metre at two to the logical pixel: 144 to the inch, so that a chart fills a slide.
const PIXELS_PER_METRE: u32 = 5669;
const PALETTE: usize = 256;

/// `pixels`, three bytes each, as a PNG.
pub(super) fn encoded(
    pixels: &[u8],
    (width, height): (u32, u32),
) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_depth(png::BitDepth::Eight);
    // On flat colours the lowest level is a third of the time of the default, at 1.4 times the size.
    encoder.set_deflate_compression(png::DeflateCompression::Level(1));
    encoder.set_pixel_dims(Some(png::PixelDimensions {
        xppu: PIXELS_PER_METRE,
        yppu: PIXELS_PER_METRE,
        unit: png::Unit::Meter,
    }));
    let indexed = indexed(pixels);
    let image = match &indexed {
        Some((palette, indices)) => {
            encoder.set_color(png::ColorType::Indexed);
            encoder.set_palette(palette.as_slice());
            // Differences between palette entries mean nothing.
            encoder.set_filter(png::Filter::NoFilter);
            indices.as_slice()
        }
        None => {
            encoder.set_color(png::ColorType::Rgb);
            pixels
        }
    };
    let mut writer = encoder.write_header()?;
    writer.write_image_data(image)?;
    writer.finish()?;
    Ok(bytes)
}

/// Palette and indices in order of appearance, unless there are too many colours.
fn indexed(pixels: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut palette = Vec::with_capacity(3 * PALETTE);
    let mut known: HashMap<[u8; 3], u8> = HashMap::with_capacity(PALETTE);
    let mut indices = Vec::with_capacity(pixels.len() / 3);
    let mut last = ([0; 3], None);
    let (colours, _) = pixels.as_chunks::<3>();
    for colour in colours {
        // Most pixels look like the one before.
        if let (before, Some(index)) = last
            && before == *colour
        {
            indices.push(index);
            continue;
        }
        let index = match known.get(colour) {
            Some(index) => *index,
            None => {
                let index = u8::try_from(known.len()).ok()?;
                known.insert(*colour, index);
                palette.extend_from_slice(colour);
                index
            }
        };
        last = (*colour, Some(index));
        indices.push(index);
    }
    Some((palette, indices))
}

#[cfg(test)]
mod tests {
    use super::{encoded, indexed};

    #[test]
    fn few_colours_become_a_palette_and_many_do_not() {
        let few = [255, 255, 255, 9, 9, 9, 255, 255, 255];
        let (palette, indices) = indexed(&few).expect("two colours fit");
        assert_eq!((palette.len(), indices), (6, vec![0, 1, 0]));
        let many: Vec<u8> = (0..300_u16)
            .flat_map(|n| [n.to_le_bytes()[0], n.to_le_bytes()[1], 0])
            .collect();
        assert!(indexed(&many).is_none());
        assert!(encoded(&many, (300, 1)).is_ok());
    }
}
