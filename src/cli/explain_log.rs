//! `explain --log`: what the lines of a log mean, told as they come.

use std::{
    fs::File,
    io::{self, BufWriter, Read, Write},
    path::Path,
};

use super::{Done, exit::Exit};
use crate::{
    diagnoses,
    logs::{Blocks, Context, Input, Recogniser, Step, Stories},
    report::{Style, logs},
};

/// A log that can't be read.
#[derive(Debug, thiserror::Error)]
#[error("--log {path}")]
struct Unreadable {
    path: String,
    source: io::Error,
}

/// Explains a file, or standard input for `-`. Lines of standard input and of a pipe are told as they come.
pub(super) fn run(path: &Path, json: bool, style: &Style) -> Done<Exit> {
    let recogniser = Recogniser::new(&diagnoses::all());
    let out = BufWriter::new(io::stdout().lock());
    let (input, live): (Box<dyn Read>, bool) = if path.as_os_str() == "-" {
        (Box::new(io::stdin().lock()), true)
    } else {
        let (file, live) = open(path)?;
        (Box::new(file), live)
    };
    let mut telling = Telling {
        out,
        context: Context::default(),
        stories: Stories::default(),
        recogniser: &recogniser,
        json,
        live,
        style,
    };
    let mut blocks = Blocks::new(Input::new(input), &recogniser);
    let unreadable = |source| Unreadable { path: path.display().to_string(), source };
    loop {
        match blocks.step().map_err(unreadable)? {
            Step::Line(number, line) => telling.line(number, line)?,
            Step::Waiting => telling.out.flush()?,
            Step::End => break,
        }
    }
    telling.end()
}

/// A log, and whether more of it can come while it is read.
fn open(path: &Path) -> Result<(File, bool), Unreadable> {
    let opened = File::open(path).and_then(|file| {
        let about = file.metadata()?;
        if about.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        Ok((file, !about.is_file()))
    });
    opened.map_err(|source| Unreadable { path: path.display().to_string(), source })
}

/// What was told so far, and how.
struct Telling<'t, W: Write> {
    out: W,
    context: Context,
    stories: Stories,
    recogniser: &'t Recogniser,
    json: bool,
    live: bool,
    style: &'t Style,
}

impl<W: Write> Telling<'_, W> {
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
        let told = self.stories.iter().next().is_some();
        if self.json {
            for story in self.stories.iter().filter(|story| story.lines > 1) {
                logs::story(&mut self.out, story)?;
            }
        } else if !told {
            logs::nothing(&mut io::stderr().lock(), &Style { colour: false, ..*self.style })?;
        } else if self.live {
            logs::summary(&mut self.out, self.stories.iter(), self.style)?;
        } else {
            for story in self.stories.iter() {
                logs::paragraph(&mut self.out, story, self.recogniser, true, self.style)?;
            }
        }
        self.out.flush()?;
        Ok(if told { Exit::Fine } else { Exit::Problem })
    }
}
