//! Text in Markdown that is shown letter by letter: no markup, no entity, no line of its own.

use super::line;

/// The text, wherever it stands: in a heading, a cell, a list or a paragraph.
pub(crate) fn escaped(text: &str) -> String {
    let shown = line(text);
    let mut safe = String::with_capacity(shown.len());
    let begins = |place: usize| shown[..place].trim().is_empty();
    for (place, c) in shown.char_indices() {
        let is_markup = match c {
            '|' | '*' | '_' | '`' | '<' | '>' | '\\' | '[' | ']' | '~' => true,
            '&' => is_entity(&shown[place + 1..]),
            // Only at the beginning are these a heading, a list or a rule.
            '#' => begins(place),
            '+' | '-' => {
                let next = shown[place + 1..].chars().next();
                begins(place) && next.is_none_or(|next| next.is_whitespace() || next == c)
            }
            '.' | ')' => {
                let number = shown[..place].trim();
                let ends = shown[place + 1..]
                    .chars()
                    .next()
                    .is_none_or(char::is_whitespace);
                ends && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
            }
            _ => false,
        };
        if is_markup {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}

/// Whether what follows an `&` makes it an entity: `lt;`, `#60;`.
fn is_entity(rest: &str) -> bool {
    rest.split_once(';').is_some_and(|(name, _)| {
        let name = name.strip_prefix('#').unwrap_or(name);
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_is_taken_for_markup() {
        assert_eq!(
            escaped("a|b *c* <i> [x](y)"),
            "a\\|b \\*c\\* \\<i\\> \\[x\\](y)"
        );
        assert_eq!(escaped("# one\n# two"), "\\# one\\\\n# two");
        assert_eq!(escaped("- x - y"), "\\- x - y");
        assert_eq!(escaped("---"), "\\---");
        assert_eq!(escaped("-5% = a+b"), "-5% = a+b");
        assert_eq!(escaped("12. May"), "12\\. May");
        assert_eq!(escaped("R&D; &lt; &#60;"), "R\\&D; \\&lt; \\&#60;");
        assert_eq!(escaped("Research & Development"), "Research & Development");
        assert_eq!(escaped("a\u{202e}b"), "a\\\\u{202e}b");
        assert_eq!(escaped(" 3.5 of 7.1"), " 3.5 of 7.1");
    }
}
