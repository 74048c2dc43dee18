//! `check -o ladder`: the way to every endpoint, message by message, and below it what broke it.

use std::io::{self, Write};

use super::{check, ladder, page::Page};
use crate::report::{Style, model::Report};

/// One ladder an endpoint, in the order given.
pub(in crate::report) fn write(
    out: &mut impl Write,
    report: &Report<'_>,
    style: &Style,
) -> io::Result<()> {
    let mut page = Page::new(out, style);
    for (index, endpoint) in report.endpoints.iter().enumerate() {
        if index > 0 {
            page.blank()?;
        }
        if !endpoint.ladder.is_empty() {
            ladder::draw(&mut page, endpoint, ladder::Extent::Whole)?;
        }
        match endpoint.root_cause() {
            Some(root) => check::headline(&mut page, root)?,
            None => check::state(&mut page, endpoint.level(), endpoint.took_ms)?,
        }
    }
    Ok(())
}
