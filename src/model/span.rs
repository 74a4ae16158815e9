//! How costs combine with shares and with each other.

pub(crate) use crate::figures::Span;
use crate::money::{Cost, Money, MoneyError, MoneyRange};

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
    use super::{Span, share_of};
    use crate::model::fixtures::{number, range};
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
}
