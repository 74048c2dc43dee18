//! Layouts with static pods: kubeadm and its relatives, `OpenShift`, kOps.

use super::{Authority, Leaf, Tree, put, settings::Tls};

/// kubeadm with stacked etcd. `kubeadm/app/phases/certs/certlist.go` and `phases/etcd/local.go` in kubernetes' repository.
pub(super) fn kubeadm(tree: &mut Tree) {
    pods(tree, "/etc/kubernetes/pki", "/var/lib/etcd", "cp1");
}

/// kubeadm inside kind's node container.
pub(super) fn kind(tree: &mut Tree) {
    pods(tree, "/etc/kubernetes/pki", "/var/lib/etcd", "kind-control-plane");
}

/// kubeadm with minikube's folders.
pub(super) fn minikube(tree: &mut Tree) {
    pods(tree, "/var/lib/minikube/certs", "/var/lib/minikube/etcd", "minikube");
}

fn pods(tree: &mut Tree, pki: &str, data: &str, node: &str) {
    let etcd = format!("{pki}/etcd");
    let in_etcd = |name: &str| format!("{etcd}/{name}");
    let ca_file = in_etcd("ca.crt");
    let ca = tree.authority(&ca_file, Some(&in_etcd("ca.key")), "etcd-ca");
    let names = tree.local_names(node);
    tree.pair(&ca, &in_etcd("server"), Leaf::both(node).sans(&names));
    tree.pair(&ca, &in_etcd("peer"), Leaf::both(node).sans(&names));
    let check = Leaf::client("kube-etcd-healthcheck-client");
    tree.pair(&ca, &in_etcd("healthcheck-client"), check);
    let client = format!("{pki}/apiserver-etcd-client");
    tree.pair(&ca, &client, Leaf::client("kube-apiserver-etcd-client").of("system:masters"));
    cluster_pki(tree, pki, node);
    tree.member(
        node,
        data,
        &Tls {
            ca: &ca_file,
            cert: &in_etcd("server.crt"),
            key: &in_etcd("server.key"),
            peer_ca: &ca_file,
            peer_cert: &in_etcd("peer.crt"),
            peer_key: &in_etcd("peer.key"),
        },
    );
    tree.etcd.set("snapshot-count", "10000");
    let metrics = tree.metrics_url();
    tree.etcd.set("listen-metrics-urls", metrics);
    let manifest = etcd_manifest(&tree.etcd.items(4), &etcd, data);
    tree.write_flags("/etc/kubernetes/manifests/etcd.yaml", 0o600, &manifest);
    let servers = format!("https://127.0.0.1:{}", tree.place.client);
    let apiserver = apiserver_manifest(&servers, &ca_file, &client, pki);
    tree.write("/etc/kubernetes/manifests/kube-apiserver.yaml", 0o600, &apiserver);
    tree.client_is(
        &ca_file,
        &in_etcd("healthcheck-client.crt"),
        &in_etcd("healthcheck-client.key"),
    );
}

/// What lies beside etcd's certificates and belongs to the cluster itself.
fn cluster_pki(tree: &mut Tree, pki: &str, node: &str) {
    let file = |name: &str| format!("{pki}/{name}");
    let ca = tree.authority(&file("ca.crt"), Some(&file("ca.key")), "kubernetes");
    let names = tree.local_names(node);
    let names = names.into_iter().chain(["kubernetes".into(), "kubernetes.default.svc".into()]);
    tree.pair(&ca, &file("apiserver"), Leaf::server("kube-apiserver").sans(names));
    let kubelet = Leaf::client("kube-apiserver-kubelet-client").of("kubeadm:cluster-admins");
    tree.pair(&ca, &file("apiserver-kubelet-client"), kubelet);
    let (cert, key) = (file("front-proxy-ca.crt"), file("front-proxy-ca.key"));
    let proxy = tree.authority(&cert, Some(&key), "front-proxy-ca");
    tree.pair(&proxy, &file("front-proxy-client"), Leaf::client("front-proxy-client"));
}

/// kubeadm with etcd on other hosts: the client's files and kube-apiserver's flags are all that is here.
pub(super) fn kubeadm_external(tree: &mut Tree) {
    let pki = "/etc/kubernetes/pki";
    let ca = Authority::new("etcd-ca");
    let ca_file = format!("{pki}/etcd/ca.crt");
    tree.write(&ca_file, 0o644, &ca.pem);
    let client = format!("{pki}/apiserver-etcd-client");
    tree.pair(&ca, &client, Leaf::client("kube-apiserver-etcd-client"));
    cluster_pki(tree, pki, "cp1");
    let manifest = apiserver_manifest(&tree.url(tree.place.client), &ca_file, &client, pki);
    tree.write("/etc/kubernetes/manifests/kube-apiserver.yaml", 0o600, &manifest);
    tree.client_is(&ca_file, &format!("{client}.crt"), &format!("{client}.key"));
    on_another_host(tree, &ca);
}

/// The member itself, in a folder beside the tree that stands for its own machine.
fn on_another_host(tree: &mut Tree, ca: &Authority) {
    let name = tree.root.file_name().unwrap_or_default().to_string_lossy();
    let host = tree.root.with_file_name(format!("{name}-etcd-host"));
    let (cert, key) = ca.issue(Leaf::both("etcd-1").sans(tree.local_names("etcd-1")));
    for (path, mode, content) in [
        ("etc/etcd/pki/ca.crt", 0o644, &ca.pem),
        ("etc/etcd/pki/server.crt", 0o644, &cert),
        ("etc/etcd/pki/server.key", 0o600, &key),
    ] {
        put(&host.join(path), mode, content).unwrap();
    }
    let (ca, cert, key) =
        ("/etc/etcd/pki/ca.crt", "/etc/etcd/pki/server.crt", "/etc/etcd/pki/server.key");
    let tls = Tls { ca, cert, key, peer_ca: ca, peer_cert: cert, peer_key: key };
    tree.member("etcd-1", "/var/lib/etcd", &tls);
    tree.elsewhere = Some(host);
}

/// `OpenShift` 4: the pod's shell starts etcd, and its folders carry other names on the host. `bindata/etcd/pod.yaml` in
/// openshift/cluster-etcd-operator.
pub(super) fn openshift(tree: &mut Tree) {
    const HOST: &str = "/etc/kubernetes/static-pod-resources/etcd-certs";
    const POD: &str = "/etc/kubernetes/static-pod-certs";
    let node = "master-0";
    let secrets = format!("{HOST}/secrets/etcd-all-certs");
    let bundles = format!("{HOST}/configmaps/etcd-all-bundles");
    let ca_file = format!("{bundles}/server-ca-bundle.crt");
    let ca = tree.authority(&ca_file, None, "openshift-etcd_etcd-signer");
    let metrics = tree.authority(
        &format!("{bundles}/metrics-ca-bundle.crt"),
        None,
        "openshift-etcd_etcd-metric-signer",
    );
    let names = tree.local_names(node);
    let leaf = |cn| Leaf::both(cn).of("system:etcd-servers").sans(&names).days(1095);
    tree.pair(&ca, &format!("{secrets}/etcd-serving-{node}"), leaf("system:etcd-server:master-0"));
    tree.pair(&ca, &format!("{secrets}/etcd-peer-{node}"), leaf("system:etcd-peer:master-0"));
    let serving = format!("{secrets}/etcd-serving-metrics-{node}");
    tree.pair(&metrics, &serving, leaf("system:etcd-metric:master-0"));
    let peer = |end: &str| format!("{secrets}/etcd-peer-{node}.{end}");
    tree.member(
        node,
        "/var/lib/etcd",
        &Tls {
            ca: &ca_file,
            cert: &format!("{secrets}/etcd-serving-{node}.crt"),
            key: &format!("{secrets}/etcd-serving-{node}.key"),
            peer_ca: &ca_file,
            peer_cert: &peer("crt"),
            peer_key: &peer("key"),
        },
    );
    let flags = tree.etcd.flags().join(" \\\n          ").replace(HOST, POD);
    let inside = |path: &str| path.replace(HOST, POD);
    let manifest = format!(
        "apiVersion: v1
kind: Pod
metadata:
  name: etcd
  namespace: openshift-etcd
  labels:
    app: etcd
    k8s-app: etcd
    revision: \"7\"
spec:
  containers:
  - name: etcdctl
    image: quay.io/openshift-release-dev/ocp-v4.0-art-dev
    command: [\"/bin/bash\", \"-c\", \"trap TERM INT; sleep infinity & wait\"]
    env:
    - name: ETCDCTL_API
      value: \"3\"
    - name: ETCDCTL_CACERT
      value: {cacert}
    - name: ETCDCTL_CERT
      value: {cert}
    - name: ETCDCTL_ENDPOINTS
      value: {url}
    - name: ETCDCTL_KEY
      value: {key}
    volumeMounts: &mounts
    - mountPath: {POD}
      name: cert-dir
    - mountPath: /var/lib/etcd/
      name: data-dir
  - name: etcd
    image: quay.io/openshift-release-dev/ocp-v4.0-art-dev
    command:
    - /bin/sh
    - -c
    - |
      #!/bin/sh
      set -euo pipefail
      etcdctl member list || true
      exec nice -n -19 ionice -c2 -n0 etcd \\
          {flags}
    volumeMounts: *mounts
  hostNetwork: true
  volumes:
  - hostPath:
      path: {HOST}
    name: cert-dir
  - hostPath:
      path: /var/lib/etcd
      type: \"\"
    name: data-dir
",
        cacert = inside(&ca_file),
        cert = inside(&peer("crt")),
        key = inside(&peer("key")),
        url = tree.url(tree.place.client),
    );
    tree.write_flags("/etc/kubernetes/manifests/etcd-pod.yaml", 0o644, &manifest);
    tree.client_is(&ca_file, &peer("crt"), &peer("key"));
}

/// kOps: etcd-manager makes short-lived certificates below the volume and starts etcd with its environment alone.
pub(super) fn kops(tree: &mut Tree) {
    let volume = "/mnt/master-vol-0a1b2c3d4e5f60718";
    let runtime = format!("{volume}/pki/AbCdEfGhIjKlMnOpQrStUg");
    let manager = "/etc/kubernetes/pki/etcd-manager-main";
    let shared = |name: &str| format!("{manager}/{name}");
    let (cert, key) = (shared("etcd-clients-ca.crt"), shared("etcd-clients-ca.key"));
    let clients = tree.authority(&cert, Some(&key), "etcd-clients-ca");
    let (cert, key) = (shared("etcd-peers-ca.crt"), shared("etcd-peers-ca.key"));
    let peers = tree.authority(&cert, Some(&key), "etcd-peers-ca-main");
    let (cert, key) = (shared("etcd-manager-ca.crt"), shared("etcd-manager-ca.key"));
    tree.authority(&cert, Some(&key), "etcd-manager-ca-main");
    let node = "etcd-a";
    let internal = "etcd-a.internal.k8s.example.com";
    let names: Vec<String> =
        tree.local_names(node).into_iter().chain([internal.to_owned()]).collect();
    let client_ca = format!("{runtime}/clients/ca.crt");
    let peer_ca = format!("{runtime}/peers/ca.crt");
    tree.write(&client_ca, 0o644, &clients.pem.clone());
    tree.write(&peer_ca, 0o644, &peers.pem.clone());
    tree.pair(&clients, &format!("{runtime}/clients/server"), Leaf::both(node).sans(&names));
    tree.pair(&peers, &format!("{runtime}/peers/me"), Leaf::both(node).sans(&names));
    let apiserver = "/etc/kubernetes/pki/kube-apiserver";
    tree.write(&format!("{apiserver}/etcd-ca.crt"), 0o644, &clients.pem.clone());
    tree.pair(&clients, &format!("{apiserver}/etcd-client"), Leaf::client("kube-apiserver"));
    let path = |name: &str| format!("{runtime}/{name}");
    tree.member(
        node,
        &format!("{volume}/data/AbCdEfGhIjKlMnOpQrStUg"),
        &Tls {
            ca: &client_ca,
            cert: &path("clients/server.crt"),
            key: &path("clients/server.key"),
            peer_ca: &peer_ca,
            peer_cert: &path("peers/me.crt"),
            peer_key: &path("peers/me.key"),
        },
    );
    let manifest = format!(
        "apiVersion: v1
kind: Pod
metadata:
  labels:
    k8s-app: etcd-manager-main
  name: etcd-manager-main
  namespace: kube-system
spec:
  containers:
  - name: etcd-manager
    image: registry.k8s.io/etcd-manager/etcd-manager-slim:v3.0.20241012
    command:
    - /bin/sh
    - -c
    - mkfifo /tmp/pipe; (tee -a /var/log/etcd.log < /tmp/pipe & ) ; exec /etcd-manager --backup-store=s3://state/backups/etcd/main --client-urls=https://__name__:{client} --cluster-name=etcd --containerized=true --dns-suffix=.internal.k8s.example.com --grpc-port=3996 --peer-urls=https://__name__:{peer} --quarantine-client-urls=https://__name__:3994 --v=6 --volume-provider=aws > /tmp/pipe 2>&1
    volumeMounts:
    - mountPath: /rootfs
      name: rootfs
    - mountPath: /etc/kubernetes/pki/etcd-manager
      name: pki
  hostNetwork: true
  volumes:
  - hostPath: {{path: /, type: Directory}}
    name: rootfs
  - hostPath: {{path: {manager}, type: DirectoryOrCreate}}
    name: pki
",
        client = tree.place.client,
        peer = tree.place.peer,
    );
    tree.write("/etc/kubernetes/manifests/etcd-main.manifest", 0o600, &manifest);
    let client = |end: &str| format!("{apiserver}/etcd-client.{end}");
    tree.client_is(&format!("{apiserver}/etcd-ca.crt"), &client("crt"), &client("key"));
}

/// A static pod of etcd as kubeadm writes it.
pub(super) fn etcd_manifest(items: &str, pki: &str, data: &str) -> String {
    format!(
        "apiVersion: v1
kind: Pod
metadata:
  labels:
    component: etcd
    tier: control-plane
  name: etcd
  namespace: kube-system
spec:
  containers:
  - command:
    - etcd
{items}    image: registry.k8s.io/etcd:3.5.16-0
    imagePullPolicy: IfNotPresent
    name: etcd
    volumeMounts:
    - mountPath: {data}
      name: etcd-data
    - mountPath: {pki}
      name: etcd-certs
  hostNetwork: true
  priorityClassName: system-node-critical
  volumes:
  - hostPath:
      path: {pki}
      type: DirectoryOrCreate
    name: etcd-certs
  - hostPath:
      path: {data}
      type: DirectoryOrCreate
    name: etcd-data
status: {{}}
"
    )
}

fn apiserver_manifest(servers: &str, ca: &str, client: &str, pki: &str) -> String {
    format!(
        "apiVersion: v1
kind: Pod
metadata:
  labels:
    component: kube-apiserver
    tier: control-plane
  name: kube-apiserver
  namespace: kube-system
spec:
  containers:
  - command:
    - kube-apiserver
    - --client-ca-file={pki}/ca.crt
    - --etcd-cafile={ca}
    - --etcd-certfile={client}.crt
    - --etcd-keyfile={client}.key
    - --etcd-servers={servers}
    - --tls-cert-file={pki}/apiserver.crt
    - --tls-private-key-file={pki}/apiserver.key
    image: registry.k8s.io/kube-apiserver:v1.32.0
    name: kube-apiserver
    volumeMounts:
    - mountPath: {pki}
      name: k8s-certs
      readOnly: true
  hostNetwork: true
  volumes:
  - hostPath:
      path: {pki}
      type: DirectoryOrCreate
    name: k8s-certs
status: {{}}
"
    )
}
