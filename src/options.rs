//! Arguments and configuration resolved into what the stages take; the only place that asks the clock.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::analyse;
use crate::cli::{DateOrderArgument, InputArguments};
use crate::domain::dataset::Inferred;
use crate::domain::day::Day;
use crate::domain::person::PersonStatus;
use crate::domain::settings::{GRACE, INACTIVE_AFTER};
use crate::domain::stated::{Place, Stated};
use crate::error::Error;
use crate::model::assumptions::assumption::HOURS_A_YEAR;
use crate::read;
use crate::read::config::{Config, ExternalPolicy, FILE_NAME, Names, TreatUnmatched};
use crate::read::dates::DateOrder;
use crate::read::directory::formats::{ROLE_NAMES, Role};
use crate::read::words::STATUS_NAMES;

/// Everything that decides how exports are read and classed.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// The day of the report; the clock's until `settle` has it from the exports.
    pub(crate) as_of: Day,
    pub(crate) read: read::Rules,
    pub(crate) analyse: analyse::Settings,
    /// Values of assumptions: the configuration's, then those of `--set`.
    pub(crate) assumptions: BTreeMap<String, Stated>,
}

/// Resolves the arguments of a command that reads exports.
pub(crate) fn resolve(arguments: &InputArguments, config: &Config) -> Result<Options, Error> {
    let stated = match &arguments.as_of {
        Some(text) => Some(day(text)?),
        None => config.organisation.as_of,
    };
    let today = arguments.today.map_or_else(today, Day::from_date);
    let as_of = stated.unwrap_or(today);
    if stated.is_some() {
        refuse_a_later_key(as_of, config)?;
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
            as_of: stated,
            day_is_inferred: false,
            today,
            days_of_adding: false,
            date_order: match arguments.date_order {
                Some(DateOrderArgument::DayFirst) => Some(DateOrder::DayFirst),
                Some(DateOrderArgument::MonthFirst) => Some(DateOrder::MonthFirst),
                None => config.input.date_order,
            },
            leavers_only,
            columns: columns(config)?,
            status_words: status_words(config)?,
            groups: config.exempt_groups(),
            skip_bad_rows: arguments.skip_bad_rows,
        },
        analyse: analyse::Settings {
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

/// Refuses a SCIM key that was made after the day of the report.
fn refuse_a_later_key(as_of: Day, config: &Config) -> Result<(), Error> {
    match config.scim.key_created {
        Some(created) if created > as_of => Err(config.fault(
            "key_created",
            "",
            format!(
                "`key_created` under [scim] is {created}, after the day of the report, {as_of}"
            ),
            "correct the day, or state that of the exports with --as-of",
        )),
        _ => Ok(()),
    }
}

/// Exports whose newest event is older than so many days are told on standard error.
const OLD: i32 = 31;

impl Options {
    /// Takes the day that the exports tell, where none is stated. Gives a remark where that lies far back.
    pub(crate) fn settle(
        &mut self,
        as_of: Option<Day>,
        config: &Config,
    ) -> Result<Option<String>, Error> {
        if self.read.as_of.is_some() {
            return Ok(None);
        }
        let as_of = as_of.ok_or_else(|| Error::Usage {
            message: "no export has a day on which something happened (a last use, a sign-in, an account added), so \
                      the day of the report can't be told"
                .to_owned(),
            hint: "state the day on which the exports were made, --as-of 2026-11-30, or as_of under [organisation] \
                   in seatledger.toml"
                .to_owned(),
        })?;
        refuse_a_later_key(as_of, config)?;
        self.as_of = as_of;
        self.analyse.as_of = as_of;
        let age = self.read.today.days_since(as_of);
        Ok((age > OLD).then(|| {
            format!(
                "note: the newest day in the exports is {as_of}, {age} days ago: the report is for that day; export \
                 again for a later one"
            )
        }))
    }

    /// Thresholds and hours that are not the defaults, with the line or the option that states them.
    pub(crate) fn your_settings(&self, config: &Config) -> Vec<Inferred> {
        let Options {
            analyse,
            assumptions,
            ..
        } = self;
        let line = |key: &str| format!("{}:{}", config.file, config.line_of_key(key, ""));
        let setting = |name: &str, default: String, value: String, from: String| Inferred {
            basis: "configured",
            name: name.to_owned(),
            default: Some(default),
            value,
            from,
        };
        let changed = |name: &str, option: &str, days: u32, stated: Option<u32>, default: u32| {
            let from = match stated {
                Some(stated) if stated == days => line(name),
                _ => option.to_owned(),
            };
            let [of_default, of_days] = [default, days].map(|days| format!("{days} days"));
            (days != default).then(|| setting(name, of_default, of_days, from))
        };
        let stated = &config.thresholds;
        let orphaned = analyse.treat_unmatched_as_orphaned.then(|| {
            let name = "treat_unmatched_as";
            let [default, value] = ["unmatched", "orphaned"].map(str::to_owned);
            setting(name, default, value, line(name))
        });
        let hours = assumptions.get(HOURS_A_YEAR).map(|hours| {
            let from = match hours.place {
                Place::File(_) => line(HOURS_A_YEAR),
                Place::Set => "the option --set".to_owned(),
            };
            let default = "by headcount, from it_hours_per_500".to_owned();
            setting(HOURS_A_YEAR, default, format!("{} h", hours.value), from)
        });
        [
            changed(
                "inactive_after",
                "the option --inactive-after",
                analyse.inactive_after,
                stated.inactive_after,
                INACTIVE_AFTER,
            ),
            changed(
                "grace",
                "the option --grace",
                analyse.grace,
                stated.grace,
                GRACE,
            ),
            orphaned,
            hours,
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// What the configuration says of a roster's columns.
fn columns(config: &Config) -> Result<Vec<(Role, String)>, Error> {
    named(
        config,
        "columns",
        &config.input.columns,
        ROLE_NAMES,
        "that a column can say",
    )
}

/// What the configuration says of the words of a status column.
fn status_words(config: &Config) -> Result<Vec<(PersonStatus, String)>, Error> {
    named(
        config,
        "status",
        &config.input.status,
        STATUS_NAMES,
        "that a status can mean",
    )
}

/// The texts of a table `[input.…]`, each under one of the meanings that are known.
fn named<T: Copy>(
    config: &Config,
    table: &str,
    stated: &BTreeMap<String, Names>,
    meanings: &[(&str, T)],
    what: &str,
) -> Result<Vec<(T, String)>, Error> {
    let names: Vec<&str> = meanings.iter().map(|(name, _)| *name).collect();
    let meant = |(name, Names(texts)): (&String, &'_ Names)| {
        let found = meanings.iter().find(|(known, _)| known == name);
        let (_, meaning) = found.ok_or_else(|| {
            let message = format!("[input.{table}] has {name:?}, which is nothing {what}");
            let hint = format!("it can say {}", names.join(", "));
            config.fault(name, "", message, &hint)
        })?;
        let texts = texts.iter().map(|text| (*meaning, text.clone()));
        Ok(texts.collect::<Vec<_>>())
    };
    Ok(Error::all(stated.iter().map(meant))?.concat())
}

/// A day of the command line.
pub(crate) fn day(text: &str) -> Result<Day, Error> {
    text.parse().map_err(|message| Error::Usage {
        message,
        hint: "for example --as-of 2026-11-30".to_owned(),
    })
}

/// The most users that a quote is for: everyone alive.
const MOST_USERS: u64 = 8_000_000_000;

/// The numbers of users that `--users` lists.
pub(crate) fn users(stated: &[String]) -> Result<Vec<u64>, Error> {
    let mut all = Vec::new();
    for list in stated {
        let numbers: Vec<&str> = list.split(',').map(str::trim).collect();
        refuse_grouped_digits(list, &numbers)?;
        for text in numbers {
            let number = text.parse::<u64>().ok();
            let number = number.filter(|number| (1..=MOST_USERS).contains(number));
            all.push(number.ok_or_else(|| Error::Usage {
                message: format!("--users {text} is not a number of users"),
                hint: format!("give whole numbers from 1 to {MOST_USERS}, separated by commas"),
            })?);
        }
    }
    Ok(all)
}

/// `1,800` is a number as people write it and a list as this option has it. Lists of headcounts do not begin below ten.
fn refuse_grouped_digits(list: &str, numbers: &[&str]) -> Result<(), Error> {
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_group = |text: &&&str| text.len() == 3 && is_digits(text);
    let [first, others @ ..] = numbers else {
        return Ok(());
    };
    let groups: Vec<&str> = others.iter().take_while(is_group).copied().collect();
    if groups.is_empty() || first.len() != 1 || !is_digits(first) {
        return Ok(());
    }
    let whole = format!("{first}{}", groups.concat());
    let mut rest = vec![whole.as_str()];
    rest.extend(others.iter().skip(groups.len()).copied());
    let (largest_first, last) = (others.join(","), first);
    Err(Error::Usage {
        message: format!(
            "--users {list} can be read as {}, or as {}",
            rest.join(" and "),
            numbers.join(" and ")
        ),
        hint: format!(
            "write {} without a comma within a number, or {largest_first},{last} for a list",
            rest.join(",")
        ),
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

#[cfg(test)]
mod tests {
    use super::users;
    use crate::error::Error;

    fn read(stated: &[&str]) -> Result<Vec<u64>, String> {
        let stated: Vec<String> = stated.iter().map(|&text| text.to_owned()).collect();
        users(&stated).map_err(|error| match error {
            Error::Usage { message, hint } => format!("{message}; {hint}"),
            other => other.to_string(),
        })
    }

    #[test]
    fn lists_of_users() {
        for (stated, expected) in [
            (&["100,250,500"][..], &[100, 250, 500][..]),
            (&["50,500"], &[50, 500]),
            (&["100", "250"], &[100, 250]),
            (&["5"], &[5]),
            (&["1,80"], &[1, 80]),
            (&["1,1800"], &[1, 1800]),
            (&["10, 100"], &[10, 100]),
            (&["800,1"], &[800, 1]),
            (&["12,500"], &[12, 500]),
        ] {
            assert_eq!(read(stated), Ok(expected.to_vec()));
        }
        for wrong in ["0", "", "some", "100,", "1.800", "-5", "8000000001"] {
            let fault = read(&[wrong]).unwrap_err();
            assert!(fault.contains("is not a number of users"), "{fault}");
        }
    }

    #[test]
    fn a_number_with_a_comma_in_it_has_two_readings() {
        assert_eq!(
            read(&["1,800"]).unwrap_err(),
            "--users 1,800 can be read as 1800, or as 1 and 800; \
             write 1800 without a comma within a number, or 800,1 for a list"
        );
        assert_eq!(
            read(&["100", "1,800,000"]).unwrap_err(),
            "--users 1,800,000 can be read as 1800000, or as 1 and 800 and 000; \
             write 1800000 without a comma within a number, or 800,000,1 for a list"
        );
        assert!(
            read(&["9, 999,50"])
                .unwrap_err()
                .contains("9999 and 50, or as 9 and 999 and 50")
        );
    }
}
