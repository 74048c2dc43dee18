//! `check`: observe, judge, tell.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    time::Duration,
};

use clap::{Args, ValueEnum};

use super::{
    Done,
    exit::Exit,
    target::{Asked, Search, TargetArgs, duration},
    telling::Telling,
};
use crate::{
    diagnoses,
    diagnoses::engine::{Level, judge},
    facts::Facts,
    observation::{self, Observation, SCHEMA},
    report::{self, Format, Report},
    x509::SpiffeId,
};

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    target: TargetArgs,
    /// How to print the report
    #[arg(short, long, visible_short_alias = 'w', visible_alias = "write-out", value_enum, default_value_t = Output::Table)]
    output: Output,
    /// From which severity on the exit code is 1
    #[arg(long, value_enum, default_value_t = FailOn::Error, value_name = "SEVERITY")]
    fail_on: FailOn,
    /// The same as --fail-on warning
    #[arg(long)]
    strict: bool,
    /// Warn when a certificate expires within this time [default: 30d, or a third of its life if that is less]
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    expires_within: Option<Duration>,
    /// The SPIFFE ID that the server has to prove, or its trust domain, by the rules for X.509-SVIDs
    #[arg(long, value_name = "URI", value_parser = SpiffeId::parse)]
    expect_spiffe: Option<SpiffeId>,
    /// Write everything observed, and nothing secret, to a file
    #[arg(long, value_name = "FILE")]
    save_case: Option<PathBuf>,
    /// Judge a saved case instead of connecting
    #[arg(long, value_name = "FILE", conflicts_with_all = ["endpoints", "cacert", "cert", "key", "config", "save_case"])]
    case: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Output {
    Table,
    Simple,
    /// The way to each endpoint, message by message, with the files used and the place where it broke
    Ladder,
    Json,
    Ndjson,
    Html,
    Markdown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    Warning,
    Error,
}

/// A saved case that can't be used, or can't be written.
#[derive(Debug, thiserror::Error)]
pub(super) enum CaseError {
    #[error("--case {}", path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("--case {} is no saved case", path.display())]
    Malformed { path: PathBuf, source: serde_json::Error },
    #[error("--case {} has schema {found}; this release reads {SCHEMA}", path.display())]
    Schema { path: PathBuf, found: String },
    #[error("--save-case {}", path.display())]
    Unwritable { path: PathBuf, source: io::Error },
}

/// Checks, or judges a saved case again.
pub(super) fn run(args: CheckArgs, telling: &Telling) -> Done<Exit> {
    let style = telling.style();
    let fail_on = if args.strict { FailOn::Warning } else { args.fail_on };
    let (output, save_case) = (args.output, args.save_case.clone());
    let streamed = output == Output::Ndjson && args.case.is_none();
    let mut out = io::BufWriter::new(io::stdout().lock());
    let rooms = diagnoses::all();
    let observation = match &args.case {
        Some(path) => read_case(path)?,
        None => observe(args, |partial| {
            if output == Output::Ndjson {
                let facts = Facts::derive(partial);
                report::endpoint_line(&mut out, &facts, &judge(&rooms, &facts), &style)?;
            }
            Ok(())
        })?,
    };
    if let Some(path) = save_case {
        write_case(&path, &observation)?;
    }
    let facts = Facts::derive(&observation);
    let verdict = judge(&rooms, &facts);
    let report = Report::new(&facts, &verdict);
    let format = match output {
        Output::Table => Format::Table,
        Output::Simple => Format::Simple,
        Output::Ladder => Format::Ladder,
        Output::Json => Format::Json,
        Output::Html => Format::Html,
        Output::Markdown => Format::Markdown,
        Output::Ndjson => Format::Ndjson,
    };
    if streamed {
        report::summary_line(&mut out, &report)?;
    } else {
        report::write(&mut out, format, &report, &style)?;
    }
    out.flush()?;
    let problem = match fail_on {
        FailOn::Warning => verdict.level >= Level::Warning,
        FailOn::Error => verdict.level >= Level::Incomplete,
    };
    Ok(if problem { Exit::Problem } else { Exit::Fine })
}

/// Probes; `known` gets an observation of each endpoint as it becomes known.
fn observe(
    args: CheckArgs,
    mut known: impl FnMut(&Observation) -> io::Result<()>,
) -> Done<Observation> {
    let asked = args.target.resolve(args.expires_within, Search::WithoutEndpoints)?;
    let Asked { mut target, login, configs, files, .. } = asked;
    target.expect_spiffe = args.expect_spiffe.map(|id| id.to_string());
    crate::observe::target::make_room(target.endpoints.len());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut told = Ok(());
    let observation = runtime.block_on(crate::observe::target::observe(
        target,
        configs,
        files,
        login,
        |partial| {
            if told.is_ok() {
                told = known(partial);
            }
        },
    ));
    let mut observation = observation;
    if told.is_ok() {
        runtime.block_on(look_between_members(&mut observation, |partial| {
            if told.is_ok() {
                told = known(partial);
            }
        }));
    }
    // A name lookup that outlived its deadline can't be called back; nobody waits for it.
    runtime.shutdown_background();
    told?;
    Ok(observation)
}

/// Looks at what is between the members, as far as the facts say that this machine can: the other members of its own one, and
/// what the resolver has to decide.
async fn look_between_members(observation: &mut Observation, known: impl FnMut(&Observation)) {
    let facts = Facts::derive(observation);
    let (peers, names) = (facts.peers_to_dial(), facts.member_names_to_look_up());
    if let Some((target, configs)) = peers {
        let crls = observation.files.iter().filter(|file| file.has_role("peer-crl-file"));
        let files = crls.cloned().collect();
        let peers =
            Box::pin(crate::observe::target::observe(target, configs, files, None, known)).await;
        observation.took_ms += peers.took_ms;
        observation.peers = Some(Box::new(peers));
    }
    let timeout = observation.target.timeout;
    observation.names = crate::observe::wire::resolver::look_up_names(names, timeout).await;
    let diallers = Facts::derive(observation).diallers_to_look_up();
    observation.diallers =
        crate::observe::wire::resolver::look_up_diallers(diallers, timeout).await;
}

fn read_case(path: &Path) -> Result<Observation, CaseError> {
    let owned = || path.to_owned();
    let text = std::fs::read_to_string(path)
        .map_err(|source| CaseError::Unreadable { path: owned(), source })?;
    Observation::from_case(&text).map_err(|error| match error {
        observation::CaseError::Json(source) => CaseError::Malformed { path: owned(), source },
        observation::CaseError::Schema(found) => CaseError::Schema { path: owned(), found },
    })
}

/// Written beside its place, synced and renamed, so that there is never half a case.
pub(super) fn write_case(path: &Path, observation: &Observation) -> Result<(), CaseError> {
    let write = || {
        let folder =
            path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        serde_json::to_writer_pretty(&mut file, observation)?;
        file.write_all(b"\n")?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(|source| CaseError::Unwritable { path: path.to_owned(), source })
}
