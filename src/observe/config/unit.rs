//! systemd units: `ExecStart=`, `Environment=` and `EnvironmentFile=` as systemd.service(5), systemd.exec(5) and
//! systemd.syntax(7) have them.

use super::{
    Disk, accounts,
    command_line::{self, Word},
};
use crate::observation::{ConfigFile, ConfigKind, Program, Runner, Setting};

/// What a unit with its drop-ins says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Unit {
    /// `ExecStart=`, the last one that is in force, with the file that holds it.
    start: Option<Line>,
    /// `NAME=value` of `Environment=`.
    variables: Vec<(String, String, Line)>,
    /// `EnvironmentFile=`; those with `-` in front may be missing.
    pub(super) environment_files: Vec<String>,
    /// `WorkingDirectory=`, `User=`, `Group=`, `SupplementaryGroups=` and `DynamicUser=`, the last word each.
    directory: Option<String>,
    user: Option<String>,
    group: Option<String>,
    groups: Vec<String>,
    is_dynamic: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    text: String,
    number: usize,
    file: String,
}

/// Whether the first line that says anything opens a section.
pub(super) fn is_one(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    let mut lines = text.lines().map(str::trim).filter(|line| !is_comment(line));
    let is_section =
        |line: &str| line.starts_with('[') && line.ends_with(']') && !line.contains([',', '"']);
    lines.find(|line| !line.is_empty()).is_some_and(is_section)
}

impl Unit {
    /// Adds what a unit file or a drop-in says; `name` is the unit's, for the specifiers.
    pub(super) fn add(&mut self, text: &str, file: &str, name: &str) {
        let mut section = String::new();
        for (line, text) in logical_lines(text) {
            if let Some(name) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                name.clone_into(&mut section);
                continue;
            }
            let Some((key, value)) = text.split_once('=').filter(|_| section == "Service") else {
                continue;
            };
            let value = specifiers(value.trim(), name);
            let here = |text: String| Line { text, number: line, file: file.to_owned() };
            match key.trim() {
                "ExecStart" if value.is_empty() => self.start = None,
                "ExecStart" => self.start = Some(here(value)),
                "Environment" if value.is_empty() => self.variables.clear(),
                "Environment" => {
                    for word in command_line::shell_words(&value, line) {
                        if let Some((name, value)) = word.text.split_once('=') {
                            self.variables.push((
                                name.to_owned(),
                                value.to_owned(),
                                here(String::new()),
                            ));
                        }
                    }
                }
                "EnvironmentFile" if value.is_empty() => self.environment_files.clear(),
                "EnvironmentFile" => {
                    self.environment_files.push(value.trim_start_matches('-').to_owned());
                }
                "WorkingDirectory" => self.directory = told(value.trim_start_matches('-')),
                "User" => self.user = told(&value),
                "Group" => self.group = told(&value),
                "SupplementaryGroups" if value.is_empty() => self.groups.clear(),
                "SupplementaryGroups" => {
                    self.groups.extend(value.split_whitespace().map(str::to_owned));
                }
                "DynamicUser" => {
                    self.is_dynamic = ["1", "yes", "y", "true", "t", "on"]
                        .iter()
                        .any(|word| value.eq_ignore_ascii_case(word));
                }
                _ => {}
            }
        }
    }

    /// Who runs what the unit starts, and where: root in `/` unless it says otherwise.
    pub(super) fn runner(&self, disk: &Disk) -> Runner {
        let user = self.user.clone().or((!self.is_dynamic).then(|| "root".to_owned()));
        let account = user.as_ref().filter(|_| !self.is_dynamic);
        let account = account.and_then(|user| accounts::account(user, disk));
        let gids = account.iter().flat_map(|account| {
            let named = |name: &String| accounts::group(name, disk);
            // `Group=` stands in for the group that passwd names.
            let own = self.group.as_ref().and_then(named).or(account.gids.first().copied());
            let others = account.gids.iter().skip(1).copied();
            own.into_iter().chain(others).chain(self.groups.iter().filter_map(named))
        });
        let directory = match self.directory.as_deref() {
            Some("~") => account.as_ref().map(|account| account.home.clone()),
            told => Some(told.unwrap_or("/").to_owned()),
        };
        Runner {
            directory,
            gids: gids.collect(),
            uid: account.as_ref().map(|account| account.uid),
            user,
            pid: None,
        }
    }

    /// What the unit sets, one entry for each of its files, the last word first; `value_of` knows the variables of its
    /// environment files, which win over its own.
    pub(super) fn settings(&self, value_of: &dyn Fn(&str) -> Option<String>) -> Vec<ConfigFile> {
        let own = |name: &str| {
            let mut own = self.variables.iter().rev();
            own.find(|(known, ..)| known == name).map(|(_, value, _)| value.clone())
        };
        let known = |name: &str| value_of(name).or_else(|| own(name));
        let started = self.start.as_ref().and_then(|start| {
            let text = start.text.trim_start_matches(['-', '@', ':', '+', '!']);
            let mut words = Vec::new();
            for word in command_line::shell_words(text, start.number) {
                let text = command_line::expand(&word.text, &known);
                // `$NAME` as a word of its own is split at blanks, `${NAME}` is not.
                if word.text.starts_with('$') && !word.text.starts_with("${") && text != word.text {
                    words.extend(command_line::shell_words(&text, word.line));
                } else {
                    words.push(Word { text, line: word.line });
                }
            }
            Some((command_line::program(&words)?, start.file.as_str()))
        });
        let Some(((program, arguments), file)) = started else { return Vec::new() };
        let mut files = vec![unit_file(file, program, command_line::settings(program, &arguments))];
        for (name, value, line) in &self.variables {
            let setting = command_line::variable(name, value, line.number);
            let setting = setting.filter(|(read_by, _)| *read_by == program);
            let proxy = command_line::proxy_variable(name, value, line.number);
            if setting.is_none() && proxy.is_none() {
                continue;
            }
            if files.iter().all(|known| known.path != line.file) {
                files.push(unit_file(&line.file, program, Vec::new()));
            }
            for file in files.iter_mut().filter(|known| known.path == line.file) {
                file.settings.extend(setting.iter().map(|(_, setting)| setting.clone()));
                file.variables.extend(proxy.clone());
            }
        }
        files
    }
}

/// A value; an empty one takes back what was said before.
fn told(value: &str) -> Option<String> {
    (!value.is_empty()).then(|| value.to_owned())
}

fn unit_file(path: &str, program: Program, settings: Vec<Setting>) -> ConfigFile {
    let kind = ConfigKind::Unit;
    ConfigFile { path: path.to_owned(), kind, program, settings, ..ConfigFile::default() }
}

/// Lines with their continuations, comments left out, each with the number of its first line. The newline of a
/// continuation stays behind the backslash, so that words keep their lines.
fn logical_lines(text: &str) -> Vec<(usize, String)> {
    let mut lines = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let line = line.trim_end();
        if is_comment(line.trim_start()) {
            // systemd passes over comments inside a continued line, which goes on behind them.
            if let Some((_, text)) = &mut open {
                text.push_str("\\\n");
            }
            continue;
        }
        let (first, mut text) = open.take().unwrap_or((index + 1, String::new()));
        match line.strip_suffix('\\') {
            Some(begun) => {
                text.push_str(begun);
                text.push_str(" \\\n");
                open = Some((first, text));
            }
            None => {
                text.push_str(line);
                lines.push((first, text.trim().to_owned()));
            }
        }
    }
    lines.extend(open);
    lines
}

fn is_comment(line: &str) -> bool {
    line.starts_with(['#', ';'])
}

/// The specifiers that stand for the unit's own name; the others depend on the machine and stay as they are.
fn specifiers(value: &str, name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let (prefix, instance) = stem.split_once('@').unwrap_or((stem, ""));
    let mut text = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        if c != '%' {
            text.push(c);
            continue;
        }
        match chars.next() {
            Some('%') | None => text.push('%'),
            Some('p') => text.push_str(prefix),
            Some('N') => text.push_str(stem),
            Some('n') => text.push_str(name),
            Some('i') => text.push_str(instance),
            Some(other) => text.extend(['%', other]),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn settings(unit: &Unit) -> Vec<(String, String, usize)> {
        let environment =
            |name: &str| (name == "DAEMON_ARGS").then(|| "--name a --debug".to_owned());
        let files = unit.settings(&environment);
        files.into_iter().flat_map(|f| f.settings).map(|s| (s.name, s.value, s.line)).collect()
    }

    #[test]
    fn continued_lines_keep_their_numbers() {
        let text = "[Unit]\nExecStart=/no\n[Service]\n# x\nEnvironment=\"ETCD_NAME=a b\" ETCD_DEBUG=true X=/k\nExecStart=/usr/bin/etcd \\\n  --cert-file=/a \\\n# note\n  --key-file ${X}.key\n";
        let mut unit = Unit::default();
        unit.add(text, "/u/etcd.service", "etcd.service");
        let expected = [
            ("cert-file", "/a", 7),
            ("key-file", "/k.key", 9),
            ("name", "a b", 5),
            ("debug", "true", 5),
        ];
        assert_eq!(settings(&unit), expected.map(|(n, v, l)| (n.to_owned(), v.to_owned(), l)));
    }

    #[test]
    fn drop_ins_replace_and_files_are_named() {
        let mut unit = Unit::default();
        unit.add(
            "[Service]\nEnvironmentFile=-/etc/default/%p\nExecStart=/usr/bin/etcd --name old\n",
            "etcd.service",
            "etcd.service",
        );
        unit.add(
            "[Service]\nExecStart=\nExecStart=-/usr/bin/etcd $DAEMON_ARGS\n",
            "10.conf",
            "etcd.service",
        );
        assert_eq!(unit.environment_files, ["/etc/default/etcd"]);
        let expected = [("name", "a", 3), ("debug", "true", 3)];
        assert_eq!(settings(&unit), expected.map(|(n, v, l)| (n.to_owned(), v.to_owned(), l)));
    }

    #[test]
    fn a_unit_says_who_runs_it_and_where() {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir(root.path().join("etc")).unwrap();
        let write = |name: &str, text: &str| std::fs::write(root.path().join(name), text).unwrap();
        write("etc/passwd", "root:x:0:0::/root:\netcd:x:998:997::/var/lib/etcd:\n");
        write("etc/group", "etcd:x:997:\nssl:x:110:\npki:x:111:\nwheel:x:10:etcd\n");
        let disk = Disk::new(Some(root.path().to_owned()));
        let runner = |lines: &str| {
            let mut unit = Unit::default();
            unit.add(&format!("[Service]\n{lines}"), "etcd.service", "etcd.service");
            let Runner { directory, user, uid, gids, .. } = unit.runner(&disk);
            (directory.unwrap_or_default(), user.unwrap_or_default(), uid, gids)
        };
        let is = |directory: &str, user: &str, uid, gids: &[u32]| {
            (directory.to_owned(), user.to_owned(), uid, gids.to_owned())
        };
        assert_eq!(runner(""), is("/", "root", Some(0), &[0]));
        assert_eq!(
            runner("User=etcd\nWorkingDirectory=-/srv\n"),
            is("/srv", "etcd", Some(998), &[997, 10])
        );
        let groups = "User=998\nGroup=ssl\nSupplementaryGroups=pki\nWorkingDirectory=~\n";
        assert_eq!(runner(groups), is("/var/lib/etcd", "998", Some(998), &[110, 10, 111]));
        assert_eq!(runner("User=etcd\nUser=\n"), is("/", "root", Some(0), &[0]));
        assert_eq!(runner("DynamicUser=yes\n"), is("/", "", None, &[]));
        assert_eq!(runner("User=gone\n"), is("/", "gone", None, &[]));
    }

    #[test]
    fn sections_tell_units() {
        assert!(is_one("# x\n\n[Service]\nExecStart=/usr/bin/etcd\n"));
        assert!(!is_one("[1, 2]\n") && !is_one("ETCD_NAME=a\n[x]\n") && !is_one(""));
    }

    proptest! {
        #[test]
        fn any_text_can_be_read(text in "(\\[Service\\]\n|ExecStart=|Environment=|etcd |\\\\|%|\n|\"|'|\\$|\\{|\\}|a=b|#|;){0,30}") {
            let mut unit = Unit::default();
            is_one(&text);
            unit.add(&text, "u", "a@b.service");
            unit.settings(&|_| None);
        }
    }
}
