//! Validity as bars, as SVG.

use std::io::{self, Write};

use super::{svg::Picture, terms, timeline::Axis};
use crate::{
    facts::tree::Inventory,
    message::{Lang, TreeWord},
};

const MARGIN: usize = 16;
const NAMES: usize = 340;
const BARS: usize = 640;
const ENDS: usize = 90;
const ROW: usize = 24;
const HEAD: usize = 40;

/// Draws the chart.
pub(super) fn write(out: &mut impl Write, inventory: &Inventory, lang: Lang) -> io::Result<()> {
    let (rows, axis) = (inventory.rows(), Axis::of(inventory));
    let height = HEAD + rows.len() * ROW + MARGIN;
    let width = 2 * MARGIN + NAMES + BARS + ENDS;
    let mut picture = Picture::begin(out, width, height, TreeWord::Certificates.in_lang(lang))?;
    let left = MARGIN + NAMES;
    let dim = "fill=\"#455a64\"";
    picture.text((left, 16), dim, &axis.from.date().to_string())?;
    picture.text((left + BARS - 70, 16), dim, &axis.to.date().to_string())?;
    for (number, row) in rows.iter().enumerate() {
        let certificate = &inventory.certificates[row.index];
        let y = HEAD + number * ROW;
        let (begin, end) =
            (axis.at(certificate.not_before, BARS), axis.at(certificate.not_after, BARS));
        let indent = MARGIN + 12 * row.depth.min(12);
        picture.text((indent, y + 14), "", &terms::name(certificate))?;
        let colours = terms::colours(inventory.state(certificate));
        picture.rect((left + begin, y + 3), ((end - begin.min(end)).max(2), ROW - 8), colours)?;
        picture.text((left + BARS + 8, y + 14), dim, &certificate.not_after.date().to_string())?;
    }
    let now = left + axis.at(inventory.when, BARS);
    picture.line(&[(now, 22), (now, height - MARGIN / 2)], "#b3261e", true)?;
    picture.text((now + 4, 32), "fill=\"#b3261e\"", TreeWord::Today.in_lang(lang))?;
    picture.end()
}
