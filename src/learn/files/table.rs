//! The files of each layout. A `*` in a path stands for any name, `{crt,key}` for a certificate and its key.

use super::{
    Folder,
    Role::{
        self, Admin, ApiserverClient, ApiserverSettings, ClientCa, ClusterCa, EtcdCa, HealthClient,
        Kubernetes, Metrics, NodeClient, Peer, PeerCa, Server, ServerAndPeer, Settings,
    },
};

/// k3s and RKE2 are of one make.
const RANCHER: &[(&str, Role)] = &[
    ("tls/etcd/server-ca.{crt,key}", ClientCa),
    ("tls/etcd/peer-ca.{crt,key}", PeerCa),
    ("tls/etcd/server-client.{crt,key}", Server),
    ("tls/etcd/peer-server-client.{crt,key}", Peer),
    ("tls/etcd/client.{crt,key}", ApiserverClient),
    ("db/etcd/config", Settings),
    ("tls/server-ca.{crt,key}", Kubernetes),
    ("tls/client-ca.{crt,key}", Kubernetes),
    ("tls/client-admin.{crt,key}", Kubernetes),
];

/// The folders of all layouts.
pub(super) const FOLDERS: &[Folder] = &[
    Folder {
        layout: "kubeadm, kind",
        path: "/etc/kubernetes/pki",
        files: &[
            ("etcd/ca.{crt,key}", EtcdCa),
            ("etcd/server.{crt,key}", Server),
            ("etcd/peer.{crt,key}", Peer),
            ("etcd/healthcheck-client.{crt,key}", HealthClient),
            ("apiserver-etcd-client.{crt,key}", ApiserverClient),
            ("ca.{crt,key}", ClusterCa),
            ("apiserver.{crt,key}", Kubernetes),
            ("apiserver-kubelet-client.{crt,key}", Kubernetes),
            ("front-proxy-ca.{crt,key}", Kubernetes),
            ("front-proxy-client.{crt,key}", Kubernetes),
            ("sa.{pub,key}", Kubernetes),
        ],
    },
    Folder {
        layout: "kubeadm, kind",
        path: "/etc/kubernetes/manifests",
        files: &[("etcd.yaml", Settings), ("kube-apiserver.yaml", ApiserverSettings)],
    },
    Folder {
        layout: "minikube",
        path: "/var/lib/minikube/certs",
        files: &[
            ("etcd/ca.{crt,key}", EtcdCa),
            ("etcd/server.{crt,key}", Server),
            ("etcd/peer.{crt,key}", Peer),
            ("etcd/healthcheck-client.{crt,key}", HealthClient),
            ("apiserver-etcd-client.{crt,key}", ApiserverClient),
            ("ca.{crt,key}", ClusterCa),
            ("apiserver.{crt,key}", Kubernetes),
            ("apiserver-kubelet-client.{crt,key}", Kubernetes),
            ("proxy-client-ca.{crt,key}", Kubernetes),
            ("proxy-client.{crt,key}", Kubernetes),
            ("front-proxy-ca.{crt,key}", Kubernetes),
            ("front-proxy-client.{crt,key}", Kubernetes),
        ],
    },
    Folder {
        layout: "kubespray",
        path: "/etc/ssl/etcd/ssl",
        files: &[
            ("ca.pem", EtcdCa),
            ("ca-key.pem", EtcdCa),
            ("member-*.pem", ServerAndPeer),
            ("admin-*.pem", Admin),
            ("node-*.pem", NodeClient),
        ],
    },
    Folder { layout: "kubespray", path: "/etc", files: &[("etcd.env", Settings)] },
    Folder {
        layout: "kubeasz",
        path: "/etc/kubernetes/ssl",
        files: &[
            ("ca.pem", EtcdCa),
            ("ca-key.pem", EtcdCa),
            ("etcd.pem", ServerAndPeer),
            ("etcd-key.pem", ServerAndPeer),
            ("kubernetes.pem", ApiserverClient),
            ("kubernetes-key.pem", ApiserverClient),
        ],
    },
    Folder {
        layout: "etcdadm",
        path: "/etc/etcd",
        files: &[
            ("pki/ca.{crt,key}", EtcdCa),
            ("pki/server.{crt,key}", Server),
            ("pki/peer.{crt,key}", Peer),
            ("pki/etcdctl-etcd-client.{crt,key}", Admin),
            ("pki/apiserver-etcd-client.{crt,key}", ApiserverClient),
            ("etcd.env", Settings),
        ],
    },
    Folder { layout: "k3s", path: "/var/lib/rancher/k3s/server", files: RANCHER },
    Folder { layout: "RKE2", path: "/var/lib/rancher/rke2/server", files: RANCHER },
    Folder {
        layout: "k0s",
        path: "/var/lib/k0s/pki",
        files: &[
            ("etcd/ca.{crt,key}", EtcdCa),
            ("etcd/server.{crt,key}", Server),
            ("etcd/peer.{crt,key}", Peer),
            ("apiserver-etcd-client.{crt,key}", ApiserverClient),
            ("ca.{crt,key}", ClusterCa),
            ("admin.{crt,key}", Kubernetes),
        ],
    },
    Folder {
        layout: "MicroK8s",
        path: "/var/snap/microk8s/current",
        files: &[
            ("certs/ca.{crt,key}", EtcdCa),
            ("certs/server.{crt,key}", Server),
            ("args/etcd", Settings),
            ("args/kube-apiserver", ApiserverSettings),
        ],
    },
    Folder {
        layout: "Talos",
        path: "/system/secrets",
        files: &[
            ("etcd/ca.{crt,key}", EtcdCa),
            ("etcd/server.{crt,key}", Server),
            ("etcd/peer.{crt,key}", Peer),
            ("etcd/admin.{crt,key}", Admin),
            ("kubernetes/kube-apiserver/etcd-client-ca.crt", EtcdCa),
            ("kubernetes/kube-apiserver/etcd-client.{crt,key}", ApiserverClient),
        ],
    },
    Folder {
        layout: "OpenShift",
        path: "/etc/kubernetes/static-pod-resources/etcd-certs",
        files: &[
            ("secrets/etcd-all-certs/etcd-serving-metrics-*.{crt,key}", Metrics),
            ("secrets/etcd-all-certs/etcd-serving-*.{crt,key}", Server),
            ("secrets/etcd-all-certs/etcd-peer-*.{crt,key}", Peer),
            ("configmaps/etcd-all-bundles/server-ca-bundle.crt", EtcdCa),
            ("configmaps/etcd-all-bundles/metrics-ca-bundle.crt", Metrics),
        ],
    },
    Folder {
        layout: "kOps",
        path: "/mnt/master-vol-*/pki/*",
        files: &[
            ("clients/ca.{crt,key}", ClientCa),
            ("clients/server.{crt,key}", Server),
            ("peers/ca.{crt,key}", PeerCa),
            ("peers/me.{crt,key}", Peer),
        ],
    },
    Folder {
        layout: "kOps",
        path: "/etc/kubernetes/pki",
        files: &[
            ("etcd-manager-*/etcd-clients-ca.{crt,key}", ClientCa),
            ("etcd-manager-*/etcd-peers-ca.{crt,key}", PeerCa),
            ("etcd-manager-*/etcd-manager-ca.{crt,key}", Kubernetes),
            ("kube-apiserver/etcd-ca.crt", ClientCa),
            ("kube-apiserver/etcd-client.{crt,key}", ApiserverClient),
        ],
    },
    Folder {
        layout: "Kubernetes the hard way",
        path: "/etc/etcd",
        files: &[
            ("ca.{crt,pem}", EtcdCa),
            ("kube-api-server.{crt,key}", ServerAndPeer),
            ("kubernetes.pem", ServerAndPeer),
            ("kubernetes-key.pem", ServerAndPeer),
            ("etcd-server.{crt,key}", ServerAndPeer),
        ],
    },
    Folder {
        layout: "package",
        path: "/etc/etcd",
        files: &[
            ("ssl/ca.{crt,key}", EtcdCa),
            ("ssl/server.{crt,key}", Server),
            ("ssl/peer.{crt,key}", Peer),
            ("ssl/client.{crt,key}", Admin),
            ("etcd.conf", Settings),
            ("etcd.conf.{yml,yaml}", Settings),
        ],
    },
    Folder {
        layout: "package",
        path: "/etc",
        files: &[("default/etcd", Settings), ("systemd/system/etcd.service", Settings)],
    },
    Folder {
        layout: "Bitnami",
        path: "/opt/bitnami/etcd/certs",
        files: &[
            ("client/ca.crt", ClientCa),
            ("client/{cert,key}.pem", Server),
            ("peer/ca.crt", PeerCa),
            ("peer/{cert,key}.pem", Peer),
        ],
    },
    Folder {
        layout: "etcd-druid",
        path: "/var/etcd",
        files: &[
            ("ssl/ca/bundle.crt", ClientCa),
            ("ssl/server/tls.{crt,key}", Server),
            ("ssl/client/tls.{crt,key}", Admin),
            ("ssl/peer/ca/bundle.crt", PeerCa),
            ("ssl/peer/server/tls.{crt,key}", Peer),
            ("config/etcd.conf.yaml", Settings),
        ],
    },
    Folder {
        layout: "package",
        path: "/etc/ssl/etcd",
        files: &[
            ("ca.{crt,key}", EtcdCa),
            ("server.{crt,key}", Server),
            ("peer.{crt,key}", Peer),
            ("client.{crt,key}", Admin),
        ],
    },
    Folder {
        layout: "RKE2",
        path: "/var/lib/rancher/rke2/agent/pod-manifests",
        files: &[("etcd.yaml", Settings)],
    },
    Folder {
        layout: "OpenShift",
        path: "/etc/kubernetes/manifests",
        files: &[("etcd-pod.yaml", Settings)],
    },
    Folder {
        layout: "kOps",
        path: "/etc/kubernetes/manifests",
        files: &[("etcd-main.manifest", Settings)],
    },
    Folder {
        layout: "cert-manager",
        path: "/etc/etcd/tls",
        files: &[
            ("server/ca.crt", EtcdCa),
            ("server/tls.{crt,key}", Server),
            ("peer/ca.crt", EtcdCa),
            ("peer/tls.{crt,key}", Peer),
            ("client/ca.crt", EtcdCa),
            ("client/tls.{crt,key}", Admin),
        ],
    },
];
