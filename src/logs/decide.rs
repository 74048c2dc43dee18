//! The one test that tells the candidates of a line apart, with the addresses and names of the line in it.

use super::{
    places::{Places, host},
    voice::Voice,
};
use crate::{
    diagnoses::engine::Fix,
    etcd::{CLIENT_PORT, PEER_PORT},
};

/// Which test decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decide {
    /// The connection again, from where it failed.
    Check,
    /// The certificate that was refused, against the CA file of whoever refused it.
    Verify,
    /// A certificate and its key.
    Pair,
    /// The file that is named.
    File,
    /// The settings of the server.
    Config,
    /// A name lookup.
    Name,
    /// The alarms.
    Alarms,
    /// The user that a certificate stands for.
    User,
    /// What the members say of each other.
    Members,
    /// Whether kube-apiserver runs, and what it says.
    Apiserver,
    /// How often it happens, and whether anybody misses a connection.
    Watch,
}

impl Decide {
    /// The command.
    pub(super) fn command(self, voice: Voice, places: &Places) -> Fix {
        let fix = match self {
            Self::Check => check(voice, places),
            Self::Verify => verify(voice, places),
            Self::Pair => Fix::run("etcd-tls verify")
                .arg("--cert", places.path.as_deref().unwrap_or("client.crt"))
                .arg("--key", "client.key")
                .arg("--cacert", "ca.crt"),
            Self::File => Fix::run("ls -lL").value(places.path.as_deref().unwrap_or("ca.crt")),
            Self::Config => config(),
            Self::Name => {
                let dialled = places.dialled.as_deref().map(|one| host(bare(one)));
                let name = places.name.as_deref().or(dialled).unwrap_or("etcd-1.example");
                Fix::run("getent hosts").value(name)
            }
            Self::Alarms => etcdctl(voice, places, "alarm list"),
            Self::User => {
                let user = places.user.as_deref().unwrap_or("root");
                etcdctl(voice, places, "user get").value(user)
            }
            Self::Members => etcdctl(voice, places, "endpoint status --cluster -w table"),
            Self::Apiserver => Fix::run("crictl ps -a --name kube-apiserver"),
            Self::Watch => {
                Fix::run("ss -Htnp dst").value(places.remote_host().unwrap_or("127.0.0.1"))
            }
        };
        match places.remote_host().filter(|_| self == Self::Check && voice.is_dialled()) {
            Some(remote) => fix.on(remote),
            None => fix,
        }
    }
}

fn check(voice: Voice, places: &Places) -> Fix {
    if voice == Voice::Start {
        return config();
    }
    let peer = voice.is_peer();
    let run = if peer { "etcd-tls check --peer" } else { "etcd-tls check" };
    let port = if peer { PEER_PORT } else { CLIENT_PORT };
    let (ca, cert, key) = files(voice);
    let fix = Fix::run(run).arg("--endpoints", url(voice, places, port));
    fix.arg("--cacert", ca).arg("--cert", cert).arg("--key", key)
}

fn verify(voice: Voice, places: &Places) -> Fix {
    let (ca, cert, _) = files(voice);
    match voice {
        Voice::Server | Voice::Listener | Voice::PeerIn => Fix::run("etcd-tls verify")
            .arg("--cacert", ca)
            .arg("--cert", cert)
            .arg("--usage", "client"),
        Voice::Client | Voice::PeerOut | Voice::Start => check(voice, places),
    }
}

/// etcd's own settings, where kubeadm keeps them.
fn config() -> Fix {
    Fix::run("etcd-tls check").arg("--config", "/etc/kubernetes/manifests/etcd.yaml")
}

/// The files of the side that is to be looked at, as kubeadm calls them.
fn files(voice: Voice) -> (&'static str, &'static str, &'static str) {
    if voice.is_peer() {
        ("ca.crt", "peer.crt", "peer.key")
    } else {
        ("ca.crt", "client.crt", "client.key")
    }
}

fn etcdctl(voice: Voice, places: &Places, command: &'static str) -> Fix {
    let (ca, cert, key) = files(Voice::Client);
    let fix = Fix::run("etcdctl").arg("--endpoints", url(voice, places, CLIENT_PORT));
    let fix = fix.arg("--cacert", ca).arg("--cert", cert).arg("--key", key);
    fix.plain(command)
}

/// The server as a URL: what was dialled, else the name that the client asked for, else this machine.
fn url(voice: Voice, places: &Places, port: u16) -> String {
    let dialled = places.dialled.as_deref().filter(|_| !voice.is_dialled());
    if let Some(dialled) = dialled {
        return if dialled.contains("://") {
            dialled.to_owned()
        } else {
            format!("https://{dialled}")
        };
    }
    let named = places.server_name.as_deref().filter(|name| !name.is_empty());
    format!("https://{}:{port}", named.unwrap_or("127.0.0.1"))
}

fn bare(url: &str) -> &str {
    url.split_once("://").map_or(url, |(_, rest)| rest)
}
