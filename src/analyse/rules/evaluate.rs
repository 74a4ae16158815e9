//! The one evaluator: which rule of a table decides about a row.

use std::cmp::Ordering;

use super::facts::Facts;
use super::{Condition, Table};
use crate::domain::analysis::{Decided, RulePlace};

impl<C: Copy, R: Copy> Table<C, R> {
    /// The first rule that holds decides.
    pub(in crate::analyse) fn decide(&self, facts: Facts) -> Decided<C, R> {
        let of = self.rules.len() + 1;
        let mut rules = self.rules.iter().enumerate();
        let found = rules.find(|(_, rule)| holds(&rule.holds, facts));
        let (place, (class, reason)) = found.map_or((of, self.otherwise), |(place, rule)| {
            (place + 1, (rule.class, rule.reason))
        });
        Decided {
            class,
            reason,
            place: RulePlace { place, of },
        }
    }
}

fn holds(condition: &Condition, facts: Facts) -> bool {
    match *condition {
        Condition::Is(value) => facts.is(value),
        Condition::Has(access) => facts.reaches(access),
        Condition::HasOnly(access, of) => of
            .iter()
            .all(|&other| facts.reaches(other) == (other == access)),
        Condition::Absent(column) => facts.lacks(column),
        Condition::OnOrBefore(dates) => {
            facts.lies(dates, Ordering::Less) || facts.lies(dates, Ordering::Equal)
        }
        Condition::OnOrAfter(dates) => {
            facts.lies(dates, Ordering::Equal) || facts.lies(dates, Ordering::Greater)
        }
        Condition::After(dates) => facts.lies(dates, Ordering::Greater),
        Condition::Setting(setting) => facts.is_set(setting),
        Condition::Not(condition) => !holds(condition, facts),
        Condition::All(conditions) => conditions.iter().all(|one| holds(one, facts)),
        Condition::Any(conditions) => conditions.iter().any(|one| holds(one, facts)),
    }
}

/// How many answers are kept.
const KEPT: usize = 1024;

/// Answers, kept by the facts that they were given for: a million rows have a few hundred sets of facts between them.
pub(in crate::analyse) struct Kept<A> {
    answers: Vec<Option<(Facts, A)>>,
}

impl<A: Copy> Kept<A> {
    pub(in crate::analyse) fn new() -> Kept<A> {
        Kept {
            answers: vec![None; KEPT],
        }
    }

    /// The answer for these facts; worked out where it is not at hand.
    pub(in crate::analyse) fn answer(&mut self, facts: Facts, work_out: impl FnOnce() -> A) -> A {
        let spread = facts.bits().wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let kept = &mut self.answers[(spread >> 32) as usize % KEPT];
        match *kept {
            Some((of, answer)) if of == facts => answer,
            _ => {
                let answer = work_out();
                *kept = Some((facts, answer));
                answer
            }
        }
    }
}
