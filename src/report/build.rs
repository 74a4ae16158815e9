//! Building the report from what the stages gave. Every figure of every output is put together here.

use crate::domain::analysis::Analysis;
use crate::domain::check::{Check, CheckCode};
use crate::domain::class::{Standing, Use};
use crate::domain::counts::Counts;
use crate::domain::dataset::{Dataset, DirectoryKind, NOT_READ, Note};
use crate::domain::day::Day;
use crate::domain::finding::{FindingCode, Findings};
use crate::domain::text::grouped;
use crate::model::assumptions::benchmark::Benchmark;
use crate::model::dates::calendar::calendar;
use crate::model::dates::deadlines::Deadline;
use crate::model::guard_count::lower::GuardReduction;
use crate::model::uncertainty::simulation::Simulation;
use crate::model::whole::Model;
use crate::money::{Currency, MoneyError, MoneyRange};
use crate::price::estate::{Estate, OfferingBill};

use super::charts::Frame;
use super::detail::{Detail, plain};
use super::explain::StoredFigures;
use super::products::complete;
use super::screen::{Content, screen};
use super::summary::{Section, Summary, TextTable};
use super::table::{Cell, Table};
use super::{
    CountSummary, NamedCount, Report, SCHEMA, actions, alternatives, assumptions, break_even,
    bridge, charts, checks, deadlines, decision, departments, findings, guard, horizon, idle,
    more_seats, products, remaining_manual_cost, savings, sensitivity, simulation, sureness,
};

/// What a report is about.
pub(crate) struct Subject {
    pub(crate) organisation: String,
    pub(crate) as_of: Day,
    pub(crate) currency: Currency,
}

/// What the model said, and what goes with it.
pub(crate) struct Modelled {
    pub(crate) model: Model,
    pub(crate) benchmark: Benchmark,
    pub(crate) deadlines: Vec<Deadline>,
    pub(crate) simulation: Option<Simulation>,
    /// What lowers the fee of the Guard plans that are held.
    pub(crate) guard_reductions: Vec<GuardReduction>,
}

/// Puts the report together. The dataset's long columns move into it.
pub(crate) fn build(
    subject: Subject,
    dataset: Dataset,
    analysis: Analysis,
    estate: &Estate,
    modelled: &Modelled,
    figures: StoredFigures,
) -> Result<Report, MoneyError> {
    let Modelled {
        model,
        benchmark,
        deadlines,
        simulation,
        guard_reductions,
    } = modelled;
    let Subject {
        organisation,
        as_of,
        currency,
    } = subject;
    let counts = &analysis.counts;
    let product_rows = products::rows(&dataset.offerings, counts, estate, currency);
    let department_rows = departments::rows(&product_rows, counts, &dataset.departments, currency)?;
    let frame = Frame {
        organisation: &organisation,
        as_of,
        currency,
    };
    let code = currency.code();
    let charts = vec![
        alternatives::chart(&model.comparison, &model.conclusion, &frame)?,
        break_even::chart(model, benchmark, &frame)?,
        sensitivity::chart(model.sensitivity.as_ref(), &frame)?,
        bridge::chart(&product_rows, estate, &frame)?,
        horizon::chart(&model.outlooks, &frame)?,
        charts::waste_by_product(&product_rows, &estate.waste, &frame),
        charts::waste_by_department(&department_rows, &estate.waste, &frame)?,
        idle::chart(counts, estate, &frame),
    ];
    let finding_counts = findings::counts(&analysis.findings);
    let actions = actions::actions(
        estate,
        &dataset.offerings,
        as_of,
        guard_reductions,
        &finding_counts,
    );
    let findings_by_code = findings::table(&finding_counts);
    let findings_section = findings::section(&findings_by_code);
    let your_settings = assumptions::your_settings(&model.assumptions, &dataset.inferred);
    let your_settings_section = assumptions::your_settings_section(&your_settings);
    let mut tables = vec![
        alternatives::table(&model.comparison, code),
        alternatives::ceilings(&model.comparison, code),
        remaining_manual_cost::table(&model.comparison, code),
        products::table(&product_rows, currency)?,
        departments::table(&department_rows, currency)?,
        savings::table(estate, &dataset.offerings, currency, as_of)?,
        more_seats::table(estate, &dataset.offerings, currency, as_of),
        idle::table(counts, estate, &dataset.offerings, currency),
        actions::table(&actions, code),
        guard::table(counts),
        assumptions::table(&model.assumptions, &dataset.inferred),
        your_settings,
        break_even::table(model, code),
        decision::table(&model.decision),
        horizon::table(&model.outlooks, code),
        sensitivity::table(model.sensitivity.as_ref(), code),
        deadlines::table(deadlines),
        findings_by_code,
        rejects_table(&dataset),
        checks::table(&model.checks),
        sureness::table(&model.sureness, code),
    ];
    tables.extend(
        simulation
            .iter()
            .map(|simulation| simulation::table(simulation, code)),
    );
    let apps_saving = products::apps_saving(&product_rows, currency)?;
    let mut sections = vec![
        alternatives::section(&model.comparison, apps_saving.as_ref()),
        remaining_manual_cost::section(&model.comparison),
        horizon::section(&model.outlooks),
    ];
    // Without an export of Atlassian's there are neither accounts nor seats: a warning says so.
    if dataset.has_atlassian() {
        sections.extend([
            products::section(
                &product_rows,
                counts,
                estate,
                savings::notes(estate, &dataset.offerings, as_of),
            )?,
            idle::section(counts, estate),
            idle::by_product(counts, estate, &dataset.offerings),
            more_seats::section(estate, &dataset.offerings),
            accounts_section(counts),
            findings_section,
        ]);
    }
    sections.push(decision::section(&model.decision));
    sections.push(sureness::section(&model.sureness));
    sections.extend(simulation.iter().map(simulation::section));
    sections.extend(your_settings_section);
    sections.extend(deadlines::section(deadlines));
    let summary = Summary {
        title: format!("{organisation} · {as_of} · {code}"),
        headline: decision::headline(model, counts, estate)
            .into_iter()
            .chain([sureness::line(
                &model.sureness,
                &dataset.files,
                counts,
                as_of,
            )])
            .collect(),
        warnings: checks::lines(&model.checks)
            .into_iter()
            .chain(warnings(&dataset, &analysis))
            .collect(),
        sections,
    };
    let screen = screen(
        &summary,
        &Content {
            comparison: &model.comparison,
            products: &product_rows,
            departments: &department_rows,
            deadlines,
            actions: &actions,
            is_withheld: model.conclusion.withheld().is_some(),
            has_seats: dataset.has_atlassian(),
        },
    )?;
    let calendar = calendar(deadlines, &organisation, as_of);
    let per_seat = list_per_seat(dataset.offerings.len(), estate)?;
    let count_summary = count_summary(&dataset, counts, &finding_counts);
    let inputs = dataset.files.clone();
    let detail = detail(dataset, analysis, per_seat, currency);
    Ok(Report {
        schema: SCHEMA,
        organisation,
        as_of,
        currency: code.to_owned(),
        checks: model.checks.clone(),
        conclusion: model.conclusion.clone(),
        summary,
        screen,
        inputs,
        counts: count_summary,
        tables,
        charts,
        figures,
        attachments: vec![("deadlines.ics".to_owned(), calendar)],
        detail,
    })
}

fn detail(dataset: Dataset, analysis: Analysis, per_seat: PerSeat, currency: Currency) -> Detail {
    Detail {
        accounts: dataset.accounts,
        matches: dataset.matches,
        departments: dataset.departments,
        classes: analysis.accounts,
        offerings: dataset.offerings,
        apps: dataset.apps,
        seats: dataset.seats,
        uses: analysis.uses,
        findings: analysis.findings,
        currency: currency.code().to_owned(),
        list_per_seat: per_seat.own,
        apps_per_seat: per_seat.apps,
    }
}

/// For each offering the yearly cost of one seat at today's average, rounded: a list value, no saving.
struct PerSeat {
    own: Vec<Option<(String, String)>>,
    /// Of the apps that are billed for its users, together; a floor where one of them has no price.
    apps: Vec<Option<(String, String)>>,
}

fn list_per_seat(offerings: usize, estate: &Estate) -> Result<PerSeat, MoneyError> {
    let of_line = |line: &OfferingBill| -> Result<Option<MoneyRange>, MoneyError> {
        let range = complete(&line.today.list_annual).filter(|_| line.today.quantity > 0);
        range
            .map(|range| Ok(range.divided_by(line.today.quantity)?.round_minor()))
            .transpose()
    };
    let mut per_seat = PerSeat {
        own: vec![None; offerings],
        apps: vec![None; offerings],
    };
    for line in &estate.lines {
        per_seat.own[line.offering] = of_line(line)?.map(plain);
        let mut apps: Option<MoneyRange> = None;
        for &place in line.with_apps.iter().flat_map(|with_apps| &with_apps.apps) {
            if let Some(range) = of_line(&estate.lines[place])? {
                apps = Some(apps.map_or(Ok(range), |sum| sum.plus(range))?);
            }
        }
        per_seat.apps[line.offering] = apps.map(plain);
    }
    Ok(per_seat)
}

fn count_summary(dataset: &Dataset, counts: &Counts, findings: &[u64]) -> CountSummary {
    CountSummary {
        source: "counted from the exports listed under inputs",
        records: dataset.records(),
        accepted: dataset.files.iter().map(|file| file.accepted).sum(),
        rejected: dataset.files.iter().map(|file| file.rejected).sum(),
        people_present: counts.people_present,
        people_left: counts.people_left,
        accounts: counts.accounts(),
        standings: Standing::ALL
            .iter()
            .zip(counts.standings)
            .map(|(standing, count)| NamedCount {
                name: standing.as_str(),
                count,
            })
            .collect(),
        seats: counts.seats(),
        uses: Use::ALL
            .iter()
            .map(|&used| NamedCount {
                name: used.as_str(),
                count: counts.used(used),
            })
            .collect(),
        findings: FindingCode::ALL
            .iter()
            .zip(findings)
            .map(|(code, &count)| NamedCount {
                name: code.facts().code,
                count,
            })
            .collect(),
    }
}

fn rejects_table(dataset: &Dataset) -> Table {
    let rows = dataset
        .rejects
        .iter()
        .map(|reject| {
            vec![
                Cell::text(&reject.file),
                Cell::Count(reject.line),
                Cell::text(&reject.column),
                Cell::text(&reject.value),
                Cell::text(&reject.reason),
                reject.expected.as_ref().map_or(Cell::Missing, Cell::text),
            ]
        })
        .collect();
    Table {
        name: "rejects",
        provenance: "one row a record of the exports that was not read; accepted and rejected add up to the records"
            .to_owned(),
        columns: &["file", "line", "column", "value", "reason", "expected"],
        rows,
    }
}

/// A doubt, with the number of findings that rest on it where it has kinds of them.
fn with_findings(note: &Note, findings: &Findings) -> String {
    if note.findings.is_empty() {
        return note.text.clone();
    }
    let of_code = note.findings.iter().map(|&code| findings.of(code).len());
    let resting: usize = of_code.sum();
    match resting {
        0 => note.text.clone(),
        1 => format!("{}; 1 finding rests on it", note.text),
        _ => format!("{}; {} findings rest on it", note.text, grouped(resting)),
    }
}

/// How much lies among the exports and was not read.
fn not_read(dataset: &Dataset) -> Option<String> {
    let notes = dataset.notes.iter();
    match notes.filter(|note| note.code == NOT_READ).count() {
        0 => None,
        1 => Some("1 file or sheet was not read: `seatledger check` names it".to_owned()),
        many => Some(format!(
            "{} files or sheets were not read: `seatledger check` names them",
            grouped(many)
        )),
    }
}

/// What puts figures in doubt, with the number of findings that rest on it.
fn warnings(dataset: &Dataset, analysis: &Analysis) -> Vec<String> {
    let counts = &analysis.counts;
    let mut warnings: Vec<String> = dataset
        .notes
        .iter()
        .filter(|note| note.doubt && note.code != NOT_READ)
        .map(|note| with_findings(note, &analysis.findings))
        .collect();
    warnings.extend(not_read(dataset));
    match dataset.directory {
        DirectoryKind::Absent => warnings.push(
            "no directory was given: orphaned accounts are not known, and only unused seats count as waste".to_owned(),
        ),
        DirectoryKind::LeaversOnly => warnings.push(
            "the directory lists leavers only: everybody else counts as unknown".to_owned(),
        ),
        DirectoryKind::Roster => {}
    }
    if !dataset.has_atlassian() {
        warnings
            .push("no Atlassian export was given, so no accounts and seats are known".to_owned());
    }
    let unmatched = counts.standing(Standing::Unmatched);
    let resting = analysis.findings.of(FindingCode::UnmatchedAccount).len();
    let enabled = counts.managed_enabled.max(1);
    let told = |check: &Check| check.code() == CheckCode::NearlyAllStrangers;
    if unmatched * 20 > enabled && !analysis.checks.iter().any(told) {
        warnings.push(format!(
            "{} of {} enabled managed accounts ({}%) match nobody in the directory, which is more than usual: the \
             directory file may be cut short; {} findings rest on it",
            grouped(unmatched),
            grouped(enabled),
            unmatched * 100 / enabled,
            grouped(resting)
        ));
    }
    let rejected: u64 = dataset.files.iter().map(|file| file.rejected).sum();
    if rejected > 0 {
        warnings.push(format!(
            "{} records were left out: rejects.csv lists each with its reason",
            grouped(rejected)
        ));
    }
    warnings
}

fn accounts_section(counts: &Counts) -> Section {
    let mut table = TextTable::new(&["standing", ">accounts"]).sourced("accounts.csv");
    for (standing, count) in Standing::ALL.iter().zip(counts.standings) {
        if count > 0 {
            table.push([standing.as_str().to_owned(), grouped(count)]);
        }
    }
    if counts.accounts() > 0 {
        table.push(["total".to_owned(), grouped(counts.accounts())]);
        table.has_total = true;
    }
    Section {
        title: "Accounts".to_owned(),
        table,
        notes: Vec::new(),
    }
    .or_none("The exports list no account.")
}
