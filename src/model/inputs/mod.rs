//! What the model is told: counts, bills and statements, the identity provider, and the fees of every alternative.

pub(crate) mod facts;
pub(crate) mod fees;
pub(crate) mod growth;
pub(crate) mod provider;
