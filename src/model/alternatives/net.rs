//! A net in words: what an alternative saves, or what it costs more.

use crate::money::Cost;

/// `saves $2,000–3,000`, `costs $10,476–16,476 more`, `costs up to $500 more or saves up to $300`; `costs at most $500
/// more` where what is avoided lacks a price; `saves an unknown amount`.
pub(crate) fn in_words(net: &Cost) -> String {
    match net {
        Cost::Known { range } if range.high().is_negative() => {
            format!("costs {} more", range.negated().whole())
        }
        Cost::Known { range } if range.low().is_negative() => format!(
            "costs up to {} more or saves up to {}",
            range.low().negated().whole(),
            range.high().whole()
        ),
        Cost::AtLeast { range, .. } if range.low().is_negative() => {
            format!("costs at most {} more", range.low().negated().whole())
        }
        Cost::Unknown { .. } => "saves an unknown amount".to_owned(),
        _ => format!("saves {}", net.whole()),
    }
}

/// The same of a net that is at most this: `saves at most $2,000–3,000`, `costs at least $500 more`.
pub(crate) fn at_most_in_words(net: &Cost) -> String {
    match net {
        Cost::Known { range } if range.high().is_negative() => {
            format!("costs at least {} more", range.negated().whole())
        }
        Cost::Known { range } if range.low().is_negative() => {
            format!("saves at most {} or costs more", range.high().whole())
        }
        Cost::Known { range } => format!("saves at most {}", range.whole()),
        _ => in_words(net),
    }
}

#[cfg(test)]
mod tests {
    use super::{at_most_in_words, in_words};
    use crate::model::fixtures::range;
    use crate::money::Cost;

    #[test]
    fn a_bound_says_which_way_it_goes() {
        let told = |low, high| at_most_in_words(&Cost::from(range(low, high)));
        assert_eq!(told("2000", "3000"), "saves at most $2,000–3,000");
        assert_eq!(told("-500", "300"), "saves at most $300 or costs more");
        assert_eq!(told("-500", "-300"), "costs at least $300–500 more");
    }

    #[test]
    fn a_sign_is_never_left_to_the_reader() {
        let told = |low, high| in_words(&Cost::from(range(low, high)));
        assert_eq!(told("2000", "3000"), "saves $2,000–3,000");
        assert_eq!(told("-16476", "-10476"), "costs $10,476–16,476 more");
        assert_eq!(
            told("-500", "300"),
            "costs up to $500 more or saves up to $300"
        );
        let lacking = Cost::from(range("-500", "-500")).and_missing("Loom");
        assert_eq!(in_words(&lacking), "costs at most $500 more");
        assert_eq!(in_words(&Cost::unknown("Loom")), "saves an unknown amount");
    }
}
