//! Follows a path component by component, symbolic links resolved, as the kernel does: `path_resolution(7)`.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::io;
use std::path::{Component, Path, PathBuf};

/// As many links as the kernel follows.
const MOST_LINKS: usize = 40;

/// Where a walk stopped.
pub(crate) struct Stop {
    /// The directory reached, free of links; empty for the working directory.
    pub(crate) reached: PathBuf,
    /// The name in it that could not be looked up.
    pub(crate) name: OsString,
    /// What was still to come behind that name.
    pub(crate) rest: PathBuf,
    /// The target of the symbolic link that cannot be resolved, if the walk stopped inside of one.
    pub(crate) link_target: Option<PathBuf>,
}

/// Walks to the end of `path`: its resolved form, or where it stopped.
pub(crate) fn walk(path: &Path) -> Result<PathBuf, Stop> {
    let mut reached = PathBuf::new();
    let mut ahead = names(path);
    let mut link: Option<Link> = None;
    let mut links = 0;
    while let Some(name) = ahead.pop_front() {
        link = link.filter(|link| link.behind <= ahead.len());
        let next = reached.join(&name);
        match target(&next, links) {
            Ok(None) => reached = next,
            Ok(Some(target)) => {
                links += 1;
                let behind = ahead.len();
                link.get_or_insert_with(|| Link { target: reached.join(&target), behind });
                let mut longer = names(&target);
                longer.append(&mut ahead);
                ahead = longer;
            }
            Err(_) => {
                let link_target = link.map(|link| link.target);
                return Err(Stop { reached, name, rest: ahead.into_iter().collect(), link_target });
            }
        }
    }
    Ok(reached)
}

/// A link being resolved: done when fewer than `behind` names are ahead.
struct Link {
    target: PathBuf,
    behind: usize,
}

/// What a path links to, if it is a link.
fn target(path: &Path, links: usize) -> io::Result<Option<PathBuf>> {
    if !std::fs::symlink_metadata(path)?.is_symlink() {
        return Ok(None);
    }
    if links == MOST_LINKS {
        return Err(io::ErrorKind::NotFound.into());
    }
    std::fs::read_link(path).map(Some)
}

/// The components; an absolute path starts with the root, and joining that forgets what was before.
fn names(path: &Path) -> VecDeque<OsString> {
    let meant = path.components().filter(|part| *part != Component::CurDir);
    meant.map(|part| part.as_os_str().to_owned()).collect()
}
