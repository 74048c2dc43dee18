//! Finds where wordings begin in a text, whatever their capitals, by looking at every second group of four bytes.
//!
//! Of each beginning one window of five bytes is chosen. Wherever it stands, one of its two groups of four lies at an even distance
//! from where the search began, and that group is in a table. Only where the table has one the beginning is compared, so windows with
//! groups that ordinary lines hold are avoided.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
    ops::Range,
};

/// The shortest beginning that is found.
const WINDOW: usize = 5;
const GROUP: usize = 4;
/// Bits of the table, as a power of two: it fits into the fastest cache.
const SIZE: u32 = 17;
const WORDS: usize = 1 << (SIZE - u64::BITS.ilog2());
/// What letters of both cases have in common with this bit set.
const FOLD: u32 = 0x2020_2020;

/// What JSON writes in another way than plain text, so that no part may reach across it.
const ESCAPED: [char; 6] = ['"', '\\', '<', '>', '&', '\t'];

/// What the lines of a healthy server are full of.
const ORDINARY: &str = "{\"level\":\"info\",\"ts\":\"caller\":\"etcdserver/server.go: embed/etcd.go: rafthttp/stream.go: rafthttp/peer.go: raft/raft.go: \
    mvcc/kvstore.go: traceutil/trace.go: etcdmain/ membership/cluster.go: \"msg\":\"peer client server member remote-peer-id local-member-id \
    \"remote-addr\":\"127.0.0.1: \"address\":\"https://127.0.0.1: \"cert-file\",\"key-file\",\"trusted-ca-file\",\"client-cert-auth\" server.crt \
    server.key ca.crt advertise-client-urls initial-advertise-peer-urls listen-client-urls heartbeat-interval election-timeout request-timeout \
    snapshot compaction revision duration took started stopped connection established certificate elected leader at term configuration \
    received response range request key value store database size serving client requests endpoint cluster-id version applied index error failed unable \
    signal not found for and the is are was with has to from by name file secure open \
    started to port version listening ready closed status while matching verified tls transport";

/// The beginnings of all wordings, by the groups that tell of them.
pub(super) struct Sieve {
    groups: Box<[u64; WORDS]>,
    /// Of each group that is in the table the number of its bucket.
    buckets: Vec<u16>,
    suspects: Vec<Bucket>,
    heads: Vec<Head>,
}

struct Head {
    text: &'static str,
    /// What of it stands in JSON as it stands in plain text.
    part: Range<usize>,
}

/// Groups of the same hash, each with what it tells of.
type Bucket = Vec<(u32, Vec<Suspect>)>;

/// A beginning that a group tells of.
struct Suspect {
    head: usize,
    /// Where in the beginning the group stands.
    at: usize,
}

impl Sieve {
    /// One for these beginnings. One without [`WINDOW`] bytes in a row that JSON leaves alone is never found.
    pub(super) fn new(texts: impl Iterator<Item = &'static str>) -> Self {
        let heads: Vec<Head> = texts.map(|text| Head { text, part: longest_part(text) }).collect();
        let windows = windows(&heads);
        let mut sieve = Self {
            groups: Box::new([0; WORDS]),
            buckets: vec![0; 1 << SIZE],
            suspects: Vec::new(),
            heads,
        };
        for (head, at) in windows {
            sieve.suspect(Suspect { head, at });
            sieve.suspect(Suspect { head, at: at + 1 });
        }
        sieve
    }

    /// The first place where a beginning stands, as far as JSON leaves it alone.
    pub(super) fn find(&self, text: &[u8]) -> Option<usize> {
        self.suspects(text).find_map(|(at, suspect)| {
            let Head { text: head, part } = &self.heads[suspect.head];
            let start = (at + part.start).checked_sub(suspect.at)?;
            let stands = text.get(start..)?.get(..part.len())?;
            stands.eq_ignore_ascii_case(&head.as_bytes()[part.clone()]).then_some(start)
        })
    }

    /// All beginnings in a text, each by its number and where it ends.
    pub(super) fn all<'t>(&'t self, text: &'t [u8]) -> impl Iterator<Item = (usize, usize)> + 't {
        self.suspects(text).filter_map(|(at, suspect)| {
            let head = self.heads[suspect.head].text.as_bytes();
            let start = at.checked_sub(suspect.at)?;
            let stands = text.get(start..)?.get(..head.len())?;
            stands.eq_ignore_ascii_case(head).then_some((suspect.head, start + head.len()))
        })
    }

    /// The places of a text whose group tells of a beginning, with what it tells of.
    fn suspects<'t>(&'t self, text: &'t [u8]) -> impl Iterator<Item = (usize, &'t Suspect)> + 't {
        let mut from = 0;
        let groups = std::iter::from_fn(move || {
            let (at, group) = self.known(text, from)?;
            from = at + 2;
            Some((at, group))
        });
        groups.flat_map(|(at, group)| {
            let bucket = &self.suspects[usize::from(self.buckets[hash(group)])];
            let told = bucket.iter().find(|(known, _)| *known == group);
            told.into_iter().flat_map(|(_, told)| told).map(move |suspect| (at, suspect))
        })
    }

    /// The next place, at even distances, whose group may be in the table.
    fn known(&self, text: &[u8], mut at: usize) -> Option<(usize, u32)> {
        // Three groups at once: to check the bounds for each takes as long as the look at the table.
        while let Some(&[a, b, c, d, e, f, g, h]) = text.get(at..).and_then(<[u8]>::first_chunk) {
            for (offset, group) in [(0, [a, b, c, d]), (2, [c, d, e, f]), (4, [e, f, g, h])] {
                if self.holds(fold(group)) {
                    return Some((at + offset, fold(group)));
                }
            }
            at += 6;
        }
        while let Some(group) = text.get(at..).and_then(<[u8]>::first_chunk) {
            if self.holds(fold(*group)) {
                return Some((at, fold(*group)));
            }
            at += 2;
        }
        None
    }

    #[inline]
    fn holds(&self, group: u32) -> bool {
        let hash = hash(group);
        self.groups[hash >> 6] & 1 << (hash & 63) != 0
    }

    fn suspect(&mut self, suspect: Suspect) {
        let head = self.heads[suspect.head].text.as_bytes();
        let Some(group) = head[suspect.at..].first_chunk() else { return };
        let group = fold(*group);
        let hash = hash(group);
        let (word, bit) = (&mut self.groups[hash >> 6], 1 << (hash & 63));
        if *word & bit == 0 {
            *word |= bit;
            self.buckets[hash] = u16::try_from(self.suspects.len()).unwrap_or(u16::MAX);
            self.suspects.push(Bucket::new());
        }
        let bucket = &mut self.suspects[usize::from(self.buckets[hash])];
        match bucket.iter_mut().find(|(known, _)| *known == group) {
            Some((_, told)) => told.push(suspect),
            None => bucket.push((group, vec![suspect])),
        }
    }
}

/// Of each beginning the window that ordinary lines hold least, and that most beginnings share.
fn windows(heads: &[Head]) -> Vec<(usize, usize)> {
    let folded: Vec<String> = heads.iter().map(|head| head.text.to_ascii_lowercase()).collect();
    let mut shared: HashMap<&[u8], usize> = HashMap::new();
    for window in folded.iter().flat_map(|head| head.as_bytes().windows(WINDOW)) {
        *shared.entry(window).or_default() += 1;
    }
    let ordinary = ORDINARY.to_ascii_lowercase();
    let ordinary: HashSet<&[u8]> = ordinary.as_bytes().windows(GROUP).collect();
    let choose = |(number, head): (usize, &Head)| {
        let places = head.part.start..(head.part.end + 1).saturating_sub(WINDOW);
        let rank = |at: &usize| {
            let window = &folded[number].as_bytes()[*at..*at + WINDOW];
            let common = window.windows(GROUP).filter(|group| ordinary.contains(group)).count();
            (Reverse(common), shared[window])
        };
        Some((number, places.max_by_key(rank)?))
    };
    heads.iter().enumerate().filter_map(choose).collect()
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

/// A group without regard to capitals.
#[inline]
fn fold(group: [u8; GROUP]) -> u32 {
    u32::from_le_bytes(group) | FOLD
}

/// Fibonacci hashing: the upper bits of the product are the mixed ones.
#[inline]
fn hash(group: u32) -> usize {
    (group.wrapping_mul(0x9e37_79b1) >> (u32::BITS - SIZE)) as usize
}
