//! `check` without arguments on a kubeadm node whose etcd is down, beside a bare program that reads the same files: what finding
//! everything costs up to the first packet, with the report on top. Processes, so compare the two with each other only.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use criterion::{Criterion, criterion_group};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};

const BARE: &str = "--read-and-exit";
/// Nothing listens there: the kernel refuses at once.
const URL: &str = "https://127.0.0.1:1";

fn discover(criterion: &mut Criterion) {
    let root = tempfile::tempdir().unwrap_or_else(|error| panic!("no folder: {error}"));
    let files = kubeadm(root.path());
    let myself = std::env::current_exe().unwrap_or_else(|error| panic!("no name: {error}"));
    let mut group = criterion.benchmark_group("kubeadm node");
    group.bench_function("bare reads", |bench| {
        bench.iter(|| Command::new(&myself).arg(BARE).args(&files).output());
    });
    group.bench_function("check --root", |bench| {
        let tool = env!("CARGO_BIN_EXE_etcd-tls");
        bench.iter(|| Command::new(tool).args(["check", "--root"]).arg(root.path()).output());
    });
    group.finish();
}

/// kubeadm's folders with one pair for each role, and the two manifests.
fn kubeadm(root: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut write = |path: &str, text: &str| {
        let path = root.join(path);
        let written = path.parent().map(std::fs::create_dir_all).and_then(Result::ok);
        written
            .and_then(|()| std::fs::write(&path, text).ok())
            .unwrap_or_else(|| panic!("{}", path.display()));
        files.push(path);
    };
    let key = || KeyPair::generate().unwrap_or_else(|error| panic!("no key: {error}"));
    let params = |name: &str| {
        let mut params = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap_or_default();
        params.distinguished_name.push(DnType::CommonName, name);
        params
    };
    for (folder, name, leaves) in [
        ("etc/kubernetes/pki", "kubernetes", &["apiserver", "apiserver-kubelet-client"][..]),
        ("etc/kubernetes/pki/etcd", "etcd-ca", &["server", "peer", "healthcheck-client"][..]),
    ] {
        let mut ca = params(name);
        ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let ca = CertifiedIssuer::self_signed(ca, key())
            .unwrap_or_else(|error| panic!("no CA: {error}"));
        write(&format!("{folder}/ca.crt"), &ca.pem());
        write(&format!("{folder}/ca.key"), &ca.key().serialize_pem());
        for leaf in leaves {
            let own = key();
            let signed =
                params(leaf).signed_by(&own, &ca).unwrap_or_else(|error| panic!("{leaf}: {error}"));
            write(&format!("{folder}/{leaf}.crt"), &signed.pem());
            write(&format!("{folder}/{leaf}.key"), &own.serialize_pem());
        }
    }
    let pod = |flags: &[&str]| {
        let flags: String = flags.iter().map(|flag| format!("    - {flag}\n")).collect();
        format!("apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - command:\n{flags}")
    };
    let listen = format!("--listen-client-urls={URL}");
    let advertise = format!("--advertise-client-urls={URL}");
    let etcd = [
        "etcd",
        &listen,
        &advertise,
        "--cert-file=/etc/kubernetes/pki/etcd/server.crt",
        "--key-file=/etc/kubernetes/pki/etcd/server.key",
        "--client-cert-auth=true",
        "--trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt",
    ];
    write("etc/kubernetes/manifests/etcd.yaml", &pod(&etcd));
    let servers = format!("--etcd-servers={URL}");
    write("etc/kubernetes/manifests/kube-apiserver.yaml", &pod(&["kube-apiserver", &servers]));
    files
}

criterion_group!(benches, discover);

fn main() {
    let mut arguments = std::env::args().skip(1);
    if arguments.next().as_deref() == Some(BARE) {
        for path in arguments {
            std::hint::black_box(std::fs::read(path).ok());
        }
        return;
    }
    benches();
    Criterion::default().configure_from_args().final_summary();
}
