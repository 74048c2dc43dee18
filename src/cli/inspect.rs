//! `inspect`: what one file or server holds, in words.

use std::{
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    time::Duration,
};

use clap::{Args, ValueEnum};
use time::OffsetDateTime;

use super::{
    Done,
    exit::{Exit, say},
    target::duration,
    telling::Telling,
};
use crate::{
    facts::tree::{objects, presented},
    message::{CliMessage, FileMessage, Message, Say},
    observation::tree::TreeFile,
    observe::{
        files::{file_error::FileError, named_file},
        wire::client,
    },
    report::inspect::{self, Inspected, Source},
};

#[derive(Debug, Args)]
#[command(
    after_help = "A certificate, key, request, revocation list, PKCS#12 or kubeconfig file, PEM or DER; or a server, as \
https://host:port or host:port,\nwhose presented chain is shown. Private keys are reduced to what is public in them.\n\
Exit code: 0, 1 something can't be read or is none of these, 2 command line wrong, 3 the tool itself failed."
)]
pub(super) struct InspectArgs {
    /// What to look at
    #[arg(value_name = "FILE or URL", required = true)]
    names: Vec<String>,
    /// How to print it; JSON is one object a line for each FILE or URL
    #[arg(short, long, visible_short_alias = 'w', visible_alias = "write-out", value_enum, default_value_t = Output::Table)]
    output: Output,
    /// The same as --output json
    #[arg(long, conflicts_with = "output")]
    json: bool,
    /// Print the certificates as PEM, nothing else
    #[arg(long, conflicts_with_all = ["output", "json"])]
    pem: bool,
    /// The file whose first line opens PKCS#12
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// Bound on each server, from name lookup to its chain
    #[arg(long, value_name = "DURATION", default_value = "2s", value_parser = duration)]
    timeout: Duration,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Output {
    Table,
    Json,
}

/// The passphrase can't be had.
#[derive(Debug, thiserror::Error)]
#[error("--passphrase-file {}: {why}", path.display())]
struct NoPassphrase {
    path: PathBuf,
    why: Message,
}

/// Looks at each of them and tells.
pub(super) fn run(args: &InspectArgs, telling: &Telling) -> Done<Exit> {
    let style = telling.style();
    let how = match (args.pem, args.json || args.output == Output::Json) {
        (true, _) => inspect::Telling::Pem,
        (false, true) => inspect::Telling::Json,
        (false, false) => inspect::Telling::Words,
    };
    let passphrase = args.passphrase_file.as_deref().map(read_passphrase).transpose()?;
    let passphrase = passphrase.as_ref().map(|passphrase| passphrase.as_str());
    let mut out = BufWriter::new(io::stdout().lock());
    let mut exit = Exit::Fine;
    for name in &args.names {
        let looked =
            if is_server(name) { server(name, args.timeout)? } else { file(name, passphrase) };
        match looked {
            Ok(inspected) => inspect::write(&mut out, how, &inspected, &style)?,
            Err(why) => {
                out.flush()?;
                say(&CliMessage::Error { what: why.about(name).into() }.into());
                exit = Exit::Problem;
            }
        }
    }
    out.flush()?;
    Ok(exit)
}

/// A name with a scheme, or one with a port that is no file.
fn is_server(name: &str) -> bool {
    let port = name.rsplit_once(':').map(|(_, port)| port);
    let has_port = port.is_some_and(|port| port.parse::<u16>().is_ok());
    name.contains("://") || has_port && !Path::new(name).exists()
}

fn server(name: &str, timeout: Duration) -> Done<Result<Inspected, Message>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let seen = runtime.block_on(client::presented(name, timeout));
    // A name lookup that outlived its deadline can't be called back; nobody waits for it.
    runtime.shutdown_background();
    Ok(seen.map_err(|error| error.fault.message()).map(|tls| Inspected {
        name: name.to_owned(),
        when: OffsetDateTime::now_utc(),
        objects: presented(&tls.chain),
        source: Source::Server(Box::new(tls)),
    }))
}

fn file(name: &str, passphrase: Option<&str>) -> Result<Inspected, Message> {
    let file = crate::observe::files::tree::look_into(Path::new(name), passphrase);
    if let Some(why) = file.seen.state.refusal() {
        return Err(why.message());
    }
    if let Some(Err(why)) = file.keystore.as_ref().and_then(|keystore| keystore.opened.as_ref()) {
        return Err(why.message());
    }
    let objects = objects(&file);
    if objects.is_empty() && !says_something(&file) {
        return Err(FileMessage::NothingInIt.into());
    }
    let when = OffsetDateTime::now_utc();
    Ok(Inspected { name: name.to_owned(), when, source: Source::File(file), objects })
}

fn says_something(file: &TreeFile) -> bool {
    file.keystore.is_some() || file.kubeconfig.is_some()
}

fn read_passphrase(path: &Path) -> Result<zeroize::Zeroizing<String>, NoPassphrase> {
    named_file::first_line(path).map_err(|FileError { fault, .. }| NoPassphrase {
        path: path.to_owned(),
        why: fault.message(),
    })
}
