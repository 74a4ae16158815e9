//! The text of a TOML file and the lines of its places.

use std::borrow::Cow;
use std::fs::File;
use std::io::Read;
use std::ops::Range;
use std::path::Path;

use toml::Spanned;

use crate::error::Error;

/// A configuration or scenario is read up to this size.
const MOST_BYTES: u64 = 16 << 20;

/// A file's text, with the places where its lines begin: a line is found by halving, however many there are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Text<'a> {
    text: Cow<'a, str>,
    starts: Vec<usize>,
}

impl<'a> Text<'a> {
    pub(crate) fn new(text: impl Into<Cow<'a, str>>) -> Text<'a> {
        let text = text.into();
        let ends = memchr::memchr_iter(b'\n', text.as_bytes());
        let starts = std::iter::once(0).chain(ends.map(|end| end + 1)).collect();
        Text { text, starts }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// `CannotOpen`; `Refused` where it is too large or no text.
    pub(crate) fn load(path: &Path, name: &str) -> Result<Text<'static>, Error> {
        let mut bytes = Vec::new();
        File::open(path)
            .and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes))
            .map_err(|source| Error::cannot_open(path, source))?;
        if bytes.len() as u64 > MOST_BYTES {
            let found = format!("the file has more than {} MiB", MOST_BYTES >> 20);
            let hint = "a configuration or scenario is a short file; give exports without --config";
            return Err(Error::refused(name, found, hint));
        }
        String::from_utf8(bytes).map(Text::new).map_err(|error| {
            let valid = error.utf8_error().valid_up_to();
            let line = 1 + memchr::memchr_iter(b'\n', &error.as_bytes()[..valid]).count();
            let found = format!("line {line} is not UTF-8 text");
            Error::refused(name, found, "save the file as UTF-8")
        })
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// The line of a byte, from 1.
    pub(crate) fn line(&self, byte: usize) -> usize {
        self.starts.partition_point(|&start| start <= byte).max(1)
    }

    pub(crate) fn line_of<T>(&self, value: &Spanned<T>) -> usize {
        self.line(value.span().start)
    }

    /// What stands at a place, on one line and shortened where it is long.
    pub(crate) fn written(&self, place: Range<usize>) -> String {
        const SHOWN: usize = 60;
        let text = self.text.get(place).unwrap_or_default().trim();
        let line = text.lines().next().unwrap_or_default();
        let mut shown: String = line.chars().take(SHOWN).collect();
        if shown.len() < text.len() {
            shown.push('…');
        }
        shown
    }

    /// The line of a key of a `[[table]]`, from 1; the table's own where it has no such key.
    pub(crate) fn line_within<T>(&self, table: &Spanned<T>, key: &str) -> usize {
        let first = self.line_of(table);
        let below = self
            .starts
            .get(first)
            .and_then(|&start| self.text.get(start..))
            .unwrap_or_default();
        let mut lines = below.lines().zip(first + 1..);
        lines
            .by_ref()
            .take_while(|(line, _)| !line.trim_start().starts_with('['))
            .find(|(line, _)| {
                let line = line.trim_start().strip_prefix(key).map(str::trim_start);
                line.is_some_and(|rest| rest.starts_with('='))
            })
            .map_or(first, |(_, line)| line)
    }

    /// The line of a key with a value, from 1; of the key where the value is written otherwise; the first line where
    /// neither is found.
    pub(crate) fn line_of_key(&self, key: &str, value: &str) -> usize {
        let is_keys = |line: &str| line.trim_start().trim_matches('"').starts_with(key);
        let mut lines = self.text.lines();
        let found = lines.position(|line| is_keys(line) && line.contains(value));
        let found = found.or_else(|| self.text.lines().position(is_keys));
        found.map_or(1, |before| before + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::Text;

    #[test]
    fn lines_of_bytes() {
        let text = Text::new("ab\n\ncd");
        let lines: Vec<usize> = (0..7).map(|byte| text.line(byte)).collect();
        assert_eq!(lines, [1, 1, 1, 2, 3, 3, 3]);
        assert_eq!(Text::new("").line(5), 1);
        assert_eq!(Text::default().line(5), 1);
    }

    #[test]
    fn long_values_are_shortened() {
        let long = "x".repeat(200);
        assert_eq!(Text::new(&*long).written(0..200).chars().count(), 61);
        assert_eq!(Text::new("[\n 1,\n]").written(0..7), "[…");
        assert_eq!(Text::new("äö").written(0..99), "");
    }
}
