//! From the arguments to exports read, merged and classed: what most commands begin with.

use super::price_book;
use crate::analyse::{self, Analysis};
use crate::cli::InputArguments;
use crate::domain::dataset::Dataset;
use crate::error::Error;
use crate::options::{self, Options};
use crate::read::config::Config;
use crate::read::{self, discover, names};

/// Exports, read and merged, with what decides how they are classed.
pub(super) struct Loaded {
    pub(super) dataset: Dataset,
    pub(super) config: Config,
    pub(super) options: Options,
}

pub(super) fn load(arguments: &InputArguments) -> Result<Loaded, Error> {
    let found = discover::discover(&options::paths(arguments), arguments.config.as_deref())?;
    let mut options = options::resolve(arguments, &found.config)?;
    let named = found.config.organisation.identity_provider.as_deref();
    if !super::facts::provider(named)?.key_expires {
        options.analyse.scim_key_created = None;
    }
    let mut dataset = read::read(&found.exports, &found.config, &options.read)?;
    dataset.notes.extend(found.notes);
    let for_nothing = names::for_nothing(&found.config, &dataset.offerings, &price_book()?);
    dataset.notes.extend(for_nothing);
    Ok(Loaded {
        dataset,
        config: found.config,
        options,
    })
}

impl Loaded {
    pub(super) fn analyse(&self) -> Result<Analysis, Error> {
        analyse::analyse(&self.dataset, &self.options.analyse)
    }
}
