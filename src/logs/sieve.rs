//! Passes over what of a log holds no beginning of a wording, by looking at every second group of four bytes.
//!
//! Of each beginning one window of five bytes is chosen. Wherever it stands, one of its two groups of four lies at an even distance
//! from where the search began, and that group is in a table. Only where the table has one the window is compared, so windows with
//! groups that ordinary lines hold are avoided.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

const WINDOW: usize = 5;
const GROUP: usize = 4;
/// Bits of the table, as a power of two: it fits into the fastest cache.
const SIZE: u32 = 16;
const WORDS: usize = 1 << (SIZE - u64::BITS.ilog2());

/// What the lines of a healthy server are full of.
const ORDINARY: &str = "{\"level\":\"info\",\"ts\":\"caller\":\"etcdserver/server.go: embed/etcd.go: rafthttp/stream.go: rafthttp/peer.go: raft/raft.go: \
    mvcc/kvstore.go: traceutil/trace.go: etcdmain/ membership/cluster.go: \"msg\":\"peer client server member remote-peer-id local-member-id \
    \"remote-addr\":\"127.0.0.1: \"address\":\"https://127.0.0.1: \"cert-file\",\"key-file\",\"trusted-ca-file\",\"client-cert-auth\" server.crt \
    server.key ca.crt advertise-client-urls initial-advertise-peer-urls listen-client-urls heartbeat-interval election-timeout request-timeout \
    snapshot compaction revision duration took started stopped connection established certificate elected leader at term configuration \
    received response range request key value store database size serving client requests endpoint cluster-id version applied index";

/// A table of the groups that may begin a wording, and the windows that they are of.
pub(super) struct Sieve {
    groups: Box<[u64; WORDS]>,
    windows: HashSet<[u8; WINDOW]>,
    lets_all_through: bool,
}

impl Sieve {
    /// One for these beginnings. One shorter than a window lets everything through.
    pub(super) fn new<'h>(heads: impl Iterator<Item = &'h str> + Clone) -> Self {
        let mut shared: HashMap<&[u8], usize> = HashMap::new();
        for window in heads.clone().flat_map(|head| head.as_bytes().windows(WINDOW)) {
            *shared.entry(window).or_default() += 1;
        }
        let ordinary: HashSet<&[u8]> = ORDINARY.as_bytes().windows(GROUP).collect();
        let rank = |window: &&[u8; WINDOW]| {
            let common = window.windows(GROUP).filter(|group| ordinary.contains(group)).count();
            (Reverse(common), shared[&window[..]])
        };
        let mut sieve =
            Self { groups: Box::new([0; WORDS]), windows: HashSet::new(), lets_all_through: false };
        for head in heads {
            let windows = head.as_bytes().windows(WINDOW);
            let windows = windows.filter_map(|window| window.try_into().ok());
            match windows.max_by_key(rank) {
                Some(window) => sieve.keep(*window),
                None => sieve.lets_all_through = true,
            }
        }
        sieve
    }

    /// The first place in whose line a wording may begin.
    pub(super) fn find(&self, text: &[u8]) -> Option<usize> {
        if self.lets_all_through {
            return (!text.is_empty()).then_some(0);
        }
        let mut at = 0;
        while let Some(group) = text.get(at..).and_then(<[u8]>::first_chunk) {
            let near = || self.is_window(text, at) || at > 0 && self.is_window(text, at - 1);
            if self.holds(*group) && near() {
                return Some(at);
            }
            at += 2;
        }
        None
    }

    fn is_window(&self, text: &[u8], at: usize) -> bool {
        text[at..].first_chunk().is_some_and(|window| self.windows.contains(window))
    }

    fn keep(&mut self, window: [u8; WINDOW]) {
        let [first, group @ ..] = window;
        let [one, two, three, _] = group;
        for group in [[first, one, two, three], group] {
            let (word, bit) = place(group);
            self.groups[word] |= bit;
        }
        self.windows.insert(window);
    }

    #[inline]
    fn holds(&self, group: [u8; GROUP]) -> bool {
        let (word, bit) = place(group);
        self.groups[word] & bit != 0
    }
}

/// Fibonacci hashing: the upper bits of the product are the mixed ones.
#[inline]
fn place(group: [u8; GROUP]) -> (usize, u64) {
    let hash = u32::from_le_bytes(group).wrapping_mul(0x9e37_79b1) >> (u32::BITS - SIZE);
    ((hash >> 6) as usize, 1 << (hash & 63))
}

#[cfg(test)]
mod tests {
    use super::Sieve;
    use crate::logs::Recogniser;

    #[test]
    fn every_beginning_is_found_at_every_place() {
        let recogniser = Recogniser::new(&[]);
        let sieve = Sieve::new(recogniser.heads());
        for head in recogniser.heads() {
            for before in 0..4 {
                let line = format!("{}{head}", &"\u{1}\u{2}\u{3}"[..before.min(3)]);
                assert!(sieve.find(line.as_bytes()).is_some(), "{head:?} at {before}");
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
        let sieve = Sieve::new(Recogniser::new(&[]).heads());
        let lines = || logs.iter().flat_map(|log| log.lines());
        let kept = lines().filter(|line| sieve.find(line.as_bytes()).is_some()).count();
        assert!(3 * kept < lines().count(), "{kept} of {}", lines().count());
    }
}
