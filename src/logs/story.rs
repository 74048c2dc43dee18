//! Lines of one incident folded into one story: how many, from when to when, from which addresses.

use std::collections::BTreeSet;

use super::{complaint::Kind, line::Line, places, recognised::Recognised, voice::Voice};

/// How many addresses are kept of one story.
const ADDRESSES: usize = 32;
/// How many lines may lie between a cause and what only follows from it.
const NEAR: u64 = 50;

/// Lines that say the same from the same side, with what only follows from them.
#[derive(Debug)]
pub struct Story {
    /// The first of them.
    pub first: Recognised<'static>,
    /// The number of the first line.
    pub line: u64,
    /// How many there are.
    pub lines: u64,
    /// Who came, without ports.
    pub remote_addresses: BTreeSet<String>,
    /// Whether more addresses came than are kept.
    pub more_addresses: bool,
    last: u64,
    /// The last line that says when it was written.
    last_timed: String,
}

/// All stories of a log, in the order of their beginnings. At most one a complaint and speaker, so memory stays flat.
#[derive(Debug, Default)]
pub struct Stories(Vec<Story>);

impl Stories {
    /// Adds a line to the story that it belongs to; true when it begins one.
    pub fn add(&mut self, number: u64, line: Recognised<'_>) -> bool {
        let known = self.0.iter_mut().find(|story| story.is_of(&line));
        if let Some(story) = known {
            story.take(number, &line);
            return false;
        }
        if line.meaning.complaint.kind == Kind::Echo
            && let Some(cause) = self.cause_near(number)
        {
            cause.take(number, &line);
            return false;
        }
        self.0.push(Story::begin(number, line));
        true
    }

    /// Puts the strongest proof first.
    pub fn sort(&mut self) {
        self.0.sort_by_key(|story| (story.first.meaning.weakness(), story.line));
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Story> {
        self.0.iter()
    }

    /// The last story that tells a reason, if its last line is near.
    fn cause_near(&mut self, number: u64) -> Option<&mut Story> {
        let telling = |story: &&mut Story| {
            !matches!(story.first.meaning.complaint.kind, Kind::Echo | Kind::Harmless)
                && story.first.meaning.voice == Voice::Client
                && number.saturating_sub(story.last) <= NEAR
        };
        self.0.iter_mut().filter(telling).max_by_key(|story| story.last)
    }
}

impl Story {
    fn begin(number: u64, first: Recognised<'_>) -> Self {
        let mut story = Self {
            line: number,
            lines: 0,
            remote_addresses: BTreeSet::new(),
            more_addresses: false,
            last: number,
            last_timed: String::new(),
            first: first.kept(),
        };
        story.take(number, &story.first.clone());
        story
    }

    /// The time of the last line.
    pub fn to(&self) -> Option<String> {
        Line::read(&self.last_timed).time
    }

    fn is_of(&self, line: &Recognised<'_>) -> bool {
        let first = &self.first.meaning;
        first.voice == line.meaning.voice && first.complaint == line.meaning.complaint
    }

    fn take(&mut self, number: u64, line: &Recognised<'_>) {
        self.lines += 1;
        self.last = number;
        if line.meaning.timed {
            self.last_timed.clear();
            self.last_timed.push_str(line.raw());
        }
        let remote = line.meaning.remote.and_then(|key| places::remote_behind(line.raw(), key));
        let Some(address) = remote.map(places::host) else { return };
        if self.remote_addresses.contains(address) {
            return;
        }
        if self.remote_addresses.len() < ADDRESSES {
            self.remote_addresses.insert(address.to_owned());
        } else {
            self.more_addresses = true;
        }
    }
}
