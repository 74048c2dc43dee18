//! `explain`: what a diagnosis means, straight from its room.

use std::{
    io::{self, BufWriter, Write},
    path::PathBuf,
};

use clap::{Args, ValueEnum};

use super::{Done, exit::Exit, explain_log, telling::Telling};
use crate::{
    diagnoses::{self, GROUPS},
    judge::Diagnosis,
    report::{Style, diagnosis},
};

/// How many near ids an unknown one is answered with.
const NEAR: usize = 3;

#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// A diagnosis, such as server-san-mismatch; without it all are listed
    #[arg(value_name = "SLUG")]
    slug: Option<String>,
    /// A log to explain line by line: of etcd, etcdctl, kube-apiserver, or any program that speaks TLS to etcd
    ///
    /// `-` reads standard input and tells each new kind of line as it comes, so that `journalctl -fu etcd | etcd-tls explain --log -`
    /// can stay open; the counts follow at its end. A file is read to its end first and told with the counts. With `-o json` every
    /// recognised line is one object, and stories of several lines follow last.
    #[arg(long, value_name = "FILE", conflicts_with = "slug")]
    log: Option<PathBuf>,
    /// How to print it
    #[arg(short, long, visible_short_alias = 'w', visible_alias = "write-out", value_enum, default_value_t = Output::Table)]
    output: Output,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Output {
    Table,
    Json,
}

/// Explains one diagnosis, or lists all by group.
pub(super) fn run(args: &ExplainArgs, telling: &Telling) -> Done<Exit> {
    let style = telling.style();
    if let Some(log) = &args.log {
        return explain_log::run(log, args.output == Output::Json, &style);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let exit = match &args.slug {
        None => list(&mut out, args.output, &style).map(|()| Exit::Fine),
        Some(slug) => one(&mut out, slug, args.output, &style),
    }?;
    out.flush()?;
    Ok(exit)
}

fn list(out: &mut impl Write, output: Output, style: &Style) -> io::Result<()> {
    if output == Output::Json {
        return diagnosis::json_list(out, &diagnoses::all(), style.lang);
    }
    for (index, group) in GROUPS.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        diagnosis::list(out, group.title, group.rooms, style)?;
    }
    Ok(())
}

fn one(out: &mut impl Write, slug: &str, output: Output, style: &Style) -> io::Result<Exit> {
    let rooms = diagnoses::all();
    let Some(room) = rooms.iter().find(|room| room.id == slug) else {
        let style = Style { colour: false, ..*style };
        diagnosis::unknown(&mut io::stderr().lock(), slug, &nearest(slug, &rooms), &style)?;
        return Ok(Exit::Problem);
    };
    match output {
        Output::Table => diagnosis::write(out, room, style)?,
        Output::Json => diagnosis::json(out, room, style.lang)?,
    }
    Ok(Exit::Fine)
}

/// The ids most like a slug, best first: those that hold it as a part, then those spelt much like it.
fn nearest(slug: &str, rooms: &[&'static Diagnosis]) -> Vec<&'static str> {
    let likeness = |id: &str| {
        let part = if slug.len() > 2 && id.contains(slug) { 1.0 } else { 0.0 };
        part + strsim::jaro_winkler(slug, id)
    };
    let mut scored: Vec<_> = rooms.iter().map(|room| (likeness(room.id), room.id)).collect();
    scored.sort_by(|(left, _), (right, _)| right.total_cmp(left));
    let close = scored.into_iter().filter(|(score, _)| *score > 0.75);
    close.map(|(_, id)| id).take(NEAR).collect()
}

#[cfg(test)]
mod tests {
    use super::nearest;
    use crate::diagnoses;

    #[test]
    fn a_misspelt_id_finds_its_own() {
        let rooms = diagnoses::all();
        assert_eq!(nearest("tcp-refusd", &rooms).first(), Some(&"tcp-refused"));
        assert!(nearest("refused", &rooms).contains(&"tcp-refused"));
    }

    #[test]
    fn nonsense_finds_nothing() {
        assert!(nearest("zzz", &diagnoses::all()).is_empty());
    }
}
