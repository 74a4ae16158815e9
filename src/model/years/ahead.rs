//! The years ahead: what each alternative costs and saves by year, what that is worth today, and the sums of it.
//!
//! Year 0 holds what is paid once, undiscounted; the years from 1 on hold what is paid each year and are discounted as
//! if paid at their end.

use super::{Builder, Leaf, Sheet, Sums, Year, Years};
use crate::figures::{Id, Rule, Unit};
use crate::model::alternative::Alternative;
use crate::model::assumptions::assumption::Name;
use crate::model::component::When;
use crate::model::inputs::fees::{Fees, Inputs};
use crate::model::inputs::growth::{Ahead, grow};
use crate::money::{MoneyError, Number};

/// One year of an alternative.
#[derive(Clone, Copy, Debug)]
pub(crate) struct YearFigures {
    /// 0 for what is paid once.
    pub(crate) year: u32,
    pub(crate) cost: Id,
    /// What is saved against manual work.
    pub(crate) net: Id,
    pub(crate) cumulative_net: Id,
    pub(crate) present_cost: Id,
    pub(crate) present_net: Id,
}

/// An alternative over the horizon.
#[derive(Clone, Debug)]
pub(crate) struct HorizonFigures {
    pub(crate) years: Vec<YearFigures>,
    pub(crate) cost: Id,
    pub(crate) net: Id,
    pub(crate) present_cost: Id,
    pub(crate) net_present_value: Id,
}

impl Years {
    /// Every year of the horizon, of all alternatives.
    ///
    /// # Errors
    /// `CurrencyMismatch`, `TooLarge`.
    pub(crate) fn ahead(ahead: &Ahead<'_>) -> Result<(Years, Vec<HorizonFigures>), MoneyError> {
        let inputs = Inputs::of(ahead.facts, ahead.pricing, ahead.assumptions)?;
        let mut fees = vec![inputs.fees.clone()];
        for past in 1..ahead.rates.years {
            let factor = Number::ONE.plus(ahead.rates.growth)?.power(past)?;
            let grown = grow(ahead.facts, factor)?;
            fees.push(Inputs::of(&grown, ahead.pricing, ahead.assumptions)?.fees);
        }
        let mut builder = Builder::new(&inputs, ahead.values);
        let alternatives = builder.alternatives("", &Alternative::ALL);
        let mut later = Vec::new();
        for (past, fees) in (0..).zip(&fees).skip(1) {
            let year = builder.year(ahead, past, fees);
            later.push(builder.sheets(&Alternative::ALL, &year));
        }
        let horizons = alternatives
            .iter()
            .enumerate()
            .map(|(at, one)| {
                let later = later.iter().filter_map(|sheets| sheets.get(at));
                builder.horizon(ahead, &one.first, &one.sums, later)
            })
            .collect();
        Ok((builder.finish(alternatives), horizons))
    }
}

impl Builder<'_> {
    fn year<'y>(&mut self, ahead: &Ahead<'_>, past: u32, fees: &'y Fees) -> Year<'y> {
        let mut factor =
            |name: Name, rate: Number| (!rate.is_zero()).then(|| self.factor(name, rate, past));
        Year {
            growth: factor(Name::HeadcountGrowth, ahead.rates.growth),
            dearer: factor(Name::PriceRise, ahead.rates.price_rise),
            wages: factor(Name::WageRise, ahead.rates.wage_rise),
            name: format!("year-{}", past + 1),
            past,
            fees,
        }
    }

    /// One plus a yearly rate, for so many years. Rates enter at their values.
    fn factor(&mut self, name: Name, rate: Number, years: u32) -> Id {
        let rate_name = format!("{}, at its value", name.as_str());
        let rate = self.number(Leaf::AtItsValue(name), &rate_name, rate, "");
        let times = self.number(
            Leaf::YearsPast(years),
            &format!("years past: {years}"),
            years,
            "",
        );
        let name = format!("{rate_name}, after {years} years");
        self.shared(name, Unit::Of(""), Rule::Compound, &[rate, times])
    }

    fn horizon<'s>(
        &mut self,
        ahead: &Ahead<'_>,
        first: &Sheet,
        sums: &Sums,
        later: impl Iterator<Item = &'s Sheet>,
    ) -> HorizonFigures {
        let mut years: Vec<YearFigures> = Vec::new();
        let paid = [
            (0, When::Once, first, Some(sums.once)),
            (1, When::Yearly, first, Some(sums.yearly)),
        ];
        let later = (2..)
            .zip(later)
            .map(|(year, sheet)| (year, When::Yearly, sheet, None));
        for (year, when, sheet, cost) in paid.into_iter().chain(later) {
            let before: Vec<Id> = years.iter().map(|year| year.net).collect();
            years.push(self.paid_in(ahead, year, when, sheet, cost, before));
        }
        let name = |what: &str| format!("{}/{what}", first.alternative.as_str());
        let mut sum = |what: &str, of: fn(&YearFigures) -> Id| {
            let parts: Vec<Id> = years.iter().map(of).collect();
            self.list.add(name(what), self.money, Rule::Sum, &parts)
        };
        HorizonFigures {
            cost: sum("horizon/cost", |year| year.cost),
            net: sum("horizon/net", |year| year.net),
            present_cost: sum("horizon/present-cost", |year| year.present_cost),
            net_present_value: sum("net-present-value", |year| year.present_net),
            years,
        }
    }

    /// What is paid in one year: what is paid once saves nothing yet.
    fn paid_in(
        &mut self,
        ahead: &Ahead<'_>,
        year: u32,
        when: When,
        sheet: &Sheet,
        cost: Option<Id>,
        mut nets: Vec<Id>,
    ) -> YearFigures {
        let name = |what: &str| format!("{}/year-{year}/{what}", sheet.alternative.as_str());
        let money = self.money;
        let cost = cost.unwrap_or_else(|| {
            self.list
                .add(name("cost"), money, Rule::Sum, &sheet.paid(when))
        });
        let added = sheet.those(|kind| !kind.is_manual() && kind.when() == when);
        let added = self.list.add(name("net/added"), money, Rule::Sum, &added);
        let avoided = match when {
            When::Yearly => sheet.avoided,
            When::Once => self.list.add(name("avoided"), money, Rule::Sum, &[]),
        };
        let net = self
            .list
            .add(name("net"), money, Rule::Difference, &[avoided, added]);
        nets.push(net);
        let cumulative_net = self
            .list
            .add(name("cumulative-net"), money, Rule::Sum, &nets);
        let factor = self.factor(Name::DiscountRate, ahead.rates.discount, year);
        let mut present = |what: &str, amount: Id| {
            self.list
                .add(name(what), money, Rule::Quotient, &[amount, factor])
        };
        YearFigures {
            year,
            cost,
            net,
            cumulative_net,
            present_cost: present("present-cost", cost),
            present_net: present("present-net", net),
        }
    }
}
