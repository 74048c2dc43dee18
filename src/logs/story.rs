//! Lines of one incident folded into one story: how many, from when to when, from which addresses.

use std::collections::BTreeSet;

use super::{complaint::Kind, recognise::Recognised, voice::Voice};

/// How many addresses are kept of one story.
const ADDRESSES: usize = 32;
/// How many lines may lie between a cause and what only follows from it.
const NEAR: u64 = 50;

/// Lines that say the same from the same side, with what only follows from them.
#[derive(Debug)]
pub struct Story {
    /// The first of them.
    pub first: Recognised,
    /// The number of the first line.
    pub line: u64,
    /// How many there are.
    pub lines: u64,
    /// The time of the last.
    pub to: Option<String>,
    /// Who came, without ports.
    pub remote_addresses: BTreeSet<String>,
    /// Whether more addresses came than are kept.
    pub more_addresses: bool,
    last: u64,
}

/// All stories of a log, in the order of their beginnings. At most one a complaint and speaker, so memory stays flat.
#[derive(Debug, Default)]
pub struct Stories(Vec<Story>);

impl Stories {
    /// Adds a line to the story that it belongs to; true when it begins one.
    pub fn add(&mut self, number: u64, line: Recognised) -> bool {
        let known = self.0.iter_mut().find(|story| story.is_of(&line));
        if let Some(story) = known {
            story.take(number, &line);
            return false;
        }
        if line.sense.kind() == Kind::Echo
            && let Some(cause) = self.cause_near(number)
        {
            cause.take(number, &line);
            return false;
        }
        self.0.push(Story::begin(number, line));
        true
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Story> {
        self.0.iter()
    }

    /// The last story that tells a reason, if its last line is near.
    fn cause_near(&mut self, number: u64) -> Option<&mut Story> {
        let telling = |story: &&mut Story| {
            !matches!(story.first.sense.kind(), Kind::Echo | Kind::Harmless)
                && story.first.voice == Voice::Client
                && number.saturating_sub(story.last) <= NEAR
        };
        self.0.iter_mut().filter(telling).max_by_key(|story| story.last)
    }
}

impl Story {
    fn begin(number: u64, first: Recognised) -> Self {
        let mut story = Self {
            line: number,
            lines: 0,
            to: None,
            remote_addresses: BTreeSet::new(),
            more_addresses: false,
            last: number,
            first,
        };
        let address = story.first.places.remote_host().map(str::to_owned);
        story.count(number, story.first.time.clone(), address);
        story
    }

    fn is_of(&self, line: &Recognised) -> bool {
        self.first.voice == line.voice && self.first.sense.is(line.sense)
    }

    fn take(&mut self, number: u64, line: &Recognised) {
        let address = line.places.remote_host().map(str::to_owned);
        self.count(number, line.time.clone(), address);
    }

    fn count(&mut self, number: u64, time: Option<String>, address: Option<String>) {
        self.lines += 1;
        self.last = number;
        self.to = time.or_else(|| self.to.take());
        let Some(address) = address else { return };
        if self.remote_addresses.len() < ADDRESSES {
            self.remote_addresses.insert(address);
        } else if !self.remote_addresses.contains(&address) {
            self.more_addresses = true;
        }
    }
}
