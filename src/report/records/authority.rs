//! A CA that was made, revokes, or is replaced.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Serialize;

use super::{Output, date, shown};
use crate::ca::{Created, Record, RevocationList, Step};
use crate::message::{CaWord, Label, Lang, RecordMessage, TreeWord};
use crate::report::{CertificateView, Document, json, listing, pair};

#[derive(Serialize, JsonSchema)]
struct CreatedView<'a> {
    cert: &'a Path,
    key: &'a Path,
    ledger: &'a Path,
    root_cert: Option<&'a PathBuf>,
    root_key: Option<&'a PathBuf>,
    certificate: CertificateView<'a>,
}

/// The schemas of what is printed here for programs.
pub(super) fn documents() -> [Document; 4] {
    [
        Document::of_type::<CreatedView<'_>>(
            "ca-init-line",
            "What etcd-tls ca init -o json prints",
        ),
        Document::of_type::<RevokedView<'_>>(
            "ca-revoke-line",
            "What etcd-tls ca revoke -o json prints",
        ),
        Document::of_type::<ListView<'_>>("ca-crl-line", "What etcd-tls ca crl -o json prints"),
        Document::of_type::<StepView<'_>>(
            "ca-rollover-line",
            "What etcd-tls ca rollover -o json prints",
        ),
    ]
}

/// A CA that was made.
pub fn created(
    out: &mut impl Write,
    created: &Created,
    output: Output,
    lang: Lang,
) -> io::Result<()> {
    let (paths, root) = (&created.paths, created.root.as_ref());
    if output == Output::Json {
        let view = CreatedView {
            cert: &paths.cert,
            key: &paths.key,
            ledger: &created.ledger,
            root_cert: root.map(|root| &root.cert),
            root_key: root.map(|root| &root.key),
            certificate: CertificateView::from(&created.certificate),
        };
        return json::line(out, &view);
    }
    let rows = [
        (CaWord::Ca.in_lang(lang), created.certificate.subject()),
        (Label::Certificate.in_lang(lang), shown(&paths.cert)),
        (TreeWord::PrivateKey.in_lang(lang), shown(&paths.key)),
        (CaWord::Ledger.in_lang(lang), shown(&created.ledger)),
        (Label::NotAfter.in_lang(lang), date(created.certificate.not_after.unix_timestamp())),
        (TreeWord::RootCa.in_lang(lang), root.map(|root| shown(&root.cert)).unwrap_or_default()),
        (CaWord::RootKey.in_lang(lang), root.map(|root| shown(&root.key)).unwrap_or_default()),
    ];
    listing::pairs(out, &rows)
}

#[derive(Serialize, JsonSchema)]
struct RevokedView<'a> {
    record: &'a Record,
    delivered: bool,
}

/// A certificate that was revoked.
pub fn revoked(
    out: &mut impl Write,
    record: &Record,
    delivered: bool,
    list: &str,
    output: Output,
    lang: Lang,
) -> io::Result<()> {
    if output == Output::Json {
        return json::line(out, &RevokedView { record, delivered });
    }
    let (serial, subject) = (record.cert_serial.as_str().into(), record.subject.as_str().into());
    let revoked = RecordMessage::RevokedNow { serial, subject }.say(lang);
    writeln!(out, "{}", listing::harmless(&revoked))?;
    let next = RecordMessage::RevokedBecomesTrue { command: list.into() }.say(lang);
    writeln!(out, "{}", listing::harmless(&next))
}

#[derive(Serialize, JsonSchema)]
struct ListView<'a> {
    crl: &'a Path,
    number: u64,
    revoked: usize,
    this_update: i64,
    next_update: i64,
}

/// A revocation list that was written.
pub fn revocation_list(
    out: &mut impl Write,
    list: &RevocationList,
    output: Output,
    lang: Lang,
) -> io::Result<()> {
    let next_update = list.next_update.unix_timestamp();
    if output == Output::Json {
        let this_update = list.this_update.unix_timestamp();
        let (crl, number, revoked) = (list.file.as_path(), list.number, list.revoked);
        return json::line(out, &ListView { crl, number, revoked, this_update, next_update });
    }
    let rows = [
        (TreeWord::List.in_lang(lang), shown(&list.file)),
        (CaWord::CrlNumber.in_lang(lang), list.number.to_string()),
        (TreeWord::Revoked.in_lang(lang), list.revoked.to_string()),
        (Label::NextUpdate.in_lang(lang), date(next_update)),
    ];
    listing::pairs(out, &rows)
}

#[derive(Serialize, JsonSchema)]
struct StepView<'a> {
    step: String,
    next: String,
    files: &'a [PathBuf],
}

/// What one call of a rollover did, and what is to be done by hand before the next; as an object, always in English.
pub fn rolled_over(
    out: &mut impl Write,
    step: Step,
    pool: &Path,
    files: &[PathBuf],
    output: Output,
    lang: Lang,
) -> io::Result<()> {
    let pool = shown(pool).into();
    let (did, next) = match step {
        Step::Begin => (RecordMessage::StepBegun, RecordMessage::NextTrustBoth { pool }),
        Step::Reissue => (RecordMessage::StepReissued, RecordMessage::NextCarry),
        Step::TakeOver => (RecordMessage::StepTakenOver, RecordMessage::NextDropBundle { pool }),
    };
    if output == Output::Json {
        let view = StepView { step: did.say(Lang::En), next: next.say(Lang::En), files };
        return json::line(out, &view);
    }
    let mut line = |text: &str| writeln!(out, "{}", listing::harmless(text));
    line(&did.say(lang))?;
    files.iter().try_for_each(|file| line(&format!("  {}", file.display())))?;
    line(&pair(CaWord::Next.in_lang(lang), &next.say(lang), lang))
}
