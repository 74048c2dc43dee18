//! All endpoints side by side; columns that nobody fills are left out.

use std::io::{self, Write};

use comfy_table::{ColumnConstraint, ContentArrangement, Table, TableComponent, presets};
use unicode_width::UnicodeWidthStr;

use super::{
    escape,
    page::{Page, Role},
    share::Share,
    table::milliseconds,
    terms,
};
use crate::{
    facts::{Endpoint, Facts},
    judge::Verdict,
    lang::{Lang, Word},
};

/// Writes one row for each endpoint.
pub(super) fn write(
    page: &mut Page<'_, impl Write>,
    facts: &Facts<'_>,
    verdict: &Verdict,
) -> io::Result<()> {
    let lang = page.style().lang;
    let head = [
        Word::Endpoint.in_lang(lang),
        Word::State.in_lang(lang),
        "etcd",
        Word::Leader.in_lang(lang),
        "TLS",
        Word::DaysLeft.in_lang(lang),
        Word::Time.in_lang(lang),
    ];
    let rows: Vec<_> =
        facts.visited().map(|(facts, endpoint)| row(endpoint, facts, verdict, lang)).collect();
    let told = |column: &usize| rows.iter().any(|row| !row[*column].is_empty());
    let columns: Vec<_> = (0..head.len()).filter(told).collect();
    let mut table = Table::new();
    table
        .load_preset(presets::NOTHING)
        .set_style(TableComponent::HeaderLines, '─')
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(page.style().width).unwrap_or(u16::MAX))
        .set_header(columns.iter().map(|column| head[*column]));
    for row in &rows {
        table.add_row(columns.iter().map(|column| escape_lines(&row[*column])));
    }
    // A URL is of use only in one piece, as long as the rest has room.
    let widest = rows.iter().flat_map(|row| row[0].lines()).map(UnicodeWidthStr::width).max();
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

/// The cells of one endpoint, as the header has them; the cause stands below the URL.
fn row(endpoint: &Endpoint<'_>, facts: &Facts<'_>, verdict: &Verdict, lang: Lang) -> [String; 7] {
    let share = Share::of(verdict, endpoint);
    let (state, _) = terms::state(share.level());
    let name = match share.root_cause() {
        Some(cause) => format!("{}\n  {}", endpoint.url(), cause.finding.diagnosis.id),
        None => endpoint.url().to_owned(),
    };
    let status = endpoint.status();
    let is_leader = status.map(|status| {
        let word = if status.leader == status.member_id { Word::Yes } else { Word::No };
        word.in_lang(lang).to_owned()
    });
    [
        name,
        state.in_lang(lang).to_owned(),
        status.map(|status| status.version.clone()).unwrap_or_default(),
        is_leader.unwrap_or_default(),
        endpoint.tls().and_then(|tls| tls.version.clone()).unwrap_or_default(),
        days_left(endpoint, facts, lang).unwrap_or_default(),
        milliseconds(endpoint.seen.took_ms),
    ]
}

/// Days until the server's certificate ends, as it is presented.
fn days_left(endpoint: &Endpoint<'_>, facts: &Facts<'_>, lang: Lang) -> Option<String> {
    let left = endpoint.presented.as_ref()?.leaf()?.not_after - facts.now();
    Some(if left.is_negative() {
        Word::Expired.in_lang(lang).to_owned()
    } else {
        left.whole_days().to_string()
    })
}

/// The lines of a cell are ours, what stands in them is not.
fn escape_lines(cell: &str) -> String {
    cell.split('\n').map(escape::text).collect::<Vec<_>>().join("\n")
}
