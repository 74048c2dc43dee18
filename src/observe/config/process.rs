//! Running etcd and kube-apiserver processes, from `/proc`: what is in memory, whatever the files on disk say by now.

use std::{os::unix::fs::MetadataExt, path::Path};

use procfs::{ProcResult, process::Process};

use super::{
    Disk,
    command_line::{self, Word, proxy_variable},
    config_file::completed,
};
use crate::observation::{ConfigFile, ConfigKind, Mount, MountLines, Program, Runner};

/// More processes than any node has are not looked at.
const MOST: usize = 100_000;

/// Every process whose first word is etcd or kube-apiserver, lowest number first; each with the files that it names in its turn.
pub(super) fn running() -> Vec<Vec<ConfigFile>> {
    let Ok(entries) = std::fs::read_dir("/proc") else { return Vec::new() };
    let mut numbers: Vec<i32> = entries
        .flatten()
        .take(MOST)
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .collect();
    numbers.sort_unstable();
    numbers.into_iter().filter_map(read).collect()
}

fn read(number: i32) -> Option<Vec<ConfigFile>> {
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
    let mut proxies = Vec::new();
    for variable in variables.split(|byte| *byte == 0) {
        let text = String::from_utf8_lossy(variable);
        let Some((name, value)) = text.split_once('=') else { continue };
        let setting = command_line::variable(name, value, 0);
        settings
            .extend(setting.filter(|(read_by, _)| *read_by == program).map(|(_, setting)| setting));
        proxies.extend(proxy_variable(name, value, 0));
    }
    if program == Program::Etcd && settings.is_empty() {
        return None;
    }
    let file = ConfigFile {
        kind: ConfigKind::Process,
        program,
        settings,
        variables: proxies,
        // A container's files are reached through its process.
        mounts: has_another_root(number, &folder).then(|| {
            let (inside, host) = ("/".to_owned(), Some(format!("{folder}/root")));
            vec![Mount { inside, host, lines: MountLines::default() }]
        }),
        runner: runner(number, &folder),
        path: folder,
        ..ConfigFile::default()
    };
    Some(completed(vec![file], &Disk::default()))
}

/// Who the process is, and where it stands. A directory that only its owner and root may know is named by the link that leads there:
/// what is looked for behind it is then refused, not missing.
fn runner(number: i32, folder: &str) -> Runner {
    let link = format!("{folder}/cwd");
    let directory = std::fs::read_link(&link).map(|path| path.display().to_string());
    let status = Process::new(number).and_then(|process| process.status()).ok();
    let gids = status.iter().flat_map(|status| {
        let others = status.groups.iter().copied().filter(|gid| *gid != status.fgid);
        std::iter::once(status.fgid).chain(others)
    });
    Runner {
        pid: u32::try_from(number).ok(),
        directory: Some(directory.unwrap_or(link)),
        user: None,
        uid: status.as_ref().map(|status| status.fuid),
        gids: gids.collect(),
    }
}

/// Whether what a process calls `/` is another directory than ours. Another mount namespace alone is not: a unit with
/// `PrivateTmp=` has the same files.
fn has_another_root(number: i32, folder: &str) -> bool {
    let root = |path: &Path| path.metadata().map(|found| (found.dev(), found.ino())).ok();
    match (root(&Path::new(folder).join("root")), root(Path::new("/"))) {
        (Some(its), Some(own)) => its != own,
        // The link is for its owner and root; what is mounted there, everybody may read.
        _ => {
            let mounted = |process: ProcResult<Process>| {
                let mounts = process.and_then(|process| process.mountinfo()).ok()?;
                let top = mounts.into_iter().find(|mount| mount.mount_point == Path::new("/"))?;
                Some((top.majmin, top.root))
            };
            let its = mounted(Process::new(number));
            its.is_some() && its != mounted(Process::myself())
        }
    }
}
