//! Values as JSON: what steers a terminal or a page is written by its number, `\u202e`, and read back as it was.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{Formatter, PrettyFormatter};

use super::{is_plain, is_unseen};

/// Writes a value with its parts set in, and the end of its last line.
pub(crate) fn write<W: Write, T: Serialize + ?Sized>(mut out: W, value: &T) -> io::Result<()> {
    let pretty = Escaping(PrettyFormatter::new());
    value.serialize(&mut Serializer::with_formatter(&mut out, pretty))?;
    out.write_all(b"\n")
}

/// The usual form, with more characters escaped than JSON asks for.
struct Escaping(PrettyFormatter<'static>);

impl Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        if is_plain(fragment) {
            return out.write_all(fragment.as_bytes());
        }
        let mut written = 0;
        for (place, c) in fragment.char_indices().filter(|(_, c)| is_unseen(*c)) {
            out.write_all(&fragment.as_bytes()[written..place])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            written = place + c.len_utf8();
        }
        out.write_all(&fragment.as_bytes()[written..])
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_array(out)
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array(out)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array_value(out)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object(out)
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object(out)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object_value(out)
    }
}

#[cfg(test)]
mod tests {
    use super::write;
    use std::collections::BTreeMap;

    #[test]
    fn the_form_is_the_usual_one_and_every_value_comes_back() {
        let hostile: String = (0..0x3000)
            .chain(0xf000..0x1_0000)
            .chain([0xe0041, 0x1_f600, 0x10_ffff])
            .filter_map(char::from_u32)
            .collect();
        let value = BTreeMap::from([("plain", vec!["a", "é"]), (&hostile, vec![&*hostile, ""])]);
        let mut out = Vec::new();
        write(&mut out, &value).expect("memory takes it");
        let text = String::from_utf8(out).expect("text");
        assert!(text.chars().all(|c| c == '\n' || !super::is_unseen(c)));
        let back: BTreeMap<String, Vec<String>> = serde_json::from_str(&text).expect("JSON");
        assert_eq!(back[&hostile], [hostile.as_str(), ""]);
        let plain = BTreeMap::from([("a", vec![1, 2]), ("b", Vec::new())]);
        let mut out = Vec::new();
        write(&mut out, &plain).expect("memory takes it");
        let usual = serde_json::to_string_pretty(&plain).expect("JSON");
        assert_eq!(out, format!("{usual}\n").into_bytes());
    }
}
