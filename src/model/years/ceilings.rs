//! The yearly fee at which a third party saves as much as another alternative.

use super::{Builder, Sheet, Sums};
use crate::figures::{Id, Rule};
use crate::model::alternative::Alternative;

impl Builder<'_> {
    /// For each alternative but the third party's own.
    pub(super) fn ceilings(&mut self, sheets: &[(Sheet, Sums)]) -> Vec<Option<Id>> {
        let third = sheets
            .iter()
            .find(|(sheet, _)| sheet.alternative == Alternative::ThirdParty);
        let Some((_, third)) = third else {
            return vec![None; sheets.len()];
        };
        let free = third.free_of_charge;
        sheets
            .iter()
            .map(|(sheet, sums)| {
                let name = format!("third-party/ceiling/{}", sheet.alternative.as_str());
                let (rule, parts) = match sheet.alternative {
                    Alternative::ThirdParty => return None,
                    Alternative::Manual => (Rule::Sum, vec![free]),
                    _ => (Rule::Difference, vec![free, sums.net]),
                };
                Some(self.list.add(name, self.money, rule, &parts))
            })
            .collect()
    }
}
