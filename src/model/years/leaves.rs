//! The leaves of the list: assumptions, counts, fees and bills, and the places of prices that are ranges.

use super::position::Priced;
use super::{BENCHMARK_PEOPLE, Builder, Year};
use crate::figures::{Given, Id, Rule, Span, Unit};
use crate::model::alternative::Alternative;
use crate::model::assumptions::assumption::{Kind, Name};
use crate::model::component::ComponentKind;
use crate::model::inputs::fees::{Fee, without_jira};
use crate::money::{Cost, Number};

/// What a leaf is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Leaf {
    /// With the range that figures are made with.
    Assumption(Name),
    /// A yearly rate, at its value alone.
    AtItsValue(Name),
    /// Hours that the configuration states.
    HoursAYear,
    Headcount,
    BenchmarkPeople,
    Orphaned,
    OrphanedUnclaimed,
    /// What can be avoided of the bill: the certain waste, all that may be waste, the leavers' seats.
    Avoidable,
    AvoidableAtMost,
    OfLeavers,
    JiraToday,
    /// A fee of an alternative, so many years on, before prices rise.
    Fee(Alternative, ComponentKind, u32),
    /// Set-up that has been done.
    SetUpDone(Alternative, u32),
    /// Provisioning that removes nothing, or nothing more than it does today.
    ReachOfJustInTime,
    ReachBeyondScim,
    YearsPast(u32),
    /// Where a price lies in its range.
    Place(Priced),
    /// Where the number of unused seats lies, between those that are certain and all that may be.
    PlaceOfSeats,
    /// What the identity provider syncs, between users with groups and users alone.
    PlaceOfGroups,
}

impl Builder<'_> {
    /// A leaf, once.
    pub(super) fn once(&mut self, leaf: Leaf, name: &str, unit: Unit, given: Given) -> Id {
        if let Some(id) = self.leaves.get(&leaf) {
            return *id;
        }
        let id = self.list.leaf(name, unit, given);
        self.leaves.insert(leaf, id);
        id
    }

    /// A number that is certain.
    pub(super) fn number(
        &mut self,
        leaf: Leaf,
        name: &str,
        number: impl Into<Number>,
        unit: &'static str,
    ) -> Id {
        self.once(leaf, name, Unit::Of(unit), Given::exactly(number.into()))
    }

    /// A place between the two ends of something.
    pub(super) fn place(&mut self, leaf: Leaf, name: &str) -> Id {
        let ends = Span::between(Number::ZERO, Number::ONE);
        self.once(leaf, name, Unit::Of(""), Given::between(ends))
    }

    /// A cost that is a leaf: all at one price lie at one place of their ranges.
    fn cost(&mut self, leaf: Leaf, name: &str, cost: &Cost, priced: Option<Priced>) -> Id {
        if let Some(id) = self.leaves.get(&leaf) {
            return *id;
        }
        let id = self.placed(name, cost, priced);
        self.leaves.insert(leaf, id);
        id
    }

    fn placed(&mut self, name: &str, cost: &Cost, priced: Option<Priced>) -> Id {
        let place = match (cost.known(), priced) {
            (Some(range), Some(priced)) if !range.is_point() => {
                let name = format!("place of the {}", priced.label());
                Some(self.place(Leaf::Place(priced), &name))
            }
            _ => None,
        };
        self.list.cost_leaf(name, self.inputs.currency, cost, place)
    }

    /// What can be avoided of the bill of the first year. What rests on Jira's prices lies where the bill of Jira lies.
    pub(super) fn avoidable(
        &mut self,
        leaf: Leaf,
        name: &str,
        cost: &Cost,
        of_jira: Option<&Cost>,
    ) -> Id {
        let others = of_jira.map(|of_jira| without_jira(cost, of_jira));
        let (Some(of_jira), Some(Ok(others))) = (of_jira, others) else {
            return self.cost(leaf, name, cost, Some(Priced::Waste));
        };
        if let Some(id) = self.leaves.get(&leaf) {
            return *id;
        }
        let parts = [
            self.placed(&format!("{name}, Jira"), of_jira, Some(Priced::Jira)),
            self.placed(&format!("{name}, others"), &others, Some(Priced::Waste)),
        ];
        let id = self.list.add(name, self.money, Rule::Sum, &parts);
        self.leaves.insert(leaf, id);
        id
    }

    /// A fee, or the bill that an alternative replaces, before prices rise.
    pub(super) fn fee(
        &mut self,
        alternative: Alternative,
        kind: ComponentKind,
        year: &Year<'_>,
        name: &str,
    ) -> Id {
        let fees = year.fees;
        let (fee, priced): (&Fee, Option<Priced>) = match (kind, alternative) {
            (ComponentKind::GuardStandardFee, Alternative::Enterprise) => (
                &fees.standard_beside_enterprise,
                Some(Priced::GuardStandard),
            ),
            (ComponentKind::GuardPremiumFee, _) => (&fees.premium, Some(Priced::GuardPremium)),
            (ComponentKind::EnterpriseFee, _) => (&fees.enterprise, Some(Priced::Enterprise)),
            (ComponentKind::ThirdPartyFee, _) => (&fees.third_party, None),
            (ComponentKind::ThirdPartySetUpFee, _) => (&fees.third_party_set_up, None),
            (ComponentKind::JiraReplaced, _) => {
                let bill = &self.inputs.fees.jira_today.cost;
                return self.cost(Leaf::JiraToday, name, bill, Some(Priced::Jira));
            }
            _ => (&fees.standard, Some(Priced::GuardStandard)),
        };
        self.cost(
            Leaf::Fee(alternative, kind, year.past),
            name,
            &fee.cost,
            priced,
        )
    }

    pub(super) fn headcount(&mut self) -> Id {
        let people = self.inputs.headcount;
        self.number(Leaf::Headcount, "headcount", people, "people")
    }

    pub(super) fn benchmark_people(&mut self) -> Id {
        let name = "people of the benchmark";
        self.number(Leaf::BenchmarkPeople, name, BENCHMARK_PEOPLE, "people")
    }

    /// An assumption of a year, with the rise of wages or prices where it is money.
    pub(super) fn value(&mut self, name: Name, year: &Year<'_>) -> Id {
        let span = self.values.of(name);
        let unit = match self.values.kind(name) {
            Kind::Money => self.money,
            kind => Unit::Of(kind.counts()),
        };
        let given = match span.is_point() {
            true => Given::exactly(span.low),
            false => Given {
                value: self.inputs.at_values.of(name).low,
                ends: span,
            },
        };
        let leaf = self.once(Leaf::Assumption(name), name.as_str(), unit, given);
        let rise = match name {
            Name::ItHourlyRate | Name::CostPerMiss => year.wages,
            Name::CostPerUnusedLicence => year.dearer,
            _ => None,
        };
        match rise {
            None => leaf,
            Some(rise) => {
                let name = year.suffixed(name.as_str());
                self.shared(name, self.money, Rule::ExactProduct, &[leaf, rise])
            }
        }
    }

    /// A number of the benchmark's people, for the headcount of a year.
    pub(super) fn for_headcount(
        &mut self,
        what: &str,
        name: Name,
        unit: &'static str,
        year: &Year<'_>,
    ) -> Id {
        let people = self.headcount();
        let parts = [
            self.value(name, year),
            self.grown(people, year),
            self.benchmark_people(),
        ];
        self.list
            .add(year.suffixed(what), Unit::Of(unit), Rule::Scaled, &parts)
    }

    /// A count for the headcount of a year.
    pub(super) fn grown(&mut self, count: Id, year: &Year<'_>) -> Id {
        let Some(growth) = year.growth else {
            return count;
        };
        let figure = self.list.of(count);
        let (name, unit) = (year.suffixed(&figure.name), figure.unit);
        self.shared(name, unit, Rule::Whole, &[count, growth])
    }

    /// Money that grows with the headcount.
    pub(super) fn grown_money(&mut self, money: Id, year: &Year<'_>) -> Id {
        self.times(money, year.growth, "for the headcount of", year)
    }

    /// Money at the prices of a year.
    pub(super) fn at_its_prices(&mut self, money: Id, year: &Year<'_>) -> Id {
        self.times(money, year.dearer, "at the prices of", year)
    }

    fn times(&mut self, money: Id, factor: Option<Id>, what: &str, year: &Year<'_>) -> Id {
        let Some(factor) = factor else {
            return money;
        };
        let name = format!("{}, {what} {}", self.list.of(money).name, year.name);
        self.shared(name, self.money, Rule::Product, &[money, factor])
    }
}
