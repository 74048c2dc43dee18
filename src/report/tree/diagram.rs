//! Who signed whom, drawn: each certificate a box below its issuer's, coloured by its state.

use std::io::{self, Write};

use super::{graph::label, svg::Picture, terms};
use crate::{
    facts::tree::{Inventory, Signer},
    message::{Lang, TreeWord},
};

const MARGIN: usize = 16;
const INDENT: usize = 28;
const ROW: usize = 50;
const BOX: (usize, usize) = (560, 40);
/// Deeper than this a tree is not indented any further.
const DEEPEST: usize = 12;

/// Draws the tree.
pub(super) fn write(out: &mut impl Write, inventory: &Inventory, lang: Lang) -> io::Result<()> {
    let rows = inventory.rows();
    let deepest = rows.iter().map(|row| row.depth.min(DEEPEST)).max().unwrap_or(0);
    let width = 2 * MARGIN + deepest * INDENT + BOX.0;
    let height = 2 * MARGIN + rows.len().max(1) * ROW;
    let mut picture = Picture::begin(out, width, height, TreeWord::Certificates.in_lang(lang))?;
    let corner =
        |depth: usize, row: usize| (MARGIN + depth.min(DEEPEST) * INDENT, MARGIN + row * ROW);
    // The last row seen at each depth is the issuer of what comes deeper.
    let mut issuers: Vec<usize> = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        let certificate = &inventory.certificates[row.index];
        issuers.truncate(row.depth);
        if let Some(&issuer) = issuers.last() {
            let (from, to) = (corner(row.depth - 1, issuer), corner(row.depth, number));
            let (x, y) = (from.0 + INDENT / 2, to.1 + BOX.1 / 2);
            picture.line(&[(x, from.1 + BOX.1), (x, y), (to.0, y)], "#78909c", false)?;
        }
        issuers.push(number);
        let (x, y) = corner(row.depth, number);
        let signer = certificate.relation.as_ref().map(|relation| relation.signer);
        if matches!(signer, Some(Signer::Namesake(_))) {
            picture.line(
                &[(x.saturating_sub(MARGIN), y + BOX.1 / 2), (x, y + BOX.1 / 2)],
                "#b3261e",
                true,
            )?;
        }
        picture.rect((x, y), BOX, terms::colours(inventory.state(certificate)))?;
        let [name, about, path] = label(inventory, certificate, lang);
        picture.text((x + 10, y + 17), "font-weight=\"bold\"", &name)?;
        picture.text((x + 10, y + 33), "fill=\"#455a64\"", &format!("{about}  {path}"))?;
    }
    picture.end()
}
