//! The few SVG elements that the pictures are made of. Text from certificates and file names is data, never markup.

use std::io::{self, Write};

use crate::report::escape;

/// A picture in the making: its parts in order.
pub(super) struct Picture<'o, W> {
    out: &'o mut W,
}

impl<'o, W: Write> Picture<'o, W> {
    /// Begins a picture of this size on a white ground.
    pub(super) fn begin(
        out: &'o mut W,
        width: usize,
        height: usize,
        title: &str,
    ) -> io::Result<Self> {
        writeln!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" font-size=\"12\">"
        )?;
        writeln!(out, "<title>{}</title>", text(title))?;
        writeln!(out, "<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>")?;
        Ok(Self { out })
    }

    /// A box.
    pub(super) fn rect(
        &mut self,
        (x, y): (usize, usize),
        (width, height): (usize, usize),
        (fill, line): (&str, &str),
    ) -> io::Result<()> {
        writeln!(
            self.out,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"4\" fill=\"{fill}\" stroke=\"{line}\"/>"
        )
    }

    /// A line through points.
    pub(super) fn line(
        &mut self,
        points: &[(usize, usize)],
        colour: &str,
        dashed: bool,
    ) -> io::Result<()> {
        let points: Vec<_> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
        let dashes = if dashed { " stroke-dasharray=\"4 3\"" } else { "" };
        writeln!(
            self.out,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\"{dashes}/>",
            points.join(" ")
        )
    }

    /// A line of text.
    pub(super) fn text(
        &mut self,
        (x, y): (usize, usize),
        look: &str,
        content: &str,
    ) -> io::Result<()> {
        writeln!(self.out, "<text x=\"{x}\" y=\"{y}\" {look}>{}</text>", text(content))
    }

    /// Ends it.
    pub(super) fn end(self) -> io::Result<()> {
        writeln!(self.out, "</svg>")
    }
}

/// Text without markup, and without characters that XML forbids.
fn text(raw: &str) -> String {
    let shown = escape::text(raw);
    shown.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
