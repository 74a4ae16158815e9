//! From the arguments to exports read, merged and classed: what most commands begin with.

use std::io::Write;

use super::Failure;
use super::facts::{provider, provider_meant};
use super::price_book;
use super::timeline::Timeline;
use crate::analyse::{self, Analysis};
use crate::cli::InputArguments;
use crate::domain::check_table;
use crate::domain::dataset::{Dataset, Inferred};
use crate::error::Error;
use crate::model::inputs::provider::Provisioning;
use crate::options::{self, Options};
use crate::read::config::Config;
use crate::read::{self, discover, names};

/// Exports, read and merged, with what decides how they are classed.
pub(super) struct Loaded {
    pub(super) dataset: Dataset,
    pub(super) config: Config,
    pub(super) options: Options,
}

/// Reads the exports for figures; the day they are for may be told on standard error.
pub(super) fn load(arguments: &InputArguments, err: &mut dyn Write) -> Result<Loaded, Failure> {
    load_timed(arguments, &mut Timeline::start(), err)
}

pub(super) fn load_timed(
    arguments: &InputArguments,
    timeline: &mut Timeline,
    err: &mut dyn Write,
) -> Result<Loaded, Failure> {
    let mut loaded = read_and_merge(arguments, timeline)?;
    if let Some(remark) = loaded.settle()? {
        writeln!(err, "{remark}")?;
    }
    Ok(loaded)
}

/// Reads the exports; what they are can be told without a day.
pub(super) fn look_at(arguments: &InputArguments) -> Result<Loaded, Error> {
    read_and_merge(arguments, &mut Timeline::start())
}

fn read_and_merge(arguments: &InputArguments, timeline: &mut Timeline) -> Result<Loaded, Error> {
    check_table::sound().map_err(|fault| Error::step("reading the table of checks", fault))?;
    let found = discover::discover(&options::paths(arguments), arguments.config.as_deref())?;
    let mut options = options::resolve(arguments, &found.config)?;
    know_the_provider(&mut options, &found.config)?;
    timeline.end("files found");
    let (batches, rules) = read::files(&found.exports, &options.read)?;
    timeline.end("files read");
    let mut dataset = read::merge(batches, &found.config, &rules)?;
    timeline.end("accounts and people merged and matched");
    dataset.notes.extend(found.notes);
    let for_nothing = names::for_nothing(&found.config, &dataset.offerings, &price_book()?);
    dataset.notes.extend(for_nothing);
    Ok(Loaded {
        dataset,
        config: found.config,
        options,
    })
}

/// What the identity provider of the configuration means to the findings.
fn know_the_provider(options: &mut Options, config: &Config) -> Result<(), Error> {
    let stated = config.organisation.identity_provider.as_deref();
    if let Some(stated) = stated
        && let Some(meant) = provider_meant(stated)?
    {
        return Err(config.fault(
            "identity_provider",
            stated,
            format!("`identity_provider` under [organisation] is {stated:?}, and no provider has this name"),
            &format!("did you mean {meant:?}? Leave the key out where it is another one"),
        ));
    }
    let provider = provider(stated)?;
    if !provider.key_expires {
        options.analyse.scim_key_created = None;
    }
    options.analyse.idp_full_scim = match provider.provisioning {
        Provisioning::Full => Some(true),
        Provisioning::UsersOnly | Provisioning::JustInTime => Some(false),
        Provisioning::NotKnown => None,
    };
    Ok(())
}

impl Loaded {
    /// Settles the day of the report by the exports, where none is stated. Gives a remark where it lies far back.
    pub(super) fn settle(&mut self) -> Result<Option<String>, Error> {
        let as_of = self.dataset.as_of;
        let remark = self.options.settle(as_of, &self.config)?;
        if let Some(as_of) = as_of.filter(|_| !self.dataset.day_is_stated) {
            self.dataset.inferred.push(Inferred {
                basis: "inferred",
                name: "day of the report".to_owned(),
                default: None,
                value: as_of.to_string(),
                from: "the newest day in the exports on which something happened".to_owned(),
            });
            self.dataset.inferred.sort();
        }
        Ok(remark)
    }

    pub(super) fn analyse(&self) -> Result<Analysis, Error> {
        analyse::analyse(&self.dataset, &self.options.analyse)
    }
}
