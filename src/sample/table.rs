//! A CSV file in memory. Cells are quoted only where they must be, as the exporters do. Writing to memory
//! cannot fail, which is why this is not the `csv` crate's writer.

/// A growing CSV file.
pub(super) struct Table {
    bytes: Vec<u8>,
    line_end: &'static str,
    row_begun: bool,
}

impl Table {
    /// `opening` goes before the header: nothing, or a byte order mark.
    pub(super) fn new(opening: &str, line_end: &'static str) -> Self {
        Self {
            bytes: opening.as_bytes().to_vec(),
            line_end,
            row_begun: false,
        }
    }

    pub(super) fn reserve(&mut self, bytes: usize) {
        self.bytes.reserve_exact(bytes);
    }

    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    pub(super) fn cell(&mut self, text: &str) {
        if self.row_begun {
            self.bytes.push(b',');
        }
        self.row_begun = true;
        if text
            .bytes()
            .any(|byte| matches!(byte, b',' | b'"' | b'\r' | b'\n'))
        {
            self.bytes.push(b'"');
            for byte in text.bytes() {
                if byte == b'"' {
                    self.bytes.push(b'"');
                }
                self.bytes.push(byte);
            }
            self.bytes.push(b'"');
        } else {
            self.bytes.extend_from_slice(text.as_bytes());
        }
    }

    pub(super) fn cells(&mut self, texts: &[&str]) {
        for text in texts {
            self.cell(text);
        }
    }

    pub(super) fn end_row(&mut self) {
        self.bytes.extend_from_slice(self.line_end.as_bytes());
        self.row_begun = false;
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn quotes_only_where_needed() {
        let mut table = Table::new("\u{feff}", "\r\n");
        table.cells(&["plain", "Sales, EMEA", "the \"Paddy\"", ""]);
        table.end_row();
        let expected = "\u{feff}plain,\"Sales, EMEA\",\"the \"\"Paddy\"\"\",\r\n";
        assert_eq!(table.into_bytes(), expected.as_bytes());
    }
}
