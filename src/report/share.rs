//! Wasted seats as a share of all seats, in per cent: a range where the activity of some is not reported.

use crate::money::{MoneyError, Percent};

use super::table::Cell;

/// The share from the seats that are waste for certain to those that may be; `None` without a seat.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct WasteShare {
    low: Percent,
    high: Percent,
}

impl WasteShare {
    /// # Errors
    /// `TooLarge`.
    pub(crate) fn of(
        wasted: u64,
        at_most: u64,
        seats: u64,
    ) -> Result<Option<WasteShare>, MoneyError> {
        if seats == 0 {
            return Ok(None);
        }
        Ok(Some(WasteShare {
            low: Percent::of_numbers(wasted, seats)?,
            high: Percent::of_numbers(at_most, seats)?,
        }))
    }

    /// `8%`, `8–9%`.
    pub(crate) fn text(self) -> String {
        let (low, high) = (self.low.whole_digits(), self.high.whole_digits());
        if low == high {
            format!("{low}%")
        } else {
            format!("{low}–{high}%")
        }
    }

    /// The low and high cells, in tenths of a per cent.
    pub(crate) fn cells(share: Option<WasteShare>) -> [Cell; 2] {
        share.map_or([Cell::Missing, Cell::Missing], |share| {
            [share.low, share.high].map(|end| Cell::number(end.tenths()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::WasteShare;

    #[test]
    fn a_share_is_a_range_where_the_waste_is_one() {
        let text = |wasted, at_most, seats| {
            let share = WasteShare::of(wasted, at_most, seats).unwrap();
            share.map(WasteShare::text)
        };
        assert_eq!(text(36, 36, 470).as_deref(), Some("8%"));
        assert_eq!(text(0, 10, 10).as_deref(), Some("0–100%"));
        assert_eq!(text(96, 106, 1_238).as_deref(), Some("8–9%"));
        assert_eq!(text(0, 0, 0), None);
    }
}
