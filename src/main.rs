//! The program's edge: the process's arguments, streams and exit code.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use seatledger::{Terminal, run};

/// For pipes: wide enough that no table is folded.
const PIPE_WIDTH: u16 = 160;

fn main() -> ExitCode {
    let stdout = io::stdout();
    let on_terminal = stdout.is_terminal();
    let at = Terminal {
        width: terminal_size::terminal_size()
            .filter(|_| on_terminal)
            .map_or(PIPE_WIDTH, |(width, _)| width.0),
        colour: on_terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
        today: None,
    };
    let mut out: BufWriter<Box<dyn Write>> =
        BufWriter::new(if STDOUT_CLOSED.load(Ordering::Relaxed) {
            Box::new(Closed)
        } else {
            Box::new(stdout.lock())
        });
    // All that was printed is flushed, or the lack of it told, when this returns.
    let code = run(std::env::args_os(), at, &mut out, &mut io::stderr());
    ExitCode::from(code)
}

/// Whether the program was started without a standard output.
static STDOUT_CLOSED: AtomicBool = AtomicBool::new(false);

/// Before `main`, Rust opens the null device in the place of a closed stream: from then on, output that nobody can
/// get looks written. So this looks earlier.
#[cfg(unix)]
#[ctor::ctor]
fn look_at_standard_output() {
    let closed = rustix::io::fcntl_getfd(rustix::stdio::stdout()).is_err();
    STDOUT_CLOSED.store(closed, Ordering::Relaxed);
}

/// A standard output that is closed.
struct Closed;

impl Write for Closed {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::Error::other("standard output is closed"))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
