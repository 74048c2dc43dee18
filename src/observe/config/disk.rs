//! Where the files of the machine that is looked at lie: at their own paths, or under the folder of `--root`, a mounted disk or
//! a node's files copied off. Links inside stay inside, as they would on that machine: `path_resolution(7)`.

use std::{
    collections::VecDeque,
    path::{Component, Path, PathBuf},
};

/// As many links as the kernel follows.
const MOST_LINKS: usize = 40;

/// The file system of the machine that is looked at.
#[derive(Debug, Clone, Default)]
pub(crate) struct Disk {
    root: Option<PathBuf>,
}

impl Disk {
    /// The machine whose files lie under a folder; this machine without one.
    pub(crate) fn new(root: Option<PathBuf>) -> Self {
        Self { root }
    }

    /// Whether it is this very machine, whose processes run here.
    pub(super) fn is_here(&self) -> bool {
        self.root.is_none()
    }

    /// Where a path of that machine lies on this one.
    pub(crate) fn path(&self, path: &str) -> String {
        match &self.root {
            Some(root) if path.starts_with('/') => {
                inside(root, Path::new(path)).display().to_string()
            }
            _ => path.to_owned(),
        }
    }
}

/// Follows a path with `root` in place of `/`. What does not exist is taken as written.
fn inside(root: &Path, path: &Path) -> PathBuf {
    let mut ahead: VecDeque<_> = names(path);
    let mut reached: Vec<PathBuf> = Vec::new();
    let mut links = 0;
    while let Some(name) = ahead.pop_front() {
        if name.as_os_str() == ".." {
            reached.pop();
            continue;
        }
        let mut next: PathBuf = root.to_owned();
        next.extend(&reached);
        next.push(&name);
        match std::fs::read_link(&next) {
            Ok(target) if links < MOST_LINKS => {
                links += 1;
                if target.is_absolute() {
                    reached.clear();
                }
                let mut longer = names(&target);
                longer.append(&mut ahead);
                ahead = longer;
            }
            _ => reached.push(name),
        }
    }
    let mut found = root.to_owned();
    found.extend(reached);
    found
}

fn names(path: &Path) -> VecDeque<PathBuf> {
    path.components()
        .filter(|part| matches!(part, Component::Normal(_) | Component::ParentDir))
        .map(|part| PathBuf::from(part.as_os_str()))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn links_stay_inside() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        std::fs::create_dir_all(root.join("etc/kubernetes/ssl")).unwrap();
        symlink("/etc/kubernetes/ssl", root.join("etc/kubernetes/pki")).unwrap();
        symlink("../../../../../etc/x", root.join("etc/kubernetes/ssl/up")).unwrap();
        symlink("loop", root.join("etc/loop")).unwrap();
        let disk = Disk::new(Some(root.to_owned()));
        let under = |path: &str| root.join(path).display().to_string();
        assert_eq!(disk.path("/etc/kubernetes/pki/ca.crt"), under("etc/kubernetes/ssl/ca.crt"));
        assert_eq!(disk.path("/etc/kubernetes/pki/up"), under("etc/x"));
        assert_eq!(disk.path("/../../etc"), under("etc"));
        assert!(disk.path("/etc/loop/x").starts_with(&under("")));
        assert_eq!(disk.path("relative"), "relative");
        assert_eq!(Disk::default().path("/etc"), "/etc");
    }
}
