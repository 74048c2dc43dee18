//! What a server offers, for a person and as JSON.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use data_encoding::HEXLOWER;
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    CertificateView, Document, Style,
    json::{self, NotCheckedView, milliseconds},
    text::page::{Page, Role},
};
use crate::{
    diagnoses::engine::{Grade, Offer},
    message::{Label, Lang, Message, NetworkMessage, OfferWord, Say, Value, Word},
    x509::{Certificate, name_display},
};

/// All servers as programs read them.
#[derive(Serialize, JsonSchema)]
struct AllView<'a> {
    schema: &'static str,
    servers: Vec<ServerView<'a>>,
}

/// One server as programs read it.
#[derive(Serialize, JsonSchema)]
struct ServerView<'a> {
    url: &'a str,
    address: Option<&'a str>,
    /// What kept TLS from being asked about.
    error: Option<Value>,
    /// Newest first.
    versions: Vec<&'a str>,
    suites: Vec<&'a str>,
    suites_by_version: BTreeMap<&'a str, &'a [String]>,
    groups: &'a [String],
    alpn: &'a [String],
    chain: Vec<CertificateView<'static>>,
    /// `None` when no handshake got so far.
    client_certificate_requested: Option<bool>,
    acceptable_cas: Vec<String>,
    names: Vec<NameView<'a>>,
    grade: Grade,
    notes: Vec<NoteView>,
    not_checked: Vec<NotCheckedView>,
    took_ms: f64,
}

/// What is presented to one SNI.
#[derive(Serialize, JsonSchema)]
struct NameView<'a> {
    server_name: Option<&'a str>,
    sha256: Option<String>,
    error: Option<Value>,
}

/// A reason for the grade, or something worth knowing.
#[derive(Serialize, JsonSchema)]
struct NoteView {
    id: String,
    text: &'static str,
}

/// The schemas of what `probe` prints.
pub(super) fn documents() -> [Document; 2] {
    [
        Document::of_type::<AllView<'_>>("probe", "What etcd-tls probe -o json prints"),
        Document::of_type::<ServerView<'_>>("probe-line", "A line of etcd-tls probe -o ndjson"),
    ]
}

/// Writes one block for each server.
pub fn table(out: &mut impl Write, offers: &[Offer<'_>], style: &Style) -> io::Result<()> {
    let mut page = Page::new(out, style);
    for (index, offer) in offers.iter().enumerate() {
        if index > 0 {
            page.blank()?;
        }
        block(&mut page, offer)?;
    }
    Ok(())
}

/// Writes all servers as one document.
pub fn document(out: &mut impl Write, offers: &[Offer<'_>], style: &Style) -> io::Result<()> {
    let servers = offers.iter().map(|offer| view(offer, style.lang)).collect();
    json::document(out, &AllView { schema: "etcd-tls/probe/v1", servers })
}

/// Writes one object a line for each server.
pub fn lines(out: &mut impl Write, offers: &[Offer<'_>], style: &Style) -> io::Result<()> {
    for offer in offers {
        json::line(out, &view(offer, style.lang))?;
    }
    Ok(())
}

fn block(page: &mut Page<'_, impl Write>, offer: &Offer<'_>) -> io::Result<()> {
    let lang = page.style().lang;
    let (grade, role) = match offer.grade {
        Grade::Fit => (OfferWord::GradeFit, Role::Good),
        Grade::Weak => (OfferWord::GradeWeak, Role::Warn),
        Grade::Unfit => (OfferWord::GradeUnfit, Role::Bad),
    };
    page.line(&[(Role::Bold, &offer.seen.url), (Role::Plain, "  "), (role, grade.in_lang(lang))])?;
    let rows = rows(offer, page.style());
    page.fields(&rows, usize::MAX)?;
    for note in &offer.notes {
        page.hanging("  - ", role, Role::Plain, note.in_lang(lang))?;
    }
    for what in &offer.seen.not_checked {
        let lead = format!("  {}: ", Word::NotChecked.in_lang(lang));
        page.hanging(&lead, Role::Dim, Role::Plain, &what.message().say(lang))?;
    }
    Ok(())
}

/// Labels and values, what is empty left out.
fn rows(offer: &Offer<'_>, style: &Style) -> Vec<(String, String)> {
    let (seen, lang) = (offer.seen, style.lang);
    let mut rows = vec![
        (Label::Addresses.in_lang(lang).to_owned(), seen.address.clone().unwrap_or_default()),
        (
            Label::System.in_lang(lang).to_owned(),
            failure(offer).map(|why| why.say(lang)).unwrap_or_default(),
        ),
    ];
    for one in &seen.versions {
        rows.push((one.version.to_owned(), one.suites.join(", ")));
    }
    rows.push((OfferWord::Groups.in_lang(lang).to_owned(), seen.groups.join(", ")));
    rows.push(("ALPN".to_owned(), seen.alpn.join(", ")));
    let chain: Vec<String> = offer.chain.iter().map(Certificate::subject).collect();
    rows.push((Label::Chain.in_lang(lang).to_owned(), chain.join(" -> ")));
    if let Some(leaf) = offer.chain.first() {
        rows.push((Label::Issuer.in_lang(lang).to_owned(), leaf.issuer()));
        rows.push((Label::NotAfter.in_lang(lang).to_owned(), leaf.not_after.date().to_string()));
        rows.push((
            Label::SubjectAltNames.in_lang(lang).to_owned(),
            leaf.names_display().join(", "),
        ));
    }
    let asked = match requested(offer) {
        Some(true) => OfferWord::AskedFor.in_lang(lang),
        Some(false) => OfferWord::NotAskedFor.in_lang(lang),
        None => "",
    };
    rows.push((Word::GroupClient.in_lang(lang).to_owned(), asked.to_owned()));
    rows.push((Label::AcceptableCas.in_lang(lang).to_owned(), acceptable(offer).join(", ")));
    if seen.names.len() > 1 {
        for name in &seen.names {
            let (label, presented) = (name.server_name.as_ref(), name.leaf.as_ref());
            let label = label.map_or_else(
                || OfferWord::NamelessSni.in_lang(lang).to_owned(),
                |name| format!("SNI {name}"),
            );
            let leaf = presented.map(|der| HEXLOWER.encode(&digest(&der.0))[..16].to_owned());
            rows.push((
                label,
                leaf.or_else(|| Some(name.failure.as_ref()?.message().say(lang)))
                    .unwrap_or_default(),
            ));
        }
    }
    rows.retain(|(_, value)| !value.is_empty());
    rows
}

fn view<'a>(offer: &'a Offer<'_>, lang: Lang) -> ServerView<'a> {
    let seen = offer.seen;
    let mut suites: Vec<&str> = Vec::new();
    for suite in seen.versions.iter().flat_map(|version| &version.suites) {
        if !suites.contains(&suite.as_str()) {
            suites.push(suite);
        }
    }
    let names = seen.names.iter().map(|name| NameView {
        server_name: name.server_name.as_deref(),
        sha256: name.leaf.as_ref().map(|der| HEXLOWER.encode(&digest(&der.0))),
        error: name.failure.as_ref().map(|end| end.message().into()),
    });
    let notes = offer.notes.iter();
    let gaps = seen.not_checked.iter();
    let in_time = NetworkMessage::NoAnswerInTime.into();
    ServerView {
        url: &seen.url,
        address: seen.address.as_deref(),
        error: failure(offer).map(Value::from),
        versions: seen.versions.iter().map(|version| version.version).collect(),
        suites,
        suites_by_version: seen
            .versions
            .iter()
            .map(|version| (version.version, version.suites.as_slice()))
            .collect(),
        groups: &seen.groups,
        alpn: &seen.alpn,
        chain: offer.chain.iter().map(CertificateView::from).collect(),
        client_certificate_requested: requested(offer),
        acceptable_cas: acceptable(offer),
        names: names.collect(),
        grade: offer.grade,
        notes: notes.map(|note| NoteView { id: note.key(), text: note.in_lang(lang) }).collect(),
        not_checked: gaps
            .map(|gap| NotCheckedView::new(&gap.what(), Some(&in_time), lang))
            .collect(),
        took_ms: milliseconds(seen.took_ms),
    }
}

/// What kept TLS from being asked about.
fn failure(offer: &Offer<'_>) -> Option<Message> {
    match &offer.seen.host {
        Err(malformed) => Some(malformed.why.message()),
        Ok(_) => offer.seen.failure.as_ref().map(Say::message),
    }
}

/// Whether clients are asked for a certificate; `None` when no handshake got so far.
fn requested(offer: &Offer<'_>) -> Option<bool> {
    let tls = offer.seen.handshake.as_ref()?;
    (tls.request.is_some() || tls.version.is_some()).then_some(tls.request.is_some())
}

fn acceptable(offer: &Offer<'_>) -> Vec<String> {
    let request = offer.seen.handshake.as_ref().and_then(|tls| tls.request.as_ref());
    let names = request.into_iter().flat_map(|request| &request.acceptable_cas);
    names.map(|der| name_display(&der.0)).collect()
}

fn digest(der: &[u8]) -> Vec<u8> {
    aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, der).as_ref().to_vec()
}
