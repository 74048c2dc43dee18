//! The tables of the embedded ledger, and how older ones are brought up to date.

use rusqlite::{Connection, Result, TransactionBehavior};

/// The schema that this release writes.
pub(super) const KNOWN: u32 = 2;

/// Each step takes the schema from the version that is its index to the next; `user_version` counts them.
const MIGRATIONS: [&str; KNOWN as usize] = [
    "
    CREATE TABLE record (
        serial TEXT PRIMARY KEY,
        body TEXT NOT NULL,
        cert TEXT,
        key TEXT,
        delivered TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE journal (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE crl (issuer TEXT PRIMARY KEY, number INTEGER NOT NULL) STRICT, WITHOUT ROWID;
",
    // Seconds are too coarse to tell which of two certificates came first.
    "
    CREATE TABLE numbered (
        number INTEGER PRIMARY KEY,
        serial TEXT NOT NULL UNIQUE,
        body TEXT NOT NULL,
        cert TEXT,
        key TEXT,
        delivered TEXT
    ) STRICT;
    INSERT INTO numbered (serial, body, cert, key, delivered)
        SELECT serial, body, cert, key, delivered FROM record ORDER BY body ->> 'issued_at', serial;
    DROP TABLE record;
    ALTER TABLE numbered RENAME TO record;
",
];

/// Brings an older schema up to date, all or nothing; the version that was found is left alone if it is newer.
pub(super) fn migrate(connection: &mut Connection) -> Result<u32> {
    let found = version(connection)?;
    if found >= KNOWN {
        return Ok(found);
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have been faster.
    for step in MIGRATIONS.iter().skip(version(&transaction)? as usize) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "user_version", KNOWN)?;
    transaction.commit()?;
    Ok(found)
}

fn version(connection: &Connection) -> Result<u32> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}
