//! What a failure of the JSON parser means: the place of a mistake, a file cut short, or another encoding.

use serde_json::error::Category;

use crate::error::Error;
use crate::read::limits::{JSON_BYTES, in_words};
use crate::read::source::{Source, Stop, TextEncoding};

/// A record that is not read, since it would take too much memory.
pub(super) fn too_large(source: &Source, record: u64) -> Error {
    Error::refused(
        &format!("{}:{record}", source.name),
        format!(
            "a record of more than {}, or of as much in memory",
            in_words(JSON_BYTES)
        ),
        "no export has such records: export the file again",
    )
}

/// What a failure of the parser means for the reading.
pub(super) fn stop_of(source: &Source, error: serde_json::Error) -> Stop {
    let text = error.to_string();
    // The parser has no kind of error for bytes that are no UTF-8 but this sentence.
    if text.starts_with("invalid unicode code point") && source.encoding == TextEncoding::Utf8OrMark
    {
        return Stop::NotUtf8;
    }
    let (line, column) = (error.line(), error.column());
    let what = text.split(" at line ").next().unwrap_or(&text);
    match error.classify() {
        Category::Io => source.failed(error.into()),
        Category::Eof => Error::refused(
            &source.name,
            format!("the JSON ends in the middle, at line {line}, column {column}: the file was cut short"),
            "export it again; whoever is missing from a cut file would look like a leaver",
        ),
        Category::Syntax | Category::Data => Error::refused(
            &source.name,
            format!("not valid JSON at line {line}, column {column}: {what}"),
            "export it again, or correct that place if the file was edited by hand",
        ),
    }
    .into()
}
