//! Chance that a seed fixes: the same draws on every machine. Integers only, since `ln` differs between
//! mathematical libraries.

use oorandom::Rand64;

/// The draws of one block of people. Each block has its own stream, so a larger company begins with the
/// people of a smaller one.
pub(super) struct Chance {
    stream: Rand64,
}

impl Chance {
    pub(super) fn new(seed: u64, block: u32) -> Self {
        let start = (u128::from(seed) << 64) | u128::from(block);
        Self {
            stream: Rand64::new(start),
        }
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: u32, high: u32) -> u32 {
        let drawn = self
            .stream
            .rand_range(u64::from(low)..u64::from(high.max(low)) + 1);
        u32::try_from(drawn).unwrap_or(low)
    }

    pub(super) fn percent(&mut self, share: u32) -> bool {
        self.between(1, 100) <= share
    }

    /// One of `choices`, which must not be empty.
    pub(super) fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.index(choices.len())]
    }

    /// One of `choices`, the earlier the likelier.
    pub(super) fn pick_early<T: Copy>(&mut self, choices: &[T]) -> T {
        let (one, other) = (self.index(choices.len()), self.index(choices.len()));
        choices[one.min(other)]
    }

    pub(super) fn shuffle<T>(&mut self, cards: &mut [T]) {
        for last in (1..cards.len()).rev() {
            let other = self.index(last + 1);
            cards.swap(last, other);
        }
    }

    /// Days since somebody was last here: mostly this week, with an exponential tail (mean 7).
    pub(super) fn days_since_use(&mut self, most: u32) -> u32 {
        let mut days = 0;
        while days < most && self.between(1, 8) > 1 {
            days += 1;
        }
        days
    }

    /// A random UUID, version 4.
    pub(super) fn uuid(&mut self) -> String {
        let (high, low) = (self.stream.rand_u64(), self.stream.rand_u64());
        format!(
            "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xffff,
            high & 0xfff,
            (low >> 48) & 0x3fff | 0x8000,
            low & 0xffff_ffff_ffff,
        )
    }

    /// An account id in one of Atlassian's three shapes.
    pub(super) fn account_id(&mut self) -> String {
        match self.between(1, 10) {
            1..=5 => format!("712020:{}", self.uuid()),
            6..=7 => format!("557058:{}", self.uuid()),
            _ => format!(
                "{:08x}{:016x}",
                0x5b00_0000 + self.between(0, 0x08ff_ffff),
                self.stream.rand_u64()
            ),
        }
    }

    fn index(&mut self, count: usize) -> usize {
        let drawn = self
            .stream
            .rand_range(0..u64::try_from(count.max(1)).unwrap_or(1));
        usize::try_from(drawn).unwrap_or(0)
    }
}
