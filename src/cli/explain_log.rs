//! `explain --log`, and words that somebody pasted: what the lines of a log mean, told together.

use std::{
    io::{self, BufWriter, Write},
    path::Path,
};

use super::{Done, exit::Exit};
use crate::{
    diagnoses,
    logs::{Blocks, Input, Recogniser, Step, Stories, Together},
    report::{Style, logs},
    workflow::{self, Log},
};

/// Explains a file, or standard input for `-`. What comes together from standard input or a pipe is told before more has to come.
pub(super) fn run(path: &Path, json: bool, style: &Style) -> Done<Exit> {
    let recogniser = Recogniser::new(&diagnoses::all());
    let out = BufWriter::new(io::stdout().lock());
    let Log { reader, is_live } = workflow::open_log(path)?;
    let mut shown = Shown::new(out, &recogniser, json, style);
    shown.live = is_live;
    let mut blocks = Blocks::new(Input::new(reader), &recogniser);
    loop {
        match blocks.step().map_err(|error| workflow::unreadable_log(path, &error))? {
            Step::Line(number, line) => shown.line(number, line)?,
            Step::Waiting => shown.tell()?,
            Step::End => break,
        }
    }
    let exit = shown.end()?;
    if exit == Exit::Problem && !json {
        logs::nothing(&mut io::stderr().lock(), &Style { colour: false, ..*style })?;
    }
    Ok(exit)
}

/// Explains lines that were pasted as a word; nothing is written if none of them is understood.
pub(super) fn pasted(out: impl Write, words: &str, json: bool, style: &Style) -> io::Result<Exit> {
    let recogniser = Recogniser::new(&diagnoses::all());
    let mut shown = Shown::new(out, &recogniser, json, style);
    for (number, line) in (1..).zip(words.lines()) {
        shown.line(number, line.as_bytes())?;
    }
    shown.end()
}

/// What was shown so far, and how.
struct Shown<'t, W: Write> {
    out: W,
    together: Together<'t>,
    stories: Stories,
    recogniser: &'t Recogniser,
    json: bool,
    live: bool,
    style: &'t Style,
}

impl<'t, W: Write> Shown<'t, W> {
    fn new(out: W, recogniser: &'t Recogniser, json: bool, style: &'t Style) -> Self {
        let together = Together::new(recogniser);
        Self { out, together, stories: Stories::default(), recogniser, json, live: false, style }
    }

    fn line(&mut self, number: u64, raw: &[u8]) -> io::Result<()> {
        let Some(line) = self.recogniser.read(String::from_utf8_lossy(raw)) else { return Ok(()) };
        if self.together.add(number, line) { self.tell() } else { Ok(()) }
    }

    /// Tells what has come together.
    fn tell(&mut self) -> io::Result<()> {
        for (number, line) in self.together.settle() {
            if self.json {
                logs::line(&mut self.out, number, &line, self.recogniser, self.style.lang)?;
            }
            let begun = self.stories.add(number, line);
            if begun
                && self.live
                && !self.json
                && let Some(story) = self.stories.iter().last()
            {
                logs::paragraph(&mut self.out, story, self.recogniser, false, self.style)?;
            }
        }
        self.out.flush()
    }

    fn end(mut self) -> io::Result<Exit> {
        self.tell()?;
        self.stories.sort();
        let is_known = self.stories.iter().next().is_some();
        if self.json {
            for story in self.stories.iter().filter(|story| story.lines > 1) {
                logs::story(&mut self.out, story)?;
            }
        } else if self.live && is_known {
            logs::summary(&mut self.out, self.stories.iter(), self.style)?;
        } else {
            for story in self.stories.iter() {
                logs::paragraph(&mut self.out, story, self.recogniser, true, self.style)?;
            }
        }
        self.out.flush()?;
        Ok(if is_known { Exit::Fine } else { Exit::Problem })
    }
}
