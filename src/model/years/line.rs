//! What an alternative saves against another one, as a straight line in one number of the organisation.

use super::{Builder, Leaf, Years};
use crate::figures::{Given, Id, Rule, Span, Unit};
use crate::model::alternative::Alternative;
use crate::model::assumptions::assumption::Values;
use crate::model::inputs::fees::Inputs;

/// Where the second point of a line is taken: far out, so that rounded cents do not show.
pub(crate) const FAR: u64 = 1_000_000;

impl Years {
    /// What is saved with none of the number, and what each unit of it adds. Takes the organisation with none of it and
    /// with `FAR`. Prices lie at one place at both points, so that what each unit adds is no wider than it has to be.
    pub(crate) fn line(
        alternative: Alternative,
        against: Alternative,
        [none, far]: [&(Inputs, Values); 2],
    ) -> Option<(Span, Span)> {
        let mut builder = Builder::new(&none.0, &none.1);
        let start = builder.saved("none", alternative, against)?;
        builder.leaves.retain(|leaf, _| leaf.is_place());
        let mut builder = Builder {
            list: builder.list,
            leaves: builder.leaves,
            ..Builder::new(&far.0, &far.1)
        };
        let far = builder.saved("far", alternative, against)?;
        let list = &mut builder.list;
        let units = list.leaf("units", Unit::Of(""), Given::exactly(FAR.into()));
        let plain = Unit::Of("");
        let rise = list.add("rise", plain, Rule::Difference, &[far, start]);
        let each = list.add("each", plain, Rule::Quotient, &[rise, units]);
        Some((list.of(start).span()?, list.of(each).span()?))
    }
}

impl Builder<'_> {
    /// What one alternative saves more than another.
    fn saved(&mut self, name: &str, alternative: Alternative, against: Alternative) -> Option<Id> {
        let all = self.alternatives(name, &[alternative, against]);
        let net = |of: Alternative| {
            let found = all.iter().find(|one| one.alternative == of);
            found.map(|one| one.sums.net)
        };
        let nets = [net(alternative)?, net(against)?];
        Some(self.list.add("saved", self.money, Rule::Difference, &nets))
    }
}

impl Leaf {
    /// Whether it is where something lies in its range, and nothing of its own.
    pub(crate) const fn is_place(self) -> bool {
        matches!(
            self,
            Leaf::Place(_) | Leaf::PlaceOfSeats | Leaf::PlaceOfGroups
        )
    }
}
