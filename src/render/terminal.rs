//! The summary as text for a terminal or a pipe.

use std::fmt::Write as _;

use comfy_table::{
    CellAlignment, ColumnConstraint, ContentArrangement, ContentLineStyle, LineStyle, Table,
    TableStyle, Width,
};
use textwrap::{Options, WordSplitter};

use crate::report::summary::{Section, Summary, TextTable};
use crate::safe::terminal::line as safe;

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
    let _ = writeln!(text, "{}", bold(&safe(&summary.title), look));
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

/// The short form: each table is led by its title in the place of its first column's name, and a warning takes two
/// lines at the most.
pub(crate) fn screen(summary: &Summary, look: Look) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{}", bold(&safe(&summary.title), look));
    for warning in &summary.warnings {
        let _ = writeln!(text, "{}", at_most_two_lines(warning, look));
    }
    text.push('\n');
    for sentence in &summary.headline {
        push_wrapped(&mut text, "", sentence, look);
    }
    for section in &summary.sections {
        if !section.table.joined {
            text.push('\n');
        }
        let mut content = shown(&section.table);
        if let Some(first) = content.columns.first_mut() {
            *first = safe(&section.title).into_owned();
        }
        let _ = writeln!(text, "{}", titled(&content, look));
        for note in &section.notes {
            push_wrapped(&mut text, "  ", note, look);
        }
    }
    text
}

/// A warning in two lines; what finds no room there is cut at a word.
fn at_most_two_lines(warning: &str, look: Look) -> String {
    let whole = wrapped(warning, "! ", "  ", look);
    let mut lines = whole.lines();
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else {
        return whole;
    };
    if lines.next().is_none() {
        return whole;
    }
    let room = usize::from(look.width.max(40)).saturating_sub(2);
    let mut kept = second.to_owned();
    while kept.chars().count() > room {
        let shorter = kept.rfind(' ').unwrap_or(0);
        kept.truncate(shorter);
    }
    format!("{first}\n{kept} …")
}

/// A table under its own title, with as many of its columns as find room; row by row where they find none.
fn titled(content: &TextTable, look: Look) -> String {
    let width = usize::from(look.width);
    let kept = columns_that_fit(content, width);
    if least_width(content, &kept) > width {
        let title = content.columns.first().map_or("", String::as_str);
        return format!("{}\n{}", bold(title, look), records(content, look));
    }
    let mut lines = columns(content, &kept, look);
    // The title sets the header apart, so no line has to.
    lines.retain(|line| !line.starts_with('─'));
    if let Some(header) = lines.first_mut() {
        *header = bold(header.trim_start(), look);
    }
    lines.join("\n")
}

/// A table that is safe to show: before anything is measured.
fn shown(table: &TextTable) -> TextTable {
    let all = |cells: &[String]| cells.iter().map(|cell| safe(cell).into_owned()).collect();
    TextTable {
        columns: all(&table.columns),
        rows: table.rows.iter().map(|row| all(row)).collect(),
        ..table.clone()
    }
}

/// One section: its title, its table, its notes.
pub(crate) fn section(section: &Section, look: Look) -> String {
    let mut text = String::new();
    if !section.title.is_empty() {
        let _ = writeln!(text, "{}", bold(&safe(&section.title), look));
    }
    if !section.table.columns.is_empty() {
        let _ = writeln!(text, "{}", table(&shown(&section.table), look));
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
/// The least width of a column whose words have to be broken.
const LEAST_BROKEN: usize = 8;

/// What the cells of a column, its name included, come to at the most.
fn most(content: &TextTable, column: usize, measure: impl Fn(&str) -> usize) -> usize {
    let cells = content.rows.iter().filter_map(|row| row.get(column));
    let cells = cells.chain(content.columns.get(column));
    cells.map(|cell| measure(cell)).max().unwrap_or(0)
}

/// The longest word of a column: narrower than that, it would be broken.
fn longest_word(content: &TextTable, column: usize) -> usize {
    most(content, column, |cell| {
        let words = cell.split(' ').map(|word| word.chars().count());
        words.max().unwrap_or(0)
    })
}

/// The width that a column needs to be read, the space after it included.
fn needed(content: &TextTable, column: usize) -> usize {
    let widest = most(content, column, |cell| cell.chars().count());
    2 + if content.right.get(column) == Some(&true) {
        widest
    } else {
        widest.min(LEAST_WORDS)
    }
}

/// The columns of a table that fit the page: optional ones go, the last first, while the others do not fit; one may be
/// kept longest.
fn columns_that_fit(content: &TextTable, width: usize) -> Vec<usize> {
    let mut kept: Vec<usize> = (0..content.columns.len()).collect();
    let needs = |kept: &[usize]| -> usize {
        2 + kept
            .iter()
            .map(|&column| needed(content, column))
            .sum::<usize>()
    };
    while needs(&kept) > width {
        let is_optional = |column: &usize| content.optional.get(*column) == Some(&true);
        let others = |column: &usize| is_optional(column) && content.last_to_go != Some(*column);
        let place = kept.iter().rposition(others);
        let Some(place) = place.or_else(|| kept.iter().rposition(is_optional)) else {
            break;
        };
        kept.remove(place);
    }
    kept
}

/// The columns of each of the tables that a page has one beneath the other, all led by the first column.
fn beneath(content: &TextTable, width: usize) -> Vec<Vec<usize>> {
    let whole = |column| 1 + needed(content, column).max(2 + longest_word(content, column));
    let first = 2 + whole(0);
    let (mut tables, mut used) = (vec![vec![0]], first);
    for column in 1..content.columns.len() {
        used += whole(column);
        match tables.last_mut() {
            Some(last) if used <= width || last.len() == 1 => last.push(column),
            _ => {
                tables.push(vec![0, column]);
                used = first + whole(column);
            }
        }
    }
    tables
}

fn table(content: &TextTable, look: Look) -> String {
    let width = usize::from(look.width);
    if content.beneath {
        let tables = beneath(content, width);
        let tables: Vec<String> = tables
            .iter()
            .map(|kept| columns(content, kept, look).join("\n"))
            .collect();
        return tables.join("\n\n");
    }
    let kept = columns_that_fit(content, width);
    if least_width(content, &kept) > width {
        return records(content, look);
    }
    let mut lines = columns(content, &kept, look);
    let left_out = content.columns.len() - kept.len();
    if left_out > 0 {
        let columns = if left_out == 1 { "column" } else { "columns" };
        lines.push(format!("  ({left_out} {columns} left out at this width)"));
    }
    lines.join("\n")
}

/// The least width at which some columns stand beside each other with their words whole.
fn least_width(content: &TextTable, kept: &[usize]) -> usize {
    let least = |&column: &usize| match content.right.get(column) {
        Some(true) => most(content, column, |cell| cell.chars().count()),
        _ => longest_word(content, column).min(LEAST_WORDS),
    };
    2 + kept.iter().map(|column| 3 + least(column)).sum::<usize>()
}

/// A table whose columns find no room beside each other: each row as a paragraph of its own, nothing left out.
fn records(content: &TextTable, look: Look) -> String {
    let mut text = String::new();
    for row in &content.rows {
        let mut cells = content.columns.iter().zip(row);
        if let Some((_, first)) = cells.next() {
            let _ = writeln!(text, "{}", wrapped(first, "  ", "    ", look));
        }
        for (column, cell) in cells.filter(|(_, cell)| !cell.is_empty()) {
            let line = format!("{column}: {cell}");
            let _ = writeln!(text, "{}", wrapped(&line, "    ", "      ", look));
        }
    }
    text.trim_end().to_owned()
}

/// The columns whose words are not broken: all where the page is wide enough, else those with the shortest words.
fn unbroken(content: &TextTable, kept: &[usize], width: usize) -> Vec<usize> {
    let mut by_length: Vec<(usize, usize)> = kept
        .iter()
        .map(|&column| (longest_word(content, column), column))
        .collect();
    by_length.sort_unstable();
    let least = |longest: usize| longest.min(LEAST_BROKEN);
    // A column has two blanks after it and one between it and the next.
    let mut used = 2 + by_length
        .iter()
        .map(|&(longest, _)| 3 + least(longest))
        .sum::<usize>();
    let fits = |&(longest, _): &(usize, usize)| {
        used += longest - least(longest);
        used <= width
    };
    let fitting = by_length.into_iter().take_while(fits);
    fitting.map(|(_, column)| column).collect()
}

/// The lines of a table with some of its columns.
fn columns(content: &TextTable, kept: &[usize], look: Look) -> Vec<String> {
    let only = |cells: &[String]| -> Vec<String> {
        kept.iter()
            .filter_map(|&column| cells.get(column).cloned())
            .collect()
    };
    let unbroken = unbroken(content, kept, usize::from(look.width));
    let mut table = Table::new();
    table.load_style(STYLE);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(look.width);
    table.set_header(only(&content.columns));
    for row in &content.rows {
        table.add_row(only(row));
    }
    for (number, &place) in kept.iter().enumerate() {
        let Some(column) = table.column_mut(number) else {
            continue;
        };
        let before = if number == 0 { 2 } else { 0 };
        column.set_padding((before, 2));
        if content.right.get(place) == Some(&true) {
            column.set_cell_alignment(CellAlignment::Right);
            // Figures are never broken over two lines.
            column.set_constraint(ColumnConstraint::ContentWidth);
        } else if unbroken.contains(&place) {
            let least = usize::from(before) + 2 + longest_word(content, place);
            let least = u16::try_from(least).unwrap_or(u16::MAX);
            column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least)));
        }
    }
    let mut lines: Vec<String> = table
        .lines()
        .map(|line| line.trim_end().to_owned())
        .collect();
    if let Some(last) = lines.last_mut().filter(|_| content.has_total) {
        *last = bold(last, look);
    }
    lines
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
    textwrap::fill(&safe(sentence), options)
}

#[cfg(test)]
mod tests {
    use super::{Look, table};
    use crate::report::summary::TextTable;

    #[test]
    fn the_column_that_tells_reliability_goes_last() {
        let mut content =
            TextTable::new(&["alternative", "?>fees", "?>hours", ">total", "??basis"]);
        content
            .push(["Guard Standard", "$16,884", "$783", "$23,070", "assumed"].map(str::to_owned));
        let at = |width| {
            let look = Look {
                width,
                colour: false,
            };
            table(&content, look)
        };
        let narrow = at(40);
        assert!(
            !narrow.contains("fees") && narrow.contains("assumed"),
            "{narrow}"
        );
        let narrower = at(28);
        assert!(
            !narrower.contains("basis") && narrower.contains("$23,070"),
            "{narrower}"
        );
    }

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
            !narrow.contains("inactive") && narrow.contains("left out at this width"),
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
            wide.contains("inactive") && !wide.contains("left out"),
            "{wide}"
        );
    }
    #[test]
    fn a_page_too_narrow_for_any_table_has_its_rows_one_beneath_the_other() {
        let mut content = TextTable::new(&[
            "product",
            ">base",
            "way to SCIM",
            ">with SCIM",
            "confidence",
        ]);
        content.push(
            [
                "Bitbucket",
                "$3.65",
                "Guard Standard on top",
                "$6.65–7.65",
                "reported",
            ]
            .map(str::to_owned),
        );
        let look = Look {
            width: 48,
            colour: false,
        };
        assert_eq!(
            table(&content, look),
            "  Bitbucket\n    base: $3.65\n    way to SCIM: Guard Standard on top\n    with SCIM: $6.65–7.65\n    \
             confidence: reported"
        );
        let wide = Look {
            width: 90,
            colour: false,
        };
        assert_eq!(table(&content, wide).lines().count(), 3);
    }

    #[test]
    fn a_narrow_page_has_further_columns_beneath_and_breaks_no_word() {
        let mut content = TextTable {
            beneath: true,
            ..TextTable::new(&["first year", "base", "Guard by volume"])
        };
        content.push(["Guard Standard", "$23,070–41,061", "$21,194–33,557"].map(str::to_owned));
        content.push(["cheapest", "Manual work", "="].map(str::to_owned));
        let look = |width| Look {
            width,
            colour: false,
        };
        assert_eq!(
            table(&content, look(40)),
            "  first year       base\n\
             ───────────────────────────────────\n  \
             Guard Standard   $23,070–41,061\n  \
             cheapest         Manual work\n\n  \
             first year       Guard by volume\n\
             ────────────────────────────────────\n  \
             Guard Standard   $21,194–33,557\n  \
             cheapest         =",
        );
        assert_eq!(table(&content, look(60)).lines().count(), 4);
    }
}
