//! The revocation list that stands where the next one will: what it revokes must never come back by a list that forgets it.

use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use x509_cert::crl::CertificateList;
use x509_cert::der::Decode as _;
use x509_cert::der::oid::AssociatedOid as _;
use x509_cert::ext::pkix::CrlNumber;

use crate::message::{CaMessage, Message, Say, english_display};
use crate::observe::files::named_file;

/// No list of a CA for etcd comes near.
const LARGEST: u64 = 64 << 20;

/// A list that an earlier run, or another tool, wrote.
#[derive(Debug, Clone)]
pub struct StandingList {
    /// Its file.
    pub file: PathBuf,
    /// Its number (RFC 5280 §5.2.3), as far as it has one that fits.
    pub number: Option<u64>,
    /// What it revokes, in lower-case hex.
    pub serials: Vec<String>,
}

/// Why no list may follow the one that stands.
#[derive(Debug, Clone)]
pub struct Forgotten {
    list: StandingList,
    ledger: PathBuf,
    unknown: usize,
}

impl StandingList {
    /// Reads the list in a file; `None` if there is none, or what is there is no list.
    pub fn read(file: &Path) -> Option<Self> {
        let bytes = named_file::bytes(file, LARGEST).ok()?;
        let block = named_file::revocation_block(&bytes);
        let der = block.as_ref().map_or(&bytes[..], |block| block.der());
        let list = CertificateList::from_der(der).ok()?.tbs_cert_list;
        let mut extensions = list.crl_extensions.iter().flatten();
        let number = extensions.find(|extension| extension.extn_id == CrlNumber::OID);
        let number = number.and_then(|one| CrlNumber::from_der(one.extn_value.as_bytes()).ok());
        let serials = list.revoked_certificates.iter().flatten();
        Some(Self {
            file: file.to_owned(),
            number: number.and_then(|number| to_u64(number.0.as_bytes())),
            serials: serials.map(|one| hex(one.serial_number.as_bytes())).collect(),
        })
    }

    /// Whether a list with this number and these serials may take its place.
    ///
    /// # Errors
    /// The number is not higher, or a certificate would no longer be revoked.
    pub fn admits(
        self,
        number: u64,
        knows: impl Fn(&str) -> bool,
        ledger: &Path,
    ) -> Result<(), Forgotten> {
        let unknown = self.serials.iter().filter(|serial| !knows(serial)).count();
        if unknown == 0 && self.number.is_none_or(|standing| standing < number) {
            return Ok(());
        }
        Err(Forgotten { list: self, ledger: ledger.to_owned(), unknown })
    }
}

english_display!(Forgotten);

impl Say for Forgotten {
    fn message(&self) -> Message {
        let (file, ledger) = (self.list.file.display().into(), self.ledger.display().into());
        match (self.unknown, self.list.number) {
            (0, number) => {
                CaMessage::ListIsNewer { file, ledger, number: number.unwrap_or_default().into() }
            }
            (count, _) => CaMessage::ListKnowsMore { file, ledger, count: count.into() },
        }
        .into()
    }
}

fn to_u64(bytes: &[u8]) -> Option<u64> {
    bytes.iter().try_fold(0_u64, |number, byte| {
        number.checked_mul(256).map(|number| number | u64::from(*byte))
    })
}

/// As records write serials: without a leading `00` byte.
fn hex(bytes: &[u8]) -> String {
    let magnitude = bytes.iter().position(|byte| *byte != 0).map_or(&[][..], |at| &bytes[at..]);
    HEXLOWER.encode(magnitude)
}
