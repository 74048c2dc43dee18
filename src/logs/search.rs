//! Finds where wordings begin in a text, whatever their capitals: all of them at once, with an automaton.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, Input};

/// What JSON writes in another way than plain text, so that no part may reach across it.
const ESCAPED: [char; 6] = ['"', '\\', '<', '>', '&', '\t'];

/// How many bytes of a beginning the automaton knows. More would make it larger and slower; the rest is compared where these stand.
const KNOWN: usize = 16;

/// The beginnings of all wordings.
pub(super) struct Search {
    automaton: AhoCorasick,
    heads: Vec<Head>,
}

struct Head {
    text: &'static str,
    /// What of it stands in JSON as it stands in plain text.
    part: Range<usize>,
}

impl Search {
    /// One for these beginnings.
    pub(super) fn new(texts: impl Iterator<Item = &'static str>) -> Self {
        let heads: Vec<Head> = texts.map(|text| Head { text, part: longest_part(text) }).collect();
        let known = |head: &Head| {
            let part = &head.text.as_bytes()[head.part.clone()];
            &part[..part.len().min(KNOWN)]
        };
        // By itself the crate would take the smaller automaton for so many texts, which needs twice the time.
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::DFA))
            .build(heads.iter().map(known))
            .unwrap_or_else(|error| unreachable!("some thousand short texts fit: {error}"));
        Self { automaton, heads }
    }

    /// The first place where a beginning stands, as far as JSON leaves it alone.
    pub(super) fn find(&self, text: &[u8]) -> Option<usize> {
        let places = self.automaton.find_overlapping_iter(Input::new(text));
        let mut starts = places.filter_map(|place| {
            let Head { text: head, part } = &self.heads[place.pattern().as_usize()];
            stands_at(&head.as_bytes()[part.clone()], text, place.start()).then_some(place.start())
        });
        starts.next()
    }

    /// All beginnings in a text, each by its number and where it ends.
    pub(super) fn all<'t>(&'t self, text: &'t [u8]) -> impl Iterator<Item = (usize, usize)> + 't {
        self.automaton.find_overlapping_iter(Input::new(text)).filter_map(|place| {
            let number = place.pattern().as_usize();
            let Head { text: head, part } = &self.heads[number];
            let start = place.start().checked_sub(part.start)?;
            stands_at(head.as_bytes(), text, start).then_some((number, start + head.len()))
        })
    }
}

fn stands_at(words: &[u8], text: &[u8], start: usize) -> bool {
    let there = text.get(start..start + words.len());
    there.is_some_and(|there| there.eq_ignore_ascii_case(words))
}

fn longest_part(text: &str) -> Range<usize> {
    let mut start = 0;
    let parts = text.split(ESCAPED).map(|part| {
        let range = start..start + part.len();
        start = range.end + 1;
        range
    });
    parts.max_by_key(ExactSizeIterator::len).unwrap_or_default()
}
