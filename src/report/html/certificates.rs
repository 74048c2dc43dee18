//! Certificates below their issuers, joined by lines, each with a bar for the time in which it is valid.

use maud::{Markup, html};

use crate::{
    facts::tree::{Certified, Inventory, Row, Signer, State},
    message::{Lang, PageWord, TreeWord},
    report::{
        html::document::{look, section},
        tree::{self, Axis},
        wording::pair,
    },
};

/// Deeper than this a tree is not indented any further.
const DEEPEST: usize = 12;
/// Pixels from one depth to the next.
const STEP: usize = 20;
/// Into how many parts a bar is divided.
const PARTS: usize = 1000;

/// All of them, an issuer above what it issued; nothing for none.
pub(super) fn of(inventory: &Inventory, lang: Lang) -> Markup {
    if inventory.certificates.is_empty() {
        return html! {};
    }
    let axis = Axis::of(inventory);
    let strangers = inventory.strangers();
    let mut open: Vec<bool> = Vec::new();
    let body = html! {
        div.axis {
            span { (axis.from.date()) }
            span { "┆ " (TreeWord::Today.in_lang(lang)) }
            span { (axis.to.date()) }
        }
        ol.certificates {
            @for row in inventory.rows() {
                @let one = &inventory.certificates[row.index];
                li.{ "d" (row.depth.min(DEEPEST)) } {
                    (lines(row, one, &mut open))
                    div.certificate {
                        (words(inventory, one, strangers.contains(&row.index), lang))
                    }
                    (bar(inventory, one, axis, lang))
                }
            }
        }
    };
    section(PageWord::Certificates.in_lang(lang), &body)
}

/// The lines that join a certificate to its issuer; `open` says at which depths more is to come.
fn lines(row: Row, certificate: &Certified, open: &mut Vec<bool>) -> Markup {
    let depth = row.depth.min(DEEPEST);
    if depth == 0 {
        return html! {};
    }
    open.resize(depth, false);
    open[depth - 1] = !row.is_last;
    let x = |depth: usize| STEP * depth + STEP / 2;
    let signer = certificate.relation.as_ref().map(|relation| relation.signer);
    let class = if matches!(signer, Some(Signer::Namesake(_))) { "lines broken" } else { "lines" };
    html! {
        svg class=(class) width=(STEP * depth) height="100%" aria-hidden="true" {
            @for above in (0..depth).filter(|above| open[*above]) {
                line x1=(x(above)) y1="0" x2=(x(above)) y2="100%" {}
            }
            polyline points={ (x(depth - 1)) ",-5 " (x(depth - 1)) ",20 " (STEP * depth) ",20" } {}
        }
    }
}

fn words(inventory: &Inventory, one: &Certified, is_stranger: bool, lang: Lang) -> Markup {
    let (state, role) = tree::state_word(inventory.state(one));
    let (class, sign) = look(role);
    // The end of an old copy concerns nobody.
    let class = if inventory.is_archived(one) { "plain" } else { class };
    let place = inventory.place_of(one);
    let others = one.places.len() - 1;
    let has_key = inventory.keys_of(&one.public_key).next().is_some();
    let remarks = tree::remarks(inventory, one, is_stranger, lang);
    html! {
        p { span.chip.(class) { (sign) " " (state.in_lang(lang)) } " " strong { (tree::name(one)) } }
        p.about {
            (tree::role_word(one.role).in_lang(lang))
            @if has_key { " · " (TreeWord::PrivateKey.in_lang(lang)) " √" }
            @for remark in remarks { " · " (remark) }
        }
        p.about {
            code { (inventory.path(place)) }
            @if let Some(field) = &place.field { " (" (field) ")" }
            @if others > 0 { " +" (others) }
        }
    }
}

/// From when until when, with a line where now is.
fn bar(inventory: &Inventory, one: &Certified, axis: Axis, lang: Lang) -> Markup {
    let percent = |part: usize| format!("{}.{}%", part / 10, part % 10);
    let (begin, end) = (axis.at(one.not_before, PARTS), axis.at(one.not_after, PARTS));
    let now = percent(axis.at(inventory.when, PARTS));
    let state = inventory.state(one);
    let (word, role) = tree::state_word(state);
    let days = match state {
        State::Valid | State::ExpiringSoon => {
            let days = inventory.days_left(one).to_string();
            pair(TreeWord::DaysLeft.in_lang(lang), &days, lang)
        }
        State::NotYetValid | State::Expired => word.in_lang(lang).to_owned(),
    };
    html! {
        div.validity {
            svg.bar width="100%" height="16" aria-hidden="true" {
                rect.(look(role).0) x=(percent(begin)) width=(percent(end.saturating_sub(begin).max(5))) y="4" height="8" {}
                line.now x1=(now) x2=(now) y1="0" y2="16" {}
            }
            p.about { (one.not_before.date()) " – " (one.not_after.date()) " · " (days) }
        }
    }
}
