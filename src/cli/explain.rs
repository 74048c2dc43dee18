//! `explain`: what a diagnosis, a topic, an option or a file means; without a word, what there is to ask for.

use std::{
    io::{self, BufWriter, Write},
    path::PathBuf,
};

use clap::{Args, ValueEnum};

use super::{
    Done,
    exit::{Exit, Misuse},
    explain_here::Machine,
    explain_log,
    telling::Telling,
};
use crate::{
    diagnoses::engine::Diagnosis,
    diagnoses::{self, GROUPS},
    learn,
    report::{
        Style, diagnosis,
        topic::{self, Here},
    },
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
    #[arg(short, long, visible_short_alias = 'w', visible_alias = "write-out", value_enum, default_value_t = Output::Table)]
    output: Output,
}

/// Which machine a topic speaks of at its end. Nothing is dialled.
#[derive(Debug, Args)]
pub(super) struct HereArgs {
    /// A manifest, environment file, unit or configuration file of etcd, or a folder of them, to speak of [default: this machine's]
    #[arg(long, value_name = "PATH")]
    pub(super) config: Vec<String>,
    /// Look for etcd's files under this folder instead of /
    #[arg(long, value_name = "DIR")]
    pub(super) root: Option<PathBuf>,
    /// The CA file to speak of; alone, explains the option
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "")]
    pub(super) cacert: Option<String>,
    /// The client certificate to speak of; alone, explains the option
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "")]
    pub(super) cert: Option<String>,
    /// The private key to speak of; alone, explains the option
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "")]
    pub(super) key: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Output {
    Table,
    Json,
    Markdown,
}

/// Explains one word, or lists all that can be asked for.
pub(super) fn run(args: &ExplainArgs, telling: &Telling) -> Done<Exit> {
    let style = telling.style();
    if let Some(log) = &args.log {
        if args.output == Output::Markdown {
            return Err(Misuse("--log is told as table or json".to_owned()).into());
        }
        return explain_log::run(log, args.output == Output::Json, &style);
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
    fn word(&self) -> Result<Option<String>, Misuse> {
        let files = [
            ("--cacert", &self.here.cacert),
            ("--cert", &self.here.cert),
            ("--key", &self.here.key),
        ];
        let mut bare = files.iter().filter(|(_, file)| file.as_deref() == Some(""));
        match (&self.word, bare.next()) {
            (Some(_), Some((flag, _))) => Err(Misuse(format!("{flag} needs a file here"))),
            (None, Some((flag, _))) => Ok(Some((*flag).to_owned())),
            (None, None) if files.iter().any(|(_, file)| file.is_some()) => {
                Ok(Some("cacert-cert-key".to_owned()))
            }
            (word, None) => Ok(word.clone()),
        }
    }
}

fn list(out: &mut impl Write, output: Output, style: &Style) -> io::Result<()> {
    match output {
        Output::Json => return topic::json_list(out, &diagnoses::all(), style.lang),
        Output::Markdown => return topic::markdown_list(out, &diagnoses::all(), style.lang),
        Output::Table => {}
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
    if let Some(room) = rooms.iter().find(|room| room.id == word) {
        return explain_diagnosis(out, room, args.output, style).map(|()| Exit::Fine);
    }
    let machine = Machine::new(&args.here, style.lang);
    let Some(found) = learn::find(word).or_else(|| machine.has_file(word)) else {
        let plain = Style { colour: false, ..*style };
        let ids: Vec<_> = rooms.iter().map(|room| room.id).collect();
        topic::unknown(&mut io::stderr().lock(), word, &learn::nearest(word, &ids), &plain)?;
        return Ok(Exit::Problem);
    };
    let here: Option<Here> = machine.of(word, &found);
    let here = here.as_ref();
    match args.output {
        Output::Table => topic::write(out, word, &found, here, style)?,
        Output::Json => topic::json(out, word, &found, here, style.lang)?,
        Output::Markdown => topic::markdown(out, word, &found, here, style.lang)?,
    }
    Ok(Exit::Fine)
}

fn explain_diagnosis(
    out: &mut impl Write,
    room: &Diagnosis,
    output: Output,
    style: &Style,
) -> io::Result<()> {
    match output {
        Output::Table => diagnosis::write(out, room, style),
        Output::Json => diagnosis::json(out, room, style.lang),
        Output::Markdown => topic::diagnosis_markdown(out, room, style.lang),
    }
}
