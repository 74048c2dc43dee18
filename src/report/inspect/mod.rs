//! Tells what one file or server holds, in words, as JSON or as PEM.

mod json;
mod words;

pub(super) use json::documents;
pub(super) use words::keystore as keystore_words;

use std::io::{self, Write};

use data_encoding::BASE64;
use time::OffsetDateTime;

use super::Style;
use crate::{
    facts::tree::{Object, Thing},
    observation::{endpoint::TlsSeen, tree::TreeFile},
};

/// A file or a server that was looked at.
#[derive(Debug)]
pub struct Inspected {
    /// As it was named.
    pub name: String,
    /// When.
    pub when: OffsetDateTime,
    /// What is there.
    pub source: Source,
    /// What is in it.
    pub objects: Vec<Object>,
}

/// What stands behind a name.
#[derive(Debug)]
pub enum Source {
    /// A file.
    File(TreeFile),
    /// A server.
    Server(Box<TlsSeen>),
}

/// How it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telling {
    /// In words.
    Words,
    /// One object a line.
    Json,
    /// The certificates as PEM.
    Pem,
}

/// Writes one of them.
pub fn write(
    out: &mut impl Write,
    telling: Telling,
    inspected: &Inspected,
    style: &Style,
) -> io::Result<()> {
    match telling {
        Telling::Words => words::write(out, inspected, style),
        Telling::Json => json::write(out, inspected),
        Telling::Pem => pem(out, &inspected.objects),
    }
}

/// The certificates as RFC 7468 writes them.
fn pem(out: &mut impl Write, objects: &[Object]) -> io::Result<()> {
    for object in objects {
        let Thing::Certificate(certificate) = &object.thing else { continue };
        writeln!(out, "-----BEGIN CERTIFICATE-----")?;
        for line in BASE64.encode(&certificate.der).as_bytes().chunks(64) {
            out.write_all(line)?;
            writeln!(out)?;
        }
        writeln!(out, "-----END CERTIFICATE-----")?;
    }
    Ok(())
}
