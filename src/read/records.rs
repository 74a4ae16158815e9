//! The records of a table, block by block.
//!
//! A block's delimiters, line ends and quotes are found sixteen bytes at a time; cells are then slices of the block.
//! Quotes that are not those of CSV, and line ends that are a CR alone, are left to `careful`.

use wide::u8x16;

/// The places of a block where cells end, and what else reading it needs to know.
#[derive(Default)]
pub(super) struct Structure {
    /// Where cells end outside quotes: at a delimiter or a line's end.
    pub(super) ends: Vec<u32>,
    /// Behind the last whole record.
    pub(super) whole: usize,
    /// How many of the ends belong to whole records.
    pub(super) used: usize,
    /// Whether a line ends within quotes anywhere.
    pub(super) long: bool,
    /// Whether all quotes are those of CSV, no CR stands alone, and no record has more lines than one may have.
    pub(super) plain: bool,
}

/// One bit a byte, from the lowest: whether it is the wanted one.
fn equal(bytes: &[u8; 64], wanted: u8x16) -> u64 {
    let parts = bytes.as_chunks::<16>().0.iter().enumerate();
    parts.fold(0, |bits, (at, part)| {
        let same = u8x16::new(*part).simd_eq(wanted).to_bitmask();
        bits | u64::from(same) << (16 * at)
    })
}

/// From the bits of quotes to those of bytes within quotes: the opening quote is within, the closing one is not.
const fn within(mut quotes: u64) -> u64 {
    quotes ^= quotes << 1;
    quotes ^= quotes << 2;
    quotes ^= quotes << 4;
    quotes ^= quotes << 8;
    quotes ^= quotes << 16;
    quotes ^ (quotes << 32)
}

impl Structure {
    /// Looks at a block that begins with a record; one of `most_lines` lines or more is not plain.
    pub(super) fn of(&mut self, block: &[u8], delimiter: u8, most_lines: u64) {
        let (delimiters, quote, line) = (
            u8x16::splat(delimiter),
            u8x16::splat(b'"'),
            u8x16::splat(b'\n'),
        );
        self.ends.clear();
        (self.whole, self.used, self.long, self.plain) = (0, 0, false, true);
        let mut inside = 0_u64;
        // Whether the byte before ends a cell, and whether it is a closing quote.
        let (mut ended, mut closed) = (1_u64, 0_u64);
        let mut start = 0_u32;
        // The lines that ended within the record in hand.
        let mut lines_within = 0_u64;
        let (chunks, rest) = block.as_chunks::<64>();
        let mut last = [0_u8; 64];
        last[..rest.len()].copy_from_slice(rest);
        let last = (!rest.is_empty()).then_some(&last);
        for chunk in chunks.iter().chain(last) {
            let commas = equal(chunk, delimiters);
            let quotes = equal(chunk, quote);
            let lines = equal(chunk, line);
            let mut ends = commas | lines;
            let mut inner_lines = 0_u64;
            if quotes | inside | closed != 0 {
                let quoted = within(quotes) ^ inside;
                let inner = lines & quoted;
                ends &= !quoted;
                if inner != 0 {
                    self.long = true;
                    // Records that begin and end in this chunk are short, unless even its few bytes hold too many lines:
                    // the one at hand before it may be long.
                    let up_to_end = match most_lines > u64::from(u64::BITS) {
                        true => u64::MAX.unbounded_shr(64 - (ends & lines).trailing_zeros()),
                        false => u64::MAX,
                    };
                    let of_record = lines_within + u64::from((inner & up_to_end).count_ones());
                    self.plain &= of_record < most_lines;
                }
                inner_lines = inner;
                let (opening, closing) = (quotes & quoted, quotes & !quoted);
                // A quote opens behind an end, or it is the second of a pair; behind one that closes comes an end,
                // the CR of one, or a quote.
                let mut wrong = opening & !(((ends | closing) << 1) | ended | closed);
                let mut behind = ((closing << 1) | closed) & !(ends | opening);
                while behind != 0 {
                    let at = behind.trailing_zeros();
                    let past_end = start as usize + at as usize >= block.len();
                    if chunk[at as usize] != b'\r' && !past_end {
                        wrong |= 1 << at;
                    }
                    behind &= behind - 1;
                }
                self.plain &= wrong == 0;
                inside = ((quoted as i64) >> 63) as u64;
                closed = closing >> 63;
            }
            ended = ends >> 63;
            let line_ends = ends & lines;
            if line_ends == 0 {
                lines_within += u64::from(inner_lines.count_ones());
            } else {
                let at = 63 - line_ends.leading_zeros();
                self.whole = start as usize + at as usize + 1;
                let up_to = u64::MAX >> (63 - at);
                self.used = self.ends.len() + (ends & up_to).count_ones() as usize;
                lines_within = u64::from((inner_lines & !up_to).count_ones());
            }
            while ends != 0 {
                self.ends.push(start + ends.trailing_zeros());
                ends &= ends - 1;
            }
            start += 64;
        }
        self.plain &= !lone_cr(&block[..self.whole]);
    }
}

fn lone_cr(block: &[u8]) -> bool {
    memchr::memchr_iter(b'\r', block).any(|at| block.get(at + 1) != Some(&b'\n'))
}
