//! A break-even point in a sentence.

use super::input::Input;
use super::line::Root;
use super::point::Solved;
use crate::model::alternative::Alternative;
use crate::model::alternatives::describe::Context;
use crate::model::span::Span;
use crate::money::{Money, MoneyError, MoneyRange};

/// The whole in a sentence: where it turns, on which side the alternative is the dearer one, and at which prices it does not
/// turn at all.
pub(crate) fn statement(
    context: &Context<'_>,
    alternative: Alternative,
    against: Alternative,
    input: Input,
    solved: &Solved,
) -> Result<String, MoneyError> {
    let (label, other, any) = (alternative.label(), against.in_words(), input.at_any());
    let currency = context.inputs.currency;
    let money = |span: Span| {
        let money = |number| Money::new(number, currency);
        MoneyRange::between(money(span.low), money(span.high))
    };
    let told = |span: Span| match money(span) {
        Ok(range) if input.is_money() => range.grouped(),
        _ => span.text(),
    };
    let yearly = |span: Span| -> Result<String, MoneyError> {
        if (alternative, input) != (Alternative::ThirdParty, Input::Price) {
            return Ok(String::new());
        }
        let people = context.inputs.headcount.saturating_mul(12);
        let year = money(span.times(Span::of_counts(people, people))?)?;
        Ok(format!(", {} a year", year.whole()))
    };
    let at = |span: Span| -> Result<String, MoneyError> {
        let above_today = span.low > solved.now.low;
        let side = match (input, solved.falls) {
            (Input::Price, _) => "",
            (_, true) => ", and more above that",
            (_, false) if above_today => "",
            (_, false) => ", and more below that",
        };
        Ok(format!(
            "{label} would cost as much as {other} at {} {}{}{side}",
            told(span),
            input.of_what(alternative),
            yearly(span)?
        ))
    };
    let now = told(solved.now);
    let of_fee = |best: bool| match (input, best) {
        (Input::Price, true) => "at best",
        (Input::Price, false) => "at worst",
        (_, true) => "at the prices that suit it best",
        (_, false) => "at the prices that suit it least",
    };
    Ok(match solved.roots {
        [Root::At(best), Root::At(worst)] => {
            format!("{}; now {now}.", at(Span::between(best, worst))?)
        }
        [Root::At(best), other_end] => {
            let than = if other_end == Root::AlwaysLess {
                "less"
            } else {
                "more"
            };
            format!(
                "{} {}; {} it costs {than} {any}. Now {now}.",
                at(Span::point(best))?,
                of_fee(true),
                of_fee(false)
            )
        }
        [_, Root::At(worst)] => format!(
            "{} {}; {} it costs less {any}. Now {now}.",
            at(Span::point(worst))?,
            of_fee(false),
            of_fee(true)
        ),
        [Root::AlwaysLess, Root::AlwaysLess] => {
            format!("{label} costs less than {other} {any}; now {now}.")
        }
        [Root::AlwaysMore, Root::AlwaysMore] if input == Input::Price => {
            format!("Even free of charge {label} costs more than {other}; now {now}.")
        }
        [Root::AlwaysMore, Root::AlwaysMore] => {
            format!("{label} costs more than {other} {any}; now {now}.")
        }
        _ => format!(
            "{} {label} costs less than {other} {any}, {} more; now {now}.",
            capital(of_fee(true)),
            of_fee(false)
        ),
    })
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
