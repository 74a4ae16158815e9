//! One table in any bytes: encoding, delimiter, line ends, quotes, case of the header and order of the columns.

use proptest::prelude::{Just, Strategy, any, prop_oneof};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Encoding {
    Utf8,
    Utf8Marked,
    Utf16Le,
    Utf16Be,
    /// Without a mark, as some scripts write it.
    Utf16LeBare,
    Windows1252,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum HeaderCase {
    AsIs,
    Lower,
    Upper,
}

/// How a table is put into bytes.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    pub(crate) encoding: Encoding,
    pub(crate) delimiter: char,
    /// Excel's `sep=;` as the first line.
    pub(crate) says_delimiter: bool,
    pub(crate) line_end: &'static str,
    pub(crate) ends_with_newline: bool,
    pub(crate) header: HeaderCase,
    pub(crate) quotes_all: bool,
    /// Columns by their places in the plain table; places past its last column say nothing.
    pub(crate) order: Vec<usize>,
}

pub(crate) fn form(columns: usize) -> impl Strategy<Value = Form> {
    let order: Vec<usize> = (0..columns).collect();
    (
        prop_oneof![
            Just(Encoding::Utf8),
            Just(Encoding::Utf8Marked),
            Just(Encoding::Utf16Le),
            Just(Encoding::Utf16Be),
            Just(Encoding::Utf16LeBare),
            Just(Encoding::Windows1252),
        ],
        prop_oneof![Just(','), Just(';'), Just('\t')],
        any::<bool>(),
        prop_oneof![Just("\n"), Just("\r\n")],
        any::<bool>(),
        prop_oneof![
            Just(HeaderCase::AsIs),
            Just(HeaderCase::Lower),
            Just(HeaderCase::Upper)
        ],
        any::<bool>(),
        Just(order).prop_shuffle(),
    )
        .prop_map(
            |(
                encoding,
                delimiter,
                says_delimiter,
                line_end,
                ends_with_newline,
                header,
                quotes_all,
                order,
            )| Form {
                encoding,
                delimiter,
                says_delimiter,
                line_end,
                ends_with_newline,
                header,
                quotes_all,
                order,
            },
        )
}

/// UTF-8 with commas and LF.
pub(crate) fn plain(columns: usize) -> Form {
    Form {
        encoding: Encoding::Utf8,
        delimiter: ',',
        says_delimiter: false,
        line_end: "\n",
        ends_with_newline: true,
        header: HeaderCase::AsIs,
        quotes_all: false,
        order: (0..columns).collect(),
    }
}

impl Form {
    /// A table's bytes in this form, the header first; `None` where the encoding lacks a letter of it.
    pub(crate) fn bytes(&self, rows: &[Vec<String>]) -> Option<Vec<u8>> {
        let mut lines: Vec<String> = Vec::new();
        if self.says_delimiter {
            lines.push(format!("sep={}", self.delimiter));
        }
        lines.extend(rows.iter().enumerate().map(|(number, row)| {
            let cells = self.order.iter().filter_map(|&place| row.get(place));
            let cells: Vec<String> = cells.map(|cell| self.cell(number, cell)).collect();
            cells.join(&self.delimiter.to_string())
        }));
        let mut text = lines.join(self.line_end);
        if self.ends_with_newline {
            text.push_str(self.line_end);
        }
        self.encoded(&text)
    }

    fn cell(&self, row: usize, cell: &str) -> String {
        let cell = match (row, self.header) {
            (0, HeaderCase::Lower) => cell.to_lowercase(),
            (0, HeaderCase::Upper) => cell.to_uppercase(),
            _ => cell.to_owned(),
        };
        if self.quotes_all || cell.contains([self.delimiter, '"', '\n', '\r']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell
        }
    }

    fn encoded(&self, text: &str) -> Option<Vec<u8>> {
        let marked = format!("\u{feff}{text}");
        let wide = |text: &str, to: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to).collect();
        Some(match self.encoding {
            Encoding::Utf8 => text.as_bytes().to_vec(),
            Encoding::Utf8Marked => marked.into_bytes(),
            Encoding::Utf16Le => wide(&marked, u16::to_le_bytes),
            Encoding::Utf16Be => wide(&marked, u16::to_be_bytes),
            Encoding::Utf16LeBare => wide(text, u16::to_le_bytes),
            Encoding::Windows1252 => {
                let (bytes, _, lossy) = encoding_rs::WINDOWS_1252.encode(text);
                return (!lossy).then(|| bytes.into_owned());
            }
        })
    }
}
