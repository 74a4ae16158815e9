//! Reads whatever text there is as the records of a table, by blocks of any size, and compares them with those of
//! the csv crate; where quotes are doubtful, with those of a reader that goes byte by byte.
//!
//! The first byte is the delimiter's choice, the second the size of a block.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let [choice, block, text @ ..] = bytes else {
        return;
    };
    let delimiter = [b',', b';', b'\t'][usize::from(*choice) % 3];
    let difference = seatledger::fuzzing::difference(text, delimiter, usize::from(*block) + 1);
    if let Some(difference) = difference {
        panic!("{difference}");
    }
});
