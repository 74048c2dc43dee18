//! What files and servers hold, as JSON: a document, or an object a line.

use std::io::{self, Write};

use data_encoding::HEXLOWER;
use schemars::JsonSchema;
use serde::Serialize;
use time::OffsetDateTime;

use crate::{
    facts::tree::{Inspected, Source, Thing},
    message::{Say, Value},
    observation::{endpoint::TlsSeen, keystore::Keystore},
    report::{
        CertificateView, Document,
        json::{self, sha256},
        model::FileKind,
    },
    x509::name_display,
};

/// All of them.
#[derive(Serialize, JsonSchema)]
struct AllView<'a> {
    schema: &'static str,
    sources: Vec<View<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct View<'a> {
    source: &'a str,
    kind: FileKind,
    mode: Option<String>,
    certificates: Vec<CertificateView<'static>>,
    keys: Vec<KeyEntry<'a>>,
    requests: Vec<RequestEntry>,
    revocation_lists: Vec<ListEntry<'a>>,
    malformed: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    keystore: Option<KeystoreEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tls: Option<TlsEntry<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct KeyEntry<'a> {
    container: &'a str,
    algorithm: &'a str,
    encrypted: bool,
    unusable: Option<Value>,
    public_key_sha256: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct RequestEntry {
    subject: String,
    sans: Vec<String>,
    key: String,
    signature: String,
    signature_valid: bool,
    public_key_sha256: String,
}

#[derive(Serialize, JsonSchema)]
struct ListEntry<'a> {
    issuer: &'a str,
    #[serde(with = "time::serde::rfc3339")]
    #[schemars(with = "String")]
    this_update: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339::option")]
    #[schemars(with = "Option<String>")]
    next_update: Option<OffsetDateTime>,
    revoked: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct KeystoreEntry {
    mac: bool,
    safes: usize,
    encrypted: usize,
    bags: usize,
    opened: bool,
    error: Option<Value>,
}

#[derive(Serialize, JsonSchema)]
struct TlsEntry<'a> {
    version: Option<&'a str>,
    cipher_suite: Option<&'a str>,
    group: Option<&'a str>,
    client_certificate_requested: bool,
    acceptable_cas: Vec<String>,
}

/// The schemas of what `inspect` prints.
pub(in crate::report) fn documents() -> [Document; 2] {
    [
        Document::of_type::<AllView<'_>>("inspect", "What etcd-tls inspect -o json prints"),
        Document::of_type::<View<'_>>("inspect-line", "A line of etcd-tls inspect -o ndjson"),
    ]
}

/// Writes all of them as one document.
pub(super) fn document(out: &mut impl Write, all: &[Inspected]) -> io::Result<()> {
    let sources = all.iter().map(view).collect();
    json::document(out, &AllView { schema: "etcd-tls/inspect/v1", sources })
}

/// Writes a line for each.
pub(super) fn lines(out: &mut impl Write, all: &[Inspected]) -> io::Result<()> {
    all.iter().try_for_each(|one| json::line(out, &view(one)))
}

fn view(inspected: &Inspected) -> View<'_> {
    let mut document = View {
        source: &inspected.name,
        kind: FileKind::Chain,
        mode: None,
        certificates: Vec::new(),
        keys: Vec::new(),
        requests: Vec::new(),
        revocation_lists: Vec::new(),
        malformed: Vec::new(),
        keystore: None,
        tls: None,
    };
    match &inspected.source {
        Source::File(file) => {
            let kubeconfig = file.kubeconfig.is_some();
            document.kind = if kubeconfig {
                FileKind::Kubeconfig
            } else {
                FileKind::of_state(&file.seen.state)
            };
            document.mode = file.seen.content().map(|content| format!("{:04o}", content.mode));
            document.keystore = file.keystore.as_ref().map(keystore);
        }
        Source::Server(tls) => document.tls = Some(spoken(tls)),
    }
    for object in &inspected.objects {
        match &object.thing {
            Thing::Certificate(certificate) => {
                document.certificates.push(CertificateView::from(&**certificate));
            }
            Thing::Key(key) => document.keys.push(KeyEntry {
                container: &key.container,
                algorithm: &key.algorithm,
                encrypted: key.encrypted,
                unusable: key.unusable.as_ref().map(|defect| defect.message().into()),
                public_key_sha256: key.spki.as_ref().map(|spki| sha256(&spki.0)),
            }),
            Thing::Request(request) => document.requests.push(RequestEntry {
                subject: request.subject(),
                sans: request.sans.iter().map(ToString::to_string).collect(),
                key: request.public_key.to_string(),
                signature: request.signature_algorithm.to_string(),
                signature_valid: request.is_signed_by_its_key,
                public_key_sha256: sha256(&request.spki),
            }),
            Thing::List(list) => document.revocation_lists.push(ListEntry {
                issuer: &list.issuer,
                this_update: list.this_update,
                next_update: list.next_update,
                revoked: list.serials.iter().map(|serial| HEXLOWER.encode(serial)).collect(),
            }),
            Thing::Malformed(error) => document.malformed.push(error),
            Thing::Other(_) => {}
        }
    }
    document
}

fn keystore(keystore: &Keystore) -> KeystoreEntry {
    let opened = keystore.opened.as_ref();
    KeystoreEntry {
        mac: keystore.has_mac,
        safes: keystore.safes,
        encrypted: keystore.encrypted,
        bags: keystore.bags,
        opened: opened.is_some_and(Result::is_ok),
        error: opened.and_then(|opened| opened.as_ref().err()).map(|why| why.message().into()),
    }
}

fn spoken(tls: &TlsSeen) -> TlsEntry<'_> {
    let listed = tls.request.iter().flat_map(|request| &request.acceptable_cas);
    TlsEntry {
        version: tls.version.as_deref(),
        cipher_suite: tls.cipher_suite.as_deref(),
        group: tls.group.as_deref(),
        client_certificate_requested: tls.request.is_some(),
        acceptable_cas: listed.map(|name| name_display(&name.0)).collect(),
    }
}
