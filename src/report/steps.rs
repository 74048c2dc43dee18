//! The way to an endpoint in six steps, and how each of them ended. Pure: everything follows from the facts.

use serde::Serialize;

use super::sentence::pair;
use crate::{
    facts::{Endpoint, Facts, Reach, Refusal, Service, Stall},
    message::{Lang, Say, Word},
    observation::endpoint::{After, Connection, GrpcError, HandshakeEnd, Tcp, TlsSeen},
    x509::Certificate,
};

/// A step on the way to an answer of etcd.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Name {
    /// Name lookup.
    Resolve,
    /// TCP.
    Connect,
    /// The handshake, as far as the server has to convince the client.
    Tls,
    /// What the server makes of the client's certificate.
    ClientAuth,
    /// HTTP/2 SETTINGS.
    Http2,
    /// The answers of etcd.
    Grpc,
}

/// How a step ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Status {
    /// It was taken.
    Ok,
    /// The way ends here.
    Failed,
    /// There was nothing to do, or it was never reached.
    Skipped,
}

/// One step.
#[derive(Debug, Serialize)]
pub(super) struct Step {
    #[serde(rename = "step")]
    pub(super) name: Name,
    pub(super) status: Status,
    pub(super) ms: Option<f64>,
    pub(super) detail: String,
}

/// The six steps to one endpoint, in order.
pub(super) fn of(endpoint: &Endpoint<'_>, facts: &Facts<'_>, lang: Lang) -> [Step; 6] {
    let way = Way { endpoint, facts, lang };
    let lookup_ms = endpoint.seen.lookup.as_ref().map(|lookup| lookup.ms);
    let tcp_ms = endpoint.main().map(|main| main.tcp_ms);
    let tls_ms = endpoint.tls().map(|tls| tls.ms);
    [
        step(Name::Resolve, lookup_ms, way.resolve()),
        step(Name::Connect, tcp_ms, way.connect()),
        step(Name::Tls, tls_ms, way.tls()),
        step(Name::ClientAuth, None, way.client_auth()),
        step(Name::Http2, None, way.http2()),
        step(Name::Grpc, None, way.grpc()),
    ]
}

/// Why this client does not accept the server, in Go's words or ours; `None` when it does, or got no chain.
pub(super) fn server_refused(
    endpoint: &Endpoint<'_>,
    facts: &Facts<'_>,
    lang: Lang,
) -> Option<String> {
    let presented = endpoint.presented.as_ref()?;
    if let Some(why) = endpoint.tls().and_then(|tls| tls.bad_signature.as_ref()) {
        return Some(pair(Word::WrongSignature.in_lang(lang), why, lang));
    }
    if presented.is_accepted() || facts.observation.target.insecure_skip_tls_verify {
        return None;
    }
    let why = match (&presented.unparsable, presented.rejection(), &presented.name_verdict) {
        (Some((_, error)), _, _) => error.clone(),
        (None, Some(rejection), _) => rejection.message.clone(),
        (None, None, Err(rejection)) if presented.is_trusted() => rejection.message.clone(),
        (None, None, _) => Word::CaUnusable.in_lang(lang).to_owned(),
    };
    Some(why)
}

type End = (Status, String);

fn step(name: Name, ms: Option<f64>, (status, detail): End) -> Step {
    Step { name, status, ms: ms.filter(|_| status != Status::Skipped), detail }
}

struct Way<'w, 'a> {
    endpoint: &'w Endpoint<'a>,
    facts: &'w Facts<'a>,
    lang: Lang,
}

impl Way<'_, '_> {
    fn resolve(&self) -> End {
        match (&self.endpoint.seen.parsed, &self.endpoint.seen.lookup) {
            (Err(malformed), _) => (Status::Failed, malformed.why.message().say(self.lang)),
            (Ok(_), None) => self.skipped(Word::AddressLiteral),
            (Ok(_), Some(lookup)) => match &lookup.error {
                Some(error) => (Status::Failed, error.message().say(self.lang)),
                None => {
                    let addresses: Vec<_> =
                        lookup.addresses.iter().map(ToString::to_string).collect();
                    (Status::Ok, addresses.join(", "))
                }
            },
        }
    }

    fn connect(&self) -> End {
        let Some(main) = self.endpoint.main() else { return self.skipped(Word::NotReached) };
        match &main.tcp {
            Tcp::Connected => (Status::Ok, main.to.clone()),
            Tcp::Refused => self.failed(Word::ConnectionRefused, &main.to),
            Tcp::TimedOut => self.failed(Word::NoAnswer, &main.to),
            Tcp::Reset => self.failed(Word::Reset, &main.to),
            Tcp::Unreachable(_) | Tcp::Failed(_) => {
                self.failed(Word::CantBeReached, &main.tcp.message().say(self.lang))
            }
        }
    }

    fn tls(&self) -> End {
        let Some(main) = self.connected() else { return self.skipped(Word::NotReached) };
        let Some(tls) = &main.tls else { return self.skipped(Word::PlainText) };
        match &self.endpoint.reach {
            Reach::Clear(_) | Reach::Garbage => return self.failed(Word::NotTls, ""),
            Reach::Reset => return self.failed(Word::Reset, ""),
            Reach::Stalled(Stall::Handshake(_)) => return self.failed(Word::NoAnswer, ""),
            Reach::NoCommonVersion
            | Reach::NoCommonCipher
            | Reach::Unloadable
            | Reach::HandshakeFailed(_) => return self.broken_off(main, tls),
            _ => {}
        }
        match server_refused(self.endpoint, self.facts, self.lang) {
            Some(why) => (Status::Failed, why),
            None => (Status::Ok, agreed(tls)),
        }
    }

    fn broken_off(&self, main: &Connection, tls: &TlsSeen) -> End {
        match (main.alert(), &tls.end) {
            (Some(alert), _) => self.failed(Word::ServerRefused, alert),
            (None, end @ (HandshakeEnd::Version(_) | HandshakeEnd::Failed(_))) => {
                self.failed(Word::Failed, &end.message().say(self.lang))
            }
            (None, _) => self.failed(Word::Failed, ""),
        }
    }

    fn client_auth(&self) -> End {
        let Some(tls) = self.connected().and_then(|main| main.tls.as_ref()) else {
            return self.skipped(Word::NotReached);
        };
        match (self.endpoint.refusal(), &tls.request) {
            (Some(Refusal::Alert(name)), _) => self.failed(Word::ServerRefused, name),
            (Some(Refusal::Closed), _) => self.failed(Word::ClosedSilently, ""),
            (None, _) if !self.was_heard() => self.skipped(Word::NotReached),
            (None, None) => self.skipped(Word::NotAsked),
            (None, Some(_)) if tls.certificate_sent => {
                let subject = self.facts.client.leaf().map(Certificate::subject);
                (Status::Ok, self.say(Word::Accepted, &subject.unwrap_or_default()))
            }
            (None, Some(_)) => (Status::Ok, self.say(Word::NoneSent, "")),
        }
    }

    fn http2(&self) -> End {
        let Some(main) = self.connected() else { return self.skipped(Word::NotReached) };
        let plain = main.tls.is_none();
        if self.facts.among_peers() {
            return self.skipped(Word::Http1Only);
        }
        match (&self.endpoint.reach, &main.after) {
            (_, After::Settings { .. }) => (Status::Ok, "SETTINGS".to_owned()),
            (Reach::Stalled(Stall::Http2), _) => self.failed(Word::NoAnswer, ""),
            (Reach::TlsAtPlainUrl, _) => self.failed(Word::NoSettings, ""),
            (Reach::Open(Service::PeerPort | Service::MetricsPort | Service::HttpOnlyPort), _) => {
                self.failed(Word::Http1Only, "")
            }
            (Reach::Open(Service::Stranger), _) => self.failed(Word::NotHttp2, ""),
            (Reach::Open(Service::Unasked), _) => self.skipped(Word::HeldBack),
            (Reach::Clear(_) | Reach::Garbage, _) if plain => self.failed(Word::NotHttp2, ""),
            (Reach::Reset, _) if plain => self.failed(Word::Reset, ""),
            _ => self.skipped(Word::NotReached),
        }
    }

    fn grpc(&self) -> End {
        if self.facts.among_peers() && self.endpoint.serves(self.facts) {
            return (Status::Ok, self.endpoint.answers());
        }
        let Some(etcd) = &self.endpoint.seen.etcd else { return self.skipped(Word::NotReached) };
        // Who may not read has all the same reached etcd, as `etcdctl endpoint health` sees it.
        let denied = |error: &&GrpcError| {
            matches!(error.code.as_str(), "PermissionDenied" | "Unauthenticated")
        };
        let status = etcd.status.as_ref().and_then(|answer| answer.as_ref().err());
        let read = etcd.read.as_ref().and_then(|answer| answer.as_ref().err());
        match (status.or(read.filter(|error| !denied(error))), self.endpoint.status()) {
            (Some(error), _) => self.failed(Word::Failed, &error.message().say(self.lang)),
            (None, Some(status)) => (Status::Ok, format!("etcd {}", status.version)),
            (None, None) => self.skipped(Word::NotReached),
        }
    }

    /// Whether something behind the handshake answered, so that the client's certificate was no obstacle.
    fn was_heard(&self) -> bool {
        let settings =
            self.endpoint.main().is_some_and(|main| matches!(main.after, After::Settings { .. }));
        settings
            || matches!(
                self.endpoint.reach,
                Reach::Open(Service::PeerPort | Service::MetricsPort | Service::HttpOnlyPort)
            )
    }

    fn connected(&self) -> Option<&Connection> {
        self.endpoint.main().filter(|main| main.tcp == Tcp::Connected)
    }

    fn say(&self, word: Word, value: &str) -> String {
        pair(word.in_lang(self.lang), value, self.lang)
    }

    fn failed(&self, word: Word, value: &str) -> End {
        (Status::Failed, self.say(word, value))
    }

    fn skipped(&self, word: Word) -> End {
        (Status::Skipped, self.say(word, ""))
    }
}

/// Version, cipher suite and group, as far as they were agreed on.
pub(super) fn agreed(tls: &TlsSeen) -> String {
    let parts = [&tls.version, &tls.cipher_suite, &tls.group];
    parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(", ")
}
