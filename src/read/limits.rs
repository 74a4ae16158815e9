//! How much of anything is read: beyond that a run ends with a message, not with all memory taken.
//!
//! The README's table of limits says the same.

/// Bytes of one record of a table, its header included.
pub(super) const RECORD_BYTES: usize = 8 << 20;
/// Lines of one record: quoted cells may hold some.
pub(super) const RECORD_LINES: u64 = 20_000;
/// Columns of a table. An organisation with a thousand sites has as many.
pub(super) const COLUMNS: usize = 4_096;

/// Bytes of a pipe, which is copied to be read more than once.
pub(super) const SPOOL_BYTES: u64 = 4 << 30;
/// Bytes of the texts of a workbook, unpacked: they are held in memory.
pub(super) const SHARED_TEXT_BYTES: u64 = 128 << 20;
/// Bytes of one sheet, unpacked. A million rows of forty cells have fewer.
pub(super) const SHEET_BYTES: u64 = 2 << 30;
/// Bytes of any other part of a workbook, unpacked.
pub(super) const PART_BYTES: u64 = 16 << 20;
/// Bytes of one cell or text of a workbook, with its marks.
pub(super) const CELL_BYTES: usize = 8 << 20;
/// Sheets of a workbook.
pub(super) const SHEETS: usize = 256;
/// Bytes of one record of a JSON file, or of one answer in a list of answers.
pub(super) const JSON_BYTES: u64 = 64 << 20;

/// A number of bytes in words, in the largest unit that divides it.
pub(super) fn in_words(bytes: u64) -> String {
    let units = [(30, "GiB"), (20, "MiB"), (10, "KiB")];
    let whole = |&&(bits, _): &&(u32, &str)| bytes.trailing_zeros() >= bits && bytes > 0;
    match units.iter().find(whole) {
        Some((bits, unit)) => format!("{} {unit}", bytes >> bits),
        None => format!("{bytes} bytes"),
    }
}
