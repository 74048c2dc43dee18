//! Rows under headings, and objects a line: how commands that list things print them.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;
use unicode_width::UnicodeWidthStr as _;

use super::escape;

/// A line as a terminal may show it.
pub fn harmless(line: &str) -> Cow<'_, str> {
    escape::text(line)
}

/// Writes rows in columns under headings in capitals, made harmless for a terminal; nothing for no rows.
pub fn columns(out: &mut impl Write, headings: &[&str], rows: &[Vec<String>]) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let shown =
        |row: &Vec<String>| row.iter().map(|cell| escape::text(cell).into_owned()).collect();
    let mut lines: Vec<Vec<String>> =
        vec![headings.iter().map(|text| text.to_uppercase()).collect()];
    lines.extend(rows.iter().map(shown));
    let widest = |column: usize| {
        lines.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..headings.len()).map(widest).collect();
    for line in &lines {
        let cells = line.iter().zip(&widths).map(|(cell, width)| padded(cell, width + 2));
        writeln!(out, "{}", cells.collect::<String>().trim_end())?;
    }
    Ok(())
}

/// Writes one object on one line.
pub fn object(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    let document = serde_json::to_string(value)?;
    writeln!(out, "{}", escape::json(&document))
}

/// Writes a label and a value a line; nothing for an empty value.
pub fn pairs(out: &mut impl Write, rows: &[(&str, String)]) -> io::Result<()> {
    let told = || rows.iter().filter(|(_, value)| !value.is_empty());
    let width = told().map(|(label, _)| label.width()).max().unwrap_or(0) + 2;
    for (label, value) in told() {
        writeln!(out, "{}{}", padded(label, width), escape::text(value))?;
    }
    Ok(())
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}
