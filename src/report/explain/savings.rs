//! Licence bills of today and after clean-up, and what lies between them: waste by product, savings, totals.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::domain::product::JIRA;
use crate::money::{Cost, MoneyError};
use crate::price::Billing;
use crate::price::bill::Bill;
use crate::price::estate::OfferingBill;
use crate::price::quote::BillLine;

use super::Known;
use super::counts::{Counted, OfferingSeats};
use super::derivation::{Amount, Derivation, Part, Rule, Unit};
use super::figures::Figures;

/// Bills and savings that other figures are made of.
#[derive(Clone)]
pub(super) struct Licences {
    /// Today's bill of each offering, by its row; `None` where none is billed.
    pub(super) bills: Vec<Option<Part>>,
    /// What clean-up takes off each, from the certain waste to the most.
    pub(super) savings: Vec<Option<Part>>,
    /// What can be avoided: with the certain waste, with all that may be waste, with the leavers' seats.
    pub(super) avoidable: Part,
    pub(super) avoidable_at_most: Part,
    pub(super) of_leavers: Part,
    pub(super) jira_today: Part,
}

pub(super) const CERTAIN: &str = "certain-saving";
pub(super) const AT_MOST: &str = "saving-at-most";
pub(super) const WITHOUT_LEAVERS: &str = "saving-without-leavers";

/// One line of today's bill and the same line with fewer seats.
pub(super) struct Pair<'a> {
    pub(super) seats: &'a OfferingSeats,
    pub(super) today: &'a BillLine,
    pub(super) today_part: Part,
    pub(super) after: &'a BillLine,
    pub(super) after_part: Part,
}

impl Pair<'_> {
    /// Whether nobody says if the line goes by the count or by tiers, today or after.
    fn has_readings(&self) -> bool {
        self.today.readings.is_some() || self.after.readings.is_some()
    }

    fn both_today(&self) -> [Part; 2] {
        readings(self.today, &self.today_part)
    }

    fn both_after(&self) -> [Part; 2] {
        readings(self.after, &self.after_part)
    }
}

/// A line's bill by the count and by the tier; twice the same where that is settled.
pub(super) fn readings(line: &BillLine, bill: &Part) -> [Part; 2] {
    match (&line.readings, bill.parts.as_slice()) {
        (Some(_), [by_count, by_tier]) => [by_count.clone(), by_tier.clone()],
        _ => [bill.clone(), bill.clone()],
    }
}

impl Known<'_> {
    pub(super) fn licences(
        &self,
        counted: &Counted,
        figures: &mut Figures,
    ) -> Result<Licences, MoneyError> {
        let estate = self.estate;
        let mut bills: Vec<Option<Part>> = vec![None; self.offerings.len()];
        let mut savings = bills.clone();
        let mut clean = Vec::new();
        let mut most = Vec::new();
        let mut leavers = Vec::new();
        let mut totals: Vec<(usize, [Part; 3])> = Vec::new();
        let mut saved: Vec<Option<Part>> = Vec::new();
        // Only the seats of leavers gone: this bill is not kept, so its lines are priced here once more.
        let without_leavers = estate
            .lines
            .iter()
            .map(|line| self.without_leavers(line))
            .collect::<Result<Vec<_>, _>>()?;
        for (place, line) in estate.lines.iter().enumerate() {
            let seats = &counted.seats[line.offering];
            let today = self.line(
                &format!("{}/annual-bill", seats.name),
                &line.today,
                &seats.billed,
            )?;
            let today = figures.add("waste_by_product", today);
            self.more_seats(seats, line, &today, figures)?;
            let pair = |after, what, gone: &Part| -> Result<Pair<'_>, MoneyError> {
                Ok(Pair {
                    seats,
                    today: &line.today,
                    today_part: today.clone(),
                    after,
                    after_part: self.after(seats, what, after, gone)?,
                })
            };
            clean.push(pair(
                &estate.after.lines[place],
                "after-clean-up",
                &seats.wasted,
            )?);
            most.push(pair(
                &estate.after_at_most.lines[place],
                "after-clean-up-at-most",
                &seats.wasted_at_most,
            )?);
            leavers.push(pair(
                &without_leavers[place],
                "without-leavers",
                &seats.orphaned,
            )?);
            let columns = self.clean_up(seats, line, &clean[place], figures)?;
            saved.push(columns.as_ref().map(|(_, saving)| saving.clone()));
            totals.extend(columns.map(|(columns, _)| (line.offering, columns)));
            let saving = Derivation::figure(
                format!("{}/annual-saving", seats.name),
                Amount::cost(&line.saving, self.currency()),
                Rule::Range,
                vec![
                    self.fall(&seats.name, CERTAIN, &clean[place])?,
                    self.fall(&seats.name, AT_MOST, &most[place])?,
                ],
            );
            savings[line.offering] = Some(figures.add("waste_by_product", saving));
            bills[line.offering] = Some(today);
        }
        let total = |name: &str, value: &Cost, parts: Vec<Part>| {
            Derivation::figure(name, Amount::cost(value, self.currency()), Rule::Sum, parts)
        };
        let all = |bill: &Bill, pairs: &[Pair<'_>], of: fn(&Pair<'_>) -> Part, name: &str| {
            let parts = pairs.iter().map(|pair| of(pair)).collect();
            total(name, &bill.annual, parts)
        };
        figures.add(
            "waste_by_product",
            all(&estate.today, &clean, today, "licences/annual-bill"),
        );
        figures.add(
            "savings",
            all(&estate.after, &clean, after, "licences/bill-after-clean-up"),
        );
        let fallen = |name: &str, value: &Cost, what: &str, pairs: &[Pair<'_>]| {
            Ok::<_, MoneyError>(total(name, value, self.fallen(name, what, pairs)?))
        };
        let saving = figures.add(
            "savings",
            fallen("licences/clean-up-saving", &estate.saving, CERTAIN, &clean)?,
        );
        let monthly = clean
            .iter()
            .filter(|pair| pair.today.cycle == Billing::Monthly);
        let name = "licences/clean-up-saving-today";
        let parts = self.fallen(name, CERTAIN, monthly)?;
        figures.add("savings", total(name, &estate.saving_today, parts));
        let saving_at_most = fallen(
            "licences/saving-at-most",
            &estate.saving_at_most,
            AT_MOST,
            &most,
        )?;
        let waste = Derivation::figure(
            "licences/annual-waste",
            Amount::cost(&estate.waste, self.currency()),
            Rule::Range,
            vec![saving.clone(), saving_at_most.clone()],
        );
        figures.add("waste_by_product", waste);
        for (place, (what, unit)) in [
            ("list-value", Unit::Money(self.currency())),
            ("seats-that-go", Unit::Of("seats")),
            ("seats-without-effect", Unit::Of("seats")),
        ]
        .into_iter()
        .enumerate()
        {
            // An app has a list value, and no seats of its own.
            let is_of = |offering: usize| place == 0 || self.offerings[offering].app.is_none();
            let parts = totals
                .iter()
                .filter(|(offering, _)| is_of(*offering))
                .map(|(_, columns)| columns[place].clone())
                .collect();
            let total = Derivation::made(format!("licences/{what}"), unit, Rule::Sum, parts)?;
            figures.add("savings", total);
        }
        self.with_apps(counted, &saved, figures);
        let is_app = |offering: &usize| self.offerings[*offering].app.is_some();
        let apps = (0..self.offerings.len()).filter(is_app);
        let apps: Vec<Part> = apps.filter_map(|app| savings[app].clone()).collect();
        if !apps.is_empty() {
            let unit = Unit::Money(self.currency());
            let saving = Derivation::made("licences/apps-saving", unit, Rule::Sum, apps)?;
            figures.add("waste_by_product", saving);
        }
        self.idle(counted, &bills, figures)?;
        let jira = estate
            .lines
            .iter()
            .filter(|line| line.today.product == JIRA);
        let jira = jira
            .filter_map(|line| bills[line.offering].clone())
            .collect();
        let jira_today = total("licences/jira-bill", &estate.today_for(JIRA)?, jira);
        let raised = estate.lines.iter().any(|line| line.avoidable.is_some());
        let [avoidable, avoidable_at_most, of_leavers] = if raised {
            self.avoidable([&clean, &most, &leavers])?
        } else {
            let of_leavers = fallen(
                "licences/leavers-saving",
                &estate.orphaned,
                WITHOUT_LEAVERS,
                &leavers,
            )?;
            [saving, saving_at_most, of_leavers]
        };
        Ok(Licences {
            avoidable,
            avoidable_at_most,
            of_leavers,
            bills,
            savings,
            jira_today,
        })
    }

    fn without_leavers(&self, line: &OfferingBill) -> Result<BillLine, MoneyError> {
        let today = &line.today;
        let uses = &self.counts.uses[line.offering];
        let gone = uses[usize::from(crate::domain::class::Use::Orphaned.code())];
        let quote = self.held(today)?;
        quote.line(today.quantity.saturating_sub(gone))
    }

    /// The bill of one line without some of its seats.
    pub(super) fn after(
        &self,
        seats: &OfferingSeats,
        what: &str,
        after: &BillLine,
        gone: &Part,
    ) -> Result<Part, MoneyError> {
        let left = Derivation::made(
            format!("{}/seats-{what}", seats.name),
            Unit::Of("seats"),
            Rule::Difference,
            vec![seats.billed.clone(), gone.clone()],
        )?;
        self.line(&format!("{}/bill-{what}", seats.name), after, &left)
    }

    /// What one line falls by; nothing where it stays as it is, whatever its price.
    pub(super) fn fall(&self, name: &str, what: &str, pair: &Pair<'_>) -> Result<Part, MoneyError> {
        let name = format!("{name}/{what}");
        if is_unchanged(pair) {
            let unit = Unit::Money(self.currency());
            return Derivation::made(name, unit, Rule::Sum, Vec::new());
        }
        self.less(&name, [pair.both_today(), pair.both_after()])
    }

    /// The first less the second, by the count and by the tier; one difference where they are the same.
    pub(super) fn less(
        &self,
        name: &str,
        [one, other]: [[Part; 2]; 2],
    ) -> Result<Part, MoneyError> {
        let unit = Unit::Money(self.currency());
        let [[by_count, by_tier], [less_by_count, less_by_tier]] = [one, other];
        let difference = |name: &str, one: Part, other: Part| {
            Derivation::made(name, unit, Rule::Difference, vec![one, other])
        };
        if Rc::ptr_eq(&by_count, &by_tier) && Rc::ptr_eq(&less_by_count, &less_by_tier) {
            return difference(name, by_count, less_by_count);
        }
        let parts = vec![
            difference(&format!("{name}/by the count"), by_count, less_by_count)?,
            difference(&format!("{name}/by the tier"), by_tier, less_by_tier)?,
        ];
        Derivation::made(name, unit, Rule::Either, parts)
    }

    /// What all lines fall by: those of one product and plan rest on one price and are taken together.
    pub(super) fn fallen<'p>(
        &self,
        whole: &str,
        what: &str,
        pairs: impl IntoIterator<Item = &'p Pair<'p>>,
    ) -> Result<Vec<Part>, MoneyError> {
        let mut by_price: BTreeMap<(&str, &str), Vec<&Pair<'_>>> = BTreeMap::new();
        for pair in pairs {
            let key = (pair.today.product.as_str(), pair.today.plan.as_str());
            by_price.entry(key).or_default().push(pair);
        }
        let unit = Unit::Money(self.currency());
        let mut falls = Vec::new();
        for ((product, plan), group) in by_price {
            let priced = group
                .iter()
                .all(|pair| pair.today.annual.is_complete() && pair.after.annual.is_complete());
            if priced && group.len() > 1 && !group.iter().all(|pair| is_unchanged(pair)) {
                let name = format!("{whole}/{product} {plan}");
                let bills = |what: &str, of: fn(&Pair<'_>) -> [Part; 2]| {
                    let both: Vec<[Part; 2]> = group.iter().map(|pair| of(pair)).collect();
                    let sum = |name: String, place: usize| {
                        let parts = both.iter().map(|both| both[place].clone()).collect();
                        Derivation::made(name, unit, Rule::Sum, parts)
                    };
                    let by_count = sum(format!("{name}/{what}"), 0)?;
                    let by_tier = match group.iter().any(|pair| pair.has_readings()) {
                        true => sum(format!("{name}/{what}, by the tier"), 1)?,
                        false => by_count.clone(),
                    };
                    Ok::<_, MoneyError>([by_count, by_tier])
                };
                let (today, after) = (
                    bills("today", |pair| pair.both_today())?,
                    bills("after", |pair| pair.both_after())?,
                );
                falls.push(self.less(&name, [today, after])?);
                continue;
            }
            for pair in group.into_iter().filter(|pair| !is_unchanged(pair)) {
                falls.push(self.fall(&pair.seats.name, what, pair)?);
            }
        }
        Ok(falls)
    }

    /// What products save together with their apps; `saved` is what each line saves where some of its seats go.
    fn with_apps(&self, counted: &Counted, saved: &[Option<Part>], figures: &mut Figures) {
        for (line, own) in self.estate.lines.iter().zip(saved) {
            let (Some(with_apps), Some(own)) = (&line.with_apps, own) else {
                continue;
            };
            let apps = with_apps.apps.iter().filter_map(|&app| saved[app].clone());
            let name = format!("{}/saving-with-apps", counted.seats[line.offering].name);
            let parts = std::iter::once(own.clone()).chain(apps).collect();
            let value = Amount::cost(&with_apps.saving, self.currency());
            figures.add("savings", Derivation::figure(name, value, Rule::Sum, parts));
        }
    }

    /// The columns of `savings.csv` for one line; gives list value, seats that go and seats without effect, and what it
    /// saves.
    fn clean_up(
        &self,
        seats: &OfferingSeats,
        line: &OfferingBill,
        pair: &Pair<'_>,
        figures: &mut Figures,
    ) -> Result<Option<([Part; 3], Part)>, MoneyError> {
        let gone = line.today.quantity - line.clean_up.after.quantity;
        if gone == 0 {
            return Ok(None);
        }
        let clean_up = &line.clean_up;
        let name = |what: &str| format!("{}/{what}", seats.name);
        let value = |cost| Amount::cost(cost, self.currency());
        let today = &line.today;
        let quote = self.held(today)?;
        let list = self.line(
            &name("bill-at-list-price"),
            &quote.at_list().line(today.quantity)?,
            &seats.billed,
        )?;
        let of_all = |bill: Part| vec![bill, seats.wasted.clone(), seats.billed.clone()];
        let list_value = Derivation::figure(
            name("list-value"),
            value(&clean_up.list_value),
            Rule::Scaled,
            of_all(list),
        );
        let saving = self.less(
            &name("clean-up-saving"),
            [pair.both_today(), pair.both_after()],
        )?;
        let average = |what: &str, bill: &Part| {
            Derivation::made(
                name(what),
                Unit::Money(self.currency()),
                Rule::Scaled,
                of_all(bill.clone()),
            )
        };
        let [by_count, by_tier] = pair.both_today();
        let at_average = average("wasted-seats-at-average-price", &by_count)?;
        let lost = match pair.has_readings() {
            false => {
                let both = |part: &Part| [part.clone(), part.clone()];
                self.less(&name("lost-to-bands"), [both(&at_average), both(&saving)])?
            }
            true => {
                let by_tier = average("wasted-seats-at-average-price, by the tier", &by_tier)?;
                let saved = match saving.parts.as_slice() {
                    [by_count, by_tier] => [by_count.clone(), by_tier.clone()],
                    _ => [saving.clone(), saving.clone()],
                };
                self.less(&name("lost-to-bands"), [[at_average, by_tier], saved])?
            }
        };
        let searched = |what: &str, amount: Amount, working: &str| {
            Derivation::with_working(
                name(what),
                super::derivation::Value::Amount(amount),
                Rule::Recomputed,
                vec![pair.after_part.clone()],
                working.to_owned(),
            )
        };
        let without_effect = searched(
            "seats-without-effect",
            clean_up.without_effect.map_or_else(
                || Amount::new(None, clean_up.saving.missing().to_vec(), Unit::Of("seats")),
                |seats| Amount::count(seats, "seats"),
            ),
            "how many of the wasted seats could stay at the same bill",
        );
        let saved = saving.clone();
        let columns = [
            list_value.clone(),
            seats.wasted.clone(),
            without_effect.clone(),
        ];
        // Billed by the year, nothing is saved before the renewal.
        let before = match today.cycle {
            Billing::Monthly => vec![saving.clone()],
            Billing::Annual => Vec::new(),
        };
        let saving_today = Derivation::made(
            name("clean-up-saving-today"),
            Unit::Money(self.currency()),
            Rule::Sum,
            before,
        )?;
        let mut all = vec![list_value, saving, saving_today, lost, without_effect];
        if let Some(drop) = &clean_up.next_drop {
            all.push(searched(
                "next-drop-at",
                Amount::count(drop.quantity, "seats"),
                "the end of the band or tier below",
            ));
            all.push(searched(
                "next-drop-saving",
                Amount::range(drop.saving),
                "the bill after clean-up less the bill of the band or tier below",
            ));
        }
        for figure in all {
            figures.add("savings", figure);
        }
        Ok(Some((columns, saved)))
    }
}

fn today(pair: &Pair<'_>) -> Part {
    pair.today_part.clone()
}

fn after(pair: &Pair<'_>) -> Part {
    pair.after_part.clone()
}

fn is_unchanged(pair: &Pair<'_>) -> bool {
    pair.today.quantity == pair.after.quantity && pair.today.annual == pair.after.annual
}
