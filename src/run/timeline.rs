//! The wall time of each stage, for whoever looks for the slow one: `report --timeline` prints it.

use std::io::{self, Write};
use std::time::Instant;

pub(super) struct Timeline {
    started: Instant,
    /// Each stage with the milliseconds from the start to its end.
    ends: Vec<(&'static str, f64)>,
}

impl Timeline {
    pub(super) fn start() -> Timeline {
        Timeline {
            started: Instant::now(),
            ends: Vec::new(),
        }
    }

    /// Says that a stage has just ended.
    pub(super) fn end(&mut self, stage: &'static str) {
        let since = self.started.elapsed().as_secs_f64() * 1000.0;
        self.ends.push((stage, since));
    }

    pub(super) fn print(&self, err: &mut dyn Write) -> io::Result<()> {
        let mut before = 0.0;
        for (stage, end) in &self.ends {
            writeln!(err, "{:>8.1} ms  {stage}", end - before)?;
            before = *end;
        }
        writeln!(err, "{before:>8.1} ms  in all")
    }
}
