//! Finds how etcd and its clients are configured: in the files that `--config` names, or wherever this machine keeps them. It reads
//! and never judges; one file for each kind of source.

mod accounts;
mod arguments;
mod clients;
mod command_line;
mod config_file;
mod disk;
mod environment_file;
mod etcd_yaml;
mod manifest;
mod pki_folder;
mod places;
mod process;
mod unit;
mod yaml;

pub(crate) use command_line::proxy_variable;
pub(crate) use disk::Disk;

use std::{
    collections::{HashSet, VecDeque},
    path::{Path, PathBuf},
};

use crate::{
    etcd::option::FILES,
    observation::{
        ConfigFile, ConfigKind, Program,
        config::{ConfigDefect, ConfigProblem},
        refusal::FileRefusal,
    },
};

/// No configuration of etcd comes near.
const LARGEST: u64 = 1 << 20;
/// How far into a folder `--config` looks, and at how many entries at most.
const DEEPEST: usize = 5;
const MOST_ENTRIES: usize = 5_000;

/// How etcd and its clients are configured, as far as it was found.
#[derive(Debug, Default)]
pub(crate) struct DiscoveredConfig {
    /// The configuration, what wins first.
    pub(crate) configs: Vec<ConfigFile>,
    /// Folders with certificates and keys.
    pub(crate) folders: Vec<PathBuf>,
    /// The ways of installing etcd that the folders belong to.
    pub(crate) layouts: Vec<&'static str>,
}

/// Reads the files and folders that `--config` names.
pub(crate) fn named(paths: &[String], disk: &Disk) -> DiscoveredConfig {
    let mut found = DiscoveredConfig::default();
    for path in paths {
        if Path::new(path).is_dir() {
            found.read_folder(Path::new(path), disk);
        } else {
            found.add(config_file::read(path, disk));
        }
    }
    found
}

/// Looks where etcd is usually configured.
pub(crate) fn machine(disk: &Disk) -> DiscoveredConfig {
    let mut found = DiscoveredConfig::default();
    for folder in places::MANIFESTS {
        for path in files_of(Path::new(&disk.path(folder))) {
            found.add_if_telling(config_file::read(&path, disk));
        }
    }
    for unit in places::UNITS {
        let paths =
            places::UNIT_FOLDERS.iter().map(|folder| disk.path(&format!("{folder}/{unit}")));
        if let Some(path) = paths.into_iter().find(|path| Path::new(path).is_file()) {
            let drop_ins = places::UNIT_FOLDERS.iter().rev();
            let drop_ins = drop_ins.map(|folder| disk.path(&format!("{folder}/{unit}.d")));
            let drop_ins: Vec<_> =
                drop_ins.flat_map(|folder| files_of(Path::new(&folder))).collect();
            found.add_if_telling(config_file::read_unit(&path, &drop_ins, disk));
        }
    }
    for path in places::FILES.iter().map(|path| disk.path(path)) {
        if Path::new(&path).is_file() {
            found.add_if_telling(config_file::read(&path, disk));
        }
    }
    if disk.is_here() {
        found.add_processes(process::running());
    }
    let DiscoveredConfig { folders, layouts, .. } = known_folders(disk);
    DiscoveredConfig { folders, layouts, ..found }
}

/// Where the kernel shows what runs.
pub(crate) const PROCESSES: &str = "/proc";

/// The configuration of those running processes whose own is wanted.
pub(crate) fn processes_that(is_wanted: impl Fn(&[ConfigFile]) -> bool) -> Vec<ConfigFile> {
    process::running().into_iter().filter(|configs| is_wanted(configs)).flatten().collect()
}

/// Where [`machine`] looks for what configures etcd, as an operator names it.
pub(crate) fn searched(disk: &Disk) -> Vec<String> {
    let of_files = places::FILES.iter().filter_map(|path| Some(path.rsplit_once('/')?.0));
    let folders = places::MANIFESTS.iter().chain(places::UNIT_FOLDERS).copied().chain(of_files);
    let mut known = HashSet::new();
    let places = folders.filter(|folder| known.insert(*folder));
    let processes = disk.is_here().then(|| PROCESSES.to_owned());
    places.map(|path| disk.path(path)).chain(processes).collect()
}

/// The running etcds that listen on one of these ports, with the files that they were started with.
pub(crate) fn listening_at(ports: &[u16]) -> Vec<ConfigFile> {
    let mut running = if ports.is_empty() { Vec::new() } else { process::running() };
    let listens = |url: &str| {
        let port = url.trim_end_matches('/').rsplit(':').next().and_then(|port| port.parse().ok());
        port.is_some_and(|port| ports.contains(&port))
    };
    running.retain(|process| {
        let settings = process.iter().flat_map(|config| &config.settings);
        let mut own = settings.filter(|setting| setting.name.starts_with("listen-"));
        process.iter().all(|config| config.program == Program::Etcd)
            && own.any(|setting| setting.value.split(',').any(listens))
    });
    running.concat()
}

/// The folder whose manifests the kubelet of a machine runs, if there is one.
pub(crate) fn manifest_folder(disk: &Disk) -> Option<String> {
    let mut folders = places::MANIFESTS.iter().map(|folder| disk.path(folder));
    folders.find(|folder| Path::new(folder).is_dir())
}

/// Manifests of etcd outside of that folder, in those where they are put aside.
pub(crate) fn manifests_elsewhere(folder: &str) -> Vec<String> {
    let beside = Path::new(folder).parent().map(entries_of).unwrap_or_default();
    let beside = beside.into_iter().filter(|path| path.is_dir() && path != Path::new(folder));
    let aside = places::PUT_ASIDE.iter().map(PathBuf::from).chain(beside);
    let named = aside
        .chain(Path::new(folder).parent().map(Path::to_owned))
        .flat_map(|folder| files_of(&folder))
        .filter(|path| name_of(Path::new(path)).contains("etcd"));
    let is_etcd = |path: &String| {
        let read = config_file::read(path, &Disk::default());
        read.iter().any(|one| one.kind == ConfigKind::Manifest && one.program == Program::Etcd)
    };
    named.filter(is_etcd).collect()
}

/// Only the folders where certificates usually lie, and whose they are.
pub(crate) fn known_folders(disk: &Disk) -> DiscoveredConfig {
    let mut found = DiscoveredConfig::default();
    for folder in pki_folder::existing(disk) {
        if !found.layouts.contains(&folder.layout) {
            found.layouts.push(folder.layout);
        }
        found.folders.push(folder.path);
    }
    found
}

impl DiscoveredConfig {
    /// What was found on several machines, together.
    pub(crate) fn of_several(machines: impl Iterator<Item = Self>) -> Self {
        let mut all = Self::default();
        for found in machines {
            all.add(found.configs);
            all.folders.extend(found.folders);
            let known = all.layouts.clone();
            all.layouts.extend(found.layouts.into_iter().filter(|one| !known.contains(one)));
        }
        all
    }

    /// The folders with certificates: the known ones, and those of files that the configuration names; none inside another.
    pub(crate) fn certificate_folders(&self) -> Vec<PathBuf> {
        let settings = self.configs.iter().flat_map(|config| &config.settings);
        let named = settings.filter(|setting| FILES.contains(&setting.name.as_str()));
        let named = named.filter_map(|setting| Path::new(setting.path()).parent());
        let mut folders = self.folders.clone();
        folders.extend(
            named.filter(|folder| folder.is_absolute() && folder.is_dir()).map(Path::to_owned),
        );
        folders.sort_unstable();
        folders.dedup_by(|later, earlier| later.starts_with(&*earlier));
        folders
    }

    /// Adds what was read, unless another source already led to the same file. What names a file tells more than the file alone.
    fn add(&mut self, read: Vec<ConfigFile>) {
        for file in read {
            let same =
                |known: &ConfigFile| known.path == file.path && known.program == file.program;
            match self.configs.iter().position(same) {
                Some(at) if self.configs[at].part_of.is_none() && file.part_of.is_some() => {
                    self.configs.remove(at);
                    self.configs.push(file);
                }
                Some(_) => {}
                None => self.configs.push(file),
            }
        }
    }

    fn add_if_telling(&mut self, read: Vec<ConfigFile>) {
        let says_something = |file: &ConfigFile| {
            let is_kept = |problem: &ConfigProblem| {
                matches!(&problem.what, ConfigDefect::Unreadable(FileRefusal::System(_)))
            };
            !file.settings.is_empty()
                || !file.ignored.is_empty()
                || file.kind == ConfigKind::Manifest
                // What this user may not read is not known to say nothing, where its name says that it is etcd's.
                || (file.problem.as_ref().is_some_and(is_kept) && is_named_for_etcd(&file.path))
        };
        if read.iter().any(says_something) {
            self.add(read);
        }
    }

    /// A process counts where no file tells the same: one that listens at the same place is what a file started.
    fn add_processes(&mut self, running: Vec<Vec<ConfigFile>>) {
        for files in running {
            let [process, ..] = files.as_slice() else { continue };
            let place = |file: &ConfigFile| {
                let names: &[&str] = match file.program {
                    Program::KubeApiserver => &["etcd-servers"],
                    _ => &["listen-client-urls", "advertise-client-urls"],
                };
                let setting = names.iter().find_map(|name| file.get(name))?;
                Some(setting.value.clone())
            };
            let own = files.iter().find_map(place);
            let mut same = self.configs.iter_mut().filter(|known| known.program == process.program);
            match same.find(|known| own.is_none() || place(known) == own) {
                // What started it says who it is; a file by itself learns it from the process.
                Some(known) if known.runner.directory.is_some() => {
                    known.runner.pid = process.runner.pid;
                }
                Some(known) => {
                    known.runner = process.runner.clone();
                    config_file::place(known, &Disk::default());
                }
                None => self.configs.extend(files),
            }
        }
    }

    fn read_folder(&mut self, top: &Path, disk: &Disk) {
        let mut ahead = VecDeque::from([(top.to_owned(), 0)]);
        let mut met = 0;
        while let Some((folder, depth)) = ahead.pop_front() {
            let mut holds_certificates = false;
            for path in entries_of(&folder) {
                met += 1;
                // A link to a folder is not followed: it leads to where the walk has been, or out of what was named.
                let is_link = path.symlink_metadata().is_ok_and(|found| found.is_symlink());
                if path.is_dir() {
                    let is_drop_in = path.extension().is_some_and(|extension| extension == "d");
                    if depth < DEEPEST && met < MOST_ENTRIES && !is_link && !is_drop_in {
                        ahead.push_back((path, depth + 1));
                    }
                    continue;
                }
                let (name, text) = (name_of(&path), path.display().to_string());
                if name.ends_with(".service") {
                    let drop_ins = files_of(Path::new(&format!("{text}.d")));
                    self.add_if_telling(config_file::read_unit(&text, &drop_ins, disk));
                } else if may_configure(&name) {
                    self.add_if_telling(config_file::read(&text, disk));
                } else {
                    holds_certificates |=
                        [".crt", ".pem", ".key"].iter().any(|end| name.ends_with(end));
                }
            }
            if holds_certificates {
                self.folders.push(folder);
            }
        }
    }
}

/// Whether a file's name says that it configures etcd or kube-apiserver.
fn is_named_for_etcd(path: &str) -> bool {
    let name = name_of(Path::new(path));
    ["etcd", "kube-apiserver"].iter().any(|program| name.contains(program))
}

/// Whether a name is one that configuration has: by its ending, or one of the names without.
fn may_configure(name: &str) -> bool {
    let ends = [".yaml", ".yml", ".json", ".env", ".conf"].iter().any(|end| name.ends_with(end));
    ends || ["etcd", "config"].contains(&name)
}

/// The files directly in a folder, in order of their names.
fn files_of(folder: &Path) -> Vec<String> {
    let files = entries_of(folder).into_iter().filter(|path| path.is_file());
    files
        .filter(|path| !name_of(path).starts_with('.'))
        .map(|path| path.display().to_string())
        .collect()
}

fn entries_of(folder: &Path) -> Vec<PathBuf> {
    let entries = crate::observe::files::absence::entries(folder);
    let mut paths: Vec<_> = entries.take(MOST_ENTRIES).map(|entry| entry.path()).collect();
    paths.sort_unstable();
    paths
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// A file's text, or why there is none; nothing that could hang is opened.
fn read_text(path: &Path) -> Result<String, ConfigProblem> {
    let bytes = crate::observe::files::file_reader::read_bytes(path, LARGEST);
    let bytes =
        bytes.map_err(|refusal| ConfigProblem::of_file(ConfigDefect::Unreadable(refusal)))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(root: &Path, path: &str, text: &str) {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    #[test]
    fn a_machine_is_read_under_its_root() {
        let root = tempfile::tempdir().unwrap();
        write(
            root.path(),
            "etc/systemd/system/etcd.service",
            "[Service]\nExecStart=/usr/bin/etcd\nEnvironmentFile=/etc/etcd.env\n",
        );
        write(
            root.path(),
            "usr/lib/systemd/system/etcd.service.d/a.conf",
            "[Service]\nEnvironment=ETCD_NAME=unit\n",
        );
        write(root.path(), "etc/etcd.env", "ETCD_CERT_FILE=/etc/ssl/etcd/ssl/member.pem\n");
        write(root.path(), "etc/ssl/etcd/ssl/member.pem", "");
        let found = machine(&Disk::new(Some(root.path().to_owned())));
        let under = |path: &str| root.path().join(path).display().to_string();
        let paths: Vec<_> = found.configs.iter().map(|file| file.path.clone()).collect();
        let expected = [
            under("etc/systemd/system/etcd.service"),
            under("usr/lib/systemd/system/etcd.service.d/a.conf"),
            under("etc/etcd.env"),
        ];
        assert_eq!(paths, expected);
        assert_eq!(found.configs[2].settings[0].path(), under("etc/ssl/etcd/ssl/member.pem"));
        assert_eq!(found.layouts, ["kubespray", "package"]);
    }

    #[test]
    fn a_folder_is_walked_without_following_links() {
        let root = tempfile::tempdir().unwrap();
        write(
            root.path(),
            "manifests/etcd.yaml",
            "apiVersion: v1\nkind: Pod\nspec: {containers: [{command: [etcd, --name=a]}]}\n",
        );
        write(
            root.path(),
            "manifests/coredns.yaml",
            "apiVersion: v1\nkind: Pod\nspec: {containers: [{command: [coredns]}]}\n",
        );
        write(root.path(), "pki/etcd/ca.crt", "");
        std::os::unix::fs::symlink(root.path(), root.path().join("loop")).unwrap();
        let found = named(&[root.path().display().to_string()], &Disk::default());
        assert_eq!(found.configs.len(), 1);
        assert_eq!(found.folders, [root.path().join("pki/etcd")]);
    }
}
