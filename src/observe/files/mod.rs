//! Bytes of files and folders: read without ever hanging, taken apart as Go's PEM and key readers do. No network, no judgement.

pub(crate) mod absence;
pub(crate) mod access;
pub(crate) mod arriving;
pub(crate) mod bolt;
pub(crate) mod crc32c;
pub(crate) mod curve;
pub(crate) mod data_dir;
pub(crate) mod denial;
pub(crate) mod destination;
pub(crate) mod file_error;
pub(crate) mod file_reader;
pub(crate) mod folder;
pub(crate) mod foreign_key;
pub(crate) mod form;
pub(crate) mod key;
pub(crate) mod keystore;
pub(crate) mod kubeconfig;
pub(crate) mod named_file;
pub(crate) mod neighbours;
pub(crate) mod pem;
pub(crate) mod pem_defect;
pub(crate) mod tree;
pub(crate) mod walk;
