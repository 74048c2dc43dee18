//! Whether another user than ours can reach a file, by the permission bits of every component: `path_resolution(7)`.
//!
//! Where an access list (`acl(5)`) says more than the bits, nothing is claimed.

use std::{
    fs::Metadata,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use super::walk::walk;
use crate::{
    etcd::option::files_of,
    observation::{ConfigFile, Runner, access::ClosedPath},
};

const READ: u32 = 4;
const WRITE: u32 = 2;
const PASS: u32 = 1;

/// The files and directories of configured programs that are closed to the users who run these, below the directory that stands for
/// the machine's `/`.
pub(crate) fn closed(configs: &[ConfigFile], root: &Path) -> Vec<ClosedPath> {
    let mut closed: Vec<ClosedPath> = Vec::new();
    for config in configs {
        let is_root = config.runner.uid == Some(0) || config.runner.user.as_deref() == Some("root");
        let Some(user) = config.runner.name().filter(|_| !is_root) else { continue };
        let files = files_of(config.program).map(|option| (option, READ));
        let named = files.chain([("data-dir", READ | WRITE | PASS)]);
        for (option, needed) in named {
            let path = config.get(option).map(|setting| Path::new(setting.path()));
            let Some(path) = path.filter(|path| path.is_absolute()) else { continue };
            let found = first_closed(path, root, &user, &config.runner, needed);
            closed.extend(found.filter(|found| !closed.contains(found)));
        }
    }
    closed
}

fn first_closed(
    path: &Path,
    root: &Path,
    user: &str,
    runner: &Runner,
    needed: u32,
) -> Option<ClosedPath> {
    // What is missing is told elsewhere.
    let end = walk(path).ok()?;
    let mut components: Vec<PathBuf> = end.ancestors().map(Path::to_owned).collect();
    components.retain(|component| component.starts_with(root));
    components.into_iter().rev().find_map(|component| {
        let found = component.symlink_metadata().ok()?;
        let needed = if component == end { needed } else { PASS };
        let granted = granted(&found, runner);
        let is_closed = granted & needed != needed && !has_access_list(&component);
        is_closed.then(|| ClosedPath {
            path: path.display().to_string(),
            user: user.to_owned(),
            component: component.display().to_string(),
            is_directory: found.is_dir(),
            uid: found.uid(),
            gid: found.gid(),
            mode: found.mode() & 0o7777,
        })
    })
}

/// What the bits grant. A user whose number is not known may be anybody but root, whose files are then another one's.
fn granted(found: &Metadata, runner: &Runner) -> u32 {
    let bits = found.mode() & 0o777;
    match runner.uid {
        Some(uid) if found.uid() == uid => bits >> 6,
        Some(_) if runner.gids.contains(&found.gid()) => bits >> 3,
        None if found.uid() != 0 => READ | WRITE | PASS,
        None if found.gid() != 0 => bits | bits >> 3,
        Some(_) | None => bits,
    }
}

fn has_access_list(path: &Path) -> bool {
    let mut value = [0_u8; 0];
    rustix::fs::getxattr(path, "system.posix_acl_access", &mut value).is_ok()
}
