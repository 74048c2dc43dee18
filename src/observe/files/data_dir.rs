//! The data directories that configurations of etcd name: whether a member has started there, and which members it knows.
//!
//! etcd `server/embed/etcd.go` (`isMemberInitialized`): a write-ahead log is what counts.

use std::{io::ErrorKind, path::Path};

use super::{bolt::Database, file_reader};
use crate::observation::{
    ConfigFile, Program,
    data_dir::{DataDirState, DataDirectory},
    endpoint::MemberSeen,
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
            let state = look(Path::new(path), &log);
            let is_one = state == DataDirState::Member;
            let members = is_one.then(|| members(Path::new(path))).flatten().unwrap_or_default();
            seen.push(DataDirectory { path: path.to_owned(), state, members });
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

/// The members by the `members` bucket of the database (etcd `server/storage/schema/membership.go`). Read while etcd writes it may
/// make no sense; then nothing is known.
fn members(path: &Path) -> Option<Vec<MemberSeen>> {
    let (file, _) = file_reader::open(&path.join("member/snap/db"), u64::MAX).ok()?;
    let database = Database::open(&file, file.metadata().ok()?.len()).ok()?;
    let mut members: Vec<String> = Vec::new();
    let walked = database.walk(
        |bucket| bucket == b"members",
        |_, entry| members.extend(entry.map(|(_, value)| String::from_utf8_lossy(value).into())),
    );
    walked.ok()?;
    Some(MemberSeen::list(&format!("[{}]", members.join(","))))
}
