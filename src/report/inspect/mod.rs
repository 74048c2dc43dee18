//! Tells what one file or server holds, in words, as JSON or as PEM.

mod json;
mod words;

pub(super) use json::documents;
pub(super) use words::keystore as keystore_words;

use std::io::{self, Write};

use super::Style;
use crate::facts::tree::{Inspected, Object, Thing};
use data_encoding::BASE64;

/// How it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawing {
    /// In words.
    Words,
    /// One document.
    Document,
    /// One object a line.
    Lines,
    /// The certificates as PEM.
    Pem,
}

/// Writes what several files and servers hold.
pub fn write(
    out: &mut impl Write,
    drawing: Drawing,
    all: &[Inspected],
    style: &Style,
) -> io::Result<()> {
    match drawing {
        Drawing::Words => all.iter().try_for_each(|one| words::write(out, one, style)),
        Drawing::Document => json::document(out, all),
        Drawing::Lines => json::lines(out, all),
        Drawing::Pem => all.iter().try_for_each(|one| pem(out, &one.objects)),
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
