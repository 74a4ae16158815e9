//! The summary as Markdown, for a ticket or a wiki page.

use std::fmt::Write as _;

use crate::report::summary::{Section, Summary, TextTable};
use crate::safe::markdown::escaped;

pub(crate) fn summary(summary: &Summary) -> String {
    let mut text = format!("# {}\n", escaped(&summary.title));
    for warning in &summary.warnings {
        let _ = write!(text, "\n> **Warning:** {}\n", escaped(warning));
    }
    for sentence in &summary.headline {
        let _ = write!(text, "\n{}\n", escaped(sentence));
    }
    for section in &summary.sections {
        text.push('\n');
        text.push_str(&self::section(section));
    }
    text
}

pub(crate) fn section(section: &Section) -> String {
    let mut text = String::new();
    if !section.title.is_empty() {
        let _ = writeln!(text, "## {}\n", escaped(&section.title));
    }
    if !section.table.columns.is_empty() {
        text.push_str(&table(&section.table));
    }
    for note in &section.notes {
        let _ = write!(text, "\n{}\n", escaped(note));
    }
    text
}

fn table(table: &TextTable) -> String {
    let line = |cells: &mut dyn Iterator<Item = String>| {
        format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
    };
    let mut text = line(&mut table.columns.iter().map(|name| escaped(name)));
    text.push_str(&line(&mut table.right.iter().map(|&right| {
        if right {
            "---:".to_owned()
        } else {
            "---".to_owned()
        }
    })));
    let last = table.rows.len().saturating_sub(1);
    for (place, row) in table.rows.iter().enumerate() {
        let total = table.has_total && place == last;
        text.push_str(&line(&mut row.iter().map(|cell| {
            if total && !cell.is_empty() {
                format!("**{}**", escaped(cell))
            } else {
                escaped(cell)
            }
        })));
    }
    text
}
