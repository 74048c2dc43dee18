//! The way to an endpoint in six steps, and how each of them ended. Pure: everything follows from the facts.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Endpoint, Facts, Reach, Refusal, Service, Stall};
use crate::{
    message::{Message, Say as _, Value, Word},
    observation::endpoint::{After, Connection, GrpcError, HandshakeEnd, Tcp, TlsSeen},
    x509::Certificate,
};

/// A step on the way to an answer of etcd.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StepName {
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StepStatus {
    /// It succeeded.
    Ok,
    /// The connection ends here.
    Failed,
    /// There was nothing to do, or it was never reached.
    NotCarriedOut,
}

/// One step.
#[derive(Debug)]
pub struct Step {
    /// Which one.
    pub name: StepName,
    /// How it ended.
    pub status: StepStatus,
    /// Milliseconds, where they were measured.
    pub ms: Option<f64>,
    /// What was found, or why it ended.
    pub detail: Message,
}

impl Endpoint<'_> {
    /// The six steps to this endpoint, in order.
    pub fn steps(&self, facts: &Facts<'_>) -> [Step; 6] {
        let way = Way { endpoint: self, facts };
        let lookup_ms = self.seen.lookup.as_ref().map(|lookup| lookup.ms);
        let tcp_ms = self.main().map(|main| main.tcp_ms);
        let tls_ms = self.tls().map(|tls| tls.ms);
        [
            step(StepName::Resolve, lookup_ms, way.resolve()),
            step(StepName::Connect, tcp_ms, way.connect()),
            step(StepName::Tls, tls_ms, way.tls()),
            step(StepName::ClientAuth, None, way.client_auth()),
            step(StepName::Http2, None, way.http2()),
            step(StepName::Grpc, None, way.grpc()),
        ]
    }

    /// Why this client does not accept the server, in Go's words or ours; `None` when it does, or got no chain.
    pub fn server_refusal(&self, facts: &Facts<'_>) -> Option<Message> {
        let presented = self.presented.as_ref()?;
        if let Some(why) = self.tls().and_then(|tls| tls.bad_signature.as_ref()) {
            return Some(Message::labelled(Word::WrongSignature, Value::quoted(why)));
        }
        if presented.is_accepted() || facts.observation.target.insecure_skip_tls_verify {
            return None;
        }
        let go_says = match (&presented.unparsable, presented.rejection(), &presented.name_verdict)
        {
            (Some((_, error)), _, _) => error,
            (None, Some(rejection), _) => &rejection.message,
            (None, None, Err(rejection)) if presented.is_trusted() => &rejection.message,
            (None, None, _) => return Some(Word::CaUnusable.into()),
        };
        Some(Message::Plain(Value::quoted(go_says)))
    }
}

type End = (StepStatus, Message);

fn step(name: StepName, ms: Option<f64>, (status, detail): End) -> Step {
    Step { name, status, ms: ms.filter(|_| status != StepStatus::NotCarriedOut), detail }
}

struct Way<'w, 'a> {
    endpoint: &'w Endpoint<'a>,
    facts: &'w Facts<'a>,
}

impl Way<'_, '_> {
    fn resolve(&self) -> End {
        match (&self.endpoint.seen.parsed, &self.endpoint.seen.lookup) {
            (Err(malformed), _) => (StepStatus::Failed, malformed.why.message()),
            (Ok(_), None) => not_carried_out(Word::AddressLiteral),
            (Ok(_), Some(lookup)) => match &lookup.error {
                Some(error) => (StepStatus::Failed, error.message()),
                None => ok(Value::list(lookup.addresses.iter().copied())),
            },
        }
    }

    fn connect(&self) -> End {
        let Some(main) = self.endpoint.main() else { return not_carried_out(Word::NotReached) };
        match &main.tcp {
            Tcp::Connected => ok(&main.to),
            Tcp::Refused => failed(Word::ConnectionRefused, &main.to),
            Tcp::TimedOut => failed(Word::NoAnswer, &main.to),
            Tcp::Reset => failed(Word::Reset, &main.to),
            Tcp::Unreachable(_) | Tcp::Failed(_) => failed(Word::CantBeReached, main.tcp.message()),
        }
    }

    fn tls(&self) -> End {
        let Some(main) = self.connected() else { return not_carried_out(Word::NotReached) };
        let Some(tls) = &main.tls else { return not_carried_out(Word::PlainText) };
        match &self.endpoint.reach {
            Reach::Clear(_) | Reach::Garbage => return failed(Word::NotTls, ""),
            Reach::Reset => return failed(Word::Reset, ""),
            Reach::Stalled(Stall::Handshake(_)) => return failed(Word::NoAnswer, ""),
            Reach::NoCommonVersion
            | Reach::NoCommonCipher
            | Reach::Unloadable
            | Reach::HandshakeFailed(_) => return broken_off(main, tls),
            _ => {}
        }
        match self.endpoint.server_refusal(self.facts) {
            Some(why) => (StepStatus::Failed, why),
            None => ok(agreed(tls)),
        }
    }

    fn client_auth(&self) -> End {
        let Some(tls) = self.connected().and_then(|main| main.tls.as_ref()) else {
            return not_carried_out(Word::NotReached);
        };
        match (self.endpoint.refusal(), &tls.request) {
            (Some(Refusal::Alert(name)), _) => failed(Word::ServerRefused, name),
            (Some(Refusal::Closed), _) => failed(Word::ClosedSilently, ""),
            (None, _) if !self.was_heard() => not_carried_out(Word::NotReached),
            (None, None) => not_carried_out(Word::NotAsked),
            (None, Some(_)) if tls.certificate_sent => {
                let subject = self.facts.client.leaf().map(Certificate::subject);
                (StepStatus::Ok, Message::labelled(Word::Accepted, subject.unwrap_or_default()))
            }
            (None, Some(_)) => (StepStatus::Ok, Word::NoneSent.into()),
        }
    }

    fn http2(&self) -> End {
        let Some(main) = self.connected() else { return not_carried_out(Word::NotReached) };
        let plain = main.tls.is_none();
        if self.facts.among_peers() {
            return not_carried_out(Word::Http1Only);
        }
        match (&self.endpoint.reach, &main.after) {
            (_, After::Settings { .. }) => ok("SETTINGS"),
            (Reach::Stalled(Stall::Http2), _) => failed(Word::NoAnswer, ""),
            (Reach::TlsAtPlainUrl, _) => failed(Word::NoSettings, ""),
            (Reach::Open(Service::PeerPort | Service::MetricsPort | Service::HttpOnlyPort), _) => {
                failed(Word::Http1Only, "")
            }
            (Reach::Open(Service::Stranger), _) => failed(Word::NotHttp2, ""),
            (Reach::Open(Service::Unasked), _) => not_carried_out(Word::HeldBack),
            (Reach::Clear(_) | Reach::Garbage, _) if plain => failed(Word::NotHttp2, ""),
            (Reach::Reset, _) if plain => failed(Word::Reset, ""),
            _ => not_carried_out(Word::NotReached),
        }
    }

    fn grpc(&self) -> End {
        if self.facts.among_peers() && self.endpoint.serves(self.facts) {
            return ok(self.endpoint.answers());
        }
        let Some(etcd) = &self.endpoint.seen.etcd else { return not_carried_out(Word::NotReached) };
        // Who may not read has all the same reached etcd, as `etcdctl endpoint health` sees it.
        let denied = |error: &&GrpcError| {
            matches!(error.code.as_str(), "PermissionDenied" | "Unauthenticated")
        };
        let status = etcd.status.as_ref().and_then(|answer| answer.as_ref().err());
        let read = etcd.read.as_ref().and_then(|answer| answer.as_ref().err());
        match (status.or(read.filter(|error| !denied(error))), self.endpoint.status()) {
            (Some(error), _) => failed(Word::Failed, error.message()),
            (None, Some(status)) => ok(format!("etcd {}", status.version)),
            (None, None) => not_carried_out(Word::NotReached),
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
}

fn broken_off(main: &Connection, tls: &TlsSeen) -> End {
    match (main.alert(), &tls.end) {
        (Some(alert), _) => failed(Word::ServerRefused, alert),
        (None, end @ (HandshakeEnd::Version(_) | HandshakeEnd::Failed(_))) => {
            failed(Word::Failed, end.message())
        }
        (None, _) => failed(Word::Failed, ""),
    }
}

fn ok(found: impl Into<Value>) -> End {
    (StepStatus::Ok, Message::Plain(found.into()))
}

fn failed(word: Word, value: impl Into<Value>) -> End {
    (StepStatus::Failed, Message::labelled(word, value))
}

fn not_carried_out(word: Word) -> End {
    (StepStatus::NotCarriedOut, word.into())
}

/// Version, cipher suite and group, as far as they were agreed on.
pub(super) fn agreed(tls: &TlsSeen) -> String {
    let parts = [&tls.version, &tls.cipher_suite, &tls.group];
    parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(", ")
}
