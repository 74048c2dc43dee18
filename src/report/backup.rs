//! What a backup needs to know besides the findings: from which member, with which command, and what was saved.

use std::io::{self, Write};

use serde::Serialize;

use super::page::{Page, Role};
use crate::{
    diagnoses::engine::Fix,
    facts::{Endpoint, Facts},
    message::{Lang, Word, observed},
    observation::backup::SavedSeen,
};

/// The backup as JSON shows it.
#[derive(Serialize)]
pub(super) struct BackupView<'a> {
    recommended: Option<&'a str>,
    command: Option<String>,
    snapshot_bytes: Option<u64>,
    free_bytes: Option<u64>,
    saved: Option<&'a SavedSeen>,
}

/// The view, where this is about a backup.
pub(super) fn view<'a>(facts: &Facts<'a>) -> Option<BackupView<'a>> {
    let backup = facts.backup().filter(|backup| backup.source.is_none())?;
    let source = facts.snapshot_source().map(Endpoint::url);
    let destination = backup.destination.as_ref();
    let path = destination.map_or("snapshot.db", |destination| destination.path.as_str());
    Some(BackupView {
        recommended: source,
        command: source.map(|url| Fix::snapshot(facts, url, path).line()),
        snapshot_bytes: facts.snapshot_bytes(),
        free_bytes: destination.and_then(|destination| destination.free_bytes),
        saved: backup.saved.as_ref(),
    })
}

/// The same in words.
pub(super) struct Told {
    pub(super) heading: Word,
    pub(super) text: String,
    pub(super) command: Option<String>,
}

/// What a person wants to know: what was saved, else from where to take it.
pub(super) fn told(facts: &Facts<'_>, lang: Lang) -> Option<Told> {
    let view = view(facts)?;
    if let Some(saved) = view.saved {
        // Whole numbers of bytes a microsecond are megabytes a second.
        let micros = std::time::Duration::from_secs_f64(saved.ms / 1000.0).as_micros().max(1);
        let rate = u128::from(saved.bytes) / micros;
        let seconds = saved.ms / 1000.0;
        let bytes = format!("{} bytes", saved.bytes);
        let bytes = observed(&bytes, lang);
        let text = format!("{}  {bytes}, {seconds:.2} s, {rate} MB/s", saved.path);
        return Some(Told { heading: Word::SnapshotSaved, text, command: None });
    }
    let text = view.recommended?.to_owned();
    Some(Told { heading: Word::TakeSnapshotFrom, text, command: view.command })
}

/// Writes it for a terminal.
pub(super) fn write(page: &mut Page<'_, impl Write>, facts: &Facts<'_>) -> io::Result<()> {
    let Some(told) = told(facts, page.style().lang) else { return Ok(()) };
    page.heading(told.heading.in_lang(page.style().lang))?;
    page.paragraph(2, Role::Plain, &told.text)?;
    let Some(command) = told.command else { return Ok(()) };
    page.blank()?;
    for line in super::wrap::wrap_command(&command, page.style().width - 4) {
        page.line(&[(Role::Plain, "    "), (Role::Bold, &line)])?;
    }
    Ok(())
}
