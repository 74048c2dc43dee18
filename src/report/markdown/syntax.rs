//! The syntax of Markdown: what others wrote stands in code spans, where nothing has a meaning (GitHub Flavored Markdown §6.3; a `|` in a
//! table's code span is escaped, §4.10).

use std::io::{self, Write};

use crate::report::escape;

/// A heading between empty lines.
pub(in crate::report) fn heading(out: &mut impl Write, text: &str) -> io::Result<()> {
    writeln!(out, "\n### {}\n", plain(text))
}

/// Items under a heading, as they are; nothing for none.
pub(in crate::report) fn list(
    out: &mut impl Write,
    title: &str,
    items: &[String],
) -> io::Result<()> {
    if items.is_empty() {
        return Ok(());
    }
    heading(out, title)?;
    items.iter().try_for_each(|item| writeln!(out, "- {item}"))
}

/// A table of cells that are Markdown already.
pub(in crate::report) fn table(
    out: &mut impl Write,
    head: &[&str],
    rows: &[Vec<String>],
) -> io::Result<()> {
    writeln!(out, "| {} |", head.join(" | "))?;
    writeln!(out, "|{}", " --- |".repeat(head.len()))?;
    rows.iter().try_for_each(|row| writeln!(out, "| {} |", row.join(" | ")))
}

/// A block in which nothing has a meaning, its fence longer than any in it.
pub(in crate::report) fn fence(out: &mut impl Write, language: &str, text: &str) -> io::Result<()> {
    let shown = escape::document(text);
    let fence = "`".repeat(longest_run(&shown).max(2) + 1);
    writeln!(out, "\n{fence}{language}\n{shown}\n{fence}")
}

/// A code span that also stands in a table.
pub(in crate::report) fn code(raw: &str) -> String {
    let shown = escape::text(raw).replace('|', "\\|");
    if shown.is_empty() {
        return shown;
    }
    let ticks = "`".repeat(longest_run(&shown) + 1);
    let space = if shown.starts_with('`') || shown.ends_with('`') { " " } else { "" };
    format!("{ticks}{space}{shown}{space}{ticks}")
}

/// Our own words, so that none of their characters is taken for a mark.
pub(in crate::report) fn plain(words: &str) -> String {
    let mut shown = String::with_capacity(words.len());
    for c in escape::text(words).chars() {
        if "\\`*<>[]|#~".contains(c) {
            shown.push('\\');
        }
        shown.push(c);
    }
    shown
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{code, fence, plain};

    #[test]
    fn nothing_gets_out_of_a_code_span() {
        assert_eq!(code("CN=a"), "`CN=a`");
        assert_eq!(code("`x` | <b>\n"), "`` `x` \\| <b>\\n ``");
        assert_eq!(code("``"), "``` `` ```");
        assert_eq!(code(""), "");
    }

    #[test]
    fn a_fence_is_longer_than_those_within() {
        let mut out = Vec::new();
        fence(&mut out, "sh", "echo '````'").unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "\n`````sh\necho '````'\n`````\n");
    }

    #[test]
    fn words_are_no_marks() {
        assert_eq!(plain("*.example.com <x>"), "\\*.example.com \\<x\\>");
    }
}
