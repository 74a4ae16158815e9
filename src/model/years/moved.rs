//! The leaves of the list at other values, to compute it again.

use super::manual_cost::stated_hours;
use super::position::{Positions, Priced};
use super::{Leaf, Years};
use crate::figures::Id;
use crate::model::assumptions::assumption::{Name, Values};
use crate::model::inputs::fees::Inputs;
use crate::money::Number;

impl Years {
    /// Every leaf that values and places move.
    pub(crate) fn moved(
        &self,
        inputs: &Inputs,
        values: &Values,
        positions: &Positions,
    ) -> Vec<(Id, Number)> {
        let value = |leaf: &Leaf| match *leaf {
            Leaf::Assumption(name) => Some(values.of(name).low),
            Leaf::HoursAYear => {
                let listed = values.of(Name::ItHoursPer500).low;
                Some(stated_hours(inputs, inputs.hours_a_year?, listed))
            }
            Leaf::Place(priced) => Some(positions.of(priced)),
            Leaf::PlaceOfSeats => Some(positions.of(Priced::Waste)),
            _ => None,
        };
        let moved = self.leaves.iter();
        moved
            .filter_map(|(leaf, id)| Some((*id, value(leaf)?)))
            .collect()
    }
}
