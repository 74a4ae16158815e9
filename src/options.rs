//! Arguments and configuration resolved into what the stages take; the only place that asks the clock.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::analyse;
use crate::cli::{DateOrderArgument, InputArguments};
use crate::domain::dataset::Inferred;
use crate::domain::day::Day;
use crate::domain::stated::Stated;
use crate::error::Error;
use crate::read;
use crate::read::config::{Config, ExternalPolicy, FILE_NAME, TreatUnmatched};
use crate::read::dates::DateOrder;
use crate::read::directory::formats::{ROLE_NAMES, Role};

pub(crate) const INACTIVE_AFTER: u32 = 90;
pub(crate) const GRACE: u32 = 30;

/// Everything that decides how exports are read and classed.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub(crate) as_of: Day,
    pub(crate) read: read::Rules,
    pub(crate) analyse: analyse::Rules,
    /// Values of assumptions: the configuration's, then those of `--set`.
    pub(crate) assumptions: BTreeMap<String, Stated>,
}

/// Resolves the arguments of a command that reads exports.
pub(crate) fn resolve(arguments: &InputArguments, config: &Config) -> Result<Options, Error> {
    let as_of = match &arguments.as_of {
        Some(text) => day(text)?,
        None => config.organisation.as_of.unwrap_or_else(today),
    };
    if let Some(created) = config.scim.key_created
        && created > as_of
    {
        return Err(config.fault(
            "key_created",
            "",
            format!(
                "`key_created` under [scim] is {created}, after the day of the report, {as_of}"
            ),
            "correct the day, or state that of the exports with --as-of",
        ));
    }
    let treat_unmatched_as_orphaned =
        config.thresholds.treat_unmatched_as == Some(TreatUnmatched::Orphaned);
    let mut leavers_only = config.input.leavers_only.clone();
    leavers_only.extend(arguments.leavers_only.iter().cloned());
    let mut assumptions: BTreeMap<String, Stated> = config
        .assumptions
        .iter()
        .map(|(name, value)| (name.clone(), Stated::in_file(FILE_NAME, &value.0)))
        .collect();
    for stated in &arguments.set {
        let (name, value) = stated.split_once('=').ok_or_else(|| Error::Usage {
            message: format!("--set {stated:?} has no value"),
            hint: "write it as --set it_hourly_rate=75".to_owned(),
        })?;
        assumptions.insert(name.trim().to_owned(), Stated::by_option(value.trim()));
    }
    Ok(Options {
        as_of,
        read: read::Rules {
            as_of,
            date_order: match arguments.date_order {
                Some(DateOrderArgument::DayFirst) => Some(DateOrder::DayFirst),
                Some(DateOrderArgument::MonthFirst) => Some(DateOrder::MonthFirst),
                None => config.input.date_order.map(DateOrder::from),
            },
            leavers_only,
            columns: columns(config)?,
            groups: config.exempt_groups(),
            skip_bad_rows: arguments.skip_bad_rows,
        },
        analyse: analyse::Rules {
            as_of,
            inactive_after: arguments
                .inactive_after
                .or(config.thresholds.inactive_after)
                .unwrap_or(INACTIVE_AFTER),
            grace: arguments.grace.or(config.thresholds.grace).unwrap_or(GRACE),
            treat_unmatched_as_orphaned,
            external_policy_billable: config.guard.external_policy
                == Some(ExternalPolicy::Billable),
            scim_key_created: config.scim.key_created,
            idp_full_scim: None,
        },
        assumptions,
    })
}

impl Options {
    /// Thresholds that are not the defaults.
    pub(crate) fn departures(&self) -> Vec<Inferred> {
        let Options { analyse, .. } = self;
        let changed = |name: &str, days: u32, default: u32| {
            (days != default).then(|| Inferred {
                basis: "configured",
                name: name.to_owned(),
                value: format!("{days} days"),
                from: format!(
                    "an option or [thresholds] of seatledger.toml; {default} days without it"
                ),
            })
        };
        let orphaned = analyse.treat_unmatched_as_orphaned.then(|| Inferred {
            basis: "configured",
            name: "treat_unmatched_as".to_owned(),
            value: "orphaned".to_owned(),
            from: "[thresholds] of seatledger.toml; unmatched accounts are no waste without it"
                .to_owned(),
        });
        [
            changed("inactive_after", analyse.inactive_after, INACTIVE_AFTER),
            changed("grace", analyse.grace, GRACE),
            orphaned,
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// What the configuration says of a roster's columns.
fn columns(config: &Config) -> Result<Vec<(Role, String)>, Error> {
    let known = |name: &str| {
        ROLE_NAMES
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, role)| *role)
    };
    config
        .input
        .columns
        .iter()
        .map(|(name, column)| {
            let role = known(name).ok_or_else(|| {
                let names: Vec<&str> = ROLE_NAMES.iter().map(|(name, _)| *name).collect();
                config.fault(
                    name,
                    column,
                    format!("[input.columns] has {name:?}, which is nothing that a column can say"),
                    &format!("it can say {}", names.join(", ")),
                )
            })?;
            Ok((role, column.clone()))
        })
        .collect()
}

/// A day of the command line.
pub(crate) fn day(text: &str) -> Result<Day, Error> {
    text.parse().map_err(|message| Error::Usage {
        message,
        hint: "for example --as-of 2026-11-30".to_owned(),
    })
}

/// A stated day, or today.
pub(crate) fn day_or_today(text: Option<&str>) -> Result<Day, Error> {
    text.map_or_else(|| Ok(today()), day)
}

/// The paths to look through: the present folder when none are named.
pub(crate) fn paths(arguments: &InputArguments) -> Vec<PathBuf> {
    if arguments.paths.is_empty() {
        vec![PathBuf::from(".")]
    } else {
        arguments.paths.clone()
    }
}

/// The day by the machine's clock and time zone.
#[allow(clippy::disallowed_methods)]
fn today() -> Day {
    Day::from_date(chrono::Local::now().date_naive())
}
