//! Which complaint a line holds: all wordings are searched at once, and the most telling one wins.

use std::collections::HashSet;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::{
    complaint::{Complaint, Kind},
    complaints,
    decide::Decide,
    line::Line,
    places::Places,
    voice::Voice,
};
use crate::{
    judge::{Diagnosis, Severity, Side},
    lang::Phrase,
};

/// What a line was recognised by.
#[derive(Debug, Clone, Copy)]
pub enum Sense {
    /// A complaint of the table.
    Complaint(&'static Complaint),
    /// A text that a diagnosis claims for itself.
    Room(&'static Diagnosis),
}

/// A line that was recognised.
#[derive(Debug)]
pub struct Recognised {
    /// By what.
    pub sense: Sense,
    /// Who speaks.
    pub voice: Voice,
    /// When, as the line says it.
    pub time: Option<String>,
    /// What the line names.
    pub places: Places,
    /// The diagnoses that leave such a line, most likely first.
    pub candidates: Vec<&'static str>,
    /// How bad it is.
    pub severity: Severity,
    /// Who most likely has to change something.
    pub side: Side,
}

/// All wordings in one automaton.
pub struct Recogniser {
    automaton: AhoCorasick,
    heads: Vec<&'static str>,
    wordings: Vec<Wording>,
    rooms: Vec<&'static Diagnosis>,
}

struct Wording {
    /// What has to follow the part that the automaton finds.
    rest: Vec<&'static str>,
    sense: Sense,
}

/// What stands for anything between two parts of a wording.
const GAP: char = '…';

impl Recogniser {
    /// One over the table of complaints and the texts that these diagnoses claim.
    ///
    /// # Panics
    ///
    /// Never: the automaton is far below the size that the library refuses.
    pub fn new(rooms: &[&'static Diagnosis]) -> Self {
        let (echoes, telling): (Vec<&Complaint>, Vec<&Complaint>) = complaints::ALL
            .iter()
            .flat_map(|group| group.iter())
            .partition(|complaint| complaint.kind == Kind::Echo);
        let of_complaint = |complaint: &'static Complaint| {
            complaint.said.iter().map(move |said| (*said, Sense::Complaint(complaint)))
        };
        let of_room =
            |room: &'static Diagnosis| room.logs.iter().map(move |said| (*said, Sense::Room(room)));
        let mut seen = HashSet::new();
        let all: Vec<(&str, Sense)> = telling
            .into_iter()
            .flat_map(of_complaint)
            .chain(rooms.iter().copied().flat_map(of_room))
            .chain(echoes.into_iter().flat_map(of_complaint))
            .filter(|(said, sense)| matches!(sense, Sense::Complaint(_)) || seen.insert(*said))
            .collect();
        let heads: Vec<&str> = all.iter().filter_map(|(said, _)| said.split(GAP).next()).collect();
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(&heads);
        let wordings = all
            .iter()
            .map(|(said, sense)| Wording { rest: said.split(GAP).skip(1).collect(), sense: *sense })
            .collect();
        match automaton {
            Ok(automaton) => Self { automaton, heads, wordings, rooms: rooms.to_vec() },
            Err(_) => unreachable!("a few hundred wordings fit"),
        }
    }

    /// The beginnings of all wordings; a line without any of them says nothing here. What stands in front of a quote is enough: on
    /// the way into JSON, quotes get backslashes.
    pub(super) fn heads(&self) -> impl Iterator<Item = &'static str> + Clone {
        let parts = |text: &'static str| text.split('"').max_by_key(|part| part.len());
        self.heads.iter().filter_map(move |head| parts(head))
    }

    /// What a line says, if it says anything of TLS or etcd's connections.
    pub fn read(&self, raw: &str) -> Option<Recognised> {
        let line = Line::read(raw);
        let mut best: Option<usize> = None;
        for found in self.automaton.find_overlapping_iter(&*line.text) {
            let rank = found.pattern().as_usize();
            if best.is_none_or(|best| rank < best)
                && self.wordings[rank].holds(&line.text, found.end())
            {
                best = Some(rank);
            }
        }
        let rank = best?;
        let sense = self.wordings[rank].sense;
        let voice = Voice::of(&line);
        let candidates = match sense {
            Sense::Complaint(complaint) => complaint.candidates(voice),
            Sense::Room(room) => vec![room.id],
        };
        let room = candidates.first().and_then(|id| self.room(id));
        let severity = match sense {
            Sense::Complaint(Complaint { severity: Some(severity), .. }) => *severity,
            _ => room.map_or(Severity::Error, |room| room.severity),
        };
        Some(Recognised {
            sense,

            voice,
            severity,
            side: room.map_or_else(|| voice.side(), |room| room.side),
            places: Places::of(&line.text),
            time: line.time,
            candidates,
        })
    }

    /// The diagnosis of this id.
    pub fn room(&self, id: &str) -> Option<&'static Diagnosis> {
        self.rooms.iter().copied().find(|room| room.id == id)
    }
}

impl Wording {
    fn holds(&self, text: &str, mut from: usize) -> bool {
        for part in &self.rest {
            match text.get(from..).and_then(|rest| rest.find(part)) {
                Some(at) => from += at + part.len(),
                None => return false,
            }
        }
        match self.sense {
            Sense::Complaint(Complaint { only: Some(only), .. }) => only(text),
            _ => true,
        }
    }
}

impl Sense {
    /// How it is meant.
    pub fn kind(self) -> Kind {
        match self {
            Self::Complaint(complaint) => complaint.kind,
            Self::Room(_) => Kind::Fault,
        }
    }

    /// Whether both are the same one.
    pub(super) fn is(self, other: Self) -> bool {
        match (self, other) {
            (Self::Complaint(one), Self::Complaint(other)) => std::ptr::eq(one, other),
            (Self::Room(one), Self::Room(other)) => one == other,
            _ => false,
        }
    }

    /// The test that decides.
    pub(super) fn decide(self) -> Decide {
        match self {
            Self::Complaint(complaint) => complaint.decide,
            Self::Room(_) => Decide::Check,
        }
    }

    /// What the words prove, and what they leave open.
    pub fn proves(self) -> (Phrase, Phrase) {
        match self {
            Self::Complaint(complaint) => (complaint.proves, complaint.open),
            Self::Room(_) => (OF_ROOM, OPEN),
        }
    }
}

static OF_ROOM: Phrase = Phrase {
    en: "The line holds words that this diagnosis leaves in logs.",
    ja: "この診断がログに残す文言が含まれています。",
    zh: "该行含有此诊断会留在日志中的文字。",
};
static OPEN: Phrase = Phrase {
    en: "It shows what happened then, not whether it still does.",
    ja: "その時点の出来事であり、今も続いているかはわかりません。",
    zh: "它说明的是当时发生的事，不能说明现在是否仍然如此。",
};

impl Recognised {
    /// Whether one diagnosis alone leaves these words.
    pub fn is_certain(&self) -> bool {
        self.candidates.len() == 1 && self.sense.kind() != Kind::Echo
    }

    /// The most likely diagnosis.
    pub fn id(&self) -> &'static str {
        self.candidates.first().copied().unwrap_or_default()
    }

    /// The command that tells the candidates apart.
    pub fn decide(&self) -> String {
        self.sense.decide().command(self.voice, &self.places)
    }

    /// What the line is about: who came, else what was dialled, else the file or name.
    pub fn subject(&self) -> &str {
        let places = &self.places;
        let dialled = if self.voice.is_dialled() { &None } else { &places.dialled };
        [&places.path, dialled, &places.remote, &places.dialled, &places.name, &places.user]
            .into_iter()
            .find_map(|one| one.as_deref())
            .unwrap_or_default()
    }
}
