//! Derivations as trees: with bars for a terminal or a pipe, as nested lists for Markdown.

use std::fmt::Write as _;

use super::terminal::{Look, bold, wrapped};
use crate::report::explain::{Derivations, TreeLine};
use crate::safe::markdown::escaped;
use crate::safe::terminal::line as safe;

/// The trees one after the other, under their title.
pub(crate) fn text(derivations: &Derivations, look: Look) -> String {
    let mut text = format!("{}\n", bold(&safe(&derivations.title), look));
    for warning in &derivations.warnings {
        let _ = writeln!(text, "{}", wrapped(&safe(warning), "! ", "  ", look));
    }
    for tree in &derivations.trees {
        text.push('\n');
        for (place, line) in tree.iter().enumerate() {
            push_line(&mut text, tree, place, line, look);
        }
    }
    text
}

/// One figure with its notes, hung on the bars of those above it.
fn push_line(text: &mut String, tree: &[TreeLine], place: usize, line: &TreeLine, look: Look) {
    let bars: String = (1..line.depth)
        .map(|depth| {
            if goes_on(tree, place, depth) {
                "│  "
            } else {
                "   "
            }
        })
        .collect();
    let (first, below) = match (line.depth, goes_on(tree, place, line.depth)) {
        (0, _) => ("", ""),
        (_, true) => ("├─ ", "│  "),
        (_, false) => ("└─ ", "   "),
    };
    let has_branches = tree
        .get(place + 1)
        .is_some_and(|next| next.depth > line.depth);
    let notes = format!("{bars}{below}{}", if has_branches { "│  " } else { "   " });
    let head = wrapped(&line.head, &format!("{bars}{first}"), &notes, look);
    text.push_str(&if line.depth == 0 {
        bold(&head, look)
    } else {
        head
    });
    text.push('\n');
    for note in &line.notes {
        let _ = writeln!(text, "{}", wrapped(note, &notes, &notes, look));
    }
}

/// Whether a sibling at this depth comes after a line and all that hangs on it.
fn goes_on(tree: &[TreeLine], place: usize, depth: usize) -> bool {
    let later = tree.iter().skip(place + 1).find(|line| line.depth <= depth);
    later.is_some_and(|line| line.depth == depth)
}

pub(crate) fn markdown(derivations: &Derivations) -> String {
    let mut text = format!("# {}\n", escaped(&derivations.title));
    for warning in &derivations.warnings {
        let _ = write!(text, "\n> **Warning:** {}\n", escaped(warning));
    }
    for tree in &derivations.trees {
        text.push('\n');
        for line in tree {
            let indent = "  ".repeat(line.depth);
            let notes = line.notes.join("; ");
            let _ = writeln!(
                text,
                "{indent}- **{}**: {}",
                escaped(&line.head),
                escaped(&notes)
            );
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::text;
    use crate::render::terminal::Look;
    use crate::report::explain::{Derivations, TreeLine};
    use crate::report::table::Table;

    #[test]
    fn bars_go_on_as_long_as_something_hangs_on_them() {
        let line = |depth, head: &str, note: &str| TreeLine {
            depth,
            head: head.to_owned(),
            notes: vec![note.to_owned()],
        };
        let derivations = Derivations {
            title: "total".to_owned(),
            warnings: vec!["severe plan-order: seen".to_owned()],
            trees: vec![vec![
                line(0, "total: $3", "the parts added up"),
                line(
                    1,
                    "one: $1",
                    "price times quantity, from a source with a long name",
                ),
                line(2, "price: $1", "stated"),
                line(1, "two: $2", "counted"),
            ]],
            table: Table {
                name: "derivation",
                provenance: String::new(),
                columns: &[],
                rows: Vec::new(),
            },
        };
        let look = Look {
            width: 40,
            colour: false,
        };
        let expected = "total\n! severe plan-order: seen\n\ntotal: $3\n│  the parts added up\n├─ one: $1\n│  │  price times quantity, from a\n\
            │  │  source with a long name\n│  └─ price: $1\n│        stated\n└─ two: $2\n      counted\n";
        assert_eq!(text(&derivations, look), expected);
    }
}
