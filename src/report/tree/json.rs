//! A tree as one JSON object, or as one object a line: files and certificates as they become known, last a summary.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    io::{self, Write},
};

use schemars::JsonSchema;
use serde::Serialize;
use time::OffsetDateTime;

use super::{
    Told,
    entry::{self, CertificateEntry, FileEntry, KeyEntry},
};
use crate::{
    diagnoses::engine::{Finding, Level, Severity},
    facts::tree::{Inventory, Kind, Relation, State},
    message::{Lang, Say},
    observation::file::Form,
    report::{
        Document, escape,
        json::{self, FindingView, milliseconds},
    },
    x509::{Certificate, Go},
};

const SCHEMA: &str = "etcd-tls/inventory/v2";

#[derive(Serialize, JsonSchema)]
struct Tree<'a> {
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    verdict: Level,
    #[serde(with = "time::serde::rfc3339")]
    #[schemars(with = "String")]
    when: OffsetDateTime,
    findings: Vec<FindingView<'a>>,
    certificates: Vec<CertificateEntry<'a>>,
    keys: Vec<KeyEntry<'a>>,
    requests: Vec<RequestEntry<'a>>,
    revocation_lists: Vec<ListEntry<'a>>,
    kubeconfigs: Vec<KubeconfigEntry<'a>>,
    keystores: Vec<KeystoreEntry<'a>>,
    skipped: Vec<SkippedEntry<'a>>,
    summary: Summary,
}

#[derive(Serialize, JsonSchema)]
struct RequestEntry<'a> {
    #[serde(flatten)]
    place: entry::PlaceEntry<'a>,
    subject: &'a str,
    sans: &'a [String],
    key: &'a str,
    public_key_sha256: String,
}

#[derive(Serialize, JsonSchema)]
struct ListEntry<'a> {
    #[serde(flatten)]
    place: entry::PlaceEntry<'a>,
    issuer: &'a str,
    #[serde(with = "time::serde::rfc3339")]
    #[schemars(with = "String")]
    this_update: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339::option")]
    #[schemars(with = "Option<String>")]
    next_update: Option<OffsetDateTime>,
    revoked: usize,
}

#[derive(Serialize, JsonSchema)]
struct KubeconfigEntry<'a> {
    path: &'a str,
    references: BTreeMap<&'a str, &'a str>,
}

/// PKCS#12 and its kin.
#[derive(Serialize, JsonSchema)]
struct KeystoreEntry<'a> {
    #[serde(flatten)]
    file: FileEntry<'a>,
    safes: Option<usize>,
    encrypted: Option<usize>,
    bags: Option<usize>,
}

#[derive(Serialize, JsonSchema)]
struct SkippedEntry<'a> {
    path: &'a str,
    why: String,
}

#[derive(Serialize, JsonSchema)]
struct Summary {
    verdict: Level,
    files: usize,
    certificates: usize,
    by_state: BTreeMap<State, usize>,
    keys: usize,
    requests: usize,
    revocation_lists: usize,
    skipped: usize,
    by_finding: BTreeMap<&'static str, usize>,
    took_ms: f64,
}

/// A line of `scan -o ndjson`.
#[derive(JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(dead_code, reason = "what is written a variant at a time, for the schema")]
enum Line<'a> {
    File(FileEntry<'a>),
    Certificate(CertificateEntry<'a>),
    Key(KeyEntry<'a>),
    Request(RequestEntry<'a>),
    RevocationList(ListEntry<'a>),
    Kubeconfig(KubeconfigEntry<'a>),
    Keystore(KeystoreEntry<'a>),
    Skipped(SkippedEntry<'a>),
    Finding(FindingView<'a>),
    Summary(Summary),
}

/// The schemas of what `scan` prints.
pub(in crate::report) fn documents() -> [Document; 2] {
    [
        Document::of_type::<Tree<'_>>("scan", "What etcd-tls scan -o json prints"),
        Document::of_type::<Line<'_>>("scan-line", "A line of etcd-tls scan -o ndjson"),
    ]
}

/// Writes the whole as one indented object.
pub(super) fn write(out: &mut impl Write, told: &Told<'_>, lang: Lang) -> io::Result<()> {
    let inventory = told.inventory;
    let strangers = inventory.strangers();
    let certificates = inventory.certificates.iter().enumerate().filter_map(|(index, kept)| {
        let certificate = Certificate::read_again(&kept.der, Go::DEFAULT).ok()?;
        let relation = kept.relation.as_ref()?;
        let is_stranger = strangers.contains(&index);
        Some(CertificateEntry::of(inventory, kept, &certificate, relation, is_stranger))
    });
    let document = Tree {
        schema: SCHEMA,
        verdict: level(told.findings),
        when: inventory.when,
        findings: told.findings.iter().map(|one| FindingView::alone(one, lang)).collect(),
        certificates: certificates.collect(),
        keys: entry::keys(inventory),
        requests: requests(inventory),
        revocation_lists: lists(inventory),
        kubeconfigs: kubeconfigs(inventory),
        keystores: keystores(inventory),
        skipped: skipped(inventory, lang),
        summary: summary(told),
    };
    json::document(out, &document)
}

/// A line for each file that holds something.
pub fn file_lines(out: &mut impl Write, inventory: &Inventory) -> io::Result<()> {
    let holding = inventory.files.iter().filter(|file| file.holds_something());
    holding.map(entry::file).try_for_each(|file| line(out, "file", &file))
}

/// The line of one certificate.
pub fn certificate_line(
    inventory: &Inventory,
    strangers: &BTreeSet<usize>,
    index: usize,
    certificate: &Certificate,
    relation: &Relation,
) -> String {
    let kept = &inventory.certificates[index];
    let is_stranger = strangers.contains(&index);
    let entry = CertificateEntry::of(inventory, kept, certificate, relation, is_stranger);
    document("certificate", &entry).unwrap_or_default()
}

/// The lines of everything else, and the summary.
pub fn last_lines(out: &mut impl Write, told: &Told<'_>, lang: Lang) -> io::Result<()> {
    let inventory = told.inventory;
    entry::keys(inventory).iter().try_for_each(|key| line(out, "key", key))?;
    requests(inventory).iter().try_for_each(|one| line(out, "request", one))?;
    lists(inventory).iter().try_for_each(|one| line(out, "revocation_list", one))?;
    kubeconfigs(inventory).iter().try_for_each(|one| line(out, "kubeconfig", one))?;
    keystores(inventory).iter().try_for_each(|one| line(out, "keystore", one))?;
    skipped(inventory, lang).iter().try_for_each(|one| line(out, "skipped", one))?;
    for one in told.findings {
        line(out, "finding", &FindingView::alone(one, lang))?;
    }
    line(out, "summary", &summary(told))?;
    out.flush()
}

fn line(out: &mut impl Write, name: &'static str, value: &impl Serialize) -> io::Result<()> {
    out.write_all(document(name, value)?.as_bytes())
}

/// One line, with its end.
fn document(name: &'static str, value: &impl Serialize) -> io::Result<String> {
    let mut json = Vec::with_capacity(1024);
    write!(json, "{{\"{name}\":")?;
    serde_json::to_writer(&mut json, value)?;
    json.extend_from_slice(b"}\n");
    let mut document = String::from_utf8(json).map_err(io::Error::other)?;
    if let Cow::Owned(escaped) = escape::json(&document) {
        document = escaped;
    }
    Ok(document)
}

/// How a tree is, by its worst finding.
pub(in crate::report) fn level(findings: &[Finding]) -> Level {
    match findings.iter().map(|finding| finding.severity).max() {
        Some(Severity::Error) => Level::Error,
        Some(Severity::Warning) => Level::Warning,
        Some(Severity::Info) | None => Level::Ok,
    }
}

fn keystores(inventory: &Inventory) -> Vec<KeystoreEntry<'_>> {
    let is_keystore =
        |kind| matches!(kind, Kind::Plain(Form::Pkcs12 | Form::Pkcs7 | Form::JavaKeystore));
    let keystores = inventory.files.iter().filter(|file| is_keystore(file.kind));
    keystores
        .map(|file| KeystoreEntry {
            file: entry::file(file),
            safes: file.keystore.as_ref().map(|seen| seen.safes),
            encrypted: file.keystore.as_ref().map(|seen| seen.encrypted),
            bags: file.keystore.as_ref().map(|seen| seen.bags),
        })
        .collect()
}

fn requests(inventory: &Inventory) -> Vec<RequestEntry<'_>> {
    let requests = inventory.requests.iter();
    requests
        .map(|one| RequestEntry {
            place: entry::place(inventory, &one.place),
            subject: &one.subject,
            sans: &one.sans,
            key: &one.key,
            public_key_sha256: one.public_key.to_string(),
        })
        .collect()
}

fn lists(inventory: &Inventory) -> Vec<ListEntry<'_>> {
    let lists = inventory.lists.iter();
    lists
        .map(|one| ListEntry {
            place: entry::place(inventory, &one.place),
            issuer: &one.issuer,
            this_update: one.this_update,
            next_update: one.next_update,
            revoked: one.serials.len(),
        })
        .collect()
}

fn kubeconfigs(inventory: &Inventory) -> Vec<KubeconfigEntry<'_>> {
    let kubeconfigs = inventory.files.iter().filter(|file| file.kind == Kind::Kubeconfig);
    kubeconfigs
        .map(|file| KubeconfigEntry {
            path: &file.path,
            references: file
                .referenced
                .iter()
                .map(|one| (one.field.as_str(), one.path.as_str()))
                .collect(),
        })
        .collect()
}

fn skipped(inventory: &Inventory, lang: Lang) -> Vec<SkippedEntry<'_>> {
    let skipped = inventory.skipped.iter();
    skipped.map(|one| SkippedEntry { path: &one.path, why: one.why.message().say(lang) }).collect()
}

fn summary(told: &Told<'_>) -> Summary {
    let inventory = told.inventory;
    let (mut by_state, mut by_finding) = (BTreeMap::new(), BTreeMap::new());
    for certificate in &inventory.certificates {
        *by_state.entry(inventory.state(certificate)).or_default() += 1;
    }
    for finding in told.findings {
        *by_finding.entry(finding.diagnosis.id).or_default() += 1;
    }
    Summary {
        verdict: level(told.findings),
        files: inventory.looked_at,
        certificates: inventory.certificates.len(),
        by_state,
        keys: inventory.keys.len(),
        requests: inventory.requests.len(),
        revocation_lists: inventory.lists.len(),
        skipped: inventory.skipped.len(),
        by_finding,
        took_ms: milliseconds(told.took_ms),
    }
}
