//! etcd in a static pod, and the lines that run etcdctl inside of it, with the paths that the container sees.

use crate::{
    facts::Facts,
    observation::{ConfigFile, ConfigKind},
    shell,
};

/// The pod of this machine's etcd.
pub(super) struct Pod<'a> {
    name: String,
    manifest: &'a ConfigFile,
}

impl<'a> Pod<'a> {
    /// The pod whose manifest configures the etcd that was found, if one does.
    pub(super) fn find(facts: &Facts<'a>) -> Option<Self> {
        let is_manifest = |config: &&'a ConfigFile| config.kind == ConfigKind::Manifest;
        let manifest = facts.settings.configs().find(is_manifest)?;
        // The kubelet names a static pod after its node, and kubeadm the member too.
        let node = facts.settings.get("name").map_or("NODE", |(_, setting)| setting.value.as_str());
        Some(Self { name: format!("etcd-{node}"), manifest })
    }

    /// Through the API server.
    pub(super) fn kubectl(&self, facts: &Facts<'_>, command: Option<&str>) -> Option<String> {
        let etcdctl = self.etcdctl(facts, command)?;
        Some(format!("kubectl -n kube-system exec {} -- {etcdctl}", shell::quoted(&self.name)))
    }

    /// Through the container runtime, without any API server.
    pub(super) fn crictl(&self, facts: &Facts<'_>, command: Option<&str>) -> Option<String> {
        let etcdctl = self.etcdctl(facts, command)?;
        let container = "$(crictl ps --name '^etcd$' --state running -q | head -n 1)";
        Some(format!("crictl exec {container} {etcdctl}"))
    }

    /// etcdctl with the files as the container sees them; nothing where no mount shows one of them.
    fn etcdctl(&self, facts: &Facts<'_>, command: Option<&str>) -> Option<String> {
        let target = &facts.observation.target;
        let url = target.endpoints.first().map(|given| given.value.as_str()).unwrap_or_default();
        let mut line = format!("etcdctl --endpoints={}", shell::quoted(url));
        for (flag, given) in
            [("cacert", &target.cacert), ("cert", &target.cert), ("key", &target.key)]
        {
            if let Some(given) = given {
                let seen = facts.path_for(self.manifest, &given.value)?;
                line = format!("{line} --{flag}={}", shell::quoted(&seen));
            }
        }
        Some(format!("{line} {}", command.unwrap_or("endpoint health")))
    }
}
