//! Text as a string of TOML, which a configuration written for the user holds: read back as it was.

use super::is_unseen;

/// The text between quotes, with every hostile character written by its number.
pub(crate) fn quoted(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 2);
    safe.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                safe.push('\\');
                safe.push(c);
            }
            c if is_unseen(c) => match u32::from(c) {
                number @ 0..=0xffff => safe.push_str(&format!("\\u{number:04x}")),
                number => safe.push_str(&format!("\\U{number:08x}")),
            },
            c => safe.push(c),
        }
    }
    safe.push('"');
    safe
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn every_text_is_read_back_as_it_was() {
        let hostile: String = (0..0x3000)
            .chain(0xf000..0x1_0000)
            .chain([0xe0041, 0x1_f600])
            .filter_map(char::from_u32)
            .collect();
        for text in ["", "plain", "say \"hi\"\\n", &hostile] {
            let written = quoted(text);
            assert!(!written.chars().any(super::is_unseen));
            let table: ::toml::Table = format!("a = {written}").parse().expect("TOML");
            assert_eq!(table["a"].as_str(), Some(text));
        }
    }
}
