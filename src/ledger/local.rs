//! The local ledger: `SQLite` with a write-ahead log beside the CA. One writer at a time, any number of readers.
//!
//! Whoever issues holds a lock file for as long as files are under way, so that a journal entry found while holding it
//! was left by a process that died.

use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OptionalExtension as _, Row, params};
use rustix::fs::{FlockOperation, OFlags};

use super::schema;
use crate::ca::{Entry, Ledger, LedgerError, LedgerFault, Outcome, Pending, Record, Status};

/// How long a command waits for another one that writes.
const PATIENCE: Duration = Duration::from_secs(5);

/// An open ledger.
pub struct LocalLedger {
    connection: Connection,
    path: PathBuf,
}

/// The ledger while no other process may issue from it.
pub struct LedgerGuard<'a> {
    ledger: &'a mut LocalLedger,
    _lock: File,
}

/// A record as it is stored, with what only this machine knows.
#[derive(Debug, Clone)]
pub struct Stored {
    pub record: Record,
    /// Where the certificate was written.
    pub cert: Option<PathBuf>,
    /// Where its key was written.
    pub key: Option<PathBuf>,
    /// Whether the shared ledger has it as it is.
    pub delivered: bool,
}

/// A record that is to be delivered.
#[derive(Debug, Clone)]
pub struct Waiting {
    pub record: Record,
    /// The text to be delivered.
    pub body: String,
    /// The text that was delivered before.
    pub delivered: Option<String>,
}

impl LocalLedger {
    /// Opens a ledger, making it if it is missing and bringing an older one up to date.
    pub fn open(path: &Path) -> Result<Self, LedgerError> {
        // SQLite would create it readable for others.
        OpenOptions::new()
            .append(true)
            .create(true)
            .mode(0o600)
            // A FIFO that somebody named by mistake keeps nobody waiting.
            .custom_flags(OFlags::NONBLOCK.bits().cast_signed())
            .open(path)
            .map_err(|error| fault(path, LedgerFault::Io(error)))?;
        let connection = Connection::open(path).map_err(|error| blame(path, error))?;
        let mut ledger = Self { connection, path: path.to_owned() };
        ledger.prepare().map_err(|error| ledger.blame(error))?;
        ledger.migrate()?;
        Ok(ledger)
    }

    /// A ledger without records that is gone with this value, for readers where there is none.
    pub fn empty(path: &Path) -> Result<Self, LedgerError> {
        let connection = Connection::open_in_memory().map_err(|error| blame(path, error))?;
        let mut ledger = Self { connection, path: path.to_owned() };
        ledger.migrate()?;
        Ok(ledger)
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn prepare(&self) -> rusqlite::Result<()> {
        self.connection.busy_timeout(PATIENCE)?;
        self.connection.pragma_update(None, "journal_mode", "WAL")?;
        self.connection.pragma_update(None, "synchronous", "FULL")
    }

    fn migrate(&mut self) -> Result<(), LedgerError> {
        match schema::migrate(&mut self.connection) {
            Ok(found) if found > schema::KNOWN => {
                Err(fault(&self.path, LedgerFault::Schema { found, known: schema::KNOWN }))
            }
            migrated => migrated.map(drop).map_err(|error| self.blame(error)),
        }
    }

    /// Waits for its turn to write, and keeps others from writing until it is dropped.
    pub fn hold(&mut self) -> Result<LedgerGuard<'_>, LedgerError> {
        let mut name = self.path.clone().into_os_string();
        name.push(".lock");
        let failed = |error| fault(&self.path, LedgerFault::Io(error));
        let lock = OpenOptions::new().append(true).create(true).mode(0o600).open(name);
        let lock = lock.map_err(failed)?;
        let locked = rustix::fs::flock(&lock, FlockOperation::NonBlockingLockExclusive);
        if locked.is_err() && !wait_for(&lock).map_err(failed)? {
            return Err(fault(&self.path, LedgerFault::Locked));
        }
        // Another program may hold the database itself; better to learn it now than with files under way.
        self.connection
            .execute_batch("BEGIN IMMEDIATE; ROLLBACK")
            .map_err(|error| self.blame(error))?;
        Ok(LedgerGuard { ledger: self, _lock: lock })
    }

    /// Whether an earlier process left files under way.
    pub fn is_interrupted(&self) -> Result<bool, LedgerError> {
        let count = "SELECT count(*) FROM journal";
        let count = self.connection.query_row(count, [], |row| row.get::<_, i64>(0));
        count.map(|count| count > 0).map_err(|error| self.blame(error))
    }

    /// All records, in the order in which they were entered.
    pub fn records(&self) -> Result<Vec<Stored>, LedgerError> {
        let read = || -> rusqlite::Result<Vec<Stored>> {
            let mut query = self
                .connection
                .prepare("SELECT body, cert, key, delivered IS body FROM record ORDER BY number")?;
            query.query_map([], stored)?.collect()
        };
        read().map_err(|error| self.blame(error))
    }

    /// One record by its serial.
    pub fn record(&self, serial: &str) -> Result<Option<Stored>, LedgerError> {
        let read = || {
            let mut query = self.connection.prepare(
                "SELECT body, cert, key, delivered IS body FROM record WHERE serial = ?1",
            )?;
            query.query_row([serial], stored).optional()
        };
        read().map_err(|error| self.blame(error))
    }

    /// The number of a CA's last revocation list; 0 before the first.
    pub fn last_list_number(&self, issuer: &str) -> Result<u64, LedgerError> {
        let read = || {
            let mut query = self.connection.prepare("SELECT number FROM crl WHERE issuer = ?1")?;
            query.query_row([issuer], |row| row.get::<_, i64>(0)).optional()
        };
        let number = read().map_err(|error| self.blame(error))?;
        Ok(number.unwrap_or_default().unsigned_abs())
    }

    /// The records that the shared ledger does not have as they are, in the same order.
    pub fn waiting(&self) -> Result<Vec<Waiting>, LedgerError> {
        let read = || -> rusqlite::Result<Vec<Waiting>> {
            let mut query = self.connection.prepare(
                "SELECT body, delivered FROM record WHERE delivered IS NOT body ORDER BY number",
            )?;
            let rows = query.query_map([], |row| {
                let body: String = row.get(0)?;
                Ok(Waiting { record: json(0, &body)?, body, delivered: row.get(1)? })
            })?;
            rows.collect()
        };
        read().map_err(|error| self.blame(error))
    }

    /// Notes which records the shared ledger has taken, as they were when they were sent.
    pub fn note_delivered(&mut self, taken: &[Waiting]) -> Result<(), LedgerError> {
        let noted = (|| {
            let transaction = self
                .connection
                .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            {
                let mut note =
                    transaction.prepare("UPDATE record SET delivered = ?2 WHERE serial = ?1")?;
                for waiting in taken {
                    note.execute(params![waiting.record.cert_serial, waiting.body])?;
                }
            }
            transaction.commit()
        })();
        noted.map_err(|error| self.blame(error))
    }

    fn blame(&self, error: rusqlite::Error) -> LedgerError {
        blame(&self.path, error)
    }
}

fn fault(path: &Path, fault: LedgerFault) -> LedgerError {
    LedgerError { path: path.to_owned(), fault }
}

#[expect(clippy::needless_pass_by_value, reason = "map_err hands errors over")]
fn blame(path: &Path, error: rusqlite::Error) -> LedgerError {
    let kind = match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => LedgerFault::Locked,
        Some(ErrorCode::NotADatabase) => LedgerFault::NotALedger,
        Some(ErrorCode::ReadOnly) => LedgerFault::ReadOnly,
        Some(ErrorCode::DiskFull) => LedgerFault::Full,
        _ => LedgerFault::Database(error.to_string()),
    };
    fault(path, kind)
}

/// Waits in the kernel's queue for a lock, which is fair where asking again and again is not.
fn wait_for(lock: &File) -> std::io::Result<bool> {
    let waiting = lock.try_clone()?;
    let (locked, answer) = mpsc::channel();
    thread::spawn(move || {
        let _ = locked.send(rustix::fs::flock(&waiting, FlockOperation::LockExclusive));
    });
    match answer.recv_timeout(PATIENCE) {
        Ok(outcome) => outcome.map(|()| true).map_err(Into::into),
        Err(_) => Ok(false),
    }
}

fn stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    let path =
        |column| Ok::<_, rusqlite::Error>(row.get::<_, Option<String>>(column)?.map(PathBuf::from));
    Ok(Stored {
        record: json(0, &row.get::<_, String>(0)?)?,
        cert: path(1)?,
        key: path(2)?,
        delivered: row.get(3)?,
    })
}

fn json<T: serde::de::DeserializeOwned>(column: usize, text: &str) -> rusqlite::Result<T> {
    serde_json::from_str(text).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(
            column,
            rusqlite::types::Type::Text,
            Box::new(error),
        )
    })
}

fn text(value: &impl serde::Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(value)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}

impl LedgerGuard<'_> {
    /// The ledger to read from.
    pub fn ledger(&self) -> &LocalLedger {
        self.ledger
    }

    /// Marks a certificate as revoked; `record` is entered if it is not there yet. Says whether anything changed.
    pub fn revoke(&mut self, record: &Record, at: i64, reason: &str) -> Result<bool, LedgerError> {
        let mut changed = false;
        self.change(|connection| {
            connection
                .prepare("INSERT OR IGNORE INTO record (serial, body) VALUES (?1, ?2)")?
                .execute(params![record.cert_serial, text(record)?])?;
            changed = connection
                .prepare(
                    "UPDATE record SET body = json_set(body, '$.status', 'revoked',
                     '$.revoked_at', ?2, '$.reason', ?3)
                     WHERE serial = ?1 AND body ->> 'status' <> 'revoked'",
                )?
                .execute(params![record.cert_serial, at, reason])?
                > 0;
            Ok(())
        })?;
        Ok(changed)
    }

    /// The number of a CA's next revocation list, which no other list of it ever had.
    pub fn next_list_number(&mut self, issuer: &str) -> Result<u64, LedgerError> {
        let mut number = 0_i64;
        self.change(|connection| {
            number = connection
                .prepare(
                    "INSERT INTO crl VALUES (?1, 1)
                     ON CONFLICT (issuer) DO UPDATE SET number = number + 1 RETURNING number",
                )?
                .query_row([issuer], |row| row.get(0))?;
            Ok(())
        })?;
        Ok(number.unsigned_abs())
    }

    fn change(
        &mut self,
        change: impl FnOnce(&Connection) -> rusqlite::Result<()>,
    ) -> Result<(), LedgerError> {
        let changed = (|| {
            let transaction = self
                .ledger
                .connection
                .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            change(&transaction)?;
            transaction.commit()
        })();
        changed.map_err(|error| self.ledger.blame(error))
    }
}

impl Ledger for LedgerGuard<'_> {
    fn enter(&mut self, entries: &[Entry]) -> Result<(), LedgerError> {
        self.change(|connection| {
            let mut journal = connection.prepare("INSERT INTO journal VALUES (?1, ?2)")?;
            let mut record = connection
                .prepare("INSERT INTO record (serial, body, cert, key) VALUES (?1, ?2, ?3, ?4)")?;
            for Entry { record: new, pending } in entries {
                journal.execute(params![pending.id, text(pending)?])?;
                if let Some(new) = new {
                    let cert = pending.cert.to.to_string_lossy();
                    let key = pending.key.as_ref().map(|key| key.to.to_string_lossy());
                    record.execute(params![new.cert_serial, text(new)?, cert, key])?;
                }
            }
            Ok(())
        })
    }

    fn finish(&mut self, outcomes: &[(&str, Outcome)]) -> Result<(), LedgerError> {
        self.change(|connection| {
            let mut take =
                connection.prepare("DELETE FROM journal WHERE id = ?1 RETURNING body")?;
            let mut withdraw = connection.prepare("DELETE FROM record WHERE serial = ?1")?;
            for (id, outcome) in outcomes {
                let pending: String = take.query_row([id], |row| row.get(0))?;
                match outcome {
                    Outcome::Published => {
                        let pending: Pending = json(0, &pending)?;
                        if let Some(old) = pending.supersedes {
                            set_status(connection, &old.serial, Status::Superseded)?;
                        }
                    }
                    Outcome::Withdrawn => drop(withdraw.execute([id])?),
                    Outcome::Lost => {}
                }
            }
            Ok(())
        })
    }

    fn pending(&self) -> Result<Vec<Pending>, LedgerError> {
        let read = || -> rusqlite::Result<Vec<Pending>> {
            let mut query = self.ledger.connection.prepare("SELECT body FROM journal")?;
            let bodies = query.query_map([], |row| json(0, &row.get::<_, String>(0)?))?;
            bodies.collect()
        };
        read().map_err(|error| self.ledger.blame(error))
    }
}

/// Changes the status of a record that is still active.
fn set_status(connection: &Connection, serial: &str, status: Status) -> rusqlite::Result<()> {
    connection
        .prepare(
            "UPDATE record SET body = json_set(body, '$.status', ?2)
             WHERE serial = ?1 AND body ->> 'status' = 'active'",
        )?
        .execute(params![serial, status.to_string()])
        .map(drop)
}
