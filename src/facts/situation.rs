//! Which configured processes belong to one cluster. A machine may hold several: kOps' main and events, kubespray's etcd and
//! etcd-events, a test instance beside the real one. Each is checked with its own files, and never judges another.

use super::{Listener, Settings};
use crate::{
    etcd::option::files_of,
    observation::{ConfigFile, ConfigKind, Program},
};

/// The options with the URLs of an etcd.
const URLS: [&str; 4] = [
    "listen-client-urls",
    "advertise-client-urls",
    "listen-peer-urls",
    "initial-advertise-peer-urls",
];

/// A cluster as it is configured: its members as far as they are here, and their clients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    /// What it is called: its unit, its manifest, or a member's name. No other one has it.
    pub name: String,
    /// Further names that mean it: those of its members.
    pub members: Vec<String>,
    /// Where its configuration stands among all, in order.
    pub configs: Vec<usize>,
}

/// Sorts configuration by the clusters that it speaks of, in the order found. Without any there is one, of everything.
pub fn clusters(configs: &[ConfigFile]) -> Vec<Cluster> {
    let processes = Settings::of_files(configs, &[]);
    let mut groups = Groups { of: (0..processes.len()).collect(), processes: &processes };
    groups.join_members();
    groups.join_clients();
    let mut clusters: Vec<Cluster> = Vec::new();
    for group in groups.all() {
        let own: Vec<_> = group.iter().map(|at| &processes[*at]).collect();
        let is_own = |config: &ConfigFile| {
            own.iter().flat_map(|one| one.configs()).any(|known| std::ptr::eq(known, config))
        };
        let members: Vec<_> =
            own.iter().filter_map(|one| Some(one.get("name")?.1.value.clone())).collect();
        let taken = |name: &String| clusters.iter().any(|known| known.name == *name);
        let first = own.iter().find(|one| is_placed(one)).or(own.first());
        let mut names = first.map(|one| name_of(one)).into_iter().chain(members.clone());
        let name = names.find(|name| !taken(name));
        clusters.push(Cluster {
            name: name.unwrap_or_else(|| format!("cluster-{}", clusters.len() + 1)),
            members,
            configs: (0..configs.len()).filter(|at| is_own(&configs[*at])).collect(),
        });
    }
    clusters
}

/// Processes by the cluster that they belong to.
struct Groups<'p, 'a> {
    processes: &'p [Settings<'a>],
    /// For each process the first one of its cluster.
    of: Vec<usize>,
}

impl<'a> Groups<'_, 'a> {
    /// Members know one another; an etcd of which nothing says where it is goes with one whose files it shares, else with the first.
    fn join_members(&mut self) {
        let etcds = self.numbers(|one| one.program == Program::Etcd);
        let Some(first) = etcds.first().copied() else { return };
        let (placed, others): (Vec<_>, Vec<_>) =
            etcds.into_iter().partition(|at| is_placed(&self.processes[*at]));
        for (count, one) in placed.iter().enumerate() {
            for other in &placed[..count] {
                if are_members(&self.processes[*one], &self.processes[*other]) {
                    self.join(*other, *one);
                }
            }
        }
        for one in others {
            let is_near =
                |other: &&usize| share_a_folder(&self.processes[one], &self.processes[**other]);
            let home = placed.iter().find(is_near).or(placed.first()).copied();
            self.join(home.unwrap_or(first), one);
        }
    }

    /// A client goes with the etcd that it connects to. If none of these is here, it goes with the one beside which it was installed,
    /// else with the first, as long as it means this machine; what lies elsewhere is a cluster of its own.
    fn join_clients(&mut self) {
        let etcds = self.numbers(|one| one.program == Program::Etcd);
        let clients = self.numbers(|one| one.program != Program::Etcd);
        for (count, at) in clients.iter().enumerate() {
            let client = &self.processes[*at];
            let all = || etcds.iter().map(|at| (*at, &self.processes[*at]));
            let urls = urls_of_client(client);
            let beside = |one: &Settings<'_>| {
                is_in_one_file(one, client)
                    || is_pod_beside(one, client)
                    || share_a_folder(one, client)
            };
            let is_here = |url: &Listener<'_>| all().any(|(_, etcd)| is_host_of(etcd, url.host));
            let means_here = urls.is_empty() || urls.iter().any(is_here);
            let found = all()
                .find(|(_, etcd)| is_in_one_file(etcd, client))
                .or_else(|| all().find(|(_, etcd)| urls.iter().any(|url| leads_to(url, etcd))))
                .or_else(|| all().find(|(_, etcd)| beside(etcd)))
                .or_else(|| all().next().filter(|_| means_here))
                .map(|(at, _)| at);
            // Clients of one cluster name the same members.
            let alike = clients[..count].iter().copied().find(|other| {
                let others = urls_of_client(&self.processes[*other]);
                urls.is_empty()
                    || urls.iter().any(|url| others.iter().any(|other| is_same(url, other)))
            });
            if let Some(home) = found.or(alike) {
                self.join(home, *at);
            }
        }
    }

    fn numbers(&self, is_wanted: impl Fn(&Settings<'a>) -> bool) -> Vec<usize> {
        (0..self.processes.len()).filter(|at| is_wanted(&self.processes[*at])).collect()
    }

    fn join(&mut self, one: usize, other: usize) {
        let (first, second) = (self.of[one].min(self.of[other]), self.of[one].max(self.of[other]));
        for group in &mut self.of {
            if *group == second {
                *group = first;
            }
        }
    }

    fn all(&self) -> Vec<Vec<usize>> {
        let members = |first| (0..self.of.len()).filter(|at| self.of[*at] == first).collect();
        (0..self.of.len()).filter(|at| self.of[*at] == *at).map(members).collect()
    }
}

/// Whether a configuration says where its etcd is. The rest of one, such as the security options alone, makes no cluster.
fn is_placed(process: &Settings<'_>) -> bool {
    process.program == Program::Etcd && URLS.iter().any(|option| process.names(option))
}

/// Whether two configurations are of one cluster: of members that list each other, or of the same etcd.
fn are_members(one: &Settings<'_>, other: &Settings<'_>) -> bool {
    let peers = |process: &Settings<'_>| -> Vec<String> {
        let options = ["initial-advertise-peer-urls", "listen-peer-urls"];
        let own =
            options.into_iter().flat_map(|option| process.list(option)).filter_map(Listener::parse);
        let listed = process.members().into_iter().map(|member| member.url);
        own.chain(listed).filter(|url| !url.is_everywhere()).map(|url| url.authority()).collect()
    };
    let clients = |process: &Settings<'_>| -> Vec<String> {
        let listed = process.list("listen-client-urls").into_iter().filter_map(Listener::parse);
        listed.map(|url| url.authority()).collect()
    };
    let share = |mine: Vec<String>, its: Vec<String>| mine.iter().any(|url| its.contains(url));
    let data = |process: &Settings<'_>| {
        process
            .get("data-dir")
            .map(|(_, setting)| setting.path().to_owned())
            .filter(|path| path.starts_with('/'))
    };
    share(peers(one), peers(other))
        || share(clients(one), clients(other))
        || (data(one).is_some() && data(one) == data(other))
}

/// Whether a client's URL leads to an etcd.
fn leads_to(url: &Listener<'_>, etcd: &Settings<'_>) -> bool {
    let options = ["listen-client-urls", "advertise-client-urls"];
    let listed = options
        .into_iter()
        .filter(|option| etcd.names(option))
        .flat_map(|option| etcd.urls(option));
    listed.into_iter().any(|own| {
        is_same(&own, url)
            || (own.is_everywhere() && own.port == url.port && is_host_of(etcd, url.host))
    })
}

fn is_same(one: &Listener<'_>, other: &Listener<'_>) -> bool {
    one.port == other.port
        && (one.host == other.host || (is_loopback(one.host) && is_loopback(other.host)))
}

/// Whether a host is the machine of an etcd: it is one of its URLs', or the loopback interface.
fn is_host_of(etcd: &Settings<'_>, host: &str) -> bool {
    let named = URLS.iter().flat_map(|option| etcd.list(option)).filter_map(Listener::parse);
    is_loopback(host) || named.into_iter().any(|url| url.host == host)
}

fn is_loopback(host: &str) -> bool {
    let parsed = host.parse::<std::net::IpAddr>();
    host.eq_ignore_ascii_case("localhost") || parsed.is_ok_and(|address| address.is_loopback())
}

/// The URLs at which a client looks for its etcd.
fn urls_of_client<'a>(client: &Settings<'a>) -> Vec<Listener<'a>> {
    let options = match client.program {
        Program::KubeApiserver => "etcd-servers",
        _ => "endpoints",
    };
    client.list(options).into_iter().filter_map(Listener::parse).collect()
}

/// Whether one file sets both, as kubespray's etcd.env does.
fn is_in_one_file(one: &Settings<'_>, other: &Settings<'_>) -> bool {
    one.configs().any(|config| other.configs().any(|its| its.path == config.path))
}

/// Whether both are static pods of one node.
fn is_pod_beside(one: &Settings<'_>, other: &Settings<'_>) -> bool {
    let folder = |process: &Settings<'_>| {
        let manifest = process.configs().find(|config| config.kind == ConfigKind::Manifest)?;
        Some(manifest.path.rsplit_once('/')?.0.to_owned())
    };
    folder(one).is_some() && folder(one) == folder(other)
}

/// Whether both name files of one folder.
fn share_a_folder(one: &Settings<'_>, other: &Settings<'_>) -> bool {
    let folders = |process: &Settings<'_>| -> Vec<String> {
        let named = files_of(process.program).filter_map(|option| process.get(option));
        named
            .filter_map(|(_, setting)| Some(setting.path().rsplit_once('/')?.0.to_owned()))
            .collect()
    };
    let its = folders(other);
    folders(one).iter().any(|folder| its.contains(folder))
}

/// What an operator calls it: the unit, else the manifest, else the member, else the file.
fn name_of(process: &Settings<'_>) -> String {
    let stem = |config: &ConfigFile| {
        let name = config.path.rsplit('/').next().unwrap_or_default();
        name.split_once('.').map_or(name, |(stem, _)| stem).to_owned()
    };
    let is_started_by = |config: &&ConfigFile| match config.kind {
        ConfigKind::Manifest => true,
        ConfigKind::Unit => config.path.ends_with(".service"),
        _ => false,
    };
    let member = || Some(process.get("name")?.1.value.clone()).filter(|name| !name.is_empty());
    let by = process.configs().find(is_started_by).map(stem);
    by.or_else(member).unwrap_or_else(|| {
        let file = process.configs().find(|config| config.kind != ConfigKind::Process);
        file.map_or_else(|| process.program.name().to_owned(), stem)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observation::Setting;

    fn file(
        program: Program,
        kind: ConfigKind,
        path: &str,
        settings: &[(&str, &str)],
    ) -> ConfigFile {
        let setting = |(name, value): &(&str, &str)| Setting {
            name: (*name).to_owned(),
            value: (*value).to_owned(),
            ..Setting::default()
        };
        let settings = settings.iter().map(setting).collect();
        ConfigFile { path: path.to_owned(), kind, program, settings, ..ConfigFile::default() }
    }

    fn etcd(path: &str, port: u16, settings: &[(&str, &str)]) -> ConfigFile {
        let kind = match path.rsplit('.').next() {
            Some("yaml" | "manifest") => ConfigKind::Manifest,
            Some("service") => ConfigKind::Unit,
            Some("env") => ConfigKind::Environment,
            _ => ConfigKind::Process,
        };
        let url = format!("https://127.0.0.1:{port}");
        let mut all = vec![("listen-client-urls", url.as_str())];
        all.extend(settings);
        file(Program::Etcd, kind, path, &all)
    }

    fn named(configs: &[ConfigFile]) -> Vec<(String, Vec<usize>)> {
        clusters(configs).into_iter().map(|one| (one.name, one.configs)).collect()
    }

    #[test]
    fn kops_has_two_clusters_and_its_apiserver_goes_with_the_main_one() {
        let apiserver =
            [("etcd-servers", "https://127.0.0.1:4001"), ("etcd-cafile", "/pki/k/ca.crt")];
        let configs = [
            etcd("/m/etcd-events.manifest", 4002, &[("trusted-ca-file", "/pki/events/ca.crt")]),
            etcd("/m/etcd-main.manifest", 4001, &[("trusted-ca-file", "/pki/main/ca.crt")]),
            file(
                Program::KubeApiserver,
                ConfigKind::Manifest,
                "/m/kube-apiserver.manifest",
                &apiserver,
            ),
        ];
        let expected = [("etcd-events".to_owned(), vec![0]), ("etcd-main".to_owned(), vec![1, 2])];
        assert_eq!(named(&configs), expected);
    }

    #[test]
    fn members_that_list_each_other_are_one_cluster() {
        let listed = "a=https://10.0.0.1:2380,b=https://10.0.0.2:2380";
        let member = |path: &str, port, name: &str, url: &str| {
            let own =
                [("name", name), ("initial-cluster", listed), ("initial-advertise-peer-urls", url)];
            etcd(path, port, &own)
        };
        let configs = [
            member("/proc/1", 1, "a", "https://10.0.0.1:2380"),
            member("/proc/2", 2, "b", "https://10.0.0.2:2380"),
            etcd("/proc/3", 3, &[("name", "test")]),
        ];
        let found = clusters(&configs);
        assert_eq!(named(&configs), [("a".to_owned(), vec![0, 1]), ("test".to_owned(), vec![2])]);
        assert_eq!(found[0].members, ["a", "b"]);
    }

    #[test]
    fn a_client_of_another_machine_is_a_cluster_of_its_own() {
        let client = |program, path: &str, url: &str| {
            file(program, ConfigKind::Unit, path, &[("etcd-servers", url), ("endpoints", url)])
        };
        let apiserver =
            |url: &str| client(Program::KubeApiserver, "/u/kube-apiserver.service", url);
        let test = etcd("/proc/7", 2379, &[]);
        for (url, count) in [
            ("https://10.0.0.9:2379", 2),
            ("https://127.0.0.1:2379", 1),
            ("https://localhost:9999", 1),
        ] {
            let configs = [test.clone(), apiserver(url)];
            assert_eq!(clusters(&configs).len(), count, "{url}");
        }
        let etcdctl = client(Program::Etcdctl, "/e/etcdctl.env", "https://10.0.0.9:2379");
        assert_eq!(clusters(&[apiserver("https://10.0.0.9:2379"), etcdctl]).len(), 1);
    }

    #[test]
    fn what_names_no_place_makes_no_cluster() {
        let tls = file(
            Program::Etcd,
            ConfigKind::Unit,
            "/u/etcd.service",
            &[("cert-file", "/e/b/s.crt")],
        );
        let a = etcd("/m/a.yaml", 1, &[("cert-file", "/e/a/s.crt")]);
        let b = etcd("/m/b.yaml", 2, &[("cert-file", "/e/b/t.crt")]);
        let expected = [("a".to_owned(), vec![1]), ("b".to_owned(), vec![0, 2])];
        let mut found = named(&[tls.clone(), a, b]);
        found.sort();
        assert_eq!(found, expected);
        assert_eq!(named(&[tls]), [("etcd".to_owned(), vec![0])]);
        assert_eq!(clusters(&[]), []);
    }

    #[test]
    fn names_are_told_apart() {
        let configs = [
            etcd("/a/etcd.yaml", 1, &[("name", "main")]),
            etcd("/b/etcd.yaml", 2, &[("name", "events")]),
            etcd("/c/etcd.yaml", 3, &[("name", "main")]),
        ];
        let names: Vec<_> = named(&configs).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["etcd", "events", "main"]);
    }
}
