//! What a log line can complain of: its words in every program, what they prove, and which diagnoses leave them.

use super::{decide::Decide, voice::Voice};
use crate::{diagnoses::engine::Severity, message::Phrase};

/// One complaint with all the wordings that programs have for it.
#[derive(Debug)]
pub struct Complaint {
    /// How it is meant.
    pub kind: Kind,
    /// Texts that say it. `…` stands for anything between two parts of a text.
    pub said: &'static [&'static str],
    /// A further condition on the line, for texts that other trades use as well.
    pub only: Option<fn(&str) -> bool>,
    /// The diagnoses that leave these words, most likely first, by who speaks; the first row holds for all that have none.
    pub causes: &'static [(Voice, &'static [&'static str])],
    /// Another severity than the diagnosis usually has.
    pub severity: Option<Severity>,
    /// The test that tells the candidates apart.
    pub decide: Decide,
    /// What happened, without full stop.
    pub what: Phrase,
    /// What the words prove.
    pub proves: Phrase,
    /// What they leave open.
    pub open: Phrase,
}

/// How a complaint is meant, which decides how it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Whoever speaks refuses the certificate of the other side.
    Refusal,
    /// The other side sent an alert: it refuses whoever speaks.
    Alert,
    /// Whatever speaks for itself.
    Fault,
    /// The connection ended without a word: a guess, unless another line of the same connection names the reason.
    Cut,
    /// What only follows from something said elsewhere.
    Echo,
    /// Nothing to do.
    Harmless,
    /// Not told itself: it changes what the lines behind it mean.
    Turn,
}

/// Two are the same if they are the same row of the table.
impl PartialEq for Complaint {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for Complaint {}

impl Complaint {
    /// How likely this diagnosis leaves it, seen from the speaker who points to it most: 0 is likeliest.
    pub(super) fn likelihood(&self, id: &str) -> Option<usize> {
        let rows = self.causes.iter();
        rows.filter_map(|(_, ids)| ids.iter().position(|candidate| *candidate == id)).min()
    }

    /// The candidates when this side speaks, in order.
    pub(super) fn candidates(&self, voice: Voice) -> Vec<&'static str> {
        let of = |voice: Voice| self.causes.iter().find(|(one, _)| *one == voice);
        let first = self.causes.first().map_or(&[][..], |(_, ids)| ids);
        let row =
            |voices: &[Voice]| voices.iter().copied().find_map(of).map_or(first, |(_, ids)| ids);
        let mut ids = row(voice.stand_ins()).to_vec();
        if voice == Voice::Listener {
            ids.extend(row(&[Voice::PeerIn, Voice::Server]));
        }
        let mut seen = std::collections::HashSet::new();
        ids.retain(|id| seen.insert(*id));
        ids
    }
}
