//! Ranges against brute force, and what is known of a sum that lacks parts.

use super::{Figures, Given, Id, Rule, Span, Unit};
use crate::money::{Cost, Currency, Money, MoneyRange, Number};

impl Figures {
    /// Every figure, in the order of the list.
    pub(crate) fn ids(&self) -> impl Iterator<Item = Id> {
        (0..self.next().0).map(Id)
    }

    /// The uncertain leaves below a figure.
    pub(crate) fn uncertain(&self, id: Id) -> Vec<Id> {
        self.of(id).leaves.keys().copied().collect()
    }

    /// The figure of a name.
    #[track_caller]
    pub(crate) fn named(&self, name: &str) -> Id {
        let found = self.ids().find(|id| self.of(*id).name == name);
        found.unwrap_or_else(|| panic!("no figure {name}"))
    }

    /// The least and the most that a figure is, by trying every corner of its uncertain leaves.
    pub(crate) fn by_brute_force(&self, id: Id) -> Option<Span> {
        let leaves = self.uncertain(id);
        let below = self.below(&[id]);
        let mut values: Vec<Option<Number>> = self.list.iter().map(|one| one.value).collect();
        let mut found: Option<Span> = None;
        let mut parts = Vec::new();
        for corner in 0_u32..1 << leaves.len() {
            for (bit, leaf) in leaves.iter().enumerate() {
                let ends = self.of(*leaf).span?;
                values[leaf.0 as usize] = Some(match corner >> bit & 1 {
                    0 => ends.low,
                    _ => ends.high,
                });
            }
            for at in &below {
                self.compute(*at, &mut values, &mut parts);
            }
            let value = id.among(&values)?;
            found = Some(found.map_or(Span::point(value), |span| Span {
                low: span.low.min(value),
                high: span.high.max(value),
            }));
        }
        found
    }
}

fn number(text: &str) -> Number {
    Number::parse(text).unwrap()
}

fn span(low: &str, high: &str) -> Span {
    Span::between(number(low), number(high))
}

const PLAIN: Unit = Unit::Of("");
const DOLLARS: Unit = Unit::Money(Currency::USD);

fn leaf(figures: &mut Figures, low: &str, high: &str) -> Id {
    figures.leaf("leaf", PLAIN, Given::between(span(low, high)))
}

#[test]
fn what_two_parts_share_is_counted_once() {
    // 4 to 24 hours on either side, and 2 on one: the difference is 2, whatever the hours are.
    let mut figures = Figures::default();
    let hours = leaf(&mut figures, "4", "24");
    let two = leaf(&mut figures, "2", "2");
    let more = figures.add("more", PLAIN, Rule::Sum, &[hours, two]);
    let less = figures.add("less", PLAIN, Rule::Difference, &[more, hours]);
    assert_eq!(figures.of(less).span(), Some(span("2", "2")));
    assert!(figures.of(less).is_joint());
    let apart = leaf(&mut figures, "4", "24");
    let less = figures.add("apart", PLAIN, Rule::Difference, &[more, apart]);
    assert_eq!(figures.of(less).span(), Some(span("-18", "22")));
    assert!(!figures.of(less).is_joint());
}

#[test]
fn a_rate_on_both_sides_has_its_extreme_where_the_others_put_it() {
    // (10 to 30 − 20) × 1 to 2, as two products with the rate in both: from −20 to 20.
    let mut figures = Figures::default();
    let rate = leaf(&mut figures, "1", "2");
    let gained = leaf(&mut figures, "10", "30");
    let lost = leaf(&mut figures, "20", "20");
    let gained = figures.add("gained", PLAIN, Rule::Product, &[gained, rate]);
    let lost = figures.add("lost", PLAIN, Rule::Product, &[lost, rate]);
    let net = figures.add("net", PLAIN, Rule::Difference, &[gained, lost]);
    assert_eq!(figures.of(net).span(), Some(span("-20", "20")));
    assert_eq!(figures.by_brute_force(net), figures.of(net).span());
    // What is divided by anything around nothing is not known.
    let by = figures.add("by", PLAIN, Rule::Quotient, &[rate, net]);
    assert_eq!(figures.of(by).span(), None);
    assert!(!figures.of(by).missing().is_empty());
}

#[test]
fn bills_at_one_price_lie_at_one_place_of_it() {
    // 100 to 200 for 10 seats, 60 to 120 for 6: four seats less save 40 to 80, not −20 to 140.
    let mut figures = Figures::default();
    let place = leaf(&mut figures, "0", "1");
    let mut bill = |low, high| {
        let usd = |text| Money::parse(text, Currency::USD).unwrap();
        let range = MoneyRange::new(usd(low), usd(high)).unwrap();
        figures.cost_leaf("bill", Currency::USD, &Cost::from(range), Some(place))
    };
    let bills = [bill("100", "200"), bill("60", "120")];
    let saving = figures.add("saving", DOLLARS, Rule::Difference, &bills);
    assert_eq!(figures.of(saving).span(), Some(span("40", "80")));
}

#[test]
fn unknown_is_never_zero() {
    let mut figures = Figures::default();
    let usd = Currency::USD;
    let ten = Cost::from(Money::parse("10", usd).unwrap());
    let known = figures.cost_leaf("known", usd, &ten, None);
    let unknown = figures.cost_leaf("unknown", usd, &Cost::unknown("Loom"), None);
    let mut add = |rule, parts: &[Id]| {
        let id = figures.add("figure", DOLLARS, rule, parts);
        (id, figures.cost(id, usd))
    };
    let (sum, cost) = add(Rule::Sum, &[known, unknown]);
    assert_eq!(cost.grouped(), "at least $10.00");
    assert_eq!(add(Rule::Sum, &[unknown]).1, Cost::unknown("Loom"));
    assert_eq!(add(Rule::Sum, &[]).1, Cost::zero(usd));
    // What is taken off without being known leaves no floor, in no sum above it.
    assert_eq!(
        add(Rule::Difference, &[known, sum]).1,
        Cost::unknown("Loom")
    );
    let (negative, cost) = add(Rule::Negative, &[sum]);
    assert_eq!(cost, Cost::unknown("Loom"));
    assert_eq!(add(Rule::Sum, &[known, negative]).1, Cost::unknown("Loom"));
    assert_eq!(
        add(Rule::Difference, &[sum, known]).1,
        Cost::from(Money::zero(usd)).and_missing("Loom")
    );
}

#[test]
fn what_is_too_large_is_missing_with_its_reason() {
    let mut figures = Figures::default();
    let large = leaf(
        &mut figures,
        "9999999999999999999999999",
        "9999999999999999999999999",
    );
    let product = figures.add("product", PLAIN, Rule::Product, &[large, large]);
    assert_eq!(figures.of(product).span(), None);
    assert_eq!(figures.of(product).missing().len(), 1);
    let sum = figures.add("sum", PLAIN, Rule::Sum, &[large, product]);
    assert_eq!(figures.of(sum).missing().len(), 1);
}

#[test]
fn the_number_of_leaves_has_no_limit() {
    // Each leaf is 1 to 2, and stands on both sides: 500 × (1 − ½) to 500 × (2 − 1), with the share at ½.
    let mut figures = Figures::default();
    let half = leaf(&mut figures, "0.5", "0.5");
    let leaves: Vec<Id> = (0..500).map(|_| leaf(&mut figures, "1", "2")).collect();
    let all = figures.add("all", PLAIN, Rule::Sum, &leaves);
    let some = figures.add("some", PLAIN, Rule::Product, &[all, half]);
    let net = figures.add("net", PLAIN, Rule::Difference, &[all, some]);
    assert_eq!(figures.uncertain(net).len(), 500);
    assert_eq!(figures.of(net).span(), Some(span("250", "500")));
}

/// Lists of any shape. Sums and differences have the range that all corners give. Where products of many signs meet, a
/// search from both ends may stop short of a corner, and never goes past one.
#[test]
fn ranges_of_lists_of_any_shape_are_those_of_their_corners() {
    let mut chance = oorandom::Rand64::new(3);
    for list in 0..300 {
        let has_products = list % 2 == 1;
        let mut figures = Figures::default();
        for _ in 0..6 {
            let low = Number::from(chance.rand_range(0..20));
            let high = low.plus(chance.rand_range(0..9)).unwrap();
            figures.leaf("leaf", PLAIN, Given::between(Span::between(low, high)));
        }
        for _ in 0..12 {
            let mut any = || Id(chance.rand_range(0..u64::from(figures.next().0)) as u32);
            let parts = [any(), any()];
            let rule = match chance.rand_range(0..4) {
                0 => Rule::Difference,
                1 if has_products => Rule::Product,
                _ => Rule::Sum,
            };
            figures.add("figure", PLAIN, rule, &parts);
        }
        for id in figures.ids() {
            let found = figures.of(id).span().unwrap();
            let true_range = figures.by_brute_force(id).unwrap();
            assert!(has_products || found == true_range, "{found:?}");
            assert!(
                found.low >= true_range.low && found.high <= true_range.high,
                "{found:?} is no corner of {true_range:?}"
            );
        }
    }
}
