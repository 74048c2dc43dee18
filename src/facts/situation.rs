//! Which configured processes belong to one cluster. A machine may hold several: kOps' main and events, kubespray's etcd and
//! etcd-events, a test instance beside the real one. Each is checked with its own files, and never judges another.

use super::{
    Endpoint, Facts, Listener, Settings,
    ties::{
        are_members, is_host_of, is_in_one_file, is_placed, is_pod_beside, is_same, leads_to,
        leads_to_peers, share_a_folder, urls_of_client,
    },
};
use crate::observation::{ConfigFile, ConfigKind, Program, Target, target::Origin};

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

/// Sorts configuration by the clusters that it speaks of: kube-apiserver's first, the others in the order found. Without any there is one, of everything.
pub fn clusters(configs: &[ConfigFile]) -> Vec<Cluster> {
    let processes = Settings::of_files(configs, &[]);
    let mut groups = Groups { of: (0..processes.len()).collect(), processes: &processes };
    groups.join_members();
    groups.join_clients();
    let mut all = groups.all();
    // What kube-apiserver uses is the one that most mean.
    let serves_apiserver = |at: &usize| processes[*at].program == Program::KubeApiserver;
    all.sort_by_key(|group| !group.iter().any(serves_apiserver));
    let mut clusters: Vec<Cluster> = Vec::new();
    for group in all {
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

impl Facts<'_> {
    /// Whether a server of this machine presented its certificate and then refused us with an alert, and nobody has looked yet at how
    /// it is configured.
    pub fn has_unknown_servers(&self) -> bool {
        let Target { configs, root, situation, .. } = &self.observation.target;
        let is_known =
            !configs.is_empty() || root.is_some() || !self.observation.configs.is_empty();
        let alerted = |endpoint: &Endpoint<'_>| {
            let is_refused = endpoint.main().is_some_and(|main| main.alert().is_some());
            endpoint.is_local() && endpoint.presented.is_some() && is_refused
        };
        !is_known && situation.searched.is_empty() && self.endpoints.iter().any(alerted)
    }

    /// Whether nobody gave an endpoint, and nothing that was found speaks of one that may be dialled.
    pub fn found_nothing(&self) -> bool {
        let Target { endpoints, situation, .. } = &self.observation.target;
        let is_default = endpoints.iter().all(|given| given.origin == Origin::Default);
        is_default && (!situation.left_out.is_empty() || !self.processes().any(Settings::is_given))
    }
}

/// Whether an endpoint, as somebody wrote it, leads to an etcd that is configured here.
pub fn leads_to_any(endpoint: &str, configs: &[ConfigFile]) -> bool {
    let has_scheme = endpoint.contains("://");
    let url = if has_scheme { endpoint.to_owned() } else { format!("https://{endpoint}") };
    let Some(url) = Listener::parse(&url) else { return false };
    let processes = Settings::of_files(configs, &[]);
    let mut etcds = processes.iter().filter(|one| one.program == Program::Etcd);
    etcds.any(|etcd| leads_to(&url, etcd) || leads_to_peers(&url, etcd))
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
        let expected = [("etcd-main".to_owned(), vec![1, 2]), ("etcd-events".to_owned(), vec![0])];
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
