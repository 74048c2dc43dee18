//! Certificates in files and directories that a caller names, for the commands of the CA and of its ledger.

use std::path::{Path, PathBuf};

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use zeroize::Zeroizing;

use super::{Failure, Remarks, note};
use crate::{
    message::{FileMessage, Message, Say as _, Value},
    observe::files::file_reader,
    x509::{Certificate, Go},
};

/// No certificate or key comes near.
const LARGEST: u64 = 1 << 20;
/// Orders for many certificates are larger.
const LARGEST_TEXT: u64 = 64 << 20;

/// The bytes of a regular file.
pub(super) fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>, Failure> {
    file_reader::read_bytes(path, LARGEST_TEXT).map_err(|why| failed_at(path, why.message()))
}

/// The first certificate of a file.
pub(super) fn certificate(path: &Path) -> Result<Certificate, Failure> {
    let der = CertificateDer::from_pem_slice(&read(path)?)
        .map_err(|_| failed_at(path, FileMessage::NoCertificate.into()))?;
    Certificate::parse(&der, Go::DEFAULT)
        .map_err(|error| failed_at(path, Message::Plain(Value::quoted(error))))
}

/// Every certificate of a file's bytes.
pub(super) fn certificates(pem: &[u8]) -> impl Iterator<Item = Certificate> {
    let blocks = CertificateDer::pem_slice_iter(pem).filter_map(Result::ok);
    blocks.filter_map(|der| Certificate::parse(&der, Go::DEFAULT).ok())
}

fn failed_at(path: &Path, why: Message) -> Failure {
    Failure::failed(why.about(path.display()))
}

/// Calls `see` with each regular file below a directory, in order of their names; backups, hidden files and large ones are left out.
pub(super) fn each_file(
    directory: &Path,
    remarks: Remarks<'_>,
    see: &mut impl FnMut(&Path, &[u8]),
) -> Result<(), Failure> {
    let unreadable = |error: std::io::Error| failed_at(directory, (&error).into());
    let entries = std::fs::read_dir(directory).map_err(unreadable)?;
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<std::io::Result<_>>()
        .map_err(unreadable)?;
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Ok(found) = path.symlink_metadata() else { continue };
        if found.is_dir() {
            each_file(&path, remarks, see)?;
        } else if path.metadata().is_ok_and(|found| found.is_file() && found.len() <= LARGEST)
            && !name.contains(".bak-")
            && !name.starts_with('.')
        {
            match read(&path) {
                Ok(bytes) => see(&path, &bytes),
                Err(failure) => note(remarks, failure.message),
            }
        }
    }
    Ok(())
}

/// The bytes of a file, or of standard input for `-`.
pub(super) fn read_input(path: &Path) -> Result<Zeroizing<Vec<u8>>, Failure> {
    if path != Path::new("-") {
        return read(path);
    }
    let mut bytes = Zeroizing::new(Vec::new());
    std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes)
        .map_err(|error| failed_at(path, (&error).into()))?;
    Ok(bytes)
}
