//! The SAN matrix between members, for a person and as JSON.

use std::{
    borrow::Cow,
    io::{self, Write},
    net::IpAddr,
};

use serde::Serialize;

use super::{
    page::{Page, Role},
    sentence::pair,
};
use crate::{
    facts::{AddressRule, Cell, Detour, Facts, show_answers},
    message::{Lang, Value, Word},
};

/// One ordered pair as JSON shows it.
#[derive(Serialize)]
pub(super) struct CellView {
    from: String,
    to: String,
    address: Option<IpAddr>,
    own_address: Option<IpAddr>,
    behind_nat: Option<IpAddr>,
    accepted: Option<bool>,
    rule: Option<&'static str>,
    detail: Option<Value>,
    resolver: Option<Value>,
}

/// All pairs.
pub(super) fn views(facts: &Facts<'_>) -> Vec<CellView> {
    facts.san_matrix().into_iter().map(view).collect()
}

fn view(cell: Cell<'_>) -> CellView {
    let (accepted, rule, detail) = match cell.verdict {
        None => (Some(true), Some("switched-off"), None),
        Some(Ok(rule)) => (Some(true), Some(name(rule)), None),
        Some(Err(why)) => (cell.address.is_ok().then_some(false), None, Some(why)),
    };
    let (own_address, behind_nat) = match cell.detour {
        Some(Detour::SeveralAddresses(own)) => (Some(own), None),
        Some(Detour::Nat(inner)) => (None, Some(inner)),
        None => (None, None),
    };
    let resolver = cell.resolver.and_then(show_answers).map(Value::from);
    let (from, to, address) = (cell.from, cell.to, cell.address.ok());
    CellView { from, to, address, own_address, behind_nat, accepted, rule, detail, resolver }
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
pub(super) fn lines(facts: &Facts<'_>, lang: Lang) -> Vec<(Option<bool>, String)> {
    let views = views(facts);
    let mut lines = Vec::new();
    let mut told: Vec<(&str, (String, String))> = Vec::new();
    let told_of = |view: &CellView| (origin(view, lang), sentence(view, lang));
    for view in &views {
        let what = told_of(view);
        let others = views.iter().filter(|other| other.from == view.from && other.to != view.to);
        let everywhere = others.map(|other| &other.to).all(|to| {
            let mut there = views.iter().filter(|one| (&one.from, &one.to) == (&view.from, to));
            there.any(|one| told_of(one) == what)
        });
        let to = if everywhere { "*" } else { view.to.as_str() };
        if everywhere && told.iter().any(|(from, known)| *from == view.from && *known == what) {
            continue;
        }
        lines.push((view.accepted, format!("{}{} → {to}: {}", view.from, what.0, what.1)));
        told.push((&view.from, what));
    }
    lines
}

/// The mark of a line.
pub(super) fn mark(accepted: Option<bool>) -> &'static str {
    match accepted {
        Some(true) => "√",
        Some(false) => "×",
        None => "?",
    }
}

/// Writes them for a terminal.
pub(super) fn write(page: &mut Page<'_, impl Write>, facts: &Facts<'_>) -> io::Result<()> {
    let lang = page.style().lang;
    let lines = lines(facts, lang);
    if lines.is_empty() {
        return Ok(());
    }
    page.heading(Word::SanMatrix.in_lang(lang))?;
    for (accepted, line) in lines {
        let role = match accepted {
            Some(true) => Role::Good,
            Some(false) => Role::Bad,
            None => Role::Warn,
        };
        page.hanging(&format!("  {} ", mark(accepted)), role, Role::Plain, &line)?;
    }
    Ok(())
}

/// The address, and whose it is where it is not the one of the URL.
fn origin(view: &CellView, lang: Lang) -> String {
    let Some(address) = view.address else { return String::new() };
    let own =
        view.own_address.map(|own| pair(Word::OwnAddress.in_lang(lang), &own.to_string(), lang));
    let nat =
        view.behind_nat.map(|inner| pair(Word::BehindNat.in_lang(lang), &inner.to_string(), lang));
    match own.or(nat) {
        Some(remark) => format!(" ({address}; {remark})"),
        None => format!(" ({address})"),
    }
}

/// The rule or the refusal, with the answers that it rests on.
fn sentence(view: &CellView, lang: Lang) -> String {
    let detail = || view.detail.as_ref().map_or_else(Cow::default, |detail| detail.say(lang));
    let said = view.rule.map_or_else(detail, Cow::Borrowed);
    match &view.resolver {
        Some(answers) => {
            let answers = answers.say(lang);
            format!("{said} ({})", pair(Word::ResolverHere.in_lang(lang), &answers, lang))
        }
        None => said.into_owned(),
    }
}
