//! URLs of etcd's options that keep it from starting.
//!
//! etcd `client/pkg/types/urls.go` (`NewURLs`), `server/embed/config.go` (`checkBindURLs` and `checkHostURLs`), and
//! `client/pkg/types/urlsmap.go` for `--initial-cluster`. Tried with 3.4, 3.5 and 3.6.

use std::net::IpAddr;

use super::{Listener, Settings};
use crate::{
    etcd::{CLIENT_PORT, ListenerOptions, PEER_PORT, option::URLS},
    observation::{
        ConfigFile, Setting,
        endpoint::{Parts, UrlDefect},
        endpoint_url::repaired,
    },
};

/// An option with URLs that etcd does not take.
#[derive(Debug)]
pub struct MalformedUrls<'a> {
    /// The file that sets it.
    pub config: &'a ConfigFile,
    /// The option and its value.
    pub setting: &'a Setting,
    /// What is wrong with each of these URLs.
    pub defects: Vec<UrlDefect>,
    /// The whole value as it was probably meant; `None` where that can't be told.
    pub right: Option<String>,
}

impl<'a> Settings<'a> {
    /// The options with URLs that etcd does not take.
    pub fn malformed_urls(&self) -> Vec<MalformedUrls<'a>> {
        let options = URLS.iter().chain(&["initial-cluster"]);
        let set = options.filter(|option| self.names(option));
        set.filter_map(|option| self.malformed(option)).collect()
    }

    fn malformed(&self, option: &str) -> Option<MalformedUrls<'a>> {
        let (config, setting) = self.get(option)?;
        let mut defects = Vec::new();
        let mut right = Some(Vec::new());
        for entry in setting.value.split(',').map(str::trim) {
            let (name, url) = match entry.split_once('=') {
                Some((_, url)) if option == "initial-cluster" => {
                    (&entry[..entry.len() - url.len()], url)
                }
                _ => ("", entry),
            };
            let defect = match name {
                "" if option == "initial-cluster" && !entry.is_empty() => Some(UrlDefect::NoMember),
                _ => defect(option, url),
            };
            let meant = match &defect {
                None => Some(url.to_owned()),
                Some(UrlDefect::Empty) => Some(String::new()),
                Some(defect) => self.meant(option, url, defect),
            };
            defects.extend(defect);
            right = right.zip(meant).map(|(mut urls, url)| {
                urls.extend((!url.is_empty()).then(|| format!("{name}{url}")));
                urls
            });
        }
        let right = right.map(|urls| urls.join(",")).filter(|urls| !urls.is_empty());
        (!defects.is_empty()).then_some(MalformedUrls { config, setting, defects, right })
    }

    /// The URL that was probably meant.
    fn meant(&self, option: &str, url: &str, defect: &UrlDefect) -> Option<String> {
        let of_peers = option.contains("peer") || option == "initial-cluster";
        let listener = if of_peers { ListenerOptions::PEER } else { ListenerOptions::CLIENT };
        let usual = if of_peers { PEER_PORT } else { CLIENT_PORT };
        match defect {
            UrlDefect::NoMember => None,
            UrlDefect::HostName(name) => {
                let address = self.address(&listener)?;
                Some(url.replacen(name.as_str(), &address, 1))
            }
            _ => {
                let url = repaired(url, self.names(listener.certificate), usual)?;
                match self::defect(option, &url) {
                    None => Some(url),
                    Some(again) => self.meant(option, &url, &again),
                }
            }
        }
    }

    /// The address of this member as its other URLs have it, with the brackets of IPv6.
    fn address(&self, listener: &ListenerOptions) -> Option<String> {
        let [client, peer] = ListenerOptions::ALL;
        let options =
            [listener.advertises, client.listens, peer.listens, client.advertises, peer.advertises];
        let urls = options.into_iter().filter(|option| self.names(option));
        let mut urls = urls.flat_map(|option| self.urls(option));
        let named = |url: &Listener<'_>| !url.is_everywhere() && url.host.parse::<IpAddr>().is_ok();
        let url = urls.find(named)?;
        Some(if url.host.contains(':') { format!("[{}]", url.host) } else { url.host.to_owned() })
    }
}

/// What etcd refuses about a URL of an option. Variables and templates that are filled in elsewhere can't be judged.
fn defect(option: &str, url: &str) -> Option<UrlDefect> {
    if url.contains(['$', '{', '%']) {
        return None;
    }
    if url.is_empty() {
        return Some(UrlDefect::Empty);
    }
    let Some((scheme, rest)) = url.split_once("://") else { return Some(UrlDefect::NoScheme) };
    let scheme = scheme.to_ascii_lowercase();
    if scheme.starts_with("unix") {
        return None;
    }
    let binds = option.starts_with("listen-");
    match Parts::parse(&format!("{scheme}://{rest}"), true) {
        Err(malformed) => match malformed.why {
            // etcd makes nothing of a user name, and takes port 0 for any free one.
            UrlDefect::UserName => None,
            UrlDefect::Port(port) if port == "0" => None,
            why => Some(why),
        },
        Ok(_) if rest.ends_with('/') => Some(UrlDefect::Path('/')),
        Ok(parts) if binds && parts.host != "localhost" && !is_address(&parts.host) => {
            Some(UrlDefect::HostName(parts.host))
        }
        Ok(_) => None,
    }
}

fn is_address(host: &str) -> bool {
    host.parse::<IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observation::{ConfigKind, Program};

    fn judged(settings: &[(&str, &str)]) -> Vec<(String, Option<String>)> {
        let setting = |(name, value): &(&str, &str)| Setting {
            name: (*name).to_owned(),
            value: (*value).to_owned(),
            ..Setting::default()
        };
        let config = ConfigFile {
            kind: ConfigKind::Environment,
            program: Program::Etcd,
            settings: settings.iter().map(setting).collect(),
            ..ConfigFile::default()
        };
        let all = Settings::of_files(std::slice::from_ref(&config), &[]);
        let malformed = all[0].malformed_urls();
        malformed.into_iter().map(|one| (one.setting.name.clone(), one.right)).collect()
    }

    #[test]
    fn what_keeps_etcd_from_starting_comes_with_the_value_probably_meant() {
        for (option, wrong, right) in [
            ("listen-peer-urls", "https://2001:db8::1:2380", "https://[2001:db8::1]:2380"),
            ("listen-client-urls", "https://n1.example:2379", "https://10.0.0.1:2379"),
            ("listen-client-urls", "n1.example:2379", "http://10.0.0.1:2379"),
            ("listen-client-urls", "10.0.0.1:2379", "http://10.0.0.1:2379"),
            ("listen-client-urls", "https://10.0.0.1", "https://10.0.0.1:2379"),
            ("listen-peer-urls", "https://10.0.0.1", "https://10.0.0.1:2380"),
            ("listen-client-urls", "https://10.0.0.1:2379,", "https://10.0.0.1:2379"),
            ("listen-client-urls", "https://10.0.0.1:2379/", "https://10.0.0.1:2379"),
            ("advertise-client-urls", "https:/10.0.0.1:2379", "https://10.0.0.1:2379"),
            ("initial-cluster", "a=10.0.0.2:2380", "a=http://10.0.0.2:2380"),
            (
                "initial-cluster",
                "a=https://h:2380,b=https://::2:2380",
                "a=https://h:2380,b=https://[::2]:2380",
            ),
        ] {
            let known = ("initial-advertise-peer-urls", "https://10.0.0.1:2380");
            let found = judged(&[(option, wrong), known]);
            assert_eq!(found, [(option.to_owned(), Some(right.to_owned()))], "{wrong}");
        }
        let found = judged(&[("initial-cluster", "https://10.0.0.1:2380")]);
        assert_eq!(found, [("initial-cluster".to_owned(), None)]);
        assert_eq!(judged(&[("listen-client-urls", "https://n1:2379")])[0].1, None);
    }

    #[test]
    fn what_etcd_takes_is_left_alone() {
        for (option, url) in [
            ("listen-client-urls", "https://0.0.0.0:2379, http://localhost:2379"),
            ("listen-client-urls", "https://[::]:2379,unix:///run/etcd.sock"),
            ("listen-client-urls", "HTTPS://10.0.0.1:2379"),
            ("listen-peer-urls", "https://$(POD_IP):2380,https://${IP}:2380"),
            ("listen-metrics-urls", "http://127.0.0.1:0"),
            ("advertise-client-urls", "https://n1.example:2379"),
            ("initial-cluster", "a=https://n1:2380,a=https://[::1]:2380"),
        ] {
            assert_eq!(judged(&[(option, url)]), [], "{url}");
        }
    }
}
