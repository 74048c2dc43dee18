//! Lines of one input, read together: what the others make of a line, and which of them is the strongest proof.

use super::{
    complaint::Kind,
    complaints::{STOPPED, TIMED_OUT, WAITED},
    recognise::Recogniser,
    recognised::Recognised,
    voice::Voice,
};

/// How many lines may lie between the signal to stop and what follows from it.
const NEAR: u64 = 20;
/// How many bytes of lines are kept before they are told, whatever may still come.
const MOST: usize = 8 * 1024 * 1024;

/// The lines that are read and not told yet.
pub struct Together<'r> {
    recogniser: &'r Recogniser,
    lines: Vec<(u64, Recognised<'static>)>,
    bytes: usize,
    /// The line in which etcd was told to stop.
    stopped: Option<u64>,
    /// A line told of a slow disk or CPU.
    slow: bool,
}

impl<'r> Together<'r> {
    /// No line yet.
    pub fn new(recogniser: &'r Recogniser) -> Self {
        Self { recogniser, lines: Vec::new(), bytes: 0, stopped: None, slow: false }
    }

    /// Takes a line; true when so many are kept that they have to be told.
    pub fn add(&mut self, number: u64, mut line: Recognised<'_>) -> bool {
        if line.meaning.complaint.kind == Kind::Turn {
            self.stopped = Some(number);
            return false;
        }
        let stopping = self.stopped.is_some_and(|at| number - at <= NEAR);
        if stopping && line.meaning.voice == Voice::Client && line.meaning.id() == "tcp-refused" {
            line = self.recogniser.read_as(line, &STOPPED);
        }
        self.slow |= line.meaning.id() == "slow-storage";
        self.bytes += line.raw().len();
        self.lines.push((number, line.kept()));
        self.bytes > MOST
    }

    /// Gives the lines, the strongest proof first, each with its number. A connection that was cut is no finding of its own if another
    /// line says why.
    pub fn settle(&mut self) -> Vec<(u64, Recognised<'static>)> {
        self.bytes = 0;
        let mut lines = std::mem::take(&mut self.lines);
        let explained = explained(&lines);
        lines.retain(|(_, line)| {
            let cut = line.meaning.complaint.kind == Kind::Cut;
            !(cut && ends(line).iter().any(|end| explained.contains(end)))
        });
        if self.slow {
            lines = lines.into_iter().map(|(number, line)| (number, self.slowed(line))).collect();
        }
        lines.sort_by_key(|(number, line)| (line.meaning.weakness(), *number));
        lines
    }

    /// A request that timed out beside lines of a slow disk timed out because of it.
    fn slowed(&self, line: Recognised<'static>) -> Recognised<'static> {
        if line.meaning.complaint == &WAITED {
            self.recogniser.read_as(line, &TIMED_OUT)
        } else {
            line
        }
    }
}

/// The addresses of connections of which a line names the reason why they failed.
fn explained(lines: &[(u64, Recognised<'_>)]) -> Vec<String> {
    let cut = lines.iter().any(|(_, line)| line.meaning.complaint.kind == Kind::Cut);
    let named = lines.iter().filter(|(_, line)| {
        matches!(line.meaning.complaint.kind, Kind::Refusal | Kind::Alert) && cut
    });
    let mut ends: Vec<String> = named.flat_map(|(_, line)| ends(line)).collect();
    ends.sort();
    ends.dedup();
    ends
}

/// Both ends of the connection that a line is about, as far as it names them.
fn ends(line: &Recognised<'_>) -> Vec<String> {
    let places = line.places();
    let bare = |url: String| url.split_once("://").map_or(url.clone(), |(_, rest)| rest.to_owned());
    [places.remote, places.dialled.map(bare), places.local].into_iter().flatten().collect()
}
