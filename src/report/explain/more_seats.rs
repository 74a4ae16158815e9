//! What more seats cost, and what the end of the tier below saves: differences of two bills.

use crate::money::MoneyError;
use crate::price::estate::OfferingBill;
use crate::price::headroom::{Headroom, STEPS, TierBelow};

use super::Known;
use super::bills::number;
use super::counts::OfferingSeats;
use super::derivation::{Amount, Derivation, Part, Rule, Unit, Value};
use super::figures::Figures;
use super::savings::readings;

const TABLE: &str = "more_seats";

impl Known<'_> {
    /// The columns of `more_seats.csv` for one line; `bill` is today's.
    pub(super) fn more_seats(
        &self,
        seats: &OfferingSeats,
        line: &OfferingBill,
        bill: &Part,
        figures: &mut Figures,
    ) -> Result<(), MoneyError> {
        let today = &line.today;
        let quote = self.held(today)?;
        let bill_of = |name: &str, quantity: u64, counted: &Part| {
            let line = quote.line(quantity)?;
            let part = self.line(&format!("{name}/bill"), &line, counted)?;
            Ok::<_, MoneyError>(readings(&line, &part))
        };
        for more in STEPS {
            let name = format!("{}/{more}-more", seats.name);
            let added = number(&format!("{more} more seats"), more, "seats");
            let parts = vec![seats.billed.clone(), added];
            let counted =
                Derivation::made(format!("{name}/seats"), Unit::Of("seats"), Rule::Sum, parts)?;
            let then = bill_of(&name, today.quantity.saturating_add(more), &counted)?;
            figures.add(TABLE, self.less(&name, [then, readings(today, bill)])?);
        }
        let Some(Headroom { tier, below, .. }) = &line.headroom else {
            return Ok(());
        };
        let end =
            |what: &str, end: u64| self.tier_end(&format!("{}/{what}", seats.name), line, end);
        figures.add(TABLE, end("tier", tier.last));
        let Some(TierBelow { quantity, .. }) = below else {
            return Ok(());
        };
        let lower = figures.add(TABLE, end("tier-below", *quantity));
        let above = Derivation::made(
            format!("{}/seats-above-the-tier-below", seats.name),
            Unit::Of("seats"),
            Rule::Difference,
            vec![seats.billed.clone(), lower.clone()],
        )?;
        figures.add(TABLE, above);
        let name = format!("{}/saving-at-the-tier-below", seats.name);
        let [_, now] = readings(today, bill);
        let [_, then] = bill_of(&name, *quantity, &lower)?;
        let saving = Derivation::made(
            name,
            Unit::Money(self.currency()),
            Rule::Difference,
            vec![now, then],
        )?;
        figures.add(TABLE, saving);
        Ok(())
    }

    /// The upper end of a tier, with whose word it is.
    fn tier_end(&self, name: &str, line: &OfferingBill, end: u64) -> Part {
        let unit = line.today.unit.map_or("users", |unit| unit.plural());
        let [_, by_tier] = line.today.both_readings();
        Derivation::leaf(
            name,
            Value::Amount(Amount::count(end, unit)),
            Rule::Stated,
            self.origin_of_tiers(by_tier),
        )
    }
}
