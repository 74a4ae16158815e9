//! Long walks over rows, cut into one stretch a processor.

use std::num::NonZero;
use std::ops::Range;
use std::panic;
use std::thread;

/// Below so many rows a thread costs more than it brings.
const FEW: usize = 4096;

/// Calls `walk` for each stretch of `0..rows`, side by side, and gives what each gave, in their order.
pub(crate) fn side_by_side<T: Send>(
    rows: usize,
    walk: impl Fn(Range<usize>) -> T + Sync,
) -> Vec<T> {
    let most = rows.div_ceil(FEW).max(1);
    let stretches = thread::available_parallelism()
        .map_or(1, NonZero::get)
        .min(most);
    let bounds = |number: usize| rows * number / stretches..rows * (number + 1) / stretches;
    if stretches == 1 {
        return vec![walk(bounds(0))];
    }
    thread::scope(|scope| {
        let walk = &walk;
        let others: Vec<_> = (1..stretches)
            .map(|number| scope.spawn(move || walk(bounds(number))))
            .collect();
        let mut all = vec![walk(bounds(0))];
        for other in others {
            all.push(
                other
                    .join()
                    .unwrap_or_else(|panic| panic::resume_unwind(panic)),
            );
        }
        all
    })
}

#[cfg(test)]
mod tests {
    use super::side_by_side;

    #[test]
    fn every_row_is_walked_once_and_in_order() {
        for rows in [0, 1, 5000, 100_003] {
            let walked = side_by_side(rows, |stretch| stretch.collect::<Vec<_>>()).concat();
            assert_eq!(walked, (0..rows).collect::<Vec<_>>());
        }
    }
}
