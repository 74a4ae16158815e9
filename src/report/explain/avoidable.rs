//! What of the wasted seats can be avoided where some are better kept: such lines count alone, down to their least
//! bill (see `price::avoidable`).

use crate::money::{Cost, MoneyError};
use crate::price::avoidable::Least;

use super::Known;
use super::bills::number;
use super::derivation::{Amount, Derivation, Part, Rule, Unit};
use super::savings::{AT_MOST, CERTAIN, Pair, WITHOUT_LEAVERS};

impl Known<'_> {
    /// Without the certain waste, without all that may be waste, and without the leavers' seats.
    pub(super) fn avoidable(&self, pairs: [&[Pair<'_>]; 3]) -> Result<[Part; 3], MoneyError> {
        let estate = self.estate;
        let unit = Unit::Money(self.currency());
        let [clean, most, leavers] = pairs;
        let together = |whole: &str, what: &str, pairs: &[Pair<'_>]| {
            let lines = pairs.iter().zip(&estate.lines);
            let kept = lines.filter(|(_, line)| line.avoidable.is_none());
            self.fallen(whole, what, kept.map(|(pair, _)| pair))
        };
        let names = [
            "licences/avoidable",
            "licences/avoidable-at-most",
            "licences/leavers-saving",
        ];
        let mut certain_parts = together(names[0], CERTAIN, clean)?;
        let mut most_parts = together(names[1], AT_MOST, most)?;
        let mut leavers_parts = together(names[2], WITHOUT_LEAVERS, leavers)?;
        for (place, line) in estate.lines.iter().enumerate() {
            if line.avoidable.is_none() {
                continue;
            }
            let name = &clean[place].seats.name;
            let ends = vec![
                self.most_fallen(name, CERTAIN, &clean[place])?,
                self.most_fallen(name, AT_MOST, &most[place])?,
            ];
            certain_parts.extend(ends.first().cloned());
            most_parts.extend(ends.last().cloned());
            let all = Derivation::made(format!("{name}/avoidable"), unit, Rule::Range, ends)?;
            let own = self.most_fallen(name, WITHOUT_LEAVERS, &leavers[place])?;
            leavers_parts.push(Derivation::made(
                format!("{name}/{WITHOUT_LEAVERS}, of what is avoidable"),
                unit,
                Rule::Least,
                vec![own, all],
            )?);
        }
        let whole = |name: &str, value: &Cost, parts: Vec<Part>| {
            Derivation::figure(name, Amount::cost(value, self.currency()), Rule::Sum, parts)
        };
        let avoidable = &estate.avoidable;
        Ok([
            whole(names[0], &avoidable.certain, certain_parts),
            whole(names[1], &avoidable.at_most, most_parts),
            whole(names[2], &avoidable.of_leavers, leavers_parts),
        ])
    }
    /// Today's bill of a line less the least bill of any quantity down to the one without the seats.
    fn most_fallen(&self, name: &str, what: &str, pair: &Pair<'_>) -> Result<Part, MoneyError> {
        let unit = Unit::Money(self.currency());
        let today = pair.today;
        let quote = self.held(today)?;
        let least = Least::of(&quote, today, pair.after)?;
        let stops = least.map_or_else(Vec::new, |least| least.stops);
        if stops.len() < 2 {
            return self.fall(name, what, pair);
        }
        let mut least = pair.after_part.clone();
        for stop in stops.iter().skip(1) {
            let kept = number(
                &format!("{name}/seats at the foot of a band"),
                stop.quantity,
                "seats",
            );
            let own = format!("{name}/bill of {} seats", stop.quantity);
            let bill = self.line(&own, stop, &kept)?;
            let own = format!("{name}/{what}, least bill up to {} seats", stop.quantity);
            least = Derivation::made(own, unit, Rule::Least, vec![least, bill])?;
        }
        let parts = vec![pair.today_part.clone(), least];
        let own = format!("{name}/{what}, down to the least bill");
        Derivation::made(own, unit, Rule::Difference, parts)
    }
}
