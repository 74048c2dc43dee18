//! What a backup needs to know besides the findings: from which member, with which command, and what was saved.

use crate::{
    diagnoses::engine::Fix,
    facts::{Endpoint, Facts},
    message::{Message, ReportMessage, Word},
    observation::backup::{DatabaseSeen, SavedSeen, SnapshotContent},
};

/// The backup of a cluster.
#[derive(Debug, serde::Serialize, schemars::JsonSchema)]
pub(in crate::report) struct Backup<'r> {
    /// The endpoint to take it from.
    recommended: Option<&'r str>,
    pub(in crate::report) command: Option<String>,
    snapshot_bytes: Option<u64>,
    free_bytes: Option<u64>,
    saved: Option<&'r SavedSeen>,
    /// The snapshot to restore, if it is a whole database.
    verified: Option<Verified<'r>>,
}

/// A snapshot whose every page was visited, and whose hash is right.
#[derive(Debug, serde::Serialize, schemars::JsonSchema)]
struct Verified<'r> {
    path: &'r str,
    #[serde(flatten)]
    database: &'r DatabaseSeen,
}

impl<'r> Backup<'r> {
    /// What there is to say, where this is about a backup.
    pub(super) fn new<'a: 'r>(facts: &'r Facts<'a>) -> Option<Self> {
        let backup = facts.backup()?;
        let verified = backup.source.as_ref().and_then(|source| {
            let whole = matches!(source.content, SnapshotContent::Whole { .. });
            let database = source.database.as_ref().filter(|_| whole)?;
            Some(Verified { path: &source.path, database })
        });
        if backup.source.is_some() && verified.is_none() {
            return None;
        }
        let source = facts.snapshot_source().map(Endpoint::url);
        let source = source.filter(|_| verified.is_none());
        let destination = backup.destination.as_ref();
        let path = destination.map_or("snapshot.db", |destination| destination.path.as_str());
        Some(Self {
            recommended: source,
            command: source.map(|url| Fix::snapshot(facts, url, path).line()),
            snapshot_bytes: facts.snapshot_bytes(),
            free_bytes: destination.and_then(|destination| destination.free_bytes),
            saved: backup.saved.as_ref(),
            verified,
        })
    }

    /// Whether a person learns something from it.
    pub(super) fn has_news(&self) -> bool {
        self.saved.is_some() || self.verified.is_some() || self.recommended.is_some()
    }

    /// What a person wants to know: what was saved, else from where to take it and how.
    pub(in crate::report) fn advice(&self) -> (Word, Message, Option<&str>) {
        match (self.saved, &self.verified, self.recommended) {
            (Some(saved), ..) => (Word::SnapshotSaved, saved_message(saved), None),
            (None, Some(verified), _) => (Word::SnapshotVerified, verified_message(verified), None),
            (None, None, source) => {
                let source = Message::name(source.unwrap_or_default());
                (Word::TakeSnapshotFrom, source, self.command.as_deref())
            }
        }
    }
}

fn verified_message(verified: &Verified<'_>) -> Message {
    let DatabaseSeen { hash, revision, total_keys, total_size } = verified.database;
    let message = ReportMessage::Verified {
        path: verified.path.into(),
        bytes: (*total_size).into(),
        revision: revision.to_string().into(),
        keys: (*total_keys).into(),
        hash: hash.into(),
    };
    message.into()
}

fn saved_message(saved: &SavedSeen) -> Message {
    // Whole numbers of bytes a microsecond are megabytes a second.
    let micros = std::time::Duration::from_secs_f64(saved.ms / 1000.0).as_micros().max(1);
    let rate = u128::from(saved.bytes) / micros;
    let message = ReportMessage::Saved {
        path: (&saved.path).into(),
        bytes: saved.bytes.into(),
        seconds: format!("{:.2}", saved.ms / 1000.0).into(),
        rate: rate.to_string().into(),
    };
    message.into()
}
