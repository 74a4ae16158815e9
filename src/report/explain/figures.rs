//! All figures of a report by name, and which of them a reader means.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::money::{Currency, MoneyError, Number};
use crate::toml::near::by_nearness;

use super::Known;
use super::derivation::{Part, Value};

/// A figure with the table of the report that shows it.
#[derive(Clone)]
pub(crate) struct Figure {
    pub(crate) table: Cow<'static, str>,
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
    Figures(Vec<Figure>),
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
        let mut listed = known.years(&basics, &mut figures)?;
        known.break_evens(&basics, &mut listed, &mut figures)?;
        known.facts(&mut figures);
        Ok(figures)
    }

    /// Figures that a report has listed.
    pub(super) fn read(list: Vec<Figure>) -> Figures {
        Figures {
            names: list.iter().map(|one| one.part.name.clone()).collect(),
            list,
        }
    }

    pub(super) fn all(&self) -> &[Figure] {
        &self.list
    }

    /// Lists a figure, once, and hands it back to be a part of others.
    pub(super) fn add(&mut self, table: &'static str, part: Part) -> Part {
        if self.names.insert(part.name.clone()) {
            self.list.push(Figure {
                table: table.into(),
                part: part.clone(),
            });
        }
        part
    }

    /// The figures that the words name: all words stand in the name, and one whose name they are comes alone, be it a
    /// part of another. A number, or a range, finds the figures that show it.
    pub(crate) fn find(&self, words: &str, currency: Currency) -> Found<'_> {
        if words.trim().eq_ignore_ascii_case(ALL) {
            return Found::Figures(self.list.clone());
        }
        let shown = Shown::read(words, currency);
        let wanted = tokens(words);
        let is_shown = |figure: &Figure| shown.as_ref().is_some_and(|shown| shown.is_of(figure));
        let is_named = |figure: &Figure| tokens(&figure.part.name) == wanted;
        let fits = |figure: &Figure| {
            let mut name = tokens(&figure.part.name);
            name.extend(tokens(&figure.table));
            !wanted.is_empty() && wanted.iter().all(|word| name.contains(word))
        };
        let of = |fit: &dyn Fn(&Figure) -> bool| -> Vec<Figure> {
            self.list
                .iter()
                .filter(|figure| fit(figure))
                .cloned()
                .collect()
        };
        let tries: [&dyn Fn() -> Vec<Figure>; 5] = [
            &|| of(&is_shown),
            &|| of(&is_named),
            &|| self.parts(&is_named),
            &|| of(&fits),
            &|| self.parts(&is_shown),
        ];
        match tries
            .iter()
            .map(|found| found())
            .find(|found| !found.is_empty())
        {
            Some(found) => Found::Figures(found),
            None => Found::Nothing {
                nearest: self.nearest(words),
            },
        }
    }

    /// The parts of figures that fit, each once, figures of their own included.
    fn parts(&self, fits: &dyn Fn(&Figure) -> bool) -> Vec<Figure> {
        let mut seen = BTreeSet::new();
        let mut found = Vec::new();
        let mut open: Vec<Figure> = self.list.iter().rev().cloned().collect();
        while let Some(figure) = open.pop() {
            if !seen.insert(figure.part.name.clone()) {
                continue;
            }
            let parts = figure.part.parts.iter().cloned();
            open.extend(parts.map(|part| Figure {
                table: figure.table.clone(),
                part,
            }));
            if fits(&figure) {
                found.push(figure);
            }
        }
        found
    }

    fn nearest(&self, words: &str) -> Vec<&str> {
        let names = self.list.iter().map(|figure| figure.part.name.as_str());
        let names = by_nearness(words, names);
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

/// A number, or both ends of a range, as a report shows them.
#[derive(Debug, PartialEq)]
struct Shown {
    ends: Vec<Number>,
    /// How many decimals they are given with.
    places: u32,
}

impl Shown {
    /// `23,069.55`, `$23,070`, `-$4,127`, `$18,495–22,171` or `-$46,042 to -$10,784`.
    fn read(words: &str, currency: Currency) -> Option<Shown> {
        let words = words.replace('−', "-");
        let ends: Vec<&str> = match words.split_once('–').or_else(|| words.split_once(" to ")) {
            Some((low, high)) => vec![low, high],
            None => vec![words.as_str()],
        };
        let plain = |end: &str| -> String {
            let end = end.replace(currency.code(), "");
            end.chars()
                .filter(|c| !matches!(c, ',' | '$' | '€' | '£' | '¥' | '%' | ' '))
                .collect()
        };
        let plain: Vec<String> = ends.into_iter().map(plain).collect();
        let places = plain
            .iter()
            .filter_map(|end| end.split_once('.'))
            .map(|(_, decimals)| decimals.len())
            .max();
        let ends = plain
            .iter()
            .map(|end| Number::parse(end).ok())
            .collect::<Option<Vec<_>>>()?;
        Some(Shown {
            ends,
            places: u32::try_from(places.unwrap_or(0)).ok()?,
        })
    }

    /// Whether a figure is shown so: one of its ends is the number, or both are the range's. What costs more is told
    /// without its sign.
    fn is_of(&self, figure: &Figure) -> bool {
        let amount = match &figure.part.value {
            Value::Amount(amount) => amount,
            Value::Words(words) => {
                return Number::parse(words).is_ok_and(|number| self.ends == [number]);
            }
            Value::Day(_) => return false,
        };
        let (low, high) = amount.ends();
        let shown = |end: Number| end.rounded(self.places);
        let unsigned = |end: Number| {
            let end = shown(end);
            if end.is_negative() {
                Number::ZERO.minus(end).unwrap_or(end)
            } else {
                end
            }
        };
        match self.ends.as_slice() {
            [one] => [low, high]
                .into_iter()
                .flatten()
                .any(|end| shown(end) == *one || unsigned(end) == *one),
            [one, other] => match low.zip(high) {
                Some((low, high)) => {
                    [shown(low), shown(high)] == [*one, *other]
                        || (high.is_negative() && [unsigned(high), unsigned(low)] == [*one, *other])
                }
                None => false,
            },
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Shown, tokens};
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
            let shown = Shown::read(text, Currency::USD)?;
            let ends: Vec<String> = shown.ends.iter().map(|end| end.plain()).collect();
            Some((ends.join(" "), shown.places))
        };
        let expected = |ends: &str, places| Some((ends.to_owned(), places));
        assert_eq!(read("$23,069.55"), expected("23069.55", 2));
        assert_eq!(read("-$4,127"), expected("-4127", 0));
        assert_eq!(read("USD 12"), expected("12", 0));
        assert_eq!(read("$18,495–22,171"), expected("18495 22171", 0));
        assert_eq!(
            read("-$46,042 to -$10,784.39"),
            expected("-46042 -10784.39", 2)
        );
        assert_eq!(read("it_labour"), None);
        assert_eq!(read("$18.5k"), None);
    }
}
