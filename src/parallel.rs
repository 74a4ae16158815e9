//! Work side by side, as much at once as there are processors. What is given never depends on how many there are.

use std::num::NonZero;
use std::ops::Range;
use std::panic;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Below so many rows a thread costs more than it brings.
const FEW: usize = 4096;

/// Calls `work` for each item and gives what each gave, in the order of the items.
pub(crate) fn each<I: Sync, T: Send>(items: &[I], work: impl Fn(&I) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    // Whoever is free takes the next item: items differ in size.
    let take = || {
        let numbers = std::iter::from_fn(|| Some(next.fetch_add(1, Ordering::Relaxed)));
        numbers
            .map_while(|number| Some((number, work(items.get(number)?))))
            .collect::<Vec<_>>()
    };
    let mut done = thread::scope(|scope| {
        let others: Vec<_> = (1..processors().min(items.len()))
            .map(|_| scope.spawn(take))
            .collect();
        let mut done = take();
        for other in others {
            // A panic of a thread is a panic of the whole work.
            done.extend(
                other
                    .join()
                    .unwrap_or_else(|panic| panic::resume_unwind(panic)),
            );
        }
        done
    });
    done.sort_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, given)| given).collect()
}

/// Cuts `0..rows` into stretches, calls `walk` for each and gives what each gave, in their order.
pub(crate) fn stretches<T: Send>(rows: usize, walk: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
    let count = processors().min(rows.div_ceil(FEW)).max(1);
    let bounds: Vec<Range<usize>> = (0..count)
        .map(|number| rows * number / count..rows * (number + 1) / count)
        .collect();
    each(&bounds, |stretch| walk(stretch.clone()))
}

/// What stretches gave, one behind the other. The first keeps its place in memory: a million rows are copied once, and
/// half of them not at all.
pub(crate) fn joined<T: Copy>(parts: Vec<Vec<T>>) -> Vec<T> {
    let rows: usize = parts.iter().map(Vec::len).sum();
    let mut parts = parts.into_iter();
    let mut all = parts.next().unwrap_or_default();
    all.reserve_exact(rows - all.len());
    for part in parts {
        all.extend_from_slice(&part);
    }
    all
}

fn processors() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

#[cfg(test)]
mod tests {
    use super::{each, stretches};

    #[test]
    fn items_are_worked_on_once_and_given_in_order() {
        let items: Vec<u64> = (0..100).collect();
        assert_eq!(
            each(&items, |item| item * item),
            items.iter().map(|item| item * item).collect::<Vec<_>>()
        );
        assert!(each(&[] as &[u64], |item| *item).is_empty());
    }

    #[test]
    fn every_row_is_walked_once_and_in_order() {
        for rows in [0, 1, 5000, 100_003] {
            let walked = stretches(rows, |stretch| stretch.collect::<Vec<_>>()).concat();
            assert_eq!(walked, (0..rows).collect::<Vec<_>>());
        }
    }
}
