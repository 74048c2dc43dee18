//! The files that `--cacert`, `--cert` and `--key` name, and whether Go's loaders can use them.

use crate::{
    etcd::admission::read_ca_file,
    observation::{FileSeen, Observation, SystemAnchors, file::Form, target::Given},
    x509::{Certificate, Go},
};

/// A flag and the file it names.
#[derive(Debug)]
pub struct Material<'a> {
    /// `--cacert`, `--cert` or `--key`.
    pub flag: &'static str,
    /// The value and where it came from.
    pub given: &'a Given,
    /// The file as it was found.
    pub file: &'a FileSeen,
}

/// Whether a file gives its option what it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usable {
    /// It does.
    Yes,
    /// The option was not given.
    NotGiven,
    /// It was given, and gives nothing usable.
    No,
}

/// The certificates from which a client starts to trust servers.
#[derive(Debug)]
pub struct Anchors {
    /// Whether there is anything to verify with; `No` when `--cacert` is unusable.
    pub usable: Usable,
    /// The anchors; the system's relevant ones when `--cacert` is not given.
    pub certificates: Vec<Certificate>,
}

impl Material<'_> {
    /// Whether the file is PEM, which is all that etcd and etcdctl read.
    pub fn is_pem(&self) -> bool {
        self.file.content().is_some_and(|content| content.form == Form::Pem)
    }
}

/// The flags' files, in the order cacert, cert, key.
pub(super) fn given(observation: &Observation) -> Vec<Material<'_>> {
    let target = &observation.target;
    [("--cacert", &target.cacert), ("--cert", &target.cert), ("--key", &target.key)]
        .into_iter()
        .filter_map(|(flag, given)| {
            let given = given.as_ref()?;
            let file = observation.files.iter().find(|file| file.path == given.value)?;
            Some(Material { flag, given, file })
        })
        .collect()
}

impl Anchors {
    pub(super) fn of(observation: &Observation, material: &[Material<'_>], go: Go) -> Self {
        match material.iter().find(|material| material.flag == "--cacert") {
            Some(cacert) => Self::from_file(cacert.file, go),
            None => Self::from_system(observation.system_anchors.as_ref(), go),
        }
    }

    /// As etcd's `tlsutil.NewCertPool`: every PEM block must parse as a certificate, whatever its label; a file
    /// without any block gives an empty pool.
    fn from_file(file: &FileSeen, go: Go) -> Self {
        let certificates = read_ca_file(file.blocks_as_certificates(), go).unwrap_or_default();
        let usable = if certificates.is_empty() { Usable::No } else { Usable::Yes };
        Self { usable, certificates }
    }

    /// Whether any of them may issue certificates in Go's eyes: a CA, or a version 1 certificate, which can't say.
    pub fn hold_a_ca(&self) -> bool {
        self.certificates.iter().any(|anchor| anchor.is_ca() || anchor.version == 1)
    }

    fn from_system(system: Option<&SystemAnchors>, go: Go) -> Self {
        let relevant = system.map(|system| system.relevant.as_slice()).unwrap_or_default();
        let certificates =
            relevant.iter().filter_map(|der| Certificate::parse(&der.0, go).ok()).collect();
        Self { usable: Usable::NotGiven, certificates }
    }
}
