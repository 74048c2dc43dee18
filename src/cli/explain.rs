//! `explain`: what a diagnosis, a topic, an option or a file means; without a word, what there is to ask for.

use std::{
    io::{self, BufWriter, Write},
    path::PathBuf,
};

use clap::Args;

use super::{
    Done,
    exit::Exit,
    explain_log,
    output_options::{OutputOptions, formats},
};
use crate::{
    diagnoses::engine::Diagnosis,
    diagnoses::{self, GROUPS},
    learn, logs,
    message::CliMessage,
    report::{Format, Style, diagnosis, topic},
    workflow::{Failure, Machine, MachineOptions},
};

#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// A diagnosis, a topic, an option or a file; without it all diagnoses and topics are listed
    ///
    /// Such as server-san-mismatch, mtls, --trusted-ca-file, `ETCD_PEER_CERT_FILE`, or /etc/kubernetes/pki/etcd/ca.crt.
    #[arg(value_name = "WORD", allow_hyphen_values = true)]
    word: Option<String>,
    /// A log to explain line by line: of etcd, etcdctl, kube-apiserver, or any program that speaks TLS to etcd
    ///
    /// `-` reads standard input and tells each new kind of line as it comes, so that `journalctl -fu etcd | etcd-tls explain --log -`
    /// can stay open; the counts follow at its end. A file is read to its end first and told with the counts. With `-o json` every
    /// recognised line is one object, and stories of several lines follow last.
    #[arg(long, value_name = "FILE", conflicts_with = "word")]
    log: Option<PathBuf>,
    #[command(flatten)]
    here: HereArgs,
    /// How to print it
    #[arg(short, long, visible_short_alias = 'w', visible_alias = "write-out", value_parser = formats(&[Format::Table, Format::Json, Format::Markdown]), default_value = "table")]
    output: Format,
}

/// Which machine a topic speaks of at its end. Nothing is dialled.
#[derive(Debug, Args)]
struct HereArgs {
    /// A manifest, environment file, unit or configuration file of etcd, or a folder of them, to speak of [default: this machine's]
    #[arg(long, value_name = "PATH")]
    config: Vec<String>,
    /// Look for etcd's files under this folder instead of /
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// The CA file to speak of; alone, explains the option
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "")]
    cacert: Option<String>,
    /// The client certificate to speak of; alone, explains the option
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "")]
    cert: Option<String>,
    /// The private key to speak of; alone, explains the option
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "")]
    key: Option<String>,
}

/// Explains one word, or lists all that can be asked for.
pub(super) fn run(args: &ExplainArgs, options: &OutputOptions) -> Done<Exit> {
    let style = options.style();
    if let Some(log) = &args.log {
        if args.output == Format::Markdown {
            return Err(Failure::misuse(CliMessage::LogFormat).into());
        }
        return explain_log::run(log, args.output == Format::Json, &style);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let exit = match args.word()? {
        None => list(&mut out, args.output, &style).map(|()| Exit::Fine),
        Some(word) => one(&mut out, &word, args, &style),
    }?;
    out.flush()?;
    Ok(exit)
}

impl ExplainArgs {
    /// The word asked for: one that stands alone, or a file option without its file.
    fn word(&self) -> Result<Option<String>, Failure> {
        let files = [
            ("--cacert", &self.here.cacert),
            ("--cert", &self.here.cert),
            ("--key", &self.here.key),
        ];
        let mut bare = files.iter().filter(|(_, file)| file.as_deref() == Some(""));
        match (&self.word, bare.next()) {
            (Some(_), Some((flag, _))) => {
                Err(Failure::misuse(CliMessage::FileNeeded { flag: (*flag).into() }))
            }
            (None, Some((flag, _))) => Ok(Some((*flag).to_owned())),
            (None, None) if files.iter().any(|(_, file)| file.is_some()) => {
                Ok(Some("cacert-cert-key".to_owned()))
            }
            (word, None) => Ok(word.clone()),
        }
    }
}

impl HereArgs {
    fn options(&self) -> MachineOptions {
        let files = [("cacert", &self.cacert), ("cert", &self.cert), ("key", &self.key)];
        let files = files.into_iter().filter_map(|(name, file)| Some((name, file.clone()?)));
        let variables = std::env::vars_os();
        let variables = variables.filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.to_string_lossy().into_owned()))
        });
        MachineOptions {
            configs: self.config.clone(),
            root: self.root.clone(),
            files: files.filter(|(_, file)| !file.is_empty()).collect(),
            variables: variables.collect(),
        }
    }
}

fn list(out: &mut impl Write, output: Format, style: &Style) -> io::Result<()> {
    match output {
        Format::Json => return topic::json_list(out, &diagnoses::all(), style.lang),
        Format::Markdown => return topic::markdown_list(out, &diagnoses::all(), style.lang),
        _ => {}
    }
    topic::list(out, style)?;
    for group in &GROUPS {
        writeln!(out)?;
        diagnosis::list(out, group.title, group.rooms, style)?;
    }
    Ok(())
}

fn one(out: &mut impl Write, word: &str, args: &ExplainArgs, style: &Style) -> io::Result<Exit> {
    let rooms = diagnoses::all();
    let unseen = logs::UNSEEN.iter();
    if let Some(room) = rooms.iter().chain(unseen).find(|room| room.id == word) {
        return explain_diagnosis(out, room, args.output, style).map(|()| Exit::Fine);
    }
    let machine = Machine::new(args.here.options());
    let Some(found) = learn::find(word).or_else(|| machine.has_file(word)) else {
        let json = args.output == Format::Json;
        if explain_log::pasted(&mut *out, word, json, style)? == Exit::Fine {
            return Ok(Exit::Fine);
        }
        let plain = Style { colour: false, ..*style };
        let ids: Vec<_> = rooms.iter().chain(logs::UNSEEN).map(|room| room.id).collect();
        topic::unknown(&mut io::stderr().lock(), word, &learn::nearest(word, &ids), &plain)?;
        return Ok(Exit::Problem);
    };
    let here = machine.find(word, &found).map(|here| topic::on_machine(&here, style.lang));
    let here = here.as_ref();
    match args.output {
        Format::Json => topic::json(out, word, &found, here, style.lang)?,
        Format::Markdown => topic::markdown(out, word, &found, here, style.lang)?,
        _ => topic::write(out, word, &found, here, style)?,
    }
    Ok(Exit::Fine)
}

fn explain_diagnosis(
    out: &mut impl Write,
    room: &Diagnosis,
    output: Format,
    style: &Style,
) -> io::Result<()> {
    match output {
        Format::Json => diagnosis::json(out, room, style.lang),
        Format::Markdown => topic::diagnosis_markdown(out, room, style.lang),
        _ => diagnosis::write(out, room, style),
    }
}
