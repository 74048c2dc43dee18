//! `ledger`: what was issued, here and in the shared ledger.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand, ValueEnum};
use time::OffsetDateTime;

use super::ca::issue::Role;
use super::ca::place::CaPlace;
use super::ca::print;
use super::ca::shared::{self, SharedEtcd};
use super::exit::Exit;
use super::later::Later;
use super::stderr::Stderr;
use super::{Done, etcd_flags::duration};
use crate::message::{CaMessage, Lang};
use crate::report::records::{self, Output};
use crate::workflow::{self, AuditOptions, Failure, RecordFilter, RecordState};

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
    Audit(Later<AuditArgs>),
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

#[derive(Debug, Args)]
pub(super) struct AuditArgs {
    /// Folders to search for certificates without record [default: those that certificates were written to]
    #[arg(value_name = "DIR")]
    folders: Vec<PathBuf>,
    #[command(flatten)]
    place: CaPlace,
    /// Look at what these endpoints serve and accept [default: --endpoints]
    #[arg(long, value_name = "URL,URL", value_delimiter = ',')]
    serving: Vec<String>,
    #[command(flatten)]
    etcd: SharedEtcd,
    /// How to print what differs; JSON is one object a line
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
        LedgerCommand::Audit(args) => audit(&args, lang),
    }
}

/// Lists records, oldest first; with `--endpoints` those that only the shared ledger has as well.
pub(super) fn list(args: &ListArgs, lang: Lang) -> Done<Exit> {
    let stderr = Stderr::new(lang);
    let filter = RecordFilter {
        role: args.role.map(Into::into),
        node_id: args.node_id.clone(),
        service_name: args.service_name.clone(),
        state: args.status.map(|state| match state {
            State::Active => RecordState::Active,
            State::Superseded => RecordState::Superseded,
            State::Revoked => RecordState::Revoked,
            State::Expired => RecordState::Expired,
        }),
        cluster_id: args.cluster_id.clone(),
        expires_within: args.expires_within,
    };
    let (site, etcd) = (args.place.site(stderr), args.etcd.ledger(stderr)?);
    let mut remarks = stderr.remarks();
    let work = workflow::list_records(&filter, &site, etcd.as_ref(), &mut remarks);
    let listed = shared::run(work)??;
    let now = OffsetDateTime::now_utc().unix_timestamp();
    print(|out| records::records(out, &listed, now, args.output, lang))?;
    Ok(Exit::Fine)
}

/// Shows one record.
fn show(args: &ShowArgs, lang: Lang) -> Done<Exit> {
    let stderr = Stderr::new(lang);
    let (site, etcd) = (args.place.site(stderr), args.etcd.ledger(stderr)?);
    let mut remarks = stderr.remarks();
    let work = workflow::show_record(&args.serial, &site, etcd.as_ref(), &mut remarks);
    let shown = shared::run(work)??;
    let (stored, found) = (shown.stored.as_ref(), shown.shared.as_ref());
    print(|out| records::record(out, stored, found, args.output, lang))?;
    Ok(Exit::Fine)
}

/// Delivers what waits.
fn sync(args: &SyncArgs, lang: Lang) -> Done<Exit> {
    let stderr = Stderr::new(lang);
    let needed = || Failure::misuse(CaMessage::SyncNeedsEndpoints);
    let etcd = args.etcd.ledger(stderr)?.ok_or_else(needed)?;
    let site = args.place.site(stderr);
    let mut remarks = stderr.remarks();
    let work = workflow::sync(&site, &etcd, args.give_up, &mut remarks);
    let synced = shared::run(work)??;
    let workflow::Synced { delivered, conflicts } = synced;
    print(|out| records::synced(out, delivered, conflicts, args.output, lang))?;
    Ok(if conflicts == 0 { Exit::Fine } else { Exit::Problem })
}

/// Audits.
fn audit(args: &AuditArgs, lang: Lang) -> Done<Exit> {
    let stderr = Stderr::new(lang);
    let named = args.etcd.named(stderr)?;
    let etcd = args.etcd.ledger_at(&named)?;
    let serving = if args.serving.is_empty() { named.endpoints } else { args.serving.clone() };
    let options = AuditOptions {
        directories: args.folders.clone(),
        endpoints: serving,
        credentials: named.credentials,
        patience: named.patience,
    };
    let site = args.place.site(stderr);
    let mut remarks = stderr.remarks();
    let work = workflow::audit(&options, &site, etcd.as_ref(), &mut remarks);
    let audited = shared::run(work)??;
    let differences = audited.differences;
    print(|out| records::differences(out, &differences, audited.records, args.output, lang))?;
    Ok(if differences.is_empty() { Exit::Fine } else { Exit::Problem })
}
