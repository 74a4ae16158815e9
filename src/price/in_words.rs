//! Contract terms in words, as a person would read them out: amounts, bands, minimum and cycle.
//!
//! Takes `Terms`, gives a phrase. What the terms cost is `quote`'s.

use super::bands::{BandPrice, Bands, Mode};
use super::book::PriceEntry;
use super::contract::Terms;
use super::{Billing, Unit};

pub(crate) const fn billed(cycle: Billing) -> &'static str {
    match cycle {
        Billing::Monthly => "billed monthly",
        Billing::Annual => "billed annually",
    }
}

impl Terms {
    /// `list price`, `list price less 10%`, `$3.50 a user and month`,
    /// `volume bands, a user and month: to 250 at $4.00, then $3.50`. `usual` is what the product is counted in
    /// where the terms do not say it.
    pub(crate) fn in_words(&self, usual: Unit) -> String {
        let (bands, unit, per, months) = match self {
            Terms::List => return "list price".to_owned(),
            Terms::Discount(percent) if percent.is_negative() => {
                let rise = percent.plain();
                return format!("list price plus {}%", rise.trim_start_matches('-'));
            }
            Terms::Discount(percent) => return format!("list price less {}%", percent.plain()),
            Terms::Own {
                bands,
                unit,
                per,
                annual_months,
            } => {
                let per = per.unwrap_or(Billing::Monthly);
                (bands, unit.unwrap_or(usual), per, annual_months)
            }
        };
        let mut text = amounts(bands, unit, per);
        if bands.minimum() > 0 {
            text += &format!(", at least {}", unit.counted(bands.minimum()));
        }
        if let Some(months) = months {
            text += &format!(", a year for {months} months");
        }
        text
    }
}

impl PriceEntry {
    /// `$4.20 a user and month`, or its bands.
    pub(crate) fn in_words(&self) -> String {
        amounts(&self.bands, self.unit, self.billing)
    }
}

fn amounts(bands: &Bands, unit: Unit, per: Billing) -> String {
    let period = match per {
        Billing::Monthly => "month",
        Billing::Annual => "year",
    };
    let article = match unit {
        Unit::Agent => "an",
        Unit::User | Unit::Creator => "a",
    };
    let each = format!("{article} {} and {period}", unit.as_str());
    if let [only] = bands.bands() {
        return match &only.price {
            BandPrice::Each(price) => format!("{} {each}", price.exact()),
            BandPrice::Flat(price) => format!("{} a {period} in all", price.exact()),
            BandPrice::Unknown(_) => "price unknown".to_owned(),
        };
    }
    let mode = match bands.mode() {
        Mode::Marginal | Mode::Volume => format!("{} bands", bands.mode().as_str()),
        Mode::Tiers => "tiers".to_owned(),
    };
    let steps: Vec<String> = bands
        .bands()
        .iter()
        .map(|band| {
            let price = match &band.price {
                BandPrice::Each(price) => price.exact(),
                BandPrice::Flat(price) => format!("{} in all", price.exact()),
                BandPrice::Unknown(_) => "unknown".to_owned(),
            };
            match band.up_to {
                Some(end) => format!("to {end} at {price}"),
                None => format!("then {price}"),
            }
        })
        .collect();
    format!("{mode}, {each}: {}", steps.join(", "))
}

#[cfg(test)]
mod tests {
    use crate::toml::Text;
    use serde::Deserialize;
    use toml::Spanned;

    use crate::money::Currency;
    use crate::price::Unit;
    use crate::price::contract::{Contract, RawContractPrice};

    #[derive(Deserialize)]
    struct File {
        contract: Vec<Spanned<RawContractPrice>>,
    }

    #[track_caller]
    fn told(terms: &str, words: &str) {
        let text = format!("[[contract]]\nproduct = \"Jira\"\n{terms}\n");
        let file: File = Text::new(&*text).read("seatledger.toml").unwrap();
        let contract = Contract::check(&file.contract, None, Currency::USD, "a.toml", &text);
        assert_eq!(
            contract.unwrap().prices()[0].terms.in_words(Unit::User),
            words
        );
    }

    #[test]
    fn terms_are_read_out() {
        told("price = 3.5", "$3.50 a user and month");
        told(
            "low = 3\nhigh = 4\nunit = \"agent\"",
            "$3.00–4.00 an agent and month",
        );
        told(
            "price = 155\nper = \"annual\"\nminimum = 801",
            "$155.00 a user and year, at least 801 users",
        );
        told(
            "mode = \"volume\"\nbands = [{ up_to = 250, price = 4 }, { price = 3.5 }]\nannual_months = 10",
            "volume bands, a user and month: to 250 at $4.00, then $3.50, a year for 10 months",
        );
        told(
            "mode = \"tiers\"\nbands = [{ up_to = 10, flat = 30 }, { custom = true }]",
            "tiers, a user and month: to 10 at $30.00 in all, then unknown",
        );
        told("discount_percent = 12.5", "list price less 12.5%");
        told("rise_percent = 5", "list price plus 5%");
        told("billing = \"annual\"", "list price");
    }
}
