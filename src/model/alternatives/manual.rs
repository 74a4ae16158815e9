//! What managing accounts manually costs: unused licences, IT labour and compliance misses, in words and as a table.
//!
//! Measured where the exports show it, else the benchmark for the headcount, which is then said.

use super::describe::{Context, Words};
use crate::model::assumptions::assumption::Name;
use crate::model::basis::Basis;
#[cfg(test)]
use crate::model::component::Component;
use crate::model::component::ComponentKind;
use crate::model::span::Span;
use crate::model::years::{BENCHMARK_PEOPLE, Sheet, Years};
use crate::money::{Cost, MoneyError};

#[cfg(test)]
/// The three components of manual work.
///
/// # Errors
/// `CurrencyMismatch`, `TooLarge`.
pub(crate) fn components(context: &Context<'_>) -> Result<Vec<Component>, MoneyError> {
    let years = Years::first(context.inputs, context.values);
    let sheet = &years.alternatives[0].first;
    let components = sheet.components.iter();
    components
        .map(|(kind, id)| context.component(&years, sheet, *kind, &years.cost(*id)))
        .collect()
}

/// What a manual cost is made of.
pub(crate) fn words(
    context: &Context<'_>,
    years: &Years,
    sheet: &Sheet,
    kind: ComponentKind,
) -> Result<Words, MoneyError> {
    let span = |id| years.figures.of(id).span().unwrap_or(Span::ZERO);
    match kind {
        ComponentKind::UnusedLicences => unused(context),
        ComponentKind::ItLabour => Ok(labour(context, span(sheet.manual.hours))),
        _ => misses(context, span(sheet.manual.orphans)),
    }
}

fn unused(context: &Context<'_>) -> Result<Words, MoneyError> {
    if let Some(bills) = &context.facts.bills {
        let without = |seats: u64, after: &Cost, saving: &Cost| {
            // The saving is then not the difference of the two bills.
            let less = if bills.partly.is_empty() {
                ":"
            } else {
                "; with the seats that are better kept it saves"
            };
            format!(
                "without {seats} unused seats {}{less} {}",
                after.grouped(),
                saving.grouped()
            )
        };
        let seats = bills.wasted_seats;
        let mut working = format!(
            "bill today {}; {}",
            bills.today.grouped(),
            without(seats.certain, &bills.after_cleanup, &bills.saving)
        );
        if seats.at_most > seats.certain {
            let most = without(
                seats.at_most,
                &bills.after_cleanup_at_most,
                &bills.saving_at_most,
            );
            working = format!("{working}; at most {most}");
        }
        if !bills.partly.is_empty() {
            working = format!("{working}; {}", bills.partly.join("; "));
        }
        return Ok(Words {
            basis: bills.saving_basis,
            working,
            source: format!("the difference of two bills: {}", bills.source),
        });
    }
    let names = [Name::UnusedPer500, Name::CostPerUnusedLicence];
    let licences = context
        .values
        .of(Name::UnusedPer500)
        .scaled(context.inputs.headcount, BENCHMARK_PEOPLE)?;
    Ok(Words {
        basis: scaled_basis(context, &names),
        working: format!(
            "{} licences{} × {}",
            licences.text(),
            scaled_note(context),
            context.money_text(Name::CostPerUnusedLicence)
        ),
        source: sources(context, &names),
    })
}

fn labour(context: &Context<'_>, hours: Span) -> Words {
    let rate = context.rate();
    if let Some(stated) = context.assumptions.hours_a_year() {
        return Words {
            basis: Basis::weakest([Basis::Configured, context.basis(&[Name::ItHourlyRate])]),
            working: format!("{} h × {rate} an hour", hours.text()),
            source: format!(
                "hours: {}; rate: {}",
                stated.source,
                context.assumptions.sources(&[Name::ItHourlyRate])
            ),
        };
    }
    let names = [Name::ItHoursPer500, Name::ItHourlyRate];
    Words {
        basis: scaled_basis(context, &names),
        working: format!(
            "{} h{} × {rate} an hour",
            hours.text(),
            scaled_note(context)
        ),
        source: sources(context, &names),
    }
}

fn misses(context: &Context<'_>, accounts: Span) -> Result<Words, MoneyError> {
    let unit = [Name::MissShare, Name::CostPerMiss];
    let share = context.values.of(Name::MissShare);
    let share = if share == Span::ONE {
        String::new()
    } else {
        format!(" × {}", share.percent()?)
    };
    let price = context.money_text(Name::CostPerMiss);
    if let Some(measured) = &context.facts.accounts
        && measured.orphaned.is_some()
    {
        return Ok(Words {
            basis: context.basis(&unit),
            working: format!(
                "{} orphaned accounts, counted{share} × {price}",
                accounts.text()
            ),
            source: format!(
                "accounts: {}; cost: {}",
                measured.source,
                context.assumptions.sources(&unit)
            ),
        });
    }
    let names = [Name::OrphansPer500, Name::MissShare, Name::CostPerMiss];
    Ok(Words {
        basis: scaled_basis(context, &names),
        working: format!(
            "{} orphaned accounts{}{share} × {price}",
            accounts.text(),
            scaled_note(context)
        ),
        source: sources(context, &names),
    })
}

fn scaled_note(context: &Context<'_>) -> String {
    match context.inputs.headcount {
        BENCHMARK_PEOPLE => " (the benchmark's)".to_owned(),
        people => format!(" (the benchmark's, for {people} people)"),
    }
}

fn scaled_basis(context: &Context<'_>, names: &[Name]) -> Basis {
    Basis::weakest([context.basis(names), context.facts.headcount.basis])
}

fn sources(context: &Context<'_>, names: &[Name]) -> String {
    format!(
        "{}; headcount: {}",
        context.assumptions.sources(names),
        context.facts.headcount.source
    )
}

#[cfg(test)]
mod tests {
    use super::components;
    use crate::model::basis::Basis;
    use crate::model::fixtures::{Case, benchmark_facts, organisation, state};
    use crate::money::{Currency, Money};

    #[test]
    fn the_guides_figures_come_out_to_the_dollar() {
        let case = Case::of(benchmark_facts(500));
        let all = components(&case.context()).unwrap();
        let told: Vec<_> = all
            .iter()
            .map(|one| (one.kind.as_str(), one.basis.as_str(), one.cost.grouped()))
            .collect();
        assert_eq!(
            told,
            [
                ("unused-licences", "benchmark", "$2,338.00".to_owned()),
                ("it-labour", "benchmark", "$5,784.00".to_owned()),
                ("compliance-misses", "benchmark", "$3,825.00".to_owned()),
            ]
        );
        let sum = Money::sum(Currency::USD, all.iter().map(|one| one.cost.low().unwrap()));
        assert_eq!(sum.unwrap().whole(), "$11,947");
        assert_eq!(all[1].working, "96 h (the benchmark's) × $60.25 an hour");
        assert!(
            all[1]
                .source
                .starts_with("StitchFlow's Atlassian SCIM guide, 2026-01-11")
        );
    }

    #[test]
    fn exports_replace_the_benchmark_where_they_show_something() {
        // 30 orphaned accounts × $239.0625 = $7,171.875
        let case = Case::of(organisation());
        let all = components(&case.context()).unwrap();
        assert_eq!(all[0].basis, Basis::Measured);
        assert_eq!(all[0].cost.grouped(), "$9,000.00–10,500.00");
        assert_eq!(all[2].cost.grouped(), "$7,171.88");
        assert_eq!(all[2].basis, Basis::Benchmark);
        assert!(all[2].working.contains("30 orphaned accounts, counted"));
        // 400 people: 96 × 400 ÷ 500 = 76.8 h × $60.25 = $4,627.20
        assert_eq!(all[1].cost.grouped(), "$4,627.20");
        assert_eq!(
            all[1].working,
            "76.8 h (the benchmark's, for 400 people) × $60.25 an hour"
        );
    }

    #[test]
    fn stated_hours_win_over_the_benchmark() {
        let mut facts = organisation();
        let stated = [("it_hours_a_year", "120"), ("it_hourly_rate", "80")];
        for (name, value) in stated {
            state(&mut facts, name, value);
        }
        let case = Case::of(facts);
        let labour = &components(&case.context()).unwrap()[1];
        assert_eq!(labour.cost.grouped(), "$9,600.00");
        assert_eq!(labour.basis, Basis::Configured);
    }
}
