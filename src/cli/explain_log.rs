//! `explain --log`: what the lines of a log mean, told as they come.

use std::{
    io::{self, BufWriter, Write},
    path::Path,
};

use super::{Done, exit::Exit};
use crate::{
    diagnoses,
    logs::{Blocks, Context, Input, Recogniser, Step, Stories},
    report::{Style, logs},
    workflow::{self, Log},
};

/// Explains a file, or standard input for `-`. Lines of standard input and of a pipe are told as they come.
pub(super) fn run(path: &Path, json: bool, style: &Style) -> Done<Exit> {
    let recogniser = Recogniser::new(&diagnoses::all());
    let out = BufWriter::new(io::stdout().lock());
    let Log { reader, is_live } = workflow::open_log(path)?;
    let mut shown = Shown {
        out,
        context: Context::default(),
        stories: Stories::default(),
        recogniser: &recogniser,
        json,
        live: is_live,
        style,
    };
    let mut blocks = Blocks::new(Input::new(reader), &recogniser);
    loop {
        match blocks.step().map_err(|error| workflow::unreadable_log(path, &error))? {
            Step::Line(number, line) => shown.line(number, line)?,
            Step::Waiting => shown.out.flush()?,
            Step::End => break,
        }
    }
    shown.end()
}

/// What was shown so far, and how.
struct Shown<'t, W: Write> {
    out: W,
    context: Context,
    stories: Stories,
    recogniser: &'t Recogniser,
    json: bool,
    live: bool,
    style: &'t Style,
}

impl<W: Write> Shown<'_, W> {
    fn line(&mut self, number: u64, raw: &[u8]) -> io::Result<()> {
        let raw = String::from_utf8_lossy(raw);
        let line = self.recogniser.read(raw).and_then(|line| self.context.place(number, line));
        let Some(line) = line else { return Ok(()) };
        if self.json {
            logs::line(&mut self.out, number, &line, self.recogniser, self.style.lang)?;
        }
        let begun = self.stories.add(number, line);
        match self.stories.iter().last() {
            Some(story) if begun && self.live && !self.json => {
                logs::paragraph(&mut self.out, story, self.recogniser, false, self.style)
            }
            _ => Ok(()),
        }
    }

    fn end(mut self) -> Done<Exit> {
        let is_known = self.stories.iter().next().is_some();
        if self.json {
            for story in self.stories.iter().filter(|story| story.lines > 1) {
                logs::story(&mut self.out, story)?;
            }
        } else if !is_known {
            logs::nothing(&mut io::stderr().lock(), &Style { colour: false, ..*self.style })?;
        } else if self.live {
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
