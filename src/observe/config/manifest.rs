//! Kubernetes manifests that hold etcd or kube-apiserver: static pods, and the pod templates of stateful sets and the like.

use super::{
    command_line::{self, Word, proxy_variable},
    yaml::Node,
};
use crate::observation::{
    ConfigFile, ConfigKind, Mount, MountLines, Probe, Program, Runner, Setting,
};

/// What the kubelet asks of a container.
const PROBES: [&str; 3] = ["startupProbe", "livenessProbe", "readinessProbe"];

/// What each container of a pod sets, for the programs that say something about etcd.
pub(super) fn read(object: &Node) -> Vec<ConfigFile> {
    let spec = object.at(&["spec", "template", "spec"]).or_else(|| object.get("spec"));
    let Some(spec) = spec else { return Vec::new() };
    let containers = spec.get("containers").into_iter().flat_map(Node::items);
    let mut files: Vec<_> =
        containers.flat_map(|container| read_container(container, spec)).collect();
    // A client's variables matter less than the servers' flags.
    files.sort_by_key(|file| file.program == Program::Etcdctl);
    files
}

/// Whether a text's tree is an object of Kubernetes' API.
pub(super) fn is_object(node: &Node) -> bool {
    node.text_of("apiVersion").is_some() && node.text_of("kind").is_some()
}

/// Whether a text that is no YAML was meant as an object that has to do with etcd: the kubelet takes all of it or nothing.
pub(super) fn is_one(text: &str) -> bool {
    let begins = |name: &str| text.lines().any(|line| line.trim_start().starts_with(name));
    begins("kind:") && begins("apiVersion:") && text.contains("etcd") && !text.contains("{{")
}

/// The program that it was meant for.
pub(super) fn program(text: &str) -> Program {
    let is_apiserver = text.contains("--etcd-servers");
    if is_apiserver { Program::KubeApiserver } else { Program::Etcd }
}

fn read_container(container: &Node, spec: &Node) -> Vec<ConfigFile> {
    let variables: Vec<_> = container.get("env").into_iter().flat_map(Node::items).collect();
    let value_of = |name: &str| {
        let mut found = variables.iter().filter(|node| node.text_of("name") == Some(name));
        found.find_map(|node| node.text_of("value").map(str::to_owned))
    };
    let word = |node: &Node| {
        let text = command_line::expand(node.text()?, &value_of);
        Some(Word { text, line: node.line })
    };
    let words: Vec<Word> = ["command", "args"]
        .into_iter()
        .filter_map(|name| container.get(name))
        .flat_map(Node::items)
        .filter_map(word)
        .collect();
    let started = command_line::program(&words).or_else(|| {
        let is_etcd = image_name(container) == "etcd" || container.text_of("name") == Some("etcd");
        is_etcd.then(|| (Program::Etcd, words.clone()))
    });
    let proxies = || {
        let pairs = variables.iter().filter_map(|node| {
            proxy_variable(node.text_of("name")?, node.text_of("value")?, node.line)
        });
        pairs.collect()
    };
    let file = |program, settings| ConfigFile {
        kind: ConfigKind::Manifest,
        program,
        settings,
        variables: proxies(),
        mounts: Some(mounts(container, spec)),
        runner: runner(container, spec),
        probes: PROBES.iter().filter_map(|name| probe(container, name)).collect(),
        image: image(container),
        release: release(container),
        ..ConfigFile::default()
    };
    let read_by = |program| variables.iter().filter_map(move |node| variable(node, program));
    let mut files = Vec::new();
    if let Some((program, arguments)) = started {
        let mut settings = command_line::settings(program, &arguments);
        settings.extend(read_by(program));
        files.push(file(program, settings));
    }
    let for_etcdctl: Vec<_> = read_by(Program::Etcdctl).collect();
    if for_etcdctl.iter().any(|setting| setting.name == "cert") {
        files.push(file(Program::Etcdctl, for_etcdctl));
    }
    files
}

/// Of the variables those that the program itself reads; etcd's image may carry some for etcdctl too.
fn variable(node: &Node, program: Program) -> Option<Setting> {
    let (name, value) = (node.text_of("name")?, node.text_of("value")?);
    let (read_by, setting) = command_line::variable(name, value, node.line)?;
    (read_by == program).then_some(setting)
}

/// The container's own `securityContext` wins over the pod's; without either the image decides, and it is not here to be asked.
/// Without `workingDir` so does it; the images of etcd leave it at `/`.
fn runner(container: &Node, spec: &Node) -> Runner {
    let of = |name: &str| {
        let places = [container, spec].into_iter();
        places
            .filter_map(|place| place.at(&["securityContext", name]))
            .find_map(|node| node.text()?.parse().ok())
    };
    // With `hostUsers: false` the numbers are those of another user namespace.
    let is_mapped = spec.text_of("hostUsers") == Some("false");
    let uid = of("runAsUser").filter(|_| !is_mapped);
    let listed =
        spec.at(&["securityContext", "supplementalGroups"]).into_iter().flat_map(Node::items);
    let listed = listed.filter_map(|node| node.text()?.parse().ok());
    let gids = of("runAsGroup").into_iter().chain(of("fsGroup")).chain(listed);
    Runner {
        directory: Some(container.text_of("workingDir").unwrap_or("/").to_owned()),
        uid,
        gids: gids.filter(|_| uid.is_some()).collect(),
        ..Runner::default()
    }
}

fn mounts(container: &Node, spec: &Node) -> Vec<Mount> {
    let volumes: Vec<_> = spec.get("volumes").into_iter().flat_map(Node::items).collect();
    let mounted = container.get("volumeMounts").into_iter().flat_map(Node::items);
    mounted
        .filter_map(|mount| {
            let name = mount.text_of("name")?;
            let volume = volumes.iter().find(|volume| volume.text_of("name") == Some(name));
            let folder = volume.and_then(|volume| volume.at(&["hostPath", "path"])?.text());
            let host = folder.map(|folder| match mount.text_of("subPath") {
                Some(below) => format!("{}/{below}", folder.trim_end_matches('/')),
                None => folder.to_owned(),
            });
            let path = volume.and_then(|volume| volume.at(&["hostPath", "path"]));
            let line = |node: Option<&Node>| node.map_or(0, |node| node.line);
            let lines = MountLines {
                mount: mount.line,
                inside: line(mount.get("mountPath")),
                volume: line(volume.copied()),
                path: line(path),
            };
            Some(Mount { inside: mount.text_of("mountPath")?.to_owned(), host, lines })
        })
        .collect()
}

/// One that asks over HTTP; a port by its name is the container's of that name.
fn probe(container: &Node, name: &str) -> Option<Probe> {
    let asked = container.at(&[name, "httpGet"])?;
    let text = |key: &str| asked.text_of(key).unwrap_or_default();
    let (node, port) = (asked.get("port")?, text("port"));
    let mut ports = container.get("ports").into_iter().flat_map(Node::items);
    let named = ports.find(|one| one.text_of("name") == Some(port));
    let number = named.and_then(|one| one.text_of("containerPort")).unwrap_or(port);
    let scheme = asked.text_of("scheme").unwrap_or("HTTP").to_ascii_lowercase();
    let path = asked.text_of("path").unwrap_or("/");
    let line = named.and_then(|one| one.get("containerPort")).unwrap_or(node).line;
    Some(Probe {
        name: name.to_owned(),
        url: format!("{scheme}://{}:{number}{path}", text("host")),
        port: number.to_owned(),
        line,
    })
}

fn image(container: &Node) -> Option<Setting> {
    let node = container.get("image")?;
    let value = node.text()?.to_owned();
    Some(Setting { name: "image".to_owned(), value, line: node.line, ..Setting::default() })
}

/// `3.5.16` of `registry.k8s.io/etcd:3.5.16-0` or `quay.io/coreos/etcd:v3.5.16`.
fn release(container: &Node) -> Option<String> {
    let image = container.text_of("image")?.split('@').next()?;
    let (name, tag) = image.rsplit_once(':')?;
    let digits: String = tag
        .trim_start_matches('v')
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == '.')
        .collect();
    let is_release = digits.split('.').filter(|part| !part.is_empty()).count() == 3;
    (is_release && !name.is_empty()).then_some(digits)
}

fn image_name(container: &Node) -> &str {
    let image = container.text_of("image").unwrap_or_default();
    let last = image.rsplit('/').next().unwrap_or_default();
    last.split([':', '@']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{observation::Means, observe::config::yaml};

    const POD: &str = "apiVersion: v1
kind: Pod
spec:
  containers:
  - name: sidecar
    image: busybox
  - command:
    - etcd
    - --cert-file=/pki/server.crt
    - --name=$(NODE)
    image: registry.k8s.io/etcd:3.5.16-0
    workingDir: /work
    securityContext: {runAsUser: 288}
    env:
    - name: NODE
      value: cp1
    - {name: ETCD_KEY_FILE, value: /pki/server.key}
    - name: ETCDCTL_CERT
      value: /pki/x
    - name: POD_IP
      valueFrom: {fieldRef: {fieldPath: status.podIP}}
    volumeMounts:
    - {mountPath: /pki, name: pki}
    - {mountPath: /data, name: data, subPath: etcd}
    - {mountPath: /tls, name: secret}
  securityContext: {runAsUser: 1, runAsGroup: 289, fsGroup: 290, supplementalGroups: [291]}
  volumes:
  - {name: pki, hostPath: {path: /etc/kubernetes/pki/etcd}}
  - {name: data, hostPath: {path: /var/lib/}}
  - {name: secret, secret: {secretName: tls}}
";

    #[test]
    fn a_static_pod_gives_flags_variables_mounts_user_and_release() {
        let (documents, _) = yaml::parse(POD);
        let [etcd, etcdctl] = read(&documents[0]).try_into().unwrap();
        assert_eq!(etcdctl.get("cert").unwrap().value, "/pki/x");
        let get = |name: &str| etcd.get(name).map(|s| (s.value.as_str(), s.line, s.means));
        assert_eq!(get("cert-file"), Some(("/pki/server.crt", 9, Some(Means::Flag))));
        assert_eq!(get("name"), Some(("cp1", 10, Some(Means::Flag))));
        assert_eq!(get("key-file"), Some(("/pki/server.key", 17, Some(Means::Environment))));
        let runner =
            (etcd.runner.directory.as_deref(), etcd.runner.uid, etcd.runner.gids.as_slice());
        assert_eq!(runner, (Some("/work"), Some(288), [289, 290, 291].as_slice()));
        assert_eq!((get("cert"), etcd.release.as_deref()), (None, Some("3.5.16")));
        let mounts = etcd.mounts.unwrap();
        let hosts: Vec<_> = mounts.iter().map(|mount| mount.host.as_deref()).collect();
        assert_eq!(hosts, [Some("/etc/kubernetes/pki/etcd"), Some("/var/lib/etcd"), None]);
    }

    #[test]
    fn a_stateful_set_with_variables_alone_is_etcd_too() {
        let text = "apiVersion: apps/v1\nkind: StatefulSet\nspec:\n  template:\n    spec:\n      containers:\n      \
                    - image: bitnami/etcd:3.5.9\n        env: [{name: ETCD_CERT_FILE, value: /c}]\n";
        let (documents, _) = yaml::parse(text);
        assert!(is_object(&documents[0]));
        let [etcd] = read(&documents[0]).try_into().unwrap();
        assert_eq!(
            (etcd.program, etcd.get("cert-file").unwrap().value.as_str()),
            (Program::Etcd, "/c")
        );
    }
}
