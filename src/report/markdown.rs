//! The report as Markdown, to be pasted into an issue: what others wrote stands in code spans, where nothing has a meaning
//! (GitHub Flavored Markdown §6.3; a `|` in a table's code span is escaped, §4.10).

use std::io::{self, Write};

use super::{
    Style, backup, cluster, configuration, endpoints, escape, json, ladder,
    page::Page,
    rung, san_matrix,
    sentence::pair,
    table::{blamed, milliseconds},
    terms, verifiers,
};
use crate::{
    diagnoses::engine::{Evidence, Finding, Judged, Severity, Verdict},
    facts::Facts,
    message::{Label, Lang, PageWord, Word},
};

/// Writes the report.
pub(super) fn write(
    out: &mut impl Write,
    facts: &Facts<'_>,
    verdict: &Verdict,
    style: &Style,
) -> io::Result<()> {
    let lang = style.lang;
    let root = verdict.root_cause();
    match root {
        Some(root) => {
            title(out, "##", &root.finding, lang)?;
            finding(out, root, lang)?;
        }
        None => writeln!(out, "## {}", terms::state(verdict.level).0.in_lang(lang))?,
    }
    handshake(out, facts, verdict, style)?;
    let (head, rows) = endpoints::rows(facts, verdict, lang);
    let cells: Vec<Vec<String>> = rows
        .into_iter()
        .map(|row| {
            let cause = row.cause.map(|cause| format!(" {}", code(cause))).unwrap_or_default();
            let mut cells: Vec<_> = row.cells.iter().map(|cell| plain(cell)).collect();
            cells[0] = format!("{}{cause}", code(&row.cells[0]));
            cells
        })
        .collect();
    if !cells.is_empty() {
        writeln!(out)?;
        table(out, &head, &cells)?;
    }
    if let Some((_, line)) = cluster::line(facts, lang) {
        writeln!(out, "\n{}", plain(&line))?;
    }
    if let Some(told) = backup::told(facts, lang) {
        heading(out, told.heading.in_lang(lang))?;
        writeln!(out, "{}", code(&told.text))?;
        told.command.iter().try_for_each(|command| fence(out, "sh", command))?;
    }
    let accepted = |(accepted, line): (Option<bool>, String)| {
        format!("{} {}", san_matrix::mark(accepted), code(&line))
    };
    let matrix: Vec<_> = san_matrix::lines(facts, lang).into_iter().map(accepted).collect();
    list(out, Word::SanMatrix.in_lang(lang), &matrix)?;
    let others = &verdict.findings[root.iter().len()..];
    let (remarks, found): (Vec<_>, Vec<_>) =
        others.iter().partition(|one| one.finding.severity == Severity::Info);
    for (word, findings) in [(Word::AlsoFound, found), (Word::Remarks, remarks)] {
        if !findings.is_empty() {
            heading(out, word.in_lang(lang))?;
        }
        for one in findings {
            title(out, "####", &one.finding, lang)?;
            finding(out, one, lang)?;
        }
    }
    let about = |(about, line): (&str, String)| {
        if about.is_empty() { code(&line) } else { pair(about, &code(&line), lang) }
    };
    let settings: Vec<_> = configuration::lines(facts, lang).into_iter().map(about).collect();
    list(out, Word::FoundAndUsed.in_lang(lang), &settings)?;
    let lines = |lines: Vec<String>| lines.iter().map(|line| code(line)).collect::<Vec<_>>();
    list(out, Word::Verifiers.in_lang(lang), &lines(verifiers::lines(facts, verdict, lang)))?;
    list(out, Word::NotChecked.in_lang(lang), &lines(json::not_checked(facts, lang)))?;
    foot(out, facts.observation.when, facts.observation.took_ms, lang)
}

/// A heading with the severity in words and the title.
pub(super) fn title(
    out: &mut impl Write,
    marks: &str,
    finding: &Finding,
    lang: Lang,
) -> io::Result<()> {
    let severity = terms::severity(finding.severity).in_lang(lang);
    let title = finding.diagnosis.text.in_lang(lang).title;
    writeln!(out, "{marks} {}\n", plain(&pair(severity, title, lang)))
}

fn finding(out: &mut impl Write, one: &Judged, lang: Lang) -> io::Result<()> {
    let finding = &one.finding;
    let prose = finding.diagnosis.text.in_lang(lang);
    let subject = code(&finding.subject.to_string());
    writeln!(out, "{} {subject}", code(finding.diagnosis.id))?;
    for also in &one.places {
        writeln!(out, "- {}", pair(Label::Other.in_lang(lang), &code(&also.to_string()), lang))?;
    }
    if !one.caused_by.is_empty() {
        let causes = code(&one.caused_by.join(", "));
        writeln!(out, "- {}", pair(Word::CausedBy.in_lang(lang), &causes, lang))?;
    }
    writeln!(out, "\n**{}** {}\n", Word::Why.in_lang(lang), plain(prose.why))?;
    evidence(out, &finding.evidence, lang)?;
    fix(out, finding, lang)
}

/// Facts as a table.
pub(super) fn evidence(out: &mut impl Write, all: &[Evidence], lang: Lang) -> io::Result<()> {
    let row = |one: &Evidence| vec![plain(one.label.in_lang(lang)), code(&one.value.say(lang))];
    let rows: Vec<_> = all.iter().map(row).collect();
    if rows.is_empty() {
        return Ok(());
    }
    table(out, &[Word::Evidence.in_lang(lang), ""], &rows)
}

/// What to do, and the commands each in a block of its own.
pub(super) fn fix(out: &mut impl Write, finding: &Finding, lang: Lang) -> io::Result<()> {
    let prose = finding.diagnosis.text.in_lang(lang);
    writeln!(out, "\n**{}** {}", terms::fix(finding.side, lang), plain(prose.fix))?;
    finding.fixes.iter().try_for_each(|fix| fence(out, "sh", &fix.line()))
}

fn handshake(
    out: &mut impl Write,
    facts: &Facts<'_>,
    verdict: &Verdict,
    style: &Style,
) -> io::Result<()> {
    let Some((facts, endpoint)) = verdict.root_cause().and_then(|root| blamed(root, facts)) else {
        return Ok(());
    };
    let rungs = ladder::of(endpoint, facts, style.lang);
    if rungs.is_empty() {
        return Ok(());
    }
    let mut drawn = Vec::new();
    let style = Style { colour: false, width: 80, ..*style };
    let title = pair(Word::Handshake.in_lang(style.lang), endpoint.url(), style.lang);
    rung::draw(&mut Page::new(&mut drawn, &style), &title, &rungs)?;
    fence(out, "text", String::from_utf8_lossy(&drawn).trim_end())
}

/// When and by what it was made.
pub(super) fn foot(
    out: &mut impl Write,
    when: time::OffsetDateTime,
    took_ms: f64,
    lang: Lang,
) -> io::Result<()> {
    let when = when.replace_nanosecond(0).unwrap_or(when);
    let when = when.format(&time::format_description::well_known::Rfc3339).unwrap_or_default();
    let observed = pair(PageWord::Observed.in_lang(lang), &when, lang);
    let took = pair(PageWord::Took.in_lang(lang), &milliseconds(took_ms), lang);
    writeln!(out, "\n<sub>etcd-tls {} · {observed} · {took}</sub>", env!("CARGO_PKG_VERSION"))
}

/// A heading between empty lines.
pub(super) fn heading(out: &mut impl Write, text: &str) -> io::Result<()> {
    writeln!(out, "\n### {}\n", plain(text))
}

/// Items under a heading, as they are; nothing for none.
pub(super) fn list(out: &mut impl Write, title: &str, items: &[String]) -> io::Result<()> {
    if items.is_empty() {
        return Ok(());
    }
    heading(out, title)?;
    items.iter().try_for_each(|item| writeln!(out, "- {item}"))
}

/// A table of cells that are Markdown already.
pub(super) fn table(out: &mut impl Write, head: &[&str], rows: &[Vec<String>]) -> io::Result<()> {
    writeln!(out, "| {} |", head.join(" | "))?;
    writeln!(out, "|{}", " --- |".repeat(head.len()))?;
    rows.iter().try_for_each(|row| writeln!(out, "| {} |", row.join(" | ")))
}

/// A block in which nothing has a meaning, its fence longer than any in it.
pub(super) fn fence(out: &mut impl Write, language: &str, text: &str) -> io::Result<()> {
    let shown = escape::document(text);
    let fence = "`".repeat(longest_run(&shown).max(2) + 1);
    writeln!(out, "\n{fence}{language}\n{shown}\n{fence}")
}

/// A code span that also stands in a table.
pub(super) fn code(raw: &str) -> String {
    let shown = escape::text(raw).replace('|', "\\|");
    if shown.is_empty() {
        return shown;
    }
    let ticks = "`".repeat(longest_run(&shown) + 1);
    let space = if shown.starts_with('`') || shown.ends_with('`') { " " } else { "" };
    format!("{ticks}{space}{shown}{space}{ticks}")
}

/// Our own words, so that none of their characters is taken for a mark.
pub(super) fn plain(words: &str) -> String {
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
