//! `ledger`: what was issued, here and in the shared ledger.

mod audit;
mod rows;

use std::collections::HashSet;
use std::io::{self, Write as _};
use std::time::Duration;

use clap::{Args, Subcommand, ValueEnum};
use time::OffsetDateTime;

use super::ca::issue::Role;
use super::ca::place::{CaPlace, Output};
use super::ca::shared::{self, SharedEtcd};
use super::exit::{Exit, Misuse, Refusal};
use super::later::Later;
use super::{Done, target::duration};
use crate::ca::{Profile, Record, Status};
use crate::ledger::{PHOTONCLOUD, Shared, Shelf, deliver};
use crate::message::{self, CaWord, Label, Lang};
use crate::report::listing;

#[derive(Debug, Args)]
pub(super) struct LedgerArgs {
    #[command(subcommand)]
    command: LedgerCommand,
}

#[derive(Debug, Subcommand)]
enum LedgerCommand {
    /// List what was issued
    List(Later<ListArgs>),
    /// Show one record, as it is here and as the shared ledger has it
    Show(Later<ShowArgs>),
    /// Deliver what waits to the shared ledger, each record once
    Sync(Later<SyncArgs>),
    /// Hold the records against files, the shared ledger and what endpoints serve; exit 1 if they differ
    Audit(Later<audit::AuditArgs>),
}

#[derive(Debug, Args)]
pub(super) struct ListArgs {
    #[command(flatten)]
    place: CaPlace,
    /// Only this role
    #[arg(long, value_enum)]
    role: Option<Role>,
    /// Only what this machine holds
    #[arg(long, value_name = "ID")]
    node_id: Option<String>,
    /// Only what this service holds
    #[arg(long, value_name = "NAME")]
    service_name: Option<String>,
    /// Only records in this state
    #[arg(long, value_enum)]
    status: Option<State>,
    /// Only this cluster
    #[arg(long, value_name = "ID")]
    cluster_id: Option<String>,
    /// Only what expires within this time, or has expired
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    expires_within: Option<Duration>,
    #[command(flatten)]
    etcd: SharedEtcd,
    /// How to print them; JSON is one object a line
    #[arg(short, long, visible_short_alias = 'w', visible_alias = "write-out", value_enum, default_value_t = Output::Table)]
    output: Output,
}

#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    /// The certificate's serial
    serial: String,
    #[command(flatten)]
    place: CaPlace,
    #[command(flatten)]
    etcd: SharedEtcd,
    /// How to print it
    #[arg(short, long, visible_short_alias = 'w', visible_alias = "write-out", value_enum, default_value_t = Output::Table)]
    output: Output,
}

#[derive(Debug, Args)]
pub(super) struct SyncArgs {
    #[command(flatten)]
    place: CaPlace,
    #[command(flatten)]
    etcd: SharedEtcd,
    /// Give up when nothing got through for this long
    #[arg(long, value_name = "DURATION", default_value = "20s", value_parser = duration)]
    give_up: Duration,
    /// How to print what was done
    #[arg(short, long, visible_short_alias = 'w', visible_alias = "write-out", value_enum, default_value_t = Output::Table)]
    output: Output,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum State {
    Active,
    Superseded,
    Revoked,
    Expired,
}

/// Runs one of them.
pub(super) fn run(args: LedgerArgs, lang: Lang) -> Done<Exit> {
    match args.command {
        LedgerCommand::List(args) => list(&args, lang),
        LedgerCommand::Show(args) => show(&args, lang),
        LedgerCommand::Sync(args) => sync(&args, lang),
        LedgerCommand::Audit(args) => audit::run(&args, lang),
    }
}

/// Lists records, oldest first; with `--endpoints` those that only the shared ledger has as well.
pub(super) fn list(args: &ListArgs, lang: Lang) -> Done<Exit> {
    let ledger = args.place.open_ledger()?;
    let now = OffsetDateTime::now_utc().unix_timestamp();
    let own = ledger.records()?.into_iter().map(|stored| Shared::Ours(stored.record));
    let mut records: Vec<Shared> = own.collect();
    if let Some(shelf) = args.etcd.shelf()? {
        let known: HashSet<String> = records.iter().map(|one| one.serial().to_owned()).collect();
        let shared = shared::run(read_all(&shelf))??.into_iter().map(|(_, record)| record);
        records.extend(shared.filter(|record| !known.contains(record.serial())));
    }
    records.retain(|record| args.wants(record, now));
    let mut out = io::BufWriter::new(io::stdout().lock());
    match args.output {
        Output::Json => records.iter().try_for_each(|record| match record {
            Shared::Ours(record) => listing::object(&mut out, record),
            Shared::Foreign(record) => listing::object(&mut out, record),
        })?,
        Output::Table => {
            let rows: Vec<_> = records.iter().map(|record| rows::row(record, now, lang)).collect();
            listing::columns(&mut out, &rows::headings(lang), &rows)?;
        }
    }
    out.flush()?;
    Ok(Exit::Fine)
}

/// What stands under the prefix, and under the one where PhotonCloud's tool writes.
pub(super) async fn read_all(shelf: &Shelf) -> Done<Vec<(String, Shared)>> {
    let client = shelf.client(0).await?;
    let mut records = shelf.records(&client, &shelf.prefix).await?;
    if shelf.prefix != PHOTONCLOUD {
        records.extend(shelf.records(&client, PHOTONCLOUD).await?);
    }
    Ok(records)
}

/// Shows one record.
fn show(args: &ShowArgs, lang: Lang) -> Done<Exit> {
    let ledger = args.place.open_ledger()?;
    let stored = ledger.record(&args.serial)?;
    let shared = match args.etcd.shelf()? {
        Some(shelf) => {
            let all = shared::run(read_all(&shelf))??;
            all.into_iter().find(|(_, record)| record.serial() == args.serial)
        }
        None => None,
    };
    if stored.is_none() && shared.is_none() {
        return Err(Refusal(format!("{}: no such serial in the ledger", args.serial)).into());
    }
    let mut out = io::stdout().lock();
    let key = shared.as_ref().map(|(key, _)| key.clone());
    let shared = shared.map(|(_, record)| record);
    match args.output {
        Output::Json => {
            let other = shared.as_ref().map(|record| match record {
                Shared::Ours(record) => serde_json::to_value(record),
                Shared::Foreign(record) => serde_json::to_value(record),
            });
            let own = stored.as_ref().map(|stored| &stored.record);
            let (cert, key_file) =
                (stored.as_ref().map(|one| &one.cert), stored.as_ref().map(|one| &one.key));
            let delivered = stored.as_ref().is_some_and(|stored| stored.delivered);
            let shown = serde_json::json!({
                "record": own, "cert": cert, "key": key_file, "delivered": delivered,
                "shared_key": key, "shared": other.transpose()?,
            });
            listing::object(&mut out, &shown)?;
        }
        Output::Table => {
            let (own, cert) = stored.map(|stored| (stored.record, stored.cert)).unzip();
            let cert = cert.flatten().map(|path| path.display().to_string());
            let known = own.map(Shared::Ours).or(shared);
            let mut told = known.map(|record| rows::details(&record, lang)).unwrap_or_default();
            told.push((Label::Certificate.in_lang(lang), cert.unwrap_or_default()));
            told.push((CaWord::InEtcd.in_lang(lang), key.unwrap_or_default()));
            listing::pairs(&mut out, &told)?;
        }
    }
    out.flush()?;
    Ok(Exit::Fine)
}

/// Delivers what waits.
fn sync(args: &SyncArgs, lang: Lang) -> Done<Exit> {
    let needed =
        || Misuse("ledger sync needs --endpoints, the etcd with the shared ledger".to_owned());
    let shelf = args.etcd.shelf()?.ok_or_else(needed)?;
    let mut ledger = args.place.open_ledger()?;
    let delivery = shared::run(deliver(&mut ledger, &shelf, args.give_up))??;
    shared::note_conflicts(&delivery);
    let (delivered, conflicts) = (delivery.delivered, delivery.conflicts.len());
    let mut out = io::stdout().lock();
    match args.output {
        Output::Json => {
            let shown = serde_json::json!({ "delivered": delivered, "conflicts": conflicts });
            listing::object(&mut out, &shown)?;
        }
        Output::Table => {
            let word = if conflicts == 0 { CaWord::Delivered } else { CaWord::DeliveredInPart };
            let counts = [delivered, conflicts].map(|count| count.to_string());
            let told = message::filled(word.in_lang(lang), &[&counts[0], &counts[1]]);
            writeln!(out, "{told}")?;
        }
    }
    Ok(if conflicts == 0 { Exit::Fine } else { Exit::Problem })
}

impl ListArgs {
    fn wants(&self, record: &Shared, now: i64) -> bool {
        match record {
            Shared::Ours(record) => self.wants_ours(record, now),
            Shared::Foreign(record) => {
                let same = |wanted: &Option<String>, value: &Option<String>| {
                    wanted.is_none() || wanted == value
                };
                let expires = record.expires_at.saturating_sub(now);
                same(&self.node_id, &record.node_id)
                    && same(&self.service_name, &record.service_name)
                    && same(&self.cluster_id, &record.cluster_id)
                    && self.role.is_none()
                    && self.expires_within.is_none_or(|limit| expires <= seconds(limit))
                    && match self.status {
                        None => true,
                        Some(State::Expired) => expires < 0,
                        Some(State::Active) => expires >= 0,
                        Some(State::Superseded | State::Revoked) => false,
                    }
            }
        }
    }

    fn wants_ours(&self, record: &Record, now: i64) -> bool {
        let within = |limit: Duration| {
            record.expires_at.saturating_sub(now)
                <= i64::try_from(limit.as_secs()).unwrap_or(i64::MAX)
        };
        let same = |wanted: &Option<String>, value: Option<&String>| {
            wanted.as_ref().is_none_or(|wanted| value == Some(wanted))
        };
        self.role.is_none_or(|role| record.profile == Profile::from(role))
            && same(&self.node_id, record.node_id.as_ref())
            && same(&self.service_name, record.service_name.as_ref())
            && same(&self.cluster_id, Some(&record.cluster_id))
            && self.expires_within.is_none_or(within)
            && self.status.is_none_or(|state| match state {
                State::Active => record.status == Status::Active,
                State::Superseded => record.status == Status::Superseded,
                State::Revoked => record.status == Status::Revoked,
                State::Expired => record.expires_at < now,
            })
    }
}

fn seconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)
}
