//! `report`: all stages, one after the other.

use std::io::Write;
use std::path::Path;

use super::facts::{by_other_years, dates, facts};
use super::load::{Loaded, load_timed};
use super::timeline::Timeline;
use super::{
    Failure, lists, own_data_faulty, owner, price_book, pricing_failed, reconcile, your_settings,
};
use crate::analyse::{Analysis, Settings};
use crate::cli::{DrawArguments, Format, ReportArguments};
use crate::domain::counts::guard_billable;
use crate::domain::dataset::Dataset;
use crate::domain::stated::Place;
use crate::domain::text::grouped;
use crate::error::Error;
use crate::model::assumptions::assumption::Assumptions;
use crate::model::dates::deadlines::deadlines;
use crate::model::guard_count::lower::GuardReduction;
use crate::model::guard_count::reconcile::GuardPlan;
use crate::model::inputs::facts::{Facts, GuardHeld};
use crate::model::uncertainty::simulation::Draws;
use crate::model::whole::{Evidence, Model};
use crate::money::Currency;
use crate::options;
use crate::price::book::PriceBook;
use crate::price::contract::Contract;
use crate::price::estate::{self, Estate};
use crate::price::quote::Pricing;
use crate::price::{GUARD, PREMIUM, STANDARD};
use crate::read::config::Config;
use crate::read::terms;
use crate::render::folder::{self, Target, Wish, unwatched};
use crate::render::terminal::Look;
use crate::render::{csv, files, markdown, terminal};
use crate::report::Report;
use crate::report::build::{Modelled, Subject, build};
use crate::report::explain::{self, Figures, Known, StoredFigures};
use crate::report::findings;
use crate::safe::json;
use crate::safe::terminal::line;

pub(super) fn run(
    arguments: &ReportArguments,
    look: Look,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), Failure> {
    // The target is looked at before the long work, so that a report that can't be written fails at once.
    let inputs = options::paths(&arguments.input);
    let prepare = |folder: &Path| {
        let wish = Wish {
            folder,
            inputs: &inputs,
            replace_edited: arguments.replace_edited,
        };
        Target::prepare(wish, &unwatched)
    };
    let stated = arguments.out.as_deref().map(prepare).transpose()?;
    let mut timeline = Timeline::start();
    let loaded = load_timed(&arguments.input, &mut timeline, err)?;
    let analysis = loaded.analyse()?;
    timeline.end("classes, counts and findings");
    let computed = priced(loaded, analysis, draws(arguments.draws, &mut progress(err)))?;
    timeline.end("prices and model");
    let owner = owner::of(
        computed.name.as_deref(),
        &computed.subject.organisation,
        &computed.dataset,
    );
    let named = computed.name.is_some();
    let list = explain::stored(&computed.figures()?);
    let report = computed.report(list)?;
    timeline.end("report put together");
    let (folder, target) = match (stated, &arguments.out) {
        (Some(target), Some(folder)) => (folder.clone(), target),
        _ => {
            let folder = folder::free_for(&owner, named, &owner::default_folder(&report))?;
            let target = prepare(&folder)?;
            (folder, target)
        }
    };
    let names = target.publish(owner, |into| files::write_all(&report, into))?;
    timeline.end("files written");
    // The files are there whether or not what is printed finds a reader, and are named in any case.
    let printed = print(&report, arguments, look, out).and_then(|()| Ok(out.flush()?));
    let place = folder.display().to_string();
    writeln!(err, "wrote {} files to {}", names.len(), line(&place))?;
    printed?;
    if arguments.timeline {
        timeline.print(err)?;
    }
    // The program is about to end: giving a large report's memory back piece by piece would only delay that.
    std::mem::forget(report);
    Ok(())
}

/// Everything that a report is put together from.
pub(super) struct Computed {
    pub(super) subject: Subject,
    pub(super) dataset: Dataset,
    pub(super) analysis: Analysis,
    pub(super) estate: Estate,
    pub(super) modelled: Modelled,
    /// The organisation's name, where the configuration says it.
    name: Option<String>,
    contract: Contract,
    book: PriceBook,
}

impl Computed {
    /// The prices that everything was computed with.
    pub(super) fn pricing(&self) -> Pricing<'_> {
        Pricing {
            book: &self.book,
            contract: &self.contract,
            currency: self.subject.currency,
            day: self.subject.as_of.date(),
        }
    }

    /// Puts the report together; `list` has its figures, where anybody reads how they are made.
    pub(super) fn report(self, list: StoredFigures) -> Result<Report, Error> {
        let Computed {
            subject,
            dataset,
            analysis,
            estate,
            modelled,
            ..
        } = self;
        build(subject, dataset, analysis, &estate, &modelled, list).map_err(pricing_failed)
    }

    /// Every figure of the report with how it is made.
    pub(super) fn figures(&self) -> Result<Figures, Error> {
        Known::of(
            &self.dataset,
            &self.analysis.counts,
            findings::counts(&self.analysis.findings),
            &self.estate,
            self.pricing(),
            &self.modelled,
        )
        .figures()
        .map_err(pricing_failed)
    }
}

/// The draws that are asked for, if any.
pub(super) fn draws(wanted: DrawArguments, told: &mut dyn FnMut(u64)) -> Option<Draws<'_>> {
    let seed = wanted.seed;
    wanted.simulate.map(|count| Draws { count, seed, told })
}

/// A line for each further hundred thousand draws: fewer are done before anybody wonders.
pub(super) fn progress(err: &mut dyn Write) -> impl FnMut(u64) {
    const STEP: u64 = 100_000;
    let mut before = 0;
    move |done| {
        if done / STEP > before / STEP {
            // What cannot be shown does not stop the work.
            let _ = writeln!(err, "{} draws done", grouped(done));
        }
        before = done;
    }
}

/// Classes, prices and models.
pub(super) fn compute(loaded: Loaded, simulate: Option<Draws<'_>>) -> Result<Computed, Error> {
    let analysis = loaded.analyse()?;
    priced(loaded, analysis, simulate)
}

fn priced(
    loaded: Loaded,
    analysis: Analysis,
    simulate: Option<Draws<'_>>,
) -> Result<Computed, Error> {
    let Loaded {
        mut dataset,
        config,
        options,
    } = loaded;
    let currency = terms::currency(&config)?;
    let contract = terms::contract(&config, currency)?.bound_to(&dataset.offerings);
    let book = price_book()?;
    let pricing = Pricing {
        book: &book,
        contract: &contract,
        currency,
        day: options.as_of.date(),
    };
    let estate =
        estate::price(&pricing, &dataset.offerings, &analysis.counts).map_err(pricing_failed)?;
    let facts_at =
        |estate: &Estate| facts(&dataset, &analysis, estate, &config, &options, currency);
    let by_listed_years = contract.by_listed_years();
    let other_years = by_other_years(by_listed_years.as_ref(), pricing, |pricing| {
        let estate =
            estate::price(pricing, &dataset.offerings, &analysis.counts).map_err(pricing_failed)?;
        facts_at(&estate)
    })?;
    let model = model(
        facts_at(&estate)?,
        &pricing,
        &config,
        &Evidence {
            of_data: &analysis.checks,
            lines: &estate.lines,
            other_years: other_years.as_ref(),
        },
    )?;
    dataset.inferred.extend(options.your_settings(&config));
    let of_prices = your_settings::of(&config, &pricing, &estate, &model.facts);
    dataset.inferred.extend(of_prices.map_err(pricing_failed)?);
    let dates = dates(&dataset, &analysis, &estate, &model.facts, &config);
    let modelled = Modelled {
        guard_reductions: guard_reductions(
            &dataset,
            &analysis,
            &options.analyse,
            &pricing,
            model.facts.guard_held,
        )?,
        benchmark: lists::benchmark()?,
        deadlines: deadlines(&dates, &pricing),
        simulation: simulate
            .map(|draws| model.simulate(&pricing, draws))
            .transpose()
            .map_err(pricing_failed)?,
        model,
    };
    let name = config.organisation.name.clone();
    let subject = Subject {
        organisation: name.clone().unwrap_or_else(|| "Organisation".to_owned()),
        as_of: options.as_of,
        currency,
    };
    Ok(Computed {
        subject,
        dataset,
        analysis,
        estate,
        modelled,
        name,
        contract,
        book,
    })
}

/// What lowers the fee of the Guard plans that are held.
fn guard_reductions(
    dataset: &Dataset,
    analysis: &Analysis,
    settings: &Settings,
    pricing: &Pricing<'_>,
    held: GuardHeld,
) -> Result<Vec<GuardReduction>, Error> {
    let counts = &analysis.counts;
    let standard = (GuardPlan::Standard, STANDARD, &counts.guard_standard);
    let premium = (GuardPlan::Premium, PREMIUM, &counts.guard_premium);
    let plans = match held {
        GuardHeld::None => Vec::new(),
        GuardHeld::Standard => vec![standard],
        GuardHeld::Premium => vec![standard, premium],
    };
    let mut all = Vec::new();
    for (plan, name, counts) in plans {
        let quote = pricing.quote(GUARD, name, None).map_err(pricing_failed)?;
        let quote = quote.of_held();
        let classes = reconcile::guard_classes(analysis, |account| match plan {
            GuardPlan::Standard => account.guard_standard,
            GuardPlan::Premium => account.guard_premium,
        });
        let reducible = reconcile::reducible(dataset, analysis, settings, &classes);
        let (billed, _) = guard_billable(counts);
        let found = GuardReduction::all(plan, billed, &reducible, &quote);
        all.extend(found.map_err(pricing_failed)?);
    }
    Ok(all)
}

/// What managing accounts costs by hand and by each alternative.
pub(super) fn model(
    facts: Facts,
    pricing: &Pricing<'_>,
    config: &Config,
    evidence: &Evidence<'_>,
) -> Result<Model, Error> {
    let mut assumptions = Assumptions::embedded()
        .map_err(|faults| own_data_faulty("reading the assumptions", &faults))?;
    let faults = assumptions.configure(&facts.assumptions).into_iter();
    let errors = faults.map(|fault| match fault.place {
        Place::File(_) => config.fault(&fault.name, "", fault.message, &fault.hint),
        Place::Set => Error::Usage {
            message: fault.message,
            hint: fault.hint,
        },
    });
    Error::all(errors.map(Err::<(), Error>))?;
    one_currency(&assumptions, pricing.currency, config)?;
    Model::of(facts, pricing, assumptions, evidence).map_err(pricing_failed)
}

/// Refuses assumptions of another currency than the report's: nothing is converted.
fn one_currency(
    assumptions: &Assumptions,
    currency: Currency,
    config: &Config,
) -> Result<(), Error> {
    let shipped = assumptions.currency();
    let foreign: Vec<_> = assumptions
        .shipped_money()
        .filter(|_| shipped != currency)
        .map(|name| format!("`{}`", name.as_str()))
        .collect();
    if foreign.is_empty() {
        return Ok(());
    }
    let own = config.organisation.currency.as_ref();
    Err(config.fault_at(
        own.map_or(1, |own| config.line_of(own)),
        format!(
            "the report is in {currency}, and these assumptions come in {shipped}, which is not converted: {}",
            foreign.join(", ")
        ),
        format!("state each of them in {currency} under [assumptions], or with --set NAME=VALUE"),
    ))
}

fn print(
    report: &Report,
    arguments: &ReportArguments,
    look: Look,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    match arguments.format {
        Format::Text if arguments.full => {
            write!(out, "{}", terminal::summary(&report.summary, look))?;
        }
        Format::Text => write!(out, "{}", terminal::screen(&report.screen, look))?,
        Format::Markdown if arguments.full => {
            write!(out, "{}", markdown::summary(&report.summary))?;
        }
        Format::Markdown => write!(out, "{}", markdown::summary(&report.screen))?,
        Format::Json => {
            json::write(&mut *out, report)?;
        }
        Format::Csv => {
            if let Some(table) = report.tables.first() {
                csv::table(table, &mut *out)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::progress;

    #[test]
    fn each_further_hundred_thousand_draws_is_told_once() {
        let mut err = Vec::new();
        let mut told = progress(&mut err);
        for done in [16_384, 98_304, 114_688, 196_608, 212_992, 1_000_000] {
            told(done);
        }
        drop(told);
        let lines = "114,688 draws done\n212,992 draws done\n1,000,000 draws done\n";
        assert_eq!(String::from_utf8(err).unwrap(), lines);
    }
}
