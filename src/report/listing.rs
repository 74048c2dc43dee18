//! Rows under headings: how commands that list things print them.

use std::borrow::Cow;
use std::io::{self, Write};

use comfy_table::{ContentArrangement, Table, presets};

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
    let mut table = Table::new();
    table.set_header(headings.iter().map(|heading| heading.to_uppercase()));
    table.add_rows(rows.iter().map(|row| row.iter().map(|cell| escape::text(cell))));
    write_table(out, table)
}

/// Writes a label and a value a line; nothing for an empty value.
pub fn pairs(out: &mut impl Write, rows: &[(&str, String)]) -> io::Result<()> {
    let mut table = Table::new();
    let filled = rows.iter().filter(|(_, value)| !value.is_empty());
    table.add_rows(filled.map(|(label, value)| [(*label).into(), escape::text(value)]));
    write_table(out, table)
}

/// Columns two blanks apart, as wide as their cells.
fn write_table(out: &mut impl Write, mut table: Table) -> io::Result<()> {
    table.load_preset(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table.lines().try_for_each(|line| writeln!(out, "{}", line.trim_end()))
}
