//! The data directories that configurations of etcd name: whether a member has started there.
//!
//! etcd `server/embed/etcd.go` (`isMemberInitialized`): a write-ahead log is what counts.

use std::{io::ErrorKind, path::Path};

use crate::observation::{
    ConfigFile, Program,
    data_dir::{DataDirState, DataDirectory},
};

/// The data directories of configured members, each once.
pub(crate) fn of(configs: &[ConfigFile]) -> Vec<DataDirectory> {
    let mut seen: Vec<DataDirectory> = Vec::new();
    for config in configs.iter().filter(|config| config.program == Program::Etcd) {
        let absolute = |name: &str| {
            let path = config.get(name)?.path();
            path.starts_with('/').then_some(path)
        };
        let Some(path) = absolute("data-dir") else { continue };
        if seen.iter().all(|known| known.path != path) {
            let log =
                absolute("wal-dir").map_or_else(|| Path::new(path).join("member/wal"), Into::into);
            seen.push(DataDirectory { path: path.to_owned(), state: look(Path::new(path), &log) });
        }
    }
    seen
}

fn look(path: &Path, log: &Path) -> DataDirState {
    match path.read_dir() {
        Err(error) if error.kind() == ErrorKind::NotFound => return DataDirState::Absent,
        Err(error) => return DataDirState::Unreadable((&error).into()),
        Ok(_) => {}
    }
    match log.read_dir() {
        Err(error) if error.kind() == ErrorKind::NotFound => DataDirState::Fresh,
        Err(error) => DataDirState::Unreadable((&error).into()),
        Ok(mut entries) => {
            let is_log = |name: &Path| name.extension().is_some_and(|extension| extension == "wal");
            let started = entries.any(|entry| entry.is_ok_and(|entry| is_log(&entry.path())));
            if started { DataDirState::Member } else { DataDirState::Fresh }
        }
    }
}
