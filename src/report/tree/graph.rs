//! Who signed whom as a picture: for Graphviz, for Mermaid, or drawn as SVG.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::{Drawing, diagram, terms};
use crate::{
    facts::tree::{Certified, Inventory, Signer, State},
    message::Lang,
};

/// Draws the graph in one language.
pub(super) fn write(
    out: &mut impl Write,
    drawing: Drawing,
    inventory: &Inventory,
    lang: Lang,
) -> io::Result<()> {
    match drawing {
        Drawing::Dot => dot(out, inventory, lang),
        Drawing::Mermaid => mermaid(out, inventory, lang),
        Drawing::Svg => diagram::write(out, inventory, lang),
    }
}

/// What stands in a box: name, role and state, file.
pub(super) fn label(inventory: &Inventory, certificate: &Certified, lang: Lang) -> [String; 3] {
    let role = terms::role(certificate.role).in_lang(lang);
    let state = terms::state(inventory.state(certificate)).0.in_lang(lang);
    let end = certificate.not_after.date();
    let path = inventory.path(inventory.place_of(certificate)).to_owned();
    [terms::name(certificate), format!("{role}, {state}, {end}"), path]
}

/// Every arrow from issuer to issued; `false` where only the name fits.
fn arrows(inventory: &Inventory) -> impl Iterator<Item = (usize, usize, bool)> {
    let certificates = inventory.certificates.iter().enumerate();
    certificates.filter_map(|(index, one)| match one.relation.as_ref()?.signer {
        Signer::Other(issuer) => Some((issuer, index, true)),
        Signer::Namesake(issuer) => Some((issuer, index, false)),
        Signer::Itself | Signer::Unknown => None,
    })
}

fn dot(out: &mut impl Write, inventory: &Inventory, lang: Lang) -> io::Result<()> {
    writeln!(out, "digraph certificates {{")?;
    writeln!(out, "  rankdir=LR;")?;
    writeln!(out, "  node [shape=box, style=\"rounded,filled\", fontname=\"sans-serif\"];")?;
    for (index, certificate) in inventory.certificates.iter().enumerate() {
        let (fill, line) = terms::colours(inventory.state(certificate));
        let label = label(inventory, certificate, lang).map(|text| dot_text(&text)).join("\\n");
        writeln!(out, "  c{index} [label=\"{label}\", fillcolor=\"{fill}\", color=\"{line}\"];")?;
    }
    for (issuer, issued, is_signed) in arrows(inventory) {
        let look = if is_signed { "" } else { " [style=dashed, color=\"#b3261e\"]" };
        writeln!(out, "  c{issuer} -> c{issued}{look};")?;
    }
    writeln!(out, "}}")
}

/// Within double quotes DOT gives a meaning to the quote and the backslash alone.
fn dot_text(text: &str) -> String {
    crate::report::escape::text(text).replace('\\', "\\\\").replace('"', "\\\"")
}

fn mermaid(out: &mut impl Write, inventory: &Inventory, lang: Lang) -> io::Result<()> {
    writeln!(out, "flowchart LR")?;
    for (index, certificate) in inventory.certificates.iter().enumerate() {
        let class = class(inventory.state(certificate));
        let label = label(inventory, certificate, lang).map(|text| mermaid_text(&text));
        writeln!(out, "  c{index}[\"{}\"]:::{class}", label.join("<br/>"))?;
    }
    for (issuer, issued, is_signed) in arrows(inventory) {
        let arrow = if is_signed { "-->" } else { "-.-x" };
        writeln!(out, "  c{issuer} {arrow} c{issued}")?;
    }
    for state in [State::Valid, State::ExpiringSoon, State::NotYetValid, State::Expired] {
        let (fill, line) = terms::colours(state);
        writeln!(out, "  classDef {} fill:{fill},stroke:{line},color:#1b1b1b", class(state))?;
    }
    Ok(())
}

fn class(state: State) -> &'static str {
    match state {
        State::Valid => "valid",
        State::ExpiringSoon => "soon",
        State::NotYetValid => "early",
        State::Expired => "expired",
    }
}

/// Mermaid reads HTML and its own marks in labels: what could be one becomes an entity, written `#60;` there.
fn mermaid_text(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in crate::report::escape::text(text).chars() {
        if c.is_alphanumeric() || " .,-_=/:@".contains(c) {
            shown.push(c);
        } else {
            let _ = write!(shown, "#{};", u32::from(c));
        }
    }
    shown
}
