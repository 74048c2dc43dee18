//! One file of configuration, whatever its kind: environment file, etcd's `--config-file`, systemd unit, Kubernetes manifest, a file of
//! flags. Told apart by what is in it, never by its name.

use std::path::{Component, Path, PathBuf};

use super::{
    Disk, arguments, clients, command_line,
    environment_file::{self, Variable},
    etcd_yaml, manifest, read_text,
    unit::{self, Unit},
    yaml,
};
use crate::{
    etcd::option::{is_path, is_secret},
    observation::{
        ConfigFile, ConfigKind, Program, Setting,
        config::{ConfigDefect, ConfigProblem},
    },
};

/// Reads a file and the files that it names in its turn: the environment files of a unit, etcd's `--config-file`. The first
/// entry is the file itself; a file with nothing of etcd in it gives one entry without settings.
pub(super) fn read(path: &str, disk: &Disk) -> Vec<ConfigFile> {
    let files = match read_text(Path::new(path)) {
        Ok(text) => parse(&text, path, disk),
        Err(problem) => vec![unreadable(path, problem)],
    };
    completed(files, disk)
}

/// Reads a unit with its drop-ins, and the files that they name.
pub(super) fn read_unit(path: &str, drop_ins: &[String], disk: &Disk) -> Vec<ConfigFile> {
    match read_text(Path::new(path)) {
        Ok(text) => completed(parse_unit(&text, path, drop_ins, disk), disk),
        Err(problem) => vec![unreadable(path, problem)],
    }
}

/// Without secrets, with the places of the files that the settings name, and with etcd's `--config-file` where there is one.
pub(super) fn completed(mut files: Vec<ConfigFile>, disk: &Disk) -> Vec<ConfigFile> {
    for file in &mut files {
        file.settings.retain(|setting| !is_secret(&setting.name));
        place(file, disk);
    }
    let named = files.iter().find_map(|file| {
        let setting = file.get("config-file").filter(|_| file.kind != ConfigKind::EtcdYaml)?;
        let path = Path::new(setting.path()).is_absolute().then(|| setting.path().to_owned())?;
        Some((file.path.clone(), file.runner.clone(), path))
    });
    if let Some((by, runner, path)) = named {
        let mut inner = read_etcd_yaml(&path);
        inner.part_of = Some(by);
        inner.mounts = files.iter().find_map(|file| file.mounts.clone());
        inner.runner = runner;
        place(&mut inner, disk);
        files.push(inner);
    }
    files
}

fn parse(text: &str, path: &str, disk: &Disk) -> Vec<ConfigFile> {
    if unit::is_one(text) {
        let files = parse_unit(text, path, &[], disk);
        return if files.is_empty() {
            vec![nothing_of_etcd(path, ConfigKind::Unit)]
        } else {
            files
        };
    }
    if environment_file::is_one(text) {
        return parse_environment(text, path);
    }
    if text.trim_start().starts_with("--") {
        return vec![arguments::parse(text, path)];
    }
    let (documents, problem) = yaml::parse(text);
    if let Some(problem) = problem.filter(|_| manifest::is_one(text)) {
        let program = manifest::program(text);
        return vec![ConfigFile {
            kind: ConfigKind::Manifest,
            program,
            ..unreadable(path, problem)
        }];
    }
    let of_client = || documents.first().and_then(clients::of_yaml);
    if let Some(client) = of_client().or_else(|| clients::of_text(text)) {
        return vec![ConfigFile { path: path.to_owned(), ..client }];
    }
    if documents.iter().any(manifest::is_object) {
        return parse_objects(&documents, path);
    }
    let parsed = etcd_yaml::parse(text);
    let is_etcds = parsed.is_etcds();
    if !is_etcds || (parsed.settings.is_empty() && parsed.ignored.is_empty()) {
        let neither = || ConfigProblem::of_file(ConfigDefect::UnknownForm);
        return vec![unreadable(path, parsed.problem.unwrap_or_else(neither))];
    }
    vec![etcd_yaml_file(path, parsed)]
}

fn read_etcd_yaml(path: &str) -> ConfigFile {
    match read_text(Path::new(path)) {
        Ok(text) => etcd_yaml_file(path, etcd_yaml::parse(&text)),
        Err(problem) => ConfigFile { kind: ConfigKind::EtcdYaml, ..unreadable(path, problem) },
    }
}

fn etcd_yaml_file(path: &str, parsed: etcd_yaml::Parsed) -> ConfigFile {
    let etcd_yaml::Parsed { settings, ignored, problem } = parsed;
    ConfigFile {
        path: path.to_owned(),
        kind: ConfigKind::EtcdYaml,
        settings,
        ignored,
        problem,
        ..ConfigFile::default()
    }
}

fn parse_objects(documents: &[yaml::Node], path: &str) -> Vec<ConfigFile> {
    let is_kubeconfig = |object: &yaml::Node| object.text_of("kind") == Some("Config");
    let mut files: Vec<_> = documents.iter().flat_map(manifest::read).collect();
    if files.is_empty() {
        let kubeconfig = documents.iter().any(is_kubeconfig);
        let kind = if kubeconfig { ConfigKind::Kubeconfig } else { ConfigKind::Other };
        files.push(ConfigFile { kind, ..ConfigFile::default() });
    }
    for file in &mut files {
        path.clone_into(&mut file.path);
    }
    files
}

/// One entry for etcd, one for etcdctl, as far as they occur; one without settings when neither does.
fn parse_environment(text: &str, path: &str) -> Vec<ConfigFile> {
    let (variables, problem) = environment_file::parse(text);
    let proxies = environment_file::proxies(&variables);
    let file = |program, settings| {
        let (path, problem) = (path.to_owned(), problem.clone());
        ConfigFile {
            path,
            kind: ConfigKind::Environment,
            program,
            settings,
            variables: proxies.clone(),
            problem,
            ..ConfigFile::default()
        }
    };
    let (mut etcd, etcdctl) = split(&variables);
    let mut files = Vec::new();
    let told = variables.iter().map(|one| (one.name.as_str(), one.value.as_str(), one.line));
    if let Some(client) = clients::of_variables(told) {
        // Calico's variables have the names of etcd's.
        etcd.clear();
        files.push(ConfigFile { path: path.to_owned(), ..client });
    }
    if !etcd.is_empty() || (etcdctl.is_empty() && files.is_empty()) {
        files.push(file(Program::Etcd, etcd));
    }
    if !etcdctl.is_empty() {
        files.push(file(Program::Etcdctl, etcdctl));
    }
    files
}

fn split(variables: &[Variable]) -> (Vec<Setting>, Vec<Setting>) {
    let (mut etcd, mut etcdctl) = (Vec::new(), Vec::new());
    for Variable { name, value, line } in variables {
        match command_line::variable(name, value, *line) {
            Some((Program::Etcdctl, setting)) => etcdctl.push(setting),
            Some((_, setting)) => etcd.push(setting),
            None => {}
        }
    }
    (etcd, etcdctl)
}

fn parse_unit(text: &str, path: &str, drop_ins: &[String], disk: &Disk) -> Vec<ConfigFile> {
    let name = path.rsplit('/').next().unwrap_or_default();
    let mut unit = Unit::default();
    unit.add(text, path, name);
    for drop_in in drop_ins {
        if let Ok(text) = read_text(Path::new(drop_in)) {
            unit.add(&text, drop_in, name);
        }
    }
    let environment: Vec<(String, String)> = unit
        .environment_files
        .iter()
        .map(|path| disk.path(path))
        .filter_map(|path| Some((read_text(Path::new(&path)).ok()?, path)))
        .collect();
    let variables: Vec<Variable> =
        environment.iter().flat_map(|(text, _)| environment_file::parse(text).0).collect();
    let value_of = |name: &str| {
        variables.iter().rev().find(|known| known.name == name).map(|known| known.value.clone())
    };
    let mut files = unit.settings(&value_of);
    let Some(program) = files.first().map(|file| file.program) else { return Vec::new() };
    for file in &mut files {
        file.part_of = (file.path != path).then(|| path.to_owned());
    }
    // What a later environment file sets wins, so it comes first.
    for (text, file) in environment.iter().rev() {
        for mut read in parse_environment(text, file) {
            // Variables about proxies alone are those of whatever the unit starts.
            if read.settings.is_empty() {
                read.program = program;
            }
            if read.program == program {
                read.part_of = Some(path.to_owned());
            }
            let is_etcds = read.program != Program::KubeApiserver && !read.settings.is_empty();
            if is_etcds || !read.variables.is_empty() {
                files.push(read);
            }
        }
    }
    let runner = unit.runner(disk);
    for file in files.iter_mut().filter(|file| file.program == program) {
        file.runner = runner.clone();
    }
    files
}

/// Finds on this machine's disk the files that the settings name: from the directory of the process, behind the container's mounts,
/// then under `--root`. Where that directory is not known a relative path means no file: ours never stands in for it.
pub(super) fn place(file: &mut ConfigFile, disk: &Disk) {
    for setting in &mut file.settings {
        if !is_path(&setting.name) || setting.value.is_empty() {
            continue;
        }
        let value = Path::new(&setting.value);
        let directory = file.runner.directory.as_ref().filter(|_| value.is_relative());
        let inside =
            directory.map_or_else(|| setting.value.clone(), |directory| joined(directory, value));
        let outside = file.mounts.as_ref().map_or_else(
            || Some(inside.clone()),
            |mounts| {
                let mut covering: Vec<_> = mounts
                    .iter()
                    .filter_map(|mount| Some((mount, below(&inside, &mount.inside)?)))
                    .collect();
                covering.sort_by_key(|(mount, _)| std::cmp::Reverse(mount.inside.len()));
                let (mount, rest) = covering.first()?;
                Some(format!("{}{rest}", mount.host.as_deref()?.trim_end_matches('/')))
            },
        );
        // What no mount leads to is looked for at the path as written, where it most often was meant to be.
        let on_disk = disk.path(&outside.unwrap_or(inside));
        setting.on_disk = (on_disk != setting.value).then_some(on_disk);
    }
}

/// A relative path from a directory, without the `.` in front that many write.
fn joined(directory: &str, path: &Path) -> String {
    let names = path.components().filter(|part| *part != Component::CurDir);
    Path::new(directory).join(names.collect::<PathBuf>()).display().to_string()
}

/// The rest of a path below a folder, with its slash; empty for the folder itself.
fn below<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    let rest = path.strip_prefix(folder.trim_end_matches('/'))?;
    (rest.is_empty() || rest.starts_with('/')).then_some(rest)
}

fn nothing_of_etcd(path: &str, kind: ConfigKind) -> ConfigFile {
    ConfigFile { path: path.to_owned(), kind, ..ConfigFile::default() }
}

fn unreadable(path: &str, problem: ConfigProblem) -> ConfigFile {
    ConfigFile { path: path.to_owned(), problem: Some(problem), ..ConfigFile::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observation::refusal::{FileRefusal, SpecialFile};

    fn read_as(name: &str, text: &str) -> Vec<ConfigFile> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        read(path.to_str().unwrap(), &Disk::default())
    }

    #[test]
    fn the_content_tells_the_kind() {
        for (text, kind) in [
            ("# etcd\nexport ETCD_NAME=a\n", ConfigKind::Environment),
            ("PATH=/bin\nETCD_NAME=a\n", ConfigKind::Environment),
            ("name: a=b\n", ConfigKind::EtcdYaml),
            ("{\"name\": \"a\"}", ConfigKind::EtcdYaml),
            ("apiVersion: v1\nkind: Config\n", ConfigKind::Kubeconfig),
            ("apiVersion: v1\nkind: ConfigMap\n", ConfigKind::Other),
            (
                "apiVersion: v1\nkind: Pod\nspec: {containers: [{name: etcd}]}\n",
                ConfigKind::Manifest,
            ),
            ("[Service]\nExecStart=/usr/bin/etcd\n", ConfigKind::Unit),
            ("--data-dir=${SNAP_COMMON}/etcd\n--name=a\n", ConfigKind::Arguments),
            ("", ConfigKind::Unknown),
            ("just words\n", ConfigKind::Unknown),
        ] {
            let found = read_as("file", text);
            assert_eq!(found[0].kind, kind, "{text}");
            assert_eq!(found[0].problem.is_some(), kind == ConfigKind::Unknown, "{text}");
        }
    }

    #[test]
    fn secrets_are_left_out() {
        let text = "ETCD_ROOT_PASSWORD=x\nETCD_DISCOVERY_USER=a:x\nETCD_INITIAL_CLUSTER_TOKEN=x\n\
                    ETCD_AUTH_TOKEN=jwt\nETCDCTL_USER=root:x\n";
        let files = read_as("etcd.env", text);
        let names: Vec<_> = files.iter().flat_map(|file| &file.settings).map(|s| &s.name).collect();
        assert_eq!(names, ["auth-token"]);
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let directory = tempfile::tempdir().unwrap();
        let problem = |path: &Path| {
            let mut files = read(path.to_str().unwrap(), &Disk::default());
            files.remove(0).problem.unwrap()
        };
        let unreadable = |refusal| ConfigProblem::of_file(ConfigDefect::Unreadable(refusal));
        let missing = directory.path().join("etcd.env");
        assert_eq!(problem(&missing), unreadable(FileRefusal::Missing));
        let device = FileRefusal::NotRegular(SpecialFile::CharacterDevice);
        assert_eq!(problem(Path::new("/dev/zero")), unreadable(device));
    }

    #[test]
    fn a_mount_leads_to_the_host_and_the_longest_wins() {
        let mount = |inside: &str, host: Option<&str>| crate::observation::Mount {
            inside: inside.to_owned(),
            host: host.map(str::to_owned),
            lines: crate::observation::MountLines::default(),
        };
        let setting = |value: &str| Setting {
            name: "cert-file".into(),
            value: value.into(),
            ..Setting::default()
        };
        let mut file = ConfigFile {
            settings: vec![
                setting("/pki/etcd/a.crt"),
                setting("/pki/b.crt"),
                setting("/pkix/c.crt"),
            ],
            mounts: Some(vec![mount("/pki/", Some("/host")), mount("/pki/etcd", Some("/host/e/"))]),
            ..ConfigFile::default()
        };
        place(&mut file, &Disk::default());
        let paths: Vec<_> = file.settings.iter().map(Setting::path).collect();
        assert_eq!(paths, ["/host/e/a.crt", "/host/b.crt", "/pkix/c.crt"]);
    }

    #[test]
    fn a_unit_brings_its_environment_and_etcds_own_file() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name).display().to_string();
        std::fs::write(at("etcd.env"), "ETCD_NAME=a\nETCDCTL_CERT=/c\nCONF=etcd.yml\n").unwrap();
        std::fs::write(at("etcd.yml"), "name: b\n").unwrap();
        let unit = format!(
            "[Service]\nEnvironmentFile={}\nExecStart=/usr/bin/etcd --config-file={}/${{CONF}}\n",
            at("etcd.env"),
            folder.path().display()
        );
        std::fs::write(at("etcd.service"), unit).unwrap();
        let files = read(&at("etcd.service"), &Disk::default());
        let found: Vec<_> =
            files.iter().map(|file| (file.kind, file.program, file.part_of.is_some())).collect();
        let expected = [
            (ConfigKind::Unit, Program::Etcd, false),
            (ConfigKind::Environment, Program::Etcd, true),
            (ConfigKind::Environment, Program::Etcdctl, false),
            (ConfigKind::EtcdYaml, Program::Etcd, true),
        ];
        assert_eq!(found, expected);
        let paths = |files: Vec<ConfigFile>| -> Vec<String> {
            files.into_iter().map(|file| file.path).collect()
        };
        let alone = read_unit(&at("etcd.service"), &[], &Disk::default());
        assert_eq!(paths(alone), paths(files));
    }
}
