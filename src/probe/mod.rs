//! Looks at the outside world and fills an observation; never judges.

pub(crate) mod config;
mod curve;
pub(crate) mod files;
mod foreign_key;
pub(crate) mod key;
pub(crate) mod neighbours;
pub(crate) mod pem;
mod pem_defect;
pub(crate) mod signing_key;
