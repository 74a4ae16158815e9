//! What the answer rests on: each input moved alone, and all of them drawn at once.

pub(crate) mod sensitivity;
pub(crate) mod simulation;
