//! `Currency`: a code, its smallest coin and its sign.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::MoneyError;

/// An ISO 4217 currency by its three letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub(crate) struct Currency([u8; 3]);

impl Currency {
    pub(crate) const USD: Currency = Currency(*b"USD");

    /// Reads a code in either case.
    ///
    /// # Errors
    /// `NotACurrency` unless the text is three ASCII letters.
    pub(crate) fn parse(text: &str) -> Result<Currency, MoneyError> {
        match <[u8; 3]>::try_from(text.to_ascii_uppercase().as_bytes()) {
            Ok(code) if code.iter().all(u8::is_ascii_uppercase) => Ok(Currency(code)),
            _ => Err(MoneyError::NotACurrency {
                text: text.to_owned(),
            }),
        }
    }

    /// The code, `USD`.
    pub(crate) fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }

    /// Decimal places of the smallest coin, by ISO 4217, list one.
    pub(crate) fn minor_digits(self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG"
            | b"RWF" | b"UGX" | b"UYI" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            b"CLF" | b"UYW" => 4,
            _ => 2,
        }
    }

    /// The sign before an amount; other currencies are written by their code after it.
    pub(super) fn symbol(self) -> Option<&'static str> {
        match &self.0 {
            b"USD" => Some("$"),
            b"EUR" => Some("€"),
            b"GBP" => Some("£"),
            _ => None,
        }
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> String {
        currency.code().to_owned()
    }
}

impl TryFrom<String> for Currency {
    type Error = MoneyError;

    fn try_from(text: String) -> Result<Currency, MoneyError> {
        Currency::parse(&text)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use crate::money::{Currency, Money, MoneyError};

    fn in_currency(text: &str, code: &str) -> Money {
        Money::parse(text, Currency::parse(code).unwrap()).unwrap()
    }

    #[test]
    fn a_currency_is_three_letters_and_knows_its_coins() {
        assert_eq!(Currency::parse("usd").unwrap(), Currency::USD);
        for text in ["", "US", "USDD", "U$D", "éD"] {
            assert_eq!(
                Currency::parse(text),
                Err(MoneyError::NotACurrency {
                    text: text.to_owned()
                })
            );
        }
        assert_eq!(in_currency("1234.5", "JPY").grouped(), "1,235 JPY");
        assert_eq!(in_currency("1234.5", "KWD").grouped(), "1,234.500 KWD");
        assert_eq!(in_currency("1234.5", "CHF").grouped(), "1,234.50 CHF");
        assert_eq!(in_currency("1234.5", "EUR").grouped(), "€1,234.50");
    }
}
