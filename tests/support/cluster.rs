//! A cluster of three real members on loopback, of which one can be killed.

use std::{
    fs,
    process::{Child, Stdio},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;
use tempfile::TempDir;

use super::etcd::{Release, free_port};

/// Three members; dropping it kills the processes.
pub(crate) struct Cluster {
    members: Vec<Member>,
    release: Release,
    folder: TempDir,
}

struct Member {
    process: Child,
    arguments: Vec<String>,
    url: String,
    peer_url: String,
}

impl Cluster {
    /// Starts three members with these flags besides, which talk to each other in clear text; ready when each of them has
    /// answered a health check by `etcdctl` with the credentials given.
    pub(crate) fn start(release: &Release, flags: &[String], credentials: &[&str]) -> Self {
        Self::with_peers(release, flags, "http", &|_| Vec::new(), credentials)
    }

    /// The same with further flags for each member, and peer URLs of this scheme.
    pub(crate) fn with_peers(
        release: &Release,
        flags: &[String],
        scheme: &str,
        own: &dyn Fn(usize) -> Vec<String>,
        credentials: &[&str],
    ) -> Self {
        let folder = TempDir::new().unwrap();
        let peers: Vec<String> =
            (0..3).map(|_| format!("{scheme}://127.0.0.1:{}", free_port())).collect();
        let initial: Vec<String> =
            peers.iter().enumerate().map(|(index, peer)| format!("m{index}={peer}")).collect();
        let members = peers.iter().enumerate().map(|(index, peer)| {
            let (url, name) = (format!("https://127.0.0.1:{}", free_port()), format!("m{index}"));
            let data = folder.path().join(&name).to_str().unwrap().to_owned();
            let timing = ["--heartbeat-interval", "50", "--election-timeout", "500"];
            let identity = ["--data-dir", &data, "--name", &name];
            let serving = ["--listen-client-urls", &url, "--advertise-client-urls", &url];
            let peering = ["--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer];
            let arguments = [&identity[..], &timing, &serving, &peering].concat();
            let arguments = arguments.into_iter().map(str::to_owned);
            let initial = ["--initial-cluster".to_owned(), initial.join(",")];
            let arguments: Vec<String> =
                arguments.chain(initial).chain(flags.to_vec()).chain(own(index)).collect();
            let process = spawn(release, &folder, &name, &arguments);
            Member { process, arguments, url, peer_url: peer.clone() }
        });
        let members = members.collect();
        let cluster = Self { members, release: release.clone(), folder };
        cluster.wait(credentials);
        cluster
    }

    fn wait(&self, credentials: &[&str]) {
        let deadline = Instant::now() + Duration::from_secs(60);
        while !self.etcdctl(credentials, &["endpoint", "health"]).status.success() {
            assert!(Instant::now() < deadline, "{:?}", self.log());
            thread::sleep(Duration::from_millis(100));
        }
    }

    /// What each member has logged.
    pub(crate) fn log(&self) -> Vec<String> {
        let logs = (0..3).map(|index| self.folder.path().join(format!("m{index}.log")));
        logs.map(|log| fs::read_to_string(log).unwrap_or_default()).collect()
    }

    /// Ends a member and starts it again with what it had before; ready when all are healthy.
    pub(crate) fn restart(&mut self, index: usize, credentials: &[&str]) {
        let member = &mut self.members[index];
        member.process.kill().unwrap();
        member.process.wait().unwrap();
        let name = format!("m{index}");
        member.process = spawn(&self.release, &self.folder, &name, &member.arguments);
        self.wait(credentials);
    }

    /// A member's client and peer URL.
    pub(crate) fn urls_of(&self, index: usize) -> [&str; 2] {
        [&self.members[index].url, &self.members[index].peer_url]
    }

    /// The client URLs, with commas between them.
    pub(crate) fn urls(&self) -> String {
        let urls: Vec<_> = self.members.iter().map(|member| member.url.as_str()).collect();
        urls.join(",")
    }

    /// Runs etcdctl on all members.
    pub(crate) fn etcdctl(&self, credentials: &[&str], args: &[&str]) -> std::process::Output {
        let urls = self.urls();
        self.release.etcdctl(&[&["--endpoints", &urls], credentials, args].concat())
    }

    /// Which member leads.
    pub(crate) fn leader(&self, credentials: &[&str]) -> usize {
        let status = self.etcdctl(credentials, &["endpoint", "status", "-w", "json"]);
        let status: Value = serde_json::from_slice(&status.stdout).unwrap();
        let leads = |one: &&Value| one["Status"]["leader"] == one["Status"]["header"]["member_id"];
        let leader = status.as_array().unwrap().iter().find(leads).unwrap();
        let url = leader["Endpoint"].as_str().unwrap();
        self.members.iter().position(|member| member.url == url).unwrap()
    }

    /// Kills the leader; its URL.
    pub(crate) fn kill_leader(&mut self, credentials: &[&str]) -> String {
        let leader = self.leader(credentials);
        let mut member = self.members.remove(leader);
        member.process.kill().unwrap();
        member.process.wait().unwrap();
        member.url
    }
}

fn spawn(release: &Release, folder: &TempDir, name: &str, arguments: &[String]) -> Child {
    let log = folder.path().join(format!("{name}.log"));
    let log = fs::OpenOptions::new().append(true).create(true).open(log).unwrap();
    let mut command = release.server();
    command.args(arguments).stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log);
    command.spawn().unwrap()
}

impl Drop for Cluster {
    fn drop(&mut self) {
        for member in &mut self.members {
            member.process.kill().ok();
            member.process.wait().ok();
        }
    }
}
