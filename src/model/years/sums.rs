//! What the components of an alternative come to in the first year.

use super::{Builder, Sheet, Years};
use crate::figures::{Id, Rule, Span, Unit};
use crate::model::alternative::Alternative;
use crate::model::component::{ComponentKind, When};

/// The first year of an alternative.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sums {
    /// Once and yearly components together.
    pub(crate) total: Id,
    pub(crate) once: Id,
    pub(crate) yearly: Id,
    /// Its own hours alone.
    pub(crate) own_hours: Id,
    /// What it avoids of the manual work, less its own hours: what it would save if it charged nothing.
    pub(crate) free_of_charge: Id,
    /// What it saves against manual work; negative where it costs more.
    pub(crate) net: Id,
}

impl Builder<'_> {
    pub(super) fn sums(&mut self, sheet: &Sheet) -> Sums {
        let name = |what: &str| format!("{}/{what}", sheet.alternative.as_str());
        let mut sum =
            |what: &str, parts: &[Id]| self.list.add(name(what), self.money, Rule::Sum, parts);
        let total = sum("total", &sheet.those(|_| true));
        let once = sum("year-0/cost", &sheet.paid(When::Once));
        let yearly = sum("year-1/cost", &sheet.paid(When::Yearly));
        // What the alternative costs that manual work does not: fees, set-up, upkeep.
        let added = sum(
            "net-against-manual/added",
            &sheet.those(|kind| !kind.is_manual()),
        );
        let is_hours = |kind: ComponentKind| !kind.is_manual() && !kind.is_fee();
        let own_hours = sum("own-hours", &sheet.those(is_hours));
        let mut less = |what: &str, parts: &[Id]| {
            self.list
                .add(name(what), self.money, Rule::Difference, parts)
        };
        Sums {
            total,
            once,
            yearly,
            own_hours,
            free_of_charge: less("free-of-charge", &[sheet.avoided, own_hours]),
            net: less("net-against-manual", &[sheet.avoided, added]),
        }
    }
}

impl Years {
    /// What a year's fee may come to for an alternative to cost as much as another one: what it avoids, less its own
    /// hours and what is paid once, less what the other saves.
    pub(crate) fn worth(mut self, alternative: Alternative, against: Alternative) -> Option<Span> {
        let own = self.of_alternative(alternative)?;
        let is_own = |kind: ComponentKind| {
            !kind.is_manual() && (!kind.is_fee() || kind == ComponentKind::ThirdPartySetUpFee)
        };
        let (avoided, own) = (own.first.avoided, own.first.those(is_own));
        let rival = self.of_alternative(against)?.sums.net;
        let money = Unit::Money(self.currency);
        let own = self.figures.add("own", money, Rule::Sum, &own);
        let before = [avoided, own];
        let worth = self.figures.add("worth", money, Rule::Difference, &before);
        let more = [worth, rival];
        let worth = self
            .figures
            .add("worth against", money, Rule::Difference, &more);
        self.figures.of(worth).span()
    }
}
