//! Looks at the outside world and fills an observation; never judges.

pub(crate) mod config;
pub(crate) mod files;
pub(crate) mod key;
pub(crate) mod neighbours;
pub(crate) mod pem;
pub(crate) mod signing_key;
