//! The messages of mutual TLS between client and server as a ladder, with the files that decide at each rung: plain data, which
//! a terminal and a page draw in their own ways.
//!
//! The order is that of TLS 1.2; TLS 1.3 sends the same messages, the request before the certificate
//! (RFC 8446 §2).

use super::{
    Endpoint, Facts, Usable,
    steps::{Step, StepName, StepStatus, agreed},
};
use crate::{
    message::{Message, Value, Word},
    observation::endpoint::Connection,
};

/// How many names of acceptable CAs are shown.
const NAMES: usize = 4;

/// One message, or one act, on the way to an endpoint.
#[derive(Debug)]
pub struct Rung {
    /// Who sends it.
    pub direction: Direction,
    /// The message's name.
    pub title: Message,
    /// What was seen of it.
    pub notes: Vec<Message>,
    /// The files that decide here, this client's and, as far as its configuration is at hand, the server's.
    pub files: Vec<Message>,
    /// Whether it was reached.
    pub state: RungState,
}

/// Who sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
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
pub enum RungState {
    /// The rung was taken.
    Taken,
    /// The way ends here, and why.
    Broken(Message),
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

impl Endpoint<'_> {
    /// The way to this endpoint, rung by rung; none when its URL names no way.
    pub fn ladder(&self, facts: &Facts<'_>, steps: &[Step; 6]) -> Vec<Rung> {
        let Ok(parts) = &self.seen.parsed else { return Vec::new() };
        let failed = steps.iter().find(|step| step.status == StepStatus::Failed);
        let broken = failed.map(|step| (break_point(self, facts, step), step));
        let ladder = Ladder { endpoint: self, facts, steps };
        let points = ladder.points(parts.tls, broken.map(|(point, _)| point));
        points
            .into_iter()
            .map(|point| {
                let state = match broken {
                    Some((broken, step)) if point == broken => {
                        RungState::Broken(step.detail.clone())
                    }
                    Some((broken, _)) if point > broken => RungState::NotReached,
                    None if ladder.is_skipped(point) => RungState::NotReached,
                    _ => RungState::Taken,
                };
                let (direction, title) = ladder.named(point);
                let (notes, files) = match state {
                    RungState::NotReached => Default::default(),
                    _ => (ladder.notes(point), ladder.files(point)),
                };
                Rung { direction, title, notes, files, state }
            })
            .collect()
    }
}

/// Where the way broke: the message at which the failed step ended.
fn break_point(endpoint: &Endpoint<'_>, facts: &Facts<'_>, failed: &Step) -> Point {
    match failed.name {
        StepName::Resolve => Point::Lookup,
        StepName::Connect => Point::Connect,
        StepName::Tls if endpoint.server_refusal(facts).is_some() => Point::ServerCertificate,
        StepName::Tls if endpoint.presented.is_some() => Point::Finished,
        StepName::Tls if endpoint.main().and_then(Connection::alert).is_some() => {
            Point::ClientHello
        }
        StepName::Tls => Point::ServerHello,
        StepName::ClientAuth => Point::ClientCertificate,
        StepName::Http2 => Point::Settings,
        StepName::Grpc => Point::Answer,
    }
}

struct Ladder<'w, 'a> {
    endpoint: &'w Endpoint<'a>,
    facts: &'w Facts<'a>,
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

    fn named(&self, point: Point) -> (Direction, Message) {
        let (direction, name) = match point {
            Point::Lookup => return (Direction::Here, Word::NameLookup.into()),
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
        };
        (direction, Message::name(name))
    }

    /// Whether what a rung stands for was never tried.
    fn is_skipped(&self, point: Point) -> bool {
        let step = match point {
            Point::Lookup => StepName::Resolve,
            Point::Connect => StepName::Connect,
            Point::Settings => StepName::Http2,
            Point::Answer => StepName::Grpc,
            _ => StepName::Tls,
        };
        self.detail(step).is_none()
    }

    /// What is to be said of a step that was taken.
    fn detail(&self, name: StepName) -> Option<&Message> {
        let mut taken = self.steps.iter().filter(|step| step.status == StepStatus::Ok);
        taken.find(|step| step.name == name).map(|step| &step.detail)
    }

    fn notes(&self, point: Point) -> Vec<Message> {
        let detail = |name: StepName| self.detail(name).cloned().into_iter().collect();
        match point {
            Point::Lookup => detail(StepName::Resolve),
            Point::Connect => detail(StepName::Connect),
            Point::Answer => detail(StepName::Grpc),
            Point::ClientHello => self.hello(),
            Point::ServerHello => self.agreed(),
            Point::ServerCertificate => self.server_certificate(),
            Point::CertificateRequest => self.acceptable(),
            Point::ClientCertificate | Point::Finished | Point::Settings => Vec::new(),
        }
    }

    fn hello(&self) -> Vec<Message> {
        let name = self.endpoint.tls().and_then(|tls| tls.server_name.as_deref());
        name.map(|name| Message::name(format!("SNI {name}"))).into_iter().collect()
    }

    fn agreed(&self) -> Vec<Message> {
        let agreed = self.endpoint.tls().map(agreed).filter(|agreed| !agreed.is_empty());
        agreed.map(Message::name).into_iter().collect()
    }

    fn server_certificate(&self) -> Vec<Message> {
        let leaf = self.endpoint.presented.as_ref().and_then(|presented| presented.leaf());
        leaf.map(|leaf| Message::name(leaf.subject())).into_iter().collect()
    }

    fn acceptable(&self) -> Vec<Message> {
        let names = self.endpoint.acceptable_names();
        let more = (names.len() > NAMES).then_some(Message::Word(Word::AndMore));
        names.into_iter().take(NAMES).map(Message::name).chain(more).collect()
    }

    fn files(&self, point: Point) -> Vec<Message> {
        let section = self.facts.section();
        match point {
            Point::ServerCertificate => self
                .of_server(&[section.certificate, section.key])
                .into_iter()
                .chain([self.checked_with()])
                .collect(),
            Point::CertificateRequest => {
                self.of_server(&[section.trusted_ca]).into_iter().collect()
            }
            Point::ClientCertificate => {
                let revoked = self.of_server(&[section.crl]);
                std::iter::once(self.client_certificate()).chain(revoked).collect()
            }
            _ => Vec::new(),
        }
    }

    /// What the configuration of the etcd behind this endpoint names, `etcd --cert-file server.crt` for one.
    fn of_server(&self, options: &[&str]) -> Option<Message> {
        let settings = &self.facts.settings;
        if !settings.is_behind(self.endpoint.seen) {
            return None;
        }
        let set = options.iter().filter_map(|option| settings.get(option));
        let set = set.filter(|(_, setting)| !setting.value.is_empty());
        let named: Vec<_> =
            set.map(|(_, setting)| format!("--{} {}", setting.name, setting.path())).collect();
        (!named.is_empty()).then(|| Message::name(format!("etcd {}", named.join(" "))))
    }

    fn checked_with(&self) -> Message {
        let with = match self.facts.flag("--cacert") {
            Some(cacert) => Value::from(format!("--cacert {}", cacert.given.value)),
            None => Word::SystemCas.into(),
        };
        Message::labelled(Word::CheckedWith, with)
    }

    fn client_certificate(&self) -> Message {
        let client = &self.facts.client;
        let given: Vec<_> = [("--cert", client.cert), ("--key", client.key)]
            .into_iter()
            .filter_map(|(flag, path)| Some(format!("{flag} {}", path?)))
            .collect();
        match client.usable {
            Usable::NotGiven => Word::NoneGiven.into(),
            Usable::Yes => Message::name(given.join(" ")),
            Usable::No => Message::labelled(Word::PairUnusable, given.join(" ")),
        }
    }
}
