//! The messages of mutual TLS between client and server, drawn as a ladder with the files that decide at each rung.
//!
//! The order is that of TLS 1.2; TLS 1.3 sends the same messages, the request before the certificate
//! (RFC 8446 §2).

use std::io::{self, Write};

use super::{
    page::Page,
    rung::{Direction, Rung},
    sentence::pair,
    steps::{self, Name, Status, Step},
};
use crate::{
    facts::{Endpoint, Facts, Usable},
    lang::{Lang, Word},
    trust::Certificate,
};

/// How many names of acceptable CAs are shown.
const NAMES: usize = 4;

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
    Grpc,
}

/// Draws the way to one endpoint up to the rung that broke, the rest pale; nothing when none broke, or when the URL
/// names no way.
pub(super) fn draw(
    page: &mut Page<'_, impl Write>,
    endpoint: &Endpoint<'_>,
    facts: &Facts<'_>,
) -> io::Result<()> {
    let lang = page.style().lang;
    let Ok(parts) = &endpoint.seen.parsed else { return Ok(()) };
    let steps = steps::of(endpoint, facts, lang);
    let Some(failed) = steps.iter().find(|step| step.status == Status::Failed) else {
        return Ok(());
    };
    let broken = break_point(endpoint, facts, failed, lang);
    let ladder = Ladder { endpoint, facts, lang };
    page.heading(&pair(Word::Handshake.in_lang(lang), endpoint.url(), lang))?;
    Rung::ends(page)?;
    for point in ladder.points(parts.tls, broken) {
        let (direction, title) = named(point, lang);
        let notes = ladder.notes(point, &steps);
        let rung = Rung { direction, title, notes };
        match point.cmp(&broken) {
            std::cmp::Ordering::Less => rung.taken(page)?,
            std::cmp::Ordering::Equal => rung.broken(page, &failed.detail)?,
            std::cmp::Ordering::Greater => rung.not_reached(page)?,
        }
    }
    Ok(())
}

fn break_point(endpoint: &Endpoint<'_>, facts: &Facts<'_>, failed: &Step, lang: Lang) -> Point {
    match failed.name {
        Name::Resolve => Point::Lookup,
        Name::Connect => Point::Connect,
        Name::Tls if steps::server_refused(endpoint, facts, lang).is_some() => {
            Point::ServerCertificate
        }
        Name::Tls if endpoint.presented.is_some() => Point::Finished,
        Name::Tls => Point::ServerHello,
        Name::ClientAuth => Point::ClientCertificate,
        Name::Http2 => Point::Settings,
        Name::Grpc => Point::Grpc,
    }
}

fn named(point: Point, lang: Lang) -> (Direction, &'static str) {
    match point {
        Point::Lookup => (Direction::Here, Word::NameLookup.in_lang(lang)),
        Point::Connect => (Direction::ToServer, "TCP"),
        Point::ClientHello => (Direction::ToServer, "ClientHello"),
        Point::ServerHello => (Direction::ToClient, "ServerHello"),
        Point::ServerCertificate => (Direction::ToClient, "Certificate"),
        Point::CertificateRequest => (Direction::ToClient, "CertificateRequest"),
        Point::ClientCertificate => (Direction::ToServer, "Certificate"),
        Point::Finished => (Direction::Both, "Finished"),
        Point::Settings => (Direction::ToClient, "HTTP/2 SETTINGS"),
        Point::Grpc => (Direction::Both, "gRPC Maintenance.Status"),
    }
}

struct Ladder<'w, 'a> {
    endpoint: &'w Endpoint<'a>,
    facts: &'w Facts<'a>,
    lang: Lang,
}

impl Ladder<'_, '_> {
    /// The rungs of this way: those of TLS only where TLS is spoken, those of client certificates only where the
    /// server asks for one, or where it is not known yet whether it would.
    fn points(&self, tls: bool, broken: Point) -> Vec<Point> {
        let mut points = vec![Point::Connect];
        if self.endpoint.seen.lookup.is_some() {
            points.insert(0, Point::Lookup);
        }
        if tls {
            points.extend([Point::ClientHello, Point::ServerHello, Point::ServerCertificate]);
            if self.endpoint.request().is_some() || broken < Point::CertificateRequest {
                points.extend([Point::CertificateRequest, Point::ClientCertificate]);
            }
            points.push(Point::Finished);
        }
        points.extend([Point::Settings, Point::Grpc]);
        points
    }

    fn notes(&self, point: Point, steps: &[Step; 6]) -> Vec<String> {
        let taken =
            |name: Name| steps.iter().find(|step| step.name == name && step.status == Status::Ok);
        let detail = |name: Name| taken(name).map(|step| step.detail.clone()).into_iter().collect();
        match point {
            Point::Lookup => detail(Name::Resolve),
            Point::Connect => detail(Name::Connect),
            Point::Grpc => detail(Name::Grpc),
            Point::ClientHello => self.hello(),
            Point::ServerHello => self.agreed(),
            Point::ServerCertificate => self.server_certificate(),
            Point::CertificateRequest => self.acceptable(),
            Point::ClientCertificate => vec![self.client_certificate()],
            Point::Finished | Point::Settings => Vec::new(),
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
        let with = self.facts.flag("--cacert").map_or_else(
            || Word::SystemCas.in_lang(self.lang).to_owned(),
            |cacert| format!("--cacert {}", cacert.given.value),
        );
        let checked = pair(Word::CheckedWith.in_lang(self.lang), &with, self.lang);
        leaf.map(Certificate::subject).into_iter().chain([checked]).collect()
    }

    fn acceptable(&self) -> Vec<String> {
        let names = self.endpoint.acceptable_names();
        let shown = names.iter().take(NAMES).cloned();
        let more = (names.len() > NAMES).then(|| Word::AndMore.in_lang(self.lang).to_owned());
        shown.chain(more).collect()
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
