//! etcd's own configuration: an environment file or a `--config-file`, told apart by what is in them.

use std::path::Path;

use super::{environment_file, etcd_yaml, files};
use crate::observation::config::{ConfigFile, ConfigKind, Setting};
use crate::observation::file::FileState;

/// No configuration of etcd comes near.
const LARGEST: u64 = 1 << 20;

/// What one reader makes of a file.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    pub(super) settings: Vec<Setting>,
    pub(super) problem: Option<String>,
}

/// Reads the file at `path`, whichever of the two kinds it is.
pub(crate) fn read(path: &Path) -> ConfigFile {
    let (kind, parsed) = match files::read(path, LARGEST) {
        Ok((_, bytes)) => parse(&String::from_utf8_lossy(&bytes)),
        Err(state) => {
            let problem = Some(problem_of(state));
            (ConfigKind::Unknown, Parsed { settings: Vec::new(), problem })
        }
    };
    let Parsed { mut settings, problem } = parsed;
    settings.retain(|setting| !is_secret(&setting.name));
    ConfigFile { path: path.display().to_string(), kind, settings, problem }
}

fn parse(text: &str) -> (ConfigKind, Parsed) {
    if environment_file::is_one(text) {
        return (ConfigKind::Environment, environment_file::parse(text));
    }
    let parsed = etcd_yaml::parse(text);
    let is_kubernetes = parsed.settings.iter().any(|setting| setting.name == "apiVersion");
    if !parsed.settings.is_empty() && !is_kubernetes {
        return (ConfigKind::EtcdYaml, parsed);
    }
    let neither = || "neither ETCD_NAME=value lines nor etcd's YAML".to_owned();
    let problem = Some(parsed.problem.unwrap_or_else(neither));
    (ConfigKind::Unknown, Parsed { settings: Vec::new(), problem })
}

/// Whether a value may let somebody in; such settings are left out.
fn is_secret(name: &str) -> bool {
    let is_token = name.ends_with("token") && name != "auth-token";
    is_token || name == "discovery-user" || name.contains("password") || name.contains("secret")
}

fn problem_of(state: FileState) -> String {
    match state {
        FileState::Missing { .. } => "no such file or directory".to_owned(),
        FileState::Denied { error, .. } | FileState::Failed { error } => error,
        FileState::Directory { .. } => "is a directory".to_owned(),
        FileState::NotRegular { kind } => format!("is no regular file but a {kind}"),
        FileState::TooLarge { size, limit } => format!("has {size} bytes, more than {limit}"),
        FileState::Read(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> ConfigFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        read(file.path())
    }

    #[test]
    fn the_content_tells_the_kind() {
        for (text, kind) in [
            ("# etcd\nexport ETCD_NAME=a\n", ConfigKind::Environment),
            ("PATH=/bin\nETCD_NAME=a\n", ConfigKind::Environment),
            ("name: a=b\n", ConfigKind::EtcdYaml),
            ("{\"name\": \"a\"}", ConfigKind::EtcdYaml),
            ("apiVersion: v1\nkind: Pod\n", ConfigKind::Unknown),
            ("[Service]\nExecStart=/usr/bin/etcd\n", ConfigKind::Unknown),
            ("", ConfigKind::Unknown),
        ] {
            let found = read_text(text);
            assert_eq!(found.kind, kind, "{text}");
            assert_eq!(found.problem.is_some(), kind == ConfigKind::Unknown, "{text}");
        }
    }

    #[test]
    fn secrets_are_left_out() {
        let text = "ETCD_ROOT_PASSWORD=x\nETCD_DISCOVERY_USER=a:x\nETCD_INITIAL_CLUSTER_TOKEN=x\n\
                    ETCD_AUTH_TOKEN=jwt\n";
        let names: Vec<_> = read_text(text).settings.into_iter().map(|s| s.name).collect();
        assert_eq!(names, ["auth-token"]);
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let directory = tempfile::tempdir().unwrap();
        let problem = |path: &Path| read(path).problem.unwrap();
        assert_eq!(problem(directory.path()), "is a directory");
        assert_eq!(problem(&directory.path().join("etcd.env")), "no such file or directory");
        assert_eq!(problem(Path::new("/dev/zero")), "is no regular file but a character device");
    }
}
