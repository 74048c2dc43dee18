//! Validity as bars, in a terminal: one line a certificate, with a mark where now is.

use std::io::{self, Write};

use time::{Duration, OffsetDateTime};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{table::branch, terms};
use crate::{
    facts::tree::{Certified, Inventory},
    message::TreeWord,
    report::{
        Style, escape,
        text::page::{Page, Role},
    },
};

/// The span of time that a picture shows.
#[derive(Debug, Clone, Copy)]
pub(in crate::report) struct Axis {
    /// Its left end.
    pub(in crate::report) from: OffsetDateTime,
    /// Its right end.
    pub(in crate::report) to: OffsetDateTime,
}

impl Axis {
    /// As long as end-entities live, since CAs live so much longer that nothing else would be seen; and always with
    /// now in it.
    pub(in crate::report) fn of(inventory: &Inventory) -> Self {
        let all = || inventory.certificates.iter();
        let mut short: Vec<&Certified> = all().filter(|one| !one.is_ca).collect();
        if short.is_empty() {
            short = all().collect();
        }
        let now = inventory.when;
        let from = short.iter().map(|one| one.not_before).min().unwrap_or(now).min(now);
        let to = short.iter().map(|one| one.not_after).max().unwrap_or(now).max(now);
        let margin = std::cmp::max((to - from) / 20, Duration::HOUR);
        Self {
            from: from.checked_sub(margin).unwrap_or(from),
            to: to.checked_add(margin).unwrap_or(to),
        }
    }

    /// Where a time stands on an axis of so many steps; outside of it, at its end.
    pub(in crate::report) fn at(self, when: OffsetDateTime, steps: usize) -> usize {
        let (length, part) = (self.to - self.from, when - self.from);
        let share = (part.as_seconds_f64() / length.as_seconds_f64()).clamp(0.0, 1.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a share of a small number of steps"
        )]
        let step = (share * steps as f64).round() as usize;
        step
    }
}

/// Draws the bars.
pub(super) fn write(out: &mut impl Write, inventory: &Inventory, style: &Style) -> io::Result<()> {
    let mut page = Page::new(out, style);
    let axis = Axis::of(inventory);
    let names = (page.style().width / 3).clamp(20, 40);
    let steps = page.style().width.saturating_sub(names + 14);
    let now = axis.at(inventory.when, steps - 1);
    let (from, to) = (axis.from.date().to_string(), axis.to.date().to_string());
    let between = " ".repeat(steps.saturating_sub(from.len() + to.len()));
    let head = format!("{}{from}{between}{to}", " ".repeat(names + 2));
    page.line(&[(Role::Dim, &head)])?;
    let mark = format!("{}│ {}", " ".repeat(names + 2 + now), TreeWord::Today.in_lang(style.lang));
    page.line(&[(Role::Dim, &mark)])?;
    let mut open = Vec::new();
    for row in inventory.rows() {
        let certificate = &inventory.certificates[row.index];
        let name = format!("{}{}", branch(row, &mut open), terms::name(certificate));
        let (begin, end) =
            (axis.at(certificate.not_before, steps - 1), axis.at(certificate.not_after, steps - 1));
        let bar: String = (0..steps)
            .map(|step| match (begin <= step && step <= end, step == now) {
                (true, true) => '┿',
                (true, false) => '━',
                (false, true) => '│',
                (false, false) => ' ',
            })
            .collect();
        let date = certificate.not_after.date().to_string();
        let beyond = if certificate.not_after > axis.to { "→" } else { " " };
        page.line(&[
            (Role::Plain, &fitted(&escape::text(&name), names)),
            (Role::Plain, "  "),
            (terms::state(inventory.state(certificate)).1, &bar),
            (Role::Dim, &format!("{beyond}{date}")),
        ])?;
    }
    Ok(())
}

/// Exactly so many columns of a text.
fn fitted(text: &str, columns: usize) -> String {
    let missing = columns.checked_sub(text.width());
    if let Some(missing) = missing {
        return format!("{text}{}", " ".repeat(missing));
    }
    let mut fitted = String::new();
    for c in text.chars() {
        if fitted.width() + c.width().unwrap_or(0) >= columns {
            break;
        }
        fitted.push(c);
    }
    let space = columns.saturating_sub(fitted.width() + 1);
    format!("{fitted}…{}", " ".repeat(space))
}
