//! Files that somebody named, for whoever needs what they hold: bounded, never waited for, their PEM as Go reads it. An error names
//! the file, and the line that is damaged.

use std::fs::File;
use std::io::IsTerminal as _;
use std::os::unix::fs::FileTypeExt as _;
use std::path::Path;

use zeroize::Zeroizing;

use super::file_error::{FileError, FileFault};
use super::file_reader::{self, Ownership};
use super::key;
use super::pem::{self, Decoded, RawBlock};
use crate::observation::{file::FileState, refusal::SpecialFile};
use crate::x509::{Certificate, Go};

/// No certificate, key, request or revocation list comes near.
pub(crate) const LARGEST: u64 = 4 << 20;
/// Orders for many certificates, saved cases and sets of test cases are larger.
pub(crate) const LARGEST_TEXT: u64 = 256 << 20;
/// No passphrase comes near.
const LONGEST_LINE: u64 = 4096;

/// The bytes of a regular file.
pub(crate) fn bytes(path: &Path, limit: u64) -> Result<Zeroizing<Vec<u8>>, FileError> {
    let read = file_reader::read(path, limit).map(|(_, bytes)| bytes);
    read.map_err(|state| FileError::new(path.display(), FileFault::Unread(state)))
}

/// A log to be read as it comes, and whether more of it can come while it is read: a file, a FIFO or a terminal.
pub(crate) fn log(path: &Path) -> Result<(File, bool), FileError> {
    let refused = |state| FileError::new(path.display(), FileFault::Unread(state));
    match file_reader::open(path, u64::MAX) {
        Ok((file, _)) => Ok((file, false)),
        Err(FileState::NotRegular { kind: SpecialFile::Fifo | SpecialFile::CharacterDevice }) => {
            let file = File::open(path)
                .map_err(|error| refused(FileState::Failed { error: (&error).into() }))?;
            // A device that is no terminal may have no end.
            let kind = SpecialFile::CharacterDevice;
            let is_device = file.metadata().is_ok_and(|about| about.file_type().is_char_device());
            if is_device && !file.is_terminal() {
                return Err(refused(FileState::NotRegular { kind }));
            }
            Ok((file, true))
        }
        Err(state) => Err(refused(state)),
    }
}

/// Whether a regular file of at most `limit` bytes can be opened.
pub(crate) fn check(path: &Path, limit: u64) -> Result<(), FileError> {
    let opened = file_reader::open(path, limit).map(drop);
    opened.map_err(|state| FileError::new(path.display(), FileFault::Unread(state)))
}

/// A text of the system's own; none if it can't be read.
pub(crate) fn system_text(path: &str) -> String {
    let read = file_reader::read(Path::new(path), LARGEST);
    read.map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

/// Who owns a file, and with which permission bits.
pub(crate) fn ownership(path: &Path) -> Result<Ownership, FileError> {
    let looked = file_reader::ownership(path);
    looked.map_err(|state| FileError::new(path.display(), FileFault::Unread(state)))
}

/// The first line of a file, as passphrases are kept.
pub(crate) fn first_line(path: &Path) -> Result<Zeroizing<String>, FileError> {
    let bytes = bytes(path, LONGEST_LINE)?;
    let text = std::str::from_utf8(&bytes)
        .map_err(|_| FileError::new(path.display(), FileFault::NotText))?;
    Ok(text.lines().next().unwrap_or_default().to_owned().into())
}

/// The `CERTIFICATE` blocks of a file; at least one.
pub(crate) fn certificate_blocks(path: &Path) -> Result<Vec<RawBlock>, FileError> {
    let Decoded { mut blocks, mut defects } = pem::decode(&bytes(path, LARGEST)?);
    blocks.retain(is_certificate);
    if blocks.is_empty() {
        // Most likely it is this that a reader passed over.
        let defect = (!defects.is_empty()).then(|| defects.remove(0));
        return Err(FileError::new(path.display(), FileFault::NoCertificate(defect)));
    }
    Ok(blocks)
}

/// The first certificate of a file.
pub(crate) fn certificate(path: &Path) -> Result<Certificate, FileError> {
    parse(path, &certificate_blocks(path)?[0])
}

/// The first certificate of a file, and those behind it that can be parsed.
pub(crate) fn certificate_chain(path: &Path) -> Result<(Certificate, Vec<Certificate>), FileError> {
    let blocks = certificate_blocks(path)?;
    let rest =
        blocks[1..].iter().filter_map(|block| Certificate::parse(&block.der, Go::DEFAULT).ok());
    Ok((parse(path, &blocks[0])?, rest.collect()))
}

/// Every certificate in some bytes that can be parsed.
pub(crate) fn certificates_in(bytes: &[u8]) -> impl Iterator<Item = Certificate> {
    let blocks = pem::decode(bytes).blocks.into_iter().filter(is_certificate);
    blocks.filter_map(|block| Certificate::parse(&block.der, Go::DEFAULT).ok())
}

/// The first private key block, the one that Go's `tls.X509KeyPair` takes.
pub(crate) fn key_block(bytes: &[u8]) -> Option<RawBlock> {
    pem::decode(bytes).blocks.into_iter().find(|block| key::is_key_label(&block.label))
}

/// The first certificate request in PEM; openssl and older Microsoft tools label it differently.
pub(crate) fn request_block(bytes: &[u8]) -> Option<RawBlock> {
    const LABELS: [&str; 2] = ["CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"];
    pem::decode(bytes).blocks.into_iter().find(|block| LABELS.contains(&block.label.as_str()))
}

/// A revocation list in PEM, as Go's `x509.ParseCRL` tells it from DER.
pub(crate) fn revocation_block(bytes: &[u8]) -> Option<RawBlock> {
    let blocks = bytes.starts_with(b"-----BEGIN X509 CRL").then(|| pem::decode(bytes).blocks);
    blocks?.into_iter().next().filter(|block| block.label == "X509 CRL")
}

fn is_certificate(block: &RawBlock) -> bool {
    block.label == "CERTIFICATE"
}

fn parse(path: &Path, block: &RawBlock) -> Result<Certificate, FileError> {
    Certificate::parse(&block.der, Go::DEFAULT).map_err(|error| {
        FileError::new(path.display(), FileFault::Malformed { line: block.line, error })
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use rcgen::{CertificateParams, KeyPair};

    use super::*;

    fn file(text: &str) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        file
    }

    #[test]
    fn the_damaged_line_is_named() {
        let key = KeyPair::generate().unwrap();
        let pem = CertificateParams::default().self_signed(&key).unwrap().pem();
        let indented = file(&format!("# a comment\n  {pem}"));
        let error = certificate(indented.path()).unwrap_err();
        assert!(matches!(&*error.fault, FileFault::NoCertificate(Some(_))), "{error}");
        assert!(error.to_string().contains("line 2"), "{error}");
        let garbled = "-----BEGIN CERTIFICATE-----\nAQID\n-----END CERTIFICATE-----\n";
        let error = certificate(file(&format!("\n\n{garbled}")).path()).unwrap_err();
        assert!(error.to_string().contains("line 3"), "{error}");
        let whole = file(&format!("{pem}{garbled}{pem}"));
        assert_eq!(certificate_chain(whole.path()).unwrap().1.len(), 1);
        assert_eq!(certificates_in(pem.repeat(3).as_bytes()).count(), 3);
    }

    #[test]
    fn a_passphrase_is_the_first_line() {
        assert_eq!(first_line(file("secret\r\nnot this\n").path()).unwrap().as_str(), "secret");
        assert!(first_line(file(&"x".repeat(5000)).path()).is_err());
    }

    #[test]
    fn requests_and_lists_are_known_by_their_labels() {
        let block = |label: &str| format!("-----BEGIN {label}-----\nAQID\n-----END {label}-----\n");
        for label in ["CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"] {
            assert_eq!(request_block(block(label).as_bytes()).unwrap().der(), [1, 2, 3]);
        }
        assert_eq!(revocation_block(block("X509 CRL").as_bytes()).unwrap().der(), [1, 2, 3]);
        assert!(revocation_block(block("CERTIFICATE").as_bytes()).is_none());
        let keys = block("EC PARAMETERS") + &block("EC PRIVATE KEY");
        assert_eq!(key_block(keys.as_bytes()).unwrap().label, "EC PRIVATE KEY");
    }
}
