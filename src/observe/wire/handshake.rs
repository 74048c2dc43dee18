//! A TLS handshake that records instead of refusing: any chain is taken in order to see it, and judged by the caller
//! before anything is written.
//!
//! The server's own signature is always checked, by `x509::signature`, so that a server which Go accepts is not
//! refused here. In TLS 1.3 a refused client certificate shows only on a later read (RFC 8446 §4.4.2.4).

use std::{
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use rustls::{
    ClientConfig, DigitallySignedStruct, PeerIncompatible, SignatureScheme,
    client::{
        ResolvesClientCert, Resumption,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    crypto::CryptoProvider,
    pki_types::{CertificateDer, ServerName, UnixTime},
    sign::CertifiedKey,
};
use tokio::time::{Instant, timeout_at};
use tokio_rustls::{TlsConnector, client::TlsStream};

use super::accept_queue;
use super::alert;
use super::dial::milliseconds;
use super::watched::End;
use super::watched::Notebook;
use super::watched::Stream;
use super::watched::Watched;
use crate::{
    observation::{
        Der,
        endpoint::{CertificateRequest, HandshakeEnd, HandshakeFailure, TlsSeen, VersionRefusal},
    },
    x509::{Certificate, Go, signature},
};

/// An established TLS connection.
pub(crate) type Secured = TlsStream<Watched<Box<dyn Stream>>>;

/// What a handshake needs to know.
pub(crate) struct Handshake<'a> {
    /// The host as dialled; sent as SNI when it is a name.
    pub(crate) host: &'a str,
    /// Protocols offered by ALPN.
    pub(crate) alpn: &'a [&'a [u8]],
    /// Our certificate, if there is one to present.
    pub(crate) identity: Option<Arc<CertifiedKey>>,
    pub(crate) deadline: Instant,
    /// The address dialled, when it is of this machine: a listener that takes no connections is not waited for.
    pub(crate) local: Option<SocketAddr>,
}

impl Handshake<'_> {
    /// Runs it; the notebook tells of the bytes below TLS.
    pub(crate) async fn run(self, stream: Box<dyn Stream>) -> (TlsSeen, Option<Secured>, Notebook) {
        let watched = Watched::new(stream);
        let notebook = watched.notebook();
        let recorder =
            Arc::new(Recorder { seen: Mutex::default(), identity: self.identity.clone() });
        let start = Instant::now();
        let name = server_name(self.host);
        let sni = match &name {
            ServerName::DnsName(name) => Some(name.as_ref().to_owned()),
            _ => None,
        };
        let outcome = match config(&recorder, self.alpn) {
            Ok(config) => {
                let connector = TlsConnector::from(Arc::new(config));
                tokio::select! {
                    ended = timeout_at(self.deadline, connector.connect(name, watched)) => ended.ok(),
                    () = accept_queue::stuck(self.local) => None,
                }
            }
            Err(error) => Some(Err(io::Error::other(error))),
        };
        let ms = milliseconds(start);
        let end = match &outcome {
            Some(Ok(_)) => HandshakeEnd::Complete,
            Some(Err(error)) => ended(error, &notebook),
            None => HandshakeEnd::TimedOut,
        };
        let secured = outcome.and_then(Result::ok);
        (recorder.into_seen(end, ms, sni, secured.as_ref()), secured, notebook)
    }
}

/// The provider of all cryptography in TLS: aws-lc-rs.
pub(crate) fn provider() -> Arc<CryptoProvider> {
    static PROVIDER: OnceLock<Arc<CryptoProvider>> = OnceLock::new();
    PROVIDER.get_or_init(|| Arc::new(rustls::crypto::aws_lc_rs::default_provider())).clone()
}

fn config(recorder: &Arc<Recorder>, alpn: &[&[u8]]) -> Result<ClientConfig, rustls::Error> {
    let mut config = ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::clone(recorder) as Arc<dyn ServerCertVerifier>)
        .with_client_cert_resolver(Arc::clone(recorder) as Arc<dyn ResolvesClientCert>);
    config.alpn_protocols = alpn.iter().map(|protocol| protocol.to_vec()).collect();
    // Every endpoint is met for the first time.
    config.resumption = Resumption::disabled();
    Ok(config)
}

/// A host that rustls can't name (a zone, an odd character) is dialled without SNI, as an address is.
fn server_name(host: &str) -> ServerName<'static> {
    let host = host.strip_suffix('.').unwrap_or(host);
    ServerName::try_from(host.to_owned())
        .unwrap_or_else(|_| ServerName::IpAddress(std::net::Ipv4Addr::UNSPECIFIED.into()))
}

/// Takes notes of what the server sends, and answers its `CertificateRequest`.
struct Recorder {
    seen: Mutex<Recorded>,
    identity: Option<Arc<CertifiedKey>>,
}

#[derive(Default)]
struct Recorded {
    chain: Vec<Der>,
    bad_signature: Option<String>,
    request: Option<CertificateRequest>,
    certificate_sent: bool,
}

impl std::fmt::Debug for Recorder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Recorder")
    }
}

impl Recorder {
    fn note(&self, write: impl FnOnce(&mut Recorded)) {
        write(&mut self.seen.lock().unwrap_or_else(PoisonError::into_inner));
    }

    fn into_seen(
        self: Arc<Self>,
        end: HandshakeEnd,
        ms: f64,
        server_name: Option<String>,
        secured: Option<&Secured>,
    ) -> TlsSeen {
        let recorded =
            std::mem::take(&mut *self.seen.lock().unwrap_or_else(PoisonError::into_inner));
        let connection = secured.map(|secured| secured.get_ref().1);
        TlsSeen {
            end,
            ms,
            server_name,
            version: connection.and_then(|c| c.protocol_version()).map(|version| match version {
                rustls::ProtocolVersion::TLSv1_3 => "TLSv1.3".to_owned(),
                rustls::ProtocolVersion::TLSv1_2 => "TLSv1.2".to_owned(),
                other => format!("{other:?}"),
            }),
            cipher_suite: connection.and_then(|c| c.negotiated_cipher_suite()).map(|suite| {
                // rustls writes TLS13_AES_…; IANA writes TLS_AES_….
                format!("{:?}", suite.suite()).replacen("TLS13_", "TLS_", 1)
            }),
            group: connection
                .and_then(|c| c.negotiated_key_exchange_group())
                .map(|group| format!("{:?}", group.name())),
            alpn: connection
                .and_then(|c| c.alpn_protocol())
                .map(|p| String::from_utf8_lossy(p).into_owned()),
            chain: recorded.chain,
            bad_signature: recorded.bad_signature,
            request: recorded.request,
            certificate_sent: recorded.certificate_sent,
        }
    }

    fn check_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        // A certificate that Go can't parse ends Go's handshake; ours goes on to see more, and nothing is written.
        let Ok(parsed) = Certificate::parse(certificate, Go::DEFAULT) else {
            return Ok(HandshakeSignatureValid::assertion());
        };
        signature::verify_tls(signed.scheme, &parsed.spki, message, signed.signature())
            .map(|()| HandshakeSignatureValid::assertion())
            .map_err(|why| {
                self.note(|seen| seen.bad_signature = Some(why.clone()));
                rustls::Error::InvalidCertificate(rustls::CertificateError::BadSignature)
            })
    }
}

impl ServerCertVerifier for Recorder {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let chain =
            std::iter::once(end_entity).chain(intermediates).map(|der| Der(der.to_vec())).collect();
        self.note(|seen| seen.chain = chain);
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.check_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.check_signature(message, certificate, signed)
    }

    /// Go's `defaultSupportedSignatureAlgorithms` (crypto/tls/common.go), in its order, SHA-1 left out.
    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![
            SignatureScheme::RSA_PSS_SHA256,
            SignatureScheme::ECDSA_NISTP256_SHA256,
            SignatureScheme::ED25519,
            SignatureScheme::RSA_PSS_SHA384,
            SignatureScheme::RSA_PSS_SHA512,
            SignatureScheme::RSA_PKCS1_SHA256,
            SignatureScheme::RSA_PKCS1_SHA384,
            SignatureScheme::RSA_PKCS1_SHA512,
            SignatureScheme::ECDSA_NISTP384_SHA384,
            SignatureScheme::ECDSA_NISTP521_SHA512,
        ]
    }
}

impl ResolvesClientCert for Recorder {
    /// Being called shows that the server asked. As etcd's clients, we present our certificate whatever CAs the
    /// server lists (`TLSInfo.ClientConfig` sets `GetClientCertificate`, which skips Go's own check of the list).
    fn resolve(&self, hints: &[&[u8]], _: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        self.note(|seen| {
            let acceptable_cas = hints.iter().map(|name| Der(name.to_vec())).collect();
            seen.request = Some(CertificateRequest { acceptable_cas });
            seen.certificate_sent = self.identity.is_some();
        });
        self.identity.clone()
    }

    fn has_certs(&self) -> bool {
        true
    }
}

fn ended(error: &io::Error, notebook: &Notebook) -> HandshakeEnd {
    let cause = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    match cause {
        Some(rustls::Error::AlertReceived(description)) => {
            HandshakeEnd::Alert(alert::name(*description))
        }
        Some(rustls::Error::PeerIncompatible(PeerIncompatible::ServerDoesNotSupportTls12Or13)) => {
            HandshakeEnd::Version(VersionRefusal::TooOld)
        }
        Some(rustls::Error::PeerIncompatible(
            PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig,
        )) => HandshakeEnd::Version(VersionRefusal::NotOffered),
        Some(_) if !is_tls_record(&notebook.first()) => HandshakeEnd::NotTls,
        Some(other) => HandshakeEnd::Failed(HandshakeFailure::Tls(other.to_string())),
        None => match notebook.end().unwrap_or_else(|| End::of(error)) {
            _ if notebook.total() > 0 && !is_tls_record(&notebook.first()) => HandshakeEnd::NotTls,
            End::Closed => HandshakeEnd::Closed,
            End::Reset => HandshakeEnd::Reset,
            End::Alert(name) => HandshakeEnd::Alert(name),
            End::Failed(error) => HandshakeEnd::Failed(HandshakeFailure::System(error)),
        },
    }
}

/// Whether bytes begin like a TLS record: a content type from 20 to 23 and major version 3 (RFC 8446 §5.1).
fn is_tls_record(bytes: &[u8]) -> bool {
    matches!(bytes, [20..=23, 3, ..] | [20..=23])
}
