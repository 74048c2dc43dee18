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
    url: String,
}

impl Cluster {
    /// Starts three members with these flags besides; ready when each of them has answered a health check by `etcdctl`
    /// with the credentials given.
    pub(crate) fn start(release: &Release, flags: &[String], credentials: &[&str]) -> Self {
        let folder = TempDir::new().unwrap();
        let peers: Vec<String> =
            (0..3).map(|_| format!("http://127.0.0.1:{}", free_port())).collect();
        let initial: Vec<String> =
            peers.iter().enumerate().map(|(index, peer)| format!("m{index}={peer}")).collect();
        let member = |(index, peer): (usize, &String)| {
            let url = format!("https://127.0.0.1:{}", free_port());
            let name = format!("m{index}");
            let log = fs::File::create(folder.path().join(format!("{name}.log"))).unwrap();
            let process = release
                .server()
                .arg("--data-dir")
                .arg(folder.path().join(&name))
                .args(["--name", &name, "--heartbeat-interval", "50", "--election-timeout", "500"])
                .args(["--listen-client-urls", &url, "--advertise-client-urls", &url])
                .args(["--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer])
                .args(["--initial-cluster", &initial.join(",")])
                .args(flags)
                .stdin(Stdio::null())
                .stdout(log.try_clone().unwrap())
                .stderr(log)
                .spawn()
                .unwrap();
            Member { process, url }
        };
        let members = peers.iter().enumerate().map(member).collect();
        let cluster = Self { members, release: release.clone(), folder };
        let deadline = Instant::now() + Duration::from_secs(60);
        while !cluster.etcdctl(credentials, &["endpoint", "health"]).status.success() {
            assert!(Instant::now() < deadline, "{:?}", fs::read_dir(cluster.folder.path()));
            thread::sleep(Duration::from_millis(100));
        }
        cluster
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

    /// Kills the leader; its URL.
    pub(crate) fn kill_leader(&mut self, credentials: &[&str]) -> String {
        let status = self.etcdctl(credentials, &["endpoint", "status", "-w", "json"]);
        let status: Value = serde_json::from_slice(&status.stdout).unwrap();
        let leads = |one: &&Value| one["Status"]["leader"] == one["Status"]["header"]["member_id"];
        let leader = status.as_array().unwrap().iter().find(leads).unwrap();
        let url = leader["Endpoint"].as_str().unwrap();
        let index = self.members.iter().position(|member| member.url == url).unwrap();
        let mut member = self.members.remove(index);
        member.process.kill().unwrap();
        member.process.wait().unwrap();
        member.url
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        for member in &mut self.members {
            member.process.kill().ok();
            member.process.wait().ok();
        }
    }
}
