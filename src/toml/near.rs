//! The known name that a misspelt one is nearest to.

/// Names with how many letters they are from a stated one, whatever the case; the nearest first.
pub(crate) fn by_nearness<'a>(
    stated: &str,
    names: impl Iterator<Item = &'a str>,
) -> Vec<(usize, &'a str)> {
    let stated = stated.to_lowercase();
    let mut near: Vec<(usize, &str)> = names
        .filter(|name| !name.is_empty())
        .map(|name| {
            let distance = strsim::damerau_levenshtein(&name.to_lowercase(), &stated);
            (distance, name)
        })
        .collect();
    near.sort_unstable();
    near.dedup();
    near
}

/// Whether a name may be meant although so many letters differ.
pub(crate) const fn is_near(distance: usize, name: &str) -> bool {
    distance <= 1 + name.len() / 3
}

/// The name that was likely meant.
pub(crate) fn nearest<'a>(stated: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let (distance, name) = by_nearness(stated, names).into_iter().next()?;
    is_near(distance, name).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_of_a_letter_is_near_and_another_word_is_not() {
        let names = || ["currency", "name", "as_of"].into_iter();
        assert_eq!(nearest("curency", names()), Some("currency"));
        assert_eq!(nearest("Name", names()), Some("name"));
        assert_eq!(nearest("department", names()), None);
        assert_eq!(nearest("x", [""].into_iter()), None);
    }
}
