//! How costs combine with shares and with each other.

pub(crate) use crate::figures::Span;
use crate::money::{Cost, Money, MoneyError, MoneyRange};

/// From the low end of one cost to the high end of another, with what either lacks.
///
/// # Errors
/// `CurrencyMismatch`.
pub(crate) fn from_to(low: &Cost, high: &Cost) -> Result<Cost, MoneyError> {
    let range = match (low.known(), high.known()) {
        (Some(low), Some(high)) => {
            let ends = MoneyRange::between(low.low(), high.high())?;
            Some(ends)
        }
        (low, high) => low.or(high),
    };
    with_missing(range, [low, high])
}

/// A known range with the reasons of several costs, each named once.
fn with_missing(range: Option<MoneyRange>, parts: [&Cost; 2]) -> Result<Cost, MoneyError> {
    let mut missing: Vec<String> = Vec::new();
    for reason in parts.iter().flat_map(|part| part.missing()) {
        if !missing.contains(reason) {
            missing.push(reason.clone());
        }
    }
    Ok(match range {
        Some(range) => missing
            .into_iter()
            .fold(Cost::from(range), Cost::and_missing),
        None => Cost::Unknown { missing },
    })
}

/// A cost times a share that is not negative: low by low, high by high, rounded to the minor unit.
///
/// # Errors
/// `TooLarge`.
pub(crate) fn share_of(cost: &Cost, share: Span) -> Result<Cost, MoneyError> {
    cost.try_map(|range| {
        let low = range.low().times(share.low)?.round_minor();
        let high = range.high().times(share.high)?.round_minor();
        MoneyRange::between(low, high)
    })
}

/// The middle of a range, with all its digits.
///
/// # Errors
/// `TooLarge`.
pub(crate) fn middle(range: MoneyRange) -> Result<Money, MoneyError> {
    range.low().plus(range.high())?.divided_by(2_u64)
}

#[cfg(test)]
mod tests {
    use super::{Span, from_to, share_of};
    use crate::model::fixtures::{number, range, usd};
    use crate::money::Cost;

    #[test]
    fn shares_and_rests_keep_their_ends() {
        let whole = Cost::from(range("100", "200"));
        let share = Span::between(number("0.5"), number("0.25"));
        let part = share_of(&whole, share).unwrap();
        assert_eq!(part, Cost::from(range("25", "100")));
        assert_eq!(share.complement().unwrap().exact(), "0.5–0.75");
        assert_eq!(share.percent().unwrap(), "25–50%");
    }

    #[test]
    fn what_is_missing_stays_missing() {
        let lacking = Cost::from(usd("10")).and_missing("Loom");
        let joined = from_to(&lacking, &Cost::from(usd("30"))).unwrap();
        assert_eq!(joined.whole(), "at least $10");
    }
}
