//! Finding texts of a long column by their content.
//!
//! A million texts looked up one by one in one large table wait for memory most of the time. Here all are looked
//! up together: laid apart by their hashes first, and then each part against a table that a processor's cache holds.

use std::ops::Range;

use hashbrown::HashTable;

use super::text::{Slot, Texts, hash_of, widened};
use crate::parallel;

/// The rows of a column of texts by their content. Made at once, when all texts are known.
#[derive(Clone, Default)]
pub(crate) struct Index {
    parts: Vec<HashTable<Slot>>,
}

/// A row whose text an earlier row has too.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Repeat {
    pub(crate) row: u32,
    pub(crate) first: u32,
}

const PARTS: usize = 64;

fn part_of(hash: u32) -> usize {
    (hash >> 26) as usize
}

/// The rows of a stretch with their hashes, laid apart into the parts of the space of hashes.
fn laid_apart(texts: &Texts, rows: Range<usize>) -> Vec<Vec<Slot>> {
    let likely = rows.len() / PARTS + rows.len() / PARTS / 8;
    let mut parts: Vec<Vec<Slot>> = (0..PARTS).map(|_| Vec::with_capacity(likely)).collect();
    for row in rows {
        let hash = hash_of(texts.get(row));
        let number = u32::try_from(row).unwrap_or(u32::MAX);
        parts[part_of(hash)].push(Slot { hash, number });
    }
    parts
}

impl Index {
    /// Indexes a column; of equal texts the first row is the one that is found, the others are given as repeats.
    pub(crate) fn of(texts: &Texts) -> (Index, Vec<Repeat>) {
        let stretches = parallel::stretches(texts.len(), |rows| laid_apart(texts, rows));
        let all: Vec<usize> = (0..PARTS).collect();
        let parts = parallel::each(&all, |&part| {
            table_of(texts, stretches.iter().map(|stretch| &stretch[part][..]))
        });
        let mut index = Index::default();
        let mut repeats = Vec::new();
        for (table, repeated) in parts {
            index.parts.push(table);
            repeats.extend(repeated);
        }
        repeats.sort_unstable();
        (index, repeats)
    }

    /// The first row that has this text.
    pub(crate) fn find(&self, texts: &Texts, wanted: &str) -> Option<u32> {
        let hash = hash_of(wanted);
        let same = |slot: &Slot| slot.hash == hash && texts.get(slot.number as usize) == wanted;
        let part = self.parts.get(part_of(hash))?;
        part.find(widened(hash), same).map(|slot| slot.number)
    }

    /// The first row that has the text of each of these rows of another column.
    pub(crate) fn find_each(
        &self,
        texts: &Texts,
        wanted: &Texts,
        rows: Range<usize>,
    ) -> Vec<Option<u32>> {
        let start = rows.start;
        let mut found = vec![None; rows.len()];
        for (part, slots) in self.parts.iter().zip(laid_apart(wanted, rows.clone())) {
            for Slot { hash, number } in slots {
                found[number as usize - start] = part
                    .find(widened(hash), |slot| slot.hash == hash)
                    .map(|slot| slot.number);
            }
        }
        // Up to here by the hash alone, which two texts may share.
        for (row, found) in rows.zip(&mut found) {
            if found.is_some_and(|number| texts.get(number as usize) != wanted.get(row)) {
                *found = self.find(texts, wanted.get(row));
            }
        }
        found
    }
}

/// The table of one part, and the repeats in it.
fn table_of<'s>(
    texts: &Texts,
    stretches: impl Iterator<Item = &'s [Slot]> + Clone,
) -> (HashTable<Slot>, Vec<Repeat>) {
    let mut table: HashTable<Slot> =
        HashTable::with_capacity(stretches.clone().map(<[Slot]>::len).sum());
    let mut repeats = Vec::new();
    for slot in stretches.flatten() {
        let same = |known: &Slot| {
            known.hash == slot.hash
                && texts.get(known.number as usize) == texts.get(slot.number as usize)
        };
        match table.find(widened(slot.hash), same) {
            Some(known) => repeats.push(Repeat {
                row: slot.number,
                first: known.number,
            }),
            None => {
                table.insert_unique(widened(slot.hash), *slot, |slot| widened(slot.hash));
            }
        }
    }
    (table, repeats)
}

#[cfg(test)]
mod tests {
    use super::{Index, Repeat};
    use crate::domain::text::Texts;

    fn texts<'t>(of: impl IntoIterator<Item = &'t str>) -> Texts {
        let mut texts = Texts::default();
        of.into_iter().for_each(|text| texts.push(text));
        texts
    }

    #[test]
    fn of_equal_texts_the_first_is_found() {
        let column = texts(["b", "a", "b", "", "a"]);
        let (index, repeats) = Index::of(&column);
        let found = |text| index.find(&column, text);
        assert_eq!(
            [found("a"), found("b"), found(""), found("c")],
            [Some(1), Some(0), Some(3), None]
        );
        let repeat = |row, first| Repeat { row, first };
        assert_eq!(repeats, [repeat(2, 0), repeat(4, 1)]);
        assert_eq!(Index::default().find(&column, "a"), None);
    }

    #[test]
    fn texts_are_found_whatever_share_their_hashes_have() {
        // Enough texts that some share their 32 bits of hash.
        let all: Vec<String> = (0..300_000)
            .map(|number| format!("u{number}@x.org"))
            .collect();
        let column = texts(all.iter().map(String::as_str));
        let (index, repeats) = Index::of(&column);
        assert_eq!(repeats, []);
        let wanted = texts(all.iter().rev().map(String::as_str).chain(["nobody@x.org"]));
        let found = index.find_each(&column, &wanted, 7..wanted.len());
        let expected: Vec<Option<u32>> = (0..300_000 - 7).rev().map(Some).chain([None]).collect();
        assert_eq!(found, expected);
    }
}
