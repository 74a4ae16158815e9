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

/// How many answers are kept: a power of two.
const KEPT: usize = 1024;

/// Answers, kept by the facts that they were given for: a million rows have a few hundred sets of facts between them.
/// Asking the tables again for most rows took 5 % of a run's processor time.
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
        // The uppermost bits are the ones that depend on every fact.
        let spread = facts.bits().wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let kept = &mut self.answers[(spread >> (u64::BITS - KEPT.ilog2())) as usize];
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

#[cfg(test)]
mod tests {
    use super::Kept;
    use crate::analyse::rules::facts::{Facts, Value};
    use crate::domain::access::{Access, AccessSet};
    use crate::domain::class::Standing;

    /// All sets of facts that some kinds of access and a standing make.
    fn many() -> Vec<Facts> {
        let sets = 0..1_u32 << Access::ALL.len();
        let reached = sets.map(|set| {
            let some = Access::ALL.iter();
            let some = some.filter(|&&access| set & 1 << access as u32 != 0);
            some.fold(AccessSet::default(), |set, &one| set.with(one))
        });
        let standings = Standing::ALL.iter();
        let facts = reached.flat_map(|access| {
            standings.clone().map(move |&standing| {
                Facts::default()
                    .with(Value::Standing(standing))
                    .reaching(access)
            })
        });
        facts.collect()
    }

    #[test]
    fn an_answer_is_the_facts_own_however_many_there_are() {
        let mut kept = Kept::new();
        for _ in 0..2 {
            for facts in many() {
                assert_eq!(kept.answer(facts, || facts.bits()), facts.bits());
            }
        }
    }

    #[test]
    fn a_few_hundred_sets_of_facts_are_worked_out_about_once() {
        let few: Vec<Facts> = many().into_iter().step_by(307).collect();
        let mut kept = Kept::new();
        let mut worked_out = 0;
        for _ in 0..100 {
            for &facts in &few {
                kept.answer(facts, || worked_out += 1);
            }
        }
        assert!(few.len() > 200, "{}", few.len());
        // Some share a place and take turns; were the places badly spread, it would be most of them.
        assert!(worked_out < few.len() * 50, "{worked_out}");
    }
}
