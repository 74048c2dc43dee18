//! etcd as a service of the host: kubespray, kubeasz, etcdadm, kubernetes-the-hard-way, Debian's package.

use super::{Leaf, Tree, settings::Tls};

/// kubespray: `roles/etcd/templates/{etcd.env,etcd-host.service,make-ssl-etcd.sh}.j2`.
pub(super) fn kubespray(tree: &mut Tree) {
    let (folder, node, member) = ("/etc/ssl/etcd/ssl", "node1", "etcd1");
    let file = |name: &str| format!("{folder}/{name}");
    let ca_file = file("ca.pem");
    let ca = tree.authority(&ca_file, Some(&file("ca-key.pem")), "etcd-ca");
    // Every certificate lists every member and carries both usages.
    let mut names = tree.local_names(node);
    names
        .extend(["etcd.kube-system.svc.cluster.local", "etcd.kube-system", "etcd"].map(Into::into));
    for (name, cn) in [("member", "etcd-member"), ("admin", "etcd-admin"), ("node", "etcd-node")] {
        let cn = format!("{cn}-{node}");
        let leaf = Leaf::both(&cn).sans(&names).days(36500);
        tree.pem_pair(&ca, &file(&format!("{name}-{node}")), leaf);
    }
    let openssl = "[req]\nreq_extensions = v3_req\ndistinguished_name = req_distinguished_name\n\
                   [req_distinguished_name]\n[ v3_req ]\nbasicConstraints = CA:FALSE\n\
                   keyUsage = nonRepudiation, digitalSignature, keyEncipherment\n";
    tree.write("/etc/ssl/etcd/openssl.conf", 0o600, openssl);
    let (cert, key) = (file("member-node1.pem"), file("member-node1-key.pem"));
    let tls = Tls {
        ca: &ca_file,
        cert: &cert,
        key: &key,
        peer_ca: &ca_file,
        peer_cert: &cert,
        peer_key: &key,
    };
    tree.member(member, "/var/lib/etcd", &tls);
    for (name, value) in [
        ("initial-cluster-state", "new"),
        ("initial-cluster-token", "k8s_etcd"),
        ("metrics", "basic"),
        ("election-timeout", "5000"),
        ("heartbeat-interval", "250"),
        ("auto-compaction-retention", "8"),
        ("snapshot-count", "10000"),
    ] {
        tree.etcd.set(name, value);
    }
    let (cert, key) = (file("admin-node1.pem"), file("admin-node1-key.pem"));
    let environment = format!(
        "# Environment file for etcd 3.5.16\n{}# CLI settings\n\
         ETCDCTL_ENDPOINTS=https://127.0.0.1:{}\nETCDCTL_CACERT={ca_file}\nETCDCTL_KEY={key}\nETCDCTL_CERT={cert}\n\n\
         # ETCD 3.5.x issue\n# https://groups.google.com/a/kubernetes.io/g/dev/c/B7gJs88XtQc/m/rSgNOzV2BwAJ?utm_medium=email&utm_source=footer\n\
         ETCD_EXPERIMENTAL_INITIAL_CORRUPT_CHECK=True\n",
        tree.etcd.environment(),
        tree.place.client,
    );
    tree.write_flags("/etc/etcd.env", 0o640, &environment);
    let unit = unit("EnvironmentFile=/etc/etcd.env\nExecStart=/usr/local/bin/etcd");
    tree.write("/etc/systemd/system/etcd.service", 0o644, &unit);
    tree.client_is(&ca_file, &cert, &key);
}

/// kubeasz: `roles/etcd/templates/etcd.service.j2`; one pair serves all.
pub(super) fn kubeasz(tree: &mut Tree) {
    let folder = "/etc/kubernetes/ssl";
    let file = |name: &str| format!("{folder}/{name}");
    let (ca_file, cert, key) = (file("ca.pem"), file("etcd.pem"), file("etcd-key.pem"));
    let ca = tree.authority(&ca_file, Some(&file("ca-key.pem")), "kubernetes-ca");
    let names = tree.local_names("etcd-1");
    tree.leaf(&ca, &cert, &key, Leaf::both("etcd").of("k8s").sans(names).days(18250));
    let tls = Tls {
        ca: &ca_file,
        cert: &cert,
        key: &key,
        peer_ca: &ca_file,
        peer_cert: &cert,
        peer_key: &key,
    };
    tree.member("etcd-1", "/var/lib/etcd", &tls);
    tree.etcd.set("initial-cluster-token", "etcd-cluster-0");
    tree.etcd.set("initial-cluster-state", "new");
    tree.etcd.set("snapshot-count", "50000");
    let start = format!(
        "WorkingDirectory=/var/lib/etcd\nExecStart=/opt/kube/bin/etcd \\\n  {}",
        tree.etcd.continued()
    );
    tree.write_flags("/etc/systemd/system/etcd.service", 0o644, &unit(&start));
    tree.client_is(&ca_file, &cert, &key);
}

/// etcdadm (retired): `service/templates.go` and `constants/constants.go` in kubernetes-retired/etcdadm.
pub(super) fn etcdadm(tree: &mut Tree) {
    let folder = "/etc/etcd/pki";
    let file = |name: &str| format!("{folder}/{name}");
    let ca_file = file("ca.crt");
    let ca = tree.authority(&ca_file, Some(&file("ca.key")), "etcd");
    let names = tree.local_names("host1");
    tree.pair(&ca, &file("server"), Leaf::both("host1").sans(&names));
    tree.pair(&ca, &file("peer"), Leaf::both("host1").sans(&names));
    for (name, cn) in [
        ("etcdctl-etcd-client", "host1-etcdctl"),
        ("apiserver-etcd-client", "kube-apiserver-etcd-client"),
    ] {
        tree.pair(&ca, &file(name), Leaf::client(cn).of("system:masters"));
    }
    tree.member(
        "host1",
        "/var/lib/etcd",
        &Tls {
            ca: &ca_file,
            cert: &file("server.crt"),
            key: &file("server.key"),
            peer_ca: &ca_file,
            peer_cert: &file("peer.crt"),
            peer_key: &file("peer.key"),
        },
    );
    tree.etcd.set("strict-reconfig-check", "true");
    let environment = tree.etcd.environment();
    tree.write_flags("/etc/etcd/etcd.env", 0o644, &environment);
    let (cert, key) = (file("etcdctl-etcd-client.crt"), file("etcdctl-etcd-client.key"));
    let etcdctl = format!(
        "export ETCDCTL_API=3\n\nexport ETCDCTL_CACERT={ca_file}\nexport ETCDCTL_CERT={cert}\n\
         export ETCDCTL_KEY={key}\n\nexport ETCDCTL_DIAL_TIMEOUT=3s\n"
    );
    tree.write("/etc/etcd/etcdctl.env", 0o644, &etcdctl);
    let unit = unit("EnvironmentFile=/etc/etcd/etcd.env\nExecStart=/opt/bin/etcd");
    tree.write("/etc/systemd/system/etcd.service", 0o644, &unit);
    tree.client_is(&ca_file, &cert, &key);
}

/// Kubernetes The Hard Way, the edition with cfssl: `docs/07-bootstrapping-etcd.md`.
pub(super) fn the_hard_way(tree: &mut Tree) {
    let file = |name: &str| format!("/etc/etcd/{name}");
    let (ca_file, cert, key) = (file("ca.pem"), file("kubernetes.pem"), file("kubernetes-key.pem"));
    // The CA's key stays where the certificates were made.
    let ca = tree.authority(&ca_file, None, "Kubernetes");
    let names = tree.local_names("controller-0");
    let names = names.into_iter().chain(["kubernetes".into(), "kubernetes.default".into()]);
    tree.leaf(
        &ca,
        &cert,
        &key,
        Leaf::both("kubernetes").of("Kubernetes").sans(names).days(8760 / 24),
    );
    let tls = Tls {
        ca: &ca_file,
        cert: &cert,
        key: &key,
        peer_ca: &ca_file,
        peer_cert: &cert,
        peer_key: &key,
    };
    tree.member("controller-0", "/var/lib/etcd", &tls);
    tree.etcd.set("initial-cluster-token", "etcd-cluster-0");
    tree.etcd.set("initial-cluster-state", "new");
    let start =
        format!("Type=notify\nExecStart=/usr/local/bin/etcd \\\n  {}", tree.etcd.continued());
    tree.write_flags("/etc/systemd/system/etcd.service", 0o644, &unit(&start));
    tree.client_is(&ca_file, &cert, &key);
}

/// Debian's `etcd-server`: the package brings unit and `/etc/default/etcd`, the administrator the certificates.
pub(super) fn debian(tree: &mut Tree) {
    let file = |name: &str| format!("/etc/ssl/etcd/{name}");
    let ca_file = file("ca.crt");
    let ca = tree.authority(&ca_file, None, "etcd-ca");
    let names = tree.local_names("db1");
    tree.pair(&ca, &file("server"), Leaf::both("db1").sans(&names));
    tree.pair(&ca, &file("peer"), Leaf::both("db1").sans(&names));
    tree.pair(&ca, &file("client"), Leaf::client("root"));
    tree.member(
        "db1",
        "/var/lib/etcd/default",
        &Tls {
            ca: &ca_file,
            cert: &file("server.crt"),
            key: &file("server.key"),
            peer_ca: &ca_file,
            peer_cert: &file("peer.crt"),
            peer_key: &file("peer.key"),
        },
    );
    let quoted = tree.etcd.environment().lines().fold(String::new(), |text, line| {
        let (name, value) = line.split_once('=').unwrap_or((line, ""));
        format!("{text}{name}=\"{value}\"\n")
    });
    let defaults = format!(
        "## etcd(1) daemon options\n## See \"/usr/share/doc/etcd-server/op-guide/configuration.md.gz\"\n\n{quoted}# ETCD_DISCOVERY=\n"
    );
    tree.write_flags("/etc/default/etcd", 0o644, &defaults);
    let service = "Type=notify\nUser=etcd\nPermissionsStartOnly=true\n\
                   Environment=ETCD_DATA_DIR=/var/lib/etcd/default\nEnvironmentFile=-/etc/default/%p\n\
                   ExecStart=/usr/bin/etcd $DAEMON_ARGS";
    tree.write("/usr/lib/systemd/system/etcd.service", 0o644, &unit(service));
    tree.client_is(&ca_file, &file("client.crt"), &file("client.key"));
}

/// A unit with this service section.
pub(super) fn unit(service: &str) -> String {
    format!(
        "[Unit]
Description=etcd
Documentation=https://github.com/etcd-io/etcd
After=network-online.target

[Service]
{service}
Restart=on-failure
RestartSec=5
LimitNOFILE=65536

[Install]
WantedBy=multi-user.target
"
    )
}
