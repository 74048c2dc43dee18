//! Lines of text for a terminal: roles instead of colours, wrapped by display width, escaped in one place.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style as Ansi};
use unicode_width::UnicodeWidthStr;

use super::{signs, wrap::wrap};
use crate::report::{Style, escape};

/// What a piece of text is for; the page knows how that looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum Role {
    /// Running text.
    Plain,
    /// Titles and headings.
    Bold,
    /// What matters less.
    Dim,
    /// What works.
    Good,
    /// What will not work for ever, or not for everyone.
    Warn,
    /// What is broken.
    Bad,
}

impl Role {
    fn ansi(self) -> Ansi {
        let colour = |colour: AnsiColor| colour.on_default().bold();
        match self {
            Self::Plain => Ansi::new(),
            Self::Bold => Ansi::new().bold(),
            Self::Dim => Ansi::new().dimmed(),
            Self::Good => colour(AnsiColor::Green),
            Self::Warn => colour(AnsiColor::Yellow),
            Self::Bad => colour(AnsiColor::Red),
        }
    }
}

/// A writer of lines.
pub(in crate::report) struct Page<'p, W> {
    out: &'p mut W,
    style: Style,
}

impl<'p, W: Write> Page<'p, W> {
    /// A page over a writer.
    pub(in crate::report) fn new(out: &'p mut W, style: &Style) -> Self {
        Self { out, style: Style { width: style.width.max(60), ..*style } }
    }

    /// How it looks; the width is at least 60.
    pub(in crate::report) fn style(&self) -> &Style {
        &self.style
    }

    /// One line of pieces as they are.
    pub(in crate::report) fn line(&mut self, pieces: &[(Role, &str)]) -> io::Result<()> {
        for (role, text) in pieces {
            let text = escape::text(text);
            let text = if self.style.ascii { signs::in_ascii(&text).into() } else { text };
            let ansi = role.ansi();
            if self.style.colour && *role != Role::Plain {
                write!(self.out, "{ansi}{text}{ansi:#}")?;
            } else {
                write!(self.out, "{text}")?;
            }
        }
        writeln!(self.out)
    }

    /// An empty line.
    pub(in crate::report) fn blank(&mut self) -> io::Result<()> {
        self.line(&[])
    }

    /// A heading after an empty line.
    pub(in crate::report) fn heading(&mut self, text: &str) -> io::Result<()> {
        self.blank()?;
        self.line(&[(Role::Bold, text)])
    }

    /// Text wrapped at the width, all lines indented.
    pub(in crate::report) fn paragraph(
        &mut self,
        indent: usize,
        role: Role,
        text: &str,
    ) -> io::Result<()> {
        self.hanging(&" ".repeat(indent), Role::Plain, role, text)
    }

    /// Text wrapped at the width; `lead` stands in front of its first line, and as much space before the others.
    pub(in crate::report) fn hanging(
        &mut self,
        lead: &str,
        lead_role: Role,
        role: Role,
        text: &str,
    ) -> io::Result<()> {
        let lead = escape::text(lead);
        let indent = lead.width();
        let space = " ".repeat(indent);
        let text = escape::text(text);
        for (index, part) in wrap(&text, self.style.width.saturating_sub(indent)).iter().enumerate()
        {
            if index == 0 {
                self.line(&[(lead_role, &lead), (role, part)])?;
            } else {
                self.line(&[(Role::Plain, &space), (role, part)])?;
            }
        }
        Ok(())
    }

    /// Labels and values side by side, values wrapped; below a label wider than `widest` its value has a line of its own. What is empty is
    /// left out.
    pub(in crate::report) fn fields(
        &mut self,
        rows: &[(impl AsRef<str>, impl AsRef<str>)],
        widest: usize,
    ) -> io::Result<()> {
        let rows = rows.iter().map(|(label, value)| (label.as_ref(), value.as_ref()));
        let filled = || rows.clone().filter(|(_, value)| !value.is_empty());
        let column = filled().map(|(label, _)| label.width()).max().unwrap_or(0).min(widest);
        for (label, value) in filled() {
            if label.width() > column {
                self.line(&[(Role::Dim, "  "), (Role::Dim, label)])?;
                self.hanging(&" ".repeat(column + 4), Role::Plain, Role::Plain, value)?;
                continue;
            }
            let pad = " ".repeat(column.saturating_sub(label.width()));
            self.hanging(&format!("  {label}{pad}  "), Role::Dim, Role::Plain, value)?;
        }
        Ok(())
    }
}
