//! etcd in a static pod, and the lines that run etcdctl inside of it, with the paths that the container sees.

use crate::{
    facts::Facts,
    observation::{ConfigFile, ConfigKind, Mount},
    shell,
};

/// The pod of this machine's etcd.
pub(super) struct Pod<'a> {
    name: String,
    mounts: &'a [Mount],
    root: Option<&'a str>,
}

impl<'a> Pod<'a> {
    /// The pod whose manifest configures the etcd that was found, if one does.
    pub(super) fn find(facts: &Facts<'a>) -> Option<Self> {
        let is_manifest = |config: &&'a ConfigFile| config.kind == ConfigKind::Manifest;
        let manifest = facts.settings.configs().find(is_manifest)?;
        // The kubelet names a static pod after its node, and kubeadm the member too.
        let node = facts.settings.get("name").map_or("NODE", |(_, setting)| setting.value.as_str());
        Some(Self {
            name: format!("etcd-{node}"),
            mounts: manifest.mounts.as_deref().unwrap_or_default(),
            root: facts.observation.target.root.as_deref(),
        })
    }

    /// Through the API server.
    pub(super) fn kubectl(&self, facts: &Facts<'_>, command: Option<&str>) -> String {
        let etcdctl = self.etcdctl(facts, command);
        format!("kubectl -n kube-system exec {} -- {etcdctl}", shell::quoted(&self.name))
    }

    /// Through the container runtime, without any API server.
    pub(super) fn crictl(&self, facts: &Facts<'_>, command: Option<&str>) -> String {
        let etcdctl = self.etcdctl(facts, command);
        format!("crictl exec $(crictl ps --name '^etcd$' --state running -q | head -n 1) {etcdctl}")
    }

    fn etcdctl(&self, facts: &Facts<'_>, command: Option<&str>) -> String {
        let target = &facts.observation.target;
        let url = target.endpoints.first().map(|given| given.value.as_str()).unwrap_or_default();
        let mut line = format!("etcdctl --endpoints={}", shell::quoted(url));
        for (flag, given) in
            [("cacert", &target.cacert), ("cert", &target.cert), ("key", &target.key)]
        {
            if let Some(given) = given {
                line = format!("{line} --{flag}={}", shell::quoted(&self.inside(&given.value)));
            }
        }
        format!("{line} {}", command.unwrap_or("endpoint health"))
    }

    /// Where the container sees a file of the host; the same path where no mount leads to it.
    fn inside(&self, path: &str) -> String {
        let own = self.root.and_then(|root| path.strip_prefix(root.trim_end_matches('/')));
        let path = own.unwrap_or(path);
        let seen = self.mounts.iter().find_map(|mount| {
            let host = mount.host.as_deref()?.trim_end_matches('/');
            let rest =
                path.strip_prefix(host).filter(|rest| rest.is_empty() || rest.starts_with('/'))?;
            Some(format!("{}{rest}", mount.inside.trim_end_matches('/')))
        });
        seen.unwrap_or_else(|| path.to_owned())
    }
}
