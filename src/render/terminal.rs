//! The summary as text for a terminal or a pipe.

use std::fmt::Write as _;

use comfy_table::{
    CellAlignment, ColumnConstraint, ContentArrangement, ContentLineStyle, LineStyle, Table,
    TableStyle,
};

use crate::report::summary::{Section, Summary, TextTable};

/// How the text is to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Look {
    /// Columns of the terminal.
    pub(crate) width: u16,
    /// Whether emphasis may use escape codes.
    pub(crate) colour: bool,
}

/// The whole summary.
pub(crate) fn summary(summary: &Summary, look: Look) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{}", bold(&summary.title, look));
    for warning in &summary.warnings {
        push_wrapped(&mut text, "! ", warning, look);
    }
    if !summary.warnings.is_empty() {
        text.push('\n');
    }
    for sentence in &summary.headline {
        push_wrapped(&mut text, "", sentence, look);
    }
    for section in &summary.sections {
        text.push('\n');
        text.push_str(&self::section(section, look));
    }
    text
}

/// One section: its title, its table, its notes.
pub(crate) fn section(section: &Section, look: Look) -> String {
    let mut text = String::new();
    if !section.title.is_empty() {
        let _ = writeln!(text, "{}", bold(&section.title, look));
    }
    if !section.table.columns.is_empty() {
        let _ = writeln!(text, "{}", table(&section.table, look));
    }
    for note in &section.notes {
        push_wrapped(&mut text, "  ", note, look);
    }
    text
}

/// Columns apart by blanks and a line under the header: the least that keeps them readable.
const STYLE: TableStyle = TableStyle::new()
    .header_lines(ContentLineStyle::none())
    .header_separator(LineStyle::none().fill('─').junction('─'))
    .content_lines(ContentLineStyle::none());

fn table(content: &TextTable, look: Look) -> String {
    let mut table = Table::new();
    table.load_style(STYLE);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(look.width);
    table.set_header(content.columns.iter());
    for row in &content.rows {
        table.add_row(row.iter());
    }
    for (number, right) in content.right.iter().enumerate() {
        if let Some(column) = table.column_mut(number) {
            column.set_padding((if number == 0 { 2 } else { 0 }, 2));
            if *right {
                column.set_cell_alignment(CellAlignment::Right);
                // Figures are never broken over two lines.
                column.set_constraint(ColumnConstraint::ContentWidth);
            }
        }
    }
    let mut lines: Vec<String> = table
        .lines()
        .map(|line| line.trim_end().to_owned())
        .collect();
    if let Some(last) = lines.last_mut().filter(|_| content.has_total) {
        *last = bold(last, look);
    }
    lines.join("\n")
}

fn bold(text: &str, look: Look) -> String {
    if look.colour {
        format!("\u{1b}[1m{text}\u{1b}[0m")
    } else {
        text.to_owned()
    }
}

/// Adds a sentence, broken at blanks to the width; further lines are set in under the first.
fn push_wrapped(text: &mut String, lead: &str, sentence: &str, look: Look) {
    let width = usize::from(look.width.max(40));
    let mut line = lead.to_owned();
    let mut filled = false;
    for word in sentence.split_whitespace() {
        if filled && line.chars().count() + 1 + word.chars().count() > width {
            let _ = writeln!(text, "{line}");
            line = " ".repeat(lead.len());
            filled = false;
        }
        if filled {
            line.push(' ');
        }
        line.push_str(word);
        filled = true;
    }
    let _ = writeln!(text, "{line}");
}
