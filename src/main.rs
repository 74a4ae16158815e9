//! The program's edge: the process's arguments, streams and exit code.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;

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
    };
    let mut out = BufWriter::new(stdout.lock());
    let code = run(std::env::args_os(), at, &mut out, &mut io::stderr());
    // A closed pipe at the very end is no failure either.
    let _ = out.flush();
    ExitCode::from(code)
}
