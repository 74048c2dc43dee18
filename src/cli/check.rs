//! `check`: flags, one workflow, one report.

use std::{
    io::{self, Write},
    path::PathBuf,
    time::Duration,
};

use clap::Args;

use super::{
    Done,
    etcd_flags::{duration, spiffe_id},
    exit::Exit,
    output_options::{FailOptions, OutputOptions},
    target::TargetArgs,
};
use crate::{
    diagnoses::engine::Level,
    report::{self, Format, Report},
    workflow::{self, Checked, Search},
    x509::SpiffeId,
};

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    target: TargetArgs,
    /// How to print the report
    #[arg(short, long, visible_short_alias = 'w', visible_alias = "write-out", value_enum, default_value_t = Format::Table)]
    output: Format,
    #[command(flatten)]
    fail: FailOptions,
    /// Warn when a certificate expires within this time [default: 30d, or a third of its life if that is less]
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    expires_within: Option<Duration>,
    /// The SPIFFE ID that the server has to prove, or its trust domain, by the rules for X.509-SVIDs
    #[arg(long, value_name = "URI", value_parser = spiffe_id)]
    expect_spiffe: Option<SpiffeId>,
    /// Write everything observed, and nothing secret, to a file
    #[arg(long, value_name = "FILE")]
    save_case: Option<PathBuf>,
    /// Judge a saved case instead of connecting
    #[arg(long, value_name = "FILE", conflicts_with_all = ["endpoints", "cacert", "cert", "key", "config", "save_case"])]
    case: Option<PathBuf>,
}

/// Checks, or judges a saved case again.
pub(super) fn run(args: CheckArgs, options: &OutputOptions) -> Done<Exit> {
    let fail_on = args.fail.level();
    let mut out = io::BufWriter::new(io::stdout().lock());
    let level = match &args.case {
        Some(path) => workflow::judge_case(&workflow::read_case(path)?, |checked| {
            report::write(&mut out, args.output, &Report::all(checked), &options.style())?;
            io::Result::Ok(worst(checked))
        })?,
        None => connect(args, options, &mut out)?,
    };
    out.flush()?;
    Ok(if level >= fail_on { Exit::Problem } else { Exit::Fine })
}

/// Connects; lines for programs are written as each endpoint becomes known, everything else at the end.
fn connect(args: CheckArgs, options: &OutputOptions, out: &mut impl Write) -> Done<Level> {
    let (style, output, save_case) = (options.style(), args.output, args.save_case);
    let is_streamed = output == Format::Ndjson;
    let mut request = args.target.request(Search::WithoutEndpoints, options.stderr())?;
    request.target.expires_within = args.expires_within;
    request.target.expect_spiffe = args.expect_spiffe.map(|id| id.to_string());
    let out = std::cell::RefCell::new(out);
    let mut streamed = Ok(());
    let mut known = |observation: &_| {
        if is_streamed && streamed.is_ok() {
            streamed = workflow::judge_again(observation, |facts, verdict| {
                report::endpoint_line(&mut *out.borrow_mut(), facts, verdict, &style)
            });
        }
    };
    let judged = |checked: &[Checked<'_>]| -> Done<Level> {
        if let Some(path) = &save_case {
            workflow::write_case(path, checked.iter().map(|(facts, _)| facts.observation))?;
        }
        let (out, reports) = (&mut *out.borrow_mut(), Report::all(checked));
        if is_streamed {
            report::summary_line(out, &reports)?;
        } else {
            report::write(out, output, &reports, &style)?;
        }
        Ok(worst(checked))
    };
    let stderr = options.stderr();
    let level = super::block_on(async {
        let clusters = workflow::resolve(request, &mut stderr.remarks()).await?;
        workflow::check(clusters, &mut known, judged).await
    })?;
    streamed?;
    level
}

/// The level of the cluster that is worst off.
fn worst(checked: &[Checked<'_>]) -> Level {
    checked.iter().map(|(_, verdict)| verdict.level).max().unwrap_or(Level::Ok)
}
