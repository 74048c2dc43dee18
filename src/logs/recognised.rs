//! A line that was recognised: what its words mean, and what the line itself tells besides.

use std::borrow::Cow;

use super::{
    complaint::{Complaint, Kind},
    line::Line,
    places::Places,
    voice::Voice,
};
use crate::diagnoses::engine::{Fix, Severity, Side};

/// A line that was recognised.
#[derive(Debug, Clone)]
pub struct Recognised<'l> {
    /// What it means.
    pub meaning: Meaning,
    pub(super) raw: Cow<'l, str>,
}

/// What the words of a line mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meaning {
    /// The complaint that it is.
    pub complaint: &'static Complaint,
    /// Who speaks.
    pub voice: Voice,
    /// The diagnoses that leave such a line, most likely first.
    pub candidates: Vec<&'static str>,
    /// How bad it is.
    pub severity: Severity,
    /// Who most likely has to change something.
    pub side: Side,
    /// How telling its words are among all that are known: 0 is most telling.
    pub(super) rank: usize,
    /// Whether such a line says when it was written.
    pub(super) timed: bool,
    /// Behind which words it says where a connection came from.
    pub(super) remote: Option<&'static str>,
}

impl Meaning {
    /// Whether one diagnosis alone leaves these words.
    pub fn is_certain(&self) -> bool {
        self.candidates.len() == 1 && self.complaint.kind != Kind::Echo
    }

    /// How little it proves beside other lines: what is no fault, names no reason, or is a guess comes after what names one.
    pub(super) fn weakness(&self) -> (bool, bool, bool, usize) {
        let kind = self.complaint.kind;
        (self.severity == Severity::Info, kind == Kind::Echo, kind == Kind::Cut, self.rank)
    }

    /// The most likely diagnosis.
    pub fn id(&self) -> &'static str {
        self.candidates.first().copied().unwrap_or_default()
    }
}

/// What only a closer look at the line itself tells; of most lines nobody asks.
impl<'l> Recognised<'l> {
    pub(super) fn new(meaning: Meaning, raw: Cow<'l, str>) -> Self {
        Self { meaning, raw }
    }

    /// The same, to be kept.
    pub(super) fn kept(self) -> Recognised<'static> {
        Recognised { raw: Cow::Owned(self.raw.into_owned()), meaning: self.meaning }
    }

    /// The line as it was read.
    pub(super) fn raw(&self) -> &str {
        &self.raw
    }

    /// When, as the line says it.
    pub fn time(&self) -> Option<String> {
        Line::read(&self.raw).time
    }

    /// What the line names.
    pub fn places(&self) -> Places {
        Places::of(&Line::read(&self.raw).text)
    }

    /// The command that tells the candidates apart.
    pub fn decide(&self) -> Fix {
        self.meaning.complaint.decide.command(self.meaning.voice, &self.places())
    }

    /// What the line is about: who came, else what was dialled, else the file or name.
    pub fn subject(&self) -> String {
        let places = self.places();
        let dialled = places.dialled.clone().filter(|_| !self.meaning.voice.is_dialled());
        [places.path, dialled, places.remote, places.dialled, places.name, places.user]
            .into_iter()
            .flatten()
            .next()
            .unwrap_or_default()
    }
}
