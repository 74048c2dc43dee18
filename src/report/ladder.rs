//! The messages of mutual TLS between client and server as a ladder, with the files that decide at each rung: plain data, which
//! a terminal and a page draw in their own ways.
//!
//! The order is that of TLS 1.2; TLS 1.3 sends the same messages, the request before the certificate
//! (RFC 8446 §2).

use super::{
    sentence::pair,
    steps::{self, Name, Status, Step},
};
use crate::{
    facts::{Endpoint, Facts, Usable},
    message::{Lang, Word},
    observation::endpoint::Connection,
    x509::Certificate,
};

/// How many names of acceptable CAs are shown.
const NAMES: usize = 4;

/// One message, or one act, on the way to an endpoint.
#[derive(Debug)]
pub(super) struct Rung {
    pub(super) direction: Direction,
    /// The message's name.
    pub(super) title: &'static str,
    /// What was seen of it.
    pub(super) notes: Vec<String>,
    /// The files that decide here, this client's and, as far as its configuration is at hand, the server's.
    pub(super) files: Vec<String>,
    pub(super) state: State,
}

/// Who sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// Nobody: it happens at the client.
    Here,
    /// The client.
    ToServer,
    /// The server.
    ToClient,
    /// Either in turn.
    Both,
}

/// How far the way went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum State {
    /// The rung was taken.
    Taken,
    /// The way ends here, and why.
    Broken(String),
    /// It lies behind the break, or was not tried.
    NotReached,
}

/// The places at which the way can break, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Point {
    Lookup,
    Connect,
    ClientHello,
    ServerHello,
    ServerCertificate,
    CertificateRequest,
    ClientCertificate,
    Finished,
    Settings,
    Answer,
}

/// The way to one endpoint, rung by rung; none when its URL names no way.
pub(super) fn of(endpoint: &Endpoint<'_>, facts: &Facts<'_>, lang: Lang) -> Vec<Rung> {
    let Ok(parts) = &endpoint.seen.parsed else { return Vec::new() };
    let steps = steps::of(endpoint, facts, lang);
    let failed = steps.iter().find(|step| step.status == Status::Failed);
    let broken = failed.map(|step| (break_point(endpoint, facts, step, lang), step));
    let ladder = Ladder { endpoint, facts, lang, steps: &steps };
    let points = ladder.points(parts.tls, broken.map(|(point, _)| point));
    points
        .into_iter()
        .map(|point| {
            let state = match broken {
                Some((broken, step)) if point == broken => State::Broken(step.detail.clone()),
                Some((broken, _)) if point > broken => State::NotReached,
                None if ladder.is_skipped(point) => State::NotReached,
                _ => State::Taken,
            };
            let (direction, title) = ladder.named(point);
            let (notes, files) = match state {
                State::NotReached => Default::default(),
                _ => (ladder.notes(point), ladder.files(point)),
            };
            Rung { direction, title, notes, files, state }
        })
        .collect()
}

fn break_point(endpoint: &Endpoint<'_>, facts: &Facts<'_>, failed: &Step, lang: Lang) -> Point {
    match failed.name {
        Name::Resolve => Point::Lookup,
        Name::Connect => Point::Connect,
        Name::Tls if steps::server_refused(endpoint, facts, lang).is_some() => {
            Point::ServerCertificate
        }
        Name::Tls if endpoint.presented.is_some() => Point::Finished,
        Name::Tls if endpoint.main().and_then(Connection::alert).is_some() => Point::ClientHello,
        Name::Tls => Point::ServerHello,
        Name::ClientAuth => Point::ClientCertificate,
        Name::Http2 => Point::Settings,
        Name::Grpc => Point::Answer,
    }
}

struct Ladder<'w, 'a> {
    endpoint: &'w Endpoint<'a>,
    facts: &'w Facts<'a>,
    lang: Lang,
    steps: &'w [Step; 6],
}

impl Ladder<'_, '_> {
    /// The rungs of this way: those of TLS only where TLS is spoken, those of client certificates only where the
    /// server asks for one, or where it is not known yet whether it would; peers speak HTTP/1.1 to one another.
    fn points(&self, tls: bool, broken: Option<Point>) -> Vec<Point> {
        let mut points = vec![Point::Connect];
        if self.endpoint.seen.lookup.is_some() {
            points.insert(0, Point::Lookup);
        }
        if tls {
            points.extend([Point::ClientHello, Point::ServerHello, Point::ServerCertificate]);
            let not_known = broken.is_some_and(|broken| broken < Point::CertificateRequest);
            if self.endpoint.request().is_some() || not_known {
                points.extend([Point::CertificateRequest, Point::ClientCertificate]);
            }
            points.push(Point::Finished);
        }
        if !self.facts.among_peers() {
            points.push(Point::Settings);
        }
        points.push(Point::Answer);
        points
    }

    fn named(&self, point: Point) -> (Direction, &'static str) {
        match point {
            Point::Lookup => (Direction::Here, Word::NameLookup.in_lang(self.lang)),
            Point::Connect => (Direction::ToServer, "TCP"),
            Point::ClientHello => (Direction::ToServer, "ClientHello"),
            Point::ServerHello => (Direction::ToClient, "ServerHello"),
            Point::ServerCertificate => (Direction::ToClient, "Certificate"),
            Point::CertificateRequest => (Direction::ToClient, "CertificateRequest"),
            Point::ClientCertificate => (Direction::ToServer, "Certificate"),
            Point::Finished => (Direction::Both, "Finished"),
            Point::Settings => (Direction::ToClient, "HTTP/2 SETTINGS"),
            Point::Answer if self.facts.among_peers() => (Direction::Both, "HTTP/1.1"),
            Point::Answer => (Direction::Both, "gRPC Maintenance.Status"),
        }
    }

    /// Whether what a rung stands for was never tried.
    fn is_skipped(&self, point: Point) -> bool {
        let step = match point {
            Point::Lookup => Name::Resolve,
            Point::Connect => Name::Connect,
            Point::Settings => Name::Http2,
            Point::Answer => Name::Grpc,
            _ => Name::Tls,
        };
        self.detail(step).is_none()
    }

    /// What is to be said of a step that was taken.
    fn detail(&self, name: Name) -> Option<&str> {
        let mut taken = self.steps.iter().filter(|step| step.status == Status::Ok);
        taken.find(|step| step.name == name).map(|step| step.detail.as_str())
    }

    fn notes(&self, point: Point) -> Vec<String> {
        let detail = |name: Name| self.detail(name).map(str::to_owned).into_iter().collect();
        match point {
            Point::Lookup => detail(Name::Resolve),
            Point::Connect => detail(Name::Connect),
            Point::Answer => detail(Name::Grpc),
            Point::ClientHello => self.hello(),
            Point::ServerHello => self.agreed(),
            Point::ServerCertificate => self.server_certificate(),
            Point::CertificateRequest => self.acceptable(),
            Point::ClientCertificate | Point::Finished | Point::Settings => Vec::new(),
        }
    }

    fn hello(&self) -> Vec<String> {
        let name = self.endpoint.tls().and_then(|tls| tls.server_name.as_deref());
        name.map(|name| format!("SNI {name}")).into_iter().collect()
    }

    fn agreed(&self) -> Vec<String> {
        let agreed = self.endpoint.tls().map(steps::agreed).unwrap_or_default();
        if agreed.is_empty() { Vec::new() } else { vec![agreed] }
    }

    fn server_certificate(&self) -> Vec<String> {
        let leaf = self.endpoint.presented.as_ref().and_then(|presented| presented.leaf());
        leaf.map(Certificate::subject).into_iter().collect()
    }

    fn acceptable(&self) -> Vec<String> {
        let names = self.endpoint.acceptable_names();
        let shown = names.iter().take(NAMES).cloned();
        let more = (names.len() > NAMES).then(|| Word::AndMore.in_lang(self.lang).to_owned());
        shown.chain(more).collect()
    }

    fn files(&self, point: Point) -> Vec<String> {
        let section = self.facts.section();
        match point {
            Point::ServerCertificate => self
                .of_server(&[section.certificate, section.key])
                .into_iter()
                .chain([self.checked_with()])
                .collect(),
            Point::CertificateRequest => self.of_server(&[section.trusted_ca]),
            Point::ClientCertificate => {
                let revoked = self.of_server(&[section.crl]);
                std::iter::once(self.client_certificate()).chain(revoked).collect()
            }
            _ => Vec::new(),
        }
    }

    /// What the configuration of the etcd behind this endpoint names, `etcd --cert-file server.crt` for one.
    fn of_server(&self, options: &[&str]) -> Vec<String> {
        let settings = &self.facts.settings;
        let mut named = Vec::new();
        if settings.is_behind(self.endpoint.seen) {
            let set = options.iter().filter_map(|option| settings.get(option));
            let set = set.filter(|(_, setting)| !setting.value.is_empty());
            named.extend(set.map(|(_, setting)| format!("--{} {}", setting.name, setting.path())));
        }
        if named.is_empty() { named } else { vec![format!("etcd {}", named.join(" "))] }
    }

    fn checked_with(&self) -> String {
        let with = self.facts.flag("--cacert").map_or_else(
            || Word::SystemCas.in_lang(self.lang).to_owned(),
            |cacert| format!("--cacert {}", cacert.given.value),
        );
        pair(Word::CheckedWith.in_lang(self.lang), &with, self.lang)
    }

    fn client_certificate(&self) -> String {
        let client = &self.facts.client;
        let given: Vec<_> = [("--cert", client.cert), ("--key", client.key)]
            .into_iter()
            .filter_map(|(flag, path)| Some(format!("{flag} {}", path?)))
            .collect();
        match client.usable {
            Usable::NotGiven => Word::NoneGiven.in_lang(self.lang).to_owned(),
            Usable::Yes => given.join(" "),
            Usable::No => pair(Word::PairUnusable.in_lang(self.lang), &given.join(" "), self.lang),
        }
    }
}
