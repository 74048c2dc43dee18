//! A path that this user may not read: which directory or file on the way refuses.

use std::os::unix::fs::MetadataExt;
use std::path::Path;

use super::walk::walk;
use crate::observation::file::FileState;
use crate::observation::refusal::SystemError;

/// The state of a path whose use was denied with `error`.
pub(crate) fn denied(path: &Path, error: SystemError) -> FileState {
    // A name that cannot be looked up is denied by the directory it is in; a path that can, by the file itself.
    let component = walk(path).unwrap_or_else(|stop| stop.reached);
    let found = std::fs::symlink_metadata(&component).ok();
    FileState::Denied {
        component: component.display().to_string(),
        uid: found.as_ref().map(MetadataExt::uid),
        gid: found.as_ref().map(MetadataExt::gid),
        mode: found.as_ref().map(|found| found.mode() & 0o7777),
        error,
    }
}

#[cfg(test)]
mod tests {
    use std::fs::Permissions;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::os::unix::process::CommandExt;
    use std::process::Command;

    use super::super::file_reader;
    use super::*;

    #[test]
    fn what_denies_is_named_with_its_mode() {
        if rustix::process::geteuid().is_root() {
            return as_nobody("observe::files::denial::tests::what_denies_is_named_with_its_mode");
        }
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path().canonicalize().unwrap();
        let (pki, key) = (root.join("pki"), root.join("pki/ca.key"));
        std::fs::create_dir(&pki).unwrap();
        std::fs::write(&key, "").unwrap();
        symlink("pki", root.join("link")).unwrap();
        let chmod = |path: &Path, mode| {
            std::fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
        };
        let denied = |expected: &Path, expected_mode| {
            let state = file_reader::load(&root.join("link/ca.key"), &[]).seen.state;
            let FileState::Denied { component, uid, mode, error, .. } = state else { panic!() };
            assert_eq!((Path::new(&component), mode), (expected, Some(expected_mode)));
            assert_eq!(uid, Some(rustix::process::geteuid().as_raw()));
            assert_eq!(error, SystemError::Errno(rustix::io::Errno::ACCESS.raw_os_error()));
        };
        chmod(&key, 0o200);
        denied(&key, 0o200);
        chmod(&pki, 0o600);
        denied(&pki, 0o600);
        chmod(&pki, 0o700);
    }

    /// Nothing is denied to root, so the test runs itself again as somebody else.
    fn as_nobody(test: &str) {
        const NOBODY: u32 = 65_534;
        let mut command = Command::new("/proc/self/exe");
        command.args([test, "--exact"]).current_dir("/").uid(NOBODY).gid(NOBODY);
        let output = command.output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && said.contains("1 passed"), "{said}");
    }
}
