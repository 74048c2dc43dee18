//! Looks at the outside world and fills an observation; never judges.

mod absence;
pub(crate) mod config;
mod curve;
mod denial;
mod environment_file;
mod etcd_yaml;
pub(crate) mod files;
mod foreign_key;
mod form;
pub(crate) mod key;
pub(crate) mod neighbours;
pub(crate) mod pem;
mod pem_defect;
pub(crate) mod signing_key;
mod walk;
