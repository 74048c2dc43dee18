//! What the lines before make of a line: a refused connection is no fault when etcd was just told to stop.

use super::{complaint::Kind, complaints::STOPPED, recognised::Recognised, voice::Voice};

/// How many lines may lie between the signal and what follows from it.
const NEAR: u64 = 20;

/// What was read so far, as far as it matters for what comes.
#[derive(Debug, Default)]
pub struct Context {
    stopped: Option<u64>,
}

impl Context {
    /// The line in its place; nothing when it is only there for others.
    pub fn place<'l>(&mut self, number: u64, mut line: Recognised<'l>) -> Option<Recognised<'l>> {
        if line.meaning.complaint.kind == Kind::Turn {
            self.stopped = Some(number);
            return None;
        }
        let stopping = self.stopped.is_some_and(|at| number - at <= NEAR);
        if stopping && line.meaning.voice == Voice::Client && line.meaning.id() == "tcp-refused" {
            let meaning = &mut line.meaning;
            meaning.complaint = &STOPPED;
            meaning.candidates = STOPPED.candidates(meaning.voice);
            meaning.severity = STOPPED.severity.unwrap_or(meaning.severity);
        }
        Some(line)
    }
}
