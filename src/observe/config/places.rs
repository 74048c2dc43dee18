//! Where each way of installing etcd keeps its certificates and its flags. Data only.
//!
//! From kubeadm, kubespray, kubeasz, etcdadm, k3s, RKE2, k0s, `MicroK8s`, kOps' etcd-manager, Talos, `OpenShift`, minikube,
//! kubernetes-the-hard-way, Debian's package, Bitnami's image and etcd-druid.

/// Folders of static pod manifests.
pub(super) const MANIFESTS: &[&str] =
    &["/etc/kubernetes/manifests", "/var/lib/rancher/rke2/agent/pod-manifests"];

/// Where people put a manifest that the kubelet shall not read for a while, besides the folders around its own.
pub(super) const PUT_ASIDE: &[&str] = &["/root", "/tmp", "/var/tmp", "/home"];

/// Folders of systemd units, the one that wins first: systemd.unit(5).
pub(super) const UNIT_FOLDERS: &[&str] = &[
    "/etc/systemd/system",
    "/run/systemd/system",
    "/usr/local/lib/systemd/system",
    "/usr/lib/systemd/system",
    "/lib/systemd/system",
];

/// Units that start etcd, or kube-apiserver without a pod.
pub(super) const UNITS: &[&str] =
    &["etcd.service", "etcd-events.service", "etcd-member.service", "kube-apiserver.service"];

/// Files of settings that count by themselves, where no unit names them.
pub(super) const FILES: &[&str] = &[
    "/var/lib/rancher/k3s/server/db/etcd/config",
    "/var/lib/rancher/rke2/server/db/etcd/config",
    "/var/snap/microk8s/current/args/etcd",
    "/var/snap/microk8s/current/args/kube-apiserver",
    "/etc/etcd.env",
    "/etc/etcd-events.env",
    "/etc/etcd/etcd.env",
    "/etc/etcd/etcdctl.env",
    "/etc/etcd/etcd.conf",
    "/etc/default/etcd",
    "/etc/etcd/etcd.conf.yml",
    "/etc/etcd/etcd.conf.yaml",
    "/opt/bitnami/etcd/conf/etcd.conf.yml",
    "/var/etcd/config/etcd.conf.yaml",
];

/// A folder of certificates and keys of one layout. A `*` in the path stands for any name.
#[derive(Debug)]
pub(super) struct Folder {
    pub(super) layout: &'static str,
    pub(super) path: &'static str,
}

const fn folder(layout: &'static str, path: &'static str) -> Folder {
    Folder { layout, path }
}

/// The folders of all layouts.
pub(super) const FOLDERS: &[Folder] = &[
    folder("kubeadm", "/etc/kubernetes/pki/etcd"),
    folder("kubeadm", "/etc/kubernetes/pki"),
    folder("kubespray", "/etc/ssl/etcd/ssl"),
    folder("kubespray", "/etc/kubernetes/ssl/etcd"),
    folder("kubeasz", "/etc/kubernetes/ssl"),
    folder("etcdadm", "/etc/etcd/pki"),
    folder("k3s", "/var/lib/rancher/k3s/server/tls/etcd"),
    folder("rke2", "/var/lib/rancher/rke2/server/tls/etcd"),
    folder("k0s", "/var/lib/k0s/pki/etcd"),
    folder("k0s", "/var/lib/k0s/pki"),
    folder("microk8s", "/var/snap/microk8s/current/certs"),
    folder("minikube", "/var/lib/minikube/certs/etcd"),
    folder("minikube", "/var/lib/minikube/certs"),
    folder("talos", "/system/secrets/etcd"),
    folder("talos", "/system/secrets/kubernetes/kube-apiserver"),
    folder("openshift", "/etc/kubernetes/static-pod-resources/etcd-certs/secrets/etcd-all-certs"),
    folder(
        "openshift",
        "/etc/kubernetes/static-pod-resources/etcd-certs/configmaps/etcd-all-bundles",
    ),
    folder("kops", "/etc/kubernetes/pki/etcd-manager-main"),
    folder("kops", "/etc/kubernetes/pki/etcd-manager-events"),
    folder("kops", "/etc/kubernetes/pki/kube-apiserver"),
    folder("kops", "/mnt/master-vol-*/pki/*/clients"),
    folder("kops", "/mnt/master-vol-*/pki/*/peers"),
    folder("bitnami", "/opt/bitnami/etcd/certs/client"),
    folder("bitnami", "/opt/bitnami/etcd/certs/peer"),
    folder("etcd-druid", "/var/etcd/ssl/ca"),
    folder("etcd-druid", "/var/etcd/ssl/server"),
    folder("etcd-druid", "/var/etcd/ssl/client"),
    folder("etcd-druid", "/var/etcd/ssl/peer/ca"),
    folder("etcd-druid", "/var/etcd/ssl/peer/server"),
    folder("package", "/etc/etcd/ssl"),
    folder("package", "/etc/ssl/etcd"),
    folder("cert-manager", "/etc/etcd/tls"),
    folder("cert-manager", "/etc/etcd/tls/*"),
    folder("package", "/etc/etcd"),
];
