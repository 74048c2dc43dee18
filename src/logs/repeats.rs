//! Remembers what lines mean, so that one that repeats another in all but its numbers is understood at a glance.
//!
//! A failing client comes back every second: most lines of a bad night differ only in time and port.

use std::{borrow::Cow, collections::HashMap, rc::Rc};

use memchr::memmem::Finder;

use super::{
    recognise::Recogniser,
    recognised::{Meaning, Recognised},
};

/// How many shapes are remembered, and how long they may be, so that memory stays flat.
const SHAPES: usize = 4096;
const LONGEST: usize = 2048;

/// Runs of digits of this length are years, ports, fractions of seconds or ids. Wordings have shorter ones.
const LONG: usize = 4;
/// Words beside which even long numbers tell something: the address that only etcd's own gateway dials, and bytes of a reply.
const TELLING: [&str; 4] =
    ["0.0.0.0:", "ex dump for first", "SSL/TLS record: ", "oversized record"];
/// What joins the numbers of times and addresses.
const JOINTS: &[u8] = b".:-/T,";

/// A recogniser with a memory.
pub struct Repeats<'r> {
    recogniser: &'r Recogniser,
    known: HashMap<Box<[u8]>, Option<Rc<Meaning>>>,
    shape: Vec<u8>,
    telling: [Finder<'static>; TELLING.len()],
}

impl<'r> Repeats<'r> {
    /// One that remembers nothing yet.
    pub fn new(recogniser: &'r Recogniser) -> Self {
        let telling = TELLING.map(Finder::new);
        Self { recogniser, known: HashMap::new(), shape: Vec::new(), telling }
    }

    /// What a line says: the same as [`Recogniser::read`] would find.
    pub fn read<'l>(&mut self, raw: Cow<'l, str>) -> Option<Recognised<'l>> {
        if raw.len() > LONGEST || self.numbers_tell(&raw) {
            return self.recogniser.read(raw);
        }
        shape(raw.as_bytes(), &mut self.shape);
        if let Some(known) = self.known.get(&self.shape[..]) {
            return known.clone().map(|meaning| Recognised::new(meaning, raw));
        }
        let read = self.recogniser.read(raw);
        if self.known.len() == SHAPES {
            self.known.clear();
        }
        let meaning = read.as_ref().map(|line| line.meaning.clone());
        self.known.insert(self.shape.as_slice().into(), meaning);
        read
    }

    fn numbers_tell(&self, text: &str) -> bool {
        self.telling.iter().any(|words| words.find(text.as_bytes()).is_some())
    }
}

/// A line without the numbers that tell when and from where.
fn shape(line: &[u8], shape: &mut Vec<u8>) {
    shape.clear();
    let mut rest = line;
    let mut joined = false;
    while let Some(start) = rest.iter().position(u8::is_ascii_digit) {
        let (before, from) = rest.split_at(start);
        let length = from.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(from.len());
        let (digits, behind) = from.split_at(length);
        joined = joined && matches!(before, [joint] if JOINTS.contains(joint));
        let joins = matches!(behind, [joint, digit, ..] if JOINTS.contains(joint) && digit.is_ascii_digit());
        shape.extend_from_slice(before);
        if !(joined || joins || length >= LONG) {
            shape.extend_from_slice(digits);
        }
        joined = true;
        rest = behind;
    }
    shape.extend_from_slice(rest);
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::{Repeats, shape};
    use crate::logs::Recogniser;

    fn shape_of(line: &str) -> String {
        let mut told = Vec::new();
        shape(line.as_bytes(), &mut told);
        String::from_utf8(told).unwrap()
    }

    #[test]
    fn times_and_addresses_are_left_out() {
        let shapes = [
            r#"2026-11-22T02:39:55.123Z E1122 {"remote-addr":"10.0.0.5:47111"} alert number 42"#,
            r#"2026-11-23T12:00:05.1Z E1123 {"remote-addr":"10.1.22.3:1024"} alert number 42"#,
        ];
        assert_eq!(shapes.map(shape_of)[0], shape_of(shapes[1]));
        assert_ne!(shape_of("alert number 42"), shape_of("alert number 46"));
        assert_ne!(shape_of("num=20:unable"), shape_of("num=21:unable"));
    }

    #[test]
    fn no_two_wordings_have_one_shape() {
        let recogniser = Recogniser::new(&[]);
        let repeats = Repeats::new(&recogniser);
        let mut seen = HashMap::new();
        for said in recogniser.said().filter(|said| !repeats.numbers_tell(said)) {
            let other = seen.insert(shape_of(said), said).unwrap_or(said);
            assert_eq!(other.to_ascii_lowercase(), said.to_ascii_lowercase());
        }
    }

    #[test]
    fn a_repeat_means_what_the_first_meant() {
        let recogniser = Recogniser::new(&[]);
        let mut repeats = Repeats::new(&recogniser);
        let corpus = include_str!("../../fixtures/logs/lines.jsonl");
        for line in corpus.lines().chain(corpus.lines()) {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            let line = line["line"].as_str().unwrap();
            let remembered = repeats.read(line.into()).unwrap();
            let fresh = recogniser.read(line.into()).unwrap();
            assert_eq!(remembered.meaning, fresh.meaning, "{line}");
        }
    }
}
