//! Ordered rules as one expression: the first whose condition holds gives its code.

use polars::prelude as pl;

/// Two small codes in one number, so that a rule gives a class and its reason at once.
const SECOND: u32 = 64;

pub(super) const fn pair(first: u8, second: u8) -> u32 {
    first as u32 * SECOND + second as u32
}

pub(super) fn unpair(code: u32) -> (u8, u8) {
    let part = |number: u32| u8::try_from(number).unwrap_or(u8::MAX);
    (part(code / SECOND), part(code % SECOND))
}

/// One rule: when `holds`, the row's code is `code`.
pub(super) struct Rule {
    pub(super) holds: pl::Expr,
    pub(super) code: u32,
}

pub(super) fn rule(holds: pl::Expr, code: u32) -> Rule {
    Rule { holds, code }
}

/// The code of the first rule that holds, or `otherwise`. A condition that is null does not hold.
pub(super) fn first_that_holds(rules: Vec<Rule>, otherwise: u32) -> pl::Expr {
    rules
        .into_iter()
        .rev()
        .fold(pl::lit(otherwise), |rest, rule| {
            pl::when(rule.holds)
                .then(pl::lit(rule.code))
                .otherwise(rest)
        })
        // Literals alone have no fixed width yet.
        .cast(pl::DataType::UInt32)
}

/// Whether a column has this value.
pub(super) fn is(column: &str, value: u32) -> pl::Expr {
    pl::col(column).eq(pl::lit(value))
}

/// Whether a column has any of these bits.
pub(super) fn has(column: &str, bits: u32) -> pl::Expr {
    pl::col(column).and(pl::lit(bits)).neq(pl::lit(0_u32))
}
