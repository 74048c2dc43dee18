//! What kubeadm calls the certificates around etcd (`cmd/kubeadm/app/phases/certs/certlist.go`).

/// Where kubeadm keeps certificates and keys, if it is not told otherwise.
const FOLDER: &str = "/etc/kubernetes/pki/";

/// Below that folder, and the name.
const NAMES: [(&str, &str); 4] = [
    ("etcd/server.crt", "etcd-server"),
    ("etcd/peer.crt", "etcd-peer"),
    ("etcd/healthcheck-client.crt", "etcd-healthcheck-client"),
    ("apiserver-etcd-client.crt", "apiserver-etcd-client"),
];

/// The name by which `kubeadm certs renew` and `kubeadm init phase certs` know the certificate at a path.
pub fn certificate_name(path: &str) -> Option<&'static str> {
    let below = path.strip_prefix(FOLDER)?;
    NAMES.iter().find(|(file, _)| *file == below).map(|(_, name)| *name)
}
