//! `ca renew`: the same names and role, a new key, new dates; the old pair stays beside it.

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use time::OffsetDateTime;

use super::issue::Role;
use super::made;
use super::place::{self, CaPlace, KeyKind, Output};
use super::shared::SharedLedger;
use crate::ca::{self, Authority, Made, Maker, Old, Profile, RenewError, Renewal, Status};
use crate::cli::exit::{Exit, Refusal};
use crate::cli::{Done, target::duration};
use crate::ledger::{Embedded, Held};
use crate::message::Lang;
use crate::x509::San;

#[derive(Debug, Args)]
pub(super) struct RenewArgs {
    /// The certificate to renew
    file: PathBuf,
    #[command(flatten)]
    place: CaPlace,
    /// The certificate's key [default: the file beside it that fits]
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
    #[command(flatten)]
    renewal: RenewalArgs,
    /// A name to add to those that it has; may be given several times
    #[arg(long, value_name = "IP-or-DNS", value_delimiter = ',', value_parser = name)]
    san: Vec<San>,
    /// What it is for from now on [default: as before]
    #[arg(long, value_enum, value_name = "client|server|peer")]
    profile: Option<Role>,
    /// Renew a certificate of another CA too, with the names and usages that it has
    #[arg(long)]
    any_issuer: bool,
    #[command(flatten)]
    shared: SharedLedger,
    /// How to print what was made
    #[arg(short, long, visible_short_alias = 'w', visible_alias = "write-out", value_enum, default_value_t = Output::Table)]
    output: Output,
}

/// How to renew, for `ca renew` and `ca rotate` alike.
#[derive(Debug, Args, Clone)]
pub(super) struct RenewalArgs {
    /// How long the new certificate lives [default: as long as the old one]
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    ttl: Option<Duration>,
    /// Keep the key: only the certificate is replaced, with no moment in which the two differ
    #[arg(long)]
    keep_key: bool,
    /// The kind of key to make [default: as before]
    #[arg(long, value_enum, value_name = "KIND", conflicts_with = "keep_key")]
    key_algorithm: Option<KeyKind>,
}

impl RenewalArgs {
    pub(super) fn renewal(&self) -> Renewal {
        let algorithm = self.key_algorithm.map(Into::into);
        Renewal { ttl: self.ttl, keep_key: self.keep_key, algorithm, ..Renewal::default() }
    }
}

fn name(text: &str) -> Result<San, String> {
    ca::san(text).map_err(|error| error.to_string())
}

/// Renews.
pub(super) fn run(args: &RenewArgs, lang: Lang) -> Done<Exit> {
    let now = OffsetDateTime::now_utc();
    let authority = args.place.load(now)?;
    let mut ledger = Embedded::open(&args.place.ledger())?;
    let mut held = place::hold(&mut ledger)?;
    let old = Old::read(&args.file, args.key_file.as_deref())?;
    let maker = Maker { authority: &authority, cluster_id: &args.shared.cluster_id, now };
    let renewal = Renewal {
        sans: args.san.clone(),
        profile: args.profile.map(Profile::from),
        ..args.renewal.renewal()
    };
    let made = renew(&maker, &old, &renewal, args.any_issuer, &mut held)?;
    drop(held);
    let done = [made];
    made::note_shortened(&done, &authority.certificate);
    let delivered = args.shared.deliver(&mut ledger)?;
    let mut out = io::stdout().lock();
    made::tell(&mut out, &done, args.output, &delivered, lang)?;
    out.flush()?;
    Ok(Exit::Fine)
}

/// Renews one certificate with the ledger held.
pub(super) fn renew(
    maker: &Maker<'_>,
    old: &Old,
    renewal: &Renewal,
    any_issuer: bool,
    held: &mut Held<'_>,
) -> Done<Made> {
    let refuse = |error: RenewError| Refusal(error.to_string());
    check_issuer(maker.authority, old, any_issuer).map_err(refuse)?;
    let stored = held.ledger().record(&old.certificate.serial_hex())?;
    let record = stored.map(|stored| stored.record);
    if record.as_ref().is_some_and(|record| record.status == Status::Revoked) {
        return Err(refuse(RenewError::Revoked(old.cert.clone())).into());
    }
    let order = old.order(record.as_ref(), renewal).map_err(refuse)?;
    let cluster_id = record.map_or_else(|| maker.cluster_id.to_owned(), |record| record.cluster_id);
    let maker = Maker { cluster_id: &cluster_id, ..*maker };
    let mut made = None;
    maker.make([order], held, |one| made = Some(one)).map_err(place::refuse)?;
    Ok(made.ok_or("nothing was made")?)
}

fn check_issuer(authority: &Authority, old: &Old, any_issuer: bool) -> Result<(), RenewError> {
    if any_issuer || authority.issued(&old.certificate) {
        return Ok(());
    }
    let (path, issuer) = (old.cert.clone(), old.certificate.issuer());
    Err(RenewError::OtherIssuer { path, issuer })
}
