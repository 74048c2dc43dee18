//! The configured clients of etcd on this machine, and how each of them dials it: its own URLs, its own CA, its own pair.

use super::{Facts, Listener, Settings, listener::is_localhost};
use crate::{
    etcd::FilePair,
    observation::{
        ConfigFile, Program, Setting, Target,
        target::{ConfiguredClient, Given, Origin},
    },
    x509::Go,
};

/// kube-apiserver's other etcds, for some kinds of objects: `GROUP/RESOURCE#URL;URL`, parted by commas (its reference).
const OVERRIDES: &str = "etcd-servers-overrides";

impl<'a> Facts<'a> {
    /// The other members, as the one on this machine dials them.
    pub fn members_view(&self) -> Option<&Self> {
        self.views.iter().find(|view| view.among_peers())
    }

    /// What configured clients met.
    pub fn client_views(&self) -> impl Iterator<Item = &Self> {
        self.views.iter().filter(|view| view.viewed_as().is_some())
    }

    /// The configured client as which all this was seen; `None` for this check's own way.
    pub fn viewed_as(&self) -> Option<&'a ConfiguredClient> {
        self.observation.target.client.as_ref()
    }

    /// The process of that client.
    pub fn viewed_process(&self) -> Option<&Settings<'a>> {
        let client = self.viewed_as()?;
        self.others.iter().find(|one| one.as_configured_client().as_ref() == Some(client))
    }

    /// How each configured client dials etcd from this machine, without what was dialled with the same files before. None
    /// where the files of another machine are judged, or where the user said what to dial.
    pub fn clients_to_dial(&self) -> Vec<Target> {
        let own = &self.observation.target;
        let found = |given: &Given| {
            matches!(given.origin, Origin::Config { .. } | Origin::Found { .. } | Origin::Default)
        };
        if own.peer || own.root.is_some() || !own.endpoints.iter().all(found) {
            return Vec::new();
        }
        let mut targets: Vec<Target> = Vec::new();
        for mut target in self.processes().filter_map(|process| process.as_client(own)) {
            let views = self.observation.views.iter().map(|view| &view.target);
            let known: Vec<_> = std::iter::once(own)
                .chain(views)
                .chain(&targets)
                .filter(|known| has_same_files(known, &target))
                .flat_map(|known| known.endpoints.iter().map(|given| given.value.clone()))
                .collect();
            target.endpoints.retain(|given| !known.contains(&given.value));
            if !target.endpoints.is_empty() {
                targets.push(target);
            }
        }
        targets
    }
}

fn has_same_files(one: &Target, other: &Target) -> bool {
    let files = |target: &Target| {
        let files = [&target.cacert, &target.cert, &target.key];
        files.map(|given| given.as_ref().map(|given| given.value.clone()))
    };
    files(one) == files(other)
}

/// What a configured client dials, with no look at it: its setting, the URL, and the etcd of this machine that is meant.
#[derive(Debug)]
pub struct Unmet<'f, 'a> {
    /// The client.
    pub process: &'f Settings<'a>,
    /// The file that names the URL.
    pub config: &'a ConfigFile,
    /// The option that names it.
    pub setting: &'a Setting,
    /// The URL.
    pub url: Listener<'a>,
    /// The etcd.
    pub etcd: &'f Settings<'a>,
}

impl<'a> Facts<'a> {
    /// The URLs of configured clients at which no server answered with TLS, as far as they are meant for an etcd that is configured
    /// beside them: only the configuration can tell then whether they would get along.
    pub fn unmet_urls<'f>(&'f self) -> Vec<Unmet<'f, 'a>> {
        let Some(etcd) = self.processes().find(|one| one.program == Program::Etcd) else {
            return Vec::new();
        };
        let clients = self.processes().filter(|one| one.client_pair().is_some());
        let unmet = clients.filter(|client| !self.has_met(client)).flat_map(|process| {
            process.dialled_settings().into_iter().filter_map(move |(config, setting, url)| {
                Some(Unmet { process, config, setting, url: Listener::parse(url)?, etcd })
            })
        });
        unmet.filter(|one| self.is_meant_for(&one.url, etcd)).collect()
    }

    /// Whether a server was seen by the eyes of a client: in its own view, or by this check with the same certificate.
    fn has_met(&self, process: &Settings<'a>) -> bool {
        let client = process.as_configured_client();
        let cert = process.client_pair().and_then(|pair| process.given(pair.certificate));
        self.visited().any(|(view, endpoint)| {
            let same_files = view.client.cert == cert.as_ref().map(|given| given.value.as_str());
            let same_eyes = view.viewed_as() == client.as_ref() || same_files;
            same_eyes && endpoint.presented.is_some() && process.dials(endpoint)
        })
    }

    /// Whether a URL is meant for an etcd: it has an address of its machine, or there is no other member.
    fn is_meant_for(&self, url: &Listener<'_>, etcd: &Settings<'_>) -> bool {
        let mut members = etcd.members();
        members.dedup_by_key(|member| member.name);
        self.is_own_address(url, etcd) || members.len() == 1
    }

    /// Whether a URL has an address of the machine of an etcd, as far as its configuration names them.
    pub fn is_own_address(&self, url: &Listener<'_>, etcd: &Settings<'_>) -> bool {
        let options =
            ["listen-client-urls", "advertise-client-urls", "initial-advertise-peer-urls"];
        let mut own = options.into_iter().flat_map(|option| etcd.urls(option));
        is_localhost(url.host) || own.any(|own| own.host == url.host)
    }
}

impl<'a> Settings<'a> {
    /// The client URLs at which this etcd can be dialled from its own machine, those that its certificate lists and that
    /// loop back first.
    pub fn serving_urls(&self, go: Go) -> Vec<String> {
        let chain = self.certificates("cert-file", go).unwrap_or_default();
        let is_listed = |url: &Listener<'_>| {
            chain.first().is_none_or(|leaf| !url.is_tls() || leaf.verify_host(url.host, go).is_ok())
        };
        let mut urls = self.urls("listen-client-urls");
        for url in urls.iter_mut().filter(|url| url.is_everywhere()) {
            url.host = "127.0.0.1";
        }
        urls.sort_by_key(|url| (!is_listed(url), !is_localhost(url.host)));
        urls.iter().map(|url| format!("{}://{}", url.scheme, url.authority())).collect()
    }

    /// Whether a client that dials a URL on its machine reaches this etcd, by whichever scheme.
    pub fn serves_at(&self, url: &Listener<'_>) -> bool {
        let local = is_localhost(url.host);
        self.urls("listen-client-urls").iter().any(|own| {
            let same_host = own.host == url.host || own.is_everywhere();
            own.port == url.port && (same_host || (local && is_localhost(own.host)))
        })
    }

    /// The options with which this program is a client of etcd; `None` for etcd itself.
    pub fn client_pair(&self) -> Option<&'static FilePair> {
        match self.program {
            Program::Etcd => None,
            Program::KubeApiserver => Some(&FilePair::APISERVER),
            // The others' options are kept by etcdctl's names.
            _ => Some(&FilePair::ETCDCTL),
        }
    }

    /// Every URL that a client is configured to dial, with the setting that names it.
    pub fn dialled_settings(&self) -> Vec<(&'a ConfigFile, &'a Setting, &'a str)> {
        let Some(pair) = self.client_pair() else { return Vec::new() };
        let usual = self.get(pair.urls).into_iter();
        let usual = usual.flat_map(|(config, setting)| {
            setting.value.split(',').map(move |url| (config, setting, url))
        });
        let overrides = self.get(OVERRIDES).into_iter().flat_map(|(config, setting)| {
            let servers = setting.value.split(',').filter_map(|one| Some(one.split_once('#')?.1));
            servers.flat_map(|servers| servers.split(';')).map(move |url| (config, setting, url))
        });
        let all =
            usual.chain(overrides).map(|(config, setting, url)| (config, setting, url.trim()));
        all.filter(|(_, _, url)| !url.is_empty()).collect()
    }

    /// The program and its configuration, if it is a client of etcd.
    pub fn as_configured_client(&self) -> Option<ConfiguredClient> {
        self.client_pair()?;
        let config = self.configs().next()?.path.clone();
        Some(ConfiguredClient { program: self.program, config })
    }

    /// How this client dials etcd, by the rest of what a check was asked for.
    fn as_client(&self, asked: &Target) -> Option<Target> {
        let pair = self.client_pair()?;
        let endpoints: Vec<_> = self
            .dialled_settings()
            .into_iter()
            .map(|(config, setting, url)| Given {
                value: url.to_owned(),
                origin: Origin::Config {
                    file: config.path.clone(),
                    line: setting.line,
                    name: format!("--{}", setting.name),
                },
            })
            .collect();
        Some(Target {
            endpoints,
            client: Some(self.as_configured_client()?),
            cluster: false,
            cacert: self.given(pair.ca),
            cert: self.given(pair.certificate),
            key: self.given(pair.key),
            server_log: None,
            user: None,
            server_name: None,
            insecure_skip_tls_verify: false,
            expect_spiffe: None,
            ..asked.clone()
        })
    }
}
