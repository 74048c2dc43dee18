//! The SAN matrix between members, for a person and as JSON.

use std::io::{self, Write};

use serde::Serialize;

use super::page::{Page, Role};
use crate::{
    facts::{AddressRule, Cell, Facts},
    lang::Word,
};

/// One ordered pair as JSON shows it.
#[derive(Serialize)]
pub(super) struct CellView {
    from: String,
    to: String,
    address: String,
    accepted: bool,
    rule: Option<&'static str>,
    detail: Option<String>,
}

/// All pairs.
pub(super) fn views(facts: &Facts<'_>) -> Vec<CellView> {
    facts.san_matrix().into_iter().map(view).collect()
}

fn view(cell: Cell) -> CellView {
    let (accepted, rule, detail) = match cell.verdict {
        None => (true, Some("switched-off"), None),
        Some(Ok(rule)) => (true, Some(name(rule)), None),
        Some(Err(text)) => (false, None, Some(text)),
    };
    let address = cell.address.to_string();
    CellView { from: cell.from, to: cell.to, address, accepted, rule, detail }
}

fn name(rule: AddressRule) -> &'static str {
    match rule {
        AddressRule::NoSan => "no-san",
        AddressRule::Address => "ip-san",
        AddressRule::ReverseName => "reverse-name",
        AddressRule::SuffixWildcard => "suffix-wildcard",
        AddressRule::ForwardName => "forward-name",
    }
}

/// A line for each member that dials, where all listeners agree, else one for each pair; and whether it is accepted.
pub(super) fn lines(facts: &Facts<'_>) -> Vec<(bool, String)> {
    let views = views(facts);
    let mut lines = Vec::new();
    let verdict = |view: &CellView| (view.accepted, view.rule, view.detail.clone());
    let mut rest = views.as_slice();
    while let Some(first) = rest.first() {
        let own = rest.iter().take_while(|view| view.from == first.from).count();
        let (row, after) = rest.split_at(own);
        let agreed = row.iter().all(|view| verdict(view) == verdict(first));
        let shown = if agreed { &row[..1] } else { row };
        for view in shown {
            let to = if agreed { "*" } else { view.to.as_str() };
            let said = view.rule.or(view.detail.as_deref()).unwrap_or_default();
            lines.push((view.accepted, format!("{} ({}) → {to}: {said}", view.from, view.address)));
        }
        rest = after;
    }
    lines
}

/// Writes them for a terminal.
pub(super) fn write(page: &mut Page<'_, impl Write>, facts: &Facts<'_>) -> io::Result<()> {
    let lines = lines(facts);
    if lines.is_empty() {
        return Ok(());
    }
    page.heading(Word::SanMatrix.in_lang(page.style().lang))?;
    for (accepted, line) in lines {
        let (mark, role) = if accepted { ("  √ ", Role::Good) } else { ("  × ", Role::Bad) };
        page.hanging(mark, role, Role::Plain, &line)?;
    }
    Ok(())
}
