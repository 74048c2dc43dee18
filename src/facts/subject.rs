//! The file, endpoint or setting that a finding is about.

use serde::Serialize;

/// What a finding is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// A file, by the path that the user gave.
    File(String),
    /// An endpoint, by the URL that the user gave.
    Endpoint(String),
    /// A setting in a configuration file.
    Setting {
        /// The configuration file.
        file: String,
        /// The setting, as etcd's flag without dashes.
        name: String,
    },
    /// A command line flag that names no file.
    Flag(String),
}

impl std::fmt::Display for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(path) => f.write_str(path),
            Self::Endpoint(url) => f.write_str(url),
            // Options of etcd and etcdctl are flags; other clients spell theirs as they stand in the file.
            Self::Setting { file, name }
                if name.contains('.')
                    || name.starts_with("--")
                    || name.starts_with(char::is_uppercase) =>
            {
                write!(f, "{file} {name}")
            }
            Self::Setting { file, name } => write!(f, "{file} --{name}"),
            Self::Flag(flag) => f.write_str(flag),
        }
    }
}

impl Serialize for Subject {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
