//! Kubernetes distributions that bring their own etcd: k3s, RKE2, k0s, `MicroK8s`, Talos.

use super::{Leaf, Tree, hosts::unit, kubernetes::etcd_manifest, settings::Tls};

/// k3s with embedded etcd: `pkg/daemons/control/deps` and `pkg/etcd/etcd.go` in k3s-io/k3s.
pub(super) fn k3s(tree: &mut Tree) {
    rancher(tree, "/var/lib/rancher/k3s", "server-1-a1b2c3d4");
    let service = "Type=notify\nEnvironmentFile=-/etc/default/%N\nEnvironmentFile=-/etc/sysconfig/%N\n\
                   EnvironmentFile=-/etc/systemd/system/k3s.service.env\nKillMode=process\n\
                   ExecStart=/usr/local/bin/k3s \\\n    server \\\n\t'--cluster-init' \\\n";
    tree.write("/etc/systemd/system/k3s.service", 0o644, &unit(service));
    tree.write("/etc/systemd/system/k3s.service.env", 0o600, "");
}

/// RKE2: k3s' files under its own folder, and etcd in a static pod.
pub(super) fn rke2(tree: &mut Tree) {
    let data = "/var/lib/rancher/rke2";
    rancher(tree, data, "server-1-e5f60718");
    let config = format!("    - --config-file={data}/server/db/etcd/config\n");
    let manifest = etcd_manifest(
        &config,
        &format!("{data}/server/tls/etcd"),
        &format!("{data}/server/db/etcd"),
    );
    tree.write(&format!("{data}/agent/pod-manifests/etcd.yaml"), 0o600, &manifest);
    let service = "Type=notify\nEnvironmentFile=-/usr/local/lib/systemd/system/%N.env\n\
                   ExecStart=/usr/local/bin/rke2 server";
    tree.write("/usr/local/lib/systemd/system/rke2-server.service", 0o644, &unit(service));
}

fn rancher(tree: &mut Tree, data: &str, name: &str) {
    let file = |name: &str| format!("{data}/server/tls/etcd/{name}");
    let (server_ca, peer_ca) = (file("server-ca.crt"), file("peer-ca.crt"));
    let servers =
        tree.authority(&server_ca, Some(&file("server-ca.key")), "etcd-server-ca@1767225600");
    let peers = tree.authority(&peer_ca, Some(&file("peer-ca.key")), "etcd-peer-ca@1767225600");
    let names = tree.local_names("server-1");
    let names: Vec<String> = names.into_iter().chain(["kine.sock".to_owned()]).collect();
    tree.pair(&servers, &file("server-client"), Leaf::both("etcd-server").sans(&names));
    tree.pair(&peers, &file("peer-server-client"), Leaf::both("etcd-peer").sans(&names));
    tree.pair(&servers, &file("client"), Leaf::client("etcd-client"));
    tree.member(
        name,
        &format!("{data}/server/db/etcd"),
        &Tls {
            ca: &server_ca,
            cert: &file("server-client.crt"),
            key: &file("server-client.key"),
            peer_ca: &peer_ca,
            peer_cert: &file("peer-server-client.crt"),
            peer_key: &file("peer-server-client.key"),
        },
    );
    let (metrics, http) = (tree.metrics_url(), format!("https://127.0.0.1:{}", tree.place.http));
    for (setting, value) in [
        ("initial-cluster-state", "new"),
        ("election-timeout", "5000"),
        ("heartbeat-interval", "500"),
        ("snapshot-count", "10000"),
        ("logger", "zap"),
        ("log-outputs", "stderr"),
        ("listen-metrics-urls", &metrics),
        ("listen-client-http-urls", &http),
    ] {
        tree.etcd.set(setting, value);
    }
    let config = tree.etcd.config_file().replace("log-outputs: stderr", "log-outputs:\n- stderr");
    tree.write_flags(&format!("{data}/server/db/etcd/config"), 0o600, &config);
    tree.write(&format!("{data}/server/db/etcd/name"), 0o600, name);
    // The cluster's own CAs and clients lie one folder above.
    let above = |name: &str| format!("{data}/server/tls/{name}");
    for (name, cn) in [("client-ca", "k3s-client-ca"), ("server-ca", "k3s-server-ca")] {
        let (cert, key) = (above(&format!("{name}.crt")), above(&format!("{name}.key")));
        let ca = tree.authority(&cert, Some(&key), &format!("{cn}@1767225600"));
        if name == "client-ca" {
            let admin = Leaf::client("system:admin").of("system:masters");
            tree.pair(&ca, &above("client-admin"), admin);
        }
    }
    tree.client_is(&server_ca, &file("client.crt"), &file("client.key"));
}

/// k0s: `pkg/component/controller/etcd.go` in k0sproject/k0s; the process has the flags, no file does.
pub(super) fn k0s(tree: &mut Tree) {
    let pki = "/var/lib/k0s/pki";
    let file = |name: &str| format!("{pki}/etcd/{name}");
    let ca_file = file("ca.crt");
    let ca = tree.authority(&ca_file, Some(&file("ca.key")), "etcd-ca");
    let names = tree.local_names("controller0");
    tree.pair(&ca, &file("server"), Leaf::both("etcd-server").of("etcd-server").sans(&names));
    tree.pair(&ca, &file("peer"), Leaf::both("controller0").of("etcd-peer").sans(&names));
    let client = format!("{pki}/apiserver-etcd-client");
    let leaf = Leaf::both("apiserver-etcd-client").of("apiserver-etcd-client");
    tree.pair(&ca, &client, leaf.sans(["127.0.0.1", "localhost"]));
    let (cert, key) = (format!("{pki}/ca.crt"), format!("{pki}/ca.key"));
    let cluster = tree.authority(&cert, Some(&key), "kubernetes-ca");
    let admin = Leaf::client("kubernetes-admin").of("system:masters");
    tree.pair(&cluster, &format!("{pki}/admin"), admin);
    tree.member(
        "controller0",
        "/var/lib/k0s/etcd",
        &Tls {
            ca: &ca_file,
            cert: &file("server.crt"),
            key: &file("server.key"),
            peer_ca: &ca_file,
            peer_cert: &file("peer.crt"),
            peer_key: &file("peer.key"),
        },
    );
    let service =
        "EnvironmentFile=-/etc/sysconfig/k0scontroller\nExecStart=/usr/local/bin/k0s controller";
    tree.write("/etc/systemd/system/k0scontroller.service", 0o644, &unit(service));
    tree.client_is(&ca_file, &format!("{client}.crt"), &format!("{client}.key"));
}

/// `MicroK8s` while it still had etcd: `microk8s-resources/default-args/etcd`; the snap's variables stand in the file.
pub(super) fn microk8s(tree: &mut Tree) {
    const DATA: &str = "/var/snap/microk8s/current";
    let file = |name: &str| format!("{DATA}/certs/{name}");
    let (ca_file, cert, key) = (file("ca.crt"), file("server.crt"), file("server.key"));
    let ca = tree.authority(&ca_file, Some(&file("ca.key")), "10.152.183.1");
    let names = tree.local_names("kubernetes");
    let cluster = ["kubernetes.default", "kubernetes.default.svc.cluster.local", "10.152.183.1"];
    let names = names.into_iter().chain(cluster.map(str::to_owned));
    tree.leaf(&ca, &cert, &key, Leaf::both("127.0.0.1").of("Canonical").sans(names));
    let data = "/var/snap/microk8s/common/var/run/etcd";
    let client = tree.url(tree.place.client);
    let peer = format!("http://127.0.0.1:{}", tree.place.peer);
    for (name, value) in [
        ("data-dir", data),
        ("advertise-client-urls", &client),
        ("listen-client-urls", &client),
        ("client-cert-auth", "true"),
        ("trusted-ca-file", &ca_file),
        ("cert-file", &cert),
        ("key-file", &key),
        // MicroK8s leaves the peer port at etcd's default, which two at once can't share.
        ("listen-peer-urls", &peer),
        ("initial-advertise-peer-urls", &peer),
        ("initial-cluster", &format!("default={peer}")),
    ] {
        tree.etcd.set(name, value);
    }
    let args = tree.etcd.flags().join("\n") + "\n";
    let args =
        args.replace(DATA, "${SNAP_DATA}").replace("/var/snap/microk8s/common", "${SNAP_COMMON}");
    let args = args.replace("--client-cert-auth=true", "--client-cert-auth");
    tree.write_flags(&format!("{DATA}/args/etcd"), 0o660, &args);
    let apiserver = format!(
        "--etcd-servers={client}\n--etcd-cafile=${{SNAP_DATA}}/certs/ca.crt\n\
         --etcd-certfile=${{SNAP_DATA}}/certs/server.crt\n--etcd-keyfile=${{SNAP_DATA}}/certs/server.key\n"
    );
    tree.write(&format!("{DATA}/args/kube-apiserver"), 0o660, &apiserver);
    tree.client_is(&ca_file, &cert, &key);
}

/// Talos: machined starts etcd with its machine configuration; `internal/app/machined/pkg/system/services/etcd.go`.
pub(super) fn talos(tree: &mut Tree) {
    let file = |name: &str| format!("/system/secrets/etcd/{name}");
    let ca_file = file("ca.crt");
    let ca = tree.authority(&ca_file, None, "etcd");
    let names = tree.local_names("talos-cp-1");
    let leaf = |cn| Leaf::both(cn).of("etcd").sans(&names);
    tree.pair(&ca, &file("server"), leaf("talos-cp-1"));
    tree.pair(&ca, &file("peer"), leaf("talos-cp-1"));
    tree.pair(&ca, &file("admin"), Leaf::client("root").of("etcd"));
    let apiserver = "/system/secrets/kubernetes/kube-apiserver";
    let pem = ca.pem.clone();
    tree.write(&format!("{apiserver}/etcd-client-ca.crt"), 0o644, &pem);
    let client = Leaf::client("kube-apiserver").of("system:masters");
    tree.pair(&ca, &format!("{apiserver}/etcd-client"), client);
    tree.member(
        "talos-cp-1",
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
    tree.client_is(&ca_file, &file("admin.crt"), &file("admin.key"));
}
