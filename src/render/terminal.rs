//! The summary as text for a terminal or a pipe.

use std::fmt::Write as _;

use comfy_table::{
    CellAlignment, ColumnConstraint, ContentArrangement, ContentLineStyle, LineStyle, Table,
    TableStyle,
};
use textwrap::{Options, WordSplitter};

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

/// The least width that the words of a column need to be read.
const LEAST_WORDS: usize = 18;

/// The columns of a table that fit the page: optional ones go, the last first, while the others do not fit.
fn columns_that_fit(content: &TextTable, width: usize) -> Vec<usize> {
    let needed = |column: usize| {
        let cells = content
            .rows
            .iter()
            .filter_map(|row| row.get(column))
            .chain(content.columns.get(column));
        let widest = cells.map(|cell| cell.chars().count()).max().unwrap_or(0);
        2 + if content.right.get(column) == Some(&true) {
            widest
        } else {
            widest.min(LEAST_WORDS)
        }
    };
    let mut kept: Vec<usize> = (0..content.columns.len()).collect();
    while 2 + kept.iter().map(|&column| needed(column)).sum::<usize>() > width {
        let Some(place) = kept
            .iter()
            .rposition(|&column| content.optional.get(column) == Some(&true))
        else {
            break;
        };
        kept.remove(place);
    }
    kept
}

fn table(content: &TextTable, look: Look) -> String {
    let kept = columns_that_fit(content, usize::from(look.width));
    let only = |cells: &[String]| -> Vec<String> {
        kept.iter()
            .filter_map(|&column| cells.get(column).cloned())
            .collect()
    };
    let left_out = content.columns.len() - kept.len();
    let mut table = Table::new();
    table.load_style(STYLE);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(look.width);
    table.set_header(only(&content.columns));
    for row in &content.rows {
        table.add_row(only(row));
    }
    for (number, right) in kept
        .iter()
        .filter_map(|&column| content.right.get(column))
        .enumerate()
    {
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
    if left_out > 0 {
        let columns = if left_out == 1 { "column" } else { "columns" };
        lines.push(format!(
            "  ({left_out} {columns} too many for this width: see the CSV)"
        ));
    }
    lines.join("\n")
}

pub(super) fn bold(text: &str, look: Look) -> String {
    if look.colour {
        format!("\u{1b}[1m{text}\u{1b}[0m")
    } else {
        text.to_owned()
    }
}

/// Adds a sentence, broken at blanks to the width; further lines are set in under the first.
fn push_wrapped(text: &mut String, lead: &str, sentence: &str, look: Look) {
    let below = " ".repeat(lead.len());
    let _ = writeln!(text, "{}", wrapped(sentence, lead, &below, look));
}

/// A sentence broken at blanks to the width, with what leads its first line and the lines below.
pub(super) fn wrapped(sentence: &str, first: &str, below: &str, look: Look) -> String {
    let options = Options::new(usize::from(look.width.max(40)))
        .initial_indent(first)
        .subsequent_indent(below)
        .word_splitter(WordSplitter::NoHyphenation)
        .break_words(false);
    textwrap::fill(sentence, options)
}

#[cfg(test)]
mod tests {
    use super::{Look, table};
    use crate::report::summary::TextTable;

    #[test]
    fn a_narrow_page_loses_optional_columns_and_breaks_no_figure() {
        let mut content = TextTable::new(&[
            "product",
            ">seats",
            "?>active",
            "?>inactive",
            ">bill a year",
        ]);
        content.push(
            [
                "Jira Service Management",
                "470",
                "418",
                "16",
                "$45,980–51,042",
            ]
            .map(str::to_owned),
        );
        let narrow = table(
            &content,
            Look {
                width: 50,
                colour: false,
            },
        );
        assert!(
            narrow.contains("$45,980–51,042") && narrow.contains("470"),
            "{narrow}"
        );
        assert!(
            !narrow.contains("inactive") && narrow.contains("too many for this width"),
            "{narrow}"
        );
        assert!(
            narrow.lines().all(|line| line.chars().count() <= 50),
            "{narrow}"
        );
        let wide = table(
            &content,
            Look {
                width: 120,
                colour: false,
            },
        );
        assert!(
            wide.contains("inactive") && !wide.contains("too many"),
            "{wide}"
        );
    }
}
