//! `verify`: one certificate offline, with Go's verdict and every path tried.

use std::path::{Path, PathBuf};

use time::OffsetDateTime;

use super::Failure;
use crate::{
    etcd::admission,
    facts::{Judged, KeyMatch, Unparsed, Verified},
    observe::files::{
        key,
        named_file::{self, LARGEST},
        pem::{self, RawBlock},
    },
    x509::{Certificate, Crl, Go, ParseError, Question, SpiffeId, Usage, second_opinion, verify},
};

/// What to verify, and by whose rules.
#[derive(Debug)]
pub struct Verify {
    /// The CA certificates to trust, PEM.
    pub cacert: PathBuf,
    /// The certificate, PEM, followed by its intermediates.
    pub cert: PathBuf,
    /// The private key that should belong to the certificate.
    pub key: Option<PathBuf>,
    /// The name or address that was connected to.
    pub host: Option<String>,
    /// What the certificate is used for.
    pub usage: Usage,
    /// The time that counts.
    pub when: OffsetDateTime,
    /// A revocation list, read as etcd reads it.
    pub crl: Option<PathBuf>,
    /// The SPIFFE ID that the certificate has to have.
    pub spiffe: Option<SpiffeId>,
    /// The Go release whose rules decide.
    pub go: Go,
}

/// Verifies a certificate.
///
/// # Errors
/// A file can't be read, or holds no certificate.
pub fn verify_files(request: &Verify) -> Result<Verified, Failure> {
    let go = request.go;
    let unparsed = |file: &Path, index: usize, error: ParseError| {
        let file = file.display().to_string();
        Ok(Verified::Unparsed(Unparsed { file, number: index + 1, error }))
    };
    let cas = ca_blocks(&request.cacert)?;
    let anchors = match admission::read_ca_file(cas.iter().map(RawBlock::der), go) {
        Ok(anchors) => anchors,
        Err((index, error)) => return unparsed(&request.cacert, index, error),
    };
    let mut presented = Vec::new();
    for (index, block) in named_file::certificate_blocks(&request.cert)?.iter().enumerate() {
        match Certificate::parse(&block.der, go) {
            Ok(certificate) => presented.push(certificate),
            Err(error) => return unparsed(&request.cert, index, error),
        }
    }
    let list = request.crl.as_deref().map(read_crl).transpose()?;
    let revocation = list.map(|list| {
        let list = list.map_err(|error| error.to_string());
        list.and_then(|list| admission::check_revocation(&list, &presented))
    });
    let leaf = presented.remove(0);
    let key = request.key.as_deref().map(|path| named_file::bytes(path, LARGEST)).transpose()?;
    let key = key.map(|file| key_match(&file, &leaf));
    let question = Question {
        leaf: &leaf,
        intermediates: &presented,
        anchors: &anchors,
        when: request.when,
        host: request.host.as_deref(),
        usages: &[request.usage],
        go,
    };
    let (verification, second_opinion) = (verify(&question), second_opinion(&question));
    let identity = request.spiffe.as_ref().map(|expected| leaf.check_svid(expected));
    Ok(Verified::Judged(Box::new(Judged {
        leaf,
        intermediates: presented,
        anchors,
        verification,
        second_opinion,
        revocation,
        identity,
        key,
    })))
}

/// The PEM blocks of a file of CAs, each of which etcd takes for a certificate; at least one.
fn ca_blocks(path: &Path) -> Result<Vec<RawBlock>, Failure> {
    let blocks = pem::decode(&named_file::bytes(path, LARGEST)?).blocks;
    if blocks.is_empty() {
        // This says which damage was passed over.
        return Ok(named_file::certificate_blocks(path)?);
    }
    Ok(blocks)
}

/// A list in PEM or DER; the strict reading of newer etcd is what counts for DER.
fn read_crl(path: &Path) -> Result<Result<Crl, ParseError>, Failure> {
    let bytes = named_file::bytes(path, LARGEST)?;
    Ok(match named_file::revocation_block(&bytes) {
        Some(block) => Crl::parse_old(block.der()),
        None => Crl::parse(&bytes),
    })
}

/// Compares the first key of a PEM file, the one that Go's `tls.X509KeyPair` takes. Only its public half is looked at.
fn key_match(file: &[u8], certificate: &Certificate) -> KeyMatch {
    let key = named_file::key_block(file);
    let key = key.map(|block| key::reduce(&block.label, &block.headers, &block.der));
    match key.and_then(|key| key.spki.filter(|_| key.unusable.is_none())) {
        Some(public) if public.0 == certificate.spki => KeyMatch::Matches,
        Some(_) => KeyMatch::Differs,
        None => KeyMatch::Unreadable,
    }
}
