//! Running etcd and kube-apiserver processes, from `/proc`: what is in memory, whatever the files on disk say by now.

use std::path::Path;

use super::{
    Disk,
    command_line::{self, Word},
    config_file::place,
};
use crate::{
    etcd::option::is_secret,
    observation::{ConfigFile, ConfigKind, Mount, Program},
};

/// More processes than any node has are not looked at.
const MOST: usize = 100_000;

/// Every process whose first word is etcd or kube-apiserver, lowest number first.
pub(super) fn running() -> Vec<ConfigFile> {
    let Ok(entries) = std::fs::read_dir("/proc") else { return Vec::new() };
    let mut numbers: Vec<u32> = entries
        .flatten()
        .take(MOST)
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .collect();
    numbers.sort_unstable();
    numbers.into_iter().filter_map(read).collect()
}

fn read(number: u32) -> Option<ConfigFile> {
    let folder = format!("/proc/{number}");
    let line = std::fs::read(format!("{folder}/cmdline")).ok()?;
    let word = |bytes: &[u8]| Word { text: String::from_utf8_lossy(bytes).into_owned(), line: 0 };
    let words: Vec<Word> = line.strip_suffix(b"\0")?.split(|byte| *byte == 0).map(word).collect();
    let first = words.first()?.text.rsplit('/').next()?;
    if !matches!(first, "etcd" | "kube-apiserver") {
        return None;
    }
    let (program, arguments) = command_line::program(&words)?;
    let mut settings = command_line::settings(program, &arguments);
    // Only root and the owner may read it; without it the flags still are what they are.
    let variables = std::fs::read(format!("{folder}/environ")).unwrap_or_default();
    for variable in variables.split(|byte| *byte == 0) {
        let text = String::from_utf8_lossy(variable);
        let setting =
            text.split_once('=').and_then(|(name, value)| command_line::variable(name, value, 0));
        settings
            .extend(setting.filter(|(read_by, _)| *read_by == program).map(|(_, setting)| setting));
    }
    if program == Program::Etcd && settings.is_empty() {
        return None;
    }
    settings.retain(|setting| !is_secret(&setting.name));
    let mut file = ConfigFile {
        path: folder.clone(),
        kind: ConfigKind::Process,
        program,
        settings,
        // A container's files are reached through its process.
        mounts: is_contained(&folder)
            .then(|| vec![Mount { inside: "/".to_owned(), host: Some(format!("{folder}/root")) }]),
        ..ConfigFile::default()
    };
    place(&mut file, &Disk::default());
    Some(file)
}

/// Whether a process sees other mounts than this one.
fn is_contained(folder: &str) -> bool {
    let own = std::fs::read_link("/proc/self/ns/mnt");
    let its = std::fs::read_link(Path::new(folder).join("ns/mnt"));
    matches!((own, its), (Ok(own), Ok(its)) if own != its)
}
