//! Departments: their part of each product's bill and waste, by seats.

use crate::domain::counts::{UseCounts, billed, wasted, wasted_at_most};
use crate::domain::dataset::Side;
use crate::model::basis::Basis;
use crate::model::inputs::facts::CountRange;
use crate::money::{Cost, MoneyError, MoneyRange};
use crate::report::departments::{self, DepartmentRow, Share};
use crate::report::products;

use super::Known;
use super::counts::Counted;
use super::derivation::{Amount, Derivation, Origin, Part, Rule, Unit, Value};
use super::figures::Figures;
use super::savings::Licences;

impl Known<'_> {
    pub(super) fn showback(
        &self,
        counted: &Counted,
        licences: &Licences,
        figures: &mut Figures,
    ) -> Result<(), MoneyError> {
        let currency = self.currency();
        let products = products::rows(self.offerings, self.counts, self.estate, currency);
        let rows = departments::rows(&products, self.counts, self.departments, currency)?;
        for row in &rows {
            self.department(row, counted, licences, figures)?;
        }
        Ok(())
    }

    fn department(
        &self,
        row: &DepartmentRow,
        counted: &Counted,
        licences: &Licences,
        figures: &mut Figures,
    ) -> Result<(), MoneyError> {
        let name = |what: &str| format!("{}/{what}", row.name);
        let accounts = self.in_department(
            name("accounts"),
            CountRange::exactly(row.accounts),
            "accounts",
        );
        let mut add = |part: Part| figures.add("waste_by_department", part);
        add(accounts);
        let total = |what: &str, cost: &Cost, parts: Vec<Part>| {
            let value = Amount::cost(cost, self.currency());
            Derivation::figure(name(what), value, Rule::Sum, parts)
        };
        let shares = |what: &str,
                      of: fn(&Share) -> Option<MoneyRange>,
                      seats: &dyn Fn(&UseCounts) -> CountRange,
                      wholes: &[Option<Part>],
                      all: &dyn Fn(usize) -> Part| {
            row.shares
                .iter()
                .filter_map(|share| {
                    let (range, whole) = (of(share)?, wholes[share.offering].clone()?);
                    let product = &counted.seats[share.offering].name;
                    let own = self.in_department(
                        format!("{}/{product}/{what}-seats", row.name),
                        seats(&share.uses),
                        "seats",
                    );
                    Some(Derivation::figure(
                        format!("{}/{product}/{what}", row.name),
                        Amount::range(range),
                        Rule::SharedOut,
                        vec![whole, own, all(share.offering)],
                    ))
                })
                .collect::<Vec<Part>>()
        };
        let bill = shares(
            "annual-bill",
            |share| share.bill,
            &|uses| CountRange::exactly(billed(uses)),
            &licences.bills,
            &|offering| counted.seats[offering].billed.clone(),
        );
        add(total("annual-bill", &row.bill()?, bill));
        let most = |offering: usize| {
            let seats = &counted.seats[offering];
            let parts = vec![seats.wasted.clone(), seats.wasted_at_most.clone()];
            let name = format!("{}/wasted-seats", seats.name);
            Derivation::made(name, Unit::Of("seats"), Rule::Range, parts)
        };
        let ranges = (0..self.offerings.len())
            .map(most)
            .collect::<Result<Vec<_>, _>>()?;
        let waste = shares(
            "annual-waste",
            |share| share.waste,
            &|uses| CountRange {
                certain: wasted(uses),
                at_most: wasted_at_most(uses),
            },
            &licences.savings,
            &|offering| ranges[offering].clone(),
        );
        add(total("annual-waste", &row.waste()?, waste));
        let seats = |what: &str, of: fn(&UseCounts) -> u64, keep: &dyn Fn(&Share) -> bool| {
            let parts = row.shares.iter().filter(|share| keep(share)).map(|share| {
                let product = &counted.seats[share.offering].name;
                let count = CountRange::exactly(of(&share.uses));
                self.in_department(format!("{}/{product}/{what}", row.name), count, "seats")
            });
            Derivation::made(name(what), Unit::Of("seats"), Rule::Sum, parts.collect())
        };
        add(seats("seats", |uses| uses.iter().sum(), &|share| {
            !share.is_app
        })?);
        add(seats("wasted", wasted, &|share| !share.is_app)?);
        // Seats without a price of their own, or with an app that has none, once.
        let is_first = |share: &Share| {
            let mut unpriced = row.shares.iter().filter(|other| !other.is_priced);
            let first = unpriced.find(|other| other.bearer == share.bearer);
            first.is_some_and(|first| first.offering == share.offering)
        };
        add(seats("unpriced-seats", billed, &is_first)?);
        Ok(())
    }

    fn in_department(&self, name: String, count: CountRange, unit: &'static str) -> Part {
        let source = format!(
            "counted in {}; departments from {}",
            self.files_of(Side::Atlassian),
            self.files_of(Side::Directory)
        );
        Derivation::leaf(
            name,
            Value::Amount(Amount::counts(count, unit)),
            Rule::Counted,
            Origin::new(Basis::Measured, source, ""),
        )
    }
}
