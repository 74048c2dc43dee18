//! The files of each layout and what each one is for. `tests/topics.rs` builds the trees of these layouts and holds the table to
//! them.

mod role;
mod table;

pub use role::Role;

use table::FOLDERS;

/// A folder of one layout.
#[derive(Debug)]
pub struct Folder {
    /// Who puts it there.
    pub layout: &'static str,
    /// Its path.
    pub path: &'static str,
    /// What lies in it, by paths from there.
    pub files: &'static [(&'static str, Role)],
}

/// A file, or a certificate with its key, of one layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayoutFile {
    /// Who puts it there.
    pub layout: &'static str,
    /// Where; a `*` stands for any name, `{crt,key}` for either ending.
    pub path: String,
    /// What it is for.
    pub role: Role,
}

/// The folders of all layouts.
pub fn folders() -> &'static [Folder] {
    FOLDERS
}

/// The layouts, each once, in the order of their folders.
pub fn layouts() -> Vec<&'static str> {
    let mut layouts = Vec::new();
    for folder in FOLDERS {
        if !layouts.contains(&folder.layout) {
            layouts.push(folder.layout);
        }
    }
    layouts
}

/// The files that one layout has.
pub fn of_layout(layout: &str) -> Vec<LayoutFile> {
    all().filter(|file| file.layout == layout).collect()
}

/// The files of all layouts.
fn all() -> impl Iterator<Item = LayoutFile> {
    FOLDERS.iter().flat_map(|folder| {
        let Folder { layout, path, files } = folder;
        files.iter().map(move |(name, role)| LayoutFile {
            layout,
            path: format!("{path}/{name}"),
            role: *role,
        })
    })
}

/// The files that a path, or a file's name alone, can mean. A path counts from its end, so that it may lie below a mounted disk.
pub fn named(word: &str) -> Vec<LayoutFile> {
    if !word.contains(['.', '/']) {
        return Vec::new();
    }
    let parts: Vec<&str> = word.split('/').filter(|part| !part.is_empty()).collect();
    let scored: Vec<_> = all().map(|file| (file.shares(&parts), file)).collect();
    let longest = scored.iter().map(|(shared, _)| *shared).max().unwrap_or(0);
    // Of a whole path its folders decide as well; of a name alone every layout that has it.
    let meant = scored.into_iter().filter(|(shared, _)| longest > 0 && *shared == longest);
    meant.map(|(_, file)| file).collect()
}

impl LayoutFile {
    /// How many names at the end of a path are those of this file; none where the file's own name differs.
    fn shares(&self, parts: &[&str]) -> usize {
        let own = self.path.split('/').filter(|part| !part.is_empty()).rev();
        own.zip(parts.iter().rev()).take_while(|(pattern, name)| fits(pattern, name)).count()
    }
}

/// Whether a name is one that a pattern stands for.
fn fits(pattern: &str, name: &str) -> bool {
    if let Some((before, rest)) = pattern.split_once('{')
        && let Some((choice, after)) = rest.split_once('}')
    {
        return choice.split(',').any(|one| fits(&format!("{before}{one}{after}"), name));
    }
    match pattern.split_once('*') {
        None => pattern == name,
        Some((before, after)) => {
            name.len() > before.len() + after.len()
                && name.starts_with(before)
                && name.ends_with(after)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Role, named};

    fn roles(word: &str) -> Vec<Role> {
        let mut roles: Vec<_> = named(word).into_iter().map(|file| file.role).collect();
        roles.dedup();
        roles
    }

    #[test]
    fn a_path_decides_where_a_name_leaves_it_open() {
        assert_eq!(roles("/etc/kubernetes/pki/etcd/ca.crt"), [Role::EtcdCa]);
        assert_eq!(roles("/mnt/disk/etc/kubernetes/pki/ca.crt"), [Role::ClusterCa]);
        assert!(
            roles("ca.crt").contains(&Role::EtcdCa) && roles("ca.crt").contains(&Role::ClusterCa)
        );
    }

    #[test]
    fn patterns_stand_for_names() {
        assert_eq!(roles("/etc/ssl/etcd/ssl/member-node1-key.pem"), [Role::ServerAndPeer]);
        assert_eq!(roles("etcd-serving-metrics-master-0.crt"), [Role::Metrics, Role::Server]);
        assert!(roles("config").is_empty() && roles("nothing.crt").is_empty());
    }
}
