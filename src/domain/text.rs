//! Columns of text and dictionaries of repeated words, kept compactly: a million addresses are one buffer,
//! not a million allocations.

use std::fmt::Display;
use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use hashbrown::HashTable;

/// What counts are held in.
pub(crate) trait Count: Display {}
impl Count for u32 {}
impl Count for u64 {}
impl Count for usize {}

/// A count with a comma after every third digit, as text shows it: `1,234`. Tables for programs keep plain digits.
pub(crate) fn grouped(count: impl Count) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A column of text: one row is one string.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Texts {
    bytes: String,
    ends: Vec<u64>,
}

impl Texts {
    pub(crate) fn push(&mut self, text: &str) {
        self.bytes.push_str(text);
        self.ends.push(self.bytes.len() as u64);
    }

    /// The text of a row; empty for a row that does not exist.
    pub(crate) fn get(&self, row: usize) -> &str {
        let start = match row.checked_sub(1) {
            None => 0,
            Some(before) => self
                .ends
                .get(before)
                .map_or(self.bytes.len(), |&end| end as usize),
        };
        let end = self
            .ends
            .get(row)
            .map_or(self.bytes.len(), |&end| end as usize);
        self.bytes.get(start..end).unwrap_or("")
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|row| self.get(row))
    }

    /// The same texts in another order: row `i` of the result is row `order[i]` of this column.
    pub(crate) fn reordered(&self, order: &[u32]) -> Texts {
        let mut sorted = Texts {
            bytes: String::with_capacity(self.bytes.len()),
            ends: Vec::with_capacity(order.len()),
        };
        for &row in order {
            sorted.push(self.get(row as usize));
        }
        sorted
    }

    /// Adds all texts of another column behind those of this one.
    pub(crate) fn append(&mut self, other: &Texts) {
        let before = self.bytes.len() as u64;
        self.bytes.push_str(&other.bytes);
        self.ends.extend(other.ends.iter().map(|end| before + end));
    }

    /// Gives back what growing the buffers reserved in excess.
    pub(crate) fn shrink(&mut self) {
        self.bytes.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

/// A set of distinct texts, each with a small number: departments, domains, addresses, account ids.
#[derive(Clone, Default)]
pub(crate) struct Dictionary {
    texts: Texts,
    index: HashTable<Slot>,
}

/// A text's number beside part of its hash, so that neither growing nor most misses touch the text itself.
#[derive(Clone, Copy)]
pub(super) struct Slot {
    pub(super) hash: u32,
    pub(super) number: u32,
}

/// A fixed seed: numbers are given in order of first appearance, so the hash never reaches any output.
const HASHER: FixedState = FixedState::with_seed(0x5ea7_1ed6);

pub(super) fn hash_of(text: &str) -> u32 {
    let hash = HASHER.hash_one(text);
    (hash ^ (hash >> 32)) as u32
}

/// 32 bits of hash, spread over the 64 that a table wants.
pub(super) const fn widened(hash: u32) -> u64 {
    (hash as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

impl Dictionary {
    /// The number of a text, given on first sight.
    pub(crate) fn intern(&mut self, text: &str) -> u32 {
        self.insert(text).0
    }

    /// As `intern`, for texts that often repeat the one before them: then nothing is hashed.
    pub(crate) fn intern_again(&mut self, text: &str, before: &mut u32) -> u32 {
        if (*before as usize) < self.texts.len() && self.get(*before) == text {
            return *before;
        }
        *before = self.intern(text);
        *before
    }

    /// The number of a text, and whether it was new.
    pub(crate) fn insert(&mut self, text: &str) -> (u32, bool) {
        let hash = hash_of(text);
        if let Some(found) = self.find_hashed(hash, text) {
            return (found, false);
        }
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.texts.push(text);
        self.index
            .insert_unique(widened(hash), Slot { hash, number }, |slot| {
                widened(slot.hash)
            });
        (number, true)
    }

    pub(crate) fn find(&self, text: &str) -> Option<u32> {
        self.find_hashed(hash_of(text), text)
    }

    fn find_hashed(&self, hash: u32, text: &str) -> Option<u32> {
        self.index
            .find(widened(hash), |slot| {
                slot.hash == hash && self.texts.get(slot.number as usize) == text
            })
            .map(|slot| slot.number)
    }

    pub(crate) fn get(&self, number: u32) -> &str {
        self.texts.get(number as usize)
    }

    pub(crate) fn len(&self) -> usize {
        self.texts.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.texts.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::{Dictionary, Texts, grouped};

    #[test]
    fn a_count_has_a_comma_after_every_third_digit() {
        let shown = [0, 7, 999, 1_000, 12_345, 1_234_567_u64].map(grouped);
        assert_eq!(shown, ["0", "7", "999", "1,000", "12,345", "1,234,567"]);
    }

    #[test]
    fn texts_come_back_row_by_row() {
        let mut texts = Texts::default();
        for text in ["ana", "", "zoë"] {
            texts.push(text);
        }
        assert_eq!(texts.iter().collect::<Vec<_>>(), ["ana", "", "zoë"]);
        assert_eq!(
            texts.reordered(&[2, 0]).iter().collect::<Vec<_>>(),
            ["zoë", "ana"]
        );
        assert_eq!(texts.get(9), "");
    }

    #[test]
    fn a_word_seen_twice_keeps_its_number() {
        let mut words = Dictionary::default();
        assert_eq!(words.insert("Finance"), (0, true));
        assert_eq!(words.insert("IT"), (1, true));
        assert_eq!(words.insert("Finance"), (0, false));
        assert_eq!(words.find("IT"), Some(1));
        assert_eq!(words.find("Audit"), None);
    }
}
