//! etcd in a container of its own, its certificates from secrets: Bitnami, etcd-druid, cert-manager.

use super::{Leaf, Tree, settings::Tls};

/// Bitnami's image: everything in `ETCD_*` of the process; the chart mounts two secrets.
pub(super) fn bitnami(tree: &mut Tree) {
    let file = |name: &str| format!("/opt/bitnami/etcd/certs/{name}");
    let ca_file = file("client/ca.crt");
    let ca = tree.authority(&ca_file, None, "etcd-ca");
    let service = "etcd-0.etcd-headless.default.svc.cluster.local";
    let names = tree.local_names("etcd-0").into_iter().chain([service.to_owned()]);
    let names: Vec<String> = names.collect();
    let leaf = || Leaf::both("etcd").sans(&names);
    tree.leaf(&ca, &file("client/cert.pem"), &file("client/key.pem"), leaf());
    let peer_ca = file("peer/ca.crt");
    let pem = ca.pem.clone();
    tree.write(&peer_ca, 0o644, &pem);
    tree.leaf(&ca, &file("peer/cert.pem"), &file("peer/key.pem"), leaf());
    let (cert, key) = (file("client/cert.pem"), file("client/key.pem"));
    tree.member(
        "etcd-0",
        "/bitnami/etcd/data",
        &Tls {
            ca: &ca_file,
            cert: &cert,
            key: &key,
            peer_ca: &peer_ca,
            peer_cert: &file("peer/cert.pem"),
            peer_key: &file("peer/key.pem"),
        },
    );
    tree.client_is(&ca_file, &cert, &key);
}

/// etcd-druid: `internal/common/constants.go` in gardener/etcd-druid; a configuration file from a config map.
pub(super) fn etcd_druid(tree: &mut Tree) {
    let file = |name: &str| format!("/var/etcd/ssl/{name}");
    let (ca_file, peer_ca) = (file("ca/bundle.crt"), file("peer/ca/bundle.crt"));
    let ca = tree.authority(&ca_file, None, "ca-etcd");
    let peers = tree.authority(&peer_ca, None, "ca-etcd-peer");
    let names = tree.local_names("etcd-main-0");
    let services = ["etcd-main-local", "etcd-main-client.shoot.svc", "etcd-main-peer.shoot.svc"];
    let names: Vec<String> = names.into_iter().chain(services.map(str::to_owned)).collect();
    tree.leaf(
        &ca,
        &file("server/tls.crt"),
        &file("server/tls.key"),
        Leaf::both("etcd-server").sans(&names),
    );
    tree.leaf(&ca, &file("client/tls.crt"), &file("client/tls.key"), Leaf::client("etcd-client"));
    let peer = Leaf::both("etcd-server").sans(&names);
    tree.leaf(&peers, &file("peer/server/tls.crt"), &file("peer/server/tls.key"), peer);
    tree.member(
        "etcd-main-0",
        "/var/etcd/data/new.etcd",
        &Tls {
            ca: &ca_file,
            cert: &file("server/tls.crt"),
            key: &file("server/tls.key"),
            peer_ca: &peer_ca,
            peer_cert: &file("peer/server/tls.crt"),
            peer_key: &file("peer/server/tls.key"),
        },
    );
    for (name, value) in [
        ("metrics", "basic"),
        ("snapshot-count", "75000"),
        ("quota-backend-bytes", "8589934592"),
        ("initial-cluster-token", "etcd-cluster"),
        ("initial-cluster-state", "new"),
        ("auto-compaction-mode", "periodic"),
        ("auto-compaction-retention", "30m"),
    ] {
        tree.etcd.set(name, value);
    }
    let config = tree.etcd.config_file();
    tree.write_flags("/var/etcd/config/etcd.conf.yaml", 0o644, &config);
    tree.client_is(&ca_file, &file("client/tls.crt"), &file("client/tls.key"));
}

/// Secrets of cert-manager mounted into a pod: `tls.crt`, `tls.key` and `ca.crt` for each role.
pub(super) fn cert_manager(tree: &mut Tree) {
    let file = |name: &str| format!("/etc/etcd/tls/{name}");
    let ca_file = file("server/ca.crt");
    let ca = tree.authority(&ca_file, None, "etcd-ca");
    let names = tree.local_names("etcd-0");
    let roles = [
        ("server", Leaf::both("etcd-server").sans(&names).days(90)),
        ("peer", Leaf::both("etcd-peer").sans(&names).days(90)),
        ("client", Leaf::client("root").days(90)),
    ];
    for (role, leaf) in roles {
        if role != "server" {
            let pem = ca.pem.clone();
            tree.write(&file(&format!("{role}/ca.crt")), 0o644, &pem);
        }
        let path = |name: &str| file(&format!("{role}/{name}"));
        tree.leaf(&ca, &path("tls.crt"), &path("tls.key"), leaf);
    }
    tree.member(
        "etcd-0",
        "/var/lib/etcd",
        &Tls {
            ca: &ca_file,
            cert: &file("server/tls.crt"),
            key: &file("server/tls.key"),
            peer_ca: &file("peer/ca.crt"),
            peer_cert: &file("peer/tls.crt"),
            peer_key: &file("peer/tls.key"),
        },
    );
    tree.client_is(&file("client/ca.crt"), &file("client/tls.crt"), &file("client/tls.key"));
}
