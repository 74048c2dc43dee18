//! `ledger`: what was issued.

use std::io::{self, Write as _};
use std::time::Duration;

use clap::{Args, Subcommand, ValueEnum};
use time::OffsetDateTime;

use super::ca::place::{CaPlace, Output};
use super::ca::{issue::Role, made};
use super::{Done, exit::Exit, target::duration};
use crate::ca::{Profile, Record, Status};
use crate::report::listing;

#[derive(Debug, Args)]
pub(super) struct LedgerArgs {
    #[command(subcommand)]
    command: LedgerCommand,
}

#[derive(Debug, Subcommand)]
enum LedgerCommand {
    /// List what was issued
    List(ListArgs),
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
    /// How to print them; JSON is one object a line
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
pub(super) fn run(args: LedgerArgs) -> Done<Exit> {
    match args.command {
        LedgerCommand::List(args) => list(&args),
    }
}

/// Lists records, oldest first.
pub(super) fn list(args: &ListArgs) -> Done<Exit> {
    let ledger = args.place.open_ledger()?;
    let now = OffsetDateTime::now_utc().unix_timestamp();
    let mut records: Vec<Record> =
        ledger.records()?.into_iter().map(|stored| stored.record).collect();
    records.retain(|record| args.wants(record, now));
    let mut out = io::BufWriter::new(io::stdout().lock());
    match args.output {
        Output::Json => records.iter().try_for_each(|record| listing::object(&mut out, record))?,
        Output::Table => {
            let headings = ["SERIAL", "ROLE", "HOLDER", "NAMES", "VALID UNTIL", "STATUS"];
            let rows: Vec<_> = records.iter().map(|record| row(record, now)).collect();
            listing::columns(&mut out, &headings, &rows)?;
        }
    }
    out.flush()?;
    Ok(Exit::Fine)
}

impl ListArgs {
    fn wants(&self, record: &Record, now: i64) -> bool {
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

fn row(record: &Record, now: i64) -> Vec<String> {
    let mut status = record.status.to_string();
    if record.expires_at < now {
        status.push_str(", expired");
    }
    vec![
        record.cert_serial.clone(),
        record.profile.to_string(),
        record.holder().to_owned(),
        if record.sans.is_empty() { record.subject.clone() } else { record.sans.join(", ") },
        made::date(record.expires_at),
        status,
    ]
}
