//! What ties configured processes together: members that list each other, clients that connect to them, files that they share.

use super::{Listener, Settings};
use crate::{
    etcd::option::files_of,
    observation::{ConfigKind, Program},
};

/// The options with the URLs of an etcd.
const URLS: [&str; 4] = [
    "listen-client-urls",
    "advertise-client-urls",
    "listen-peer-urls",
    "initial-advertise-peer-urls",
];

/// Whether a configuration says where its etcd is. The rest of one, such as the security options alone, makes no cluster.
pub(super) fn is_placed(process: &Settings<'_>) -> bool {
    process.program == Program::Etcd && URLS.iter().any(|option| process.names(option))
}

/// Whether two configurations are of one cluster: of members that list each other, or of the same etcd.
pub(super) fn are_members(one: &Settings<'_>, other: &Settings<'_>) -> bool {
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
pub(super) fn leads_to(url: &Listener<'_>, etcd: &Settings<'_>) -> bool {
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

/// Whether a URL is one of those at which the other members connect to an etcd.
pub(super) fn leads_to_peers(url: &Listener<'_>, etcd: &Settings<'_>) -> bool {
    let options = ["listen-peer-urls", "initial-advertise-peer-urls"];
    let listed = options.into_iter().flat_map(|option| etcd.list(option));
    listed.filter_map(Listener::parse).any(|own| is_same(&own, url))
}

pub(super) fn is_same(one: &Listener<'_>, other: &Listener<'_>) -> bool {
    one.port == other.port
        && (one.host == other.host || (is_loopback(one.host) && is_loopback(other.host)))
}

/// Whether a host is the machine of an etcd: it is one of its URLs', or the loopback interface.
pub(super) fn is_host_of(etcd: &Settings<'_>, host: &str) -> bool {
    let named = URLS.iter().flat_map(|option| etcd.list(option)).filter_map(Listener::parse);
    is_loopback(host) || named.into_iter().any(|url| url.host == host)
}

pub(super) fn is_loopback(host: &str) -> bool {
    let parsed = host.parse::<std::net::IpAddr>();
    host.eq_ignore_ascii_case("localhost") || parsed.is_ok_and(|address| address.is_loopback())
}

/// The URLs at which a client looks for its etcd.
pub(super) fn urls_of_client<'a>(client: &Settings<'a>) -> Vec<Listener<'a>> {
    let options = match client.program {
        Program::KubeApiserver => "etcd-servers",
        _ => "endpoints",
    };
    client.list(options).into_iter().filter_map(Listener::parse).collect()
}

/// Whether one file sets both, as kubespray's etcd.env does.
pub(super) fn is_in_one_file(one: &Settings<'_>, other: &Settings<'_>) -> bool {
    one.configs().any(|config| other.configs().any(|its| its.path == config.path))
}

/// Whether both are static pods of one node.
pub(super) fn is_pod_beside(one: &Settings<'_>, other: &Settings<'_>) -> bool {
    let folder = |process: &Settings<'_>| {
        let manifest = process.configs().find(|config| config.kind == ConfigKind::Manifest)?;
        Some(manifest.path.rsplit_once('/')?.0.to_owned())
    };
    folder(one).is_some() && folder(one) == folder(other)
}

/// Whether both name files of one folder.
pub(super) fn share_a_folder(one: &Settings<'_>, other: &Settings<'_>) -> bool {
    let folders = |process: &Settings<'_>| -> Vec<String> {
        let named = files_of(process.program).filter_map(|option| process.get(option));
        named
            .filter_map(|(_, setting)| Some(setting.path().rsplit_once('/')?.0.to_owned()))
            .collect()
    };
    let its = folders(other);
    folders(one).iter().any(|folder| its.contains(folder))
}
