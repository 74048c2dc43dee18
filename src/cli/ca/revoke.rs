//! `ca revoke` and `ca crl`: a certificate goes on the list, the list goes into a file.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use serde::Serialize;
use time::OffsetDateTime;
use x509_cert::der::pem::{LineEnding, encode_string};

use super::made;
use super::place::{self, CaPlace, Output};
use super::shared::SharedLedger;
use crate::ca::{self, Authority, KeyError, Old, Reason, Record, Revoked, Status};
use crate::cli::exit::{Exit, Refusal, note};
use crate::cli::{Done, target::duration};
use crate::ledger::{Embedded, Held};
use crate::message::{self, CaWord, Label, Lang, TreeWord};
use crate::report::listing;
use crate::x509::KeyUsage;

#[derive(Debug, Args)]
pub(super) struct RevokeArgs {
    /// A serial from the ledger, or a certificate's file
    #[arg(value_name = "SERIAL|FILE")]
    what: String,
    #[command(flatten)]
    place: CaPlace,
    /// Why: unspecified, keyCompromise, affiliationChanged, superseded, cessationOfOperation, privilegeWithdrawn …
    #[arg(long, value_name = "WORD", default_value = "unspecified", value_parser = reason)]
    reason: Reason,
    #[command(flatten)]
    shared: SharedLedger,
    /// How to print the record
    #[arg(short, long, visible_short_alias = 'w', visible_alias = "write-out", value_enum, default_value_t = Output::Table)]
    output: Output,
}

#[derive(Debug, Args)]
pub(super) struct CrlArgs {
    #[command(flatten)]
    place: CaPlace,
    /// The list's file [default: ca.crl beside the CA's certificate]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write PEM, which etcd from 3.6 on can't read, instead of DER
    #[arg(long)]
    pem: bool,
    /// When the next list is due
    #[arg(long, value_name = "DURATION", default_value = "7d", value_parser = duration)]
    next_update: Duration,
    /// How to print what was written
    #[arg(short, long, visible_short_alias = 'w', visible_alias = "write-out", value_enum, default_value_t = Output::Table)]
    output: Output,
}

fn reason(text: &str) -> Result<Reason, String> {
    let names = || Reason::ALL.map(Reason::name).join(", ");
    Reason::parse(text).ok_or_else(|| format!("one of {} is wanted", names()))
}

#[derive(Serialize)]
struct Listed {
    crl: PathBuf,
    number: u64,
    revoked: usize,
    this_update: i64,
    next_update: i64,
}

/// Revokes.
pub(super) fn revoke(args: &RevokeArgs, lang: Lang) -> Done<Exit> {
    let now = OffsetDateTime::now_utc();
    let mut ledger = Embedded::open(&args.place.ledger())?;
    let mut held = place::hold(&mut ledger)?;
    let record = find(args, &held)?;
    let changed = held.revoke(&record, now.unix_timestamp(), args.reason.name())?;
    drop(held);
    if !changed {
        note(&format!("note: {} was revoked before", record.cert_serial));
    }
    let delivered = args.shared.deliver(&mut ledger)?;
    let stored = ledger.record(&record.cert_serial)?;
    let record = stored.map_or(record, |stored| stored.record);
    let mut out = io::stdout().lock();
    match args.output {
        Output::Json => {
            let is_delivered = delivered.has(&record.cert_serial);
            listing::object(
                &mut out,
                &serde_json::json!({ "record": record, "delivered": is_delivered }),
            )?;
        }
        Output::Table => {
            let what = [record.cert_serial.as_str(), &record.subject];
            let revoked = message::filled(CaWord::RevokedNow.in_lang(lang), &what);
            writeln!(out, "{}", listing::harmless(&revoked))?;
            writeln!(out, "{}", CaWord::RevokedBecomesTrue.in_lang(lang))?;
        }
    }
    out.flush()?;
    Ok(Exit::Fine)
}

/// The record of a serial or a file; a certificate without record gets one, if this CA issued it.
fn find(args: &RevokeArgs, held: &Held<'_>) -> Done<Record> {
    let path = Path::new(&args.what);
    if !path.is_file() {
        let serial = args.what.replace(':', "").to_ascii_lowercase();
        let serial = serial.trim_start_matches("0x");
        let found =
            held.ledger().record(serial)?.or(held.ledger().record(&format!("0{serial}"))?);
        let unknown =
            || Refusal(format!("{}: neither a file nor a serial in the ledger", args.what));
        return Ok(found.ok_or_else(unknown)?.record);
    }
    let old = Old::read(path, None)?;
    if let Some(stored) = held.ledger().record(&old.certificate.serial_hex())? {
        return Ok(stored.record);
    }
    let authority = args.place.load(OffsetDateTime::now_utc())?;
    let foreign = || {
        let issuer = old.certificate.issuer();
        Refusal(format!("{} was not issued by this CA but by {issuer}", path.display()))
    };
    let record =
        authority.issued(&old.certificate).then(|| old.record(&args.shared.cluster_id, &authority));
    Ok(record.flatten().ok_or_else(foreign)?)
}

/// Writes the list.
pub(super) fn list(args: &CrlArgs, lang: Lang) -> Done<Exit> {
    let now = OffsetDateTime::now_utc();
    let authority = args.place.load(now)?;
    check_usage(&authority)?;
    let issuer = authority.certificate.subject();
    let mut ledger = Embedded::open(&args.place.ledger())?;
    let mut held = place::hold(&mut ledger)?;
    let revoked: Vec<Revoked> = held
        .ledger()
        .records()?
        .into_iter()
        .map(|stored| stored.record)
        .filter(|record| record.status == Status::Revoked && record.issuer == issuer)
        .map(entry)
        .collect::<Result<_, _>>()?;
    let number = held.next_list_number(&issuer)?;
    let next = ca::after(now, args.next_update);
    let der = ca::revocation_list(authority.signer(), number, now, next, &revoked)?;
    let path = args.out.clone().unwrap_or_else(|| args.place.paths().cert.with_extension("crl"));
    if args.pem {
        let pem = encode_string("X509 CRL", LineEnding::LF, &der).map_err(|_| KeyError::Failed)?;
        ca::write_file(&path, pem.as_bytes())?;
        note("note: etcd from 3.6 on reads DER only; with a PEM list it refuses every client");
    } else {
        ca::write_file(&path, &der)?;
    }
    drop(held);
    let (this_update, next_update) = (now.unix_timestamp(), next.unix_timestamp());
    let listed = Listed { crl: path, number, revoked: revoked.len(), this_update, next_update };
    let mut out = io::stdout().lock();
    match args.output {
        Output::Json => listing::object(&mut out, &listed)?,
        Output::Table => {
            let rows = [
                (TreeWord::List.in_lang(lang), listed.crl.display().to_string()),
                (CaWord::CrlNumber.in_lang(lang), number.to_string()),
                (TreeWord::Revoked.in_lang(lang), revoked.len().to_string()),
                (Label::NextUpdate.in_lang(lang), made::date(next_update)),
            ];
            listing::pairs(&mut out, &rows)?;
        }
    }
    out.flush()?;
    Ok(Exit::Fine)
}

fn entry(record: Record) -> Done<Revoked> {
    let at = OffsetDateTime::from_unix_timestamp(record.revoked_at.unwrap_or_default())?;
    let reason = record.reason.as_deref().and_then(Reason::parse).unwrap_or(Reason::Unspecified);
    Ok(Revoked { serial: record.cert_serial, at, reason })
}

fn check_usage(authority: &Authority) -> Result<(), Refusal> {
    let ca = &authority.certificate;
    if ca.key_usage.is_none_or(|usage| usage.contains(KeyUsage::CRL_SIGN)) {
        return Ok(());
    }
    Err(Refusal(format!(
        "{}: its key usage lacks cRLSign, so that its lists count for nobody",
        ca.subject()
    )))
}
