//! Payback: the years until what was paid once, and whatever comes after, is back.

use serde::Serialize;

use crate::model::alternative::Alternative;
use crate::money::{Cost, Money, MoneyError, Number};

/// Years until the money is back: at best and at worst; `None` when not within the horizon.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Payback {
    pub(crate) best: Option<Number>,
    pub(crate) worst: Option<Number>,
}

/// The payback of yearly nets, from what is paid once on; `None` where one is not known.
///
/// # Errors
/// `TooLarge`.
pub(crate) fn payback<'a>(
    alternative: Alternative,
    nets: impl Iterator<Item = &'a Cost>,
) -> Result<Option<Payback>, MoneyError> {
    let mut ends = (Vec::new(), Vec::new());
    for net in nets {
        let (Some(low), Some(high)) = (net.low(), net.high()) else {
            return Ok(None);
        };
        ends.0.push(low);
        ends.1.push(high);
    }
    if alternative == Alternative::Manual {
        return Ok(None);
    }
    Ok(Some(Payback {
        best: back_after(&ends.1)?,
        worst: back_after(&ends.0)?,
    }))
}

/// Years until the running sum is no longer negative and stays so to the end, evenly within a year; to one decimal.
fn back_after(nets: &[Money]) -> Result<Option<Number>, MoneyError> {
    let mut found = None;
    let mut running: Option<Money> = None;
    for (year, net) in nets.iter().enumerate() {
        let before = running.unwrap_or(Money::zero(net.currency()));
        let after = before.plus(*net)?;
        if after.is_negative() {
            found = None;
        } else if found.is_none() {
            let into = if before.is_negative() {
                before.negated().amount().divided_by(net.amount())?
            } else {
                Number::ZERO
            };
            let whole = u64::try_from(year.saturating_sub(1)).map_err(|_| MoneyError::TooLarge)?;
            found = Some(Number::from(whole).plus(into)?.rounded(1));
        }
        running = Some(after);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::back_after;
    use crate::model::fixtures::{number, usd};

    #[test]
    fn money_is_back_when_the_running_sum_turns() {
        let nets = |list: &[&str]| list.iter().map(|text| usd(text)).collect::<Vec<_>>();
        // −100, then 40 a year: after 2.5 years
        assert_eq!(
            back_after(&nets(&["-100", "40", "40", "40"])).unwrap(),
            Some(number("2.5"))
        );
        assert_eq!(back_after(&nets(&["-100", "40", "40"])).unwrap(), None);
        assert_eq!(
            back_after(&nets(&["0", "5", "5"])).unwrap(),
            Some(number("0"))
        );
        assert_eq!(
            back_after(&nets(&["-10", "20", "-30", "40"])).unwrap(),
            Some(number("2.5"))
        );
        assert_eq!(back_after(&nets(&["-10", "-1"])).unwrap(), None);
    }
}
