//! Real clusters of three: members with peer and client TLS on loopback, each of which can be stopped or replaced.

use std::{
    fs,
    process::{Child, Stdio},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use super::{
    etcd::{Release, free_port, tls_flags},
    pki::{Authority, Pair},
};

/// One member.
pub(crate) struct Member {
    process: Child,
    /// The client URL.
    pub url: String,
    /// The peer URL.
    pub peer_url: String,
    folder: TempDir,
}

/// What a cluster is made of: each member's peer pair, the CA of peers, the clients' side.
pub(crate) struct Plan<'a> {
    pub release: &'a Release,
    /// One for each member; `None` means a peer URL in clear text.
    pub peers: [Option<&'a Pair>; 3],
    pub peer_ca: &'a Authority,
    pub server: &'a Pair,
    pub client_ca: &'a Authority,
    /// Further flags for every member.
    pub flags: &'a [&'a str],
    /// How many of the three are started at all.
    pub started: usize,
    /// How many members have to serve before the test begins.
    pub serving: usize,
    /// The address of each member.
    pub hosts: [&'a str; 3],
}

/// A running cluster.
pub(crate) struct Cluster {
    pub members: Vec<Member>,
}

impl<'a> Plan<'a> {
    /// Three members that start and serve, with one pair towards each other and towards clients.
    pub(crate) fn new(release: &'a Release, pair: &'a Pair, ca: &'a Authority) -> Self {
        Plan {
            release,
            peers: [Some(pair); 3],
            peer_ca: ca,
            server: pair,
            client_ca: ca,
            flags: &[],
            started: 3,
            serving: 3,
            hosts: ["127.0.0.1"; 3],
        }
    }

    /// Starts all members; once more with other ports where one was taken in between.
    pub(crate) fn start(&self) -> Cluster {
        for _ in 0..5 {
            let cluster = self.spawn();
            match cluster.wait(self.serving) {
                Ok(()) => return cluster,
                Err(log) if log.contains("address already in use") => {}
                Err(log) => panic!("etcd {} formed no cluster: {log}", self.release.version),
            }
        }
        panic!("no free ports for a cluster")
    }

    fn spawn(&self) -> Cluster {
        let scheme = |pair: Option<&Pair>| if pair.is_some() { "https" } else { "http" };
        let peer_urls: Vec<String> = self
            .peers
            .iter()
            .zip(self.hosts)
            .map(|(pair, host)| format!("{}://{host}:{}", scheme(*pair), free_port()))
            .collect();
        let named = peer_urls.iter().enumerate().map(|(index, url)| format!("m{index}={url}"));
        let initial = named.collect::<Vec<_>>().join(",");
        let member = |(index, peer_url): (usize, &String)| {
            let folder = TempDir::new().unwrap();
            let url = format!("https://{}:{}", self.hosts[index], free_port());
            let log = fs::File::create(folder.path().join("log")).unwrap();
            let mut command = self.release.server();
            command
                .arg("--data-dir")
                .arg(folder.path().join("data"))
                .args(["--name", &format!("m{index}")])
                .args(["--heartbeat-interval", "20", "--election-timeout", "200"])
                .args(["--listen-client-urls", &url, "--advertise-client-urls", &url])
                .args(["--listen-peer-urls", peer_url, "--initial-advertise-peer-urls", peer_url])
                .args(["--initial-cluster", &initial])
                .args(tls_flags(self.server, Some(self.client_ca)))
                .args(self.flags);
            if let Some(pair) = self.peers[index] {
                command.args(["--peer-cert-file", &pair.cert, "--peer-key-file", &pair.key]).args(
                    ["--peer-trusted-ca-file", &self.peer_ca.cert, "--peer-client-cert-auth"],
                );
            }
            command.stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log);
            let process = command.spawn().unwrap();
            Member { process, url, peer_url: peer_url.clone(), folder }
        };
        Cluster { members: peer_urls.iter().enumerate().take(self.started).map(member).collect() }
    }
}

impl Plan<'_> {
    /// The configuration of one member as an environment file.
    pub(crate) fn environment(&self, cluster: &Cluster, index: usize) -> String {
        let Member { url, peer_url, .. } = &cluster.members[index];
        let named = cluster.members.iter().enumerate();
        let named: Vec<_> = named.map(|(at, one)| format!("m{at}={}", one.peer_url)).collect();
        let pair = self.peers[index].unwrap();
        let settings = [
            ("NAME", format!("m{index}")),
            ("LISTEN_CLIENT_URLS", url.clone()),
            ("ADVERTISE_CLIENT_URLS", url.clone()),
            ("LISTEN_PEER_URLS", peer_url.clone()),
            ("INITIAL_ADVERTISE_PEER_URLS", peer_url.clone()),
            ("INITIAL_CLUSTER", named.join(",")),
            ("CERT_FILE", self.server.cert.clone()),
            ("KEY_FILE", self.server.key.clone()),
            ("CLIENT_CERT_AUTH", "true".to_owned()),
            ("TRUSTED_CA_FILE", self.client_ca.cert.clone()),
            ("PEER_CERT_FILE", pair.cert.clone()),
            ("PEER_KEY_FILE", pair.key.clone()),
            ("PEER_CLIENT_CERT_AUTH", "true".to_owned()),
            ("PEER_TRUSTED_CA_FILE", self.peer_ca.cert.clone()),
        ];
        settings.map(|(name, value)| format!("ETCD_{name}={value}\n")).concat()
    }
}

impl Cluster {
    fn wait(&self, serving: usize) -> Result<(), String> {
        let deadline = Instant::now() + Duration::from_secs(90);
        let serves = |member: &&Member| member.log().contains("serving client ");
        while Instant::now() < deadline {
            if self.members.iter().filter(serves).count() >= serving {
                return Ok(());
            }
            let bound = self.members.iter().map(Member::log);
            if let Some(log) = bound.into_iter().find(|log| log.contains("address already in use"))
            {
                return Err(log);
            }
            thread::sleep(Duration::from_millis(20));
        }
        Err(self.members.iter().map(Member::log).collect())
    }

    /// The client URLs, as `--endpoints` takes them.
    pub(crate) fn urls(&self) -> String {
        self.members.iter().map(|member| member.url.as_str()).collect::<Vec<_>>().join(",")
    }

    /// The peer URLs, the same way.
    pub(crate) fn peer_urls(&self) -> String {
        self.members.iter().map(|member| member.peer_url.as_str()).collect::<Vec<_>>().join(",")
    }
}

impl Member {
    /// Ends the process; its ports are free afterwards.
    pub(crate) fn stop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }

    /// Stops it in its tracks: its ports stay open and silent.
    pub(crate) fn freeze(&self) {
        let pid = nix::unistd::Pid::from_raw(self.process.id().try_into().unwrap());
        nix::sys::signal::kill(pid, nix::sys::signal::Signal::SIGSTOP).unwrap();
    }

    /// Everything that it has logged.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

impl Drop for Member {
    fn drop(&mut self) {
        self.stop();
    }
}
