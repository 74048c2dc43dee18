//! Reads a log in blocks of constant size and finds the few lines worth a closer look, with their numbers.
//!
//! Most lines of a log say nothing of TLS. They are passed over without being cut apart: whole blocks are searched for the beginnings of
//! all wordings, and only the lines around these are looked at.

use std::{
    io::{self, Read},
    ops::Range,
};

use memchr::{memchr, memchr_iter, memrchr};

use super::recognise::Recogniser;

/// What is looked at of one line; the rest of a longer one is passed over.
pub const LONGEST: usize = 64 * 1024;
const BLOCK: usize = 512 * 1024;

/// A reader of the lines that hold the beginning of a wording.
pub struct Blocks<'r, R> {
    input: R,
    recogniser: &'r Recogniser,
    buffer: Vec<u8>,
    /// What of the buffer holds whole lines that are not looked at yet.
    whole: Range<usize>,
    /// How far the buffer is filled.
    filled: usize,
    /// The number of the line that begins at `whole.start`.
    number: u64,
    /// The beginning of this line was looked at already; its rest is passed over.
    cut: bool,
    /// The whole buffer is one unfinished line.
    long: bool,
    ended: bool,
}

/// One step of reading.
#[derive(Debug, PartialEq, Eq)]
pub enum Step<'b> {
    /// A line that is worth a closer look, with its number from 1.
    Line(u64, &'b [u8]),
    /// All that came so far is looked at, and for a while nothing more has come.
    Waiting,
    /// Nothing more comes.
    End,
}

impl<'r, R: Read> Blocks<'r, R> {
    /// A reader over a log, for the wordings of a recogniser.
    pub fn new(input: R, recogniser: &'r Recogniser) -> Self {
        Self {
            input,
            recogniser,
            buffer: vec![0; BLOCK],
            whole: 0..0,
            filled: 0,
            number: 1,
            cut: false,
            long: false,
            ended: false,
        }
    }

    /// The next line worth a closer look, or a pause if the input says `WouldBlock`.
    pub fn step(&mut self) -> io::Result<Step<'_>> {
        loop {
            if let Some((number, line)) = self.next_in_buffer() {
                return Ok(Step::Line(number, &self.buffer[line]));
            }
            if self.ended {
                return Ok(Step::End);
            }
            match self.fill() {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    return Ok(Step::Waiting);
                }
                other => other?,
            }
        }
    }

    /// The next line in what is whole that holds the beginning of a wording.
    fn next_in_buffer(&mut self) -> Option<(u64, Range<usize>)> {
        if self.cut {
            self.pass_rest();
        }
        let Some(found) = self.recogniser.find(&self.buffer[self.whole.clone()]) else {
            self.pass(self.whole.end);
            return None;
        };
        let (from, at) = (self.whole.start, self.whole.start + found);
        let start = memrchr(b'\n', &self.buffer[from..at]).map_or(from, |end| from + end + 1);
        let rest = &self.buffer[at..self.whole.end];
        let end = memchr(b'\n', rest).map_or(self.whole.end, |end| at + end);
        self.pass(start);
        let number = self.number;
        self.pass((end + 1).min(self.whole.end));
        Some((number, start..end.min(start + LONGEST)))
    }

    /// Goes on to a place in the buffer and counts the lines passed.
    fn pass(&mut self, to: usize) {
        self.number += memchr_iter(b'\n', &self.buffer[self.whole.start..to]).count() as u64;
        self.whole.start = to;
    }

    /// The rest of a line that was longer than the buffer.
    fn pass_rest(&mut self) {
        let end = memchr(b'\n', &self.buffer[self.whole.clone()]);
        let to = end.map_or(self.whole.end, |end| self.whole.start + end + 1);
        self.cut = end.is_none();
        self.pass(to);
    }

    /// Reads on; what is left of an unfinished line goes to the front.
    fn fill(&mut self) -> io::Result<()> {
        self.cut |= std::mem::take(&mut self.long);
        self.buffer.copy_within(self.whole.end..self.filled, 0);
        self.filled -= self.whole.end;
        self.whole = 0..0;
        let got = loop {
            match self.input.read(&mut self.buffer[self.filled..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        self.ended = got == 0;
        let fresh = self.filled..self.filled + got;
        self.filled = fresh.end;
        let last = memrchr(b'\n', &self.buffer[fresh.clone()]).map(|end| fresh.start + end + 1);
        self.whole.end = match last {
            Some(end) => end,
            // A line without an end is looked at when no more comes, or when there is no room for more.
            None if self.ended => self.filled,
            None if self.filled == self.buffer.len() => {
                self.long = true;
                self.filled
            }
            None => 0,
        };
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::{BLOCK, Blocks, LONGEST, Step};
    use crate::logs::Recogniser;

    /// Gives at most so many bytes a read, as a pipe does.
    struct Dripping<'d>(&'d [u8], usize);

    impl Read for Dripping<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let size = self.1.min(self.0.len()).min(buffer.len());
            buffer[..size].copy_from_slice(&self.0[..size]);
            self.0 = &self.0[size..];
            Ok(size)
        }
    }

    fn lines(log: &[u8], at_once: usize) -> Vec<(u64, usize)> {
        let recogniser = Recogniser::new(&[]);
        let mut blocks = Blocks::new(Dripping(log, at_once), &recogniser);
        let mut found = Vec::new();
        loop {
            match blocks.step().unwrap() {
                Step::Line(number, line) => found.push((number, line.len())),
                Step::Waiting => {}
                Step::End => return found,
            }
        }
    }

    #[test]
    fn lines_are_found_with_their_numbers_whatever_the_reads() {
        let log = b"a\nb x509: malformed x509: malformed\n\nc\nrejected connection\nno end: connection refused";
        for at_once in [1, 2, 7, 1000] {
            assert_eq!(lines(log, at_once), [(2, 33), (5, 19), (6, 26)], "{at_once} bytes a read");
        }
    }

    #[test]
    fn the_rest_of_a_long_line_is_passed_over() {
        let mut log = vec![b'x'; 3 * BLOCK];
        log[..19].copy_from_slice(b"rejected connection");
        log[2 * BLOCK..2 * BLOCK + 19].copy_from_slice(b"rejected connection");
        log.extend_from_slice(b"\nrejected connection\n");
        assert_eq!(lines(&log, BLOCK), [(1, LONGEST), (2, 19)]);
    }
}
