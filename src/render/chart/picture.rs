//! Pixels to PNG, small and fast.
//!
//! A chart has few colours, so it nearly always fits a palette: a third of the bytes to compress.
//! What the pixels show is none of this module's business.

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

/// Pixels that are compared with the one before them at once.
const STRETCH: usize = 32;

/// Palette and indices in order of appearance, unless there are too many colours.
fn indexed(pixels: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut palette = Palette::new();
    let mut indices = Vec::with_capacity(pixels.len() / 3);
    let (mut last, mut last_index, mut same) = ([0_u8; 3], None, [0_u8; 3 * STRETCH]);
    for stretch in pixels.chunks(same.len()) {
        // A chart is white ground and even fills: most stretches are all of the last pixel's colour.
        if let (Some(index), true) = (last_index, same.starts_with(stretch)) {
            indices.resize(indices.len() + stretch.len() / 3, index);
            continue;
        }
        let (colours, _) = stretch.as_chunks::<3>();
        for colour in colours {
            let index = match last_index {
                Some(index) if last == *colour => index,
                _ => palette.index(*colour)?,
            };
            (last, last_index) = (*colour, Some(index));
            indices.push(index);
        }
        for place in same.as_chunks_mut::<3>().0 {
            *place = last;
        }
    }
    Some((palette.bytes, indices))
}

/// Colours in order of appearance, with a table that finds a known one in a step or two.
struct Palette {
    bytes: Vec<u8>,
    slots: Vec<Option<([u8; 3], u8)>>,
}

impl Palette {
    /// Far more slots than colours, so that two rarely want the same one.
    const SLOTS: usize = 16 * PALETTE;

    fn new() -> Palette {
        Palette {
            bytes: Vec::with_capacity(3 * PALETTE),
            slots: vec![None; Palette::SLOTS],
        }
    }

    /// The place of a colour, new or known; none when the palette is full.
    fn index(&mut self, colour: [u8; 3]) -> Option<u8> {
        let [red, green, blue] = colour.map(usize::from);
        let mut slot = (red * 661 + green * 149 + blue * 31) % Palette::SLOTS;
        while let Some((known, index)) = self.slots[slot] {
            if known == colour {
                return Some(index);
            }
            slot = (slot + 1) % Palette::SLOTS;
        }
        let index = u8::try_from(self.bytes.len() / 3).ok()?;
        self.bytes.extend_from_slice(&colour);
        self.slots[slot] = Some((colour, index));
        Some(index)
    }
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
    #[test]
    fn every_pixel_gets_its_own_colour_back() {
        // Runs of all lengths, ends within a stretch and on its edge, and all 256 colours.
        let colour = |number: usize| [(number % 256) as u8, (number % 7) as u8, 9];
        let mut pixels = Vec::new();
        for run in (0..200).chain([31, 32, 33, 63, 64, 65, 0, 1]) {
            for _ in 0..run {
                pixels.extend_from_slice(&colour(run * 31));
            }
        }
        let (palette, indices) = indexed(&pixels).expect("few colours");
        let back: Vec<u8> = indices
            .iter()
            .flat_map(|&index| palette[3 * usize::from(index)..][..3].to_vec())
            .collect();
        assert!(back == pixels);
        let mut seen = Vec::new();
        for pixel in pixels.as_chunks::<3>().0 {
            if !seen.contains(pixel) {
                seen.push(*pixel);
            }
        }
        assert_eq!(palette, seen.concat(), "in order of appearance");
        let all: Vec<u8> = (0..=255).flat_map(|red| [red, 0, 0]).collect();
        assert_eq!(indexed(&all).map(|(palette, _)| palette.len()), Some(768));
    }
}
