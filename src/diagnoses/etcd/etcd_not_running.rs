//! No etcd runs on this node, and the kubelet shows why: it has no manifest of it, or an image that the runtime doesn't have.
//!
//! Why a container ends that did start is told by etcd's configuration and by its log.

use crate::{
    diagnoses::engine::{Diagnosis, Finding, Fix, Need, Severity, Side},
    diagnoses::network::tcp_refused,
    facts::{Endpoint, Facts, Subject, show_setting},
    message::{Label, Prose, Text, Value},
    observation::{ConfigFile, ConfigKind, Program, kubelet::KubeletSeen},
};

pub(super) static DIAGNOSIS: Diagnosis = Diagnosis {
    id: "etcd-not-running",
    severity: Severity::Error,
    side: Side::Etcd,
    hardening: false,
    causes: &[&tcp_refused::DIAGNOSIS],
    text: Text {
        en: Prose {
            title: "The kubelet runs no etcd on this node",
            why: "Nobody listens on etcd's port. The kubelet starts etcd from a manifest in its folder, once the container \
                  runtime has the image. Here the manifest is not in that folder, or the image that it names does not exist.",
            fix: "Put the manifest back into the kubelet's folder, or name an image that exists; the kubelet starts the pod by itself.",
        },
        ja: Prose {
            title: "このノードの kubelet は etcd を実行していません",
            why: "etcd のポートで待ち受けているものがありません。kubelet は専用ディレクトリのマニフェストから、コンテナランタイムに\
                  イメージがあれば etcd を起動します。マニフェストがそのディレクトリにないか、指定されたイメージが存在しません。",
            fix: "マニフェストを kubelet のディレクトリに戻すか、存在するイメージを指定してください。Pod は kubelet が自動で起動します。",
        },
        zh: Prose {
            title: "此节点上的 kubelet 没有运行 etcd",
            why: "etcd 的端口上无人监听。kubelet 按其目录中的清单启动 etcd，前提是容器运行时有该镜像。这里清单不在该目录中，或清单所指的镜像不存在。",
            fix: "把清单放回 kubelet 的目录，或改用存在的镜像；kubelet 会自动启动该 Pod。",
        },
    },
    detect,
};

fn detect(facts: &Facts<'_>) -> Vec<Finding> {
    let Some(kubelet) = facts.observation.kubelet.as_ref() else { return Vec::new() };
    if kubelet.folder.is_empty() || !facts.is_etcd_missing_here() {
        return Vec::new();
    }
    let manifest = facts
        .processes()
        .filter(|process| process.program == Program::Etcd)
        .flat_map(|process| process.configs())
        .find(|config| config.kind == ConfigKind::Manifest);
    let finding = match manifest {
        Some(config) => without_image(config, kubelet),
        None => without_manifest(kubelet, facts),
    };
    let refused = facts.endpoints.iter().map(Endpoint::subject);
    let of_clients = facts.client_views().flat_map(|view| &view.endpoints).map(Endpoint::subject);
    let about = refused.chain(of_clients);
    finding
        .map(|finding| about.fold(told(finding, kubelet), Finding::also_about))
        .into_iter()
        .collect()
}

/// The manifest of etcd lies where the kubelet does not read it, or nowhere.
fn without_manifest(kubelet: &KubeletSeen, facts: &Facts<'_>) -> Option<Finding> {
    // Another way to run etcd is none of the kubelet's.
    let by_kubelet = facts
        .apiserver()
        .is_some_and(|one| one.configs().any(|config| config.path.starts_with(&kubelet.folder)));
    let is_free = facts.processes().all(|process| process.program != Program::Etcd);
    let place = format!("{}/etcd.yaml", kubelet.folder);
    let found = kubelet.elsewhere.first();
    (by_kubelet && is_free && (found.is_some() || local_etcd(facts))).then(|| {
        let subject = Subject::File(found.unwrap_or(&kubelet.folder).clone());
        let back = found.map(|path| {
            Fix::run("mv").value(path).value(&place).changes(&place).needs(Need::Restart)
        });
        Finding::new(&DIAGNOSIS, subject)
            .evidence(Label::Missing, &place)
            .evidence(Label::Beside, Value::list(&kubelet.elsewhere))
            .fixes(back)
    })
}

/// Whether kube-apiserver expects an etcd on this machine.
fn local_etcd(facts: &Facts<'_>) -> bool {
    facts.endpoints.iter().any(|endpoint| facts.is_here(endpoint))
}

/// The manifest names an image that the runtime does not have.
fn without_image(config: &ConfigFile, kubelet: &KubeletSeen) -> Option<Finding> {
    let image = config.image.as_ref()?;
    let images = kubelet.images.as_ref()?;
    let has = |name: &String| *name == image.value || name.ends_with(&format!("/{}", image.value));
    let is_pinned = image.value.contains('@');
    let runs = kubelet.containers.iter().flatten().any(|one| one.image == image.value);
    if is_pinned || runs || images.iter().any(has) {
        return None;
    }
    let name = |image: &str| image.rsplit_once(':').map_or(image, |(name, _)| name).to_owned();
    let known: Vec<&String> =
        images.iter().filter(|known| name(known) == name(&image.value)).collect();
    let edit = known.last().and_then(|known| Fix::edited(config, image.line, &image.value, known));
    let subject = Subject::Setting { file: config.path.clone(), name: image.name.clone() };
    Some(
        Finding::new(&DIAGNOSIS, subject)
            .side(Side::Config)
            .evidence(Label::Setting, show_setting(config, image))
            .evidence(Label::Images, Value::list(known))
            .fixes(edit),
    )
}

/// What the runtime and the log of etcd's container tell.
fn told(finding: Finding, kubelet: &KubeletSeen) -> Finding {
    let containers = kubelet.containers.iter().flatten().map(|one| {
        let short: String = one.id.chars().take(13).collect();
        format!("{short} {} {} #{}", one.state, one.image, one.attempt)
    });
    finding
        .evidence(Label::Containers, Value::list(containers))
        .evidence(Label::ServerSays, Value::list(kubelet.said.iter().map(Value::quoted)))
        .fix(Fix::run("crictl ps -a --name").value("^etcd$").needs(Need::Root))
}
