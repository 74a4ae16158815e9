//! All figures of a report by name, and which of them a reader means.

use std::collections::BTreeSet;

use crate::money::{Currency, MoneyError, Number};

use super::Known;
use super::derivation::{Part, Value};

/// A figure with the table of the report that shows it.
pub(crate) struct Figure {
    pub(crate) table: &'static str,
    pub(crate) part: Part,
}

/// Every figure of a report, in the order of its tables.
pub(crate) struct Figures {
    list: Vec<Figure>,
    names: BTreeSet<String>,
}

/// What a reader's words lead to.
pub(crate) enum Found<'a> {
    Nothing {
        /// The figures whose names are nearest to the words.
        nearest: Vec<&'a str>,
    },
    Figures(Vec<&'a Figure>),
}

/// The word for all figures.
const ALL: &str = "figures";

impl Figures {
    pub(super) fn of(known: &Known<'_>) -> Result<Figures, MoneyError> {
        let mut figures = Figures {
            list: Vec::new(),
            names: BTreeSet::new(),
        };
        let counted = known.counts(&mut figures)?;
        let has_atlassian = known.modelled.model.facts.bills.is_some();
        let licences = if has_atlassian {
            let licences = known.licences(&counted, &mut figures)?;
            known.showback(&counted, &licences, &mut figures)?;
            Some(licences)
        } else {
            None
        };
        let basics = known.basics(counted, licences, &mut figures);
        let firsts = known.years(&basics, &mut figures)?;
        known.levers(&basics, &firsts, &mut figures)?;
        known.facts(&mut figures);
        Ok(figures)
    }

    /// Lists a figure, once, and hands it back to be a part of others.
    pub(super) fn add(&mut self, table: &'static str, part: Part) -> Part {
        if self.names.insert(part.name.clone()) {
            self.list.push(Figure {
                table,
                part: part.clone(),
            });
        }
        part
    }

    /// The figures that the words name: all words stand in the name, and one whose name they are comes alone. A
    /// number finds the figures that show it.
    pub(crate) fn find(&self, words: &str, currency: Currency) -> Found<'_> {
        if words.trim().eq_ignore_ascii_case(ALL) {
            return Found::Figures(self.list.iter().collect());
        }
        if let Some(number) = shown_number(words, currency) {
            let fit: Vec<&Figure> = self
                .list
                .iter()
                .filter(|figure| number.is_in(figure))
                .collect();
            if !fit.is_empty() {
                return Found::Figures(fit);
            }
        }
        let wanted = tokens(words);
        let is_named = |figure: &&Figure| tokens(&figure.part.name) == wanted;
        let exact: Vec<&Figure> = self.list.iter().filter(is_named).collect();
        if !exact.is_empty() {
            return Found::Figures(exact);
        }
        let fits = |figure: &&Figure| {
            let mut name = tokens(&figure.part.name);
            name.extend(tokens(figure.table));
            !wanted.is_empty() && wanted.iter().all(|word| name.contains(word))
        };
        let fit: Vec<&Figure> = self.list.iter().filter(fits).collect();
        if fit.is_empty() {
            return Found::Nothing {
                nearest: self.nearest(words),
            };
        }
        Found::Figures(fit)
    }

    fn nearest(&self, words: &str) -> Vec<&str> {
        let words = words.to_lowercase();
        let mut names: Vec<(usize, &str)> = self
            .list
            .iter()
            .map(|figure| {
                let name = figure.part.name.as_str();
                (
                    strsim::damerau_levenshtein(&name.to_lowercase(), &words),
                    name,
                )
            })
            .collect();
        names.sort_unstable();
        names.into_iter().take(3).map(|(_, name)| name).collect()
    }
}

/// The words of a name, whatever stands between them.
fn tokens(name: &str) -> Vec<String> {
    let words = name.split(|c: char| !(c.is_alphanumeric() || c == '.'));
    let words = words.filter(|word| !word.is_empty() && *word != "csv");
    words
        .map(|word| word.trim_end_matches(".csv").to_lowercase())
        .collect()
}

/// A number as a report shows it.
struct Shown {
    number: Number,
    /// How many decimals it is given with.
    places: u32,
}

impl Shown {
    fn is_in(&self, figure: &Figure) -> bool {
        let Value::Amount(amount) = &figure.part.value else {
            return false;
        };
        let (low, high) = amount.ends();
        [low, high]
            .into_iter()
            .flatten()
            .any(|end| end.rounded(self.places) == self.number)
    }
}

/// `23,069.55`, `$23,070` or `-4127.13` as a number.
fn shown_number(words: &str, currency: Currency) -> Option<Shown> {
    let plain: String = words
        .trim()
        .trim_start_matches(currency.code())
        .chars()
        .filter(|c| !matches!(c, ',' | '$' | '€' | '£' | '%' | ' '))
        .map(|c| if c == '−' { '-' } else { c })
        .collect();
    let number = Number::parse(&plain).ok()?;
    let places = plain
        .split_once('.')
        .map_or(0, |(_, decimals)| decimals.len());
    Some(Shown {
        number,
        places: u32::try_from(places).ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::{shown_number, tokens};
    use crate::money::Currency;

    #[test]
    fn names_are_words_however_they_are_joined() {
        let words = ["guard", "standard", "it", "labour"];
        for name in [
            "guard-standard/it-labour",
            "Guard Standard it_labour",
            "guard_standard · IT labour",
        ] {
            assert_eq!(tokens(name), words, "{name}");
        }
        assert_eq!(tokens("savings.csv Jira"), ["savings", "jira"]);
    }

    #[test]
    fn numbers_are_read_as_reports_show_them() {
        let read = |text: &str| {
            shown_number(text, Currency::USD).map(|one| (one.number.plain(), one.places))
        };
        assert_eq!(read("$23,069.55"), Some(("23069.55".to_owned(), 2)));
        assert_eq!(read("-$4,127"), Some(("-4127".to_owned(), 0)));
        assert_eq!(read("USD 12"), Some(("12".to_owned(), 0)));
        assert_eq!(read("it_labour"), None);
        assert_eq!(read("$18.5k"), None);
    }
}
