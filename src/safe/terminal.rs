//! Text for a terminal, on standard output and standard error: no escape code of anybody else, no line of its own.

use std::borrow::Cow;
use std::io::{self, Write};
use std::str;

/// The text on one line.
pub(crate) fn line(text: &str) -> Cow<'_, str> {
    super::line(text)
}

/// The text with its own line ends kept, as far as the line is set in by two blanks: nothing in it can look like the
/// beginning of another message.
pub(crate) fn set_in(text: &str) -> String {
    let mut lines = text.split("\n  ");
    let mut shown = line(lines.next().unwrap_or_default()).into_owned();
    for further in lines {
        shown.push_str("\n  ");
        shown.push_str(&line(further));
    }
    shown
}

/// Finished text whose line ends are the program's own.
pub(crate) fn lines(text: &str) -> String {
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// A stream that nothing hostile passes, whoever writes to it; line ends do.
pub(crate) struct Stream<'w> {
    out: &'w mut dyn Write,
    /// The first bytes of a character whose others are yet to come.
    begun: Vec<u8>,
}

impl<'w> Stream<'w> {
    pub(crate) fn new(out: &'w mut dyn Write) -> Stream<'w> {
        Stream {
            out,
            begun: Vec::new(),
        }
    }
}

impl Write for Stream<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.begun.extend_from_slice(bytes);
        let whole = match str::from_utf8(&self.begun) {
            Ok(_) => self.begun.len(),
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            // No text at all: shown as such.
            Err(_) => self.begun.len(),
        };
        let rest = self.begun.split_off(whole);
        let text = String::from_utf8_lossy(&self.begun);
        self.out.write_all(lines(&text).as_bytes())?;
        self.begun = rest;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::{Stream, set_in};
    use std::io::Write;

    #[test]
    fn a_line_of_its_own_is_only_one_that_is_set_in() {
        assert_eq!(
            set_in("a.toml:3: \"x\" is 1\n  expected 2\nhint: none"),
            "a.toml:3: \"x\" is 1\n  expected 2\\nhint: none"
        );
    }

    #[test]
    fn a_stream_keeps_line_ends_and_letters_written_in_two_parts() {
        let mut out = Vec::new();
        let mut stream = Stream::new(&mut out);
        for bytes in [
            &b"caf\xc3"[..],
            b"\xa9\n\x1b[2J\xe2\x80",
            b"\xae!",
            b"\xff\n",
        ] {
            stream.write_all(bytes).expect("memory takes it");
        }
        assert_eq!(
            String::from_utf8(out).expect("text"),
            "café\n\\u{1b}[2J\\u{202e}!\u{fffd}\n"
        );
    }
}
