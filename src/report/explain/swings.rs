//! Sensitivity: the net with each assumption and price at its low and at its high.

use crate::model::assumptions::assumption::Name;
use crate::model::break_even::headcount::BY_BENCHMARK;
use crate::money::{Money, MoneyRange};

use super::Known;
use super::derivation::{Amount, Derivation, Rule, Value};
use super::figures::Figures;
use super::stated::Basics;

impl Known<'_> {
    /// Each assumption moved to its low and its high.
    pub(super) fn swings(&self, basics: &Basics, figures: &mut Figures) {
        let Some(swings) = &self.modelled.model.sensitivity else {
            return;
        };
        let alternative = swings.alternative.as_str();
        let point = |money: Money| Amount::range(MoneyRange::point(money));
        let central = Derivation::with_working(
            format!("{alternative}/sensitivity/net-as-assumed"),
            Value::Amount(point(swings.central)),
            Rule::Recomputed,
            BY_BENCHMARK.iter().map(|&name| basics.rate(name)).collect(),
            format!(
                "{alternative}/net-present-value, with every assumption at its value and every price in the middle of its range"
            ),
        );
        let central = figures.add("sensitivity", central);
        for bar in &swings.bars {
            let name = format!("{alternative}/sensitivity/{}", bar.name);
            let moved = Name::ALL.iter().find(|known| known.as_str() == bar.name);
            let moved_to = |what: &str, to: &str, net: Money| {
                let mut parts = vec![central.clone()];
                parts.extend(moved.map(|&name| basics.assumption(name)));
                Derivation::with_working(
                    format!("{name}/{what}"),
                    Value::Amount(point(net)),
                    Rule::Recomputed,
                    parts,
                    format!("the same with {} at {to}", bar.name.replace('_', " ")),
                )
            };
            let ends = vec![
                moved_to("net-at-low", &bar.low, bar.net_at_low),
                moved_to("net-at-high", &bar.high, bar.net_at_high),
            ];
            for end in &ends {
                figures.add("sensitivity", end.clone());
            }
            let effect = Derivation::figure(name, point(bar.effect), Rule::Distance, ends);
            figures.add("sensitivity", effect);
        }
    }
}
