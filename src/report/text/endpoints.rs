//! All endpoints side by side; columns that nobody fills are left out.

use std::io::{self, Write};

use comfy_table::{ColumnConstraint, ContentArrangement, Table, TableComponent, presets};
use unicode_width::UnicodeWidthStr;

use super::page::{Page, Role};
use crate::{
    diagnoses::engine::Level,
    message::{Lang, ReportMessage, Word},
    report::{
        escape,
        model::EndpointReport,
        wording::{self, milliseconds},
    },
};

/// How many facts there are of an endpoint at most.
const COLUMNS: usize = 7;

/// One endpoint.
pub(in crate::report) struct Row {
    pub(in crate::report) level: Level,
    /// The id of its root cause.
    pub(in crate::report) cause: Option<&'static str>,
    /// As whom it was dialled, said; nothing for the check's own way.
    pub(in crate::report) as_whom: Option<String>,
    /// What the headings name, the URL first, the state second.
    pub(in crate::report) cells: Vec<String>,
}

/// The headings, and a row for each endpoint.
pub(in crate::report) fn rows(
    endpoints: &[EndpointReport<'_>],
    lang: Lang,
) -> (Vec<&'static str>, Vec<Row>) {
    let head: [&'static str; COLUMNS] = [
        Word::Endpoint.in_lang(lang),
        Word::State.in_lang(lang),
        "etcd",
        Word::Leader.in_lang(lang),
        "TLS",
        Word::DaysLeft.in_lang(lang),
        Word::Time.in_lang(lang),
    ];
    let mut rows: Vec<_> = endpoints.iter().map(|endpoint| row(endpoint, lang)).collect();
    let is_filled = |column: &usize| rows.iter().any(|row| !row.cells[*column].is_empty());
    let columns: Vec<_> = (0..COLUMNS).filter(is_filled).collect();
    for row in &mut rows {
        row.cells = columns.iter().map(|column| std::mem::take(&mut row.cells[*column])).collect();
    }
    (columns.iter().map(|column| head[*column]).collect(), rows)
}

/// Writes one row for each endpoint.
pub(super) fn write(
    page: &mut Page<'_, impl Write>,
    endpoints: &[EndpointReport<'_>],
) -> io::Result<()> {
    let (head, rows) = rows(endpoints, page.style().lang);
    let firsts = rows.iter().filter_map(|row| row.cells.first());
    let widest = firsts.map(|url| url.width()).max();
    let mut table = Table::new();
    table
        .load_preset(presets::NOTHING)
        .set_style(TableComponent::HeaderLines, '-')
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(page.style().width).unwrap_or(u16::MAX))
        .set_header(head);
    for mut row in rows {
        // As whom it was dialled and the cause stand below the URL.
        for below in row.as_whom.iter().map(String::as_str).chain(row.cause) {
            row.cells[0] = format!("{}\n  {below}", row.cells[0]);
        }
        table.add_row(row.cells.iter().map(|cell| escape_lines(cell)));
    }
    // A URL is of use only in one piece, as long as the rest has room.
    if let Some(first) = table.column_mut(0)
        && widest.is_some_and(|width| width < page.style().width / 2)
    {
        first.set_constraint(ColumnConstraint::ContentWidth);
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    for line in table.lines() {
        page.line(&[(Role::Plain, line.trim_end())])?;
    }
    Ok(())
}

fn row(endpoint: &EndpointReport<'_>, lang: Lang) -> Row {
    let level = endpoint.level();
    let is_leader = endpoint.etcd.as_ref().map(|etcd| {
        let word = if etcd.is_leader { Word::Yes } else { Word::No };
        word.in_lang(lang).to_owned()
    });
    let cells: [String; COLUMNS] = [
        endpoint.url.to_owned(),
        wording::state(level).0.in_lang(lang).to_owned(),
        endpoint.etcd.as_ref().map(|etcd| etcd.version.to_owned()).unwrap_or_default(),
        is_leader.unwrap_or_default(),
        endpoint.tls.as_ref().and_then(|tls| tls.seen.version.clone()).unwrap_or_default(),
        endpoint.remaining.map(|remaining| days_left(remaining, lang)).unwrap_or_default(),
        milliseconds(endpoint.took_ms),
    ];
    let cause = endpoint.root_cause().map(|cause| cause.finding.diagnosis.id);
    let as_whom = endpoint
        .client
        .map(|client| ReportMessage::AsClient { program: client.program.name().into() }.say(lang));
    Row { level, cause, as_whom, cells: cells.into() }
}

/// Days until the server's certificate expires, as it is presented.
fn days_left(remaining: time::Duration, lang: Lang) -> String {
    if remaining.is_negative() {
        Word::Expired.in_lang(lang).to_owned()
    } else {
        remaining.whole_days().to_string()
    }
}

/// The lines of a cell are ours, what stands in them is not.
fn escape_lines(cell: &str) -> String {
    cell.split('\n').map(escape::text).collect::<Vec<_>>().join("\n")
}
