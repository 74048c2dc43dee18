//! Which connections to etcd go through a proxy: those of etcdctl where this command runs, and those of configured processes.

use super::{Facts, Listener, Settings};
use crate::{
    etcd::proxy::{VARIABLES, authority, is_excepted},
    observation::{ConfigFile, Program, Setting, proxy::ProxyEnd},
};

/// Connections of one program that go through a proxy.
#[derive(Debug)]
pub struct Proxied<'f, 'a> {
    /// The process; `None` for clients in the environment of this command.
    pub process: Option<&'f Settings<'a>>,
    /// The variable that names the proxy, and the file that sets it.
    pub proxy: Variable<'a>,
    /// The variable that names what goes past it.
    pub no_proxy: Option<Variable<'a>>,
    /// Hosts and ports.
    pub targets: Vec<String>,
}

/// A variable, and the file that sets it unless it is this command's own.
#[derive(Debug, Clone, Copy)]
pub struct Variable<'a> {
    /// The file.
    pub config: Option<&'a ConfigFile>,
    /// Name and value.
    pub setting: &'a Setting,
}

impl Proxied<'_, '_> {
    /// The proxy's host and port.
    pub fn authority(&self) -> &str {
        authority(&self.proxy.setting.value)
    }

    /// The value of `NO_PROXY` with the hosts of all targets.
    pub fn completed(&self) -> String {
        let known = self.no_proxy.map(|known| known.setting.value.trim_end_matches(','));
        let hosts = self.targets.iter().filter_map(|target| Some(target.rsplit_once(':')?.0));
        let mut hosts: Vec<_> = hosts.map(|host| host.trim_matches(['[', ']'])).collect();
        hosts.sort_unstable();
        hosts.dedup();
        known
            .into_iter()
            .filter(|known| !known.is_empty())
            .chain(hosts)
            .collect::<Vec<_>>()
            .join(",")
    }
}

impl<'a> Facts<'a> {
    /// Everything that goes through a proxy.
    pub fn proxied<'f>(&'f self) -> Vec<Proxied<'f, 'a>> {
        let own = self.observation.environment.iter();
        let own: Vec<_> = own.map(|setting| Variable { config: None, setting }).collect();
        // Members are dialled by etcd, in its own environment; the files of another machine by clients there.
        let is_ours = !self.among_peers() && self.observation.target.root.is_none();
        let endpoints = self.endpoints.iter().filter_map(|endpoint| {
            let parts =
                endpoint.seen.parsed.as_ref().ok().filter(|parts| is_ours && !parts.unix)?;
            Some((parts.host.as_str(), parts.port))
        });
        let clients = proxied(None, &own, endpoints);
        let processes = self.processes().filter_map(|process| {
            let variables = process.configs().flat_map(|config| {
                let config_of = move |setting| Variable { config: Some(config), setting };
                config.variables.iter().map(config_of)
            });
            let targets = process.dialled_urls();
            let targets = targets.iter().filter_map(|url| Some((url.host, url.port?)));
            proxied(Some(process), &variables.collect::<Vec<_>>(), targets)
        });
        clients.into_iter().chain(processes).collect()
    }

    /// What came of the request to be connected through a proxy, where it was made.
    pub fn proxy_end(&self, proxy: &str, target: &str) -> Option<&'a ProxyEnd> {
        let mut seen = self.observation.proxies.iter();
        let same = |one: &&crate::observation::proxy::ProxySeen| {
            one.proxy == proxy && one.target == target
        };
        seen.find(same).map(|seen| &seen.end)
    }
}

impl<'a> Settings<'a> {
    /// The URLs at which a process dials etcd: other members, or what a client is given.
    fn dialled_urls(&self) -> Vec<Listener<'a>> {
        match self.program {
            Program::Etcd => {
                let name = self.get("name").map_or("default", |(_, setting)| &setting.value);
                let others = self.members().into_iter().filter(|member| member.name != name);
                others.map(|member| member.url).filter(Listener::is_tls).collect()
            }
            Program::KubeApiserver => self.urls("etcd-servers"),
            _ => self.urls("endpoints"),
        }
    }
}

fn proxied<'f, 'a, 'u>(
    process: Option<&'f Settings<'a>>,
    variables: &[Variable<'a>],
    targets: impl Iterator<Item = (&'u str, u16)>,
) -> Option<Proxied<'f, 'a>> {
    let value = |names: &[&str]| {
        names.iter().find_map(|name| {
            let mut set = variables.iter().filter(|one| one.setting.name == *name);
            set.find(|one| !one.setting.value.is_empty()).copied()
        })
    };
    let (proxy, no_proxy) = (value(&VARIABLES[..2])?, value(&VARIABLES[2..]));
    let past = no_proxy.map_or("", |past| past.setting.value.as_str());
    let caught = targets.filter(|(host, port)| !is_excepted(past, host, *port));
    let targets: Vec<_> =
        caught
            .map(|(host, port)| {
                if host.contains(':') {
                    format!("[{host}]:{port}")
                } else {
                    format!("{host}:{port}")
                }
            })
            .collect();
    (!targets.is_empty()).then_some(Proxied { process, proxy, no_proxy, targets })
}
