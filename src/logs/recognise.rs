//! Which complaint a line holds: all wordings are searched at once, and the most telling one wins.

use std::borrow::Cow;

use memchr::memmem;

use super::{
    aside,
    complaint::{Complaint, Kind},
    complaints,
    line::Line,
    places,
    recognised::{Meaning, Recognised},
    search::Search,
    unseen,
    voice::Voice,
};
use crate::diagnoses::engine::{Diagnosis, Severity};

/// All wordings, to be searched for at once.
pub struct Recogniser {
    search: Search,
    wordings: Vec<Wording>,
    rooms: Vec<&'static Diagnosis>,
}

struct Wording {
    /// What is searched for.
    head: &'static str,
    /// What has to follow, in small letters.
    rest: Vec<String>,
    complaint: &'static Complaint,
}

/// What stands for anything between two parts of a wording.
const GAP: char = '…';

impl Recogniser {
    /// One over the table of complaints; what it recognises is as bad as these diagnoses are.
    pub fn new(rooms: &[&'static Diagnosis]) -> Self {
        let (echoes, telling): (Vec<&'static Complaint>, Vec<_>) = complaints::ALL
            .iter()
            .flat_map(|group| group.iter())
            .partition(|complaint| complaint.kind == Kind::Echo);
        let wordings: Vec<Wording> = telling
            .into_iter()
            .chain(echoes)
            .flat_map(|complaint| {
                complaint.said.iter().map(move |said| Wording::new(said, complaint))
            })
            .collect();
        let search = Search::new(wordings.iter().map(|wording| wording.head));
        Self { search, wordings, rooms: rooms.to_vec() }
    }

    /// The first place of a log where a wording may begin; a line without any says nothing here.
    pub(super) fn find(&self, log: &[u8]) -> Option<usize> {
        self.search.find(log)
    }

    /// What a line says, if it says anything of TLS or etcd's connections.
    pub fn read<'l>(&self, raw: Cow<'l, str>) -> Option<Recognised<'l>> {
        let line = Line::read(&raw);
        let told = self.most_telling(&line.text).filter(|_| !aside::is_aside(&line.text));
        let rank = told?;
        let meaning = self.meaning(&line, self.wordings[rank].complaint, rank);
        Some(Recognised::new(meaning, raw))
    }

    /// The same line, meant as another complaint.
    pub(super) fn read_as<'l>(
        &self,
        line: Recognised<'l>,
        complaint: &'static Complaint,
    ) -> Recognised<'l> {
        let meaning = self.meaning(&Line::read(line.raw()), complaint, line.meaning.rank);
        Recognised::new(meaning, line.raw)
    }

    fn meaning(&self, line: &Line<'_>, complaint: &'static Complaint, rank: usize) -> Meaning {
        let voice = Voice::of(line);
        let candidates = complaint.candidates(voice);
        let room = candidates.first().and_then(|id| self.room(id));
        let usual = room.map_or(Severity::Error, |room| room.severity);
        let severity = complaint.severity.unwrap_or(usual);
        let side = room.map_or_else(|| voice.side(), |room| room.side);
        let remote = places::remote_key(&line.text);
        let timed = line.time.is_some();
        Meaning { complaint, voice, candidates, severity, side, rank, timed, remote }
    }

    fn most_telling(&self, text: &str) -> Option<usize> {
        let mut folded = None;
        let mut best: Option<usize> = None;
        for (rank, end) in self.search.all(text.as_bytes()) {
            if best.is_none_or(|best| rank < best) {
                let folded = folded.get_or_insert_with(|| text.to_ascii_lowercase());
                if self.wordings[rank].holds(text, folded, end) {
                    best = Some(rank);
                }
            }
        }
        best
    }

    /// The diagnosis of this id.
    pub fn room(&self, id: &str) -> Option<&'static Diagnosis> {
        self.rooms.iter().chain(unseen::ALL).copied().find(|room| room.id == id)
    }
}

impl Wording {
    fn new(said: &'static str, complaint: &'static Complaint) -> Self {
        let mut parts = said.split(GAP);
        let head = parts.next().unwrap_or_default();
        Self { head, rest: parts.map(str::to_ascii_lowercase).collect(), complaint }
    }

    /// Whether what follows its beginning is there as well.
    fn holds(&self, text: &str, folded: &str, mut from: usize) -> bool {
        for part in &self.rest {
            match memmem::find(&folded.as_bytes()[from..], part.as_bytes()) {
                Some(at) => from += at + part.len(),
                None => return false,
            }
        }
        self.complaint.only.is_none_or(|only| only(text))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{Recogniser, complaints};

    #[test]
    fn every_wording_is_found_at_every_place_whatever_its_capitals() {
        let recogniser = Recogniser::new(&[]);
        for (number, wording) in recogniser.wordings.iter().enumerate() {
            let head = wording.head;
            for before in ["", "\u{1}", "\u{1}\u{2}", "\u{1}\u{2}\u{3}"] {
                let line = format!("{before}{head}");
                for line in [line.to_ascii_uppercase(), line] {
                    let mut beginnings = recogniser.search.all(line.as_bytes());
                    assert!(beginnings.any(|found| found == (number, line.len())), "{line:?}");
                    let json = serde_json::to_string(&line).unwrap();
                    assert!(recogniser.find(json.as_bytes()).is_some(), "{json}");
                }
            }
        }
    }

    #[test]
    fn no_complaint_has_a_wording_in_two_capitals() {
        for complaint in complaints::ALL.iter().flat_map(|group| group.iter()) {
            let mut seen = HashSet::new();
            for said in complaint.said {
                assert!(seen.insert(said.to_ascii_lowercase()), "{said:?}");
            }
        }
    }

    #[test]
    fn most_of_an_ordinary_log_is_passed_over() {
        let logs = [
            include_str!("../../fixtures/logs/healthy-3.4.23.log"),
            include_str!("../../fixtures/logs/healthy-3.5.16.log"),
            include_str!("../../fixtures/logs/healthy-3.6.16.log"),
        ];
        let recogniser = Recogniser::new(&[]);
        let lines = || logs.iter().flat_map(|log| log.lines());
        let kept = lines().filter(|line| recogniser.find(line.as_bytes()).is_some()).count();
        assert!(3 * kept < lines().count(), "{kept} of {}", lines().count());
    }
}
