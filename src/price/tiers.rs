//! User tiers: the upper ends between which an annual plan is sold, and how a file states them.
//!
//! Takes a quantity, gives the tier that contains it. What the tier costs is `tariff`'s; Atlassian's own ladder is
//! `annual_tiers`'.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Unexpected, Visitor};

/// A list of tiers is at most so long; Atlassian's ladder has fewer than a hundred.
const MOST_TIERS: usize = 1_000;

/// Upper ends that rise, at least one of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Tiers(Vec<u64>);

/// The tier that contains a quantity: its first and last unit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Tier {
    pub(crate) first: u64,
    pub(crate) last: u64,
}

impl Tiers {
    /// `None` unless the ends rise from above zero.
    pub(crate) fn new(ends: Vec<u64>) -> Option<Tiers> {
        let rise = ends.windows(2).all(|pair| pair[0] < pair[1]);
        let starts = ends.first().is_some_and(|&first| first > 0);
        (rise && starts && ends.len() <= MOST_TIERS).then_some(Tiers(ends))
    }

    pub(crate) fn ends(&self) -> &[u64] {
        &self.0
    }

    /// The tier of a quantity; `None` past the last one, and of no unit at all.
    pub(crate) fn of(&self, quantity: u64) -> Option<Tier> {
        let place = self.0.partition_point(|&end| end < quantity);
        let last = *self.0.get(place).filter(|_| quantity > 0)?;
        let below = place.checked_sub(1).and_then(|below| self.0.get(below));
        Some(Tier {
            first: below.map_or(1, |end| end + 1),
            last,
        })
    }
}

/// What `tiers` states: Atlassian's ladder, the exact count, or upper ends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum StatedTiers {
    Ladder,
    Exact,
    Ends(Tiers),
}

impl<'de> Deserialize<'de> for StatedTiers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<StatedTiers, D::Error> {
        deserializer.deserialize_any(Written)
    }
}

struct Written;

impl<'de> Visitor<'de> for Written {
    type Value = StatedTiers;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"ladder\", \"exact\" or a list of upper ends that rise from above zero")
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<StatedTiers, E> {
        match word {
            "ladder" => Ok(StatedTiers::Ladder),
            "exact" => Ok(StatedTiers::Exact),
            other => Err(E::invalid_value(Unexpected::Str(other), &self)),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<StatedTiers, A::Error> {
        let mut ends = Vec::new();
        while let Some(end) = list.next_element::<u64>()? {
            if ends.len() == MOST_TIERS {
                let told = format!("a list of more than {MOST_TIERS} tiers");
                return Err(A::Error::invalid_value(Unexpected::Other(&told), &self));
            }
            ends.push(end);
        }
        let tiers = Tiers::new(ends).map(StatedTiers::Ends);
        tiers.ok_or_else(|| A::Error::invalid_value(Unexpected::Seq, &self))
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::{StatedTiers, Tier, Tiers};
    use crate::toml::Text;

    #[test]
    fn a_quantity_is_in_the_tier_whose_end_it_does_not_pass() {
        let tiers = Tiers::new(vec![10, 15, 25]).unwrap();
        let of = |quantity| tiers.of(quantity).map(|Tier { first, last }| (first, last));
        assert_eq!(of(0), None);
        assert_eq!(of(1), Some((1, 10)));
        assert_eq!(of(10), Some((1, 10)));
        assert_eq!(of(11), Some((11, 15)));
        assert_eq!(of(25), Some((16, 25)));
        assert_eq!(of(26), None);
        for wrong in [vec![], vec![0], vec![0, 5], vec![5, 5], vec![9, 5]] {
            assert_eq!(Tiers::new(wrong), None);
        }
    }

    #[derive(Deserialize, Debug)]
    #[serde(deny_unknown_fields)]
    struct File {
        tiers: StatedTiers,
    }

    fn read(text: &str) -> Result<StatedTiers, String> {
        let read: Result<File, _> = Text::new(format!("tiers = {text}\n")).read("a.toml");
        read.map(|file| file.tiers)
            .map_err(|fault| fault.to_string())
    }

    #[test]
    fn tiers_are_words_or_ends() {
        assert_eq!(read("\"ladder\""), Ok(StatedTiers::Ladder));
        assert_eq!(read("\"exact\""), Ok(StatedTiers::Exact));
        let ends = Tiers::new(vec![50, 100]).unwrap();
        assert_eq!(read("[50, 100]"), Ok(StatedTiers::Ends(ends)));
        for wrong in ["\"ladders\"", "[]", "[50, 50]", "[0, 10]", "5", "true"] {
            let told = format!(
                "a.toml:1: `tiers` is {wrong}\n  expected \"ladder\", \"exact\" or a list of upper ends that rise from \
                 above zero"
            );
            assert_eq!(read(wrong), Err(told));
        }
        for wrong in ["[50, \"many\"]", "[50, 60.5]", "[-5]"] {
            let told = read(wrong).unwrap_err();
            assert!(told.contains("a whole number of zero or more"), "{told}");
        }
    }
}
