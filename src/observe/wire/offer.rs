//! What a server offers: asked for version after version, suite after suite and group after group, until it takes none of the
//! rest. Nothing is sent behind a handshake, and no client certificate is shown.

use std::time::Duration;

use futures_util::future::{join, join_all};
use rustls::NamedGroup;
use tokio::time::{Instant, timeout_at};

use super::dial;
use super::dial::Address;
use super::dial::milliseconds;
use super::handshake::Handshake;
use super::hello::Answer;
use super::hello::Choice;
use super::hello::Hello;
use super::hello::SSL_3_0;
use super::hello::TLS_1_0;
use super::hello::TLS_1_1;
use super::hello::TLS_1_2;
use super::hello::TLS_1_3;
use super::http1;
use super::suites;
use super::watched::Stream;
use super::watched::Watched;
use crate::{
    observation::{
        endpoint::{HandshakeEnd, Parts, Purpose, Tcp, TlsSeen},
        offer::{NameOffer, OfferGap, OfferSeen, Unreached, VersionOffer},
    },
    x509::{Certificate, Go},
};

const VERSIONS: [(u16, &str); 5] = [
    (TLS_1_3, "TLSv1.3"),
    (TLS_1_2, "TLSv1.2"),
    (TLS_1_1, "TLSv1.1"),
    (TLS_1_0, "TLSv1.0"),
    (SSL_3_0, "SSLv3"),
];

/// X25519MLKEM768, X25519, P-256, P-384, P-521, X448, and the finite fields of RFC 7919.
const GROUPS: [u16; 9] = [0x11ec, 0x1d, 0x17, 0x18, 0x19, 0x1e, 0x100, 0x101, 0x102];

/// Asks all servers at once, each for at most `timeout`.
pub(crate) async fn ask_all(urls: &[String], timeout: Duration) -> Vec<OfferSeen> {
    join_all(urls.iter().map(|url| ask(url, timeout))).await
}

async fn ask(url: &str, timeout: Duration) -> OfferSeen {
    let start = Instant::now();
    let parsed = Parts::parse(url, true);
    let mut seen = OfferSeen {
        url: url.to_owned(),
        host: parsed.clone().map(|parts| parts.host),
        address: None,
        failure: None,
        versions: Vec::new(),
        groups: Vec::new(),
        alpn: Vec::new(),
        handshake: None,
        names: Vec::new(),
        not_checked: Vec::new(),
        took_ms: 0.0,
    };
    if let Ok(parts) = parsed {
        let deadline = start + timeout;
        let (addresses, lookup) = dial::lookup(&parts, deadline).await;
        match lookup.and_then(|lookup| lookup.error) {
            Some(error) => seen.failure = Some(Unreached::Lookup(error)),
            None => Box::pin(question(&mut seen, &parts.host, &addresses, deadline)).await,
        }
    }
    seen.took_ms = milliseconds(start);
    seen
}

/// A server that can be dialled, and how long it may take in all.
struct Asking<'a> {
    host: &'a str,
    address: Vec<Address>,
    deadline: Instant,
}

/// What the server accepted so far.
#[derive(Default)]
struct Accepted {
    chosen: Vec<Choice>,
    /// Whether an answer did not come in time, so that there may be more.
    is_cut_short: bool,
}

async fn question(seen: &mut OfferSeen, host: &str, addresses: &[Address], deadline: Instant) {
    let (noted, dialled) = dial::connect(addresses, Purpose::Main, deadline).await;
    let Some(dialled) = dialled else {
        // Without an attempt there was no time for one.
        let tcp = noted.last().map_or(Tcp::TimedOut, |connection| connection.tcp.clone());
        seen.failure = Some(Unreached::Connect(tcp));
        return;
    };
    seen.address = Some(dialled.address.to_string());
    let asking = Asking { host, address: vec![dialled.address], deadline };
    let tls = asking.shake_hands(dialled.stream, host, b"h2").await;
    seen.failure = asking.failure(&tls).await;
    if seen.failure.is_some() {
        return;
    }
    let (versions, (groups, (http1, names))) = join(
        join_all(VERSIONS.map(|(version, _)| asking.suites(version))),
        join(asking.groups(), join(asking.agrees_on(b"http/1.1"), asking.names(&tls))),
    )
    .await;
    for ((_, version), accepted) in VERSIONS.into_iter().zip(versions) {
        let gap = accepted.is_cut_short.then_some(OfferGap::CipherSuites { version });
        seen.not_checked.extend(gap);
        if !accepted.chosen.is_empty() {
            let suites = accepted.chosen.iter().map(|choice| suites::name(choice.suite)).collect();
            seen.versions.push(VersionOffer { version, suites });
        }
    }
    seen.not_checked.extend(groups.is_cut_short.then_some(OfferGap::Groups));
    seen.groups = groups.chosen.iter().filter_map(|choice| choice.group).map(group_name).collect();
    let h2 = (tls.alpn.as_deref() == Some("h2")).then(|| "h2".to_owned());
    seen.alpn = h2.into_iter().chain(http1.then(|| "http/1.1".to_owned())).collect();
    seen.names = names;
    seen.handshake = Some(tls);
}

impl Asking<'_> {
    async fn dial(&self) -> Option<Box<dyn Stream>> {
        let (_, dialled) = dial::connect(&self.address, Purpose::Main, self.deadline).await;
        dialled.map(|dialled| dialled.stream)
    }

    async fn shake_hands(&self, stream: Box<dyn Stream>, host: &str, alpn: &[u8]) -> TlsSeen {
        let handshake =
            Handshake { host, alpn: &[alpn], identity: None, deadline: self.deadline, local: None };
        Box::pin(handshake.run(stream)).await.0
    }

    /// Whether there is anybody to ask about TLS.
    async fn failure(&self, tls: &TlsSeen) -> Option<Unreached> {
        let failure = match tls.end {
            HandshakeEnd::TimedOut => return Some(Unreached::Silent),
            HandshakeEnd::NotTls => Unreached::NotTls,
            // Old servers hang up on what they do not know: they are asked once more, for what they may know.
            HandshakeEnd::Closed | HandshakeEnd::Reset => {
                let suites = suites::of(TLS_1_2);
                let old = self.hello(TLS_1_2, &suites, &GROUPS);
                let older = self.hello(TLS_1_0, &suites, &GROUPS);
                let (old, older) = join(old, older).await;
                if [old, older].iter().any(|one| matches!(one, Answer::Hello(_) | Answer::Alert(_)))
                {
                    return None;
                }
                Unreached::HungUp
            }
            _ => return None,
        };
        let Some(stream) = self.dial().await else { return Some(failure) };
        let stream = Watched::new(stream);
        let version = Box::pin(http1::get(stream, self.host, "/version"));
        let answered = timeout_at(self.deadline, version).await;
        let plain = answered.is_ok_and(|answer| answer.status.is_some());
        Some(if plain { Unreached::Plaintext } else { failure })
    }

    async fn hello(&self, version: u16, suites: &[u16], groups: &[u16]) -> Answer {
        let Some(stream) = self.dial().await else { return Answer::HungUp };
        let named = self.host.parse::<std::net::IpAddr>().is_err();
        let server_name = named.then_some(self.host);
        Hello { version, suites, groups, server_name }.ask(stream, self.deadline).await
    }

    /// The suites of a version: what the server chooses is taken off the list until it chooses nothing.
    async fn suites(&self, version: u16) -> Accepted {
        let mut left = suites::of(version);
        let mut accepted = Accepted::default();
        while !left.is_empty() {
            match self.hello(version, &left, &GROUPS).await {
                Answer::Hello(choice)
                    if choice.version == version && left.contains(&choice.suite) =>
                {
                    left.retain(|suite| *suite != choice.suite);
                    accepted.chosen.push(choice);
                }
                other => {
                    accepted.is_cut_short = matches!(other, Answer::TimedOut);
                    break;
                }
            }
        }
        accepted
    }

    /// The groups: in TLS 1.3 the server names the one it wants; before, each is offered alone.
    async fn groups(&self) -> Accepted {
        let mut left = GROUPS.to_vec();
        let mut accepted = Accepted::default();
        while !left.is_empty() {
            match self.hello(TLS_1_3, &suites::of(TLS_1_3), &left).await {
                Answer::Hello(Choice { version: TLS_1_3, suite, group: Some(group) })
                    if left.contains(&group) =>
                {
                    left.retain(|other| *other != group);
                    accepted.chosen.push(Choice { version: TLS_1_3, suite, group: Some(group) });
                }
                other => {
                    accepted.is_cut_short = matches!(other, Answer::TimedOut);
                    break;
                }
            }
        }
        if !accepted.chosen.is_empty() || accepted.is_cut_short {
            return accepted;
        }
        let ephemeral = suites::with_groups();
        let alone = GROUPS.map(|group| {
            let suites = &ephemeral;
            async move {
                match self.hello(TLS_1_2, suites, &[group]).await {
                    Answer::Hello(choice) => Some(Choice { group: Some(group), ..choice }),
                    _ => None,
                }
            }
        });
        accepted.chosen = join_all(alone).await.into_iter().flatten().collect();
        accepted
    }

    /// Whether the server chooses this protocol when it is offered alone.
    async fn agrees_on(&self, protocol: &[u8]) -> bool {
        let Some(stream) = self.dial().await else { return false };
        let tls = self.shake_hands(stream, self.host, protocol).await;
        tls.alpn.is_some_and(|chosen| chosen.as_bytes() == protocol)
    }

    /// What is presented to the name as dialled, without a name, and to a name that the certificate lists.
    async fn names(&self, tls: &TlsSeen) -> Vec<NameOffer> {
        let leaf = tls.chain.first().and_then(|der| Certificate::parse(&der.0, Go::DEFAULT).ok());
        let listed = leaf.as_ref().and_then(|leaf| {
            leaf.dns_names().find(|name| !name.contains('*') && *name != self.host)
        });
        let mut names = vec![name_offer(tls.clone())];
        let nameless = tls.server_name.is_some().then_some("0.0.0.0");
        for host in nameless.into_iter().chain(listed) {
            let Some(stream) = self.dial().await else { break };
            names.push(name_offer(self.shake_hands(stream, host, b"h2").await));
        }
        names
    }
}

fn name_offer(tls: TlsSeen) -> NameOffer {
    let leaf = tls.chain.into_iter().next();
    let failure = leaf.is_none().then_some(tls.end);
    NameOffer { server_name: tls.server_name, leaf, failure }
}

fn group_name(group: u16) -> String {
    format!("{:?}", NamedGroup::from(group))
}
