//! `preflight`: what a backup or a restore needs, looked at before it is taken; then, if wanted, the snapshot itself.

use std::{
    cell::RefCell,
    path::{Path, PathBuf},
    time::Duration,
};

use super::{Failure, Resolved, Stop, look::Looking, save};
use crate::{
    diagnoses::engine::{Level, Verdict},
    facts::Facts,
    message::{CliMessage, Message, Value},
    observation::{Observation, backup::BackupSeen},
    observe::{files::destination, target::observe},
};

/// What is to be backed up or restored.
#[derive(Debug, Clone, Default)]
pub struct Backup {
    /// How often backups are taken: every certificate has to last until the next one.
    pub every: Option<Duration>,
    /// Take the snapshot into this file, unless the verdict is as bad as `fail_on` or worse.
    pub save: Option<PathBuf>,
    /// Look at what a restore of this snapshot needs instead.
    pub restore: Option<PathBuf>,
}

/// Looks at what a backup needs, takes the snapshot if nothing stands against it, and hands facts and verdict to `judged`,
/// with the reason why a snapshot that was begun was not completed. `progress` is called as its bytes come, with those of the whole.
///
/// # Errors
/// A snapshot is asked of peers, or into one file of several members.
pub async fn preflight<R>(
    target: Resolved,
    backup: &Backup,
    fail_on: Level,
    stop: Stop<'_>,
    progress: &mut dyn FnMut(u64, u64),
    judged: impl FnOnce(&Facts<'_>, &Verdict, Option<Failure>) -> R,
) -> Result<R, Failure> {
    let Resolved { mut target, login, configs, files, .. } = target;
    let mut seen = BackupSeen { every: backup.every, ..BackupSeen::default() };
    if target.peer {
        return Err(Failure::misuse(CliMessage::PeerSnapshot));
    }
    if let Some(path) = &backup.restore {
        target.endpoints.clear();
        seen.source = Some(destination::look_at_snapshot(path));
    }
    if let Some(path) = &backup.save {
        if target.endpoints.len() != 1 || target.cluster {
            return Err(Failure::misuse(CliMessage::SeveralSnapshots));
        }
        seen.destination = Some(destination::look_at_destination(path));
    }
    let observed = observe(target, configs, files, login.clone(), |_| {});
    let mut observation = Box::pin(observed).await;
    observation.backup = Some(seen);
    let known = RefCell::new(|_: &Observation| {});
    let mut looking = Looking { observation, login, snapshot: None, known: &known };
    let Some(path) = &backup.save else {
        return Ok(looking.judge(|facts, verdict| judged(facts, verdict, None)).await);
    };
    let level = looking.judge(|_, verdict| verdict.level).await;
    let failed =
        if level < fail_on { take(&mut looking, path, stop, progress).await.err() } else { None };
    Ok(looking.judge(|facts, verdict| judged(facts, verdict, failed)).await)
}

/// Takes the snapshot whose stream was opened; that none was is a failure, since one was asked for.
async fn take(
    looking: &mut Looking<'_>,
    path: &Path,
    stop: Stop<'_>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(), Failure> {
    let Some(snapshot) = looking.snapshot.take() else {
        let (path, why) = (Value::from(path.display()), Message::from(CliMessage::NoStream).into());
        return Err(Failure::failed(CliMessage::NothingSaved { path, why }));
    };
    let saved = Box::pin(save::save(snapshot, path, stop, progress)).await?;
    if let Some(backup) = &mut looking.observation.backup {
        backup.saved = Some(saved);
    }
    Ok(())
}
