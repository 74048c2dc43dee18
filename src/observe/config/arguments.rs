//! A file of flags alone, as a snap keeps those of its services.

use super::command_line::{self, Word, shell_words};
use crate::observation::{ConfigFile, ConfigKind, Program};

/// The flags of a snap's service: `MicroK8s` keeps them in `/var/snap/microk8s/current/args/`, with the snap's variables in them.
pub(super) fn parse(text: &str, path: &str) -> ConfigFile {
    let folders = path.rfind("/var/snap/").and_then(|at| {
        let mut names = path[at..].split('/').skip(3);
        let (snap, revision) = (names.next()?, names.next()?);
        Some((format!("/var/snap/{snap}/{revision}"), format!("/var/snap/{snap}/common")))
    });
    let value_of = |name: &str| match (name, &folders) {
        ("SNAP_DATA", Some((data, _))) => Some(data.clone()),
        ("SNAP_COMMON", Some((_, common))) => Some(common.clone()),
        _ => None,
    };
    let words: Vec<_> = shell_words(text, 1)
        .into_iter()
        .map(|word| Word { text: command_line::expand(&word.text, &value_of), ..word })
        .collect();
    let is_apiserver = words.iter().any(|word| word.text.starts_with("--etcd-servers"));
    let program = if is_apiserver { Program::KubeApiserver } else { Program::Etcd };
    let settings = command_line::settings(program, &words);
    let (path, kind) = (path.to_owned(), ConfigKind::Arguments);
    ConfigFile { path, kind, program, settings, ..ConfigFile::default() }
}
